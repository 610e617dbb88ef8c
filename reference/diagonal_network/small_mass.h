#ifndef HP_DIAGONAL_SMALL_MASS_H
#define HP_DIAGONAL_SMALL_MASS_H
#include "flow.h"

/* Balancedness of the momentum gradient flow from rest as lambda -> 0:
 *     (1/lambda) ln(Delta_0/Delta_inf) = I + lambda C + O(lambda^2),
 *     I = 2 int g^2 dt,   C = 4 int g (Dg theta_1) dt - g(theta_0)^2   (componentwise)
 * along the gradient flow w' = -grad F, with its first-order term w_1 outside the initial layer,
 *     w_1' = -H (w_1 + grad F),  w_1(0) = grad F(w_0),  theta_1 = (w_+ w_+1 - w_- w_-1)/2.
 * Derivation: spec/README.md#b4. result: I then C, 2d values; integrated until time, where the gradient
 * flow is at rest. */
hp_taylor_status hp_diagonal_small_mass(mpfr_t result[], const hp_diagonal_network *network,
                                        const mpfr_t time, const hp_taylor_options *options);

/* The nodes G = (w_+ g, -w_- g) of grad F over the inputs (w_+, w_-), 2d, and g, d. */
void hp_diagonal_force(hp_graph *graph, const hp_diagonal_network *network, hp_node G[],
                       hp_node g[]);

#endif
