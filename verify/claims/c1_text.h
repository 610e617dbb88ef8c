#ifndef HP_C1_TEXT_H
#define HP_C1_TEXT_H

#define HP_C1_TITLE "modified vector field of any order"

#define HP_C1_SOURCE                                                                               \
  "derived in spec/README.md#c1; first two terms: N. B. Kovachki and A. M. Stuart, JMLR 22 "       \
  "(2021), arXiv:1906.04285; B-series: E. Hairer, C. Lubich, G. Wanner, Geometric Numerical "      \
  "Integration, chapters III and IX"

#define HP_C1_STATEMENT                                                                            \
  "for t_0 <= nh <= T: |u_n - U(nh)| = O(h^R), where U' = sum_{k<R} h^k F_k(U), U(0) = u_0 + "     \
  "sum_{1<=k<R} h^k S_k(u_0); and the left side divided by h^R tends to max |E_R|, where E_R' = "  \
  "lambda_bar f'(ubar) E_R + F_R(ubar), E_R(0) = S_R(u_0)"

#define HP_C1_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let f = -grad Phi, 0 <= lambda < 1, lambda_bar = 1/(1-lambda), and let the iterates be\n"       \
  "    u_{n+1} = u_n + lambda (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1})),   u_{-1} = u_0.\n"   \
  "There are fields F_0 = lambda_bar f, F_1, F_2, ... and shifts S_1, S_2, ..., each a\n"          \
  "combination of elementary differentials of f with coefficients that are rational in lambda\n"   \
  "and a, such that for every R the flow\n"                                                        \
  "    U' = F_0(U) + h F_1(U) + ... + h^{R-1} F_{R-1}(U),\n"                                       \
  "    U(0) = u_0 + h S_1(u_0) + ... + h^{R-1} S_{R-1}(u_0)\n"                                     \
  "satisfies |u_n - U(nh)| = O(h^R) for t_0 <= nh <= T, whatever t_0 > 0.\n"                       \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "f has R+1 continuous derivatives on a neighbourhood of ubar([0,T]), where ubar' =\n"            \
  "lambda_bar f(ubar), ubar(0) = u_0, exists on [0,T]. The time t_0 leaves room for the initial\n" \
  "layer lambda^n, which is below h^R after R log(1/h)/log(1/lambda) steps.\n"                     \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "The first terms are\n"                                                                          \
  "    F_1 = -alpha lambda_bar^3 f'f,    alpha = (1+lambda)/2 - a (1-lambda),\n"                   \
  "    S_1 = -lambda lambda_bar^2 f,\n"                                                            \
  "    S_2 = lambda_bar^4 (a (lambda^2 - 1) + lambda^2 + 2 lambda) f'f,\n"                         \
  "and F_k in general is the sum over rooted trees t with k+1 nodes of b(t) F(t)/sigma(t). Off\n"  \
  "the layer the iterates are an orbit of a one-step map Psi, and Psi o Psi - (1+lambda) Psi =\n"  \
  "-lambda id + h f(Psi + a (Psi - id)) gives its coefficients tree by tree; b is the logarithm\n" \
  "of that map. Each b(t) is a polynomial in lambda and a over (1-lambda)^{2|t|-1}; for heavy\n"   \
  "ball the polynomial is palindromic. The leading error is known exactly:\n"                      \
  "    u_n = U(nh) + h^R E_R(nh) + O(h^{R+1}),    E_R' = lambda_bar f'(ubar) E_R + F_R(ubar),\n"   \
  "    E_R(0) = S_R(u_0).\n"                                                                       \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The modified flow does not start at u_0. The layer carries the iterates off by h S_1 +\n"       \
  "h^2 S_2 + ..., so with U(0) = u_0 every truncation is first order, however many terms its\n"    \
  "field has. The estimate is not uniform in n: inside the layer the distance is O(h). The\n"      \
  "series is asymptotic and does not converge: the invariant manifold on which the iterates\n"     \
  "live is only finitely smooth. At coarse steps a truncation with more terms can be worse, and\n" \
  "its flow can even leave every bound in finite time; that is no failure of the theorem, and\n"   \
  "the check says at which steps it happened. And these flows are not gradient flows from h^2\n"   \
  "on, see C2.\n"                                                                                  \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "For R = 1, ..., 6 the largest distance at the times jT/64, j = 8, ..., 64, on a ladder of\n"    \
  "steps: its order on both sides, and its limit against max |E_R| at the same times. The\n"       \
  "fields are written out by exact recursion and automatic differentiation of the given loss\n"    \
  "and integrated by the Taylor integrator. Orders whose differentials need more than 20000\n"     \
  "instructions are left out, which is said. It must show that without the shift, and with the\n"  \
  "last term changed, the order drops.\n"                                                          \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "spec/README.md#c1. The terms through h are in N. B. Kovachki and A. M. Stuart, JMLR 22\n"       \
  "(2021), arXiv:1906.04285; backward error analysis by B-series in E. Hairer, C. Lubich and\n"    \
  "G. Wanner, Geometric Numerical Integration, chapters III and IX.\n"

#endif
