#ifndef HP_CLAIM_FAMILY_B_H
#define HP_CLAIM_FAMILY_B_H
#include "claim.h"

/* What the claims B share. lambda, the mass of the momentum gradient flow, is the momentum of the
 * experiment. */

#define HP_B_SOURCE                                                                                \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum when " \
  "training diagonal linear networks, AISTATS 2024, arXiv:2403.05293; "

/* Why a claim B says nothing about the experiment, or NULL: another method, no momentum, or (when
 * needs_network) a problem that is no diagonal network or has a coordinate that never moves. */
const char *hp_b_obstacle(const hp_experiment *experiment, bool needs_network);

/* One run that is not applicable. */
void hp_b_not_applicable(hp_results *results, const hp_experiment *experiment, const char *claim,
                         const char *observable, const char *why);

#endif
