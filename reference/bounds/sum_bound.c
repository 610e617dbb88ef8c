#include "sum_bound.h"
#include "exact.h"
#include "rounding_bound.h"

static bool summable(size_t n, const double *x, const double *y) {
  return n <= (size_t)1 << 40 && hp_are_tame(n, x) && hp_are_tame(n, y);
}

bool hp_scaled_sum_within_bound(double r, double x, double s, double y) {
  if (!hp_is_tame(s) || !hp_is_tame(x) || !hp_is_tame(y))
    return true;
  return hp_position_within_bound(r, x, y, s);
}

/* |r - sum| <= (n + m) eps size + n eta */
static bool accumulated(double r, size_t n, unsigned m, const mpfr_t sum, const mpfr_t size) {
  mpfr_t error, bound;
  mpfr_inits2(HP_EXACT_BITS, error, bound, (mpfr_ptr)0);
  mpfr_d_sub(error, r, sum, MPFR_RNDN);
  hp_exact_accumulated(bound, n, m, size);
  bool holds = mpfr_cmpabs(error, bound) <= 0;
  mpfr_clears(error, bound, (mpfr_ptr)0);
  return holds;
}

bool hp_dot_within_bound(double r, size_t n, const double *x, const double *y) {
  if (!summable(n, x, y))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t sum, size;
  mpfr_inits2(HP_EXACT_BITS, sum, size, (mpfr_ptr)0);
  hp_exact_dot(sum, size, n, x, y);
  bool holds = accumulated(r, n, 1, sum, size);
  mpfr_clears(sum, size, (mpfr_ptr)0);
  return holds;
}

bool hp_distance_squared_within_bound(double r, size_t n, const double *x, const double *y) {
  if (!summable(n, x, y))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t sum, term;
  mpfr_inits2(HP_EXACT_BITS, sum, term, (mpfr_ptr)0);
  mpfr_set_zero(sum, 1);
  for (size_t i = 0; i < n; ++i) {
    mpfr_set_d(term, x[i], MPFR_RNDN);
    mpfr_sub_d(term, term, y[i], MPFR_RNDN);
    mpfr_sqr(term, term, MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
  }
  bool holds = accumulated(r, n, 3, sum, sum);
  mpfr_clears(sum, term, (mpfr_ptr)0);
  return holds;
}

bool hp_distance_max_within_bound(double r, size_t n, const double *x, const double *y) {
  if (!hp_are_tame(n, x) || !hp_are_tame(n, y))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t distance, room, gap;
  mpfr_inits2(HP_EXACT_BITS, distance, room, gap, (mpfr_ptr)0);
  bool above = true, attained = n == 0 && r == 0;
  for (size_t i = 0; i < n; ++i) {
    mpfr_set_d(distance, x[i], MPFR_RNDN);
    mpfr_sub_d(distance, distance, y[i], MPFR_RNDN);
    mpfr_abs(distance, distance, MPFR_RNDN);
    mpfr_div_2ui(room, distance, 53, MPFR_RNDN);
    mpfr_sub_d(gap, distance, r, MPFR_RNDN);
    above = above && mpfr_lessequal_p(gap, room);
    attained = attained || mpfr_cmpabs(gap, room) <= 0;
  }
  mpfr_clears(distance, room, gap, (mpfr_ptr)0);
  return above && attained;
}
