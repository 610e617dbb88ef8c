#ifndef HP_A2_MEASURE_H
#define HP_A2_MEASURE_H
#include "prediction.h"

/* What A2 measures on the ladder, before anything is judged: u_n against w(nh),
 *     h alpha w'' + (1-lambda) w' = f(w),   w(0) = u_0. */

typedef enum {
  HP_A2_QUOTED,  /* E2k: v_0 = 0, w'(0) = kappa_q f(u_0) */
  HP_A2_MATCHED, /* E2o: v_0 = 0, w'(0) = kappa_opt f(u_0) */
  HP_A2_LATE,    /* E2x: the same, nh >= from */
  HP_A2_SLOW,    /* E2m: both on their slow manifolds to second order */
  HP_A2_OBSERVABLES
} hp_a2_observable;

/* Pairs for controls, behind those of the observables. */
typedef enum {
  HP_A2_QUOTED_LATE = HP_A2_OBSERVABLES, /* w'(0) = kappa_q f(u_0), nh >= from */
  HP_A2_LAYER,                           /* v_0 = 0 against the slow solution of the equation */
  HP_A2_FAST_EQUATION, /* the method on its manifold against w'(0) = kappa_opt f(u_0) */
  HP_A2_OTHER_ALPHA,   /* another alpha, nh >= from */
  HP_A2_QUOTED_PEAK,   /* E2k and E2o at the one n where their limits are taken */
  HP_A2_MATCHED_PEAK,
  HP_A2_PAIRS
} hp_a2_pair;

typedef struct {
  hp_observable observable[HP_A2_OBSERVABLES];
  mpq_t kappa_quoted, kappa_matched;
  bool same_kappa; /* the quoted one is the matched one */
  hp_flow_ladder_plan plan;
  hp_flow_ladder ladder;
  bool has_ladder;
  mpfr_t f0_norm;
} hp_a2_measurement;

/* Needs alpha > 0. Cleared by the caller whatever the status is. */
hp_prediction_status hp_a2_measure(hp_a2_measurement *m, const hp_experiment *experiment,
                                   const char **why);
void hp_a2_measurement_clear(hp_a2_measurement *m);

/* The alpha of HP_A2_OTHER_ALPHA in words. */
const char *hp_a2_other_alpha(const hp_experiment *experiment);

#endif
