#ifndef HP_ACSL_DIAGONAL_NETWORK_H
#define HP_ACSL_DIAGONAL_NETWORK_H
#include "spec/acsl/exact_sum.h"
#include "spec/acsl/vector.h"

/* Terms of the diagonal linear network theta = u*v, and their sums over the first n coordinates. */
/*@
  logic real product(real x, real y) = x*y;

  logic real balance(real u, real v) = \abs(u*u - v*v);

  // |u^2 - v^2| of two squares and a difference that are rounded
  logic real balance_error(real u, real v) =
    HP_ROUNDING(0x1.0000000000001p-53*(u*u + v*v + balance(u, v)) + 0x1p-1073);

  // row . theta - y of a dot product that is rounded
  logic real residual_error(integer n, real size, real residual) =
    HP_ROUNDING((1 + 0x1p-53)*dot_error(n, size) + 0x1p-53*\abs(residual));

  // (r . r)/m of a dot product that is rounded, m > 0 exact
  logic real loss_error(integer n, real size, real dot, real m) =
    HP_ROUNDING(((1 + 0x1p-53)*dot_error(n, size) + 0x1p-53*\abs(dot))/m + 0x1p-1074/2);

  predicate product_near(double r, double x, double y) =
    tame(x) ==> tame(y) ==>
    \is_finite(r) && near(r, product(x, y), product_error(product(x, y)));
  predicate balance_near(double r, double u, double v) =
    tame(u) ==> tame(v) ==> \is_finite(r) && near(r, balance(u, v), balance_error(u, v));

  lemma balance_sum: \forall real u, v, uu, vv, r;
    near(uu, u*u, product_error(u*u)) ==> near(vv, v*v, product_error(v*v)) ==>
    near(r, uu - vv, sum_error(uu - vv)) ==> near(\abs(r), balance(u, v), balance_error(u, v));
  lemma residual_sum: \forall real dot, s, y, r, size; \forall integer n;
    near(s, dot, dot_error(n, size)) ==> near(r, s - y, sum_error(s - y)) ==>
    near(r, dot - y, residual_error(n, size, dot - y));

  predicate quotient_near(real r, real x, real m) = near(r, x/m, product_error(x/m));
  predicate loss_near(real r, real dot, integer n, real size, real m) =
    near(r, dot/m, loss_error(n, size, dot, m));
  predicate quotient_below(real x, real m, real bound) = below(x/m, bound);
  lemma quotient_size: \forall real x, m; 1 <= m ==> below(x, 0x1p700) ==> quotient_below(x, m, 0x1p700);
  lemma loss_quotient: \forall real dot, s, m, r, size; \forall integer n;
    1 <= m ==> near(s, dot, dot_error(n, size)) ==> quotient_near(r, s, m) ==>
    loss_near(r, dot, n, size, m);

  logic real arsinh(real x) = \log(x + \sqrt(x*x + 1));

  logic real entropy_term(real theta, real delta) =
    (2*theta*arsinh(2*theta/delta) - \sqrt(2*theta*(2*theta) + delta*delta) + delta)/4;

  logic real entropy{L}(double *theta, double *delta, integer n) =
    n <= 0 ? 0.0 : entropy(theta, delta, n - 1) + entropy_term(theta[n - 1], delta[n - 1]);
*/
#endif
