#include "b6_text.h"
#include "family_b.h"
#include "identity.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b6 = {
    .id = "B6",
    .title = HP_B6_TITLE,
    .source = HP_B6_SOURCE,
    .statement = HP_B6_STATEMENT,
    .explain = HP_B6_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

enum { SEED = 12345 };

/* lambda of the experiment times mass, and beta: gamma = lambda (1-beta)^2. The last ones cross 0. */
static const struct {
  unsigned long mass[2], beta[2];
} pair[] = {
    {{2, 5}, {0, 1}},   {{2, 5}, {1, 2}}, {{2, 5}, {3, 4}},  {{2, 5}, {9, 10}},
    {{2, 5}, {19, 20}}, {{2, 1}, {1, 2}}, {{2, 1}, {9, 10}}, {{5, 1}, {9, 10}},
};
enum { PAIRS = sizeof pair / sizeof *pair };

static void set_pair(mpq_t gamma, mpq_t beta, size_t i, const hp_experiment *experiment) {
  mpq_t rest;
  mpq_init(rest);
  mpq_set_ui(beta, pair[i].beta[0], pair[i].beta[1]);
  mpq_set_ui(rest, pair[i].beta[1] - pair[i].beta[0], pair[i].beta[1]);
  mpq_set_ui(gamma, pair[i].mass[0], pair[i].mass[1]);
  mpq_mul(gamma, gamma, experiment->momentum);
  mpq_mul(gamma, gamma, rest);
  mpq_mul(gamma, gamma, rest);
  mpq_clear(rest);
}

static char *label_of(const mpq_t gamma, const mpq_t beta) {
  char *g = hp_rational_text(gamma), *b = hp_rational_text(beta);
  char *label = hp_text("γ = %s, β = %s", g, b);
  free(g);
  free(b);
  return label;
}

typedef enum { QUADRATIC, PLAIN, FLOW, START_AS_CENTRE, START_BALANCE, WRONG } wrong_formula;
static const char *const wrong_name[WRONG] = {
    [QUADRATIC] = "(1+β)/2 (ρ-1)² in place of Q_β",
    [PLAIN] = "Q_0 in place of Q_β: the β-term forgotten",
    [FLOW] = "Δ_∞ of the momentum gradient flow with λ",
    [START_AS_CENTRE] = "θ_0 in place of θ~_0",
    [START_BALANCE] = "Δ_0 in place of Δ_∞",
};

typedef struct {
  const hp_experiment *experiment;
  const hp_diagonal_network *network;
  mpfr_t worst[WRONG];
} context;

/* What wrong sums make of Delta_inf. */
static bool try_forms(context *o, const hp_network_case *c,
                      const hp_diagonal_descent_options *options) {
  static const hp_diagonal_form form[] = {[QUADRATIC] = HP_Q_QUADRATIC, [PLAIN] = HP_Q_PLAIN};
  hp_diagonal_status status = HP_DIAGONAL_RESTED;
  mpfr_t mismatch;
  mpfr_init2(mismatch, 64);
  for (int i = QUADRATIC; i <= PLAIN; ++i) {
    hp_diagonal_limit limit;
    hp_diagonal_descent_options wrong = *options;
    wrong.form = form[i];
    hp_diagonal_limit_init(&limit, o->network->d, hp_diagonal_bits(wrong.digits));
    if (status != HP_DIAGONAL_INTERRUPTED)
      status = hp_diagonal_descend(&limit, o->network, &wrong);
    hp_diagonal_mismatch(mismatch, limit.d, limit.delta_inf, c->limit.delta_end);
    hp_b_raise(o->worst[i], mismatch);
    hp_diagonal_limit_clear(&limit);
  }
  mpq_t lambda, effective;
  mpq_inits(lambda, effective, (mpq_ptr)0);
  hp_diagonal_mass(lambda, effective, options->gamma, options->beta);
  hp_diagonal_limit flow;
  hp_diagonal_flow_options like = hp_b_flow_options(o->experiment, lambda);
  like.digits = 12;
  hp_diagonal_limit_init(&flow, o->network->d, hp_diagonal_bits(like.digits));
  if (status != HP_DIAGONAL_INTERRUPTED)
    status = hp_diagonal_flow(&flow, o->network, &like);
  if (status == HP_DIAGONAL_RESTED) {
    hp_diagonal_mismatch(mismatch, flow.d, flow.delta_inf, c->limit.delta_end);
    hp_b_raise(o->worst[FLOW], mismatch);
  }
  hp_diagonal_limit_clear(&flow);
  mpq_clears(lambda, effective, (mpq_ptr)0);
  hp_network_mismatch(mismatch, c, c->limit.delta_inf, c->limit.theta_0);
  hp_b_raise(o->worst[START_AS_CENTRE], mismatch);
  hp_network_mismatch(mismatch, c, c->limit.delta_0, c->limit.theta_tilde);
  hp_b_raise(o->worst[START_BALANCE], mismatch);
  mpfr_clear(mismatch);
  return status != HP_DIAGONAL_INTERRUPTED;
}

static void write_controls(hp_run *balance, hp_run *solution, const context *o, bool stochastic) {
  for (int i = 0; i < WRONG; ++i)
    if (!stochastic || i != FLOW)
      hp_identity_control(i <= FLOW ? balance : solution, o->experiment, wrong_name[i],
                          o->worst[i]);
}

/* Both identities for every pair; batch = 0 is full gradients. False when interrupted. */
static bool descent_runs(context *o, size_t batch, hp_results *results) {
  const hp_experiment *experiment = o->experiment;
  hp_results second = {0};
  mpq_t gamma, beta;
  bool going = true;
  size_t skipped = 0, crossings = 0;
  hp_run *balance =
      hp_identity_run(results, experiment, "B6", batch ? "Δ_∞, one row a step" : "Δ_∞",
                      "|Δ_0 exp(-(a_+ + a_-))/|w_+ w_-| - 1|, a = Σ Q_β(w_{k+1}/w_k)/(1-β)");
  hp_run *solution =
      hp_identity_run(&second, experiment, "B6", batch ? "θ_∞, one row a step" : "θ_∞",
                      "max|θ_∞ - argmin D_ψ(θ, θ~_0)|/max|argmin|, Newton on the dual");
  for (int i = 0; i < WRONG; ++i) {
    mpfr_init2(o->worst[i], 64);
    mpfr_set_zero(o->worst[i], 1);
  }
  mpq_inits(gamma, beta, (mpq_ptr)0);
  for (size_t i = 0; i < PAIRS && going; ++i) {
    hp_network_case c;
    set_pair(gamma, beta, i, experiment);
    hp_diagonal_descent_options options = {.gamma = gamma,
                                           .beta = beta,
                                           .batch = batch,
                                           .seed = SEED,
                                           .digits = experiment->digits,
                                           .keep_going = experiment->keep_going,
                                           .context = experiment->context};
    hp_network_descent_case(&c, o->network, &options);
    going = c.status != HP_DIAGONAL_INTERRUPTED;
    if (c.status == HP_DIAGONAL_RESTED) {
      hp_identity_row(balance, experiment, label_of(gamma, beta), c.limit.steps, c.delta_mismatch);
      if (!c.solved)
        mpfr_set_inf(c.theta_mismatch, 1);
      hp_identity_row(solution, experiment, label_of(gamma, beta), c.limit.steps, c.theta_mismatch);
      crossings += c.limit.crossings;
      going = try_forms(o, &c, &options);
    } else {
      ++skipped;
    }
    hp_network_case_clear(&c);
  }
  mpq_clears(gamma, beta, (mpq_ptr)0);
  write_controls(balance, solution, o, batch > 0);
  char *note = hp_text("%zu zero crossings on the way%s", crossings,
                       skipped ? "; pairs that do not come to rest are left out" : "");
  balance->bound_proved_by = hp_copy_text("spec/coq/b6_discrete_balancedness.v: b6_balancedness");
  solution->bound_proved_by = hp_copy_text("spec/coq/b6_bregman.v: b6_bregman_minimiser");
  hp_identity_judge(balance, note);
  hp_identity_judge(solution, note);
  free(note);
  for (int i = 0; i < WRONG; ++i)
    mpfr_clear(o->worst[i]);
  if (going)
    hp_results_move(results, &second);
  hp_results_clear(&second);
  return going;
}

/* ---- sparsity ---- */

static const unsigned long share[][2] = {{0, 1}, {1, 5}, {2, 5}, {1, 1}}; /* of lambda */
enum { SHARES = sizeof share / sizeof *share };

/* The coordinates off the support of the interpolator of least l1 norm: the minimiser with
 * Delta = 10^-40 and centre 0, below 10^-3 of its largest entry. */
static void find_off_support(bool off[], const hp_diagonal_network *network) {
  enum { BITS = 256 };
  size_t d = network->d;
  hp_bregman bregman;
  hp_bregman_init(&bregman, network, BITS);
  mpfr_t *delta = hp_vector_new_mpfr(d, BITS), *centre = hp_vector_new_mpfr(d, BITS);
  mpfr_t *theta = hp_vector_new_mpfr(d, BITS), *nu = hp_vector_new_mpfr(bregman.rank, BITS);
  double most = 0;
  for (size_t j = 0; j < d; ++j)
    mpfr_set_d(delta[j], 1e-40, MPFR_RNDN);
  hp_bregman_solve(&bregman, delta, centre, theta, nu);
  for (size_t j = 0; j < d; ++j)
    most = fmax(most, fabs(mpfr_get_d(theta[j], MPFR_RNDN)));
  for (size_t j = 0; j < d; ++j)
    off[j] = fabs(mpfr_get_d(theta[j], MPFR_RNDN)) < 1e-3 * most;
  hp_vector_free_mpfr(bregman.rank, nu);
  hp_vector_free_mpfr(d, theta);
  hp_vector_free_mpfr(d, centre);
  hp_vector_free_mpfr(d, delta);
  hp_bregman_clear(&bregman);
}

static double off_support(const hp_diagonal_limit *limit, const bool off[]) {
  double sum = 0;
  for (size_t j = 0; j < limit->d; ++j)
    sum += off[j] ? fabs(mpfr_get_d(limit->theta_inf[j], MPFR_RNDN)) : 0;
  return sum;
}

/* The flow from u = 1/2, v = 0 for growing lambda: every Delta_inf shrinks; does theta get sparser? */
static bool sparsity_run(const hp_experiment *experiment, hp_results *results) {
  enum { DIGITS = 20 };
  hp_diagonal_network network;
  hp_diagonal_network_of(&network, experiment->problem);
  hp_run *run = hp_claim_run(results, experiment, "B6", "Σ|θ_i| off the support");
  bool *off = hp_allocate(network.d, sizeof *off), going = true, all_shrink = true;
  size_t n = 0, crossings = 0;
  double value[SHARES] = {0}, balance[SHARES] = {0};
  mpq_t lambda;
  mpq_init(lambda);
  for (size_t j = 0; j < network.d; ++j) {
    mpq_set_ui(network.u[j], 1, 2);
    mpq_set_ui(network.v[j], 0, 1);
  }
  find_off_support(off, &network);
  for (size_t i = 0; i < SHARES && going; ++i) {
    hp_diagonal_limit limit;
    mpq_set_ui(lambda, share[i][0], share[i][1]);
    mpq_mul(lambda, lambda, experiment->momentum);
    hp_diagonal_flow_options options = hp_b_flow_options(experiment, lambda);
    options.digits = DIGITS;
    hp_diagonal_limit_init(&limit, network.d, hp_diagonal_bits(DIGITS));
    hp_diagonal_status status = hp_diagonal_flow(&limit, &network, &options);
    going = status != HP_DIAGONAL_INTERRUPTED;
    if (status == HP_DIAGONAL_RESTED) {
      hp_row *row = hp_run_add_row(run);
      row->h = hp_rational_text(lambda);
      row->steps = limit.steps;
      value[n] = off_support(&limit, off);
      row->value = hp_decimal_double(value[n], 12);
      balance[n] = 0;
      for (size_t j = 0; j < network.d; ++j) {
        double left =
            mpfr_get_d(limit.delta_inf[j], MPFR_RNDN) / mpfr_get_d(limit.delta_0[j], MPFR_RNDN);
        balance[n] = fmax(balance[n], left);
        all_shrink = all_shrink && (mpq_sgn(lambda) == 0 || left < 1);
      }
      crossings += limit.crossings;
      ++n;
    }
    hp_diagonal_limit_clear(&limit);
  }
  free(run->start);
  run->start = hp_copy_text("u = 1/2, v = 0");
  run->has_bound = true;
  run->bound_holds = all_shrink || crossings > 0;
  run->bound_formula = hp_copy_text("without a crossing every Δ_∞,i < Δ_0,i");
  run->bound_value = hp_copy_text("1");
  run->x_label = hp_copy_text("mass λ of the flow");
  run->y_label = hp_copy_text("relative to the gradient flow");
  hp_curve *curve = hp_run_add_curve(run, "largest Δ_∞,i/Δ_0,i");
  for (size_t i = 0; i < n; ++i)
    hp_b_point(curve, mpq_get_d(experiment->momentum) * (double)share[i][0] / (double)share[i][1],
               balance[i]);
  curve = hp_run_add_curve(run, "Σ|θ_i| off the support");
  for (size_t i = 0; i < n; ++i)
    hp_b_point(curve, mpq_get_d(experiment->momentum) * (double)share[i][0] / (double)share[i][1],
               value[i] / value[0]);
  bool sparser = n < 2 || value[n - 1] <= value[0];
  if (n < 2)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text("fewer than two paths come to rest"));
  else if (!run->bound_holds)
    hp_claim_verdict(run, HP_FAIL,
                     hp_copy_text("nothing crosses 0, and yet a Δ_∞,i is not below Δ_0,i"));
  else
    hp_claim_verdict(
        run, HP_PASS,
        hp_text("%s: off the support of the least-ℓ1 interpolator Σ|θ_i| goes from "
                "%.6g (λ = 0) to %.6g",
                sparser ? "here momentum is not less sparse" : "a smaller Δ_∞ is less sparse here",
                value[0], value[n - 1]));
  if (!sparser) {
    hp_claim_control(run, "a smaller Δ_∞ means a sparser θ_∞",
                     all_shrink && value[n - 1] > value[0],
                     hp_text("every Δ_∞,i shrinks, and Σ|θ_i| off the support grows by %.4g",
                             value[n - 1] / value[0]));
    hp_claim_control(run, "momentum and gradient flow find the same θ_∞",
                     fabs(value[n - 1] / value[0] - 1) > 1e-6,
                     hp_text("they differ by the factor %.6g there", value[n - 1] / value[0]));
  }
  mpq_clear(lambda);
  free(off);
  hp_diagonal_network_clear(&network);
  return going;
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  static const char *const observable[] = {"Δ_∞", "θ_∞", "Δ_∞, one row a step",
                                           "θ_∞, one row a step", "Σ|θ_i| off the support"};
  const char *why = hp_b_obstacle(experiment, true);
  if (why) {
    for (size_t i = 0; i < sizeof observable / sizeof *observable; ++i)
      hp_b_not_applicable(results, experiment, "B6", observable[i], why);
    return true;
  }
  hp_diagonal_network network;
  hp_results own = {0};
  hp_diagonal_network_of(&network, experiment->problem);
  context o = {.experiment = experiment, .network = &network};
  bool going =
      descent_runs(&o, 0, &own) && descent_runs(&o, 1, &own) && sparsity_run(experiment, &own);
  if (going)
    hp_results_move(results, &own);
  hp_results_clear(&own);
  hp_diagonal_network_clear(&network);
  return going;
}
