#include "verify/order.h"
#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 12 };

/* e(h) = K h^p (1 + c h + d h log(1/h)) at h = 2^-6, 2^-7, ... */
static hp_order estimate(size_t n, double K, double p, double c, double d, double expected) {
  mpfr_t h[MOST], e[MOST];
  for (size_t i = 0; i < n; ++i) {
    double step = ldexp(1, -6 - (int)i);
    mpfr_inits2(53, h[i], e[i], NULL);
    mpfr_set_d(h[i], step, MPFR_RNDN);
    mpfr_set_d(e[i], K * pow(step, p) * (1 + c * step - d * step * log(step)), MPFR_RNDN);
  }
  hp_order order = hp_order_estimate(n, h, e, expected);
  for (size_t i = 0; i < n; ++i)
    mpfr_clears(h[i], e[i], NULL);
  return order;
}

Test(order, finds_order_and_constant) {
  for (double p = 1; p <= 3; ++p) {
    hp_order order = estimate(7, 2.5, p, 3, 0, p);
    cr_assert_float_eq(order.order, p, 1e-3);
    cr_assert(order.low <= p && p <= order.high);
    cr_assert_float_eq(order.constant, 2.5, 1e-3);
    cr_assert(hp_order_is(&order, p));
    cr_assert(hp_order_constant_is(&order, 2.5));
    cr_assert_not(hp_order_constant_is(&order, 2.5 * 1.01));
    cr_assert_not(hp_order_constant_is(&order, 2.5 / 1.01));
    cr_assert(order.asymptotic);
    cr_assert_eq(order.first_row, 3);
    cr_assert_eq(order.rows, 4);
  }
}

Test(order, interval_holds_the_truth_with_a_logarithm) {
  static const double trend[][2] = {{-10, -8}, {20, 15}, {-5, -3}, {30, 0}, {-30, 0}};
  for (size_t i = 0; i < sizeof trend / sizeof *trend; ++i) {
    hp_order order = estimate(7, 10.2, 1, trend[i][0], trend[i][1], 1);
    cr_assert(order.low <= 1 && 1 <= order.high, "%g: [%g, %g]", trend[i][0], order.low,
              order.high);
    cr_assert(order.constant_low <= 10.2 && 10.2 <= order.constant_high);
  }
}

/* An order that is too high fails as well as one that is too low. */
Test(order, two_sided) {
  static const double wrong[] = {0, 0.9, 1.1, 2, 75};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    hp_order order = estimate(7, 1, wrong[i], 1, 0, 1);
    cr_assert_not(hp_order_is(&order, 1), "order %g", wrong[i]);
    cr_assert(hp_order_is(&order, wrong[i]));
  }
}

Test(order, not_asymptotic_says_which_h_would_do) {
  hp_order order = estimate(7, 1, 1, 400, 300, 1);
  cr_assert_not(order.asymptotic);
  cr_assert(order.asymptotic_below > 0 && order.asymptotic_below < ldexp(1, -12));
  /* and at that h it is */
  mpfr_t h[7], e[7];
  for (int i = 0; i < 7; ++i) {
    double step = order.asymptotic_below * ldexp(1, 6 - i) / 16;
    mpfr_inits2(53, h[i], e[i], NULL);
    mpfr_set_d(h[i], step, MPFR_RNDN);
    mpfr_set_d(e[i], step * (1 + 400 * step - 300 * step * log(step)), MPFR_RNDN);
  }
  order = hp_order_estimate(7, h, e, 1);
  cr_assert(order.asymptotic);
  for (int i = 0; i < 7; ++i)
    mpfr_clears(h[i], e[i], NULL);
}

Test(order, three_rows) {
  hp_order order = estimate(3, 2, 1, 1, 0, 1);
  cr_assert_eq(order.first_row, 0);
  cr_assert_eq(order.rows, 3);
  cr_assert(order.low <= 1 && 1 <= order.high);
}

Test(order, nothing_to_estimate) {
  cr_assert(isnan(estimate(2, 2, 1, 1, 0, 1).order));
  cr_assert_not(estimate(2, 2, 1, 1, 0, 1).asymptotic);
  cr_assert(isnan(estimate(7, 0, 1, 1, 0, 1).order));
  cr_assert(isnan(estimate(7, INFINITY, 1, 1, 0, 1).order));
  cr_assert(isnan(estimate(7, NAN, 1, 1, 0, 1).constant));
}
