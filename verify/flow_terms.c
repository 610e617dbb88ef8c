#include "flow_terms.h"
#include "verify/decimal.h"
#include "verify/first_order.h"

enum { GUARD_DIGITS = 8 };

static bool keep_going(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

static hp_taylor_options options_of(const hp_experiment *experiment, double digits) {
  return (hp_taylor_options){
      .digits = digits, .keep_going = keep_going, .context = (void *)experiment};
}

hp_taylor_status hp_flow_to_horizon(hp_trajectory **trajectory, const hp_experiment *experiment,
                                    const mpq_t lambda, const mpq_t slope, double digits) {
  hp_taylor_options options = options_of(experiment, digits);
  mpfr_t end;
  mpfr_init2(end, hp_decimal_bits(digits + GUARD_DIGITS));
  mpfr_set_q(end, experiment->horizon, MPFR_RNDU);
  hp_taylor_status status =
      hp_momentum_flow(trajectory, experiment->problem, lambda, slope, end, &options);
  mpfr_clear(end);
  return status;
}

hp_taylor_status hp_terms_to_horizon(hp_trajectory **trajectory, const hp_experiment *experiment,
                                     hp_terms_variant variant, double digits) {
  hp_taylor_options options = options_of(experiment, digits);
  mpfr_t end;
  mpfr_init2(end, hp_decimal_bits(digits + GUARD_DIGITS));
  mpfr_set_q(end, experiment->horizon, MPFR_RNDU);
  hp_taylor_status status = hp_momentum_flow_terms(trajectory, experiment->problem,
                                                   experiment->momentum, variant, end, &options);
  mpfr_clear(end);
  return status;
}

static void maxima(const hp_experiment *experiment, const hp_trajectory *trajectory, mpfr_t E,
                   mpfr_t E_at, mpfr_t G, mpfr_t G_at) {
  size_t d = experiment->problem->n_params;
  hp_trajectory_maximum(trajectory, d, d, E, E_at);
  hp_trajectory_maximum(trajectory, 2 * d, d, G, G_at);
}

static void set_radius(mpfr_t radius, const mpfr_t value) {
  mpfr_sub(radius, value, radius, MPFR_RNDA);
  mpfr_abs(radius, radius, MPFR_RNDA);
}

hp_taylor_status hp_flow_terms_measure(hp_flow_terms *terms, const hp_experiment *experiment,
                                       double digits) {
  hp_trajectory *rough = NULL, *fine = NULL;
  mpfr_prec_t bits = hp_decimal_bits(digits + 2 * GUARD_DIGITS);
  *terms = (hp_flow_terms){.trajectory = NULL};
  mpfr_inits2(bits, terms->E, terms->G, terms->E_radius, terms->G_radius, terms->E_at, terms->G_at,
              (mpfr_ptr)0);
  hp_taylor_status status =
      hp_terms_to_horizon(&terms->trajectory, experiment, HP_TERMS_RIGHT, HP_TERMS_DIGITS);
  if (status == HP_TAYLOR_DONE)
    status = hp_terms_to_horizon(&rough, experiment, HP_TERMS_RIGHT, digits);
  if (status == HP_TAYLOR_DONE)
    status = hp_terms_to_horizon(&fine, experiment, HP_TERMS_RIGHT, digits + GUARD_DIGITS);
  if (status == HP_TAYLOR_DONE) {
    maxima(experiment, rough, terms->E_radius, terms->E_at, terms->G_radius, terms->G_at);
    maxima(experiment, fine, terms->E, terms->E_at, terms->G, terms->G_at);
    set_radius(terms->E_radius, terms->E);
    set_radius(terms->G_radius, terms->G);
  }
  hp_trajectory_free(fine);
  hp_trajectory_free(rough);
  return status;
}

void hp_flow_terms_clear(hp_flow_terms *terms) {
  mpfr_clears(terms->E, terms->G, terms->E_radius, terms->G_radius, terms->E_at, terms->G_at,
              (mpfr_ptr)0);
  hp_trajectory_free(terms->trajectory);
}
