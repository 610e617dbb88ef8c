#ifndef HP_A1_TEXT_H
#define HP_A1_TEXT_H

#define HP_A1_TITLE "O(h) to the rescaled gradient flow"

#define HP_A1_SOURCE                                                                               \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22 "        \
  "(2021), "                                                                                       \
  "arXiv:1906.04285; the constants are derived in spec/README.md#a1"

#define HP_A1_STATEMENT                                                                            \
  "max over 0 <= nh <= T of |u_n - ubar(nh)| <= C(T) h, where ubar' = lambda_bar f(ubar), "        \
  "ubar(0) = u_0; and the left side divided by h tends to max over [0,T] of |E(t)|"

#define HP_A1_EXPLAIN                                                                              \
  "STATEMENT\n"                                                                                    \
  "Let f = -grad Phi, 0 <= lambda < 1, lambda_bar = 1/(1-lambda), and let the iterates be\n"       \
  "    u_{n+1} = u_n + lambda (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1})),   u_{-1} = u_0\n"    \
  "(a = 0 heavy ball, a = lambda Nesterov, lambda = a = 0 gradient descent). Let ubar solve the\n" \
  "rescaled gradient flow ubar' = lambda_bar f(ubar), ubar(0) = u_0. Then for every h > 0\n"       \
  "    max_{0 <= nh <= T} |u_n - ubar(nh)| <= C(T) h.\n"                                           \
  "\n"                                                                                             \
  "HYPOTHESES\n"                                                                                   \
  "f is bounded by B0 and Lipschitz with constant L on a convex set that contains ubar([0,T]),\n"  \
  "the iterates u_n, the look-ahead points y_n = u_n + h a v_n, v_n = (u_n - u_{n-1})/h, and "     \
  "the\n"                                                                                          \
  "points p_n = u_n + h lambda lambda_bar v_n.\n"                                                  \
  "\n"                                                                                             \
  "CONSTANTS\n"                                                                                    \
  "    C(T) = lambda_bar B0 [lambda lambda_bar\n"                                                  \
  "           + (1/2 + |a - lambda lambda_bar|) (e^(lambda_bar L T) - 1)].\n"                      \
  "f is minus a gradient, so f' = -H is symmetric. If -nu <= H <= L with nu >= 0 and\n"            \
  "h lambda_bar L <= 2, then e^(lambda_bar L T) - 1 may be replaced by\n"                          \
  "L (e^(lambda_bar nu T) - 1)/nu, which is lambda_bar L T when the loss is convex (nu = 0).\n"    \
  "The first-order term is known exactly. If f is twice continuously differentiable, then\n"       \
  "    u_n = ubar(nh) + h [E(nh) + lambda lambda_bar^2 lambda^n f(u_0)] + O(h^2),\n"               \
  "    E' = lambda_bar f'(ubar) E - alpha lambda_bar^3 f'(ubar) f(ubar),\n"                        \
  "    E(0) = -lambda lambda_bar^2 f(u_0),    alpha = (1+lambda)/2 - a (1-lambda),\n"              \
  "so the error divided by h tends to max |E| over [0,T]: the order is exactly 1 and the\n"        \
  "constant is known.\n"                                                                           \
  "\n"                                                                                             \
  "WHAT IS COMMONLY MISQUOTED\n"                                                                   \
  "The flow is sped up by 1/(1-lambda); without that factor the distance does not shrink with\n"   \
  "h at all. The theorem does not say that momentum helps: heavy ball and Nesterov follow the\n"   \
  "same flow as gradient descent with the step h/(1-lambda), and differ from it only in the\n"     \
  "constant. E(0) is not zero: the velocity needs about 1/(1-lambda) steps to build up, and "      \
  "that\n"                                                                                         \
  "layer shifts the whole trajectory by h lambda lambda_bar^2 |f(u_0)|. Order 1 can only be "      \
  "seen\n"                                                                                         \
  "once alpha lambda_bar^2 h L is small, below 1/20 say; with lambda = 0.9 that is h L < "         \
  "1/1900.\n"                                                                                      \
  "\n"                                                                                             \
  "WHAT IS CHECKED\n"                                                                              \
  "E1(h) = max_n |u_n - ubar(nh)| on a ladder of steps, by the recurrence and a Taylor\n"          \
  "integrator in multiple precision; its order, with an uncertainty on both sides; its limit\n"    \
  "against max |E|; the bound C(T) h with L, nu and B0 sampled over a box around all points "      \
  "used;\n"                                                                                        \
  "the same error for the double-precision iterates; and that wrong variants of the claim fail.\n" \
  "\n"                                                                                             \
  "SOURCE\n"                                                                                       \
  "N. B. Kovachki and A. M. Stuart, Continuous time analysis of momentum methods, JMLR 22\n"       \
  "(2021), arXiv:1906.04285. The constants and the first-order term: spec/README.md#a1.\n"

/* The bounds, for any field, for -nu <= H <= L, nu > 0, and for a convex loss; and what proves each. */
typedef struct {
  const char *formula, *proved_by;
} hp_a1_bound_text;

enum { HP_A1_ANY, HP_A1_SYMMETRIC, HP_A1_CONVEX };

static const hp_a1_bound_text hp_a1_bound_texts[] = {
    [HP_A1_ANY] = {"C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) (exp(λ̄ L T) - 1)]",
                   "spec/coq/a1_rescaled_flow.v: a1_theorem"},
    [HP_A1_SYMMETRIC] = {"C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) L (exp(λ̄ ν T) - 1)/ν]",
                         "spec/coq/a1_symmetric.v: a1_symmetric_theorem"},
    [HP_A1_CONVEX] = {"C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) λ̄ L T]",
                      "spec/coq/a1_symmetric.v: a1_convex_theorem"},
};

#endif
