#include "momentum_double.h"
#include "reference/problem/allocate.h"
#include "src/momentum.h"
#include "src/run.h"
#include <stdlib.h>

double hp_nearest_double(const mpq_t x) {
  mpfr_t rounded;
  mpfr_init2(rounded, 53);
  mpfr_set_q(rounded, x, MPFR_RNDN);
  double value = mpfr_get_d(rounded, MPFR_RNDN);
  mpfr_clear(rounded);
  return value;
}

void hp_momentum_double_init(hp_momentum_double *state, const hp_program *gradient,
                             const mpq_t lambda, const mpq_t a, const mpq_t h, const mpq_t u0[]) {
  size_t d = gradient->n_inputs;
  state->d = d;
  hp_tape_double_init(&state->tape, gradient);
  state->lambda = hp_nearest_double(lambda);
  state->a = hp_nearest_double(a);
  state->h = hp_nearest_double(h);
  state->u = hp_allocate(4 * d, sizeof(double));
  state->v = state->u + d;
  state->y = state->v + d;
  state->g = state->y + d;
  for (size_t i = 0; i < d; ++i)
    state->u[i] = hp_nearest_double(u0[i]);
  hp_momentum_start(d, state->v);
}

void hp_momentum_double_clear(hp_momentum_double *state) {
  free(state->u);
  hp_tape_double_clear(&state->tape);
}

void hp_momentum_double_step(hp_momentum_double *state) {
  hp_run_step(&state->tape.tape, state->lambda, state->a, state->h, state->u, state->v, state->y,
              state->g, state->tape.slot);
}
