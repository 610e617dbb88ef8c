#ifndef HP_B1_TEXT_H
#define HP_B1_TEXT_H
#include "family_b.h"

#define HP_B1_TITLE "momentum descent is a discretisation of the momentum gradient flow"

#define HP_B1_SOURCE                                                                               \
  HP_B_SOURCE "the constants and the second order are derived in spec/README.md#b1"

#define HP_B1_STATEMENT                                                                            \
  "with lambda = gamma/(1-beta)^2 and eps = gamma/(1-beta), w_k = w(k eps) + eps E(k eps) + "      \
  "O(eps^2) on [0,T] for lambda w'' + w' + grad F(w) = 0 from rest; with lambda_eff = "            \
  "gamma (1+beta)/(2 (1-beta)^2) and W'(0) = -eps grad F(w_0)/(2 lambda) the distance is "         \
  "eps^2 max|G| + O(eps^3)"

#define HP_B1_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Momentum gradient descent MGD(gamma, beta),\n"                                                  \
  "    w_{k+1} = w_k - gamma grad F(w_k) + beta (w_k - w_{k-1}),   w_{-1} = w_0,\n"                \
  "follows the momentum gradient flow MGF(lambda)\n"                                               \
  "    lambda w'' + w' + grad F(w) = 0,   w(0) = w_0,  w'(0) = 0,\n"                               \
  "with lambda = gamma/(1-beta)^2, at the times t = k eps, eps = gamma/(1-beta). With lambda\n"    \
  "fixed and eps -> 0, that is beta = 1 - eps/lambda and gamma = eps^2/lambda,\n"                  \
  "    e1 = max_{0 <= k eps <= T} |w_k - w(k eps)| is of order 1 in eps.\n"                        \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "F three times continuously differentiable (once more for G) near the path up to T; eps < "      \
  "lambda.\n"                                                                                      \
  "lambda is the momentum of the problem, or of --momentum, and the ladder is one of eps. The\n"   \
  "method is heavy ball (a = 0).\n"                                                                \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "The first-order term is known: w_k = w(k eps) + eps E(k eps) + O(eps^2) with\n"                 \
  "    lambda E'' + E' + H(w) E = w''/2,   E(0) = 0,  E'(0) = -grad F(w_0)/(2 lambda),\n"          \
  "H the Hessian of F; so e1/eps tends to max|E|. Exactly, and not only to some order, MGD is\n"   \
  "the central-difference scheme\n"                                                                \
  "    lambda_eff (w_{k+1} - 2 w_k + w_{k-1})/eps^2 + (w_{k+1} - w_{k-1})/(2 eps)\n"               \
  "        + grad F(w_k) = 0,\n"                                                                   \
  "    lambda_eff = lambda - eps/2 = lambda (1+beta)/2 = gamma (1+beta)/(2 (1-beta)^2),\n"         \
  "and its start has the central velocity (w_1 - w_{-1})/(2 eps) = -eps grad F(w_0)/(2 lambda).\n" \
  "With that mass and that velocity, W = MGF(lambda_eff), the distance e2 = max|w_k - W(k eps)|\n" \
  "is of order 2, and e2/eps^2 tends to max|G|,\n"                                                 \
  "    lambda G'' + G' + H(w) G = -(lambda w''''/12 + w'''/6),\n"                                  \
  "    G(0) = 0,  G'(0) = -grad F(w_0)/(6 lambda^2).\n"                                            \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "lambda = gamma/(1-beta)^2 is right to first order only: the scheme belongs to lambda_eff,\n"    \
  "which is smaller by the factor (1+beta)/2. Neither correction is enough without the other:\n"   \
  "lambda_eff from rest, or the matched velocity with lambda, both stay first order. And the\n"    \
  "matched velocity is half of the first step's, -gamma grad F(w_0)/eps: the central and not "     \
  "the\n"                                                                                          \
  "one-sided difference. Other than in claim A1 there is no initial layer, because the time\n"     \
  "lambda in which the velocity builds up is resolved as eps -> 0.\n"                              \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "e1 and e2 on the ladder, by the recurrence and a Taylor integrator in multiple precision, "     \
  "each\n"                                                                                         \
  "at two precisions; order and constant of both, max|E| and max|G| over continuous time by the\n" \
  "same integrator; e1 of the iterates of the double-precision kernels; and that lambda in\n"      \
  "place of lambda_eff, a start from rest, the one-sided velocity, an E that forgets the first\n"  \
  "step or the force w''/2, and constants 1 % off all fail.\n"                                     \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. The constants and "     \
  "the\n"                                                                                          \
  "second order: spec/README.md#b1.\n"

#endif
