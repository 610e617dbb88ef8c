#ifndef HP_ITERATE_MANIFOLD_H
#define HP_ITERATE_MANIFOLD_H
#include "reference/problem/problem.h"

/* The invariant manifold v = m_h(u) of the momentum method (claim A3), f = -grad Phi:
 *
 *     v' = lambda v + f(u + h a v),  u' = u + h v'    maps the graph of m_h into itself.
 *
 * Quadratic loss: in each eigendirection of the Hessian, with the roots of its curvature
 * (reference/iterate/roots.h),
 *
 *     m_h(u) = f(u)/(slow (1 - fast)),
 *
 * which is (1 - 1/slow)/h (u - u*) about a minimiser u*, and lambda_bar f where the curvature is 0.
 *
 * Any other loss: the graph transform, along one orbit. The orbit that starts N steps back at (xi,
 * lambda_bar f(xi)) and ends at the position u has there the velocity m_h(u) up to
 * rho^N |lambda_bar f - m_h|(xi). xi is found by Newton's method: in double with the derivative of
 * the N steps, then in MPFR with that derivative kept. */

typedef struct hp_manifold hp_manifold;

typedef enum {
  HP_MANIFOLD_FOUND,
  HP_MANIFOLD_NONE, /* a quadratic with complex roots: there is no graph */
  HP_MANIFOLD_LOST, /* no orbit ends there, or Newton's method does not find it */
  HP_MANIFOLD_INTERRUPTED
} hp_manifold_status;

typedef struct {
  mpfr_prec_t precision_bits; /* the result's accuracy: 2^-precision_bits (1 + |u|) where well
                                   conditioned; more is carried inside */
  long steps_back;            /* N; not used for a quadratic */
  bool (*keep_going)(void *); /* may be NULL; asked during long orbits */
  void *context;
  void (*visit)(void *place, const double u[]); /* may be NULL: shown every point of the orbits */
  void *place;
} hp_manifold_options;

/* The problem must outlive the manifold. */
hp_manifold *hp_manifold_new(const hp_problem *problem, const mpq_t lambda, const mpq_t a,
                             const mpq_t h, const hp_manifold_options *options);
void hp_manifold_free(hp_manifold *manifold);

/* m = m_h(u), d values each. One evaluation warms up the next: go along a path when there are many. */
hp_manifold_status hp_manifold_evaluate(hp_manifold *manifold, const mpfr_t u[], mpfr_t m[]);

/* For a quadratic loss, d numbers each, curvatures ascending: the curvature q, the roots, and
 * slope = (1 - 1/slow)/h, by which m_h multiplies u - u*; NaN where the roots are complex. false, and
 * nothing set, when the loss is not quadratic. */
bool hp_manifold_spectrum(const hp_manifold *manifold, mpfr_t q[], mpfr_t slow[], mpfr_t fast[],
                          mpfr_t slope[]);

#endif
