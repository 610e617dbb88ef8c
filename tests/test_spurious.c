#include "verify/spurious.h"
#include "experiment.h"
#include <math.h>

static hp_spurious search(const char *source, double low, double high, double hc) {
  hp_experiment experiment;
  hp_region region;
  hp_spurious found;
  double corner[2];
  experiment_parse(&experiment, source, "hb", 6, 6);
  size_t d = experiment.problem->n_params;
  hp_region_init(&region, d);
  for (int k = 0; k < 2; ++k) {
    for (size_t i = 0; i < d; ++i)
      corner[i] = k ? high : low;
    hp_region_add(&region, corner);
  }
  hp_spurious_search(&found, experiment.problem, &region, hc);
  hp_region_clear(&region);
  experiment_close(&experiment);
  return found;
}

#define HEAD "momentum = 1/2\nhorizon = 1\n"

/* Phi' (1 + hc (3u^2 - 1)) = 0 with hc = 2: u = +-1/sqrt 6, beside the critical points 0, +-1 of Phi. */
Test(spurious, double_well) {
  const char *well = HEAD "params = u\nloss = (u^2 - 1)^2/4\nstart = 3/10\n";
  hp_spurious found = search(well, -1.5, 1.5, 2);
  cr_assert_eq(found.n_found, 2);
  cr_expect_float_eq(fabs(found.point[0]), sqrt(1.0 / 6), 1e-9);
  cr_expect_float_eq(found.point[0] + found.point[1], 0, 1e-9);
  hp_spurious_clear(&found);
  /* hc < 1: the eigenvalue -1/(hc) is not reached */
  found = search(well, -1.5, 1.5, 0.9);
  cr_expect_eq(found.n_found, 0);
  cr_expect_gt(found.n_starts, 100);
  hp_spurious_clear(&found);
  /* they lie outside the box */
  found = search(well, 0.5, 1.5, 2);
  cr_expect_eq(found.n_found, 0);
  hp_spurious_clear(&found);
}

/* grad Phi_h = (I + hc H) grad Phi with H = diag(cos x, 1): spurious where cos x = -1/hc, y = 0. */
Test(spurious, two_dimensions) {
  hp_spurious found =
      search(HEAD "params = x, y\nloss = 1 - cos(x) + y^2/2\nstart = 1, 1\n", -4, 4, 2);
  cr_assert_eq(found.n_found, 2);
  for (size_t k = 0; k < 2; ++k) {
    cr_expect_float_eq(cos(found.point[2 * k]), -0.5, 1e-9);
    cr_expect_float_eq(found.point[2 * k + 1], 0, 1e-9);
  }
  hp_spurious_clear(&found);
}

/* A constant gradient: Newton's matrix is singular everywhere. */
Test(spurious, singular) {
  hp_spurious found = search(HEAD "params = x\nloss = x\nstart = 1\n", -1, 1, 2);
  cr_expect_eq(found.n_found, 0);
  hp_spurious_clear(&found);
}
