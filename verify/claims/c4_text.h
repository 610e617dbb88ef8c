#ifndef HP_C4_TEXT_H
#define HP_C4_TEXT_H

#define HP_C4_TITLE "rate of attraction to the invariant manifold"

#define HP_C4_SOURCE "derived in spec/README.md#c4, from the two-sided bound of A3"

#define HP_C4_STATEMENT                                                                            \
  "w_n = v_n - m_h(u_n) obeys w_{n+1} = (I - h m'(u_{n+1}))(lambda I + h a f'(y_n)) w_n + "        \
  "O(|w_n|^2); at an equilibrium with curvatures q_i the exponent is max_i ln z_fast(h q_i) = "    \
  "ln lambda + h max_i q_i (lambda lambda_bar - a)/lambda + O(h^2)"

#define HP_C4_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Off the invariant manifold v = m_h(u) of A3, the distance w_n = v_n - m_h(u_n) dies out like\n" \
  "lambda^n only to leading order. Exactly,\n"                                                     \
  "    w_{n+1} = (I - h m_h'(u_{n+1})) (lambda I + h a f'(y_n)) w_n + O(|w_n|^2)\n"                \
  "            = [lambda + h (a - lambda lambda_bar) f'(u_n) + O(h^2)] w_n + O(h |w_n|^2).\n"      \
  "At an equilibrium with Hessian eigenvalues q_i the normal Lyapunov exponent is\n"               \
  "    chi(h) = max_i ln z_fast(h q_i),\n"                                                         \
  "where z_fast is the smaller root of z^2 - (1 + lambda - l(1+a)) z + lambda - a l = 0, l = "     \
  "hq.\n"                                                                                          \
  "Along a trajectory, over a fixed time tau = Nh,\n"                                              \
  "    lambda^{-N} |w_N|/|w_0| -> |W(tau)|/|W(0)|,\n"                                              \
  "    W' = ((a - lambda lambda_bar)/lambda) f'(ubar) W,    W(0) = f(u_0).\n"                      \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "0 < lambda < 1, f = -grad Phi twice continuously differentiable, h below the threshold of A3\n" \
  "(at the equilibrium: real roots for every q_i).\n"                                              \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    z_fast(hq) = lambda + h q (lambda lambda_bar - a) + O(h^2):\n"                              \
  "    heavy ball lambda + h q lambda lambda_bar,   Nesterov lambda + h q lambda^2 lambda_bar,\n"  \
  "    z_slow z_fast = lambda - a l,    (1 - z_slow)(1 - z_fast) = l.\n"                           \
  "The product of the roots says why: what the slow direction loses the fast one gains.\n"         \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "\"The velocity forgets at the rate lambda\" is right at h = 0 only. Where the loss is convex\n" \
  "the attraction is slower than lambda, where it is concave it is faster (for a < lambda\n"       \
  "lambda_bar), and the stiffest direction decides: the least attracted component belongs to\n"    \
  "the largest curvature, not to the smallest. A larger look-ahead a strengthens the\n"            \
  "attraction; at a = lambda lambda_bar the first-order term vanishes.\n"                          \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "At an equilibrium, found by descent and Newton's method, the factors z_fast are read off\n"     \
  "three iterations of the method itself in each eigendirection, compared with the\n"              \
  "characteristic equation to all digits, and chi - ln lambda on a ladder of steps against its\n"  \
  "first-order term. Along the trajectory w_0 and w_N with m_h from the graph transform, over a\n" \
  "time of a few of the coarsest steps, against the linear equation for W.\n"                      \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "spec/README.md#c4 and spec/README.md#a3.\n"

#endif
