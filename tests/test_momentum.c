#include "src/momentum.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>

enum { MOST = 17 };

/* fl(x + fl(factor y)) with MPFR as the arithmetic. */
static double product_sum(double factor, double y, double x) {
  mpfr_t t;
  mpfr_init2(t, 53);
  mpfr_set_d(t, factor, MPFR_RNDN);
  mpfr_mul_d(t, t, y, MPFR_RNDN);
  mpfr_add_d(t, t, x, MPFR_RNDN);
  double value = mpfr_get_d(t, MPFR_RNDN);
  mpfr_clear(t);
  return value;
}

Test(momentum, start_is_at_rest) {
  double v[3] = {1, NAN, 5};
  hp_momentum_start(0, v);
  cr_assert_eq(v[0], 1);
  hp_momentum_start(2, v);
  cr_assert(v[0] == 0 && v[1] == 0 && v[2] == 5);
}

Test(momentum, lookahead_and_step_round_each_operation_once) {
  random_double_seed(21);
  for (size_t n = 0; n <= MOST; n++) {
    double u[MOST + 1], v[MOST + 1], g[MOST + 1], y[MOST + 1], old_u[MOST + 1], old_v[MOST + 1];
    double lambda = fabs(random_double()), h = fabs(random_double()), a = fabs(random_double());
    for (size_t i = 0; i <= n; i++) {
      old_u[i] = u[i] = random_double();
      old_v[i] = v[i] = random_double();
      g[i] = random_double();
    }
    y[n] = 42;
    hp_momentum_lookahead(n, u, v, h, a, y);
    hp_momentum_step(n, u, v, g, lambda, h);
    for (size_t i = 0; i < n; i++) {
      cr_assert_eq(y[i], product_sum(h * a, old_v[i], old_u[i]));
      cr_assert_eq(v[i], product_sum(lambda, old_v[i], -g[i]));
      cr_assert_eq(u[i], product_sum(h, v[i], old_u[i]));
    }
    cr_assert(y[n] == 42 && u[n] == old_u[n] && v[n] == old_v[n]);
  }
}

Test(momentum, heavy_ball_looks_at_the_point_itself) {
  random_double_seed(22);
  for (int trial = 0; trial < 100; trial++) {
    double u = random_double(), v = random_double(), y;
    hp_momentum_lookahead(1, &u, &v, fabs(random_double()), 0, &y);
    cr_assert_eq(y, u);
  }
}

/* With lambda = 0 from any velocity, u := u - h g. */
Test(momentum, gradient_descent_is_the_case_without_momentum) {
  double u = 3, v = 0.75, g = 2;
  hp_momentum_step(1, &u, &v, &g, 0, 0.25);
  cr_assert(v == -2 && u == 2.5);
}

/* The difference form u_{n+1} = u_n + lambda (u_n - u_{n-1}) - h grad Phi(u_n + a (u_n - u_{n-1})) for
 * Phi = u^2/2 with dyadic numbers, in which a few steps are exact. */
Test(momentum, state_form_is_the_difference_form) {
  const double h = 0.25, lambda = 0.5, look[] = {0, 0.5};
  for (int method = 0; method < 2; method++) {
    double a = look[method], u = 1, v = 7, y, before = 1, now = 1;
    hp_momentum_start(1, &v);
    for (int n = 0; n < 6; n++) {
      hp_momentum_lookahead(1, &u, &v, h, a, &y);
      hp_momentum_step(1, &u, &v, &y, lambda, h);
      double next = now + lambda * (now - before) - h * (now + a * (now - before));
      before = now;
      now = next;
      cr_assert_eq(u, now, "method %d, step %d", method, n);
    }
  }
}
