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
 * arithmetic, exactly; g is grad Phi(y) where all operations behind it are in their domains.
 * Rounding: where the numbers are finite and of magnitude <= 2^300, y, v and u are finite and, at the
 * computed operands, within the errors of src/momentum.h of these formulas. */
/*@
  requires valid:     step_valid(tape, tape->n_inputs, u, v, y, g, slot);
  requires apart:     step_apart(tape, tape->n_inputs, u, v, y, g, slot);
  terminates          \true;
  exits               \false;
  assigns  at_uv:     u[0 .. tape->n_inputs - 1], v[0 .. tape->n_inputs - 1];
  assigns  at_yg:     y[0 .. tape->n_inputs - 1], g[0 .. tape->n_inputs - 1];
  assigns  at_slot:   slot[0 .. tape_slots(tape) - 1];
  ensures  lookahead: \forall integer i; 0 <= i < tape->n_inputs ==>
                        lookahead_near(y[i], \old(u[i]), \old(v[i]), h, a);
  ensures  gradient:  outputs_at(tape, y, g);
  ensures  velocity:  \forall integer i; 0 <= i < tape->n_inputs ==>
                        velocity_near(v[i], \old(v[i]), g[i], lambda);
  ensures  position:  \forall integer i; 0 <= i < tape->n_inputs ==>
                        position_near(u[i], \old(u[i]), v[i], h);
*/
void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot);

/* N momentum steps from u_0 (row 0 of u) and v_0 = 0; the whole path is written, row by row:
 *
 *     u: (N+1) d values, row 0 given    v: (N+1) d values, row 0 set to 0    y: N d values
 *     y_n = u_n + h a v_n,   v_{n+1} = lambda v_n - grad Phi(y_n),   u_{n+1} = u_n + h v_{n+1}
 *
 * g (d values) and slot (one value for each slot of the tape) are workspace. Needs no allocation.
 * In real arithmetic, exactly, at every n whose grad Phi(y_n) meets no operation outside its domain.
 * Rounding: each row, where the numbers that it is computed from are finite and of magnitude <= 2^300,
 * is finite and within the errors of src/momentum.h of the step from the row before it, with the
 * gradient that the tape gave: these are the defects of the recurrence. */
/*@
  requires size:      N*tape->n_inputs + tape->n_inputs <= 0x1000000000000000;
  requires valid:     path_valid(tape, tape->n_inputs, N*tape->n_inputs, u, v, y, g, slot);
  requires apart:     path_apart(tape, tape->n_inputs, N*tape->n_inputs, u, v, y, g, slot);
  terminates          \true;
  exits               \false;
  assigns  at_u:      u[tape->n_inputs .. N*tape->n_inputs + tape->n_inputs - 1];
  assigns  at_v:      v[0 .. N*tape->n_inputs + tape->n_inputs - 1];
  assigns  at_y:      y[0 .. N*tape->n_inputs - 1];
  assigns  at_g:      g[0 .. tape->n_inputs - 1];
  assigns  at_slot:   slot[0 .. tape_slots(tape) - 1];
  ensures  start_u:   \forall integer i; 0 <= i < tape->n_inputs ==> u[i] == \old(u[i]);
  ensures  start_v:   \forall integer i; 0 <= i < tape->n_inputs ==>
                        \is_finite(v[i]) && equal(v[i], 0.0);
  ensures  steps:     path_steps(tape, tape->n_inputs, u, v, y, lambda, a, h, N);
*/
void hp_run_path(const hp_tape *tape, double lambda, double a, double h, size_t N, double *u,
                 double *v, double *y, double *g, double *slot);

#endif
