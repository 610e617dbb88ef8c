#include "experiment.h"
#include "verify/first_order.h"
#include <math.h>

static const char linear[] = "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 3\n";

/* Phi = x^2/2: E(t) = e^{-lambda_bar t} lambda_bar^2 (lambda - alpha lambda_bar t); heavy ball,
 * lambda = 1/2: 4 e^{-2t} (1/2 - 3t/2), 2 at t = 0. Without the layer: -6 t e^{-2t}, 3/e at t = 1/2. */
Test(first_order, maximum_at_the_start_and_inside) {
  hp_experiment experiment;
  mpfr_t most, at, exact;
  experiment_parse(&experiment, linear, "hb", 6, 6);
  mpfr_inits2(300, most, at, exact, NULL);
  for (int no_layer = 0; no_layer < 2; ++no_layer) {
    hp_trajectory *flow;
    cr_assert_eq(hp_first_order_flow(&flow, &experiment, experiment.a, no_layer, 50),
                 HP_TAYLOR_DONE);
    hp_first_order_maximum(flow, most, at);
    mpfr_set_si(exact, -1, MPFR_RNDN);
    mpfr_exp(exact, exact, MPFR_RNDN);
    mpfr_mul_ui(exact, exact, 3, MPFR_RNDN);
    if (!no_layer)
      mpfr_set_ui(exact, 2, MPFR_RNDN);
    mpfr_sub(exact, exact, most, MPFR_RNDN);
    cr_assert(fabs(mpfr_get_d(exact, MPFR_RNDN)) < 1e-48);
    cr_assert_float_eq(mpfr_get_d(at, MPFR_RNDN), no_layer ? 0.5 : 0, 1e-15);
    hp_trajectory_free(flow);
  }
  mpfr_clears(most, at, exact, NULL);
  experiment_close(&experiment);
}

Test(first_order, rescaled_flow) {
  hp_experiment experiment;
  hp_trajectory *flow;
  mpfr_t t, u[1];
  experiment_parse(&experiment, linear, "hb", 6, 6);
  cr_assert_eq(hp_rescaled_flow(&flow, &experiment, experiment.momentum, 30), HP_TAYLOR_DONE);
  mpfr_inits2(150, t, u[0], NULL);
  mpfr_set_ui(t, 1, MPFR_RNDN);
  hp_trajectory_eval(flow, t, u, NULL);
  cr_assert_float_eq(mpfr_get_d(u[0], MPFR_RNDN), exp(-2), 1e-16);
  mpfr_clears(t, u[0], NULL);
  hp_trajectory_free(flow);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  (void)context;
  return false;
}

Test(first_order, interruption_and_texts) {
  hp_experiment experiment;
  hp_trajectory *flow;
  experiment_parse(&experiment, linear, "hb", 6, 6);
  experiment.keep_going = stop;
  cr_assert_eq(hp_first_order_flow(&flow, &experiment, experiment.a, false, 30),
               HP_TAYLOR_INTERRUPTED);
  hp_trajectory_free(flow);
  experiment_close(&experiment);
  cr_assert(strstr(hp_taylor_status_text(HP_TAYLOR_BLOW_UP), "leaves every bound"));
  cr_assert(strstr(hp_taylor_status_text(HP_TAYLOR_NOT_A_NUMBER), "not defined"));
}
