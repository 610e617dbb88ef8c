#include "verify/leapfrog.h"
#include "experiment.h"

Test(leapfrog, constants) {
  mpq_t lambda, epsilon, gamma, beta;
  mpq_inits(lambda, epsilon, gamma, beta, NULL);
  mpq_set_ui(lambda, 1, 2);
  mpq_set_ui(epsilon, 1, 8);
  const hp_leapfrog method = {lambda, epsilon, HP_LEAPFROG_REST};
  hp_leapfrog_constants(gamma, beta, &method);
  cr_assert(mpq_cmp_si(beta, 3, 4) == 0);
  cr_assert(mpq_cmp_si(gamma, 1, 32) == 0);
  mpq_clears(lambda, epsilon, gamma, beta, NULL);
}

/* The parabola finds the vertex of 1 - (t - t_0)^2 exactly, and the ends as they are. */
Test(leapfrog, peak) {
  hp_leapfrog_peak inside = {0}, rising = {0}, falling = {0};
  for (int k = 0; k <= 10; ++k) {
    double t = 0.1 * k;
    hp_leapfrog_peak_add(&inside, 1 - (t - 0.537) * (t - 0.537));
    hp_leapfrog_peak_add(&rising, t * t);
    hp_leapfrog_peak_add(&falling, 2 - t);
  }
  cr_assert_float_eq(hp_leapfrog_peak_end(&inside), 1, 1e-14);
  cr_assert_float_eq(hp_leapfrog_peak_end(&rising), 1, 1e-14);
  cr_assert_float_eq(hp_leapfrog_peak_end(&falling), 2, 1e-14);
}

/* F = w^2/2: w_1 = w_0 (1 - gamma) from rest and w_0 (1 - gamma/(1+beta)) symmetrically. As many bits as
 * hp_leapfrog_bits asks for give the digits. */
Test(leapfrog, follow) {
  hp_experiment experiment;
  mpq_t lambda, epsilon;
  mpfr_t distance;
  double peak;
  mpq_inits(lambda, epsilon, NULL);
  mpfr_init2(distance, 256);
  mpq_set_ui(lambda, 1, 2);
  mpq_set_ui(epsilon, 1, 8);
  experiment_parse(&experiment,
                   "params = x\nloss = x^2/2\nstart = 3\nmomentum = 1/2\nhorizon = 2\n", "hb", 6,
                   7);
  for (int symmetric = 0; symmetric < 2; ++symmetric) {
    const hp_leapfrog method = {lambda, epsilon,
                                symmetric ? HP_LEAPFROG_SYMMETRIC : HP_LEAPFROG_REST};
    hp_leapfrog_path rough, fine;
    cr_assert(hp_leapfrog_follow(&rough, &experiment, &method, hp_leapfrog_bits(16, 20)));
    cr_assert(hp_leapfrog_follow(&fine, &experiment, &method, 200));
    cr_assert_eq(fine.steps, 16);
    double expected = symmetric ? 3 * (1 - 1 / 32.0 / 1.75) : 3 * (1 - 1 / 32.0);
    cr_assert_float_eq(mpfr_get_d(fine.w[1], MPFR_RNDN), expected, 1e-14);
    hp_leapfrog_distance(distance, &peak, &rough, &fine, 1);
    cr_assert_lt(mpfr_get_d(distance, MPFR_RNDN), 1e-20);
    cr_assert_eq(mpfr_sgn(distance) > 0 && peak > 0, symmetric == 1); /* from rest all is exact */
    hp_leapfrog_path_clear(&fine);
    hp_leapfrog_path_clear(&rough);
  }
  cr_assert_geq(hp_leapfrog_bits(16, 20), 90);
  mpfr_clear(distance);
  mpq_clears(lambda, epsilon, NULL);
  experiment_close(&experiment);
}
