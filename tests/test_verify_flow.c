#include "verify/flow.h"
#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include <math.h>

/* Phi = x^2/2 + 3 y^2/2 at (1, 2): f = (-1, -6), f'f = (1, 18). */
static const char bowl[] =
    "params = x, y\nloss = x^2/2 + 3*y^2/2\nstart = 1, 2\nmomentum = 1/2\nhorizon = 1\n";

Test(verify_flow, slopes_and_velocities) {
  hp_experiment experiment;
  mpq_t first, second;
  experiment_parse(&experiment, bowl, "hb", 4, 4);
  mpfr_t *f = hp_vector_new_mpfr(2, 100), *ff = hp_vector_new_mpfr(2, 100);
  mpq_inits(first, second, NULL);
  mpq_set_si(first, -2, 1);
  mpq_set_ui(second, 1, 2);
  hp_flow_slopes(&experiment, f, NULL, 100);
  cr_expect(mpfr_cmp_si(f[0], -1) == 0 && mpfr_cmp_si(f[1], -6) == 0);
  hp_flow_slopes(&experiment, f, ff, 100);
  cr_expect(mpfr_cmp_si(ff[0], 1) == 0 && mpfr_cmp_si(ff[1], 18) == 0);
  hp_flow_velocity(f, &experiment, first, second, 100);
  cr_expect(mpfr_cmp_d(f[0], 2.5) == 0 && mpfr_cmp_si(f[1], 21) == 0);
  mpq_clears(first, second, NULL);
  hp_vector_free_mpfr(2, ff);
  hp_vector_free_mpfr(2, f);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  int *left = context;
  return --*left > 0;
}

/* u_0 and zeros, then U' = -2 grad Phi to T = 1: (e^{-2}, 2 e^{-6}); or stopped at once. */
Test(verify_flow, integration) {
  hp_experiment experiment;
  int left = 100;
  experiment_parse(&experiment, bowl, "hb", 4, 4);
  experiment.keep_going = stop;
  experiment.context = &left;
  mpfr_t *start = hp_flow_start(&experiment, 4, 30), t, u[2];
  cr_expect(mpfr_cmp_ui(start[1], 2) == 0 && mpfr_zero_p(start[3]));
  hp_vector_free_mpfr(4, start);
  mpfr_inits2(150, t, u[0], u[1], NULL);
  for (int i = 0; i < 2; ++i) {
    hp_trajectory *flow;
    hp_taylor_status status = hp_flow_integrate(
        &flow, &experiment, hp_field_rescaled_gradient(experiment.problem, experiment.momentum),
        hp_flow_start(&experiment, 2, 30), hp_flow_bits(30), 30);
    cr_assert_eq(status, i ? HP_TAYLOR_INTERRUPTED : HP_TAYLOR_DONE);
    if (i == 0) {
      mpfr_set_ui(t, 1, MPFR_RNDN);
      hp_trajectory_eval(flow, t, u, NULL);
      cr_expect_float_eq(mpfr_get_d(u[0], MPFR_RNDN), exp(-2), 1e-16);
      cr_expect_float_eq(mpfr_get_d(u[1], MPFR_RNDN), 2 * exp(-6), 1e-16);
    }
    hp_trajectory_free(flow);
    left = 1;
  }
  mpfr_clears(t, u[0], u[1], NULL);
  experiment_close(&experiment);
}
