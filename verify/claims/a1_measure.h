#ifndef HP_A1_MEASURE_H
#define HP_A1_MEASURE_H
#include "claim.h"
#include "reference/taylor/taylor.h"
#include "verify/region.h"

/* What A1 measures on the ladder, before anything is judged. */

/* One number for each row of the ladder. */
typedef enum {
  HP_A1_H,
  HP_A1_ERROR,        /* E1(h) = max_n |u_n - ubar(nh)| */
  HP_A1_RADIUS,       /* how far apart it lies at the two precisions */
  HP_A1_TERM,         /* max_n |h [E(nh) + lambda lambda_bar^2 lambda^n f(u_0)]| */
  HP_A1_CORRECTED,    /* E1(h) h max|E| / term: the layer's h log(1/h) divided out */
  HP_A1_REMAINDER,    /* max_n |u_n - ubar(nh) - that term| */
  HP_A1_DOUBLE_ERROR, /* E1(h) of the iterates in double precision */
  HP_A1_ROUNDING,     /* max_n |u_n in double - u_n| */
  HP_A1_COLUMNS
} hp_a1_column;

/* A wrong variant of the claim, for a negative control. */
typedef struct {
  const char *name;
  bool
      other_flow; /* the flow is wrong: observed is the error; else E is: observed is the remainder */
  bool no_layer;
  hp_trajectory *flow;
  mpfr_t *observed; /* one value a row */
} hp_a1_variant;

enum { HP_A1_VARIANTS = 4 };

typedef struct {
  const hp_experiment *experiment;
  hp_trajectory *flow, *check; /* (ubar, E); check at more digits */
  mpfr_t predicted, radius;    /* max |E| on [0,T]; how far apart it lies in the two */
  mpfr_t at;                   /* a t where it is taken */
  hp_a1_variant variant[HP_A1_VARIANTS];
  size_t n_variants;
  size_t n_rows; /* steps of the ladder at which the iterates stay finite */
  size_t *step;  /* which ones: numbers into experiment->step */
  mpfr_t *column[HP_A1_COLUMNS];
  hp_region region;
  hp_region_constants constants;
} hp_a1_measurement;

typedef enum {
  HP_A1_MEASURED,
  HP_A1_INTERRUPTED,
  HP_A1_NO_FLOW, /* the flow does not reach the horizon: *why says how it ends */
  HP_A1_AT_REST  /* f(u_0) = 0: nothing moves */
} hp_a1_status;

/* Repeats with more digits until every value has experiment->digits of them, at most four times.
 * Cleared by the caller whatever the status is. */
hp_a1_status hp_a1_measure(hp_a1_measurement *m, const hp_experiment *experiment, const char **why);
void hp_a1_measurement_clear(hp_a1_measurement *m);

/* E1 in double precision, and the rounding alone, at h = (finest step)/2^j, j = 1, 2, ..., while a
 * budget of tape instructions lasts: points of two curves. False when interrupted. */
bool hp_a1_double_beyond(const hp_a1_measurement *m, hp_curve *error, hp_curve *rounding);

#endif
