#include "a3_measure.h"
#include "reference/iterate/manifold.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The n at which the distance is taken: all of 0..81, or pairs (n, n+1), by what one evaluation of
 * m_h costs. The numbers are tape instructions times steps back. A shorter list needs fewer digits of
 * m_h, so fewer steps back: the last two are for orbits that come from infinity in finite time. */
enum { LISTS = 4 };
static const struct {
  size_t count;
  long n[14];
} list[LISTS] = {
    {0}, /* all */
    {14, {0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 40, 41, 80, 81}},
    {7, {0, 1, 2, 10, 11, 20, 21}},
    {4, {0, 1, 2, 3}},
};
#define COST_ALL    12e3
#define COST_SPARSE 80e3
#define LAST_N      81

static bool measure_row(hp_a3_measurement *m, hp_a3_row *row);

static void start_derivatives(hp_a3_measurement *m) {
  const hp_problem *problem = m->experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t bits = mpfr_get_prec(m->f);
  hp_evaluator_mpfr gradient, hessian_vector;
  mpfr_t *at = hp_vector_new_mpfr(2 * d, bits), *result = hp_vector_new_mpfr(d, bits);
  hp_evaluator_mpfr_init(&gradient, problem->gradient_program, bits);
  hp_evaluator_mpfr_init(&hessian_vector, problem->hessian_vector_program, bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(at[i], problem->start[i], MPFR_RNDN);
  hp_evaluate_mpfr(&gradient, at, at + d);
  hp_vector_norm_mpfr(m->f, d, at + d);
  hp_evaluate_mpfr(&hessian_vector, at, result);
  hp_vector_norm_mpfr(m->ff, d, result);
  hp_evaluator_mpfr_clear(&hessian_vector);
  hp_evaluator_mpfr_clear(&gradient);
  hp_vector_free_mpfr(d, result);
  hp_vector_free_mpfr(2 * d, at);
}

/* L over all rows used together, which may be larger than over one alone: the orbits of a coarse step
 * reach far back. The coarsest row goes while it is above the threshold of the L that it brings. */
static void share_constants(hp_a3_measurement *m) {
  const hp_problem *problem = m->experiment->problem;
  for (size_t first = 0; first <= m->experiment->n_steps; ++first) {
    hp_region_clear(&m->region);
    hp_region_init(&m->region, problem->n_params);
    hp_a3_row *coarsest = NULL;
    for (size_t i = m->experiment->n_steps; i-- > 0;)
      if (m->row[i].state == HP_A3_USED) {
        hp_region_merge(&m->region, &m->row[i].region);
        coarsest = &m->row[i];
      }
    hp_region_add_box(&m->region, problem);
    m->constants = hp_region_sample(&m->region, problem);
    if (!coarsest || coarsest->h * m->constants.L <= m->threshold)
      return;
    coarsest->state = HP_A3_ABOVE;
  }
}

hp_a3_status hp_a3_measure(hp_a3_measurement *m, const hp_experiment *experiment) {
  mpfr_t threshold;
  *m = (hp_a3_measurement){.experiment = experiment};
  mpfr_inits2(hp_decimal_bits(experiment->digits + 10), m->f, m->ff, (mpfr_ptr)0);
  m->row = hp_allocate(experiment->n_steps, sizeof *m->row);
  for (size_t i = 0; i < experiment->n_steps; ++i)
    hp_region_init(&m->row[i].region, experiment->problem->n_params);
  hp_region_init(&m->region, experiment->problem->n_params);
  mpfr_init2(threshold, 64);
  hp_manifold_threshold(threshold, experiment->momentum, experiment->a);
  m->threshold = mpfr_get_d(threshold, MPFR_RNDN);
  mpfr_clear(threshold);
  start_derivatives(m);
  if (mpfr_zero_p(m->f))
    return HP_A3_AT_REST;
  for (size_t i = 0; i < experiment->n_steps; ++i) {
    m->row[i].step = i;
    m->row[i].h = mpq_get_d(experiment->step[i]);
    if (!measure_row(m, &m->row[i]))
      return HP_A3_INTERRUPTED;
  }
  share_constants(m);
  for (size_t i = 0; i < experiment->n_steps; ++i) {
    hp_a3_row *row = &m->row[i];
    m->n_used += row->state == HP_A3_USED;
    m->n_above += row->state == HP_A3_ABOVE;
    m->n_lost += row->state == HP_A3_LOST;
  }
  return HP_A3_MEASURED;
}

static void row_clear(hp_a3_row *row, size_t d) {
  if (!row->distance)
    return;
  hp_vector_free_mpfr(row->n_points, row->distance);
  hp_vector_free_mpfr(row->n_points, row->leading);
  hp_vector_free_mpfr(d, row->q);
  hp_vector_free_mpfr(d, row->slow);
  hp_vector_free_mpfr(d, row->fast);
  hp_vector_free_mpfr(d, row->slope);
  mpfr_clears(row->uncertainty, row->gap, row->rate, (mpfr_ptr)0);
}

void hp_a3_measurement_clear(hp_a3_measurement *m) {
  for (size_t i = 0; i < m->experiment->n_steps; ++i) {
    row_clear(&m->row[i], m->experiment->problem->n_params);
    hp_region_clear(&m->row[i].region);
  }
  free(m->row);
  hp_region_clear(&m->region);
  mpfr_clears(m->f, m->ff, (mpfr_ptr)0);
}

/* ---- one row ---- */

/* The iterates and look-ahead points in double, n = 0..last. */
static void show_iterates(hp_region *region, const hp_experiment *experiment, mpq_srcptr h,
                          long last) {
  const hp_problem *problem = experiment->problem;
  hp_momentum_double state;
  hp_momentum_double_init(&state, problem->gradient_program, experiment->momentum, experiment->a, h,
                          problem->start);
  for (long n = 0; n <= last; ++n) {
    hp_region_add(region, state.u);
    hp_momentum_double_step(&state);
    hp_region_add(region, state.y);
  }
  hp_momentum_double_clear(&state);
}

static void show_point(void *place, const double u[]) {
  hp_region_add(place, u);
}

static size_t choose_list(double cost) {
  return cost <= COST_ALL ? 0 : cost <= COST_SPARSE ? 1 : 2;
}

static void use_list(hp_a3_row *row, size_t which) {
  row->n_points = list[which].count;
  memcpy(row->n, list[which].n, sizeof list[which].n);
  while (which == 0 && row->n_points <= LAST_N) {
    row->n[row->n_points] = (long)row->n_points;
    ++row->n_points;
  }
}

/* How far back and how precisely, so that |w_n| has its digits at the last n. */
typedef struct {
  mpfr_prec_t bits;
  long steps_back;
} effort;

static effort plan(const hp_experiment *experiment, double l, long last) {
  enum { GUARD_BITS = 16, GUARD_STEPS = 10 };
  mpfr_t low, high, x;
  mpfr_inits2(64, low, high, x, (mpfr_ptr)0);
  mpfr_set_d(x, l, MPFR_RNDN);
  hp_manifold_ratios(low, high, experiment->momentum, experiment->a, x);
  double slowest = mpfr_get_d(high, MPFR_RNDN);
  double fastest = fmax(mpfr_get_d(low, MPFR_RNDN), mpq_get_d(experiment->momentum) / 4);
  mpfr_clears(low, high, x, (mpfr_ptr)0);
  effort result;
  result.bits = hp_decimal_bits(experiment->digits) + GUARD_BITS -
                (mpfr_prec_t)floor((double)last * log2(fastest));
  result.steps_back = GUARD_STEPS + (long)ceil((double)result.bits / -log2(slowest));
  return result;
}

static double cost_of(const hp_experiment *experiment, effort e) {
  const hp_program *gradient = experiment->problem->gradient_program;
  return (double)e.steps_back * (double)gradient->n_instructions;
}

static void row_init(hp_a3_row *row, size_t d, mpfr_prec_t bits) {
  row->distance = hp_vector_new_mpfr(row->n_points, bits);
  row->leading = hp_vector_new_mpfr(row->n_points, bits);
  row->q = hp_vector_new_mpfr(d, bits);
  row->slow = hp_vector_new_mpfr(d, bits);
  row->fast = hp_vector_new_mpfr(d, bits);
  row->slope = hp_vector_new_mpfr(d, bits);
  mpfr_inits2(bits, row->uncertainty, row->gap, row->rate, (mpfr_ptr)0);
}

/* result = x - y, d values */
static void subtract(size_t d, const mpfr_t x[], const mpfr_t y[], mpfr_t result[]) {
  for (size_t i = 0; i < d; ++i)
    mpfr_sub(result[i], x[i], y[i], MPFR_RNDN);
}

/* The walk along the iterates beside m_h. */
typedef struct {
  const hp_experiment *experiment;
  size_t d;
  hp_a3_row *row;
  hp_manifold *manifold;
  hp_momentum_mpfr state;
  mpfr_t lambda_bar;
  mpfr_t *m, *w, *w0, *f;
} walk;

static void walk_init(walk *w, const hp_experiment *experiment, hp_a3_row *row, effort e,
                      hp_region *region) {
  enum { STATE_BITS = 40 };
  const hp_problem *problem = experiment->problem;
  mpq_srcptr h = experiment->step[row->step];
  mpfr_prec_t bits = e.bits + STATE_BITS;
  hp_manifold_options options = {
      .precision_bits = e.bits,
      .steps_back = e.steps_back,
      .keep_going = experiment->keep_going,
      .context = experiment->context,
      .visit = show_point,
      .place = region,
  };
  *w = (walk){.experiment = experiment, .d = problem->n_params, .row = row};
  w->manifold = hp_manifold_new(problem, experiment->momentum, experiment->a, h, &options);
  hp_momentum_init_mpfr(&w->state, problem->gradient_program, experiment->momentum, experiment->a,
                        h, problem->start, bits);
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  mpfr_init2(w->lambda_bar, bits);
  mpfr_set_q(w->lambda_bar, lambda_bar, MPFR_RNDN);
  mpq_clear(lambda_bar);
  w->m = hp_vector_new_mpfr(w->d, bits);
  w->w = hp_vector_new_mpfr(w->d, bits);
  w->w0 = hp_vector_new_mpfr(w->d, bits);
  w->f = hp_vector_new_mpfr(w->d, bits);
}

static void walk_clear(walk *w) {
  hp_vector_free_mpfr(w->d, w->f);
  hp_vector_free_mpfr(w->d, w->w0);
  hp_vector_free_mpfr(w->d, w->w);
  hp_vector_free_mpfr(w->d, w->m);
  mpfr_clear(w->lambda_bar);
  hp_momentum_clear_mpfr(&w->state);
  hp_manifold_free(w->manifold);
}

/* f = lambda_bar f(u) */
static void leading_order(walk *w) {
  hp_evaluate_mpfr(&w->state.evaluator, w->state.u, w->f);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_mul(w->f[i], w->f[i], w->lambda_bar, MPFR_RNDN);
    mpfr_neg(w->f[i], w->f[i], MPFR_RNDN);
  }
}

/* Invariance, at u_0: one step from (u_0, m_h(u_0)) must end on the graph. What is missing is about
 * (1 - lambda) times the error of m_h. Leaves the state at n = 0 as it was. */
static hp_manifold_status check_invariance(walk *w) {
  size_t d = w->d;
  const hp_problem *problem = w->experiment->problem;
  for (size_t i = 0; i < d; ++i)
    mpfr_set(w->state.v[i], w->m[i], MPFR_RNDN);
  hp_momentum_step_mpfr(&w->state);
  hp_manifold_status status = hp_manifold_evaluate(w->manifold, w->state.u, w->m);
  subtract(d, w->state.v, w->m, w->w);
  hp_vector_norm_mpfr(w->row->uncertainty, d, w->w);
  mpfr_mul(w->row->uncertainty, w->row->uncertainty, w->lambda_bar, MPFR_RNDU);
  for (size_t i = 0; i < d; ++i) {
    mpfr_set_q(w->state.u[i], problem->start[i], MPFR_RNDN);
    mpfr_set_zero(w->state.v[i], 1);
  }
  return status;
}

/* gap and rate, from the points n = 0 and n = 1 */
static void first_steps(walk *w, long n) {
  size_t d = w->d;
  if (n == 0) {
    leading_order(w);
    for (size_t i = 0; i < d; ++i)
      mpfr_set(w->w0[i], w->w[i], MPFR_RNDN);
    subtract(d, w->m, w->f, w->f);
    hp_vector_norm_mpfr(w->row->gap, d, w->f);
  } else if (n == 1) {
    for (size_t i = 0; i < d; ++i) {
      mpfr_mul(w->f[i], w->state.lambda, w->w0[i], MPFR_RNDN);
      mpfr_sub(w->f[i], w->w[i], w->f[i], MPFR_RNDN);
    }
    hp_vector_norm_mpfr(w->row->rate, d, w->f);
    mpfr_div(w->row->rate, w->row->rate, w->row->distance[0], MPFR_RNDN);
  }
}

static hp_manifold_status follow(walk *w) {
  hp_a3_row *row = w->row;
  size_t d = w->d;
  hp_manifold_status status = hp_manifold_evaluate(w->manifold, w->state.u, w->m);
  if (status == HP_MANIFOLD_FOUND)
    status = check_invariance(w);
  for (size_t point = 0; point < row->n_points && status == HP_MANIFOLD_FOUND; ++point) {
    for (long n = point ? row->n[point - 1] : 0; n < row->n[point]; ++n)
      hp_momentum_step_mpfr(&w->state);
    status = hp_manifold_evaluate(w->manifold, w->state.u, w->m);
    if (status != HP_MANIFOLD_FOUND)
      break;
    subtract(d, w->state.v, w->m, w->w);
    hp_vector_norm_mpfr(row->distance[point], d, w->w);
    first_steps(w, row->n[point]);
    leading_order(w);
    subtract(d, w->state.v, w->f, w->f);
    hp_vector_norm_mpfr(row->leading[point], d, w->f);
  }
  hp_manifold_spectrum(w->manifold, row->q, row->slow, row->fast, row->slope);
  return status;
}

static hp_manifold_status measure_list(const hp_experiment *experiment, hp_a3_row *row,
                                       size_t which, double l, hp_region *region) {
  walk w;
  use_list(row, which);
  effort e = plan(experiment, l, row->n[row->n_points - 1]);
  row_init(row, experiment->problem->n_params, e.bits);
  walk_init(&w, experiment, row, e, region);
  hp_manifold_status status = follow(&w);
  walk_clear(&w);
  return status;
}

/* False when interrupted. */
static bool measure_row(hp_a3_measurement *m, hp_a3_row *row) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  hp_region iterates;
  hp_region_init(&iterates, problem->n_params);
  hp_region_add_box(&iterates, problem);
  show_iterates(&iterates, experiment, experiment->step[row->step], LAST_N);
  m->finest_L = hp_region_sample(&iterates, problem).L;
  double l = row->h * m->finest_L;
  hp_manifold_status status = HP_MANIFOLD_NONE;
  if (l <= m->threshold) {
    size_t first =
        problem->is_quadratic ? 0 : choose_list(cost_of(experiment, plan(experiment, l, LAST_N)));
    status = HP_MANIFOLD_LOST;
    for (size_t which = first; which < LISTS && status == HP_MANIFOLD_LOST; ++which) {
      hp_region region;
      hp_region_init(&region, problem->n_params);
      row_clear(row, problem->n_params);
      status = measure_list(experiment, row, which, l, &region);
      if (status == HP_MANIFOLD_FOUND)
        hp_region_merge(&iterates, &region);
      hp_region_clear(&region);
    }
  }
  row->state = status == HP_MANIFOLD_FOUND  ? HP_A3_USED
               : status == HP_MANIFOLD_NONE ? HP_A3_ABOVE
                                            : HP_A3_LOST;
  if (row->state == HP_A3_USED)
    hp_region_merge(&row->region, &iterates);
  hp_region_clear(&iterates);
  return status != HP_MANIFOLD_INTERRUPTED;
}
