#include "constants.h"
#include "reference/problem/program.h"

void hp_lambda_bar(mpq_t result, const mpq_t lambda) {
  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  mpq_sub(one, one, lambda);
  mpq_inv(result, one);
  mpq_clear(one);
}

void hp_alpha(mpq_t result, const mpq_t lambda, const mpq_t a) {
  mpq_t one, half, shift;
  mpq_inits(one, half, shift, (mpq_ptr)0);
  mpq_set_ui(one, 1, 1);
  mpq_set_ui(half, 1, 2);
  mpq_sub(shift, one, lambda);
  mpq_mul(shift, shift, a);
  mpq_add(one, one, lambda);
  mpq_mul(one, one, half);
  mpq_sub(result, one, shift);
  mpq_clears(one, half, shift, (mpq_ptr)0);
}

void hp_modified_loss_c(mpq_t result, const mpq_t lambda, const mpq_t a) {
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, lambda);
  hp_alpha(result, lambda, a);
  mpq_mul(result, result, lambda_bar);
  mpq_mul(result, result, lambda_bar);
  mpq_clear(lambda_bar);
}

void hp_a1_layer(mpq_t result, const mpq_t lambda) {
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_mul(result, lambda, lambda_bar);
  mpq_mul(result, result, lambda_bar);
  mpq_clear(lambda_bar);
}

/* y *= q */
static void times(arb_t y, const mpq_t q, slong bits) {
  arb_t factor;
  arb_init(factor);
  hp_arb_set_rational(factor, q, bits);
  arb_mul(y, y, factor, bits);
  arb_clear(factor);
}

/* y += q */
static void plus(arb_t y, const mpq_t q, slong bits) {
  arb_t term;
  arb_init(term);
  hp_arb_set_rational(term, q, bits);
  arb_add(y, y, term, bits);
  arb_clear(term);
}

/* growth := lambda_bar B0 [lambda lambda_bar + (1/2 + |a - lambda lambda_bar|) growth] */
static void bound_from_growth(arb_t growth, const mpq_t lambda, const mpq_t a, const arb_t B0,
                              slong bits) {
  mpq_t lambda_bar, layer, defect, half;
  mpq_inits(lambda_bar, layer, defect, half, (mpq_ptr)0);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_mul(layer, lambda, lambda_bar);
  mpq_sub(defect, a, layer);
  mpq_abs(defect, defect);
  mpq_set_ui(half, 1, 2);
  mpq_add(defect, defect, half);
  times(growth, defect, bits);
  plus(growth, layer, bits);
  times(growth, lambda_bar, bits);
  arb_mul(growth, growth, B0, bits);
  mpq_clears(lambda_bar, layer, defect, half, (mpq_ptr)0);
}

/* result = lambda_bar rate T */
static void exponent(arb_t result, const mpq_t lambda, const arb_t rate, const mpq_t T,
                     slong bits) {
  mpq_t factor;
  mpq_init(factor);
  hp_lambda_bar(factor, lambda);
  mpq_mul(factor, factor, T);
  arb_set(result, rate);
  times(result, factor, bits);
  mpq_clear(factor);
}

void hp_a1_bound_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t L,
                      const arb_t B0, const mpq_t T, slong bits) {
  exponent(result, lambda, L, T, bits);
  arb_expm1(result, result, bits);
  bound_from_growth(result, lambda, a, B0, bits);
}

/* (e^{x} - 1)/x = x^0/1! + x^1/2! + ..., increasing; x >= 0, at x = 0 it is 1 */
static void relative_growth(arb_t y, const arb_t x, slong bits) {
  arb_t low, high;
  arb_init(low);
  arb_init(high);
  arb_ptr end[2] = {low, high};
  arb_get_lbound_arf(arb_midref(low), x, bits);
  arb_get_ubound_arf(arb_midref(high), x, bits);
  for (int i = 0; i < 2; i++) {
    arb_t growth;
    arb_init(growth);
    arb_expm1(growth, end[i], bits);
    if (arf_sgn(arb_midref(end[i])) > 0)
      arb_div(end[i], growth, end[i], bits);
    else
      arb_one(end[i]);
    arb_clear(growth);
  }
  arb_union(y, low, high, bits);
  arb_clear(high);
  arb_clear(low);
}

/* L (e^{lambda_bar nu T} - 1)/nu = lambda_bar T L (e^x - 1)/x for x = lambda_bar nu T */
void hp_a1_bound_symmetric_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t L,
                                const arb_t nu, const arb_t B0, const mpq_t T, slong bits) {
  arb_t growth;
  arb_init(growth);
  exponent(growth, lambda, nu, T, bits);
  relative_growth(growth, growth, bits);
  exponent(result, lambda, L, T, bits);
  arb_mul(result, result, growth, bits);
  bound_from_growth(result, lambda, a, B0, bits);
  arb_clear(growth);
}

void hp_manifold_threshold_ball(arb_t result, const mpq_t lambda, const mpq_t a, slong bits) {
  mpq_t one_minus, s_squared;
  mpq_inits(one_minus, s_squared, (mpq_ptr)0);
  mpq_set_ui(one_minus, 1, 1);
  mpq_sub(one_minus, one_minus, lambda);
  mpq_mul(s_squared, a, one_minus);
  mpq_add(s_squared, s_squared, lambda);
  hp_arb_set_rational(result, s_squared, bits);
  arb_sqrt(result, result, bits);
  arb_add_ui(result, result, 1, bits);
  arb_inv(result, result, bits);
  times(result, one_minus, bits);
  arb_sqr(result, result, bits);
  mpq_clears(one_minus, s_squared, (mpq_ptr)0);
}

bool hp_manifold_slope_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t l,
                            slong bits) {
  arb_t b, discriminant;
  mpq_t factor;
  arb_init(b);
  arb_init(discriminant);
  mpq_init(factor);
  /* B = 1 - lambda - l (1+a) */
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, a);
  arb_set(b, l);
  times(b, factor, bits);
  plus(b, lambda, bits);
  arb_sub_ui(b, b, 1, bits);
  arb_neg(b, b);
  /* B^2 - 4 l (lambda + a l) */
  arb_set(discriminant, l);
  times(discriminant, a, bits);
  plus(discriminant, lambda, bits);
  arb_mul(discriminant, discriminant, l, bits);
  arb_mul_2exp_si(discriminant, discriminant, 2);
  arb_sqr(result, b, bits);
  arb_sub(discriminant, result, discriminant, bits);
  bool exists = arb_is_positive(b) && arb_is_nonnegative(discriminant);
  if (exists) {
    arb_sqrt(discriminant, discriminant, bits);
    arb_add(b, b, discriminant, bits);
    arb_mul_2exp_si(result, l, 1);
    arb_div(result, result, b, bits);
  } else {
    arb_indeterminate(result);
  }
  mpq_clear(factor);
  arb_clear(discriminant);
  arb_clear(b);
  return exists;
}

bool hp_manifold_ratios_ball(arb_t low, arb_t high, const mpq_t lambda, const mpq_t a,
                             const arb_t l, slong bits) {
  arb_t x, al;
  arb_init(x);
  arb_init(al);
  bool exists = hp_manifold_slope_ball(x, lambda, a, l, bits);
  arb_set(al, l);
  times(al, a, bits);
  /* low = (lambda - a l)(1 - x_-) = (a l - lambda)(x_- - 1) */
  arb_zero(low);
  plus(low, lambda, bits);
  arb_sub(low, al, low, bits);
  arb_sub_ui(high, x, 1, bits);
  if (arb_is_positive(low)) /* a l > lambda: two negative factors would not be a bound */
    arb_zero(low);
  arb_mul(low, low, high, bits);
  arb_set(high, al);
  plus(high, lambda, bits);
  arb_add_ui(x, x, 1, bits);
  arb_mul(high, high, x, bits);
  arb_clear(al);
  arb_clear(x);
  return exists;
}

bool hp_manifold_gap_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t l,
                          slong bits) {
  mpq_t lambda_bar, one_minus_a;
  arb_t x, theta;
  mpq_inits(lambda_bar, one_minus_a, (mpq_ptr)0);
  arb_init(x);
  arb_init(theta);
  bool exists = hp_manifold_slope_ball(x, lambda, a, l, bits);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_set_ui(one_minus_a, 1, 1);
  mpq_sub(one_minus_a, one_minus_a, a);
  mpq_abs(one_minus_a, one_minus_a);
  arb_set(theta, x);
  times(theta, a, bits);
  plus(theta, one_minus_a, bits);
  arb_mul(theta, theta, l, bits);
  times(x, lambda, bits);
  arb_add(theta, theta, x, bits);
  times(theta, lambda_bar, bits);
  arb_sub_ui(x, theta, 1, bits);
  arb_neg(x, x);
  exists = exists && arb_is_positive(x);
  arb_div(result, theta, x, bits);
  times(result, lambda_bar, bits);
  if (!exists)
    arb_indeterminate(result);
  arb_clear(theta);
  arb_clear(x);
  mpq_clears(lambda_bar, one_minus_a, (mpq_ptr)0);
  return exists;
}

void hp_manifold_first_order(mpq_t factor, const mpq_t lambda, const mpq_t a) {
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_sub(factor, a, lambda_bar);
  mpq_mul(factor, factor, lambda_bar);
  mpq_mul(factor, factor, lambda_bar);
  mpq_clear(lambda_bar);
}

void hp_manifold_attraction(mpq_t factor, const mpq_t lambda, const mpq_t a) {
  mpq_t product;
  mpq_init(product);
  hp_lambda_bar(product, lambda);
  mpq_mul(product, product, lambda);
  mpq_sub(factor, a, product);
  mpq_clear(product);
}

double hp_smallness(const mpq_t lambda, const mpq_t a, double h, double L) {
  mpq_t c;
  mpq_init(c);
  hp_modified_loss_c(c, lambda, a);
  double value = mpq_get_d(c) * h * L;
  mpq_clear(c);
  return value;
}
