#ifndef HP_NETWORK_BOUND_H
#define HP_NETWORK_BOUND_H
#include <stdbool.h>
#include <stddef.h>

/* The rounding bounds of src/diagonal_network.h, checked on numbers as in rounding_bound.h: exactly,
 * and true outside the contract's range. eta = 2^-1074. */

/* |r - x y| <= 2^-53 |x y| + eta/2 */
bool hp_product_within_bound(double r, double x, double y);

/* |r - |u^2 - v^2|| <= 2^-53 (1 + 2^-52) (u^2 + v^2 + |u^2 - v^2|) + 2 eta */
bool hp_balance_within_bound(double r, double u, double v);

/* |r - (row . theta - y)| <= (1 + 2^-53) [(n + 1) eps sum |row_i theta_i| + n eta]
 *                            + 2^-53 |row . theta - y|,   eps = 2^-53 (1 + 2^-12), n <= 2^40 */
bool hp_residual_within_bound(double r, size_t n, const double *row, const double *theta, double y);

#endif
