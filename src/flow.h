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
 * Kutta (1901); Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, table II.1.2.
 *
 * Rounding, with e = 2^-53 (1 + 2^-44), eta = 2^-1074, for numbers of magnitude <= 2^300 and
 * lambda_bar h <= 2^299; S the factor of grad Phi in a line, K = k_0 + 2 k_1 + 2 k_2 + k_3 of the rows k_j
 * of `gradient` and M the same with |k_j|: each computed value is finite and within
 *
 *     point_j:  e (4 |S k_{j-1}| + |point_0|) + eta (2 |k_{j-1}| + 1)
 *     u:        e (7 |S| M + |point_0|) + eta (2 M + 1)
 *
 * of its line at the computed operands; each row of `gradient` is within tape_error (spec/acsl/tape.h)
 * of grad Phi at the computed point. */
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
  ensures  start:      \forall integer i; 0 <= i < tape->n_inputs ==>
                         copied(point[i], \old(u[i]));
  ensures  gradient_0: outputs_at(tape, point, gradient);
  ensures  gradient_1: outputs_at(tape, point + tape->n_inputs, gradient + tape->n_inputs);
  ensures  gradient_2: outputs_at(tape, point + 2*tape->n_inputs, gradient + 2*tape->n_inputs);
  ensures  gradient_3: outputs_at(tape, point + 3*tape->n_inputs, gradient + 3*tape->n_inputs);
  ensures  point_1:    steady(lambda_bar, h) ==>
    points_near(tape->n_inputs, point, gradient, -(lambda_bar*h)/2, tape->n_inputs);
  ensures  point_2:    steady(lambda_bar, h) ==>
    points_near(tape->n_inputs, point, gradient, -(lambda_bar*h)/2, 2*tape->n_inputs);
  ensures  point_3:    steady(lambda_bar, h) ==>
    points_near(tape->n_inputs, point, gradient, -(lambda_bar*h), 3*tape->n_inputs);
  ensures  step:       steady(lambda_bar, h) ==>
    steps_near(tape->n_inputs, u, point, gradient, -(lambda_bar*h)/6);
*/
void hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                  double *gradient, double *slot);

#endif
