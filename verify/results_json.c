#include "results.h"
#include "reference/problem/allocate.h"
#include "version.h"
#include "version.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HP_RESULTS_SCHEMA "heavyproof.results/1"

/* A text member of a record: its JSON name and where it stands. */
typedef struct {
  const char *key;
  size_t offset;
} text_member;

#define TEXT(type, member)                                                                         \
  { #member, offsetof(type, member) }
#define TEXT_AS(key, type, member)                                                                 \
  { key, offsetof(type, member) }
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const text_member run_text[] = {
    TEXT(hp_run, claim),        TEXT(hp_run, observable),  TEXT(hp_run, problem),
    TEXT(hp_run, problem_file), TEXT(hp_run, method),      TEXT(hp_run, a),
    TEXT(hp_run, momentum),     TEXT(hp_run, horizon),     TEXT(hp_run, start),
    TEXT(hp_run, ladder),       TEXT(hp_run, fingerprint), TEXT(hp_run, x_label),
    TEXT(hp_run, y_label),
};
static const text_member row_text[] = {
    TEXT(hp_row, h),    TEXT(hp_row, value),        TEXT(hp_row, low),
    TEXT(hp_row, high), TEXT(hp_row, double_value), TEXT(hp_row, bound),
};
static const text_member constant_text[] = {
    TEXT_AS("predicted", hp_run, constant_predicted),
    TEXT_AS("measured", hp_run, constant_measured),
    TEXT_AS("what", hp_run, constant_what),
};
static const text_member bound_text[] = {
    TEXT_AS("formula", hp_run, bound_formula),
    TEXT_AS("value", hp_run, bound_value),
    TEXT_AS("inputs", hp_run, bound_inputs),
    TEXT_AS("proved_by", hp_run, bound_proved_by),
};
static const text_member control_text[] = {
    TEXT(hp_control, name),
    TEXT(hp_control, detail),
};
static const hp_verdict verdicts[] = {HP_PASS, HP_FAIL, HP_NOT_ASYMPTOTIC, HP_NOT_APPLICABLE,
                                      HP_ERROR};

/* ---- writing ---- */

static void put_texts(json_t *object, const void *record, const text_member *member, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const char *text = *(char *const *)((const char *)record + member[i].offset);
    if (text)
      json_object_set_new(object, member[i].key, json_string(text));
  }
}

/* null stands for NaN and the infinities, which JSON lacks. */
static json_t *real(double x) {
  return isfinite(x) ? json_real(x) : json_null();
}

static json_t *row_json(const hp_row *row) {
  json_t *object = json_object();
  put_texts(object, row, row_text, COUNT(row_text));
  json_object_set_new(object, "steps", json_integer(row->steps));
  return object;
}

static json_t *order_json(const hp_run *run) {
  json_t *used = json_array();
  for (size_t i = 0; i < run->order_rows; ++i)
    json_array_append_new(used, json_integer((json_int_t)(run->order_first_row + i)));
  return json_pack("{so so so so so}", "expected", real(run->order_expected), "measured",
                   real(run->order_measured), "low", real(run->order_low), "high",
                   real(run->order_high), "rows_used", used);
}

static json_t *control_json(const hp_control *control) {
  json_t *object = json_object();
  put_texts(object, control, control_text, COUNT(control_text));
  json_object_set_new(object, "expected", json_string(control->should_fail ? "fail" : "pass"));
  json_object_set_new(object, "got", json_string(control->failed ? "fail" : "pass"));
  return object;
}

static json_t *curve_json(const hp_curve *curve) {
  json_t *points = json_array();
  for (size_t i = 0; i < curve->n_points; ++i)
    json_array_append_new(points, json_pack("[s s]", curve->point[i].x, curve->point[i].y));
  return json_pack("{ss so}", "name", curve->name, "points", points);
}

json_t *hp_run_json(const hp_run *run) {
  json_t *object = json_object();
  put_texts(object, run, run_text, COUNT(run_text));
  if (run->digits)
    json_object_set_new(object, "digits", json_integer(run->digits));
  json_t *rows = json_array();
  for (size_t i = 0; i < run->n_rows; ++i)
    json_array_append_new(rows, row_json(&run->row[i]));
  json_object_set_new(object, "rows", rows);
  if (run->has_order)
    json_object_set_new(object, "order", order_json(run));
  if (run->constant_predicted || run->constant_measured) {
    json_t *constant = json_object();
    put_texts(constant, run, constant_text, COUNT(constant_text));
    json_object_set_new(object, "constant", constant);
  }
  if (run->has_bound) {
    json_t *bound = json_object();
    put_texts(bound, run, bound_text, COUNT(bound_text));
    json_object_set_new(bound, "holds", json_boolean(run->bound_holds));
    json_object_set_new(object, "bound", bound);
  }
  json_t *controls = json_array();
  for (size_t i = 0; i < run->n_controls; ++i)
    json_array_append_new(controls, control_json(&run->control[i]));
  json_object_set_new(object, "controls", controls);
  if (run->n_curves) {
    json_t *curves = json_array();
    for (size_t i = 0; i < run->n_curves; ++i)
      json_array_append_new(curves, curve_json(&run->curve[i]));
    json_object_set_new(object, "curves", curves);
  }
  json_object_set_new(object, "verdict", json_string(hp_verdict_text(run->verdict)));
  json_object_set_new(object, "reason", json_string(run->reason ? run->reason : ""));
  return object;
}

json_t *hp_results_json(const hp_results *results) {
  json_t *runs = json_array();
  for (size_t i = 0; i < results->count; ++i)
    json_array_append_new(runs, hp_run_json(&results->run[i]));
  return json_pack("{ss ss so}", "schema", HP_RESULTS_SCHEMA, "version", HP_VERSION, "runs", runs);
}

static bool dump(const hp_results *results, FILE *file) {
  json_t *json = hp_results_json(results);
  bool written =
      json_dumpf(json, file, JSON_INDENT(1)) == 0 && fputc('\n', file) != EOF && fflush(file) == 0;
  json_decref(json);
  return written;
}

bool hp_results_write(const hp_results *results, const char *path) {
  if (strcmp(path, "-") == 0)
    return dump(results, stdout);
  char *temporary = hp_text("%s.XXXXXX", path);
  int descriptor = mkstemp(temporary);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  bool written = file != NULL;
  if (written) {
    mode_t mask = umask(0);
    umask(mask);
    written = fchmod(descriptor, 0666 & ~mask) == 0 && dump(results, file) && !fsync(descriptor);
    written = fclose(file) == 0 && written;
    written = written && rename(temporary, path) == 0;
    int why = errno;
    if (!written)
      unlink(temporary);
    errno = why;
  }
  free(temporary);
  return written;
}

/* ---- reading ---- */

/* false when a member is there and is not a text. */
static bool get_texts(const json_t *object, void *record, const text_member *member, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    const json_t *value = json_object_get(object, member[i].key);
    if (!value || json_is_null(value))
      continue;
    if (!json_is_string(value))
      return false;
    *(char **)((char *)record + member[i].offset) = hp_copy_text(json_string_value(value));
  }
  return true;
}

static double get_real(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return json_is_number(value) ? json_number_value(value) : NAN;
}

static bool says(const json_t *object, const char *key, const char *text) {
  const char *value = json_string_value(json_object_get(object, key));
  return value && strcmp(value, text) == 0;
}

static bool read_row(hp_run *run, const json_t *json) {
  hp_row *row = hp_run_add_row(run);
  row->steps = (long)json_integer_value(json_object_get(json, "steps"));
  return json_is_object(json) && get_texts(json, row, row_text, COUNT(row_text)) && row->h;
}

static bool read_control(hp_run *run, const json_t *json) {
  hp_control *control = hp_run_add_control(run);
  control->should_fail = says(json, "expected", "fail");
  control->failed = says(json, "got", "fail");
  return json_is_object(json) && get_texts(json, control, control_text, COUNT(control_text)) &&
         control->name;
}

static bool read_curve(hp_run *run, const json_t *json) {
  const char *name = json_string_value(json_object_get(json, "name"));
  const json_t *points = json_object_get(json, "points"), *point;
  size_t i;
  if (!name || !json_is_array(points))
    return false;
  hp_curve *curve = hp_run_add_curve(run, name);
  json_array_foreach(points, i, point) {
    const char *x = json_string_value(json_array_get(point, 0));
    const char *y = json_string_value(json_array_get(point, 1));
    if (!x || !y)
      return false;
    hp_curve_add_point(curve, x, y);
  }
  return true;
}

static bool read_each(hp_run *run, const json_t *array, bool (*one)(hp_run *, const json_t *)) {
  const json_t *element;
  size_t i;
  json_array_foreach(array, i, element) {
    if (!one(run, element))
      return false;
  }
  return true;
}

static void read_order(hp_run *run, const json_t *order) {
  const json_t *used = json_object_get(order, "rows_used");
  run->has_order = true;
  run->order_expected = get_real(order, "expected");
  run->order_measured = get_real(order, "measured");
  run->order_low = get_real(order, "low");
  run->order_high = get_real(order, "high");
  run->order_rows = json_array_size(used);
  run->order_first_row = (size_t)json_integer_value(json_array_get(used, 0));
}

static bool read_verdict(hp_run *run, const json_t *json) {
  for (size_t i = 0; i < COUNT(verdicts); ++i)
    if (says(json, "verdict", hp_verdict_text(verdicts[i]))) {
      run->verdict = verdicts[i];
      return true;
    }
  return false;
}

static bool read_run(hp_run *run, const json_t *json) {
  static const text_member reason[] = {TEXT(hp_run, reason)};
  const json_t *order = json_object_get(json, "order"), *bound = json_object_get(json, "bound");
  run->digits = (int)json_integer_value(json_object_get(json, "digits"));
  if (json_is_object(order))
    read_order(run, order);
  run->has_bound = json_is_object(bound);
  run->bound_holds = json_is_true(json_object_get(bound, "holds"));
  return json_is_object(json) && get_texts(json, run, run_text, COUNT(run_text)) && run->claim &&
         get_texts(json, run, reason, 1) && read_verdict(run, json) &&
         get_texts(json_object_get(json, "constant"), run, constant_text, COUNT(constant_text)) &&
         get_texts(bound, run, bound_text, COUNT(bound_text)) &&
         read_each(run, json_object_get(json, "rows"), read_row) &&
         read_each(run, json_object_get(json, "controls"), read_control) &&
         read_each(run, json_object_get(json, "curves"), read_curve);
}

bool hp_results_from_json(hp_results *results, const json_t *json, char *message, size_t size) {
  const json_t *runs = json_object_get(json, "runs"), *run;
  hp_results fresh = {0};
  size_t i;
  if (!says(json, "schema", HP_RESULTS_SCHEMA) || !json_is_array(runs)) {
    snprintf(message, size, "not a results file: \"schema\" must be \"%s\" and \"runs\" an array",
             HP_RESULTS_SCHEMA);
    return false;
  }
  json_array_foreach(runs, i, run) {
    if (!read_run(hp_results_add(&fresh), run)) {
      snprintf(message, size, "runs[%zu] is not a run of %s", i, HP_RESULTS_SCHEMA);
      hp_results_clear(&fresh);
      return false;
    }
  }
  hp_results_move(results, &fresh);
  return true;
}

bool hp_results_read(hp_results *results, const char *path, char *message, size_t size) {
  json_error_t error;
  errno = 0;
  json_t *json = json_load_file(path, 0, &error);
  if (!json) {
    if (error.line > 0)
      snprintf(message, size, "%s:%d:%d: %s", path, error.line, error.column, error.text);
    else
      snprintf(message, size, "%s: %s", path, errno ? strerror(errno) : error.text);
    return false;
  }
  char why[256];
  bool read = hp_results_from_json(results, json, why, sizeof why);
  if (!read)
    snprintf(message, size, "%s: %s", path, why);
  json_decref(json);
  return read;
}
