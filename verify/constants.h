#ifndef HP_CONSTANTS_H
#define HP_CONSTANTS_H
#include <gmp.h>
#include <mpfr.h>
#include <stdbool.h>

/* Every derived constant of the theory, once. lambda: momentum, a: look-ahead (0 heavy ball,
 * lambda Nesterov). Rational where the formula is rational. */
void hp_lambda_bar(mpq_t result, const mpq_t lambda);              /* 1/(1 - lambda) */
void hp_alpha(mpq_t result, const mpq_t lambda, const mpq_t a);    /* (1+lambda)/2 - a (1-lambda) */
void hp_modified_loss_c(mpq_t result, const mpq_t lambda, const mpq_t a); /* alpha lambda_bar^2 */
/* C(T) = lambda_bar B0 [lambda lambda_bar + (1/2 + |a - lambda lambda_bar|)(e^{lambda_bar L T} - 1)] */
void hp_a1_bound(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t L, const mpfr_t B0,
                 const mpq_t T);
/* h_0 L = ((1 - sqrt(lambda + a (1-lambda))) / (1-a))^2 */
void hp_manifold_threshold(mpfr_t result, const mpq_t lambda, const mpq_t a);
/* x_- of A3; false when l = hL exceeds the threshold */
bool hp_manifold_slope(mpfr_t result, const mpq_t lambda, const mpq_t a, const mpfr_t l);

#endif
