#include "c5_measure.h"
#include "c5_text.h"
#include "power_law.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_c5 = {
    .id = "C5",
    .title = HP_C5_TITLE,
    .source = HP_C5_SOURCE,
    .statement = HP_C5_STATEMENT,
    .explain = HP_C5_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

/* ---- exact statements: relative distances that must vanish ---- */

typedef mpfr_srcptr number_of(const hp_c5_enumeration *e);

static mpfr_srcptr mean_gap(const hp_c5_enumeration *e) {
  return e->mean_gap;
}
static mpfr_srcptr without_replacement(const hp_c5_enumeration *e) {
  return e->without_replacement;
}
static mpfr_srcptr held(const hp_c5_enumeration *e) {
  return e->held;
}
static mpfr_srcptr variance_gap(const hp_c5_enumeration *e) {
  return e->variance_gap;
}
static mpfr_srcptr moment_gap(const hp_c5_enumeration *e) {
  return e->moment_gap;
}
static mpfr_srcptr moment_without(const hp_c5_enumeration *e) {
  return e->moment_without;
}

static mpfr_srcptr variance_held(const hp_c5_enumeration *e) {
  return e->variance_held;
}

static mpfr_srcptr variance_short(const hp_c5_enumeration *e) {
  return e->variance_short;
}

static mpfr_srcptr moment_of_mean(const hp_c5_enumeration *e) {
  return e->moment_of_mean;
}

typedef struct {
  const char *observable, *what;
  number_of *value;
  struct {
    const char *name;
    number_of *value;
  } control[2];
} identity;

/* All rows below 10^-digits? All above? */
static bool all_below(const hp_c5_measurement *m, number_of *of, double floor) {
  for (size_t i = 0; i < m->n_rows; ++i)
    if (!(mpfr_cmp_d(of(&m->enumeration[i]), floor) <= 0))
      return false;
  return true;
}

static bool all_above(const hp_c5_measurement *m, number_of *of, double floor) {
  for (size_t i = 0; i < m->n_rows; ++i)
    if (!(mpfr_cmp_d(of(&m->enumeration[i]), floor) > 0))
      return false;
  return true;
}

static double largest(const hp_c5_measurement *m, number_of *of) {
  double most = 0;
  for (size_t i = 0; i < m->n_rows; ++i)
    most = fmax(most, mpfr_get_d(of(&m->enumeration[i]), MPFR_RNDN));
  return most;
}

static void identity_run(const hp_c5_measurement *m, hp_results *results, const identity *it) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "C5", it->observable);
  double floor = pow(10, -experiment->digits);
  for (size_t i = 0; i < m->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    mpfr_srcptr value = it->value(&m->enumeration[i]);
    row->h = hp_rational_text(experiment->step[i]);
    row->steps = HP_C5_STEPS;
    row->value = hp_decimal(value, 3, MPFR_RNDN);
    row->low = hp_copy_text("0");
    row->high = hp_decimal(value, 3, MPFR_RNDU);
  }
  run->constant_predicted = hp_copy_text("0");
  run->constant_measured = hp_text("%.3g", largest(m, it->value));
  run->constant_what = hp_copy_text(it->what);
  for (size_t k = 0; k < 2; ++k)
    hp_claim_control(run, it->control[k].name, all_above(m, it->control[k].value, floor),
                     hp_text("off by %.3g at most, relatively", largest(m, it->control[k].value)));
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (!all_below(m, it->value, floor))
    hp_claim_verdict(run, HP_FAIL, hp_text("the identity is off by %.3g", largest(m, it->value)));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(run, HP_PASS, hp_copy_text(""));
}

/* ---- the stationary variance ---- */

static void stationary_run(const hp_c5_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "C5", "Var_∞");
  if (!m->all_positive || m->n_stationary == 0) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_copy_text(m->all_positive
                                      ? "the iterates are unstable at every step of the ladder"
                                      : "a curvature is not positive: there is no stationary "
                                        "distribution"));
    return;
  }
  mpfr_t radius, x;
  mpfr_inits2(mpfr_get_prec(m->limit), radius, x, (mpfr_ptr)0);
  mpfr_mul_2si(radius, m->limit, -4 * (long)experiment->digits, MPFR_RNDN);
  double apart = 0;
  for (size_t i = 0; i < m->n_stationary; ++i) {
    mpfr_sub(x, m->stationary[i], m->closed[i], MPFR_RNDN);
    mpfr_div(x, x, m->closed[i], MPFR_RNDN);
    apart = fmax(apart, fabs(mpfr_get_d(x, MPFR_RNDN)));
  }
  long *steps = hp_allocate(m->n_stationary, sizeof *steps);
  char *what = hp_text("sum over the curvatures of λ̄ s²/(2q), s = 1/4; the iterated second moment "
                       "and the closed formula differ by %.2g relatively",
                       apart);
  hp_power_law law = {
      .experiment = experiment,
      .quotient = "Var_∞/h",
      .constant_name = "Σ λ̄ s²/(2q)",
      .what = what,
      .expected = 1,
      .n_rows = m->n_stationary,
      .step = m->step,
      .steps = steps,
      .h = m->stationary_h,
      .value = m->stationary,
      .radius = m->uncertainty,
      .predicted = m->limit,
      .uncertainty = radius,
      .L = mpfr_get_d(m->q[m->d - 1], MPFR_RNDN),
      .note = "",
  };
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  if (mpq_sgn(experiment->momentum)) {
    double without = mpfr_get_d(m->limit, MPFR_RNDN) * (1 - mpq_get_d(experiment->momentum));
    hp_claim_control(run, "s²/(2q), the variance of gradient descent with step h",
                     !hp_order_constant_is(&orders.corrected, without),
                     hp_text("%.6g against [%.6g, %.6g]", without, orders.corrected.constant_low,
                             orders.corrected.constant_high));
  }
  hp_power_law_judge(run, &law, &orders);
  if (apart > pow(10, -experiment->digits))
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("the closed formula for Var_∞ is off by %.3g relatively", apart));
  free(what);
  free(steps);
  mpfr_clears(radius, x, (mpfr_ptr)0);
}

/* ---- the ensemble ---- */

#define DEVIATIONS 4.0 /* two-sided: 6e-5 of all seeds leave it, if the estimator were normal */

static bool contains(const hp_c5_ensemble *e, double exact) {
  return fabs(e->measured - exact) <= DEVIATIONS * e->deviation;
}

static void ensemble_controls(hp_run *run, const hp_c5_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  double lambda_bar = 1 / (1 - mpq_get_d(experiment->momentum));
  bool larger = true, unscaled = true;
  for (size_t i = 0; i < m->n_ensembles; ++i) {
    const hp_c5_ensemble *e = &m->ensemble[i];
    larger = larger && !contains(e, 1.5 * e->exact);
    unscaled = unscaled && !contains(e, e->exact / (lambda_bar * lambda_bar));
  }
  hp_claim_control(run, "noise of variance 3/2 s² claimed", larger,
                   hp_text("outside the interval at every step"));
  if (mpq_sgn(experiment->momentum))
    hp_claim_control(run, "noise not amplified by λ̄", unscaled,
                     hp_text("outside the interval at every step"));
  else
    hp_claim_control(run, "no noise", m->n_ensembles > 0 && !contains(&m->ensemble[0], 0),
                     hp_text("0 is outside the interval"));
}

static void ensemble_run(const hp_c5_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "C5", "Var u_N, ensemble");
  bool inside = true;
  for (size_t i = 0; i < m->n_ensembles; ++i) {
    const hp_c5_ensemble *e = &m->ensemble[i];
    hp_row *row = hp_run_add_row(run);
    row->h = hp_rational_text(experiment->step[e->step]);
    row->steps = e->N;
    row->value = hp_decimal_double(e->exact, 10);
    row->low = hp_decimal_double(e->measured - DEVIATIONS * e->deviation, 6);
    row->high = hp_decimal_double(e->measured + DEVIATIONS * e->deviation, 6);
    row->double_value = hp_decimal_double(e->measured, 10);
    inside = inside && contains(e, e->exact);
  }
  run->has_bound = true;
  run->bound_holds = inside;
  run->bound_formula =
      hp_text("sample variance ± %g sqrt(2 Σ V_k²/(M-1)), M = %d", DEVIATIONS, HP_C5_PATHS);
  run->bound_inputs =
      hp_copy_text("signs from splitmix64, seed 20260101 + the row's number; double "
                   "precision by the proved kernels; the value is the exact one");
  ensemble_controls(run, m);
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (!inside)
    hp_claim_verdict(run, HP_FAIL,
                     hp_copy_text("the exact variance is outside the confidence interval"));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(run, HP_PASS, hp_copy_text(""));
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, const char *why) {
  hp_claim_verdict(hp_claim_run(results, experiment, "C5", "E u_n"), HP_NOT_APPLICABLE,
                   hp_copy_text(why));
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  static const identity statements[] = {
      {"E u_n",
       "relative distance of the mean over all 2^10 paths to the recursion without noise",
       mean_gap,
       {{"mini-batches without replacement", without_replacement},
        {"each mini-batch held for two steps", held}}},
      {"Var u_n",
       "relative distance of the variance over all 2^10 paths to h² s² Σ G_j²",
       variance_gap,
       {{"noise held for two steps", variance_held}, {"Σ G_j² one term short", variance_short}}},
      {"E |u_n-u*|²",
       "relative distance of the second moment over all 2^10 paths of random Hessians to its "
       "linear "
       "recursion",
       moment_gap,
       {{"mini-batches without replacement", moment_without},
        {"the square of the mean in its place", moment_of_mean}}},
  };
  if (!experiment->problem->is_quadratic) {
    not_applicable(experiment, results,
                   "the loss is not quadratic: f is not linear, and the mean of f(u_n) is not f of "
                   "the mean");
    return true;
  }
  hp_c5_measurement m;
  bool going = hp_c5_measure(&m, experiment);
  if (going && !m.has_equilibrium)
    not_applicable(experiment, results,
                   "the loss has no critical point: moments about it do not exist");
  for (size_t i = 0; going && m.has_equilibrium && i < sizeof statements / sizeof *statements; ++i)
    identity_run(&m, results, &statements[i]);
  if (going && m.has_equilibrium) {
    stationary_run(&m, results);
    ensemble_run(&m, results);
  }
  hp_c5_measurement_clear(&m);
  return going;
}
