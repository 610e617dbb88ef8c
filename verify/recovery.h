#ifndef HP_RECOVERY_H
#define HP_RECOVERY_H
#include "reference/diagonal_network/network.h"

/* Sparse recovery with more unknowns than observations: y = X theta with X of n x d independent
 * standard normals (Box-Muller from the generator x := 1103515245 x + 12345 mod 2^31, rounded to
 * multiples of 2^-16, so that X and y are exact) and theta with k entries +-1, at multiples of d/k.
 * The start is u = scale, v = 0. */
enum { HP_RECOVERY_ROWS = 40, HP_RECOVERY_COLUMNS = 100, HP_RECOVERY_NONZEROS = 5 };
void hp_recovery_network(hp_diagonal_network *network, size_t n, size_t d, size_t k,
                         unsigned long seed, const mpq_t scale);

/* Momentum gradient descent on it in double precision, by the kernels of src/, until gradient and
 * step are below rest, or most steps. */
typedef struct {
  double gamma, beta;
  long steps;
  bool converged;
  double l1;      /* |theta|_1 at the end */
  double loss;    /* L(theta) there */
  double balance; /* sum_i Delta_i(end) / sum_i Delta_i(0) */
  double entropy; /* psi_Delta(theta) there, Delta that of the end */
} hp_recovery_run;

void hp_recovery_descend(hp_recovery_run *run, const hp_diagonal_network *network, double rest,
                         long most);

#endif
