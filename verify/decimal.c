#include "decimal.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <math.h>

char *hp_decimal(const mpfr_t x, int digits, mpfr_rnd_t rounding) {
  char *text = NULL;
  mpfr_asprintf(&text, "%.*R*e", digits - 1, rounding, x);
  char *copy = hp_copy_text(text);
  mpfr_free_str(text);
  return copy;
}

char *hp_decimal_double(double x, int digits) {
  return hp_text("%.*g", digits, x);
}

int hp_decimal_correct(const mpfr_t value, const mpfr_t error, int most) {
  mpfr_t bound;
  mpfr_init2(bound, mpfr_get_prec(value));
  mpfr_abs(bound, value, MPFR_RNDD);
  int digits = 0;
  while (digits < most) {
    mpfr_div_ui(bound, bound, 10, MPFR_RNDD);
    if (!mpfr_lessequal_p(error, bound))
      break;
    ++digits;
  }
  mpfr_clear(bound);
  return digits;
}

char *hp_decimal_power_of_two(double x) {
  return hp_text("2^%d", ilogb(x));
}

mpfr_prec_t hp_decimal_bits(double digits) {
  return (mpfr_prec_t)ceil(digits * 3.3219280948873626);
}
