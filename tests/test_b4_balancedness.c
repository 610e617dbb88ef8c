#include "experiment.h"

static void check_cell(hp_experiment *experiment, hp_results *results) {
  experiment->digits = 20;
  cr_assert(hp_claim_b4.check(experiment, results));
}

static void assert_passes(const hp_results *results) {
  for (size_t i = 0; i < results->count; ++i) {
    const hp_run *run = &results->run[i];
    cr_assert_eq(run->verdict, HP_PASS, "%s: %s", run->observable, run->reason);
    cr_assert_null(hp_claim_control_that_passed(run), "%s", run->observable);
    cr_assert_geq(run->n_controls, 2, "%s", run->observable);
    cr_assert(run->bound_holds || !run->has_bound);
  }
}

Test(b4_balancedness, built_in) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "diagonal-linear", "hb", 6, 12);
  check_cell(&experiment, &results);
  cr_assert_eq(results.count, 3);
  assert_passes(&results);
  const hp_run *run = run_named(&results, "Δ_∞");
  cr_assert_eq(run->n_rows, 6);
  cr_assert_eq(run->n_curves, 3);
  cr_assert(strstr(run->reason, "3 zero crossings"), "%s", run->reason);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* Another network than the built-in one: four unknowns, one of them free. */
Test(b4_balancedness, other_data) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "data t = [a, b, c, d, y; 1, 0, 1/2, -1, 1; 0, 1, 1, 1/3, -1/2; "
                   "1/2, 1/2, 0, 1, 1/4]\ndiagonal-linear = t: a, b, c, d -> y\n"
                   "start_u = 1/2, 1/3, 2/5, 1/2\nstart_v = 1/5, 0, -1/4, 1/10\n"
                   "momentum = 2/5\nhorizon = 2\n",
                   "hb", 6, 12);
  check_cell(&experiment, &results);
  for (size_t i = 0; i < results.count; ++i)
    cr_assert_eq(results.run[i].verdict, HP_PASS, "%s: %s", results.run[i].observable,
                 results.run[i].reason);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(b4_balancedness, not_applicable) {
  static const struct {
    const char *source, *method, *reason;
  } of[] = {
      {"params = x\nloss = x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb",
       "not a diagonal linear network"},
      {"params = x\nloss = x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "nag", "a = 0"},
      {"data t = [a, y; 1, 1]\ndiagonal-linear = t: a -> y\nstart_u = 1\nstart_v = 1\n"
       "momentum = 1/2\nhorizon = 1\n",
       "hb", "stays so"},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; ++i) {
    hp_experiment experiment;
    hp_results results = {0};
    experiment_parse(&experiment, of[i].source, of[i].method, 6, 8);
    check_cell(&experiment, &results);
    for (size_t k = 0; k < results.count; ++k) {
      cr_assert_eq(results.run[k].verdict, HP_NOT_APPLICABLE);
      cr_assert(strstr(results.run[k].reason, of[i].reason), "%s", results.run[k].reason);
    }
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}

static bool never(void *context) {
  (void)context;
  return false;
}

Test(b4_balancedness, interrupted) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "diagonal-linear", "hb", 6, 12);
  experiment.keep_going = never;
  cr_assert_not(hp_claim_b4.check(&experiment, &results));
  cr_assert_eq(results.count, 0);
  hp_results_clear(&results);
  experiment_close(&experiment);
}
