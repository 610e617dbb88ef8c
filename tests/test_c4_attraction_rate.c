#include "experiment.h"

static void check(const char *problem, const char *method, double rate, double growth) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, problem, method, 9, 15);
  cr_assert(hp_claim_c4.check(&experiment, &results));
  cr_assert_eq(results.count, 2);
  for (size_t k = 0; k < 2; ++k) {
    cr_assert_eq(results.run[k].verdict, HP_PASS, "%s %s: %s", problem, results.run[k].observable,
                 results.run[k].reason);
    cr_assert_geq(results.run[k].n_controls, 4);
    for (size_t i = 0; i < results.run[k].n_controls; ++i)
      cr_assert(results.run[k].control[i].failed);
  }
  cr_assert_float_eq(strtod(results.run[0].constant_predicted, NULL), rate, 1e-12 * rate);
  if (growth > 0)
    cr_assert_float_eq(strtod(results.run[1].constant_predicted, NULL), growth, 1e-9 * growth);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* Double well at u* = 1, q = 2, lambda = 1/2: q (lambda lambda_bar - a)/lambda = 4 and 2. One
 * dimension: ln(W/W(0)) = (lambda_bar - a/lambda) int H dt = -(1 - a) ln(f(ubar(tau))/f(u_0)), as
 * f' f lambda_bar = d f/dt; tau = 4 2^-9. */
Test(c4_attraction_rate, double_well) {
  double t = 1 / 128.0, u = 0.3 / sqrt(0.09 + 0.91 * exp(-4 * t));
  double growth = log((u - u * u * u) / (0.3 - 0.027)) / t;
  check("double-well", "hb", 4, growth);
  check("double-well", "nag", 2, growth / 2);
}

/* Q5h: max over q = 1, 5 of q (lambda lambda_bar - a)/lambda. */
Test(c4_attraction_rate, quadratic) {
  check("quadratic-5-half", "hb", 10, 0);
  check("quadratic-5-half", "nag", 5, 0);
}

/* A valley of minimisers: the flat directions have z_fast = lambda, the steep one decides. */
Test(c4_attraction_rate, valley) {
  check("rosenbrock", "nag", 2.914213562373095, 0);
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(c4_attraction_rate, not_applicable_and_interrupted) {
  static const struct {
    const char *text, *method, *why;
    size_t run;
  } known[] = {
      {"params = u\nloss = u^4+u^2\nstart = 1", "gd", "λ > 0", 0},
      {"params = u\nloss = u^4+u^2\nstart = 0", "hb", "critical point", 0},
      {"params = u\nloss = exp(u)\nstart = 0", "hb", "no equilibrium", 0},
      {"params = u\nloss = u^4+u^2\nstart = 1/9", "a=1", "vanishes", 0},
      {"params = u\nloss = 500*u^2\nstart = 1", "hb", "spirals", 0},
      {"params = u\nloss = 500*u^2\nstart = 1", "hb", "no manifold", 1},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    hp_experiment experiment;
    hp_results results = {0};
    char source[200];
    snprintf(source, sizeof source, "%s\nmomentum = 1/2\nhorizon = 2", known[i].text);
    experiment_parse(&experiment, source, known[i].method, 3, 6);
    cr_assert(hp_claim_c4.check(&experiment, &results));
    const hp_run *run = &results.run[known[i].run];
    cr_assert_eq(run->verdict, HP_NOT_APPLICABLE, "%zu: %s", i, run->reason);
    cr_assert(strstr(run->reason, known[i].why), "%s", run->reason);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
  hp_experiment experiment;
  hp_results results = {0};
  int left = 0;
  experiment_open(&experiment, "rosenbrock", "hb", 6, 12);
  experiment.keep_going = stop;
  experiment.context = &left;
  cr_assert_not(hp_claim_c4.check(&experiment, &results));
  cr_assert_eq(results.count, 0);
  experiment_close(&experiment);
}
