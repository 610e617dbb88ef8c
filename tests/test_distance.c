#include "verify/distance.h"
#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "verify/first_order.h"
#include <math.h>

enum { BITS = 150, PATHS = 2 };

typedef struct {
  hp_experiment experiment;
  hp_trajectory *flow[2];
  mpfr_t *velocity[PATHS];
  mpq_t from;
  hp_distances pass;
} fixture;

/* Phi = x^2/2, gradient descent: u_n = (1-h)^n beside e^{-t}; path 1 has v_0 = 1, which gd forgets. */
static void open(fixture *f, const char *source, const char *method, size_t n) {
  experiment_parse(&f->experiment, source, method, 4, 4);
  cr_assert_eq(hp_rescaled_flow(&f->flow[0], &f->experiment, f->experiment.momentum, 40),
               HP_TAYLOR_DONE);
  f->flow[1] = NULL;
  f->velocity[0] = NULL;
  f->velocity[1] = hp_vector_new_mpfr(1, BITS);
  mpfr_set_ui(f->velocity[1][0], 1, MPFR_RNDN);
  mpq_init(f->from);
  mpq_set_ui(f->from, 3, 2);
  hp_distances_init(&f->pass, n, BITS);
  f->pass.velocity = f->velocity;
  f->pass.n_paths = PATHS;
  f->pass.flow = f->flow;
  f->pass.n_flows = 2;
  f->pass.from = f->from;
}

static void close_all(fixture *f) {
  hp_distances_clear(&f->pass);
  mpq_clear(f->from);
  hp_vector_free_mpfr(1, f->velocity[1]);
  hp_trajectory_free(f->flow[0]);
  experiment_close(&f->experiment);
}

static double apart(const mpfr_t x, double y) {
  return fabs(mpfr_get_d(x, MPFR_RNDN) - y);
}

static double error_at(double n) {
  return exp(-n / 16) - pow(15.0 / 16, n);
}

static const char bowl[] = "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 2\n";

Test(distance, closed_form) {
  fixture f;
  open(&f, bowl, "gd", 5);
  hp_distance *distance = f.pass.distance;
  distance[1].late = true;
  distance[2].path = 1;
  distance[3].only_n = 5;
  distance[4].flow = 1;
  hp_region region;
  hp_region_init(&region, 1);
  f.pass.region = &region;
  f.pass.with_double = true;
  cr_assert(hp_distances_run(&f.pass, &f.experiment, f.experiment.step[0]));
  cr_assert(f.pass.finite);
  long best = 0;
  double peak = 0;
  for (long n = 1; n <= 32; ++n)
    best = error_at((double)n) > error_at((double)best) ? n : best;
  for (int i = -1000; i <= 1000; ++i)
    peak = fmax(peak, error_at((double)best + i / 1000.0));
  cr_expect_eq(distance[0].at_n, best);
  cr_expect_lt(apart(distance[0].distance, error_at((double)best)), 1e-15);
  cr_expect_lt(apart(distance[0].double_distance, error_at((double)best)), 1e-15);
  /* about t e^{-t} h/2; nh >= 3/2 begins at n = 24 */
  cr_expect_gt(peak, error_at((double)best));
  cr_expect_lt(apart(distance[0].peak, peak), 1e-4 * peak, "%g",
               apart(distance[0].peak, peak) / peak);
  cr_expect_eq(distance[1].at_n, 24);
  cr_expect_lt(apart(distance[1].distance, error_at(24)), 1e-15);
  cr_expect(mpfr_nan_p(distance[1].peak), "no n before");
  /* u_1 = u_0 - h u_0 whatever v_0 is: lambda = a = 0 */
  cr_expect(mpfr_equal_p(distance[2].distance, distance[0].distance));
  cr_expect_lt(apart(distance[3].distance, error_at(5)), 1e-15);
  cr_expect(mpfr_nan_p(distance[4].distance), "no flow");
  cr_expect_float_eq(region.high[0], 1, 1e-15);
  cr_expect_float_eq(region.seen_B0, 1, 1e-15);
  hp_region_clear(&region);
  close_all(&f);
}

/* The first step from v_0 = 1 with lambda = 1/2 moves by h (1/2 - 1). */
Test(distance, initial_velocity) {
  fixture f;
  open(&f, bowl, "hb", 2);
  f.pass.distance[1].path = 1;
  f.pass.distance[0].only_n = f.pass.distance[1].only_n = 1;
  f.pass.with_double = true;
  cr_assert(hp_distances_run(&f.pass, &f.experiment, f.experiment.step[0]));
  double flow = exp(-2.0 / 16);
  cr_expect_lt(apart(f.pass.distance[0].distance, 15.0 / 16 - flow), 1e-15);
  cr_expect_lt(apart(f.pass.distance[1].distance, 31.0 / 32 - flow), 1e-15);
  cr_expect_lt(apart(f.pass.distance[1].double_distance, 31.0 / 32 - flow), 1e-15);
  close_all(&f);
}

/* f = -400 u^3 from 10: the iterates are cubed at every step, past the exponents of MPFR. */
Test(distance, iterates_that_leave_every_bound) {
  fixture f;
  open(&f, "params = x\nloss = 100*x^4\nstart = 10\nmomentum = 1/2\nhorizon = 4\n", "hb", 1);
  f.pass.with_double = true;
  cr_assert(hp_distances_run(&f.pass, &f.experiment, f.experiment.step[0]));
  cr_expect_not(f.pass.finite);
  cr_expect(mpfr_inf_p(f.pass.distance[0].distance));
  cr_expect(mpfr_inf_p(f.pass.distance[0].double_distance));
  close_all(&f);
}

static bool stop(void *context) {
  (void)context;
  return false;
}

Test(distance, interruption) {
  fixture f;
  open(&f, bowl, "hb", 1);
  f.experiment.keep_going = stop;
  cr_expect_not(hp_distances_run(&f.pass, &f.experiment, f.experiment.step[0]));
  close_all(&f);
}
