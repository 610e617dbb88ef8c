#include "a1_measure.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include "verify/first_order.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD_DIGITS = 8, VARIANT_DIGITS = 20, ATTEMPTS = 4 };

static hp_a1_status attempt(hp_a1_measurement *m, double digits, bool last, const char **why,
                            int *missing);

hp_a1_status hp_a1_measure(hp_a1_measurement *m, const hp_experiment *experiment,
                           const char **why) {
  double digits = experiment->digits + GUARD_DIGITS;
  for (int i = 1;; ++i) {
    int missing = 0;
    *m = (hp_a1_measurement){.experiment = experiment};
    hp_a1_status status = attempt(m, digits, i == ATTEMPTS, why, &missing);
    if (status != HP_A1_MEASURED || missing == 0 || i == ATTEMPTS)
      return status;
    hp_a1_measurement_clear(m);
    digits += missing + GUARD_DIGITS / 2;
  }
}

static void measurement_init(hp_a1_measurement *m, mpfr_prec_t precision_bits) {
  size_t n = m->experiment->n_steps;
  mpfr_inits2(precision_bits, m->predicted, m->radius, m->at, (mpfr_ptr)0);
  for (size_t i = 0; i < HP_A1_COLUMNS; ++i)
    m->column[i] = hp_vector_new_mpfr(n, precision_bits);
  m->step = hp_allocate(n, sizeof *m->step);
  hp_region_init(&m->region, m->experiment->problem->n_params);
}

void hp_a1_measurement_clear(hp_a1_measurement *m) {
  size_t n = m->experiment->n_steps;
  hp_region_clear(&m->region);
  free(m->step);
  for (size_t i = 0; i < HP_A1_COLUMNS; ++i)
    hp_vector_free_mpfr(n, m->column[i]);
  for (size_t i = 0; i < m->n_variants; ++i) {
    hp_vector_free_mpfr(n, m->variant[i].observed);
    hp_trajectory_free(m->variant[i].flow);
  }
  mpfr_clears(m->predicted, m->radius, m->at, (mpfr_ptr)0);
  hp_trajectory_free(m->check);
  hp_trajectory_free(m->flow);
}

/* ---- wrong variants ---- */

static void add_variant(hp_a1_measurement *m, hp_a1_variant variant) {
  variant.observed =
      hp_vector_new_mpfr(m->experiment->n_steps, hp_decimal_bits(VARIANT_DIGITS + GUARD_DIGITS));
  m->variant[m->n_variants++] = variant;
}

/* The same with alpha replaced: a stands in E through alpha = (1+lambda)/2 - a (1-lambda) only. */
static hp_taylor_status add_alpha(hp_a1_measurement *m, const char *name, const mpq_t a) {
  hp_a1_variant variant = {.name = name};
  hp_taylor_status status =
      hp_first_order_flow(&variant.flow, m->experiment, a, false, VARIANT_DIGITS);
  add_variant(m, variant);
  return status;
}

static hp_taylor_status add_variants(hp_a1_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  hp_taylor_status status[HP_A1_VARIANTS] = {HP_TAYLOR_DONE};
  size_t n = 0;
  mpq_t zero, alpha, lambda_bar, share;
  mpq_inits(zero, alpha, lambda_bar, share, (mpq_ptr)0);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  if (mpq_sgn(experiment->momentum)) {
    hp_a1_variant unscaled = {.name = "no 1/(1-λ) rescaling", .other_flow = true};
    status[n++] = hp_rescaled_flow(&unscaled.flow, experiment, zero, VARIANT_DIGITS);
    add_variant(m, unscaled);
    hp_a1_variant no_layer = {.name = "E(0) = 0, no initial layer", .no_layer = true};
    status[n++] =
        hp_first_order_flow(&no_layer.flow, experiment, experiment->a, true, VARIANT_DIGITS);
    add_variant(m, no_layer);
  }
  /* a (1-lambda) is at least a fiftieth of alpha */
  mpq_mul(share, alpha, lambda_bar);
  if (mpq_sgn(experiment->a) && 50 * fabs(mpq_get_d(experiment->a)) >= fabs(mpq_get_d(share)))
    status[n++] = add_alpha(m, "α without the a-term", zero);
  /* alpha + alpha/10 is alpha at a - alpha lambda_bar / 10 */
  mpq_set_ui(zero, 1, 10);
  mpq_mul(share, share, zero);
  mpq_sub(share, experiment->a, share);
  status[n++] = add_alpha(m, "α off by 10 %", share);
  mpq_clears(zero, alpha, lambda_bar, share, (mpq_ptr)0);
  for (size_t i = 0; i < n; ++i)
    if (status[i] != HP_TAYLOR_DONE)
      return status[i];
  return HP_TAYLOR_DONE;
}

/* ---- one attempt at so many digits ---- */

static hp_taylor_status integrate(hp_a1_measurement *m, double digits) {
  const hp_experiment *experiment = m->experiment;
  hp_taylor_status status = hp_first_order_flow(&m->flow, experiment, experiment->a, false, digits);
  if (status != HP_TAYLOR_DONE)
    return status;
  status = hp_first_order_flow(&m->check, experiment, experiment->a, false, digits + GUARD_DIGITS);
  if (status != HP_TAYLOR_DONE)
    return status;
  return add_variants(m);
}

static void predict(hp_a1_measurement *m) {
  hp_first_order_maximum(m->flow, m->radius, m->at);
  hp_first_order_maximum(m->check, m->predicted, m->at);
  mpfr_sub(m->radius, m->predicted, m->radius, MPFR_RNDA);
  mpfr_abs(m->radius, m->radius, MPFR_RNDA);
}

static void record(hp_a1_measurement *m, const hp_ladder_pass *pass, const hp_ladder_pass *check,
                   size_t step) {
  size_t row = m->n_rows++;
  mpfr_t *const *column = m->column;
  const hp_ladder_target *flow = &pass->target[0];
  m->step[row] = step;
  mpfr_set_q(column[HP_A1_H][row], m->experiment->step[step], MPFR_RNDN);
  mpfr_set(column[HP_A1_ERROR][row], check->target[0].error, MPFR_RNDN);
  mpfr_sub(column[HP_A1_RADIUS][row], check->target[0].error, flow->error, MPFR_RNDA);
  mpfr_abs(column[HP_A1_RADIUS][row], column[HP_A1_RADIUS][row], MPFR_RNDA);
  mpfr_set(column[HP_A1_TERM][row], flow->term, MPFR_RNDN);
  mpfr_mul(column[HP_A1_CORRECTED][row], m->predicted, column[HP_A1_H][row], MPFR_RNDN);
  mpfr_mul(column[HP_A1_CORRECTED][row], column[HP_A1_CORRECTED][row], flow->error, MPFR_RNDN);
  mpfr_div(column[HP_A1_CORRECTED][row], column[HP_A1_CORRECTED][row], flow->term, MPFR_RNDN);
  mpfr_set(column[HP_A1_REMAINDER][row], flow->remainder, MPFR_RNDN);
  mpfr_set(column[HP_A1_DOUBLE_ERROR][row], pass->double_error, MPFR_RNDN);
  mpfr_set(column[HP_A1_ROUNDING][row], pass->rounding, MPFR_RNDN);
  for (size_t i = 0; i < m->n_variants; ++i) {
    const hp_ladder_target *target = &pass->target[i + 1];
    mpfr_set(m->variant[i].observed[row],
             m->variant[i].other_flow ? target->error : target->remainder, MPFR_RNDN);
  }
}

/* The iterates at one step size, at two precisions, the second at the n of the maximum; *missing digits is 0 when all are there. False
 * when interrupted. */
static bool climb(hp_a1_measurement *m, size_t step, double digits, int *missing) {
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr h = experiment->step[step];
  double guard = 2 + log10(1 + (double)hp_ladder_steps(experiment, h));
  hp_ladder_pass pass, check;
  hp_ladder_pass_init(&pass, 1 + m->n_variants, hp_decimal_bits(digits + guard));
  hp_ladder_pass_init(&check, 1, hp_decimal_bits(digits + guard + GUARD_DIGITS));
  pass.with_double = true;
  pass.region = &m->region;
  pass.target[0].flow = m->flow;
  check.target[0].flow = m->check;
  for (size_t i = 0; i < m->n_variants; ++i) {
    pass.target[i + 1].flow = m->variant[i].flow;
    pass.target[i + 1].no_layer = m->variant[i].no_layer;
  }
  bool going = hp_ladder_run(&pass, experiment, h);
  check.target[0].only_n = pass.target[0].at_n;
  going = going && (!pass.finite || hp_ladder_run(&check, experiment, h));
  *missing = 0;
  if (going && pass.finite && check.finite) {
    record(m, &pass, &check, step);
    size_t row = m->n_rows - 1;
    *missing =
        experiment->digits - hp_decimal_correct(m->column[HP_A1_ERROR][row],
                                                m->column[HP_A1_RADIUS][row], experiment->digits);
  }
  hp_ladder_pass_clear(&check);
  hp_ladder_pass_clear(&pass);
  return going;
}

/* Stops at the first value with missing digits, unless this is the last attempt. */
static hp_a1_status attempt(hp_a1_measurement *m, double digits, bool last, const char **why,
                            int *missing) {
  const hp_experiment *experiment = m->experiment;
  measurement_init(m, hp_decimal_bits(digits + 2 * GUARD_DIGITS));
  hp_taylor_status status = integrate(m, digits);
  if (status == HP_TAYLOR_INTERRUPTED)
    return HP_A1_INTERRUPTED;
  if (status != HP_TAYLOR_DONE) {
    *why = hp_taylor_status_text(status);
    return HP_A1_NO_FLOW;
  }
  predict(m);
  if (mpfr_zero_p(m->predicted))
    return HP_A1_AT_REST;
  *missing = experiment->digits - hp_decimal_correct(m->predicted, m->radius, experiment->digits);
  for (size_t i = 0; i < experiment->n_steps && (last || *missing == 0); ++i)
    if (!climb(m, i, digits, missing))
      return HP_A1_INTERRUPTED;
  hp_region_add_box(&m->region, experiment->problem);
  m->constants = hp_region_sample(&m->region, experiment->problem);
  return HP_A1_MEASURED;
}

/* ---- double precision at finer steps ---- */

bool hp_a1_double_beyond(const hp_a1_measurement *m, hp_curve *error, hp_curve *rounding) {
  enum { BITS = 96, MOST_STEPS = 1 << 17 };
  const double budget = 4e6; /* tape instructions of the longest run */
  const hp_experiment *experiment = m->experiment;
  const hp_program *gradient = experiment->problem->gradient_program;
  double cost = (double)(gradient->n_instructions + 40 * gradient->n_inputs);
  mpq_t h, half;
  mpq_inits(h, half, (mpq_ptr)0);
  mpq_set_ui(half, 1, 2);
  mpq_mul(h, experiment->step[experiment->n_steps - 1], half);
  bool going = true;
  for (; going; mpq_mul(h, h, half)) {
    long steps = hp_ladder_steps(experiment, h);
    if (steps > MOST_STEPS || cost * (double)steps > budget)
      break;
    hp_ladder_pass pass;
    hp_ladder_pass_init(&pass, 1, BITS);
    pass.with_double = true;
    pass.target[0].flow = m->flow;
    going = hp_ladder_run(&pass, experiment, h);
    if (going && pass.finite) {
      char *x = hp_decimal_double(mpq_get_d(h), 17);
      char *y = hp_decimal(pass.double_error, 6, MPFR_RNDN);
      char *z = hp_decimal(pass.rounding, 3, MPFR_RNDN);
      hp_curve_add_point(error, x, y);
      hp_curve_add_point(rounding, x, z);
      free(x);
      free(y);
      free(z);
    }
    hp_ladder_pass_clear(&pass);
  }
  mpq_clears(h, half, (mpq_ptr)0);
  return going;
}
