#ifndef HP_A3_TEXT_H
#define HP_A3_TEXT_H

#define HP_A3_TITLE "exponentially attractive invariant manifold"

#define HP_A3_SOURCE                                                                               \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22 "        \
  "(2021), "                                                                                       \
  "arXiv:1906.04285; the constants are derived in spec/README.md#a3"

#define HP_A3_STATEMENT                                                                            \
  "for h <= h_0 the velocity is slaved to the position: an invariant graph v = m_h(u) exists, "    \
  "|m_h - lambda_bar f| = O(h), and w_n = v_n - m_h(u_n) obeys "                                   \
  "(lambda - a l)(1 - x_-) |w_n| <= |w_{n+1}| <= rho |w_n|"

#define HP_A3_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Write the method in position and velocity, v_n = (u_n - u_{n-1})/h:\n"                          \
  "    v_{n+1} = lambda v_n + f(u_n + h a v_n),    u_{n+1} = u_n + h v_{n+1},    f = -grad Phi.\n" \
  "Let l = h L. For 0 < h <= h_0 there is exactly one function m_h with Lipschitz constant at\n"   \
  "most K and |m_h| <= lambda_bar B0 whose graph v = m_h(u) is mapped into itself. Whatever the\n" \
  "start, w_n = v_n - m_h(u_n) shrinks geometrically:\n"                                           \
  "    (lambda - a l)(1 - x_-) |w_n| <= |w_{n+1}| <= rho |w_n|,\n"                                 \
  "and the graph is close to the leading-order one: |m_h - lambda_bar f| = O(h).\n"                \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "0 < lambda < 1, a >= 0, f Lipschitz with constant L and bounded by B0 on the whole space (or\n" \
  "on a region that holds the orbits, cut off outside), and h <= h_0.\n"                           \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    h_0 L = ((1 - sqrt(lambda + a (1-lambda)))/(1-a))^2\n"                                      \
  "    x_-   = (B - sqrt(B^2 - 4 l (lambda + a l)))/(2 (lambda + a l)),  B = 1-lambda-l(1+a)\n"    \
  "    K     = x_-/h,    rho = (lambda + a l)(1 + x_-) < 1\n"                                      \
  "    |m_h - lambda_bar f| <= lambda_bar theta/(1-theta) |f| at every point, with\n"              \
  "    theta = lambda_bar [lambda x_- + l (|1-a| + a x_-)], so f need not be bounded for this.\n"  \
  "As h tends to 0, (m_h - lambda_bar f)/h tends to lambda_bar^2 (a - lambda_bar) f'f, and one\n"  \
  "step multiplies w by lambda + h (a - lambda lambda_bar) f' + O(h^2).\n"                         \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The manifold needs a small step: h L <= (1 - sqrt(lambda))^2 for heavy ball, which is "         \
  "0.00263\n"                                                                                      \
  "at lambda = 0.9, and for quadratic losses that is sharp. Above it the roots of the stiff\n"     \
  "component are complex, the iterates spiral and there is no graph at all. The attraction is "    \
  "not\n"                                                                                          \
  "lambda^n: where the loss is convex it is slower, by h (lambda lambda_bar - a) times the\n"      \
  "curvature at first order. The graph is not lambda_bar f: the distance to that one does not\n"   \
  "decay to 0, it levels off at a height proportional to h.\n"                                     \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "m_h is computed to all digits asked for: for a quadratic loss from the roots of the\n"          \
  "characteristic equation in each eigendirection, otherwise by following an orbit that starts\n"  \
  "so far back that what it started with is forgotten (the graph transform), with Newton's\n"      \
  "method for where it has to start. Then: the ratios |w_{n+1}|/|w_n| against both bounds,\n"      \
  "|w_n| <= rho^n |w_0|, the distance |m_h(u_0) - lambda_bar f(u_0)| with its order 1, constant\n" \
  "and bound, the first-order attraction factor, and that wrong variants fail.\n"                  \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22\n"       \
  "(2021), arXiv:1906.04285. The constants: spec/README.md#a3.\n"

#endif
