#include "fixed.h"
#include <math.h>
#include <string.h>

static const hp_digit HALF = (hp_digit)1 << (HP_DIGIT_BITS - 1);
static const hp_digit BASE = (hp_digit)1 << HP_DIGIT_BITS;

/* Columns first .. first + width - 1; first and width are constants where this is inlined. */
static inline __attribute__((always_inline)) void columns(hp_wide column[], size_t first,
                                                          size_t width, const hp_digit *a,
                                                          ptrdiff_t step_a, const hp_digit *b,
                                                          ptrdiff_t step_b, size_t count) {
  hp_wide sum[4] = {0, 0, 0, 0};
  for (; count > 0; count--, a += step_a, b += step_b) {
#pragma GCC unroll 8
    for (size_t i = 0; i <= first; i++)
#pragma GCC unroll 4
      for (size_t w = 0; w < width; w++)
        sum[w] += (hp_wide)a[i] * b[first + w - i];
#pragma GCC unroll 4
    for (size_t e = 1; e < width; e++)
#pragma GCC unroll 4
      for (size_t w = e; w < width; w++)
        sum[w] += (hp_wide)a[first + e] * b[w - e];
  }
  for (size_t w = 0; w < width; w++)
    column[first + w] += sum[w];
}

void hp_fixed_dot(hp_wide column[], size_t m, const hp_digit *a, ptrdiff_t step_a,
                  const hp_digit *b, ptrdiff_t step_b, size_t count) {
  switch (m % 4) {
  case 1:
    columns(column, 0, 1, a, step_a, b, step_b, count);
    break;
  case 2:
    columns(column, 0, 2, a, step_a, b, step_b, count);
    break;
  case 3:
    columns(column, 0, 3, a, step_a, b, step_b, count);
    break;
  }
  for (size_t first = m % 4; first < m; first += 4)
    switch (first) {
    case 0:
      columns(column, 0, 4, a, step_a, b, step_b, count);
      break;
    case 1:
      columns(column, 1, 4, a, step_a, b, step_b, count);
      break;
    case 2:
      columns(column, 2, 4, a, step_a, b, step_b, count);
      break;
    case 3:
      columns(column, 3, 4, a, step_a, b, step_b, count);
      break;
    default:
      columns(column, first, 4, a, step_a, b, step_b, count);
    }
}

/* x = carry 2^56 + digit with a balanced digit */
static inline hp_digit split(hp_wide x, hp_wide *carry) {
  *carry = (x + HALF) >> HP_DIGIT_BITS;
  return (hp_digit)(x - *carry * BASE);
}

void hp_fixed_carry(hp_fixed *y, const hp_wide column[], size_t m, slong exponents) {
  hp_wide carry = 0;
  for (size_t c = m; c-- > 0;)
    y->digit[c + 2] = split(column[c] + carry, &carry);
  y->digit[1] = split(carry, &carry);
  y->digit[0] = (hp_digit)carry;
  y->n = m + 2;
  y->exponent = exponents + HP_DIGIT_BITS;
}

void hp_fixed_horner(hp_digit sum[], const hp_digit x[], const hp_digit addend[], size_t m,
                     hp_wide column[]) {
  hp_wide carry;
  memset(column, 0, m * sizeof *column);
  hp_fixed_dot(column, m, sum, 0, x, 0, 1);
  split(column[m - 1], &carry);
  for (size_t c = m - 1; c-- > 0;)
    sum[c + 1] = split(column[c] + carry, &carry) + addend[c + 1];
  sum[0] = (hp_digit)carry + addend[0];
}

static hp_digit balance(hp_digit digit[], size_t n) {
  hp_digit carry = 0;
  for (size_t i = n; i-- > 0;) {
    hp_digit x = digit[i] + carry;
    carry = (x + HALF) >> HP_DIGIT_BITS;
    digit[i] = x - carry * BASE;
  }
  return carry;
}

static slong floor_div(slong x, slong y) {
  return x / y - (x % y < 0);
}

/* digit[0..n) at the given exponent += sign x, not carried; *above gets what belongs at digit -1.
 * false when x reaches beyond that. Digit i takes the lower bits of digit i + whole of x, moved up,
 * and the upper bits of the next. */
static bool accumulate(hp_digit digit[], size_t n, slong exponent, const hp_fixed *x, int sign,
                       hp_digit *above) {
  slong shift = x->exponent - exponent;
  slong whole = floor_div(shift, HP_DIGIT_BITS), up = shift - whole * HP_DIGIT_BITS;
  slong down = HP_DIGIT_BITS - up, size = (slong)x->n, first = whole > 0 ? whole : 0;
  slong end = size < (slong)n + whole ? size : (slong)n + whole;
  uint64_t lower = ((uint64_t)1 << down) - 1;
  for (slong j = 0; j < first && j < size; j++)
    if (x->digit[j] != 0)
      return false;
  if (first < size && first <= (slong)n + whole)
    *(first > whole ? &digit[first - whole - 1] : above) += sign * (x->digit[first] >> down);
  for (slong j = first; j < end; j++) {
    hp_digit next = j + 1 < size ? x->digit[j + 1] >> down : 0;
    digit[j - whole] += sign * ((hp_digit)(((uint64_t)x->digit[j] & lower) << up) + next);
  }
  return true;
}

bool hp_fixed_add(hp_fixed *y, size_t n, slong exponent, const hp_fixed *x, int sign_x,
                  const hp_fixed *z, int sign_z) {
  hp_digit above = 0;
  y->exponent = exponent;
  y->n = n;
  memset(y->digit, 0, n * sizeof *y->digit);
  return accumulate(y->digit, n, exponent, x, sign_x, &above) &&
         accumulate(y->digit, n, exponent, z, sign_z, &above) && above + balance(y->digit, n) == 0;
}

bool hp_fixed_store(hp_digit digit[], size_t n, slong exponent, const hp_fixed *x) {
  hp_digit above = 0;
  memset(digit, 0, n * sizeof *digit);
  return accumulate(digit, n, exponent, x, 1, &above) && above + balance(digit, n) == 0;
}

double hp_fixed_log2(const hp_digit digit[], size_t n) {
  size_t i = 0;
  while (i < n && digit[i] == 0)
    i++;
  if (i == n)
    return -INFINITY;
  double next = i + 1 < n ? ldexp((double)digit[i + 1], -HP_DIGIT_BITS) : 0;
  return log2(fabs((double)digit[i] + next)) - HP_DIGIT_BITS * (double)(i + 1);
}

slong hp_fixed_bits(const hp_digit digit[], size_t n) {
  size_t i = 0;
  while (i < n && digit[i] == 0)
    i++;
  if (i == n)
    return HP_FIXED_ZERO;
  uint64_t size = (uint64_t)(digit[i] < 0 ? -digit[i] : digit[i]);
  return 64 - __builtin_clzll(size) - HP_DIGIT_BITS * ((slong)i + 1);
}

void hp_fixed_set_arf(hp_digit digit[], size_t n, slong exponent, const arf_t x) {
  arf_t scaled;
  fmpz_t integer;
  mpz_t unit;
  arf_init(scaled);
  fmpz_init(integer);
  mpz_init(unit);
  arf_mul_2exp_si(scaled, x, (slong)n * HP_DIGIT_BITS - exponent);
  arf_get_fmpz(integer, scaled, ARF_RND_NEAR);
  fmpz_get_mpz(unit, integer);
  int sign = mpz_sgn(unit) < 0 ? -1 : 1;
  size_t used = (mpz_sizeinbase(unit, 2) + HP_DIGIT_BITS - 1) / HP_DIGIT_BITS;
  for (size_t i = 0; i < n; i++)
    digit[i] = 0;
  mpz_export(digit + n - used, NULL, 1, sizeof *digit, 0, 8, unit);
  for (size_t i = 0; i < n; i++)
    digit[i] *= sign;
  balance(digit, n);
  mpz_clear(unit);
  fmpz_clear(integer);
  arf_clear(scaled);
}

void hp_fixed_get_arf(arf_t x, const hp_digit digit[], size_t n, slong exponent) {
  fmpz_t sum;
  fmpz_init(sum);
  for (size_t i = 0; i < n; i++) {
    fmpz_mul_2exp(sum, sum, HP_DIGIT_BITS);
    if (digit[i] < 0)
      fmpz_sub_ui(sum, sum, (ulong)-digit[i]);
    else
      fmpz_add_ui(sum, sum, (ulong)digit[i]);
  }
  arf_set_fmpz(x, sum);
  arf_mul_2exp_si(x, x, exponent - (slong)n * HP_DIGIT_BITS);
  fmpz_clear(sum);
}
