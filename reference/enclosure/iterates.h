#ifndef HP_ENCLOSURE_ITERATES_H
#define HP_ENCLOSURE_ITERATES_H
#include "reference/problem/program.h"

/* The momentum recurrence in balls, the twin of reference/iterate/momentum.h:
 *     v_{n+1} = lambda v_n - grad Phi(u_n + h a v_n),     u_{n+1} = u_n + h v_{n+1};
 * u_n and v_n of the exact recurrence from the exact rationals lie in the balls, always. */
typedef struct {
  const hp_program *gradient; /* d inputs, d outputs */
  slong precision_bits;
  arb_t lambda, h, ha, product;
  arb_ptr u, v; /* the state: d balls each */
  arb_ptr lookahead, g;
} hp_momentum_ball;

/* The start v_0 = 0 at u_0. */
void hp_momentum_init_ball(hp_momentum_ball *state, const hp_program *gradient, const mpq_t lambda,
                           const mpq_t a, const mpq_t h, const mpq_t u0[], slong precision_bits);
void hp_momentum_clear_ball(hp_momentum_ball *state);
void hp_momentum_step_ball(hp_momentum_ball *state);

/* u_0, ..., u_steps, each ball of radius at most 10^-digits. */
typedef struct {
  size_t dimension, steps;
  slong precision_bits; /* that it took */
  arb_ptr u;            /* component i of u_n at n d + i */
} hp_enclosed_iterates;

/* Starts at 32 bits beyond the digits and doubles them until every radius is met. false, with nothing to
 * clear, when 2^13 more bits do not do: the orbit leaves every bound, or the domain of the loss. */
bool hp_enclose_iterates(hp_enclosed_iterates *iterates, const hp_program *gradient,
                         const mpq_t lambda, const mpq_t a, const mpq_t h, const mpq_t u0[],
                         size_t steps, double digits);
void hp_enclosed_iterates_clear(hp_enclosed_iterates *iterates);

#endif
