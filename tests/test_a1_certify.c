#include "experiment.h"
#include "verify/claims/a1_certify.h"

static bool holds_text(const arb_t ball, const char *decimal) {
  arb_t x;
  arb_init(x);
  arb_set_str(x, decimal, 300);
  bool overlaps = arb_overlaps(ball, x);
  arb_clear(x);
  return overlaps;
}

/* The published errors of the double well lie in the intervals, to all their digits, and max|E| of its
 * closed formula. */
Test(a1_certify, double_well) {
  hp_experiment e;
  hp_a1_enclosed m;
  experiment_open(&e, "double-well", "hb", 6, 9);
  cr_assert_eq(hp_a1_enclose(&m, &e), HP_A1_ENCLOSED);
  static const char *const published[] = {"1.781416763272245516974831293e-02 +/- 1e-29",
                                          "9.012115228363695560106121363e-03 +/- 1e-30",
                                          "4.531509599296859688505705850e-03 +/- 1e-30"};
  for (size_t i = 0; i < 3; ++i) {
    cr_expect(holds_text(m.error + i, published[i]), "row %zu", i);
    cr_expect(mag_cmp_2exp_si(arb_radref(m.error + i), -130) < 0);
    cr_expect(arb_gt(m.bound + i, m.error + i) && m.symmetric[i]);
  }
  cr_expect(holds_text(m.predicted, "1.16645411740494 +/- 1e-12"));
  hp_a1_enclosed_clear(&m);
  experiment_close(&e);
}

static hp_verdict verdict(hp_experiment *e, const char *part) {
  hp_results results = {0};
  cr_assert(hp_a1_certify(e, &results));
  const hp_run *run = &results.run[0];
  hp_verdict got = run->verdict;
  if (part)
    cr_expect(run->reason && strstr(run->reason, part), "%s", run->reason);
  hp_results_clear(&results);
  return got;
}

Test(a1_certify, passes) {
  hp_experiment e;
  experiment_open(&e, "double-well", "nag", 7, 10);
  hp_results results = {0};
  cr_assert(hp_a1_certify(&e, &results));
  const hp_run *run = &results.run[0];
  cr_expect_eq(run->verdict, HP_PASS, "%s", run->reason);
  cr_expect(run->has_bound && run->bound_holds && run->n_controls == 2);
  cr_expect(run->order_low <= run->order_high && run->order_low > 0.95 && run->order_high < 1.05);
  cr_expect(run->control[0].failed && run->control[1].failed);
  hp_results_clear(&results);
  experiment_close(&e);
}

Test(a1_certify, coarse_steps_settle_nothing) {
  hp_experiment e;
  experiment_open(&e, "double-well", "hb", 2, 4);
  cr_expect_eq(verdict(&e, "the regime is below"), HP_NOT_ASYMPTOTIC);
  e.n_steps = 2;
  cr_expect_eq(verdict(&e, "fewer than 3"), HP_NOT_ASYMPTOTIC);
  e.n_steps = 3;
  experiment_close(&e);
}

/* Where the largest error sits in the initial layer the slope rises slowly: not a refutation. */
Test(a1_certify, layer_is_not_settled) {
  hp_experiment e;
  experiment_open(&e, "quadratic-5", "hb", 14, 16);
  mpq_set_ui(e.horizon, 1, 16);
  cr_expect_eq(verdict(&e, "does not settle"), HP_NOT_ASYMPTOTIC);
  experiment_close(&e);
}

Test(a1_certify, not_applicable) {
  static const struct {
    const char *text, *reason;
  } cases[] = {
      {"params = x\nloss = -x^3/3\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "it reaches t = 0.4"},
      {"params = x\nloss = (x-1)^2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "critical point"},
      {"params = x\nloss = x^4\nstart = 2\nmomentum = 1/2\nhorizon = 32\n", "leave every"},
  };
  for (size_t k = 0; k < 3; ++k) {
    hp_experiment e;
    experiment_parse(&e, cases[k].text, "hb", k == 2 ? 0 : 3, k == 2 ? 2 : 5);
    cr_expect_eq(verdict(&e, cases[k].reason), HP_NOT_APPLICABLE, "case %zu", k);
    experiment_close(&e);
  }
}

static bool stop(void *context) {
  return --*(int *)context > 0;
}

Test(a1_certify, told_to_stop) {
  for (int left = 1; left <= 200; left += 66) {
    int count = left;
    hp_experiment e;
    experiment_open(&e, "double-well", "hb", 5, 7);
    e.keep_going = stop;
    e.context = &count;
    hp_results results = {0};
    bool done = hp_a1_certify(&e, &results);
    cr_expect(done == (results.count == 2));
    cr_expect(done || count <= 0);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}

/* A directory that cannot be written is an error, not a pass. */
Test(a1_certify, certificate_cannot_be_written) {
  hp_experiment e;
  experiment_open(&e, "double-well", "nag", 7, 9);
  e.certificates = "/nowhere";
  cr_expect_eq(verdict(&e, "cannot be written"), HP_ERROR);
  experiment_close(&e);
}
