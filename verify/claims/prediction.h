#ifndef HP_CLAIM_PREDICTION_H
#define HP_CLAIM_PREDICTION_H
#include "observable.h"
#include "verify/slow_terms.h"

/* The constant of an observable of A2 or A4 from the terms along ubar. */

typedef struct {
  hp_observable
      *observable;      /* order 1: the constant is that of the layer; 2: max |e| from `from` */
  const char *quantity; /* "λ̄λ..", what the constant is, for the text */
  const hp_layer_terms *layer; /* order 2: a layer that must have died out at `from`; or NULL */
  const hp_second_order *e;    /* order 1: what the layer must outweigh; or NULL */
  mpq_srcptr from;
} hp_prediction;

typedef enum {
  HP_PREDICTED,
  HP_PREDICTION_INTERRUPTED,
  HP_PREDICTION_NO_FLOW, /* ubar does not reach the horizon: *why says how it ends */
  HP_PREDICTION_AT_REST  /* f(u_0) = 0 */
} hp_prediction_status;

/* Sets predicted, radius, on_grid, what and the obstacle of every observable, and |f(u_0)|. Repeats
 * with more digits until every constant has experiment->digits of them, at most four times. */
hp_prediction_status hp_predict(const hp_experiment *experiment, hp_prediction prediction[],
                                size_t n, mpfr_t f0_norm, const char **why);

#endif
