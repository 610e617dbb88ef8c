#ifndef HP_SERIES_NUMERATORS_H
#define HP_SERIES_NUMERATORS_H
#include "trees.h"
#include <gmp.h>

/* The coefficients of the momentum method as functions of lambda and a: for map, field and manifold
 * (bseries.h)
 *
 *     c(t) = N_t(lambda, a)/(1 - lambda)^{2|t|-1},  N_t a polynomial of degree at most 2|t| - 2 in lambda
 *                                                   and |t| - 1 in a.
 *
 * The bounds follow from the recursions by induction: a stands only in (1+a) for each branch; every
 * product of coefficients of parts of t has at most the pole of order 2|t| - 2, and one division by
 * 1 - lambda follows; and c(t) = O(1/lambda) as lambda -> infinity. So N_t is found exactly by
 * interpolation in exact values. */
typedef struct {
  size_t degree_lambda, degree_a;
  mpq_t *coefficient; /* of lambda^i a^j: number i (degree_a + 1) + j */
} hp_numerator;

/* Exact values at one (lambda, a): hp_momentum_map_series, _field_series or _manifold_series. */
typedef void hp_coefficients(const hp_trees *trees, mpq_t c[], const mpq_t lambda, const mpq_t a);

/* N_t for every tree of the table. */
hp_numerator *hp_numerators_new(const hp_trees *trees, hp_coefficients *coefficients);
void hp_numerators_free(const hp_trees *trees, hp_numerator *numerator);

static inline mpq_srcptr hp_numerator_at(const hp_numerator *numerator, size_t i, size_t j) {
  return numerator->coefficient[i * (numerator->degree_a + 1) + j];
}

/* Eulerian numbers: permutations of k with j descents; A_k(x) = sum_{j<k} <k,j> x^j, A_0 = 1.
 *     <k,j> = (j+1) <k-1,j> + (k-j) <k-1,j-1>
 * Heavy ball, the tree with k leaves on its root: manifold = (-1)^k A_k(lambda)/(1-lambda)^{2k+1}. */
void hp_eulerian(mpz_t result, size_t k, size_t j);
/* Narayana numbers N(k,j) = (k choose j+1)(k choose j)/k, j < k; N(0,0) = 1.
 * Heavy ball, the tall tree with k edges: manifold = (-1)^k sum_j N(k,j) lambda^j/(1-lambda)^{2k+1}. */
void hp_narayana(mpz_t result, size_t k, size_t j);

#endif
