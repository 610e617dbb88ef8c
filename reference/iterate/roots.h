#ifndef HP_ITERATE_ROOTS_H
#define HP_ITERATE_ROOTS_H
#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>

/* The two factors by which one momentum step multiplies the component of a quadratic loss with
 * curvature q, l = hq (any sign): the roots of
 *     z^2 - (1 + lambda - l(1+a)) z + (lambda - a l) = 0,   slow fast = lambda - a l,
 *     (1 - slow)(1 - fast) = l.
 * slow is the root that is 1 at l = 0. True when they are real and the branch is the one that starts
 * at l = 0 (1 + lambda - l(1+a) > 0, or l <= 0); else false and both are NaN: the component spirals
 * and has no slow manifold. For 0 <= l: real iff l <= ((1 - sqrt(lambda - a(1-lambda)))/(1+a))^2. */
bool hp_characteristic_roots_mpfr(mpfr_t slow, mpfr_t fast, const mpq_t lambda, const mpq_t a,
                                  const mpfr_t l);

#endif
