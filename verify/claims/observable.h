#ifndef HP_CLAIM_OBSERVABLE_H
#define HP_CLAIM_OBSERVABLE_H
#include "claim.h"
#include "verify/flow_ladder.h"

/* One observable e(h) -> constant h^order of a ladder of flows, and what becomes of it: a run with
 * rows, order, constant, controls, curves and a verdict. */

typedef struct {
  const char *claim, *name, *start; /* "A2", "E2k", what starts where */
  const char *scaled;               /* as it stands in a sentence: "E2k/h" */
  const char *constant_name;        /* "lim E2k/h" */
  char *what;                       /* the constant in words and where it is taken; owned */
  int order;
  size_t pair;
  size_t peak_pair; /* the pair of its distances at n = peak_n alone, used when peak_n > 0 */
  long peak_n;      /* where a constant of the initial layer is taken; 0 for the others */
  mpfr_t predicted, radius; /* the constant; how far apart it lies at two precisions */
  mpfr_t *on_grid;          /* what it is at each step of the ladder, tends to predicted */
  mpfr_t *bound;            /* a bound on e at each step, or NULL */
  char *bound_formula, *bound_inputs; /* owned */
  char *obstacle;                     /* see judge.h; owned, may be NULL */
  double obstacle_step;
  char *note; /* appended to the reason; owned, may be NULL */
} hp_observable;

/* Numbers at precision_bits; every text but what the caller sets afterwards is NULL. */
void hp_observable_init(hp_observable *o, size_t n_steps, mpfr_prec_t precision_bits);
void hp_observable_clear(hp_observable *o, size_t n_steps);

/* The order of a pair's distances over the steps at which it has a value, towards expected; NaN for
 * fewer than 3. With on_grid and predicted, freed of what the grid of nh does to the maximum: of the
 * peaks over all t where order 2 has one, else of the distances divided by on_grid/predicted. */
hp_order hp_observable_order(const hp_flow_ladder *ladder, size_t pair, int expected,
                             mpfr_t *const on_grid, mpfr_srcptr predicted);

/* Everything of a run but its controls and its verdict; the run is valid until the next add. */
hp_run *hp_observable_run(hp_results *results, const hp_flow_ladder *ladder,
                          const hp_observable *o);

/* Controls: the same with another pair, whose order is not this one or whose constant is another;
 * another constant; another order; the usual three (constant 1 % off either way, order off by one). */
void hp_observable_control_pair(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o,
                                const char *name, size_t pair);
void hp_observable_control_constant(hp_run *run, const hp_flow_ladder *ladder,
                                    const hp_observable *o, const char *name, double constant);
void hp_observable_controls(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o);

/* The verdict, once every control is there. */
void hp_observable_judge(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o);

#endif
