#ifndef HP_VECTOR_H
#define HP_VECTOR_H
#include <stddef.h>

/* x_i = 0 for i < n. */
void hp_vector_zero(size_t n, double *x);

/* result_i = x_i. */
void hp_vector_copy(size_t n, const double *x, double *result);

/* result_i = x_i + s y_i. result may be x. */
void hp_vector_add_scaled(size_t n, const double *x, double s, const double *y, double *result);

/* sum_i x_i y_i, from i = 0 upwards. */
double hp_vector_dot(size_t n, const double *x, const double *y);

/* sum_i (x_i - y_i)^2, from i = 0 upwards. */
double hp_vector_distance_squared(size_t n, const double *x, const double *y);

/* max_i |x_i - y_i|; 0 when n = 0. */
double hp_vector_distance_max(size_t n, const double *x, const double *y);

#endif
