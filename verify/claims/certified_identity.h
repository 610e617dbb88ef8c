#ifndef HP_CERTIFIED_IDENTITY_H
#define HP_CERTIFIED_IDENTITY_H
#include "claim.h"
#include <arb.h>

/* identity.h with every number a ball: two numbers enclosed independently are equal. A row is proved to be
 * within 10^-digits, or refuted when its ball does not hold 0. */
typedef struct {
  hp_run *run;
  const hp_experiment *experiment;
  bool refuted,
      wide; /* some row is proved to be no identity; is not proved to be within 10^-digits */
} hp_certified_identity;

/* The run is made by hp_identity_run. */
void hp_certified_identity_row(hp_certified_identity *identity, const mpq_t label, long steps,
                               const arb_t mismatch);
/* A wrong formula fails when its mismatch is proved to be more than 10^6 times the tolerance. */
void hp_certified_identity_control(hp_certified_identity *identity, const char *name,
                                   const arb_t mismatch);
/* pass when there is a row, every row is proved within the tolerance and every control failed; a refuted
 * row fails, one that is too wide is not-asymptotic. */
void hp_certified_identity_judge(hp_certified_identity *identity, const char *note);

/* ---- mismatches over d values ---- */

/* max_i |x_i/y_i - 1| */
void hp_ball_mismatch(arb_t result, size_t d, const arb_struct x[], const arb_struct y[]);
/* max_i |x_i - y_i| / max_i |y_i| */
void hp_ball_distance(arb_t result, size_t d, const arb_struct x[], const arb_struct y[]);
/* max_i |x_i| */
void hp_ball_largest(arb_t result, size_t d, const arb_struct x[]);

#endif
