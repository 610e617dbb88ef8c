#include "ladder.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include <math.h>
#include <stdlib.h>

void hp_ladder_pass_init(hp_ladder_pass *pass, size_t n_targets, mpfr_prec_t precision_bits) {
  *pass = (hp_ladder_pass){.precision_bits = precision_bits, .n_targets = n_targets};
  pass->target = hp_allocate(n_targets, sizeof *pass->target);
  mpfr_inits2(precision_bits, pass->double_error, pass->rounding, (mpfr_ptr)0);
  for (size_t i = 0; i < n_targets; ++i)
    mpfr_inits2(precision_bits, pass->target[i].error, pass->target[i].term,
                pass->target[i].remainder, (mpfr_ptr)0);
}

void hp_ladder_pass_clear(hp_ladder_pass *pass) {
  for (size_t i = 0; i < pass->n_targets; ++i)
    mpfr_clears(pass->target[i].error, pass->target[i].term, pass->target[i].remainder,
                (mpfr_ptr)0);
  mpfr_clears(pass->double_error, pass->rounding, (mpfr_ptr)0);
  free(pass->target);
}

long hp_ladder_steps(const hp_experiment *experiment, const mpq_t h) {
  mpq_t ratio;
  mpz_t floor;
  mpq_init(ratio);
  mpz_init(floor);
  mpq_div(ratio, experiment->horizon, h);
  mpz_fdiv_q(floor, mpq_numref(ratio), mpq_denref(ratio));
  long steps = mpz_get_si(floor);
  mpz_clear(floor);
  mpq_clear(ratio);
  return steps;
}

bool hp_ladder_samples(long n, long steps) {
  enum { SAMPLES = 1 << 12 };
  long stride = 1;
  while (steps / (2 * stride) >= SAMPLES)
    stride *= 2;
  return n <= SAMPLES || n % stride == 0;
}

/* The walk over n: everything is at the precision of the pass. */
typedef struct {
  hp_ladder_pass *pass;
  size_t d;
  long steps;
  hp_momentum_mpfr state;
  mpfr_t t, power, layer, sum, x, shift;
  mpfr_t *f0, *flow; /* f(u_0); the values of one target, at most 2d */
  double *point;
  double ha, hp; /* h a, h lambda lambda_bar */
} walk;

static void walk_init(walk *w, hp_ladder_pass *pass, const hp_experiment *experiment,
                      const mpq_t h) {
  const hp_problem *problem = experiment->problem;
  mpq_t layer, scale;
  w->pass = pass;
  w->d = problem->n_params;
  w->steps = hp_ladder_steps(experiment, h);
  hp_momentum_init_mpfr(&w->state, problem->gradient_program, experiment->momentum, experiment->a,
                        h, problem->start, pass->precision_bits);
  mpfr_inits2(pass->precision_bits, w->t, w->power, w->layer, w->sum, w->x, w->shift, (mpfr_ptr)0);
  w->f0 = hp_vector_new_mpfr(w->d, pass->precision_bits);
  w->flow = hp_vector_new_mpfr(2 * w->d, pass->precision_bits);
  w->point = hp_allocate(w->d, sizeof *w->point);
  hp_evaluate_mpfr(&w->state.evaluator, w->state.u, w->f0);
  for (size_t i = 0; i < w->d; ++i)
    mpfr_neg(w->f0[i], w->f0[i], MPFR_RNDN);
  mpq_inits(layer, scale, (mpq_ptr)0);
  hp_a1_layer(layer, experiment->momentum);
  mpfr_set_q(w->layer, layer, MPFR_RNDN);
  mpfr_set_ui(w->power, 1, MPFR_RNDN);
  hp_lambda_bar(scale, experiment->momentum);
  w->ha = mpq_get_d(h) * mpq_get_d(experiment->a);
  w->hp = mpq_get_d(h) * mpq_get_d(experiment->momentum) * mpq_get_d(scale);
  mpq_clears(layer, scale, (mpq_ptr)0);
}

static void walk_clear(walk *w) {
  free(w->point);
  hp_vector_free_mpfr(2 * w->d, w->flow);
  hp_vector_free_mpfr(w->d, w->f0);
  mpfr_clears(w->t, w->power, w->layer, w->sum, w->x, w->shift, (mpfr_ptr)0);
  hp_momentum_clear_mpfr(&w->state);
}

/* sum := sum + x^2 */
static void add_square(walk *w) {
  mpfr_sqr(w->x, w->x, MPFR_RNDN);
  mpfr_add(w->sum, w->sum, w->x, MPFR_RNDN);
}

static bool raise_to(mpfr_t most, const mpfr_t value) {
  if (!mpfr_greater_p(value, most))
    return false;
  mpfr_set(most, value, MPFR_RNDN);
  return true;
}

static void compare(walk *w, hp_ladder_target *target, long n) {
  hp_trajectory_eval(target->flow, w->t, w->flow, NULL);
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub(w->x, w->state.u[i], w->flow[i], MPFR_RNDN);
    add_square(w);
  }
  if (raise_to(target->error, w->sum))
    target->at_n = n;
}

/* After compare: E(nh) stands in flow[d..2d). */
static void compare_first_order(walk *w, hp_ladder_target *target) {
  mpfr_mul(w->shift, w->layer, w->power, MPFR_RNDN);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_ptr term = w->flow[w->d + i];
    if (!target->no_layer) {
      mpfr_mul(w->x, w->shift, w->f0[i], MPFR_RNDN);
      mpfr_add(term, term, w->x, MPFR_RNDN);
    }
    mpfr_mul(term, term, w->state.h, MPFR_RNDN);
  }
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_set(w->x, w->flow[w->d + i], MPFR_RNDN);
    add_square(w);
  }
  raise_to(target->term, w->sum);
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub(w->x, w->state.u[i], w->flow[i], MPFR_RNDN);
    mpfr_sub(w->x, w->x, w->flow[w->d + i], MPFR_RNDN);
    add_square(w);
  }
  raise_to(target->remainder, w->sum);
}

/* The first target's ubar(nh) stands in flow[0..d). A path that left the finite numbers counts as
 * infinitely far. */
static void compare_double(walk *w, const hp_momentum_double *it) {
  mpfr_t *const other[2] = {w->flow, w->state.u};
  mpfr_t *const most[2] = {&w->pass->double_error, &w->pass->rounding};
  for (size_t k = 0; k < 2; ++k) {
    mpfr_set_zero(w->sum, 1);
    for (size_t i = 0; i < w->d; ++i) {
      mpfr_sub_d(w->x, other[k][i], it->u[i], MPFR_RNDN);
      add_square(w);
    }
    if (mpfr_nan_p(w->sum))
      mpfr_set_inf(w->sum, 1);
    raise_to(*most[k], w->sum);
  }
}

static void show_region(walk *w, double along) {
  for (size_t i = 0; i < w->d; ++i)
    w->point[i] =
        mpfr_get_d(w->state.u[i], MPFR_RNDN) + along * mpfr_get_d(w->state.v[i], MPFR_RNDN);
  hp_region_add(w->pass->region, w->point);
}

/* |f(y_n)| of the step just made */
static void show_field(walk *w) {
  double norm = 0;
  for (size_t i = 0; i < w->d; ++i)
    norm = hypot(norm, mpfr_get_d(w->state.g[i], MPFR_RNDN));
  if (isfinite(norm))
    w->pass->region->seen_B0 = fmax(w->pass->region->seen_B0, norm);
}

static bool is_finite(const walk *w) {
  for (size_t i = 0; i < w->d; ++i)
    if (!mpfr_number_p(w->state.u[i]))
      return false;
  return true;
}

static void visit(walk *w, long n, const hp_momentum_double *it) {
  hp_ladder_pass *pass = w->pass;
  mpfr_mul_si(w->t, w->state.h, n, MPFR_RNDN);
  size_t n_targets = hp_ladder_samples(n, w->steps) || pass->n_targets < 1 ? pass->n_targets : 1;
  for (size_t k = 0; k < n_targets; ++k) {
    if (pass->target[k].only_n && pass->target[k].only_n != n)
      continue;
    compare(w, &pass->target[k], n);
    if (k == 0 && it)
      compare_double(w, it);
    if (hp_trajectory_dimension(pass->target[k].flow) == 2 * w->d)
      compare_first_order(w, &pass->target[k]);
  }
  if (pass->region) {
    show_region(w, 0);
    show_region(w, w->ha);
    show_region(w, w->hp);
  }
}

/* Maxima of squares become maxima, or +infinity when the iterates left the finite numbers. */
static void finish(hp_ladder_pass *pass, mpfr_ptr most) {
  if (pass->finite)
    mpfr_sqrt(most, most, MPFR_RNDN);
  else
    mpfr_set_inf(most, 1);
}

bool hp_ladder_run(hp_ladder_pass *pass, const hp_experiment *experiment, const mpq_t h) {
  enum { ASK_EVERY = 256 };
  bool going = true;
  hp_momentum_double it;
  walk w;
  walk_init(&w, pass, experiment, h);
  if (pass->with_double)
    hp_momentum_double_init(&it, experiment->problem->gradient_program, experiment->momentum,
                            experiment->a, h, experiment->problem->start);
  mpfr_set_zero(pass->double_error, 1);
  mpfr_set_zero(pass->rounding, 1);
  for (size_t k = 0; k < pass->n_targets; ++k) {
    hp_ladder_target *target = &pass->target[k];
    mpfr_set_zero(target->error, 1);
    mpfr_set_zero(target->term, 1);
    mpfr_set_zero(target->remainder, 1);
    target->at_n = 0;
  }
  pass->finite = true;
  for (long n = 0; n <= w.steps && going && pass->finite; ++n) {
    visit(&w, n, pass->with_double ? &it : NULL);
    if (n < w.steps) {
      hp_momentum_step_mpfr(&w.state);
      if (pass->region)
        show_field(&w);
      if (pass->with_double)
        hp_momentum_double_step(&it);
      mpfr_mul(w.power, w.power, w.state.lambda, MPFR_RNDN);
    }
    pass->finite = is_finite(&w);
    if (n % ASK_EVERY == 0 && experiment->keep_going)
      going = experiment->keep_going(experiment->context);
  }
  finish(pass, pass->double_error);
  finish(pass, pass->rounding);
  for (size_t k = 0; k < pass->n_targets; ++k) {
    finish(pass, pass->target[k].error);
    finish(pass, pass->target[k].term);
    finish(pass, pass->target[k].remainder);
  }
  if (pass->with_double)
    hp_momentum_double_clear(&it);
  walk_clear(&w);
  return going;
}
