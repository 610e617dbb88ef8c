#include "src/run.h"
#include "src/momentum.h"
#include "src/vector.h"

void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  /*@ assert apart_v: \forall integer i; 0 <= i < d ==> \separated(v + i, y + (0 .. d - 1)) &&
        \separated(v + i, slot + (0 .. tape_slots(tape) - 1)) && \separated(v + i, g + (0 .. d - 1)); */
  /*@ assert apart_g: \forall integer i; 0 <= i < d ==>
        \separated(g + i, u + (0 .. d - 1)) && \separated(g + i, v + (0 .. d - 1)); */
  hp_momentum_lookahead(d, u, v, h, a, y);
  /*@ assert lookahead: \forall integer i; 0 <= i < d ==>
        y[i] == lookahead(\at(u[i], Pre), \at(v[i], Pre), h*a); */
  /*@ assert still_u: same_reals{Pre, Here}(u, d); */
  /*@ assert still_v: same_reals{Pre, Here}(v, d); */
  /*@ ghost Before:; */
  hp_tape_outputs(tape, y, slot, g);
  /*@ assert kept_u: same_reals{Pre, Here}(u, d); */
  /*@ assert kept_v: same_reals{Pre, Here}(v, d); */
  /*@ assert kept_y: same_reals{Before, Here}(y, d); */
  /*@ ghost Evaluated:; */
  hp_momentum_step(d, u, v, g, lambda, h);
  /*@ assert same_y: same_reals{Evaluated, Here}(y, d); */
  /*@ assert same_g: same_reals{Evaluated, Here}(g, d); */
  /*@ assert same_constants: same_reals{Evaluated, Here}(tape->constants, tape->n_constants); */
  /*@ assert same_code: same_code{Evaluated, Here}(tape->code, tape->n_instructions); */
  /*@ assert frame: \forall integer i; 0 <= i < d ==>
        tape_output{Evaluated}(tape, y, i) == tape_output(tape, y, i) &&
        (output_defined{Evaluated}(tape, y, i) <==> output_defined(tape, y, i)); */
  /*@ assert gradient: outputs_at(tape, y, g); */
  /*@ assert velocity: \forall integer i; 0 <= i < d ==>
        v[i] == velocity(\at(v[i], Pre), g[i], lambda); */
  /*@ assert position: \forall integer i; 0 <= i < d ==>
        u[i] == position(\at(u[i], Pre), v[i], h); */
}
