#include "c4_measure.h"
#include "reference/iterate/equilibrium.h"
#include "reference/iterate/manifold.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/roots.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "reference/taylor/taylor.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 8, CHEAP = 50, COSTLY_DIGITS = 12 };

static void rows_init(hp_c4_rows *rows, size_t n, mpfr_prec_t bits) {
  rows->step = hp_allocate(n, sizeof *rows->step);
  rows->steps = hp_allocate(n, sizeof *rows->steps);
  rows->h = hp_vector_new_mpfr(n, bits);
  rows->value = hp_vector_new_mpfr(n, bits);
  rows->uncertainty = hp_vector_new_mpfr(n, bits);
}

static void rows_clear(hp_c4_rows *rows, size_t n) {
  hp_vector_free_mpfr(n, rows->uncertainty);
  hp_vector_free_mpfr(n, rows->value);
  hp_vector_free_mpfr(n, rows->h);
  free(rows->steps);
  free(rows->step);
}

/* ---- at an equilibrium ---- */

/* The factors of component k from three iterations; false when they are complex. */
static bool factors(const hp_c4_measurement *m, mpq_srcptr h, size_t k, double digits,
                    mpfr_t fast) {
  const hp_experiment *experiment = m->experiment;
  mpfr_prec_t bits = mpfr_get_prec(m->point[0]);
  size_t d = m->d;
  hp_momentum_mpfr state;
  mpfr_t x[4], s, p, delta;
  hp_momentum_init_mpfr(&state, experiment->problem->gradient_program, experiment->momentum,
                        experiment->a, h, experiment->problem->start, bits);
  mpfr_inits2(bits, x[0], x[1], x[2], x[3], s, p, delta, (mpfr_ptr)0);
  mpfr_set_d(delta, -digits, MPFR_RNDN);
  mpfr_exp10(delta, delta, MPFR_RNDN);
  for (size_t i = 0; i < d; ++i) {
    mpfr_set(state.u[i], m->point[i], MPFR_RNDN);
    mpfr_mul(state.v[i], m->vector[i * d + k], delta, MPFR_RNDN);
    mpfr_div(state.v[i], state.v[i], state.h, MPFR_RNDN);
  }
  for (size_t n = 1; n < 4; ++n) {
    hp_momentum_step_mpfr(&state);
    mpfr_set_zero(x[n], 1);
    for (size_t i = 0; i < d; ++i) {
      mpfr_sub(p, state.u[i], m->point[i], MPFR_RNDN);
      mpfr_fma(x[n], p, m->vector[i * d + k], x[n], MPFR_RNDN);
    }
  }
  /* x_0 = 0: x_2 = s x_1, x_3 = s x_2 - p x_1 */
  mpfr_div(s, x[2], x[1], MPFR_RNDN);
  mpfr_mul(p, s, x[2], MPFR_RNDN);
  mpfr_sub(p, p, x[3], MPFR_RNDN);
  mpfr_div(p, p, x[1], MPFR_RNDN);
  /* z_fast = p/z_slow, z_slow = (s + sqrt(s^2 - 4p))/2 */
  mpfr_sqr(x[0], s, MPFR_RNDN);
  mpfr_mul_2ui(x[1], p, 2, MPFR_RNDN);
  mpfr_sub(x[0], x[0], x[1], MPFR_RNDN);
  bool real = mpfr_sgn(x[0]) >= 0 && mpfr_sgn(s) > 0;
  mpfr_sqrt(x[0], x[0], MPFR_RNDN);
  mpfr_add(s, s, x[0], MPFR_RNDN);
  mpfr_div_2ui(s, s, 1, MPFR_RNDN);
  mpfr_div(fast, p, s, MPFR_RNDN);
  mpfr_clears(x[0], x[1], x[2], x[3], s, p, delta, (mpfr_ptr)0);
  hp_momentum_clear_mpfr(&state);
  return real && mpfr_sgn(fast) > 0;
}

/* chi := |max_i ln z_fast - ln lambda|, measured and by the characteristic equation. */
static bool exponent(const hp_c4_measurement *m, mpq_srcptr h, double digits, mpfr_t measured,
                     mpfr_t exact) {
  const hp_experiment *experiment = m->experiment;
  mpfr_prec_t bits = mpfr_get_prec(m->point[0]);
  mpfr_t fast, slow, by_formula, l, most, most_exact;
  mpfr_inits2(bits, fast, slow, by_formula, l, most, most_exact, (mpfr_ptr)0);
  bool real = true;
  mpfr_set_zero(most, 1);
  mpfr_set_zero(most_exact, 1);
  for (size_t k = 0; k < m->d && real; ++k) {
    mpfr_mul_q(l, m->q[k], h, MPFR_RNDN);
    real = factors(m, h, k, digits, fast) &&
           hp_characteristic_roots_mpfr(slow, by_formula, experiment->momentum, experiment->a, l);
    mpfr_max(most, most, fast, MPFR_RNDN);
    mpfr_max(most_exact, most_exact, by_formula, MPFR_RNDN);
  }
  mpfr_div_q(most, most, experiment->momentum, MPFR_RNDN);
  mpfr_div_q(most_exact, most_exact, experiment->momentum, MPFR_RNDN);
  mpfr_log(most, most, MPFR_RNDN);
  mpfr_log(most_exact, most_exact, MPFR_RNDN);
  mpfr_abs(measured, most, MPFR_RNDN);
  mpfr_abs(exact, most_exact, MPFR_RNDN);
  mpfr_clears(fast, slow, by_formula, l, most, most_exact, (mpfr_ptr)0);
  return real;
}

static void rest_row(hp_c4_measurement *m, size_t step) {
  mpq_srcptr h = m->experiment->step[step];
  hp_c4_rows *rows = &m->rest;
  size_t row = rows->n_rows;
  double digits = m->experiment->digits + GUARD_DIGITS;
  mpfr_ptr value = rows->value[row], uncertainty = rows->uncertainty[row];
  if (!exponent(m, h, digits, uncertainty, m->exact[row]) ||
      !exponent(m, h, digits + 4, value, m->exact[row])) {
    ++m->n_spiral;
    return;
  }
  mpfr_sub(uncertainty, value, uncertainty, MPFR_RNDA);
  mpfr_abs(uncertainty, uncertainty, MPFR_RNDA);
  mpfr_set_q(rows->h[row], h, MPFR_RNDN);
  rows->step[row] = step;
  rows->steps[row] = 3;
  ++rows->n_rows;
}

/* max_i q_i (lambda lambda_bar - a)/lambda */
static void first_order_rate(hp_c4_measurement *m) {
  mpq_t factor;
  mpq_init(factor);
  hp_manifold_attraction(factor, m->experiment->momentum, m->experiment->a);
  mpq_neg(factor, factor);
  mpq_div(factor, factor, m->experiment->momentum);
  mpfr_mul_q(m->rate, m->q[mpq_sgn(factor) > 0 ? m->d - 1 : 0], factor, MPFR_RNDN);
  mpq_clear(factor);
}

/* ---- along the trajectory ---- */

/* A power of two N_0 with lambda^{8 N_0} < 10^-6: the layer is past in the middle of seven halvings. */
static long coarsest_count(double lambda) {
  double enough = 6 * log(10) / (8 * -log(lambda));
  return 1L << (long)ceil(fmax(0, log2(enough)));
}

static bool keep_going(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* growth := (1/tau) ln(|W(tau)|/|W(0)|) */
static hp_taylor_status predict(hp_c4_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  size_t d = m->d;
  double digits = experiment->digits + GUARD_DIGITS;
  mpfr_prec_t bits = hp_decimal_bits(digits + GUARD_DIGITS);
  mpfr_t *start = hp_vector_new_mpfr(2 * d, bits), x;
  hp_trajectory *flow;
  hp_evaluator_mpfr evaluator;
  mpfr_init2(x, bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(start[i], problem->start[i], MPFR_RNDN);
  hp_evaluator_mpfr_init(&evaluator, problem->gradient_program, bits);
  hp_evaluate_mpfr(&evaluator, start, start + d);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_vector_norm_mpfr(m->growth, d, start + d);
  hp_program *field = hp_field_normal_direction(problem, experiment->momentum, experiment->a);
  hp_taylor_options options = {
      .digits = digits, .keep_going = keep_going, .context = (void *)experiment};
  hp_taylor_status status = hp_taylor_integrate(&flow, field, start, m->tau, &options);
  hp_trajectory_eval(flow, m->tau, start, NULL);
  hp_vector_norm_mpfr(x, d, start + d);
  mpfr_div(m->growth, x, m->growth, MPFR_RNDN);
  mpfr_log(m->growth, m->growth, MPFR_RNDN);
  mpfr_div(m->growth, m->growth, m->tau, MPFR_RNDN);
  hp_trajectory_free(flow);
  hp_program_free(field);
  mpfr_clear(x);
  hp_vector_free_mpfr(2 * d, start);
  return status;
}

/* norm := |v - m_h(u)| */
static hp_manifold_status distance(hp_manifold *manifold, const hp_momentum_mpfr *state, size_t d,
                                   mpfr_t norm) {
  mpfr_t *w = hp_vector_new_mpfr(d, state->precision_bits);
  hp_manifold_status status = hp_manifold_evaluate(manifold, state->u, w);
  for (size_t i = 0; i < d; ++i)
    mpfr_sub(w[i], state->v[i], w[i], MPFR_RNDN);
  hp_vector_norm_mpfr(norm, d, w);
  hp_vector_free_mpfr(d, w);
  return status;
}

/* Lambda with so many digits, signed. */
static hp_manifold_status measure_path(const hp_c4_measurement *m, mpq_srcptr h, long N,
                                       double digits, mpfr_t result) {
  enum { GUARD_STEPS = 10 };
  const hp_experiment *experiment = m->experiment;
  mpfr_t low, high, l, first, last;
  mpfr_inits2(64, low, high, l, (mpfr_ptr)0);
  mpfr_set_d(l, mpq_get_d(h) * m->L, MPFR_RNDN);
  bool exists = hp_manifold_ratios(low, high, experiment->momentum, experiment->a, l);
  double fastest = fmax(mpfr_get_d(low, MPFR_RNDN), mpq_get_d(experiment->momentum) / 4);
  double slowest = mpfr_get_d(high, MPFR_RNDN);
  mpfr_clears(low, high, l, (mpfr_ptr)0);
  if (!exists)
    return HP_MANIFOLD_NONE;
  mpfr_prec_t bits = hp_decimal_bits(digits) + (mpfr_prec_t)ceil((double)N * -log2(fastest));
  hp_manifold_options options = {
      .precision_bits = bits,
      .steps_back = GUARD_STEPS + (long)ceil((double)bits / -log2(slowest)),
      .keep_going = experiment->keep_going,
      .context = experiment->context,
  };
  hp_momentum_mpfr state;
  hp_momentum_init_mpfr(&state, experiment->problem->gradient_program, experiment->momentum,
                        experiment->a, h, experiment->problem->start, bits + 2 * GUARD_DIGITS);
  hp_manifold *manifold =
      hp_manifold_new(experiment->problem, experiment->momentum, experiment->a, h, &options);
  mpfr_inits2(bits, first, last, (mpfr_ptr)0);
  hp_manifold_status status = distance(manifold, &state, m->d, first);
  for (long n = 0; n < N; ++n)
    hp_momentum_step_mpfr(&state);
  if (status == HP_MANIFOLD_FOUND)
    status = distance(manifold, &state, m->d, last);
  mpfr_div(last, last, first, MPFR_RNDN);
  mpfr_log(last, last, MPFR_RNDN);
  mpfr_set_q(first, experiment->momentum, MPFR_RNDN);
  mpfr_log(first, first, MPFR_RNDN);
  mpfr_mul_si(first, first, N, MPFR_RNDN);
  mpfr_sub(last, last, first, MPFR_RNDN);
  mpfr_div(last, last, m->tau, MPFR_RNDN);
  mpfr_set(result, last, MPFR_RNDN);
  mpfr_clears(first, last, (mpfr_ptr)0);
  hp_manifold_free(manifold);
  hp_momentum_clear_mpfr(&state);
  return status;
}

static hp_manifold_status path_row(hp_c4_measurement *m, size_t step) {
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr h = experiment->step[step];
  hp_c4_rows *rows = &m->path;
  size_t row = rows->n_rows;
  mpfr_t count;
  mpfr_init2(count, 64);
  mpfr_div_q(count, m->tau, h, MPFR_RNDN);
  long N = mpfr_get_si(count, MPFR_RNDN);
  mpfr_clear(count);
  mpfr_ptr value = rows->value[row], uncertainty = rows->uncertainty[row];
  double digits = m->digits + GUARD_DIGITS;
  hp_manifold_status status = measure_path(m, h, N, digits, uncertainty);
  if (status == HP_MANIFOLD_FOUND)
    status = measure_path(m, h, N, digits + 4, value);
  if (status != HP_MANIFOLD_FOUND) {
    ++m->n_off;
    return status;
  }
  m->same_sign = m->same_sign && mpfr_sgn(value) == mpfr_sgn(m->growth);
  mpfr_sub(uncertainty, value, uncertainty, MPFR_RNDA);
  mpfr_abs(uncertainty, uncertainty, MPFR_RNDA);
  mpfr_abs(value, value, MPFR_RNDN);
  mpfr_set_q(rows->h[row], h, MPFR_RNDN);
  rows->step[row] = step;
  rows->steps[row] = N;
  ++rows->n_rows;
  return status;
}

/* L on a box that holds the trajectory to tau at the coarsest step, and the problem's own box. */
static double lipschitz(const hp_experiment *experiment, long N) {
  const hp_problem *problem = experiment->problem;
  hp_region region;
  hp_momentum_mpfr state;
  double *point = hp_allocate(problem->n_params, sizeof *point);
  hp_region_init(&region, problem->n_params);
  hp_region_add_box(&region, problem);
  hp_momentum_init_mpfr(&state, problem->gradient_program, experiment->momentum, experiment->a,
                        experiment->step[0], problem->start, 64);
  for (long n = 0; n <= N; ++n) {
    for (size_t i = 0; i < problem->n_params; ++i)
      point[i] = mpfr_get_d(state.u[i], MPFR_RNDN);
    hp_region_add(&region, point);
    hp_momentum_step_mpfr(&state);
  }
  double L = hp_region_sample(&region, problem).L;
  hp_momentum_clear_mpfr(&state);
  hp_region_clear(&region);
  free(point);
  return L;
}

static bool follow_path(hp_c4_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  long N = coarsest_count(mpq_get_d(experiment->momentum));
  long most = hp_ladder_steps(experiment, experiment->step[0]);
  if (N > most)
    N = most;
  mpfr_set_q(m->tau, experiment->step[0], MPFR_RNDN);
  mpfr_mul_si(m->tau, m->tau, N, MPFR_RNDN);
  m->L = lipschitz(experiment, N);
  hp_taylor_status flow = predict(m);
  m->has_flow = flow == HP_TAYLOR_DONE;
  m->same_sign = true;
  if (!m->has_flow)
    return flow != HP_TAYLOR_INTERRUPTED;
  for (size_t i = 0; i < experiment->n_steps; ++i)
    if (path_row(m, i) == HP_MANIFOLD_INTERRUPTED)
      return false;
  return true;
}

/* ---- the whole ---- */

bool hp_c4_measure(hp_c4_measurement *m, const hp_experiment *experiment) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params, n = experiment->n_steps;
  bool is_costly = problem->gradient_program->n_instructions > CHEAP;
  *m = (hp_c4_measurement){.experiment = experiment, .digits = experiment->digits, .d = d};
  if (is_costly && m->digits > COSTLY_DIGITS)
    m->digits = COSTLY_DIGITS;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 2 * GUARD_DIGITS);
  mpfr_prec_t fine = 2 * bits + 64;
  m->point = hp_vector_new_mpfr(d, fine);
  m->q = hp_vector_new_mpfr(d, fine);
  m->vector = hp_vector_new_mpfr(d * d, fine);
  m->exact = hp_vector_new_mpfr(n, bits);
  mpfr_inits2(bits, m->rate, m->growth, m->tau, (mpfr_ptr)0);
  rows_init(&m->rest, n, bits);
  rows_init(&m->path, n, bits);
  m->has_equilibrium = hp_equilibrium_find(problem, m->point, m->q, m->vector);
  if (m->has_equilibrium) {
    first_order_rate(m);
    for (size_t i = 0; i < n; ++i)
      rest_row(m, i);
  }
  return follow_path(m);
}

void hp_c4_measurement_clear(hp_c4_measurement *m) {
  size_t n = m->experiment->n_steps;
  rows_clear(&m->path, n);
  rows_clear(&m->rest, n);
  mpfr_clears(m->rate, m->growth, m->tau, (mpfr_ptr)0);
  hp_vector_free_mpfr(n, m->exact);
  hp_vector_free_mpfr(m->d * m->d, m->vector);
  hp_vector_free_mpfr(m->d, m->q);
  hp_vector_free_mpfr(m->d, m->point);
}
