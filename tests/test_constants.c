#include "verify/constants.h"
#include "reference/problem/rational.h"
#include <criterion/criterion.h>
#include <math.h>

static void rational(mpq_t x, const char *text) {
  mpq_init(x);
  cr_assert(hp_rational_read(x, text));
}

static void assert_rational(const mpq_t x, const char *text) {
  mpq_t expected;
  rational(expected, text);
  cr_assert(mpq_equal(x, expected), "%s expected", text);
  mpq_clear(expected);
}

/* c for heavy ball and Nesterov at lambda = .5, .8, .9 */
Test(constants, modified_loss) {
  static const struct {
    const char *lambda, *a, *c;
  } row[] = {{"1/2", "0", "3"},   {"4/5", "0", "45/2"},   {"9/10", "0", "95"},
             {"1/2", "1/2", "2"}, {"4/5", "4/5", "37/2"}, {"9/10", "9/10", "86"}};
  for (size_t i = 0; i < sizeof row / sizeof *row; ++i) {
    mpq_t lambda, a, c;
    rational(lambda, row[i].lambda);
    rational(a, row[i].a);
    mpq_init(c);
    hp_modified_loss_c(c, lambda, a);
    assert_rational(c, row[i].c);
    mpq_clears(lambda, a, c, NULL);
  }
}

/* alpha = (1 - lambda + 2 lambda^2)/2 for Nesterov */
Test(constants, alpha_and_factors) {
  mpq_t lambda, a, x;
  rational(lambda, "9/10");
  rational(a, "9/10");
  mpq_init(x);
  hp_alpha(x, lambda, a);
  assert_rational(x, "43/50");
  hp_lambda_bar(x, lambda);
  assert_rational(x, "10");
  hp_a1_layer(x, lambda);
  assert_rational(x, "90");
  hp_manifold_first_order(x, lambda, a);
  assert_rational(x, "-910");
  hp_manifold_attraction(x, lambda, a);
  assert_rational(x, "-81/10");
  cr_assert_float_eq(hp_smallness(lambda, a, 0.001, 2), 0.172, 1e-15);
  mpq_clears(lambda, a, x, NULL);
}

/* h_0 L: the published table */
Test(constants, thresholds) {
  static const struct {
    const char *lambda;
    double heavy_ball, nesterov;
  } row[] = {{"1/2", .0857864376269, .0717967697245},
             {"9/10", .00263340389897, .00251257867601},
             {"99/100", 2.51257867601e-5, 2.50012500781e-5}};
  for (size_t i = 0; i < 3; ++i) {
    mpq_t lambda, zero;
    mpfr_t x;
    rational(lambda, row[i].lambda);
    rational(zero, "0");
    mpfr_init2(x, 100);
    hp_manifold_threshold(x, lambda, zero);
    cr_assert_float_eq(mpfr_get_d(x, MPFR_RNDN) / row[i].heavy_ball, 1, 1e-11);
    hp_manifold_threshold(x, lambda, lambda);
    cr_assert_float_eq(mpfr_get_d(x, MPFR_RNDN) / row[i].nesterov, 1, 1e-11);
    mpfr_clear(x);
    mpq_clears(lambda, zero, NULL);
  }
}

/* a = 1 is not special: (1-lambda)^2/4 */
Test(constants, threshold_at_one) {
  mpq_t lambda, one;
  mpfr_t x;
  rational(lambda, "1/2");
  rational(one, "1");
  mpfr_init2(x, 100);
  hp_manifold_threshold(x, lambda, one);
  cr_assert_eq(mpfr_get_d(x, MPFR_RNDN), 0.0625);
  mpfr_clear(x);
  mpq_clears(lambda, one, NULL);
}

/* The published intervals of the double well, L = 2, and of LOG, L = .413278327. */
Test(constants, ratio_bounds) {
  static const struct {
    const char *lambda, *a;
    double l, low, high, tolerance;
  } row[] = {{"1/2", "0", 2 / 32.0, .4100970508, .5899029492, 1e-10},
             {"1/2", "0", 2 / 256.0, .4919312146, .5080687854, 1e-10},
             {"1/2", "1/2", 2 / 32.0, .3687209924, .6446162086, 1e-10},
             {"1/2", "1/2", 2 / 64.0, .4478327541, .5545248102, 1e-10},
             {"9/10", "0", .413278327 / 512, .892037, .907963, 1e-6},
             {"9/10", "9/10", .413278327 / 512, .891246, .908767, 1e-6}};
  for (size_t i = 0; i < sizeof row / sizeof *row; ++i) {
    mpq_t lambda, a;
    mpfr_t l, low, high;
    rational(lambda, row[i].lambda);
    rational(a, row[i].a);
    mpfr_inits2(100, l, low, high, NULL);
    mpfr_set_d(l, row[i].l, MPFR_RNDN);
    cr_assert(hp_manifold_ratios(low, high, lambda, a, l));
    cr_assert_float_eq(mpfr_get_d(low, MPFR_RNDN), row[i].low, row[i].tolerance);
    cr_assert_float_eq(mpfr_get_d(high, MPFR_RNDN), row[i].high, row[i].tolerance);
    mpfr_clears(l, low, high, NULL);
    mpq_clears(lambda, a, NULL);
  }
}

/* x_- solves (lambda + a l) x^2 + (lambda + l + a l - 1) x + l = 0 and exists up to the threshold. */
Test(constants, slope) {
  mpq_t lambda, a;
  mpfr_t l, x, gap;
  rational(lambda, "4/5");
  rational(a, "3/10");
  mpfr_inits2(200, l, x, gap, NULL);
  hp_manifold_threshold(l, lambda, a);
  double threshold = mpfr_get_d(l, MPFR_RNDN);
  mpfr_set_d(l, 0.9 * threshold, MPFR_RNDN);
  cr_assert(hp_manifold_slope(x, lambda, a, l));
  double X = mpfr_get_d(x, MPFR_RNDN), l0 = 0.9 * threshold;
  cr_assert_float_eq((0.8 + 0.3 * l0) * X * X + (0.8 + l0 + 0.3 * l0 - 1) * X + l0, 0, 1e-15);
  cr_assert(hp_manifold_gap(gap, lambda, a, l));
  mpfr_set_d(l, 1.0001 * threshold, MPFR_RNDN);
  cr_assert_not(hp_manifold_slope(x, lambda, a, l));
  cr_assert(mpfr_nan_p(x));
  cr_assert_not(hp_manifold_gap(gap, lambda, a, l));
  cr_assert(mpfr_nan_p(gap));
  cr_assert_not(hp_manifold_ratios(x, gap, lambda, a, l));
  mpfr_clears(l, x, gap, NULL);
  mpq_clears(lambda, a, NULL);
}

/* Attained by f = -Lu: there |m - lambda_bar f| = lambda_bar x^2/(h (1+x)) |u|. */
Test(constants, gap_is_sharp_for_heavy_ball) {
  mpq_t lambda, zero;
  mpfr_t l, x, gap;
  rational(lambda, "1/2");
  rational(zero, "0");
  mpfr_inits2(100, l, x, gap, NULL);
  mpfr_set_d(l, 0.07, MPFR_RNDN);
  cr_assert(hp_manifold_slope(x, lambda, zero, l));
  cr_assert(hp_manifold_gap(gap, lambda, zero, l));
  double X = mpfr_get_d(x, MPFR_RNDN);
  cr_assert_float_eq(mpfr_get_d(gap, MPFR_RNDN) * 0.07, 2 * X * X / (1 + X), 1e-15);
  mpfr_clears(l, x, gap, NULL);
  mpq_clears(lambda, zero, NULL);
}

/* C(2) = 56.3 for the double well and heavy ball, with L = 2, nu = .73, B0 = 2/(3 sqrt 3). */
Test(constants, a1_bounds) {
  mpq_t lambda, zero, T;
  mpfr_t L, nu, B0, bound, limit;
  rational(lambda, "1/2");
  rational(zero, "0");
  rational(T, "2");
  mpfr_inits2(100, L, nu, B0, bound, limit, NULL);
  mpfr_set_d(L, 2, MPFR_RNDN);
  mpfr_set_d(nu, 0.73, MPFR_RNDN);
  mpfr_set_d(B0, 2 / (3 * sqrt(3)), MPFR_RNDN);
  hp_a1_bound_symmetric(bound, lambda, zero, L, nu, B0, T);
  cr_assert_float_eq(mpfr_get_d(bound, MPFR_RNDN), 56.3, 0.05);
  hp_a1_bound(bound, lambda, zero, L, B0, T);
  cr_assert_float_eq(mpfr_get_d(bound, MPFR_RNDN), 2 * 2 / (3 * sqrt(3)) * (1 + 1.5 * expm1(8)),
                     1e-9);
  mpfr_set_d(nu, 1e-12, MPFR_RNDN);
  hp_a1_bound_symmetric(bound, lambda, zero, L, nu, B0, T);
  mpfr_set_zero(nu, 1);
  hp_a1_bound_symmetric(limit, lambda, zero, L, nu, B0, T);
  cr_assert_float_eq(mpfr_get_d(bound, MPFR_RNDN) / mpfr_get_d(limit, MPFR_RNDN), 1, 1e-11);
  mpfr_clears(L, nu, B0, bound, limit, NULL);
  mpq_clears(lambda, zero, T, NULL);
}

/* For all L, nu, B0 and l in their balls: the values at the ends lie in the ball of the constant. */
Test(constants, balls_contain) {
  mpq_t lambda, a, T;
  mpfr_t low, high, B0, at_low, at_high;
  arb_t L, nu, b, l, ball, other;
  rational(lambda, "1/2");
  rational(a, "1/12");
  rational(T, "2");
  mpfr_inits2(100, low, high, B0, at_low, at_high, NULL);
  arb_ptr balls[6] = {L, nu, b, l, ball, other};
  for (int i = 0; i < 6; ++i)
    arb_init(balls[i]);
  arb_set_str(L, "2 +/- 0.125", 64);
  arb_set_str(nu, "0.0625 +/- 0.0625", 64);
  arb_set_str(b, "0.5", 64);
  arb_set_str(l, "0.015625 +/- 0.0078125", 64);
  mpfr_set_d(B0, 0.5, MPFR_RNDN);
  for (int side = -1; side <= 1; side += 2) {
    mpfr_set_d(low, 2 + side / 8.0, MPFR_RNDN);
    hp_a1_bound(at_low, lambda, a, low, B0, T);
    hp_a1_bound_ball(ball, lambda, a, L, b, T, 64);
    mpfr_set_d(high, 0.0625 + side / 16.0, MPFR_RNDN);
    hp_a1_bound_symmetric(at_high, lambda, a, low, high, B0, T);
    hp_a1_bound_symmetric_ball(other, lambda, a, L, nu, b, T, 64);
    cr_expect(arb_contains_mpfr(ball, at_low));
    cr_expect(arb_contains_mpfr(other, at_high));
    mpfr_set_d(low, 0.015625 + side / 128.0, MPFR_RNDN);
    cr_assert(hp_manifold_slope(at_low, lambda, a, low));
    cr_assert(hp_manifold_slope_ball(ball, lambda, a, l, 64));
    cr_expect(arb_contains_mpfr(ball, at_low));
    cr_assert(hp_manifold_ratios(at_low, at_high, lambda, a, low));
    cr_assert(hp_manifold_ratios_ball(ball, other, lambda, a, l, 64));
    cr_expect(arb_contains_mpfr(ball, at_low) && arb_contains_mpfr(other, at_high));
    cr_assert(hp_manifold_gap(at_low, lambda, a, low));
    cr_assert(hp_manifold_gap_ball(ball, lambda, a, l, 64));
    cr_expect(arb_contains_mpfr(ball, at_low));
  }
  hp_manifold_threshold(at_low, lambda, a);
  hp_manifold_threshold_ball(ball, lambda, a, 64);
  cr_expect(arb_contains_mpfr(ball, at_low));
  arb_set_str(l, "0.05 +/- 0.05", 64); /* some l above the threshold */
  cr_expect_not(hp_manifold_slope_ball(ball, lambda, a, l, 64));
  cr_expect_not(hp_manifold_gap_ball(ball, lambda, a, l, 64));
  for (int i = 0; i < 6; ++i)
    arb_clear(balls[i]);
  mpfr_clears(low, high, B0, at_low, at_high, NULL);
  mpq_clears(lambda, a, T, NULL);
}
