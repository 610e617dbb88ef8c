#include "src/run.h"
#include "src/momentum.h"
#include "src/vector.h"

void hp_run_step(const hp_tape *tape, double lambda, double a, double h, double *u, double *v,
                 double *y, double *g, double *slot) {
  size_t d = tape->n_inputs;
  hp_momentum_lookahead(d, u, v, h, a, y);
  hp_tape_outputs(tape, y, slot, g);
  hp_momentum_step(d, u, v, g, lambda, h);
}

void hp_run(const hp_tape *tape, double lambda, double a, double h, size_t N, double *u, double *v,
            double *y, double *g, double *slot) {
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
