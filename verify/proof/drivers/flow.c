#include "src/flow.h"
#include "verify/proof/drivers/tape.h"

/* lambda_bar in [1, 100], h in [0, 1/8], |u| <= 2: a step. */
int main(void) {
  double u[INPUTS], point[4 * INPUTS], gradient[4 * INPUTS], slot[SLOTS];
  double lambda_bar = Frama_C_double_interval(1.0, 100.0), h = Frama_C_double_interval(0.0, 0.125);
  any_of(CONSTANTS, constants, -1.0, 1.0);
  any_of(INPUTS, u, -2.0, 2.0);
  hp_flow_step(&tape, lambda_bar, h, u, point, gradient, slot);
  return 0;
}
