#include "a2_certify.h"
#include "a2_measure.h"
#include "a2_text.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_a2 = {
    .id = "A2",
    .title = HP_A2_TITLE,
    .source = HP_A2_SOURCE,
    .statement = HP_A2_STATEMENT,
    .explain = HP_A2_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_a2_certify,
};

static const struct {
  const char *name, *scaled, *constant, *start;
} described[HP_A2_OBSERVABLES] = {
    {"E2k", "E2k/h", "lim E2k/h", "v0=0, w'(0)=κ_q f(u0), κ_q=(1-2α)/(2α-λ+1)"},
    {"E2o", "E2o/h", "λλ̄²|f(u0)| max|λ^n-r^n|", "v0=0, w'(0)=κ_opt f(u0), κ_opt=(1-2a)/(2α)"},
    {"E2x", "E2x/h²", "max|E2o|", "v0=0, w'(0)=κ_opt f(u0), κ_opt=(1-2a)/(2α), nh >= 1/4"},
    {"E2m", "E2m/h²", "max|E2m|", "v0=λ̄f+hλ̄²(a-λ̄)f'f, w'(0)=λ̄f-hαλ̄³f'f"},
};

/* ---- the bound (i) ---- */

typedef struct {
  const char *formula, *proved_by;
} bound_text;

enum { ANY_FIELD, SYMMETRIC, CONVEX };

/* C(T) is that of A1 for the same losses. */
static const bound_text bound_texts[] = {
    [ANY_FIELD] = {"C2(T) h, C2(T) = C(T) + αλ̄ (V + |κf(u0)|) exp(λ̄LT), V = max(|κf(u0)|, λ̄B0)",
                   "spec/coq/a2_momentum_equation.v: a2_theorem"},
    [SYMMETRIC] = {"C2(T) h, C2(T) = C(T) + αλ̄ (V + |κf(u0)| exp(λ̄νT) + V L (exp(λ̄νT) - 1)/ν), "
                   "V = max(|κf(u0)|, λ̄B0)",
                   "spec/coq/a2_momentum_equation.v: a2_symmetric_theorem"},
    [CONVEX] = {"C2(T) h, C2(T) = C(T) + αλ̄ (V + |κf(u0)| + V λ̄LT), V = max(|κf(u0)|, λ̄B0)",
                "spec/coq/a2_momentum_equation.v: a2_convex_theorem"},
};

/* With nu where h lambda_bar L <= 2 and it is the smaller one, else for any f. */
static void set_bound(hp_a2_measurement *m, hp_a2_observable which, const mpq_t kappa) {
  const hp_experiment *experiment = m->plan.experiment;
  const hp_region_constants *constants = &m->ladder.constants;
  hp_observable *o = &m->observable[which];
  mpfr_t L, nu, B0, any, symmetric;
  if (!isfinite(constants->L))
    return;
  mpfr_inits2(64, L, nu, B0, any, symmetric, (mpfr_ptr)0);
  mpfr_set_d(L, constants->L, MPFR_RNDN);
  mpfr_set_d(nu, constants->nu, MPFR_RNDN);
  mpfr_set_d(B0, constants->B0, MPFR_RNDN);
  hp_a2_bound(any, experiment->momentum, experiment->a, kappa, m->f0_norm, L, B0,
              experiment->horizon);
  hp_a2_bound_symmetric(symmetric, experiment->momentum, experiment->a, kappa, m->f0_norm, L, nu,
                        B0, experiment->horizon);
  double largest_h = 2 * (1 - mpq_get_d(experiment->momentum)) / constants->L;
  bool is_symmetric = false;
  o->bound = hp_vector_new_mpfr(experiment->n_steps, 64);
  for (size_t i = 0; i < experiment->n_steps; ++i) {
    is_symmetric = mpq_get_d(experiment->step[i]) <= largest_h && mpfr_less_p(symmetric, any);
    mpfr_mul_q(o->bound[i], is_symmetric ? symmetric : any, experiment->step[i], MPFR_RNDU);
  }
  char *box = hp_region_text(&m->ladder.region);
  const bound_text *text = &bound_texts[!is_symmetric       ? ANY_FIELD
                                        : constants->nu > 0 ? SYMMETRIC
                                                            : CONVEX];
  o->bound_formula = hp_copy_text(text->formula);
  o->bound_proved_by = text->proved_by;
  o->bound_inputs =
      hp_text("B0 = %.8g, L = %.8g, ν = %.8g, sampled at %zu points of the box %s that holds every "
              "iterate, look-ahead point and flow; not enclosed",
              constants->B0, constants->L, constants->nu, constants->n_samples, box);
  free(box);
  mpfr_clears(L, nu, B0, any, symmetric, (mpfr_ptr)0);
}

/* ---- runs ---- */

static void describe(hp_a2_measurement *m) {
  char *kappa[2] = {hp_rational_text(m->kappa_quoted), hp_rational_text(m->kappa_matched)};
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k) {
    hp_observable *o = &m->observable[k];
    o->claim = "A2";
    o->name = described[k].name;
    o->start = described[k].start;
    o->scaled = described[k].scaled;
    o->constant_name = described[k].constant;
  }
  char *what = m->observable[HP_A2_QUOTED].what;
  m->observable[HP_A2_QUOTED].what = hp_text("%s; κ_q = %s, κ_opt = %s", what, kappa[0], kappa[1]);
  free(what);
  if (mpq_cmp_ui(m->plan.from, 1, 4)) {
    char *from = hp_rational_text(m->plan.from);
    m->observable[HP_A2_LATE].note = hp_text("the horizon is short: late is nh >= %s", from);
    free(from);
  }
  set_bound(m, HP_A2_QUOTED, m->kappa_quoted);
  set_bound(m, HP_A2_MATCHED, m->kappa_matched);
  free(kappa[0]);
  free(kappa[1]);
}

static void write_controls(hp_run *run, const void *context, const hp_observable *o,
                           const hp_power_law_orders *orders) {
  const hp_a2_measurement *m = context;
  const hp_flow_ladder *ladder = &m->ladder;
  mpq_t layer;
  switch (o - m->observable) {
  case HP_A2_MATCHED:
    mpq_init(layer);
    hp_a1_layer(layer, m->plan.experiment->momentum);
    hp_observable_control_constant(run, orders, "the equation's layer r^n left out",
                                   mpq_get_d(layer) * mpfr_get_d(m->f0_norm, MPFR_RNDN));
    mpq_clear(layer);
    break;
  case HP_A2_LATE:
    if (!m->same_kappa)
      hp_observable_control_pair(run, ladder, o, "κ_q in place of κ_opt", HP_A2_QUOTED_LATE);
    hp_observable_control_pair(run, ladder, o, hp_a2_other_alpha(m->plan.experiment),
                               HP_A2_OTHER_ALPHA);
    break;
  case HP_A2_SLOW:
    hp_observable_control_pair(run, ladder, o, "v0 = 0, off the method's manifold", HP_A2_LAYER);
    hp_observable_control_pair(run, ladder, o, "w'(0) = κ_opt f(u0), off the equation's manifold",
                               HP_A2_FAST_EQUATION);
    break;
  default:
    break;
  }
}

static void write_runs(hp_a2_measurement *m, hp_results *results) {
  describe(m);
  for (size_t k = 0; k < HP_A2_OBSERVABLES; ++k)
    hp_observable_run(results, &m->ladder, &m->observable[k], write_controls, m);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, char *reason) {
  hp_claim_verdict(hp_claim_run(results, experiment, "A2", "E2o"), HP_NOT_APPLICABLE, reason);
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_a2_measurement m;
  const char *why = NULL;
  mpq_t alpha;
  mpq_init(alpha);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  bool well_posed = mpq_sgn(alpha) > 0;
  mpq_clear(alpha);
  if (!well_posed) {
    not_applicable(experiment, results,
                   hp_copy_text("α = (1+λ)/2 - a(1-λ) > 0 is needed: the momentum equation is not "
                                "well posed as h -> 0"));
    return true;
  }
  hp_prediction_status status = hp_a2_measure(&m, experiment, &why);
  if (status == HP_PREDICTION_NO_FLOW)
    not_applicable(experiment, results, hp_copy_text(why));
  else if (status == HP_PREDICTION_AT_REST)
    not_applicable(experiment, results,
                   hp_copy_text("the start is a critical point: nothing moves"));
  else if (status == HP_PREDICTED)
    write_runs(&m, results);
  hp_a2_measurement_clear(&m);
  return status != HP_PREDICTION_INTERRUPTED;
}
