#ifndef HP_C3_TEXT_H
#define HP_C3_TEXT_H

#define HP_C3_TITLE "expansion of the invariant manifold"

#define HP_C3_SOURCE                                                                               \
  "derived in spec/README.md#c3; first two terms: N. B. Kovachki and A. M. Stuart, JMLR 22 "       \
  "(2021), arXiv:1906.04285"

#define HP_C3_STATEMENT                                                                            \
  "once the layer lambda^n has died out, |v_n - sum_{k<R} h^k g_k(u_n)| = h^R |g_R(u_n)| + "       \
  "O(h^{R+1}), v_n = (u_n - u_{n-1})/h, with g_0 = lambda_bar f and g_k of order k+1 in f"

#define HP_C3_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "For small h the velocity v_n = (u_n - u_{n-1})/h of the momentum method is slaved to the\n"     \
  "position, v_n = m_h(u_n) up to a term that dies out like lambda^n (claim A3). The function\n"   \
  "m_h has the expansion\n"                                                                        \
  "    m_h = g_0 + h g_1 + h^2 g_2 + ...,    g_0 = lambda_bar f,\n"                                \
  "    g_1 = lambda_bar^2 (a - lambda_bar) f'f,\n"                                                 \
  "and for every R, when n >= C log(1/h),\n"                                                       \
  "    |v_n - sum_{k<R} h^k g_k(u_n)| = h^R |g_R(u_n)| + O(h^{R+1}).\n"                            \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "f = -grad Phi has R+1 continuous derivatives near the trajectory; 0 <= lambda < 1; h L below\n" \
  "the threshold of A3; C at least R/log(1/lambda).\n"                                             \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "g_k is the sum over rooted trees t with k+1 nodes of -c^{-1}(t) F(t)/sigma(t), where c is "     \
  "the\n"                                                                                          \
  "one-step map of C1 and h m_h(u) = u - Psi^{-1}(u) says where the orbit came from. Every\n"      \
  "coefficient is a polynomial in lambda and a over (1-lambda)^{2|t|-1}. For heavy ball these\n"   \
  "are old acquaintances: for the tree with k leaves on one root the numerator is (-1)^k times\n"  \
  "the Eulerian polynomial A_k(lambda), for the tall tree with k edges (-1)^k times the "          \
  "Narayana\n"                                                                                     \
  "polynomial N_k(lambda):\n"                                                                      \
  "    A_1..A_4 = 1, 1 + x, 1 + 4x + x^2, 1 + 11x + 11x^2 + x^3,\n"                                \
  "    N_1..N_4 = 1, 1 + x, 1 + 3x + x^2, 1 + 6x + 6x^2 + x^3.\n"                                  \
  "For heavy ball m_h is minus the gradient of\n"                                                  \
  "    M = lambda_bar Phi + h lambda_bar^3 |grad Phi|^2/2\n"                                       \
  "        + h^2 lambda_bar^5 (1+lambda) (grad Phi . H grad Phi)/2 + ...    (C2).\n"               \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The estimate does not hold from the first step: v_0 = 0 is at distance |lambda_bar f| from\n"   \
  "the manifold, and at every fixed n the distance stays of order 1 as h -> 0. Nor is v =\n"       \
  "lambda_bar f the manifold: the distance to it levels off at h |g_1|. The expansion is\n"        \
  "asymptotic: m_h has finitely many derivatives, and pushing R at a fixed h makes it worse.\n"    \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "For R = 1, ..., 6 the largest distance at the times jT/64, j = 8, ..., 64, on a ladder of\n"    \
  "steps: its order on both sides, and its limit against max |g_R(ubar)| at the same times. The\n" \
  "g_k are evaluated by exact coefficients and automatic differentiation of the given loss.\n"     \
  "It must show that at n = 1 the order is 0, and that with the last term changed it drops.\n"     \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "spec/README.md#c3. The terms through h are in N. B. Kovachki and A. M. Stuart, JMLR 22\n"       \
  "(2021), arXiv:1906.04285.\n"

#endif
