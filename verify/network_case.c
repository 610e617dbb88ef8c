#include "network_case.h"
#include "reference/iterate/vector_mpfr.h"

enum { GUARD_DIGITS = 8 };

void hp_network_distance(mpfr_t result, size_t d, const mpfr_t x[], const mpfr_t y[]) {
  mpfr_t most, difference;
  mpfr_inits2(mpfr_get_prec(result), most, difference, (mpfr_ptr)0);
  mpfr_set_zero(result, 1);
  mpfr_set_zero(most, 1);
  for (size_t j = 0; j < d; ++j) {
    mpfr_sub(difference, x[j], y[j], MPFR_RNDN);
    if (mpfr_nan_p(difference) || mpfr_cmpabs(difference, result) > 0)
      mpfr_abs(result, difference, MPFR_RNDN);
    if (mpfr_cmpabs(y[j], most) > 0)
      mpfr_abs(most, y[j], MPFR_RNDN);
  }
  mpfr_div(result, result, most, MPFR_RNDN);
  mpfr_clears(most, difference, (mpfr_ptr)0);
}

static void compare(hp_network_case *c, const hp_diagonal_network *network,
                    mpfr_prec_t precision_bits) {
  hp_bregman_init(&c->bregman, network, precision_bits);
  c->argmin = hp_vector_new_mpfr(network->d, precision_bits);
  c->nu = hp_vector_new_mpfr(c->bregman.rank, precision_bits);
  mpfr_inits2(precision_bits, c->delta_mismatch, c->theta_mismatch, c->kkt_residual, (mpfr_ptr)0);
  if (c->status != HP_DIAGONAL_RESTED)
    return;
  c->solved =
      hp_bregman_solve(&c->bregman, c->limit.delta_inf, c->limit.theta_tilde, c->argmin, c->nu);
  hp_diagonal_mismatch(c->delta_mismatch, network->d, c->limit.delta_inf, c->limit.delta_end);
  hp_network_distance(c->theta_mismatch, network->d, c->limit.theta_inf, c->argmin);
  hp_bregman_certify(&c->bregman, c->limit.delta_inf, c->limit.theta_tilde, c->limit.theta_inf,
                     c->nu, c->kkt_residual);
}

void hp_network_flow_case(hp_network_case *c, const hp_diagonal_network *network,
                          const hp_diagonal_flow_options *options) {
  hp_diagonal_flow_options rough = *options, fine = *options;
  *c = (hp_network_case){.solved = false};
  rough.digits += GUARD_DIGITS / 2;
  rough.visit = NULL;
  fine.digits += GUARD_DIGITS;
  hp_diagonal_limit_init(&c->rough, network->d, hp_diagonal_bits(rough.digits));
  hp_diagonal_limit_init(&c->limit, network->d, hp_diagonal_bits(fine.digits));
  c->status = hp_diagonal_flow(&c->rough, network, &rough);
  if (c->status == HP_DIAGONAL_RESTED)
    c->status = hp_diagonal_flow(&c->limit, network, &fine);
  compare(c, network, hp_diagonal_bits(fine.digits));
}

void hp_network_descent_case(hp_network_case *c, const hp_diagonal_network *network,
                             const hp_diagonal_descent_options *options) {
  hp_diagonal_descent_options rough = *options, fine = *options;
  *c = (hp_network_case){.solved = false};
  rough.digits += GUARD_DIGITS / 2;
  rough.visit = NULL;
  fine.digits += GUARD_DIGITS;
  hp_diagonal_limit_init(&c->rough, network->d, hp_diagonal_bits(rough.digits));
  hp_diagonal_limit_init(&c->limit, network->d, hp_diagonal_bits(fine.digits));
  c->status = hp_diagonal_descend(&c->rough, network, &rough);
  if (c->status == HP_DIAGONAL_RESTED)
    c->status = hp_diagonal_descend(&c->limit, network, &fine);
  compare(c, network, hp_diagonal_bits(fine.digits));
}

void hp_network_case_clear(hp_network_case *c) {
  mpfr_clears(c->delta_mismatch, c->theta_mismatch, c->kkt_residual, (mpfr_ptr)0);
  hp_vector_free_mpfr(c->bregman.rank, c->nu);
  hp_vector_free_mpfr(c->bregman.d, c->argmin);
  hp_bregman_clear(&c->bregman);
  hp_diagonal_limit_clear(&c->limit);
  hp_diagonal_limit_clear(&c->rough);
}

void hp_network_mismatch(mpfr_t result, const hp_network_case *c, const mpfr_t delta[],
                         const mpfr_t theta_tilde[]) {
  size_t d = c->bregman.d;
  mpfr_t *theta = hp_vector_new_mpfr(d, c->bregman.precision_bits);
  mpfr_t *nu = hp_vector_new_mpfr(c->bregman.rank, c->bregman.precision_bits);
  hp_bregman_solve(&c->bregman, delta, theta_tilde, theta, nu);
  hp_network_distance(result, d, c->limit.theta_inf, theta);
  hp_vector_free_mpfr(c->bregman.rank, nu);
  hp_vector_free_mpfr(d, theta);
}

const char *hp_diagonal_status_text(hp_diagonal_status status) {
  static const char *const text[] = {
      [HP_DIAGONAL_RESTED] = "the path comes to rest",
      [HP_DIAGONAL_DIVERGED] = "the path leaves every bound",
      [HP_DIAGONAL_MOVING] = "the path has not come to rest at the last time looked at",
      [HP_DIAGONAL_INTERRUPTED] = "interrupted",
  };
  return text[status];
}
