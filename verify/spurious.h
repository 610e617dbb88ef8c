#ifndef HP_SPURIOUS_H
#define HP_SPURIOUS_H
#include "verify/region.h"

/* Critical points of Phi_h = Phi + (h c/2)|grad Phi|^2 that Phi does not have. Since
 *     grad Phi_h = (I + h c H) grad Phi,
 * one can only lie where the Hessian H of Phi has the eigenvalue -1/(h c). */
typedef struct {
  size_t d, n_found, n_starts;
  double *point; /* n_found x d */
} hp_spurious;

enum { HP_MOST_SPURIOUS = 8 };

/* Newton's method on grad Phi_h, in double, from n_starts points spread over the box of the region
 * and from the points shown to it; keeps distinct solutions inside the box at which
 * |grad Phi| > 10^-6 of the largest |grad Phi| seen. Sampled: an empty answer proves nothing. */
void hp_spurious_search(hp_spurious *found, const hp_problem *problem, const hp_region *region,
                        double hc);
void hp_spurious_clear(hp_spurious *found);

#endif
