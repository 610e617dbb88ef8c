#include "c1_measure.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include "verify/first_order.h"
#include "verify/ladder.h"
#include "verify/samples.h"
#include "verify/series_order.h"
#include <math.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 4, MORE_DIGITS = 6, VARIANT_DIGITS = 6 };

static bool keep_going(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* Frees the field. */
static hp_taylor_status integrate(hp_trajectory **trajectory, const hp_experiment *experiment,
                                  hp_program *field, const mpfr_t start[], double digits,
                                  long most_steps) {
  hp_taylor_options options = {.digits = digits,
                               .max_steps = most_steps,
                               .keep_going = keep_going,
                               .context = (void *)experiment};
  mpfr_t t_end;
  mpfr_init2(t_end, hp_decimal_bits(digits + GUARD_DIGITS));
  mpfr_set_q(t_end, experiment->horizon, MPFR_RNDU);
  hp_taylor_status status = hp_taylor_integrate(trajectory, field, start, t_end, &options);
  mpfr_clear(t_end);
  hp_program_free(field);
  return status;
}

/* ---- the leading error ---- */

/* shift: S_1 .. S_n at u_0, d values each */
static mpfr_t *shifts_at_start(const hp_modified *modified, mpfr_prec_t precision_bits) {
  const hp_problem *problem = modified->problem;
  size_t d = problem->n_params;
  mpfr_t *shift = hp_vector_new_mpfr(modified->order * d, precision_bits);
  mpfr_t *start = hp_vector_new_mpfr(d, precision_bits);
  hp_program *program = hp_modified_terms(modified, modified->shift);
  hp_evaluator_mpfr evaluator;
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(start[i], problem->start[i], MPFR_RNDN);
  hp_evaluator_mpfr_init(&evaluator, program, precision_bits);
  hp_evaluate_mpfr(&evaluator, start, shift);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_program_free(program);
  hp_vector_free_mpfr(d, start);
  return shift;
}

/* max over the sample times of |E_R| along (ubar, E_1, E_2, ...) */
static void largest_error(const hp_experiment *experiment, const hp_trajectory *trajectory,
                          size_t R, mpfr_t most, mpfr_t at) {
  size_t d = experiment->problem->n_params, n = hp_trajectory_dimension(trajectory);
  mpfr_prec_t bits = mpfr_get_prec(most);
  mpfr_t *value = hp_vector_new_mpfr(n, bits), norm, t;
  mpq_t time;
  mpq_init(time);
  mpfr_inits2(bits, norm, t, (mpfr_ptr)0);
  mpfr_set_zero(most, 1);
  for (size_t j = 0; j < HP_SAMPLES; ++j) {
    hp_sample_time(time, experiment, j);
    mpfr_set_q(t, time, MPFR_RNDN);
    hp_trajectory_eval(trajectory, t, value, NULL);
    hp_vector_norm_mpfr(norm, d, value + R * d);
    if (mpfr_greater_p(norm, most)) {
      mpfr_set(most, norm, MPFR_RNDN);
      mpfr_set(at, t, MPFR_RNDN);
    }
  }
  mpfr_clears(norm, t, (mpfr_ptr)0);
  mpq_clear(time);
  hp_vector_free_mpfr(n, value);
}

/* The maxima of all |E_R| at two precisions. */
static hp_taylor_status predict(hp_c1_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params, n = (m->largest + 1) * d;
  double digits = m->digits + GUARD_DIGITS;
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (int attempt = 0; attempt < 2 && status == HP_TAYLOR_DONE; ++attempt) {
    hp_trajectory *trajectory;
    mpfr_prec_t bits = hp_decimal_bits(digits + GUARD_DIGITS);
    mpfr_t *shift = shifts_at_start(m->modified, bits), *start = hp_vector_new_mpfr(n, bits);
    for (size_t i = 0; i < d; ++i)
      mpfr_set_q(start[i], experiment->problem->start[i], MPFR_RNDN);
    for (size_t i = d; i < n; ++i)
      mpfr_set(start[i], shift[i - d], MPFR_RNDN);
    status = integrate(&trajectory, experiment, hp_modified_leading_errors(m->modified, m->largest),
                       start, digits, 0);
    for (size_t k = 0; k < m->largest && status == HP_TAYLOR_DONE; ++k) {
      hp_c1_order *order = &m->order[k];
      mpfr_set(order->radius, order->predicted, MPFR_RNDN);
      largest_error(experiment, trajectory, order->R, order->predicted, order->at);
      mpfr_sub(order->radius, order->predicted, order->radius, MPFR_RNDA);
      mpfr_abs(order->radius, order->radius, MPFR_RNDA);
    }
    m->most_steps = 24 + 3 * (long)hp_trajectory_steps(trajectory);
    hp_trajectory_free(trajectory);
    hp_vector_free_mpfr(n, start);
    hp_vector_free_mpfr(m->modified->order * d, shift);
    digits += MORE_DIGITS;
  }
  return status;
}

/* ---- one row ---- */

/* What is changed on purpose; all 0 for the right flow. */
typedef struct {
  bool no_shift;
  mpq_srcptr weight; /* of F_{R-1}, or NULL */
} change;

/* max over the samples of |u_n - U(nh)|, U the flow truncated after R terms. */
static hp_taylor_status distance(const hp_c1_measurement *m, size_t R, const mpq_t h,
                                 const hp_samples *samples, double digits, change wrong,
                                 mpfr_t most) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params;
  mpfr_prec_t bits = hp_decimal_bits(digits + GUARD_DIGITS);
  mpfr_t *shift = shifts_at_start(m->modified, bits), *U = hp_vector_new_mpfr(d, bits), x, t;
  mpq_t weight[HP_C1_LARGEST], power;
  hp_trajectory *trajectory;
  mpq_init(power);
  mpfr_inits2(bits, x, t, (mpfr_ptr)0);
  mpq_set_ui(power, 1, 1);
  for (size_t k = 0; k < R; ++k) {
    mpq_init(weight[k]);
    mpq_set_ui(weight[k], 1, 1);
  }
  if (wrong.weight)
    mpq_set(weight[R - 1], wrong.weight);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(U[i], experiment->problem->start[i], MPFR_RNDN);
  for (size_t k = 1; k < R && !wrong.no_shift; ++k) {
    mpq_mul(power, power, h);
    for (size_t i = 0; i < d; ++i) {
      mpfr_mul_q(x, shift[(k - 1) * d + i], power, MPFR_RNDN);
      mpfr_add(U[i], U[i], x, MPFR_RNDN);
    }
  }
  hp_taylor_status status =
      integrate(&trajectory, experiment, hp_modified_field(m->modified, R, h, weight), U, digits,
                m->most_steps);
  mpfr_set_zero(most, 1);
  for (size_t j = 0; j < HP_SAMPLES && status == HP_TAYLOR_DONE; ++j) {
    mpfr_set_q(t, h, MPFR_RNDN);
    mpfr_mul_si(t, t, samples->n[j], MPFR_RNDN);
    hp_trajectory_eval(trajectory, t, U, NULL);
    for (size_t i = 0; i < d; ++i)
      mpfr_sub(U[i], samples->u[j * d + i], U[i], MPFR_RNDN);
    hp_vector_norm_mpfr(x, d, U);
    if (mpfr_greater_p(x, most))
      mpfr_set(most, x, MPFR_RNDN);
  }
  hp_trajectory_free(trajectory);
  for (size_t k = 0; k < R; ++k)
    mpq_clear(weight[k]);
  mpfr_clears(x, t, (mpfr_ptr)0);
  mpq_clear(power);
  hp_vector_free_mpfr(d, U);
  hp_vector_free_mpfr(m->modified->order * d, shift);
  return status;
}

/* Digits by which h^R max|E_R| lies below 1. */
static double depth(const hp_c1_order *order, double h) {
  if (mpfr_zero_p(order->predicted))
    return 0;
  double size = (double)order->R * log10(h) + log10(mpfr_get_d(order->predicted, MPFR_RNDN));
  return fmax(0, -size);
}

static hp_taylor_status measure_order(hp_c1_measurement *m, hp_c1_order *order, size_t step,
                                      const hp_samples *samples) {
  mpq_srcptr h = m->experiment->step[step];
  double digits = m->digits + GUARD_DIGITS + depth(order, mpq_get_d(h));
  size_t row = order->n_rows;
  hp_taylor_status status =
      distance(m, order->R, h, samples, digits, (change){false, NULL}, order->error[row]);
  if (status == HP_TAYLOR_BLOW_UP || status == HP_TAYLOR_NOT_A_NUMBER)
    ++order->n_lost;
  if (status != HP_TAYLOR_DONE)
    return status;
  mpfr_set_q(order->h[row], h, MPFR_RNDN);
  order->step[row] = step;
  ++order->n_rows;
  return status;
}

/* Uncertainties: the value at the middle row changes by this much, relatively, when iterates and flow
 * are done with MORE_DIGITS digits more; ten times as much is allowed at every row, which were all
 * done to as many digits. */
static hp_taylor_status set_uncertainties(hp_c1_measurement *m, hp_c1_order *order,
                                          const hp_samples *more) {
  size_t middle = order->n_rows / 2;
  mpq_srcptr h = m->experiment->step[order->step[middle]];
  double digits = m->digits + GUARD_DIGITS + MORE_DIGITS + depth(order, mpq_get_d(h));
  mpfr_t x;
  mpfr_init2(x, mpfr_get_prec(order->error[middle]));
  hp_taylor_status status = distance(m, order->R, h, more, digits, (change){false, NULL}, x);
  if (status == HP_TAYLOR_DONE) {
    mpfr_sub(x, order->error[middle], x, MPFR_RNDA);
    mpfr_abs(x, x, MPFR_RNDA);
    mpfr_div(x, x, order->error[middle], MPFR_RNDA);
    mpfr_mul_ui(x, x, 10, MPFR_RNDA);
    for (size_t row = 0; row < order->n_rows; ++row)
      mpfr_mul(order->uncertainty[row], x, order->error[row], MPFR_RNDA);
  }
  mpfr_clear(x);
  return status;
}

/* ---- wrong variants ---- */

static bool shows(const hp_c1_variant *variant) {
  mpfr_t ratio;
  size_t last = variant->n_rows - 1;
  mpfr_init2(ratio, 53);
  mpfr_div(ratio, variant->wrong[last], variant->right[last], MPFR_RNDN);
  bool result = mpfr_cmp_ui(ratio, 4) > 0;
  mpfr_clear(ratio);
  return result;
}

/* The variant at one row; forgets nothing: a row at which the wrong flow ends early is left out. */
static hp_taylor_status add_row(hp_c1_measurement *m, const hp_c1_order *order, size_t row,
                                const hp_samples *samples, change wrong, hp_c1_variant *variant) {
  mpq_srcptr h = m->experiment->step[order->step[row]];
  double digits = VARIANT_DIGITS + depth(order, mpq_get_d(h));
  size_t to = variant->n_rows;
  hp_taylor_status status = distance(m, order->R, h, samples, digits, wrong, variant->wrong[to]);
  if (status != HP_TAYLOR_DONE)
    return status;
  mpfr_set(variant->h[to], order->h[row], MPFR_RNDN);
  mpfr_set(variant->right[to], order->error[row], MPFR_RNDN);
  ++variant->n_rows;
  return status;
}

static void variant_init(hp_c1_variant *variant, char *name) {
  mpfr_prec_t bits = hp_decimal_bits(VARIANT_DIGITS + GUARD_DIGITS);
  variant->name = name;
  variant->n_rows = 0;
  variant->h = hp_vector_new_mpfr(HP_C1_CONTROL_ROWS, bits);
  variant->right = hp_vector_new_mpfr(HP_C1_CONTROL_ROWS, bits);
  variant->wrong = hp_vector_new_mpfr(HP_C1_CONTROL_ROWS, bits);
}

static void variant_clear(hp_c1_variant *variant) {
  free(variant->name);
  hp_vector_free_mpfr(HP_C1_CONTROL_ROWS, variant->h);
  hp_vector_free_mpfr(HP_C1_CONTROL_ROWS, variant->right);
  hp_vector_free_mpfr(HP_C1_CONTROL_ROWS, variant->wrong);
}

/* Rows from..to-1, appended to the variant. */
static hp_taylor_status add_rows(hp_c1_measurement *m, hp_c1_order *order, size_t from, size_t to,
                                 change wrong, hp_samples *const sample[], hp_c1_variant *variant) {
  for (size_t row = from; row < to; ++row)
    if (add_row(m, order, row, sample[order->step[row]], wrong, variant) == HP_TAYLOR_INTERRUPTED)
      return HP_TAYLOR_INTERRUPTED;
  return HP_TAYLOR_DONE;
}

static hp_taylor_status run_variant(hp_c1_measurement *m, hp_c1_order *order, char *name,
                                    change wrong, hp_samples *const sample[]) {
  size_t rows = order->n_rows < HP_C1_CONTROL_ROWS ? order->n_rows : HP_C1_CONTROL_ROWS;
  hp_c1_variant *variant = &order->variant[order->n_variants++];
  variant_init(variant, name);
  return add_rows(m, order, order->n_rows - rows, order->n_rows, wrong, sample, variant);
}

/* Does the change show at the finest row? */
static hp_taylor_status try_finest(hp_c1_measurement *m, hp_c1_order *order, change wrong,
                                   hp_samples *const sample[], bool *found) {
  hp_c1_variant trial;
  variant_init(&trial, NULL);
  hp_taylor_status status =
      add_rows(m, order, order->n_rows - 1, order->n_rows, wrong, sample, &trial);
  *found = trial.n_rows > 0 && shows(&trial);
  variant_clear(&trial);
  return status;
}

/* "the start not shifted"; then the coefficient of F_{R-1} off by the first of 1 %, 10 %, 100 % that
 * shows at these steps. */
static hp_taylor_status run_variants(hp_c1_measurement *m, hp_c1_order *order,
                                     hp_samples *const sample[]) {
  static const unsigned percent[] = {1, 10, 100};
  hp_taylor_status status = HP_TAYLOR_DONE;
  if (order->R > 1 && mpq_sgn(m->experiment->momentum) + mpq_sgn(m->experiment->a))
    status = run_variant(m, order, hp_copy_text("U(0) = u_0, the start not shifted"),
                         (change){true, NULL}, sample);
  mpq_t weight;
  mpq_init(weight);
  bool found = false;
  size_t i = 0;
  for (; i < 3 && status == HP_TAYLOR_DONE && !found; ++i) {
    mpq_set_ui(weight, 100 - percent[i], 100);
    mpq_canonicalize(weight);
    found = percent[i] == 100;
    if (!found)
      status = try_finest(m, order, (change){false, weight}, sample, &found);
  }
  if (status == HP_TAYLOR_DONE) {
    size_t k = order->R - 1;
    char *name = percent[i - 1] == 100 ? hp_text("the term h^%zu F_%zu left out", k, k)
                                       : hp_text("F_%zu too small by %u %%", k, percent[i - 1]);
    status = run_variant(m, order, name, (change){false, weight}, sample);
  }
  mpq_clear(weight);
  return status;
}

/* ---- the whole ---- */

static void order_init(hp_c1_order *order, size_t R, const hp_experiment *experiment) {
  size_t n = experiment->n_steps;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 4 * GUARD_DIGITS);
  *order = (hp_c1_order){.R = R};
  mpfr_inits2(bits, order->predicted, order->radius, order->at, (mpfr_ptr)0);
  order->step = hp_allocate(n, sizeof *order->step);
  order->h = hp_vector_new_mpfr(n, bits);
  order->error = hp_vector_new_mpfr(n, bits);
  order->uncertainty = hp_vector_new_mpfr(n, bits);
}

static void order_clear(hp_c1_order *order, size_t n) {
  for (size_t i = 0; i < order->n_variants; ++i)
    variant_clear(&order->variant[i]);
  hp_vector_free_mpfr(n, order->uncertainty);
  hp_vector_free_mpfr(n, order->error);
  hp_vector_free_mpfr(n, order->h);
  free(order->step);
  mpfr_clears(order->predicted, order->radius, order->at, (mpfr_ptr)0);
}

void hp_c1_measurement_clear(hp_c1_measurement *m) {
  for (size_t k = 0; k < m->largest; ++k)
    order_clear(&m->order[k], m->experiment->n_steps);
  hp_region_clear(&m->region);
  hp_modified_free(m->modified);
}

static hp_samples *new_samples(const hp_experiment *experiment, double digits) {
  hp_samples *samples = hp_allocate(1, sizeof *samples);
  hp_samples_init(samples, experiment->problem->n_params, hp_decimal_bits(digits));
  return samples;
}

static void free_samples(hp_samples *samples) {
  if (!samples)
    return;
  hp_samples_clear(samples);
  free(samples);
}

/* For all R at one step of the ladder. */
static double sample_digits(const hp_c1_measurement *m, mpq_srcptr h) {
  double deepest = 0;
  for (size_t k = 0; k < m->largest; ++k)
    deepest = fmax(deepest, depth(&m->order[k], mpq_get_d(h)));
  return m->digits + 2 * GUARD_DIGITS + deepest +
         log10(1 + (double)hp_ladder_steps(m->experiment, h));
}

static hp_taylor_status climb(hp_c1_measurement *m, size_t step, hp_samples **kept) {
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr h = experiment->step[step];
  *kept = new_samples(experiment, sample_digits(m, h));
  if (!hp_samples_run(*kept, experiment, h, &m->region))
    return HP_TAYLOR_INTERRUPTED;
  for (size_t k = 0; k < m->largest; ++k)
    if (!(*kept)->finite)
      ++m->order[k].n_lost;
    else if (mpfr_sgn(m->order[k].predicted) &&
             measure_order(m, &m->order[k], step, *kept) == HP_TAYLOR_INTERRUPTED)
      return HP_TAYLOR_INTERRUPTED;
  return HP_TAYLOR_DONE;
}

static hp_taylor_status check_middle(hp_c1_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  size_t at = experiment->n_steps;
  hp_samples *more = NULL;
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (size_t k = 0; k < m->largest && status != HP_TAYLOR_INTERRUPTED; ++k) {
    hp_c1_order *order = &m->order[k];
    if (order->n_rows == 0)
      continue;
    size_t step = order->step[order->n_rows / 2];
    if (step != at) {
      free_samples(more);
      more = new_samples(experiment, sample_digits(m, experiment->step[step]) + MORE_DIGITS);
      at = step;
      if (!hp_samples_run(more, experiment, experiment->step[step], NULL))
        status = HP_TAYLOR_INTERRUPTED;
    }
    if (status != HP_TAYLOR_INTERRUPTED)
      status = set_uncertainties(m, order, more);
  }
  free_samples(more);
  return status;
}

static hp_taylor_status climb_all(hp_c1_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  hp_samples **sample = hp_allocate(experiment->n_steps, sizeof *sample);
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (size_t i = 0; i < experiment->n_steps && status == HP_TAYLOR_DONE; ++i)
    status = climb(m, i, &sample[i]);
  if (status == HP_TAYLOR_DONE)
    status = check_middle(m);
  for (size_t k = 0; k < m->largest && status == HP_TAYLOR_DONE; ++k)
    if (m->order[k].n_rows)
      status = run_variants(m, &m->order[k], sample);
  for (size_t i = 0; i < experiment->n_steps; ++i)
    free_samples(sample[i]);
  free(sample);
  return status;
}

hp_c1_status hp_c1_measure(hp_c1_measurement *m, const hp_experiment *experiment,
                           const char **why) {
  *m = (hp_c1_measurement){.experiment = experiment};
  size_t terms = hp_series_order(experiment->problem, HP_C1_LARGEST + 1, &m->cost);
  m->largest = terms - 1;
  m->digits = hp_series_digits(experiment->problem, terms, experiment->digits);
  m->modified = hp_modified_new(experiment->problem, experiment->momentum, experiment->a, terms);
  hp_region_init(&m->region, experiment->problem->n_params);
  for (size_t k = 0; k < m->largest; ++k)
    order_init(&m->order[k], k + 1, experiment);
  hp_taylor_status status = predict(m);
  if (status == HP_TAYLOR_INTERRUPTED)
    return HP_C1_INTERRUPTED;
  if (status != HP_TAYLOR_DONE) {
    *why = hp_taylor_status_text(status);
    return HP_C1_NO_FLOW;
  }
  if (mpfr_zero_p(m->order[0].predicted))
    return HP_C1_AT_REST;
  if (climb_all(m) == HP_TAYLOR_INTERRUPTED)
    return HP_C1_INTERRUPTED;
  hp_region_add_box(&m->region, experiment->problem);
  m->constants = hp_region_sample(&m->region, experiment->problem);
  return HP_C1_MEASURED;
}
