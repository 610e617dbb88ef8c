#ifndef HP_B3_TEXT_H
#define HP_B3_TEXT_H
#include "family_b.h"

#define HP_B3_TITLE "diagonal network: when the weights cannot cross zero"

#define HP_B3_SOURCE HP_B_SOURCE "the conditions are derived in spec/README.md#b3"

#define HP_B3_STATEMENT                                                                            \
  "if 4 lambda |grad L(theta_t)|_inf <= 1 for all t, w_+ = u+v and w_- = u-v never vanish; "       \
  "assured "                                                                                       \
  "for lambda <= sqrt(n)/(4 sqrt(2 L(theta_0)) max_i |X_i|); in discrete time gamma |g_k|_inf <= " \
  "(1 - sqrt(beta))^2 keeps w_{k+1}/w_k >= sqrt(beta)"

#define HP_B3_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let theta = u*v (componentwise), L(theta) = |y - X theta|^2/(2n), g = grad L(theta), and\n"     \
  "w_+ = u+v, w_- = u-v. The momentum gradient flow of the network is, in each coordinate,\n"      \
  "    lambda w_+'' + w_+' = -w_+ g,    lambda w_-'' + w_-' = w_- g,    w_+-'(0) = 0.\n"           \
  "If |g_i| <= 1/(4 lambda) along the path, then no w_+ and no w_- ever vanishes: the rates\n"     \
  "stay above w'/w > -1/(2 lambda). In discrete time, if gamma |g_{k,i}| <= (1-sqrt(beta))^2 "     \
  "for\n"                                                                                          \
  "all k, then w_{k+1}/w_k >= sqrt(beta) for all k.\n"                                             \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "A diagonal linear network (key diagonal-linear of a problem) that starts at rest with no\n"     \
  "w_+ or w_- equal to 0. lambda is the momentum of the problem times 5, 2, 1, 1/2, 1/5, 1/25.\n"  \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "The rate x' = w'/w solves lambda (x'' + x'^2) + x' = -+ g, a Riccati equation in which the\n"   \
  "value -1/(2 lambda) cannot be passed downwards as long as 4 lambda |g| <= 1. The energy\n"      \
  "F + lambda |w'|^2/2 does not grow, so |g_i| <= |X_i| sqrt(2 L(theta_0)/n), and the condition\n" \
  "is assured for\n"                                                                               \
  "    lambda <= sqrt(n)/(4 sqrt(2 L(theta_0)) max_i |X_i|),   X_i the columns of X.\n"            \
  "In discrete time rho_k = w_{k+1}/w_k obeys rho_k = 1 + beta - beta/rho_{k-1} -+ gamma g_k, "    \
  "and\n"                                                                                          \
  "sqrt(beta) is where its fixed points meet.\n"                                                   \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "Both conditions are sufficient and, for constant g, sharp; along a path whose gradient fades\n" \
  "nothing need cross although they fail. Crossing is no accident of large steps: it happens in\n" \
  "the flow itself when lambda is large. The balancedness formulas of claims B4 to B6 do not\n"    \
  "need the condition; only Delta_inf <= Delta_0 does.\n"                                          \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "4 lambda max|g| along the flows and gamma max|g|/(1-sqrt(beta))^2 along descents, with the\n"   \
  "least rate and the zero crossings: wherever the condition holds nothing crosses and the rate\n" \
  "keeps its bound; the a priori lambda gives the condition. Conditions 1 % and 5 % weaker "       \
  "fail,\n"                                                                                        \
  "by the constant gradient that crosses.\n"                                                       \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. The conditions:\n"      \
  "spec/README.md#b3.\n"

#endif
