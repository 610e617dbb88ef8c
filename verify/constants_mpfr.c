#include "constants.h"

/* The constants in MPFR: middles of the balls. */

enum { GUARD_BITS = 32 };

static slong guarded(const mpfr_t result) {
  return (slong)mpfr_get_prec(result) + GUARD_BITS;
}

static void from_mpfr(arb_t y, const mpfr_t x) {
  arf_set_mpfr(arb_midref(y), x);
  mag_zero(arb_radref(y));
}

/* The middle of the ball, which is cleared. */
static void finish(mpfr_t result, arb_t ball) {
  arf_get_mpfr(result, arb_midref(ball), MPFR_RNDN);
  arb_clear(ball);
}

void hp_a1_bound(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L, const mpfr_t B0,
                 const mpq_t T) {
  arb_t l, b, bound;
  arb_init(l);
  arb_init(b);
  arb_init(bound);
  from_mpfr(l, L);
  from_mpfr(b, B0);
  hp_a1_bound_ball(bound, lambda, a, l, b, T, guarded(result));
  finish(result, bound);
  arb_clear(b);
  arb_clear(l);
}

void hp_a1_bound_symmetric(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L,
                           const mpfr_t nu, const mpfr_t B0, const mpq_t T) {
  arb_t l, n, b, bound;
  arb_init(l);
  arb_init(n);
  arb_init(b);
  arb_init(bound);
  from_mpfr(l, L);
  from_mpfr(n, nu);
  from_mpfr(b, B0);
  hp_a1_bound_symmetric_ball(bound, lambda, a, l, n, b, T, guarded(result));
  finish(result, bound);
  arb_clear(b);
  arb_clear(n);
  arb_clear(l);
}

void hp_manifold_threshold(mpfr_t result, const mpq_t lambda, const mpq_t a) {
  arb_t threshold;
  arb_init(threshold);
  hp_manifold_threshold_ball(threshold, lambda, a, guarded(result));
  finish(result, threshold);
}

bool hp_manifold_slope(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l) {
  arb_t x, slope;
  arb_init(x);
  arb_init(slope);
  from_mpfr(x, l);
  bool exists = hp_manifold_slope_ball(slope, lambda, a, x, guarded(result));
  finish(result, slope);
  arb_clear(x);
  return exists;
}

bool hp_manifold_ratios(mpfr_t low, mpfr_t high, const mpq_t lambda, const mpq_t a,
                        const mpfr_t l) {
  arb_t x, first, second;
  arb_init(x);
  arb_init(first);
  arb_init(second);
  from_mpfr(x, l);
  bool exists = hp_manifold_ratios_ball(first, second, lambda, a, x, guarded(high));
  finish(low, first);
  finish(high, second);
  arb_clear(x);
  return exists;
}

bool hp_manifold_gap(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l) {
  arb_t x, gap;
  arb_init(x);
  arb_init(gap);
  from_mpfr(x, l);
  bool exists = hp_manifold_gap_ball(gap, lambda, a, x, guarded(result));
  finish(result, gap);
  arb_clear(x);
  return exists;
}
