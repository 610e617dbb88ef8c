#ifndef HP_RUN_H
#define HP_RUN_H
#include "src/tape.h"

/* One momentum step of a tape problem in place, with the method of src/momentum.h:
 *
 *     y = u + h a v,   g = grad Phi(y),   v := lambda v - g,   u := u + h v
 *
 * The tape has d inputs and the d outputs grad Phi. u, v, y, g: d values each; slot: one value for
 * each slot of the tape. y, g and slot are workspace; they are left as named. */
void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot);

/* N momentum steps from u_0 (row 0 of u) and v_0 = 0; the whole path is written, row by row:
 *
 *     u: (N+1) d values, row 0 given    v: (N+1) d values, row 0 set to 0    y: N d values
 *     y_n = u_n + h a v_n,   v_{n+1} = lambda v_n - grad Phi(y_n),   u_{n+1} = u_n + h v_{n+1}
 *
 * g (d values) and slot (one value for each slot of the tape) are workspace. Needs no allocation. */
void hp_run(const hp_tape *tape, double lambda, double a, double h, size_t N, double *u, double *v,
            double *y, double *g, double *slot);

#endif
