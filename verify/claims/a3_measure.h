#ifndef HP_A3_MEASURE_H
#define HP_A3_MEASURE_H
#include "claim.h"
#include "verify/region.h"

/* What A3 measures on the ladder, before anything is judged: w_n = v_n - m_h(u_n) along the iterates
 * from v_0 = 0, f = -grad Phi. */

typedef enum {
  HP_A3_USED,
  HP_A3_ABOVE, /* h L > h_0 L: the theorem says nothing */
  HP_A3_LOST   /* no orbit was found that ends at some u_n */
} hp_a3_state;

typedef struct {
  size_t step; /* number into experiment->step */
  double h;
  hp_a3_state state;
  size_t n_points;
  long n[96];
  mpfr_t *distance;   /* |w_n| */
  mpfr_t *leading;    /* |v_n - lambda_bar f(u_n)| */
  mpfr_t uncertainty; /* of |w_n|: lambda_bar |m_h(u') - v'| one step on from (u_0, m_h(u_0)) */
  mpfr_t gap;         /* |m_h(u_0) - lambda_bar f(u_0)| */
  mpfr_t rate;        /* |w_1 - lambda w_0|/|w_0| */
  mpfr_t *q, *slow, *fast, *slope; /* quadratic loss: d each, see hp_manifold_spectrum */
  hp_region region;                /* when used: holds the iterates and the orbits */
} hp_a3_row;

typedef struct {
  const hp_experiment *experiment;
  hp_a3_row *row; /* one for each step of the ladder */
  size_t n_used, n_above, n_lost;
  mpfr_t f, ff;     /* |f(u_0)|, |f'(u_0) f(u_0)| */
  hp_region region; /* of all rows used */
  hp_region_constants constants;
  double threshold; /* h_0 L */
  double finest_L;  /* L on the box of the finest step's iterates alone */
} hp_a3_measurement;

typedef enum { HP_A3_MEASURED, HP_A3_INTERRUPTED, HP_A3_AT_REST } hp_a3_status;

/* Needs 0 < lambda < 1. Cleared by the caller whatever the status is. */
hp_a3_status hp_a3_measure(hp_a3_measurement *m, const hp_experiment *experiment);
void hp_a3_measurement_clear(hp_a3_measurement *m);

#endif
