#include "src/run.h"
#include "src/momentum.h"
#include "src/vector.h"

void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  hp_momentum_lookahead(d, u, v, h, a, y);
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
  /*@ assert same_tape: same_tape{Evaluated, Here}(tape); */
  /*@ assert gradient: outputs_at(tape, y, g); */
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
