#include "constants.h"

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

/* growth := lambda_bar B0 [lambda lambda_bar + (1/2 + |a - lambda lambda_bar|) growth] */
static void bound_from_growth(mpfr_t growth, const mpq_t lambda, const mpq_t a, const mpfr_t B0) {
  mpq_t lambda_bar, layer, defect, half;
  mpq_inits(lambda_bar, layer, defect, half, (mpq_ptr)0);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_mul(layer, lambda, lambda_bar);
  mpq_sub(defect, a, layer);
  mpq_abs(defect, defect);
  mpq_set_ui(half, 1, 2);
  mpq_add(defect, defect, half);
  mpfr_mul_q(growth, growth, defect, MPFR_RNDN);
  mpfr_add_q(growth, growth, layer, MPFR_RNDN);
  mpfr_mul_q(growth, growth, lambda_bar, MPFR_RNDN);
  mpfr_mul(growth, growth, B0, MPFR_RNDN);
  mpq_clears(lambda_bar, layer, defect, half, (mpq_ptr)0);
}

/* result = lambda_bar rate T */
static void exponent(mpfr_t result, const mpq_t lambda, const mpfr_t rate, const mpq_t T) {
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, lambda);
  mpfr_mul_q(result, rate, lambda_bar, MPFR_RNDN);
  mpfr_mul_q(result, result, T, MPFR_RNDN);
  mpq_clear(lambda_bar);
}

void hp_a1_bound(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L, const mpfr_t B0,
                 const mpq_t T) {
  exponent(result, lambda, L, T);
  mpfr_expm1(result, result, MPFR_RNDN);
  bound_from_growth(result, lambda, a, B0);
}

void hp_a1_bound_symmetric(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L,
                           const mpfr_t nu, const mpfr_t B0, const mpq_t T) {
  if (mpfr_zero_p(nu)) {
    exponent(result, lambda, L, T);
  } else {
    exponent(result, lambda, nu, T);
    mpfr_expm1(result, result, MPFR_RNDN);
    mpfr_mul(result, result, L, MPFR_RNDN);
    mpfr_div(result, result, nu, MPFR_RNDN);
  }
  bound_from_growth(result, lambda, a, B0);
}

void hp_manifold_threshold(mpfr_t result, const mpq_t lambda, const mpq_t a) {
  mpq_t one_minus, s_squared;
  mpq_inits(one_minus, s_squared, (mpq_ptr)0);
  mpq_set_ui(one_minus, 1, 1);
  mpq_sub(one_minus, one_minus, lambda);
  mpq_mul(s_squared, a, one_minus);
  mpq_add(s_squared, s_squared, lambda);
  mpfr_set_q(result, s_squared, MPFR_RNDN);
  mpfr_sqrt(result, result, MPFR_RNDN);
  mpfr_add_ui(result, result, 1, MPFR_RNDN);
  mpfr_pow_si(result, result, -1, MPFR_RNDN);
  mpfr_mul_q(result, result, one_minus, MPFR_RNDN);
  mpfr_sqr(result, result, MPFR_RNDN);
  mpq_clears(one_minus, s_squared, (mpq_ptr)0);
}

bool hp_manifold_slope(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l) {
  mpfr_prec_t precision_bits = mpfr_get_prec(result);
  mpfr_t b, discriminant;
  mpq_t factor;
  mpfr_inits2(precision_bits, b, discriminant, (mpfr_ptr)0);
  mpq_init(factor);
  /* B = 1 - lambda - l (1+a) */
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, a);
  mpfr_mul_q(b, l, factor, MPFR_RNDN);
  mpfr_add_q(b, b, lambda, MPFR_RNDN);
  mpfr_ui_sub(b, 1, b, MPFR_RNDN);
  /* B^2 - 4 l (lambda + a l) */
  mpfr_mul_q(discriminant, l, a, MPFR_RNDN);
  mpfr_add_q(discriminant, discriminant, lambda, MPFR_RNDN);
  mpfr_mul(discriminant, discriminant, l, MPFR_RNDN);
  mpfr_mul_ui(discriminant, discriminant, 4, MPFR_RNDN);
  mpfr_sqr(result, b, MPFR_RNDN);
  mpfr_sub(discriminant, result, discriminant, MPFR_RNDN);
  bool exists = mpfr_sgn(b) > 0 && mpfr_sgn(discriminant) >= 0;
  if (exists) {
    mpfr_sqrt(discriminant, discriminant, MPFR_RNDN);
    mpfr_add(b, b, discriminant, MPFR_RNDN);
    mpfr_mul_ui(result, l, 2, MPFR_RNDN);
    mpfr_div(result, result, b, MPFR_RNDN);
  } else {
    mpfr_set_nan(result);
  }
  mpq_clear(factor);
  mpfr_clears(b, discriminant, (mpfr_ptr)0);
  return exists;
}

bool hp_manifold_ratios(mpfr_t low, mpfr_t high, const mpq_t lambda, const mpq_t a,
                        const mpfr_t l) {
  mpfr_t x, al;
  mpfr_inits2(mpfr_get_prec(high), x, al, (mpfr_ptr)0);
  bool exists = hp_manifold_slope(x, lambda, a, l);
  mpfr_mul_q(al, l, a, MPFR_RNDN);
  /* low = -(a l - lambda)(1 - x_-) */
  mpfr_sub_q(low, al, lambda, MPFR_RNDN);
  mpfr_neg(low, low, MPFR_RNDN);
  mpfr_ui_sub(high, 1, x, MPFR_RNDN);
  mpfr_mul(low, low, high, MPFR_RNDN);
  mpfr_add_q(high, al, lambda, MPFR_RNDN);
  mpfr_add_ui(x, x, 1, MPFR_RNDN);
  mpfr_mul(high, high, x, MPFR_RNDN);
  mpfr_clears(x, al, (mpfr_ptr)0);
  return exists;
}

bool hp_manifold_gap(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l) {
  mpq_t lambda_bar, one_minus_a;
  mpfr_t x, theta;
  mpq_inits(lambda_bar, one_minus_a, (mpq_ptr)0);
  mpfr_inits2(mpfr_get_prec(result), x, theta, (mpfr_ptr)0);
  bool exists = hp_manifold_slope(x, lambda, a, l);
  hp_lambda_bar(lambda_bar, lambda);
  mpq_set_ui(one_minus_a, 1, 1);
  mpq_sub(one_minus_a, one_minus_a, a);
  mpq_abs(one_minus_a, one_minus_a);
  mpfr_mul_q(theta, x, a, MPFR_RNDN);
  mpfr_add_q(theta, theta, one_minus_a, MPFR_RNDN);
  mpfr_mul(theta, theta, l, MPFR_RNDN);
  mpfr_mul_q(x, x, lambda, MPFR_RNDN);
  mpfr_add(theta, theta, x, MPFR_RNDN);
  mpfr_mul_q(theta, theta, lambda_bar, MPFR_RNDN);
  mpfr_ui_sub(x, 1, theta, MPFR_RNDN);
  exists = exists && mpfr_sgn(x) > 0;
  mpfr_div(result, theta, x, MPFR_RNDN);
  mpfr_mul_q(result, result, lambda_bar, MPFR_RNDN);
  if (!exists)
    mpfr_set_nan(result);
  mpfr_clears(x, theta, (mpfr_ptr)0);
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
