#ifndef HP_ACSL_DIAGONAL_NETWORK_H
#define HP_ACSL_DIAGONAL_NETWORK_H
#include "spec/acsl/exact_sum.h"
#include "spec/acsl/libm.h"
#include "spec/acsl/quotient.h"
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

  predicate loss_near(real r, real dot, integer n, real size, real m) =
    near(r, dot/m, loss_error(n, size, dot, m));
*/
#ifdef HP_MODEL_REAL
/*@
  lemma loss_quotient_exact: \forall real dot, s, m, r, size; \forall integer n;
    1 <= m ==> near(s, dot, dot_error(n, size)) ==> quotient_near(r, s, m) ==>
    loss_near(r, dot, n, size, m);
*/
#else
/*@
  lemma loss_quotient: \forall real dot, s, m, r, size; \forall integer n;
    1 <= m ==> near(s, dot, dot_error(n, size)) ==> quotient_near(r, s, m) ==>
    loss_near(r, dot, n, size, m);
*/
#endif
/*@
  logic real arsinh(real x) = \log(x + \sqrt(x*x + 1));
*/

/* The entropy of one coordinate with t = 2 theta and w = Delta > 0,
 *     (t arsinh(t/w) - sqrt(t^2 + w^2) + w)/4,
 * and its size, the same with all terms positive. Rounding, where w >= 2^-300 so that no underflow
 * counts, e = 2^-53: t/w gives e, arsinh 4 e (its value changes relatively less than its argument), the
 * product e, the root at most 4 e, difference, sum and quotient e each: at most 9 e (1 + 2^-13) size. */
#ifdef HP_MODEL_REAL
/*@
  predicate wide(double w) = \true;
  predicate in_reach(real t, real w) = \true;
*/
#else
/*@
  predicate wide(double w) = \is_finite(w) && 0x1p-300 <= w <= 0x1p300;
  predicate in_reach(real t, real w) = \abs(t) <= 0x1p301 && 0x1p-300 <= w <= 0x1p300;
*/
#endif
/*@
  predicate entropic_arrays{L}(double *theta, double *delta, integer n) =
    summable(n) && tame_array(theta, n) && (\forall integer i; 0 <= i < n ==> wide(delta[i]));

  logic real entropy_angle(real t, real w) = arsinh(t/w);
  logic real entropy_root(real t, real w) = \sqrt(t*t + w*w);
  logic real entropy_term(real t, real w) =
    (t*entropy_angle(t, w) - entropy_root(t, w) + w)/4;
  logic real entropy_term_size(real t, real w) =
    (\abs(t*entropy_angle(t, w)) + entropy_root(t, w) + w)/4;

  logic real entropy{L}(double *theta, double *delta, integer n) =
    n <= 0 ? 0.0 : entropy(theta, delta, n - 1) + entropy_term(2*theta[n - 1], delta[n - 1]);
  logic real entropy_size{L}(double *theta, double *delta, integer n) =
    n <= 0 ? 0.0 : entropy_size(theta, delta, n - 1) + entropy_term_size(2*theta[n - 1], delta[n - 1]);

  logic real angle_error(real angle) = HP_ROUNDING(0x5.00001p-53*\abs(angle) + 0x3p-1074);
  logic real swing_error(real t, real swing) =
    HP_ROUNDING(0x6.00002p-53*\abs(swing) + 0x4p-1074*\abs(t) + 0x1p-1074);
  logic real root_error(real root) = HP_ROUNDING(0x4p-53*root);
  logic real entropy_term_error(real size) = HP_ROUNDING(9*(0x1.0008p-53*size));
  logic real entropy_error(integer n, real size) = HP_ROUNDING((n + 9)*(0x1.001p-53*size));

  predicate angle_near(real angle, real t, real w) =
    near(angle, entropy_angle(t, w), angle_error(entropy_angle(t, w)));
  predicate swing_near(real swing, real t, real w) =
    near(swing, t*entropy_angle(t, w), swing_error(t, t*entropy_angle(t, w)));
  predicate square_near(real s, real t, real w) =
    near(s, t*t + w*w, HP_ROUNDING(0x3p-53*(t*t + w*w)));
  predicate root_near(real root, real t, real w) =
    near(root, entropy_root(t, w), root_error(entropy_root(t, w)));
  predicate sized_near(real r, real x, real size) = near(r, x, entropy_term_error(size));
  predicate entropy_term_near(real r, real t, real w) =
    sized_near(r, entropy_term(t, w), entropy_term_size(t, w));
  predicate is_square(real r, real x) = near(r, x*x, product_error(x*x));
  predicate is_sum(real r, real x, real y) = near(r, x + y, sum_error(x + y));
  predicate is_difference(real r, real x, real y) = near(r, x - y, sum_error(x - y));

  predicate small_angle(real x) = below(arsinh(x), 0x1p10);
  predicate positive(real x) = 0 < x;
*/
#ifndef HP_MODEL_REAL
/*@
  lemma arsinh_size: \forall real x; \abs(x) <= 0x1p602 ==> small_angle(x);
  lemma ratio_size: \forall real t, w, q;
    quotient_below(t, w, 0x1p601) ==> quotient_near(q, t, w) ==> below(q, 0x1p602);
  lemma arsinh_near: \forall real t, w, q, a;
    0 < w ==> quotient_near(q, t, w) ==> near(a, arsinh(q), libm_error(arsinh(q))) ==>
    angle_near(a, t, w);
  lemma swing_product: \forall real t, w, a, p;
    angle_near(a, t, w) ==> near(p, t*a, product_error(t*a)) ==> swing_near(p, t, w);
  lemma square_sum: \forall real t, w, tt, ww, s;
    in_reach(t, w) ==> is_square(tt, t) ==> is_square(ww, w) ==> is_sum(s, tt, ww) ==>
    square_near(s, t, w) && positive(s);
  lemma root_of_sum: \forall real t, w, s, r;
    in_reach(t, w) ==> square_near(s, t, w) ==>
    near(r, \sqrt(s), sum_error(\sqrt(s))) ==> root_near(r, t, w);
  lemma entropy_sum: \forall real t, w, p, r, m, n, x;
    in_reach(t, w) ==> swing_near(p, t, w) ==> root_near(r, t, w) ==>
    is_difference(m, p, r) ==> is_sum(n, m, w) ==> quotient_near(x, n, 4) ==>
    entropy_term_near(x, t, w);
  lemma entropy_reach: \forall real t, w; in_reach(t, w) ==>
    quotient_below(t, w, 0x1p601) && \abs(t*entropy_angle(t, w)) <= 0x1p320 &&
    0 <= entropy_root(t, w) <= 0x1p320;
  lemma entropy_term_reach: \forall real t, w; in_reach(t, w) ==>
    \abs(entropy_term(t, w)) <= entropy_term_size(t, w) <= 0x1p400;
  lemma swing_size: \forall real p, t, w; in_reach(t, w) ==> swing_near(p, t, w) ==> below(p, 0x1p400);
  lemma root_size: \forall real r, t, w; in_reach(t, w) ==> root_near(r, t, w) ==> below(r, 0x1p400);

  lemma entropy_step: \forall real s, d, size, p, q, z, r, t, next_d, next_size; \forall integer k, next;
    0 <= k ==> next == k + 1 ==> summable(next) ==> \abs(d) <= size ==> \abs(q) <= z ==>
    near(s, d, entropy_error(k, size)) ==> sized_near(p, q, z) ==>
    near(t, r, sum_error(r)) ==> r == s + p ==> next_d == d + q ==> next_size == size + z ==>
    near(t, next_d, entropy_error(next, next_size));
  lemma entropy_total: \forall real s, d, size; \forall integer k;
    0 <= k ==> summable(k) ==> \abs(d) <= size ==> size_below(size, k, 0x1p610) ==>
    near(s, d, entropy_error(k, size)) ==> below(s, 0x1p700);
*/
#endif
#endif
