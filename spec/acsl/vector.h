#ifndef HP_ACSL_VECTOR_H
#define HP_ACSL_VECTOR_H
#include "spec/acsl/array.h"

/* Sums of the first n terms, defined by recursion on n; dot_size is the sum of the magnitudes. */
/*@
  logic real dot{L}(double *x, double *y, integer n) =
    n <= 0 ? 0.0 : dot(x, y, n - 1) + x[n - 1]*y[n - 1];

  logic real dot_size{L}(double *x, double *y, integer n) =
    n <= 0 ? 0.0 : dot_size(x, y, n - 1) + \abs(x[n - 1]*y[n - 1]);

  logic real squared(real x) = x*x;

  logic real distance_squared{L}(double *x, double *y, integer n) =
    n <= 0 ? 0.0 : distance_squared(x, y, n - 1) + squared(x[n - 1] - y[n - 1]);
*/

/* Rounding in a sum of k terms of total magnitude size, added one by one, when each term has a relative
 * error of m eps1 and an absolute one of eta/2 of its own, k <= 2^40:
 *     accumulated_error = (k + m) eps size + k eta,   eps1 = 2^-53 (1 + 2^-13), eps = 2^-53 (1 + 2^-12).
 * One more term q, computed as p, adds eps1-errors m |q|, and the addition 2^-53 |s + p|. */
#ifdef HP_MODEL_REAL
/*@
  predicate summable(integer n) = \true;
  predicate size_below(real size, integer k, real bound) = \true;
*/
#else
/*@
  predicate summable(integer n) = n <= 0x10000000000;
  predicate size_below(real size, integer k, real bound) = size <= k*bound;
*/
#endif
/*@
  predicate summable_arrays{L}(double *x, double *y, integer n) =
    summable(n) && tame_array(x, n) && tame_array(y, n);

  logic real term_error(integer m, real term) =
    HP_ROUNDING(m*(0x1.0008p-53*\abs(term)) + 0x1p-1074/2);
  logic real accumulated_error(integer k, integer m, real size) =
    HP_ROUNDING((k + m)*(0x1.001p-53*size) + k*0x1p-1074);
  logic real dot_error(integer n, real size) = accumulated_error(n, 1, size);
  logic real distance_error(integer n, real size) = accumulated_error(n, 3, size);

  lemma accumulate: \forall real s, d, size, p, q, t; \forall integer k, m;
    0 <= k ==> summable(k + 1) ==> 1 <= m <= 8 ==> \abs(d) <= size ==>
    near(s, d, accumulated_error(k, m, size)) ==> near(p, q, term_error(m, q)) ==>
    near(t, s + p, sum_error(s + p)) ==>
    near(t, d + q, accumulated_error(k + 1, m, size + \abs(q)));

  lemma accumulated_size: \forall real s, d, size; \forall integer k, m;
    0 <= k ==> summable(k) ==> 1 <= m <= 8 ==> \abs(d) <= size ==>
    size_below(size, k, 0x1p610) ==>
    near(s, d, accumulated_error(k, m, size)) ==> below(s, 0x1p700);

  lemma dot_step: \forall real s, d, size, p, q, r, t, next_d, next_size; \forall integer k, next;
    0 <= k ==> next == k + 1 ==> summable(next) ==> \abs(d) <= size ==>
    near(s, d, dot_error(k, size)) ==> near(p, q, term_error(1, q)) ==>
    near(t, r, sum_error(r)) ==> r == s + p ==> next_d == d + q ==> next_size == size + \abs(q) ==>
    near(t, next_d, dot_error(next, next_size));
  lemma distance_step: \forall real s, d, p, q, r, t, next_d; \forall integer k, next;
    0 <= k ==> next == k + 1 ==> summable(next) ==> 0 <= d ==> 0 <= q ==>
    near(s, d, distance_error(k, d)) ==> near(p, q, term_error(3, q)) ==>
    near(t, r, sum_error(r)) ==> r == s + p ==> next_d == d + q ==>
    near(t, next_d, distance_error(next, next_d));

  lemma product_term: \forall real p, q; near(p, q, product_error(q)) ==> near(p, q, term_error(1, q));
  lemma squared_positive: \forall real x; 0 <= squared(x);
  lemma square_term: \forall real d, e, p;
    near(d, e, sum_error(e)) ==> near(p, d*d, product_error(d*d)) ==>
    near(p, squared(e), term_error(3, squared(e)));
*/
#endif
