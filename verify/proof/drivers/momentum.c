#include "src/momentum.h"
#include "verify/proof/drivers/driver.h"

enum { MOST = 4 };

/* Any n <= 4, any number that the contracts call tame. */
int main(void) {
  const double tame = 0x1p300;
  double u[MOST], v[MOST], y[MOST], g[MOST];
  size_t n = Frama_C_size_t_interval(0, MOST);
  double h = Frama_C_double_interval(-tame, tame), a = Frama_C_double_interval(-tame, tame);
  hp_momentum_start(n, v);
  any_of(MOST, u, -tame, tame);
  any_of(MOST, v, -tame, tame);
  any_of(MOST, g, -tame, tame);
  hp_momentum_lookahead(n, u, v, h, a, y);
  hp_momentum_step(n, u, v, g, a, h);
  return 0;
}
