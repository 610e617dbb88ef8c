#include "src/run.h"
#include "src/momentum.h"
#include "src/vector.h"

void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  /*@ assert u_y: \forall integer i; 0 <= i < d ==> \separated(u + i, y + (0 .. d - 1)); */
  /*@ assert u_slot: \forall integer i; 0 <= i < d ==>
        \separated(u + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert u_g: \forall integer i; 0 <= i < d ==> \separated(u + i, g + (0 .. d - 1)); */
  /*@ assert v_y: \forall integer i; 0 <= i < d ==> \separated(v + i, y + (0 .. d - 1)); */
  /*@ assert v_slot: \forall integer i; 0 <= i < d ==>
        \separated(v + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert v_g: \forall integer i; 0 <= i < d ==> \separated(v + i, g + (0 .. d - 1)); */
  /*@ assert g_u: \forall integer i; 0 <= i < d ==> \separated(g + i, u + (0 .. d - 1)); */
  /*@ assert g_v: \forall integer i; 0 <= i < d ==> \separated(g + i, v + (0 .. d - 1)); */
  /*@ assert constants_u: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, u + (0 .. d - 1)); */
  /*@ assert constants_v: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, v + (0 .. d - 1)); */
  hp_momentum_lookahead(d, u, v, h, a, y);
  /*@ assert lookahead: \forall integer i; 0 <= i < d ==>
        lookahead_near(y[i], \at(u[i], Pre), \at(v[i], Pre), h, a); */
  /*@ assert still_u: same_reals{Pre, Here}(u, d); */
  /*@ assert still_v: same_reals{Pre, Here}(v, d); */
  /*@ ghost Before:; */
  hp_tape_outputs(tape, y, slot, g);
  /*@ assert kept_u: same_reals{Pre, Here}(u, d); */
  /*@ assert kept_v: same_reals{Pre, Here}(v, d); */
  /*@ assert kept_y: same_reals{Before, Here}(y, d); */
  /*@ ghost Evaluated:; */
  /*@ assert outputs: outputs_in_tape(tape, d) && outputs_at(tape, y, g); */
  hp_momentum_step(d, u, v, g, lambda, h);
  /*@ assert same_y: same_reals{Evaluated, Here}(y, d); */
  /*@ assert same_g: same_reals{Evaluated, Here}(g, d); */
  /*@ assert same_constants: same_reals{Evaluated, Here}(tape->constants, tape->n_constants); */
  /*@ assert same_code: same_code{Evaluated, Here}(tape->code, tape->n_instructions); */
  /*@ assert same_tape: same_tape{Evaluated, Here}(tape); */
  /*@ assert frame: \forall integer i; 0 <= i < d ==>
        tape_output{Evaluated}(tape, y, i) == tape_output(tape, y, i) &&
        (output_defined{Evaluated}(tape, y, i) <==> output_defined(tape, y, i)); */
  /*@ assert gradient: outputs_at(tape, y, g); */
  /*@ assert stepped: \forall integer i; 0 <= i < d ==>
        velocity_near(v[i], \at(v[i], Evaluated), g[i], lambda); */
  /*@ assert velocity: \forall integer i; 0 <= i < d ==>
        velocity_near(v[i], \at(v[i], Pre), g[i], lambda); */
  /*@ assert position: \forall integer i; 0 <= i < d ==>
        position_near(u[i], \at(u[i], Pre), v[i], h); */
}

/* The step from one row of a path to the next. */
/*@
  requires valid:       step_valid(tape, tape->n_inputs, next_u, next_v, y, g, slot);
  requires apart:       step_apart(tape, tape->n_inputs, next_u, next_v, y, g, slot);
  requires valid_u:     \valid_read(u + (0 .. tape->n_inputs - 1));
  requires valid_v:     \valid_read(v + (0 .. tape->n_inputs - 1));
  requires apart_u:     row_apart(tape, tape->n_inputs, u, next_u, next_v, y, g, slot);
  requires apart_v:     row_apart(tape, tape->n_inputs, v, next_u, next_v, y, g, slot);
  terminates            \true;
  exits                 \false;
  assigns  at_next:     next_u[0 .. tape->n_inputs - 1], next_v[0 .. tape->n_inputs - 1];
  assigns  at_yg:       y[0 .. tape->n_inputs - 1], g[0 .. tape->n_inputs - 1];
  assigns  at_slot:     slot[0 .. tape_slots(tape) - 1];
  ensures  step:        tape_step(tape, tape->n_inputs, u, v, next_u, next_v, y, lambda, a, h);
*/
static void advance(const hp_tape *tape, double lambda, double a, double h, const double *u,
                    const double *v, double *next_u, double *next_v, double *y, double *g,
                    double *slot) {
  size_t d = tape->n_inputs;
  /*@ assert u_next_u: \forall integer i; 0 <= i < d ==>
        \separated(u + i, next_u + (0 .. d - 1)); */
  /*@ assert u_next_v: \forall integer i; 0 <= i < d ==>
        \separated(u + i, next_v + (0 .. d - 1)); */
  /*@ assert u_y: \forall integer i; 0 <= i < d ==>
        \separated(u + i, y + (0 .. d - 1)); */
  /*@ assert u_g: \forall integer i; 0 <= i < d ==>
        \separated(u + i, g + (0 .. d - 1)); */
  /*@ assert u_slot: \forall integer i; 0 <= i < d ==>
        \separated(u + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert v_next_u: \forall integer i; 0 <= i < d ==>
        \separated(v + i, next_u + (0 .. d - 1)); */
  /*@ assert v_next_v: \forall integer i; 0 <= i < d ==>
        \separated(v + i, next_v + (0 .. d - 1)); */
  /*@ assert v_y: \forall integer i; 0 <= i < d ==>
        \separated(v + i, y + (0 .. d - 1)); */
  /*@ assert v_g: \forall integer i; 0 <= i < d ==>
        \separated(v + i, g + (0 .. d - 1)); */
  /*@ assert v_slot: \forall integer i; 0 <= i < d ==>
        \separated(v + i, slot + (0 .. tape_slots(tape) - 1)); */
  hp_vector_copy(d, u, next_u);
  hp_vector_copy(d, v, next_v);
  /*@ assert next_u: \forall integer i; 0 <= i < d ==> copied(next_u[i], \at(u[i], Pre)); */
  /*@ assert next_v: \forall integer i; 0 <= i < d ==> copied(next_v[i], \at(v[i], Pre)); */
  /*@ assert still_u: same_reals{Pre, Here}(u, d); */
  /*@ assert still_v: same_reals{Pre, Here}(v, d); */
  /*@ ghost Copied:; */
  hp_run_step(tape, lambda, a, h, next_u, next_v, y, g, slot);
  /*@ assert kept_u: same_reals{Copied, Here}(u, d); */
  /*@ assert kept_v: same_reals{Copied, Here}(v, d); */
  /*@ assert same_u: same_reals{Pre, Here}(u, d); */
  /*@ assert same_v: same_reals{Pre, Here}(v, d); */
  /*@ assert copies_u: \forall integer i; 0 <= i < d ==> copied(\at(u[i], Pre), u[i]); */
  /*@ assert copies_v: \forall integer i; 0 <= i < d ==> copied(\at(v[i], Pre), v[i]); */
  /*@ assert ran_lookahead: \forall integer i; 0 <= i < d ==>
        lookahead_near(y[i], \at(next_u[i], Copied), \at(next_v[i], Copied), h, a); */
  /*@ assert lookahead_before: \forall integer i; 0 <= i < d ==>
        lookahead_near(y[i], \at(u[i], Pre), \at(v[i], Pre), h, a); */
  /*@ assert lookahead: \forall integer i; 0 <= i < d ==>
        lookahead_near(y[i], u[i], v[i], h, a); */
  /*@ assert gradient: outputs_at(tape, y, g); */
  /*@ assert ran_velocity: \forall integer i; 0 <= i < d ==>
        velocity_near(next_v[i], \at(next_v[i], Copied), g[i], lambda); */
  /*@ assert velocity_before: \forall integer i; 0 <= i < d ==>
        velocity_near(next_v[i], \at(v[i], Pre), g[i], lambda); */
  /*@ assert velocity_now: \forall integer i; 0 <= i < d ==>
        velocity_near(next_v[i], v[i], g[i], lambda); */
  /*@ assert velocity: \forall integer i; 0 <= i < d ==>
        velocity_at(tape, y, i, next_v[i], v[i], lambda); */
  /*@ assert position: \forall integer i; 0 <= i < d ==>
        position_near(next_u[i], u[i], next_v[i], h); */
}

/* Row `row / d + 1` of a path after the rows up to `row`. */
/*@
  requires size:        row + 2*tape->n_inputs <= 0x1000000000000000;
  requires valid:       path_valid(tape, tape->n_inputs, row + tape->n_inputs, u, v, y, g, slot);
  requires apart:       path_apart(tape, tape->n_inputs, row + tape->n_inputs, u, v, y, g, slot);
  terminates            \true;
  exits                 \false;
  assigns  at_u:        u[row + tape->n_inputs .. row + 2*tape->n_inputs - 1];
  assigns  at_v:        v[row + tape->n_inputs .. row + 2*tape->n_inputs - 1];
  assigns  at_y:        y[row .. row + tape->n_inputs - 1];
  assigns  at_g:        g[0 .. tape->n_inputs - 1];
  assigns  at_slot:     slot[0 .. tape_slots(tape) - 1];
  ensures  step:        tape_step(tape, tape->n_inputs, u + row, v + row,
                                  u + (row + tape->n_inputs), v + (row + tape->n_inputs), y + row,
                                  lambda, a, h);
  ensures  kept_u:      same_reals{Pre, Post}(u, row + tape->n_inputs);
  ensures  kept_v:      same_reals{Pre, Post}(v, row + tape->n_inputs);
  ensures  kept_y:      same_reals{Pre, Post}(y, row);
  ensures  kept_tape:   same_tape{Pre, Post}(tape);
*/
static void append(const hp_tape *tape, double lambda, double a, double h, size_t row, double *u,
                   double *v, double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  size_t next = row + d;
  /*@ assert next: next == row + d; */
  /*@ assert u_u: \forall integer i; 0 <= i < next ==>
        \separated(u + i, u + (next .. next + d - 1)); */
  /*@ assert u_v: \forall integer i; 0 <= i < next ==>
        \separated(u + i, v + (next .. next + d - 1)); */
  /*@ assert u_y: \forall integer i; 0 <= i < next ==>
        \separated(u + i, y + (row .. row + d - 1)); */
  /*@ assert u_g: \forall integer i; 0 <= i < next ==>
        \separated(u + i, g + (0 .. d - 1)); */
  /*@ assert u_slot: \forall integer i; 0 <= i < next ==>
        \separated(u + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert v_u: \forall integer i; 0 <= i < next ==>
        \separated(v + i, u + (next .. next + d - 1)); */
  /*@ assert v_v: \forall integer i; 0 <= i < next ==>
        \separated(v + i, v + (next .. next + d - 1)); */
  /*@ assert v_y: \forall integer i; 0 <= i < next ==>
        \separated(v + i, y + (row .. row + d - 1)); */
  /*@ assert v_g: \forall integer i; 0 <= i < next ==>
        \separated(v + i, g + (0 .. d - 1)); */
  /*@ assert v_slot: \forall integer i; 0 <= i < next ==>
        \separated(v + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert y_u: \forall integer i; 0 <= i < row ==>
        \separated(y + i, u + (next .. next + d - 1)); */
  /*@ assert y_v: \forall integer i; 0 <= i < row ==>
        \separated(y + i, v + (next .. next + d - 1)); */
  /*@ assert y_y: \forall integer i; 0 <= i < row ==>
        \separated(y + i, y + (row .. row + d - 1)); */
  /*@ assert y_g: \forall integer i; 0 <= i < row ==>
        \separated(y + i, g + (0 .. d - 1)); */
  /*@ assert y_slot: \forall integer i; 0 <= i < row ==>
        \separated(y + i, slot + (0 .. tape_slots(tape) - 1)); */
  /*@ assert constants_u: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, u + (next .. next + d - 1)); */
  /*@ assert constants_v: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, v + (next .. next + d - 1)); */
  /*@ assert constants_y: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, y + (row .. row + d - 1)); */
  /*@ assert constants_g: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, g + (0 .. d - 1)); */
  /*@ assert constants_slot: \forall integer i; 0 <= i < tape->n_constants ==>
        \separated(tape->constants + i, slot + (0 .. tape_slots(tape) - 1)); */
  advance(tape, lambda, a, h, u + row, v + row, u + next, v + next, y + row, g, slot);
  /*@ assert equal_u: \forall integer i; 0 <= i < next ==> \at(u[i], Pre) == u[i]; */
  /*@ assert finite_u: \forall integer i; 0 <= i < next ==>
        (\is_finite(\at(u[i], Pre)) <==> \is_finite(u[i])); */
  /*@ assert kept_u: same_reals{Pre, Here}(u, next); */
  /*@ assert equal_v: \forall integer i; 0 <= i < next ==> \at(v[i], Pre) == v[i]; */
  /*@ assert finite_v: \forall integer i; 0 <= i < next ==>
        (\is_finite(\at(v[i], Pre)) <==> \is_finite(v[i])); */
  /*@ assert kept_v: same_reals{Pre, Here}(v, next); */
  /*@ assert equal_y: \forall integer i; 0 <= i < row ==> \at(y[i], Pre) == y[i]; */
  /*@ assert finite_y: \forall integer i; 0 <= i < row ==>
        (\is_finite(\at(y[i], Pre)) <==> \is_finite(y[i])); */
  /*@ assert kept_y: same_reals{Pre, Here}(y, row); */
  /*@ assert kept_constants: \forall integer i; 0 <= i < tape->n_constants ==>
        \at(tape->constants[i], Pre) == tape->constants[i]; */
  /*@ assert kept_code: same_code{Pre, Here}(tape->code, tape->n_instructions); */
}

void hp_run_path(const hp_tape *tape, double lambda, double a, double h, size_t N, double *u,
                 double *v, double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  /*@ ghost size_t last = N * d; */
  /*@ assert last_row: row_starts(N, d); */
  /*@ assert last: last == N*d; */
  /*@ assert u_v: \forall integer i; 0 <= i < d ==> \separated(u + i, v + (0 .. d - 1)); */
  hp_momentum_start(d, v);
  size_t row = 0;
  size_t n = 0;
  /*@
    loop invariant range:   0 <= n <= N;
    loop invariant row:     row == n*d;
    loop invariant room:    0 <= row <= last;
    loop invariant start_u: \forall integer i; 0 <= i < d ==> u[i] == \at(u[i], Pre);
    loop invariant start_v: \forall integer i; 0 <= i < d ==> \is_finite(v[i]) && equal(v[i], 0.0);
    loop invariant steps:   path_steps(tape, d, u, v, y, lambda, a, h, n);
    loop assigns n, row, u[d .. last + d - 1], v[0 .. last + d - 1], y[0 .. last - 1],
      g[0 .. d - 1], slot[0 .. tape_slots(tape) - 1];
    loop variant N - n;
  */
  while (n < N) {
    /*@ ghost Iteration:; */
    /*@ assert row_is: row_is(row, n, d); */
    /*@ assert row_before: row_before(n, N, d); */
    /*@ assert row_starts: row_starts(n, d); */
    /*@ assert room: row + d <= last; */
    append(tape, lambda, a, h, row, u, v, y, g, slot);
    /*@ assert outputs: outputs_in_tape{Iteration}(tape, d); */
    /*@ assert kept_steps: path_steps(tape, d, u, v, y, lambda, a, h, n); */
    /*@ assert this_step: path_step(tape, d, u, v, y, lambda, a, h, n); */
    /*@ assert steps: path_steps(tape, d, u, v, y, lambda, a, h, n + 1); */
    /*@ assert next_row: row + d == (n + 1)*d; */
    row = row + d;
    n++;
    /*@ assert counted: n == \at(n, Iteration) + 1 && row == (\at(n, Iteration) + 1)*d; */
  }
}
