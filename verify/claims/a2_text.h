#ifndef HP_A2_TEXT_H
#define HP_A2_TEXT_H

#define HP_A2_TITLE "momentum equation: O(h) in the sup norm, O(h^2) away from the initial layer"

#define HP_A2_SOURCE                                                                               \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22 "        \
  "(2021), arXiv:1906.04285; the constants, the matched velocity and the layer are derived in "    \
  "spec/README.md#a2"

#define HP_A2_STATEMENT                                                                            \
  "w solves h alpha w'' + (1-lambda) w' = f(w), w(0) = u_0, w'(0) = kappa f(u_0). For every "      \
  "kappa "                                                                                         \
  "max |u_n - w(nh)| = O(h) and no better, because lambda^n and r^n, r = exp(-(1-lambda)/alpha), " \
  "decay differently; with kappa = (1-2a)/(2 alpha) it is O(h^2) for nh >= t0 > 0, and from both " \
  "slow manifolds for all n"

#define HP_A2_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let alpha = (1+lambda)/2 - a (1-lambda) > 0 and let w solve the momentum equation\n"            \
  "    h alpha w'' + (1-lambda) w' = f(w),   w(0) = u_0,   w'(0) = kappa f(u_0).\n"                \
  "Let u_n be the iterates from v_0 = 0. Then\n"                                                   \
  "(i)   for every kappa, max_{0 <= nh <= T} |u_n - w(nh)| <= C_2 h;\n"                            \
  "(ii)  to first order, uniformly in 0 <= nh <= T,\n"                                             \
  "          u_n - w(nh) = h { D f(ubar(nh))\n"                                                    \
  "                            + [lambda lambda_bar^2 lambda^n + q r^n] f(u_0) } + O(h^2),\n"      \
  "          q = alpha lambda_bar (kappa - lambda_bar),   D = -lambda lambda_bar^2 - q;\n"         \
  "(iii) D = 0 for exactly one velocity, kappa_opt = (1-2a)/(2 alpha). With it\n"                  \
  "          u_n - w(nh) = h lambda lambda_bar^2 (lambda^n - r^n) f(u_0) + O(h^2):\n"              \
  "      still of first order in the sup norm, but of second order for nh >= t0 > 0;\n"            \
  "(iv)  if the iterates start with v_0 = lambda_bar f + h lambda_bar^2 (a - lambda_bar) f'f "     \
  "and\n"                                                                                          \
  "      the equation with w'(0) = lambda_bar f - h alpha lambda_bar^3 f'f, both at u_0, "         \
  "neither\n"                                                                                      \
  "      has a layer and the distance is O(h^2) for all n.\n"                                      \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "alpha > 0, so that the equation is well posed. f = -grad Phi is three times continuously\n"     \
  "differentiable; L = sup |f'| and B0 = sup |f| are taken on a convex set that contains the\n"    \
  "iterates, the look-ahead points and the flow. The limits are reached once\n"                    \
  "alpha lambda_bar^2 h L is small, below 1/20 say. ubar solves ubar' = lambda_bar f(ubar).\n"     \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    C_2 = C(T) of A1 + alpha lambda_bar (V + |kappa f(u_0)|) e^(lambda_bar L T),\n"             \
  "(smaller when the Hessian lies between -nu and L, as in A1: spec/README.md#a2)\n"               \
  "    V = max(|kappa f(u_0)|, lambda_bar B0),       r = e^(-(1-lambda)/alpha).\n"                 \
  "    lim E2k/h = max( |D| max_t |f(ubar)|,\n"                                                    \
  "                     |f(u_0)| max_n |D + lambda lambda_bar^2 lambda^n + q r^n| )\n"             \
  "    lim E2o/h = lambda lambda_bar^2 |f(u_0)| max_n |lambda^n - r^n| > 0\n"                      \
  "    lim E2x/h^2 = max over t >= t0 of |E2o(t)|,   lim E2m/h^2 = max over [0,T] of |E2m(t)|\n"   \
  "    E' = lambda_bar f'(ubar) E + (F_2 - F_2c)(ubar) for both,   E2m(0) = 0,\n"                  \
  "    E2o(0) = (S_2 - S_2c) f'f(u_0).\n"                                                          \
  "F_2 and F_2c are the h^2 terms of the slow flows of the method and of the equation, S_2 and\n"  \
  "S_2c those of where their slow orbits begin; all four are polynomials in lambda and a over a\n" \
  "power of 1-lambda, in spec/README.md#a2.\n"                                                     \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The theorem is often stated as O(h^2) on [0,T]. It is not: the fast mode of the method "        \
  "decays\n"                                                                                       \
  "like lambda^n, that of the equation like r^n, and the two differ by a fixed amount after the\n" \
  "same few steps however small h is. For the heavy ball with lambda = 0.9 the amount is tiny,\n"  \
  "max |lambda^n - r^n| = 3.4e-4, which is why plots look second order; for Nesterov with\n"       \
  "lambda = 1/2 it is 0.13. The velocity often quoted with it, kappa_q = (1-2 alpha)/\n"           \
  "(2 alpha - lambda + 1), does not match the slow solutions: with it the error stays of first\n"  \
  "order at all times, unless kappa_q happens to equal kappa_opt, as it does for Nesterov with\n"  \
  "lambda = 1/2. Matching u(h) by Taylor's formula gives a third velocity,\n"                      \
  "(2 alpha - 1)/(2 alpha - 1 + lambda), which matches the slow solutions no better. For the\n"    \
  "heavy ball the method is exactly the central-difference scheme of the equation; second order\n" \
  "is lost in the layer all the same, because the step h is as long as the fast time scale\n"      \
  "h alpha/(1-lambda) itself.\n"                                                                   \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "E2k: kappa_q, largest distance over all n, order 1. E2o: kappa_opt, all n, order 1. E2x:\n"     \
  "kappa_opt, nh >= 1/4 (T/2 when T <= 1/4), order 2. E2m: both slow starts, all n, order 2.\n"    \
  "Each order with an uncertainty on both sides, each limit against the constant above, and the\n" \
  "bound (i). w is integrated as a first-order system by Taylor series, step by step from the\n"   \
  "size of the coefficients: a fraction of the fast time scale inside the layer, and after it "    \
  "as\n"                                                                                           \
  "long as the rounding errors that the dead fast mode amplifies stay below the digits asked "     \
  "for.\n"                                                                                         \
  "That kappa_q, a wrong alpha or a start off the manifolds loses an order is checked as well.\n"  \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22\n"       \
  "(2021), arXiv:1906.04285. The constants, the matched velocity and the layer: "                  \
  "spec/README.md#a2.\n"

#endif
