#include "experiment.h"
#include "verify/first_order.h"
#include "verify/ladder.h"
#include <math.h>

typedef struct {
  hp_experiment experiment;
  hp_trajectory *flow;
  hp_ladder_pass pass;
} fixture;

static void open(fixture *f, const char *source, const char *method, int power) {
  experiment_parse(&f->experiment, source, method, power, power);
  cr_assert_eq(hp_first_order_flow(&f->flow, &f->experiment, f->experiment.a, false, 40),
               HP_TAYLOR_DONE);
  hp_ladder_pass_init(&f->pass, 1, 150);
  f->pass.target[0].flow = f->flow;
}

static void close_all(fixture *f) {
  hp_ladder_pass_clear(&f->pass);
  hp_trajectory_free(f->flow);
  experiment_close(&f->experiment);
}

static const char linear[] = "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n";

/* Gradient descent on x^2/2: u_n = (1-h)^n, the error at n is e^{-nh} - (1-h)^n. */
Test(ladder, closed_form) {
  fixture f;
  open(&f, linear, "gd", 4);
  cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
  mpfr_t most, x, y;
  mpfr_inits2(150, most, x, y, NULL);
  mpfr_set_zero(most, 1);
  long at = 0;
  for (long n = 0; n <= 16; ++n) {
    mpfr_set_d(x, -(double)n / 16, MPFR_RNDN);
    mpfr_exp(x, x, MPFR_RNDN);
    mpfr_set_d(y, 15.0 / 16, MPFR_RNDN);
    mpfr_pow_si(y, y, n, MPFR_RNDN);
    mpfr_sub(x, x, y, MPFR_RNDN);
    if (mpfr_greater_p(x, most)) {
      mpfr_set(most, x, MPFR_RNDN);
      at = n;
    }
  }
  cr_assert_eq(f.pass.target[0].at_n, at);
  mpfr_sub(x, most, f.pass.target[0].error, MPFR_RNDN);
  cr_assert(fabs(mpfr_get_d(x, MPFR_RNDN)) < 1e-38);
  mpfr_clears(most, x, y, NULL);
  close_all(&f);
}

Test(ladder, steps_are_rounded_down) {
  fixture f;
  mpq_t h;
  open(&f, linear, "hb", 3);
  mpq_init(h);
  mpq_set_ui(h, 2, 7);
  cr_assert_eq(hp_ladder_steps(&f.experiment, h), 3);
  cr_assert_eq(hp_ladder_steps(&f.experiment, f.experiment.step[0]), 8);
  mpq_clear(h);
  close_all(&f);
}

/* error <= term + remainder; the remainder is of second order, without the layer of first. */
Test(ladder, first_order_term) {
  double remainder[2], bare[2];
  for (int i = 0; i < 2; ++i) {
    fixture f;
    open(&f, linear, "nag", 10 + i);
    hp_ladder_target *target = &f.pass.target[0];
    cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
    remainder[i] = mpfr_get_d(target->remainder, MPFR_RNDN);
    cr_assert_leq(mpfr_get_d(target->error, MPFR_RNDN),
                  mpfr_get_d(target->term, MPFR_RNDN) + remainder[i]);
    target->no_layer = true;
    cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
    bare[i] = mpfr_get_d(target->remainder, MPFR_RNDN);
    close_all(&f);
  }
  cr_assert_float_eq(remainder[0] / remainder[1], 4, 0.1);
  cr_assert_float_eq(bare[0] / bare[1], 2, 0.1);
}

Test(ladder, double_precision_is_near) {
  fixture f;
  open(&f, linear, "hb", 8);
  f.pass.with_double = true;
  cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
  double error = mpfr_get_d(f.pass.target[0].error, MPFR_RNDN);
  double rounding = mpfr_get_d(f.pass.rounding, MPFR_RNDN);
  cr_assert(rounding > 0 && rounding < 1e-13);
  cr_assert_float_eq(mpfr_get_d(f.pass.double_error, MPFR_RNDN), error, rounding);
  close_all(&f);
}

/* The box holds u_n, y_n and p_n: for this one p_0 = u_0 = 1 is the largest and p_n > 0 the least. */
Test(ladder, region_holds_the_points) {
  fixture f;
  hp_region region;
  open(&f, linear, "nag", 5);
  hp_region_init(&region, 1);
  f.pass.region = &region;
  cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
  cr_assert_eq(region.high[0], 1);
  cr_assert(region.low[0] > 0.05 && region.low[0] < 0.3);
  hp_region_clear(&region);
  close_all(&f);
}

static const char steep[] = "params = x\nloss = 100*x^4\nstart = 10\nmomentum = 1/2\nhorizon = 1\n";

Test(ladder, divergence_is_infinite) {
  fixture f;
  open(&f, steep, "hb", 6);
  f.pass.with_double = true;
  cr_assert(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
  cr_assert_not(f.pass.finite);
  cr_assert(mpfr_inf_p(f.pass.target[0].error));
  cr_assert(mpfr_inf_p(f.pass.double_error));
  close_all(&f);
}

static bool stop(void *context) {
  (void)context;
  return false;
}

Test(ladder, interruption) {
  fixture f;
  open(&f, linear, "hb", 8);
  f.experiment.keep_going = stop;
  cr_assert_not(hp_ladder_run(&f.pass, &f.experiment, f.experiment.step[0]));
  close_all(&f);
}
