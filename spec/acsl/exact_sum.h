#ifndef HP_ACSL_EXACT_SUM_H
#define HP_ACSL_EXACT_SUM_H
#include "spec/acsl/rounding.h"

/* Sums of doubles that do not round: of integers below 2^53, and twice a double. */
/*@ predicate is_integer(double x, integer k) = \is_finite(x) && x == k; */
#ifndef HP_MODEL_REAL
/*@
  lemma integer_sum_is_exact: \forall double x, y; \forall integer k, m, sum;
    \is_finite(x) ==> \is_finite(y) ==> x == k ==> y == m ==> k + m == sum ==>
    \abs(sum) < 0x20000000000000 ==>
    \is_finite(\add_double(x, y)) && \add_double(x, y) == sum;
  lemma next_integer: \forall double x, y; \forall integer k, m;
    is_integer(x, k) ==> is_integer(y, m) ==> \abs(k + m) < 0x20000000000000 ==>
    is_integer(\add_double(x, y), k + m);
  lemma double_is_exact: \forall double x;
    \is_finite(x) ==> \abs(x + x) <= 0x1p1000 ==>
    \is_finite(\add_double(x, x)) && \add_double(x, x) == x + x;
*/
#endif
#endif
