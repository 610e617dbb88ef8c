#ifndef HP_CLAIM_IDENTITY_H
#define HP_CLAIM_IDENTITY_H
#include "claim.h"

/* A claim that two numbers computed independently are equal: a run whose rows are relative
 * mismatches, each to be at most 10^-digits. */
hp_run *hp_identity_run(hp_results *results, const hp_experiment *experiment, const char *claim,
                        const char *observable, const char *formula);
/* label: what the row is, "1/2"; it is released. */
void hp_identity_row(hp_run *run, const hp_experiment *experiment, char *label, long steps,
                     const mpfr_t mismatch);
/* A wrong formula fails when its largest mismatch is more than 10^6 times the tolerance. */
void hp_identity_control(hp_run *run, const hp_experiment *experiment, const char *name,
                         const mpfr_t largest);
/* pass when there is a row, every row is within the tolerance and every control failed. */
void hp_identity_judge(hp_run *run, const char *note);

#endif
