#ifndef HP_ACSL_LIBM_H
#define HP_ACSL_LIBM_H

#include "spec/acsl/array.h"

/* The functions of <math.h> that src/ calls. Frama-C reads the contracts below, which are trusted: in
 * the real model each function is the one that its name says (C11 section 7.12). In the float model it
 * is within 2 ulp of that, where its argument is finite and its value at most 2^1000: the GNU C
 * Library's manual (Known Maximum Errors in Math Functions) lists at most 2 ulp for each, on x86_64 and
 * aarch64, and tests/test_libm.c compares with MPFR. sqrt is correctly rounded (IEEE 754-2008 section
 * 5.4.1). Nothing is said about arguments outside the domain, where IEEE gives NaN or an infinity. No
 * memory of the program is written; errno, which may be, is never read. */
/*@
  logic real libm_error(real value) = HP_ROUNDING(0x1p-51*\abs(value) + 0x1p-1073);
*/
#ifdef HP_MODEL_REAL
/*@ predicate libm_near(double result, real value) = result == value; */
#else
/*@
  predicate libm_near(double result, real value) =
    \abs(value) <= 0x1p1000 ==> \is_finite(result) && near(result, value, libm_error(value));
*/
#endif
#ifndef __FRAMAC__
#include <math.h>
#else

/* C11 7.12.7.5; IEEE 754-2008 5.4.1 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sqrt: \is_finite(x) ==> 0 <= x ==>
      \is_finite(\result) && near(\result, \sqrt(x), sum_error(\sqrt(x))); */
double sqrt(double x);

/* C11 7.12.6.1 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures exp: \is_finite(x) ==> libm_near(\result, \exp(x)); */
double exp(double x);

/* C11 7.12.6.7 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures log: \is_finite(x) ==> 0 < x ==> libm_near(\result, \log(x)); */
double log(double x);

/* C11 7.12.4.6 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sin: \is_finite(x) ==> libm_near(\result, \sin(x)); */
double sin(double x);

/* C11 7.12.4.5 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures cos: \is_finite(x) ==> libm_near(\result, \cos(x)); */
double cos(double x);

/* C11 7.12.4.7 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures tan: \is_finite(x) ==> \cos(x) != 0 ==> libm_near(\result, \tan(x)); */
double tan(double x);

/* C11 7.12.5.5 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sinh: \is_finite(x) ==> libm_near(\result, \sinh(x)); */
double sinh(double x);

/* C11 7.12.5.4 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures cosh: \is_finite(x) ==> libm_near(\result, \cosh(x)); */
double cosh(double x);

/* C11 7.12.5.6 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures tanh: \is_finite(x) ==> libm_near(\result, \tanh(x)); */
double tanh(double x);

/* C11 7.12.5.2: arsinh x = ln(x + (x^2 + 1)^(1/2)) */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures asinh: \is_finite(x) ==> libm_near(\result, \log(x + \sqrt(x*x + 1))); */
double asinh(double x);

/* C11 7.12.4.3 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures atan: \is_finite(x) ==> libm_near(\result, \atan(x)); */
double atan(double x);

#endif
#endif
