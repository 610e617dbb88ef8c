#ifndef HP_MOMENTUM_FLOW_H
#define HP_MOMENTUM_FLOW_H
#include "reference/problem/problem.h"
#include "taylor.h"

/* The momentum gradient flow MGF(lambda), lambda w'' + w' + grad F(w) = 0 with F = Phi, from the
 * problem's start with w'(0) = -slope grad F(w_0). States (w, w'), 2d. The trajectory is set whatever
 * the status is. */
hp_taylor_status hp_momentum_flow(hp_trajectory **trajectory, const hp_problem *problem,
                                  const mpq_t lambda, const mpq_t slope, const mpfr_t t_end,
                                  const hp_taylor_options *options);

/* What is wrong on purpose in hp_momentum_flow_terms. */
typedef enum {
  HP_TERMS_RIGHT,
  HP_TERMS_NO_START, /* E'(0) = 0 */
  HP_TERMS_NO_FORCE  /* E without w''/2 */
} hp_terms_variant;

/* MGF(lambda) from rest with the terms of its discretisation by momentum gradient descent with step
 * eps; states (w, E, G, w', E', G'), 6d; H = grad^2 F(w):
 *     lambda E'' + E' + H E = w''/2,                       E(0) = 0, E'(0) = -grad F(w_0)/(2 lambda)
 *     lambda G'' + G' + H G = -(lambda w''''/12 + w'''/6), G(0) = 0, G'(0) = -grad F(w_0)/(6 lambda^2)
 * with w_k = w(k eps) + eps E + O(eps^2) and w_k = W(k eps) + eps^2 G + O(eps^3) for
 * W = MGF(lambda - eps/2) with W'(0) = -eps grad F(w_0)/(2 lambda). Derivation: spec/README.md#b1. */
hp_taylor_status hp_momentum_flow_terms(hp_trajectory **trajectory, const hp_problem *problem,
                                        const mpq_t lambda, hp_terms_variant variant,
                                        const mpfr_t t_end, const hp_taylor_options *options);

#endif
