#ifndef HP_DIAGONAL_FLOW_H
#define HP_DIAGONAL_FLOW_H
#include "descent.h"
#include "reference/taylor/taylor.h"

/* The momentum gradient flow on a diagonal network,
 *     lambda w_+-'' + w_+-' = -+ w_+- g(theta),   w_+-'(0) = -+ slope w_+-(0) g(theta_0),
 * by Taylor series until it has come to rest; lambda = 0 is the gradient flow (slope is not used).
 * a_+- = lambda I_+- - lambda w_+-'(0)/w_+-(0) with I_+- = int_0^T (w_+-'/w_+-)^2 dt by Gauss-Legendre
 * panels along the path, independently of the equation that the path solves. At a zero t_c of w the
 * integrand is 1/(t-t_c)^2 - (1/lambda)/(t-t_c) + (analytic): I is then Hadamard's finite part,
 *     int (integrand - sum_c poles) + sum_c [-1/(t-t_c) - ln|t-t_c|/lambda]_0^T. */
typedef struct {
  mpq_srcptr lambda;                 /* >= 0 */
  mpq_srcptr slope;                  /* NULL: 0 */
  double digits;                     /* at rest when |g| and |w'/w| fall below 10^-(digits+6) */
  double last_time;                  /* 0: 10^5; gives up there */
  bool (*keep_going)(void *context); /* may be NULL */
  /* At increasing times; rates are w_+'/w_+ then w_-'/w_-, 2d values. May be NULL. */
  void (*visit)(void *place, const mpfr_t t, const mpfr_t theta[], const mpfr_t g[],
                const mpfr_t rates[]);
  void *context, *place;
} hp_diagonal_flow_options;

/* The limit is initialised by the caller with hp_diagonal_bits(digits) or more. Its 2 int g^2 dt is
 * that of this flow. HP_DIAGONAL_DIVERGED when the path cannot be continued. */
hp_diagonal_status hp_diagonal_flow(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                                    const hp_diagonal_flow_options *options);

#endif
