#include "command.h"
#include "verify/claims/claim.h"
#include <jansson.h>
#include <math.h>
#include <mpfr.h>

/* check: the results file, its order, shards, jobs, resuming, exit codes. */

static char directory[64], file[128], other[128];

static void set_up(void) {
  command_directory(directory);
  snprintf(file, sizeof file, "%s/results.json", directory);
  snprintf(other, sizeof other, "%s/other.json", directory);
}

static void clean_up(void) {
  char line[128];
  snprintf(line, sizeof line, "rm -r %s", directory);
  cr_assert_eq(system(line), 0);
}

TestSuite(cli_check, .init = set_up, .fini = clean_up);

/* A quick check: two claims, two problems, one method. */
#define QUICK                                                                                      \
  "check", "--problem", "double-well", "--problem", "quadratic-5-half", "--steps", "2^-4..2^-5",   \
      "--digits", "20", "-m", "a=1/4"

static json_t *load(const char *path) {
  json_error_t error;
  json_t *json = json_load_file(path, 0, &error);
  cr_assert_not_null(json, "%s:%d: %s", path, error.line, error.text);
  return json;
}

static const char *text_of(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  cr_expect_not_null(text, "\"%s\" is a text", key);
  return text ? text : "";
}

/* A decimal text: digits with an optional point and exponent. */
static void expect_number(const char *text) {
  char *end;
  strtod(text, &end);
  cr_expect(end != text && *end == '\0', "'%s' is a number", text);
}

static void expect_optional_number(const json_t *object, const char *key) {
  if (json_object_get(object, key))
    expect_number(text_of(object, key));
}

static void expect_row(const json_t *row) {
  text_of(row, "h");
  cr_expect(json_is_integer(json_object_get(row, "steps")));
  expect_number(text_of(row, "value"));
  expect_optional_number(row, "low");
  expect_optional_number(row, "high");
  expect_optional_number(row, "bound");
}

static void expect_control(const json_t *control) {
  static const char *const outcomes[] = {"expected", "got"};
  text_of(control, "name");
  for (size_t i = 0; i < 2; ++i) {
    const char *outcome = text_of(control, outcomes[i]);
    cr_expect(strcmp(outcome, "pass") == 0 || strcmp(outcome, "fail") == 0, "%s", outcome);
  }
}

static void expect_run(const json_t *run) {
  static const char *const texts[] = {"claim",  "observable", "problem",  "problem_file",
                                      "method", "a",          "momentum", "horizon",
                                      "ladder", "fingerprint"};
  static const char *const verdicts[] = {"pass", "fail", "not-asymptotic", "not-applicable",
                                         "error"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
    text_of(run, texts[i]);
  const char *verdict = text_of(run, "verdict"), *reason = text_of(run, "reason");
  size_t known = 0;
  for (size_t i = 0; i < 5; ++i)
    known += strcmp(verdict, verdicts[i]) == 0;
  cr_expect_eq(known, 1, "%s", verdict);
  cr_expect(*reason || strcmp(verdict, "pass") == 0, "a verdict that is not pass has a reason");
  const json_t *rows = json_object_get(run, "rows"), *controls = json_object_get(run, "controls");
  const json_t *order = json_object_get(run, "order"), *bound = json_object_get(run, "bound");
  cr_expect(json_is_array(rows) && json_is_array(controls));
  for (size_t i = 0; i < json_array_size(rows); ++i)
    expect_row(json_array_get(rows, i));
  for (size_t i = 0; i < json_array_size(controls); ++i)
    expect_control(json_array_get(controls, i));
  if (order)
    cr_expect(json_is_number(json_object_get(order, "expected")) &&
              json_is_array(json_object_get(order, "rows_used")));
  if (bound)
    cr_expect(json_is_boolean(json_object_get(bound, "holds")));
}

Test(cli_check, results_file) {
  command_result result = command_run(QUICK, "--json", file);
  cr_expect(result.code == 0 || result.code == 1, "%d: %s", result.code, result.err);
  cr_expect_str_eq(result.err, "");
  json_t *json = load(file);
  cr_expect_str_eq(text_of(json, "schema"), "heavyproof.results/1");
  text_of(json, "version");
  const json_t *runs = json_object_get(json, "runs");
  cr_expect_geq(json_array_size(runs), 4, "2 claims, 2 problems");
  size_t n_lines = 0;
  for (const char *c = result.out; *c; ++c)
    n_lines += *c == '\n';
  cr_expect_eq(n_lines, json_array_size(runs) + 1, "one line a run and the total");
  for (size_t i = 0; i < json_array_size(runs); ++i)
    expect_run(json_array_get(runs, i));
  json_decref(json);
  command_free(&result);
}

/* With --json - the object is all there is on standard output. */
Test(cli_check, json_on_standard_output) {
  command_result lines = command_run(QUICK, "--json", file);
  command_result result = command_run(QUICK, "--json", "-");
  char *written = command_slurp(file);
  cr_expect_str_eq(result.out, written);
  cr_expect_str_eq(result.err, lines.out);
  free(written);
  command_free(&lines);
  command_free(&result);
}

Test(cli_check, jobs_do_not_change_the_output) {
  command_result one = command_run(QUICK, "--json", file, "--jobs", "1");
  command_result many = command_run(QUICK, "--json", other, "--jobs", "3");
  char *first = command_slurp(file), *second = command_slurp(other);
  cr_expect_eq(one.code, many.code);
  cr_expect_str_eq(one.out, many.out);
  cr_expect_str_eq(first, second);
  free(first);
  free(second);
  command_free(&one);
  command_free(&many);
}

/* The same thing named twice is done once. */
Test(cli_check, repeated_names) {
  command_result once =
      command_run("check", "A1", "-p", "double-well", "-m", "hb", "--steps", "2^-4..2^-5");
  command_result twice = command_run("check", "A1", "a1", "-p", "double-well", "-p", "double-well",
                                     "-m", "hb", "-m", "hb", "--steps", "2^-4, 2^-5");
  cr_expect_str_eq(once.out, twice.out);
  command_free(&once);
  command_free(&twice);
}

static size_t count_runs(const char *path) {
  json_t *json = load(path);
  size_t count = json_array_size(json_object_get(json, "runs"));
  json_decref(json);
  return count;
}

/* The shards have the runs of the whole, each once; resumed one after the other they are the whole. */
Test(cli_check, shards) {
  command_result whole = command_run(QUICK, "--json", file);
  size_t count = 0;
  static const char *const shards[] = {"1/3", "2/3", "3/3"};
  char part[3][160], *first, *second;
  for (size_t i = 0; i < 3; ++i) {
    snprintf(part[i], sizeof part[i], "%s/part%zu.json", directory, i);
    command_result result = command_run(QUICK, "--json", part[i], "--shard", shards[i]);
    count += count_runs(part[i]);
    command_free(&result);
  }
  cr_expect_eq(count, count_runs(file));
  command_result second_result =
      command_run(QUICK, "--shard", "2/3", "--resume", part[0], "--json", other);
  cr_expect_eq(count_runs(other), count_runs(part[0]) + count_runs(part[1]));
  command_free(&second_result);
  command_result last = command_run(QUICK, "--resume", other, "--json", other);
  first = command_slurp(file);
  second = command_slurp(other);
  cr_expect_str_eq(first, second);
  cr_expect_str_eq(whole.out, last.out);
  cr_expect_eq(whole.code, last.code);
  free(first);
  free(second);
  command_free(&whole);
  command_free(&last);
}

Test(cli_check, resume_of_a_finished_check) {
  command_result first = command_run(QUICK, "--json", file);
  command_result again = command_run(QUICK, "--resume", file, "--json", other);
  char line[256], *one = command_slurp(file), *two = command_slurp(other);
  size_t cells = 2 * hp_claims_count;
  snprintf(line, sizeof line, "heavyproof: %zu of %zu cells are in %s\n", cells, cells, file);
  cr_expect_str_eq(again.err, line);
  cr_expect_str_eq(again.out, first.out);
  cr_expect_str_eq(one, two);
  free(one);
  free(two);
  command_free(&first);
  command_free(&again);
}

/* Other digits are another cell: it is computed, and the old run stays in the file. */
Test(cli_check, resume_with_other_digits) {
#define ONE "check", "A1", "-p", "double-well", "-m", "hb", "--steps", "2^-4..2^-5"
  command_result first = command_run(ONE, "--digits", "20", "--json", file);
  command_result again = command_run(ONE, "--digits", "25", "--resume", file, "--json", other);
  char line[256];
  snprintf(line, sizeof line, "heavyproof: 0 of 1 cells are in %s\n", file);
  cr_expect_str_eq(again.err, line);
  json_t *json = load(other);
  const json_t *runs = json_object_get(json, "runs");
  cr_expect_eq(json_array_size(runs), 2);
  cr_expect_eq(json_integer_value(json_object_get(json_array_get(runs, 0), "digits")), 25);
  cr_expect_eq(json_integer_value(json_object_get(json_array_get(runs, 1), "digits")), 20);
  json_decref(json);
  command_free(&first);
  command_free(&again);
}

/* So is a problem whose text has changed under its name. */
Test(cli_check, resume_with_another_problem) {
  char path[128];
  snprintf(path, sizeof path, "%s/mine.phi", directory);
#define MINE "check", "A1", "-p", path, "-m", "hb", "--steps", "2^-4..2^-5"
  command_write(directory, "mine.phi",
                "params = x\nloss = x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n");
  command_result first = command_run(MINE, "--json", file);
  command_result same = command_run(MINE, "--resume", file);
  cr_expect_not_null(strstr(same.err, "heavyproof: 1 of 1 cells are in "));
  command_write(directory, "mine.phi",
                "params = x\nloss = x^2\nstart = 2\nmomentum = 1/2\nhorizon = 1\n");
  command_result changed = command_run(MINE, "--resume", file);
  cr_expect_not_null(strstr(changed.err, "heavyproof: 0 of 1 cells are in "), "%s", changed.err);
  command_free(&first);
  command_free(&same);
  command_free(&changed);
}

/* The exit code follows the verdicts of what was asked for. */
static void expect_exit_code(const char *verdict, int code) {
  json_t *json = load(file);
  json_t *run = json_array_get(json_object_get(json, "runs"), 0);
  json_object_set_new(run, "verdict", json_string(verdict));
  json_object_set_new(run, "reason", json_string("changed by a test"));
  cr_assert_eq(json_dump_file(json, other, 0), 0);
  json_decref(json);
  command_result result = command_run(ONE, "--resume", other);
  cr_expect_eq(result.code, code, "%s: exit code %d", verdict, result.code);
  cr_expect_eq(strncmp(result.out, verdict, strlen(verdict)), 0, "%s", result.out);
  cr_expect_not_null(strstr(result.out, "changed by a test"));
  command_free(&result);
}

Test(cli_check, exit_codes) {
  command_result first = command_run(ONE, "--json", file);
  command_free(&first);
  expect_exit_code("pass", 0);
  expect_exit_code("fail", 1);
  expect_exit_code("not-asymptotic", 0);
  expect_exit_code("not-applicable", 0);
}

/* A cell with an error is done again. */
Test(cli_check, errors_are_done_again) {
  command_result first = command_run(ONE, "--json", file);
  json_t *json = load(file);
  json_object_set_new(json_array_get(json_object_get(json, "runs"), 0), "verdict",
                      json_string("error"));
  cr_assert_eq(json_dump_file(json, other, 0), 0);
  json_decref(json);
  command_result again = command_run(ONE, "--resume", other, "--json", other);
  char *one = command_slurp(file), *two = command_slurp(other);
  cr_expect_str_eq(one, two);
  cr_expect_str_eq(again.out, first.out);
  free(one);
  free(two);
  command_free(&first);
  command_free(&again);
}

/* A file of one's own, with momentum and horizon from the command line. */
Test(cli_check, own_problem) {
  char path[128];
  command_write(directory, "valley.phi",
                "name = valley\nparams = x, y\nloss = (1-x)^2/2 + (y-x^2)^2\nstart = 0.3, 3e-1\n");
  snprintf(path, sizeof path, "%s/valley.phi", directory);
  command_result result = command_run("check", "A1", "-p", path, "--momentum", "1/2", "--horizon",
                                      "0.5", "--steps", "2^-4..2^-6", "-m", "nag", "--json", "-");
  json_t *json = json_loads(result.out, 0, NULL);
  cr_assert_not_null(json, "%s", result.err);
  const json_t *run = json_array_get(json_object_get(json, "runs"), 0);
  cr_expect_str_eq(text_of(run, "problem"), "valley");
  cr_expect_str_eq(text_of(run, "problem_file"), path);
  cr_expect_str_eq(text_of(run, "momentum"), "1/2");
  cr_expect_str_eq(text_of(run, "a"), "1/2");
  cr_expect_str_eq(text_of(run, "ladder"), "2^-4, 2^-5, 2^-6");
  json_decref(json);
  command_free(&result);
}

/* At 2^-6 the manifold of this problem does not exist, so that 2^-6..2^-12 has six steps for A3. */
Test(cli_check, own_ladder_goes_as_fine_as_the_claim_needs) {
  command_result result =
      command_run("check", "A3", "-p", "quadratic-5-half", "-m", "nag", "--json", "-");
  cr_expect_eq(result.code, 0, "%s", result.err);
  json_t *json = json_loads(result.out, 0, NULL);
  const json_t *runs = json_object_get(json, "runs"), *run;
  size_t i;
  cr_expect_gt(json_array_size(runs), 0);
  json_array_foreach(runs, i, run) {
    cr_expect_str_eq(text_of(run, "verdict"), "pass");
    cr_expect_str_eq(text_of(run, "ladder"), "as each claim needs");
    const json_t *rows = json_object_get(run, "rows");
    cr_expect_eq(json_array_size(rows), 7);
    cr_expect_str_eq(text_of(json_array_get(rows, 0), "h"), "2^-7");
  }
  json_decref(json);
  command_free(&result);
}

/* |a - b| <= 10^-20 |b| for two decimal texts. */
static void expect_20_digits(const char *a, const char *b, const char *what, int k) {
  mpfr_t x, y;
  mpfr_inits2(200, x, y, NULL);
  mpfr_set_str(x, a, 10, MPFR_RNDN);
  mpfr_set_str(y, b, 10, MPFR_RNDN);
  mpfr_sub(x, x, y, MPFR_RNDN);
  mpfr_div(x, x, y, MPFR_RNDN);
  cr_expect_lt(fabs(mpfr_get_d(x, MPFR_RNDN)), 1e-20, "%s, h = 2^-%d: %s, not %s", what, k, a, b);
  mpfr_clears(x, y, NULL);
}

/* The published E1 of a problem and method, k = 6..12, against the rows of its run. */
static void expect_table(const json_t *runs, const char *table, const char *problem,
                         const char *label, const char *method) {
  char path[64], line[1024];
  const json_t *run, *found = NULL;
  size_t i;
  int n_rows = 0;
  json_array_foreach(runs, i, run) {
    if (strcmp(text_of(run, "problem"), problem) == 0 &&
        strcmp(text_of(run, "method"), method) == 0)
      found = run;
  }
  cr_assert_not_null(found, "%s %s", problem, method);
  cr_expect_str_eq(text_of(found, "verdict"), "pass");
  snprintf(path, sizeof path, "tests/data/table_%s.jsonl", table);
  FILE *file_of_table = fopen(path, "r");
  cr_assert_not_null(file_of_table, "%s", path);
  while (fgets(line, sizeof line, file_of_table)) {
    json_t *published = json_loads(line, 0, NULL);
    int k = (int)json_integer_value(json_object_get(published, "k"));
    if (strcmp(text_of(published, "method"), label) == 0 && k >= 6 && k <= 12) {
      const json_t *row = json_array_get(json_object_get(found, "rows"), (size_t)(k - 6));
      expect_20_digits(text_of(row, "value"), text_of(published, "E1"), problem, k);
      ++n_rows;
    }
    json_decref(published);
  }
  fclose(file_of_table);
  cr_expect_eq(n_rows, 7, "%s %s: %d rows compared", problem, method, n_rows);
}

/* A1 through the command: the verdict, and the published values to 20 digits. */
Test(cli_check, published_values) {
  command_result result = command_run("check", "A1", "-p", "double-well", "-m", "hb", "-m", "nag",
                                      "--steps", "2^-6..2^-12", "--json", "-", "-j2");
  json_t *json = json_loads(result.out, 0, NULL);
  cr_expect_eq(result.code, 0, "%s", result.err);
  cr_assert_not_null(json, "%s", result.err);
  const json_t *runs = json_object_get(json, "runs");
  expect_table(runs, "DW", "double-well", "HB", "hb");
  expect_table(runs, "DW", "double-well", "NAG", "nag");
  json_decref(json);
  command_free(&result);
}
