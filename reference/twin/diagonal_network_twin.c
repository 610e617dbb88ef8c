/* The twins of src/diagonal_network.h, as in momentum_twin.c. */
#include "reference/bounds/network_bound.h"
#include "reference/twin/twin.h"
#include "src/diagonal_network.h"

void __real_hp_diagonal_theta(size_t d, const double *u, const double *v, double *theta);
void __wrap_hp_diagonal_theta(size_t d, const double *u, const double *v, double *theta);
double __real_hp_diagonal_residual(size_t d, const double *row, const double *theta, double y);
double __wrap_hp_diagonal_residual(size_t d, const double *row, const double *theta, double y);
void __real_hp_diagonal_gradient(size_t d, const double *u, const double *v, const double *g,
                                 double *g_u, double *g_v);
void __wrap_hp_diagonal_gradient(size_t d, const double *u, const double *v, const double *g,
                                 double *g_u, double *g_v);
void __real_hp_diagonal_balance(size_t d, const double *u, const double *v, double *delta);
void __wrap_hp_diagonal_balance(size_t d, const double *u, const double *v, double *delta);

void __wrap_hp_diagonal_theta(size_t d, const double *u, const double *v, double *theta) {
  __real_hp_diagonal_theta(d, u, v, theta);
  for (size_t i = 0; i < d; i++)
    hp_twin_require(hp_product_within_bound(theta[i], u[i], v[i]), "hp_diagonal_theta", "theta", i,
                    theta[i]);
}

double __wrap_hp_diagonal_residual(size_t d, const double *row, const double *theta, double y) {
  double result = __real_hp_diagonal_residual(d, row, theta, y);
  hp_twin_require(hp_residual_within_bound(result, d, row, theta, y), "hp_diagonal_residual",
                  "result", 0, result);
  return result;
}

void __wrap_hp_diagonal_gradient(size_t d, const double *u, const double *v, const double *g,
                                 double *g_u, double *g_v) {
  __real_hp_diagonal_gradient(d, u, v, g, g_u, g_v);
  for (size_t i = 0; i < d; i++) {
    hp_twin_require(hp_product_within_bound(g_u[i], g[i], v[i]), "hp_diagonal_gradient", "g_u", i,
                    g_u[i]);
    hp_twin_require(hp_product_within_bound(g_v[i], g[i], u[i]), "hp_diagonal_gradient", "g_v", i,
                    g_v[i]);
  }
}

void __wrap_hp_diagonal_balance(size_t d, const double *u, const double *v, double *delta) {
  __real_hp_diagonal_balance(d, u, v, delta);
  for (size_t i = 0; i < d; i++)
    hp_twin_require(hp_balance_within_bound(delta[i], u[i], v[i]), "hp_diagonal_balance", "delta",
                    i, delta[i]);
}
