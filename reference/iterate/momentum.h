#ifndef HP_ITERATE_MOMENTUM_H
#define HP_ITERATE_MOMENTUM_H
#include "reference/problem/program.h"

/* The momentum recurrence in MPFR, the twin of src/momentum.h:
 *     v_{n+1} = lambda v_n - grad Phi(u_n + h a v_n),     u_{n+1} = u_n + h v_{n+1}.
 * Every operation is rounded to nearest at precision_bits. */
typedef struct {
  const hp_program *gradient; /* d inputs, d outputs */
  mpfr_prec_t precision_bits;
  mpfr_t lambda, a, h;
  mpfr_t *u, *v; /* the state: d values each */
  mpfr_t *lookahead, *g;
  mpfr_t product;
  hp_evaluator_mpfr evaluator;
} hp_momentum_mpfr;

/* The start v_0 = 0 at u_0. */
void hp_momentum_init_mpfr(hp_momentum_mpfr *state, const hp_program *gradient, const mpq_t lambda,
                           const mpq_t a, const mpq_t h, const mpq_t u0[],
                           mpfr_prec_t precision_bits);
void hp_momentum_clear_mpfr(hp_momentum_mpfr *state);
void hp_momentum_step_mpfr(hp_momentum_mpfr *state);

#endif
