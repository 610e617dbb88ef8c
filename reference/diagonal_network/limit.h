#ifndef HP_DIAGONAL_LIMIT_H
#define HP_DIAGONAL_LIMIT_H
#include "network.h"

/* Where a path of the network from w_+-(0) ends, and what its invariants say about it:
 *     Delta_inf     = Delta_0 exp(-(a_+ + a_-))
 *     theta_tilde_0 = (w_+(0)^2 e^{-2 a_+} - w_-(0)^2 e^{-2 a_-})/4
 * with a_+- from the path: lambda int (w_+-'/w_+-)^2 dt - lambda w_+-'(0)/w_+-(0) for the flow,
 * sum_k Q_beta(rho_+-,k)/(1-beta) for descent. Vectors hold d values. */
typedef struct {
  size_t d;
  mpfr_t *theta_0, *delta_0;
  mpfr_t *a_plus, *a_minus;
  mpfr_t *delta_inf, *theta_tilde; /* by the formulas */
  mpfr_t *delta_end, *theta_inf;   /* |w_+ w_-| and theta at the end of the path */
  mpfr_t *squares;                 /* flow only: 2 int g^2 dt */
  mpfr_t loss;                     /* L(theta) there */
  mpfr_t time;                     /* flow: t; descent: steps times gamma/(1-beta) */
  bool converged;                  /* gradient and velocity have come to rest */
  size_t crossings;                /* of w_+ and w_- through 0, all coordinates */
  long steps;                      /* of the integrator, or iterations */
  double largest_gradient;         /* max |g_i| over the path (its sampled times for the flow) */
  double least_ratio; /* descent: min rho; flow: min of lambda w'/w over the same times */
} hp_diagonal_limit;

void hp_diagonal_limit_init(hp_diagonal_limit *limit, size_t d, mpfr_prec_t precision_bits);
void hp_diagonal_limit_clear(hp_diagonal_limit *limit);

/* w_+- = u +- v, theta_0 and delta_0 of the start; w_plus and w_minus hold d values. */
void hp_diagonal_limit_start(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                             mpfr_t w_plus[], mpfr_t w_minus[]);
/* theta_inf and delta_end of the last w_+-; delta_inf and theta_tilde of a_+- and the start. */
void hp_diagonal_limit_finish(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                              const mpfr_t w_plus[], const mpfr_t w_minus[]);

/* max_i |x_i - y_i|/|y_i| over d values. */
void hp_diagonal_mismatch(mpfr_t result, size_t d, const mpfr_t x[], const mpfr_t y[]);

#endif
