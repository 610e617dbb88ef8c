#ifndef HP_DIGITS_H
#define HP_DIGITS_H
#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>

/* Correct digits by agreement: the same vector computed twice, `rough` with fewer guard digits than
 * `fine`. A component counts relative to itself, or to 10^-digits of the largest one when it is
 * smaller than that. */

/* Do they agree to the digits? When not, *missing is how many digits are lacking. */
bool hp_digits_agree(size_t n, const mpfr_t rough[], const mpfr_t fine[], long digits,
                     long *missing);

/* fine[i] rounded to the digits asked for, to fewer where no more agree ("1.7814e-02"; "0" when it is
 * zero or nothing agrees); release with free(). */
char *hp_digits_text(const mpfr_t rough, const mpfr_t fine, long digits);

/* Bits of that many decimal digits, rounded up. */
mpfr_prec_t hp_digits_bits(long digits);

#endif
