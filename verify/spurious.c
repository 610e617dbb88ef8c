#include "spurious.h"
#include "reference/iterate/tape_double.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* G(u) = grad Phi_h(u), and (u, w) -> G'(u) w */
typedef struct {
  size_t d;
  hp_program *field_program, *derivative_program;
  hp_tape_double gradient, field, derivative;
  double *x;                  /* u and a direction, 2d */
  double *g, *value, *matrix; /* grad Phi(u), G(u), G'(u): d, d, d x (d + 1) */
} system_double;

static void make_programs(system_double *s, const hp_problem *problem, double hc) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(d, sizeof *output), *direction = hp_allocate(d, sizeof *direction);
  hp_node *derivative = hp_allocate(d, sizeof *derivative);
  mpq_t factor;
  mpq_init(factor);
  mpq_set_d(factor, hc);
  hp_node scale = hp_graph_rational(graph, factor);
  hp_graph_directional(graph, problem->gradient, d, problem->gradient, d, output);
  for (size_t i = 0; i < d; ++i) {
    output[i] = hp_graph_op(graph, HP_ADD, problem->gradient[i],
                            hp_graph_op(graph, HP_MUL, scale, output[i]));
    direction[i] = hp_graph_input(graph, (uint32_t)(d + i));
  }
  s->field_program = hp_program_lower(graph, d, output, d);
  hp_graph_directional(graph, output, d, direction, d, derivative);
  s->derivative_program = hp_program_lower(graph, 2 * d, derivative, d);
  mpq_clear(factor);
  free(derivative);
  free(direction);
  free(output);
}

static void system_init(system_double *s, const hp_problem *problem, double hc) {
  size_t d = problem->n_params;
  *s = (system_double){.d = d};
  make_programs(s, problem, hc);
  hp_tape_double_init(&s->gradient, problem->gradient_program);
  hp_tape_double_init(&s->field, s->field_program);
  hp_tape_double_init(&s->derivative, s->derivative_program);
  s->x = hp_allocate(2 * d, sizeof *s->x);
  s->g = hp_allocate(d, sizeof *s->g);
  s->value = hp_allocate(d, sizeof *s->value);
  s->matrix = hp_allocate(d * (d + 1), sizeof *s->matrix);
}

static void system_clear(system_double *s) {
  free(s->matrix);
  free(s->value);
  free(s->g);
  free(s->x);
  hp_tape_double_clear(&s->derivative);
  hp_tape_double_clear(&s->field);
  hp_tape_double_clear(&s->gradient);
  hp_program_free(s->derivative_program);
  hp_program_free(s->field_program);
}

static double norm(size_t d, const double x[]) {
  double sum = 0;
  for (size_t i = 0; i < d; ++i)
    sum = hypot(sum, x[i]);
  return sum;
}

/* |G| at the point that stands in x; fills in value and g. */
static double residual(system_double *s) {
  hp_tape_outputs(&s->gradient.tape, s->x, s->gradient.slot, s->g);
  hp_tape_outputs(&s->field.tape, s->x, s->field.slot, s->value);
  return norm(s->d, s->value);
}

/* The rows of [G' | G] are brought to [1 | step] by elimination with pivots; false when singular. */
static bool newton_step(system_double *s) {
  size_t d = s->d, width = d + 1;
  double *m = s->matrix, *direction = s->x + d;
  for (size_t k = 0; k < d; ++k) {
    memset(direction, 0, d * sizeof *direction);
    direction[k] = 1;
    hp_tape_outputs(&s->derivative.tape, s->x, s->derivative.slot, s->g);
    for (size_t i = 0; i < d; ++i)
      m[i * width + k] = s->g[i];
  }
  for (size_t i = 0; i < d; ++i)
    m[i * width + d] = s->value[i];
  for (size_t k = 0; k < d; ++k) {
    size_t pivot = k;
    for (size_t i = k + 1; i < d; ++i)
      if (fabs(m[i * width + k]) > fabs(m[pivot * width + k]))
        pivot = i;
    if (!(fabs(m[pivot * width + k]) > 0))
      return false;
    for (size_t j = 0; j < width; ++j) {
      double swap = m[k * width + j];
      m[k * width + j] = m[pivot * width + j];
      m[pivot * width + j] = swap;
    }
    for (size_t i = 0; i < d; ++i) {
      double factor = i == k ? 0 : m[i * width + k] / m[k * width + k];
      for (size_t j = k; j < width; ++j)
        m[i * width + j] -= factor * m[k * width + j];
    }
  }
  for (size_t i = 0; i < d; ++i)
    s->x[i] -= m[i * width + d] / m[i * width + i];
  return true;
}

static bool inside(const system_double *s, const hp_region *region) {
  for (size_t i = 0; i < s->d; ++i)
    if (!(s->x[i] >= region->low[i] && s->x[i] <= region->high[i]))
      return false;
  return true;
}

static bool is_new(const hp_spurious *found, const double x[]) {
  for (size_t k = 0; k < found->n_found; ++k) {
    double apart = 0;
    for (size_t i = 0; i < found->d; ++i)
      apart = hypot(apart, x[i] - found->point[k * found->d + i]);
    if (apart < 1e-6 * (1 + norm(found->d, x)))
      return false;
  }
  return true;
}

/* largest: |grad Phi| seen so far */
static void try_start(hp_spurious *found, system_double *s, const hp_region *region,
                      double *largest) {
  enum { MOST_STEPS = 40 };
  double now = residual(s);
  *largest = fmax(*largest, norm(s->d, s->g));
  for (int i = 0; i < MOST_STEPS && now > 1e-14 * *largest && isfinite(now); ++i) {
    if (!newton_step(s))
      return;
    now = residual(s);
  }
  if (now <= 1e-11 * *largest && norm(s->d, s->g) > 1e-6 * *largest && inside(s, region) &&
      is_new(found, s->x) && found->n_found < HP_MOST_SPURIOUS)
    memcpy(found->point + found->d * found->n_found++, s->x, s->d * sizeof *s->x);
}

/* Point n of an additive recurrence in the unit cube: multiples of powers of the root of
 * x^{d+1} = x + 1. */
static void spread(double at[], size_t d, size_t n) {
  double root = 2, power = 1;
  for (int i = 0; i < 64; ++i)
    root = pow(1 + root, 1 / (double)(d + 1));
  for (size_t i = 0; i < d; ++i) {
    power /= root;
    at[i] = fmod(0.5 + (double)(n + 1) * power, 1);
  }
}

void hp_spurious_search(hp_spurious *found, const hp_problem *problem, const hp_region *region,
                        double hc) {
  const double budget = 2e7; /* tape instructions */
  system_double s;
  double largest = 0;
  system_init(&s, problem, hc);
  *found = (hp_spurious){.d = s.d};
  found->point = hp_allocate(HP_MOST_SPURIOUS * s.d, sizeof *found->point);
  double cost = 20 * (double)(s.d + 1) * (double)s.derivative_program->n_instructions;
  size_t n_spread = (size_t)fmax(16, fmin(400, budget / cost));
  size_t n_shown = region->n_shown < n_spread ? region->n_shown : n_spread;
  for (size_t n = 0; n < n_spread + n_shown; ++n) {
    if (n < n_spread) {
      spread(s.x, s.d, n);
      for (size_t i = 0; i < s.d; ++i)
        s.x[i] = region->low[i] + s.x[i] * (region->high[i] - region->low[i]);
    } else {
      memcpy(s.x, region->shown + (n - n_spread) * s.d, s.d * sizeof *s.x);
    }
    ++found->n_starts;
    try_start(found, &s, region, &largest);
  }
  system_clear(&s);
}

void hp_spurious_clear(hp_spurious *found) {
  free(found->point);
}
