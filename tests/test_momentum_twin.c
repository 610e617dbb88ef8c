/* The twins around kernels that are wrong on purpose: each violation ends the run. */
#define __real_hp_momentum_start     faulty_start
#define __wrap_hp_momentum_start     checked_start
#define __real_hp_momentum_lookahead faulty_lookahead
#define __wrap_hp_momentum_lookahead checked_lookahead
#define __real_hp_momentum_step      faulty_step
#define __wrap_hp_momentum_step      checked_step
#include "reference/twin/momentum_twin.c"
#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>

static double fault_u, fault_v, fault_y; /* what the faulty kernels add to component 1 */

void faulty_start(size_t n, double *v) {
  hp_momentum_start(n, v);
  if (n > 1)
    v[1] += fault_v;
}

void faulty_lookahead(size_t n, const double *u, const double *v, double h, double a, double *y) {
  hp_momentum_lookahead(n, u, v, h, a, y);
  if (n > 1)
    y[1] += fault_y;
}

void faulty_step(size_t n, double *u, double *v, const double *g, double lambda, double h) {
  double before = n > 1 ? u[1] : 0;
  hp_momentum_step(n, u, v, g, lambda, h);
  if (n > 1) {
    v[1] += fault_v;
    u[1] = before + h * v[1] + fault_u;
  }
}

static double u[] = {1, 2, 3}, v[] = {-1, 0.3, 2}, g[] = {5, 0.7, 6}, y[3];

static void run_all(size_t n) {
  checked_lookahead(n, u, v, 0.1, 0.9, y);
  checked_step(n, u, v, g, 0.9, 0.1);
  checked_start(n, v);
}

Test(momentum_twin, lets_right_kernels_pass) {
  run_all(3);
  run_all(0);
}

Test(momentum_twin, stops_a_wrong_velocity, .exit_code = HP_EXIT_INTERNAL) {
  fault_v = 0x1p-51;
  checked_step(3, u, v, g, 0.9, 0.1);
}

Test(momentum_twin, stops_a_wrong_position, .exit_code = HP_EXIT_INTERNAL) {
  fault_u = 0x1p-50;
  checked_step(3, u, v, g, 0.9, 0.1);
}

Test(momentum_twin, stops_a_wrong_lookahead, .exit_code = HP_EXIT_INTERNAL) {
  fault_y = 0x1p-50;
  checked_lookahead(3, u, v, 0.1, 0.9, y);
}

Test(momentum_twin, stops_a_wrong_start, .exit_code = HP_EXIT_INTERNAL) {
  fault_v = 0x1p-1074;
  checked_start(3, v);
}
