#ifndef HP_TAYLOR_FIXED_H
#define HP_TAYLOR_FIXED_H
#include <arb.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fixed-point numbers in balanced digits of base 2^56:
 *     value = 2^exponent sum_{i<n} digit[i] 2^{-56(i+1)},   -2^55 <= digit[i] < 2^55,
 * so |value| <= 2^{exponent-1} (1 + 2^-55). Signs need no case, zero digits no care, and a sum of
 * 2^17 products of two digits stays below 2^127. */
enum { HP_DIGIT_BITS = 56, HP_DOT_LIMIT = 1 << 17 };
typedef int64_t hp_digit;
__extension__ typedef __int128 hp_wide;

/* A result on its way to a series: the caller owns the digits. */
typedef struct {
  slong exponent;
  size_t n;
  hp_digit *digit;
} hp_fixed;

/* column[c] += sum_{j<count} sum_{i<=c} a[j step_a + i] b[j step_b + c - i]   for c < m:
 * the first m columns of a sum of products. Needs m count < HP_DOT_LIMIT. */
void hp_fixed_dot(hp_wide column[], size_t m, const hp_digit *a, ptrdiff_t step_a,
                  const hp_digit *b, ptrdiff_t step_b, size_t count);

/* The m columns of products of numbers with the given sum of exponents, carried: m + 2 digits.
 * What the columns from m on would have added is below m count / 4 units of
 * 2^{exponents - 56 m}. */
void hp_fixed_carry(hp_fixed *y, const hp_wide column[], size_t m, slong exponents);

/* sum = sum x + addend with m digits, x at exponent 0 and m columns of room. The first digit of sum
 * takes what would be carried out of it. */
void hp_fixed_horner(hp_digit sum[], const hp_digit x[], const hp_digit addend[], size_t m,
                     hp_wide column[]);

/* y = sign_x x + sign_z z with n digits at the given exponent, the bits below dropped; false when
 * x, z or the sum does not fit. */
bool hp_fixed_add(hp_fixed *y, size_t n, slong exponent, const hp_fixed *x, int sign_x,
                  const hp_fixed *z, int sign_z);

/* digit[0..n) = x at the given exponent, the bits below dropped; false when it does not fit. */
bool hp_fixed_store(hp_digit digit[], size_t n, slong exponent, const hp_fixed *x);

/* log2|x| for exponent 0 to 40 bits or more, -infinity for 0. */
double hp_fixed_log2(const hp_digit digit[], size_t n);

/* b with |x| < 2^{exponent+b}, the smallest or one more; HP_FIXED_ZERO for 0. */
#define HP_FIXED_ZERO (-WORD_MAX / 4)
slong hp_fixed_bits(const hp_digit digit[], size_t n);

/* Rounded to nearest; x is finite and must fit. */
void hp_fixed_set_arf(hp_digit digit[], size_t n, slong exponent, const arf_t x);
/* Exact. */
void hp_fixed_get_arf(arf_t x, const hp_digit digit[], size_t n, slong exponent);

#endif
