#ifndef HP_FLOW_BOUND_H
#define HP_FLOW_BOUND_H
#include <stdbool.h>

/* The rounding bounds that src/flow.h states and WP proves of a Runge-Kutta step, checked on numbers,
 * exactly; S is -lambda_bar h divided by the divisor. Outside the contract's range (a number that is not
 * finite or exceeds 2^300, |lambda_bar h| > 2^299) nothing is claimed and the answer is true. */

/* |point - (x + S k)| <= eps (4 |S k| + |x|) + eta (2 |k| + 1),  eps = 2^-53 (1 + 2^-49); divisor 1 or 2 */
bool hp_flow_point_within_bound(double point, double x, double k, double lambda_bar, double h,
                                int divisor);

/* |u - (x + S K)| <= eps (7 |S| M + |x|) + eta (2 M + 1),  eps = 2^-53 (1 + 2^-48), divisor 6;
 * K = k_0 + 2 k_1 + 2 k_2 + k_3, M the same of the magnitudes. k: four values, stride apart. */
bool hp_flow_step_within_bound(double u, double x, const double *k, unsigned long stride,
                               double lambda_bar, double h);

#endif
