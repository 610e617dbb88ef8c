#ifndef HP_TAYLOR_JET_FIXED_H
#define HP_TAYLOR_JET_FIXED_H
#include "fixed.h"
#include "plan.h"

/* Taylor coefficients of every series at one point in fixed point. Coefficient k is that of
 * (t/H)^k; all coefficients of a series share one exponent. H is 2^{5/2} times the step that is
 * going to be made, so order k weighs 2^{-5k/2} in the result and carries that many bits less:
 *     n_k = n - floor(5k/112) digits,   an error 2^{exponent - 56 n_k} at order k
 * is below 2^{exponent - 56 n} at the end of the step. */
typedef struct {
  const hp_plan *plan;
  size_t order, n;   /* largest order; digits of order 0 */
  slong bits;        /* of the order-0 balls: 56 (n + 1) */
  hp_digit *digit;   /* series s, order k: digit + place[s] + k n */
  size_t *place;     /* constant series have order 0 only */
  slong *exponent;   /* of each series */
  slong *peak;       /* |coefficient k| < 2^peak for every k of the last expansion */
  slong *weighted;   /* |coefficient k| 2^{-5k/2} < 2^weighted */
  hp_fixed *inverse; /* the divisors of hp_plan_values, n + 1 digits each where there is one */
  hp_digit *inverse_digit;
  hp_fixed *reciprocal; /* 1/k, k = 1..order */
  hp_fixed *time;       /* H/k */
  arb_ptr value, inverse_value;
  hp_wide *column;
  hp_fixed work, sum;
} hp_jet_fixed;

/* Digits that order k carries. */
static inline size_t hp_jet_digits(size_t n, size_t k) {
  size_t less = 5 * k / (2 * HP_DIGIT_BITS);
  return less < n ? n - less : 1;
}

/* Can n digits at this order be summed without overflow? */
static inline bool hp_jet_fixed_fits(size_t order, size_t n) {
  return (order + 2) * n < HP_DOT_LIMIT;
}

void hp_jet_fixed_init(hp_jet_fixed *jet, const hp_plan *plan, size_t order, size_t n);
void hp_jet_fixed_clear(hp_jet_fixed *jet);

/* Order 0 at the point u0 (exact): fills value and inverse. false when it is not finite. */
bool hp_jet_fixed_values(hp_jet_fixed *jet, const arf_struct u0[]);

/* Expands with H = mantissa 2^exponent_of_time, 0 < mantissa < 2^55, at the exponents chosen.
 * UINT32_MAX, or the first series whose coefficients exceed its exponent. */
uint32_t hp_jet_fixed_expand(hp_jet_fixed *jet, hp_digit mantissa, slong exponent_of_time);

static inline hp_digit *hp_jet_fixed_at(const hp_jet_fixed *jet, uint32_t series, size_t k) {
  return jet->digit + jet->place[series] + k * jet->n;
}

#endif
