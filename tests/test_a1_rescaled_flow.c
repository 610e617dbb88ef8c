#include "experiment.h"

/* E1 of tests/data/table_*.jsonl for k = 6..12 to 20 digits, max|E| of tests/data/limits.json to the
 * digits given there, and what is concluded. */

static void assert_table(const hp_run *run, const char *instance, const char *method) {
  char path[128], line[2048];
  size_t compared = 0;
  snprintf(path, sizeof path, "tests/data/table_%s.jsonl", instance);
  FILE *file = fopen(path, "r");
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    json_t *row = json_loads(line, 0, NULL);
    cr_assert(row);
    if (strcmp(json_string_value(json_object_get(row, "method")), method_name(method)) == 0) {
      size_t k = (size_t)json_integer_value(json_object_get(row, "k"));
      char what[128];
      snprintf(what, sizeof what, "E1 of %s %s at 2^-%zu", instance, method, k);
      const hp_row *ours = &run->row[k - 6];
      const char *published = json_string_value(json_object_get(row, "E1"));
      assert_digits(ours->value, published, 20, what);
      assert_digits(ours->low, published, 20, what);
      assert_digits(ours->high, published, 20, what);
      ++compared;
    }
    json_decref(row);
  }
  fclose(file);
  cr_assert_eq(compared, 7);
}

static void assert_limit(const hp_run *run, const char *instance, const char *method) {
  /* the published limit of DW, HB ends in ..7494; its closed form, below, is ..749291 */
  bool off = strcmp(instance, "DW") == 0 && strcmp(method, "hb") == 0;
  json_t *limits = json_load_file("tests/data/limits.json", 0, NULL), *limit;
  size_t i, compared = 0;
  json_array_foreach(limits, i, limit) {
    if (strcmp(json_string_value(json_object_get(limit, "inst")), instance) ||
        strcmp(json_string_value(json_object_get(limit, "method")), method_name(method)))
      continue;
    const char *published = json_string_value(json_array_get(json_object_get(limit, "E1"), 0));
    assert_digits(run->constant_predicted, published, off ? 14 : 99, "max|E|");
    ++compared;
  }
  json_decref(limits);
  cr_assert_geq(compared, 1);
}

static void reproduce(const char *name, const char *instance, const char *method,
                      hp_verdict verdict) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, name, method, 6, 12);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  cr_assert_eq(results.count, 1);
  const hp_run *run = &results.run[0];
  assert_table(run, instance, method);
  assert_limit(run, instance, method);
  cr_assert_eq(run->verdict, verdict, "%s %s: %s: %s", name, method, hp_verdict_text(run->verdict),
               run->reason);
  cr_assert(run->bound_holds);
  if (verdict == HP_PASS)
    cr_assert_null(hp_claim_control_that_passed(run));
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* In one dimension E = -lambda_bar^2 f [lambda + alpha ln(f/f(u_0))] along the flow; for f = u - u^3 from
 * 3/10 it is largest where f is, 2/(3 sqrt 3) = f_max:
 *     4 f_max [1/2 + alpha ln(f_max/0.273)],   alpha = 3/4 (hb), 1/2 (nag). */
Test(a1_rescaled_flow, double_well_closed_form) {
  for (int nag = 0; nag < 2; ++nag) {
    hp_experiment experiment;
    hp_results results = {0};
    char text[64];
    mpfr_t fmax, ratio;
    mpfr_inits2(200, fmax, ratio, NULL);
    mpfr_sqrt_ui(fmax, 3, MPFR_RNDN);
    mpfr_mul_ui(fmax, fmax, 3, MPFR_RNDN);
    mpfr_ui_div(fmax, 2, fmax, MPFR_RNDN);
    mpfr_mul_ui(ratio, fmax, 1000, MPFR_RNDN);
    mpfr_div_ui(ratio, ratio, 273, MPFR_RNDN);
    mpfr_log(ratio, ratio, MPFR_RNDN);
    mpfr_mul_d(ratio, ratio, nag ? 0.5 : 0.75, MPFR_RNDN);
    mpfr_add_d(ratio, ratio, 0.5, MPFR_RNDN);
    mpfr_mul(ratio, ratio, fmax, MPFR_RNDN);
    mpfr_mul_ui(ratio, ratio, 4, MPFR_RNDN);
    mpfr_snprintf(text, sizeof text, "%.40Re", ratio);
    experiment_open(&experiment, "double-well", nag ? "nag" : "hb", 6, 7);
    experiment.digits = 40;
    cr_assert(hp_claim_a1.check(&experiment, &results));
    assert_digits(results.run[0].constant_predicted, text, 39, "max|E|");
    mpfr_clears(fmax, ratio, NULL);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}

Test(a1_rescaled_flow, double_well) {
  reproduce("double-well", "DW", "hb", HP_PASS);
  reproduce("double-well", "DW", "nag", HP_PASS);
}

Test(a1_rescaled_flow, quadratic_5_half) {
  reproduce("quadratic-5-half", "Q5h", "hb", HP_PASS);
  reproduce("quadratic-5-half", "Q5h", "nag", HP_PASS);
}

/* c h L = 0.1 and more at the finest step: the order is not to be seen yet, and that is said. */
Test(a1_rescaled_flow, quadratic_5) {
  reproduce("quadratic-5", "Q5", "hb", HP_NOT_ASYMPTOTIC);
  reproduce("quadratic-5", "Q5", "nag", HP_NOT_ASYMPTOTIC);
}

Test(a1_rescaled_flow, quadratic_10) {
  reproduce("quadratic-10", "Q10", "hb", HP_NOT_ASYMPTOTIC);
  reproduce("quadratic-10", "Q10", "nag", HP_NOT_ASYMPTOTIC);
}

Test(a1_rescaled_flow, logistic) {
  reproduce("logistic", "LOG", "hb", HP_PASS);
  reproduce("logistic", "LOG", "nag", HP_PASS);
}

/* d = 1: E(t) = -lambda_bar^2 f(ubar) [lambda + alpha ln(f(ubar)/f(u_0))]; for f = -u, lambda = 0
 * (alpha = 1/2): E = t e^-t / 2 . u_0, largest at t = 1. */
Test(a1_rescaled_flow, gradient_descent) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = x\nloss = x^2/2\nstart = 3\nmomentum = 1/2\nhorizon = 2\n", "gd", 6,
                   12);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  const hp_run *run = &results.run[0];
  cr_assert_eq(run->verdict, HP_PASS, "%s", run->reason);
  mpfr_t exact;
  mpfr_init2(exact, 200);
  mpfr_set_si(exact, -1, MPFR_RNDN);
  mpfr_exp(exact, exact, MPFR_RNDN);
  mpfr_mul_d(exact, exact, 1.5, MPFR_RNDN);
  char text[64];
  mpfr_snprintf(text, sizeof text, "%.30Re", exact);
  assert_digits(run->constant_predicted, text, 24, "max|E|");
  cr_assert_null(control_named(run, "no 1/(1-λ) rescaling"));
  mpfr_clear(exact);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

Test(a1_rescaled_flow, general_look_ahead) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "a=3/10", 6, 12);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  const hp_run *run = &results.run[0];
  cr_assert_eq(run->verdict, HP_PASS, "%s", run->reason);
  cr_assert_str_eq(run->a, "3/10");
  cr_assert(control_named(run, "α without the a-term")->failed);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static hp_verdict verdict_of(const char *source, int first, int last, const char *reason) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment, source, "hb", first, last);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  cr_assert_eq(results.count, 1);
  hp_verdict verdict = results.run[0].verdict;
  cr_assert(strstr(results.run[0].reason, reason), "%s", results.run[0].reason);
  hp_results_clear(&results);
  experiment_close(&experiment);
  return verdict;
}

Test(a1_rescaled_flow, blow_up_is_not_applicable) {
  cr_assert_eq(verdict_of("params = x\nloss = -x^4/4\nstart = 1\nmomentum = 1/2\nhorizon = 2\n", 6,
                          12, "leaves every bound"),
               HP_NOT_APPLICABLE);
}

Test(a1_rescaled_flow, rest_is_not_applicable) {
  cr_assert_eq(verdict_of("params = x\nloss = x^4/4\nstart = 0\nmomentum = 1/2\nhorizon = 2\n", 6,
                          12, "critical point"),
               HP_NOT_APPLICABLE);
}

Test(a1_rescaled_flow, few_steps_are_not_asymptotic) {
  const char *source = "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n";
  cr_assert_eq(verdict_of(source, 6, 7, "2 step sizes"), HP_NOT_ASYMPTOTIC);
  cr_assert_eq(verdict_of(source, 6, 9, "ends at 2^-12"), HP_NOT_ASYMPTOTIC);
}

/* f = -100 u: the flow is tame, but the heavy ball is unstable at h = 1/32. */
Test(a1_rescaled_flow, unstable_steps_are_judged) {
  cr_assert_eq(
      verdict_of("params = x\nloss = 50*x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", 5, 11, "α"),
      HP_NOT_ASYMPTOTIC);
}

/* f = -400 u^3: once |u| is large it is cubed at every step, past the exponents of MPFR. */
Test(a1_rescaled_flow, steps_that_leave_every_bound) {
  const char *source = "params = x\nloss = 100*x^4\nstart = 10\nmomentum = 1/2\nhorizon = 1\n";
  cr_assert_eq(verdict_of(source, 6, 7, "leave every bound at every step"), HP_NOT_ASYMPTOTIC);
}

/* h = 1/32 diverges from 10, finer steps do not. */
Test(a1_rescaled_flow, coarse_steps_are_left_out) {
  const char *source = "params = x\nloss = x^4\nstart = 10\nmomentum = 1/2\nhorizon = 2\n";
  cr_assert_eq(verdict_of(source, 5, 9, "steps left out, at which the iterates leave every bound"),
               HP_NOT_ASYMPTOTIC);
}

/* u - 1000 is 10^-20 e^{2t} along the flow: E1 is that small beside |u|, and 25 digits of it need far
 * more than 25 of u. The order and the constant are those of x^2/2 with the sign changed. */
Test(a1_rescaled_flow, digits_lost_by_cancellation_are_made_good) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = x\nloss = -(x - 1000)^2/2\nstart = 1000 + 10^(-20)\n"
                   "momentum = 1/2\nhorizon = 1\n",
                   "hb", 6, 12);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  const hp_run *run = &results.run[0];
  cr_assert_eq(run->verdict, HP_PASS, "%s", run->reason);
  /* E(1) = -10^-20 lambda_bar^2 e^2 (lambda + alpha 2) = -8 e^2 10^-20 */
  mpfr_t exact;
  char text[64];
  mpfr_init2(exact, 200);
  mpfr_set_ui(exact, 2, MPFR_RNDN);
  mpfr_exp(exact, exact, MPFR_RNDN);
  mpfr_mul_ui(exact, exact, 8, MPFR_RNDN);
  mpfr_div_ui(exact, exact, 10000000000, MPFR_RNDN);
  mpfr_div_ui(exact, exact, 10000000000, MPFR_RNDN);
  mpfr_snprintf(text, sizeof text, "%.40Re", exact);
  assert_digits(run->constant_predicted, text, 24, "max|E|");
  cr_assert_eq(strlen(run->row[6].value), strlen("1.000000000000000000000000e-20"));
  mpfr_clear(exact);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

/* f is not defined on the whole declared box: there is no bound to compare with, and none is shown. */
Test(a1_rescaled_flow, no_bound_where_f_is_undefined) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_parse(&experiment,
                   "params = x\nloss = x*log(x)\nstart = 1\nmomentum = 1/2\nhorizon = 1\n"
                   "box = -1..2\n",
                   "hb", 6, 8);
  cr_assert(hp_claim_a1.check(&experiment, &results));
  cr_assert_not(results.run[0].has_bound);
  cr_assert_null(results.run[0].row[0].bound);
  hp_results_clear(&results);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  int *left = context;
  return --*left > 0;
}

Test(a1_rescaled_flow, interruption_appends_nothing) {
  for (int patience = 1; patience < 100; patience += 7) {
    hp_experiment experiment;
    hp_results results = {0};
    int left = patience;
    experiment_open(&experiment, "double-well", "nag", 6, 12);
    experiment.keep_going = stop;
    experiment.context = &left;
    cr_assert_not(hp_claim_a1.check(&experiment, &results));
    cr_assert_eq(results.count, 0);
    hp_results_clear(&results);
    experiment_close(&experiment);
  }
}
