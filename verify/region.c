#include "region.h"
#include "reference/iterate/tape_double.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 128 };

void hp_region_init(hp_region *region, size_t d) {
  region->d = d;
  region->low = hp_allocate(d, sizeof *region->low);
  region->high = hp_allocate(d, sizeof *region->high);
  for (size_t i = 0; i < d; ++i) {
    region->low[i] = INFINITY;
    region->high[i] = -INFINITY;
  }
  region->shown = hp_allocate(MOST_SHOWN * d, sizeof *region->shown);
  region->n_shown = region->n_skipped = 0;
  region->stride = 1;
  region->seen_B0 = 0;
}

void hp_region_clear(hp_region *region) {
  free(region->low);
  free(region->high);
  free(region->shown);
}

/* Every stride-th point is kept; when there is no room, every other one goes and the stride doubles. */
static void keep(hp_region *region, const double point[]) {
  size_t d = region->d;
  if (++region->n_skipped < region->stride)
    return;
  region->n_skipped = 0;
  if (region->n_shown == MOST_SHOWN) {
    for (size_t i = 0; i < MOST_SHOWN / 2; ++i)
      memcpy(region->shown + i * d, region->shown + 2 * i * d, d * sizeof *point);
    region->n_shown = MOST_SHOWN / 2;
    region->stride *= 2;
  }
  memcpy(region->shown + region->n_shown++ * d, point, d * sizeof *point);
}

void hp_region_add(hp_region *region, const double point[]) {
  bool finite = true;
  for (size_t i = 0; i < region->d; ++i) {
    finite = finite && isfinite(point[i]);
    if (!isfinite(point[i]))
      continue;
    region->low[i] = fmin(region->low[i], point[i]);
    region->high[i] = fmax(region->high[i], point[i]);
  }
  if (finite)
    keep(region, point);
}

void hp_region_merge(hp_region *region, const hp_region *other) {
  for (size_t i = 0; i < region->d; ++i) {
    region->low[i] = fmin(region->low[i], other->low[i]);
    region->high[i] = fmax(region->high[i], other->high[i]);
  }
  for (size_t i = 0; i < other->n_shown; ++i)
    keep(region, other->shown + i * other->d);
  region->seen_B0 = fmax(region->seen_B0, other->seen_B0);
}

void hp_region_add_box(hp_region *region, const hp_problem *problem) {
  if (!problem->has_box)
    return;
  for (size_t i = 0; i < region->d; ++i) {
    region->low[i] = fmin(region->low[i], mpq_get_d(problem->box_low[i]));
    region->high[i] = fmax(region->high[i], mpq_get_d(problem->box_high[i]));
  }
}

char *hp_region_text(const hp_region *region) {
  char *text = hp_copy_text("");
  for (size_t i = 0; i < region->d; ++i) {
    char *longer =
        hp_text("%s%s[%.6g, %.6g]", text, i ? " x " : "", region->low[i], region->high[i]);
    free(text);
    text = longer;
  }
  return text;
}

void hp_symmetric_extremes(size_t d, double *m, double *smallest, double *largest) {
  for (int sweep = 0; sweep < 60; ++sweep) {
    double diagonal = 0, off = 0;
    for (size_t i = 0; i < d; ++i) {
      diagonal += m[i * d + i] * m[i * d + i];
      for (size_t j = 0; j < i; ++j)
        off += m[i * d + j] * m[i * d + j];
    }
    if (!(off > 1e-32 * diagonal))
      break;
    for (size_t p = 0; p < d; ++p)
      for (size_t q = p + 1; q < d; ++q) {
        if (m[p * d + q] == 0)
          continue;
        /* tan of the angle that makes m_pq zero, the smaller of the two */
        double theta = (m[q * d + q] - m[p * d + p]) / (2 * m[p * d + q]);
        double t = copysign(1, theta) / (fabs(theta) + hypot(theta, 1));
        double c = 1 / hypot(t, 1), s = t * c;
        for (size_t k = 0; k < d; ++k) {
          double kp = m[k * d + p], kq = m[k * d + q];
          m[k * d + p] = c * kp - s * kq;
          m[k * d + q] = s * kp + c * kq;
        }
        for (size_t k = 0; k < d; ++k) {
          double pk = m[p * d + k], qk = m[q * d + k];
          m[p * d + k] = c * pk - s * qk;
          m[q * d + k] = s * pk + c * qk;
        }
      }
  }
  *smallest = INFINITY;
  *largest = -INFINITY;
  for (size_t i = 0; i < d; ++i) {
    *smallest = fmin(*smallest, m[i * d + i]);
    *largest = fmax(*largest, m[i * d + i]);
  }
}

typedef struct {
  size_t d;
  hp_tape_double gradient, hessian_vector;
  double *point_direction, *g, *matrix;
} sampler;

/* matrix = (H(u) + H(u)^T)/2, column k = H(u) e_k */
static void hessian(sampler *s) {
  size_t d = s->d;
  double *direction = s->point_direction + d;
  for (size_t k = 0; k < d; ++k) {
    memset(direction, 0, d * sizeof *direction);
    direction[k] = 1;
    hp_tape_outputs(&s->hessian_vector.tape, s->point_direction, s->hessian_vector.slot, s->g);
    for (size_t i = 0; i < d; ++i)
      s->matrix[i * d + k] = s->g[i];
  }
  for (size_t i = 0; i < d; ++i)
    for (size_t j = 0; j < i; ++j)
      s->matrix[i * d + j] = s->matrix[j * d + i] =
          (s->matrix[i * d + j] + s->matrix[j * d + i]) / 2;
}

/* The constants at the point that stands in point_direction; infinite where f or f' is not finite. */
static hp_region_constants sample_one(sampler *s) {
  double norm = 0, smallest, largest;
  hp_tape_outputs(&s->gradient.tape, s->point_direction, s->gradient.slot, s->g);
  for (size_t i = 0; i < s->d; ++i)
    norm = hypot(norm, s->g[i]);
  hessian(s);
  hp_symmetric_extremes(s->d, s->matrix, &smallest, &largest);
  double size = fmax(fabs(smallest), fabs(largest));
  if (!isfinite(norm) || !isfinite(size))
    return (hp_region_constants){INFINITY, INFINITY, INFINITY, 1};
  return (hp_region_constants){norm, size, fmax(0, -smallest), 1};
}

static double pick(const hp_region_constants *constants, int which) {
  const double value[] = {constants->B0, constants->L, constants->nu};
  return value[which];
}

/* The largest of each so far, and where: best holds 3 points. */
static void take(sampler *s, hp_region_constants *most, double *best) {
  hp_region_constants here = sample_one(s);
  for (int which = 0; which < 3; ++which)
    if (most->n_samples == 0 || pick(&here, which) > pick(most, which))
      memcpy(best + (size_t)which * s->d, s->point_direction, s->d * sizeof *best);
  most->B0 = fmax(most->B0, here.B0);
  most->L = fmax(most->L, here.L);
  most->nu = fmax(most->nu, here.nu);
  ++most->n_samples;
}

/* From the best point for one constant: a step along each axis, either way, inside the box, while one
 * of them is an improvement; then half the step. */
static void climb(sampler *s, const hp_region *region, hp_region_constants *most, double *best,
                  int which) {
  enum { HALVINGS = 16, MOST_ROUNDS = 40 };
  const double *at = best + (size_t)which * s->d;
  double step = 0.25;
  for (int i = 0, rounds = 0; i < HALVINGS && rounds < MOST_ROUNDS; ++rounds) {
    double before = pick(most, which);
    for (size_t k = 0; k < 2 * s->d; ++k) {
      double move = (k % 2 ? step : -step) * (region->high[k / 2] - region->low[k / 2]);
      memcpy(s->point_direction, at, s->d * sizeof *at);
      s->point_direction[k / 2] =
          fmin(region->high[k / 2], fmax(region->low[k / 2], at[k / 2] + move));
      take(s, most, best);
    }
    if (!(pick(most, which) > before)) {
      step /= 2;
      ++i;
    }
  }
}

/* The k-th prime, k = 0, 1, ... */
static unsigned prime(size_t k) {
  for (unsigned candidate = 2;; ++candidate) {
    bool divides = false;
    for (unsigned i = 2; i * i <= candidate && !divides; ++i)
      divides = candidate % i == 0;
    if (!divides && k-- == 0)
      return candidate;
  }
}

/* The digits of n in the base, mirrored at the point: the van der Corput sequence. */
static double mirrored(size_t n, unsigned base) {
  double value = 0, place = 1;
  for (; n; n /= base) {
    place /= base;
    value += place * (double)(n % base);
  }
  return value;
}

hp_region_constants hp_region_sample(const hp_region *region, const hp_problem *problem) {
  enum { MOST_SAMPLES = 1000, FEWEST_SAMPLES = 50, CORNER_DIMENSIONS = 8 };
  const double budget = 2e7; /* tape instructions and matrix operations */
  hp_region_constants most = {0, 0, 0, 0};
  size_t d = region->d, n_corners = d <= CORNER_DIMENSIONS ? (size_t)1 << d : 0;
  sampler s = {.d = d};
  hp_tape_double_init(&s.gradient, problem->gradient_program);
  hp_tape_double_init(&s.hessian_vector, problem->hessian_vector_program);
  s.point_direction = hp_allocate(2 * d, sizeof(double));
  s.g = hp_allocate(d, sizeof(double));
  s.matrix = hp_allocate(d * d, sizeof(double));
  double *best = hp_allocate(3 * d, sizeof *best);
  unsigned *base = hp_allocate(d, sizeof *base);
  for (size_t i = 0; i < d; ++i)
    base[i] = prime(i);
  double cost = (double)d * (double)problem->hessian_vector_program->n_instructions +
                40 * (double)d * (double)d * (double)d;
  size_t n_halton = (size_t)fmin(MOST_SAMPLES, fmax(FEWEST_SAMPLES, budget / cost));
  for (size_t n = 0; n < n_corners + n_halton; ++n) {
    for (size_t i = 0; i < d; ++i) {
      double at = n < n_corners ? (double)(n >> i & 1) : mirrored(n - n_corners + 1, base[i]);
      s.point_direction[i] = region->low[i] + at * (region->high[i] - region->low[i]);
    }
    take(&s, &most, best);
  }
  for (size_t n = 0; n < region->n_shown; ++n) {
    memcpy(s.point_direction, region->shown + n * d, d * sizeof *best);
    take(&s, &most, best);
  }
  for (int which = 0; which < 3 && !problem->is_quadratic; ++which)
    climb(&s, region, &most, best, which);
  most.B0 = fmax(most.B0, region->seen_B0);
  free(base);
  free(best);
  free(s.matrix);
  free(s.g);
  free(s.point_direction);
  hp_tape_double_clear(&s.hessian_vector);
  hp_tape_double_clear(&s.gradient);
  return most;
}
