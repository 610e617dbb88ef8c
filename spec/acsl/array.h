#ifndef HP_ACSL_ARRAY_H
#define HP_ACSL_ARRAY_H
#include "spec/acsl/rounding.h"

/* Numbers that every kernel with a rounding bound accepts: finite and at most 2^300 in magnitude, so
 * that no product or sum of a few of them overflows. The real model needs no such limits. */
#ifdef HP_MODEL_REAL
/*@
  predicate tame(double x) = \true;
  predicate below(real x, real bound) = \true;
  predicate product_below(real x, real y, real bound) = \true;
*/
#else
/*@
  predicate tame(double x) = \is_finite(x) && \abs(x) <= 0x1p300;
  predicate below(real x, real bound) = \abs(x) <= bound;
  predicate product_below(real x, real y, real bound) = \abs(x*y) <= bound;
*/
#endif

/*@
  predicate tame_array{L}(double *x, integer n) =
    \forall integer i; 0 <= i < n ==> tame(x[i]);

  predicate same{L1, L2}(double *x, integer i) =
    \at(x[i], L1) == \at(x[i], L2) &&
    (\is_finite(\at(x[i], L1)) ==> \is_finite(\at(x[i], L2)));

  predicate copied(double r, double x) = r == x && (\is_finite(x) ==> \is_finite(r));

  predicate unchanged{L1, L2}(double *x, integer first, integer end) =
    \forall integer i; first <= i < end ==> same{L1, L2}(x, i);
*/

/* One operation: the rounding error of a product and of a sum or difference, given the exact value.
 * Then a product that is rounded and added: with eps = 2^-53 and eta = 2^-1075, fl(fl(p) + x) is
 *     eps |p| + eta + eps (|p| (1 + eps) + eta + |x|) <= eps (1 + 2 eps) (2 |p| + |x|) + 2 eta
 * close to p + x. */
/*@
  predicate equal(real x, real y) = x == y;
  predicate near(real x, real y, real error) = \abs(x - y) <= error;

  logic real product_error(real product) =
    HP_ROUNDING(0x1p-53*\abs(product) + 0x1p-1074/2);
  logic real sum_error(real sum) =
    HP_ROUNDING(0x1p-53*\abs(sum));
  logic real product_sum_error(real product, real x) =
    HP_ROUNDING(0x1.0000000000001p-53*(2*\abs(product) + \abs(x)) + 0x1p-1074);

  // r is x + s y, as one product that is rounded and added
  predicate scaled_sum(double r, double x, double s, double y) =
    tame(s) ==> tame(x) ==> tame(y) ==>
    \is_finite(r) && near(r, x + s*y, product_sum_error(s*y, x));

  // distance <= computed, but for the rounding of the computed one
  predicate at_most(real distance, real computed) =
    distance <= computed + sum_error(distance);

  lemma near_exact: \forall real x, y; near(x, y, 0.0) ==> x == y;

  lemma product_sum: \forall real p, q, x, s;
    near(q, p, product_error(p)) ==> near(s, x + q, sum_error(x + q)) ==>
    near(s, x + p, product_sum_error(p, x));
  lemma product_difference: \forall real p, q, x, s;
    near(q, p, product_error(p)) ==> near(s, q - x, sum_error(q - x)) ==>
    near(s, p - x, product_sum_error(p, x));

  lemma tame_product: \forall real x, y;
    \abs(x) <= 0x1p300 ==> \abs(y) <= 0x1p300 ==> product_below(x, y, 0x1p600);
  lemma square_size: \forall real x;
    \abs(x) <= 0x1p302 ==> product_below(x, x, 0x1p604);
  lemma large_product: \forall real x, y;
    \abs(x) <= 0x1p601 ==> \abs(y) <= 0x1p300 ==> product_below(x, y, 0x1p901);
*/
#endif
