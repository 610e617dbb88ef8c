#ifndef HP_B6_TEXT_H
#define HP_B6_TEXT_H
#include "family_b.h"

#define HP_B6_TITLE "diagonal network: momentum descent, exact for every step size"

#define HP_B6_SOURCE                                                                               \
  HP_B_SOURCE "the discrete and stochastic identities are derived in spec/README.md#b6"

#define HP_B6_STATEMENT                                                                            \
  "with rho = w_{k+1}/w_k and Q_beta(rho) = (rho-1) - (1-beta) ln|rho| - beta (1-1/rho), "         \
  "a = sum Q_beta(rho_k)/(1-beta): Delta_inf = Delta_0 exp(-(a_+ + a_-)), and theta_inf solves "   \
  "the convex problem of B5 with these a; for every gamma and beta, path by path for mini-batches"

#define HP_B6_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Momentum gradient descent on a diagonal network, in w_+ = u+v and w_- = u-v,\n"                 \
  "    w_+-,k+1 = w_+-,k -+ gamma w_+-,k g_k + beta (w_+-,k - w_+-,k-1),   w_{-1} = w_0,\n"        \
  "obeys exactly, with rho_k = w_{k+1}/w_k,\n"                                                     \
  "    Q_beta(rho) = (rho - 1) - (1-beta) ln|rho| - beta (1 - 1/rho),\n"                           \
  "    a_+- = sum_k Q_beta(rho_+-,k)/(1-beta),   Delta_inf = Delta_0 exp(-(a_+ + a_-)),\n"         \
  "and theta_inf minimises the Bregman divergence of claim B5 with this Delta_inf and\n"           \
  "theta~_0 = (w_+(0)^2 e^{-2a_+} - w_-(0)^2 e^{-2a_-})/4. The same holds path by path when g_k\n" \
  "is the gradient of any mini-batch.\n"                                                           \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "The iterates converge to an interpolator, and no w becomes exactly 0. Nothing is asked of\n"    \
  "the step size or of signs: the identity is a telescoping sum.\n"                                \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "Q_beta >= 0 for rho > 0, so without a change of sign Delta_inf < Delta_0 in every coordinate\n" \
  "that moves. Q_beta(rho) = (1+beta)/2 (rho-1)^2 + ..., which makes the sum the integral of "     \
  "claim\n"                                                                                        \
  "B4 with lambda_eff = gamma (1+beta)/(2 (1-beta)^2). For beta = 0, a_+ + a_- =\n"                \
  "-sum ln(1 - gamma^2 g_k^2).\n"                                                                  \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "\"Momentum finds sparser solutions because it makes Delta smaller.\" It makes Delta smaller;\n" \
  "but Delta shrinks most on the support, and then theta_inf is less sparse. On the built-in\n"    \
  "network, from u = 1/2 and v = 0, the entry off the support of the least-l1 solution grows\n"    \
  "from 0.0163 to 0.0226 between lambda = 0 and lambda = 1/2, while all three Delta_inf shrink.\n" \
  "And the identity is often stated for small steps, or for w that keep their sign: it needs\n"    \
  "neither; with changes of sign Delta_inf may exceed Delta_0.\n"                                  \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "Delta_inf by the sum against |w_+ w_-|, and theta_inf against Newton's method on the dual\n"    \
  "problem, for lambda = 2/5, 2 and 5 times the problem's momentum and beta = 0 to 19/20, with\n"  \
  "full gradients and with one row a step (seeded); zero crossings included. Must fail: the\n"     \
  "quadratic approximation of Q_beta, Q_0, the flow's Delta_inf, theta_0 for theta~_0, Delta_0\n"  \
  "for Delta_inf. The sparsity run compares flows from u = 1/2, v = 0.\n"                          \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. The discrete and\n"     \
  "stochastic identities: spec/README.md#b6.\n"

#endif
