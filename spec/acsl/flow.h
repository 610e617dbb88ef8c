#ifndef HP_ACSL_FLOW_H
#define HP_ACSL_FLOW_H
#include "spec/acsl/run.h"

/* One Runge-Kutta step: row j of `point` and of `gradient` (d values each, four rows) is a stage. Row 0
 * of point is where the step starts; the row that starts at `row` >= d is
 *     point_row = point_0 + scale gradient_{row - d},    gradient_row = grad Phi(point_row). */
/*@
  logic real runge_kutta(real x, real scale, real k0, real k1, real k2, real k3) =
    x + scale*(k0 + 2*k1 + 2*k2 + k3);

  predicate flow_point{L}(integer d, double *point, double *gradient, real scale, integer row) =
    \forall integer i; 0 <= i < d ==>
      point[row + i] == point[i] + scale*gradient[row - d + i];

  predicate flow_stage{L}(hp_tape *tape, integer d, double *point, double *gradient, real scale,
                          integer row) =
    flow_point(d, point, gradient, scale, row) && outputs_at(tape, point + row, gradient + row);

  predicate flow_valid{L}(hp_tape *tape, integer d, integer end, double *point, double *gradient,
                          double *slot) =
    tape_valid(tape) && tape_well_formed(tape) && tape->n_inputs == d && tape->n_outputs == d &&
    \valid(point + (0 .. end - 1)) && \valid(gradient + (0 .. end - 1)) &&
    \valid(slot + (0 .. tape_slots(tape) - 1));

  predicate flow_apart{L}(hp_tape *tape, integer end, double *point, double *gradient,
                          double *slot) =
    tape_apart(tape, point, end) && tape_apart(tape, gradient, end) &&
    tape_apart(tape, slot, tape_slots(tape)) && apart(point, end, gradient, end) &&
    apart(slot, tape_slots(tape), point, end) && apart(slot, tape_slots(tape), gradient, end);
*/

/* Stages stay what they are while their rows and the tape stay. */
/*@
  lemma outputs_at_frame{L1, L2}: \forall hp_tape *tape, integer d, double *x, *result;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> same_reals{L1, L2}(x, d) ==>
    same_reals{L1, L2}(result, d) ==> outputs_at{L1}(tape, x, result) ==>
    outputs_at{L2}(tape, x, result);

  lemma outputs_at_zero{L}: \forall hp_tape *tape, double *x, *result;
    outputs_at(tape, x + 0, result + 0) ==> outputs_at(tape, x, result);

  lemma flow_point_frame{L1, L2}:
    \forall integer d, double *point, *gradient, real scale, integer row;
    0 <= d <= row ==> same_reals{L1, L2}(point, row + d) ==> same_reals{L1, L2}(gradient, row) ==>
    flow_point{L1}(d, point, gradient, scale, row) ==>
    flow_point{L2}(d, point, gradient, scale, row);

  lemma flow_stage_frame{L1, L2}:
    \forall hp_tape *tape, integer d, double *point, *gradient, real scale, integer row, end;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> d <= row ==> row + d <= end ==>
    same_reals{L1, L2}(point, end) ==> same_reals{L1, L2}(gradient, end) ==>
    flow_stage{L1}(tape, d, point, gradient, scale, row) ==>
    flow_stage{L2}(tape, d, point, gradient, scale, row);

  lemma flow_start_frame{L1, L2}:
    \forall hp_tape *tape, integer d, double *point, *gradient, integer end;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> d <= end ==>
    same_reals{L1, L2}(point, end) ==> same_reals{L1, L2}(gradient, end) ==>
    outputs_at{L1}(tape, point, gradient) ==> outputs_at{L2}(tape, point, gradient);
*/
#endif
