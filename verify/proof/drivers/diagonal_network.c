#include "src/diagonal_network.h"
#include "src/vector.h"
#include "verify/proof/drivers/driver.h"

enum { MOST = 4 };

/* Up to four coordinates and observations, parameters and data up to 2^100, balancedness of 2^-100 to 2^100. */
int main(void) {
  const double big = 0x1p100;
  double u[MOST], v[MOST], theta[MOST], row[MOST], residual[MOST], g[MOST], g_u[MOST], g_v[MOST];
  double delta[MOST], width[MOST];
  size_t d = Frama_C_size_t_interval(0, MOST);
  any_of(MOST, u, -big, big);
  any_of(MOST, v, -big, big);
  any_of(MOST, row, -big, big);
  any_of(MOST, g, -big, big);
  any_of(MOST, theta, -big, big);
  hp_diagonal_theta(d, u, v, theta);
  any_of(MOST, theta, -big, big);
  any_of(MOST, residual, -big, big);
  any_of(MOST, width, 0x1p-100, big);
  double r = hp_diagonal_residual(d, row, theta, Frama_C_double_interval(-big, big));
  double loss = 0.0;
  /*@ loop unroll MOST; */
  for (size_t n = 1; n <= MOST; n++) /* one by one: n = 2(n/2) + n%2 is no matter of intervals */
    loss = hp_diagonal_loss(n, residual);
  hp_diagonal_gradient(d, u, v, g, g_u, g_v);
  hp_diagonal_balance(d, u, v, delta);
  return r + loss + hp_diagonal_entropy(d, theta, width) > 0.0;
}
