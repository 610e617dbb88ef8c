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

Test(run, path_holds_every_step_and_nothing_beyond) {
  const double lambda = 0.5, a = 0.5, h = 0x1p-5;
  for (size_t N = 0; N <= STEPS; N += 10) {
    double u[(STEPS + 2) * D], v[(STEPS + 2) * D], y[(STEPS + 1) * D], g[D], slot[SLOTS];
    double now_u[] = {1, -0.5}, now_v[] = {0, 0}, now_y[D];
    for (size_t k = 0; k < (STEPS + 2) * D; k++)
      u[k] = v[k] = 42;
    for (size_t k = 0; k < (STEPS + 1) * D; k++)
      y[k] = 42;
    memcpy(u, now_u, sizeof now_u);
    hp_run_path(&gradient, lambda, a, h, N, u, v, y, g, slot);
    for (size_t n = 0;; n++) {
      cr_assert_arr_eq(u + n * D, now_u, sizeof now_u);
      cr_assert_arr_eq(v + n * D, now_v, sizeof now_v);
      if (n == N)
        break;
      hp_run_step(&gradient, lambda, a, h, now_u, now_v, now_y, g, slot);
      cr_assert_arr_eq(y + n * D, now_y, sizeof now_y);
    }
    cr_assert(u[(N + 1) * D] == 42 && v[(N + 1) * D] == 42 && y[N * D] == 42);
  }
}

/* p_n = lambda_bar (u_n - lambda u_{n-1}) makes p_{n+1} = p_n - h lambda_bar grad Phi(y_n), so
 * sum_n grad Phi(y_n) h lambda_bar = p_0 - p_N: an independent check of the whole path in MPFR. */
Test(run, path_conserves_the_shifted_momentum) {
  const double lambda = 0.75, h = 0x1p-6, lambda_bar = 4;
  double u[(STEPS + 1) * D], v[(STEPS + 1) * D], y[STEPS * D], g[D], slot[SLOTS];
  u[0] = 1;
  u[1] = -0.5;
  hp_run_path(&gradient, lambda, 0, h, STEPS, u, v, y, g, slot);
  mpfr_t moved, term;
  mpfr_inits2(200, moved, term, (mpfr_ptr)0);
  for (int i = 0; i < D; i++) {
    mpfr_set_zero(moved, 1);
    for (int n = 0; n < STEPS; n++) {
      double direct[D];
      gradient_directly(y + n * D, direct);
      mpfr_set_d(term, direct[i], MPFR_RNDN);
      mpfr_add(moved, moved, term, MPFR_RNDN);
    }
    mpfr_mul_d(moved, moved, h * lambda_bar, MPFR_RNDN);
    double last = lambda_bar * (u[STEPS * D + i] - lambda * u[(STEPS - 1) * D + i]);
    mpfr_add_d(moved, moved, last, MPFR_RNDN);
    mpfr_sub_d(moved, moved, u[i], MPFR_RNDN);
    cr_assert_lt(fabs(mpfr_get_d(moved, MPFR_RNDN)), STEPS * lambda_bar * 0x1p-50);
  }
  mpfr_clears(moved, term, (mpfr_ptr)0);
}

Test(run, works_without_coordinates) {
  const hp_tape empty = {0, 0, 0, 0, NULL, NULL, NULL};
  double nothing = 42;
  hp_run_step(&empty, 0.5, 0, 0.1, &nothing, &nothing, &nothing, &nothing, &nothing);
  hp_run_path(&empty, 0.5, 0, 0.1, 3, &nothing, &nothing, &nothing, &nothing, &nothing);
  cr_assert_eq(nothing, 42);
}
