#ifndef HP_SERIES_ELEMENTARY_H
#define HP_SERIES_ELEMENTARY_H
#include "reference/problem/graph.h"
#include "trees.h"

/* Elementary differentials as graph nodes, for any field f of d components in the inputs 0 .. d-1:
 *
 *     result[t d + i] = F(t)_i/sigma(t),     F([t_1..t_m]) = f^{(m)}(u)(F(t_1), ..., F(t_m)).
 *
 * One pass of truncated Taylor arithmetic in many variables, one variable x_tau for each tree:
 *
 *     f(u + sum_tau x_tau F(tau)/sigma(tau)) = sum over forests w of x^w F([w])/sigma([w]),
 *
 * where x^w = prod x_tau over the trees of the forest. With weight |tau| for x_tau the coefficients of
 * weight k need F(tau) with |tau| <= k only, which are the coefficients of weight |tau| - 1 of the
 * result. So the pass climbs the weights; a product costs one term for each way to split a forest
 * (124 through order 6, symmetric ones half), a function one such product, because the weight gives a
 * derivation: y = g(a) has |w| y_w = sum_{w = w1 + w2} |w1| a_w1 g'(a)_w2. Nothing is differentiated by
 * hand, and equal or vanishing nodes are shared or dropped by the graph: a quadratic loss keeps the
 * tall trees only. */
void hp_elementary_differentials(hp_graph *graph, const hp_node f[], size_t d,
                                 const hp_trees *trees, hp_node result[]);

#endif
