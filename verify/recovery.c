#include "recovery.h"
#include "reference/problem/allocate.h"
#include "src/diagonal_network.h"
#include "src/momentum.h"
#include "src/vector.h"
#include <math.h>
#include <stdlib.h>

static const double PI = 0x1.921fb54442d18p+1;

static mpq_t *new_rationals(size_t count) {
  mpq_t *value = hp_allocate(count, sizeof *value);
  for (size_t i = 0; i < count; ++i)
    mpq_init(value[i]);
  return value;
}

/* In (0, 1). */
static double uniform(unsigned long *state) {
  *state = (1103515245UL * *state + 12345UL) & 0x7fffffffUL;
  return ((double)(*state >> 8) + 0.5) / 0x1p23;
}

static void set_normal(mpq_t value, unsigned long *state) {
  double radius = sqrt(-2 * log(uniform(state)));
  double normal = radius * cos(2 * PI * uniform(state));
  mpq_set_d(value, nearbyint(normal * 0x1p16) / 0x1p16);
}

void hp_recovery_network(hp_diagonal_network *network, size_t n, size_t d, size_t k,
                         unsigned long seed, const mpq_t scale) {
  *network = (hp_diagonal_network){.n = n,
                                   .d = d,
                                   .design = new_rationals(n * d),
                                   .target = new_rationals(n),
                                   .u = new_rationals(d),
                                   .v = new_rationals(d)};
  unsigned long state = seed;
  for (size_t i = 0; i < n * d; ++i)
    set_normal(network->design[i], &state);
  for (size_t i = 0; i < n; ++i)
    for (size_t s = 0; s < k; ++s) {
      mpq_srcptr entry = network->design[i * d + s * (d / k)];
      if (s % 2)
        mpq_sub(network->target[i], network->target[i], entry);
      else
        mpq_add(network->target[i], network->target[i], entry);
    }
  for (size_t j = 0; j < d; ++j)
    mpq_set(network->u[j], scale);
}

/* ---- in double ---- */

typedef struct {
  size_t n, d;
  double *design, *target, *residual;
  double *u, *v, *speed_u, *speed_v, *theta, *g, *g_u, *g_v, *delta;
} workspace;

static void workspace_init(workspace *w, const hp_diagonal_network *network) {
  size_t n = network->n, d = network->d;
  double **vector[] = {&w->u, &w->v,   &w->speed_u, &w->speed_v, &w->theta,
                       &w->g, &w->g_u, &w->g_v,     &w->delta};
  w->n = n;
  w->d = d;
  w->design = hp_allocate(n * d, sizeof *w->design);
  w->target = hp_allocate(n, sizeof *w->target);
  w->residual = hp_allocate(n, sizeof *w->residual);
  for (size_t i = 0; i < sizeof vector / sizeof *vector; ++i)
    *vector[i] = hp_allocate(d, sizeof **vector[i]);
  for (size_t i = 0; i < n * d; ++i)
    w->design[i] = mpq_get_d(network->design[i]);
  for (size_t i = 0; i < n; ++i)
    w->target[i] = mpq_get_d(network->target[i]);
  for (size_t j = 0; j < d; ++j) {
    w->u[j] = mpq_get_d(network->u[j]);
    w->v[j] = mpq_get_d(network->v[j]);
  }
  hp_momentum_start(d, w->speed_u);
  hp_momentum_start(d, w->speed_v);
}

static void workspace_clear(workspace *w) {
  double *vector[] = {w->u,   w->v,   w->speed_u, w->speed_v, w->theta,  w->g,
                      w->g_u, w->g_v, w->delta,   w->design,  w->target, w->residual};
  for (size_t i = 0; i < sizeof vector / sizeof *vector; ++i)
    free(vector[i]);
}

/* theta, residual, g, g_u and g_v at u, v */
static void evaluate(workspace *w) {
  size_t n = w->n, d = w->d;
  hp_diagonal_theta(d, w->u, w->v, w->theta);
  hp_vector_fill(d, 0.0, w->g);
  for (size_t i = 0; i < n; ++i) {
    const double *row = w->design + i * d;
    w->residual[i] = hp_diagonal_residual(d, row, w->theta, w->target[i]);
    hp_vector_add_scaled(d, w->g, w->residual[i] / (double)n, row, w->g);
  }
  hp_diagonal_gradient(d, w->u, w->v, w->g, w->g_u, w->g_v);
}

static double largest(size_t d, const double *x) {
  double most = 0;
  for (size_t j = 0; j < d; ++j)
    most = fabs(x[j]) <= most ? most : fabs(x[j]);
  return most;
}

static double total_balance(workspace *w) {
  double sum = 0;
  hp_diagonal_balance(w->d, w->u, w->v, w->delta);
  for (size_t j = 0; j < w->d; ++j)
    sum += w->delta[j];
  return sum;
}

void hp_recovery_descend(hp_recovery_run *run, const hp_diagonal_network *network, double rest,
                         long most) {
  workspace w;
  workspace_init(&w, network);
  double at_start = total_balance(&w), size = 0;
  run->converged = false;
  for (run->steps = 0;; ++run->steps) {
    evaluate(&w);
    size = largest(w.d, w.g);
    double speed = fmax(largest(w.d, w.speed_u), largest(w.d, w.speed_v));
    run->converged = size <= rest && speed * (1 - run->beta) <= rest;
    if (run->converged || run->steps == most || !isfinite(size))
      break;
    hp_momentum_step(w.d, w.u, w.speed_u, w.g_u, run->beta, run->gamma);
    hp_momentum_step(w.d, w.v, w.speed_v, w.g_v, run->beta, run->gamma);
  }
  run->l1 = 0;
  for (size_t j = 0; j < w.d; ++j)
    run->l1 += fabs(w.theta[j]);
  run->loss = hp_diagonal_loss(w.n, w.residual);
  run->balance = total_balance(&w) / at_start;
  run->entropy = hp_diagonal_entropy(w.d, w.theta, w.delta);
  workspace_clear(&w);
}
