#include "a4_certify.h"
#include "flow_certify.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"

enum { PLAIN, SHIFTED, MORE_C, NAIVE_CONTROL };

/* U(0) = u_0, SHIFTED: less h lambda lambda_bar^2 f(u_0); MORE_C: 1.01 c; NAIVE_CONTROL: c = 0. */
static hp_certified_start start(const hp_experiment *experiment, const mpq_t h, size_t k) {
  slong d = (slong)experiment->problem->n_params;
  hp_certified_start made = {.start = _arb_vec_init(d)};
  mpq_t c, factor, zero;
  mpq_inits(c, factor, zero, (mpq_ptr)0);
  hp_certified_point(made.start, experiment);
  if (k == SHIFTED) {
    arb_ptr shift = _arb_vec_init(d);
    hp_a1_layer(factor, experiment->momentum);
    mpq_mul(factor, factor, h);
    hp_certified_velocity(shift, experiment, factor, zero);
    _arb_vec_sub(made.start, made.start, shift, d, HP_CERTIFIED_START_BITS);
    _arb_vec_clear(shift, d);
  }
  hp_modified_loss_c(c, experiment->momentum, experiment->a);
  mpq_set_ui(factor, k == MORE_C ? 101 : k == NAIVE_CONTROL ? 0 : 100, 100);
  mpq_canonicalize(factor);
  mpq_mul(c, c, factor);
  made.field = hp_field_modified_loss(experiment->problem, experiment->momentum, c, h);
  mpq_clears(c, factor, zero, (mpq_ptr)0);
  return made;
}

static const hp_certified_observable observables[] = {
    {"A4", "E4n", "E4n/h", "λλ̄² max|f(ubar)|", "v0=0, U(0)=u0", 1, false, false, PLAIN, SHIFTED,
     "U(0) shifted by the layer"},
    {"A4", "E4m", "E4m/h²", "max|E4m|", "v0=λ̄f+hλ̄²(a-λ̄)f'f, U(0)=u0", 2, true, false, PLAIN, MORE_C,
     "c 1 % too large"},
    {"A4", "E4s", "E4s/h²", "max|E4s|", "v0=0, U(0)=u0-hλλ̄²f(u0), late", 2, false, true, SHIFTED,
     PLAIN, "U(0) = u0, not shifted"},
};

static bool predict(hp_flow_certify_plan *plan) {
  const hp_experiment *experiment = plan->experiment;
  hp_layer_terms layer;
  hp_second_order e;
  mpq_t zero;
  mpq_init(zero);
  hp_layer_terms_init(&layer, experiment->momentum);
  hp_second_order_init(&e);
  hp_second_order_method(&e, experiment->momentum, experiment->a);
  bool enclosed = hp_certified_layer(plan->predicted, experiment, &layer) &&
                  hp_certified_second_order(plan->predicted + 1, experiment, &e, zero, zero);
  hp_start_shift_method(e.shift, experiment->momentum, experiment->a);
  enclosed =
      enclosed && hp_certified_second_order(plan->predicted + 2, experiment, &e, zero, plan->from);
  hp_second_order_clear(&e);
  hp_layer_terms_clear(&layer);
  mpq_clear(zero);
  return enclosed;
}

bool hp_a4_certify(const hp_experiment *experiment, hp_results *results) {
  return hp_flow_certify_claim(experiment, results, observables,
                               sizeof observables / sizeof *observables, start, predict);
}
