#include "b2_text.h"
#include "convergence.h"
#include "family_b.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include "verify/first_order.h"
#include "verify/flow_terms.h"
#include "verify/ladder.h"
#include "verify/leapfrog.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b2 = {
    .id = "B2",
    .title = HP_B2_TITLE,
    .source = HP_B2_SOURCE,
    .statement = HP_B2_STATEMENT,
    .explain = HP_B2_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

enum { GUARD_DIGITS = 8 };

/* Families of (gamma, beta) by eps: what they have in common. */
typedef enum {
  EQUAL_LAMBDA,      /* lambda = gamma/(1-beta)^2, from rest */
  EQUAL_EFFECTIVE,   /* lambda_eff, symmetric start */
  EFFECTIVE_AT_REST, /* control: lambda_eff, from rest */
  LAMBDA_SYMMETRIC,  /* control: lambda, symmetric start */
  FAMILIES
} family;

typedef struct {
  const hp_experiment *experiment;
  hp_flow_terms terms;
  mpfr_t most_E, E_radius, most_G, G_radius; /* max|E|, 3 max|G| with their uncertainties */
  hp_convergence series[2];                  /* of EQUAL_LAMBDA and EQUAL_EFFECTIVE */
  mpfr_t *wrong[FAMILIES], *same_beta;
} measurement;

/* ---- measuring ---- */

static void measurement_init(measurement *m, const hp_experiment *experiment, double digits) {
  mpfr_prec_t bits = hp_decimal_bits(digits + 2 * GUARD_DIGITS);
  *m = (measurement){.experiment = experiment};
  m->series[0] = (hp_convergence){.claim = "B2",
                                  .observable = "d1",
                                  .law = {.quotient = "d1/ε",
                                          .constant_name = "max|E|",
                                          .what = "(ε1-ε2)/ε2 max|E| with ε1 = 2ε2, h = ε2",
                                          .expected = 1,
                                          .wrong_order = 2,
                                          .smallness_name = "ε/λ"}};
  m->series[1] = (hp_convergence){.claim = "B2",
                                  .observable = "d2",
                                  .law = {.quotient = "d2/ε²",
                                          .constant_name = "3 max|G|",
                                          .what = "(ε1²-ε2²)/ε2² max|G| with ε1 = 2ε2, h = ε2",
                                          .expected = 2,
                                          .wrong_order = 1,
                                          .smallness_name = "ε/λ"}};
  for (int i = 0; i < 2; ++i) {
    hp_convergence_init(&m->series[i], experiment, bits);
    m->series[i].law.corrected = hp_vector_new_mpfr(experiment->n_steps, 64);
  }
  for (size_t i = 0; i < FAMILIES; ++i)
    m->wrong[i] = hp_vector_new_mpfr(experiment->n_steps, 64);
  m->same_beta = hp_vector_new_mpfr(experiment->n_steps, 64);
  mpfr_inits2(bits, m->most_E, m->E_radius, m->most_G, m->G_radius, (mpfr_ptr)0);
}

static void measurement_clear(measurement *m) {
  size_t n = m->experiment->n_steps;
  mpfr_clears(m->most_E, m->E_radius, m->most_G, m->G_radius, (mpfr_ptr)0);
  hp_vector_free_mpfr(n, m->same_beta);
  for (size_t i = 0; i < FAMILIES; ++i)
    hp_vector_free_mpfr(n, m->wrong[i]);
  for (int i = 0; i < 2; ++i) {
    hp_vector_free_mpfr(n, m->series[i].law.corrected);
    hp_convergence_clear(&m->series[i]);
  }
  hp_flow_terms_clear(&m->terms);
}

/* The path of a family at eps: with lambda_eff = Lambda in common, lambda = Lambda + eps/2. */
static bool follow(hp_leapfrog_path *path, const hp_experiment *experiment, family which,
                   const mpq_t epsilon, mpfr_prec_t bits) {
  mpq_t lambda;
  mpq_init(lambda);
  if (which == EQUAL_EFFECTIVE || which == EFFECTIVE_AT_REST)
    mpq_div_2exp(lambda, epsilon, 1);
  mpq_add(lambda, lambda, experiment->momentum);
  const hp_leapfrog method = {lambda, epsilon,
                              which == EQUAL_EFFECTIVE || which == LAMBDA_SYMMETRIC
                                  ? HP_LEAPFROG_SYMMETRIC
                                  : HP_LEAPFROG_REST};
  bool going = hp_leapfrog_follow(path, experiment, &method, bits);
  mpq_clear(lambda);
  return going;
}

/* gamma of the coarser one halved and beta kept: lambda is halved, which is another flow. */
static bool follow_same_beta(hp_leapfrog_path *path, const hp_experiment *experiment,
                             const mpq_t epsilon, mpfr_prec_t bits) {
  mpq_t lambda;
  mpq_init(lambda);
  mpq_div_2exp(lambda, experiment->momentum, 1);
  const hp_leapfrog method = {lambda, epsilon, HP_LEAPFROG_REST};
  bool going = hp_leapfrog_follow(path, experiment, &method, bits);
  mpq_clear(lambda);
  return going;
}

/* max_k |w_k - w'_2k| over the two descents of a family at eps1 = 2 eps and at eps, and for EQUAL_LAMBDA
 * that of the same beta in place of eps's. False when interrupted. */
static bool apart(mpfr_t distance, double *peak, mpfr_t same_beta, const hp_experiment *experiment,
                  family which, const mpq_t epsilon, mpfr_prec_t bits) {
  hp_leapfrog_path coarse, fine, other;
  mpq_t twice;
  mpq_init(twice);
  mpq_mul_2exp(twice, epsilon, 1);
  bool going = follow(&coarse, experiment, which, twice, bits);
  mpq_clear(twice);
  if (!going)
    return false;
  going = follow(&fine, experiment, which, epsilon, bits);
  if (going) {
    hp_leapfrog_distance(distance, peak, &coarse, &fine, 2);
    hp_leapfrog_path_clear(&fine);
  }
  if (going && same_beta && (going = follow_same_beta(&other, experiment, epsilon, bits))) {
    double other_peak;
    hp_leapfrog_distance(same_beta, &other_peak, &coarse, &other, 2);
    hp_leapfrog_path_clear(&other);
  }
  hp_leapfrog_path_clear(&coarse);
  return going;
}

/* One eps and its double, in every family; the two observables with digits and with some more. False
 * when interrupted. */
static bool climb(measurement *m, size_t step, double digits) {
  enum { LOW_BITS = 96, OBSERVED = EQUAL_EFFECTIVE + 1 };
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr epsilon = experiment->step[step];
  long steps = hp_ladder_steps(experiment, epsilon);
  mpfr_prec_t bits = hp_leapfrog_bits(steps, digits);
  mpfr_prec_t more = hp_leapfrog_bits(steps, digits + GUARD_DIGITS);
  mpfr_t distance[FAMILIES], rough[OBSERVED], same_beta;
  double peak[FAMILIES], rough_peak;
  bool going = true, finite = true;
  mpfr_init2(same_beta, LOW_BITS);
  for (size_t i = 0; i < FAMILIES; ++i)
    mpfr_init2(distance[i], i < OBSERVED ? more : LOW_BITS);
  for (size_t i = 0; i < OBSERVED; ++i)
    mpfr_init2(rough[i], bits);
  for (size_t i = 0; i < FAMILIES && going && finite; ++i) {
    if (i < OBSERVED)
      going = apart(rough[i], &rough_peak, i == EQUAL_LAMBDA ? same_beta : NULL, experiment, i,
                    epsilon, bits);
    going = going && apart(distance[i], &peak[i], NULL, experiment, i, epsilon,
                           i < OBSERVED ? more : LOW_BITS);
    finite = going && mpfr_number_p(distance[i]);
  }
  if (going && finite) {
    size_t row = m->series[0].law.n_rows;
    for (size_t i = 0; i < FAMILIES; ++i)
      mpfr_set(m->wrong[i][row], distance[i], MPFR_RNDN);
    mpfr_set(m->same_beta[row], same_beta, MPFR_RNDN);
    for (size_t i = 0; i < OBSERVED; ++i) {
      hp_convergence_add(&m->series[i], step, steps, distance[i], rough[i]);
      mpfr_set_d(m->series[i].law.corrected[row], peak[i], MPFR_RNDN);
    }
  }
  for (size_t i = 0; i < OBSERVED; ++i)
    mpfr_clear(rough[i]);
  for (size_t i = 0; i < FAMILIES; ++i)
    mpfr_clear(distance[i]);
  mpfr_clear(same_beta);
  return going;
}

static void predict(measurement *m) {
  mpfr_set(m->most_E, m->terms.E, MPFR_RNDN);
  mpfr_set(m->E_radius, m->terms.E_radius, MPFR_RNDU);
  mpfr_mul_ui(m->most_G, m->terms.G, 3, MPFR_RNDN);
  mpfr_mul_ui(m->G_radius, m->terms.G_radius, 3, MPFR_RNDU);
  m->series[0].law.predicted = m->most_E;
  m->series[0].law.uncertainty = m->E_radius;
  m->series[1].law.predicted = m->most_G;
  m->series[1].law.uncertainty = m->G_radius;
}

/* False when interrupted. */
static bool measure(measurement *m, const hp_experiment *experiment, hp_taylor_status *status) {
  double finest = mpq_get_d(experiment->step[experiment->n_steps - 1]);
  double digits = experiment->digits + 4 + 2 * fmax(0, -log10(finest));
  measurement_init(m, experiment, digits);
  *status = hp_flow_terms_measure(&m->terms, experiment, experiment->digits + GUARD_DIGITS);
  if (*status == HP_TAYLOR_INTERRUPTED)
    return false;
  if (*status != HP_TAYLOR_DONE)
    return true;
  predict(m);
  for (size_t i = 0; i < experiment->n_steps; ++i)
    if (2 * mpq_get_d(experiment->step[i]) < mpq_get_d(experiment->momentum) &&
        !climb(m, i, digits))
      return false;
  m->series[0].law.smallness = m->series[1].law.smallness =
      finest / mpq_get_d(experiment->momentum);
  return true;
}

/* ---- writing ---- */

static void write_runs(const measurement *m, hp_results *results) {
  size_t skipped = m->experiment->n_steps - m->series[0].law.n_rows;
  char *note =
      skipped ? hp_text("%zu steps left out: 2ε >= λ, or the iterates leave every bound", skipped)
              : hp_copy_text("");
  for (int i = 0; i < 2; ++i) {
    const hp_convergence *series = &m->series[i];
    hp_run *run = hp_convergence_run(series, results);
    if (i == 1) {
      free(run->start);
      run->start = hp_copy_text("w_{-1} = w_1");
    }
    if (series->law.n_rows >= 3 && i == 0) {
      hp_convergence_control(series, run, "γ halved and β kept: λ is halved", m->same_beta);
      hp_convergence_control(series, run, "λ_eff in common and the start symmetric: second order",
                             m->wrong[EQUAL_EFFECTIVE]);
    } else if (series->law.n_rows >= 3) {
      hp_convergence_control(series, run, "λ in common in place of λ_eff",
                             m->wrong[LAMBDA_SYMMETRIC]);
      hp_convergence_control(series, run, "λ_eff in common, the starts not matched",
                             m->wrong[EFFECTIVE_AT_REST]);
    }
    run->x_label = hp_copy_text("time step of the finer one, h");
    run->y_label = hp_copy_text("largest distance of two descents at equal times");
    hp_convergence_curve(series, run, i ? "equal λ_eff, symmetric start" : "equal λ, from rest",
                         series->law.value);
    hp_convergence_curve(series, run, i ? "control: equal λ, symmetric start" : "control: equal β",
                         i ? m->wrong[LAMBDA_SYMMETRIC] : m->same_beta);
    hp_convergence_judge(series, run, note);
  }
  free(note);
}

static void not_applicable(hp_results *results, const hp_experiment *experiment, const char *why) {
  hp_b_not_applicable(results, experiment, "B2", "d1", why);
  hp_b_not_applicable(results, experiment, "B2", "d2", why);
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  const char *why = hp_b_obstacle(experiment, false);
  if (why) {
    not_applicable(results, experiment, why);
    return true;
  }
  measurement m;
  hp_taylor_status status;
  bool going = measure(&m, experiment, &status);
  if (going && status != HP_TAYLOR_DONE)
    not_applicable(results, experiment, hp_taylor_status_text(status));
  else if (going && mpfr_zero_p(m.terms.E))
    not_applicable(results, experiment, "the start is a critical point: nothing moves");
  else if (going)
    write_runs(&m, results);
  measurement_clear(&m);
  return going;
}
