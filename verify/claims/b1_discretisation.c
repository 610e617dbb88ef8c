#include "b1_text.h"
#include "convergence.h"
#include "family_b.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include "verify/first_order.h"
#include "verify/flow_terms.h"
#include "verify/ladder.h"
#include "verify/leapfrog.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b1 = {
    .id = "B1",
    .title = HP_B1_TITLE,
    .source = HP_B1_SOURCE,
    .statement = HP_B1_STATEMENT,
    .explain = HP_B1_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

enum { GUARD_DIGITS = 8, ATTEMPTS = 3 };

/* Wrong variants; each is measured at few digits on the same ladder. */
typedef enum {
  RIGHT_REMAINDER, /* |w_k - w - eps E|, for comparison */
  NO_START,        /* the same with E'(0) = 0 */
  NO_FORCE,        /* the same without w''/2 */
  LAMBDA_ITSELF,   /* lambda in place of lambda_eff, velocity matched */
  FROM_REST,       /* lambda_eff, W'(0) = 0 */
  ONE_SIDED,       /* lambda_eff, W'(0) = (w_1 - w_0)/eps */
  VARIANTS
} variant;

typedef struct {
  const hp_experiment *experiment;
  hp_flow_terms terms;
  hp_trajectory *no_start, *no_force;
  hp_trajectory *rough, *fine; /* MGF(lambda) from rest */
  hp_convergence first, second;
  mpfr_t *wrong[VARIANTS], *in_double;
} measurement;

/* ---- measuring ---- */

static void measurement_init(measurement *m, const hp_experiment *experiment, double digits) {
  mpfr_prec_t bits = hp_decimal_bits(digits + 2 * GUARD_DIGITS);
  *m = (measurement){.experiment = experiment};
  m->first = (hp_convergence){.claim = "B1",
                              .observable = "e1",
                              .law = {.quotient = "e1/ε",
                                      .constant_name = "max|E|",
                                      .what = "max|E| on [0,T]",
                                      .expected = 1,
                                      .wrong_order = 2,
                                      .smallness_name = "ε/λ"}};
  m->second = (hp_convergence){.claim = "B1",
                               .observable = "e2",
                               .law = {.quotient = "e2/ε²",
                                       .constant_name = "max|G|",
                                       .what = "max|G| on [0,T]",
                                       .expected = 2,
                                       .wrong_order = 1,
                                       .smallness_name = "ε/λ"}};
  hp_convergence_init(&m->first, experiment, bits);
  hp_convergence_init(&m->second, experiment, bits);
  for (size_t i = 0; i < VARIANTS; ++i)
    m->wrong[i] = hp_vector_new_mpfr(experiment->n_steps, 64);
  m->in_double = hp_vector_new_mpfr(experiment->n_steps, 64);
  m->first.law.corrected = hp_vector_new_mpfr(experiment->n_steps, 64);
  m->second.law.corrected = hp_vector_new_mpfr(experiment->n_steps, 64);
}

static void measurement_clear(measurement *m) {
  size_t n = m->experiment->n_steps;
  hp_vector_free_mpfr(n, m->second.law.corrected);
  hp_vector_free_mpfr(n, m->first.law.corrected);
  hp_vector_free_mpfr(n, m->in_double);
  for (size_t i = 0; i < VARIANTS; ++i)
    hp_vector_free_mpfr(n, m->wrong[i]);
  hp_convergence_clear(&m->second);
  hp_convergence_clear(&m->first);
  hp_trajectory_free(m->fine);
  hp_trajectory_free(m->rough);
  hp_trajectory_free(m->no_force);
  hp_trajectory_free(m->no_start);
  hp_flow_terms_clear(&m->terms);
}

/* Flows that do not depend on eps. */
static hp_taylor_status integrate(measurement *m, double digits) {
  const hp_experiment *experiment = m->experiment;
  mpq_t zero;
  mpq_init(zero);
  hp_taylor_status status = hp_flow_terms_measure(&m->terms, experiment, digits);
  if (status == HP_TAYLOR_DONE)
    status = hp_terms_to_horizon(&m->no_start, experiment, HP_TERMS_NO_START, HP_TERMS_DIGITS);
  if (status == HP_TAYLOR_DONE)
    status = hp_terms_to_horizon(&m->no_force, experiment, HP_TERMS_NO_FORCE, HP_TERMS_DIGITS);
  if (status == HP_TAYLOR_DONE)
    status = hp_flow_to_horizon(&m->rough, experiment, experiment->momentum, zero, digits);
  if (status == HP_TAYLOR_DONE)
    status =
        hp_flow_to_horizon(&m->fine, experiment, experiment->momentum, zero, digits + GUARD_DIGITS);
  mpq_clear(zero);
  return status;
}

/* The flows of one eps: W at two precisions, and its wrong variants. */
enum { MATCHED_ROUGH, MATCHED_FINE, W_LAMBDA, W_REST, W_ONE_SIDED, W_FLOWS };

static hp_taylor_status matched_flows(const measurement *m, mpq_srcptr epsilon, double digits,
                                      hp_trajectory *flow[W_FLOWS]) {
  const hp_experiment *experiment = m->experiment;
  mpq_t effective, slope, twice, zero;
  mpq_inits(effective, slope, twice, zero, (mpq_ptr)0);
  mpq_div_2exp(effective, epsilon, 1);
  mpq_sub(effective, experiment->momentum, effective);
  mpq_div(twice, epsilon, experiment->momentum);
  mpq_div_2exp(slope, twice, 1);
  const struct {
    mpq_srcptr lambda, slope;
    double digits;
  } of[W_FLOWS] = {
      [MATCHED_ROUGH] = {effective, slope, digits},
      [MATCHED_FINE] = {effective, slope, digits + GUARD_DIGITS},
      [W_LAMBDA] = {experiment->momentum, slope, HP_TERMS_DIGITS},
      [W_REST] = {effective, zero, HP_TERMS_DIGITS},
      [W_ONE_SIDED] = {effective, twice, HP_TERMS_DIGITS},
  };
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (size_t i = 0; i < W_FLOWS && status == HP_TAYLOR_DONE; ++i)
    status = hp_flow_to_horizon(&flow[i], experiment, of[i].lambda, of[i].slope, of[i].digits);
  mpq_clears(effective, slope, twice, zero, (mpq_ptr)0);
  return status;
}

/* What a pass compares with: the two observables, and in the rough pass every variant. */
enum { FIRST, SECOND, CHECK_TARGETS, VARIANT = CHECK_TARGETS, TARGETS = VARIANT + VARIANTS };

static void set_targets(hp_leapfrog_pass *pass, const measurement *m,
                        hp_trajectory *const flow[W_FLOWS]) {
  size_t d = m->experiment->problem->n_params;
  const struct {
    const hp_trajectory *flow;
    size_t term;
  } of[TARGETS] = {
      [FIRST] = {m->rough, 0},
      [SECOND] = {flow[MATCHED_ROUGH], 0},
      [VARIANT + RIGHT_REMAINDER] = {m->terms.trajectory, d},
      [VARIANT + NO_START] = {m->no_start, d},
      [VARIANT + NO_FORCE] = {m->no_force, d},
      [VARIANT + LAMBDA_ITSELF] = {flow[W_LAMBDA], 0},
      [VARIANT + FROM_REST] = {flow[W_REST], 0},
      [VARIANT + ONE_SIDED] = {flow[W_ONE_SIDED], 0},
  };
  for (size_t i = 0; i < TARGETS; ++i) {
    pass->target[i].flow = of[i].flow;
    pass->target[i].term = of[i].term;
  }
}

/* The values of the check, right to what lies between the two passes. */
static void record(measurement *m, const hp_leapfrog_pass *pass, const hp_leapfrog_pass *check,
                   size_t step) {
  size_t row = m->first.law.n_rows;
  long count = hp_ladder_steps(m->experiment, m->experiment->step[step]);
  hp_convergence_add(&m->first, step, count, check->target[FIRST].error, pass->target[FIRST].error);
  hp_convergence_add(&m->second, step, count, check->target[SECOND].error,
                     pass->target[SECOND].error);
  mpfr_set_d(m->first.law.corrected[row], check->target[FIRST].peak, MPFR_RNDN);
  mpfr_set_d(m->second.law.corrected[row], check->target[SECOND].peak, MPFR_RNDN);
  mpfr_set(m->in_double[row], check->double_error, MPFR_RNDN);
  for (size_t i = 0; i < VARIANTS; ++i)
    mpfr_set(m->wrong[i][row], pass->target[VARIANT + i].error, MPFR_RNDN);
}

/* One eps. Steps at which the descent leaves every bound are left out. False when interrupted. */
static bool climb(measurement *m, size_t step, double digits, hp_taylor_status *status) {
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr epsilon = experiment->step[step];
  const hp_leapfrog method = {experiment->momentum, epsilon, HP_LEAPFROG_REST};
  hp_trajectory *flow[W_FLOWS] = {NULL};
  bool going = true;
  *status = matched_flows(m, epsilon, digits, flow);
  if (*status == HP_TAYLOR_DONE) {
    long steps = hp_ladder_steps(experiment, epsilon);
    hp_leapfrog_pass pass, check;
    hp_leapfrog_pass_init(&pass, TARGETS, hp_leapfrog_bits(steps, digits));
    hp_leapfrog_pass_init(&check, CHECK_TARGETS, hp_leapfrog_bits(steps, digits + GUARD_DIGITS));
    set_targets(&pass, m, flow);
    check.target[FIRST].flow = m->fine;
    check.target[SECOND].flow = flow[MATCHED_FINE];
    check.with_double = true;
    check.double_target = FIRST;
    going = hp_leapfrog_run(&pass, experiment, &method) &&
            (!pass.finite || hp_leapfrog_run(&check, experiment, &method));
    if (going && pass.finite && check.finite)
      record(m, &pass, &check, step);
    hp_leapfrog_pass_clear(&check);
    hp_leapfrog_pass_clear(&pass);
  }
  for (size_t i = 0; i < W_FLOWS; ++i)
    hp_trajectory_free(flow[i]);
  return going && *status != HP_TAYLOR_INTERRUPTED;
}

/* False when interrupted. */
static bool measure(measurement *m, const hp_experiment *experiment, double digits,
                    hp_taylor_status *status) {
  measurement_init(m, experiment, digits);
  *status = integrate(m, digits);
  for (size_t i = 0; i < experiment->n_steps && *status == HP_TAYLOR_DONE; ++i)
    if (mpq_cmp(experiment->step[i], experiment->momentum) < 0 && !climb(m, i, digits, status))
      return false;
  m->first.law.predicted = m->terms.E;
  m->first.law.uncertainty = m->terms.E_radius;
  m->second.law.predicted = m->terms.G;
  m->second.law.uncertainty = m->terms.G_radius;
  m->first.law.in_double = m->in_double;
  m->first.law.smallness = m->second.law.smallness =
      mpq_get_d(experiment->step[experiment->n_steps - 1]) / mpq_get_d(experiment->momentum);
  return *status != HP_TAYLOR_INTERRUPTED;
}

/* ---- writing ---- */

/* A wrong E leaves a remainder of order 1 where the right one leaves order 2. */
static void control_of_term(const measurement *m, hp_run *run, const char *name, variant which) {
  hp_order wrong = hp_order_estimate(m->first.law.n_rows, m->first.law.h, m->wrong[which], 1);
  hp_order right =
      hp_order_estimate(m->first.law.n_rows, m->first.law.h, m->wrong[RIGHT_REMAINDER], 2);
  hp_claim_control(
      run, name, hp_order_is(&wrong, 1) && hp_order_is(&right, 2),
      hp_text("leaves a remainder of order %.3f instead of %.3f", wrong.order, right.order));
}

static void write_first(const measurement *m, hp_results *results, const char *note) {
  hp_run *run = hp_convergence_run(&m->first, results);
  if (m->first.law.n_rows >= 3) {
    control_of_term(m, run, "E'(0) = 0: the first step's velocity forgotten", NO_START);
    control_of_term(m, run, "E without the force w''/2", NO_FORCE);
  }
  run->x_label = hp_copy_text("time step ε = γ/(1-β), h");
  run->y_label = hp_copy_text("largest distance over 0 <= kε <= T");
  hp_convergence_curve(&m->first, run, "w_k from MGF(λ)", m->first.law.value);
  hp_convergence_curve(&m->first, run, "what the term εE leaves", m->wrong[RIGHT_REMAINDER]);
  hp_convergence_curve(&m->first, run, "w_k from MGF(λ_eff) with the matched velocity",
                       m->second.law.value);
  hp_convergence_judge(&m->first, run, note);
}

static void write_second(const measurement *m, hp_results *results, const char *note) {
  hp_run *run = hp_convergence_run(&m->second, results);
  run->start = (free(run->start), hp_copy_text("W'(0) = -ε∇F(w_0)/(2λ)"));
  if (m->second.law.n_rows >= 3) {
    hp_convergence_control(&m->second, run, "λ in place of λ_eff", m->wrong[LAMBDA_ITSELF]);
    hp_convergence_control(&m->second, run, "λ_eff from rest, W'(0) = 0", m->wrong[FROM_REST]);
    hp_convergence_control(&m->second, run, "the one-sided velocity W'(0) = (w_1-w_0)/ε",
                           m->wrong[ONE_SIDED]);
  }
  run->x_label = hp_copy_text("time step ε = γ/(1-β), h");
  run->y_label = hp_copy_text("largest distance over 0 <= kε <= T");
  hp_convergence_curve(&m->second, run, "λ_eff and the matched velocity", m->second.law.value);
  hp_convergence_curve(&m->second, run, "control: λ, velocity matched", m->wrong[LAMBDA_ITSELF]);
  hp_convergence_curve(&m->second, run, "control: λ_eff from rest", m->wrong[FROM_REST]);
  hp_convergence_judge(&m->second, run, note);
}

static void write_runs(const measurement *m, hp_results *results) {
  size_t skipped = m->experiment->n_steps - m->first.law.n_rows;
  char *note =
      skipped ? hp_text("%zu steps left out: ε >= λ, or the iterates leave every bound", skipped)
              : hp_copy_text("");
  write_first(m, results, note);
  write_second(m, results, note);
  free(note);
}

static void not_applicable(hp_results *results, const hp_experiment *experiment, const char *why) {
  hp_b_not_applicable(results, experiment, "B1", "e1", why);
  hp_b_not_applicable(results, experiment, "B1", "e2", why);
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  const char *why = hp_b_obstacle(experiment, false);
  if (why) {
    not_applicable(results, experiment, why);
    return true;
  }
  /* e2 is some eps^2: so many more digits of w_k are needed than are wanted of it */
  double finest = mpq_get_d(experiment->step[experiment->n_steps - 1]);
  double digits = experiment->digits + GUARD_DIGITS / 2 + 2 * fmax(0, -log10(finest));
  for (int attempt = 1;; ++attempt) {
    measurement m;
    hp_taylor_status status;
    bool going = measure(&m, experiment, digits, &status);
    int missing = 0;
    if (going && status != HP_TAYLOR_DONE) {
      not_applicable(results, experiment, hp_taylor_status_text(status));
    } else if (going && mpfr_zero_p(m.terms.E)) {
      not_applicable(results, experiment, "the start is a critical point: nothing moves");
    } else if (going) {
      int first = hp_power_law_digits(&m.first.law);
      int second = hp_power_law_digits(&m.second.law);
      missing = attempt < ATTEMPTS ? experiment->digits - (first < second ? first : second) : 0;
      if (missing == 0)
        write_runs(&m, results);
    }
    measurement_clear(&m);
    if (missing == 0)
      return going;
    digits += missing + GUARD_DIGITS / 2;
  }
}
