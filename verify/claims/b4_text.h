#ifndef HP_B4_TEXT_H
#define HP_B4_TEXT_H
#include "family_b.h"

#define HP_B4_TITLE "diagonal network: what balancedness is left"

#define HP_B4_SOURCE                                                                               \
  HP_B_SOURCE "the identity, crossings and small masses are derived in spec/README.md#b4"

#define HP_B4_STATEMENT                                                                            \
  "Delta_inf = Delta_0 exp(-(a_+ + a_-)), a = lambda int (w'/w)^2 dt - lambda w'(0)/w(0), as "     \
  "Hadamard's finite part where w crosses 0; and ln(Delta_0/Delta_inf)/lambda = 2 int g^2 dt + "   \
  "lambda C + O(lambda^2)"

#define HP_B4_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "For the momentum gradient flow of a diagonal network (claim B3) let Delta = |w_+ w_-| =\n"      \
  "|u^2 - v^2| be the balancedness. If the flow comes to rest at an interpolating theta_inf, "     \
  "then\n"                                                                                         \
  "    Delta_inf = Delta_0 exp(-(a_+ + a_-)),\n"                                                   \
  "    a_+- = lambda int_0^inf (w_+-'/w_+-)^2 dt - lambda w_+-'(0)/w_+-(0)   (componentwise).\n"   \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "The path converges and its rates w'/w die out; no w is exactly 0 at the start. That it\n"       \
  "converges is an assumption, and is checked: the run says where the path does not come to\n"     \
  "rest.\n"                                                                                        \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "Without a crossing of zero and from rest a_+- >= 0, so Delta_inf <= Delta_0. Where w crosses\n" \
  "zero at t_c the integrand is 1/(t-t_c)^2 - 1/(lambda (t-t_c)) + ..., and the identity holds\n"  \
  "with Hadamard's finite part. As lambda -> 0\n"                                                  \
  "    ln(Delta_0/Delta_inf)/lambda = I + lambda C + O(lambda^2),   I = 2 int g^2 dt,\n"           \
  "    C = 4 int g (Dg theta_1) dt - g(theta_0)^2,\n"                                              \
  "along the gradient flow, with theta_1 its first-order term outside the initial layer.\n"        \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "\"A small lambda gives a smaller Delta_inf\": it is the other way round. At lambda = 0\n"       \
  "(gradient flow) nothing is lost, Delta_inf = Delta_0, and Delta_inf falls as lambda grows,\n"   \
  "until a weight crosses zero; after crossings Delta_inf may even exceed Delta_0. The identity\n" \
  "itself needs no sign condition.\n"                                                              \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "The formula, its integrals by Gauss-Legendre quadrature along the path, against |w_+ w_-| at\n" \
  "the end of the path, for lambda = the problem's momentum times 5, 2, 1, 1/2, 1/5, 1/25: from\n" \
  "rest and from w'(0) = -grad F(w_0); and the limit lambda -> 0 with its constant |C|. Must\n"    \
  "fail: one integral alone, the gradient flow's 2 lambda int g^2 in place of the integrals, "     \
  "the\n"                                                                                          \
  "velocity forgotten, I halved or left out.\n"                                                    \
  "With --certify the limit and the integrals, their tails included, are enclosed where no w\n"    \
  "crosses 0.\n"                                                                                   \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "H. Papazov, S. Pesme and N. Flammarion, Leveraging continuous time to understand momentum\n"    \
  "when training diagonal linear networks, AISTATS 2024, arXiv:2403.05293. Crossings, moving\n"    \
  "starts and the constant C: spec/README.md#b4.\n"

#endif
