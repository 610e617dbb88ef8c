#ifndef HP_B2_TEXT_H
#define HP_B2_TEXT_H
#include "family_b.h"

#define HP_B2_TITLE "acceleration rule: equal lambda, same path"

#define HP_B2_SOURCE HP_B_SOURCE "the constants are derived in spec/README.md#b2"

#define HP_B2_STATEMENT                                                                            \
  "two pairs (gamma, beta) with the same lambda = gamma/(1-beta)^2 give, at equal times k eps, "   \
  "iterates (eps1 - eps2) E(t) + O(eps^2) apart; with the same lambda_eff and matched starts "     \
  "(eps1^2 - eps2^2) G(t) + O(eps^3)"

#define HP_B2_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let two runs of momentum gradient descent, (gamma1, beta1) and (gamma2, beta2), have the "      \
  "same\n"                                                                                         \
  "lambda = gamma/(1-beta)^2, and let eps = gamma/(1-beta). Then, from rest, at equal times\n"     \
  "t = k1 eps1 = k2 eps2\n"                                                                        \
  "    w1_{k1} - w2_{k2} = (eps1 - eps2) E(t) + O(eps^2).\n"                                       \
  "To first order they run along one path, at eps per iteration: to go m times as fast, "          \
  "multiply\n"                                                                                     \
  "1 - beta by m and gamma by m^2.\n"                                                              \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "As in claim B1: F smooth near the path up to T, eps < lambda, heavy ball (a = 0); lambda is\n"  \
  "the momentum of the problem, or of --momentum.\n"                                               \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "E is the first-order term of claim B1. With eps1 = 2 eps2 the distance d1 divided by eps2\n"    \
  "tends to max|E|. The rule has a second-order form: if the two have the same lambda_eff =\n"     \
  "gamma (1+beta)/(2 (1-beta)^2), and starts with the same central velocity (here w_{-1} = w_1 "   \
  "in\n"                                                                                           \
  "both, which is zero), they are two step sizes of one central-difference scheme, and\n"          \
  "    w1_{k1} - w2_{k2} = (eps1^2 - eps2^2) G(t) + O(eps^3),\n"                                   \
  "G as in claim B1: d2/eps2^2 tends to 3 max|G|.\n"                                               \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "That gamma/(1-beta) is what counts. Two runs with equal gamma/(1-beta) and different beta\n"    \
  "move at the same speed but have different lambda: they follow different paths however small\n"  \
  "the steps are. And equal lambda is a first-order rule; to second order it is lambda_eff that\n" \
  "must agree, and the first step has to be matched as well.\n"                                    \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "Pairs with eps1 = 2 eps2 on the ladder of eps2: d1 with equal lambda from rest, d2 with "       \
  "equal\n"                                                                                        \
  "lambda_eff and symmetric start; order and constant of both. Must fail: gamma halved with "      \
  "beta\n"                                                                                         \
  "kept, lambda in place of lambda_eff, unmatched starts, constants 1 % off.\n"                    \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. The constants and "     \
  "the\n"                                                                                          \
  "second-order form: spec/README.md#b2.\n"

#endif
