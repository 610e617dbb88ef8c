/* The twin of a Runge-Kutta step: its points and its sum at the computed operands. The gradients are
 * those of hp_tape_outputs, whose own twin compares them. */
#include "reference/bounds/flow_bound.h"
#include "reference/twin/twin.h"
#include "src/flow.h"

void __real_hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                         double *gradient, double *slot);
void __wrap_hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                         double *gradient, double *slot);

void __wrap_hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                         double *gradient, double *slot) {
  static const int divisor[3] = {2, 2, 1};
  size_t d = tape->n_inputs;
  double *start = hp_twin_copy(d, u);
  __real_hp_flow_step(tape, lambda_bar, h, u, point, gradient, slot);
  for (size_t i = 0; i < d; i++) {
    hp_twin_require(memcmp(point + i, start + i, sizeof *point) == 0, "hp_flow_step", "point", i,
                    point[i]);
    for (size_t j = 0; j < 3; j++)
      hp_twin_require(hp_flow_point_within_bound(point[(j + 1) * d + i], start[i],
                                                 gradient[j * d + i], lambda_bar, h, divisor[j]),
                      "hp_flow_step", "point", (j + 1) * d + i, point[(j + 1) * d + i]);
    hp_twin_require(hp_flow_step_within_bound(u[i], start[i], gradient + i, d, lambda_bar, h),
                    "hp_flow_step", "u", i, u[i]);
  }
  free(start);
}
