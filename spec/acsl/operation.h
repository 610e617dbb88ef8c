#ifndef HP_ACSL_OPERATION_H
#define HP_ACSL_OPERATION_H
#include "spec/acsl/libm.h"
#include "src/tape_layout.h"

/* One operation of a tape (src/tape_layout.h): its value, its domain and what rounding does to it. */
/*@
  predicate is_unary(integer op) = HP_NEG <= op;

  logic real operation(integer op, real a, real b) =
    op == HP_ADD   ? a + b :
    op == HP_SUB   ? a - b :
    op == HP_MUL   ? a*b :
    op == HP_DIV   ? a/b :
    op == HP_NEG   ? -a :
    op == HP_SQR   ? a*a :
    op == HP_SQRT  ? \sqrt(a) :
    op == HP_EXP   ? \exp(a) :
    op == HP_LOG   ? \log(a) :
    op == HP_SIN   ? \sin(a) :
    op == HP_COS   ? \cos(a) :
    op == HP_TAN   ? \tan(a) :
    op == HP_SINH  ? \sinh(a) :
    op == HP_COSH  ? \cosh(a) :
    op == HP_TANH  ? \tanh(a) :
    op == HP_ASINH ? \log(a + \sqrt(a*a + 1)) :
                     \atan(a);

  predicate in_domain(integer op, real a, real b) =
    (op == HP_DIV ==> b != 0) && (op == HP_SQRT ==> 0 <= a) &&
    (op == HP_LOG ==> 0 < a) && (op == HP_TAN ==> \cos(a) != 0);

  // what rounding does to an exact value y of an operation
  logic real operation_error(integer op, real y) =
    op == HP_ADD || op == HP_SUB || op == HP_SQRT  ? sum_error(y) :
    op == HP_MUL || op == HP_DIV || op == HP_SQR   ? product_error(y) :
    op == HP_NEG                                   ? 0.0 :
                                                     libm_error(y);
*/
#ifdef HP_MODEL_REAL
/*@ predicate in_range(real y) = \true; */
#else
/*@ predicate in_range(real y) = \abs(y) <= 0x1p1000; */
#endif

/*@
  // r is computed from finite a and b
  predicate operation_near(integer op, double a, double b, double r) =
    \is_finite(a) ==> \is_finite(b) ==> in_domain(op, a, b) ==> in_range(operation(op, a, b)) ==>
    \is_finite(r) && near(r, operation(op, a, b), operation_error(op, operation(op, a, b)));
*/

/* What errors of the operands do: |x - a| <= ea and |y - b| <= eb give
 *     |operation(op, x, y) - operation(op, a, b)| <= propagated_error(op, a, ea, b, eb)
 * where x and y stay in the domain, with a margin where the error is divided by one. Negation, sin,
 * cos, tanh, arsinh and arctan are 1-Lipschitz. The operation itself rounds a value of magnitude at
 * most |operation(op, a, b)| + propagated_error. */
/*@
  logic real product_propagated(real a, real ea, real b, real eb) =
    \abs(a)*eb + \abs(b)*ea + ea*eb;
  logic real quotient_propagated(real a, real ea, real b, real eb) =
    (\abs(a)*eb + \abs(b)*ea)/(\abs(b)*(\abs(b) - eb));
  logic real root_propagated(real a, real ea) = ea == 0.0 ? 0.0 : ea/\sqrt(a);
  logic real exponential_propagated(real a, real ea) = \exp(a)*(\exp(ea) - 1);
  logic real logarithm_propagated(real a, real ea) = ea/(a - ea);
  logic real tangent_propagated(real a, real ea) = ea/(\abs(\cos(a))*(\abs(\cos(a)) - ea));
  logic real hyperbolic_propagated(real a, real ea) = \cosh(a)*(\exp(ea) - 1);

  logic real propagated_error(integer op, real a, real ea, real b, real eb) =
    op == HP_ADD || op == HP_SUB   ? ea + eb :
    op == HP_MUL                   ? product_propagated(a, ea, b, eb) :
    op == HP_DIV                   ? quotient_propagated(a, ea, b, eb) :
    op == HP_SQR                   ? product_propagated(a, ea, a, ea) :
    op == HP_SQRT                  ? root_propagated(a, ea) :
    op == HP_EXP                   ? exponential_propagated(a, ea) :
    op == HP_LOG                   ? logarithm_propagated(a, ea) :
    op == HP_TAN                   ? tangent_propagated(a, ea) :
    op == HP_SINH || op == HP_COSH ? hyperbolic_propagated(a, ea) :
                                     ea;

  predicate in_domain_around(integer op, real a, real ea, real b, real eb) =
    (op == HP_DIV ==> eb < \abs(b)) && (op == HP_SQRT ==> ea <= a) && (op == HP_LOG ==> ea < a) &&
    (op == HP_TAN ==> ea < \abs(\cos(a)));

  logic real operation_bound(integer op, real a, real ea, real b, real eb) =
    propagated_error(op, a, ea, b, eb) +
    operation_error(op, \abs(operation(op, a, b)) + propagated_error(op, a, ea, b, eb));
*/
#ifdef HP_MODEL_REAL
/*@
  predicate operation_defined(integer op, real a, real ea, real b, real eb) = in_domain(op, a, b);
  predicate computed(double r, real value, real error) = r == value;
*/
#else
/*@
  predicate operation_defined(integer op, real a, real ea, real b, real eb) =
    in_domain_around(op, a, ea, b, eb) &&
    in_range(\abs(operation(op, a, b)) + propagated_error(op, a, ea, b, eb));
  // near, under a name of its own: the lemmas below lead from operands to results and no further
  predicate within(real x, real a, real ea) = \abs(x - a) <= ea;
  predicate computed(double r, real value, real error) = \is_finite(r) && within(r, value, error);

  lemma propagated_sum: \forall real x, a, ea, y, b, eb;
    within(x, a, ea) ==> within(y, b, eb) ==> near(x + y, a + b, ea + eb);
  lemma propagated_difference: \forall real x, a, ea, y, b, eb;
    within(x, a, ea) ==> within(y, b, eb) ==> near(x - y, a - b, ea + eb);
  lemma propagated_negation: \forall real x, a, ea; within(x, a, ea) ==> near(-x, -a, ea);
  lemma propagated_product: \forall real x, a, ea, y, b, eb;
    within(x, a, ea) ==> within(y, b, eb) ==> near(x*y, a*b, product_propagated(a, ea, b, eb));
  predicate is_quotient(real q, real x, real y) = q == x/y;
  lemma division_is_quotient: \forall real x, y; is_quotient(operation(HP_DIV, x, y), x, y);
  lemma propagated_quotient: \forall real x, a, ea, y, b, eb, q, r;
    is_quotient(q, x, y) ==> is_quotient(r, a, b) ==> within(x, a, ea) ==> within(y, b, eb) ==>
    eb < \abs(b) ==> near(q, r, quotient_propagated(a, ea, b, eb));
  lemma propagated_positive_root: \forall real x, a, ea;
    within(x, a, ea) ==> 0 < a ==> 0 <= x ==> near(\sqrt(x), \sqrt(a), ea/\sqrt(a));
  lemma propagated_root: \forall real x, a, ea;
    within(x, a, ea) ==> ea <= a ==> near(\sqrt(x), \sqrt(a), root_propagated(a, ea));
  lemma propagated_exponential: \forall real x, a, ea;
    within(x, a, ea) ==> near(\exp(x), \exp(a), exponential_propagated(a, ea));
  lemma propagated_logarithm: \forall real x, a, ea;
    within(x, a, ea) ==> ea < a ==> near(\log(x), \log(a), logarithm_propagated(a, ea));
  lemma propagated_sine: \forall real x, a, ea; within(x, a, ea) ==> near(\sin(x), \sin(a), ea);
  lemma propagated_cosine: \forall real x, a, ea; within(x, a, ea) ==> near(\cos(x), \cos(a), ea);
  lemma propagated_tangent: \forall real x, a, ea;
    within(x, a, ea) ==> ea < \abs(\cos(a)) ==> near(\tan(x), \tan(a), tangent_propagated(a, ea));
  lemma propagated_sinh: \forall real x, a, ea;
    within(x, a, ea) ==> near(\sinh(x), \sinh(a), hyperbolic_propagated(a, ea));
  lemma propagated_cosh: \forall real x, a, ea;
    within(x, a, ea) ==> near(\cosh(x), \cosh(a), hyperbolic_propagated(a, ea));
  lemma propagated_tanh: \forall real x, a, ea; within(x, a, ea) ==> near(\tanh(x), \tanh(a), ea);
  lemma propagated_arsinh: \forall real x, a, ea;
    within(x, a, ea) ==> near(\log(x + \sqrt(x*x + 1)), \log(a + \sqrt(a*a + 1)), ea);
  lemma propagated_arctan: \forall real x, a, ea; within(x, a, ea) ==> near(\atan(x), \atan(a), ea);

  lemma propagated_division: \forall real x, a, ea, y, b, eb;
    within(x, a, ea) ==> within(y, b, eb) ==>
    in_domain_around(HP_DIV, a, ea, b, eb) ==>
    near(operation(HP_DIV, x, y), operation(HP_DIV, a, b), propagated_error(HP_DIV, a, ea, b, eb));
  lemma propagated_first: \forall integer op, real x, a, ea, y, b, eb;
    0 <= op < HP_SIN ==> op != HP_DIV ==> within(x, a, ea) ==> within(y, b, eb) ==>
    in_domain_around(op, a, ea, b, eb) ==>
    near(operation(op, x, y), operation(op, a, b), propagated_error(op, a, ea, b, eb));
  lemma propagated_last: \forall integer op, real x, a, ea, y, b, eb;
    HP_SIN <= op < HP_OPERATIONS ==> within(x, a, ea) ==> within(y, b, eb) ==>
    in_domain_around(op, a, ea, b, eb) ==>
    near(operation(op, x, y), operation(op, a, b), propagated_error(op, a, ea, b, eb));
  lemma propagated: \forall integer op, real x, a, ea, y, b, eb;
    0 <= op < HP_OPERATIONS ==> within(x, a, ea) ==> within(y, b, eb) ==>
    in_domain_around(op, a, ea, b, eb) ==>
    near(operation(op, x, y), operation(op, a, b), propagated_error(op, a, ea, b, eb));
  lemma cosine_around: \forall real x, a, ea;
    within(x, a, ea) ==> ea < \abs(\cos(a)) ==> \cos(x) != 0;
  lemma domain_around: \forall integer op, real x, a, ea, y, b, eb;
    within(x, a, ea) ==> within(y, b, eb) ==> in_domain_around(op, a, ea, b, eb) ==>
    in_domain(op, x, y);
  lemma operation_error_grows: \forall integer op, real y, z;
    \abs(y) <= z ==> operation_error(op, y) <= operation_error(op, z);
  lemma rounded_after: \forall integer op, real r, y, z, p;
    near(y, z, p) ==> near(r, y, operation_error(op, y)) ==>
    within(r, z, p + operation_error(op, \abs(z) + p));
  lemma range_around: \forall real y, z, p;
    near(y, z, p) ==> in_range(\abs(z) + p) ==> in_range(y);

  lemma operation_step: \forall integer op, double x, y, r, real a, ea, b, eb;
    0 <= op < HP_OPERATIONS ==> computed(x, a, ea) ==> computed(y, b, eb) ==>
    operation_defined(op, a, ea, b, eb) ==> operation_near(op, x, y, r) ==>
    computed(r, operation(op, a, b), operation_bound(op, a, ea, b, eb));
*/
#endif
#endif
