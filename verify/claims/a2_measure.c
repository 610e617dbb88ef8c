#include "a2_measure.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

/* ---- the flows ---- */

/* The same velocity twice is integrated once. */
enum { FLOW_MATCHED, FLOW_SLOW, FLOW_QUOTED, FLOW_OTHER_ALPHA, FLOWS };

/* alpha without the a-term where that is more than a fiftieth of it, else 10 % more. */
static bool drops_a_term(const hp_experiment *experiment) {
  mpq_t alpha, bare;
  mpq_inits(alpha, bare, (mpq_ptr)0);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  hp_alpha(bare, experiment->momentum, bare);
  bool drops = fabs(mpq_get_d(bare) - mpq_get_d(alpha)) > mpq_get_d(alpha) / 50;
  mpq_clears(alpha, bare, (mpq_ptr)0);
  return drops;
}

const char *hp_a2_other_alpha(const hp_experiment *experiment) {
  return drops_a_term(experiment) ? "α without the a-term" : "α off by 10 %";
}

static void other_alpha(mpq_t alpha, const hp_experiment *experiment) {
  mpq_t factor;
  mpq_init(factor);
  if (drops_a_term(experiment)) {
    hp_alpha(alpha, experiment->momentum, factor);
  } else {
    mpq_set_ui(factor, 11, 10);
    hp_alpha(alpha, experiment->momentum, experiment->a);
    mpq_mul(alpha, alpha, factor);
  }
  mpq_clear(factor);
}

static hp_taylor_status integrate(hp_trajectory **flow, const hp_experiment *experiment,
                                  const mpq_t h, size_t k, double digits) {
  size_t d = experiment->problem->n_params;
  mpfr_t *start = hp_flow_start(experiment, 2 * d, digits);
  mpq_t alpha, first, second;
  mpq_inits(alpha, first, second, (mpq_ptr)0);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  if (k == FLOW_QUOTED) {
    hp_kappa_quoted(first, experiment->momentum, experiment->a);
  } else if (k == FLOW_SLOW) {
    hp_lambda_bar(first, experiment->momentum);
    hp_equation_slow_start(second, experiment->momentum, experiment->a);
    mpq_mul(second, second, h);
  } else {
    hp_kappa_matched(first, experiment->momentum, experiment->a);
  }
  if (k == FLOW_OTHER_ALPHA)
    other_alpha(alpha, experiment);
  hp_flow_velocity(start + d, experiment, first, second, hp_flow_bits(digits));
  /* mass h alpha, damping 1 - lambda */
  const hp_problem *problem = experiment->problem;
  mpq_mul(alpha, alpha, h);
  mpq_set_ui(first, 1, 1);
  mpq_sub(first, first, experiment->momentum);
  hp_program *field = hp_field_second_order(problem->graph, d, problem->gradient, alpha, first);
  mpq_clears(alpha, first, second, (mpq_ptr)0);
  return hp_flow_integrate(flow, experiment, field, start, hp_flow_bits(digits), digits);
}

/* ---- the constants ---- */

static hp_prediction_status predict(hp_a2_measurement *m, const hp_experiment *experiment,
                                    const char **why) {
  hp_layer_terms quoted, matched;
  hp_second_order shifted, slow;
  mpq_t zero, shift;
  mpq_inits(zero, shift, (mpq_ptr)0);
  hp_layer_terms_init(&quoted, experiment->momentum);
  hp_layer_terms_init(&matched, experiment->momentum);
  hp_layer_terms_equation(&quoted, experiment->momentum, experiment->a, m->kappa_quoted);
  hp_layer_terms_equation(&matched, experiment->momentum, experiment->a, m->kappa_matched);
  hp_second_order_init(&shifted);
  hp_second_order_init(&slow);
  hp_second_order_equation(&slow, experiment->momentum, experiment->a);
  hp_second_order_equation(&shifted, experiment->momentum, experiment->a);
  hp_start_shift_method(shifted.shift, experiment->momentum, experiment->a);
  hp_start_shift_equation(shift, experiment->momentum, experiment->a, m->kappa_matched);
  mpq_sub(shifted.shift, shifted.shift, shift);
  hp_prediction prediction[HP_A2_OBSERVABLES] = {
      {.quantity = "largest first-order term D f(ubar) + [λλ̄² λ^n + αλ̄(κ-λ̄) r^n] f(u_0)",
       .layer = &quoted},
      {.quantity = "λλ̄² |f(u_0)| max|λ^n - r^n|", .layer = &matched, .e = &shifted},
      {.quantity = "max|E2o|", .layer = &matched, .e = &shifted, .from = m->plan.from},
      {.quantity = "max|E2m|", .e = &slow, .from = zero},
  };
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k)
    prediction[k].observable = &m->observable[k];
  hp_prediction_status status =
      hp_predict(experiment, prediction, HP_A2_OBSERVABLES, m->f0_norm, why);
  hp_second_order_clear(&slow);
  hp_second_order_clear(&shifted);
  hp_layer_terms_clear(&matched);
  hp_layer_terms_clear(&quoted);
  mpq_clears(zero, shift, (mpq_ptr)0);
  return status;
}

/* ---- the ladder ---- */

static void set_plan(hp_a2_measurement *m, const hp_experiment *experiment) {
  static const hp_flow_pair pair[HP_A2_PAIRS] = {
      [HP_A2_QUOTED] = {0, FLOW_QUOTED, false, 0, 0, 1},
      [HP_A2_MATCHED] = {0, FLOW_MATCHED, false, 0, 0, 1},
      [HP_A2_LATE] = {0, FLOW_MATCHED, true, 0, 0, 2},
      [HP_A2_SLOW] = {1, FLOW_SLOW, false, 0, 0, 2},
      [HP_A2_QUOTED_LATE] = {0, FLOW_QUOTED, true, 0, 0, 1},
      [HP_A2_LAYER] = {0, FLOW_SLOW, false, 0, 0, 1},
      [HP_A2_FAST_EQUATION] = {1, FLOW_MATCHED, false, 0, 0, 1},
      [HP_A2_OTHER_ALPHA] = {0, FLOW_OTHER_ALPHA, true, 0, 0, 1},
      [HP_A2_QUOTED_PEAK] = {0, FLOW_QUOTED, false, 0, 0, 1},
      [HP_A2_MATCHED_PEAK] = {0, FLOW_MATCHED, false, 0, 0, 1},
  };
  m->plan.experiment = experiment;
  m->plan.integrate = integrate;
  m->plan.n_flows = FLOWS;
  m->plan.skip[FLOW_QUOTED] = m->same_kappa;
  m->plan.n_full = FLOW_OTHER_ALPHA;
  m->plan.n_pairs = HP_A2_PAIRS;
  m->plan.n_checked = HP_A2_OBSERVABLES;
  for (size_t k = 0; k < HP_A2_PAIRS; ++k) {
    m->plan.pair[k] = pair[k];
    if (m->same_kappa && pair[k].flow == FLOW_QUOTED)
      m->plan.pair[k].flow = FLOW_MATCHED;
  }
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k)
    m->plan.pair[k].expected = mpfr_get_d(m->observable[k].predicted, MPFR_RNDN);
  m->plan.pair[HP_A2_QUOTED_PEAK].only_n = m->observable[HP_A2_QUOTED].peak_n;
  m->plan.pair[HP_A2_MATCHED_PEAK].only_n = m->observable[HP_A2_MATCHED].peak_n;
}

hp_prediction_status hp_a2_measure(hp_a2_measurement *m, const hp_experiment *experiment,
                                   const char **why) {
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 16);
  *m = (hp_a2_measurement){.has_ladder = false};
  m->plan.experiment = experiment;
  mpq_inits(m->kappa_quoted, m->kappa_matched, m->plan.from, (mpq_ptr)0);
  mpfr_init2(m->f0_norm, bits);
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k) {
    hp_observable_init(&m->observable[k], experiment->n_steps, bits);
    m->observable[k].pair = k;
    m->observable[k].order = k == HP_A2_QUOTED || k == HP_A2_MATCHED ? 1 : 2;
  }
  m->observable[HP_A2_QUOTED].peak_pair = HP_A2_QUOTED_PEAK;
  m->observable[HP_A2_MATCHED].peak_pair = HP_A2_MATCHED_PEAK;
  hp_kappa_quoted(m->kappa_quoted, experiment->momentum, experiment->a);
  hp_kappa_matched(m->kappa_matched, experiment->momentum, experiment->a);
  m->same_kappa = mpq_equal(m->kappa_quoted, m->kappa_matched);
  hp_flow_ladder_late(m->plan.from, experiment->horizon);
  hp_prediction_status status = predict(m, experiment, why);
  if (status != HP_PREDICTED)
    return status;
  set_plan(m, experiment);
  m->has_ladder = true;
  return hp_flow_ladder_measure(&m->ladder, &m->plan) ? HP_PREDICTED : HP_PREDICTION_INTERRUPTED;
}

void hp_a2_measurement_clear(hp_a2_measurement *m) {
  if (m->has_ladder)
    hp_flow_ladder_clear(&m->ladder);
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k)
    hp_observable_clear(&m->observable[k], m->plan.experiment->n_steps);
  mpfr_clear(m->f0_norm);
  mpq_clears(m->kappa_quoted, m->kappa_matched, m->plan.from, (mpq_ptr)0);
}
