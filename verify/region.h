#ifndef HP_REGION_H
#define HP_REGION_H
#include "reference/problem/problem.h"

/* A box in R^d that grows to hold every point it is shown, and the constants of f = -grad Phi on it. */
typedef struct {
  size_t d;
  double *low, *high; /* low > high: nothing shown yet */
  double *shown;      /* some of the points, evenly over all: n_shown x d */
  size_t n_shown, stride, n_skipped;
  double seen_B0; /* the largest |f| met by whoever showed the points, at his precision */
} hp_region;

void hp_region_init(hp_region *region, size_t d);
void hp_region_clear(hp_region *region);
/* point: d values; values that are not finite are left out. */
void hp_region_add(hp_region *region, const double point[]);
/* The region grows to hold another one. */
void hp_region_merge(hp_region *region, const hp_region *other);
/* The problem's own box, when it declares one. */
void hp_region_add_box(hp_region *region, const hp_problem *problem);
/* "[0.3, 1.02] x [-1, 1]"; the caller frees it. */
char *hp_region_text(const hp_region *region);

/* Sampled: the largest over n_samples points in double (corners, a Halton sequence, points shown, and a
 * compass search from the best of them for each constant), so
 * lower bounds of the true suprema, not enclosures; all infinite when f or f' is not finite at one of
 * the points. H is the Hessian of Phi. */
typedef struct {
  double B0; /* |f| */
  double L;  /* largest |eigenvalue| of H */
  double nu; /* max(0, -smallest eigenvalue of H) */
  size_t n_samples;
} hp_region_constants;

hp_region_constants hp_region_sample(const hp_region *region, const hp_problem *problem);

/* Smallest and largest eigenvalue of a symmetric d x d matrix, by Jacobi rotations; the matrix is
 * overwritten. Relative error some 10^-14 of the norm. */
void hp_symmetric_extremes(size_t d, double *matrix, double *smallest, double *largest);

#endif
