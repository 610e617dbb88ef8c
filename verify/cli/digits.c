#include "digits.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <limits.h>
#include <math.h>

/* log10 |x| of a nonzero finite number. */
static double log10_of(const mpfr_t x) {
  long exponent;
  double mantissa = mpfr_get_d_2exp(&exponent, x, MPFR_RNDN);
  return log10(fabs(mantissa)) + (double)exponent * 0.30102999566398120;
}

/* log10 |rough - fine|; -infinity when they are equal. */
static double log10_difference(const mpfr_t rough, const mpfr_t fine) {
  mpfr_t difference;
  mpfr_init2(difference, 53);
  mpfr_sub(difference, rough, fine, MPFR_RNDN);
  double result = mpfr_zero_p(difference)     ? -INFINITY
                  : mpfr_number_p(difference) ? log10_of(difference)
                                              : INFINITY;
  mpfr_clear(difference);
  return result;
}

bool hp_digits_agree(size_t n, const mpfr_t rough[], const mpfr_t fine[], long digits,
                     long *missing) {
  double largest = -INFINITY, worst = -INFINITY;
  for (size_t i = 0; i < n; ++i)
    if (mpfr_regular_p(fine[i]))
      largest = fmax(largest, log10_of(fine[i]));
  for (size_t i = 0; i < n; ++i) {
    double error = log10_difference(rough[i], fine[i]);
    if (error == -INFINITY)
      continue;
    double size = mpfr_regular_p(fine[i]) ? log10_of(fine[i]) : -INFINITY;
    worst = fmax(worst, error - fmax(size, largest - (double)digits) + (double)digits + 1);
  }
  *missing = worst > 0 ? (worst < 1e9 ? (long)ceil(worst) : LONG_MAX) : 0;
  return worst <= 0;
}

char *hp_digits_text(const mpfr_t rough, const mpfr_t fine, long digits) {
  if (mpfr_zero_p(fine))
    return hp_copy_text("0");
  double agreed = log10_of(fine) - log10_difference(rough, fine);
  long shown = agreed < (double)digits ? (long)floor(agreed) : digits;
  if (shown < 1)
    return hp_copy_text("0");
  char *text, *copy;
  if (mpfr_asprintf(&text, "%.*Re", (int)(shown - 1), fine) < 0)
    return hp_copy_text("nan");
  copy = hp_copy_text(text);
  mpfr_free_str(text);
  return copy;
}

mpfr_prec_t hp_digits_bits(long digits) {
  return (mpfr_prec_t)(digits * 3.3219280948873624) + 2;
}
