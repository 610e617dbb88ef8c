/* The twin around a Runge-Kutta step that is wrong on purpose: each violation ends the run. */
#define __real_hp_flow_step faulty_flow_step
#define __wrap_hp_flow_step checked_flow_step
#include "reference/twin/flow_twin.c"
#include <criterion/criterion.h>
#include <math.h>

static double fault_u, fault_point; /* what the faulty step adds to component 1 */
static size_t faulty_row;

void faulty_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                      double *gradient, double *slot) {
  hp_flow_step(tape, lambda_bar, h, u, point, gradient, slot);
  u[1] += fault_u;
  point[faulty_row * tape->n_inputs + 1] += fault_point;
}

/* Phi = (x^2 + y^2)/2 */
static const uint32_t same[] = {0, 1};
static const hp_tape bowl = {2, 0, 0, 2, NULL, NULL, same};

static void step(void) {
  double u[] = {1, 2}, point[8], gradient[8], slot[2];
  checked_flow_step(&bowl, 2, 0.1, u, point, gradient, slot);
}

Test(flow_twin, lets_the_right_step_pass) {
  step();
}

Test(flow_twin, stops_a_wrong_sum, .exit_code = HP_EXIT_INTERNAL) {
  fault_u = 0x1p-49;
  step();
}

Test(flow_twin, stops_a_moved_start, .exit_code = HP_EXIT_INTERNAL) {
  fault_point = 0x1p-51;
  step();
}

Test(flow_twin, stops_a_wrong_point, .exit_code = HP_EXIT_INTERNAL) {
  fault_point = 0x1p-49;
  faulty_row = 2;
  step();
}

Test(flow_twin, stops_a_wrong_last_point, .exit_code = HP_EXIT_INTERNAL) {
  fault_point = 0x1p-49;
  faulty_row = 3;
  step();
}
