#include "experiment.h"

static const hp_row *row_at(const hp_run *run, const char *h) {
  for (size_t i = 0; i < run->n_rows; ++i)
    if (strcmp(run->row[i].h, h) == 0)
      return &run->row[i];
  cr_assert_fail("no row %s", h);
  return NULL;
}

static void check(const char *problem, const char *method) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, problem, method, 6, 12);
  cr_assert(hp_claim_c5.check(&experiment, &results));
  cr_assert_eq(results.count, 5);
  for (size_t k = 0; k < 5; ++k) {
    const hp_run *run = &results.run[k];
    cr_assert_eq(run->verdict, HP_PASS, "%s %s %s: %s", problem, method, run->observable,
                 run->reason);
    cr_assert_geq(run->n_controls, 2);
    for (size_t i = 0; i < run->n_controls; ++i)
      cr_assert(run->control[i].failed, "%s: %s", run->observable, run->control[i].name);
  }
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(c5_stochastic, quadratics) {
  static const char *const method[] = {"hb", "nag", "gd", "a=1/3"};
  for (size_t i = 0; i < 4; ++i) {
    check("quadratic-5-half", method[i]);
    check("quadratic-5", method[i]);
  }
}

/* Published: lambda = 9/10, q = 5, s = 1/4, h = 2^-8, one dimension. */
Test(c5_stochastic, published_variance) {
  static const char *const method[] = {"hb", "nag"};
  static const char *const known[] = {"2.45401942550113659847075842116e-4",
                                      "2.08724014098464719881025146328e-4"};
  for (size_t i = 0; i < 2; ++i) {
    hp_experiment experiment;
    hp_results results = {0};
    experiment_parse(&experiment,
                     "params = u\nloss = 5*u^2/2\nstart = 1\nmomentum = 9/10\nhorizon = 2",
                     method[i], 6, 12);
    cr_assert(hp_claim_c5.check(&experiment, &results));
    const hp_row *row = row_at(run_named(&results, "Var_∞"), "2^-8");
    assert_digits(row->value, known[i], 24, "Var_inf");
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(c5_stochastic, not_applicable_and_interrupted) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "hb", 6, 12);
  cr_assert(hp_claim_c5.check(&experiment, &results));
  cr_assert_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
  cr_assert(strstr(results.run[0].reason, "not quadratic"));
  hp_results_clear(&results);
  experiment_close(&experiment);
  /* a saddle has no stationary distribution; too large a step has none either */
  static const char *const text[] = {"u^2 - v^2", "700*u^2 + 700*v^2"};
  static const char *const why[] = {"not positive", "unstable"};
  for (size_t i = 0; i < 2; ++i) {
    char source[200];
    snprintf(source, sizeof source,
             "params = u, v\nloss = %s\nstart = 1, 1/2\nmomentum = 1/2\nhorizon = 1", text[i]);
    experiment_parse(&experiment, source, "hb", 4, 6);
    cr_assert(hp_claim_c5.check(&experiment, &results));
    const hp_run *run = run_named(&results, "Var_∞");
    cr_assert_eq(run->verdict, HP_NOT_APPLICABLE);
    cr_assert(strstr(run->reason, why[i]), "%s", run->reason);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
  experiment_parse(&experiment, "params = u\nloss = 3*u\nstart = 1\nmomentum = 1/2\nhorizon = 1",
                   "hb", 4, 6);
  cr_assert(hp_claim_c5.check(&experiment, &results));
  cr_assert(strstr(results.run[0].reason, "no critical point"));
  hp_results_clear(&results);
  experiment_close(&experiment);
  for (int patience = 0; patience < 9; patience += 8) {
    int left = patience;
    experiment_open(&experiment, "quadratic-5", "hb", 6, 12);
    experiment.keep_going = stop;
    experiment.context = &left;
    cr_assert_not(hp_claim_c5.check(&experiment, &results));
    cr_assert_eq(results.count, 0);
    experiment_close(&experiment);
  }
}
