#ifndef HP_MAXIMUM_H
#define HP_MAXIMUM_H
#include <mpfr.h>

/* value := g(t) >= 0 at the precision of value. */
typedef void (*hp_profile)(mpfr_t value, const mpfr_t t, void *context);

/* max over [low, high] of g and a t where it is taken: local maxima on a grid of n + 1 points, the
 * ends included, each narrowed by golden section to 2^-(bits/4) of the grid's width and by a parabola
 * to 2^-(bits/2), which the maximum, flat to second order, turns into all bits of its precision. Peaks narrower than the grid
 * are missed. */
void hp_maximum(mpfr_t maximum, mpfr_t at, hp_profile g, void *context, const mpfr_t low,
                const mpfr_t high, unsigned long n);

#endif
