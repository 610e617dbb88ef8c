#include "command.h"
#include "network.h"
#include <jansson.h>

/* heavyproof dln on the built-in network and on CSV files. */

static json_t *parse(const command_result *result) {
  cr_assert_eq(result->code, 0, "%s", result->err);
  json_t *json = json_loads(result->out, 0, NULL);
  cr_assert(json, "%s", result->out);
  return json;
}

static void assert_json(const json_t *json, const char *key, const char *begin, const char *name) {
  const json_t *array = json_object_get(json, key);
  cr_assert_eq(json_array_size(array), 3, "%s", key);
  mpfr_t x[3];
  for (size_t i = 0; i < 3; ++i) {
    mpfr_init2(x[i], 256);
    mpfr_set_str(x[i], json_string_value(json_array_get(array, i)), 10, MPFR_RNDN);
  }
  assert_vector((const mpfr_t *)x, 3, begin, name);
  for (size_t i = 0; i < 3; ++i)
    mpfr_clear(x[i]);
}

Test(cli_dln, descent) {
  command_result result = command_run("dln", "--problem", "diagonal-linear", "--gamma", "0.002",
                                      "--beta", "9/10", "--digits", "33", "--json", "-");
  json_t *json = parse(&result);
  const char *begin = "MGD beta=0.9 gamma=0.002";
  assert_json(json, "Delta_inf", begin, "Delta");
  assert_json(json, "theta_inf", begin, "theta");
  cr_expect_float_eq(atof(json_string_value(json_object_get(json, "lambda"))), 0.2, 1e-15);
  cr_expect_float_eq(atof(json_string_value(json_object_get(json, "lambda_eff"))), 0.19, 1e-15);
  cr_expect_lt(atof(json_string_value(json_object_get(json, "kkt_residual"))), 1e-30);
  cr_expect_eq(json_array_size(json_object_get(json, "theta_tilde_0")), 3);
  cr_expect_eq(json_array_size(json_object_get(json, "Delta_0")), 3);
  cr_expect_eq(json_array_size(json_object_get(json, "dual_certificate")), 2);
  cr_expect_eq(json_array_size(json_object_get(json, "compared")), 5);
  json_decref(json);
  command_free(&result);
}

Test(cli_dln, flow) {
  command_result result = command_run("dln", "--problem", "diagonal-linear", "--lambda", "1",
                                      "--digits", "33", "--json", "-");
  json_t *json = parse(&result);
  assert_json(json, "Delta_inf", "MGF lam=1 finite part", "Delta");
  assert_json(json, "theta_inf", "MGF lam=1 finite part", "theta");
  cr_expect_eq(json_integer_value(json_object_get(json, "zero_crossings")), 1);
  json_decref(json);
  command_free(&result);
  result = command_run("dln", "--problem", "diagonal-linear", "--lambda", "0", "--digits", "33",
                       "--json", "-");
  json = parse(&result);
  assert_json(json, "theta_inf", "GF ", "theta_inf");
  json_decref(json);
  command_free(&result);
}

Test(cli_dln, data) {
  char directory[64], path[128];
  command_directory(directory);
  command_write(directory, "x.csv", "1,0.5,-0.25,1\n-0.5,1,0.75,0.5\n");
  snprintf(path, sizeof path, "%s/x.csv", directory);
  command_result result = command_run("dln", "--data", path, "--gamma", "0.05", "--beta", "0.5",
                                      "--stochastic", "7", "--batch", "2");
  cr_expect_eq(result.code, 0, "%s", result.err);
  cr_expect(strstr(result.out, "stochastic momentum"));
  cr_expect(strstr(result.out, "gradient flow"));
  cr_expect(strstr(result.out, "Delta_0[3] = 2.5"));
  command_free(&result);
  result = command_run("dln", "--data", path, "--gamma", "1000", "--beta", "0.5", "--start", "1");
  cr_expect_eq(result.code, 0, "%s", result.err);
  cr_expect(strstr(result.out, "leaves every bound"), "%s", result.out);
  command_free(&result);
  command_write(directory, "x.csv", "a,b,y\n1,2,3\n1,oops,3\n");
  result = command_run("dln", "--data", path, "--gamma", "0.05", "--beta", "0.5");
  cr_expect_eq(result.code, 2);
  cr_expect(strstr(result.err, "x.csv:3:3: 'oops'"), "%s", result.err);
  command_free(&result);
}

Test(cli_dln, refusals) {
  static const struct {
    const char *word[8], *message;
  } of[] = {
      {{"dln", NULL}, "no network named"},
      {{"dln", "x", NULL}, "unexpected argument"},
      {{"dln", "-p", "double-well", "--gamma", "1/9", NULL}, "no diagonal linear network"},
      {{"dln", "-p", "diagonal-linear", NULL}, "no step size"},
      {{"dln", "-p", "diagonal-linear", "--data", "x.csv", NULL}, "one too many"},
      {{"dln", "-p", "diagonal-linear", "--lambda", "-1", NULL}, "no mass"},
      {{"dln", "-p", "diagonal-linear", "--lambda", "1", "--gamma", "1", NULL}, "for a flow"},
      {{"dln", "--data", "no/such.csv", "--gamma", "1", "--beta", "0", NULL}, "cannot be read"},
      {{"dln", "--map", "--gamma", "1", NULL}, "own network"},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; ++i) {
    command_result result = command_run_words(of[i].word);
    cr_expect_eq(result.code, 2, "%zu: %s", i, result.err);
    cr_expect(strstr(result.err, of[i].message), "%zu: %s", i, result.err);
    command_free(&result);
  }
}
