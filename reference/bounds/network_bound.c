#include "network_bound.h"
#include "exact.h"

bool hp_product_within_bound(double r, double x, double y) {
  if (!hp_is_tame(x) || !hp_is_tame(y))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t product, error, half_eta;
  mpfr_inits2(HP_EXACT_BITS, product, error, half_eta, (mpfr_ptr)0);
  mpfr_set_d(product, x, MPFR_RNDN);
  mpfr_mul_d(product, product, y, MPFR_RNDN);
  mpfr_d_sub(error, r, product, MPFR_RNDN);
  mpfr_abs(product, product, MPFR_RNDN);
  mpfr_div_2ui(product, product, 53, MPFR_RNDN);
  mpfr_set_ui_2exp(half_eta, 1, -1075, MPFR_RNDN);
  mpfr_add(product, product, half_eta, MPFR_RNDN);
  bool holds = mpfr_cmpabs(error, product) <= 0;
  mpfr_clears(product, error, half_eta, (mpfr_ptr)0);
  return holds;
}

bool hp_balance_within_bound(double r, double u, double v) {
  if (!hp_is_tame(u) || !hp_is_tame(v))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t uu, vv, balance, bound, eta;
  mpfr_inits2(HP_EXACT_BITS, uu, vv, balance, bound, eta, (mpfr_ptr)0);
  mpfr_set_d(uu, u, MPFR_RNDN);
  mpfr_sqr(uu, uu, MPFR_RNDN);
  mpfr_set_d(vv, v, MPFR_RNDN);
  mpfr_sqr(vv, vv, MPFR_RNDN);
  mpfr_sub(balance, uu, vv, MPFR_RNDN);
  mpfr_abs(balance, balance, MPFR_RNDN);
  mpfr_add(bound, uu, vv, MPFR_RNDN);
  mpfr_add(bound, bound, balance, MPFR_RNDN);
  mpfr_mul_d(bound, bound, 0x1.0000000000001p-53, MPFR_RNDN);
  mpfr_set_ui_2exp(eta, 1, -1073, MPFR_RNDN);
  mpfr_add(bound, bound, eta, MPFR_RNDN);
  mpfr_d_sub(balance, r, balance, MPFR_RNDN);
  bool holds = mpfr_cmpabs(balance, bound) <= 0;
  mpfr_clears(uu, vv, balance, bound, eta, (mpfr_ptr)0);
  return holds;
}

bool hp_residual_within_bound(double r, size_t n, const double *row, const double *theta,
                              double y) {
  if (n > (size_t)1 << 40 || !hp_are_tame(n, row) || !hp_are_tame(n, theta) || !hp_is_tame(y))
    return true;
  if (!isfinite(r))
    return false;
  mpfr_t residual, size, term, bound;
  mpfr_inits2(HP_EXACT_BITS, residual, size, term, bound, (mpfr_ptr)0);
  hp_exact_dot(residual, size, n, row, theta);
  mpfr_sub_d(residual, residual, y, MPFR_RNDN);
  hp_exact_accumulated(bound, n, 1, size);
  mpfr_div_2ui(term, bound, 53, MPFR_RNDN);
  mpfr_add(bound, bound, term, MPFR_RNDN);
  mpfr_abs(term, residual, MPFR_RNDN);
  mpfr_div_2ui(term, term, 53, MPFR_RNDN);
  mpfr_add(bound, bound, term, MPFR_RNDN);
  mpfr_d_sub(term, r, residual, MPFR_RNDN);
  bool holds = mpfr_cmpabs(term, bound) <= 0;
  mpfr_clears(residual, size, term, bound, (mpfr_ptr)0);
  return holds;
}
