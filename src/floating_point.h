#ifndef HP_FLOATING_POINT_H
#define HP_FLOATING_POINT_H
#include <float.h>

/* What the proofs assume of the compiler's double; any other compilation stops here. Every file of
 * the build includes this first. What only the running machine decides (rounding mode, flush to zero)
 * is for hp_binary64_fault of reference/arithmetic/binary64.h.
 *
 *     double is IEEE binary64 with subnormals            C11 5.2.4.2.2, F.2
 *     each operation rounds once, to its type            FLT_EVAL_METHOD 0: no x87
 *     no operation is fused, reordered or left out       no contraction, no -ffast-math and kin
 *
 * In strict ISO mode gcc's __GCC_IEC_559 is 0 under -ffp-contract=fast and under every flag of
 * -ffast-math that changes a value. Clang has no such macro; it obeys the pragma, but not against
 * -ffp-contract=fast, which shows at run time only. */
#if FLT_RADIX != 2 || DBL_MANT_DIG != 53 || DBL_MAX_EXP != 1024 || DBL_MIN_EXP != -1021
#error "double must be IEEE binary64"
#endif

#ifndef __FRAMAC__
_Static_assert(sizeof(double) == 8, "double must be IEEE binary64");
_Static_assert(DBL_HAS_SUBNORM == 1, "double must have subnormals");

#if FLT_EVAL_METHOD != 0
#error "operations on doubles must round to double: use -msse2 -mfpmath=sse, not x87"
#endif
#if defined __FAST_MATH__ || __FINITE_MATH_ONLY__
#error "operations must keep their IEEE values: leave out -ffast-math, -Ofast, -ffinite-math-only"
#endif
#if defined __clang__
#pragma clang fp contract(off) reassociate(off)
#elif defined __GNUC__
#if !defined __GCC_IEC_559 || __GCC_IEC_559 < 1
#error                                                                                             \
    "operations must keep their IEEE values: leave out -ffast-math and kin, use -ffp-contract=off"
#endif
#if !defined __STRICT_ANSI__ && defined __FP_FAST_FMA
#error "gcc may fuse a product and a sum here: use -std=c11 -ffp-contract=off"
#endif
#endif
#endif

#endif
