#include "experiment.h"

Test(c3_manifold_expansion, six_orders) {
  static const char *const problem[] = {"double-well", "rosenbrock"}, *const method[] = {
                                                                          "hb", "nag", "a=1/3"};
  for (size_t p = 0; p < 2; ++p)
    for (size_t k = 0; k < 3; ++k) {
      hp_experiment experiment;
      hp_results results = {0};
      experiment_open(&experiment, problem[p], method[k], 7, 13);
      cr_assert(hp_claim_c3.check(&experiment, &results));
      cr_assert_eq(results.count, 6);
      for (size_t R = 1; R <= 6; ++R) {
        const hp_run *run = &results.run[R - 1];
        cr_assert_eq(run->verdict, HP_PASS, "%s %s %s: %s", problem[p], method[k], run->observable,
                     run->reason);
        cr_assert_eq(run->n_controls, 5);
        cr_assert_float_eq(run->order_measured, (double)R, 0.02);
        cr_assert_geq(digits_shown(run->row[3].value), 20);
      }
      hp_results_clear(&results);
      experiment_close(&experiment);
    }
}

/* Q5h, heavy ball: g_1 = -8 f'f = -8 q^2 u for each component, at ubar = e^{-2qt}, t = 1/4. */
Test(c3_manifold_expansion, quadratic_constant) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "quadratic-5-half", "hb", 9, 15);
  cr_assert(hp_claim_c3.check(&experiment, &results));
  cr_assert_eq(results.run[0].verdict, HP_PASS);
  double most = hypot(8 * exp(-0.5), 200 * exp(-2.5));
  cr_assert_float_eq(strtod(results.run[0].constant_predicted, NULL), most, 1e-12);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(c3_manifold_expansion, gradient_descent_has_no_layer) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "gd", 6, 12);
  cr_assert(hp_claim_c3.check(&experiment, &results));
  for (size_t i = 0; i < results.count; ++i) {
    cr_assert_eq(results.run[i].verdict, HP_PASS, "%s", results.run[i].reason);
    cr_assert_null(control_named(&results.run[i], "n = 1, in the initial layer"));
  }
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(c3_manifold_expansion, not_applicable_and_interrupted) {
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
    cr_assert(hp_claim_c3.check(&experiment, &results));
    cr_assert_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
    cr_assert(strstr(results.run[0].reason, known[i].why), "%s", results.run[0].reason);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
  for (int patience = 0; patience < 60; patience = 2 * patience + 3) {
    hp_experiment experiment;
    hp_results results = {0};
    int left = patience;
    experiment_open(&experiment, "double-well", "hb", 6, 12);
    experiment.keep_going = stop;
    experiment.context = &left;
    cr_assert_not(hp_claim_c3.check(&experiment, &results));
    cr_assert_eq(results.count, 0);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}
