#ifndef HP_SLOW_TERMS_H
#define HP_SLOW_TERMS_H
#include "reference/problem/program.h"
#include "verify/flow.h"
#include "verify/second_order_constants.h"

/* The first- and second-order terms of A2 and A4 along ubar, from one trajectory of 3d equations
 *     (ubar, A, Z):   A' = lambda_bar f'A + f'f'f, A(0) = 0;   Z' = lambda_bar f'Z, Z(0) = f'f(u_0).
 * f'f(ubar) differs from a solution of Z's equation by lambda_bar f''(f,f), so a second-order term is
 *     E = tall A + bush (1-lambda) (f'f(ubar) - Z) + shift Z,
 * and no third derivative of the loss is needed. */
typedef struct {
  const hp_experiment *experiment;
  hp_trajectory *flow; /* NULL until opened */
  hp_program *product;
  hp_evaluator_mpfr evaluator;
  mpfr_t *point, *slope; /* 3d each */
  mpfr_t *ff;            /* f'f(ubar), d */
  mpfr_t *f0;            /* f(u_0), d */
  mpfr_t f0_norm;
  double digits;
} hp_slow_terms;

/* Cleared by the caller whatever the status is. */
hp_taylor_status hp_slow_terms_open(hp_slow_terms *terms, const hp_experiment *experiment,
                                    double digits);
void hp_slow_terms_clear(hp_slow_terms *terms);

/* max |E| over [from, T] and a t where it is taken. */
void hp_second_order_limit(mpfr_t limit, mpfr_t at, hp_slow_terms *terms, const hp_second_order *e,
                           const mpq_t from);
/* The larger of |E| at the two times nh, from <= nh <= T, that enclose `at`: what max |E| is on the
 * grid, up to O(h^2). */
void hp_second_order_on_grid(mpfr_t value, hp_slow_terms *terms, const hp_second_order *e,
                             const mpq_t from, const mpfr_t at, const mpq_t h);

/* lim sup_n |u_n - W(nh)|/h = max( |D| max_t |f(ubar)|, max_n |D + p lambda^n + q r^n| |f(u_0)| ).
 * `at` is the time of the first, and 0 when the layer, the second, is larger: then *at_n is its n. */
void hp_layer_limit(mpfr_t limit, mpfr_t at, long *at_n, hp_slow_terms *terms,
                    const hp_layer_terms *layer);
/* max_n |D f(ubar(nh)) + (p lambda^n + q r^n) f(u_0)|, n through the layer and around `at`. */
void hp_layer_on_grid(mpfr_t value, hp_slow_terms *terms, const hp_layer_terms *layer,
                      const mpfr_t at, const mpq_t h);
/* |p lambda^n + q r^n| |f(u_0)| at n: the layer alone. */
double hp_layer_left(const hp_slow_terms *terms, const hp_layer_terms *layer, double n);

#endif
