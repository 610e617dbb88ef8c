#include "c4_measure.h"
#include "c4_text.h"
#include "power_law.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_c4 = {
    .id = "C4",
    .title = HP_C4_TITLE,
    .source = HP_C4_SOURCE,
    .statement = HP_C4_STATEMENT,
    .explain = HP_C4_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

static hp_power_law law_of(const hp_c4_measurement *m, const hp_c4_rows *rows) {
  return (hp_power_law){
      .experiment = m->experiment,
      .n_rows = rows->n_rows,
      .step = rows->step,
      .steps = rows->steps,
      .h = rows->h,
      .value = rows->value,
      .radius = rows->uncertainty,
      .L = m->L,
  };
}

/* ---- at an equilibrium ---- */

/* Largest relative distance of the measured exponent to the characteristic equation's. */
static double largest_gap(const hp_c4_measurement *m) {
  double most = 0;
  mpfr_t x;
  mpfr_init2(x, 64);
  for (size_t i = 0; i < m->rest.n_rows; ++i) {
    mpfr_sub(x, m->rest.value[i], m->exact[i], MPFR_RNDN);
    mpfr_div(x, x, m->exact[i], MPFR_RNDN);
    most = fmax(most, fabs(mpfr_get_d(x, MPFR_RNDN)));
  }
  mpfr_clear(x);
  return most;
}

/* |ln lambda - chi| without the part that the curvature adds: what "the rate is lambda" says. */
static void rest_controls(hp_run *run, const hp_c4_measurement *m, const hp_order *order) {
  const hp_experiment *experiment = m->experiment;
  double smallest = mpfr_get_d(m->q[0], MPFR_RNDN), rate = mpfr_get_d(m->rate, MPFR_RNDN);
  double largest = mpfr_get_d(m->q[m->d - 1], MPFR_RNDN);
  hp_claim_control(run, "the rate is λ at every h",
                   m->rest.n_rows > 0 && mpfr_sgn(m->rest.value[m->rest.n_rows - 1]) > 0,
                   hp_text("|χ - ln λ| is not 0, it tends to %.6g h", rate));
  if (m->d > 1 && fabs(smallest - largest) > 0.05 * fabs(largest)) {
    double wrong = fabs(rate == 0 ? 0 : rate * (smallest / largest));
    if (mpq_cmp(experiment->a, experiment->momentum) <= 0)
      hp_claim_control(
          run, "the least curvature in place of the largest", !hp_order_constant_is(order, wrong),
          hp_text("%.6g against [%.6g, %.6g]", wrong, order->constant_low, order->constant_high));
  }
}

static void rest_run(const hp_c4_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "C4", "|χ-ln λ|");
  free(run->start);
  run->start = hp_copy_text("an equilibrium");
  if (!m->has_equilibrium) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_copy_text("no equilibrium was found: Newton's method from the end of "
                                  "gradient descent does not come to rest"));
    return;
  }
  mpfr_t predicted, radius;
  mpfr_inits2(mpfr_get_prec(m->rate), predicted, radius, (mpfr_ptr)0);
  mpfr_abs(predicted, m->rate, MPFR_RNDN);
  mpfr_mul_2si(radius, predicted, -4 * (long)experiment->digits, MPFR_RNDN);
  char *note = m->n_spiral ? hp_text("%zu of %zu steps left out, at which a component spirals",
                                     m->n_spiral, experiment->n_steps)
                           : hp_copy_text("");
  char *what = hp_text("max over the curvatures q in [%.6g, %.6g] at the equilibrium of q(λλ̄-a)/λ",
                       mpfr_get_d(m->q[0], MPFR_RNDN), mpfr_get_d(m->q[m->d - 1], MPFR_RNDN));
  hp_power_law law = law_of(m, &m->rest);
  law.quotient = "|χ-ln λ|/h";
  law.constant_name = "max q(λλ̄-a)/λ";
  law.what = what;
  law.expected = 1;
  law.predicted = predicted;
  law.uncertainty = radius;
  law.L = fmax(fabs(mpfr_get_d(m->q[0], MPFR_RNDN)), fabs(mpfr_get_d(m->q[m->d - 1], MPFR_RNDN)));
  law.note = note;
  if (mpfr_zero_p(predicted)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_copy_text("the first-order term q(λλ̄-a)/λ vanishes at this equilibrium"));
  } else if (m->rest.n_rows == 0) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(note));
  } else {
    hp_power_law_orders orders = hp_power_law_write(run, &law);
    double gap = largest_gap(m), allowed = pow(10, -experiment->digits + 4);
    rest_controls(run, m, &orders.corrected);
    hp_power_law_judge(run, &law, &orders);
    run->bound_inputs = hp_text("relative distance of the measured χ - ln λ to the characteristic "
                                "equation: %.2g at most",
                                gap);
    if (gap > allowed)
      hp_claim_verdict(run, HP_FAIL,
                       hp_text("the measured exponent is not max ln z_fast(hq): relative "
                               "distance %.3g",
                               gap));
  }
  free(what);
  free(note);
  mpfr_clears(predicted, radius, (mpfr_ptr)0);
}

/* ---- along the trajectory ---- */

static void path_run(const hp_c4_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "C4", "|Λ|");
  if (!m->has_flow) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text("the flow does not reach the time τ"));
    return;
  }
  mpfr_t predicted, radius;
  mpfr_inits2(mpfr_get_prec(m->growth), predicted, radius, (mpfr_ptr)0);
  mpfr_abs(predicted, m->growth, MPFR_RNDN);
  mpfr_mul_2si(radius, predicted, -3 * (long)experiment->digits, MPFR_RNDN);
  double tau = mpfr_get_d(m->tau, MPFR_RNDN), growth = mpfr_get_d(m->growth, MPFR_RNDN);
  char *note = m->n_off ? hp_text("%zu of %zu steps left out, at which there is no manifold or "
                                  "none was found",
                                  m->n_off, experiment->n_steps)
                        : hp_copy_text("");
  char *what = hp_text("|ln(|W(τ)|/|W(0)|)|/τ, τ = %.10g, W' = ((a-λλ̄)/λ) f'(ubar) W, W(0) = "
                       "f(u_0); here %s than λ^n",
                       tau, growth > 0 ? "slower" : "faster");
  hp_power_law law = law_of(m, &m->path);
  law.quotient = "|Λ|";
  law.constant_name = "|ln(|W(τ)|/|W(0)|)|/τ";
  law.what = what;
  law.expected = 0;
  law.predicted = predicted;
  law.uncertainty = radius;
  law.note = note;
  if (mpfr_zero_p(predicted)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_copy_text("the first-order term (a-λλ̄) f' vanishes along the trajectory"));
  } else if (m->path.n_rows == 0) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(note));
  } else {
    hp_power_law_orders orders = hp_power_law_write(run, &law);
    hp_claim_control(run, "the rate is λ along the trajectory",
                     !hp_order_constant_is(&orders.corrected, 0),
                     hp_text("0 against [%.6g, %.6g]", orders.corrected.constant_low,
                             orders.corrected.constant_high));
    hp_claim_control(
        run, "the sign of a - λλ̄ reversed", m->same_sign,
        hp_text("w_n dies out %s than λ^n at every step", growth > 0 ? "slower" : "faster"));
    hp_power_law_judge(run, &law, &orders);
  }
  free(what);
  free(note);
  mpfr_clears(predicted, radius, (mpfr_ptr)0);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, const char *why) {
  hp_claim_verdict(hp_claim_run(results, experiment, "C4", "|χ-ln λ|"), HP_NOT_APPLICABLE,
                   hp_copy_text(why));
}

/* f(u_0) = 0? */
static bool is_at_rest(const hp_experiment *experiment) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_t *u = hp_vector_new_mpfr(2 * d, 64);
  hp_evaluator_mpfr evaluator;
  bool result = true;
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  hp_evaluator_mpfr_init(&evaluator, problem->gradient_program, 64);
  hp_evaluate_mpfr(&evaluator, u, u + d);
  for (size_t i = 0; i < d; ++i)
    result = result && mpfr_zero_p(u[d + i]);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_vector_free_mpfr(2 * d, u);
  return result;
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  if (mpq_sgn(experiment->momentum) <= 0) {
    not_applicable(experiment, results,
                   "λ > 0 is needed: without momentum v_{n+1} = f(u_n) and there is nothing to "
                   "attract");
    return true;
  }
  if (is_at_rest(experiment)) {
    not_applicable(experiment, results, "the start is a critical point: nothing moves");
    return true;
  }
  hp_c4_measurement m;
  bool going = hp_c4_measure(&m, experiment);
  if (going) {
    rest_run(&m, results);
    path_run(&m, results);
  }
  hp_c4_measurement_clear(&m);
  return going;
}
