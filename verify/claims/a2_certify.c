#include "a2_certify.h"
#include "flow_certify.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include <string.h>

enum { MATCHED, SLOW, QUOTED, OTHER_ALPHA };

/* w'(0) of flow k, d balls */
static void velocity(arb_struct v[], const hp_experiment *experiment, const mpq_t h, size_t k) {
  mpq_t first, second;
  mpq_inits(first, second, (mpq_ptr)0);
  if (k == QUOTED) {
    hp_kappa_quoted(first, experiment->momentum, experiment->a);
  } else if (k == SLOW) {
    hp_lambda_bar(first, experiment->momentum);
    hp_equation_slow_start(second, experiment->momentum, experiment->a);
    mpq_mul(second, second, h);
  } else {
    hp_kappa_matched(first, experiment->momentum, experiment->a);
  }
  hp_certified_velocity(v, experiment, first, second);
  mpq_clears(first, second, (mpq_ptr)0);
}

/* P(0) = u_0 + e w'(0), z(0) = -e w'(0), e = h alpha/(1-lambda) */
static hp_certified_start start(const hp_experiment *experiment, const mpq_t h, size_t k) {
  const hp_problem *problem = experiment->problem;
  slong d = (slong)problem->n_params, bits = HP_CERTIFIED_START_BITS;
  hp_certified_start made = {.start = _arb_vec_init(2 * d)};
  arb_ptr z = made.start + d;
  mpq_t mass, damping;
  arb_t e;
  mpq_inits(mass, damping, (mpq_ptr)0);
  arb_init(e);
  mpq_set_ui(mass, k == OTHER_ALPHA ? 11 : 10, 10);
  mpq_canonicalize(mass);
  mpq_mul(mass, mass, h);
  hp_alpha(damping, experiment->momentum, experiment->a);
  mpq_mul(mass, mass, damping);
  mpq_set_ui(damping, 1, 1);
  mpq_sub(damping, damping, experiment->momentum);
  made.field =
      hp_field_slow_fast(problem->graph, problem->n_params, problem->gradient, mass, damping);
  mpq_div(mass, mass, damping);
  mpq_neg(mass, mass);
  hp_arb_set_rational(e, mass, bits);
  hp_certified_point(made.start, experiment);
  velocity(z, experiment, h, k);
  _arb_vec_scalar_mul(z, z, d, e, bits);
  _arb_vec_sub(made.start, made.start, z, d, bits);
  arb_clear(e);
  mpq_clears(mass, damping, (mpq_ptr)0);
  return made;
}

static const hp_certified_observable observables[HP_CERTIFIED_OBSERVABLES] = {
    {"A2", "E2k", "E2k/h", "lim E2k/h", "v0=0, w'(0)=κ_q f(u0), κ_q=(1-2α)/(2α-λ+1)", 1, false,
     false, QUOTED, MATCHED, "κ_opt in place of κ_q"},
    {"A2", "E2o", "E2o/h", "λλ̄²|f(u0)| max|λ^n-r^n|", "v0=0, w'(0)=κ_opt f(u0), κ_opt=(1-2a)/(2α)",
     1, false, false, MATCHED, QUOTED, "κ_q in place of κ_opt"},
    {"A2", "E2x", "E2x/h²", "max|E2o|", "v0=0, w'(0)=κ_opt f(u0), late", 2, false, true, MATCHED,
     QUOTED, "κ_q in place of κ_opt"},
    {"A2", "E2m", "E2m/h²", "max|E2m|", "v0=λ̄f+hλ̄²(a-λ̄)f'f, w'(0)=λ̄f-hαλ̄³f'f", 2, true, false, SLOW,
     MATCHED, "w'(0) = κ_opt f(u0), off the equation's manifold"},
};

static bool predict_layers(hp_flow_certify_plan *plan) {
  const hp_experiment *experiment = plan->experiment;
  hp_layer_terms layer;
  mpq_t kappa;
  mpq_init(kappa);
  hp_layer_terms_init(&layer, experiment->momentum);
  hp_kappa_quoted(kappa, experiment->momentum, experiment->a);
  hp_layer_terms_equation(&layer, experiment->momentum, experiment->a, kappa);
  bool enclosed = hp_certified_layer(plan->predicted, experiment, &layer);
  hp_kappa_matched(kappa, experiment->momentum, experiment->a);
  hp_layer_terms_equation(&layer, experiment->momentum, experiment->a, kappa);
  enclosed = enclosed && hp_certified_layer(plan->predicted + 1, experiment, &layer);
  hp_layer_terms_clear(&layer);
  mpq_clear(kappa);
  return enclosed;
}

static bool predict(hp_flow_certify_plan *plan) {
  const hp_experiment *experiment = plan->experiment;
  hp_second_order e;
  mpq_t zero, kappa, shift;
  mpq_inits(zero, kappa, shift, (mpq_ptr)0);
  hp_second_order_init(&e);
  hp_second_order_equation(&e, experiment->momentum, experiment->a);
  bool enclosed = predict_layers(plan) &&
                  hp_certified_second_order(plan->predicted + 3, experiment, &e, zero, zero);
  hp_kappa_matched(kappa, experiment->momentum, experiment->a);
  hp_start_shift_method(e.shift, experiment->momentum, experiment->a);
  hp_start_shift_equation(shift, experiment->momentum, experiment->a, kappa);
  mpq_sub(e.shift, e.shift, shift);
  enclosed =
      enclosed && hp_certified_second_order(plan->predicted + 2, experiment, &e, zero, plan->from);
  hp_second_order_clear(&e);
  mpq_clears(zero, kappa, shift, (mpq_ptr)0);
  return enclosed;
}

/* Where the two kappas are one, another alpha is the control. */
static void choose_controls(hp_certified_observable chosen[], const hp_experiment *experiment) {
  mpq_t quoted, matched;
  mpq_inits(quoted, matched, (mpq_ptr)0);
  hp_kappa_quoted(quoted, experiment->momentum, experiment->a);
  hp_kappa_matched(matched, experiment->momentum, experiment->a);
  memcpy(chosen, observables, sizeof observables);
  for (size_t j = 0; j < 3 && mpq_equal(quoted, matched); j++) {
    chosen[j].wrong = OTHER_ALPHA;
    chosen[j].control = "α 10 % too large";
  }
  mpq_clears(quoted, matched, (mpq_ptr)0);
}

bool hp_a2_certify(const hp_experiment *experiment, hp_results *results) {
  hp_certified_observable chosen[HP_CERTIFIED_OBSERVABLES];
  mpq_t alpha;
  mpq_init(alpha);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  bool well_posed = mpq_sgn(alpha) > 0;
  mpq_clear(alpha);
  if (!well_posed) {
    hp_claim_verdict(hp_claim_run(results, experiment, "A2", "E2o"), HP_NOT_APPLICABLE,
                     hp_text("α = (1+λ)/2 - a(1-λ) > 0 is needed: the momentum equation is not "
                             "well posed as h -> 0"));
    return true;
  }
  choose_controls(chosen, experiment);
  return hp_flow_certify_claim(experiment, results, chosen, HP_CERTIFIED_OBSERVABLES, start,
                               predict);
}
