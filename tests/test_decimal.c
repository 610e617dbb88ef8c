#include "verify/decimal.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static void assert_text(char *text, const char *expected) {
  cr_assert_str_eq(text, expected);
  free(text);
}

Test(decimal, rounds_as_asked) {
  mpfr_t x;
  mpfr_init2(x, 100);
  mpfr_set_ui(x, 2, MPFR_RNDN);
  mpfr_div_ui(x, x, 3, MPFR_RNDN);
  assert_text(hp_decimal(x, 3, MPFR_RNDD), "6.66e-01");
  assert_text(hp_decimal(x, 3, MPFR_RNDU), "6.67e-01");
  assert_text(hp_decimal(x, 1, MPFR_RNDN), "7e-01");
  mpfr_clear(x);
  assert_text(hp_decimal_double(0.5, 17), "0.5");
}

Test(decimal, correct_digits) {
  mpfr_t value, error;
  mpfr_inits2(100, value, error, NULL);
  mpfr_set_d(value, -123.456, MPFR_RNDN);
  mpfr_set_d(error, 0.01, MPFR_RNDN);
  cr_assert_eq(hp_decimal_correct(value, error, 20), 4);
  mpfr_set_zero(error, 1);
  cr_assert_eq(hp_decimal_correct(value, error, 20), 20);
  mpfr_set_ui(error, 200, MPFR_RNDN);
  cr_assert_eq(hp_decimal_correct(value, error, 20), 0);
  mpfr_set_nan(error);
  cr_assert_eq(hp_decimal_correct(value, error, 20), 0);
  mpfr_clears(value, error, NULL);
}

Test(decimal, power_of_two_and_bits) {
  assert_text(hp_decimal_power_of_two(0.25), "2^-2");
  assert_text(hp_decimal_power_of_two(0.3), "2^-2");
  assert_text(hp_decimal_power_of_two(0.2), "2^-3");
  cr_assert_eq(hp_decimal_bits(10), 34);
}
