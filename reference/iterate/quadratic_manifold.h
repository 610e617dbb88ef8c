#ifndef HP_ITERATE_QUADRATIC_MANIFOLD_H
#define HP_ITERATE_QUADRATIC_MANIFOLD_H
#include "manifold.h"

/* The closed form behind reference/iterate/manifold.h for a loss with a constant Hessian. */
typedef struct {
  size_t d;
  mpfr_prec_t precision_bits;
  mpfr_t h;
  mpfr_t *q, *slow, *fast; /* curvatures, ascending, and their roots: d each */
  mpfr_t *vector;          /* d x d; column k belongs to q[k] */
  mpfr_t *g, x;
  hp_evaluator_mpfr gradient;
  bool exists; /* all roots are real */
} hp_quadratic_manifold;

void hp_quadratic_manifold_init(hp_quadratic_manifold *manifold, const hp_problem *problem,
                                const mpq_t lambda, const mpq_t a, const mpq_t h,
                                mpfr_prec_t precision_bits);
void hp_quadratic_manifold_clear(hp_quadratic_manifold *manifold);
void hp_quadratic_manifold_evaluate(hp_quadratic_manifold *manifold, const mpfr_t u[], mpfr_t m[]);

#endif
