#include "c3_measure.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include "verify/first_order.h"
#include "verify/ladder.h"
#include "verify/samples.h"
#include "verify/series_order.h"
#include <math.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 4, MORE_DIGITS = 6 };

const unsigned hp_c3_percent[3] = {1, 10, 100};

/* ---- the expansion at one point ---- */

typedef struct {
  size_t d, terms;
  hp_evaluator_mpfr evaluator;
  mpfr_t *g;   /* g_0, g_1, ... : d values each */
  mpfr_t *sum; /* v - sum_{k<R} h^k g_k */
  mpfr_t *part, power, x;
} expansion;

static void expansion_init(expansion *e, const hp_c3_measurement *m, const hp_program *terms,
                           mpfr_prec_t bits) {
  e->d = m->experiment->problem->n_params;
  e->terms = m->modified->order;
  hp_evaluator_mpfr_init(&e->evaluator, terms, bits);
  e->g = hp_vector_new_mpfr(e->terms * e->d, bits);
  e->sum = hp_vector_new_mpfr(e->d, bits);
  e->part = hp_vector_new_mpfr(e->d, bits);
  mpfr_inits2(bits, e->power, e->x, (mpfr_ptr)0);
}

static void expansion_clear(expansion *e) {
  hp_vector_free_mpfr(e->terms * e->d, e->g);
  hp_vector_free_mpfr(e->d, e->sum);
  hp_vector_free_mpfr(e->d, e->part);
  mpfr_clears(e->power, e->x, (mpfr_ptr)0);
  hp_evaluator_mpfr_clear(&e->evaluator);
}

static void raise_to(mpfr_t most, const mpfr_t value) {
  if (!mpfr_lessequal_p(value, most))
    mpfr_set(most, value, MPFR_RNDN);
}

/* What one point contributes to the maxima of one row. */
typedef struct {
  mpfr_ptr value[HP_C3_LARGEST], at_peak[HP_C3_LARGEST], wrong[HP_C3_LARGEST][3];
} maxima;

static void add_point(expansion *e, const mpfr_t u[], const mpfr_t v[], const mpfr_t h,
                      const hp_c3_measurement *m, size_t j, const maxima *to) {
  hp_evaluate_mpfr(&e->evaluator, u, e->g);
  mpfr_set_ui(e->power, 1, MPFR_RNDN);
  for (size_t i = 0; i < e->d; ++i)
    mpfr_set(e->sum[i], v[i], MPFR_RNDN);
  for (size_t k = 0; k < m->largest; ++k) {
    for (size_t i = 0; i < e->d; ++i) {
      mpfr_ptr g = e->g[k * e->d + i];
      mpfr_mul(g, g, e->power, MPFR_RNDN);
      mpfr_sub(e->sum[i], e->sum[i], g, MPFR_RNDN);
    }
    hp_vector_norm_mpfr(e->x, e->d, e->sum);
    raise_to(to->value[k], e->x);
    if (to->at_peak[k] && j == m->order[k].peak)
      mpfr_set(to->at_peak[k], e->x, MPFR_RNDN);
    /* sum + percent/100 h^k g_k: h^k g_k is too small by so much */
    for (size_t s = 0; s < 3 && to->wrong[k][s]; ++s) {
      for (size_t i = 0; i < e->d; ++i) {
        mpfr_mul_ui(e->part[i], e->g[k * e->d + i], hp_c3_percent[s], MPFR_RNDN);
        mpfr_div_ui(e->part[i], e->part[i], 100, MPFR_RNDN);
        mpfr_add(e->part[i], e->part[i], e->sum[i], MPFR_RNDN);
      }
      hp_vector_norm_mpfr(e->x, e->d, e->part);
      raise_to(to->wrong[k][s], e->x);
    }
    mpfr_mul(e->power, e->power, h, MPFR_RNDN);
  }
}

/* ---- the predicted constants ---- */

static hp_taylor_status predict(hp_c3_measurement *m, const hp_program *terms) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params;
  double digits = m->digits + 2 * GUARD_DIGITS;
  mpfr_t t, norm;
  mpq_t time;
  mpq_init(time);
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (int attempt = 0; attempt < 2 && status == HP_TAYLOR_DONE; ++attempt) {
    mpfr_prec_t bits = hp_decimal_bits(digits + GUARD_DIGITS);
    hp_trajectory *flow;
    expansion e;
    expansion_init(&e, m, terms, bits);
    mpfr_t *u = hp_vector_new_mpfr(d, bits);
    mpfr_inits2(bits, t, norm, (mpfr_ptr)0);
    status = hp_rescaled_flow(&flow, experiment, experiment->momentum, digits);
    for (size_t k = 0; k < m->largest; ++k) {
      mpfr_set(m->order[k].radius, m->order[k].predicted, MPFR_RNDN);
      mpfr_set_zero(m->order[k].predicted, 1);
    }
    for (size_t j = 0; j < HP_SAMPLES && status == HP_TAYLOR_DONE; ++j) {
      hp_sample_time(time, experiment, j);
      mpfr_set_q(t, time, MPFR_RNDN);
      hp_trajectory_eval(flow, t, u, NULL);
      hp_evaluate_mpfr(&e.evaluator, u, e.g);
      for (size_t k = 0; k < m->largest; ++k) {
        hp_c3_order *order = &m->order[k];
        hp_vector_norm_mpfr(norm, d, e.g + order->R * d);
        if (mpfr_greater_p(norm, order->predicted)) {
          mpfr_set(order->predicted, norm, MPFR_RNDN);
          mpfr_set(order->at, t, MPFR_RNDN);
          order->peak = j;
        }
      }
    }
    mpfr_clears(t, norm, (mpfr_ptr)0);
    hp_vector_free_mpfr(d, u);
    expansion_clear(&e);
    hp_trajectory_free(flow);
    digits += MORE_DIGITS;
  }
  for (size_t k = 0; k < m->largest; ++k) {
    mpfr_sub(m->order[k].radius, m->order[k].predicted, m->order[k].radius, MPFR_RNDA);
    mpfr_abs(m->order[k].radius, m->order[k].radius, MPFR_RNDA);
  }
  mpq_clear(time);
  return status;
}

/* ---- one row ---- */

/* Digits by which the smallest h^R max|g_R| lies below 1, and those that n steps lose. */
static double sample_digits(const hp_c3_measurement *m, mpq_srcptr h) {
  double deepest = 0;
  for (size_t k = 0; k < m->largest; ++k) {
    double size = mpfr_get_d(m->order[k].predicted, MPFR_RNDN);
    if (size > 0)
      deepest = fmax(deepest, -(double)(k + 1) * log10(mpq_get_d(h)) - log10(size));
  }
  return m->digits + 2 * GUARD_DIGITS + deepest +
         log10(1 + (double)hp_ladder_steps(m->experiment, h));
}

/* Distances at n = 1 from v_0 = 0. */
static void add_layer(const hp_c3_measurement *m, expansion *e, mpq_srcptr h, mpfr_prec_t bits,
                      size_t row) {
  const hp_experiment *experiment = m->experiment;
  hp_momentum_mpfr state;
  maxima to = {{NULL}, {NULL}, {{NULL}}};
  hp_momentum_init_mpfr(&state, experiment->problem->gradient_program, experiment->momentum,
                        experiment->a, h, experiment->problem->start, bits);
  hp_momentum_step_mpfr(&state);
  for (size_t k = 0; k < m->largest; ++k) {
    to.value[k] = m->order[k].layer[row];
    mpfr_set_zero(to.value[k], 1);
  }
  add_point(e, state.u, state.v, state.h, m, 0, &to);
  hp_momentum_clear_mpfr(&state);
}

/* The maxima at one step with so many digits; false when interrupted. With the finite flag false they
 * mean nothing. */
static bool measure(hp_c3_measurement *m, const hp_program *terms, mpq_srcptr h, double digits,
                    const maxima *to, size_t row, bool *finite) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params;
  mpfr_prec_t bits = hp_decimal_bits(digits);
  hp_samples samples;
  expansion e;
  mpfr_t step;
  mpfr_init2(step, bits);
  mpfr_set_q(step, h, MPFR_RNDN);
  hp_samples_init(&samples, d, bits);
  expansion_init(&e, m, terms, bits);
  bool going = hp_samples_run(&samples, experiment, h, &m->region);
  *finite = samples.finite;
  for (size_t k = 0; k < m->largest; ++k) {
    mpfr_set_zero(to->value[k], 1);
    for (size_t s = 0; s < 3 && to->wrong[k][s]; ++s)
      mpfr_set_zero(to->wrong[k][s], 1);
  }
  for (size_t j = 0; j < HP_SAMPLES && going && *finite; ++j)
    add_point(&e, samples.u + j * d, samples.v + j * d, step, m, j, to);
  if (going && *finite)
    add_layer(m, &e, h, bits, row);
  expansion_clear(&e);
  hp_samples_clear(&samples);
  mpfr_clear(step);
  return going;
}

static bool climb(hp_c3_measurement *m, const hp_program *terms, size_t step) {
  mpq_srcptr h = m->experiment->step[step];
  size_t row = m->n_rows;
  maxima to;
  bool finite;
  for (size_t k = 0; k < m->largest; ++k) {
    to.value[k] = m->order[k].value[row];
    to.at_peak[k] = m->order[k].at_peak[row];
    for (size_t s = 0; s < 3; ++s)
      to.wrong[k][s] = m->order[k].wrong[s][row];
  }
  if (!measure(m, terms, h, sample_digits(m, h), &to, row, &finite))
    return false;
  if (finite) {
    mpfr_set_q(m->h[row], h, MPFR_RNDN);
    m->step[row] = step;
    ++m->n_rows;
  } else {
    ++m->n_lost;
  }
  return true;
}

/* As in C1: the relative change at the middle row with more digits, times ten, at every row. */
static bool set_uncertainties(hp_c3_measurement *m, const hp_program *terms) {
  size_t middle = m->n_rows / 2;
  mpq_srcptr h = m->experiment->step[m->step[middle]];
  mpfr_t more[HP_C3_LARGEST];
  maxima to = {{NULL}, {NULL}, {{NULL}}};
  bool finite;
  for (size_t k = 0; k < m->largest; ++k) {
    mpfr_init2(more[k], mpfr_get_prec(m->h[0]));
    to.value[k] = more[k];
  }
  bool going = measure(m, terms, h, sample_digits(m, h) + MORE_DIGITS, &to, middle, &finite);
  for (size_t k = 0; k < m->largest; ++k) {
    hp_c3_order *order = &m->order[k];
    mpfr_sub(more[k], more[k], order->value[middle], MPFR_RNDA);
    mpfr_abs(more[k], more[k], MPFR_RNDA);
    if (mpfr_sgn(order->value[middle]))
      mpfr_div(more[k], more[k], order->value[middle], MPFR_RNDA);
    mpfr_mul_ui(more[k], more[k], 10, MPFR_RNDA);
    for (size_t row = 0; row < m->n_rows; ++row)
      mpfr_mul(order->uncertainty[row], order->value[row], more[k], MPFR_RNDA);
    mpfr_clear(more[k]);
  }
  return going;
}

/* ---- the whole ---- */

/* f(u_0) = 0? */
static bool is_at_rest(const hp_experiment *experiment) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits);
  mpfr_t *u = hp_vector_new_mpfr(2 * d, bits);
  hp_evaluator_mpfr evaluator;
  bool result = true;
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  hp_evaluator_mpfr_init(&evaluator, problem->gradient_program, bits);
  hp_evaluate_mpfr(&evaluator, u, u + d);
  for (size_t i = 0; i < d; ++i)
    result = result && mpfr_zero_p(u[d + i]);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_vector_free_mpfr(2 * d, u);
  return result;
}

static void order_init(hp_c3_order *order, size_t R, size_t n, mpfr_prec_t bits) {
  *order = (hp_c3_order){.R = R};
  mpfr_inits2(bits, order->predicted, order->radius, order->at, (mpfr_ptr)0);
  order->value = hp_vector_new_mpfr(n, bits);
  order->uncertainty = hp_vector_new_mpfr(n, bits);
  order->layer = hp_vector_new_mpfr(n, bits);
  order->at_peak = hp_vector_new_mpfr(n, bits);
  for (size_t s = 0; s < 3; ++s)
    order->wrong[s] = hp_vector_new_mpfr(n, bits);
}

static void order_clear(hp_c3_order *order, size_t n) {
  for (size_t s = 0; s < 3; ++s)
    hp_vector_free_mpfr(n, order->wrong[s]);
  hp_vector_free_mpfr(n, order->at_peak);
  hp_vector_free_mpfr(n, order->layer);
  hp_vector_free_mpfr(n, order->uncertainty);
  hp_vector_free_mpfr(n, order->value);
  mpfr_clears(order->predicted, order->radius, order->at, (mpfr_ptr)0);
}

void hp_c3_measurement_clear(hp_c3_measurement *m) {
  size_t n = m->experiment->n_steps;
  for (size_t k = 0; k < m->largest; ++k)
    order_clear(&m->order[k], n);
  hp_vector_free_mpfr(n, m->h);
  free(m->step);
  hp_region_clear(&m->region);
  hp_modified_free(m->modified);
}

hp_c3_status hp_c3_measure(hp_c3_measurement *m, const hp_experiment *experiment,
                           const char **why) {
  *m = (hp_c3_measurement){.experiment = experiment};
  size_t terms = hp_series_order(experiment->problem, HP_C3_LARGEST + 1, &m->cost);
  m->digits = hp_series_digits(experiment->problem, terms, experiment->digits);
  mpfr_prec_t bits = hp_decimal_bits(m->digits + 4 * GUARD_DIGITS);
  m->largest = terms - 1;
  m->modified = hp_modified_new(experiment->problem, experiment->momentum, experiment->a, terms);
  hp_region_init(&m->region, experiment->problem->n_params);
  m->step = hp_allocate(experiment->n_steps, sizeof *m->step);
  m->h = hp_vector_new_mpfr(experiment->n_steps, bits);
  for (size_t k = 0; k < m->largest; ++k)
    order_init(&m->order[k], k + 1, experiment->n_steps, bits);
  hp_program *program = hp_modified_terms(m->modified, m->modified->manifold);
  hp_taylor_status status = predict(m, program);
  bool going = status != HP_TAYLOR_INTERRUPTED;
  if (status == HP_TAYLOR_BLOW_UP || status == HP_TAYLOR_NOT_A_NUMBER)
    *why = hp_taylor_status_text(status);
  bool at_rest = status == HP_TAYLOR_DONE && is_at_rest(experiment);
  for (size_t i = 0; i < experiment->n_steps && going && status == HP_TAYLOR_DONE && !at_rest; ++i)
    going = climb(m, program, i);
  if (going && m->n_rows)
    going = set_uncertainties(m, program);
  hp_program_free(program);
  if (!going)
    return HP_C3_INTERRUPTED;
  if (status != HP_TAYLOR_DONE)
    return HP_C3_NO_FLOW;
  if (at_rest)
    return HP_C3_AT_REST;
  hp_region_add_box(&m->region, experiment->problem);
  m->constants = hp_region_sample(&m->region, experiment->problem);
  return HP_C3_MEASURED;
}
