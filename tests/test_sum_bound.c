#include "reference/bounds/sum_bound.h"
#include "src/vector.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

/* Kernels keep the bounds, perturbed results do not. The bound of a sum of n terms is reached within a
 * factor that grows with n, for roundings cancel: what is asserted is that three bounds are too far. */

enum { TRIALS = 2000, MOST = 20 };

static void fill(double *x) {
  for (size_t i = 0; i < MOST; ++i)
    x[i] = random_double();
}

static double size_of(size_t n, const double *x, const double *y) {
  double size = 0;
  for (size_t i = 0; i < n; ++i)
    size += fabs(x[i] * y[i]);
  return size;
}

Test(sum_bound, kernels_keep_it_and_perturbed_results_do_not) {
  random_double_seed(4);
  double closest = 0;
  for (int trial = 0; trial < TRIALS; ++trial) {
    double x[MOST], y[MOST], s = random_double(), result[MOST];
    size_t n = random_bits() % (MOST + 1);
    fill(x);
    fill(y);
    hp_vector_add_scaled(n, x, s, y, result);
    for (size_t i = 0; i < n; ++i) {
      double off = 3 * (0x1p-53 * (2 * fabs(s * y[i]) + fabs(x[i])) + 0x1p-1074);
      cr_assert(hp_scaled_sum_within_bound(result[i], x[i], s, y[i]));
      cr_assert(!hp_scaled_sum_within_bound(result[i] + off, x[i], s, y[i]));
    }
    double dot = hp_vector_dot(n, x, y), size = size_of(n, x, y);
    double off = 3 * (double)(n + 1) * 0x1p-53 * size;
    cr_assert(hp_dot_within_bound(dot, n, x, y));
    cr_assert(n == 0 || !hp_dot_within_bound(dot + off, n, x, y));
    long double exact = 0;
    for (size_t i = 0; i < n; ++i)
      exact += (long double)x[i] * y[i];
    if (n == 1)
      closest = fmax(closest, (double)fabsl(dot - exact) / (2 * 0x1p-53 * size));
    double squared = hp_vector_distance_squared(n, x, y);
    cr_assert(hp_distance_squared_within_bound(squared, n, x, y));
    cr_assert(n == 0 || !hp_distance_squared_within_bound(
                            squared * (1 + 3 * (double)(n + 3) * 0x1p-53), n, x, y));
    double largest = hp_vector_distance_max(n, x, y);
    cr_assert(hp_distance_max_within_bound(largest, n, x, y));
    cr_assert(n == 0 || !hp_distance_max_within_bound(largest * (1 + 0x1p-51), n, x, y));
    cr_assert(n == 0 || !hp_distance_max_within_bound(largest * (1 - 0x1p-51), n, x, y));
  }
  cr_assert_gt(closest, 1 / 3.0, "attained share of the bound of one product: %g", closest);
}

/* Nothing is lost: eta, the empty sum, values that are not finite or not tame. */
Test(sum_bound, edges) {
  const double tiny = 0x1p-1074, half[] = {0x1p-538}, x[] = {1, 2}, wild[] = {1, 0x1p301};
  cr_assert(hp_dot_within_bound(0, 0, x, x) && !hp_dot_within_bound(tiny, 0, x, x));
  cr_assert(hp_dot_within_bound(tiny, 1, half, half));
  cr_assert(!hp_dot_within_bound(3 * tiny, 1, half, half));
  cr_assert(hp_distance_max_within_bound(0, 0, x, x) && !hp_distance_max_within_bound(1, 0, x, x));
  cr_assert(hp_dot_within_bound(7, 2, x, wild) && !hp_dot_within_bound(NAN, 2, x, x));
  cr_assert(hp_distance_squared_within_bound(7, 2, wild, x));
  cr_assert(!hp_distance_squared_within_bound(INFINITY, 2, x, x));
  cr_assert(hp_distance_max_within_bound(7, 2, wild, x));
  cr_assert(hp_distance_max_within_bound(7, 2, x, wild));
  cr_assert(!hp_distance_max_within_bound(NAN, 2, x, x));
  cr_assert(hp_scaled_sum_within_bound(7, NAN, 1, 1) && hp_scaled_sum_within_bound(7, 1, NAN, 1));
  cr_assert(hp_scaled_sum_within_bound(7, 1, 1, INFINITY));
  cr_assert(!hp_scaled_sum_within_bound(NAN, 1, 1, 1));
}
