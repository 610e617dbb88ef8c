#ifndef HP_DECIMAL_H
#define HP_DECIMAL_H
#include <gmp.h>
#include <mpfr.h>

/* Numbers as texts; release with free(). */

/* digits significant digits, "1.78141676e-02", rounded in the given direction. */
char *hp_decimal(const mpfr_t x, int digits, mpfr_rnd_t rounding);
char *hp_decimal_double(double x, int digits);

/* How many significant digits of value are right when it is known up to +-error: the largest k with
 * error <= 10^-k |value|, at least 0; most when error is 0. */
int hp_decimal_correct(const mpfr_t value, const mpfr_t error, int most);

/* The power of two not above x: "2^-14"; x > 0. */
char *hp_decimal_power_of_two(double x);

/* Bits that hold so many decimal digits: ceil(digits log2(10)). */
mpfr_prec_t hp_decimal_bits(double digits);

#endif
