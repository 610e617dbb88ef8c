#include "experiment.h"

/* tests/data/manifold.txt and what is concluded from it. */

static const char *value_at(const hp_curve *curve, double x) {
  for (size_t i = 0; i < curve->n_points; ++i)
    if (strtod(curve->point[i].x, NULL) == x)
      return curve->point[i].y;
  cr_assert_fail("no point at %g on %s", x, curve->name);
  return NULL;
}

static void check(hp_experiment *experiment, hp_results *results) {
  cr_assert(hp_claim_a3.check(experiment, results));
}

/* Every published distance at h = 2^-power, and the ratio of the step behind it. */
static size_t assert_distances(const hp_results *results, const char *method) {
  const hp_run *run = run_named(results, "d_n");
  FILE *file = fopen("tests/data/manifold.txt", "r");
  char line[512], name[64] = "", found[8], distance[64], ratio[64];
  size_t compared = 0;
  int power, n;
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    const hp_curve *curve = *name ? curve_named(run, name) : NULL;
    if (sscanf(line, "DW lam 0.5 %7s h=2^-%d", found, &power) == 2) {
      snprintf(name, sizeof name, "|w_n|, h = 2^-%d", power);
      if (strcmp(found, method_name(method)))
        *name = 0;
    } else if (*name && sscanf(line, " n= %d d_n=%63s ratio=%63s", &n, distance, ratio) == 3) {
      char text[64];
      cr_assert(curve, "no curve %s", name);
      const char *here = value_at(curve, n), *next = value_at(curve, n + 1);
      assert_digits(here, distance, 24, name);
      mpfr_t a, b;
      mpfr_inits2(200, a, b, NULL);
      mpfr_set_str(a, here, 10, MPFR_RNDN);
      mpfr_set_str(b, next, 10, MPFR_RNDN);
      mpfr_div(a, b, a, MPFR_RNDN);
      mpfr_snprintf(text, sizeof text, "%.20Re", a);
      assert_digits(text, ratio, 14, name); /* published as a double */
      mpfr_clears(a, b, NULL);
      ++compared;
    }
  }
  fclose(file);
  return compared;
}

Test(a3_invariant_manifold, double_well) {
  static const char *const method[] = {"hb", "nag"};
  for (size_t i = 0; i < 2; ++i) {
    hp_experiment experiment;
    hp_results results = {0};
    experiment_open(&experiment, "double-well", method[i], 5, 11);
    check(&experiment, &results);
    cr_assert_eq(results.count, 3);
    for (size_t k = 0; k < 3; ++k)
      cr_assert_eq(results.run[k].verdict, HP_PASS, "%s: %s", results.run[k].observable,
                   results.run[k].reason);
    cr_assert_eq(assert_distances(&results, method[i]), 24);
    cr_assert(run_named(&results, "d_n")->bound_holds);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}

/* z_slow, z_fast and mu of the components q = 1 and q = 5 at every step that is used. */
static size_t assert_roots(const hp_results *results, const char *method) {
  const hp_run *run = run_named(results, "|m_h-λ̄f|");
  FILE *file = fopen("tests/data/manifold.txt", "r");
  char line[512], found[8], slow[64], fast[64], slope[64];
  size_t compared = 0;
  int q, power;
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    if (sscanf(line, "roots 0.5 %7s q %d k %d z_slow %63s z_fast %63s mu %63s", found, &q, &power,
               slow, fast, slope) != 6 ||
        strcmp(found, method_name(method)) || power > 12 || power < (strcmp(method, "hb") ? 7 : 6))
      continue;
    const char *const published[] = {slow, fast, slope};
    static const char *const what[] = {"z_slow", "z_fast", "slope μ of the manifold"};
    for (size_t i = 0; i < 3; ++i) {
      char name[96];
      snprintf(name, sizeof name, "%s, q = %d", what[i], q);
      const hp_curve *curve = curve_named(run, name);
      cr_assert(curve, "no curve %s", name);
      /* the published ones are given to 25 digits and to 22 decimals */
      assert_digits(value_at(curve, 1.0 / (1 << power)), published[i], i < 2 ? 99 : 22, name);
      ++compared;
    }
  }
  fclose(file);
  return compared;
}

Test(a3_invariant_manifold, quadratic_5_half) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "quadratic-5-half", "hb", 6, 12);
  experiment.digits = 28;
  check(&experiment, &results);
  for (size_t k = 0; k < 3; ++k)
    cr_assert_eq(results.run[k].verdict, HP_PASS, "%s: %s", results.run[k].observable,
                 results.run[k].reason);
  cr_assert_eq(assert_roots(&results, "hb"), 42);
  cr_assert(control_named(&results.run[0], "h above the manifold threshold")->failed);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* At 2^-6 the step is above Nesterov's h_0: six steps are left, which is said. */
Test(a3_invariant_manifold, quadratic_5_half_nesterov) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "quadratic-5-half", "nag", 6, 12);
  experiment.digits = 28;
  check(&experiment, &results);
  cr_assert_eq(results.run[0].verdict, HP_PASS);
  cr_assert_eq(results.run[1].verdict, HP_NOT_ASYMPTOTIC);
  cr_assert(strstr(results.run[1].reason, "1 of 7 steps are above the existence threshold"));
  cr_assert_eq(assert_roots(&results, "nag"), 36);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(a3_invariant_manifold, logistic) {
  static const struct {
    double n;
    const char *distance;
  } published[] = {{0, "3.342442943340040315592749e+00"},
                   {10, "1.234805555020918952838953e+00"},
                   {20, "4.562123885671606455906159e-01"},
                   {40, "6.225940197102213701184850e-02"},
                   {80, "1.156070694729486790387901e-03"}};
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "logistic", "hb", 9, 9);
  check(&experiment, &results);
  const hp_curve *curve = curve_named(&results.run[0], "|w_n|, h = 2^-9");
  cr_assert(curve);
  for (size_t i = 0; i < 5; ++i)
    assert_digits(value_at(curve, published[i].n), published[i].distance, 99, "LOG d_n");
  cr_assert_eq(results.run[0].verdict, HP_PASS, "%s", results.run[0].reason);
  cr_assert_eq(results.run[1].verdict, HP_NOT_ASYMPTOTIC);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static void assert_not_applicable(hp_experiment *experiment, const char *reason) {
  hp_results results = {0};
  check(experiment, &results);
  cr_assert_eq(results.count, 1);
  cr_assert_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
  cr_assert(strstr(results.run[0].reason, reason), "%s", results.run[0].reason);
  hp_results_clear(&results);
  experiment_close(experiment);
}

Test(a3_invariant_manifold, gradient_descent_is_not_applicable) {
  hp_experiment experiment;
  experiment_open(&experiment, "double-well", "gd", 6, 7);
  assert_not_applicable(&experiment, "λ > 0");
}

/* h_0 = 0.00263/10 at lambda = 9/10 */
Test(a3_invariant_manifold, above_the_threshold_is_not_applicable) {
  hp_experiment experiment;
  experiment_open(&experiment, "quadratic-10", "hb", 6, 8);
  assert_not_applicable(&experiment, "a step of 2^-12 or finer would do");
}

Test(a3_invariant_manifold, rest_is_not_applicable) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = x^4/4\nstart = 0\nmomentum = 1/2\nhorizon = 2\n", "hb", 6,
                   7);
  assert_not_applicable(&experiment, "critical point");
}

/* Backwards in time u' = -100 u^5 reaches infinity from 1 within 1/800: there is no orbit of that
 * length behind u_0. */
Test(a3_invariant_manifold, no_orbit_is_not_applicable) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = 100*x^6/6\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb",
                   13, 13);
  assert_not_applicable(&experiment, "no orbit");
}

/* a = lambda lambda_bar = 1 at lambda = 1/2: the first order of the attraction factor vanishes. */
Test(a3_invariant_manifold, vanishing_rate_is_not_applicable) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "a=1", 6, 12);
  check(&experiment, &results);
  cr_assert_eq(run_named(&results, "d_n")->verdict, HP_PASS, "%s", results.run[0].reason);
  cr_assert_eq(run_named(&results, "|w_1-λw_0|/|w_0|")->verdict, HP_NOT_APPLICABLE);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* Phi = x + y^2: the flat direction has the roots 1 and lambda, whatever h is. */
Test(a3_invariant_manifold, flat_direction) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = x, y\nloss = x + y^2\nstart = 1, 1\nmomentum = 1/2\nhorizon = 1\n",
                   "hb", 6, 12);
  check(&experiment, &results);
  cr_assert_eq(results.run[0].verdict, HP_PASS, "%s", results.run[0].reason);
  const hp_curve *curve = curve_named(&results.run[1], "z_slow, q = 0");
  cr_assert(curve);
  assert_digits(value_at(curve, 1.0 / 64), "1", 25, "z_slow");
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(a3_invariant_manifold, constant_field_is_not_applicable) {
  hp_experiment experiment;
  experiment_parse(&experiment, "params = x\nloss = 3*x\nstart = 1\nmomentum = 1/2\nhorizon = 1\n",
                   "hb", 6, 7);
  assert_not_applicable(&experiment, "f is constant");
}

static bool stop(void *context) {
  int *left = context;
  return --*left > 0;
}

Test(a3_invariant_manifold, interruption_appends_nothing) {
  for (int patience = 1; patience < 60; patience += 9) {
    hp_experiment experiment;
    hp_results results = {0};
    int left = patience;
    experiment_open(&experiment, "double-well", "hb", 6, 7);
    experiment.keep_going = stop;
    experiment.context = &left;
    cr_assert_not(hp_claim_a3.check(&experiment, &results));
    cr_assert_eq(results.count, 0);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}
