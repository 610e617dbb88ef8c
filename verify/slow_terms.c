#include "slow_terms.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/maximum.h"
#include <math.h>

/* ---- the trajectory ---- */

hp_taylor_status hp_slow_terms_open(hp_slow_terms *terms, const hp_experiment *experiment,
                                    double digits) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t bits = hp_flow_bits(digits);
  *terms = (hp_slow_terms){.experiment = experiment, .digits = digits};
  terms->f0 = hp_vector_new_mpfr(d, bits);
  mpfr_init2(terms->f0_norm, bits);
  mpfr_t *start = hp_flow_start(experiment, 3 * d, digits);
  hp_flow_slopes(experiment, terms->f0, start + 2 * d, bits);
  hp_vector_norm_mpfr(terms->f0_norm, d, terms->f0);
  hp_program *field = hp_field_second_order_terms(problem, experiment->momentum);
  hp_taylor_status status = hp_flow_integrate(&terms->flow, experiment, field, start, bits, digits);
  bits = hp_trajectory_precision(terms->flow);
  terms->product = hp_field_gradient_product(problem);
  hp_evaluator_mpfr_init(&terms->evaluator, terms->product, bits);
  terms->point = hp_vector_new_mpfr(3 * d, bits);
  terms->slope = hp_vector_new_mpfr(3 * d, bits);
  terms->ff = hp_vector_new_mpfr(d, bits);
  return status;
}

void hp_slow_terms_clear(hp_slow_terms *terms) {
  size_t d = terms->experiment->problem->n_params;
  hp_vector_free_mpfr(d, terms->ff);
  hp_vector_free_mpfr(3 * d, terms->slope);
  hp_vector_free_mpfr(3 * d, terms->point);
  hp_evaluator_mpfr_clear(&terms->evaluator);
  hp_program_free(terms->product);
  hp_trajectory_free(terms->flow);
  mpfr_clear(terms->f0_norm);
  hp_vector_free_mpfr(d, terms->f0);
}

static unsigned long grid_size(const hp_slow_terms *terms) {
  return 256 + 8 * hp_trajectory_steps(terms->flow);
}

static void set_horizon(mpfr_t t, const hp_slow_terms *terms) {
  hp_trajectory_end(terms->flow, t);
}

/* ---- second order ---- */

typedef struct {
  hp_slow_terms *terms;
  mpfr_t tall, bush, shift; /* factors of A, f'f(ubar) and Z */
} combination;

static void combination_init(combination *c, hp_slow_terms *terms, const hp_second_order *e) {
  mpq_t factor, one;
  mpq_inits(factor, one, (mpq_ptr)0);
  c->terms = terms;
  mpfr_inits2(hp_trajectory_precision(terms->flow), c->tall, c->bush, c->shift, (mpfr_ptr)0);
  mpfr_set_q(c->tall, e->tall, MPFR_RNDN);
  mpq_set_ui(one, 1, 1);
  mpq_sub(factor, one, terms->experiment->momentum);
  mpq_mul(factor, factor, e->bush);
  mpfr_set_q(c->bush, factor, MPFR_RNDN);
  mpq_sub(factor, e->shift, factor);
  mpfr_set_q(c->shift, factor, MPFR_RNDN);
  mpq_clears(factor, one, (mpq_ptr)0);
}

static void combination_clear(combination *c) {
  mpfr_clears(c->tall, c->bush, c->shift, (mpfr_ptr)0);
}

/* |E(t)|^2 */
static void size_of_term(mpfr_t value, const mpfr_t t, void *context) {
  combination *c = context;
  hp_slow_terms *terms = c->terms;
  size_t d = terms->experiment->problem->n_params;
  hp_trajectory_eval(terms->flow, t, terms->point, NULL);
  hp_evaluate_mpfr(&terms->evaluator, terms->point, terms->ff);
  mpfr_set_zero(value, 1);
  for (size_t i = 0; i < d; ++i) {
    mpfr_ptr e = terms->ff[i], x = terms->point[d + i];
    mpfr_mul(e, e, c->bush, MPFR_RNDN);
    mpfr_mul(x, x, c->tall, MPFR_RNDN);
    mpfr_add(e, e, x, MPFR_RNDN);
    x = terms->point[2 * d + i];
    mpfr_mul(x, x, c->shift, MPFR_RNDN);
    mpfr_add(e, e, x, MPFR_RNDN);
    mpfr_sqr(e, e, MPFR_RNDN);
    mpfr_add(value, value, e, MPFR_RNDN);
  }
}

void hp_second_order_limit(mpfr_t limit, mpfr_t at, hp_slow_terms *terms, const hp_second_order *e,
                           const mpq_t from) {
  combination c;
  mpfr_t low, high;
  combination_init(&c, terms, e);
  mpfr_inits2(hp_trajectory_precision(terms->flow), low, high, (mpfr_ptr)0);
  mpfr_set_q(low, from, MPFR_RNDN);
  set_horizon(high, terms);
  hp_maximum(limit, at, size_of_term, &c, low, high, grid_size(terms));
  mpfr_sqrt(limit, limit, MPFR_RNDN);
  mpfr_clears(low, high, (mpfr_ptr)0);
  combination_clear(&c);
}

/* The n with nh next to t, below or above, inside [from, T]; t := nh. */
static void grid_time(mpfr_t t, const mpfr_t at, const mpq_t h, bool above, const mpq_t from,
                      const mpq_t T) {
  mpq_t n, least, most;
  mpz_t whole;
  mpq_inits(n, least, most, (mpq_ptr)0);
  mpz_init(whole);
  mpq_div(least, from, h);
  mpz_cdiv_q(whole, mpq_numref(least), mpq_denref(least));
  mpq_set_z(least, whole);
  mpq_div(most, T, h);
  mpz_fdiv_q(whole, mpq_numref(most), mpq_denref(most));
  mpq_set_z(most, whole);
  mpfr_div_q(t, at, h, MPFR_RNDN);
  mpfr_get_z(whole, t, above ? MPFR_RNDU : MPFR_RNDD);
  mpq_set_z(n, whole);
  if (mpq_cmp(n, least) < 0)
    mpq_set(n, least);
  if (mpq_cmp(n, most) > 0)
    mpq_set(n, most);
  mpq_mul(n, n, h);
  mpfr_set_q(t, n, MPFR_RNDN);
  mpz_clear(whole);
  mpq_clears(n, least, most, (mpq_ptr)0);
}

void hp_second_order_on_grid(mpfr_t value, hp_slow_terms *terms, const hp_second_order *e,
                             const mpq_t from, const mpfr_t at, const mpq_t h) {
  combination c;
  mpfr_t t, size;
  combination_init(&c, terms, e);
  mpfr_inits2(hp_trajectory_precision(terms->flow), t, size, (mpfr_ptr)0);
  mpfr_set_zero(value, 1);
  for (int above = 0; above < 2; ++above) {
    grid_time(t, at, h, above, from, terms->experiment->horizon);
    size_of_term(size, t, &c);
    mpfr_max(value, value, size, MPFR_RNDN);
  }
  mpfr_sqrt(value, value, MPFR_RNDN);
  mpfr_clears(t, size, (mpfr_ptr)0);
  combination_clear(&c);
}

/* ---- first order ---- */

/* |f(ubar(t))|^2 = (1-lambda)^2 |ubar'|^2, left to the caller the factor */
static void size_of_velocity(mpfr_t value, const mpfr_t t, void *context) {
  hp_slow_terms *terms = context;
  hp_trajectory_eval(terms->flow, t, terms->point, terms->slope);
  mpfr_set_zero(value, 1);
  for (size_t i = 0; i < terms->experiment->problem->n_params; ++i) {
    mpfr_sqr(terms->ff[i], terms->slope[i], MPFR_RNDN);
    mpfr_add(value, value, terms->ff[i], MPFR_RNDN);
  }
}

/* The two fast modes, step by step. */
typedef struct {
  mpfr_t lambda, r, p, q, slow; /* p lambda^n, q r^n, D */
  mpfr_t sum, threshold;
} modes;

static void modes_init(modes *m, const hp_slow_terms *terms, const hp_layer_terms *layer) {
  const hp_experiment *experiment = terms->experiment;
  mpfr_inits2(hp_trajectory_precision(terms->flow), m->lambda, m->r, m->p, m->q, m->slow, m->sum,
              m->threshold, (mpfr_ptr)0);
  mpfr_set_q(m->lambda, experiment->momentum, MPFR_RNDN);
  if (mpq_sgn(layer->q))
    hp_fast_decay(m->r, experiment->momentum, experiment->a);
  mpfr_set_q(m->p, layer->p, MPFR_RNDN);
  mpfr_set_q(m->q, layer->q, MPFR_RNDN);
  mpfr_add(m->slow, m->p, m->q, MPFR_RNDN);
  mpfr_neg(m->slow, m->slow, MPFR_RNDN);
  mpfr_hypot(m->threshold, m->p, m->q, MPFR_RNDN);
}

static void modes_clear(modes *m) {
  mpfr_clears(m->lambda, m->r, m->p, m->q, m->slow, m->sum, m->threshold, (mpfr_ptr)0);
}

static void modes_step(modes *m) {
  mpfr_mul(m->p, m->p, m->lambda, MPFR_RNDN);
  if (!mpfr_zero_p(m->q))
    mpfr_mul(m->q, m->q, m->r, MPFR_RNDN);
}

/* Is p lambda^n or q r^n still above 10^-exponent of its start? */
static bool modes_last(modes *m, int exponent) {
  mpfr_hypot(m->sum, m->p, m->q, MPFR_RNDN);
  mpfr_div(m->sum, m->sum, m->threshold, MPFR_RNDN);
  return mpfr_cmp_d(m->sum, pow(10, -exponent)) > 0;
}

static bool is_zero(const hp_layer_terms *layer) {
  return !mpq_sgn(layer->p) && !mpq_sgn(layer->q);
}

enum { MOST_LAYER_STEPS = 1000000 };

void hp_layer_limit(mpfr_t limit, mpfr_t at, long *at_n, hp_slow_terms *terms,
                    const hp_layer_terms *layer) {
  modes m;
  mpfr_t size, low, high;
  mpq_t lambda_bar;
  mpfr_set_zero(limit, 1);
  mpfr_set_zero(at, 1);
  *at_n = 0;
  if (is_zero(layer))
    return;
  modes_init(&m, terms, layer);
  mpfr_inits2(hp_trajectory_precision(terms->flow), size, low, high, (mpfr_ptr)0);
  for (long n = 0; n < MOST_LAYER_STEPS && modes_last(&m, 40); ++n) {
    mpfr_add(size, m.p, m.q, MPFR_RNDN);
    mpfr_add(size, size, m.slow, MPFR_RNDN);
    mpfr_abs(size, size, MPFR_RNDN);
    if (mpfr_greater_p(size, limit)) {
      mpfr_set(limit, size, MPFR_RNDN);
      *at_n = n;
    }
    modes_step(&m);
  }
  mpfr_mul(limit, limit, terms->f0_norm, MPFR_RNDN);
  if (!mpfr_zero_p(m.slow)) {
    mpfr_set_zero(low, 1);
    set_horizon(high, terms);
    mpfr_t where;
    mpfr_init2(where, mpfr_get_prec(at));
    hp_maximum(size, where, size_of_velocity, terms, low, high, grid_size(terms));
    mpfr_sqrt(size, size, MPFR_RNDN);
    mpq_init(lambda_bar);
    hp_lambda_bar(lambda_bar, terms->experiment->momentum);
    mpfr_div_q(size, size, lambda_bar, MPFR_RNDN);
    mpq_clear(lambda_bar);
    mpfr_mul(size, size, m.slow, MPFR_RNDN);
    mpfr_abs(size, size, MPFR_RNDN);
    if (mpfr_greaterequal_p(size, limit)) {
      mpfr_set(limit, size, MPFR_RNDN);
      mpfr_set(at, where, MPFR_RNDN);
      *at_n = 0;
    }
    mpfr_clear(where);
  }
  mpfr_clears(size, low, high, (mpfr_ptr)0);
  modes_clear(&m);
}

/* value := max(value, |D f(ubar(t)) + (p lambda^n + q r^n) f(u_0)|^2) */
static void raise_to_term(mpfr_t value, hp_slow_terms *terms, modes *m, const mpfr_t t,
                          bool layer) {
  mpq_t lambda_bar;
  mpfr_t sum;
  mpq_init(lambda_bar);
  mpfr_init2(sum, mpfr_get_prec(value));
  hp_lambda_bar(lambda_bar, terms->experiment->momentum);
  hp_trajectory_eval(terms->flow, t, terms->point, terms->slope);
  mpfr_set_zero(sum, 1);
  mpfr_add(m->sum, m->p, m->q, MPFR_RNDN);
  for (size_t i = 0; i < terms->experiment->problem->n_params; ++i) {
    mpfr_ptr x = terms->slope[i], y = terms->ff[i];
    mpfr_div_q(x, x, lambda_bar, MPFR_RNDN);
    mpfr_mul(x, x, m->slow, MPFR_RNDN);
    if (layer) {
      mpfr_mul(y, terms->f0[i], m->sum, MPFR_RNDN);
      mpfr_add(x, x, y, MPFR_RNDN);
    }
    mpfr_sqr(x, x, MPFR_RNDN);
    mpfr_add(sum, sum, x, MPFR_RNDN);
  }
  mpfr_max(value, value, sum, MPFR_RNDN);
  mpfr_clear(sum);
  mpq_clear(lambda_bar);
}

void hp_layer_on_grid(mpfr_t value, hp_slow_terms *terms, const hp_layer_terms *layer,
                      const mpfr_t at, const mpq_t h) {
  const hp_experiment *experiment = terms->experiment;
  modes m;
  mpfr_t t, end;
  mpq_t zero;
  mpq_init(zero);
  modes_init(&m, terms, layer);
  mpfr_inits2(hp_trajectory_precision(terms->flow), t, end, (mpfr_ptr)0);
  mpfr_set_q(end, experiment->horizon, MPFR_RNDN);
  mpfr_set_zero(value, 1);
  for (long n = 0; n < MOST_LAYER_STEPS && modes_last(&m, 12); ++n) {
    mpfr_set_si(t, n, MPFR_RNDN);
    mpfr_mul_q(t, t, h, MPFR_RNDN);
    if (mpfr_greater_p(t, end))
      break;
    raise_to_term(value, terms, &m, t, true);
    modes_step(&m);
  }
  for (int above = 0; above < 2; ++above) {
    grid_time(t, at, h, above, zero, experiment->horizon);
    double n = mpfr_get_d(t, MPFR_RNDN) / mpq_get_d(h);
    if (hp_layer_left(terms, layer, n) < 1e-12 * hp_layer_left(terms, layer, 0))
      raise_to_term(value, terms, &m, t, false);
  }
  mpfr_sqrt(value, value, MPFR_RNDN);
  mpq_clear(zero);
  mpfr_clears(t, end, (mpfr_ptr)0);
  modes_clear(&m);
}

double hp_layer_left(const hp_slow_terms *terms, const hp_layer_terms *layer, double n) {
  const hp_experiment *experiment = terms->experiment;
  double p = mpq_get_d(layer->p), q = mpq_get_d(layer->q);
  double left = p * pow(mpq_get_d(experiment->momentum), n);
  if (q != 0) {
    mpfr_t r;
    mpfr_init2(r, 53);
    hp_fast_decay(r, experiment->momentum, experiment->a);
    left += q * pow(mpfr_get_d(r, MPFR_RNDN), n);
    mpfr_clear(r);
  }
  return fabs(left) * mpfr_get_d(terms->f0_norm, MPFR_RNDN);
}
