#ifndef HP_C5_MEASURE_H
#define HP_C5_MEASURE_H
#include "claim.h"

/* What C5 measures on a quadratic loss with curvatures q_k, at each step of the ladder.
 *
 * Two kinds of noise, xi_n = +-1 fair and independent, s = 1/4:
 *     additive:        f(y_n) + s xi_n e, e the same direction (1, .., 1) each time
 *     multiplicative:  (1 + xi_n/2) f(y_n), as from two mini-batches with the Hessians (1 +- 1/2) Q
 * and their enumeration over all 2^10 paths of 10 steps. The ensemble has independent signs in every
 * coordinate. */
enum { HP_C5_STEPS = 10, HP_C5_PATHS = 4096, HP_C5_ENSEMBLES = 3 };
#define HP_C5_NOISE 0.25 /* s, exact in double */

typedef struct {
  mpfr_t mean_gap; /* relative distance of the mean to the recursion without noise: the larger
                            of the two kinds of noise */
  mpfr_t
      without_replacement; /* the same, multiplicative, over the 252 paths with five of each sign */
  mpfr_t held;             /* the same, multiplicative, each sign held for two steps: 2^5 paths */
  mpfr_t variance_gap;     /* relative: enumerated variance, additive, against the closed sum */
  mpfr_t moment_gap; /* relative: enumerated E|u - u*|^2, multiplicative, against its recursion */
  mpfr_t moment_without; /* the same, without replacement */
  mpfr_t variance_held;  /* variance_gap with each sign held for two steps */
  mpfr_t variance_short; /* variance_gap with the sum one term short */
  mpfr_t moment_of_mean; /* moment_gap with |E u - u*|^2 for E|u - u*|^2 */
} hp_c5_enumeration;

/* Sample variance of u_N over the paths in double precision, all coordinates together. */
typedef struct {
  size_t step;
  long N;
  double exact, measured, deviation; /* deviation: one standard deviation of the estimator */
} hp_c5_ensemble;

typedef struct {
  const hp_experiment *experiment;
  size_t d;
  bool has_equilibrium;
  mpfr_t *point, *q, *vector; /* the equilibrium, curvatures ascending, directions */
  bool all_positive;          /* every curvature */
  size_t n_rows;              /* all steps of the ladder */
  mpfr_t *h;
  hp_c5_enumeration *enumeration;
  size_t *step; /* of the steps at which the stationary variance exists */
  size_t n_stationary;
  mpfr_t *stationary_h, *stationary; /* iterated; isotropic noise s in every coordinate */
  mpfr_t *closed, *uncertainty;      /* by the formula; how far apart they are at two precisions */
  mpfr_t limit;                      /* sum_k lambda_bar s^2/(2 q_k) */
  hp_c5_ensemble ensemble[HP_C5_ENSEMBLES];
  size_t n_ensembles;
} hp_c5_measurement;

/* Needs a quadratic loss; with has_equilibrium false nothing else is measured. False when interrupted.
 * Cleared by the caller in any case. */
bool hp_c5_measure(hp_c5_measurement *m, const hp_experiment *experiment);
void hp_c5_measurement_clear(hp_c5_measurement *m);

#endif
