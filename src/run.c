#include "src/run.h"
#include "src/momentum.h"
#include "src/vector.h"

void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  hp_momentum_lookahead(d, u, v, h, a, y);
  /*@ assert lookahead: \forall integer i; 0 <= i < d ==>
        y[i] == lookahead(\at(u[i], Pre), \at(v[i], Pre), h*a); */
  /*@ ghost Before:; */
  hp_tape_outputs(tape, y, slot, g);
  /*@ assert kept_u: same_reals{Before, Here}(u, d); */
  /*@ assert kept_v: same_reals{Before, Here}(v, d); */
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
        v[i] == velocity(\at(v[i], Evaluated), g[i], lambda); */
  /*@ assert position: \forall integer i; 0 <= i < d ==>
        u[i] == position(\at(u[i], Evaluated), v[i], h); */
  /*@ assert from_v: \forall integer i; 0 <= i < d ==> \at(v[i], Evaluated) == \at(v[i], Pre); */
  /*@ assert from_u: \forall integer i; 0 <= i < d ==> \at(u[i], Evaluated) == \at(u[i], Pre); */
}

void hp_run_path(const hp_tape *tape, double lambda, double a, double h, size_t N, double *u,
                 double *v, double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  size_t row = 0;
  hp_momentum_start(d, v);
  size_t n = 0;
  while (n < N) {
    size_t next = row + d;
    hp_vector_copy(d, u + row, u + next);
    hp_vector_copy(d, v + row, v + next);
    hp_run_step(tape, lambda, a, h, u + next, v + next, y + row, g, slot);
    row = next;
    n++;
  }
}
