#ifndef HP_ACSL_RUN_H
#define HP_ACSL_RUN_H
#include "spec/acsl/momentum.h"
#include "spec/acsl/tape.h"

/* The memory of one step of a tape problem: u, v, y, g of d values, and a value for each slot. */
/*@
  predicate step_valid{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double *g,
                          double *slot) =
    tape_valid(tape) && tape_well_formed(tape) && tape->n_inputs == d && tape->n_outputs == d &&
    \valid(u + (0 .. d - 1)) && \valid(v + (0 .. d - 1)) && \valid(y + (0 .. d - 1)) &&
    \valid(g + (0 .. d - 1)) && \valid(slot + (0 .. tape_slots(tape) - 1));

  predicate step_apart{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double *g,
                          double *slot) =
    tape_apart(tape, u, d) && tape_apart(tape, v, d) && tape_apart(tape, y, d) &&
    tape_apart(tape, g, d) && tape_apart(tape, slot, tape_slots(tape)) &&
    apart(u, d, v, d) && apart(u, d, y, d) && apart(u, d, g, d) && apart(v, d, y, d) &&
    apart(v, d, g, d) && apart(y, d, g, d) && apart(slot, tape_slots(tape), u, d) &&
    apart(slot, tape_slots(tape), v, d) && apart(slot, tape_slots(tape), y, d) &&
    apart(slot, tape_slots(tape), g, d);
*/

/* A row (u, v) that a step reads while it writes the next row. */
/*@
  predicate row_apart{L}(hp_tape *tape, integer d, double *row, double *next_u, double *next_v,
                         double *y, double *g, double *slot) =
    apart(row, d, next_u, d) && apart(row, d, next_v, d) && apart(row, d, y, d) &&
    apart(row, d, g, d) && apart(row, d, slot, tape_slots(tape));
*/

/* The memory of a path: last + d values in rows of d for u and v (row n starts at n d, the last row
 * at `last`), one row less for y. */
/*@
  predicate path_valid{L}(hp_tape *tape, integer d, integer last, double *u, double *v,
                          double *y, double *g, double *slot) =
    tape_valid(tape) && tape_well_formed(tape) && tape->n_inputs == d && tape->n_outputs == d &&
    \valid(u + (0 .. last + d - 1)) && \valid(v + (0 .. last + d - 1)) &&
    \valid(y + (0 .. last - 1)) && \valid(g + (0 .. d - 1)) &&
    \valid(slot + (0 .. tape_slots(tape) - 1));

  predicate path_apart{L}(hp_tape *tape, integer d, integer last, double *u, double *v,
                          double *y, double *g, double *slot) =
    tape_apart(tape, u, last + d) && tape_apart(tape, v, last + d) && tape_apart(tape, y, last) &&
    tape_apart(tape, g, d) && tape_apart(tape, slot, tape_slots(tape)) &&
    apart(u, last + d, v, last + d) && apart(u, last + d, y, last) && apart(u, last + d, g, d) &&
    apart(v, last + d, y, last) && apart(v, last + d, g, d) && apart(y, last, g, d) &&
    apart(slot, tape_slots(tape), u, last + d) && apart(slot, tape_slots(tape), v, last + d) &&
    apart(slot, tape_slots(tape), y, last) && apart(slot, tape_slots(tape), g, d);
*/

/* A new velocity lambda v - g whose g is computed near the exact gradient G, |g - G| <= E:
 *
 *     |next_v - (lambda v - G)| <= E + eps (2 |lambda v| + |G| + E) + eta
 *
 * and g is tame where |G| + E is. */
/*@
  logic real velocity_defect(real v, real G, real E, real lambda) =
    HP_ROUNDING(E + product_sum_error(lambda*v, \abs(G) + E));

  predicate velocity_from(double next_v, double v, real G, real E, double lambda) =
    tame(v) ==> below(\abs(G) + E, 0x1p300) ==> tame(lambda) ==>
    \is_finite(next_v) && below(next_v, 0x1p601) &&
    near(next_v, velocity(v, G, lambda), velocity_defect(v, G, E, lambda));

  lemma velocity_of_computed: \forall double next_v, v, g, lambda, real G, E;
    computed(g, G, E) ==> velocity_near(next_v, v, g, lambda) ==>
    velocity_from(next_v, v, G, E, lambda);
*/

/* One step from (u, v) to (next_u, next_v) with the look-ahead point y and the tape's gradient there,
 * and step n of a path whose rows follow each other: each component is near its formula with the exact
 * gradient at the computed point, where the tape is defined. In the real model: exactly. */
/*@
  predicate velocity_at{L}(hp_tape *tape, double *y, integer i, double next_v, double v,
                           double lambda) =
    output_defined(tape, y, i) ==>
    velocity_from(next_v, v, tape_output(tape, y, i), tape_error(tape, y, i), lambda);

  lemma velocity_of_output{L}:
    \forall hp_tape *tape, double *y, *g, integer i, double next_v, v, lambda;
    outputs_at(tape, y, g) ==> 0 <= i < tape->n_outputs ==>
    velocity_near(next_v, v, g[i], lambda) ==> velocity_at(tape, y, i, next_v, v, lambda);

  lemma lookahead_of_copies: \forall double y, u, v, w, x, h, a;
    copied(w, u) ==> copied(x, v) ==> lookahead_near(y, w, x, h, a) ==>
    lookahead_near(y, u, v, h, a);
  lemma velocity_of_copy: \forall double next_v, v, x, g, lambda;
    copied(x, v) ==> velocity_near(next_v, x, g, lambda) ==> velocity_near(next_v, v, g, lambda);

  predicate tape_step{L}(hp_tape *tape, integer d, double *u, double *v, double *next_u,
                         double *next_v, double *y, double lambda, double a, double h) =
    \forall integer i; 0 <= i < d ==>
      lookahead_near(y[i], u[i], v[i], h, a) &&
      velocity_at(tape, y, i, next_v[i], v[i], lambda) &&
      position_near(next_u[i], u[i], next_v[i], h);

  predicate path_step{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double lambda,
                         double a, double h, integer n) =
    tape_step(tape, d, u + n*d, v + n*d, u + (n*d + d), v + (n*d + d), y + n*d, lambda, a, h);

  predicate path_steps{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double lambda,
                          double a, double h, integer N) =
    \forall integer n; 0 <= n < N ==> path_step(tape, d, u, v, y, lambda, a, h, n);
*/

/* A step stays what it is while its rows and the tape's constants stay. */
/*@
  predicate row_starts(integer n, integer d) = 0 <= n*d && (n + 1)*d == n*d + d;
  predicate row_before(integer m, integer n, integer d) = m*d + d <= n*d;
  lemma row_start: \forall integer n, d; 0 <= n ==> 0 <= d ==> row_starts(n, d);
  lemma row_order: \forall integer m, n, d; 0 <= m < n ==> 0 <= d ==> row_before(m, n, d);
  lemma row_below: \forall integer m, n, d;
    0 <= m < n ==> 0 <= d ==> 0 <= m*d && m*d + d <= n*d;

  lemma same_part{L1, L2}: \forall double *x, integer n, first, k;
    same_reals{L1, L2}(x, n) ==> 0 <= first ==> first + k <= n ==>
    same_reals{L1, L2}(x + first, k);

  lemma same_front{L1, L2}: \forall double *x, integer n, k;
    same_reals{L1, L2}(x, n) ==> k <= n ==> same_reals{L1, L2}(x, k);

  predicate same_tape{L1, L2}(hp_tape *tape) =
    \at(tape->n_inputs, L1) == \at(tape->n_inputs, L2) &&
    \at(tape->n_constants, L1) == \at(tape->n_constants, L2) &&
    \at(tape->n_instructions, L1) == \at(tape->n_instructions, L2) &&
    \at(tape->n_outputs, L1) == \at(tape->n_outputs, L2) &&
    \at(tape->constants, L1) == \at(tape->constants, L2) &&
    \at(tape->code, L1) == \at(tape->code, L2) &&
    \at(tape->output, L1) == \at(tape->output, L2) &&
    same_reals{L1, L2}(\at(tape->constants, L1), \at(tape->n_constants, L1)) &&
    same_code{L1, L2}(\at(tape->code, L1), \at(tape->n_instructions, L1)) &&
    (\forall integer i; 0 <= i < \at(tape->n_outputs, L1) ==>
       \at(tape->output[i], L1) == \at(tape->output[i], L2));

  predicate outputs_in_tape{L}(hp_tape *tape, integer d) =
    0 <= tape->n_inputs && 0 <= tape->n_constants && d == tape->n_inputs &&
    d == tape->n_outputs &&
    \forall integer i; 0 <= i < d ==> 0 <= tape->output[i] < tape_slots(tape);

  lemma tape_output_frame{L1, L2}: \forall hp_tape *tape, integer d, i, double *y;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> same_reals{L1, L2}(y, d) ==>
    0 <= i < d ==>
    tape_output{L1}(tape, y, i) == tape_output{L2}(tape, y, i) &&
    tape_error{L1}(tape, y, i) == tape_error{L2}(tape, y, i) &&
    (output_defined{L1}(tape, y, i) <==> output_defined{L2}(tape, y, i));

  lemma lookahead_frame{L1, L2}:
    \forall integer d, i, double *y, *u, *v, double h, a;
    same_reals{L1, L2}(y, d) ==> same_reals{L1, L2}(u, d) ==> same_reals{L1, L2}(v, d) ==> 0 <= i < d ==>
    lookahead_near(\at(y[i], L1), \at(u[i], L1), \at(v[i], L1), h, a) ==>
    lookahead_near(\at(y[i], L2), \at(u[i], L2), \at(v[i], L2), h, a);
  lemma position_frame{L1, L2}:
    \forall integer d, i, double *next_u, *u, *next_v, double h;
    same_reals{L1, L2}(next_u, d) ==> same_reals{L1, L2}(u, d) ==> same_reals{L1, L2}(next_v, d) ==> 0 <= i < d ==>
    position_near(\at(next_u[i], L1), \at(u[i], L1), \at(next_v[i], L1), h) ==>
    position_near(\at(next_u[i], L2), \at(u[i], L2), \at(next_v[i], L2), h);
  lemma velocity_frame{L1, L2}:
    \forall hp_tape *tape, integer d, i, double *y, *next_v, *v, double lambda;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> same_reals{L1, L2}(y, d) ==>
    same_reals{L1, L2}(next_v, d) ==> same_reals{L1, L2}(v, d) ==> 0 <= i < d ==>
    velocity_at{L1}(tape, y, i, \at(next_v[i], L1), \at(v[i], L1), lambda) ==>
    velocity_at{L2}(tape, y, i, \at(next_v[i], L2), \at(v[i], L2), lambda);

  lemma tape_step_frame{L1, L2}:
    \forall hp_tape *tape, integer d, double *u, *v, *next_u, *next_v, *y, double lambda, a, h;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==> same_reals{L1, L2}(u, d) ==>
    same_reals{L1, L2}(v, d) ==> same_reals{L1, L2}(next_u, d) ==> same_reals{L1, L2}(next_v, d) ==>
    same_reals{L1, L2}(y, d) ==>
    tape_step{L1}(tape, d, u, v, next_u, next_v, y, lambda, a, h) ==>
    tape_step{L2}(tape, d, u, v, next_u, next_v, y, lambda, a, h);

  predicate row_is(integer row, integer n, integer d) = row == n*d;

  lemma path_steps_frame{L1, L2}:
    \forall hp_tape *tape, integer d, double *u, *v, *y, double lambda, a, h,
            integer n, row, next;
    outputs_in_tape{L1}(tape, d) ==> same_tape{L1, L2}(tape) ==>
    row_is(row, n, d) ==> row + d <= next ==> same_reals{L1, L2}(u, next) ==>
    same_reals{L1, L2}(v, next) ==> same_reals{L1, L2}(y, row) ==>
    path_steps{L1}(tape, d, u, v, y, lambda, a, h, n) ==>
    path_steps{L2}(tape, d, u, v, y, lambda, a, h, n);

  lemma path_steps_next{L}:
    \forall hp_tape *tape, integer d, double *u, *v, *y, double lambda, a, h, integer n;
    path_steps(tape, d, u, v, y, lambda, a, h, n) ==>
    path_step(tape, d, u, v, y, lambda, a, h, n) ==>
    path_steps(tape, d, u, v, y, lambda, a, h, n + 1);
*/
#endif
