#include "exact.h"

void hp_exact_dot(mpfr_t sum, mpfr_t size, size_t n, const double *x, const double *y) {
  mpfr_t term;
  mpfr_init2(term, HP_EXACT_BITS);
  mpfr_set_zero(sum, 1);
  mpfr_set_zero(size, 1);
  for (size_t i = 0; i < n; ++i) {
    mpfr_set_d(term, x[i], MPFR_RNDN);
    mpfr_mul_d(term, term, y[i], MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
    mpfr_abs(term, term, MPFR_RNDN);
    mpfr_add(size, size, term, MPFR_RNDN);
  }
  mpfr_clear(term);
}

void hp_exact_accumulated(mpfr_t bound, size_t n, unsigned m, const mpfr_t size) {
  mpfr_t eta;
  mpfr_init2(eta, HP_EXACT_BITS);
  mpfr_mul_ui(bound, size, n + m, MPFR_RNDN);
  mpfr_mul_d(bound, bound, 0x1.001p-53, MPFR_RNDN);
  mpfr_set_ui_2exp(eta, n, -1074, MPFR_RNDN);
  mpfr_add(bound, bound, eta, MPFR_RNDN);
  mpfr_clear(eta);
}
