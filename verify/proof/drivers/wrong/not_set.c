/* must raise: initialization in hp_momentum_step */
#include "src/momentum.h"
#include "verify/proof/drivers/driver.h"

int main(void) {
  double u[2], v[2], g[2];
  any_of(2, u, -1.0, 1.0);
  any_of(2, g, -1.0, 1.0);
  hp_momentum_start(1, v);
  hp_momentum_step(2, u, v, g, 0.5, 0.125);
  return 0;
}
