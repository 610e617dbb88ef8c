#include "experiment.h"

static void assert_all(const hp_results *results, size_t count, hp_verdict verdict) {
  cr_assert_eq(results->count, count);
  for (size_t i = 0; i < count; ++i) {
    const hp_run *run = &results->run[i];
    cr_assert_eq(run->verdict, verdict, "%s: %s", run->observable, run->reason);
    cr_assert_geq(run->n_controls, 4);
    for (size_t k = 0; k < run->n_controls; ++k)
      cr_assert(run->control[k].failed, "%s: %s", run->observable, run->control[k].name);
  }
}

Test(c1_modified_field, six_orders) {
  static const char *const problem[] = {"double-well", "rosenbrock"}, *const method[] = {
                                                                          "hb", "nag", "a=1/3"};
  for (size_t p = 0; p < 2; ++p)
    for (size_t k = p; k < 3 - p; ++k) {
      hp_experiment experiment;
      hp_results results = {0};
      experiment_open(&experiment, problem[p], method[k], 6, 12);
      cr_assert(hp_claim_c1.check(&experiment, &results));
      assert_all(&results, 6, HP_PASS);
      for (size_t R = 1; R <= 6; ++R) {
        const hp_run *run = &results.run[R - 1];
        cr_assert_float_eq(run->order_measured, (double)R, 0.01);
        double predicted = strtod(run->constant_predicted, NULL);
        cr_assert_float_eq(strtod(run->constant_measured, NULL), predicted, 2e-3 * predicted);
        if (p == 0)
          cr_assert_geq(digits_shown(run->row[3].value), 20);
      }
      hp_results_clear(&results);
      experiment_close(&experiment);
    }
}

/* Q5h, heavy ball: E_1 of the component q is e^{-2qt} 4 q (1/2 - 3/4 2 q t) u_0, in closed form. */
Test(c1_modified_field, quadratic_constant) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "quadratic-5-half", "hb", 9, 15);
  cr_assert(hp_claim_c1.check(&experiment, &results));
  assert_all(&results, 6, HP_PASS);
  double most = 0;
  for (int j = 8; j <= 64; ++j) {
    double t = j / 32.0, x = 4 * exp(-2 * t) * (0.5 - 1.5 * t);
    double y = 20 * exp(-10 * t) * (0.5 - 7.5 * t);
    most = fmax(most, hypot(x, y));
  }
  cr_assert_float_eq(strtod(results.run[0].constant_predicted, NULL), most, 1e-13);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* At coarse steps the truncated flows of a stiff problem do not reach the horizon: rows are lost, and
 * the run says so. */
Test(c1_modified_field, coarse_steps) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = u\nloss = (u^2-1)^2/4\nstart = 3/10\nmomentum = 9/10\nhorizon = 1",
                   "hb", 3, 9);
  cr_assert(hp_claim_c1.check(&experiment, &results));
  const hp_run *run = run_named(&results, "|u_n-U_6|");
  cr_assert_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  cr_assert_lt(run->n_rows, 7);
  cr_assert(strstr(run->reason, "leave every bound"), "%s", run->reason);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* Without momentum and look-ahead there is no layer and no shift. */
Test(c1_modified_field, gradient_descent) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "gd", 6, 12);
  cr_assert(hp_claim_c1.check(&experiment, &results));
  assert_all(&results, 6, HP_PASS);
  cr_assert_null(control_named(&results.run[3], "U(0) = u_0, the start not shifted"));
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(c1_modified_field, not_applicable_and_interrupted) {
  static const struct {
    const char *loss, *why;
  } known[] = {{"u^2", "critical point"}, {"-(u+1)^4", "leaves every bound"}};
  for (size_t i = 0; i < 2; ++i) {
    char source[200];
    hp_experiment experiment;
    hp_results results = {0};
    snprintf(source, sizeof source, "params = u\nloss = %s\nstart = 0\nmomentum = 1/2\nhorizon = 2",
             known[i].loss);
    experiment_parse(&experiment, source, "hb", 6, 12);
    cr_assert(hp_claim_c1.check(&experiment, &results));
    cr_assert_eq(results.count, 1);
    cr_assert_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
    cr_assert(strstr(results.run[0].reason, known[i].why), "%s", results.run[0].reason);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
  for (int patience = 0; patience < 400; patience = 2 * patience + 3) {
    hp_experiment experiment;
    hp_results results = {0};
    int left = patience;
    experiment_open(&experiment, "double-well", "hb", 6, 12);
    experiment.keep_going = stop;
    experiment.context = &left;
    cr_assert_not(hp_claim_c1.check(&experiment, &results));
    cr_assert_eq(results.count, 0);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}
