#include "experiment.h"
#include "verify/claims/a1_doubles.h"

static void open(hp_a1_enclosed *m, hp_experiment *e, const char *method, int first, int last) {
  experiment_open(e, "double-well", method, first, last);
  cr_assert_eq(hp_a1_enclose(m, e), HP_A1_ENCLOSED);
}

static double middle(const arb_t x) {
  return arf_get_d(arb_midref(x), ARF_RND_NEAR);
}

/* The doubles are some 10^-16 from the exact iterates, and not they themselves; the rounding part covers
 * this difference and is small beside C1 h, but grows as h falls. */
Test(a1_doubles, double_well) {
  static const char *const methods[] = {"hb", "nag"};
  for (int k = 0; k < 2; ++k) {
    hp_experiment e;
    hp_a1_enclosed m;
    hp_a1_doubles doubles;
    open(&m, &e, methods[k], 6, 9);
    cr_assert(hp_a1_doubles_enclose(&doubles, &m), "%s", doubles.why);
    for (size_t i = 0; i < 4; ++i) {
      arb_t apart;
      arb_init(apart);
      arb_sub(apart, doubles.error + i, m.error + i, 200);
      cr_expect(!arb_contains_zero(apart) && fabs(middle(apart)) < 1e-14, "%s: %g", methods[k],
                middle(apart));
      arb_abs(apart, apart);
      cr_expect(arb_lt(apart, doubles.rounding + i));
      cr_expect(arb_lt(doubles.error + i, doubles.bound + i));
      cr_expect(arb_gt(doubles.error + i, doubles.rounding + i));
      cr_expect(middle(doubles.rounding + i) < 1e-7 && middle(doubles.rounding + i) > 1e-12);
      if (i > 0)
        cr_expect(arb_gt(doubles.rounding + i, doubles.rounding + i - 1));
      arb_clear(apart);
    }
    hp_a1_doubles_clear(&doubles);
    hp_a1_enclosed_clear(&m);
    experiment_close(&e);
  }
}

/* grad Phi = x, lambda = 1/2, one step: the defects are those of the three lines, by hand. */
Test(a1_doubles, one_step) {
  hp_experiment e;
  hp_a1_enclosed m;
  hp_a1_doubles doubles;
  experiment_parse(&e, "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1/8\n", "hb",
                   3, 3);
  cr_assert_eq(hp_a1_enclose(&m, &e), HP_A1_ENCLOSED);
  cr_assert(hp_a1_doubles_enclose(&doubles, &m), "%s", doubles.why);
  double E = exp(2 * 0.125), C2 = 2 * (1 + 1 * (E - 1) + E), eps = 0x1p-53;
  double ey = eps * 1, ev = eps * 1, eu = eps * (2 * 0.125 + 1), delta = 0.125 * (ev + ey) + eu;
  double rounding = C2 * delta * 1;
  cr_expect(fabs(middle(doubles.rounding) / rounding - 1) < 1e-6, "%g %g", middle(doubles.rounding),
            rounding);
  hp_a1_doubles_clear(&doubles);
  hp_a1_enclosed_clear(&m);
  experiment_close(&e);
}

static void expect_refused(const hp_a1_enclosed *m, const char *part) {
  hp_a1_doubles doubles;
  cr_expect(!hp_a1_doubles_enclose(&doubles, m));
  cr_expect(doubles.why && strstr(doubles.why, part), "%s", doubles.why);
  hp_a1_doubles_clear(&doubles);
}

Test(a1_doubles, hypotheses) {
  hp_experiment e;
  hp_a1_enclosed m;
  open(&m, &e, "nag", 5, 7);
  arb_add_ui(m.box, m.box, 1, 64);
  expect_refused(&m, "a look-ahead point the box");
  mag_zero(arb_radref(m.box));
  expect_refused(&m, "not proved to stay in the box");
  hp_results results = {0};
  hp_a1_doubles_run(&m, &results);
  cr_expect_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
  hp_results_clear(&results);
  hp_a1_enclosed_clear(&m);
  experiment_close(&e);
}

Test(a1_doubles, run) {
  hp_experiment e;
  hp_a1_enclosed m;
  hp_results results = {0};
  open(&m, &e, "hb", 6, 8);
  hp_a1_doubles_run(&m, &results);
  const hp_run *run = &results.run[0];
  cr_expect(run->verdict == HP_PASS && run->bound_holds && run->n_rows == 3, "%s", run->reason);
  cr_expect(run->n_controls == 1 && run->control[0].failed);
  arb_zero(m.constants.L);
  arb_zero(m.constants.B0);
  hp_a1_doubles_run(&m, &results);
  cr_expect(results.run[1].verdict == HP_FAIL && strstr(results.run[1].reason, "proved"));
  arb_indeterminate(m.constants.L);
  hp_a1_doubles_run(&m, &results);
  cr_expect_neq(results.run[2].verdict, HP_PASS);
  hp_results_clear(&results);
  hp_a1_enclosed_clear(&m);
  experiment_close(&e);
}
