#include "second_order_constants.h"
#include "constants.h"

/* sum := sum + (numerator/denominator) x^i y^j, the signs in the numerator */
static void add_term(mpq_t sum, long numerator, unsigned long denominator, const mpq_t x, int i,
                     const mpq_t y, int j) {
  mpq_t term;
  mpq_init(term);
  mpq_set_si(term, numerator, denominator);
  mpq_canonicalize(term);
  while (i-- > 0)
    mpq_mul(term, term, x);
  while (j-- > 0)
    mpq_mul(term, term, y);
  mpq_add(sum, sum, term);
  mpq_clear(term);
}

/* x := lambda_bar^k x */
static void scale(mpq_t x, const mpq_t lambda, int k) {
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  hp_lambda_bar(lambda_bar, lambda);
  while (k-- > 0)
    mpq_mul(x, x, lambda_bar);
  mpq_clear(lambda_bar);
}

void hp_kappa_matched(mpq_t kappa, const mpq_t lambda, const mpq_t a) {
  mpq_t alpha;
  mpq_init(alpha);
  hp_alpha(alpha, lambda, a);
  mpq_set_ui(kappa, 0, 1);
  add_term(kappa, 1, 2, a, 0, a, 0);
  add_term(kappa, -1, 1, a, 1, a, 0);
  mpq_div(kappa, kappa, alpha);
  mpq_clear(alpha);
}

void hp_kappa_quoted(mpq_t kappa, const mpq_t lambda, const mpq_t a) {
  mpq_t alpha, below;
  mpq_inits(alpha, below, (mpq_ptr)0);
  hp_alpha(alpha, lambda, a);
  mpq_set_ui(kappa, 1, 1);
  add_term(kappa, -2, 1, alpha, 1, alpha, 0);
  mpq_set_ui(below, 1, 1);
  add_term(below, 2, 1, alpha, 1, alpha, 0);
  add_term(below, -1, 1, lambda, 1, alpha, 0);
  mpq_div(kappa, kappa, below);
  mpq_clears(alpha, below, (mpq_ptr)0);
}

void hp_equation_slow_start(mpq_t factor, const mpq_t lambda, const mpq_t a) {
  hp_alpha(factor, lambda, a);
  scale(factor, lambda, 3);
  mpq_neg(factor, factor);
}

void hp_fast_decay(mpfr_t r, const mpq_t lambda, const mpq_t a) {
  mpq_t alpha, rate;
  mpq_inits(alpha, rate, (mpq_ptr)0);
  hp_alpha(alpha, lambda, a);
  mpq_set_si(rate, -1, 1);
  mpq_add(rate, rate, lambda);
  mpq_div(rate, rate, alpha);
  mpfr_set_q(r, rate, MPFR_RNDN);
  mpfr_exp(r, r, MPFR_RNDN);
  mpq_clears(alpha, rate, (mpq_ptr)0);
}

void hp_layer_terms_init(hp_layer_terms *terms, const mpq_t lambda) {
  mpq_inits(terms->p, terms->q, (mpq_ptr)0);
  hp_a1_layer(terms->p, lambda);
}

void hp_layer_terms_equation(hp_layer_terms *terms, const mpq_t lambda, const mpq_t a,
                             const mpq_t kappa) {
  mpq_t alpha;
  mpq_init(alpha);
  hp_alpha(alpha, lambda, a);
  hp_lambda_bar(terms->q, lambda);
  mpq_sub(terms->q, kappa, terms->q);
  mpq_mul(terms->q, terms->q, alpha);
  scale(terms->q, lambda, 1);
  mpq_clear(alpha);
}

void hp_layer_terms_clear(hp_layer_terms *terms) {
  mpq_clears(terms->p, terms->q, (mpq_ptr)0);
}

void hp_second_order_init(hp_second_order *e) {
  mpq_inits(e->tall, e->bush, e->shift, (mpq_ptr)0);
}

void hp_second_order_clear(hp_second_order *e) {
  mpq_clears(e->tall, e->bush, e->shift, (mpq_ptr)0);
}

void hp_second_order_method(hp_second_order *e, const mpq_t lambda, const mpq_t a) {
  mpq_set_ui(e->tall, 0, 1);
  add_term(e->tall, 1, 1, a, 2, lambda, 0);
  add_term(e->tall, -2, 1, a, 2, lambda, 1);
  add_term(e->tall, 1, 1, a, 2, lambda, 2);
  add_term(e->tall, 1, 1, a, 1, lambda, 2);
  add_term(e->tall, 1, 1, a, 1, lambda, 1);
  add_term(e->tall, -2, 1, a, 1, lambda, 0);
  add_term(e->tall, 1, 3, lambda, 2, a, 0);
  add_term(e->tall, 4, 3, lambda, 1, a, 0);
  add_term(e->tall, 1, 3, lambda, 0, a, 0);
  scale(e->tall, lambda, 5);
  mpq_set_ui(e->bush, 0, 1);
  add_term(e->bush, 1, 2, a, 2, lambda, 0);
  add_term(e->bush, -1, 1, a, 2, lambda, 1);
  add_term(e->bush, 1, 2, a, 2, lambda, 2);
  add_term(e->bush, 1, 2, a, 1, lambda, 2);
  add_term(e->bush, -1, 2, a, 1, lambda, 0);
  add_term(e->bush, 1, 12, lambda, 2, a, 0);
  add_term(e->bush, 10, 12, lambda, 1, a, 0);
  add_term(e->bush, 1, 12, lambda, 0, a, 0);
  scale(e->bush, lambda, 5);
}

void hp_second_order_equation(hp_second_order *e, const mpq_t lambda, const mpq_t a) {
  mpq_t own;
  mpq_init(own);
  hp_second_order_method(e, lambda, a);
  hp_alpha(own, lambda, a);
  mpq_mul(own, own, own);
  scale(own, lambda, 5);
  mpq_sub(e->bush, e->bush, own);
  mpq_mul_2exp(own, own, 1);
  mpq_sub(e->tall, e->tall, own);
  mpq_clear(own);
}

void hp_start_shift_method(mpq_t shift, const mpq_t lambda, const mpq_t a) {
  mpq_set_ui(shift, 0, 1);
  add_term(shift, 1, 1, a, 1, lambda, 2);
  add_term(shift, -1, 1, a, 1, lambda, 0);
  add_term(shift, 1, 1, lambda, 2, a, 0);
  add_term(shift, 2, 1, lambda, 1, a, 0);
  scale(shift, lambda, 4);
}

void hp_start_shift_equation(mpq_t shift, const mpq_t lambda, const mpq_t a, const mpq_t kappa) {
  mpq_t alpha;
  mpq_init(alpha);
  hp_alpha(alpha, lambda, a);
  mpq_set_ui(shift, 3, 1);
  add_term(shift, 2, 1, kappa, 1, lambda, 1);
  add_term(shift, -2, 1, kappa, 1, lambda, 0);
  mpq_mul(shift, shift, alpha);
  mpq_mul(shift, shift, alpha);
  scale(shift, lambda, 4);
  mpq_clear(alpha);
}

/* bound := bound + alpha lambda_bar (V + |kappa f(u_0)| e^{rate} + V growth) */
static void add_layer_bound(mpfr_t bound, const mpq_t lambda, const mpq_t a, const mpq_t kappa,
                            const mpfr_t f0, const mpfr_t B0, const mpfr_t rate,
                            const mpfr_t growth) {
  mpfr_t start, largest, sum;
  mpq_t factor;
  mpfr_inits2(mpfr_get_prec(bound), start, largest, sum, (mpfr_ptr)0);
  mpq_init(factor);
  mpfr_mul_q(start, f0, kappa, MPFR_RNDN);
  mpfr_abs(start, start, MPFR_RNDN);
  hp_lambda_bar(factor, lambda);
  mpfr_mul_q(largest, B0, factor, MPFR_RNDN);
  mpfr_max(largest, largest, start, MPFR_RNDN);
  mpfr_exp(sum, rate, MPFR_RNDN);
  mpfr_mul(sum, sum, start, MPFR_RNDN);
  mpfr_add(sum, sum, largest, MPFR_RNDN);
  mpfr_mul(largest, largest, growth, MPFR_RNDN);
  mpfr_add(sum, sum, largest, MPFR_RNDN);
  hp_alpha(factor, lambda, a);
  scale(factor, lambda, 1);
  mpfr_mul_q(sum, sum, factor, MPFR_RNDN);
  mpfr_add(bound, bound, sum, MPFR_RNDN);
  mpfr_clears(start, largest, sum, (mpfr_ptr)0);
  mpq_clear(factor);
}

/* rate := lambda_bar x T */
static void set_rate(mpfr_t rate, const mpq_t lambda, const mpfr_t x, const mpq_t T) {
  mpq_t factor;
  mpq_init(factor);
  hp_lambda_bar(factor, lambda);
  mpq_mul(factor, factor, T);
  mpfr_mul_q(rate, x, factor, MPFR_RNDN);
  mpq_clear(factor);
}

void hp_a2_bound(mpfr_t bound, const mpq_t lambda, const mpq_t a, const mpq_t kappa,
                 const mpfr_t f0, const mpfr_t L, const mpfr_t B0, const mpq_t T) {
  mpfr_t rate, growth;
  mpfr_inits2(mpfr_get_prec(bound), rate, growth, (mpfr_ptr)0);
  set_rate(rate, lambda, L, T);
  mpfr_expm1(growth, rate, MPFR_RNDN);
  hp_a1_bound(bound, lambda, a, L, B0, T);
  add_layer_bound(bound, lambda, a, kappa, f0, B0, rate, growth);
  mpfr_clears(rate, growth, (mpfr_ptr)0);
}

void hp_a2_bound_symmetric(mpfr_t bound, const mpq_t lambda, const mpq_t a, const mpq_t kappa,
                           const mpfr_t f0, const mpfr_t L, const mpfr_t nu, const mpfr_t B0,
                           const mpq_t T) {
  mpfr_t rate, growth;
  mpfr_inits2(mpfr_get_prec(bound), rate, growth, (mpfr_ptr)0);
  set_rate(rate, lambda, nu, T);
  if (mpfr_zero_p(nu)) {
    set_rate(growth, lambda, L, T);
  } else {
    mpfr_expm1(growth, rate, MPFR_RNDN);
    mpfr_mul(growth, growth, L, MPFR_RNDN);
    mpfr_div(growth, growth, nu, MPFR_RNDN);
  }
  hp_a1_bound_symmetric(bound, lambda, a, L, nu, B0, T);
  add_layer_bound(bound, lambda, a, kappa, f0, B0, rate, growth);
  mpfr_clears(rate, growth, (mpfr_ptr)0);
}
