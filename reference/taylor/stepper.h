#ifndef HP_TAYLOR_STEPPER_H
#define HP_TAYLOR_STEPPER_H
#include "jet_ball.h"
#include "jet_fixed.h"
#include "polynomial.h"
#include "taylor.h"

/* Expands a field at a point and chooses the step.
 *
 * Local tolerance  tol = 10^-(digits + 6): six digits for what a long integration loses.
 * Order            p = ceil(-ln(tol)/2 + 1),  step  h = e^-2 min_k (max(1,|u|)/|u_k|)^{1/k} over the
 *                  last two orders k (Jorba & Zou, Exp. Math. 14 (2005), section 3): then the last
 *                  term is below tol max(1,|u|). When the last orders vanish, over the highest two
 *                  that do not.
 *                  Less where a term at t = H, or the roundings amplified by a stiff field, would
 *                  cost more bits than are spare.
 * Digits           n with 56 n >= b + 40 + b/16, b = -log2(tol): 12 bits for the roundings of the
 *                  sums, the rest for what Less says. */
typedef struct {
  const hp_plan *plan;
  hp_polynomial_shape shape;
  size_t order, n;
  bool in_balls;
  slong tol_bits;   /* -log2(tol) */
  slong spare_bits; /* what a series may lose: 56 n + log2(tol) - 12 */
  hp_jet_fixed fixed;
  hp_jet_ball ball;   /* the coefficients themselves, or a scout with 64 bits */
  double log2_scale;  /* guess of log2 H for the next point */
  double log2_stable; /* roundings forbid larger steps */
  size_t expansions;
} hp_stepper;

void hp_stepper_init(hp_stepper *stepper, const hp_plan *plan, double digits,
                     hp_taylor_arithmetic arithmetic);
void hp_stepper_clear(hp_stepper *stepper);

/* Sets the polynomial (scale, exponent, digit) at the point u, and log2 of the step that it may be
 * used for; log2_left is log2 of the time left. HP_TAYLOR_NOT_A_NUMBER when the field is not finite. */
hp_taylor_status hp_stepper_expand(hp_stepper *stepper, hp_polynomial *step, const arf_struct u[],
                                   double log2_left, double *log2_step);

#endif
