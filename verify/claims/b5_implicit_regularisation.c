#include "b5_text.h"
#include "family_b.h"
#include "identity.h"
#include "network_certify.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b5 = {
    .id = "B5",
    .title = HP_B5_TITLE,
    .source = HP_B5_SOURCE,
    .statement = HP_B5_STATEMENT,
    .explain = HP_B5_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_b5_certify,
};

/* Convex problems that theta_inf does not solve. */
typedef enum { START_AS_CENTRE, START_BALANCE, LEAST_NORM, WRONG } wrong_problem;

static const char *const wrong_name[WRONG] = {
    [START_AS_CENTRE] = "θ_0 in place of θ~_0",
    [START_BALANCE] = "Δ_0 in place of Δ_∞",
    [LEAST_NORM] = "the interpolator of least Euclidean norm",
};

static void try_wrong(mpfr_t worst[WRONG], const hp_network_case *c) {
  mpfr_t mismatch;
  mpfr_t *theta = hp_vector_new_mpfr(c->bregman.d, c->bregman.precision_bits);
  mpfr_init2(mismatch, c->bregman.precision_bits);
  hp_network_mismatch(mismatch, c, c->limit.delta_inf, c->limit.theta_0);
  hp_b_raise(worst[START_AS_CENTRE], mismatch);
  hp_network_mismatch(mismatch, c, c->limit.delta_0, c->limit.theta_tilde);
  hp_b_raise(worst[START_BALANCE], mismatch);
  hp_bregman_least_norm(&c->bregman, theta);
  hp_network_distance(mismatch, c->bregman.d, c->limit.theta_inf, theta);
  hp_b_raise(worst[LEAST_NORM], mismatch);
  mpfr_clear(mismatch);
  hp_vector_free_mpfr(c->bregman.d, theta);
}

/* ---- the path of theta ---- */

enum { SHOWN = 6, MOST_POINTS = 400 };

typedef struct {
  hp_run *run;
  size_t first, count, points;
  double last, until; /* the last time drawn; where the drawing ends */
} drawing;

static void visit(void *place, const mpfr_t t, const mpfr_t theta[], const mpfr_t g[],
                  const mpfr_t rates[]) {
  drawing *d = place;
  double time = mpfr_get_d(t, MPFR_RNDN);
  (void)g;
  (void)rates;
  if (time > d->until || (d->points > 0 && time < d->last + d->until / MOST_POINTS))
    return;
  for (size_t j = 0; j < d->count; ++j)
    hp_b_point(&d->run->curve[d->first + j], time, mpfr_get_d(theta[j], MPFR_RNDN));
  d->last = time;
  ++d->points;
}

static drawing begin_drawing(hp_run *run, const hp_experiment *experiment, size_t dimension,
                             const char *label) {
  drawing d = {.run = run,
               .first = run->n_curves,
               .count = dimension < SHOWN ? dimension : SHOWN,
               .until = fmax(20, 2 * mpq_get_d(experiment->horizon))};
  for (size_t j = 1; j <= d.count; ++j) {
    char *name = hp_text("θ_%zu, λ = %s", j, label);
    hp_run_add_curve(run, name);
    free(name);
  }
  return d;
}

/* ---- the run ---- */

static void record(hp_run *run, hp_run *kkt, const hp_experiment *experiment,
                   const hp_network_case *c, mpq_srcptr lambda) {
  mpfr_t mismatch;
  mpfr_init2(mismatch, 64);
  mpfr_set(mismatch, c->theta_mismatch, MPFR_RNDU);
  if (!c->solved)
    mpfr_set_inf(mismatch, 1);
  hp_identity_row(run, experiment, hp_rational_text(lambda), c->limit.steps, mismatch);
  hp_identity_row(kkt, experiment, hp_rational_text(lambda), c->limit.steps, c->kkt_residual);
  mpfr_clear(mismatch);
}

static bool runs(const hp_experiment *experiment, const hp_diagonal_network *network,
                 hp_results *results, hp_results *second) {
  mpq_t mass[HP_B_MASSES + 1];
  mpfr_t worst[WRONG];
  bool going = true;
  size_t skipped = 0, crossings = 0;
  hp_run *run = hp_identity_run(results, experiment, "B5", "θ_∞",
                                "max|θ_∞ - argmin D_ψ(θ, θ~_0)|/max|argmin|, Newton on the dual");
  hp_run *kkt = hp_identity_run(second, experiment, "B5", "KKT residual",
                                "max|∇ψ(θ_∞) - ∇ψ(θ~_0) - X^T ν| and |Xθ_∞ - y|");
  run->x_label = hp_copy_text("time t");
  run->y_label = hp_copy_text("path of θ");
  hp_b_masses(mass, experiment);
  mpq_init(mass[HP_B_MASSES]);
  for (int i = 0; i < WRONG; ++i) {
    mpfr_init2(worst[i], 64);
    mpfr_set_zero(worst[i], 1);
  }
  for (size_t i = 0; i <= HP_B_MASSES && going; ++i) {
    hp_network_case c;
    hp_diagonal_flow_options options = hp_b_flow_options(experiment, mass[i]);
    drawing d;
    if (mpq_equal(mass[i], experiment->momentum) || mpq_sgn(mass[i]) == 0) {
      char *label = hp_rational_text(mass[i]);
      d = begin_drawing(run, experiment, network->d, label);
      free(label);
      options.visit = visit;
      options.place = &d;
    }
    hp_network_flow_case(&c, network, &options);
    going = c.status != HP_DIAGONAL_INTERRUPTED;
    if (c.status == HP_DIAGONAL_RESTED) {
      record(run, kkt, experiment, &c, mass[i]);
      try_wrong(worst, &c);
      crossings += c.limit.crossings;
    } else {
      ++skipped;
    }
    hp_network_case_clear(&c);
  }
  char *note = hp_text("%s", skipped ? "some masses do not come to rest and are left out" : "");
  for (int i = 0; i < WRONG; ++i) {
    hp_identity_control(run, experiment, wrong_name[i], worst[i]);
    hp_identity_control(kkt, experiment, wrong_name[i], worst[i]);
    mpfr_clear(worst[i]);
  }
  run->bound_proved_by =
      hp_copy_text(crossings ? "derivation in spec/README.md#b5"
                             : "spec/coq/b5_implicit_regularisation.v: b5_minimiser");
  hp_identity_judge(run, note);
  hp_identity_judge(kkt, note);
  free(note);
  mpq_clear(mass[HP_B_MASSES]);
  hp_b_masses_clear(mass);
  return going;
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  static const char *const observable[] = {"θ_∞", "KKT residual"};
  const char *why = hp_b_obstacle(experiment, true);
  if (why) {
    for (int i = 0; i < 2; ++i)
      hp_b_not_applicable(results, experiment, "B5", observable[i], why);
    return true;
  }
  hp_diagonal_network network;
  hp_results own = {0}, second = {0};
  hp_diagonal_network_of(&network, experiment->problem);
  bool going = runs(experiment, &network, &own, &second);
  if (going) {
    hp_results_move(results, &own);
    hp_results_move(results, &second);
  }
  hp_results_clear(&second);
  hp_results_clear(&own);
  hp_diagonal_network_clear(&network);
  return going;
}
