#ifndef HP_STATES_H
#define HP_STATES_H
#include "reference/problem/problem.h"

/* A flow from the problem's start and the times at which its state is wanted. */
typedef struct {
  const hp_problem *problem;
  const hp_program *field; /* d inputs, d outputs */
  const mpq_t *at;         /* 0 < at[0] <= at[1] <= ...; integrated to the last */
  size_t n_at;
  long digits;
} hp_flow;

/* The states from one integration: value[i d + k] is component k at time i. */
typedef struct {
  size_t count; /* n_at d */
  mpfr_t *value;
  size_t steps, order; /* of the Taylor series integrator; the largest order */
} hp_states;

/* Two integrations, the second with more guard digits, whose states agree to the digits asked for at
 * every time (hp_digits_agree). A flow that cannot be followed is refused with hp_reject. */
void hp_states_agreed(hp_states *rough, hp_states *fine, const hp_flow *flow);
void hp_states_clear(hp_states *states);

#endif
