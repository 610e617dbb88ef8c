#include "manifold.h"
#include "graph_transform.h"
#include "quadratic_manifold.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

struct hp_manifold {
  bool is_quadratic;
  union {
    hp_quadratic_manifold quadratic;
    hp_graph_transform transform;
  };
};

hp_manifold *hp_manifold_new(const hp_problem *problem, const mpq_t lambda, const mpq_t a,
                             const mpq_t h, const hp_manifold_options *options) {
  hp_manifold *manifold = hp_allocate(1, sizeof *manifold);
  manifold->is_quadratic = problem->is_quadratic;
  if (manifold->is_quadratic)
    hp_quadratic_manifold_init(&manifold->quadratic, problem, lambda, a, h,
                               options->precision_bits);
  else
    hp_graph_transform_init(&manifold->transform, problem, lambda, a, h, options);
  return manifold;
}

void hp_manifold_free(hp_manifold *manifold) {
  if (manifold->is_quadratic)
    hp_quadratic_manifold_clear(&manifold->quadratic);
  else
    hp_graph_transform_clear(&manifold->transform);
  free(manifold);
}

hp_manifold_status hp_manifold_evaluate(hp_manifold *manifold, const mpfr_t u[], mpfr_t m[]) {
  if (!manifold->is_quadratic)
    return hp_graph_transform_evaluate(&manifold->transform, u, m);
  if (!manifold->quadratic.exists)
    return HP_MANIFOLD_NONE;
  hp_quadratic_manifold_evaluate(&manifold->quadratic, u, m);
  return HP_MANIFOLD_FOUND;
}

bool hp_manifold_spectrum(const hp_manifold *manifold, mpfr_t q[], mpfr_t slow[], mpfr_t fast[],
                          mpfr_t slope[]) {
  if (!manifold->is_quadratic)
    return false;
  const hp_quadratic_manifold *quadratic = &manifold->quadratic;
  for (size_t k = 0; k < quadratic->d; ++k) {
    mpfr_set(q[k], quadratic->q[k], MPFR_RNDN);
    mpfr_set(slow[k], quadratic->slow[k], MPFR_RNDN);
    mpfr_set(fast[k], quadratic->fast[k], MPFR_RNDN);
    mpfr_ui_div(slope[k], 1, quadratic->slow[k], MPFR_RNDN);
    mpfr_ui_sub(slope[k], 1, slope[k], MPFR_RNDN);
    mpfr_div(slope[k], slope[k], quadratic->h, MPFR_RNDN);
  }
  return true;
}
