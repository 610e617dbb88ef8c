#ifndef HP_SUM_BOUND_H
#define HP_SUM_BOUND_H
#include <stdbool.h>
#include <stddef.h>

/* The rounding bounds of src/vector.h, checked on numbers as in rounding_bound.h: exactly, and true
 * outside the contract's range. eps = 2^-53 (1 + 2^-12), eta = 2^-1074, n <= 2^40. */

/* |r - (x + s y)| <= 2^-53 (1 + 2^-52) (2 |s y| + |x|) + eta */
bool hp_scaled_sum_within_bound(double r, double x, double s, double y);

/* |r - sum x_i y_i| <= (n + 1) eps sum |x_i y_i| + n eta */
bool hp_dot_within_bound(double r, size_t n, const double *x, const double *y);

/* |r - sum (x_i - y_i)^2| <= (n + 3) eps sum (x_i - y_i)^2 + n eta */
bool hp_distance_squared_within_bound(double r, size_t n, const double *x, const double *y);

/* |x_i - y_i| <= r + 2^-53 |x_i - y_i| for all i, and for some i |r - |x_i - y_i|| <= 2^-53 |x_i - y_i|
 * (r = 0 for n = 0) */
bool hp_distance_max_within_bound(double r, size_t n, const double *x, const double *y);

#endif
