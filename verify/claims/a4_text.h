#ifndef HP_A4_TEXT_H
#define HP_A4_TEXT_H

#define HP_A4_TITLE                                                                                \
  "modified loss: O(h^2) to the gradient flow of Phi + (hc/2) times the squared gradient"

#define HP_A4_SOURCE                                                                               \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22 "        \
  "(2021), arXiv:1906.04285; c for general a, the starts and the constants are derived in "        \
  "spec/README.md#a4"

#define HP_A4_STATEMENT                                                                            \
  "U' = -lambda_bar grad Phi_h(U), Phi_h = Phi + (h c/2)|grad Phi|^2, c = alpha lambda_bar^2. "    \
  "Started on the slow manifold with U(0) = u_0, |u_n - U(nh)| = O(h^2) for all n; from v_0 = 0 "  \
  "with U(0) = u_0 - h lambda lambda_bar^2 f(u_0), for nh >= t0 > 0; from v_0 = 0 with U(0) = "    \
  "u_0 "                                                                                           \
  "only O(h), with limit lambda lambda_bar^2 max |f(ubar)|"

#define HP_A4_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let alpha = (1+lambda)/2 - a (1-lambda), c = alpha lambda_bar^2 and\n"                          \
  "    U' = -lambda_bar grad Phi_h(U) = lambda_bar (f - h c f'f)(U),\n"                            \
  "    Phi_h = Phi + (h c/2) |grad Phi|^2.\n"                                                      \
  "c is (1+lambda)/(2 (1-lambda)^2) for the heavy ball and\n"                                      \
  "(1 - lambda + 2 lambda^2)/(2 (1-lambda)^2) for Nesterov. Momentum then follows this flow to\n"  \
  "second order in h, provided that both begin in the right place:\n"                              \
  "(i)   v_0 = lambda_bar f + h lambda_bar^2 (a - lambda_bar) f'f at u_0, U(0) = u_0: uniformly\n" \
  "          u_n - U(nh) = h^2 E4m(nh) + O(h^3);\n"                                                \
  "(ii)  v_0 = 0, U(0) = u_0 - h lambda lambda_bar^2 f(u_0): for nh >= t0 > 0\n"                   \
  "          u_n - U(nh) = h^2 E4s(nh) + O(h^3);\n"                                                \
  "(iii) v_0 = 0, U(0) = u_0: only first order,\n"                                                 \
  "          max_n |u_n - U(nh)|/h -> lambda lambda_bar^2 max over [0,T] of |f(ubar)|.\n"          \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "f = -grad Phi is three times continuously differentiable near the path, and the slow "          \
  "manifold\n"                                                                                     \
  "of A3 exists, h L <= h_0 L. Where it does not - where the stiffest direction spirals - there "  \
  "is\n"                                                                                           \
  "no first-order equation to follow and the claim says nothing. The limits are reached once\n"    \
  "c h L is small, below 1/20 say. ubar solves ubar' = lambda_bar f(ubar).\n"                      \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    E' = lambda_bar f'(ubar) E + F_2(ubar),   E4m(0) = 0,   E4s(0) = S_2 f'f(u_0),\n"           \
  "    S_2 = lambda_bar^4 (a (lambda^2 - 1) + lambda^2 + 2 lambda),\n"                             \
  "and F_2 is the h^2 term of the method's slow flow, a combination of f'f'f and f''(f,f) with\n"  \
  "coefficients in spec/README.md#a4. So E4m/h^2 -> max over [0,T] of |E4m(t)| and\n"              \
  "E4s/h^2 -> max over t >= t0 of |E4s(t)|.\n"                                                     \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "From the usual start v_0 = 0 the statement is false as an O(h^2) statement: the velocity "      \
  "needs\n"                                                                                        \
  "about 1/(1-lambda) steps to build up, which leaves the whole path behind by\n"                  \
  "h lambda lambda_bar^2 f(u_0). It is the start that has to be moved, not the loss. At the "      \
  "step\n"                                                                                         \
  "sizes at which momentum 0.9 is usually plotted against condition numbers 5 to 20 the stiff\n"   \
  "direction is underdamped and the claim does not apply to it at all. Beyond this order the\n"    \
  "continuous field is no gradient any more: at h^2 it contains lambda_bar^4 (1 - lambda - "       \
  "6a)/6\n"                                                                                        \
  "times f'f'f, which is not one in general. What is minimised exactly is different again: on "    \
  "the\n"                                                                                          \
  "manifold the method is, to O(h^3), one step h lambda_bar of gradient descent on\n"              \
  "Phi + (h c_d/2)|grad Phi|^2 with c_d = lambda_bar (lambda_bar - 1 - a). Since\n"                \
  "grad Phi_h = (I + h c H) grad Phi, every critical point of Phi stays one; new, spurious ones\n" \
  "can only appear where the Hessian H has the eigenvalue -1/(h c).\n"                             \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "E4n: case (iii), largest distance over all n, order 1. E4m: case (i), all n, order 2. E4s:\n"   \
  "case (ii), nh >= 1/4 (T/2 when T <= 1/4), order 2. Each order with an uncertainty on both\n"    \
  "sides and each limit against its constant; that c one hundredth too large or too small, c of\n" \
  "the heavy ball for another method, no correction at all or a wrong start lose an order. The\n"  \
  "Hessian-vector products come from the tape. Spurious critical points are searched for by\n"     \
  "Newton's method from points spread over the box of the path: what is found is reported, a\n"    \
  "search that finds nothing proves nothing.\n"                                                    \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22\n"       \
  "(2021), arXiv:1906.04285. c for general a, the starts and the constants: spec/README.md#a4.\n"

#endif
