#include "rounding_bound.h"
#include "exact.h"

/* |computed - (x + product)| <= eps (weight |product| + |x|) + 2^-1074 (extra + 1) */
static bool within(double computed, double x, const mpfr_t product, double eps, long weight,
                   double extra) {
  mpfr_t error, bound, term;
  mpfr_inits2(HP_EXACT_BITS, error, bound, term, (mpfr_ptr)0);
  mpfr_add_d(error, product, x, MPFR_RNDN);
  mpfr_d_sub(error, computed, error, MPFR_RNDN);
  mpfr_abs(bound, product, MPFR_RNDN);
  mpfr_mul_si(bound, bound, weight, MPFR_RNDN);
  mpfr_add_d(bound, bound, fabs(x), MPFR_RNDN);
  mpfr_mul_d(bound, bound, eps, MPFR_RNDN);
  mpfr_set_d(term, extra, MPFR_RNDN);
  mpfr_add_ui(term, term, 1, MPFR_RNDN);
  mpfr_mul_2si(term, term, -1074, MPFR_RNDN);
  mpfr_add(bound, bound, term, MPFR_RNDN);
  bool holds = mpfr_cmpabs(error, bound) <= 0;
  mpfr_clears(error, bound, term, (mpfr_ptr)0);
  return holds;
}

bool hp_lookahead_within_bound(double y, double u, double v, double h, double a) {
  if (!hp_is_tame(u) || !hp_is_tame(v) || !hp_is_tame(h) || !hp_is_tame(a))
    return true;
  if (!isfinite(y))
    return false;
  mpfr_t product;
  mpfr_init2(product, HP_EXACT_BITS);
  mpfr_set_d(product, h, MPFR_RNDN);
  mpfr_mul_d(product, product, a, MPFR_RNDN);
  mpfr_mul_d(product, product, v, MPFR_RNDN);
  bool holds = within(y, u, product, 0x1.0000000000002p-53, 3, fabs(v));
  mpfr_clear(product);
  return holds;
}

static bool product_sum_within(double computed, double x, double factor, double value) {
  mpfr_t product;
  mpfr_init2(product, HP_EXACT_BITS);
  mpfr_set_d(product, factor, MPFR_RNDN);
  mpfr_mul_d(product, product, value, MPFR_RNDN);
  bool holds = within(computed, x, product, 0x1.0000000000001p-53, 2, 0);
  mpfr_clear(product);
  return holds;
}

bool hp_velocity_within_bound(double next_v, double v, double g, double lambda) {
  if (!hp_is_tame(v) || !hp_is_tame(g) || !hp_is_tame(lambda))
    return true;
  return isfinite(next_v) && product_sum_within(next_v, -g, lambda, v);
}

bool hp_position_within_bound(double next_u, double u, double next_v, double h) {
  if (!hp_is_tame(u) || !(fabs(next_v) <= 0x1p601) || !hp_is_tame(h))
    return true;
  return isfinite(next_u) && product_sum_within(next_u, u, h, next_v);
}
