#ifndef HP_BSERIES_H
#define HP_BSERIES_H
#include "trees.h"
#include <gmp.h>

/* B-series with exact rational coefficients, one for each tree of the table:
 *
 *     B(c, u) = u + sum_t h^{|t|} c(t) F(t)(u)/sigma(t),     F([t_1..t_m]) = f^{(m)}(F(t_1),..,F(t_m)).
 *
 * Hairer, Lubich, Wanner, Geometric Numerical Integration, chapters III and IX. */

mpq_t *hp_bseries_new(const hp_trees *trees); /* all 0 */
void hp_bseries_free(const hp_trees *trees, mpq_t *c);

/* c = outer o inner: B(c, u) = B(outer, B(inner, u)),
 *     c(t) = inner(t) + sum over cuts of t of outer(root) prod inner(branches). */
void hp_bseries_compose(const hp_trees *trees, mpq_t c[], const mpq_t outer[], const mpq_t inner[]);
/* The inverse map: B(c, B(inverse, u)) = u. */
void hp_bseries_inverse(const hp_trees *trees, mpq_t inverse[], const mpq_t c[]);
/* The field whose time-h flow is the map: B(c, .) = exp(sum_t h^{|t|} b(t) F(t)/sigma(t)),
 *     c(t) = sum_{j>=1} (D^{j-1} b)(t)/j!,   (D x)(t) = sum over single cuts x(root) b(branch). */
void hp_bseries_logarithm(const hp_trees *trees, mpq_t b[], const mpq_t c[]);

/* The momentum method on its invariant manifold (claims C1-C3), 0 <= lambda < 1:
 *     u_{n+1} = u_n + lambda (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1})).
 *
 * map: u_{n+1} = B(map, u_n), from map o map - (1+lambda) map = prod_i (1+a) map(t_i):
 *     map(t) = [(1+a)^m prod_i map(t_i) - sum over proper cuts]/(1-lambda). */
void hp_momentum_map_series(const hp_trees *trees, mpq_t map[], const mpq_t lambda, const mpq_t a);
/* field: the modified vector field, logarithm of the map: hF(u) = sum_t h^{|t|} field(t) F(t)/sigma. */
void hp_momentum_field_series(const hp_trees *trees, mpq_t field[], const mpq_t lambda,
                              const mpq_t a);
/* manifold: h m(u) = u - inverse map (u): coefficients -inverse(t). */
void hp_momentum_manifold_series(const hp_trees *trees, mpq_t manifold[], const mpq_t lambda,
                                 const mpq_t a);

/* Is sum_t h^{|t|-1} b(t) F(t)/sigma(t) a gradient for every f = -grad Phi, through this order? Iff
 * b(u o v) = b(v o u) for all trees with |u| + |v| <= order: b sees the tree without its root. (For a
 * Hamiltonian f the condition is b(u o v) + b(v o u) = 0, Geometric Numerical Integration, section
 * IX.9.) Returns the least order |u| + |v| of the table at which it fails, or 0; *u, *v (may be NULL)
 * are then the first such pair. */
size_t hp_bseries_not_gradient(const hp_trees *trees, const mpq_t b[], hp_tree *u, hp_tree *v);

#endif
