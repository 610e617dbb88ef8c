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

/* The maximum of a smooth function from its values at equal steps, taken at the vertex of the parabola
 * through the largest value and its neighbours: the grid misses a maximum by O(eps^2), the parabola by
 * O(eps^4). A maximum at an end is taken as it is. */
typedef struct {
  double before, last, most;
  long count;
} hp_leapfrog_peak;
void hp_leapfrog_peak_add(hp_leapfrog_peak *peak, double value); /* start from zeros */
double hp_leapfrog_peak_end(const hp_leapfrog_peak *peak);

/* A flow to compare with; its first d components are positions. */
typedef struct {
  const hp_trajectory *flow; /* not owned */
  size_t term;               /* first component of a term that counts eps times; 0: none */
  mpfr_t error;              /* max_k |w_k - flow(k eps) - eps term(k eps)| over 0 <= k eps <= T */
  double peak;               /* the same maximum over continuous time: see hp_leapfrog_peak */
} hp_leapfrog_target;

typedef struct {
  mpfr_prec_t precision_bits;
  hp_leapfrog_target *target;
  size_t n_targets;
  bool with_double;     /* set by the caller: run src/ beside it (start at rest only) */
  size_t double_target; /* set by the caller: the target it is compared with, without a term */
  mpfr_t double_error;  /* max_k |w_k in double - flow(k eps)| */
  bool finite;          /* w_k stayed finite; else every maximum is +infinity */
} hp_leapfrog_pass;

void hp_leapfrog_pass_init(hp_leapfrog_pass *pass, size_t n_targets, mpfr_prec_t precision_bits);
void hp_leapfrog_pass_clear(hp_leapfrog_pass *pass);

/* False when keep_going asked to stop. */
bool hp_leapfrog_run(hp_leapfrog_pass *pass, const hp_experiment *experiment,
                     const hp_leapfrog *method);

/* A whole path w_0, ..., w_N, N = floor(T/eps), N + 1 times d values. */
typedef struct {
  size_t d;
  long steps;
  bool finite;
  mpfr_t *w;
} hp_leapfrog_path;

/* False, with nothing to clear, when keep_going asked to stop. */
bool hp_leapfrog_follow(hp_leapfrog_path *path, const hp_experiment *experiment,
                        const hp_leapfrog *method, mpfr_prec_t precision_bits);
void hp_leapfrog_path_clear(hp_leapfrog_path *path);

/* result and *peak = max_k |w_k - w'_{mk}| over the coarse path and the fine one; +infinity when one of them is
 * not finite. */
void hp_leapfrog_distance(mpfr_t result, double *peak, const hp_leapfrog_path *coarse,
                          const hp_leapfrog_path *fine, long m);

/* Bits for so many digits of a path of N steps, a guess: a rounding of the velocity moves all later
 * positions by up to N of it, N steps add up, and 2^24 is for the sensitivity of the path. Whether it
 * is enough shows when the path is followed with more. */
mpfr_prec_t hp_leapfrog_bits(long steps, double digits);

#endif
