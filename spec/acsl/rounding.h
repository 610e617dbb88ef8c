#ifndef HP_ACSL_ROUNDING_H
#define HP_ACSL_ROUNDING_H
/* The standard model of IEEE binary64 arithmetic, round to nearest even, on the operations that
 * the proofs use. With u = 2^-53 and eta = 2^-1075,
 *
 *     fl(x op y) = (x op y)(1 + e) + d,    |e| <= u,  |d| <= eta,
 *
 * where d = 0 for a sum or a difference. (eta is written 0x1p-1074/2: WP reads a hexadecimal literal
 * as a double, and 0x1p-1075 as a double is 0.) Each fact is proved in spec/acsl/coq with Flocq.
 *
 * In the real model doubles are real numbers, no operation rounds and HP_ROUNDING(bound) is 0. */
#ifdef HP_MODEL_REAL
#define HP_ROUNDING(bound) 0.0
#else
#define HP_ROUNDING(bound) (bound)

/*@
  lemma sum_is_finite: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x + y) <= 0x1p1000 ==>
    \is_finite(\add_double(x, y));
  lemma sum_error: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x + y) <= 0x1p1000 ==>
    \abs(\add_double(x, y) - (x + y)) <= 0x1p-53*\abs(x + y);

  lemma difference_is_finite: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x - y) <= 0x1p1000 ==>
    \is_finite(\sub_double(x, y));
  lemma difference_error: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x - y) <= 0x1p1000 ==>
    \abs(\sub_double(x, y) - (x - y)) <= 0x1p-53*\abs(x - y);

  lemma product_is_finite: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x*y) <= 0x1p1000 ==>
    \is_finite(\mul_double(x, y));
  lemma product_error: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> \abs(x*y) <= 0x1p1000 ==>
    \abs(\mul_double(x, y) - x*y) <= 0x1p-53*\abs(x*y) + 0x1p-1074/2;

  lemma quotient_is_finite: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> y != 0.0 ==> \abs(x/y) <= 0x1p1000 ==>
    \is_finite(\div_double(x, y));
  lemma quotient_error: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> y != 0.0 ==> \abs(x/y) <= 0x1p1000 ==>
    \abs(\div_double(x, y) - x/y) <= 0x1p-53*\abs(x/y) + 0x1p-1074/2;
*/

/* Exact operations. */
/*@
  lemma negation_is_exact: \forall double x;
    \is_finite(x) ==> \is_finite(\neg_double(x)) && \neg_double(x) == -x;
  lemma less_is_exact: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> (\lt_double(x, y) <==> x < y);
  lemma less_or_equal_is_exact: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> (\le_double(x, y) <==> x <= y);
  lemma equal_is_exact: \forall double x, y;
    \is_finite(x) ==> \is_finite(y) ==> (\eq_double(x, y) <==> x == y);
*/
#endif
#endif
