#include "experiment.h"

static void check_problem(const char *source, const char *method, hp_verdict verdict,
                          const char *reason) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment, source, method, 5, 11);
  cr_assert(hp_claim_b2.check(&experiment, &results));
  cr_assert_eq(results.count, 2);
  for (size_t i = 0; i < 2; ++i) {
    const hp_run *run = &results.run[i];
    cr_assert_eq(run->verdict, verdict, "%s: %s", run->observable, run->reason);
    cr_assert(strstr(run->reason, reason), "%s", run->reason);
    if (verdict == HP_PASS) {
      cr_assert_null(hp_claim_control_that_passed(run), "%s", run->observable);
      cr_assert_geq(run->n_controls, 5);
    }
  }
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(b2_acceleration, well) {
  check_problem("params = x\nloss = (x^2-1)^2/4\nstart = 3/10\nmomentum = 1/2\nhorizon = 2\n", "hb",
                HP_PASS, "");
}

Test(b2_acceleration, two_dimensions) {
  check_problem("params = x, y\nloss = log(1 + exp(x - y)) + x^2 + y^2/4\nstart = 1, -1\n"
                "momentum = 3/4\nhorizon = 2\n",
                "hb", HP_PASS, "");
}

Test(b2_acceleration, not_applicable) {
  check_problem("params = x\nloss = x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "nag",
                HP_NOT_APPLICABLE, "a = 0");
  check_problem("params = x\nloss = x^2\nstart = 0\nmomentum = 1/2\nhorizon = 1\n", "hb",
                HP_NOT_APPLICABLE, "critical point");
  check_problem("params = x\nloss = -x^4/4\nstart = 2\nmomentum = 1/8\nhorizon = 4\n", "hb",
                HP_NOT_APPLICABLE, "leaves every bound");
}

static bool never(void *context) {
  (void)context;
  return false;
}

Test(b2_acceleration, interrupted) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "hb", 6, 12);
  experiment.keep_going = never;
  cr_assert_not(hp_claim_b2.check(&experiment, &results));
  cr_assert_eq(results.count, 0);
  hp_results_clear(&results);
  experiment_close(&experiment);
}
