#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void fill(hp_run *run) {
  run->claim = hp_copy_text("A1");
  run->observable = hp_copy_text("E1");
  run->problem = hp_copy_text("double-well");
  run->problem_file = hp_copy_text("dw.phi");
  run->method = hp_copy_text("hb");
  run->a = hp_copy_text("0");
  run->momentum = hp_copy_text("1/2");
  run->horizon = hp_copy_text("2");
  run->start = hp_copy_text("v0=0");
  run->ladder = hp_copy_text("2^-6, 2^-7");
  run->digits = 30;
  for (int i = 0; i < 4; ++i) {
    hp_row *row = hp_run_add_row(run);
    row->h = hp_text("2^-%d", 6 + i);
    row->steps = 128L << i;
    row->value = hp_text("%d.5", i);
    row->low = hp_text("%d.4", i);
    row->high = hp_text("%d.6", i);
    row->double_value = i ? hp_text("%d.50001", i) : NULL;
    row->bound = hp_copy_text("9");
  }
  run->has_order = true;
  run->order_expected = 1;
  run->order_measured = 0.998;
  run->order_low = 0.1 + 0.2;
  run->order_high = NAN;
  run->order_first_row = 1;
  run->order_rows = 3;
  run->constant_predicted = hp_copy_text("1.166");
  run->constant_measured = hp_copy_text("1.165");
  run->constant_what = hp_copy_text("max|E|");
  run->has_bound = run->bound_holds = true;
  run->bound_formula = hp_copy_text("C(T) h");
  run->bound_value = hp_copy_text("56.3");
  run->bound_inputs = hp_copy_text("L = 2");
  run->bound_proved_by = hp_copy_text("spec");
  hp_control *control = hp_run_add_control(run);
  control->name = hp_copy_text("no 1/(1-λ) rescaling");
  control->should_fail = control->failed = true;
  control->detail = hp_copy_text("order 0");
  hp_curve *curve = hp_run_add_curve(run, "ratio");
  hp_curve_add_point(curve, "0", "0.5");
  hp_curve_add_point(curve, "1", "0.25");
  run->x_label = hp_copy_text("n");
  run->y_label = hp_copy_text("ratio");
  run->verdict = HP_NOT_ASYMPTOTIC;
  run->reason = hp_copy_text("because");
}

Test(results_json, members) {
  hp_results results = {0};
  fill(hp_results_add(&results));
  json_t *json = hp_results_json(&results);
  cr_assert_str_eq(json_string_value(json_object_get(json, "schema")), "heavyproof.results/1");
  cr_assert(json_is_string(json_object_get(json, "version")));
  json_t *run = json_array_get(json_object_get(json, "runs"), 0);
  cr_assert_str_eq(json_string_value(json_object_get(run, "claim")), "A1");
  json_t *order = json_object_get(run, "order");
  cr_assert_eq(json_array_size(json_object_get(order, "rows_used")), 3);
  cr_assert_eq(json_integer_value(json_array_get(json_object_get(order, "rows_used"), 0)), 1);
  cr_assert(json_is_null(json_object_get(order, "high")));
  json_t *row = json_array_get(json_object_get(run, "rows"), 1);
  cr_assert_eq(json_integer_value(json_object_get(row, "steps")), 256);
  cr_assert_str_eq(json_string_value(json_object_get(row, "double_value")), "1.50001");
  json_t *control = json_array_get(json_object_get(run, "controls"), 0);
  cr_assert_str_eq(json_string_value(json_object_get(control, "expected")), "fail");
  cr_assert_str_eq(json_string_value(json_object_get(control, "got")), "fail");
  cr_assert_str_eq(json_string_value(json_object_get(run, "verdict")), "not-asymptotic");
  json_decref(json);
  hp_results_clear(&results);
}

/* A run with nothing but a claim: empty rows and controls, an empty reason, no optional member. */
Test(results_json, least_run) {
  hp_results results = {0};
  hp_results_add(&results)->claim = hp_copy_text("A3");
  json_t *run = hp_run_json(&results.run[0]);
  char *text = json_dumps(run, JSON_SORT_KEYS | JSON_COMPACT);
  cr_assert_str_eq(text, "{\"claim\":\"A3\",\"controls\":[],\"reason\":\"\",\"rows\":[],"
                         "\"verdict\":\"pass\"}");
  free(text);
  json_decref(run);
  hp_results_clear(&results);
}

Test(results_json, round_trip) {
  hp_results results = {0}, again = {0};
  char message[256];
  fill(hp_results_add(&results));
  hp_results_add(&results)->claim = hp_copy_text("A3");
  json_t *json = hp_results_json(&results);
  cr_assert(hp_results_from_json(&again, json, message, sizeof message));
  json_t *copy = hp_results_json(&again);
  cr_assert(json_equal(json, copy));
  cr_assert_eq(again.run[0].order_low, 0.1 + 0.2);
  cr_assert(isnan(again.run[0].order_high));
  cr_assert_null(again.run[0].row[0].double_value);
  json_decref(json);
  json_decref(copy);
  hp_results_clear(&results);
  hp_results_clear(&again);
}

/* Written beside the file and renamed, readable by all the mask allows; what was there goes. */
Test(results_json, write_and_read) {
  char directory[] = "/tmp/heavyproof-results-XXXXXX", message[256];
  cr_assert(mkdtemp(directory));
  char *path = hp_text("%s/out.json", directory);
  hp_results results = {0}, again = {0};
  fill(hp_results_add(&results));
  for (int i = 0; i < 2; ++i)
    cr_assert(hp_results_write(&results, path));
  struct stat status;
  cr_assert_eq(stat(path, &status), 0);
  mode_t mask = umask(0);
  umask(mask);
  cr_assert_eq(status.st_mode & 0777, 0666 & ~mask);
  cr_assert(hp_results_read(&again, path, message, sizeof message), "%s", message);
  cr_assert(hp_results_read(&again, path, message, sizeof message), "%s", message);
  cr_assert_eq(again.count, 2);
  unlink(path);
  cr_assert_eq(rmdir(directory), 0, "something else was left in the directory");
  hp_results_clear(&results);
  hp_results_clear(&again);
  free(path);
}

Test(results_json, write_fails_where_nothing_can_be) {
  hp_results results = {0};
  cr_assert_not(hp_results_write(&results, "/nowhere/at/all.json"));
  /* a directory is in the way of the rename */
  char directory[] = "/tmp/heavyproof-results-XXXXXX";
  cr_assert(mkdtemp(directory));
  char *path = hp_text("%s/inside", directory);
  cr_assert_eq(mkdir(path, 0700), 0);
  cr_assert_not(hp_results_write(&results, path));
  cr_assert_eq(rmdir(path), 0);
  cr_assert_eq(rmdir(directory), 0, "the temporary file was left");
  free(path);
}

Test(results_json, standard_output) {
  hp_results results = {0};
  fflush(stdout);
  int saved = dup(1);
  FILE *file = tmpfile();
  dup2(fileno(file), 1);
  bool written = hp_results_write(&results, "-");
  fflush(stdout);
  dup2(saved, 1);
  close(saved);
  rewind(file);
  json_t *json = json_loadf(file, 0, NULL);
  fclose(file);
  cr_assert(written);
  cr_assert(json_is_array(json_object_get(json, "runs")));
  json_decref(json);
}

#define RUN(x) "{\"schema\": \"heavyproof.results/1\", \"runs\": [" x "]}"

/* Whatever is not a results file appends nothing and says what is wrong. */
Test(results_json, refusals) {
  static const char *const text[][2] = {
      {"[]", "\"schema\" must be"},
      {"{\"schema\": \"other/1\", \"runs\": []}", "\"schema\" must be"},
      {"{\"schema\": \"heavyproof.results/1\"}", "\"runs\" an array"},
      {RUN("1"), "runs[0]"},
      {RUN("{\"verdict\": \"pass\"}"), "runs[0]"},
      {RUN("{\"claim\": 3, \"verdict\": \"pass\"}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"fine\"}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"reason\": 1}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\"}, {}"), "runs[1]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"constant\": {\"what\": 1}}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"bound\": {\"value\": 1}}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"rows\": [{\"value\": \"1\"}]}"),
       "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"rows\": [3]}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"controls\": [{}]}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"curves\": [{}]}"), "runs[0]"},
      {RUN("{\"claim\": \"A1\", \"verdict\": \"pass\", \"curves\": [{\"name\": \"x\", \"points\": "
           "[[1, 2]]}]}"),
       "runs[0]"},
  };
  for (size_t i = 0; i < sizeof text / sizeof *text; ++i) {
    hp_results results = {0};
    char message[256];
    json_t *json = json_loads(text[i][0], 0, NULL);
    cr_assert(json);
    cr_assert_not(hp_results_from_json(&results, json, message, sizeof message), "%s", text[i][0]);
    cr_assert(strstr(message, text[i][1]), "%s: %s", text[i][0], message);
    cr_assert_eq(results.count, 0);
    json_decref(json);
  }
}

static void assert_unreadable(const char *content, const char *expected) {
  char path[] = "/tmp/heavyproof-results-XXXXXX", message[256];
  hp_results results = {0};
  int descriptor = mkstemp(path);
  cr_assert(descriptor >= 0);
  cr_assert_eq(write(descriptor, content, strlen(content)), (ssize_t)strlen(content));
  close(descriptor);
  cr_assert_not(hp_results_read(&results, path, message, sizeof message));
  cr_assert(strstr(message, expected), "%s", message);
  cr_assert(strstr(message, path));
  unlink(path);
}

Test(results_json, unreadable_files) {
  char message[256];
  hp_results results = {0};
  cr_assert_not(hp_results_read(&results, "/nowhere.json", message, sizeof message));
  cr_assert(strstr(message, "/nowhere.json: No such file"), "%s", message);
  assert_unreadable("{\"runs\":\n nonsense}", ":2:");
  assert_unreadable("{}", "\"schema\" must be");
}
