#ifndef HP_A4_MEASURE_H
#define HP_A4_MEASURE_H
#include "prediction.h"

/* What A4 measures on the ladder, before anything is judged: u_n against U(nh),
 *     U' = -lambda_bar grad Phi_h(U),   Phi_h = Phi + (h c/2)|grad Phi|^2. */

typedef enum {
  HP_A4_NAIVE,    /* E4n: v_0 = 0, U(0) = u_0 */
  HP_A4_MANIFOLD, /* E4m: v_0 on the manifold to second order, U(0) = u_0 */
  HP_A4_SHIFTED,  /* E4s: v_0 = 0, U(0) = u_0 - h lambda lambda_bar^2 f(u_0), nh >= from */
  HP_A4_OBSERVABLES
} hp_a4_observable;

/* Pairs for controls, behind those of the observables. */
typedef enum {
  HP_A4_MORE_C = HP_A4_OBSERVABLES, /* E4m with 1.01 c */
  HP_A4_LESS_C,                     /* E4m with 0.99 c */
  HP_A4_HEAVY_BALL_C,               /* E4m with c of the heavy ball */
  HP_A4_BOTH,                       /* on the manifold, and the flow shifted as well */
  HP_A4_NAIVE_LATE,                 /* v_0 = 0, U(0) = u_0, nh >= from */
  HP_A4_NO_CORRECTION,              /* E4m with c = 0, the rescaled flow */
  HP_A4_PAIRS
} hp_a4_pair;

typedef struct {
  hp_observable observable[HP_A4_OBSERVABLES];
  mpq_t c;
  bool other_c; /* c of the heavy ball differs by more than a hundredth */
  hp_flow_ladder_plan plan;
  hp_flow_ladder ladder;
  bool has_ladder;
  mpfr_t f0_norm;
} hp_a4_measurement;

/* Cleared by the caller whatever the status is. */
hp_prediction_status hp_a4_measure(hp_a4_measurement *m, const hp_experiment *experiment,
                                   const char **why);
void hp_a4_measurement_clear(hp_a4_measurement *m);

#endif
