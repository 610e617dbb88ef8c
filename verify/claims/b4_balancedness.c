#include "b4_text.h"
#include "convergence.h"
#include "family_b.h"
#include "identity.h"
#include "network_certify.h"
#include "reference/diagonal_network/small_mass.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_b4 = {
    .id = "B4",
    .title = HP_B4_TITLE,
    .source = HP_B4_SOURCE,
    .statement = HP_B4_STATEMENT,
    .explain = HP_B4_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_b4_certify,
};

/* ---- the identity ---- */

/* Wrong exponents in Delta_inf = Delta_0 exp(-(a_+ + a_-)). */
typedef enum {
  ONE_INTEGRAL,  /* a_+ alone */
  GRADIENT_FLOW, /* 2 lambda int g^2 of the gradient flow */
  NO_VELOCITY,   /* a from a start at rest */
  WRONG
} wrong_exponent;

/* The mismatch that the exponent gives. */
static void mismatch_of(mpfr_t result, const hp_diagonal_limit *limit, mpfr_t exponent[]) {
  for (size_t j = 0; j < limit->d; ++j) {
    mpfr_neg(exponent[j], exponent[j], MPFR_RNDN);
    mpfr_exp(exponent[j], exponent[j], MPFR_RNDN);
    mpfr_mul(exponent[j], exponent[j], limit->delta_0[j], MPFR_RNDN);
  }
  hp_diagonal_mismatch(result, limit->d, exponent, limit->delta_end);
}

typedef struct {
  const hp_experiment *experiment;
  const hp_diagonal_network *network;
  const hp_diagonal_limit *gradient_flow;
  mpq_srcptr slope; /* of the start, or NULL */
  mpfr_t worst[WRONG];
} identity;

static void try_wrong(identity *o, const hp_diagonal_limit *limit, mpq_srcptr lambda) {
  size_t d = limit->d;
  mpfr_prec_t bits = mpfr_get_prec(limit->loss);
  mpfr_t *exponent = hp_vector_new_mpfr(d, bits), mismatch;
  mpfr_init2(mismatch, bits);
  for (size_t j = 0; j < d; ++j)
    mpfr_set(exponent[j], limit->a_plus[j], MPFR_RNDN);
  mismatch_of(mismatch, limit, exponent);
  hp_b_raise(o->worst[ONE_INTEGRAL], mismatch);
  for (size_t j = 0; j < d; ++j)
    mpfr_mul_q(exponent[j], o->gradient_flow->squares[j], lambda, MPFR_RNDN);
  mismatch_of(mismatch, limit, exponent);
  hp_b_raise(o->worst[GRADIENT_FLOW], mismatch);
  mpfr_clear(mismatch);
  hp_vector_free_mpfr(d, exponent);
}

static void add_curves(hp_run *run, size_t d) {
  for (size_t j = 1; j <= d && j <= 6; ++j) {
    char *name = hp_text("Δ_∞/Δ_0, coordinate %zu", j);
    hp_run_add_curve(run, name);
    free(name);
  }
  run->x_label = hp_copy_text("mass λ of the flow");
  run->y_label = hp_copy_text("balancedness left");
}

static void add_points(hp_run *run, const hp_diagonal_limit *limit, mpq_srcptr lambda) {
  for (size_t j = 0; j < run->n_curves; ++j)
    hp_b_point(&run->curve[j], mpq_get_d(lambda),
               mpfr_get_d(limit->delta_inf[j], MPFR_RNDN) /
                   mpfr_get_d(limit->delta_0[j], MPFR_RNDN));
}

static const char formula[] = "|Δ_0 exp(-(a_+ + a_-))/|w_+ w_-| - 1| with a = λ∫(w'/w)² dt - "
                              "λw'(0)/w(0), finite part at zeros";

/* All masses: each row compares the two values of Delta_inf. False when interrupted. */
static bool identity_run(identity *o, hp_results *results) {
  const hp_experiment *experiment = o->experiment;
  mpq_t mass[HP_B_MASSES];
  bool going = true;
  size_t skipped = 0, crossings = 0, grown = 0;
  hp_run *run =
      hp_identity_run(results, experiment, "B4", o->slope ? "Δ_∞, moving start" : "Δ_∞", formula);
  if (o->slope) {
    free(run->start);
    run->start = hp_copy_text("w'(0) = -∇F(w_0)");
  }
  add_curves(run, o->network->d);
  hp_b_masses(mass, experiment);
  for (size_t i = 0; i < HP_B_MASSES && going; ++i) {
    hp_network_case c;
    hp_diagonal_flow_options options = hp_b_flow_options(experiment, mass[i]);
    options.slope = o->slope;
    hp_network_flow_case(&c, o->network, &options);
    going = c.status != HP_DIAGONAL_INTERRUPTED;
    if (c.status == HP_DIAGONAL_RESTED) {
      hp_identity_row(run, experiment, hp_rational_text(mass[i]), c.limit.steps, c.delta_mismatch);
      add_points(run, &c.limit, mass[i]);
      try_wrong(o, &c.limit, mass[i]);
      crossings += c.limit.crossings;
      for (size_t j = 0; j < c.limit.d; ++j)
        grown += mpfr_greater_p(c.limit.delta_inf[j], c.limit.delta_0[j]);
      if (o->slope) { /* a start at rest has the same integrals and no term of the velocity */
        hp_network_case at_rest;
        options.slope = NULL;
        hp_network_flow_case(&at_rest, o->network, &options);
        mpfr_t mismatch;
        mpfr_init2(mismatch, mpfr_get_prec(c.limit.loss));
        hp_diagonal_mismatch(mismatch, c.limit.d, at_rest.limit.delta_inf, c.limit.delta_end);
        hp_b_raise(o->worst[NO_VELOCITY], mismatch);
        mpfr_clear(mismatch);
        hp_network_case_clear(&at_rest);
      }
    } else {
      ++skipped;
    }
    hp_network_case_clear(&c);
  }
  hp_b_masses_clear(mass);
  if (!going)
    return false;
  hp_identity_control(run, experiment, "λ I_+ without λ I_-", o->worst[ONE_INTEGRAL]);
  hp_identity_control(run, experiment, "2λ∫g² of the gradient flow in place of the integrals",
                      o->worst[GRADIENT_FLOW]);
  if (o->slope)
    hp_identity_control(run, experiment, "the Δ_∞ of a start at rest", o->worst[NO_VELOCITY]);
  char *note = hp_text("%zu zero crossings on the way, %zu coordinates end with Δ_∞ > Δ_0%s",
                       crossings, grown, skipped ? "; some masses do not come to rest" : "");
  run->bound_proved_by = hp_copy_text(crossings ? "derivation in spec/README.md#b4"
                                                : "spec/coq/b4_balancedness.v: b4_balancedness");
  hp_identity_judge(run, note);
  free(note);
  return true;
}

/* ---- small lambda ---- */

enum { SMALL_ROWS = 7, FIRST_POWER = 2, SMALL_DIGITS = 20 };

/* |(1/lambda) ln(Delta_0/Delta_inf) - I|, and how far apart it lies for the two values of Delta_inf. */
static void remainder_of(mpfr_t value, mpfr_t other, const hp_diagonal_limit *limit,
                         const mpq_t lambda, const mpfr_t I[]) {
  mpfr_prec_t bits = mpfr_get_prec(limit->loss);
  mpfr_t *x = hp_vector_new_mpfr(limit->d, bits);
  mpfr_t *const delta[2] = {limit->delta_inf, limit->delta_end};
  for (int i = 0; i < 2; ++i) {
    for (size_t j = 0; j < limit->d; ++j) {
      mpfr_div(x[j], limit->delta_0[j], delta[i][j], MPFR_RNDN);
      mpfr_log(x[j], x[j], MPFR_RNDN);
      mpfr_div_q(x[j], x[j], lambda, MPFR_RNDN);
      mpfr_sub(x[j], x[j], I[j], MPFR_RNDN);
    }
    hp_vector_norm_mpfr(i ? other : value, limit->d, x);
  }
  hp_vector_free_mpfr(limit->d, x);
}

static bool go_on(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* I and |C| at two precisions. */
static hp_taylor_status predict(mpfr_t I[], mpfr_t constant, mpfr_t radius, const identity *o) {
  size_t d = o->network->d;
  hp_taylor_status status = HP_TAYLOR_DONE;
  mpfr_t *result = hp_vector_new_mpfr(2 * d, mpfr_get_prec(constant));
  for (int i = 0; i < 2 && status == HP_TAYLOR_DONE; ++i) {
    hp_taylor_options options = {.digits = o->experiment->digits + 8 + 8 * i,
                                 .keep_going = go_on,
                                 .context = (void *)o->experiment};
    status = hp_diagonal_small_mass(result, o->network, o->gradient_flow->time, &options);
    hp_vector_norm_mpfr(i ? constant : radius, d, result + d);
  }
  mpfr_sub(radius, constant, radius, MPFR_RNDA);
  mpfr_abs(radius, radius, MPFR_RNDA);
  for (size_t j = 0; j < d; ++j)
    mpfr_set(I[j], result[j], MPFR_RNDN);
  hp_vector_free_mpfr(2 * d, result);
  return status;
}

static void small_series(hp_convergence *series, hp_experiment *ladder, mpq_t step[],
                         const hp_experiment *experiment, mpfr_prec_t bits) {
  *ladder = *experiment;
  ladder->n_steps = SMALL_ROWS;
  ladder->step = step;
  for (int i = 0; i < SMALL_ROWS; ++i) {
    mpq_init(step[i]);
    mpq_set_ui(step[i], 1, 1);
    mpq_div_2exp(step[i], step[i], (unsigned)(FIRST_POWER + i));
  }
  *series = (hp_convergence){
      .claim = "B4",
      .observable = "|ln(Δ_0/Δ_∞)/λ - I|",
      .law = {.quotient = "|ln(Δ_0/Δ_∞)/λ - I|/λ",
              .constant_name = "|C|",
              .what = "|C|, C = 4∫g·(Dg θ_1) dt - g(θ_0)² along the gradient flow, "
                      "I = 2∫g² dt; h is λ",
              .expected = 1,
              .wrong_order = 2,
              .smallness_name = "λ"}};
  hp_convergence_init(series, ladder, bits);
}

static bool small_run(identity *o, hp_results *results) {
  size_t d = o->network->d;
  mpfr_prec_t bits = hp_diagonal_bits(o->experiment->digits + 16);
  mpq_t step[SMALL_ROWS];
  hp_experiment ladder;
  hp_convergence series;
  mpfr_t constant, radius, value, other;
  mpfr_t *I = hp_vector_new_mpfr(d, bits), *nothing = hp_vector_new_mpfr(d, bits);
  mpfr_t *no_integral = hp_vector_new_mpfr(SMALL_ROWS, bits);
  mpfr_t *half = hp_vector_new_mpfr(SMALL_ROWS, bits);
  mpfr_inits2(bits, constant, radius, value, other, (mpfr_ptr)0);
  small_series(&series, &ladder, step, o->experiment, bits);
  hp_taylor_status status = predict(I, constant, radius, o);
  bool going = status != HP_TAYLOR_INTERRUPTED;
  series.law.predicted = constant;
  series.law.uncertainty = radius;
  series.law.smallness = mpq_get_d(step[SMALL_ROWS - 1]);
  for (size_t i = 0; i < SMALL_ROWS && going && status == HP_TAYLOR_DONE; ++i) {
    hp_diagonal_limit limit;
    hp_diagonal_flow_options options = hp_b_flow_options(o->experiment, step[i]);
    options.digits = SMALL_DIGITS;
    hp_diagonal_limit_init(&limit, d, hp_diagonal_bits(SMALL_DIGITS));
    hp_diagonal_status reached = hp_diagonal_flow(&limit, o->network, &options);
    going = reached != HP_DIAGONAL_INTERRUPTED;
    if (reached == HP_DIAGONAL_RESTED) {
      size_t row = series.law.n_rows;
      remainder_of(value, other, &limit, step[i], I);
      hp_convergence_add(&series, i, limit.steps, value, other);
      remainder_of(no_integral[row], other, &limit, step[i], nothing);
      for (size_t j = 0; j < d; ++j)
        mpfr_div_2ui(nothing[j], I[j], 1, MPFR_RNDN);
      remainder_of(half[row], other, &limit, step[i], nothing);
      for (size_t j = 0; j < d; ++j)
        mpfr_set_zero(nothing[j], 1);
    }
    hp_diagonal_limit_clear(&limit);
  }
  if (going) {
    hp_run *run = hp_convergence_run(&series, results);
    if (series.law.n_rows >= 3) {
      hp_convergence_control(&series, run, "I left out", no_integral);
      hp_convergence_control(&series, run, "∫g² dt in place of 2∫g² dt", half);
    }
    run->x_label = hp_copy_text("mass of the flow, h");
    run->y_label = hp_copy_text("|ln(Δ_0/Δ_∞)/λ - 2∫g² dt|");
    hp_convergence_curve(&series, run, "measured", series.law.value);
    hp_convergence_judge(&series, run, "");
  }
  hp_convergence_clear(&series);
  for (int i = 0; i < SMALL_ROWS; ++i)
    mpq_clear(step[i]);
  mpfr_clears(constant, radius, value, other, (mpfr_ptr)0);
  hp_vector_free_mpfr(SMALL_ROWS, half);
  hp_vector_free_mpfr(SMALL_ROWS, no_integral);
  hp_vector_free_mpfr(d, nothing);
  hp_vector_free_mpfr(d, I);
  return going;
}

/* ---- all three ---- */

static bool runs(identity *o, hp_results *results) {
  hp_diagonal_limit flow;
  mpq_t zero, one;
  mpq_inits(zero, one, (mpq_ptr)0);
  mpq_set_ui(one, 1, 1);
  hp_diagonal_flow_options options = hp_b_flow_options(o->experiment, zero);
  options.digits += 8;
  hp_diagonal_limit_init(&flow, o->network->d, hp_diagonal_bits(options.digits));
  hp_diagonal_status status = hp_diagonal_flow(&flow, o->network, &options);
  bool going = status != HP_DIAGONAL_INTERRUPTED;
  o->gradient_flow = &flow;
  for (int moving = 0; moving < 2 && going; ++moving) {
    o->slope = moving ? one : NULL;
    for (int i = 0; i < WRONG; ++i) {
      mpfr_init2(o->worst[i], 64);
      mpfr_set_zero(o->worst[i], 1);
    }
    going = identity_run(o, results);
    for (int i = 0; i < WRONG; ++i)
      mpfr_clear(o->worst[i]);
  }
  going = going && small_run(o, results);
  o->gradient_flow = NULL;
  o->slope = NULL;
  hp_diagonal_limit_clear(&flow);
  mpq_clears(zero, one, (mpq_ptr)0);
  return going;
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  static const char *const observable[] = {"Δ_∞", "Δ_∞, moving start", "|ln(Δ_0/Δ_∞)/λ - I|"};
  const char *why = hp_b_obstacle(experiment, true);
  if (why) {
    for (int i = 0; i < 3; ++i)
      hp_b_not_applicable(results, experiment, "B4", observable[i], why);
    return true;
  }
  hp_diagonal_network network;
  hp_results own = {0};
  hp_diagonal_network_of(&network, experiment->problem);
  identity o = {.experiment = experiment, .network = &network};
  bool going = runs(&o, &own);
  if (going)
    hp_results_move(results, &own);
  hp_results_clear(&own);
  hp_diagonal_network_clear(&network);
  return going;
}
