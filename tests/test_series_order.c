#include "experiment.h"
#include "verify/series_order.h"

Test(series_order, as_far_as_the_cost_allows) {
  hp_experiment experiment;
  size_t cost = 99;
  experiment_open(&experiment, "double-well", "hb", 6, 6);
  cr_assert_eq(hp_series_order(experiment.problem, 7, &cost), 7);
  cr_assert_eq(cost, 0);
  cr_assert_eq(hp_series_digits(experiment.problem, 4, 30), 30);
  experiment_close(&experiment);
  experiment_open(&experiment, "iris", "hb", 6, 6);
  size_t order = hp_series_order(experiment.problem, 7, &cost);
  cr_assert(order >= 2 && order < 7);
  cr_assert_gt(cost, HP_SERIES_INSTRUCTIONS);
  cr_assert_eq(hp_series_digits(experiment.problem, order, 30), HP_SERIES_COSTLY_DIGITS);
  cr_assert_eq(hp_series_digits(experiment.problem, order, 8), 8);
  experiment_close(&experiment);
}
