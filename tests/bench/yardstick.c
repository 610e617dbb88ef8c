#include "yardstick.h"
#include "reference/problem/allocate.h"
#include <math.h>
#include <stdlib.h>

typedef struct {
  const hp_plan *plan;
  size_t order;
  mpfr_prec_t bits;
  mpfr_t *coefficient, *inverse, product, sum;
  arb_ptr value, inverse_value;
} loop;

static mpfr_t *at(const loop *l, uint32_t s) {
  return l->coefficient + s * (l->order + 1);
}

static mpfr_t *new_numbers(size_t count, mpfr_prec_t bits) {
  mpfr_t *x = hp_allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++) {
    mpfr_init2(x[i], bits);
    mpfr_set_zero(x[i], 1);
  }
  return x;
}

static void free_numbers(mpfr_t *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    mpfr_clear(x[i]);
  free(x);
}

static void init(loop *l, const hp_plan *plan, double tol_digits, mpfr_prec_t bits) {
  l->plan = plan;
  l->order = (size_t)ceil(tol_digits * log(10) / 2 + 1);
  l->bits = bits;
  l->coefficient = new_numbers(plan->n_series * (l->order + 1), bits);
  l->inverse = new_numbers(plan->n_series, bits);
  mpfr_inits2(bits, l->product, l->sum, NULL);
  l->value = _arb_vec_init((slong)plan->n_series);
  l->inverse_value = _arb_vec_init((slong)plan->n_series);
  hp_plan_constants(plan, l->value, bits);
}

static void clear(loop *l) {
  _arb_vec_clear(l->inverse_value, (slong)l->plan->n_series);
  _arb_vec_clear(l->value, (slong)l->plan->n_series);
  mpfr_clears(l->product, l->sum, NULL);
  free_numbers(l->inverse, l->plan->n_series);
  free_numbers(l->coefficient, l->plan->n_series * (l->order + 1));
}

/* sum = sum_{first<=j<=last} a_j b_{k-j} */
static void convolve(loop *l, mpfr_t *a, mpfr_t *b, size_t k, size_t first, size_t last) {
  mpfr_set_zero(l->sum, 1);
  for (size_t j = first; j <= last; j++) {
    mpfr_mul(l->product, a[j], b[k - j], MPFR_RNDN);
    mpfr_add(l->sum, l->sum, l->product, MPFR_RNDN);
  }
}

static void convolve_square(loop *l, mpfr_t *a, size_t k, size_t first) {
  mpfr_set_zero(l->sum, 1);
  if ((k + 1) / 2 > first)
    convolve(l, a, a, k, first, (k + 1) / 2 - 1);
  mpfr_mul_2ui(l->sum, l->sum, 1, MPFR_RNDN);
  if (k % 2 == 0 && k / 2 >= first) {
    mpfr_sqr(l->product, a[k / 2], MPFR_RNDN);
    mpfr_add(l->sum, l->sum, l->product, MPFR_RNDN);
  }
}

static void coefficient(loop *l, uint32_t s, size_t k) {
  const hp_series *series = &l->plan->series[s];
  mpfr_t *y = at(l, s), *a = at(l, series->a), *b = at(l, series->b);
  switch (series->kind) {
  case HP_SERIES_LINEAR:
    if (series->sign_a && series->sign_b)
      (series->sign_b > 0 ? mpfr_add : mpfr_sub)(y[k], a[k], b[k], MPFR_RNDN);
    else
      mpfr_mul_si(y[k], series->sign_a ? a[k] : b[k], series->sign_a + series->sign_b, MPFR_RNDN);
    break;
  case HP_SERIES_SCALE:
    mpfr_mul(y[k], a[k], b[0], MPFR_RNDN);
    break;
  case HP_SERIES_MUL:
    convolve(l, a, b, k, series->starts_at_one, k);
    mpfr_set(y[k], l->sum, MPFR_RNDN);
    break;
  case HP_SERIES_SQR:
    convolve_square(l, a, k, 0);
    mpfr_set(y[k], l->sum, MPFR_RNDN);
    break;
  case HP_SERIES_DIV:
    convolve(l, b, y, k, 1, k);
    mpfr_neg(l->sum, l->sum, MPFR_RNDN);
    if (series->sign_a)
      mpfr_add(l->sum, l->sum, a[k], MPFR_RNDN);
    mpfr_mul(y[k], l->sum, l->inverse[s], MPFR_RNDN);
    break;
  case HP_SERIES_SQRT:
    convolve_square(l, y, k, 1);
    mpfr_sub(l->sum, a[k], l->sum, MPFR_RNDN);
    mpfr_mul(y[k], l->sum, l->inverse[s], MPFR_RNDN);
    break;
  case HP_SERIES_DERIVATIVE:
    mpfr_mul_ui(y[k], a[k], k, MPFR_RNDN);
    break;
  case HP_SERIES_INTEGRAL:
    mpfr_div_si(y[k], b[k], series->sign_b * (long)k, MPFR_RNDN);
    break;
  default:
    break;
  }
}

static void expand(loop *l, mpfr_t u[]) {
  for (size_t i = 0; i < l->plan->n_inputs; i++) {
    arf_set_mpfr(arb_midref(l->value + i), u[i]);
    mag_zero(arb_radref(l->value + i));
  }
  hp_plan_values(l->plan, l->value, l->inverse_value, l->bits);
  for (uint32_t s = 0; s < l->plan->n_series; s++) {
    arf_get_mpfr(at(l, s)[0], arb_midref(l->value + s), MPFR_RNDN);
    arf_get_mpfr(l->inverse[s], arb_midref(l->inverse_value + s), MPFR_RNDN);
  }
  for (size_t k = 1; k <= l->order; k++) {
    for (uint32_t i = 0; i < l->plan->n_inputs; i++)
      mpfr_div_ui(at(l, i)[k], at(l, l->plan->output[i])[k - 1], k, MPFR_RNDN);
    for (uint32_t s = 0; s < l->plan->n_series; s++)
      coefficient(l, s, k);
  }
}

/* log2 max_i |u_{i,k}| */
static double size(const loop *l, size_t k) {
  double largest = -INFINITY;
  for (uint32_t i = 0; i < l->plan->n_inputs; i++) {
    long exponent;
    double mantissa = mpfr_get_d_2exp(&exponent, at(l, i)[k], MPFR_RNDN);
    if (mantissa != 0)
      largest = fmax(largest, log2(fabs(mantissa)) + (double)exponent);
  }
  return largest;
}

static double choose_step(const loop *l) {
  double norm = fmax(0, size(l, 0)), p = (double)l->order;
  return fmin((norm - size(l, l->order)) / p, (norm - size(l, l->order - 1)) / (p - 1)) -
         2 / log(2);
}

size_t yardstick_integrate(const hp_plan *plan, mpfr_t u[], const mpfr_t t_end, double tol_digits,
                           mpfr_prec_t precision_bits) {
  loop l;
  mpfr_t left, h;
  mpfr_inits2(precision_bits, left, h, NULL);
  init(&l, plan, tol_digits, precision_bits);
  mpfr_set(left, t_end, MPFR_RNDN);
  size_t steps = 0;
  for (; mpfr_sgn(left) > 0; steps++) {
    expand(&l, u);
    double log2_step = choose_step(&l);
    mpfr_set_d(h, exp2(log2_step), MPFR_RNDN);
    if (mpfr_cmp(h, left) > 0)
      mpfr_set(h, left, MPFR_RNDN);
    for (uint32_t i = 0; i < plan->n_inputs; i++) {
      mpfr_set(u[i], at(&l, i)[l.order], MPFR_RNDN);
      for (size_t k = l.order; k-- > 0;) {
        mpfr_mul(u[i], u[i], h, MPFR_RNDN);
        mpfr_add(u[i], u[i], at(&l, i)[k], MPFR_RNDN);
      }
    }
    mpfr_sub(left, left, h, MPFR_RNDN);
  }
  clear(&l);
  mpfr_clears(left, h, NULL);
  return steps;
}
