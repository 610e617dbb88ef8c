#include "src/run.h"
#include "src/momentum.h"
#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>
#include <string.h>

/* grad of Phi(x, y) = x^4/4 + 3 y^2/2 + x y: (x x^2 + y, 3 y + x); slots x, y | 3 | ... */
static const double constants[] = {3};
static const hp_instruction code[] = {
    {HP_SQR, 0, 0}, {HP_MUL, 0, 3}, {HP_ADD, 4, 1}, {HP_MUL, 2, 1}, {HP_ADD, 6, 0}};
static const uint32_t output[] = {5, 7};
static const hp_tape gradient = {2, 1, 5, 2, constants, code, output};

enum { D = 2, SLOTS = 8, STEPS = 50 };

static void gradient_directly(const double *x, double *g) {
  g[0] = x[0] * (x[0] * x[0]) + x[1];
  g[1] = 3 * x[1] + x[0];
}

Test(run, tape_is_well_formed) {
  cr_assert(hp_tape_check(&gradient));
}

Test(run, step_is_the_recurrence_with_the_gradient_at_the_lookahead) {
  const double lambda = 0.9, h = 0x1p-6, look[] = {0, 0.9, 0.3};
  for (int method = 0; method < 3; method++) {
    double a = look[method], u[] = {1, -0.5}, v[] = {0.25, 2}, y[D], g[D], slot[SLOTS];
    for (int n = 0; n < STEPS; n++) {
      double old_u[] = {u[0], u[1]}, old_v[] = {v[0], v[1]}, at[D], direct[D];
      for (int i = 0; i < D; i++)
        at[i] = old_u[i] + h * a * old_v[i];
      gradient_directly(at, direct);
      hp_run_step(&gradient, lambda, a, h, u, v, y, g, slot);
      for (int i = 0; i < D; i++) {
        cr_assert_eq(y[i], at[i]);
        cr_assert_eq(g[i], direct[i]);
        cr_assert_eq(v[i], lambda * old_v[i] - direct[i]);
        cr_assert_eq(u[i], old_u[i] + h * v[i]);
      }
    }
  }
}

Test(run, works_without_coordinates) {
  const hp_tape empty = {0, 0, 0, 0, NULL, NULL, NULL};
  double nothing = 42;
  hp_run_step(&empty, 0.5, 0, 0.1, &nothing, &nothing, &nothing, &nothing, &nothing);
  cr_assert_eq(nothing, 42);
}
