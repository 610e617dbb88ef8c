#ifndef HP_ACSL_LIBM_H
#define HP_ACSL_LIBM_H

/* The functions of <math.h> that src/tape.c calls. Frama-C reads the contracts below, which are
 * trusted: in the real model each function is the one that its name says (C11 section 7.12; sqrt is
 * correctly rounded, IEEE 754-2008 section 5.4.1). They say nothing about a library's rounding, nor
 * about arguments outside the domain, where IEEE gives NaN or an infinity. No memory of the program
 * is written; errno, which may be, is never read. */
#ifndef __FRAMAC__
#include <math.h>
#else

/* C11 7.12.7.5; IEEE 754-2008 5.4.1 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sqrt: 0 <= x ==> \result == \sqrt(x); */
double sqrt(double x);

/* C11 7.12.6.1 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures exp: \result == \exp(x); */
double exp(double x);

/* C11 7.12.6.7 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures log: 0 < x ==> \result == \log(x); */
double log(double x);

/* C11 7.12.4.6 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sin: \result == \sin(x); */
double sin(double x);

/* C11 7.12.4.5 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures cos: \result == \cos(x); */
double cos(double x);

/* C11 7.12.4.7 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures tan: \cos(x) != 0 ==> \result == \tan(x); */
double tan(double x);

/* C11 7.12.5.5 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures sinh: \result == \sinh(x); */
double sinh(double x);

/* C11 7.12.5.4 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures cosh: \result == \cosh(x); */
double cosh(double x);

/* C11 7.12.5.6 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures tanh: \result == \tanh(x); */
double tanh(double x);

/* C11 7.12.5.2: arsinh x = ln(x + (x^2 + 1)^(1/2)) */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures asinh: \result == \log(x + \sqrt(x*x + 1)); */
double asinh(double x);

/* C11 7.12.4.3 */
/*@ terminates \true; exits \false; assigns \nothing;
    ensures atan: \result == \atan(x); */
double atan(double x);

#endif
#endif
