#include "src/flow.h"
#include "src/vector.h"

/* gradient_row := grad Phi(point_row), the row that starts at `row`. */
/*@
  requires row:         row <= 0x1000000000000;
  requires valid:       flow_valid(tape, tape->n_inputs, row + tape->n_inputs, point, gradient, slot);
  requires apart:       flow_apart(tape, row + tape->n_inputs, point, gradient, slot);
  terminates            \true;
  exits                 \false;
  assigns  at_gradient: gradient[row .. row + tape->n_inputs - 1];
  assigns  at_slot:     slot[0 .. tape_slots(tape) - 1];
  ensures  outputs:     outputs_at(tape, point + row, gradient + row);
  ensures  point:       same_reals{Pre, Post}(point, row + tape->n_inputs);
  ensures  gradient:    same_reals{Pre, Post}(gradient, row);
  ensures  kept_tape:   same_tape{Pre, Post}(tape);
*/
static void evaluate(const hp_tape *tape, size_t row, double *point, double *gradient,
                     double *slot) {
  /*@ ghost size_t d = tape->n_inputs; */
  /*@ assert point_gradient: \forall integer i; 0 <= i < row + d ==>
        \separated(point + i, gradient + (row .. row + d - 1)); */
  /*@ assert point_slot: \forall integer i; 0 <= i < row + d ==>
        \separated(point + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert gradient_gradient: \forall integer i; 0 <= i < row ==>
        \separated(gradient + i, gradient + (row .. row + d - 1)); */
  /*@ assert gradient_slot: \forall integer i; 0 <= i < row ==>
        \separated(gradient + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert constants_gradient: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, gradient + (row .. row + d - 1)); */
  /*@ assert constants_slot: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, slot + (0 .. tape_slots(tape) - 1)); */
  hp_tape_outputs(tape, point + row, slot, gradient + row);
  /*@ assert equal_point: \forall integer i; 0 <= i < row + d ==> \at(point[i], Pre) == point[i]; */
  /*@ assert finite_point: \forall integer i; 0 <= i < row + d ==>
        (\is_finite(\at(point[i], Pre)) <==> \is_finite(point[i])); */
  /*@ assert equal_gradient: \forall integer i; 0 <= i < row ==>
        \at(gradient[i], Pre) == gradient[i]; */
  /*@ assert finite_gradient: \forall integer i; 0 <= i < row ==>
        (\is_finite(\at(gradient[i], Pre)) <==> \is_finite(gradient[i])); */
  /*@ assert kept_constants: same_reals{Pre, Here}(tape->constants, tape->n_constants); */
  /*@ assert kept_code: same_code{Pre, Here}(tape->code, tape->n_instructions); */
}

/* The stage that starts at `row`: point_row := point_0 + scale gradient_{row - d}, and its gradient. */
/*@
  requires row:         tape->n_inputs <= row <= 0x1000000000000;
  requires valid:       flow_valid(tape, tape->n_inputs, row + tape->n_inputs, point, gradient, slot);
  requires apart:       flow_apart(tape, row + tape->n_inputs, point, gradient, slot);
  terminates            \true;
  exits                 \false;
  assigns  at_point:    point[row .. row + tape->n_inputs - 1];
  assigns  at_gradient: gradient[row .. row + tape->n_inputs - 1];
  assigns  at_slot:     slot[0 .. tape_slots(tape) - 1];
  ensures  stage:       flow_stage(tape, tape->n_inputs, point, gradient, scale, row);
  ensures  point:       same_reals{Pre, Post}(point, row);
  ensures  gradient:    same_reals{Pre, Post}(gradient, row);
  ensures  kept_tape:   same_tape{Pre, Post}(tape);
*/
static void stage(const hp_tape *tape, double scale, size_t row, double *point, double *gradient,
                  double *slot) {
  size_t d = tape->n_inputs, before = row - d;
  /*@ assert before: before == row - d && 0 <= before; */
  /*@ assert point_point: \forall integer i; 0 <= i < row ==>
        \separated(point + i, point + (row .. row + d - 1)); */
  /*@ assert gradient_point: \forall integer i; 0 <= i < row ==>
        \separated(gradient + i, point + (row .. row + d - 1)); */
  /*@ assert constants_point: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, point + (row .. row + d - 1)); */
  /*@ ghost Before:; */
  hp_vector_add_scaled(d, point, scale, gradient + before, point + row);
  /*@ assert sum_of: \forall integer i; 0 <= i < d ==>
        scaled_sum(point[row + i], \at(point[i], Before), scale,
                   \at(gradient[row - d + i], Before)); */
  /*@ assert equal_point: \forall integer i; 0 <= i < row ==> \at(point[i], Pre) == point[i]; */
  /*@ assert finite_point: \forall integer i; 0 <= i < row ==>
        (\is_finite(\at(point[i], Pre)) <==> \is_finite(point[i])); */
  /*@ assert equal_gradient: \forall integer i; 0 <= i < row ==>
        \at(gradient[i], Pre) == gradient[i]; */
  /*@ assert finite_gradient: \forall integer i; 0 <= i < row ==>
        (\is_finite(\at(gradient[i], Pre)) <==> \is_finite(gradient[i])); */
  /*@ assert kept_constants: same_reals{Pre, Here}(tape->constants, tape->n_constants); */
  /*@ assert kept_code: same_code{Pre, Here}(tape->code, tape->n_instructions); */
  /*@ assert sum: \forall integer i; 0 <= i < d ==>
        scaled_sum(point[row + i], point[i], scale, gradient[row - d + i]); */
  /*@ assert point_row: flow_point(d, point, gradient, scale, row); */
  /*@ ghost Summed:; */
  evaluate(tape, row, point, gradient, slot);
  /*@ assert still_point: same_reals{Summed, Here}(point, row + d); */
  /*@ assert still_gradient: same_reals{Summed, Here}(gradient, row); */
  /*@ assert still_point_row: flow_point(d, point, gradient, scale, row); */
}

/* u_i := point_i + scale (gradient_0 + 2 gradient_1 + 2 gradient_2 + gradient_3)_i. */
/*@
  terminates       \true;
  exits            \false;
  assigns  \result \from x, scale, k0, k1, k2, k3;
  ensures  step:   combined(\result, x, scale, k0, k1, k2, k3);
*/
static double combination(double x, double scale, double k0, double k1, double k2, double k3) {
  double twice_k1 = k1 + k1, twice_k2 = k2 + k2;
  /*@ assert twice_k1: tame(k1) ==> \is_finite(twice_k1) && equal(twice_k1, 2*k1); */
  /*@ assert twice_k2: tame(k2) ==> \is_finite(twice_k2) && equal(twice_k2, 2*k2); */
  double first = k0 + twice_k1;
  /*@ assert first: tame(k0) ==> tame(k1) ==> \is_finite(first) &&
        near(first, k0 + twice_k1, sum_error(k0 + twice_k1)) && below(first, 0x1p302); */
  double second = first + twice_k2;
  /*@ assert second: tame(k0) ==> tame(k1) ==> tame(k2) ==> \is_finite(second) &&
        near(second, first + twice_k2, sum_error(first + twice_k2)) && below(second, 0x1p303); */
  double sum = second + k3;
  /*@ assert sum: tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==> \is_finite(sum) &&
        near(sum, second + k3, sum_error(second + k3)) && below(sum, 0x1p304); */
  /*@ assert slopes: tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
        slopes_near(sum, k0, k1, k2, k3); */
  /*@ assert size: tame(scale) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
        product_below(sum, scale, 0x1p901); */
  double move = scale * sum;
  /*@ assert move: tame(scale) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
        \is_finite(move) && near(move, scale*sum, product_error(scale*sum)); */
  double next = x + move;
  /*@ assert next: tame(x) ==> tame(scale) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==> tame(k3) ==>
        \is_finite(next) && near(next, x + move, sum_error(x + move)); */
  /*@ assert rounded: tame(x) ==> tame(scale) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==>
        tame(k3) ==> moved(next, x, scale, sum); */
  /*@ assert together: tame(x) ==> tame(scale) ==> tame(k0) ==> tame(k1) ==> tame(k2) ==>
        tame(k3) ==> combination(next, x, scale, k0, k1, k2, k3); */
  return next;
}

/* The combination of each component. */
/*@
  requires rows:        d <= 0x1000000000000;
  requires valid_u:     \valid(u + (0 .. d - 1));
  requires valid_point: \valid_read(point + (0 .. d - 1));
  requires valid_rows:  \valid_read(gradient + (0 .. 4*d - 1));
  requires apart_point: apart(u, d, point, d);
  requires apart_rows:  apart(u, d, gradient, 4*d);
  terminates            \true;
  exits                 \false;
  assigns  at_u:        u[0 .. d - 1];
  ensures  step:        combined_row(d, u, point, gradient, scale);
*/
static void combine(size_t d, const double *point, const double *gradient, double scale,
                    double *u) {
  size_t i = 0;
  /*@
    loop invariant range: 0 <= i <= d;
    loop invariant step:  \forall integer j; 0 <= j < i ==>
      combined_at{Pre}(d, u[j], point, gradient, scale, j);
    loop assigns i, u[0 .. d - 1];
    loop variant d - i;
  */
  while (i < d) {
    double start = point[i], first = gradient[i], second = gradient[d + i];
    double third = gradient[2 * d + i], fourth = gradient[3 * d + i];
    /*@ assert same_start: same{Pre, Here}(point, i); */
    /*@ assert same_first: same{Pre, Here}(gradient, i); */
    /*@ assert same_second: same{Pre, Here}(gradient, d + i); */
    /*@ assert same_third: same{Pre, Here}(gradient, 2*d + i); */
    /*@ assert same_fourth: same{Pre, Here}(gradient, 3*d + i); */
    double next = combination(start, scale, first, second, third, fourth);
    /*@ assert next: combined_at{Pre}(d, next, point, gradient, scale, i); */
    u[i] = next;
    /*@ assert earlier: \forall integer j; 0 <= j < i ==>
          combined_at{Pre}(d, u[j], point, gradient, scale, j); */
    /*@ assert latest: combined_at{Pre}(d, u[i], point, gradient, scale, i); */
    i++;
  }
  /*@ assert same_point: same_reals{Pre, Here}(point, d); */
  /*@ assert same_rows: same_reals{Pre, Here}(gradient, 4*d); */
}

/* x/m, of m >= 1. */
/*@
  terminates          \true;
  exits               \false;
  assigns  \result    \from x, m;
  ensures  quotient:  1 <= m ==> \is_finite(m) ==> tame(x) ==>
                        \is_finite(\result) && quotient_near(\result, x, m);
*/
static double fraction(double x, double m) {
  /*@ assert size: 1 <= m ==> tame(x) ==> quotient_below(x, m, 0x1p700); */
  return x / m;
}

void hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                  double *gradient, double *slot) {
  size_t d = tape->n_inputs;
  /*@ assert size: steady(lambda_bar, h) ==> product_below(lambda_bar, h, 0x1p299); */
  double product = lambda_bar * h;
  /*@ assert product: steady(lambda_bar, h) ==> \is_finite(product) &&
        near(product, lambda_bar*h, product_error(lambda_bar*h)) && below(product, 0x1p300); */
  double whole = -product;
  double half = fraction(whole, 2.0), sixth = fraction(whole, 6.0);
  /*@ assert near_half: steady(lambda_bar, h) ==> \is_finite(half) && quotient_near(half, whole, 2); */
  /*@ assert near_sixth: steady(lambda_bar, h) ==>
        \is_finite(sixth) && quotient_near(sixth, whole, 6); */
  /*@ assert whole: steady(lambda_bar, h) ==> scale_near(whole, -(lambda_bar*h)); */
  /*@ assert half: steady(lambda_bar, h) ==> scale_near(half, -(lambda_bar*h)/2); */
  /*@ assert sixth: steady(lambda_bar, h) ==> scale_near(sixth, -(lambda_bar*h)/6); */
  /*@ assert tape: outputs_in_tape(tape, d); */
  /*@ assert small: d <= 0x100000000; */
  /*@ assert point_u: \forall integer i; 0 <= i < 4*d ==> \separated(point + i, u + (0 .. d - 1)); */
  /*@ assert gradient_u: \forall integer i; 0 <= i < 4*d ==>
        \separated(gradient + i, u + (0 .. d - 1)); */
  /*@ assert constants_u: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, u + (0 .. d - 1)); */
  hp_vector_copy(d, u, point);
  /*@ assert start: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
  evaluate(tape, 0, point, gradient, slot);
  /*@ assert start_0: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
  /*@ assert stage_0: outputs_at(tape, point, gradient); */
  stage(tape, half, d, point, gradient, slot);
  /*@ assert start_1: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
  /*@ assert stage_0_1: outputs_at(tape, point, gradient); */
  stage(tape, half, 2 * d, point, gradient, slot);
  /*@ assert start_2: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
  /*@ assert stage_0_2: outputs_at(tape, point, gradient); */
  /*@ assert stage_1_2: flow_stage(tape, d, point, gradient, half, d); */
  stage(tape, whole, 3 * d, point, gradient, slot);
  /*@ assert start_3: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
  /*@ assert stage_0_3: outputs_at(tape, point, gradient); */
  /*@ assert stage_1_3: flow_stage(tape, d, point, gradient, half, d); */
  /*@ assert stage_2_3: flow_stage(tape, d, point, gradient, half, 2*d); */
  /*@ assert tape_3: outputs_in_tape(tape, d); */
  /*@ ghost Stages:; */
  combine(d, point, gradient, sixth, u);
  /*@ assert combined: combined_row(d, u, point, gradient, sixth); */
  /*@ assert equal_point: \forall integer i; 0 <= i < 4*d ==> \at(point[i], Stages) == point[i]; */
  /*@ assert finite_point: \forall integer i; 0 <= i < 4*d ==>
        (\is_finite(\at(point[i], Stages)) <==> \is_finite(point[i])); */
  /*@ assert equal_gradient: \forall integer i; 0 <= i < 4*d ==>
        \at(gradient[i], Stages) == gradient[i]; */
  /*@ assert finite_gradient: \forall integer i; 0 <= i < 4*d ==>
        (\is_finite(\at(gradient[i], Stages)) <==> \is_finite(gradient[i])); */
  /*@ assert same_point: same_reals{Stages, Here}(point, 4*d); */
  /*@ assert same_gradient: same_reals{Stages, Here}(gradient, 4*d); */
  /*@ assert same_constants: same_reals{Stages, Here}(tape->constants, tape->n_constants); */
  /*@ assert same_code: same_code{Stages, Here}(tape->code, tape->n_instructions); */
  /*@ assert same_tape: same_tape{Stages, Here}(tape); */
  /*@ assert first_point: same_reals{Stages, Here}(point, d); */
  /*@ assert first_gradient: same_reals{Stages, Here}(gradient, d); */
  /*@ assert stage_0_4: outputs_at(tape, point, gradient); */
  /*@ assert stage_1_4: flow_stage(tape, d, point, gradient, half, d); */
  /*@ assert stage_2_4: flow_stage(tape, d, point, gradient, half, 2*d); */
  /*@ assert stage_3_4: flow_stage(tape, d, point, gradient, whole, 3*d); */
  /*@ assert start_4: \forall integer i; 0 <= i < d ==> copied(point[i], \at(u[i], Pre)); */
}
