#ifndef HP_MOMENTUM_H
#define HP_MOMENTUM_H
#include <stddef.h>

/* The fixed-momentum method in the variables u (position) and v = (u_n - u_{n-1}) / h:
 *
 *     y_n     = u_n + h a v_n                  look-ahead
 *     v_{n+1} = lambda v_n - grad Phi(y_n)
 *     u_{n+1} = u_n + h v_{n+1}
 *
 * Heavy ball a = 0; Nesterov a = lambda; gradient descent lambda = a = 0. */

/* The start v_0 = 0, that is u_1 = u_0 - h grad Phi(u_0). */
void hp_momentum_start(size_t n, double *v);

/* y_i = u_i + (h a) v_i. */
void hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                           double *y);

/* v_i := lambda v_i - g_i, then u_i := u_i + h v_i; g is the gradient at the look-ahead point. */
void hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda, double h);

#endif
