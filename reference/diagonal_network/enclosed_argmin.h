#ifndef HP_DIAGONAL_ENCLOSED_ARGMIN_H
#define HP_DIAGONAL_ENCLOSED_ARGMIN_H
#include "bregman.h"
#include <arb.h>

/* The convex problem of bregman.h in balls: for every Delta and theta_tilde in theirs, the minimiser theta
 * (d balls) and its multiplier nu (n balls). Krawczyk's operator for the dual equation
 *     h(nu) = X theta(nu) - y,     theta(nu) = (Delta/2) sinh(2 X^T nu + arsinh(2 theta_tilde/Delta)),
 *     h'(nu) = X diag(sqrt(4 theta^2 + Delta^2)) X^T,
 * maps the box that is returned into itself, so that it holds one zero and no other; the loss is strictly
 * convex, hence the minimiser is there. false, with nothing proved, when it does not (X X^T singular, balls
 * too wide); theta and nu are then indeterminate. Delta > 0. */
bool hp_enclose_argmin(arb_struct theta[], arb_struct nu[], const hp_diagonal_network *network,
                       const arb_struct delta[], const arb_struct theta_tilde[],
                       slong precision_bits);

/* The optimality conditions of theta with that multiplier, d + n balls that hold 0 if it is the minimiser:
 *     grad psi(theta) - grad psi(theta_tilde) - X^T nu,     X theta - y. */
void hp_enclose_optimality(arb_struct residual[], const hp_diagonal_network *network,
                           const arb_struct delta[], const arb_struct theta_tilde[],
                           const arb_struct theta[], const arb_struct nu[], slong precision_bits);

#endif
