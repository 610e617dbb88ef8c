#ifndef HP_ENCLOSURE_GRAPH_ORBIT_H
#define HP_ENCLOSURE_GRAPH_ORBIT_H
#include "iterates.h"
#include "reference/iterate/graph_transform.h"

/* The invariant manifold v = m_h(u) of claim A3 in balls, f = -grad Phi. The orbit that starts N steps
 * back at an exact point xi with the velocity lambda_bar f(xi) arrives at (u', v'). By the attraction
 * |w_{n+1}| <= rho |w_n| of w_n = v_n - m_h(u_n), by |m_h - lambda_bar f| <= gap |f| and by the
 * Lipschitz constant K of m_h,
 *
 *     |m_h(u) - v'| <= rho^N gap |f(xi)| + K |u - u'|        for every u.
 *
 * xi comes from the graph transform in MPFR; nothing is assumed of it. */
typedef struct {
  const hp_problem *problem;
  mpq_t lambda, a, h;
  hp_manifold_options options;
  hp_graph_transform transform;
} hp_graph_orbit;

/* Where it arrived. */
typedef struct {
  size_t dimension;
  slong precision_bits;
  unsigned long steps_back; /* N */
  arb_ptr u, v;             /* u', v' */
  arb_t start;              /* |f(xi)| */
} hp_graph_arrival;

/* The problem must outlive the orbit. Quadratic losses go the same way as all others. */
void hp_graph_orbit_init(hp_graph_orbit *orbit, const hp_problem *problem, const mpq_t lambda,
                         const mpq_t a, const mpq_t h, const hp_manifold_options *options);
void hp_graph_orbit_clear(hp_graph_orbit *orbit);

void hp_graph_arrival_init(hp_graph_arrival *arrival, size_t dimension);
void hp_graph_arrival_clear(hp_graph_arrival *arrival);

/* Follows the orbit that ends near u, with more bits until its radii are at most
 * 2^-precision_bits (1 + |u'_i|), and widens the box, d balls, until it holds xi, all positions and all
 * look-ahead points of the orbit. LOST when no xi is found or when 2^13 more bits do not do; then the
 * box stays what it was. */
hp_manifold_status hp_graph_orbit_follow(hp_graph_orbit *orbit, const arb_struct u[],
                                         hp_graph_arrival *arrival, arb_ptr box);

/* m contains m_h(u) for every u in the balls, when f is Lipschitz so that rho, gap and K hold. */
void hp_graph_arrival_velocity(const hp_graph_arrival *arrival, const arb_struct u[],
                               const arb_t rho, const arb_t gap, const arb_t K, arb_ptr m);

/* box = the smallest balls, up to rounding outwards, that hold it and the point; d of each */
void hp_box_extend(arb_ptr box, const arb_struct point[], size_t d);

#endif
