/* must raise: mem_access in hp_vector_copy; requires valid of hp_run_path */
#include "src/run.h"
#include "verify/proof/drivers/tape.h"

enum { ROWS = 3 };

int main(void) {
  double u[(ROWS + 1) * INPUTS], v[(ROWS + 1) * INPUTS], y[ROWS * INPUTS], g[INPUTS], slot[SLOTS];
  any_of(CONSTANTS, constants, -1.0, 1.0);
  any_of(INPUTS, u, -2.0, 2.0);
  hp_run_path(&tape, 0.5, 0.0, 0.125, ROWS + 1, u, v, y, g, slot);
  return 0;
}
