#include "command.h"
#include <jansson.h>
#include <mpfr.h>

/* integrate gradient against closed forms of the rescaled flow:
 *     double well   u(t) = u_0 / sqrt(u_0^2 + (1 - u_0^2) e^{-2 t lambda_bar})
 *     quadratic     u(t) = e^{-q t lambda_bar} u_0 */

static const char *state(const json_t *json, const char *key, size_t k) {
  const char *text = json_string_value(json_array_get(json_object_get(json, key), k));
  cr_assert_not_null(text, "%s[%zu]", key, k);
  return text;
}

static json_t *parse(const command_result *result) {
  json_t *json = json_loads(result->out, 0, NULL);
  cr_assert_eq(result->code, 0, "%s", result->err);
  cr_assert_not_null(json, "%s", result->out);
  return json;
}

/* The text has `digits` significant digits and all are correct: |text - exact| <= 10^(1-digits)
 * |exact|, one unit in the last place. */
static void expect_digits(const char *text, const mpfr_t exact, long digits) {
  mpfr_t x, unit;
  mpfr_inits2(4000, x, unit, NULL);
  mpfr_set_str(x, text, 10, MPFR_RNDN);
  mpfr_sub(x, x, exact, MPFR_RNDN);
  mpfr_div(x, x, exact, MPFR_RNDN);
  mpfr_set_si(unit, 1 - digits, MPFR_RNDN);
  mpfr_exp10(unit, unit, MPFR_RNDN);
  cr_expect_leq(mpfr_cmpabs(x, unit), 0, "%s: relative error %g", text, mpfr_get_d(x, MPFR_RNDN));
  long shown = 0;
  for (const char *c = text; *c && *c != 'e'; ++c)
    shown += *c >= '0' && *c <= '9';
  cr_expect_eq(shown, digits, "%s shows %ld digits", text, shown);
  mpfr_clears(x, unit, NULL);
}

/* u_0 = 3/10 */
static void double_well(mpfr_t u, long t, long lambda_bar) {
  mpfr_t e;
  mpfr_init2(e, mpfr_get_prec(u));
  mpfr_set_si(e, -2 * t * lambda_bar, MPFR_RNDN);
  mpfr_exp(e, e, MPFR_RNDN);
  mpfr_mul_ui(e, e, 91, MPFR_RNDN); /* (9 + 91 e) / 100 */
  mpfr_add_ui(e, e, 9, MPFR_RNDN);
  mpfr_rec_sqrt(e, e, MPFR_RNDN);
  mpfr_mul_ui(u, e, 3, MPFR_RNDN);
  mpfr_clear(e);
}

static void expect_double_well(const char *digits_text, long digits) {
  mpfr_t u;
  mpfr_init2(u, 4000);
  command_result result = command_run("integrate", "gradient", "--problem", "double-well", "--time",
                                      "2", "--at", "1", "--digits", digits_text, "--json", "-");
  json_t *json = parse(&result);
  cr_expect_str_eq(json_string_value(json_object_get(json, "schema")), "heavyproof.flow/1");
  cr_expect_str_eq(json_string_value(json_object_get(json, "momentum")), "1/2");
  cr_expect_eq(json_integer_value(json_object_get(json, "digits")), digits);
  cr_expect_gt(json_integer_value(json_object_get(json, "steps")), 0);
  cr_expect_gt(json_integer_value(json_object_get(json, "order")), 0);
  double_well(u, 2, 2);
  expect_digits(state(json, "u", 0), u, digits);
  const json_t *states = json_object_get(json, "states");
  cr_assert_eq(json_array_size(states), 2);
  double_well(u, 1, 2);
  cr_expect_str_eq(json_string_value(json_object_get(json_array_get(states, 0), "t")), "1");
  expect_digits(state(json_array_get(states, 0), "u", 0), u, digits);
  json_decref(json);
  command_free(&result);
  mpfr_clear(u);
}

Test(cli_integrate, double_well) {
  expect_double_well("1", 1);
  expect_double_well("30", 30);
  expect_double_well("300", 300);
}

/* Components far below the largest are correct too: e^{-100} beside e^{-20}. */
Test(cli_integrate, quadratic) {
  mpfr_t u;
  mpfr_init2(u, 4000);
  command_result result = command_run("integrate", "gradient", "-p", "quadratic-5", "--time", "2",
                                      "--digits", "40", "--json", "-");
  json_t *json = parse(&result);
  for (int k = 0; k < 2; ++k) {
    mpfr_set_si(u, k ? -100 : -20, MPFR_RNDN);
    mpfr_exp(u, u, MPFR_RNDN);
    expect_digits(state(json, "u", (size_t)k), u, 40);
  }
  json_decref(json);
  command_free(&result);
  mpfr_clear(u);
}

/* --momentum 0 is the plain gradient flow; lines for people without --json. */
Test(cli_integrate, plain_flow) {
  char line[256];
  mpfr_t u;
  mpfr_init2(u, 200);
  double_well(u, 2, 1);
  mpfr_snprintf(line, sizeof line, "\nt = 2  u = %.19Re\n", u);
  command_result result = command_run("integrate", "gradient", "-p", "double-well", "--time", "2",
                                      "--digits", "20", "--momentum", "0");
  cr_expect_eq(result.code, 0, "%s", result.err);
  cr_expect_not_null(strstr(result.out, line), "%s%s", result.out, line);
  cr_expect_eq(result.out[0], '#');
  command_free(&result);
  mpfr_clear(u);
}

Test(cli_integrate, json_file) {
  char path[64];
  command_temporary(path);
  command_result shown =
      command_run("integrate", "gradient", "-p", "logistic", "--time", "1/4", "--json", "-");
  command_result written =
      command_run("integrate", "gradient", "-p", "logistic", "--time", "1/4", "--json", path);
  char *json = command_slurp(path);
  cr_expect_str_eq(json, shown.out);
  cr_expect_str_eq(written.out, shown.err);
  cr_expect_str_eq(written.err, "");
  unlink(path);
  free(json);
  command_free(&shown);
  command_free(&written);
}

/* u' = 2 u^2 (Phi = -u^3/3, momentum 1/2) from 1 blows up at t = 1/2; log leaves its domain. */
Test(cli_integrate, flows_that_end) {
  static const char *const losses[] = {"-u^3/3", "sqrt(u)"};
  char directory[64], path[128], text[256], line[128];
  command_directory(directory);
  snprintf(path, sizeof path, "%s/ends.phi", directory);
  for (size_t i = 0; i < 2; ++i) {
    snprintf(text, sizeof text, "name = ends\nparams = u\nloss = %s\nstart = 1\nmomentum = 1/2\n",
             losses[i]);
    command_write(directory, "ends.phi", text);
    command_result result =
        command_run("integrate", "gradient", "-p", path, "--time", "3", "--json", "-");
    cr_expect_eq(result.code, 2, "%s: exit code %d", losses[i], result.code);
    cr_expect_str_eq(result.out, "");
    cr_expect_not_null(strstr(result.err, "the flow of problem 'ends' "), "%s", result.err);
    command_free(&result);
  }
  snprintf(line, sizeof line, "rm -r %s", directory);
  cr_assert_eq(system(line), 0);
}
