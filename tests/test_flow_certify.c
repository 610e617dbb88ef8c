#include "published.h"
#include "verify/claims/a2_certify.h"
#include "verify/claims/a4_certify.h"

/* A2 and A4 with every number a ball. */

typedef bool (*certify)(const hp_experiment *experiment, hp_results *results);

/* The published distance at 2^-k lies in the interval of its row, to all 20 digits and more. */
static void expect_row(const hp_run *run, const char *method, size_t first) {
  char line[2048];
  size_t compared = 0;
  FILE *file = fopen("tests/data/table_DW.jsonl", "r");
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    json_t *row = json_loads(line, 0, NULL);
    size_t k = (size_t)json_integer_value(json_object_get(row, "k"));
    if (strcmp(json_string_value(json_object_get(row, "method")), method_name(method)) == 0 &&
        k >= first && k - first < run->n_rows) {
      const char *published = json_string_value(json_object_get(row, run->observable));
      assert_digits(run->row[k - first].low, published, 20, run->observable);
      assert_digits(run->row[k - first].high, published, 20, run->observable);
      ++compared;
    }
    json_decref(row);
  }
  fclose(file);
  cr_assert_eq(compared, run->n_rows);
}

static void expect_published(certify claim, const char *method, int first, int last) {
  hp_experiment e;
  hp_results results = {0};
  experiment_open(&e, "double-well", method, first, last);
  cr_assert(claim(&e, &results));
  for (size_t j = 0; j < results.count; ++j) {
    const hp_run *run = &results.run[j];
    expect_row(run, method, (size_t)first);
    cr_expect_eq(run->verdict, HP_PASS, "%s: %s", run->observable, run->reason);
    cr_expect(run->order_low > run->order_expected - 0.05 &&
              run->order_high < run->order_expected + 0.05);
    cr_expect_eq(run->n_controls, 3);
    for (size_t i = 0; i < run->n_controls; ++i)
      cr_expect(run->control[i].failed, "%s: %s", run->observable, run->control[i].name);
  }
  hp_results_clear(&results);
  experiment_close(&e);
}

Test(flow_certify, modified_loss_of_the_double_well) {
  expect_published(hp_a4_certify, "hb", 7, 9);
  expect_published(hp_a4_certify, "nag", 7, 9);
}

Test(flow_certify, momentum_equation_of_the_double_well) {
  expect_published(hp_a2_certify, "hb", 8, 10);
  expect_published(hp_a2_certify, "nag", 8, 10);
}

static void expect_all(certify claim, hp_experiment *e, hp_verdict verdict, const char *part) {
  hp_results results = {0};
  cr_assert(claim(e, &results) && results.count > 0);
  for (size_t j = 0; j < results.count; ++j)
    cr_expect(results.run[j].verdict == verdict && strstr(results.run[j].reason, part), "%s: %s",
              results.run[j].observable, results.run[j].reason);
  hp_results_clear(&results);
}

Test(flow_certify, too_few_steps) {
  hp_experiment e;
  experiment_open(&e, "double-well", "hb", 3, 4);
  expect_all(hp_a4_certify, &e, HP_NOT_ASYMPTOTIC, "fewer than 3 steps");
  expect_all(hp_a2_certify, &e, HP_NOT_ASYMPTOTIC, "fewer than 3 steps");
  experiment_close(&e);
}

Test(flow_certify, not_applicable) {
  static const struct {
    const char *text, *method, *part;
  } cases[] = {
      {"loss = x^2/2\nstart = 0", "hb", "critical point"},
      {"loss = -x^4\nstart = 1", "hb", "cannot be enclosed"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; ++k) {
    hp_experiment e;
    char *text = hp_text("params = x\n%s\nmomentum = 1/2\nhorizon = 1\n", cases[k].text);
    experiment_parse(&e, text, cases[k].method, 4, 6);
    expect_all(hp_a4_certify, &e, HP_NOT_APPLICABLE, cases[k].part);
    expect_all(hp_a2_certify, &e, HP_NOT_APPLICABLE, cases[k].part);
    free(text);
    experiment_close(&e);
  }
  hp_experiment e;
  experiment_open(&e, "double-well", "a=2", 4, 6);
  expect_all(hp_a2_certify, &e, HP_NOT_APPLICABLE, "not well posed");
  experiment_close(&e);
}

/* The flow of the rows ends before that of the constants: the iterates leave every bound. */
Test(flow_certify, iterates_without_bound) {
  hp_experiment e;
  experiment_parse(&e, "params = x\nloss = x^4/4\nstart = 40\nmomentum = 1/2\nhorizon = 2\n", "hb",
                   2, 4);
  expect_all(hp_a4_certify, &e, HP_NOT_APPLICABLE, "");
  experiment_close(&e);
}

static bool stop(void *context) {
  return --*(int *)context > 0;
}

Test(flow_certify, is_interrupted) {
  for (int after = 1; after < 200; after = 3 * after + 1) {
    hp_experiment e;
    hp_results results = {0};
    int left = after;
    experiment_open(&e, "double-well", "hb", 4, 6);
    e.keep_going = stop;
    e.context = &left;
    cr_expect(!hp_a4_certify(&e, &results) && results.count == 0, "after %d", after);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}
