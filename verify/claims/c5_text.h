#ifndef HP_C5_TEXT_H
#define HP_C5_TEXT_H

#define HP_C5_TITLE "stochastic gradients with linear drift"

#define HP_C5_SOURCE "derived in spec/README.md#c5"

#define HP_C5_STATEMENT                                                                            \
  "linear f: E u_n obeys the recursion without noise exactly; additive noise of variance s^2: "    \
  "Var u_n = h^2 s^2 sum_{j<n} G_j^2, Var_inf = (h s^2/q)(1+lambda-ahq)/[(1-lambda+ahq)"           \
  "(2(1+lambda)-hq(1+2a))] = lambda_bar h s^2/(2q) (1 + O(hq))"

#define HP_C5_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let f be linear. If each gradient carries independent noise of mean zero, f(y_n) + s xi_n, "    \
  "or\n"                                                                                           \
  "comes from a mini-batch of quadratic losses that is drawn independently of the past, then "     \
  "the\n"                                                                                          \
  "mean E u_n obeys the recursion without noise exactly, for every step size. So A1 to A4 and "    \
  "C1\n"                                                                                           \
  "hold word for word for the mean. With additive noise of variance s^2 and curvature q\n"         \
  "    Var u_n = h^2 s^2 sum_{j<n} G_j^2,  G_j = (z_slow^{j+1} - z_fast^{j+1})/(z_slow - "         \
  "z_fast),\n"                                                                                     \
  "    Var_inf = (h s^2/q) (1 + lambda - a l)/[(1 - lambda + a l)(2 (1 + lambda) - l (1 + "        \
  "2a))],\n"                                                                                       \
  "with l = hq; and with random Hessians E[x x^T], x = (u - u*, v), obeys a linear recursion.\n"   \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "A quadratic loss; noise of step n independent of everything before it. For Var_inf: q > 0 "     \
  "and\n"                                                                                          \
  "l (1 + 2a) < 2 (1 + lambda).\n"                                                                 \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    Var_inf = lambda_bar h s^2/(2q) {1 + hq [1/(2(1+lambda)) - a lambda_bar] + O(h^2)}.\n"      \
  "The leading term is that of dU = -lambda_bar q U dt + lambda_bar s sqrt(h) dW. At lambda = "    \
  "0.9\n"                                                                                          \
  "and q = 5 the bracket is +1.316 h for heavy ball, -43.68 h for Nesterov: the look-ahead\n"      \
  "damps the noise.\n"                                                                             \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The mean is exact only for a linear f and for noise that does not know the past. Sampling\n"    \
  "without replacement, the usual practice, breaks it at any finite h: within an epoch the last\n" \
  "batches are determined by the first. And momentum does not average the noise away: at the\n"    \
  "same h the stationary variance is lambda_bar times that of gradient descent; it is the same\n"  \
  "as that of gradient descent with the step lambda_bar h.\n"                                      \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "Means, variances and second moments over all 2^10 sign paths of ten steps, in multiple\n"       \
  "precision, against the exact statements; the stationary variance by iterating the second\n"     \
  "moment against the closed formula to all digits, and its leading constant on the ladder; an\n"  \
  "ensemble of 4096 seeded paths in double precision, whose interval of four standard "            \
  "deviations\n"                                                                                   \
  "must contain the exact variance. It must show that mini-batches without replacement, and\n"     \
  "mini-batches held for two steps, break the identities.\n"                                       \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "spec/README.md#c5.\n"

#endif
