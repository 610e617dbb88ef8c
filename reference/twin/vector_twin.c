/* The twins of src/vector.h, as in momentum_twin.c. */
#include "reference/bounds/sum_bound.h"
#include "reference/twin/twin.h"
#include "src/vector.h"

void __real_hp_vector_add_scaled(size_t n, const double *x, double s, const double *y,
                                 double *result);
void __wrap_hp_vector_add_scaled(size_t n, const double *x, double s, const double *y,
                                 double *result);
double __real_hp_vector_dot(size_t n, const double *x, const double *y);
double __wrap_hp_vector_dot(size_t n, const double *x, const double *y);
double __real_hp_vector_distance_squared(size_t n, const double *x, const double *y);
double __wrap_hp_vector_distance_squared(size_t n, const double *x, const double *y);
double __real_hp_vector_distance_max(size_t n, const double *x, const double *y);
double __wrap_hp_vector_distance_max(size_t n, const double *x, const double *y);

void __wrap_hp_vector_add_scaled(size_t n, const double *x, double s, const double *y,
                                 double *result) {
  double *before = hp_twin_copy(n, x); /* result may be x */
  __real_hp_vector_add_scaled(n, x, s, y, result);
  for (size_t i = 0; i < n; i++)
    hp_twin_require(hp_scaled_sum_within_bound(result[i], before[i], s, y[i]),
                    "hp_vector_add_scaled", "result", i, result[i]);
  free(before);
}

double __wrap_hp_vector_dot(size_t n, const double *x, const double *y) {
  double result = __real_hp_vector_dot(n, x, y);
  hp_twin_require(hp_dot_within_bound(result, n, x, y), "hp_vector_dot", "result", 0, result);
  return result;
}

double __wrap_hp_vector_distance_squared(size_t n, const double *x, const double *y) {
  double result = __real_hp_vector_distance_squared(n, x, y);
  hp_twin_require(hp_distance_squared_within_bound(result, n, x, y), "hp_vector_distance_squared",
                  "result", 0, result);
  return result;
}

double __wrap_hp_vector_distance_max(size_t n, const double *x, const double *y) {
  double result = __real_hp_vector_distance_max(n, x, y);
  hp_twin_require(hp_distance_max_within_bound(result, n, x, y), "hp_vector_distance_max", "result",
                  0, result);
  return result;
}
