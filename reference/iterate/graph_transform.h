#ifndef HP_ITERATE_GRAPH_TRANSFORM_H
#define HP_ITERATE_GRAPH_TRANSFORM_H
#include "manifold.h"
#include "momentum.h"
#include "momentum_double.h"

/* The orbit method behind reference/iterate/manifold.h for a loss that is not quadratic. */
typedef struct {
  size_t d;
  hp_manifold_options options;
  const hp_problem *problem;
  mpq_t lambda, a, h;
  mpfr_prec_t bits; /* of everything in MPFR below */
  hp_momentum_mpfr orbit;
  mpfr_t lambda_bar, tolerance, size;
  mpfr_t *xi, *residual; /* where the orbit starts; how far from u it ends */
  hp_momentum_double orbit_double;
  hp_tape_double hessian_vector;
  double lambda_bar_double;
  double *xi_double, *target, *delta;
  double *position, *velocity; /* d(u_n)/d(xi), d(v_n)/d(xi): d x d, column after column */
  double *matrix;              /* position, factored */
  size_t *pivot;
  double *point_direction, *product;
  bool warm; /* xi is near the next answer */
} hp_graph_transform;

void hp_graph_transform_init(hp_graph_transform *transform, const hp_problem *problem,
                             const mpq_t lambda, const mpq_t a, const mpq_t h,
                             const hp_manifold_options *options);
void hp_graph_transform_clear(hp_graph_transform *transform);
hp_manifold_status hp_graph_transform_evaluate(hp_graph_transform *transform, const mpfr_t u[],
                                               mpfr_t m[]);

#endif
