#include "momentum.h"
#include "vector_mpfr.h"

void hp_momentum_init_mpfr(hp_momentum_mpfr *state, const hp_program *gradient, const mpq_t lambda,
                           const mpq_t a, const mpq_t h, const mpq_t u0[],
                           mpfr_prec_t precision_bits) {
  size_t d = gradient->n_inputs;
  state->gradient = gradient;
  state->precision_bits = precision_bits;
  mpfr_inits2(precision_bits, state->lambda, state->a, state->h, state->product, (mpfr_ptr)0);
  mpfr_set_q(state->lambda, lambda, MPFR_RNDN);
  mpfr_set_q(state->a, a, MPFR_RNDN);
  mpfr_set_q(state->h, h, MPFR_RNDN);
  state->u = hp_vector_new_mpfr(d, precision_bits);
  state->v = hp_vector_new_mpfr(d, precision_bits);
  state->lookahead = hp_vector_new_mpfr(d, precision_bits);
  state->g = hp_vector_new_mpfr(d, precision_bits);
  hp_evaluator_mpfr_init(&state->evaluator, gradient, precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(state->u[i], u0[i], MPFR_RNDN);
}

void hp_momentum_clear_mpfr(hp_momentum_mpfr *state) {
  size_t d = state->gradient->n_inputs;
  hp_evaluator_mpfr_clear(&state->evaluator);
  hp_vector_free_mpfr(d, state->g);
  hp_vector_free_mpfr(d, state->lookahead);
  hp_vector_free_mpfr(d, state->v);
  hp_vector_free_mpfr(d, state->u);
  mpfr_clears(state->lambda, state->a, state->h, state->product, (mpfr_ptr)0);
}

void hp_momentum_step_mpfr(hp_momentum_mpfr *state) {
  size_t d = state->gradient->n_inputs;
  /* y = u + (h a) v */
  mpfr_mul(state->product, state->h, state->a, MPFR_RNDN);
  for (size_t i = 0; i < d; ++i) {
    mpfr_mul(state->lookahead[i], state->product, state->v[i], MPFR_RNDN);
    mpfr_add(state->lookahead[i], state->u[i], state->lookahead[i], MPFR_RNDN);
  }
  hp_evaluate_mpfr(&state->evaluator, state->lookahead, state->g);
  for (size_t i = 0; i < d; ++i) {
    mpfr_mul(state->product, state->lambda, state->v[i], MPFR_RNDN);
    mpfr_sub(state->v[i], state->product, state->g[i], MPFR_RNDN);
    mpfr_mul(state->product, state->h, state->v[i], MPFR_RNDN);
    mpfr_add(state->u[i], state->u[i], state->product, MPFR_RNDN);
  }
}
