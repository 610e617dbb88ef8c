#include "graph_orbit.h"
#include "reference/iterate/vector_mpfr.h"

enum { GUARD_BITS = 64, MOST_BITS = 1 << 13, BOX_BITS = 128, ASK_EVERY = 64 };

void hp_graph_orbit_init(hp_graph_orbit *orbit, const hp_problem *problem, const mpq_t lambda,
                         const mpq_t a, const mpq_t h, const hp_manifold_options *options) {
  orbit->problem = problem;
  orbit->options = *options;
  mpq_inits(orbit->lambda, orbit->a, orbit->h, NULL);
  mpq_set(orbit->lambda, lambda);
  mpq_set(orbit->a, a);
  mpq_set(orbit->h, h);
  hp_graph_transform_init(&orbit->transform, problem, lambda, a, h, options);
}

void hp_graph_orbit_clear(hp_graph_orbit *orbit) {
  hp_graph_transform_clear(&orbit->transform);
  mpq_clears(orbit->lambda, orbit->a, orbit->h, NULL);
}

void hp_graph_arrival_init(hp_graph_arrival *arrival, size_t dimension) {
  *arrival = (hp_graph_arrival){.dimension = dimension};
  arrival->u = _arb_vec_init((slong)dimension);
  arrival->v = _arb_vec_init((slong)dimension);
  arb_init(arrival->start);
}

void hp_graph_arrival_clear(hp_graph_arrival *arrival) {
  arb_clear(arrival->start);
  _arb_vec_clear(arrival->v, (slong)arrival->dimension);
  _arb_vec_clear(arrival->u, (slong)arrival->dimension);
}

void hp_box_extend(arb_ptr box, const arb_struct point[], size_t d) {
  for (size_t i = 0; i < d; i++)
    arb_union(box + i, box + i, point + i, BOX_BITS);
}

/* xi of the orbit that ends near the middle of u. */
static hp_manifold_status find_start(hp_graph_orbit *orbit, const arb_struct u[]) {
  size_t d = orbit->problem->n_params;
  mpfr_prec_t bits = orbit->options.precision_bits + GUARD_BITS;
  mpfr_t *target = hp_vector_new_mpfr(d, bits), *m = hp_vector_new_mpfr(d, bits);
  for (size_t i = 0; i < d; i++)
    arf_get_mpfr(target[i], arb_midref(u + i), MPFR_RNDN);
  hp_manifold_status status = hp_graph_transform_evaluate(&orbit->transform, target, m);
  hp_vector_free_mpfr(d, m);
  hp_vector_free_mpfr(d, target);
  return status;
}

/* The state (xi, lambda_bar f(xi)), and start = |f(xi)|. */
static void begin(const hp_graph_orbit *orbit, hp_momentum_ball *state, arb_t start) {
  slong d = (slong)orbit->problem->n_params, bits = state->precision_bits;
  arb_t rest;
  arb_init(rest);
  for (slong i = 0; i < d; i++) {
    arf_set_mpfr(arb_midref(state->u + i), orbit->transform.xi[i]);
    mag_zero(arb_radref(state->u + i));
  }
  hp_evaluate_arb(state->gradient, state->u, state->v, bits);
  arb_dot(start, NULL, 0, state->v, 1, state->v, 1, d, bits);
  arb_sqrtpos(start, start, bits);
  arb_sub_ui(rest, state->lambda, 1, bits);
  _arb_vec_scalar_div(state->v, state->v, d, rest, bits);
  arb_clear(rest);
}

static bool is_tight(const arb_struct x[], size_t d, slong bits) {
  mag_t size, target;
  mag_init(size);
  mag_init(target);
  bool tight = true;
  for (size_t i = 0; tight && i < d; i++) {
    arb_get_mag_lower(size, x + i);
    mag_one(target);
    mag_add_lower(target, target, size);
    mag_mul_2exp_si(target, target, -bits);
    tight = arb_is_finite(x + i) && mag_cmp(arb_radref(x + i), target) <= 0;
  }
  mag_clear(target);
  mag_clear(size);
  return tight;
}

/* One orbit; reach is the box of its points alone. LOST when it arrives too wide. */
static hp_manifold_status run(const hp_graph_orbit *orbit, hp_momentum_ball *state, arb_ptr reach,
                              arb_t start) {
  size_t d = orbit->problem->n_params;
  const hp_manifold_options *options = &orbit->options;
  begin(orbit, state, start);
  _arb_vec_set(reach, state->u, (slong)d);
  for (long n = 0; n < options->steps_back && arb_is_finite(state->u); n++) {
    if (n % ASK_EVERY == 0 && options->keep_going && !options->keep_going(options->context))
      return HP_MANIFOLD_INTERRUPTED;
    hp_momentum_step_ball(state);
    hp_box_extend(reach, state->lookahead, d);
    hp_box_extend(reach, state->u, d);
  }
  bool tight = is_tight(state->u, d, options->precision_bits) &&
               is_tight(state->v, d, options->precision_bits);
  return tight ? HP_MANIFOLD_FOUND : HP_MANIFOLD_LOST;
}

static hp_manifold_status attempt(const hp_graph_orbit *orbit, slong bits,
                                  hp_graph_arrival *arrival, arb_ptr box) {
  const hp_problem *problem = orbit->problem;
  size_t d = problem->n_params;
  arb_ptr reach = _arb_vec_init((slong)d);
  hp_momentum_ball state;
  hp_momentum_init_ball(&state, problem->gradient_program, orbit->lambda, orbit->a, orbit->h,
                        problem->start, bits);
  hp_manifold_status status = run(orbit, &state, reach, arrival->start);
  if (status == HP_MANIFOLD_FOUND) {
    hp_box_extend(box, reach, d);
    _arb_vec_set(arrival->u, state.u, (slong)d);
    _arb_vec_set(arrival->v, state.v, (slong)d);
    arrival->precision_bits = bits;
    arrival->steps_back = (unsigned long)orbit->options.steps_back;
  }
  hp_momentum_clear_ball(&state);
  _arb_vec_clear(reach, (slong)d);
  return status;
}

hp_manifold_status hp_graph_orbit_follow(hp_graph_orbit *orbit, const arb_struct u[],
                                         hp_graph_arrival *arrival, arb_ptr box) {
  hp_manifold_status status = find_start(orbit, u);
  if (status != HP_MANIFOLD_FOUND)
    return status;
  status = HP_MANIFOLD_LOST;
  for (slong guard = GUARD_BITS; status == HP_MANIFOLD_LOST && guard <= MOST_BITS; guard *= 2)
    status = attempt(orbit, orbit->options.precision_bits + guard, arrival, box);
  return status;
}

void hp_graph_arrival_velocity(const hp_graph_arrival *arrival, const arb_struct u[],
                               const arb_t rho, const arb_t gap, const arb_t K, arb_ptr m) {
  slong d = (slong)arrival->dimension, bits = arrival->precision_bits;
  arb_ptr apart = _arb_vec_init(d);
  arb_t distance, error;
  mag_t bound;
  arb_init(distance);
  arb_init(error);
  mag_init(bound);
  _arb_vec_sub(apart, u, arrival->u, d, bits);
  arb_dot(distance, NULL, 0, apart, 1, apart, 1, d, bits);
  arb_sqrtpos(distance, distance, bits);
  arb_pow_ui(error, rho, arrival->steps_back, bits);
  arb_mul(error, error, gap, bits);
  arb_mul(error, error, arrival->start, bits);
  arb_addmul(error, K, distance, bits);
  arb_get_mag(bound, error);
  for (slong i = 0; i < d; i++) {
    arb_set(m + i, arrival->v + i);
    arb_add_error_mag(m + i, bound);
  }
  mag_clear(bound);
  arb_clear(error);
  arb_clear(distance);
  _arb_vec_clear(apart, d);
}
