#ifndef HP_MOMENTUM_H
#define HP_MOMENTUM_H
#include <stddef.h>
#include "spec/acsl/momentum.h"

/* The fixed-momentum method in the variables u (position) and v = (u_n - u_{n-1}) / h:
 *
 *     y_n     = u_n + h a v_n                  look-ahead
 *     v_{n+1} = lambda v_n - grad Phi(y_n)
 *     u_{n+1} = u_n + h v_{n+1}
 *
 * Heavy ball a = 0; Nesterov a = lambda; gradient descent lambda = a = 0.
 *
 * Rounding, with eps = 2^-53 (1 + 2^-52), eta = 2^-1074, for numbers of magnitude <= 2^300: each
 * computed value is finite and within the following of its formula at the computed operands,
 *
 *     y:  eps (3 |h a v| + |u|) + eta (|v| + 1)
 *     v:  eps (2 |lambda v| + |g|) + eta
 *     u:  eps (2 |h v_{n+1}| + |u|) + eta
 *
 * so the arrays satisfy the recurrence with these defects (v_{n+1} may be as large as 2^601). Larger,
 * infinite or NaN input is no undefined behaviour: it gives what IEEE arithmetic gives. */

/* The start v_0 = 0, that is u_1 = u_0 - h grad Phi(u_0). Exact. */
/*@
  requires valid_v:    \valid(v + (0 .. n - 1));
  terminates           \true;
  exits                \false;
  assigns  at_v:       v[0 .. n - 1];
  ensures  start:      \forall integer i; 0 <= i < n ==> \is_finite(v[i]) && equal(v[i], 0.0);
*/
void hp_momentum_start(size_t n, double *v);

/* y_i = u_i + (h a) v_i. */
/*@
  requires valid_u:    \valid_read(u + (0 .. n - 1));
  requires valid_v:    \valid_read(v + (0 .. n - 1));
  requires valid_y:    \valid(y + (0 .. n - 1));
  requires apart_u:    \separated(y + (0 .. n - 1), u + (0 .. n - 1));
  requires apart_v:    \separated(y + (0 .. n - 1), v + (0 .. n - 1));
  terminates           \true;
  exits                \false;
  assigns  at_y:       y[0 .. n - 1];
  ensures  lookahead:  \forall integer i; 0 <= i < n ==> lookahead_near(y[i], u[i], v[i], h, a);
*/
void hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                           double *y);

/* v_i := lambda v_i - g_i, then u_i := u_i + h v_i; g is the gradient at the look-ahead point. */
/*@
  requires valid_u:    \valid(u + (0 .. n - 1));
  requires valid_v:    \valid(v + (0 .. n - 1));
  requires valid_g:    \valid_read(g + (0 .. n - 1));
  requires apart_uv:   \separated(u + (0 .. n - 1), v + (0 .. n - 1));
  requires apart_ug:   \separated(u + (0 .. n - 1), g + (0 .. n - 1));
  requires apart_vg:   \separated(v + (0 .. n - 1), g + (0 .. n - 1));
  terminates           \true;
  exits                \false;
  assigns  at_uv:      u[0 .. n - 1], v[0 .. n - 1];
  ensures  velocity:   \forall integer i; 0 <= i < n ==>
             velocity_near(v[i], \old(v[i]), g[i], lambda);
  ensures  position:   \forall integer i; 0 <= i < n ==>
             position_near(u[i], \old(u[i]), v[i], h);
*/
void hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda, double h);

#endif
