#include "distance.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

void hp_distances_init(hp_distances *pass, size_t n_distances, mpfr_prec_t precision_bits) {
  *pass = (hp_distances){.precision_bits = precision_bits, .n_distances = n_distances};
  pass->distance = hp_allocate(n_distances, sizeof *pass->distance);
  for (size_t k = 0; k < n_distances; ++k)
    mpfr_inits2(precision_bits, pass->distance[k].distance, pass->distance[k].peak,
                pass->distance[k].double_distance, (mpfr_ptr)0);
}

void hp_distances_clear(hp_distances *pass) {
  for (size_t k = 0; k < pass->n_distances; ++k)
    mpfr_clears(pass->distance[k].distance, pass->distance[k].peak,
                pass->distance[k].double_distance, (mpfr_ptr)0);
  free(pass->distance);
}

typedef struct {
  hp_momentum_mpfr exact;
  hp_momentum_double rounded;
  bool finite; /* so far */
} path;

/* Squares of one distance around its maximum: NaN where there is none. */
typedef struct {
  mpfr_t before, after, last; /* of at_n - 1, of at_n + 1, of the n just seen */
  bool awaits_after;
} vicinity;

/* The walk over n: everything is at the precision of the pass. */
typedef struct {
  hp_distances *pass;
  size_t d;
  long steps;
  path *path;
  vicinity *vicinity; /* of each distance */
  mpfr_t **position;  /* of each flow at nh; room for all its equations */
  mpfr_t t, from, sum, x;
  double *point;
  double ha, hp; /* h a, h lambda lambda_bar */
} walk;

static void walk_init(walk *w, hp_distances *pass, const hp_experiment *experiment, const mpq_t h) {
  const hp_problem *problem = experiment->problem;
  mpq_t lambda_bar;
  *w = (walk){.pass = pass, .d = problem->n_params, .steps = hp_ladder_steps(experiment, h)};
  w->path = hp_allocate(pass->n_paths, sizeof *w->path);
  for (size_t k = 0; k < pass->n_paths; ++k) {
    path *p = &w->path[k];
    p->finite = true;
    hp_momentum_init_mpfr(&p->exact, problem->gradient_program, experiment->momentum, experiment->a,
                          h, problem->start, pass->precision_bits);
    if (pass->with_double)
      hp_momentum_double_init(&p->rounded, problem->gradient_program, experiment->momentum,
                              experiment->a, h, problem->start);
    for (size_t i = 0; pass->velocity[k] && i < w->d; ++i) {
      mpfr_set(p->exact.v[i], pass->velocity[k][i], MPFR_RNDN);
      if (pass->with_double)
        p->rounded.v[i] = mpfr_get_d(p->exact.v[i], MPFR_RNDN);
    }
  }
  w->position = hp_allocate(pass->n_flows, sizeof(mpfr_t *));
  for (size_t k = 0; k < pass->n_flows; ++k)
    if (pass->flow[k])
      w->position[k] =
          hp_vector_new_mpfr(hp_trajectory_dimension(pass->flow[k]), pass->precision_bits);
  w->vicinity = hp_allocate(pass->n_distances, sizeof *w->vicinity);
  for (size_t k = 0; k < pass->n_distances; ++k) /* NaN */
    mpfr_inits2(pass->precision_bits, w->vicinity[k].before, w->vicinity[k].after,
                w->vicinity[k].last, (mpfr_ptr)0);
  mpfr_inits2(pass->precision_bits, w->t, w->from, w->sum, w->x, (mpfr_ptr)0);
  mpfr_set_q(w->from, pass->from, MPFR_RNDN);
  w->point = hp_allocate(w->d, sizeof *w->point);
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  w->ha = mpq_get_d(h) * mpq_get_d(experiment->a);
  w->hp = mpq_get_d(h) * mpq_get_d(experiment->momentum) * mpq_get_d(lambda_bar);
  mpq_clear(lambda_bar);
}

static void walk_clear(walk *w) {
  free(w->point);
  mpfr_clears(w->t, w->from, w->sum, w->x, (mpfr_ptr)0);
  for (size_t k = 0; k < w->pass->n_distances; ++k)
    mpfr_clears(w->vicinity[k].before, w->vicinity[k].after, w->vicinity[k].last, (mpfr_ptr)0);
  free(w->vicinity);
  for (size_t k = 0; k < w->pass->n_flows; ++k)
    if (w->pass->flow[k])
      hp_vector_free_mpfr(hp_trajectory_dimension(w->pass->flow[k]), w->position[k]);
  free(w->position);
  for (size_t k = 0; k < w->pass->n_paths; ++k) {
    if (w->pass->with_double)
      hp_momentum_double_clear(&w->path[k].rounded);
    hp_momentum_clear_mpfr(&w->path[k].exact);
  }
  free(w->path);
}

/* sum := sum + x^2 */
static void add_square(walk *w) {
  mpfr_sqr(w->x, w->x, MPFR_RNDN);
  mpfr_add(w->sum, w->sum, w->x, MPFR_RNDN);
}

/* The square at n stands in sum. */
static void keep_largest(walk *w, hp_distance *distance, vicinity *near, long n) {
  if (near->awaits_after)
    mpfr_set(near->after, w->sum, MPFR_RNDN);
  near->awaits_after = mpfr_greater_p(w->sum, distance->distance);
  if (near->awaits_after) {
    mpfr_set(distance->distance, w->sum, MPFR_RNDN);
    mpfr_set(near->before, near->last, MPFR_RNDN);
    mpfr_set_nan(near->after);
    distance->at_n = n;
  }
  mpfr_set(near->last, w->sum, MPFR_RNDN);
}

/* y_0 + (y_1 - y_-1)^2 / (8 (2 y_0 - y_1 - y_-1)) */
static void find_peak(const hp_distance *distance, vicinity *near, mpfr_t peak) {
  mpfr_ptr bend = near->last;
  mpfr_mul_2ui(bend, distance->distance, 1, MPFR_RNDN);
  mpfr_sub(bend, bend, near->after, MPFR_RNDN);
  mpfr_sub(bend, bend, near->before, MPFR_RNDN);
  mpfr_mul_2ui(bend, bend, 3, MPFR_RNDN);
  mpfr_sub(peak, near->after, near->before, MPFR_RNDN);
  mpfr_sqr(peak, peak, MPFR_RNDN);
  mpfr_div(peak, peak, bend, MPFR_RNDN);
  mpfr_add(peak, peak, distance->distance, MPFR_RNDN);
}

static void compare(walk *w, hp_distance *distance, vicinity *near, long n) {
  const path *p = &w->path[distance->path];
  mpfr_t *position = w->position[distance->flow];
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub(w->x, p->exact.u[i], position[i], MPFR_RNDN);
    add_square(w);
  }
  keep_largest(w, distance, near, n);
  if (!w->pass->with_double)
    return;
  mpfr_set_zero(w->sum, 1);
  for (size_t i = 0; i < w->d; ++i) {
    mpfr_sub_d(w->x, position[i], p->rounded.u[i], MPFR_RNDN);
    add_square(w);
  }
  if (mpfr_nan_p(w->sum)) /* a path that left the finite numbers is infinitely far */
    mpfr_set_inf(w->sum, 1);
  mpfr_max(distance->double_distance, distance->double_distance, w->sum, MPFR_RNDN);
}

static void show_region(walk *w, const path *p, double along) {
  for (size_t i = 0; i < w->d; ++i)
    w->point[i] =
        mpfr_get_d(p->exact.u[i], MPFR_RNDN) + along * mpfr_get_d(p->exact.v[i], MPFR_RNDN);
  hp_region_add(w->pass->region, w->point);
}

static void show_flow(walk *w, mpfr_t *const position) {
  for (size_t i = 0; i < w->d; ++i)
    w->point[i] = mpfr_get_d(position[i], MPFR_RNDN);
  hp_region_add(w->pass->region, w->point);
}

static bool is_asked(const walk *w, const hp_distance *distance, long n, bool late) {
  return w->pass->flow[distance->flow] && w->path[distance->path].finite &&
         (late || !distance->late) && (distance->only_n == 0 || distance->only_n == n);
}

/* Does the region or a distance ask for the flow at n? */
static bool is_needed(const walk *w, size_t flow, long n, bool late) {
  const hp_distances *pass = w->pass;
  if (!pass->flow[flow] || pass->region)
    return pass->flow[flow];
  for (size_t k = 0; k < pass->n_distances; ++k)
    if (pass->distance[k].flow == flow && is_asked(w, &pass->distance[k], n, late))
      return true;
  return false;
}

static void visit(walk *w, long n) {
  hp_distances *pass = w->pass;
  mpfr_mul_si(w->t, w->path[0].exact.h, n, MPFR_RNDN);
  bool late = mpfr_greaterequal_p(w->t, w->from);
  size_t n_flows = hp_ladder_samples(n, w->steps) ? pass->n_flows : pass->n_full;
  for (size_t k = 0; k < n_flows; ++k)
    if (is_needed(w, k, n, late))
      hp_trajectory_eval(pass->flow[k], w->t, w->position[k], NULL);
  for (size_t k = 0; k < pass->n_distances; ++k)
    if (pass->distance[k].flow < n_flows && is_asked(w, &pass->distance[k], n, late))
      compare(w, &pass->distance[k], &w->vicinity[k], n);
  for (size_t k = 0; pass->region && k < n_flows; ++k)
    if (pass->flow[k])
      show_flow(w, w->position[k]);
  for (size_t k = 0; pass->region && k < pass->n_paths; ++k) {
    if (!w->path[k].finite)
      continue;
    show_region(w, &w->path[k], 0);
    show_region(w, &w->path[k], w->ha);
    show_region(w, &w->path[k], w->hp);
  }
}

static void step(walk *w, path *p) {
  double norm = 0; /* |f(y_n)| */
  hp_momentum_step_mpfr(&p->exact);
  for (size_t i = 0; i < w->d; ++i) {
    p->finite = p->finite && mpfr_number_p(p->exact.u[i]);
    norm = hypot(norm, mpfr_get_d(p->exact.g[i], MPFR_RNDN));
  }
  if (w->pass->region && isfinite(norm))
    w->pass->region->seen_B0 = fmax(w->pass->region->seen_B0, norm);
  if (w->pass->with_double)
    hp_momentum_double_step(&p->rounded);
}

/* One step of every path that is still finite; false when none is. */
static bool step_all(walk *w) {
  bool finite = false;
  for (size_t k = 0; k < w->pass->n_paths; ++k) {
    if (w->path[k].finite)
      step(w, &w->path[k]);
    finite = finite || w->path[k].finite;
  }
  return finite;
}

/* Maxima of squares become maxima. */
static void finish(const walk *w, const hp_distance *distance, mpfr_ptr most) {
  if (!w->pass->flow[distance->flow])
    mpfr_set_nan(most);
  else if (w->path[distance->path].finite)
    mpfr_sqrt(most, most, MPFR_RNDN);
  else
    mpfr_set_inf(most, 1);
}

bool hp_distances_run(hp_distances *pass, const hp_experiment *experiment, const mpq_t h) {
  enum { ASK_EVERY = 256 };
  bool going = true;
  walk w;
  walk_init(&w, pass, experiment, h);
  for (size_t k = 0; k < pass->n_distances; ++k) {
    mpfr_set_zero(pass->distance[k].distance, 1);
    mpfr_set_zero(pass->distance[k].double_distance, 1);
    pass->distance[k].at_n = 0;
  }
  pass->finite = true;
  for (long n = 0; n <= w.steps && going && pass->finite; ++n) {
    visit(&w, n);
    if (n < w.steps)
      pass->finite = step_all(&w);
    if (n % ASK_EVERY == 0 && experiment->keep_going)
      going = experiment->keep_going(experiment->context);
  }
  for (size_t k = 0; k < pass->n_distances; ++k) {
    find_peak(&pass->distance[k], &w.vicinity[k], pass->distance[k].peak);
    finish(&w, &pass->distance[k], pass->distance[k].peak);
    finish(&w, &pass->distance[k], pass->distance[k].distance);
    finish(&w, &pass->distance[k], pass->distance[k].double_distance);
  }
  walk_clear(&w);
  return going;
}
