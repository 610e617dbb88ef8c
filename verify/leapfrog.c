#include "leapfrog.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { ASK_EVERY = 256 };

void hp_leapfrog_constants(mpq_t gamma, mpq_t beta, const hp_leapfrog *method) {
  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  mpq_div(beta, method->epsilon, method->lambda);
  mpq_mul(gamma, beta, method->epsilon);
  mpq_sub(beta, one, beta);
  mpq_clear(one);
}

/* The descent in the form of the momentum recurrence: momentum beta, step gamma, a = 0. */
static void state_init(hp_momentum_mpfr *state, const hp_problem *problem,
                       const hp_leapfrog *method, mpfr_prec_t precision_bits) {
  mpq_t gamma, beta, zero;
  mpq_inits(gamma, beta, zero, (mpq_ptr)0);
  hp_leapfrog_constants(gamma, beta, method);
  hp_momentum_init_mpfr(state, problem->gradient_program, beta, zero, gamma, problem->start,
                        precision_bits);
  if (method->start == HP_LEAPFROG_SYMMETRIC) {
    /* v_0 = (w_0 - w_{-1})/gamma = grad F(w_0)/(1 + beta) */
    hp_evaluate_mpfr(&state->evaluator, state->u, state->g);
    mpfr_add_ui(state->product, state->lambda, 1, MPFR_RNDN);
    for (size_t i = 0; i < problem->n_params; ++i)
      mpfr_div(state->v[i], state->g[i], state->product, MPFR_RNDN);
  }
  mpq_clears(gamma, beta, zero, (mpq_ptr)0);
}

static bool is_finite(const hp_momentum_mpfr *state) {
  for (size_t i = 0; i < state->gradient->n_inputs; ++i)
    if (!mpfr_number_p(state->u[i]))
      return false;
  return true;
}

static bool go_on(const hp_experiment *experiment, long k) {
  return k % ASK_EVERY != 0 || !experiment->keep_going ||
         experiment->keep_going(experiment->context);
}

void hp_leapfrog_pass_init(hp_leapfrog_pass *pass, size_t n_targets, mpfr_prec_t precision_bits) {
  *pass = (hp_leapfrog_pass){.precision_bits = precision_bits, .n_targets = n_targets};
  pass->target = hp_allocate(n_targets, sizeof *pass->target);
  mpfr_init2(pass->double_error, precision_bits);
  for (size_t i = 0; i < n_targets; ++i)
    mpfr_init2(pass->target[i].error, precision_bits);
}

void hp_leapfrog_pass_clear(hp_leapfrog_pass *pass) {
  for (size_t i = 0; i < pass->n_targets; ++i)
    mpfr_clear(pass->target[i].error);
  mpfr_clear(pass->double_error);
  free(pass->target);
}

void hp_leapfrog_peak_add(hp_leapfrog_peak *peak, double value) {
  double a = peak->before, b = peak->last, bend = 2 * b - a - value;
  if (peak->count >= 2 && b >= a && b >= value && bend > 0)
    peak->most = fmax(peak->most, b + (value - a) * (value - a) / (8 * bend));
  if (peak->count == 1)
    peak->most = b;
  peak->before = b;
  peak->last = value;
  ++peak->count;
}

double hp_leapfrog_peak_end(const hp_leapfrog_peak *peak) {
  return fmax(peak->most, peak->last);
}

typedef struct {
  hp_leapfrog_pass *pass;
  size_t d, longest; /* of the flows' dimensions */
  hp_momentum_mpfr state;
  hp_momentum_double in_double;
  mpfr_t t, epsilon, sum, x;
  mpfr_t *flow;
  hp_leapfrog_peak *peak; /* of each target's squares */
} walk;

static void walk_init(walk *w, hp_leapfrog_pass *pass, const hp_problem *problem,
                      const hp_leapfrog *method) {
  w->pass = pass;
  w->longest = 0;
  w->d = problem->n_params;
  state_init(&w->state, problem, method, pass->precision_bits);
  if (pass->with_double) {
    mpq_t gamma, beta, zero;
    mpq_inits(gamma, beta, zero, (mpq_ptr)0);
    hp_leapfrog_constants(gamma, beta, method);
    hp_momentum_double_init(&w->in_double, problem->gradient_program, beta, zero, gamma,
                            problem->start);
    mpq_clears(gamma, beta, zero, (mpq_ptr)0);
  }
  mpfr_inits2(pass->precision_bits, w->t, w->epsilon, w->sum, w->x, (mpfr_ptr)0);
  mpfr_set_q(w->epsilon, method->epsilon, MPFR_RNDN);
  for (size_t i = 0; i < pass->n_targets; ++i) {
    size_t dimension = hp_trajectory_dimension(pass->target[i].flow);
    w->longest = dimension > w->longest ? dimension : w->longest;
  }
  w->flow = hp_vector_new_mpfr(w->longest, pass->precision_bits);
  w->peak = hp_allocate(pass->n_targets, sizeof *w->peak);
  mpfr_set_zero(pass->double_error, 1);
  for (size_t i = 0; i < pass->n_targets; ++i) {
    mpfr_set_zero(pass->target[i].error, 1);
  }
}

static void walk_clear(walk *w) {
  free(w->peak);
  hp_vector_free_mpfr(w->longest, w->flow);
  mpfr_clears(w->t, w->epsilon, w->sum, w->x, (mpfr_ptr)0);
  if (w->pass->with_double)
    hp_momentum_double_clear(&w->in_double);
  hp_momentum_clear_mpfr(&w->state);
}

/* Maxima of squares until the end. */
static void raise_to(mpfr_t most, const mpfr_t value) {
  if (!mpfr_lessequal_p(value, most))
    mpfr_set(most, value, MPFR_RNDN);
}

static void add_term(walk *w, const hp_leapfrog_target *target) {
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_mul(w->x, w->flow[target->term + i], w->epsilon, MPFR_RNDN);
    mpfr_add(w->flow[i], w->flow[i], w->x, MPFR_RNDN);
  }
}

static void compare(walk *w, hp_leapfrog_target *target, hp_leapfrog_peak *peak) {
  hp_trajectory_eval(target->flow, w->t, w->flow, NULL);
  if (target->term)
    add_term(w, target);
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub(w->x, w->state.u[i], w->flow[i], MPFR_RNDN);
    mpfr_sqr(w->x, w->x, MPFR_RNDN);
    mpfr_add(w->sum, w->sum, w->x, MPFR_RNDN);
  }
  raise_to(target->error, w->sum);
  hp_leapfrog_peak_add(peak, mpfr_get_d(w->sum, MPFR_RNDN));
}

/* The target's positions stand in flow. */
static void compare_double(walk *w) {
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub_d(w->x, w->flow[i], w->in_double.u[i], MPFR_RNDN);
    mpfr_sqr(w->x, w->x, MPFR_RNDN);
    mpfr_add(w->sum, w->sum, w->x, MPFR_RNDN);
  }
  if (mpfr_nan_p(w->sum))
    mpfr_set_inf(w->sum, 1);
  raise_to(w->pass->double_error, w->sum);
}

static void visit(walk *w, long k) {
  hp_leapfrog_pass *pass = w->pass;
  mpfr_mul_si(w->t, w->epsilon, k, MPFR_RNDN);
  for (size_t i = 0; i < pass->n_targets; ++i) {
    compare(w, &pass->target[i], &w->peak[i]);
    if (pass->with_double && i == pass->double_target)
      compare_double(w);
  }
}

static void finish(const hp_leapfrog_pass *pass, mpfr_ptr most) {
  if (pass->finite)
    mpfr_sqrt(most, most, MPFR_RNDN);
  else
    mpfr_set_inf(most, 1);
}

bool hp_leapfrog_run(hp_leapfrog_pass *pass, const hp_experiment *experiment,
                     const hp_leapfrog *method) {
  long steps = hp_ladder_steps(experiment, method->epsilon);
  bool going = true;
  walk w;
  walk_init(&w, pass, experiment->problem, method);
  pass->finite = true;
  for (long k = 0; k <= steps && going && pass->finite; ++k) {
    visit(&w, k);
    if (k < steps) {
      hp_momentum_step_mpfr(&w.state);
      if (pass->with_double)
        hp_momentum_double_step(&w.in_double);
    }
    pass->finite = is_finite(&w.state);
    going = go_on(experiment, k);
  }
  finish(pass, pass->double_error);
  for (size_t i = 0; i < pass->n_targets; ++i) {
    finish(pass, pass->target[i].error);
    pass->target[i].peak = sqrt(hp_leapfrog_peak_end(&w.peak[i]));
  }
  walk_clear(&w);
  return going;
}

/* ---- two descents ---- */

bool hp_leapfrog_follow(hp_leapfrog_path *path, const hp_experiment *experiment,
                        const hp_leapfrog *method, mpfr_prec_t precision_bits) {
  size_t d = experiment->problem->n_params;
  long steps = hp_ladder_steps(experiment, method->epsilon);
  *path = (hp_leapfrog_path){.d = d, .steps = steps, .finite = true};
  path->w = hp_vector_new_mpfr((size_t)(steps + 1) * d, precision_bits);
  hp_momentum_mpfr state;
  state_init(&state, experiment->problem, method, precision_bits);
  bool going = true;
  for (long k = 0; k <= steps && going && path->finite; ++k) {
    if (k > 0)
      hp_momentum_step_mpfr(&state);
    for (size_t i = 0; i < d; ++i)
      mpfr_set(path->w[(size_t)k * d + i], state.u[i], MPFR_RNDN);
    path->finite = is_finite(&state);
    going = go_on(experiment, k);
  }
  hp_momentum_clear_mpfr(&state);
  if (!going)
    hp_leapfrog_path_clear(path);
  return going;
}

void hp_leapfrog_path_clear(hp_leapfrog_path *path) {
  hp_vector_free_mpfr((size_t)(path->steps + 1) * path->d, path->w);
}

void hp_leapfrog_distance(mpfr_t result, double *peak, const hp_leapfrog_path *coarse,
                          const hp_leapfrog_path *fine, long m) {
  size_t d = coarse->d;
  mpfr_t sum, x;
  hp_leapfrog_peak squares = {0};
  mpfr_inits2(mpfr_get_prec(result), sum, x, (mpfr_ptr)0);
  mpfr_set_zero(result, 1);
  for (long k = 0; k <= coarse->steps && m * k <= fine->steps; ++k) {
    mpfr_set_zero(sum, 1);
    for (size_t i = 0; i < d; ++i) {
      mpfr_sub(x, coarse->w[(size_t)k * d + i], fine->w[(size_t)(m * k) * d + i], MPFR_RNDN);
      mpfr_sqr(x, x, MPFR_RNDN);
      mpfr_add(sum, sum, x, MPFR_RNDN);
    }
    raise_to(result, sum);
    hp_leapfrog_peak_add(&squares, mpfr_get_d(sum, MPFR_RNDN));
  }
  *peak = sqrt(hp_leapfrog_peak_end(&squares));
  mpfr_sqrt(result, result, MPFR_RNDN);
  if (!coarse->finite || !fine->finite)
    mpfr_set_inf(result, 1);
  mpfr_clears(sum, x, (mpfr_ptr)0);
}

enum { SENSITIVITY_BITS = 24 };

mpfr_prec_t hp_leapfrog_bits(long steps, double digits) {
  return (mpfr_prec_t)ceil(digits * 3.3219280948873626 + 2 * log2((double)steps + 1)) +
         SENSITIVITY_BITS;
}
