#ifndef HP_FIRST_ORDER_H
#define HP_FIRST_ORDER_H
#include "reference/taylor/taylor.h"
#include "verify/flow.h"

/* The rescaled flow with the first-order term of A1, 2d equations (ubar, E), from
 *     ubar(0) = u_0,   E(0) = -lambda lambda_bar^2 f(u_0)   (0 when no_layer)
 * to the horizon. a enters through alpha only, so another alpha is another a. The trajectory is set
 * in any case and freed by the caller. */
hp_taylor_status hp_first_order_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                     const mpq_t a, bool no_layer, double digits);

/* u' = f(u)/(1 - rate) from u_0 to the horizon, d equations. */
hp_taylor_status hp_rescaled_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                  const mpq_t rate, double digits);

/* max over [0, t_end] of |E(t)| where E is `count` components of the trajectory from `first` on, and a
 * t where it is taken: local maxima are bracketed on a grid and refined by bisection of (E . E') to half
 * the digits, which the maximum, flat to second order, turns into all digits. */
void hp_trajectory_maximum(const hp_trajectory *trajectory, size_t first, size_t count,
                           mpfr_t maximum, mpfr_t at);
/* The same for the E of hp_first_order_flow. */
void hp_first_order_maximum(const hp_trajectory *trajectory, mpfr_t maximum, mpfr_t at);

#endif
