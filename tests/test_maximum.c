#include "verify/maximum.h"
#include <criterion/criterion.h>
#include <math.h>

enum { BITS = 200 };

/* g(t) = (sin 5t)^2 + t/2 */
static void wave(mpfr_t value, const mpfr_t t, void *context) {
  (void)context;
  mpfr_t x;
  mpfr_init2(x, BITS);
  mpfr_mul_ui(x, t, 5, MPFR_RNDN);
  mpfr_sin(x, x, MPFR_RNDN);
  mpfr_sqr(value, x, MPFR_RNDN);
  mpfr_div_2ui(x, t, 1, MPFR_RNDN);
  mpfr_add(value, value, x, MPFR_RNDN);
  mpfr_clear(x);
}

/* g(t) = t^2 */
static void square(mpfr_t value, const mpfr_t t, void *context) {
  int *calls = context;
  ++*calls;
  mpfr_sqr(value, t, MPFR_RNDN);
}

/* 5 sin 10t + 1/2 = 0 at the last of four peaks on [0, 2.2]: 10 t = 6 pi + pi + asin(1/10). */
Test(maximum, the_highest_of_several_peaks) {
  mpfr_t most, at, low, high, exact;
  mpfr_inits2(BITS, most, at, low, high, exact, NULL);
  mpfr_set_zero(low, 1);
  mpfr_set_d(high, 2.25, MPFR_RNDN);
  hp_maximum(most, at, wave, NULL, low, high, 64);
  mpfr_set_ui(exact, 1, MPFR_RNDN);
  mpfr_div_ui(exact, exact, 10, MPFR_RNDN);
  mpfr_asin(exact, exact, MPFR_RNDN);
  mpfr_const_pi(low, MPFR_RNDN);
  mpfr_mul_ui(low, low, 7, MPFR_RNDN);
  mpfr_add(exact, exact, low, MPFR_RNDN);
  mpfr_div_ui(exact, exact, 10, MPFR_RNDN);
  mpfr_sub(at, at, exact, MPFR_RNDN);
  cr_expect_lt(fabs(mpfr_get_d(at, MPFR_RNDN)), 1e-28, "half of the bits");
  wave(low, exact, NULL);
  mpfr_sub(most, most, low, MPFR_RNDN);
  cr_expect_lt(fabs(mpfr_get_d(most, MPFR_RNDN)), 1e-58, "all bits");
  mpfr_clears(most, at, low, high, exact, NULL);
}

Test(maximum, at_either_end) {
  mpfr_t most, at, low, high;
  int calls = 0;
  mpfr_inits2(BITS, most, at, low, high, NULL);
  mpfr_set_si(low, -3, MPFR_RNDN);
  mpfr_set_ui(high, 2, MPFR_RNDN);
  hp_maximum(most, at, square, &calls, low, high, 10);
  cr_expect(mpfr_cmp_ui(most, 9) == 0);
  cr_expect(mpfr_cmp_si(at, -3) == 0);
  mpfr_neg(low, low, MPFR_RNDN);
  hp_maximum(most, at, square, &calls, high, low, 10);
  cr_expect(mpfr_cmp_ui(most, 9) == 0);
  cr_expect(mpfr_cmp_ui(at, 3) == 0);
  cr_expect_lt(calls, 1000);
  mpfr_clears(most, at, low, high, NULL);
}
