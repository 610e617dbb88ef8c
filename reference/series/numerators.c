#include "numerators.h"
#include "bseries.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

/* value[i * stride] at node_i = first + i step, i < n, become the coefficients of the polynomial of
 * degree n - 1 through them: Newton's divided differences, then Horner. */
static void interpolate(size_t n, size_t stride, mpq_t value[], long step) {
  mpq_t x;
  mpq_init(x);
  for (size_t k = 1; k < n; ++k)
    for (size_t i = n - 1; i >= k; --i) {
      mpq_ptr y = value[i * stride];
      mpq_set_si(x, (long)k * step, 1);
      mpq_sub(y, y, value[(i - 1) * stride]);
      mpq_div(y, y, x);
    }
  for (size_t k = n - 1; k-- > 0;)
    for (size_t i = k; i + 1 < n; ++i) {
      mpq_set_si(x, (long)k * step, 1);
      mpq_mul(x, x, value[(i + 1) * stride]);
      mpq_sub(value[i * stride], value[i * stride], x);
    }
  mpq_clear(x);
}

/* value := c (1-lambda)^{2 order - 1} */
static void clear_pole(mpq_t value, const mpq_t c, size_t order, const mpq_t lambda) {
  mpq_t one_minus;
  mpq_init(one_minus);
  mpq_set_ui(one_minus, 1, 1);
  mpq_sub(one_minus, one_minus, lambda);
  mpq_set(value, c);
  for (size_t i = 0; i < 2 * order - 1; ++i)
    mpq_mul(value, value, one_minus);
  mpq_clear(one_minus);
}

/* Nodes: lambda = 0, -1, -2, ..., which avoid the pole at 1; a = 0, 1, 2, ... */
hp_numerator *hp_numerators_new(const hp_trees *trees, hp_coefficients *coefficients) {
  size_t n_lambda = 2 * trees->largest_order - 1, n_a = trees->largest_order;
  hp_numerator *numerator = hp_allocate(trees->count, sizeof *numerator);
  mpq_t *c = hp_bseries_new(trees), lambda, a;
  mpq_inits(lambda, a, (mpq_ptr)0);
  for (size_t t = 0; t < trees->count; ++t) {
    size_t order = trees->entry[t].order, n = (2 * order - 1) * order;
    numerator[t] = (hp_numerator){2 * order - 2, order - 1, hp_allocate(n, sizeof(mpq_t))};
    for (size_t i = 0; i < n; ++i)
      mpq_init(numerator[t].coefficient[i]);
  }
  for (size_t i = 0; i < n_lambda; ++i)
    for (size_t j = 0; j < n_a; ++j) {
      mpq_set_si(lambda, -(long)i, 1);
      mpq_set_si(a, (long)j, 1);
      coefficients(trees, c, lambda, a);
      for (size_t t = 0; t < trees->count; ++t) {
        hp_numerator *to = &numerator[t];
        if (i <= to->degree_lambda && j <= to->degree_a)
          clear_pole(to->coefficient[i * (to->degree_a + 1) + j], c[t], trees->entry[t].order,
                     lambda);
      }
    }
  for (size_t t = 0; t < trees->count; ++t) {
    size_t width = numerator[t].degree_a + 1, height = numerator[t].degree_lambda + 1;
    for (size_t j = 0; j < width; ++j)
      interpolate(height, width, numerator[t].coefficient + j, -1);
    for (size_t i = 0; i < height; ++i)
      interpolate(width, 1, numerator[t].coefficient + i * width, 1);
  }
  mpq_clears(lambda, a, (mpq_ptr)0);
  hp_bseries_free(trees, c);
  return numerator;
}

void hp_numerators_free(const hp_trees *trees, hp_numerator *numerator) {
  for (size_t t = 0; t < trees->count; ++t) {
    size_t n = (numerator[t].degree_lambda + 1) * (numerator[t].degree_a + 1);
    for (size_t i = 0; i < n; ++i)
      mpq_clear(numerator[t].coefficient[i]);
    free(numerator[t].coefficient);
  }
  free(numerator);
}

/* <k,j> = sum_{i=0..j} (-1)^i (k+1 choose i) (j+1-i)^k */
void hp_eulerian(mpz_t result, size_t k, size_t j) {
  mpz_t term, power;
  mpz_inits(term, power, (mpz_ptr)0);
  mpz_set_ui(result, 0);
  for (size_t i = 0; i <= j; ++i) {
    mpz_bin_uiui(term, k + 1, i);
    mpz_ui_pow_ui(power, j + 1 - i, k);
    mpz_mul(term, term, power);
    if (i % 2)
      mpz_sub(result, result, term);
    else
      mpz_add(result, result, term);
  }
  mpz_clears(term, power, (mpz_ptr)0);
}

void hp_narayana(mpz_t result, size_t k, size_t j) {
  mpz_t other;
  if (k == 0) {
    mpz_set_ui(result, j == 0);
    return;
  }
  mpz_init(other);
  mpz_bin_uiui(result, k, j + 1);
  mpz_bin_uiui(other, k, j);
  mpz_mul(result, result, other);
  mpz_divexact_ui(result, result, k);
  mpz_clear(other);
}
