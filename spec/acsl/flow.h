#ifndef HP_ACSL_FLOW_H
#define HP_ACSL_FLOW_H
#include "spec/acsl/exact_sum.h"
#include "spec/acsl/quotient.h"
#include "spec/acsl/run.h"

/* One Runge-Kutta step: row j of `point` and of `gradient` (d values each, four rows) is a stage. Row 0
 * of point is where the step starts; the row that starts at `row` >= d is
 *     point_row = point_0 + scale gradient_{row - d},    gradient_row = grad Phi(point_row). */
/*@
  logic real runge_kutta(real x, real scale, real k0, real k1, real k2, real k3) =
    x + scale*(k0 + 2*k1 + 2*k2 + k3);
  logic real slopes_size(real k0, real k1, real k2, real k3) =
    \abs(k0) + 2*\abs(k1) + 2*\abs(k2) + \abs(k3);

  predicate flow_point{L}(integer d, double *point, double *gradient, double scale, integer row) =
    \forall integer i; 0 <= i < d ==>
      scaled_sum(point[row + i], point[i], scale, gradient[row - d + i]);

  predicate flow_stage{L}(hp_tape *tape, integer d, double *point, double *gradient, double scale,
                          integer row) =
    flow_point(d, point, gradient, scale, row) && outputs_at(tape, point + row, gradient + row);
*/

/* Rounding of the sum K of the four slopes (M: the same with absolute values; twice a number is exact)
 * and of x + s K, with e = 2^-53: three sums give 3 e M, the product and the last sum e each,
 *     |computed - (x + s K)| <= e (1 + 2^-49) (5 |s| M + |x|) + eta. */
/*@
  logic real slopes_error(real M) = HP_ROUNDING(0x1.8000000000008p-52*M);
  logic real combined_error(real x, real s, real M) =
    HP_ROUNDING(0x1.0000000000008p-53*(5*\abs(s)*M + \abs(x)) + 0x1p-1074);

  predicate slopes_near(double sum, double k0, double k1, double k2, double k3) =
    near(sum, k0 + 2*k1 + 2*k2 + k3, slopes_error(slopes_size(k0, k1, k2, k3)));
  predicate moved(double r, double x, double s, double sum) =
    near(r, x + s*sum, product_sum_error(s*sum, x));
  predicate combination(double r, double x, double s, double k0, double k1, double k2, double k3) =
    near(r, runge_kutta(x, s, k0, k1, k2, k3),
         combined_error(x, s, slopes_size(k0, k1, k2, k3)));
  predicate combined(double r, double x, double s, double k0, double k1, double k2, double k3) =
    tame(s) ==> tame(x) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
    \is_finite(r) && combination(r, x, s, k0, k1, k2, k3);
  predicate combined_at{L}(integer d, double r, double *point, double *gradient, double s,
                           integer i) =
    combined(r, point[i], s, gradient[i], gradient[d + i], gradient[2*d + i], gradient[3*d + i]);
  predicate combined_row{L}(integer d, double *u, double *point, double *gradient, double s) =
    \forall integer i; 0 <= i < d ==> combined_at(d, u[i], point, gradient, s, i);

  lemma slopes_sum: \forall real k0, k1, k2, k3, t1, t2, first, second, sum;
    equal(t1, 2*k1) ==> equal(t2, 2*k2) ==>
    near(first, k0 + t1, sum_error(k0 + t1)) ==>
    near(second, first + t2, sum_error(first + t2)) ==>
    near(sum, second + k3, sum_error(second + k3)) ==>
    near(sum, k0 + 2*k1 + 2*k2 + k3, slopes_error(slopes_size(k0, k1, k2, k3)));
  lemma slopes_sum_size: \forall real k0, k1, k2, k3, sum;
    near(sum, k0 + 2*k1 + 2*k2 + k3, slopes_error(slopes_size(k0, k1, k2, k3))) ==>
    below(k0, 0x1p300) ==> below(k1, 0x1p300) ==> below(k2, 0x1p300) ==> below(k3, 0x1p300) ==>
    below(sum, 0x1p303);
*/

/* The scales S = -lambda_bar h, S/2, S/6 are rounded themselves, |s - S| <= 2 e (1 + e) |S| + eta, so that
 *     |computed point - (x + S k)| <= e (1 + 2^-49) (4 |S k| + |x|) + eta (2 |k| + 1)
 *     |computed step  - (x + S K)| <= e (1 + 2^-48) (7 |S| M + |x|) + eta (2 M + 1). */
/*@
  predicate steady(double lambda_bar, double h) =
    tame(lambda_bar) && tame(h) && product_below(lambda_bar, h, 0x1p299);

  logic real scale_error(real S) = HP_ROUNDING(0x1.0000000000001p-52*\abs(S) + 0x1p-1074);
  logic real point_error(real x, real S, real k) =
    HP_ROUNDING(0x1.0000000000008p-53*(4*\abs(S*k) + \abs(x)) + 0x1p-1074*(2*\abs(k) + 1));
  logic real step_error(real x, real S, real M) =
    HP_ROUNDING(0x1.000000000001p-53*(7*\abs(S)*M + \abs(x)) + 0x1p-1074*(2*M + 1));

  predicate scale_near(double s, real S) = tame(s) && near(s, S, scale_error(S));
  predicate point_near(double r, double x, real S, double k) =
    tame(x) ==> tame(k) ==> \is_finite(r) && near(r, x + S*k, point_error(x, S, k));
  predicate step_near(double r, double x, real S, double k0, double k1, double k2, double k3) =
    tame(x) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
    \is_finite(r) &&
    near(r, runge_kutta(x, S, k0, k1, k2, k3), step_error(x, S, slopes_size(k0, k1, k2, k3)));

  predicate points_near{L}(integer d, double *point, double *gradient, real S, integer row) =
    \forall integer i; 0 <= i < d ==>
      point_near(point[row + i], point[i], S, gradient[row - d + i]);
  predicate steps_near{L}(integer d, double *u, double *point, double *gradient, real S) =
    \forall integer i; 0 <= i < d ==>
      step_near(u[i], point[i], S, gradient[i], gradient[d + i], gradient[2*d + i],
                gradient[3*d + i]);

  lemma half_scale: \forall real p, w, s;
    near(w, p, product_error(p)) ==> quotient_near(s, -w, 2) ==>
    near(s, -p/2, scale_error(-p/2));
  lemma sixth_scale: \forall real p, w, s;
    near(w, p, product_error(p)) ==> quotient_near(s, -w, 6) ==>
    near(s, -p/6, scale_error(-p/6));
  lemma whole_scale: \forall real p, w;
    near(w, p, product_error(p)) ==> near(-w, -p, scale_error(-p));
*/

#ifdef HP_MODEL_REAL
/*@
  lemma combined_sum_exact: \forall real x, s, k0, k1, k2, k3, sum, r;
    near(sum, k0 + 2*k1 + 2*k2 + k3, slopes_error(slopes_size(k0, k1, k2, k3))) ==>
    near(r, x + s*sum, product_sum_error(s*sum, x)) ==>
    near(r, runge_kutta(x, s, k0, k1, k2, k3),
         combined_error(x, s, slopes_size(k0, k1, k2, k3)));
  lemma point_at_scale_exact: \forall real x, k, s, S, r;
    near(s, S, scale_error(S)) ==> near(r, x + s*k, product_sum_error(s*k, x)) ==>
    near(r, x + S*k, point_error(x, S, k));
  lemma step_at_scale_exact: \forall real x, k0, k1, k2, k3, s, S, r;
    near(s, S, scale_error(S)) ==>
    near(r, runge_kutta(x, s, k0, k1, k2, k3),
         combined_error(x, s, slopes_size(k0, k1, k2, k3))) ==>
    near(r, runge_kutta(x, S, k0, k1, k2, k3), step_error(x, S, slopes_size(k0, k1, k2, k3)));
  lemma scaled_at_scale_exact: \forall double r, x, s, k, real S;
    scale_near(s, S) ==> scaled_sum(r, x, s, k) ==> point_near(r, x, S, k);
  lemma combination_of_sum_exact: \forall double r, x, s, k0, k1, k2, k3, sum;
    slopes_near(sum, k0, k1, k2, k3) ==> moved(r, x, s, sum) ==>
    combination(r, x, s, k0, k1, k2, k3);
  lemma combined_at_scale_exact: \forall double r, x, s, k0, k1, k2, k3, real S;
    scale_near(s, S) ==> combined(r, x, s, k0, k1, k2, k3) ==> step_near(r, x, S, k0, k1, k2, k3);
*/
#else
/*@
  lemma combined_sum: \forall real x, s, k0, k1, k2, k3, sum, r;
    near(sum, k0 + 2*k1 + 2*k2 + k3, slopes_error(slopes_size(k0, k1, k2, k3))) ==>
    near(r, x + s*sum, product_sum_error(s*sum, x)) ==>
    near(r, runge_kutta(x, s, k0, k1, k2, k3),
         combined_error(x, s, slopes_size(k0, k1, k2, k3)));
  lemma point_at_scale: \forall real x, k, s, S, r;
    near(s, S, scale_error(S)) ==> near(r, x + s*k, product_sum_error(s*k, x)) ==>
    near(r, x + S*k, point_error(x, S, k));
  lemma step_at_scale: \forall real x, k0, k1, k2, k3, s, S, r;
    near(s, S, scale_error(S)) ==>
    near(r, runge_kutta(x, s, k0, k1, k2, k3),
         combined_error(x, s, slopes_size(k0, k1, k2, k3))) ==>
    near(r, runge_kutta(x, S, k0, k1, k2, k3), step_error(x, S, slopes_size(k0, k1, k2, k3)));
  lemma scaled_at_scale: \forall double r, x, s, k, real S;
    scale_near(s, S) ==> scaled_sum(r, x, s, k) ==> point_near(r, x, S, k);
  lemma combination_of_sum: \forall double r, x, s, k0, k1, k2, k3, sum;
    slopes_near(sum, k0, k1, k2, k3) ==> moved(r, x, s, sum) ==>
    combination(r, x, s, k0, k1, k2, k3);
  lemma combined_at_scale: \forall double r, x, s, k0, k1, k2, k3, real S;
    scale_near(s, S) ==> combined(r, x, s, k0, k1, k2, k3) ==> step_near(r, x, S, k0, k1, k2, k3);
*/
#endif
/*@
  lemma points_at_scale{L}:
    \forall integer d, double *point, *gradient, double s, real S, integer row;
    scale_near(s, S) ==> flow_point(d, point, gradient, s, row) ==>
    points_near(d, point, gradient, S, row);
  lemma steps_at_scale{L}:
    \forall integer d, double *u, *point, *gradient, double s, real S;
    scale_near(s, S) ==> combined_row(d, u, point, gradient, s) ==>
    steps_near(d, u, point, gradient, S);
*/

/* The memory of a step. */
/*@
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

  lemma scaled_sum_frame{L1, L2}:
    \forall double *x, *y, integer n, m, i, j, k, double scale;
    same_reals{L1, L2}(x, n) ==> same_reals{L1, L2}(y, m) ==> 0 <= i < n ==> 0 <= j < n ==>
    0 <= k < m ==>
    scaled_sum(\at(x[i], L1), \at(x[j], L1), scale, \at(y[k], L1)) ==>
    scaled_sum(\at(x[i], L2), \at(x[j], L2), scale, \at(y[k], L2));

  lemma flow_point_frame{L1, L2}:
    \forall integer d, double *point, *gradient, double scale, integer row;
    0 <= d <= row ==> same_reals{L1, L2}(point, row + d) ==> same_reals{L1, L2}(gradient, row) ==>
    flow_point{L1}(d, point, gradient, scale, row) ==>
    flow_point{L2}(d, point, gradient, scale, row);

  lemma flow_stage_frame{L1, L2}:
    \forall hp_tape *tape, integer d, double *point, *gradient, double scale, integer row, end;
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
