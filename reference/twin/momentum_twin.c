/* Debug and coverage builds link every call of a kernel with a proved bound through here
 * (-Wl,--wrap): the result is compared with the exact formula, and a violated bound ends the run. */
#include "reference/bounds/rounding_bound.h"
#include "reference/twin/twin.h"
#include "src/momentum.h"

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

void __wrap_hp_momentum_start(size_t n, double *v) {
  __real_hp_momentum_start(n, v);
  for (size_t i = 0; i < n; i++)
    hp_twin_require(v[i] == 0.0, "hp_momentum_start", "v", i, v[i]);
}

void __wrap_hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                                  double *y) {
  static unsigned long calls;
  __real_hp_momentum_lookahead(n, u, v, h, a, y);
  if (!hp_twin_is_due(&calls))
    return;
  for (size_t i = 0; i < n; i++)
    hp_twin_require(hp_lookahead_within_bound(y[i], u[i], v[i], h, a), "hp_momentum_lookahead", "y",
                    i, y[i]);
}

void __wrap_hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda,
                             double h) {
  static unsigned long calls;
  if (!hp_twin_is_due(&calls)) {
    __real_hp_momentum_step(n, u, v, g, lambda, h);
    return;
  }
  double *before_u = hp_twin_copy(n, u), *before_v = hp_twin_copy(n, v);
  __real_hp_momentum_step(n, u, v, g, lambda, h);
  for (size_t i = 0; i < n; i++) {
    hp_twin_require(hp_velocity_within_bound(v[i], before_v[i], g[i], lambda), "hp_momentum_step",
                    "v", i, v[i]);
    hp_twin_require(hp_position_within_bound(u[i], before_u[i], v[i], h), "hp_momentum_step", "u",
                    i, u[i]);
  }
  free(before_v);
  free(before_u);
}
