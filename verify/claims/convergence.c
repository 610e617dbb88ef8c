#include "convergence.h"
#include "judge.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <stdlib.h>

void hp_convergence_init(hp_convergence *series, const hp_experiment *experiment,
                         mpfr_prec_t precision_bits) {
  size_t n = experiment->n_steps;
  series->n = 0;
  series->step = hp_allocate(n, sizeof *series->step);
  for (size_t i = 0; i < n; ++i)
    mpq_init(series->step[i]);
  series->count = hp_allocate(n, sizeof *series->count);
  series->h = hp_vector_new_mpfr(n, precision_bits);
  series->value = hp_vector_new_mpfr(n, precision_bits);
  series->radius = hp_vector_new_mpfr(n, precision_bits);
}

void hp_convergence_clear(hp_convergence *series, const hp_experiment *experiment) {
  size_t n = experiment->n_steps;
  hp_vector_free_mpfr(n, series->radius);
  hp_vector_free_mpfr(n, series->value);
  hp_vector_free_mpfr(n, series->h);
  free(series->count);
  for (size_t i = 0; i < n; ++i)
    mpq_clear(series->step[i]);
  free(series->step);
}

void hp_convergence_add(hp_convergence *series, const mpq_t step, long count, const mpfr_t value,
                        const mpfr_t rough, const mpfr_t rounding) {
  size_t i = series->n++;
  mpq_set(series->step[i], step);
  series->count[i] = count;
  mpfr_set_q(series->h[i], step, MPFR_RNDN);
  mpfr_set(series->value[i], value, MPFR_RNDN);
  mpfr_sub(series->radius[i], value, rough, MPFR_RNDA);
  mpfr_abs(series->radius[i], series->radius[i], MPFR_RNDA);
  mpfr_add(series->radius[i], series->radius[i], rounding, MPFR_RNDU);
}

int hp_convergence_digits(const hp_convergence *series, int most) {
  int digits = hp_decimal_correct(series->predicted, series->uncertainty, most);
  for (size_t i = 0; i < series->n; ++i) {
    int here = hp_decimal_correct(series->value[i], series->radius[i], most);
    digits = here < digits ? here : digits;
  }
  return digits;
}

static void write_rows(const hp_convergence *series, hp_run *run, int most) {
  mpfr_t x;
  mpfr_init2(x, mpfr_get_prec(series->predicted));
  for (size_t i = 0; i < series->n; ++i) {
    hp_row *row = hp_run_add_row(run);
    int digits = hp_decimal_correct(series->value[i], series->radius[i], most);
    row->h = hp_rational_text(series->step[i]);
    row->steps = series->count[i];
    row->value = hp_decimal(series->value[i], digits ? digits : 1, MPFR_RNDN);
    mpfr_sub(x, series->value[i], series->radius[i], MPFR_RNDD);
    row->low = hp_decimal(x, digits + 3, MPFR_RNDD);
    mpfr_add(x, series->value[i], series->radius[i], MPFR_RNDU);
    row->high = hp_decimal(x, digits + 3, MPFR_RNDU);
    if (series->in_double)
      row->double_value = hp_decimal(series->in_double[i], 17, MPFR_RNDN);
  }
  mpfr_clear(x);
}

static void write_constant(const hp_convergence *series, hp_run *run, const hp_order *order,
                           int most) {
  int digits = hp_decimal_correct(series->predicted, series->uncertainty, most);
  run->constant_predicted = hp_decimal(series->predicted, digits ? digits : 1, MPFR_RNDN);
  if (!order->asymptotic) {
    run->constant_what = hp_copy_text(series->what);
    return;
  }
  run->constant_measured = hp_text("%.10g", order->constant);
  run->constant_what =
      hp_text("%s; measured: limit of %s, known to lie in [%.8g, %.8g]", series->what,
              series->ratio, order->constant_low, order->constant_high);
}

static hp_order of_value(const hp_convergence *series) {
  return hp_order_estimate(series->n, series->h, series->value, series->order);
}

static hp_order of_constant(const hp_convergence *series) {
  return hp_order_estimate(series->n, series->h,
                           series->corrected ? series->corrected : series->value, series->order);
}

static void write_controls(const hp_convergence *series, hp_run *run, const hp_order *order,
                           const hp_order *corrected) {
  hp_claim_constant_controls(run, corrected, mpfr_get_d(series->predicted, MPFR_RNDN),
                             mpfr_get_d(series->h[series->n - 1], MPFR_RNDN));
  char *name = hp_text("order %g claimed", series->wrong_order);
  hp_claim_control(run, name, !hp_order_is(order, series->wrong_order),
                   hp_text("order in [%.4f, %.4f]", order->low, order->high));
  free(name);
}

hp_run *hp_convergence_run(const hp_convergence *series, hp_results *results,
                           const hp_experiment *experiment) {
  hp_run *run = hp_claim_run(results, experiment, series->claim, series->observable);
  hp_order order = of_value(series), corrected = of_constant(series);
  write_rows(series, run, experiment->digits);
  write_constant(series, run, &corrected, experiment->digits);
  if (series->n >= 3) {
    hp_claim_order(run, &order, series->order);
    write_controls(series, run, &order, &corrected);
  }
  return run;
}

void hp_convergence_control(const hp_convergence *series, hp_run *run, const char *name,
                            mpfr_t *const wrong) {
  hp_order order = hp_order_estimate(series->n, series->h, wrong, series->order);
  hp_claim_control(run, name, !hp_order_is(&order, series->order),
                   hp_text("order %.3f instead of %g", order.order, series->order));
}

void hp_convergence_curve(const hp_convergence *series, hp_run *run, const char *name,
                          mpfr_t *const values) {
  hp_curve *curve = hp_run_add_curve(run, name);
  for (size_t i = 0; i < series->n; ++i) {
    char *x = hp_decimal_double(mpfr_get_d(series->h[i], MPFR_RNDN), 17);
    char *y = hp_decimal(values[i], 6, MPFR_RNDN);
    hp_curve_add_point(curve, x, y);
    free(x);
    free(y);
  }
}

void hp_convergence_judge(const hp_convergence *series, hp_run *run, const char *note) {
  hp_order order = of_value(series), corrected = of_constant(series);
  hp_judgement judgement = {
      .observable = series->ratio,
      .constant_name = series->constant_name,
      .expected = series->order,
      .order = &order,
      .corrected = &corrected,
      .predicted = mpfr_get_d(series->predicted, MPFR_RNDN),
      .finest = series->n ? mpfr_get_d(series->h[series->n - 1], MPFR_RNDN) : 1,
      .smallness = series->smallness,
      .smallness_name = series->smallness_name,
      .note = note,
  };
  hp_claim_judge(run, &judgement);
}
