#ifndef HP_A1_ENCLOSE_H
#define HP_A1_ENCLOSE_H
#include "claim.h"
#include "reference/enclosure/flow.h"
#include "reference/enclosure/supremum.h"

/* What A1 claims, enclosed: every number is a ball that contains the exact one. */
typedef struct {
  const hp_experiment *experiment;
  hp_enclosed_flow flow; /* ubar' = lambda_bar f(ubar) */
  bool has_flow;
  arb_t predicted;                 /* max |E| on [0,T] */
  size_t n_rows;                   /* of experiment->step, from the first on */
  arb_ptr h, error, bound;         /* E1(h) = max_n |u_n - ubar(nh)|; C(T) h */
  bool *symmetric;                 /* the bound is that with nu, as h lambda_bar L <= 2 */
  arb_ptr box;                     /* convex: holds ubar([0,T]) and all u_n, p_n, y_n of all rows */
  hp_enclosed_constants constants; /* over the box */
  char *why;                       /* when something could not be enclosed: what and where */
} hp_a1_enclosed;

typedef enum { HP_A1_ENCLOSED, HP_A1_NOT_ENCLOSED, HP_A1_STOPPED } hp_a1_enclose_status;

/* Digits are raised until the balls of the flow are narrower than 10^-digits. Cleared by the caller
 * whatever the status is; HP_A1_STOPPED: keep_going asked to. */
hp_a1_enclose_status hp_a1_enclose(hp_a1_enclosed *m, const hp_experiment *experiment);
void hp_a1_enclosed_clear(hp_a1_enclosed *m);

#endif
