#ifndef HP_ENCLOSURE_GRAPH_ORBIT_H
#define HP_ENCLOSURE_GRAPH_ORBIT_H
#include "reference/problem/problem.h"

/* An orbit of the momentum method in balls, as the proof of claim A3 uses it: N steps from
 * (xi, lambda_bar f(xi)), xi a point, to (u, v). With the contraction rho and the Lipschitz constant K of
 * the invariant graph m_h, and gap |f(xi)| >= |m_h - lambda_bar f|(xi),
 *
 *     |v - m_h(u)| <= rho^N gap |f(xi)|,      |m_h(p) - v| <= rho^N gap |f(xi)| + K |p - u|,
 *
 * so that one orbit that ends near p encloses m_h(p). */
typedef struct {
  size_t dimension;
  long steps;
  arb_ptr u, v; /* d balls each: the end */
  arb_t f;      /* |f(xi)| */
} hp_graph_orbit;

/* Radii at most 10^-digits. box: d balls, extended so that they hold every position and look-ahead point
 * of the orbit (hp_box_extend). False, with nothing to clear, when 2^13 bits beyond the digits do not do. */
bool hp_enclose_graph_orbit(hp_graph_orbit *orbit, const hp_problem *problem, const mpq_t lambda,
                            const mpq_t a, const mpq_t h, const mpfr_t xi[], long steps,
                            double digits, arb_struct box[]);
void hp_graph_orbit_clear(hp_graph_orbit *orbit);

/* result, d balls, contains m_h(p) for every p in the balls; rho, K, gap as above. */
void hp_graph_orbit_manifold(const hp_graph_orbit *orbit, const arb_struct p[], const arb_t rho,
                             const arb_t K, const arb_t gap, arb_struct result[], slong bits);

/* box := the hull of it and a point of balls */
void hp_box_extend(arb_struct box[], const arb_struct point[], size_t d);

#endif
