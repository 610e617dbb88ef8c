#include "limit.h"
#include "reference/iterate/vector_mpfr.h"

enum { VECTORS = 9 };

static void vectors_of(hp_diagonal_limit *limit, mpfr_t **place[VECTORS]) {
  mpfr_t **all[VECTORS] = {&limit->theta_0,   &limit->delta_0,   &limit->a_plus,
                           &limit->a_minus,   &limit->delta_inf, &limit->theta_tilde,
                           &limit->delta_end, &limit->theta_inf, &limit->squares};
  for (size_t i = 0; i < VECTORS; ++i)
    place[i] = all[i];
}

void hp_diagonal_limit_init(hp_diagonal_limit *limit, size_t d, mpfr_prec_t precision_bits) {
  mpfr_t **place[VECTORS];
  *limit = (hp_diagonal_limit){.d = d};
  vectors_of(limit, place);
  for (size_t i = 0; i < VECTORS; ++i)
    *place[i] = hp_vector_new_mpfr(d, precision_bits);
  mpfr_inits2(precision_bits, limit->loss, limit->time, (mpfr_ptr)0);
  mpfr_set_zero(limit->time, 1);
}

void hp_diagonal_limit_clear(hp_diagonal_limit *limit) {
  mpfr_t **place[VECTORS];
  vectors_of(limit, place);
  for (size_t i = 0; i < VECTORS; ++i)
    hp_vector_free_mpfr(limit->d, *place[i]);
  mpfr_clears(limit->loss, limit->time, (mpfr_ptr)0);
}

/* u + v or u - v, exactly rounded */
static void set_sum(mpfr_t w, const mpq_t u, const mpq_t v, bool minus) {
  mpq_t sum;
  mpq_init(sum);
  if (minus)
    mpq_sub(sum, u, v);
  else
    mpq_add(sum, u, v);
  mpfr_set_q(w, sum, MPFR_RNDN);
  mpq_clear(sum);
}

static void set_balance(mpfr_t delta, const mpfr_t w_plus, const mpfr_t w_minus) {
  mpfr_mul(delta, w_plus, w_minus, MPFR_RNDN);
  mpfr_abs(delta, delta, MPFR_RNDN);
}

/* theta = (p^2 e^{-2a} - m^2 e^{-2b})/4; a and b may be NULL for 0 */
static void set_theta(mpfr_t theta, const mpfr_t p, const mpfr_t m, mpfr_srcptr a, mpfr_srcptr b) {
  mpfr_t square, factor;
  mpfr_inits2(mpfr_get_prec(theta), square, factor, (mpfr_ptr)0);
  mpfr_srcptr of[2] = {p, m}, exponent[2] = {a, b};
  for (int i = 0; i < 2; ++i) {
    mpfr_sqr(square, of[i], MPFR_RNDN);
    if (exponent[i]) {
      mpfr_mul_si(factor, exponent[i], -2, MPFR_RNDN);
      mpfr_exp(factor, factor, MPFR_RNDN);
      mpfr_mul(square, square, factor, MPFR_RNDN);
    }
    if (i == 0)
      mpfr_set(theta, square, MPFR_RNDN);
    else
      mpfr_sub(theta, theta, square, MPFR_RNDN);
  }
  mpfr_div_2ui(theta, theta, 2, MPFR_RNDN);
  mpfr_clears(square, factor, (mpfr_ptr)0);
}

void hp_diagonal_limit_start(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                             mpfr_t w_plus[], mpfr_t w_minus[]) {
  for (size_t j = 0; j < limit->d; ++j) {
    set_sum(w_plus[j], network->u[j], network->v[j], false);
    set_sum(w_minus[j], network->u[j], network->v[j], true);
    set_balance(limit->delta_0[j], w_plus[j], w_minus[j]);
    set_theta(limit->theta_0[j], w_plus[j], w_minus[j], NULL, NULL);
  }
}

void hp_diagonal_limit_finish(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                              const mpfr_t w_plus[], const mpfr_t w_minus[]) {
  mpfr_t p, m;
  mpfr_inits2(mpfr_get_prec(limit->loss), p, m, (mpfr_ptr)0);
  for (size_t j = 0; j < limit->d; ++j) {
    set_balance(limit->delta_end[j], w_plus[j], w_minus[j]);
    set_theta(limit->theta_inf[j], w_plus[j], w_minus[j], NULL, NULL);
    mpfr_add(p, limit->a_plus[j], limit->a_minus[j], MPFR_RNDN);
    mpfr_neg(p, p, MPFR_RNDN);
    mpfr_exp(p, p, MPFR_RNDN);
    mpfr_mul(limit->delta_inf[j], limit->delta_0[j], p, MPFR_RNDN);
    set_sum(p, network->u[j], network->v[j], false);
    set_sum(m, network->u[j], network->v[j], true);
    set_theta(limit->theta_tilde[j], p, m, limit->a_plus[j], limit->a_minus[j]);
  }
  mpfr_clears(p, m, (mpfr_ptr)0);
}

void hp_diagonal_mismatch(mpfr_t result, size_t d, const mpfr_t x[], const mpfr_t y[]) {
  mpfr_t difference;
  mpfr_init2(difference, mpfr_get_prec(result));
  mpfr_set_zero(result, 1);
  for (size_t j = 0; j < d; ++j) {
    mpfr_sub(difference, x[j], y[j], MPFR_RNDN);
    mpfr_div(difference, difference, y[j], MPFR_RNDN);
    mpfr_abs(difference, difference, MPFR_RNDN);
    if (!mpfr_lessequal_p(difference, result))
      mpfr_set(result, difference, MPFR_RNDN);
  }
  mpfr_clear(difference);
}
