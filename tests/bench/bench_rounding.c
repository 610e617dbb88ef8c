#include "reference/bounds/tape_bound.h"
#include "src/diagonal_network.h"
#include "src/flow.h"
#include "src/momentum.h"
#include "src/vector.h"
#include "tests/random_double.h"
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>

/* How tight the proved rounding bounds are: the bound divided by the largest error seen in random
 * trials against MPFR. Below 1 a bound would be wrong. The bounds: src/momentum.h, src/vector.h,
 * src/diagonal_network.h, src/flow.h, src/tape.h (against Arb); arguments: random_double.h, all signs, 2^-8 to 2^8. */

enum { BITS = 400, LENGTH = 10 };

static const double EPS = 0x1p-53;
static mpfr_t exact, term;

/* exact := x y, exact := exact + sign x y */
static void set_product(double x, double y) {
  mpfr_set_d(exact, x, MPFR_RNDN);
  mpfr_mul_d(exact, exact, y, MPFR_RNDN);
}

static void add_product(double x, double y, int sign) {
  mpfr_set_d(term, x, MPFR_RNDN);
  mpfr_mul_d(term, term, y, MPFR_RNDN);
  mpfr_mul_si(term, term, sign, MPFR_RNDN);
  mpfr_add(exact, exact, term, MPFR_RNDN);
}

/* |computed - exact|/bound */
static double share(double computed, double bound) {
  mpfr_sub_d(exact, exact, computed, MPFR_RNDN);
  return fabs(mpfr_get_d(exact, MPFR_RNDN)) / bound;
}

static double lookahead(void) {
  double u = random_double(), v = random_double(), h = random_double(), a = random_double(), y;
  hp_momentum_lookahead(1, &u, &v, h, a, &y);
  set_product(h, a);
  mpfr_mul_d(exact, exact, v, MPFR_RNDN);
  mpfr_add_d(exact, exact, u, MPFR_RNDN);
  return share(y, EPS * (3 * fabs(h * a * v) + fabs(u)));
}

static double velocity(void) {
  double u = random_double(), v = random_double(), g = random_double(), lambda = random_double();
  double next_v = v;
  hp_momentum_step(1, &u, &next_v, &g, lambda, 1);
  set_product(lambda, v);
  mpfr_sub_d(exact, exact, g, MPFR_RNDN);
  return share(next_v, EPS * (2 * fabs(lambda * v) + fabs(g)));
}

static double position(void) {
  double u = random_double(), v = random_double(), g = random_double(), h = random_double();
  double next_u = u, next_v = v;
  hp_momentum_step(1, &next_u, &next_v, &g, 1, h);
  set_product(h, next_v);
  mpfr_add_d(exact, exact, u, MPFR_RNDN);
  return share(next_u, EPS * (2 * fabs(h * next_v) + fabs(u)));
}

static double scaled_sum(void) {
  double x = random_double(), s = random_double(), y = random_double(), r;
  hp_vector_add_scaled(1, &x, s, &y, &r);
  set_product(s, y);
  mpfr_add_d(exact, exact, x, MPFR_RNDN);
  return share(r, EPS * (2 * fabs(s * y) + fabs(x)));
}

static double x[LENGTH], y[LENGTH];

/* The sum of |x_i y_i|, after filling x and y. */
static double fill(void) {
  double size = 0;
  for (size_t i = 0; i < LENGTH; ++i) {
    x[i] = random_double();
    y[i] = random_double();
    size += fabs(x[i] * y[i]);
  }
  return size;
}

static double dot(void) {
  double size = fill();
  mpfr_set_zero(exact, 1);
  for (size_t i = 0; i < LENGTH; ++i)
    add_product(x[i], y[i], 1);
  return share(hp_vector_dot(LENGTH, x, y), (LENGTH + 1) * EPS * size);
}

static double distance_squared(void) {
  fill();
  mpfr_set_zero(exact, 1);
  for (size_t i = 0; i < LENGTH; ++i) {
    mpfr_set_d(term, x[i], MPFR_RNDN);
    mpfr_sub_d(term, term, y[i], MPFR_RNDN);
    mpfr_sqr(term, term, MPFR_RNDN);
    mpfr_add(exact, exact, term, MPFR_RNDN);
  }
  double size = mpfr_get_d(exact, MPFR_RNDN);
  return share(hp_vector_distance_squared(LENGTH, x, y), (LENGTH + 3) * EPS * size);
}

static double distance_max(void) {
  double a = random_double(), b = random_double();
  mpfr_set_d(exact, a, MPFR_RNDN);
  mpfr_sub_d(exact, exact, b, MPFR_RNDN);
  mpfr_abs(exact, exact, MPFR_RNDN);
  return share(hp_vector_distance_max(1, &a, &b), EPS * fabs(a - b));
}

static double product(void) {
  double u = random_double(), v = random_double(), theta;
  hp_diagonal_theta(1, &u, &v, &theta);
  set_product(u, v);
  return share(theta, EPS * fabs(u * v));
}

static double balance(void) {
  double u = random_double(), v = random_double(), delta;
  hp_diagonal_balance(1, &u, &v, &delta);
  set_product(u, u);
  add_product(v, v, -1);
  mpfr_abs(exact, exact, MPFR_RNDN);
  return share(delta, EPS * (u * u + v * v + fabs(u * u - v * v)));
}

static double residual(void) {
  double size = fill(), target = random_double();
  mpfr_set_d(exact, -target, MPFR_RNDN);
  for (size_t i = 0; i < LENGTH; ++i)
    add_product(x[i], y[i], 1);
  double size_of_residual = fabs(mpfr_get_d(exact, MPFR_RNDN));
  return share(hp_diagonal_residual(LENGTH, x, y, target),
               EPS * ((LENGTH + 1) * size + size_of_residual));
}

static double gradient(void) {
  double u = random_double(), v = random_double(), g = random_double(), in_u, in_v;
  hp_diagonal_gradient(1, &u, &v, &g, &in_u, &in_v);
  set_product(g, v);
  return share(in_u, EPS * fabs(g * v));
}

static double loss(void) {
  fill();
  mpfr_set_zero(exact, 1);
  for (size_t i = 0; i < LENGTH; ++i)
    add_product(x[i], x[i], 1);
  mpfr_div_ui(exact, exact, 2 * LENGTH, MPFR_RNDN);
  double size = mpfr_get_d(exact, MPFR_RNDN);
  return share(hp_diagonal_loss(LENGTH, x), (LENGTH + 2) * EPS * size);
}

static double entropy(void) {
  double theta = random_double(), delta = fabs(random_double()), psi, size;
  psi = hp_diagonal_entropy(1, &theta, &delta);
  mpfr_set_d(exact, 2 * theta, MPFR_RNDN);
  mpfr_div_d(exact, exact, delta, MPFR_RNDN);
  mpfr_asinh(exact, exact, MPFR_RNDN);
  mpfr_mul_d(exact, exact, 2 * theta, MPFR_RNDN);
  mpfr_set_d(term, 2 * theta, MPFR_RNDN);
  mpfr_sqr(term, term, MPFR_RNDN);
  mpfr_t square;
  mpfr_init2(square, BITS);
  mpfr_set_d(square, delta, MPFR_RNDN);
  mpfr_sqr(square, square, MPFR_RNDN);
  mpfr_add(term, term, square, MPFR_RNDN);
  mpfr_clear(square);
  mpfr_sqrt(term, term, MPFR_RNDN);
  size = mpfr_get_d(exact, MPFR_RNDN) + mpfr_get_d(term, MPFR_RNDN) + delta;
  mpfr_sub(exact, exact, term, MPFR_RNDN);
  mpfr_add_d(exact, exact, delta, MPFR_RNDN);
  mpfr_div_ui(exact, exact, 4, MPFR_RNDN);
  return share(psi, 10 * EPS * size / 4);
}

/* A step of the flow of u^2/2 (grad Phi is the input), lambda_bar and h random; exact := S = -lambda_bar h. */
static struct { double u, point[4], gradient[4], scale; } flow;

static void take_flow_step(void) {
  static const uint32_t output[] = {0};
  static const hp_tape tape = {1, 0, 0, 1, 0, 0, output};
  double lambda_bar = random_double(), h = random_double(), slot;
  flow.u = random_double();
  hp_flow_step(&tape, lambda_bar, h, &flow.u, flow.point, flow.gradient, &slot);
  set_product(-lambda_bar, h);
  flow.scale = fabs(lambda_bar * h);
}

static double flow_point(void) {
  take_flow_step();
  mpfr_mul_d(exact, exact, flow.gradient[0], MPFR_RNDN);
  mpfr_div_ui(exact, exact, 2, MPFR_RNDN);
  mpfr_add_d(exact, exact, flow.point[0], MPFR_RNDN);
  double moved = flow.scale / 2 * fabs(flow.gradient[0]);
  return share(flow.point[1], EPS * (4 * moved + fabs(flow.point[0])));
}

static double flow_step(void) {
  static const int weight[] = {1, 2, 2, 1};
  take_flow_step();
  double size = 0;
  mpfr_t sum;
  mpfr_init2(sum, BITS);
  mpfr_set_zero(sum, 1);
  for (size_t j = 0; j < 4; ++j) {
    mpfr_set_d(term, flow.gradient[j], MPFR_RNDN);
    mpfr_mul_si(term, term, weight[j], MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
    size += weight[j] * fabs(flow.gradient[j]);
  }
  mpfr_mul(exact, exact, sum, MPFR_RNDN);
  mpfr_clear(sum);
  mpfr_div_ui(exact, exact, 6, MPFR_RNDN);
  mpfr_add_d(exact, exact, flow.point[0], MPFR_RNDN);
  return share(flow.u, EPS * (7 * flow.scale / 6 * size + fabs(flow.point[0])));
}

/* 400 x (x^2 - y) + 2 (x - 1), the first component of Rosenbrock's gradient. */
static double rosenbrock(void) {
  static const double constants[] = {400, 2, 1};
  static const hp_instruction code[] = {{HP_SQR, 0, 0}, {HP_SUB, 5, 1}, {HP_MUL, 0, 6},
                                        {HP_MUL, 2, 7}, {HP_SUB, 0, 4}, {HP_MUL, 3, 9},
                                        {HP_ADD, 8, 10}};
  static const uint32_t output[] = {11};
  static const hp_tape tape = {2, 3, 7, 1, constants, code, output};
  double point[] = {random_double(), random_double()}, slot[12], result;
  hp_tape_outputs(&tape, point, slot, &result);
  hp_tape_bound bound;
  hp_tape_bound_init(&bound, &tape, point);
  double attained = hp_slot_share(&bound, output[0], result);
  hp_tape_bound_clear(&bound);
  return attained;
}

static const struct {
  const char *name, *result;
  double (*trial)(void);
} kernel[] = {
    {"hp_momentum_lookahead", "y", lookahead},
    {"hp_momentum_step", "v", velocity},
    {"hp_momentum_step", "u", position},
    {"hp_vector_add_scaled", "result", scaled_sum},
    {"hp_vector_dot", "n = 10", dot},
    {"hp_vector_distance_squared", "n = 10", distance_squared},
    {"hp_vector_distance_max", "", distance_max},
    {"hp_diagonal_theta", "theta", product},
    {"hp_diagonal_balance", "delta", balance},
    {"hp_diagonal_residual", "d = 10", residual},
    {"hp_diagonal_gradient", "d/du", gradient},
    {"hp_diagonal_loss", "n = 10", loss},
    {"hp_diagonal_entropy", "d = 1", entropy},
    {"hp_tape_outputs", "7 steps", rosenbrock},
    {"hp_flow_step", "point", flow_point},
    {"hp_flow_step", "u", flow_step},
};

int main(int argc, char **argv) {
  long trials = argc > 1 ? atol(argv[1]) : 1000000;
  mpfr_inits2(BITS, exact, term, (mpfr_ptr)0);
  printf("proved rounding bound / largest error in %ld random trials against MPFR\n", trials);
  for (size_t k = 0; k < sizeof kernel / sizeof *kernel; ++k) {
    double largest = 0;
    random_double_seed(k + 1);
    for (long i = 0; i < trials; ++i)
      largest = fmax(largest, kernel[k].trial());
    printf("  %-28s %-8s %.4f\n", kernel[k].name, kernel[k].result, 1 / largest);
  }
  mpfr_clears(exact, term, (mpfr_ptr)0);
  mpfr_free_cache();
  return 0;
}
