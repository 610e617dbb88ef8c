#ifndef HP_C3_MEASURE_H
#define HP_C3_MEASURE_H
#include "claim.h"
#include "reference/series/modified.h"
#include "reference/taylor/taylor.h"
#include "verify/region.h"

/* What C3 measures on the ladder, before anything is judged: for R = 1, 2, ... the largest
 * |v_n - sum_{k<R} h^k g_k(u_n)| over the sample times. */

enum { HP_C3_LARGEST = 6 };

typedef struct {
  size_t R;
  mpfr_t predicted, radius;    /* max |g_R(ubar)| over the sample times; its uncertainty */
  mpfr_t at;                   /* a time where it is taken */
  size_t peak;                 /* its sample */
  mpfr_t *value, *uncertainty; /* one a row */
  mpfr_t *at_peak;             /* value at that sample alone */
  mpfr_t *layer;               /* the same distance at n = 1, in the initial layer */
  mpfr_t *wrong[3];            /* with g_{R-1} too small by 1 %, 10 %, 100 % */
} hp_c3_order;

extern const unsigned hp_c3_percent[3];

typedef struct {
  const hp_experiment *experiment;
  hp_modified *modified;
  int digits;
  size_t largest, cost; /* as in C1 */
  hp_c3_order order[HP_C3_LARGEST];
  size_t n_rows, n_lost; /* steps at which the iterates stay finite, and others */
  size_t *step;
  mpfr_t *h;
  hp_region region;
  hp_region_constants constants;
} hp_c3_measurement;

typedef enum {
  HP_C3_MEASURED,
  HP_C3_INTERRUPTED,
  HP_C3_NO_FLOW, /* the rescaled flow does not reach the horizon: *why says how it ends */
  HP_C3_AT_REST  /* f(u_0) = 0: nothing moves */
} hp_c3_status;

/* Cleared by the caller whatever the status is. */
hp_c3_status hp_c3_measure(hp_c3_measurement *m, const hp_experiment *experiment, const char **why);
void hp_c3_measurement_clear(hp_c3_measurement *m);

#endif
