#ifndef HP_CLAIM_OBSERVABLE_H
#define HP_CLAIM_OBSERVABLE_H
#include "power_law.h"
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
  const char *bound_proved_by;
  char *obstacle; /* see judge.h; owned, may be NULL */
  double obstacle_step;
  char *note; /* appended to the reason; owned, may be NULL */
} hp_observable;

/* Numbers at precision_bits; every text but what the caller sets afterwards is NULL. */
void hp_observable_init(hp_observable *o, size_t n_steps, mpfr_prec_t precision_bits);
void hp_observable_clear(hp_observable *o, size_t n_steps);

/* The controls of a claim's own: called once the run has its rows, its order and the controls that
 * every power law has. */
typedef void (*hp_observable_controls)(hp_run *run, const void *context, const hp_observable *o,
                                       const hp_power_law_orders *orders);

/* A whole run of results. */
void hp_observable_run(hp_results *results, const hp_flow_ladder *ladder, const hp_observable *o,
                       hp_observable_controls controls, const void *context);

/* The same observable of another pair, whose order is not this one or whose constant is another. */
void hp_observable_control_pair(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o,
                                const char *name, size_t pair);
/* Another constant. */
void hp_observable_control_constant(hp_run *run, const hp_power_law_orders *orders,
                                    const char *name, double constant);

#endif
