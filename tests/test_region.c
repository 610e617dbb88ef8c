#include "experiment.h"
#include "verify/region.h"
#include <math.h>

Test(region, extremes_of_a_matrix) {
  /* eigenvalues 1, 3 and 6 in a rotated basis: Q diag Q^T with Q = I - 2 v v^T/|v|^2, v = (1,2,3) */
  double value[3] = {1, 3, 6}, v[3] = {1, 2, 3}, q[9], m[9] = {0}, smallest, largest;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      q[3 * i + j] = (i == j) - 2 * v[i] * v[j] / 14;
  for (int i = 0; i < 9; ++i)
    for (int k = 0; k < 3; ++k)
      m[i] += q[3 * (i / 3) + k] * value[k] * q[3 * (i % 3) + k];
  hp_symmetric_extremes(3, m, &smallest, &largest);
  cr_assert_float_eq(smallest, 1, 1e-13);
  cr_assert_float_eq(largest, 6, 1e-13);
}

static hp_region region_of(const hp_problem *problem, double low, double high) {
  hp_region region;
  double point[8];
  hp_region_init(&region, problem->n_params);
  for (size_t i = 0; i < problem->n_params; ++i)
    point[i] = low;
  hp_region_add(&region, point);
  for (size_t i = 0; i < problem->n_params; ++i)
    point[i] = high;
  hp_region_add(&region, point);
  return region;
}

/* f = u - u^3 on [.3, 1]: L = 2, nu = .73, B0 = 2/(3 sqrt 3) inside the interval */
Test(region, double_well) {
  hp_experiment experiment;
  experiment_open(&experiment, "double-well", "hb", 6, 6);
  hp_region region = region_of(experiment.problem, 0.3, 1);
  hp_region_constants constants = hp_region_sample(&region, experiment.problem);
  cr_assert_float_eq(constants.L, 2, 1e-12);
  cr_assert_float_eq(constants.nu, 0.73, 1e-12);
  cr_assert_float_eq(constants.B0, 2 / (3 * sqrt(3)), 1e-9);
  char *text = hp_region_text(&region);
  cr_assert_str_eq(text, "[0.3, 1]");
  free(text);
  hp_region_clear(&region);
  experiment_close(&experiment);
}

/* LOG: the largest curvature, .413278327, is at 0, a speck of a large box. */
Test(region, climbs_to_a_narrow_maximum) {
  hp_experiment experiment;
  experiment_open(&experiment, "logistic", "hb", 6, 6);
  hp_region region = region_of(experiment.problem, -250, 120);
  double shown[] = {0.5, -0.5, 0.25};
  hp_region_add(&region, shown);
  double L = hp_region_sample(&region, experiment.problem).L;
  cr_assert(L > 0.413 && L <= 0.413278328, "%.12g", L);
  hp_region_clear(&region);
  experiment_close(&experiment);
}

Test(region, grows_keeps_and_merges) {
  hp_region region, other;
  hp_region_init(&region, 2);
  hp_region_init(&other, 2);
  for (int i = 0; i < 1000; ++i)
    hp_region_add(&other, (double[]){i, -i});
  cr_assert_eq(other.low[1], -999);
  cr_assert(other.n_shown >= 32 && other.n_shown <= 128);
  hp_region_add(&region, (double[]){NAN, 5});
  hp_region_add(&region, (double[]){-1, INFINITY});
  cr_assert_eq(region.n_shown, 0);
  hp_region_merge(&region, &other);
  cr_assert_eq(region.low[0], -1);
  cr_assert_eq(region.high[0], 999);
  cr_assert_eq(region.high[1], 5);
  cr_assert_eq(region.n_shown, other.n_shown);
  hp_region_clear(&region);
  hp_region_clear(&other);
}

Test(region, declared_box) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = x^4\nstart = 1\nmomentum = 1/2\nhorizon = 1\nbox = -3..2\n",
                   "hb", 6, 6);
  hp_region region;
  hp_region_init(&region, 1);
  hp_region_add_box(&region, experiment.problem);
  cr_assert_eq(region.low[0], -3);
  cr_assert_eq(region.high[0], 2);
  cr_assert_float_eq(hp_region_sample(&region, experiment.problem).L, 108, 1e-12);
  hp_region_clear(&region);
  experiment_close(&experiment);
}

Test(region, undefined_somewhere_is_infinite) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = x*log(x)\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 6,
                   6);
  hp_region region = region_of(experiment.problem, -1, 1);
  hp_region_add_box(&region, experiment.problem);
  hp_region_constants constants = hp_region_sample(&region, experiment.problem);
  cr_assert(isinf(constants.L) && isinf(constants.B0) && isinf(constants.nu));
  hp_region_clear(&region);
  experiment_close(&experiment);
}
