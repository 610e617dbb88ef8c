#include "experiment.h"
#include "network.h"

static void conclude(const hp_results *results, hp_verdict verdict) {
  for (size_t i = 0; i < results->count; ++i) {
    const hp_run *run = &results->run[i];
    cr_assert_eq(run->verdict, verdict, "%s: %s: %s", run->observable,
                 hp_verdict_text(run->verdict), run->reason);
    if (verdict == HP_PASS)
      cr_assert_null(hp_claim_control_that_passed(run), "%s", run->observable);
  }
}

/* e1 and e2 of tests/data/dln.txt for eps = 2^-3 .. 2^-10 to 20 digits, and sup|E|. */
Test(b1_discretisation, published_values) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "diagonal-linear", "hb", 3, 10);
  cr_assert(hp_claim_b1.check(&experiment, &results));
  conclude(&results, HP_PASS);
  const hp_run *first = run_named(&results, "e1"), *second = run_named(&results, "e2");
  for (int k = 3; k <= 10; ++k) {
    char begin[64], number[2][64];
    snprintf(begin, sizeof begin, "MGD->MGF lam=.5 eps=2^-%d ", k);
    char *line = published_line(begin, "sup err");
    cr_assert_eq(sscanf(strstr(line, "MGF(lam): ") + 10, "%63s", number[0]), 1);
    cr_assert_eq(sscanf(strstr(line, "w'0): ") + 6, "%63s", number[1]), 1);
    assert_digits(first->row[k - 3].value, number[0], 20, begin);
    assert_digits(second->row[k - 3].value, number[1], 20, begin);
    free(line);
  }
  assert_digits(first->constant_predicted, "0.2772549515", 10, "max|E|");
  cr_assert(control_named(second, "λ in place of λ_eff")->failed);
  cr_assert(control_named(second, "λ_eff from rest, W'(0) = 0")->failed);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* F = w^2/2, lambda = 1/2: w = e^-t (cos t + sin t), and the terms solve linear equations; here only
 * that order and constants are found. */
Test(b1_discretisation, quadratic) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = x\nloss = x^2/2\nstart = 3\nmomentum = 1/2\nhorizon = 2\n", "hb", 5,
                   11);
  cr_assert(hp_claim_b1.check(&experiment, &results));
  conclude(&results, HP_PASS);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static void verdict_of(const char *source, const char *method, int last, hp_verdict verdict,
                       const char *reason) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment, source, method, 5, last);
  cr_assert(hp_claim_b1.check(&experiment, &results));
  cr_assert_eq(results.count, 2);
  conclude(&results, verdict);
  cr_assert(strstr(results.run[0].reason, reason), "%s", results.run[0].reason);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(b1_discretisation, not_applicable) {
  static const char *const quadratic =
      "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n";
  verdict_of(quadratic, "nag", 6, HP_NOT_APPLICABLE, "a = 0");
  verdict_of(quadratic, "gd", 6, HP_NOT_APPLICABLE, "momentum of the experiment");
  verdict_of("params = x\nloss = x^4/4\nstart = 0\nmomentum = 1/2\nhorizon = 1\n", "hb", 6,
             HP_NOT_APPLICABLE, "critical point");
  verdict_of("params = x\nloss = -x^4/4\nstart = 2\nmomentum = 1/8\nhorizon = 4\n", "hb", 6,
             HP_NOT_APPLICABLE, "leaves every bound");
}

Test(b1_discretisation, few_steps) {
  verdict_of("params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 7,
             HP_NOT_ASYMPTOTIC, "step sizes");
}

/* eps >= lambda is no descent: such steps are left out. */
Test(b1_discretisation, large_steps_are_left_out) {
  verdict_of("params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/40\nhorizon = 1\n", "hb", 9,
             HP_NOT_ASYMPTOTIC, "steps left out");
}

static bool never(void *context) {
  (void)context;
  return false;
}

Test(b1_discretisation, interrupted) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "hb", 6, 12);
  experiment.keep_going = never;
  cr_assert_not(hp_claim_b1.check(&experiment, &results));
  cr_assert_eq(results.count, 0);
  hp_results_clear(&results);
  experiment_close(&experiment);
}
