/* must raise: is_nan_or_infinite in hp_momentum_step */
#include "src/momentum.h"
#include "verify/proof/drivers/driver.h"

int main(void) {
  double u[1], v[1], g[1];
  any_of(1, u, -0x1.8p1023, 0x1.8p1023);
  any_of(1, v, -0x1p300, 0x1p300);
  any_of(1, g, -0x1p300, 0x1p300);
  hp_momentum_step(1, u, v, g, 0.5, 0x1p723);
  return 0;
}
