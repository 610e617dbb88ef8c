#include "a4_measure.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>

/* ---- the flows ---- */

enum {
  FLOW_PLAIN,
  FLOW_SHIFTED,
  FLOW_MORE_C,
  FLOW_LESS_C,
  FLOW_NO_CORRECTION,
  FLOW_HEAVY_BALL_C,
  FLOWS
};

/* c of a flow */
static void set_c(mpq_t c, const hp_experiment *experiment, size_t flow) {
  mpq_t factor;
  mpq_init(factor);
  hp_modified_loss_c(c, experiment->momentum, flow == FLOW_HEAVY_BALL_C ? factor : experiment->a);
  if (flow == FLOW_NO_CORRECTION)
    mpq_set_ui(c, 0, 1);
  if (flow == FLOW_MORE_C)
    mpq_set_ui(factor, 101, 100);
  else if (flow == FLOW_LESS_C)
    mpq_set_ui(factor, 99, 100);
  else
    mpq_set_ui(factor, 1, 1);
  mpq_mul(c, c, factor);
  mpq_clear(factor);
}

static hp_taylor_status integrate(hp_trajectory **flow, const hp_experiment *experiment,
                                  const mpq_t h, size_t k, double digits) {
  size_t d = experiment->problem->n_params;
  mpfr_prec_t bits = hp_flow_bits(digits);
  mpfr_t *start = hp_flow_start(experiment, d, digits);
  mpq_t c, zero;
  mpq_inits(c, zero, (mpq_ptr)0);
  if (k == FLOW_SHIFTED) {
    mpfr_t *shift = hp_vector_new_mpfr(d, bits);
    hp_a1_layer(c, experiment->momentum);
    mpq_mul(c, c, h);
    hp_flow_velocity(shift, experiment, c, zero, bits);
    for (size_t i = 0; i < d; ++i)
      mpfr_sub(start[i], start[i], shift[i], MPFR_RNDN);
    hp_vector_free_mpfr(d, shift);
  }
  set_c(c, experiment, k);
  hp_program *field = hp_field_modified_loss(experiment->problem, experiment->momentum, c, h);
  mpq_clears(c, zero, (mpq_ptr)0);
  return hp_flow_integrate(flow, experiment, field, start, bits, digits);
}

/* ---- the constants ---- */

static hp_prediction_status predict(hp_a4_measurement *m, const hp_experiment *experiment,
                                    const char **why) {
  hp_layer_terms layer;
  hp_second_order slow, shifted;
  mpq_t zero;
  mpq_init(zero);
  hp_layer_terms_init(&layer, experiment->momentum);
  hp_second_order_init(&slow);
  hp_second_order_init(&shifted);
  hp_second_order_method(&slow, experiment->momentum, experiment->a);
  hp_second_order_method(&shifted, experiment->momentum, experiment->a);
  hp_start_shift_method(shifted.shift, experiment->momentum, experiment->a);
  hp_prediction prediction[HP_A4_OBSERVABLES] = {
      [HP_A4_NAIVE] = {.quantity = "λλ̄² max|f(ubar)|", .layer = &layer},
      [HP_A4_MANIFOLD] = {.quantity = "max|E4m|", .e = &slow, .from = zero},
      [HP_A4_SHIFTED] = {.quantity = "max|E4s|",
                         .layer = &layer,
                         .e = &shifted,
                         .from = m->plan.from},
  };
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k)
    prediction[k].observable = &m->observable[k];
  hp_prediction_status status =
      hp_predict(experiment, prediction, HP_A4_OBSERVABLES, m->f0_norm, why);
  hp_second_order_clear(&shifted);
  hp_second_order_clear(&slow);
  hp_layer_terms_clear(&layer);
  mpq_clear(zero);
  return status;
}

/* ---- the ladder ---- */

static void set_plan(hp_a4_measurement *m, const hp_experiment *experiment) {
  static const hp_flow_pair pair[HP_A4_PAIRS] = {
      [HP_A4_NAIVE] = {0, FLOW_PLAIN, false, 0, 0, 1},
      [HP_A4_MANIFOLD] = {1, FLOW_PLAIN, false, 0, 0, 2},
      [HP_A4_SHIFTED] = {0, FLOW_SHIFTED, true, 0, 0, 2},
      [HP_A4_MORE_C] = {1, FLOW_MORE_C, false, 0, 0, 1},
      [HP_A4_LESS_C] = {1, FLOW_LESS_C, false, 0, 0, 1},
      [HP_A4_HEAVY_BALL_C] = {1, FLOW_HEAVY_BALL_C, false, 0, 0, 1},
      [HP_A4_BOTH] = {1, FLOW_SHIFTED, false, 0, 0, 1},
      [HP_A4_NAIVE_LATE] = {0, FLOW_PLAIN, true, 0, 0, 1},
      [HP_A4_NO_CORRECTION] = {1, FLOW_NO_CORRECTION, false, 0, 0, 1},
  };
  mpq_t other;
  mpq_init(other);
  set_c(other, experiment, FLOW_HEAVY_BALL_C);
  m->other_c = fabs(mpq_get_d(other) - mpq_get_d(m->c)) > 0.01 * fabs(mpq_get_d(m->c));
  mpq_clear(other);
  m->plan.experiment = experiment;
  m->plan.integrate = integrate;
  m->plan.n_flows = m->other_c ? FLOWS : FLOW_HEAVY_BALL_C;
  m->plan.n_full = FLOW_MORE_C;
  m->plan.n_pairs = HP_A4_PAIRS;
  m->plan.n_checked = HP_A4_OBSERVABLES;
  for (size_t k = 0; k < HP_A4_PAIRS; ++k)
    m->plan.pair[k] = pair[k];
  if (!m->other_c)
    m->plan.pair[HP_A4_HEAVY_BALL_C] = pair[HP_A4_MANIFOLD];
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k)
    m->plan.pair[k].expected = mpfr_get_d(m->observable[k].predicted, MPFR_RNDN);
}

hp_prediction_status hp_a4_measure(hp_a4_measurement *m, const hp_experiment *experiment,
                                   const char **why) {
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 16);
  *m = (hp_a4_measurement){.has_ladder = false};
  m->plan.experiment = experiment;
  mpq_inits(m->c, m->plan.from, (mpq_ptr)0);
  mpfr_init2(m->f0_norm, bits);
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k) {
    hp_observable_init(&m->observable[k], experiment->n_steps, bits);
    m->observable[k].pair = k;
    m->observable[k].order = k == HP_A4_NAIVE ? 1 : 2;
  }
  hp_modified_loss_c(m->c, experiment->momentum, experiment->a);
  hp_flow_ladder_late(m->plan.from, experiment->horizon);
  hp_prediction_status status = predict(m, experiment, why);
  if (status != HP_PREDICTED)
    return status;
  set_plan(m, experiment);
  m->has_ladder = true;
  return hp_flow_ladder_measure(&m->ladder, &m->plan) ? HP_PREDICTED : HP_PREDICTION_INTERRUPTED;
}

void hp_a4_measurement_clear(hp_a4_measurement *m) {
  if (m->has_ladder)
    hp_flow_ladder_clear(&m->ladder);
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k)
    hp_observable_clear(&m->observable[k], m->plan.experiment->n_steps);
  mpfr_clear(m->f0_norm);
  mpq_clears(m->c, m->plan.from, (mpq_ptr)0);
}
