#ifndef HP_C2_TEXT_H
#define HP_C2_TEXT_H

#define HP_C2_TITLE "which modified fields are gradients"

#define HP_C2_SOURCE                                                                               \
  "derived in spec/README.md#c2; the criterion is the counterpart of that for Hamiltonian fields " \
  "in E. Hairer, C. Lubich, G. Wanner, Geometric Numerical Integration, section IX.9"

#define HP_C2_STATEMENT                                                                            \
  "a B-series is a gradient for every loss iff b(u o v) = b(v o u); heavy ball: the manifold "     \
  "function m_h and the map are gradients at every order, the modified field fails at h^2 with "   \
  "lambda_bar^3/6 f'f'f; a != 0: m_h and the map fail at h^2 with -a lambda_bar^4 f'f'f, the "     \
  "field with lambda_bar^4 (1-lambda-6a)/6 f'f'f"

#define HP_C2_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let f = -grad Phi. Three fields describe the momentum method on its invariant manifold: the\n"  \
  "velocity v = m_h(u), the increment of one step psi_h = (Psi_h - id)/h, and the modified\n"      \
  "field F_h whose time-h flow is Psi_h. Each is a B-series. A B-series with coefficients b is\n"  \
  "a gradient for every loss exactly when\n"                                                       \
  "    b(u o v) = b(v o u)    for all rooted trees u, v,\n"                                        \
  "where u o v grafts v onto the root of u: b may depend on the tree, not on its root. So\n"       \
  "    heavy ball (a = 0):  m_h and psi_h are gradients at every order,\n"                         \
  "                         F_h is not, from h^2 on;\n"                                            \
  "    a != 0 (Nesterov):   none of the three is, from h^2 on.\n"                                  \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "Smooth f, 0 < lambda < 1, h below the threshold of A3. The difference shows only for d >= 2\n"  \
  "and a loss that is not quadratic: every field on a line is a gradient, and so is every\n"       \
  "elementary differential of a linear f with a symmetric matrix.\n"                               \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "The parts that are no gradients are, at h^2,\n"                                                 \
  "    of m_h and of psi_h:  -a lambda_bar^4 f'f'f,\n"                                             \
  "    of F_h:               lambda_bar^4 (1 - lambda - 6a)/6 f'f'f,\n"                            \
  "up to gradients; for heavy ball the last is lambda_bar^3/6 f'f'f. At a = (1-lambda)/6 (for\n"   \
  "Nesterov: lambda = 1/7) it vanishes, and F_h first fails at h^3. For heavy ball the step is\n"  \
  "exactly plain gradient descent on a modified loss: with v = -grad M, u_{n+1} = u_n -\n"         \
  "h grad(lambda M + Phi), where the Jacobian of p -> psi((id + h psi)^{-1}(p)) is\n"              \
  "A (I + h A)^{-1} for a symmetric A, hence symmetric, at every iteration of the graph\n"         \
  "transform that makes m_h.\n"                                                                    \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "\"Momentum follows the gradient flow of a modified loss\" is right through h only. Beyond, \n"  \
  "there is no modified loss for the flow, for any momentum method with lambda > 0, except by\n"   \
  "one coincidence through h^2. What has a modified loss at every order is the discrete map of\n"  \
  "heavy ball, not its flow, and not the map of Nesterov.\n"                                       \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "The criterion, exactly, for the given lambda and a through order 6. And without any series:\n"  \
  "at u_0 the curl of m_h, psi_h and F_h, with m_h from the graph transform, F_h from the\n"       \
  "logarithm of the map along an orbit on the manifold, and differences in multiple precision.\n"  \
  "Where the criterion holds the curl must vanish to all digits; where it fails the curl must\n"   \
  "have the order and the constant of the first term that is no gradient.\n"                       \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "spec/README.md#c2. For Hamiltonian fields: E. Hairer, C. Lubich and G. Wanner, Geometric\n"     \
  "Numerical Integration, section IX.9.\n"

#endif
