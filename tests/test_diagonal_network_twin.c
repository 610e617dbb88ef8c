/* The twins around kernels that are wrong on purpose: each violation ends the run. */
#define __real_hp_diagonal_theta    faulty_theta
#define __wrap_hp_diagonal_theta    checked_theta
#define __real_hp_diagonal_residual faulty_residual
#define __wrap_hp_diagonal_residual checked_residual
#define __real_hp_diagonal_gradient faulty_gradient
#define __wrap_hp_diagonal_gradient checked_gradient
#define __real_hp_diagonal_balance  faulty_balance
#define __wrap_hp_diagonal_balance  checked_balance
#include "reference/twin/diagonal_network_twin.c"
#include <criterion/criterion.h>

/* Factors on what the faulty kernels give. */
static double fault = 1, fault_v = 1;

void faulty_theta(size_t d, const double *u, const double *v, double *theta) {
  hp_diagonal_theta(d, u, v, theta);
  theta[1] *= fault;
}

double faulty_residual(size_t d, const double *row, const double *theta, double y) {
  return fault * hp_diagonal_residual(d, row, theta, y);
}

void faulty_gradient(size_t d, const double *u, const double *v, const double *g, double *g_u,
                     double *g_v) {
  hp_diagonal_gradient(d, u, v, g, g_u, g_v);
  g_u[1] *= fault;
  g_v[1] *= fault_v;
}

void faulty_balance(size_t d, const double *u, const double *v, double *delta) {
  hp_diagonal_balance(d, u, v, delta);
  delta[1] *= fault;
}

static double u[] = {1, 0.2, 3}, v[] = {0.1, 0.7, 6}, g[] = {0.3, 0.4, 2}, out[3], more[3];

Test(diagonal_network_twin, lets_right_kernels_pass) {
  checked_theta(3, u, v, out);
  checked_residual(3, u, v, 0.3);
  checked_gradient(3, u, v, g, out, more);
  checked_balance(3, u, v, out);
}

Test(diagonal_network_twin, stops_a_wrong_theta, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-51;
  checked_theta(3, u, v, out);
}

Test(diagonal_network_twin, stops_a_wrong_residual, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-49;
  checked_residual(3, u, v, 0.3);
}

Test(diagonal_network_twin, stops_a_wrong_gradient, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-51;
  checked_gradient(3, u, v, g, out, more);
}

Test(diagonal_network_twin, stops_a_wrong_gradient_of_v, .exit_code = HP_EXIT_INTERNAL) {
  fault_v = 1 + 0x1p-51;
  checked_gradient(3, u, v, g, out, more);
}

Test(diagonal_network_twin, stops_a_wrong_balance, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-50;
  checked_balance(3, u, v, out);
}
