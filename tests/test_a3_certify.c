#include "experiment.h"
#include "verify/claims/a3_certify.h"

static void enclose(hp_a3_enclosed *m, hp_experiment *e, const char *problem, const char *method,
                    int first, int last) {
  experiment_open(e, problem, method, first, last);
  cr_assert(hp_a3_enclose(m, e));
}

static bool holds_text(const arb_t ball, const char *decimal) {
  arb_t x;
  arb_init(x);
  arb_set_str(x, decimal, 300);
  bool contains = arb_overlaps(ball, x);
  arb_clear(x);
  return contains;
}

/* |w_n| of a quadratic with one curvature is z_fast^n |w_0|: every ratio is the one root, and w_0 = -m_h. */
Test(a3_certify, one_curvature) {
  hp_experiment e;
  hp_a3_enclosed m;
  experiment_parse(&e, "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb",
                   6, 8);
  cr_assert(hp_a3_enclose(&m, &e));
  for (size_t i = 0; i < 3; ++i) {
    const hp_a3_enclosed_row *row = &m.row[i];
    double h = mpq_get_d(e.step[i]), sum = 1.5 - h;
    double fast = (sum - sqrt(sum * sum - 2)) / 2, slow = 0.5 / fast;
    cr_assert_eq(row->state, HP_A3_ROW_USED);
    cr_expect(arb_contains_zero(row->gap) == false);
    for (size_t k = 0; k < row->n_points; ++k) {
      double w = arf_get_d(arb_midref(row->distance + k), ARF_RND_NEAR);
      double exact = (1 / slow - 1) / h * pow(fast, (double)row->n[k]);
      cr_expect(fabs(w / exact - 1) < 1e-10, "row %zu, n %ld: %g %g", i, row->n[k], w, exact);
    }
    cr_expect(fabs(arf_get_d(arb_midref(row->high), ARF_RND_NEAR) - fast) < 1e-12,
              "the bound is attained");
  }
  hp_a3_enclosed_clear(&m);
  hp_results results = {0};
  cr_assert(hp_a3_certify(&e, &results));
  cr_expect_eq(results.run[0].verdict, HP_PASS, "%s", results.run[0].reason);
  hp_results_clear(&results);
  experiment_close(&e);
}

/* The intervals are narrow: 10^-20 of what they enclose, at every n. */
Test(a3_certify, width) {
  hp_experiment e;
  hp_a3_enclosed m;
  enclose(&m, &e, "double-well", "nag", 6, 8);
  for (size_t i = 0; i < 3; ++i)
    for (size_t k = 0; k < m.row[i].n_points; ++k)
      cr_expect(arb_rel_accuracy_bits(m.row[i].distance + k) > 66, "row %zu, n %ld", i,
                m.row[i].n[k]);
  cr_expect(holds_text(m.predicted, "1.19574 +/- 1e-6"));
  hp_a3_enclosed_clear(&m);
  experiment_close(&e);
}

static const hp_run *run_of(const hp_results *results, const char *observable) {
  for (size_t i = 0; i < results->count; ++i)
    if (strcmp(results->run[i].observable, observable) == 0)
      return &results->run[i];
  cr_assert_fail("no run of %s", observable);
  return NULL;
}

Test(a3_certify, passes) {
  static const char *const methods[] = {"hb", "nag"};
  for (int k = 0; k < 2; ++k) {
    hp_experiment e;
    hp_results results = {0};
    experiment_open(&e, "double-well", methods[k], 8, 11);
    cr_assert(hp_a3_certify(&e, &results));
    const hp_run *attraction = run_of(&results, "d_n"), *gap = run_of(&results, "|m_h-λ̄f|");
    cr_expect_eq(attraction->verdict, HP_PASS, "%s", attraction->reason);
    cr_expect(attraction->bound_holds && attraction->n_controls == 2);
    cr_expect_eq(gap->verdict, HP_PASS, "%s", gap->reason);
    cr_expect(gap->order_low > 0.95 && gap->order_high < 1.05 && gap->n_controls == 2);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}

/* Above the threshold, and with too few steps below it, nothing passes for want of rows. */
Test(a3_certify, coarse_steps_settle_nothing) {
  hp_experiment e;
  hp_results results = {0};
  experiment_open(&e, "quadratic-5", "hb", 6, 8);
  cr_assert(hp_a3_certify(&e, &results));
  cr_expect_eq(run_of(&results, "d_n")->verdict, HP_NOT_ASYMPTOTIC);
  cr_expect_eq(run_of(&results, "|m_h-λ̄f|")->verdict, HP_NOT_ASYMPTOTIC);
  hp_results_clear(&results);
  experiment_close(&e);
  results = (hp_results){0};
  experiment_open(&e, "quadratic-5", "hb", 10, 11);
  cr_assert(hp_a3_certify(&e, &results));
  const hp_run *gap = run_of(&results, "|m_h-λ̄f|");
  cr_expect(gap->verdict == HP_NOT_ASYMPTOTIC && gap->wanted_step > 0, "%s", gap->reason);
  hp_results_clear(&results);
  experiment_close(&e);
}

Test(a3_certify, not_applicable) {
  hp_experiment e;
  hp_results results = {0};
  experiment_open(&e, "double-well", "gd", 6, 8);
  cr_assert(hp_a3_certify(&e, &results));
  cr_expect_eq(run_of(&results, "d_n")->verdict, HP_NOT_APPLICABLE);
  hp_results_clear(&results);
  experiment_close(&e);
  results = (hp_results){0};
  experiment_parse(&e, "params = x\nloss = x^2/2\nstart = 0\nmomentum = 1/2\nhorizon = 1\n", "hb",
                   6, 8);
  cr_assert(hp_a3_certify(&e, &results));
  for (size_t i = 0; i < results.count; ++i)
    cr_expect_eq(results.run[i].verdict, HP_NOT_APPLICABLE, "%s", results.run[i].reason);
  hp_results_clear(&results);
  experiment_close(&e);
}

static bool stop(void *context) {
  return --*(int *)context > 0;
}

Test(a3_certify, is_interrupted) {
  for (int after = 1; after < 4; ++after) {
    hp_experiment e;
    hp_results results = {0};
    int left = after;
    experiment_open(&e, "double-well", "hb", 6, 8);
    e.keep_going = stop;
    e.context = &left;
    cr_expect(!hp_a3_certify(&e, &results) && results.count == 0);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}
