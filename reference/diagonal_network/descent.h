#ifndef HP_DIAGONAL_DESCENT_H
#define HP_DIAGONAL_DESCENT_H
#include "limit.h"

/* Momentum gradient descent on a diagonal network, in w_+- from w_{-1} = w_0:
 *     w_+-,k+1 = w_+-,k -+ gamma w_+-,k g_k + beta (w_+-,k - w_+-,k-1),
 * g_k = grad L(theta_k), or the mean gradient of `batch` rows drawn with replacement. With
 * rho_k = w_{k+1}/w_k, exactly and for every step size,
 *     a = (1/(1-beta)) sum_k Q_beta(rho_k),  Q_beta(rho) = (rho-1) - (1-beta) ln|rho| - beta (1-1/rho).
 * Rows come from x := 1103515245 x + 12345 mod 2^31, row = (x >> 16) mod n. */
typedef enum {
  HP_Q_EXACT,
  HP_Q_QUADRATIC, /* wrong on purpose: (1+beta)/2 (rho-1)^2, its leading term */
  HP_Q_PLAIN      /* wrong on purpose: rho - 1 - ln|rho|, that of gradient descent */
} hp_diagonal_form;

typedef struct {
  mpq_srcptr gamma, beta; /* gamma > 0, 0 <= beta < 1 */
  size_t batch;           /* 0: all rows */
  unsigned long seed;
  hp_diagonal_form form;
  double digits; /* comes to rest when |g| and |rho - 1| (1-beta)/gamma fall below 10^-(digits+6) */
  long max_steps;                                                             /* 0: 10^6 */
  bool (*keep_going)(void *context);                                          /* may be NULL */
  void (*visit)(void *place, long k, const mpfr_t theta[], const mpfr_t g[]); /* may be NULL */
  void *context, *place;
} hp_diagonal_descent_options;

typedef enum {
  HP_DIAGONAL_RESTED,
  HP_DIAGONAL_DIVERGED,   /* left the finite numbers */
  HP_DIAGONAL_MOVING,     /* not at rest after max_steps, or at the last time */
  HP_DIAGONAL_INTERRUPTED /* keep_going returned false */
} hp_diagonal_status;

/* The limit is initialised by the caller, at the precision to work with. */
hp_diagonal_status hp_diagonal_descend(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                                       const hp_diagonal_descent_options *options);

/* lambda = gamma/(1-beta)^2;  lambda_eff = lambda (1+beta)/2 */
void hp_diagonal_mass(mpq_t lambda, mpq_t lambda_eff, const mpq_t gamma, const mpq_t beta);

/* Bits to work with for so many digits of the limit. */
mpfr_prec_t hp_diagonal_bits(double digits);

#endif
