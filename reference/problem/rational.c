#include "rational.h"
#include "allocate.h"
#include <stdlib.h>
#include <string.h>

enum { EXPONENT_LIMIT = 1000000, POWER_BITS_LIMIT = 1 << 24 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *at) {
  while (is_digit(*at))
    at++;
  return at;
}

/* [-+]digits, |value| <= EXPONENT_LIMIT; NULL when there is none. */
static const char *read_exponent(const char *at, long *value) {
  bool negative = *at == '-';
  if (*at == '-' || *at == '+')
    at++;
  const char *end = skip_digits(at);
  long magnitude = 0;
  for (const char *digit = at; digit < end; digit++) {
    magnitude = 10 * magnitude + (*digit - '0');
    if (magnitude > EXPONENT_LIMIT)
      return NULL;
  }
  *value = negative ? -magnitude : magnitude;
  return end > at ? end : NULL;
}

/* value *= 10^exponent */
static void scale_by_ten(mpq_t value, long exponent) {
  mpz_t power;
  mpz_init(power);
  mpz_ui_pow_ui(power, 10, (unsigned long)labs(exponent));
  if (exponent >= 0)
    mpz_mul(mpq_numref(value), mpq_numref(value), power);
  else
    mpz_mul(mpq_denref(value), mpq_denref(value), power);
  mpq_canonicalize(value);
  mpz_clear(power);
}

/* digits [. digits] [e exponent]; NULL when there is none. */
static const char *read_decimal(const char *at, mpq_t value) {
  const char *end = skip_digits(at);
  if (end == at)
    return NULL;
  size_t whole = (size_t)(end - at), fraction = 0;
  if (*end == '.') {
    const char *point = end + 1;
    end = skip_digits(point);
    fraction = (size_t)(end - point);
    if (fraction == 0 || fraction > EXPONENT_LIMIT)
      return NULL;
  }
  long exponent = 0;
  const char *tail = end;
  if (*tail == 'e' || *tail == 'E') {
    tail = read_exponent(tail + 1, &exponent);
    if (!tail)
      return NULL;
  }
  char *digits = hp_allocate(whole + fraction + 1, 1);
  memcpy(digits, at, whole);
  memcpy(digits + whole, end - fraction, fraction);
  mpz_set_str(mpq_numref(value), digits, 10);
  mpz_set_ui(mpq_denref(value), 1);
  free(digits);
  scale_by_ten(value, exponent - (long)fraction);
  return tail;
}

/* value = value^exponent; false for a power of 0 below 0 and for a result beyond POWER_BITS_LIMIT. */
static bool raise(mpq_t value, long exponent) {
  unsigned long magnitude = (unsigned long)labs(exponent);
  size_t bits = mpz_sizeinbase(mpq_numref(value), 2) + mpz_sizeinbase(mpq_denref(value), 2);
  if (magnitude && bits > POWER_BITS_LIMIT / magnitude)
    return false;
  if (exponent < 0) {
    if (mpq_sgn(value) == 0)
      return false;
    mpq_inv(value, value);
  }
  mpz_pow_ui(mpq_numref(value), mpq_numref(value), magnitude);
  mpz_pow_ui(mpq_denref(value), mpq_denref(value), magnitude);
  return true;
}

/* decimal [^ exponent] */
static const char *read_factor(const char *at, mpq_t value) {
  const char *end = read_decimal(at, value);
  if (!end || *end != '^')
    return end;
  long exponent;
  end = read_exponent(end + 1, &exponent);
  return end && raise(value, exponent) ? end : NULL;
}

/* factor {(* | /) factor}, to the end of the text */
static bool read_product(const char *at, mpq_t product, mpq_t factor) {
  at = read_factor(at, product);
  while (at && *at) {
    char operation = *at;
    if (operation != '*' && operation != '/')
      return false;
    at = read_factor(at + 1, factor);
    if (!at)
      return false;
    if (operation == '*')
      mpq_mul(product, product, factor);
    else if (mpq_sgn(factor) == 0)
      return false;
    else
      mpq_div(product, product, factor);
  }
  return at != NULL;
}

bool hp_rational_read(mpq_t value, const char *text) {
  bool negative = *text == '-';
  mpq_t product, factor;
  mpq_inits(product, factor, NULL);
  bool read = read_product(text + (*text == '-' || *text == '+'), product, factor);
  if (read && negative)
    mpq_neg(product, product);
  if (read)
    mpq_set(value, product);
  mpq_clears(product, factor, NULL);
  return read;
}

char *hp_rational_text(const mpq_t value) {
  size_t size = mpz_sizeinbase(mpq_numref(value), 10) + mpz_sizeinbase(mpq_denref(value), 10) + 32;
  char *text = hp_allocate(size, 1);
  mpq_get_str(text, 10, value);
  mp_bitcnt_t k = mpz_scan1(mpq_denref(value), 0);
  bool is_power = mpz_cmp_ui(mpq_numref(value), 1) == 0 && k > 0 &&
                  mpz_sizeinbase(mpq_denref(value), 2) == k + 1;
  if (is_power) {
    char power[32];
    int length = gmp_snprintf(power, sizeof power, "2^-%lu", (unsigned long)k);
    if ((size_t)length <= strlen(text))
      memcpy(text, power, (size_t)length + 1);
  }
  return text;
}
