#ifndef HP_NETWORK_CERTIFY_H
#define HP_NETWORK_CERTIFY_H
#include "claim.h"

/* B4 and B5 with every number a ball: the limits of the momentum gradient flow of a diagonal network,
 * tails included, for the masses of hp_b_masses (B5: and 0) on whose path no w_+- crosses 0.
 * B4: Delta_inf by its formula against |w_+ w_-|. B5: theta_inf against the minimiser that Krawczyk's
 * operator proves to be there, and the optimality conditions of theta_inf. Must fail: a_+ alone; the
 * balancedness of the start; theta_0 as the centre. Not applicable where X X^T is not proved regular. False
 * when keep_going did. */
bool hp_b4_certify(const hp_experiment *experiment, hp_results *results);
bool hp_b5_certify(const hp_experiment *experiment, hp_results *results);

#endif
