#ifndef HP_RUN_H
#define HP_RUN_H
#include "src/tape.h"
#include "spec/acsl/run.h"

/* One momentum step of a tape problem in place, with the method of src/momentum.h:
 *
 *     y = u + h a v,   g = grad Phi(y),   v := lambda v - g,   u := u + h v
 *
 * The tape has d inputs and the d outputs grad Phi. u, v, y, g: d values each; slot: one value for
 * each slot of the tape. y, g and slot are workspace; they are left as named. In real
 * arithmetic, exactly; g is grad Phi(y) where all operations behind it are in their domains. */
/*@
  requires valid:     step_valid(tape, tape->n_inputs, u, v, y, g, slot);
  requires apart:     step_apart(tape, tape->n_inputs, u, v, y, g, slot);
  terminates          \true;
  exits               \false;
  assigns  at_uv:     u[0 .. tape->n_inputs - 1], v[0 .. tape->n_inputs - 1];
  assigns  at_yg:     y[0 .. tape->n_inputs - 1], g[0 .. tape->n_inputs - 1];
  assigns  at_slot:   slot[0 .. tape_slots(tape) - 1];
  ensures  lookahead: \forall integer i; 0 <= i < tape->n_inputs ==>
                        y[i] == lookahead(\old(u[i]), \old(v[i]), h*a);
  ensures  gradient:  outputs_at(tape, y, g);
  ensures  velocity:  \forall integer i; 0 <= i < tape->n_inputs ==>
                        v[i] == velocity(\old(v[i]), g[i], lambda);
  ensures  position:  \forall integer i; 0 <= i < tape->n_inputs ==>
                        u[i] == position(\old(u[i]), v[i], h);
*/
void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot);

#endif
