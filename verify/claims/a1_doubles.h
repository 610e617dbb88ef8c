#ifndef HP_A1_DOUBLES_H
#define HP_A1_DOUBLES_H
#include "a1_enclose.h"

/* Both legs of the V: the iterates that src/ leaves in binary64 against the exact flow,
 *     max_n |u^_n - ubar(nh)| <= C1 h + C2 delta T/h,   delta = h (ev + L ey) + eu,
 * theorem a1_state_theorem of spec/coq/a1_perturbed.v, C1 = C(T) of A1 for any f,
 *     C2 = lambda_bar (lambda lambda_bar + |a - lambda lambda_bar| (e^{lambda_bar L T} - 1) + e^{lambda_bar L T}).
 * ey, ev, eu are the largest norms over the run of the rounding bounds that WP proves of
 * hp_momentum_lookahead, hp_tape_outputs with hp_momentum_step's velocity, and its position, at the
 * computed numbers, with what the rounding of lambda, a, h and the tape's constants adds; the theorem's flow
 * starts at u^_0, and e^{lambda_bar L T} |u^_0 - u_0| more is the distance of ubar to it. The left side is a
 * ball: u^_n are exact. Checked on the instance: every number is within the contracts' range, every
 * look-ahead point and both flows lie in the box of L and B0. */
typedef struct {
  size_t n_rows;
  arb_ptr error, rounding,
      bound; /* of each row of m: left side; C2 delta T/h and the start; right side */
  char *why; /* when a hypothesis is not met */
} hp_a1_doubles;

/* m as hp_a1_enclose leaves it, enclosed. False, and why says where, when a hypothesis is not met. Cleared
 * by the caller in any case. */
bool hp_a1_doubles_enclose(hp_a1_doubles *doubles, const hp_a1_enclosed *m);
void hp_a1_doubles_clear(hp_a1_doubles *doubles);

/* The run "E1 in doubles" of A1. */
void hp_a1_doubles_run(const hp_a1_enclosed *m, hp_results *results);

#endif
