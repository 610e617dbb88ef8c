#include "graph_transform.h"
#include "reference/problem/allocate.h"
#include "vector_mpfr.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ASK_EVERY = 64 };

static hp_manifold_status newton_double(hp_graph_transform *t);
static hp_manifold_status newton_mpfr(hp_graph_transform *t, const mpfr_t u[]);

/* What is carried in MPFR: more than the result's bits by the roundings of N steps, and by the factor
 * by which the orbit expands what is rounded at its start. */
static mpfr_prec_t bits_for(const hp_graph_transform *t, double expansion) {
  enum { GUARD_BITS = 24 };
  return t->options.precision_bits + GUARD_BITS +
         (mpfr_prec_t)(log2(1.0 + (double)t->options.steps_back) + log2(fmax(1, expansion)));
}

static void mpfr_part_init(hp_graph_transform *t, mpfr_prec_t bits) {
  mpq_t one;
  t->bits = bits;
  hp_momentum_init_mpfr(&t->orbit, t->problem->gradient_program, t->lambda, t->a, t->h,
                        t->problem->start, bits);
  mpfr_inits2(bits, t->lambda_bar, t->tolerance, t->size, (mpfr_ptr)0);
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  mpq_sub(one, one, t->lambda);
  mpq_inv(one, one);
  mpfr_set_q(t->lambda_bar, one, MPFR_RNDN);
  mpq_clear(one);
  t->xi = hp_vector_new_mpfr(t->d, bits);
  t->residual = hp_vector_new_mpfr(t->d, bits);
}

static void mpfr_part_clear(hp_graph_transform *t) {
  hp_vector_free_mpfr(t->d, t->residual);
  hp_vector_free_mpfr(t->d, t->xi);
  mpfr_clears(t->lambda_bar, t->tolerance, t->size, (mpfr_ptr)0);
  hp_momentum_clear_mpfr(&t->orbit);
}

void hp_graph_transform_init(hp_graph_transform *t, const hp_problem *problem, const mpq_t lambda,
                             const mpq_t a, const mpq_t h, const hp_manifold_options *options) {
  size_t d = problem->n_params;
  t->d = d;
  t->options = *options;
  t->problem = problem;
  t->warm = false;
  mpq_inits(t->lambda, t->a, t->h, (mpq_ptr)0);
  mpq_set(t->lambda, lambda);
  mpq_set(t->a, a);
  mpq_set(t->h, h);
  mpfr_part_init(t, bits_for(t, 1));
  t->lambda_bar_double = mpfr_get_d(t->lambda_bar, MPFR_RNDN);
  hp_momentum_double_init(&t->orbit_double, problem->gradient_program, lambda, a, h,
                          problem->start);
  hp_tape_double_init(&t->hessian_vector, problem->hessian_vector_program);
  t->xi_double = hp_allocate(6 * d, sizeof(double));
  t->target = t->xi_double + d;
  t->delta = t->target + d;
  t->product = t->delta + d;
  t->point_direction = t->product + d;
  t->position = hp_allocate(3 * d * d, sizeof(double));
  t->velocity = t->position + d * d;
  t->matrix = t->velocity + d * d;
  t->pivot = hp_allocate(d, sizeof *t->pivot);
}

void hp_graph_transform_clear(hp_graph_transform *t) {
  free(t->pivot);
  free(t->position);
  free(t->xi_double);
  hp_tape_double_clear(&t->hessian_vector);
  hp_momentum_double_clear(&t->orbit_double);
  mpfr_part_clear(t);
  mpq_clears(t->lambda, t->a, t->h, (mpq_ptr)0);
}

static bool going(const hp_graph_transform *t) {
  return !t->options.keep_going || t->options.keep_going(t->options.context);
}

/* From the target N steps back along u' = lambda_bar f by the midpoint rule. */
static void guess(hp_graph_transform *t) {
  const hp_tape *gradient = &t->orbit_double.tape.tape;
  double *slot = t->orbit_double.tape.slot, *g = t->delta, *middle = t->product;
  double step = t->lambda_bar_double * t->orbit_double.h;
  memcpy(t->xi_double, t->target, t->d * sizeof(double));
  for (long n = 0; n < t->options.steps_back; ++n) {
    hp_tape_outputs(gradient, t->xi_double, slot, g);
    for (size_t i = 0; i < t->d; ++i)
      middle[i] = t->xi_double[i] + step / 2 * g[i];
    hp_tape_outputs(gradient, middle, slot, g);
    for (size_t i = 0; i < t->d; ++i)
      t->xi_double[i] += step * g[i];
  }
}

hp_manifold_status hp_graph_transform_evaluate(hp_graph_transform *t, const mpfr_t u[],
                                               mpfr_t m[]) {
  for (size_t i = 0; i < t->d; ++i)
    t->target[i] = mpfr_get_d(u[i], MPFR_RNDN);
  if (!t->warm)
    guess(t);
  hp_manifold_status status = newton_double(t);
  if (status == HP_MANIFOLD_LOST && t->warm) {
    guess(t);
    status = newton_double(t);
  }
  if (status == HP_MANIFOLD_FOUND)
    status = newton_mpfr(t, u);
  t->warm = status == HP_MANIFOLD_FOUND;
  if (status == HP_MANIFOLD_FOUND)
    for (size_t i = 0; i < t->d; ++i) {
      mpfr_set(m[i], t->orbit.v[i], MPFR_RNDN);
      t->xi_double[i] = mpfr_get_d(t->xi[i], MPFR_RNDN);
    }
  return status;
}

/* ---- small linear systems ---- */

/* matrix (d x d, column after column) := its LU factors with partial pivoting; false when singular */
static bool factor(size_t d, double *matrix, size_t *pivot) {
  for (size_t k = 0; k < d; ++k) {
    size_t best = k;
    for (size_t i = k + 1; i < d; ++i)
      if (fabs(matrix[k * d + i]) > fabs(matrix[k * d + best]))
        best = i;
    pivot[k] = best;
    if (!(fabs(matrix[k * d + best]) > 0))
      return false;
    for (size_t j = 0; j < d; ++j) {
      double swap = matrix[j * d + k];
      matrix[j * d + k] = matrix[j * d + best];
      matrix[j * d + best] = swap;
    }
    for (size_t i = k + 1; i < d; ++i) {
      matrix[k * d + i] /= matrix[k * d + k];
      for (size_t j = k + 1; j < d; ++j)
        matrix[j * d + i] -= matrix[k * d + i] * matrix[j * d + k];
    }
  }
  return true;
}

static void solve(size_t d, const double *factors, const size_t *pivot, double *x) {
  for (size_t k = 0; k < d; ++k) {
    double swap = x[k];
    x[k] = x[pivot[k]];
    x[pivot[k]] = swap;
  }
  for (size_t k = 0; k < d; ++k)
    for (size_t i = k + 1; i < d; ++i)
      x[i] -= factors[k * d + i] * x[k];
  for (size_t k = d; k-- > 0;) {
    x[k] /= factors[k * d + k];
    for (size_t i = 0; i < k; ++i)
      x[i] -= factors[k * d + i] * x[k];
  }
}

static double norm(size_t d, const double *x) {
  double result = 0;
  for (size_t i = 0; i < d; ++i)
    result = hypot(result, x[i]);
  return result;
}

/* ---- the orbit in double, with its derivative ---- */

/* product = H(at) direction */
static void hessian_times(hp_graph_transform *t, const double *at, const double *direction) {
  memcpy(t->point_direction, at, t->d * sizeof(double));
  memcpy(t->point_direction + t->d, direction, t->d * sizeof(double));
  hp_tape_outputs(&t->hessian_vector.tape, t->point_direction, t->hessian_vector.slot, t->product);
}

/* One step's derivative, before the step: with y = u + h a v,
 *     dv := lambda dv - H(y) (du + h a dv),   du := du + h dv. */
static void differentiate_step(hp_graph_transform *t) {
  const hp_momentum_double *orbit = &t->orbit_double;
  size_t d = t->d;
  for (size_t i = 0; i < d; ++i)
    orbit->y[i] = orbit->u[i] + orbit->h * orbit->a * orbit->v[i];
  for (size_t k = 0; k < d; ++k) {
    double *du = t->position + k * d, *dv = t->velocity + k * d;
    for (size_t i = 0; i < d; ++i)
      orbit->g[i] = du[i] + orbit->h * orbit->a * dv[i];
    hessian_times(t, orbit->y, orbit->g);
    for (size_t i = 0; i < d; ++i) {
      dv[i] = orbit->lambda * dv[i] - t->product[i];
      du[i] += orbit->h * dv[i];
    }
  }
}

/* delta = u_N(xi) - target, and matrix = d(u_N)/d(xi). False when asked to stop. */
static bool shoot_double(hp_graph_transform *t) {
  hp_momentum_double *orbit = &t->orbit_double;
  size_t d = t->d;
  memcpy(orbit->u, t->xi_double, d * sizeof(double));
  hp_tape_outputs(&orbit->tape.tape, orbit->u, orbit->tape.slot, orbit->g);
  memset(t->position, 0, d * d * sizeof(double));
  for (size_t k = 0; k < d; ++k) {
    orbit->v[k] = -t->lambda_bar_double * orbit->g[k];
    t->position[k * d + k] = 1;
    hessian_times(t, orbit->u, t->position + k * d);
    for (size_t i = 0; i < d; ++i)
      t->velocity[k * d + i] = -t->lambda_bar_double * t->product[i];
  }
  for (long n = 0; n < t->options.steps_back; ++n) {
    differentiate_step(t);
    hp_momentum_double_step(orbit);
    if (n % ASK_EVERY == 0 && !going(t))
      return false;
  }
  memcpy(t->matrix, t->position, d * d * sizeof(double));
  for (size_t i = 0; i < d; ++i)
    t->delta[i] = orbit->u[i] - t->target[i];
  return true;
}

/* Damped: a step that does not bring the end nearer is halved. It ends when the end is near enough, or
 * when the steps are small and bring it no nearer: then rounding in double is what is left, and MPFR
 * goes on from there. */
static hp_manifold_status newton_double(hp_graph_transform *t) {
  enum { MOST = 60 };
  const double near = 1e-9, small = 1e-9;
  size_t d = t->d;
  double *last = hp_allocate(2 * d, sizeof *last), *step = last + d;
  double before = INFINITY, length = INFINITY;
  hp_manifold_status status = HP_MANIFOLD_LOST;
  for (int i = 0; i < MOST; ++i) {
    if (!shoot_double(t)) {
      status = HP_MANIFOLD_INTERRUPTED;
      break;
    }
    double distance = norm(d, t->delta);
    bool arrived = distance <= near * (1 + norm(d, t->target));
    bool stuck = length <= small * (1 + norm(d, t->xi_double)) && !(distance < before / 2);
    if (!arrived && !stuck && !(distance < before)) {
      if (!isfinite(before))
        break;
      length /= 2;
      for (size_t k = 0; k < d; ++k) {
        step[k] /= 2;
        t->xi_double[k] = last[k] - step[k];
      }
      continue;
    }
    if (!factor(d, t->matrix, t->pivot))
      break;
    solve(d, t->matrix, t->pivot, t->delta);
    before = distance;
    length = norm(d, t->delta);
    memcpy(last, t->xi_double, d * sizeof(double));
    memcpy(step, t->delta, d * sizeof(double));
    for (size_t k = 0; k < d; ++k)
      t->xi_double[k] -= step[k];
    if (arrived || stuck) {
      status = HP_MANIFOLD_FOUND;
      break;
    }
  }
  free(last);
  return status;
}

/* ---- the orbit in MPFR ---- */

/* residual = u_N(xi) - u, size = its norm. False when asked to stop. */
static bool shoot_mpfr(hp_graph_transform *t, const mpfr_t u[]) {
  hp_momentum_mpfr *orbit = &t->orbit;
  for (size_t i = 0; i < t->d; ++i)
    mpfr_set(orbit->u[i], t->xi[i], MPFR_RNDN);
  hp_evaluate_mpfr(&orbit->evaluator, orbit->u, orbit->g);
  for (size_t i = 0; i < t->d; ++i) {
    mpfr_mul(orbit->v[i], t->lambda_bar, orbit->g[i], MPFR_RNDN);
    mpfr_neg(orbit->v[i], orbit->v[i], MPFR_RNDN);
  }
  for (long n = 0; n < t->options.steps_back; ++n) {
    hp_momentum_step_mpfr(orbit);
    if (n % ASK_EVERY == 0 && !going(t))
      return false;
  }
  for (size_t i = 0; i < t->d; ++i)
    mpfr_sub(t->residual[i], orbit->u[i], u[i], MPFR_RNDN);
  hp_vector_norm_mpfr(t->size, t->d, t->residual);
  return true;
}

static void visit_orbit(hp_graph_transform *t) {
  hp_momentum_double *orbit = &t->orbit_double;
  memcpy(orbit->u, t->xi_double, t->d * sizeof(double));
  hp_tape_outputs(&orbit->tape.tape, orbit->u, orbit->tape.slot, orbit->g);
  for (size_t i = 0; i < t->d; ++i)
    orbit->v[i] = -t->lambda_bar_double * orbit->g[i];
  for (long n = 0; n <= t->options.steps_back; ++n) {
    t->options.visit(t->options.place, orbit->u);
    if (n < t->options.steps_back)
      hp_momentum_double_step(orbit);
  }
}

/* xi := xi - matrix^-1 residual, the factors being those of the last Newton step in double: each
 * round gains about as many digits as they are right to. */
static hp_manifold_status newton_mpfr(hp_graph_transform *t, const mpfr_t u[]) {
  mpfr_prec_t bits = bits_for(t, norm(t->d * t->d, t->position));
  if (bits > t->bits) {
    mpfr_part_clear(t);
    mpfr_part_init(t, bits);
  }
  for (size_t i = 0; i < t->d; ++i)
    mpfr_set_d(t->xi[i], t->xi_double[i], MPFR_RNDN);
  if (t->options.visit)
    visit_orbit(t);
  hp_vector_norm_mpfr(t->tolerance, t->d, u);
  mpfr_add_ui(t->tolerance, t->tolerance, 1, MPFR_RNDN);
  mpfr_div_2ui(t->tolerance, t->tolerance, (unsigned long)t->options.precision_bits, MPFR_RNDN);
  double before, size = INFINITY;
  do {
    if (!shoot_mpfr(t, u))
      return HP_MANIFOLD_INTERRUPTED;
    if (mpfr_lessequal_p(t->size, t->tolerance))
      return HP_MANIFOLD_FOUND;
    before = size;
    size = mpfr_get_d(t->size, MPFR_RNDN);
    for (size_t k = 0; k < t->d; ++k)
      t->delta[k] = mpfr_get_d(t->residual[k], MPFR_RNDN);
    solve(t->d, t->matrix, t->pivot, t->delta);
    for (size_t k = 0; k < t->d; ++k)
      mpfr_sub_d(t->xi[k], t->xi[k], t->delta[k], MPFR_RNDN);
  } while (size < before / 2);
  return HP_MANIFOLD_LOST;
}
