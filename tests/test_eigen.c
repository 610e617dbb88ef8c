#include "reference/iterate/eigen.h"
#include "reference/iterate/vector_mpfr.h"
#include <criterion/criterion.h>

enum { BITS = 300 };

static void assert_small(mpfr_t x) {
  cr_assert(mpfr_zero_p(x) || mpfr_get_exp(x) < -BITS + 20);
}

/* A v_k = value_k v_k, v_j . v_k = (j == k), values ascending */
static void assert_decomposition(size_t d, long (*entry)(size_t, size_t)) {
  mpfr_t *a = hp_vector_new_mpfr(d * d, BITS), *work = hp_vector_new_mpfr(d * d, BITS);
  mpfr_t *value = hp_vector_new_mpfr(d, BITS), *vector = hp_vector_new_mpfr(d * d, BITS);
  mpfr_t sum, x;
  mpfr_inits2(BITS, sum, x, NULL);
  for (size_t i = 0; i < d * d; ++i) {
    mpfr_set_si(a[i], entry(i / d, i % d), MPFR_RNDN);
    mpfr_set(work[i], a[i], MPFR_RNDN);
  }
  hp_symmetric_eigen_mpfr(d, work, value, vector);
  for (size_t k = 0; k < d; ++k) {
    cr_assert(k == 0 || mpfr_lessequal_p(value[k - 1], value[k]));
    for (size_t i = 0; i < d; ++i) {
      mpfr_mul(sum, value[k], vector[i * d + k], MPFR_RNDN);
      for (size_t j = 0; j < d; ++j) {
        mpfr_mul(x, a[i * d + j], vector[j * d + k], MPFR_RNDN);
        mpfr_sub(sum, sum, x, MPFR_RNDN);
      }
      assert_small(sum);
      mpfr_set_si(sum, -(i == k), MPFR_RNDN);
      for (size_t j = 0; j < d; ++j) {
        mpfr_mul(x, vector[j * d + i], vector[j * d + k], MPFR_RNDN);
        mpfr_add(sum, sum, x, MPFR_RNDN);
      }
      assert_small(sum);
    }
  }
  mpfr_clears(sum, x, NULL);
  hp_vector_free_mpfr(d * d, a);
  hp_vector_free_mpfr(d * d, work);
  hp_vector_free_mpfr(d, value);
  hp_vector_free_mpfr(d * d, vector);
}

static long hilbert_like(size_t i, size_t j) {
  return 1000 / (long)(i + j + 1);
}
static long diagonal(size_t i, size_t j) {
  return i == j ? 7 - 2 * (long)i : 0;
}
static long repeated(size_t i, size_t j) {
  return i == j ? 5 : 1;
}
static long indefinite(size_t i, size_t j) {
  return i + j == 3 ? 2 : -(long)(i * j);
}

Test(eigen, decompositions) {
  for (size_t d = 0; d <= 6; ++d) {
    assert_decomposition(d, hilbert_like);
    assert_decomposition(d, diagonal);
    assert_decomposition(d, repeated);
    assert_decomposition(d, indefinite);
  }
}
