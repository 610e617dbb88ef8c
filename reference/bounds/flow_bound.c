#include "flow_bound.h"
#include "exact.h"

/* What a line of the step adds up: slopes = K, size = M; and how its bound weighs them. */
typedef struct {
  mpfr_t slopes, size;
  double eps;
  long weight, divisor;
} line;

static void line_init(line *l, double eps, long weight, long divisor) {
  *l = (line){.eps = eps, .weight = weight, .divisor = divisor};
  mpfr_inits2(HP_EXACT_BITS, l->slopes, l->size, (mpfr_ptr)0);
  mpfr_set_zero(l->slopes, 1);
  mpfr_set_zero(l->size, 1);
}

static void line_clear(line *l) {
  mpfr_clears(l->slopes, l->size, (mpfr_ptr)0);
}

static void add(line *l, double k, double weight) {
  mpfr_t term;
  mpfr_init2(term, HP_EXACT_BITS);
  mpfr_set_d(term, k, MPFR_RNDN);
  mpfr_mul_d(term, term, weight, MPFR_RNDN);
  mpfr_add(l->slopes, l->slopes, term, MPFR_RNDN);
  mpfr_abs(term, term, MPFR_RNDN);
  mpfr_add(l->size, l->size, term, MPFR_RNDN);
  mpfr_clear(term);
}

/* bound = eps (weight |product| M + divisor |x|) + divisor 2^-1074 (2 M + 1) */
static void set_bound(mpfr_t bound, const line *l, const mpfr_t product, double x) {
  mpfr_t term;
  mpfr_init2(term, HP_EXACT_BITS);
  mpfr_mul(bound, product, l->size, MPFR_RNDN);
  mpfr_abs(bound, bound, MPFR_RNDN);
  mpfr_mul_si(bound, bound, l->weight, MPFR_RNDN);
  mpfr_set_d(term, fabs(x), MPFR_RNDN);
  mpfr_mul_si(term, term, l->divisor, MPFR_RNDN);
  mpfr_add(bound, bound, term, MPFR_RNDN);
  mpfr_mul_d(bound, bound, l->eps, MPFR_RNDN);
  mpfr_mul_2ui(term, l->size, 1, MPFR_RNDN);
  mpfr_add_ui(term, term, 1, MPFR_RNDN);
  mpfr_mul_si(term, term, l->divisor, MPFR_RNDN);
  mpfr_mul_2si(term, term, -1074, MPFR_RNDN);
  mpfr_add(bound, bound, term, MPFR_RNDN);
  mpfr_clear(term);
}

/* |divisor (computed - x) + lambda_bar h K| <= divisor times the bound: nothing is divided. */
static bool within(const line *l, double computed, double x, double lambda_bar, double h) {
  mpfr_t product, error, bound;
  mpfr_inits2(HP_EXACT_BITS, product, error, bound, (mpfr_ptr)0);
  mpfr_set_d(product, lambda_bar, MPFR_RNDN);
  mpfr_mul_d(product, product, h, MPFR_RNDN);
  bool holds = true;
  if (mpfr_cmp_ui_2exp(product, 1, 299) <= 0 && mpfr_cmp_si_2exp(product, -1, 299) >= 0) {
    mpfr_set_d(error, computed, MPFR_RNDN);
    mpfr_sub_d(error, error, x, MPFR_RNDN);
    mpfr_mul_si(error, error, l->divisor, MPFR_RNDN);
    mpfr_mul(bound, product, l->slopes, MPFR_RNDN);
    mpfr_add(error, error, bound, MPFR_RNDN);
    set_bound(bound, l, product, x);
    holds = isfinite(computed) && mpfr_cmpabs(error, bound) <= 0;
  }
  mpfr_clears(product, error, bound, (mpfr_ptr)0);
  return holds;
}

bool hp_flow_point_within_bound(double point, double x, double k, double lambda_bar, double h,
                                int divisor) {
  if (!hp_is_tame(x) || !hp_is_tame(k) || !hp_is_tame(lambda_bar) || !hp_is_tame(h))
    return true;
  line l;
  line_init(&l, 0x1.0000000000008p-53, 4, divisor);
  add(&l, k, 1);
  bool holds = within(&l, point, x, lambda_bar, h);
  line_clear(&l);
  return holds;
}

bool hp_flow_step_within_bound(double u, double x, const double *k, unsigned long stride,
                               double lambda_bar, double h) {
  static const double weight[4] = {1, 2, 2, 1};
  if (!hp_is_tame(x) || !hp_is_tame(lambda_bar) || !hp_is_tame(h))
    return true;
  for (unsigned long j = 0; j < 4; j++)
    if (!hp_is_tame(k[j * stride]))
      return true;
  line l;
  line_init(&l, 0x1.000000000001p-53, 7, 6);
  for (unsigned long j = 0; j < 4; j++)
    add(&l, k[j * stride], weight[j]);
  bool holds = within(&l, u, x, lambda_bar, h);
  line_clear(&l);
  return holds;
}
