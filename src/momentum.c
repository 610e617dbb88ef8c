#include "src/momentum.h"
#include "src/vector.h"

void hp_momentum_start(size_t n, double *v) {
  hp_vector_zero(n, v);
}

void hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                           double *y) {
  double ha = h * a;
  size_t i = 0;
  while (i < n) {
    double product = ha * v[i];
    y[i] = u[i] + product;
    i++;
  }
}

void hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda, double h) {
  size_t i = 0;
  while (i < n) {
    double kept = lambda * v[i];
    double velocity = kept - g[i];
    double move = h * velocity;
    v[i] = velocity;
    u[i] = u[i] + move;
    i++;
  }
}
