#ifndef HP_SECOND_ORDER_CONSTANTS_H
#define HP_SECOND_ORDER_CONSTANTS_H
#include <gmp.h>
#include <mpfr.h>

/* The constants of A2 and A4; lambda, a, alpha, lambda_bar as in constants.h; alpha > 0. Derivations:
 * spec/README.md#a2 and #a4. */

/* Initial velocity kappa f(u_0) of the momentum equation. */
void hp_kappa_matched(mpq_t kappa, const mpq_t lambda, const mpq_t a); /* (1 - 2a)/(2 alpha) */
/* (1 - 2 alpha)/(2 alpha - lambda + 1), as it is often quoted */
void hp_kappa_quoted(mpq_t kappa, const mpq_t lambda, const mpq_t a);
/* Velocity on the slow manifold of the equation: lambda_bar f + h factor f'f, factor =
 * -alpha lambda_bar^3; of the method: hp_manifold_first_order. */
void hp_equation_slow_start(mpq_t factor, const mpq_t lambda, const mpq_t a);

/* r = exp(-(1-lambda)/alpha): decay of the fast mode of the momentum equation in the time h. */
void hp_fast_decay(mpfr_t r, const mpq_t lambda, const mpq_t a);

/* What u_n minus a flow is to first order,
 *     u_n - W(nh) = h { D f(ubar(nh)) + [p lambda^n + q r^n] f(u_0) } + O(h^2),   D = -(p + q):
 *     p = lambda lambda_bar^2 of the method's layer from v_0 = 0,
 *     q = alpha lambda_bar (kappa - lambda_bar) of the equation's layer, 0 for a first-order flow. */
typedef struct {
  mpq_t p, q;
} hp_layer_terms;
void hp_layer_terms_init(hp_layer_terms *terms, const mpq_t lambda);
void hp_layer_terms_equation(hp_layer_terms *terms, const mpq_t lambda, const mpq_t a,
                             const mpq_t kappa);
void hp_layer_terms_clear(hp_layer_terms *terms);

/* A second-order term E(t) along ubar:
 *     E' = lambda_bar f'E + tall f'f'f + bush f''(f,f),   E(0) = shift f'f(u_0). */
typedef struct {
  mpq_t tall, bush, shift;
} hp_second_order;
void hp_second_order_init(hp_second_order *e);
void hp_second_order_clear(hp_second_order *e);
/* F_2: what the method's slow flow has at h^2, from the manifold.
 *     tall = lambda_bar^5 [a^2 (1-lambda)^2 + a lambda^2 + a lambda - 2a + (lambda^2 + 4 lambda + 1)/3]
 *     bush = lambda_bar^5 [a^2 (1-lambda)^2/2 + a (lambda^2 - 1)/2 + (lambda^2 + 10 lambda + 1)/12] */
void hp_second_order_method(hp_second_order *e, const mpq_t lambda, const mpq_t a);
/* F_2 - F_2c, less what the momentum equation has: F_2c = alpha^2 lambda_bar^5 [2 f'f'f + f''(f,f)] */
void hp_second_order_equation(hp_second_order *e, const mpq_t lambda, const mpq_t a);
/* Where the slow orbit begins beyond first order, in f'f(u_0):
 *     S_2 = lambda_bar^4 (a (lambda^2 - 1) + lambda^2 + 2 lambda)   for the method from v_0 = 0,
 *     S_2c = lambda_bar^4 alpha^2 (2 kappa (lambda - 1) + 3)        for the equation from kappa f. */
void hp_start_shift_method(mpq_t shift, const mpq_t lambda, const mpq_t a);
void hp_start_shift_equation(mpq_t shift, const mpq_t lambda, const mpq_t a, const mpq_t kappa);

/* A2 (i): sup |u_n - w(nh)| <= bound h,
 *     bound = C(T) + alpha lambda_bar (V + |kappa f(u_0)| e^{lambda_bar L T} + V (e^{lambda_bar L T} - 1)),
 *     V = max(|kappa f(u_0)|, lambda_bar B0),  C(T) of A1 for any f. */
void hp_a2_bound(mpfr_t bound, const mpq_t lambda, const mpq_t a, const mpq_t kappa,
                 const mpfr_t f0, const mpfr_t L, const mpfr_t B0, const mpq_t T);
/* For -nu <= f' = -H symmetric with H <= L, nu >= 0, and steps with h lambda_bar L <= 2:
 *     bound = C(T) + alpha lambda_bar (V + |kappa f(u_0)| e^{lambda_bar nu T}
 *                                        + V L (e^{lambda_bar nu T} - 1)/nu),
 *     C(T) of hp_a1_bound_symmetric; nu = 0: lambda_bar L T in place of L (e^{..} - 1)/nu. */
void hp_a2_bound_symmetric(mpfr_t bound, const mpq_t lambda, const mpq_t a, const mpq_t kappa,
                           const mpfr_t f0, const mpfr_t L, const mpfr_t nu, const mpfr_t B0,
                           const mpq_t T);

#endif
