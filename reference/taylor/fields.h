#ifndef HP_FIELDS_H
#define HP_FIELDS_H
#include "reference/problem/problem.h"

/* Vector fields of the theory as programs. A new field is one function here. The caller frees the
 * program. lambda is the momentum, lambda_bar = 1/(1-lambda), f = -grad Phi. */

/* A1: u' = lambda_bar f(u); d equations. */
hp_program *hp_field_rescaled_gradient(const hp_problem *problem, const mpq_t lambda);

/* C4, the direction off the invariant manifold along the flow; 2d equations (ubar, W), lambda > 0:
 *     W' = ((a - lambda lambda_bar)/lambda) f'(ubar) W. */
hp_program *hp_field_normal_direction(const hp_problem *problem, const mpq_t lambda, const mpq_t a);

/* A1, first-order term, jointly with the flow; 2d equations (ubar, E):
 *     E' = lambda_bar f'(ubar) E - alpha lambda_bar^3 f'(ubar) f(ubar). */
hp_program *hp_field_first_order_error(const hp_problem *problem, const mpq_t lambda,
                                       const mpq_t a);

/* A second-order flow mass u'' + damping u' + G(u) = 0 as a first-order one, 2d equations (u, p):
 *     u' = p,   p' = -(damping p + G(u))/mass.
 * G is given by d nodes over the inputs 0..d-1; mass != 0. G = grad Phi with (mass, damping) =
 * (lambda, 1) is the momentum gradient flow of claims B, (h alpha, 1-lambda) the momentum equation. */
hp_program *hp_field_second_order(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                                  const mpq_t damping);

/* The same in coordinates (P, z), slow and fast: with e = mass/damping, P = u + e u', z = -e u',
 *     P' = -G(P + z)/damping,   z' = -z/e + G(P + z)/damping;   u = P + z, u' = -z/e.
 * For symmetric H = G' the logarithmic norm is max(lambda_max(-H), lambda_max(H) - damping/e)/damping:
 * that of the gradient flow while e is small, however stiff. damping != 0. */
hp_program *hp_field_slow_fast(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                               const mpq_t damping);
/* Its 2d equations over the inputs 0..2d-1, for fields that have others beside them. */
void hp_slow_fast_equations(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                            const mpq_t damping, hp_node output[]);

/* A4: U' = lambda_bar (f - h c f'f)(U) = -lambda_bar grad Phi_h(U), Phi_h = Phi + (h c/2)|grad Phi|^2;
 * d equations, one Hessian-vector product. */
hp_program *hp_field_modified_loss(const hp_problem *problem, const mpq_t lambda, const mpq_t c,
                                   const mpq_t h);

/* What second-order terms are made of, jointly with the flow; 3d equations (ubar, A, Z):
 *     ubar' = lambda_bar f(ubar),   A' = lambda_bar f'A + f'f'f,   Z' = lambda_bar f'Z. */
hp_program *hp_field_second_order_terms(const hp_problem *problem, const mpq_t lambda);

/* A second-order term jointly with the flow; 2d equations (ubar, E):
 *     E' = lambda_bar f'(ubar) E + tall f'f'f(ubar) + bush f''(f,f)(ubar). */
hp_program *hp_field_second_order_error(const hp_problem *problem, const mpq_t lambda,
                                        const mpq_t tall, const mpq_t bush);

/* u -> f'f(u) = H(u) grad Phi(u); d outputs. Not a field: what the terms above are combined with. */
hp_program *hp_field_gradient_product(const hp_problem *problem);

#endif
