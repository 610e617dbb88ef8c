#ifndef HP_ITERATE_EQUILIBRIUM_H
#define HP_ITERATE_EQUILIBRIUM_H
#include "reference/problem/problem.h"

/* A critical point of the loss, grad Phi(u) = 0, and the curvatures there: gradient descent in double
 * from the problem's start, then Newton's method in MPFR with the pseudo-inverse of |H|, eigenvalues
 * below 2^-20 of the largest counted as 0 (a valley of minimisers). A quadratic loss: Newton's method
 * from the start, with H itself.
 * u: d values; q: d curvatures, ascending; vector: d x d, column k belongs to q[k]. At the precision
 * of u. False when Newton's method does not come to rest within its steps, or where the gradient does
 * not vanish. */
bool hp_equilibrium_find(const hp_problem *problem, mpfr_t u[], mpfr_t q[], mpfr_t vector[]);

#endif
