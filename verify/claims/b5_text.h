#ifndef HP_B5_TEXT_H
#define HP_B5_TEXT_H
#include "family_b.h"

#define HP_B5_TITLE "diagonal network: implicit regularisation"

#define HP_B5_SOURCE HP_B_SOURCE "derived in spec/README.md#b5"

#define HP_B5_STATEMENT                                                                            \
  "theta_inf minimises the Bregman divergence of psi_{Delta_inf} to theta~_0 among all "           \
  "interpolators, psi_Delta(theta) = (1/4) sum [2 theta arsinh(2 theta/Delta) - "                  \
  "sqrt(4 theta^2 + Delta^2) + Delta], theta~_0 = (w_+(0)^2 e^{-2a_+} - w_-(0)^2 e^{-2a_-})/4"

#define HP_B5_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Which of the many interpolators X theta = y does training find? For the momentum gradient\n"    \
  "flow of a diagonal network, with a_+- and Delta_inf of claim B4,\n"                             \
  "    theta_inf = argmin { D(theta, theta~_0) : X theta = y },\n"                                 \
  "D the Bregman divergence of psi_{Delta_inf},\n"                                                 \
  "    psi_Delta(theta) = (1/4) sum_i [2 theta_i arsinh(2 theta_i/Delta_i)\n"                      \
  "                       - sqrt(4 theta_i^2 + Delta_i^2) + Delta_i],\n"                           \
  "    theta~_0 = (w_+(0)^2 e^{-2 a_+} - w_-(0)^2 e^{-2 a_-})/4.\n"                                \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "As in claim B4: the path converges and its rates die out, no w starts at 0. If no theta\n"      \
  "interpolates, X theta = y is replaced by the normal equations X^T X theta = X^T y.\n"           \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "None: the statement is exact. With grad psi(theta) = arsinh(2 theta/Delta)/2 the optimality\n"  \
  "conditions are: grad psi(theta_inf) - grad psi(theta~_0) is in the range of X^T, where it is\n" \
  "-int g dt; the multiplier nu with X^T nu equal to it is the dual certificate. psi is like\n"    \
  "|theta|^2/(2 Delta) for large Delta and like |theta|_1 ln(1/Delta)/2 for small Delta.\n"        \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The centre is theta~_0 and not theta_0, and the weights are Delta_inf and not Delta_0; for\n"   \
  "the gradient flow (lambda = 0) they coincide. A smaller Delta_inf does not mean a sparser\n"    \
  "theta_inf: Delta is a vector, and what counts is how it is distributed (claim B6 has a\n"       \
  "counter-example).\n"                                                                            \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "theta at the end of the path against the minimiser from Newton's method on the dual problem,\n" \
  "which knows nothing of the path but Delta_inf and theta~_0; and the optimality conditions of\n" \
  "theta itself; for the problem's momentum times 5, 2, 1, 1/2, 1/5, 1/25 as lambda, and the\n"    \
  "gradient flow. Must fail: theta_0 for theta~_0, Delta_0 for Delta_inf, the interpolator of\n"   \
  "least Euclidean norm.\n"                                                                        \
  "With --certify limit, integrals and minimiser are enclosed, and that it is the minimiser is\n"  \
  "proved by Krawczyk's operator.\n"                                                               \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. Derivation:\n"          \
  "spec/README.md#b5.\n"

#endif
