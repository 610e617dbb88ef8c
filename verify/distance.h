#ifndef HP_DISTANCE_H
#define HP_DISTANCE_H
#include "verify/flow.h"
#include "verify/region.h"

/* Distances of iterates from several starts to several flows, at one step size h, in one pass over
 * n = 0..floor(T/h). Norms are Euclidean. */

typedef struct {
  size_t path, flow; /* which iterates, which flow; the flow's first d equations are positions */
  bool late;         /* only nh >= from */
  long only_n;       /* only this n, which then is positive; 0: every n */
  mpfr_t distance;   /* max_n |u_n - w(nh)| */
  long at_n;         /* where */
  mpfr_t peak; /* the vertex of the parabola through the squares at at_n - 1, at_n, at_n + 1, as a
                  distance: what the maximum would be over all t; NaN at an end of the n asked for */
  mpfr_t double_distance; /* the same with the iterates in double precision */
} hp_distance;

typedef struct {
  mpfr_prec_t precision_bits;
  mpfr_t *const *velocity; /* v_0 of each path, d values, or NULL for v_0 = 0 */
  size_t n_paths;
  hp_trajectory *const *flow; /* not owned; NULL for a flow that does not reach the horizon: its
                                 distances are NaN */
  size_t n_flows;
  size_t n_full; /* flows from here on are compared where hp_ladder_samples says so */
  hp_distance *distance;
  size_t n_distances;
  mpq_srcptr from;   /* of the late ones */
  bool with_double;  /* run src/ beside it */
  hp_region *region; /* may be NULL; grows to hold u_n, y_n = u_n + h a v_n and
                        p_n = u_n + h lambda lambda_bar v_n of every path, and the flows */
  bool finite;       /* some path stayed finite; the distances of the others are +infinity */
} hp_distances;

/* `distance` gets n_distances zeroed elements with their numbers initialised. */
void hp_distances_init(hp_distances *pass, size_t n_distances, mpfr_prec_t precision_bits);
void hp_distances_clear(hp_distances *pass);

/* False when keep_going asked to stop. */
bool hp_distances_run(hp_distances *pass, const hp_experiment *experiment, const mpq_t h);

#endif
