#ifndef HP_ROUNDING_BOUND_H
#define HP_ROUNDING_BOUND_H
#include <stdbool.h>

/* The rounding bounds that src/momentum.h states and WP proves, checked on numbers: is the computed
 * double within the bound of its formula? The formula, the bound and the comparison are exact (MPFR
 * at a precision at which nothing rounds). Outside the contract's range (a number that is not finite
 * or exceeds 2^300, a new velocity 2^601) nothing is claimed and the answer is true. */

/* |y - (u + h a v)| <= eps (3 |h a v| + |u|) + eta (|v| + 1),  eps = 2^-53 (1 + 2^-51) */
bool hp_lookahead_within_bound(double y, double u, double v, double h, double a);

/* |next_v - (lambda v - g)| <= eps (2 |lambda v| + |g|) + eta,  eps = 2^-53 (1 + 2^-52) */
bool hp_velocity_within_bound(double next_v, double v, double g, double lambda);

/* |next_u - (u + h next_v)| <= eps (2 |h next_v| + |u|) + eta */
bool hp_position_within_bound(double next_u, double u, double next_v, double h);

#endif
