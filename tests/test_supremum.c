#include "experiment.h"
#include "reference/enclosure/supremum.h"
#include "verify/region.h"

static void expect_ball(const arb_t x, double exact, double share, const char *what) {
  double low = 0, high = 0;
  arf_t a, b;
  arf_init(a);
  arf_init(b);
  arb_get_interval_arf(a, b, x, 64);
  low = arf_get_d(a, ARF_RND_DOWN);
  high = arf_get_d(b, ARF_RND_UP);
  arf_clear(b);
  arf_clear(a);
  cr_expect(high >= exact * (1 - 1e-15), "%s: %.17g below %.17g", what, high, exact);
  cr_expect(low <= exact * (1 + 1e-12) && high <= exact * (1 + share) + 1e-12,
            "%s: [%.17g, %.17g] for %.17g", what, low, high, exact);
}

/* f = u - u^3 on [0.3, 1]: B0 = 2/(3 sqrt 3) inside, L = 2 and nu = 0.73 at the ends. */
Test(supremum, double_well) {
  hp_experiment e;
  experiment_open(&e, "double-well", "hb", 6, 6);
  hp_enclosed_constants c;
  hp_enclosed_constants_init(&c);
  arb_t box;
  arb_init(box);
  arb_set_str(box, "0.65 +/- 0.35", 64);
  hp_enclose_constants(&c, e.problem, box, 200);
  expect_ball(c.B0, 2 / (3 * sqrt(3)), 0.011, "B0");
  expect_ball(c.L, 2, 0.011, "L");
  expect_ball(c.nu, 0.73, 0.011, "nu");
  arb_clear(box);
  hp_enclosed_constants_clear(&c);
  experiment_close(&e);
}

/* Convex: nu = 0; constant Hessian: L at once. Phi = (x^2 + 5 y^2)/2 on [0,1]^2. */
Test(supremum, quadratic) {
  hp_experiment e;
  experiment_open(&e, "quadratic-5-half", "hb", 6, 6);
  hp_enclosed_constants c;
  hp_enclosed_constants_init(&c);
  arb_ptr box = _arb_vec_init(2);
  arb_set_str(box, "0.5 +/- 0.5", 64);
  arb_set_str(box + 1, "0.5 +/- 0.5", 64);
  hp_enclose_constants(&c, e.problem, box, 100);
  expect_ball(c.L, 5, 1e-3, "L");
  expect_ball(c.B0, sqrt(26), 0.1, "B0");
  cr_expect(arb_is_zero(c.nu));
  _arb_vec_clear(box, 2);
  hp_enclosed_constants_clear(&c);
  experiment_close(&e);
}

/* Never below what sampling finds. */
Test(supremum, above_samples) {
  hp_experiment e;
  experiment_open(&e, "rosenbrock", "hb", 6, 6);
  hp_region region;
  hp_region_init(&region, 2);
  hp_region_add(&region, (double[]){-1.25, 0.25});
  hp_region_add(&region, (double[]){-0.5, 1.125});
  hp_region_constants sampled = hp_region_sample(&region, e.problem);
  hp_enclosed_constants c;
  hp_enclosed_constants_init(&c);
  arb_ptr box = _arb_vec_init(2);
  arb_set_str(box, "-0.875 +/- 0.375", 64);
  arb_set_str(box + 1, "0.6875 +/- 0.4375", 64);
  hp_enclose_constants(&c, e.problem, box, 3000);
  expect_ball(c.B0, sampled.B0, 0.02, "B0");
  expect_ball(c.L, sampled.L, 0.02, "L");
  expect_ball(c.nu, sampled.nu, 0.05, "nu");
  _arb_vec_clear(box, 2);
  hp_enclosed_constants_clear(&c);
  hp_region_clear(&region);
  experiment_close(&e);
}

/* A pole inside the box: nothing finite is claimed. */
Test(supremum, not_finite) {
  hp_experiment e;
  experiment_parse(&e, "params = x\nloss = 1/x\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 0,
                   0);
  hp_enclosed_constants c;
  hp_enclosed_constants_init(&c);
  arb_t box;
  arb_init(box);
  arb_set_str(box, "0.3 +/- 1", 64);
  hp_enclose_constants(&c, e.problem, box, 50);
  cr_expect_not(arb_is_finite(c.B0));
  cr_expect_not(arb_is_finite(c.L));
  cr_expect_not(arb_is_finite(c.nu));
  arb_clear(box);
  hp_enclosed_constants_clear(&c);
  experiment_close(&e);
}
