#include "graph_orbit.h"
#include "iterates.h"
#include <math.h>

enum { GUARD_BITS = 64, MOST_BITS = 1 << 13, BOX_BITS = 128 };

void hp_box_extend(arb_struct box[], const arb_struct point[], size_t d) {
  for (size_t i = 0; i < d; i++)
    arb_union(box + i, box + i, point + i, BOX_BITS);
}

static void orbit_init(hp_graph_orbit *orbit, size_t d, long steps) {
  *orbit = (hp_graph_orbit){.dimension = d, .steps = steps};
  orbit->u = _arb_vec_init((slong)d);
  orbit->v = _arb_vec_init((slong)d);
  arb_init(orbit->f);
}

void hp_graph_orbit_clear(hp_graph_orbit *orbit) {
  arb_clear(orbit->f);
  _arb_vec_clear(orbit->v, (slong)orbit->dimension);
  _arb_vec_clear(orbit->u, (slong)orbit->dimension);
}

static void euclidean(arb_t norm, const arb_struct x[], size_t d, slong bits) {
  arb_dot(norm, NULL, 0, x, 1, x, 1, (slong)d, bits);
  arb_sqrtpos(norm, norm, bits);
}

/* u = xi, v = lambda_bar f(xi) = grad Phi(xi)/(lambda - 1), f = |f(xi)| */
static void start(hp_momentum_ball *state, arb_t f, const mpfr_t xi[], const mpq_t lambda) {
  size_t d = state->gradient->n_inputs;
  slong bits = state->precision_bits;
  arb_t factor;
  arb_init(factor);
  hp_arb_set_rational(factor, lambda, bits);
  arb_sub_ui(factor, factor, 1, bits);
  arb_inv(factor, factor, bits);
  for (size_t i = 0; i < d; i++) {
    arf_set_mpfr(arb_midref(state->u + i), xi[i]);
    mag_zero(arb_radref(state->u + i));
  }
  hp_evaluate_arb(state->gradient, state->u, state->v, bits);
  euclidean(f, state->v, d, bits);
  _arb_vec_scalar_mul(state->v, state->v, (slong)d, factor, bits);
  arb_clear(factor);
}

static bool is_tight(const hp_graph_orbit *orbit, const mag_t target) {
  for (size_t i = 0; i < orbit->dimension; i++)
    if (!arb_is_finite(orbit->u + i) || !arb_is_finite(orbit->v + i) ||
        mag_cmp(arb_radref(orbit->u + i), target) > 0 ||
        mag_cmp(arb_radref(orbit->v + i), target) > 0)
      return false;
  return true;
}

static void run(hp_graph_orbit *orbit, hp_momentum_ball *state, arb_struct box[]) {
  size_t d = orbit->dimension;
  hp_box_extend(box, state->u, d);
  for (long n = 0; n < orbit->steps && arb_is_finite(state->u); n++) {
    hp_momentum_step_ball(state);
    hp_box_extend(box, state->lookahead, d);
    hp_box_extend(box, state->u, d);
  }
  _arb_vec_set(orbit->u, state->u, (slong)d);
  _arb_vec_set(orbit->v, state->v, (slong)d);
}

bool hp_enclose_graph_orbit(hp_graph_orbit *orbit, const hp_problem *problem, const mpq_t lambda,
                            const mpq_t a, const mpq_t h, const mpfr_t xi[], long steps,
                            double digits, arb_struct box[]) {
  slong target_bits = (slong)ceil(digits * log2(10)), d = (slong)problem->n_params;
  orbit_init(orbit, problem->n_params, steps);
  arb_ptr wider = _arb_vec_init(d);
  mag_t target;
  mag_init(target);
  mag_set_ui_2exp_si(target, 1, -target_bits);
  bool tight = false;
  for (slong guard = GUARD_BITS; !tight && guard <= MOST_BITS; guard *= 2) {
    hp_momentum_ball state;
    hp_momentum_init_ball(&state, problem->gradient_program, lambda, a, h, problem->start,
                          target_bits + guard);
    start(&state, orbit->f, xi, lambda);
    _arb_vec_set(wider, box, d);
    run(orbit, &state, wider);
    tight = is_tight(orbit, target);
    hp_momentum_clear_ball(&state);
  }
  if (tight)
    _arb_vec_set(box, wider, d);
  else
    hp_graph_orbit_clear(orbit);
  mag_clear(target);
  _arb_vec_clear(wider, d);
  return tight;
}

void hp_graph_orbit_manifold(const hp_graph_orbit *orbit, const arb_struct p[], const arb_t rho,
                             const arb_t K, const arb_t gap, arb_struct result[], slong bits) {
  size_t d = orbit->dimension;
  arb_t distance, left;
  arb_init(distance);
  arb_init(left);
  for (size_t i = 0; i < d; i++)
    arb_sub(result + i, p + i, orbit->u + i, bits);
  euclidean(distance, result, d, bits);
  arb_mul(distance, distance, K, bits);
  arb_pow_ui(left, rho, (ulong)orbit->steps, bits);
  arb_mul(left, left, gap, bits);
  arb_addmul(distance, left, orbit->f, bits);
  for (size_t i = 0; i < d; i++) {
    arb_set(result + i, orbit->v + i);
    arb_add_error(result + i, distance);
  }
  arb_clear(left);
  arb_clear(distance);
}
