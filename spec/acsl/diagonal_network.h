#ifndef HP_ACSL_DIAGONAL_NETWORK_H
#define HP_ACSL_DIAGONAL_NETWORK_H
#include "spec/acsl/vector.h"

/* Terms of the diagonal linear network theta = u*v, and their sums over the first n coordinates. */
/*@
  logic real product(real x, real y) = x*y;

  logic real balance(real u, real v) = \abs(u*u - v*v);

  logic real arsinh(real x) = \log(x + \sqrt(x*x + 1));

  logic real entropy_term(real theta, real delta) =
    (2*theta*arsinh(2*theta/delta) - \sqrt(2*theta*(2*theta) + delta*delta) + delta)/4;

  logic real entropy{L}(double *theta, double *delta, integer n) =
    n <= 0 ? 0.0 : entropy(theta, delta, n - 1) + entropy_term(theta[n - 1], delta[n - 1]);
*/
#endif
