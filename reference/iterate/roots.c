#include "roots.h"

bool hp_characteristic_roots_mpfr(mpfr_t slow, mpfr_t fast, const mpq_t lambda, const mpq_t a,
                                  const mpfr_t l) {
  mpfr_prec_t precision_bits = mpfr_get_prec(slow);
  mpq_t factor;
  mpfr_t sum, product, root;
  mpq_init(factor);
  mpfr_inits2(precision_bits, sum, product, root, (mpfr_ptr)0);
  /* sum = 1 + lambda - l (1+a), product = lambda - a l */
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, a);
  mpfr_mul_q(sum, l, factor, MPFR_RNDN);
  mpfr_sub_q(sum, sum, lambda, MPFR_RNDN);
  mpfr_ui_sub(sum, 1, sum, MPFR_RNDN);
  mpfr_mul_q(product, l, a, MPFR_RNDN);
  mpfr_sub_q(product, product, lambda, MPFR_RNDN);
  mpfr_neg(product, product, MPFR_RNDN);
  /* discriminant = sum^2 - 4 product */
  mpfr_sqr(root, sum, MPFR_RNDN);
  mpfr_mul_ui(slow, product, 4, MPFR_RNDN);
  mpfr_sub(root, root, slow, MPFR_RNDN);
  bool real = mpfr_sgn(root) >= 0 && mpfr_sgn(sum) > 0;
  if (real) {
    mpfr_sqrt(root, root, MPFR_RNDN);
    mpfr_add(slow, sum, root, MPFR_RNDN);
    mpfr_div_ui(slow, slow, 2, MPFR_RNDN);
    mpfr_div(fast, product, slow, MPFR_RNDN);
  } else {
    mpfr_set_nan(slow);
    mpfr_set_nan(fast);
  }
  mpfr_clears(sum, product, root, (mpfr_ptr)0);
  mpq_clear(factor);
  return real;
}
