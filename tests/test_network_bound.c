#include "reference/bounds/network_bound.h"
#include "src/diagonal_network.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

enum { TRIALS = 2000, MOST = 20 };

Test(network_bound, kernels_keep_it_and_perturbed_results_do_not) {
  random_double_seed(5);
  double closest = 0;
  for (int trial = 0; trial < TRIALS; ++trial) {
    double u[MOST], v[MOST], theta[MOST], delta[MOST], y = random_double();
    for (size_t i = 0; i < MOST; ++i) {
      u[i] = random_double();
      v[i] = random_double();
    }
    hp_diagonal_theta(MOST, u, v, theta);
    hp_diagonal_balance(MOST, u, v, delta);
    for (size_t i = 0; i < MOST; ++i) {
      double size = u[i] * u[i] + v[i] * v[i] + delta[i];
      long double exact = fabsl((long double)u[i] * u[i] - (long double)v[i] * v[i]);
      cr_assert(hp_product_within_bound(theta[i], u[i], v[i]));
      cr_assert(!hp_product_within_bound(theta[i] * (1 + 0x1p-51), u[i], v[i]));
      cr_assert(hp_balance_within_bound(delta[i], u[i], v[i]));
      cr_assert(!hp_balance_within_bound(delta[i] + 3 * 0x1p-53 * size, u[i], v[i]));
      closest = fmax(closest, (double)fabsl(delta[i] - exact) / (0x1p-53 * size));
    }
    size_t n = random_bits() % (MOST + 1);
    double residual = hp_diagonal_residual(n, u, v, y), size = 0;
    for (size_t i = 0; i < n; ++i)
      size += fabs(u[i] * v[i]);
    double off = 3 * 0x1p-53 * ((double)(n + 1) * size + fabs(residual));
    cr_assert(hp_residual_within_bound(residual, n, u, v, y));
    cr_assert(!hp_residual_within_bound(residual + off, n, u, v, y));
  }
  cr_assert_gt(closest, 1 / 3.0, "attained share of the bound of the balance: %g", closest);
}

Test(network_bound, edges) {
  const double x[] = {1, 2}, wild[] = {NAN, 1};
  cr_assert(hp_product_within_bound(7, NAN, 1) && hp_product_within_bound(7, 1, 0x1p301));
  cr_assert(!hp_product_within_bound(INFINITY, 1, 1));
  cr_assert(hp_product_within_bound(0, 0x1p-538, 0x1p-537));
  cr_assert(!hp_product_within_bound(0x1p-1074, 0x1p-538, 0x1p-538));
  cr_assert(hp_balance_within_bound(7, NAN, 1) && hp_balance_within_bound(7, 1, INFINITY));
  cr_assert(!hp_balance_within_bound(NAN, 1, 1));
  cr_assert(hp_residual_within_bound(7, 2, x, wild, 1) &&
            hp_residual_within_bound(7, 2, wild, x, 1));
  cr_assert(hp_residual_within_bound(7, 2, x, x, NAN) &&
            !hp_residual_within_bound(NAN, 2, x, x, 1));
  cr_assert(hp_residual_within_bound(-1, 0, x, x, 1));
}
