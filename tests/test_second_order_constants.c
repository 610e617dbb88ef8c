#include "verify/second_order_constants.h"
#include <criterion/criterion.h>
#include <math.h>

typedef struct {
  mpq_t lambda, a, x;
} numbers;

static void open(numbers *n, const char *lambda, const char *a) {
  mpq_inits(n->lambda, n->a, n->x, NULL);
  mpq_set_str(n->lambda, lambda, 10);
  mpq_set_str(n->a, a, 10);
}

static void close_all(numbers *n) {
  mpq_clears(n->lambda, n->a, n->x, NULL);
}

static void assert_is(const mpq_t x, const char *expected) {
  mpq_t y;
  mpq_init(y);
  mpq_set_str(y, expected, 10);
  cr_assert(mpq_equal(x, y), "%g, not %s", mpq_get_d(x), expected);
  mpq_clear(y);
}

/* heavy ball 1/(1+lambda), Nesterov (1-2 lambda)/(1-lambda+2 lambda^2); quoted, heavy ball: -lambda/2 */
Test(second_order_constants, velocities) {
  numbers n;
  open(&n, "9/10", "0");
  hp_kappa_matched(n.x, n.lambda, n.a);
  assert_is(n.x, "10/19");
  hp_kappa_quoted(n.x, n.lambda, n.a);
  assert_is(n.x, "-9/20");
  mpq_set(n.a, n.lambda);
  hp_kappa_matched(n.x, n.lambda, n.a);
  assert_is(n.x, "-20/43");
  close_all(&n);
  open(&n, "1/2", "1/2");
  hp_kappa_matched(n.x, n.lambda, n.a);
  assert_is(n.x, "0");
  hp_kappa_quoted(n.x, n.lambda, n.a);
  assert_is(n.x, "0");
  hp_equation_slow_start(n.x, n.lambda, n.a);
  assert_is(n.x, "-4");
  close_all(&n);
}

/* With the matched velocity the two layers shift by the same amount, p + q = 0; at lambda = 9/10 the
 * heavy ball's r is e^(-1/9.5) and lambda lambda_bar^2 = 90. */
Test(second_order_constants, layers) {
  numbers n;
  hp_layer_terms layer;
  mpfr_t r;
  open(&n, "9/10", "0");
  hp_layer_terms_init(&layer, n.lambda);
  assert_is(layer.p, "90");
  assert_is(layer.q, "0");
  hp_kappa_matched(n.x, n.lambda, n.a);
  hp_layer_terms_equation(&layer, n.lambda, n.a, n.x);
  assert_is(layer.q, "-90");
  mpfr_init2(r, 60);
  hp_fast_decay(r, n.lambda, n.a);
  cr_expect_float_eq(mpfr_get_d(r, MPFR_RNDN), exp(-2.0 / 19), 1e-15);
  mpfr_clear(r);
  hp_layer_terms_clear(&layer);
  close_all(&n);
}

/* Gradient descent is the classical backward error analysis of Euler's method:
 *     F_2 = f'f'f/3 + f''(f,f)/12,   and no shift. */
Test(second_order_constants, gradient_descent) {
  numbers n;
  hp_second_order e;
  open(&n, "0", "0");
  hp_second_order_init(&e);
  hp_second_order_method(&e, n.lambda, n.a);
  assert_is(e.tall, "1/3");
  assert_is(e.bush, "1/12");
  assert_is(e.shift, "0");
  hp_start_shift_method(n.x, n.lambda, n.a);
  assert_is(n.x, "0");
  /* (h/2) w'' + w' = f: F_2c = (2 f'f'f + f''(f,f))/4, S_2c = (3 - 2)/4 */
  hp_second_order_equation(&e, n.lambda, n.a);
  assert_is(e.tall, "-1/6");
  assert_is(e.bush, "-1/6");
  mpq_set_ui(n.x, 1, 1);
  hp_start_shift_equation(e.shift, n.lambda, n.a, n.x);
  assert_is(e.shift, "1/4");
  hp_second_order_clear(&e);
  close_all(&n);
}

/* On a quadratic the slow flow is U' = (ln z_s / h) U: with lambda = 1/2, a = 1/4, f = -u, lambda_bar = 2,
 * alpha = 5/8, ln z_s/h = -(2 + 5 h + F2 h^2 + ...), F2 = tall(-1)^3 of f'f'f. */
Test(second_order_constants, slow_root_of_a_quadratic) {
  numbers n;
  hp_second_order e;
  open(&n, "1/2", "1/4");
  hp_second_order_init(&e);
  hp_second_order_method(&e, n.lambda, n.a);
  double l = 1e-4, sum = 1.5 - 1.25 * l, product = 0.5 - 0.25 * l;
  double small = 1 - sum + product; /* (1-z_s)(1-z_f) = l */
  double z = (sum + sqrt(sum * sum - 4 * product)) / 2;
  double one_minus = small / (1 - (sum - z));
  double second = (-log1p(-one_minus) / l - 2 - 5 * l) / (l * l);
  cr_expect_float_eq(second, mpq_get_d(e.tall), 0.02 * mpq_get_d(e.tall));
  /* S_2 = 16 (-3/16 + 1/4 + 1) */
  hp_start_shift_method(n.x, n.lambda, n.a);
  assert_is(n.x, "17");
  hp_second_order_clear(&e);
  close_all(&n);
}

/* lambda = 1/2, a = 0, L = T = 1/2, B0 = 3, kappa f = 4: V = 6, alpha lambda_bar = 3/2,
 * C(T) = 6 (1 + 3/2 (e^{1/2} - 1)). */
Test(second_order_constants, bound) {
  numbers n;
  mpfr_t bound, f0, L, B0;
  mpq_t T;
  open(&n, "1/2", "0");
  mpq_init(T);
  mpq_set_ui(T, 1, 2);
  mpq_set_si(n.x, -2, 1);
  mpfr_inits2(100, bound, f0, L, B0, NULL);
  mpfr_set_ui(f0, 2, MPFR_RNDN);
  mpfr_set_d(L, 0.5, MPFR_RNDN);
  mpfr_set_ui(B0, 3, MPFR_RNDN);
  hp_a2_bound(bound, n.lambda, n.a, n.x, f0, L, B0, T);
  double e = exp(0.5);
  cr_expect_float_eq(mpfr_get_d(bound, MPFR_RNDN), 6 * (1 + 1.5 * (e - 1)) + 1.5 * 10 * e, 1e-12);
  /* nu = 1/4: C(T) = 6 (1 + 3/2 . 2 (e^{1/4} - 1)); nu = 0: 6 (1 + 3/2 . 1/2) */
  mpfr_t nu;
  mpfr_init2(nu, 100);
  mpfr_set_d(nu, 0.25, MPFR_RNDN);
  hp_a2_bound_symmetric(bound, n.lambda, n.a, n.x, f0, L, nu, B0, T);
  e = exp(0.25);
  cr_expect_float_eq(mpfr_get_d(bound, MPFR_RNDN),
                     6 * (1 + 3 * (e - 1)) + 1.5 * (6 + 4 * e + 12 * (e - 1)), 1e-12);
  mpfr_set_zero(nu, 1);
  hp_a2_bound_symmetric(bound, n.lambda, n.a, n.x, f0, L, nu, B0, T);
  cr_expect_float_eq(mpfr_get_d(bound, MPFR_RNDN), 6 * 1.75 + 1.5 * (6 + 4 + 3), 1e-12);
  mpfr_clear(nu);
  mpfr_clears(bound, f0, L, B0, NULL);
  mpq_clear(T);
  close_all(&n);
}
