#include "experiment.h"
#include "reference/iterate/momentum.h"
#include "verify/samples.h"

/* h divides T/64: every sample is at jT/64, and u_n, v_n are those of the recurrence. */
Test(samples, at_the_grid) {
  hp_experiment experiment;
  hp_samples samples;
  hp_region region;
  mpq_t t;
  mpq_init(t);
  experiment_open(&experiment, "rosenbrock", "nag", 6, 7);
  hp_samples_init(&samples, 2, 200);
  hp_region_init(&region, 2);
  cr_assert(hp_samples_run(&samples, &experiment, experiment.step[1], &region));
  cr_assert(samples.finite);
  cr_assert_eq(region.n_shown, HP_SAMPLES);
  hp_sample_time(t, &experiment, 0);
  cr_assert_eq(mpq_cmp_ui(t, 1, 4), 0);
  hp_sample_time(t, &experiment, HP_SAMPLES - 1);
  cr_assert_eq(mpq_cmp_ui(t, 2, 1), 0);
  hp_momentum_mpfr state;
  hp_momentum_init_mpfr(&state, experiment.problem->gradient_program, experiment.momentum,
                        experiment.a, experiment.step[1], experiment.problem->start, 200);
  for (long n = 0, j = 0; j < HP_SAMPLES; ++n) {
    if (n == samples.n[j]) {
      cr_assert_eq(n, 32 + 4 * j);
      for (size_t i = 0; i < 2; ++i) {
        cr_assert(mpfr_equal_p(samples.u[2 * j + (long)i], state.u[i]));
        cr_assert(mpfr_equal_p(samples.v[2 * j + (long)i], state.v[i]));
      }
      ++j;
    }
    hp_momentum_step_mpfr(&state);
  }
  hp_momentum_clear_mpfr(&state);
  hp_region_clear(&region);
  hp_samples_clear(&samples);
  experiment_close(&experiment);
  mpq_clear(t);
}

static bool stop(void *context) {
  (void)context;
  return false;
}

Test(samples, stops_and_overflows) {
  hp_experiment experiment;
  hp_samples samples;
  experiment_parse(&experiment, "params = u\nloss = -u^4\nstart = 1\nmomentum = 1/2\nhorizon = 8",
                   "hb", 3, 3);
  hp_samples_init(&samples, 1, 100);
  cr_assert(hp_samples_run(&samples, &experiment, experiment.step[0], NULL));
  cr_assert_not(samples.finite);
  experiment.keep_going = stop;
  cr_assert_not(hp_samples_run(&samples, &experiment, experiment.step[0], NULL));
  hp_samples_clear(&samples);
  experiment_close(&experiment);
}
