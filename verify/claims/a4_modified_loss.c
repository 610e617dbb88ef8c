#include "a4_certify.h"
#include "a4_measure.h"
#include "a4_text.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/spurious.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_a4 = {
    .id = "A4",
    .title = HP_A4_TITLE,
    .source = HP_A4_SOURCE,
    .statement = HP_A4_STATEMENT,
    .explain = HP_A4_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_a4_certify,
};

static const struct {
  const char *name, *scaled, *constant, *start;
} described[HP_A4_OBSERVABLES] = {
    [HP_A4_NAIVE] = {"E4n", "E4n/h", "λλ̄² max|f(ubar)|", "v0=0, U(0)=u0"},
    [HP_A4_MANIFOLD] = {"E4m", "E4m/h²", "max|E4m|", "v0=λ̄f+hλ̄²(a-λ̄)f'f, U(0)=u0"},
    [HP_A4_SHIFTED] = {"E4s", "E4s/h²", "max|E4s|", "v0=0, U(0)=u0-hλλ̄²f(u0), nh >= 1/4"},
};

/* ---- the hypothesis: the manifold of A3 ---- */

/* "2 of 7 steps are above h_0 = ..." or NULL when none is. */
static char *threshold_note(const hp_a4_measurement *m) {
  const hp_experiment *experiment = m->plan.experiment;
  size_t n_above = 0;
  if (!isfinite(m->ladder.constants.L))
    return NULL;
  mpfr_t threshold;
  mpfr_init2(threshold, 64);
  hp_manifold_threshold(threshold, experiment->momentum, experiment->a);
  double h0 = mpfr_get_d(threshold, MPFR_RNDN) / m->ladder.constants.L;
  mpfr_clear(threshold);
  for (size_t i = 0; i < experiment->n_steps; ++i)
    n_above += mpq_get_d(experiment->step[i]) > h0;
  return n_above
             ? hp_text("%zu of %zu steps are above h_0 = %.6g, up to which the slow manifold is "
                       "known to exist: there the claim says nothing",
                       n_above, experiment->n_steps, h0)
             : NULL;
}

/* ---- spurious critical points ---- */

static char *points_text(const hp_spurious *found) {
  char *text = hp_copy_text("");
  for (size_t k = 0; k < found->n_found; ++k)
    for (size_t i = 0; i < found->d; ++i) {
      char *longer = hp_text("%s%s%.9g%s", text,
                             i   ? ", "
                             : k ? ", ("
                                 : "(",
                             found->point[k * found->d + i], i + 1 == found->d ? ")" : "");
      free(text);
      text = longer;
    }
  return text;
}

/* At the coarsest step, where they are most likely. */
static char *spurious_note(const hp_a4_measurement *m) {
  const hp_experiment *experiment = m->plan.experiment;
  const hp_region_constants *constants = &m->ladder.constants;
  double hc = mpq_get_d(m->c) * mpq_get_d(experiment->step[0]);
  /* an eigenvalue -1/(hc) lies in [-nu, L] */
  double needed = hc > 0 ? constants->nu : constants->L;
  if (!isfinite(constants->L))
    return hp_copy_text("spurious critical points were not looked for: f is not finite on the box");
  if (!(fabs(hc) * needed >= 1))
    return hp_text("no spurious critical point: over the box no Hessian eigenvalue reaches -1/(hc) "
                   "= %.4g at the coarsest step (smallest %.4g; sampled)",
                   -1 / hc, -constants->nu);
  hp_spurious found;
  hp_spurious_search(&found, experiment->problem, &m->ladder.region, hc);
  char *points = points_text(&found);
  char *h = hp_rational_text(experiment->step[0]);
  char *note =
      found.n_found
          ? hp_text("Φ_h has spurious critical points at h = %s, where a Hessian eigenvalue is "
                    "-1/(hc) = %.6g: %s (Newton's method from %zu points of the box; sampled)",
                    h, -1 / hc, points, found.n_starts)
          : hp_text("Hessian eigenvalues reach -1/(hc) = %.6g at h = %s, but Newton's method from "
                    "%zu points of the box found no spurious critical point (sampled)",
                    -1 / hc, h, found.n_starts);
  free(h);
  free(points);
  hp_spurious_clear(&found);
  return note;
}

/* ---- runs ---- */

static void describe(hp_a4_measurement *m) {
  char *above = threshold_note(m), *spurious = spurious_note(m);
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k) {
    hp_observable *o = &m->observable[k];
    o->claim = "A4";
    o->name = described[k].name;
    o->start = described[k].start;
    o->scaled = described[k].scaled;
    o->constant_name = described[k].constant;
    bool tells = k == HP_A4_MANIFOLD;
    if (above || tells)
      o->note =
          hp_text("%s%s%s", above ? above : "", above && tells ? "; " : "", tells ? spurious : "");
  }
  free(above);
  free(spurious);
}

static void write_controls(hp_run *run, const void *context, const hp_observable *o,
                           const hp_power_law_orders *orders) {
  const hp_a4_measurement *m = context;
  const hp_flow_ladder *ladder = &m->ladder;
  ptrdiff_t which = o - m->observable;
  (void)orders;
  if (which == HP_A4_MANIFOLD) {
    hp_observable_control_pair(run, ladder, o, "c 1 % too large", HP_A4_MORE_C);
    hp_observable_control_pair(run, ladder, o, "c 1 % too small", HP_A4_LESS_C);
    if (m->other_c)
      hp_observable_control_pair(run, ladder, o, "c of the heavy ball", HP_A4_HEAVY_BALL_C);
    hp_observable_control_pair(run, ladder, o, "no correction, c = 0", HP_A4_NO_CORRECTION);
    if (mpq_sgn(m->plan.experiment->momentum)) {
      hp_observable_control_pair(run, ladder, o, "v0 = 0, off the manifold", HP_A4_NAIVE);
      hp_observable_control_pair(run, ladder, o, "on the manifold, and U(0) shifted as well",
                                 HP_A4_BOTH);
    }
  } else if (which == HP_A4_SHIFTED) {
    if (mpq_sgn(m->plan.experiment->momentum))
      hp_observable_control_pair(run, ladder, o, "U(0) = u0, not shifted", HP_A4_NAIVE_LATE);
  }
}

static void write_runs(hp_a4_measurement *m, hp_results *results) {
  describe(m);
  for (size_t k = 0; k < HP_A4_OBSERVABLES; ++k)
    hp_observable_run(results, &m->ladder, &m->observable[k], write_controls, m);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results,
                           const char *reason) {
  hp_claim_verdict(hp_claim_run(results, experiment, "A4", "E4m"), HP_NOT_APPLICABLE,
                   hp_copy_text(reason));
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_a4_measurement m;
  const char *why = NULL;
  hp_prediction_status status = hp_a4_measure(&m, experiment, &why);
  if (status == HP_PREDICTION_NO_FLOW)
    not_applicable(experiment, results, why);
  else if (status == HP_PREDICTION_AT_REST)
    not_applicable(experiment, results, "the start is a critical point: nothing moves");
  else if (status == HP_PREDICTED)
    write_runs(&m, results);
  hp_a4_measurement_clear(&m);
  return status != HP_PREDICTION_INTERRUPTED;
}
