#include "src/flow.h"
#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>

/* grad Phi = x^3 - x, the double well: slots x | x^2, x^3, x^3 - x */
static const hp_instruction well_code[] = {{HP_SQR, 0, 0}, {HP_MUL, 0, 1}, {HP_SUB, 2, 0}};
static const uint32_t well_output[] = {3};
static const hp_tape well = {1, 0, 3, 1, NULL, well_code, well_output};

/* Phi = 2 x y: grad Phi = (2 y, 2 x), linear with eigenvalues 2 and -2 */
static const double two[] = {2};
static const hp_instruction saddle_code[] = {{HP_MUL, 2, 1}, {HP_MUL, 2, 0}};
static const uint32_t saddle_output[] = {3, 4};
static const hp_tape saddle = {2, 1, 2, 2, two, saddle_code, saddle_output};

/* On a linear field the step is the polynomial 1 + z + z^2/2 + z^3/6 + z^4/24 of z = h lambda_bar A. */
Test(flow, step_is_the_fourth_order_polynomial_on_a_linear_field) {
  double u[] = {1, 1}, w[] = {1, -1}, point[8], gradient[8], slot[5];
  const double lambda_bar = 4, h = 0x1p-5, z = 2 * lambda_bar * h;
  hp_flow_step(&saddle, lambda_bar, h, u, point, gradient, slot);
  hp_flow_step(&saddle, lambda_bar, h, w, point, gradient, slot);
  double decay = 1 - z + z * z / 2 - z * z * z / 6 + z * z * z * z / 24;
  double growth = 1 + z + z * z / 2 + z * z * z / 6 + z * z * z * z / 24;
  cr_assert(fabs(u[0] - decay) < 0x1p-50 && u[1] == u[0]);
  cr_assert(fabs(w[0] - growth) < 0x1p-50 && w[1] == -w[0]);
}

/* ubar(t) = u_0 / sqrt(u_0^2 + (1 - u_0^2) e^{-2 lambda_bar t}) */
static double well_flow(double u0, double lambda_bar, double t) {
  mpfr_t s, q;
  mpfr_inits2(200, s, q, (mpfr_ptr)0);
  mpfr_set_d(s, u0, MPFR_RNDN);
  mpfr_sqr(s, s, MPFR_RNDN);
  mpfr_set_d(q, -2 * lambda_bar * t, MPFR_RNDN);
  mpfr_exp(q, q, MPFR_RNDN);
  mpfr_ui_sub(q, 1, q, MPFR_RNDN);
  mpfr_mul(s, s, q, MPFR_RNDN);
  mpfr_ui_sub(q, 1, q, MPFR_RNDN);
  mpfr_add(s, s, q, MPFR_RNDN);
  mpfr_rec_sqrt(s, s, MPFR_RNDN);
  mpfr_mul_d(s, s, u0, MPFR_RNDN);
  double value = mpfr_get_d(s, MPFR_RNDN);
  mpfr_clears(s, q, (mpfr_ptr)0);
  return value;
}

static double error_at_one(int steps) {
  double u = 0.25, point[4], gradient[4], slot[4];
  for (int n = 0; n < steps; n++)
    hp_flow_step(&well, 2, 1.0 / steps, &u, point, gradient, slot);
  return fabs(u - well_flow(0.25, 2, 1));
}

Test(flow, has_order_four) {
  for (int steps = 32; steps <= 128; steps *= 2) {
    double order = log2(error_at_one(steps) / error_at_one(2 * steps));
    cr_assert(fabs(order - 4) < 0.2, "%d steps: order %g", steps, order);
  }
}

Test(flow, leaves_points_and_gradients_of_the_four_stages) {
  const double start = 0.25, lambda_bar = 2, h = 0.125;
  double u = start, point[4], gradient[4], slot[4];
  hp_flow_step(&well, lambda_bar, h, &u, point, gradient, slot);
  const double weight[] = {0, 0.5, 0.5, 1};
  double sum = 0;
  for (int j = 0; j < 4; j++) {
    double x = point[j];
    cr_assert_eq(gradient[j], x * (x * x) - x, "stage %d", j);
    cr_assert_eq(x, j == 0 ? start : start - weight[j] * h * lambda_bar * gradient[j - 1]);
    sum += (j == 0 || j == 3 ? 1 : 2) * gradient[j];
  }
  cr_assert_lt(fabs(u - (start - h * lambda_bar / 6 * sum)), 0x1p-53);
}

Test(flow, works_without_coordinates) {
  const hp_tape empty = {0, 0, 0, 0, NULL, NULL, NULL};
  double nothing = 42;
  hp_flow_step(&empty, 1, 0.1, &nothing, &nothing, &nothing, &nothing);
  cr_assert_eq(nothing, 42);
}
