#ifndef HP_EXACT_H
#define HP_EXACT_H
#include <math.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>

/* Products of three doubles of magnitude <= 2^300 are multiples of 2^-3222 below 2^900, the bounds
 * multiples of 2^-3327; sums of 2^40 products of two doubles stay far inside: 4300 bits hold every
 * number that a bound speaks of exactly. */
#define HP_EXACT_BITS 4300

/* The range in which the contracts of src/ bound the rounding (spec/acsl/array.h). */
static inline bool hp_is_tame(double x) {
  return isfinite(x) && fabs(x) <= 0x1p300;
}

static inline bool hp_are_tame(size_t n, const double *x) {
  for (size_t i = 0; i < n; ++i)
    if (!hp_is_tame(x[i]))
      return false;
  return true;
}

/* sum x_i y_i and sum |x_i y_i|. */
void hp_exact_dot(mpfr_t sum, mpfr_t size, size_t n, const double *x, const double *y);
/* (n + m) eps size + n eta, eps = 2^-53 (1 + 2^-12), eta = 2^-1074: accumulated_error of
 * spec/acsl/vector.h. */
void hp_exact_accumulated(mpfr_t bound, size_t n, unsigned m, const mpfr_t size);

#endif
