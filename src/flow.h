#ifndef HP_FLOW_H
#define HP_FLOW_H
#include "src/tape.h"
#include "spec/acsl/flow.h"

/* One step of the classical fourth-order Runge-Kutta method, of length h, for the rescaled gradient
 * flow u' = -lambda_bar grad Phi(u). The tape has d inputs and the d outputs grad Phi.
 *
 *     point_0 = u                                     slope_j = -lambda_bar grad Phi(point_j)
 *     point_1 = u + (h/2) slope_0
 *     point_2 = u + (h/2) slope_1
 *     point_3 = u + h slope_2
 *     u      := u + (h/6) (slope_0 + 2 slope_1 + 2 slope_2 + slope_3)
 *
 * u: d values. Workspace: point and gradient 4 d values each (row j is point_j, grad Phi(point_j)),
 * slot one value for each slot of the tape. In real arithmetic, exactly; a gradient is grad Phi where
 * all operations behind it are in their domains. Local error O(h^5), global error O(h^4). Source:
 * Kutta (1901); Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, table II.1.2. */
/*@
  requires valid:      flow_valid(tape, tape->n_inputs, 4*tape->n_inputs, point, gradient, slot);
  requires apart:      flow_apart(tape, 4*tape->n_inputs, point, gradient, slot);
  requires valid_u:    \valid(u + (0 .. tape->n_inputs - 1));
  requires constants:  tape_apart(tape, u, tape->n_inputs);
  requires apart_u:    apart(u, tape->n_inputs, point, 4*tape->n_inputs) &&
                       apart(u, tape->n_inputs, gradient, 4*tape->n_inputs) &&
                       apart(u, tape->n_inputs, slot, tape_slots(tape));
  terminates           \true;
  exits                \false;
  assigns  at_u:       u[0 .. tape->n_inputs - 1];
  assigns  at_point:   point[0 .. 4*tape->n_inputs - 1];
  assigns  at_slope:   gradient[0 .. 4*tape->n_inputs - 1];
  assigns  at_slot:    slot[0 .. tape_slots(tape) - 1];
  ensures  start:      \forall integer i; 0 <= i < tape->n_inputs ==> point[i] == \old(u[i]);
  ensures  stage_0:    outputs_at(tape, point, gradient);
  ensures  stage_1:    flow_stage(tape, tape->n_inputs, point, gradient, -(lambda_bar*h)/2,
                                  tape->n_inputs);
  ensures  stage_2:    flow_stage(tape, tape->n_inputs, point, gradient, -(lambda_bar*h)/2,
                                  2*tape->n_inputs);
  ensures  stage_3:    flow_stage(tape, tape->n_inputs, point, gradient, -(lambda_bar*h),
                                  3*tape->n_inputs);
  ensures  step:       \forall integer i; 0 <= i < tape->n_inputs ==>
                         u[i] == runge_kutta(\old(u[i]), -(lambda_bar*h)/6, gradient[i],
                                             gradient[tape->n_inputs + i],
                                             gradient[2*tape->n_inputs + i],
                                             gradient[3*tape->n_inputs + i]);
*/
void hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                  double *gradient, double *slot);

#endif
