#ifndef HP_SERIES_MODIFIED_H
#define HP_SERIES_MODIFIED_H
#include "reference/problem/problem.h"
#include "trees.h"

/* The expansions of the momentum method in h for one loss, f = -grad Phi, through order n (claims C1
 * to C3). With E(t) = F(t)/sigma(t) and the coefficients of bseries.h and start_shift.h
 *
 *     modified field      F_k(u)  = sum over |t| = k+1 of field(t) E(t)(u)       u' = sum_k h^k F_k(u)
 *     invariant manifold  g_k(u)  = sum over |t| = k+1 of manifold(t) E(t)(u)    v  = sum_k h^k g_k(u)
 *     one-step map        psi_k(u)= sum over |t| = k+1 of map(t) E(t)(u)         u_{n+1} = u_n + h sum
 *     start shift         S_k(u)  = sum over |t| = k of shift(t) E(t)(u)         U(0) = u_0 + sum h^k S_k
 *
 * Three designs were weighed for the field. Differencing flows of lambda_bar f + eta G gives leading
 * constants but no truncated flow at a given h. Nested directional derivatives of the graph double in
 * size with each order (2^5 at order 6). Jets over forests (elementary.h) share everything below a
 * tree, give every E(t) on its own, and are graph nodes: so the truncated field is one more program
 * for the Taylor integrator, and the same nodes serve MPFR evaluation, balls and doubles. */
typedef struct {
  const hp_problem *problem;
  size_t order; /* n: terms k = 0 .. n-1, shifts S_1 .. S_n */
  hp_trees *trees;
  hp_node *differential; /* E(t)_i: number t d + i */
  mpq_t *map, *field, *manifold, *shift;
} hp_modified;

/* Needs 0 <= lambda < 1 and 1 <= order <= 16; the problem must outlive it, and its graph grows. */
hp_modified *hp_modified_new(const hp_problem *problem, const mpq_t lambda, const mpq_t a,
                             size_t order);
void hp_modified_free(hp_modified *modified);

/* Instructions of a program of all E(t) through this order: what one evaluation costs. */
size_t hp_modified_cost(const hp_problem *problem, size_t order);

/* The programs below are freed by the caller; d inputs u unless said otherwise. */

/* u -> sum_{k<terms} weight[k] h^k F_k(u); weight NULL is 1 throughout. d outputs. */
hp_program *hp_modified_field(const hp_modified *modified, size_t terms, const mpq_t h,
                              const mpq_t weight[]);
/* (ubar, E_1, .., E_m) -> (F_0(ubar), F_0'(ubar) E_k + F_k(ubar)): the leading errors of the flows
 * truncated after k = 1 .. m terms, E_k(0) = S_k(u_0). (m + 1) d inputs and outputs, m < order. */
hp_program *hp_modified_leading_errors(const hp_modified *modified, size_t m);
/* u -> all terms one after the other: coefficients[t] E(t) summed by order, n d outputs. The
 * coefficients are modified->map, ->field, ->manifold or ->shift. */
hp_program *hp_modified_terms(const hp_modified *modified, mpq_t *const coefficients);
/* u -> the Jacobian of E(t), d x d outputs, row i being the derivatives of component i. */
hp_program *hp_modified_jacobian(const hp_modified *modified, hp_tree t);

#endif
