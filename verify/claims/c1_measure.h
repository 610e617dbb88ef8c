#ifndef HP_C1_MEASURE_H
#define HP_C1_MEASURE_H
#include "claim.h"
#include "reference/series/modified.h"
#include "reference/taylor/taylor.h"
#include "verify/region.h"

/* What C1 measures on the ladder, before anything is judged: for R = 1, 2, ... the distance of the
 * iterates to the flow of sum_{k<R} h^k F_k from u_0 + sum_{k<R} h^k S_k(u_0). */

enum { HP_C1_LARGEST = 6, HP_C1_VARIANTS = 2, HP_C1_CONTROL_ROWS = 3 };

/* A wrong flow, at the finest rows only. */
typedef struct {
  char *name;
  mpfr_t *h, *right, *wrong; /* HP_C1_CONTROL_ROWS at most: the right and the wrong error */
  size_t n_rows;
} hp_c1_variant;

typedef struct {
  size_t R;
  mpfr_t predicted, radius, at; /* max |E_R| over the sample times; its uncertainty; a time */
  size_t n_rows;                /* steps at which iterates and truncated flow reach the horizon */
  size_t n_lost;                /* steps at which they do not, or only by many small steps */
  size_t *step;                 /* numbers into experiment->step */
  mpfr_t *h, *error, *uncertainty;
  hp_c1_variant variant[HP_C1_VARIANTS];
  size_t n_variants;
} hp_c1_order;

typedef struct {
  const hp_experiment *experiment;
  hp_modified *modified;
  int digits;     /* of the values: those asked for, fewer on a loss that is costly */
  size_t largest; /* R = 1 .. largest */
  size_t cost; /* instructions of what R = largest + 1 would need, when that is what stopped it */
  hp_c1_order order[HP_C1_LARGEST];
  long most_steps; /* of the Taylor integrator in a truncated flow, by those in the rescaled flow */
  hp_region region; /* holds the samples */
  hp_region_constants constants;
} hp_c1_measurement;

typedef enum {
  HP_C1_MEASURED,
  HP_C1_INTERRUPTED,
  HP_C1_NO_FLOW, /* the rescaled flow does not reach the horizon: *why says how it ends */
  HP_C1_AT_REST  /* f(u_0) = 0: nothing moves */
} hp_c1_status;

/* Cleared by the caller whatever the status is. */
hp_c1_status hp_c1_measure(hp_c1_measurement *m, const hp_experiment *experiment, const char **why);
void hp_c1_measurement_clear(hp_c1_measurement *m);

#endif
