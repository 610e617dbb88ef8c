#ifndef HP_FLOW_H
#define HP_FLOW_H
#include "reference/taylor/taylor.h"
#include "verify/claims/claim.h"

/* The flow of a field from a start (n_inputs values at precision_bits) to the horizon, asking the
 * experiment's keep_going. Frees field and start. The trajectory is set in any case and freed by the
 * caller. */
hp_taylor_status hp_flow_integrate(hp_trajectory **trajectory, const hp_experiment *experiment,
                                   hp_program *field, mpfr_t *start, mpfr_prec_t precision_bits,
                                   double digits);

/* The start u_0, and n - d further values that are 0, at hp_flow_bits(digits). */
mpfr_t *hp_flow_start(const hp_experiment *experiment, size_t n, double digits);
mpfr_prec_t hp_flow_bits(double digits); /* ten digits more */

/* f = -grad Phi and f'f at u_0 into f and ff, d values each; ff may be NULL. */
void hp_flow_slopes(const hp_experiment *experiment, mpfr_t f[], mpfr_t ff[],
                    mpfr_prec_t precision_bits);

/* velocity := first f + second f'f at u_0. */
void hp_flow_velocity(mpfr_t velocity[], const hp_experiment *experiment, const mpq_t first,
                      const mpq_t second, mpfr_prec_t precision_bits);

/* "the flow leaves every bound" and the like, for a status that is not HP_TAYLOR_DONE. */
const char *hp_taylor_status_text(hp_taylor_status status);

#endif
