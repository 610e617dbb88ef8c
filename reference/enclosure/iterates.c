#include "iterates.h"
#include <math.h>

enum { GUARD_BITS = 32, MOST_BITS = 1 << 13 };

void hp_momentum_init_ball(hp_momentum_ball *state, const hp_program *gradient, const mpq_t lambda,
                           const mpq_t a, const mpq_t h, const mpq_t u0[], slong precision_bits) {
  slong d = (slong)gradient->n_inputs;
  state->gradient = gradient;
  state->precision_bits = precision_bits;
  arb_init(state->lambda);
  arb_init(state->h);
  arb_init(state->ha);
  arb_init(state->product);
  hp_arb_set_rational(state->lambda, lambda, precision_bits);
  hp_arb_set_rational(state->h, h, precision_bits);
  hp_arb_set_rational(state->ha, a, precision_bits);
  arb_mul(state->ha, state->ha, state->h, precision_bits);
  state->u = _arb_vec_init(d);
  state->v = _arb_vec_init(d);
  state->lookahead = _arb_vec_init(d);
  state->g = _arb_vec_init(d);
  for (slong i = 0; i < d; i++)
    hp_arb_set_rational(state->u + i, u0[i], precision_bits);
}

void hp_momentum_clear_ball(hp_momentum_ball *state) {
  slong d = (slong)state->gradient->n_inputs;
  _arb_vec_clear(state->g, d);
  _arb_vec_clear(state->lookahead, d);
  _arb_vec_clear(state->v, d);
  _arb_vec_clear(state->u, d);
  arb_clear(state->product);
  arb_clear(state->ha);
  arb_clear(state->h);
  arb_clear(state->lambda);
}

void hp_momentum_step_ball(hp_momentum_ball *state) {
  slong d = (slong)state->gradient->n_inputs, bits = state->precision_bits;
  for (slong i = 0; i < d; i++) {
    arb_mul(state->product, state->ha, state->v + i, bits);
    arb_add(state->lookahead + i, state->u + i, state->product, bits);
  }
  hp_evaluate_arb(state->gradient, state->lookahead, state->g, bits);
  for (slong i = 0; i < d; i++) {
    arb_mul(state->v + i, state->lambda, state->v + i, bits);
    arb_sub(state->v + i, state->v + i, state->g + i, bits);
    arb_addmul(state->u + i, state->h, state->v + i, bits);
  }
}

static bool is_tight(const arb_struct u[], size_t d, const mag_t target) {
  for (size_t i = 0; i < d; i++)
    if (!arb_is_finite(u + i) || mag_cmp(arb_radref(u + i), target) > 0)
      return false;
  return true;
}

/* Keeps u_n; false at the first ball that is too wide. */
static bool attempt(hp_enclosed_iterates *iterates, hp_momentum_ball *state, const mag_t target) {
  size_t d = iterates->dimension;
  for (size_t n = 0; is_tight(state->u, d, target); n++) {
    _arb_vec_set(iterates->u + n * d, state->u, (slong)d);
    if (n == iterates->steps)
      return true;
    hp_momentum_step_ball(state);
  }
  return false;
}

bool hp_enclose_iterates(hp_enclosed_iterates *iterates, const hp_program *gradient,
                         const mpq_t lambda, const mpq_t a, const mpq_t h, const mpq_t u0[],
                         size_t steps, double digits) {
  *iterates = (hp_enclosed_iterates){.dimension = gradient->n_inputs, .steps = steps};
  iterates->u = _arb_vec_init((slong)((steps + 1) * iterates->dimension));
  slong target_bits = (slong)ceil(digits * log2(10));
  mag_t target;
  mag_init(target);
  mag_set_ui_2exp_si(target, 1, -target_bits);
  bool tight = false;
  for (slong guard = GUARD_BITS; !tight && guard <= MOST_BITS; guard *= 2) {
    iterates->precision_bits = target_bits + guard;
    hp_momentum_ball state;
    hp_momentum_init_ball(&state, gradient, lambda, a, h, u0, iterates->precision_bits);
    tight = attempt(iterates, &state, target);
    hp_momentum_clear_ball(&state);
  }
  mag_clear(target);
  if (!tight)
    hp_enclosed_iterates_clear(iterates);
  return tight;
}

void hp_enclosed_iterates_clear(hp_enclosed_iterates *iterates) {
  _arb_vec_clear(iterates->u, (slong)((iterates->steps + 1) * iterates->dimension));
}
