#ifndef HP_DIAGONAL_REST_H
#define HP_DIAGONAL_REST_H
#include "network.h"
#include <arb.h>

/* How far a momentum gradient flow lambda w'' + w' = -grad F(w), w = (u,v), F(u,v) = L(u*v), can still go,
 * proved. On the ball of radius R about w(T), with q_i = u_i^2 + v_i^2 and s the eigenvalues of X X^T,
 *     |grad F|^2 >= 2 m F,      m  = min q min s/n,
 *     |grad F|^2 <= 2 M' F,     M' = max q max s/n,        |F''| <= M = M' + max|g|.
 * Let c = 1/(2 lambda M + 1) and V = F + lambda|w'|^2/2 + c lambda grad F.w'. Then
 *     V' <= -|w'|^2/2 - (c/2)|grad F|^2 <= -kappa V,     kappa = min(c m/2, 1/(2 lambda)),
 *     V >= 3F/4 + lambda|w'|^2/4,
 * so the path from T on is at most D = 4 sqrt(V(T)/lambda)/kappa long; for lambda = 0,
 * D = sqrt(2 M' F(T))/m. If D < R it never leaves the ball and converges to a point with L = 0. The energy
 * F + lambda|w'|^2/2 has the derivative -|w'|^2. */
typedef struct {
  mag_t distance; /* D in (u,v), Euclidean */
  mag_t kinetic;  /* int_T^oo |w'|^2 dt is at most this */
} hp_diagonal_rest;

void hp_diagonal_rest_init(hp_diagonal_rest *rest);
void hp_diagonal_rest_clear(hp_diagonal_rest *rest);

/* From w_+, w_- (2d balls) and their derivatives (2d balls; not used for lambda = 0) at T. false when it is
 * not proved: X X^T is singular, or the flow is not yet slow enough. */
bool hp_diagonal_rests(hp_diagonal_rest *rest, const hp_diagonal_network *network,
                       const mpq_t lambda, const arb_struct w[], const arb_struct dw[],
                       slong precision_bits);

/* ---- the network in balls; d values each ---- */

/* theta = (w_+^2 - w_-^2)/4 */
void hp_diagonal_theta_ball(arb_struct theta[], size_t d, const arb_struct w[],
                            slong precision_bits);
/* X theta - y; n values */
void hp_diagonal_residual_ball(arb_struct residual[], const hp_diagonal_network *network,
                               const arb_struct theta[], slong precision_bits);
/* X^T r, without 1/n */
void hp_diagonal_transposed_ball(arb_struct result[], const hp_diagonal_network *network,
                                 const arb_struct r[], slong precision_bits);

#endif
