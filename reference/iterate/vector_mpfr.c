#include "vector_mpfr.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

mpfr_t *hp_vector_new_mpfr(size_t n, mpfr_prec_t precision_bits) {
  mpfr_t *x = hp_allocate(n, sizeof *x);
  for (size_t i = 0; i < n; ++i) {
    mpfr_init2(x[i], precision_bits);
    mpfr_set_zero(x[i], 1);
  }
  return x;
}

void hp_vector_free_mpfr(size_t n, mpfr_t *x) {
  for (size_t i = 0; i < n; ++i)
    mpfr_clear(x[i]);
  free(x);
}

void hp_vector_norm_mpfr(mpfr_t result, size_t n, const mpfr_t x[]) {
  mpfr_t square;
  mpfr_init2(square, mpfr_get_prec(result));
  mpfr_set_zero(result, 1);
  for (size_t i = 0; i < n; ++i) {
    mpfr_sqr(square, x[i], MPFR_RNDN);
    mpfr_add(result, result, square, MPFR_RNDN);
  }
  mpfr_sqrt(result, result, MPFR_RNDN);
  mpfr_clear(square);
}
