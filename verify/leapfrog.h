#ifndef HP_LEAPFROG_H
#define HP_LEAPFROG_H
#include "reference/taylor/taylor.h"
#include "verify/claims/claim.h"

/* Momentum gradient descent MGD(gamma, beta) as a discretisation of the momentum gradient flow
 * MGF(lambda) with time step eps:
 *     w_{k+1} = w_k - gamma grad F(w_k) + beta (w_k - w_{k-1}),
 *     beta = 1 - eps/lambda,   gamma = eps^2/lambda   (lambda = gamma/(1-beta)^2, eps = gamma/(1-beta)).
 * It is the central-difference scheme of lambda_eff w'' + w' + grad F = 0, lambda_eff = lambda - eps/2. */

typedef enum {
  HP_LEAPFROG_REST,     /* w_{-1} = w_0 */
  HP_LEAPFROG_SYMMETRIC /* w_{-1} = w_1: the central difference at 0 vanishes */
} hp_leapfrog_start;

typedef struct {
  mpq_srcptr lambda, epsilon; /* 0 < eps <= lambda */
  hp_leapfrog_start start;
} hp_leapfrog;

void hp_leapfrog_constants(mpq_t gamma, mpq_t beta, const hp_leapfrog *method);

/* A flow to compare with; its first d components are positions. */
typedef struct {
  const hp_trajectory *flow; /* not owned */
  size_t term;               /* first component of a term that counts eps times; 0: none */
  mpfr_t error;              /* max_k |w_k - flow(k eps) - eps term(k eps)| over 0 <= k eps <= T */
} hp_leapfrog_target;

typedef struct {
  mpfr_prec_t precision_bits;
  hp_leapfrog_target *target;
  size_t n_targets;
  bool with_double;    /* set by the caller: run src/ beside it (start at rest only) */
  mpfr_t double_error; /* max_k |w_k in double - first flow(k eps)| */
  bool finite;         /* w_k stayed finite; else every maximum is +infinity */
} hp_leapfrog_pass;

void hp_leapfrog_pass_init(hp_leapfrog_pass *pass, size_t n_targets, mpfr_prec_t precision_bits);
void hp_leapfrog_pass_clear(hp_leapfrog_pass *pass);

/* False when keep_going asked to stop. */
bool hp_leapfrog_run(hp_leapfrog_pass *pass, const hp_experiment *experiment,
                     const hp_leapfrog *method);

/* result = max_k |w_k - w'_{mk}| for two methods with eps = m eps', m >= 1 whole, at equal times
 * k eps <= T (at equal counts, w_k - w'_k, when equal_counts); +infinity when one is not finite. False
 * when asked to stop. */
bool hp_leapfrog_distance(mpfr_t result, const hp_experiment *experiment, const hp_leapfrog *coarse,
                          const hp_leapfrog *fine, bool equal_counts);

#endif
