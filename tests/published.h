#ifndef HP_TESTS_PUBLISHED_H
#define HP_TESTS_PUBLISHED_H
#include "experiment.h"

/* A run against tests/data/table_*.jsonl (2^-6 .. 2^-12, 20 digits) and tests/data/limits.json. */

static inline void assert_published_table(const hp_run *run, const char *instance,
                                          const char *method) {
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
      snprintf(what, sizeof what, "%s of %s %s at 2^-%zu", run->observable, instance, method, k);
      const hp_row *ours = &run->row[k - 6];
      const char *published = json_string_value(json_object_get(row, run->observable));
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

/* The published limits are exact to all digits for quadratics; beside them stand maxima over samples of
 * t, good to 14 digits and, inside an interval of t, low by up to 10^-6 of themselves. Each is met,
 * at least one to all digits where the instance is quadratic. */
static inline void assert_published_limit(const hp_run *run, const char *instance,
                                          const char *method) {
  json_t *limits = json_load_file("tests/data/limits.json", 0, NULL), *limit;
  size_t i, compared = 0, exact = 0;
  double here = strtod(run->constant_predicted, NULL);
  json_array_foreach(limits, i, limit) {
    if (strcmp(json_string_value(json_object_get(limit, "inst")), instance) ||
        strcmp(json_string_value(json_object_get(limit, "method")), method_name(method)))
      continue;
    char what[128];
    snprintf(what, sizeof what, "limit of %s, %s %s", run->observable, instance, method);
    json_t *entry = json_object_get(limit, run->observable);
    const char *published = json_string_value(json_array_get(entry, 0));
    double sampled = strtod(published, NULL), above = (here - sampled) / here;
    bool at_an_end = json_number_value(json_array_get(entry, 1)) == 0 ||
                     json_number_value(json_array_get(entry, 1)) == 0.25;
    cr_assert(above > -3e-14 && above < (at_an_end ? 3e-14 : 1e-6), "%s: %s, published %s", what,
              run->constant_predicted, published);
    if (digits_shown(published) > 15) {
      assert_digits(run->constant_predicted, published, 99, what);
      ++exact;
    }
    ++compared;
  }
  json_decref(limits);
  cr_assert_eq(compared, *instance == 'Q' ? 2 : 1);
  cr_assert_eq(exact, *instance == 'Q' ? 1 : 0);
}

#endif
