/* Debug and coverage builds link every call of a kernel with a proved bound through here
 * (-Wl,--wrap): the result is compared with the exact formula, and a violated bound ends the run. */
#include "reference/bounds/rounding_bound.h"
#include "reference/problem/allocate.h"
#include "src/momentum.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void __real_hp_momentum_start(size_t n, double *v);
void __wrap_hp_momentum_start(size_t n, double *v);
void __real_hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                                  double *y);
void __wrap_hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                                  double *y);
void __real_hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda,
                             double h);
void __wrap_hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda,
                             double h);

/* The first 2^20 calls of a kernel are compared, then one in 64: an ensemble makes tens of millions. */
static bool is_due(unsigned long *calls) {
  unsigned long call = (*calls)++;
  return call < 1ul << 20 || call % 64 == 0;
}

static void require(bool holds, const char *kernel, const char *what, size_t i, double value) {
  if (holds)
    return;
  fprintf(stderr, "%s: %s[%zu] = %a violates the proved rounding bound\n", kernel, what, i, value);
  exit(HP_EXIT_INTERNAL);
}

void __wrap_hp_momentum_start(size_t n, double *v) {
  __real_hp_momentum_start(n, v);
  for (size_t i = 0; i < n; i++)
    require(v[i] == 0.0, "hp_momentum_start", "v", i, v[i]);
}

void __wrap_hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                                  double *y) {
  static unsigned long calls;
  __real_hp_momentum_lookahead(n, u, v, h, a, y);
  if (!is_due(&calls))
    return;
  for (size_t i = 0; i < n; i++)
    require(hp_lookahead_within_bound(y[i], u[i], v[i], h, a), "hp_momentum_lookahead", "y", i,
            y[i]);
}

void __wrap_hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda,
                             double h) {
  static unsigned long calls;
  if (!is_due(&calls)) {
    __real_hp_momentum_step(n, u, v, g, lambda, h);
    return;
  }
  double *before = hp_allocate(2 * n, sizeof *before);
  if (n > 0) {
    memcpy(before, u, n * sizeof *u);
    memcpy(before + n, v, n * sizeof *v);
  }
  __real_hp_momentum_step(n, u, v, g, lambda, h);
  for (size_t i = 0; i < n; i++) {
    require(hp_velocity_within_bound(v[i], before[n + i], g[i], lambda), "hp_momentum_step", "v", i,
            v[i]);
    require(hp_position_within_bound(u[i], before[i], v[i], h), "hp_momentum_step", "u", i, u[i]);
  }
  free(before);
}
