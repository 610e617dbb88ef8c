#ifndef HP_FLOW_LADDER_H
#define HP_FLOW_LADDER_H
#include "verify/distance.h"

/* Distances between iterates and flows that depend on h, on a whole ladder of steps. Path 0 starts
 * with v_0 = 0, path 1 on the slow manifold to second order,
 *     v_0 = lambda_bar f + h lambda_bar^2 (a - lambda_bar) f'f   at u_0. */

typedef struct {
  size_t path, flow;
  bool late;       /* only nh >= from */
  long only_n;     /* only this n, 0: every n */
  double expected; /* what the distance is to leading order, divided by h^order; 0: not known */
  int order;
} hp_flow_pair;

enum { HP_MOST_PAIRS = 12, HP_MOST_FLOWS = 8 };

/* What to measure, set by the caller. */
typedef struct {
  const hp_experiment *experiment;
  /* Flow number k at step h to so many digits, as hp_flow_integrate. */
  hp_taylor_status (*integrate)(hp_trajectory **flow, const hp_experiment *experiment,
                                const mpq_t h, size_t k, double digits);
  size_t n_flows, n_full;   /* flows from n_full on are for controls: HP_ROUGH_DIGITS */
  bool skip[HP_MOST_FLOWS]; /* flows that no pair uses */
  hp_flow_pair pair[HP_MOST_PAIRS];
  size_t n_pairs, n_checked; /* pairs below n_checked have experiment->digits correct digits */
  mpq_t from;
} hp_flow_ladder_plan;

#define HP_ROUGH_DIGITS 22

/* "Late" begins at t = 1/4, or at T/2 when 1/4 is not before the horizon T. */
void hp_flow_ladder_late(mpq_t from, const mpq_t horizon);

/* One number for each step of the ladder: NaN where the flow does not reach the horizon, infinite
 * where the iterates do not stay finite. */
typedef struct {
  mpfr_t *value, *radius; /* radius: how far apart it lies at two precisions */
  mpfr_t *peak;           /* the maximum over all t, see distance.h; NaN at an end of the n */
  mpfr_t *double_value;
} hp_flow_column;

typedef struct {
  const hp_flow_ladder_plan *plan;
  hp_flow_column column[HP_MOST_PAIRS];
  hp_region region;
  hp_region_constants constants;
} hp_flow_ladder;

/* Cleared by the caller in any case; false when keep_going asked to stop. Repeats a step with more
 * digits until every checked value has experiment->digits of them, at most four times. */
bool hp_flow_ladder_measure(hp_flow_ladder *ladder, const hp_flow_ladder_plan *plan);
void hp_flow_ladder_clear(hp_flow_ladder *ladder);

/* Those steps at which a pair has a value, coarsest first: numbers into experiment->step, room for
 * all of them; how many. */
size_t hp_flow_ladder_rows(const hp_flow_ladder *ladder, size_t pair, size_t step[]);

#endif
