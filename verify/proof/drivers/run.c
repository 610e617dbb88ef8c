#include "src/run.h"
#include "verify/proof/drivers/tape.h"

enum { STEPS = 6 };

/* lambda in [0, 0.99], a in [0, 1], h in [0, 1/8], |u_0| <= 2, up to six steps. */
int main(void) {
  double u[(STEPS + 1) * INPUTS], v[(STEPS + 1) * INPUTS], y[STEPS * INPUTS], g[INPUTS],
      slot[SLOTS];
  double lambda = Frama_C_double_interval(0.0, 0.99), a = Frama_C_double_interval(0.0, 1.0);
  double h = Frama_C_double_interval(0.0, 0.125);
  any_of(CONSTANTS, constants, -1.0, 1.0);
  any_of(INPUTS, u, -2.0, 2.0);
  any_of(INPUTS, v, -2.0, 2.0);
  hp_run_step(&tape, lambda, a, h, u, v, y, g, slot);
  size_t N = Frama_C_size_t_interval(0, STEPS);
  hp_run_path(&tape, lambda, a, h, N, u, v, y, g, slot);
  return 0;
}
