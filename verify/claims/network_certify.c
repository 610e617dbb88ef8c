#include "network_certify.h"
#include "certified_identity.h"
#include "family_b.h"
#include "identity.h"
#include "reference/diagonal_network/enclosed_argmin.h"
#include "reference/diagonal_network/enclosed_limit.h"
#include "reference/problem/allocate.h"
#include <math.h>
#include <stdlib.h>

/* ---- one mass ---- */

typedef enum { USED, CROSSES, NOT_ENCLOSED, STOPPED } path_state;

/* The time at which the path rests in MPFR; that it does is proved later. */
static path_state find_time(mpq_t time, const hp_experiment *experiment,
                            const hp_diagonal_network *network, const mpq_t mass) {
  enum { GUARD = 4 };
  hp_diagonal_limit limit;
  hp_diagonal_flow_options options = hp_b_flow_options(experiment, mass);
  options.digits += GUARD;
  hp_diagonal_limit_init(&limit, network->d, hp_diagonal_bits(options.digits));
  hp_diagonal_status status = hp_diagonal_flow(&limit, network, &options);
  path_state state = status == HP_DIAGONAL_INTERRUPTED ? STOPPED
                     : status != HP_DIAGONAL_RESTED    ? NOT_ENCLOSED
                     : limit.crossings                 ? CROSSES
                                                       : USED;
  mpq_set_ui(time, (unsigned long)fmax(1, ceil(mpfr_get_d(limit.time, MPFR_RNDU))), 1);
  hp_diagonal_limit_clear(&limit);
  return state;
}

/* limit is cleared by the caller when the answer is USED. */
static path_state enclose(hp_diagonal_enclosed *limit, const hp_experiment *experiment,
                          const hp_diagonal_network *network, const mpq_t mass) {
  enum { GUARD = 3 };
  mpq_t time;
  mpq_init(time);
  path_state state = find_time(time, experiment, network, mass);
  if (state == USED) {
    hp_diagonal_enclosed_options options = {.lambda = mass,
                                            .time = time,
                                            .digits = experiment->digits + GUARD,
                                            .keep_going = experiment->keep_going,
                                            .context = experiment->context};
    hp_diagonal_enclosed_status status = hp_diagonal_enclose(limit, network, &options);
    if (status != HP_LIMIT_ENCLOSED) {
      state = status == HP_LIMIT_INTERRUPTED ? STOPPED : NOT_ENCLOSED;
      hp_diagonal_enclosed_clear(limit);
    }
  }
  mpq_clear(time);
  return state;
}

/* ---- what the claims say of it ---- */

enum { MOST_IDENTITIES = 2, MOST_WRONG = 2 };

typedef struct {
  const char *id, *proved_by;
  size_t n_identities, n_wrong;
  const char *observable[MOST_IDENTITIES], *formula[MOST_IDENTITIES], *wrong[MOST_WRONG];
  bool with_gradient_flow;
  /* Mismatches of the identities and of the wrong formulas. */
  void (*compare)(arb_struct right[], arb_struct wrong[], const hp_diagonal_network *network,
                  const hp_diagonal_enclosed *limit);
} statement;

static void compare_balancedness(arb_struct right[], arb_struct wrong[],
                                 const hp_diagonal_network *network,
                                 const hp_diagonal_enclosed *limit) {
  size_t d = network->d;
  arb_ptr half = _arb_vec_init((slong)d);
  hp_ball_mismatch(right, d, limit->delta_inf, limit->delta_end);
  for (size_t j = 0; j < d; j++) {
    arb_exp(half + j, limit->a_plus + j, limit->precision_bits);
    arb_div(half + j, limit->delta_0 + j, half + j, limit->precision_bits);
  }
  hp_ball_mismatch(wrong, d, half, limit->delta_end);
  hp_ball_mismatch(wrong + 1, d, limit->delta_0, limit->delta_end);
  _arb_vec_clear(half, (slong)d);
}

/* theta_0 of the start: theta_tilde with a = 0 */
static void start_theta(arb_struct theta[], const hp_diagonal_network *network, slong bits) {
  mpq_t product;
  mpq_init(product);
  for (size_t j = 0; j < network->d; j++) {
    mpq_mul(product, network->u[j], network->v[j]);
    hp_arb_set_rational(theta + j, product, bits);
  }
  mpq_clear(product);
}

/* The distance of theta_inf from the minimiser; indeterminate where none is proved. */
static void distance_from_argmin(arb_t distance, arb_struct nu[],
                                 const hp_diagonal_network *network,
                                 const hp_diagonal_enclosed *limit, const arb_struct delta[],
                                 const arb_struct centre[]) {
  arb_ptr theta = _arb_vec_init((slong)network->d);
  hp_enclose_argmin(theta, nu, network, delta, centre, limit->precision_bits);
  hp_ball_distance(distance, network->d, limit->theta_inf, theta);
  _arb_vec_clear(theta, (slong)network->d);
}

static void compare_minimiser(arb_struct right[], arb_struct wrong[],
                              const hp_diagonal_network *network,
                              const hp_diagonal_enclosed *limit) {
  size_t d = network->d, n = network->n;
  arb_ptr theta_0 = _arb_vec_init((slong)d), nu = _arb_vec_init((slong)n);
  arb_ptr residual = _arb_vec_init((slong)(d + n));
  start_theta(theta_0, network, limit->precision_bits);
  distance_from_argmin(wrong, nu, network, limit, limit->delta_inf, theta_0);
  distance_from_argmin(wrong + 1, nu, network, limit, limit->delta_0, limit->theta_tilde);
  distance_from_argmin(right, nu, network, limit, limit->delta_inf, limit->theta_tilde);
  hp_enclose_optimality(residual, network, limit->delta_inf, limit->theta_tilde, limit->theta_inf,
                        nu, limit->precision_bits);
  hp_ball_largest(right + 1, d + n, residual);
  _arb_vec_clear(residual, (slong)(d + n));
  _arb_vec_clear(nu, (slong)n);
  _arb_vec_clear(theta_0, (slong)d);
}

static const statement balancedness = {
    .id = "B4",
    .proved_by = "spec/coq/b4_balancedness.v: b4_balancedness",
    .n_identities = 1,
    .n_wrong = 2,
    .observable = {"Δ_∞"},
    .formula = {"max|Δ_0 exp(-(a_+ + a_-))/|w_+ w_-| - 1| with a = λ∫(w'/w)² dt, both enclosed, "
                "tails included"},
    .wrong = {"λ I_+ without λ I_-", "Δ_0 in place of Δ_∞"},
    .compare = compare_balancedness,
};

static const statement minimiser = {
    .id = "B5",
    .proved_by = "spec/coq/b5_implicit_regularisation.v: b5_minimiser",
    .n_identities = 2,
    .n_wrong = 2,
    .observable = {"θ_∞", "KKT residual"},
    .formula = {"max|θ_∞ - argmin D_ψ(θ, θ~_0)|/max|argmin|, the minimiser proved by Krawczyk's "
                "operator",
                "max|∇ψ(θ_∞) - ∇ψ(θ~_0) - X^T ν| and |Xθ_∞ - y|, all enclosed"},
    .wrong = {"θ_0 in place of θ~_0", "Δ_0 in place of Δ_∞"},
    .with_gradient_flow = true,
    .compare = compare_minimiser,
};

/* ---- all masses ---- */

typedef struct {
  hp_certified_identity identity[MOST_IDENTITIES];
  arb_struct wrong[MOST_WRONG]; /* the largest proved mismatch so far */
  size_t crossing, open;        /* masses left out */
} comparison;

/* most = the larger of the two by what is proved of them, the lower ends */
static void keep_larger(arb_t most, const arb_t value) {
  arf_t least, other;
  arf_init(least);
  arf_init(other);
  arb_get_lbound_arf(least, most, 64);
  arb_get_lbound_arf(other, value, 64);
  if (arf_cmp(other, least) > 0)
    arb_set(most, value);
  arf_clear(other);
  arf_clear(least);
}

static bool examine(comparison *c, const statement *s, const hp_diagonal_network *network,
                    const mpq_t mass) {
  const hp_experiment *experiment = c->identity[0].experiment;
  hp_diagonal_enclosed limit;
  path_state state = enclose(&limit, experiment, network, mass);
  c->crossing += state == CROSSES;
  c->open += state == NOT_ENCLOSED;
  if (state != USED)
    return state != STOPPED;
  arb_ptr right = _arb_vec_init(MOST_IDENTITIES), wrong = _arb_vec_init(MOST_WRONG);
  s->compare(right, wrong, network, &limit);
  for (size_t i = 0; i < s->n_identities; i++)
    hp_certified_identity_row(&c->identity[i], mass, limit.steps, right + i);
  for (size_t i = 0; i < s->n_wrong; i++)
    keep_larger(&c->wrong[i], wrong + i);
  _arb_vec_clear(wrong, MOST_WRONG);
  _arb_vec_clear(right, MOST_IDENTITIES);
  hp_diagonal_enclosed_clear(&limit);
  return true;
}

static char *note_on(const comparison *c) {
  if (c->crossing + c->open == 0)
    return hp_copy_text("");
  return hp_text("left out: %zu masses on whose path some w crosses 0, %zu whose limit is not "
                 "enclosed",
                 c->crossing, c->open);
}

/* The runs of one result list are moved when the list grows: they are taken up again by number. */
static bool compare_all(const hp_experiment *experiment, const hp_diagonal_network *network,
                        const statement *s, hp_results *own) {
  mpq_t mass[HP_B_MASSES + 1];
  comparison c = {0};
  bool going = true;
  for (size_t i = 0; i < s->n_identities; i++)
    hp_identity_run(own, experiment, s->id, s->observable[i], s->formula[i]);
  for (size_t i = 0; i < s->n_identities; i++)
    c.identity[i] = (hp_certified_identity){.run = &own->run[i], .experiment = experiment};
  for (size_t i = 0; i < s->n_wrong; i++)
    arb_init(&c.wrong[i]);
  hp_b_masses(mass, experiment);
  mpq_init(mass[HP_B_MASSES]);
  for (size_t i = 0; i < (s->with_gradient_flow ? HP_B_MASSES + 1 : HP_B_MASSES) && going; i++)
    going = examine(&c, s, network, mass[i]);
  mpq_clear(mass[HP_B_MASSES]);
  hp_b_masses_clear(mass);
  char *note = note_on(&c);
  for (size_t i = 0; i < s->n_identities; i++) {
    for (size_t k = 0; k < s->n_wrong; k++)
      hp_certified_identity_control(&c.identity[i], s->wrong[k], &c.wrong[k]);
    own->run[i].bound_proved_by = hp_copy_text(s->proved_by);
    hp_certified_identity_judge(&c.identity[i], note);
  }
  free(note);
  for (size_t i = 0; i < s->n_wrong; i++)
    arb_clear(&c.wrong[i]);
  return going;
}

static bool certify(const hp_experiment *experiment, hp_results *results, const statement *s) {
  const char *why = hp_b_obstacle(experiment, true);
  if (why) {
    for (size_t i = 0; i < s->n_identities; i++)
      hp_b_not_applicable(results, experiment, s->id, s->observable[i], why);
    return true;
  }
  hp_diagonal_network network;
  hp_results own = {0};
  hp_diagonal_network_of(&network, experiment->problem);
  bool going = compare_all(experiment, &network, s, &own);
  if (going)
    hp_results_move(results, &own);
  hp_results_clear(&own);
  hp_diagonal_network_clear(&network);
  return going;
}

bool hp_b4_certify(const hp_experiment *experiment, hp_results *results) {
  return certify(experiment, results, &balancedness);
}

bool hp_b5_certify(const hp_experiment *experiment, hp_results *results) {
  return certify(experiment, results, &minimiser);
}
