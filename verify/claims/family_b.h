#ifndef HP_CLAIM_FAMILY_B_H
#define HP_CLAIM_FAMILY_B_H
#include "claim.h"
#include "verify/network_case.h"

/* What the claims B share. lambda, the mass of the momentum gradient flow, is the momentum of the
 * experiment. */

#define HP_B_SOURCE                                                                                \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum "     \
  "when "                                                                                          \
  "training diagonal linear networks, AISTATS 2024, arXiv:2403.05293; "

/* Why a claim B says nothing about the experiment, or NULL: another method, no momentum, or (when
 * needs_network) a problem that is no diagonal network or has a coordinate that never moves. */
const char *hp_b_obstacle(const hp_experiment *experiment, bool needs_network);

/* One run that is not applicable. */
void hp_b_not_applicable(hp_results *results, const hp_experiment *experiment, const char *claim,
                         const char *observable, const char *why);

/* The masses that the claims on diagonal networks look at: the momentum of the experiment times 5, 2,
 * 1, 1/2, 1/5 and 1/25, largest first. */
enum { HP_B_MASSES = 6 };
void hp_b_masses(mpq_t mass[HP_B_MASSES], const hp_experiment *experiment);
void hp_b_masses_clear(mpq_t mass[HP_B_MASSES]);

/* Options of a flow for the experiment: its digits, its keep_going. */
hp_diagonal_flow_options hp_b_flow_options(const hp_experiment *experiment, mpq_srcptr lambda);

/* most = max(most, value); NaN counts as the largest. */
void hp_b_raise(mpfr_t most, const mpfr_t value);

/* A point of a curve from two numbers, 17 and 12 digits. */
void hp_b_point(hp_curve *curve, double x, double y);

#endif
