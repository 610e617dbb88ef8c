#ifndef HP_RATIONAL_H
#define HP_RATIONAL_H
#include <gmp.h>
#include <stdbool.h>

/* Reads a whole text as an exact rational: "12", "-0.9", "3e-4", "9/10", "2^-9", "3*2^-9".
 * false and value unchanged when the text is none of these, or a denominator is 0, or an exponent
 * is beyond 10^6. "0.9" is nine tenths, never the double. */
bool hp_rational_read(mpq_t value, const char *text);

/* The shortest of "n", "n/d" and "2^-k" (k >= 1); release with free(). */
char *hp_rational_text(const mpq_t value);

#endif
