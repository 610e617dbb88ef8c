#ifndef HP_FLOW_TERMS_H
#define HP_FLOW_TERMS_H
#include "reference/taylor/momentum_flow.h"
#include "verify/claims/claim.h"

/* The terms E and G of momentum gradient descent around its flow (reference/taylor/momentum_flow.h) and
 * their maxima over [0, T], for lambda = the experiment's momentum. */
typedef struct {
  hp_trajectory *trajectory; /* 6d states, at few digits: for remainders */
  mpfr_t E, G;               /* max |E|, max |G| */
  mpfr_t E_radius, G_radius; /* how far apart they lie at two precisions */
  mpfr_t E_at, G_at;         /* where they are taken */
} hp_flow_terms;

enum { HP_TERMS_DIGITS = 14 }; /* of trajectories that only remainders need */

/* At so many digits. Cleared by the caller whatever the status is. */
hp_taylor_status hp_flow_terms_measure(hp_flow_terms *terms, const hp_experiment *experiment,
                                       double digits);
void hp_flow_terms_clear(hp_flow_terms *terms);

/* MGF(lambda) with slope as in hp_momentum_flow, and the terms of a variant, to the horizon. */
hp_taylor_status hp_flow_to_horizon(hp_trajectory **trajectory, const hp_experiment *experiment,
                                    const mpq_t lambda, const mpq_t slope, double digits);
hp_taylor_status hp_terms_to_horizon(hp_trajectory **trajectory, const hp_experiment *experiment,
                                     hp_terms_variant variant, double digits);

#endif
