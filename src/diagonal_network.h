#ifndef HP_DIAGONAL_NETWORK_KERNELS_H
#define HP_DIAGONAL_NETWORK_KERNELS_H
#include <stddef.h>
#include "spec/acsl/diagonal_network.h"

/* The two-layer diagonal linear network theta = u*v (componentwise) on the squared loss
 *     L(theta) = |y - X theta|^2/(2n),   g = grad L = X^T (X theta - y)/n,
 *     d/du = g*v,   d/dv = g*u,   Delta = |u^2 - v^2| (balancedness),
 *     psi_Delta(theta) = (1/4) sum [2 theta arsinh(2 theta/Delta) - sqrt(4 theta^2 + Delta^2) + Delta].
 * X is given row by row: g is the sum over the rows of hp_vector_add_scaled(d, g, r/n, row, g).
 * Memory safety, frames and termination hold for all values. Where the numbers are finite and of
 * magnitude <= 2^300, Delta >= 2^-300 and n, d <= 2^40, with e = 2^-53 and eta = 2^-1074, a result is
 * finite and within
 *
 *     theta, gradients  e |x y| + eta/2
 *     residual          (1 + e) E + e |x . theta - y|,    E = (d + 1) e (1 + 2^-12) sum |x_i theta_i| + d eta
 *     loss              ((1 + e) E + e r.r)/(2n) + eta/2,  E = (n + 1) e (1 + 2^-12) r.r + n eta
 *     Delta             e (1 + 2^-52) (u^2 + v^2 + Delta) + 2 eta
 *     psi               (d + 9) e (1 + 2^-12) sum (1/4) (|2 theta arsinh(2 theta/Delta)|
 *                                                       + sqrt(4 theta^2 + Delta^2) + Delta)
 *
 * of its exact value; psi with a library's arsinh within 2 ulp (spec/acsl/libm.h). Other values are no
 * undefined behaviour: they give what IEEE arithmetic gives. */

/* theta_i = u_i v_i. */
/*@
  requires valid_u:      \valid_read(u + (0 .. d - 1));
  requires valid_v:      \valid_read(v + (0 .. d - 1));
  requires valid_theta:  \valid(theta + (0 .. d - 1));
  requires apart_u:      \separated(theta + (0 .. d - 1), u + (0 .. d - 1));
  requires apart_v:      \separated(theta + (0 .. d - 1), v + (0 .. d - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_theta:     theta[0 .. d - 1];
  ensures  theta:        \forall integer i; 0 <= i < d ==> product_near(theta[i], \old(u[i]), \old(v[i]));
*/
void hp_diagonal_theta(size_t d, const double *u, const double *v, double *theta);

/* row . theta - y, the residual of one observation. */
/*@
  requires valid_row:    \valid_read(row + (0 .. d - 1));
  requires valid_theta:  \valid_read(theta + (0 .. d - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from d, row[0 .. d - 1], theta[0 .. d - 1], y;
  ensures  residual:     summable_arrays(row, theta, d) ==> tame(y) ==> \is_finite(\result) &&
                           near(\result, dot(row, theta, d) - y,
                                residual_error(d, dot_size(row, theta, d), dot(row, theta, d) - y));
*/
double hp_diagonal_residual(size_t d, const double *row, const double *theta, double y);

/* |residual|^2/(2n), n > 0. */
/*@
  requires positive:     0 < n;
  requires valid:        \valid_read(residual + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, residual[0 .. n - 1];
  ensures  loss:         summable_arrays(residual, residual, n) ==> \is_finite(\result) &&
                           loss_near(\result, dot(residual, residual, n), n,
                                     dot_size(residual, residual, n), 2*n);
*/
double hp_diagonal_loss(size_t n, const double *residual);

/* (g_u)_i = g_i v_i, (g_v)_i = g_i u_i: the gradient with respect to u and v. */
/*@
  requires valid_u:      \valid_read(u + (0 .. d - 1));
  requires valid_v:      \valid_read(v + (0 .. d - 1));
  requires valid_g:      \valid_read(g + (0 .. d - 1));
  requires valid_g_u:    \valid(g_u + (0 .. d - 1));
  requires valid_g_v:    \valid(g_v + (0 .. d - 1));
  requires apart_u:      \separated(u + (0 .. d - 1), g_u + (0 .. d - 1), g_v + (0 .. d - 1));
  requires apart_v:      \separated(v + (0 .. d - 1), g_u + (0 .. d - 1), g_v + (0 .. d - 1));
  requires apart_g:      \separated(g + (0 .. d - 1), g_u + (0 .. d - 1), g_v + (0 .. d - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_g_u:       g_u[0 .. d - 1], g_v[0 .. d - 1];
  ensures  gradient_u:   \forall integer i; 0 <= i < d ==> product_near(g_u[i], \old(g[i]), \old(v[i]));
  ensures  gradient_v:   \forall integer i; 0 <= i < d ==> product_near(g_v[i], \old(g[i]), \old(u[i]));
*/
void hp_diagonal_gradient(size_t d, const double *u, const double *v, const double *g, double *g_u,
                          double *g_v);

/* Delta_i = |u_i^2 - v_i^2|. */
/*@
  requires valid_u:      \valid_read(u + (0 .. d - 1));
  requires valid_v:      \valid_read(v + (0 .. d - 1));
  requires valid_delta:  \valid(delta + (0 .. d - 1));
  requires apart_u:      \separated(delta + (0 .. d - 1), u + (0 .. d - 1));
  requires apart_v:      \separated(delta + (0 .. d - 1), v + (0 .. d - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_delta:     delta[0 .. d - 1];
  ensures  balance:      \forall integer i; 0 <= i < d ==> balance_near(delta[i], u[i], v[i]);
*/
void hp_diagonal_balance(size_t d, const double *u, const double *v, double *delta);

/* psi_Delta(theta), Delta_i > 0. */
/*@
  requires valid_theta:  \valid_read(theta + (0 .. d - 1));
  requires valid_delta:  \valid_read(delta + (0 .. d - 1));
  requires positive:     \forall integer i; 0 <= i < d ==> 0 < delta[i];
  terminates             \true;
  exits                  \false;
  assigns  \result       \from d, theta[0 .. d - 1], delta[0 .. d - 1];
  ensures  entropy:      entropic_arrays(theta, delta, d) ==> \is_finite(\result) &&
                           near(\result, entropy(theta, delta, d),
                                entropy_error(d, entropy_size(theta, delta, d)));
*/
double hp_diagonal_entropy(size_t d, const double *theta, const double *delta);

#endif
