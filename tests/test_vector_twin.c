/* The twins around kernels that are wrong on purpose: each violation ends the run. */
#define __real_hp_vector_add_scaled       faulty_add_scaled
#define __wrap_hp_vector_add_scaled       checked_add_scaled
#define __real_hp_vector_dot              faulty_dot
#define __wrap_hp_vector_dot              checked_dot
#define __real_hp_vector_distance_squared faulty_distance_squared
#define __wrap_hp_vector_distance_squared checked_distance_squared
#define __real_hp_vector_distance_max     faulty_distance_max
#define __wrap_hp_vector_distance_max     checked_distance_max
#include "reference/twin/vector_twin.c"
#include <criterion/criterion.h>

static double fault = 1; /* a factor on what the faulty kernels give */

void faulty_add_scaled(size_t n, const double *x, double s, const double *y, double *result) {
  hp_vector_add_scaled(n, x, s, y, result);
  for (size_t i = 0; i < n; ++i)
    result[i] *= fault;
}

double faulty_dot(size_t n, const double *x, const double *y) {
  return fault * hp_vector_dot(n, x, y);
}

double faulty_distance_squared(size_t n, const double *x, const double *y) {
  return fault * hp_vector_distance_squared(n, x, y);
}

double faulty_distance_max(size_t n, const double *x, const double *y) {
  return fault * hp_vector_distance_max(n, x, y);
}

static double x[] = {1, 0.2, 3}, y[] = {0.1, 0.7, 6};

Test(vector_twin, lets_right_kernels_pass) {
  checked_add_scaled(3, x, 0.3, y, x);
  checked_dot(3, x, y);
  checked_distance_squared(3, x, y);
  checked_distance_max(3, x, y);
  checked_distance_max(0, x, y);
}

Test(vector_twin, stops_a_wrong_sum, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-50;
  checked_add_scaled(3, x, 0.3, y, x);
}

Test(vector_twin, stops_a_wrong_dot, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-50;
  checked_dot(3, x, y);
}

Test(vector_twin, stops_a_wrong_squared_distance, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-49;
  checked_distance_squared(3, x, y);
}

Test(vector_twin, stops_a_wrong_largest_distance, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-51;
  checked_distance_max(3, x, y);
}
