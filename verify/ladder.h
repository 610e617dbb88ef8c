#ifndef HP_LADDER_H
#define HP_LADDER_H
#include "reference/taylor/taylor.h"
#include "verify/claims/claim.h"

/* Errors of the iterates against a flow on a ladder of step sizes. */

/* max over 0 <= n <= floor(T/h) of |u_n - flow(nh)| (Euclidean norm), u_n by the MPFR recurrence at
 * precision_bits, and of the double-precision iterates of src/ against the same flow. at_n may be NULL.
 * False when keep_going asked to stop. */
bool hp_ladder_error(const hp_experiment *experiment, const hp_trajectory *flow, const mpq_t h,
                     mpfr_prec_t precision_bits, mpfr_t error, long *at_n, mpfr_t double_error);

#endif
