#include "b3_text.h"
#include "family_b.h"
#include "reference/diagonal_network/network.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b3 = {
    .id = "B3",
    .title = HP_B3_TITLE,
    .source = HP_B3_SOURCE,
    .statement = HP_B3_STATEMENT,
    .explain = HP_B3_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

enum { DIGITS = 12 }; /* of the paths; only inequalities are looked at */

/* What was found along the paths so far. */
typedef struct {
  size_t covered, uncovered,
      crossed; /* rows with the condition, without it, with a zero crossing */
  bool holds;
} finding;

/* The largest mass for which nothing can cross, whatever the path:
 * sqrt(n)/(4 sqrt(2 L(theta_0)) max_i |X_.i|), from L(theta_t) <= L(theta_0). */
static void a_priori(mpfr_t result, const hp_diagonal_network *network) {
  hp_diagonal_matrix matrix;
  hp_diagonal_limit limit;
  mpfr_prec_t bits = mpfr_get_prec(result);
  size_t n = network->n, d = network->d;
  mpfr_t loss, sum;
  mpfr_inits2(bits, loss, sum, (mpfr_ptr)0);
  mpfr_t *p = hp_vector_new_mpfr(d, bits), *m = hp_vector_new_mpfr(d, bits);
  hp_diagonal_matrix_init(&matrix, network, bits);
  hp_diagonal_limit_init(&limit, d, bits);
  hp_diagonal_limit_start(&limit, network, p, m);
  hp_diagonal_gradient_mpfr(&matrix, limit.theta_0, p);
  hp_diagonal_loss_mpfr(&matrix, loss);
  mpfr_t *column = hp_vector_new_mpfr(n, bits);
  mpfr_set_zero(result, 1);
  for (size_t j = 0; j < d; ++j) {
    for (size_t i = 0; i < n; ++i)
      mpfr_set(column[i], matrix.design[i * d + j], MPFR_RNDN);
    hp_vector_norm_mpfr(sum, n, column);
    hp_b_raise(result, sum);
  }
  mpfr_mul_2ui(loss, loss, 1, MPFR_RNDN);
  mpfr_sqrt(loss, loss, MPFR_RNDN);
  mpfr_mul(result, result, loss, MPFR_RNDN);
  mpfr_mul_2ui(result, result, 2, MPFR_RNDN);
  mpfr_set_ui(sum, n, MPFR_RNDN);
  mpfr_sqrt(sum, sum, MPFR_RNDN);
  mpfr_div(result, sum, result, MPFR_RNDN);
  hp_vector_free_mpfr(n, column);
  hp_diagonal_limit_clear(&limit);
  hp_diagonal_matrix_clear(&matrix);
  hp_vector_free_mpfr(d, m);
  hp_vector_free_mpfr(d, p);
  mpfr_clears(loss, sum, (mpfr_ptr)0);
}

static void add_row(hp_run *run, char *label, const hp_diagonal_limit *limit, double value,
                    finding *found, double least_allowed, bool promised) {
  hp_row *row = hp_run_add_row(run);
  row->h = label;
  row->steps = limit->steps;
  row->value = hp_decimal_double(value, 10);
  bool condition = value <= 1;
  if (condition && (limit->crossings || limit->least_ratio < least_allowed))
    found->holds = false;
  if (promised && !condition)
    found->holds = false;
  found->covered += condition;
  found->uncovered += !condition;
  found->crossed += limit->crossings > 0;
}

static void judge(hp_run *run, const finding *found, const char *wrong, size_t skipped) {
  const hp_control *passed = hp_claim_control_that_passed(run);
  run->bound_holds = found->holds;
  if (found->covered + found->uncovered == 0)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text("no path comes to rest"));
  else if (!found->holds)
    hp_claim_verdict(run, HP_FAIL, hp_copy_text(wrong));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(
        run, HP_PASS,
        hp_text("%zu of %zu rows meet the condition, and none of them crosses; %zu without it "
                "cross%s",
                found->covered, found->covered + found->uncovered, found->crossed,
                skipped ? "; rows that do not come to rest are left out" : ""));
}

/* ---- continuous time ---- */

/* The time, in units of lambda, at which w crosses 0 under a constant gradient g = factor/(4 lambda)
 * from w = 1, w' = 0: w'' = -w' - (factor/4) w by the classical Runge-Kutta method, whose error is
 * 10^-8 here. most when it does not cross before that. */
static double crossing_time(double factor, double most) {
  const double dt = 0x1p-5, g = factor / 4;
  double w = 1, v = 0, t = 0;
  for (; w > 0 && t < most; t += dt) {
    double k1 = v, l1 = -v - g * w;
    double k2 = v + dt / 2 * l1, l2 = -k2 - g * (w + dt / 2 * k1);
    double k3 = v + dt / 2 * l2, l3 = -k3 - g * (w + dt / 2 * k2);
    double k4 = v + dt * l3, l4 = -k4 - g * (w + dt * k3);
    w += dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    v += dt / 6 * (l1 + 2 * l2 + 2 * l3 + l4);
  }
  return t;
}

static void flow_controls(hp_run *run) {
  const double most = 1000;
  for (int i = 0; i < 2; ++i) {
    double factor = i ? 1.01 : 1.05, t = crossing_time(factor, most);
    hp_claim_control(
        run, i ? "the condition 1 % weaker" : "the condition 5 % weaker",
        t < most && crossing_time(1, most) >= most,
        hp_text("constant g = %.2f/(4λ): w_+ crosses 0 at t = %.1f λ, and for g = 1/(4λ) not "
                "before t = %.0f λ",
                factor, t, most));
  }
}

static bool flow_run(const hp_experiment *experiment, const hp_diagonal_network *network,
                     hp_results *results) {
  mpq_t mass[HP_B_MASSES];
  mpfr_t bound;
  finding found = {.holds = true};
  bool going = true;
  size_t skipped = 0;
  hp_run *run = hp_claim_run(results, experiment, "B3", "4λ max|g|");
  mpfr_init2(bound, hp_decimal_bits(experiment->digits + 10));
  a_priori(bound, network);
  hp_b_masses(mass, experiment);
  for (size_t i = 0; i < HP_B_MASSES && going; ++i) {
    hp_diagonal_limit limit;
    hp_diagonal_flow_options options = hp_b_flow_options(experiment, mass[i]);
    options.digits = DIGITS;
    hp_diagonal_limit_init(&limit, network->d, hp_diagonal_bits(DIGITS));
    hp_diagonal_status status = hp_diagonal_flow(&limit, network, &options);
    going = status != HP_DIAGONAL_INTERRUPTED;
    if (status == HP_DIAGONAL_RESTED)
      add_row(run, hp_rational_text(mass[i]), &limit,
              4 * mpq_get_d(mass[i]) * limit.largest_gradient, &found, -0.5,
              mpfr_cmp_q(bound, mass[i]) >= 0);
    skipped += status != HP_DIAGONAL_RESTED;
    hp_diagonal_limit_clear(&limit);
  }
  hp_b_masses_clear(mass);
  run->has_bound = true;
  run->bound_formula =
      hp_copy_text("4λ max|g_i| <= 1 keeps λ w'/w > -1/2, so nothing crosses 0; assured for "
                   "λ <= √n/(4 √(2L(θ_0)) max_i|X_i|)");
  run->bound_value = hp_decimal(bound, experiment->digits, MPFR_RNDD);
  run->bound_proved_by = hp_copy_text("spec/coq/b3_no_crossing.v: b3_no_crossing");
  flow_controls(run);
  judge(run, &found,
        "the condition holds and yet w crosses 0, or λ w'/w falls to -1/2, or the a "
        "priori bound does not give the condition",
        skipped);
  mpfr_clear(bound);
  return going;
}

/* ---- discrete time ---- */

/* Steps until rho_k = 1 + beta - beta/rho_{k-1} - c, from rho_{-1} = 1, is no longer positive; most
 * when it stays positive so long. */
static long constant_gradient(double beta, double c, long most) {
  double rho = 1;
  for (long k = 0; k < most; ++k) {
    rho = 1 + beta - beta / rho - c;
    if (rho <= 0)
      return k;
  }
  return most;
}

static void descent_controls(hp_run *run, double beta) {
  enum { MOST = 1000000 };
  double threshold = pow(1 - sqrt(beta), 2);
  for (int i = 0; i < 2; ++i) {
    double factor = i ? 1.01 : 1.05;
    long k = constant_gradient(beta, factor * threshold, MOST);
    hp_claim_control(run, i ? "the condition 1 % weaker" : "the condition 5 % weaker", k < MOST,
                     hp_text("constant γ|g| = %.2f (1-√β)², β = %g: w changes sign at step %ld",
                             factor, beta, k));
  }
}

static bool descent_run(const hp_experiment *experiment, const hp_diagonal_network *network,
                        hp_results *results) {
  static const unsigned long part[][2] = {{1, 2}, {3, 4}, {9, 10}, {19, 20}};
  enum { BETAS = sizeof part / sizeof *part };
  mpq_t mass[HP_B_MASSES], beta, gamma, rest;
  finding found = {.holds = true};
  bool going = true;
  size_t skipped = 0;
  hp_run *run = hp_claim_run(results, experiment, "B3", "γ max|g|/(1-√β)²");
  mpq_inits(beta, gamma, rest, (mpq_ptr)0);
  hp_b_masses(mass, experiment);
  for (size_t i = 1; i < HP_B_MASSES - 1; ++i)
    for (size_t k = 0; k < BETAS && going; ++k) {
      mpq_set_ui(beta, part[k][0], part[k][1]);
      mpq_set_ui(rest, part[k][1] - part[k][0], part[k][1]);
      mpq_mul(gamma, mass[i], rest);
      mpq_mul(gamma, gamma, rest);
      hp_diagonal_limit limit;
      hp_diagonal_descent_options options = {.gamma = gamma,
                                             .beta = beta,
                                             .digits = DIGITS,
                                             .keep_going = experiment->keep_going,
                                             .context = experiment->context};
      hp_diagonal_limit_init(&limit, network->d, hp_diagonal_bits(DIGITS));
      hp_diagonal_status status = hp_diagonal_descend(&limit, network, &options);
      going = status != HP_DIAGONAL_INTERRUPTED;
      double root = sqrt(mpq_get_d(beta));
      if (status == HP_DIAGONAL_RESTED) {
        char *g = hp_rational_text(gamma), *b = hp_rational_text(beta);
        add_row(run, hp_text("γ = %s, β = %s", g, b), &limit,
                mpq_get_d(gamma) * limit.largest_gradient / pow(1 - root, 2), &found,
                root * (1 - 1e-12), false);
        free(g);
        free(b);
      }
      skipped += status != HP_DIAGONAL_RESTED;
      hp_diagonal_limit_clear(&limit);
    }
  hp_b_masses_clear(mass);
  mpq_clears(beta, gamma, rest, (mpq_ptr)0);
  run->has_bound = true;
  run->bound_formula =
      hp_copy_text("γ max|g_i| <= (1-√β)² keeps w_{k+1}/w_k >= √β, so nothing crosses 0");
  run->bound_value = hp_copy_text("1");
  run->bound_proved_by = hp_copy_text("spec/coq/b3_no_crossing.v: b3_no_crossing_discrete");
  descent_controls(run, 0.9);
  judge(run, &found, "the condition holds and yet a ratio w_{k+1}/w_k falls below √β", skipped);
  return going;
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  static const char *const observable[] = {"4λ max|g|", "γ max|g|/(1-√β)²"};
  const char *why = hp_b_obstacle(experiment, true);
  if (why) {
    for (int i = 0; i < 2; ++i)
      hp_b_not_applicable(results, experiment, "B3", observable[i], why);
    return true;
  }
  hp_diagonal_network network;
  hp_results own = {0};
  hp_diagonal_network_of(&network, experiment->problem);
  bool going = flow_run(experiment, &network, &own) && descent_run(experiment, &network, &own);
  if (going)
    hp_results_move(results, &own);
  hp_results_clear(&own);
  hp_diagonal_network_clear(&network);
  return going;
}
