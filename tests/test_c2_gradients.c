#include "experiment.h"

static const char *const field[] = {"curl m_h", "curl ψ_h", "curl F_h"};

/* Rosenbrock: curl f'f'f at u_0 = (-1/2, 1/2) by hand. The published parts are -a lambda_bar^4 and
 * lambda_bar^4 (1 - lambda - 6a)/6 of it; lambda = 1/2. */
static void check(const char *method, double a) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "rosenbrock", method, 9, 15);
  cr_assert(hp_claim_c2.check(&experiment, &results));
  cr_assert_eq(results.count, 3);
  double curl = 0;
  for (size_t k = 0; k < 3; ++k) {
    const hp_run *run = run_named(&results, field[k]);
    cr_assert_eq(run->verdict, HP_PASS, "%s: %s", field[k], run->reason);
    cr_assert_geq(run->n_controls, 2);
  }
  /* 8/6 |curl f'f'f| for heavy ball */
  curl = 0.95833333333333333 * 6 / 8;
  for (size_t k = 0; k < 3; ++k) {
    const hp_run *run = run_named(&results, field[k]);
    double share = k < 2 ? 16 * a : 16 * fabs(0.5 - 6 * a) / 6;
    if (share > 0)
      cr_assert_float_eq(strtod(run->constant_predicted, NULL), share * curl, 1e-13);
    else if (k < 2)
      cr_assert_lt(strtod(run->constant_measured, NULL), 1e-25);
    cr_assert_float_eq(run->order_measured, share > 0 ? 2 : k == 2 ? 3 : 0, 0.001);
  }
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(c2_gradients, heavy_ball) {
  check("hb", 0);
}
Test(c2_gradients, nesterov) {
  check("nag", 0.5);
}
/* a = (1 - lambda)/6: the field first fails at h^3. */
Test(c2_gradients, coincidence) {
  check("a=1/12", 1 / 12.0);
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(c2_gradients, not_applicable_and_interrupted) {
  static const struct {
    const char *text, *method, *why;
  } known[] = {
      {"params = u\nloss = u^4\nstart = 1", "hb", "d = 1"},
      {"params = u, v\nloss = u^2+u*v+v^2\nstart = 1, 1", "hb", "quadratic"},
      {"params = u, v\nloss = u^4+u*v+v^2\nstart = 1, 1", "gd", "λ > 0"},
      {"params = u, v\nloss = u^4+v^4\nstart = 1, 1", "hb", "no curl"},
      {"params = u, v\nloss = 90*(u^4+u^2*v+v^4)\nstart = 1, 1", "hb", "above the existence"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    hp_experiment experiment;
    hp_results results = {0};
    char source[200];
    snprintf(source, sizeof source, "%s\nmomentum = 1/2\nhorizon = 2", known[i].text);
    experiment_parse(&experiment, source, known[i].method, 3, 6);
    cr_assert(hp_claim_c2.check(&experiment, &results));
    cr_assert_eq(results.run[0].verdict, HP_NOT_APPLICABLE, "%zu", i);
    cr_assert(strstr(results.run[0].reason, known[i].why), "%s", results.run[0].reason);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
  hp_experiment experiment;
  hp_results results = {0};
  int left = 0;
  experiment_open(&experiment, "rosenbrock", "hb", 6, 12);
  experiment.keep_going = stop;
  experiment.context = &left;
  cr_assert_not(hp_claim_c2.check(&experiment, &results));
  cr_assert_eq(results.count, 0);
  experiment_close(&experiment);
}
