#ifndef HP_CONSTANTS_H
#define HP_CONSTANTS_H
#include <arb.h>
#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>

/* Every derived constant of the theory, once. lambda: momentum, 0 <= lambda < 1; a: look-ahead
 * (0 heavy ball, lambda Nesterov); L, B0: Lipschitz constant and bound of f = -grad Phi; T: horizon;
 * l = hL. Rational where the formula is rational. Otherwise the formula is written once, in balls: the
 * function _ball contains the constant for all L, nu, B0, l in their balls, and the other one is the
 * middle of what it gives at the precision of the result and 32 more bits. Derivations: spec/README.md. */

void hp_lambda_bar(mpq_t result, const mpq_t lambda);           /* 1/(1 - lambda) */
void hp_alpha(mpq_t result, const mpq_t lambda, const mpq_t a); /* (1+lambda)/2 - a (1-lambda) */
void hp_modified_loss_c(mpq_t result, const mpq_t lambda, const mpq_t a); /* alpha lambda_bar^2 */

/* A1, any f: C(T) = lambda_bar B0 [lambda lambda_bar
 *                   + (1/2 + |a - lambda lambda_bar|)(e^{lambda_bar L T} - 1)] */
void hp_a1_bound(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L, const mpfr_t B0,
                 const mpq_t T);
void hp_a1_bound_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t L,
                      const arb_t B0, const mpq_t T, slong bits);
/* A1, -nu <= f' = -H symmetric with H <= L, nu >= 0, for steps with h lambda_bar L <= 2:
 *     C(T) = lambda_bar B0 [lambda lambda_bar
 *            + (1/2 + |a - lambda lambda_bar|) L (e^{lambda_bar nu T} - 1)/nu];  nu = 0: its limit,
 *     lambda_bar L T in place of L (e^{..} - 1)/nu. */
void hp_a1_bound_symmetric(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L,
                           const mpfr_t nu, const mpfr_t B0, const mpq_t T);
void hp_a1_bound_symmetric_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t L,
                                const arb_t nu, const arb_t B0, const mpq_t T, slong bits);
/* The factor of f(u_0) in E(0) = -lambda lambda_bar^2 f(u_0): the shift by the initial layer. */
void hp_a1_layer(mpq_t result, const mpq_t lambda); /* lambda lambda_bar^2 */

/* A3: h_0 L = ((1 - sqrt(lambda + a (1-lambda)))/(1-a))^2, written without the 0/0 at a = 1:
 *     1 - s^2 = (1-a)(1-lambda) for s = sqrt(lambda + a (1-lambda)),
 *     so h_0 L = ((1-lambda)/(1+s))^2 */
void hp_manifold_threshold(mpfr_t result, const mpq_t lambda, const mpq_t a);
void hp_manifold_threshold_ball(arb_t result, const mpq_t lambda, const mpq_t a, slong bits);
/* A3: x_- = 2l/(B + sqrt(B^2 - 4 l (lambda + a l))), B = 1 - lambda - l (1+a); then Lip(m) <= x_-/h.
 * False, and result NaN, when l exceeds the threshold; in balls, when some l in the ball may. */
bool hp_manifold_slope(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l);
bool hp_manifold_slope_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t l,
                            slong bits);
/* A3: the two-sided bound on |w_{n+1}|/|w_n|; false when l exceeds the threshold.
 *     low = (lambda - a l)(1 - x_-),   high = rho = (lambda + a l)(1 + x_-) */
bool hp_manifold_ratios(mpfr_t low, mpfr_t high, const mpq_t lambda, const mpq_t a, const mpfr_t l);
bool hp_manifold_ratios_ball(arb_t low, arb_t high, const mpq_t lambda, const mpq_t a,
                             const arb_t l, slong bits);
/* A3: |m_h(u) - lambda_bar f(u)| <= lambda_bar theta/(1-theta) |f(u)|,
 *     theta = lambda_bar [lambda x_- + l (|1-a| + a x_-)],
 * which is h lambda_bar^2 (lambda lambda_bar + |1-a|) L |f(u)| + O(h^2); f need not be bounded. The
 * result is lambda_bar theta/(1-theta). False, and NaN, when l exceeds the threshold or theta >= 1. */
bool hp_manifold_gap(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l);
bool hp_manifold_gap_ball(arb_t result, const mpq_t lambda, const mpq_t a, const arb_t l,
                          slong bits);
/* A3: (m_h - lambda_bar f)/h -> factor f'f, factor = lambda_bar^2 (a - lambda_bar) */
void hp_manifold_first_order(mpq_t factor, const mpq_t lambda, const mpq_t a);
/* A3: (w_{n+1} - lambda w_n)/h -> factor f' w_n, factor = a - lambda lambda_bar */
void hp_manifold_attraction(mpq_t factor, const mpq_t lambda, const mpq_t a);

/* What every asymptotic statement needs to be small: c h L with c = alpha lambda_bar^2. */
double hp_smallness(const mpq_t lambda, const mpq_t a, double h, double L);

#endif
