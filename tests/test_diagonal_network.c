#include "src/diagonal_network.h"
#include <criterion/criterion.h>
#include <math.h>

Test(diagonal_network, theta_and_gradient) {
  double u[] = {1, 2, -3}, v[] = {4, 0.5, 0.25}, theta[3], g[] = {2, 3, 5}, g_u[3], g_v[3];
  hp_diagonal_theta(3, u, v, theta);
  cr_assert(theta[0] == 4 && theta[1] == 1 && theta[2] == -0.75);
  hp_diagonal_gradient(3, u, v, g, g_u, g_v);
  cr_assert(g_u[0] == 8 && g_u[1] == 1.5 && g_u[2] == 1.25);
  cr_assert(g_v[0] == 2 && g_v[1] == 6 && g_v[2] == -15);
  hp_diagonal_theta(0, u, v, theta);
}

Test(diagonal_network, residual_and_loss) {
  double row[] = {1, 0.5, -0.25}, theta[] = {0.5, 1, 2}, residual[] = {3, -4};
  cr_assert(hp_diagonal_residual(3, row, theta, 1) == -0.5);
  cr_assert(hp_diagonal_residual(0, row, theta, 1) == -1);
  cr_assert(hp_diagonal_loss(2, residual) == 6.25);
}

Test(diagonal_network, balance) {
  double u[] = {0.5, -0.25, 0}, v[] = {0.25, 0.5, 0}, delta[3];
  hp_diagonal_balance(3, u, v, delta);
  cr_assert(delta[0] == 0.1875 && delta[1] == 0.1875 && delta[2] == 0);
}

/* psi_Delta(0) = 0, it grows on both sides, and its derivative is arsinh(2 theta/Delta)/2. */
Test(diagonal_network, entropy) {
  double delta[] = {0.25, 0.5}, zero[] = {0, 0};
  cr_assert_float_eq(hp_diagonal_entropy(2, zero, delta), 0, 1e-17);
  for (double x = -2; x <= 2; x += 0.25) {
    double below[] = {x - 1e-5, 1}, above[] = {x + 1e-5, 1}, at[] = {x, 0};
    double slope =
        (hp_diagonal_entropy(2, above, delta) - hp_diagonal_entropy(2, below, delta)) / 2e-5;
    cr_assert_float_eq(slope, asinh(2 * x / 0.25) / 2, 1e-8);
    cr_assert(x == 0 || hp_diagonal_entropy(2, at, delta) > 0);
  }
}
