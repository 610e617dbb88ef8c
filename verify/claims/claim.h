#ifndef HP_CLAIM_H
#define HP_CLAIM_H
#include "reference/problem/problem.h"
#include "verify/order.h"
#include "verify/results.h"

/* What one cell of "claim x problem x method" is asked to do. */
typedef struct {
  const hp_problem *problem;
  const char *problem_file;
  const char *method; /* "hb", "nag", "gd", or "a=VALUE" as typed */
  mpq_t momentum, a;  /* lambda and the look-ahead a (gd: both 0) */
  mpq_t horizon;      /* T > 0 */
  mpq_t *step;        /* the ladder, decreasing */
  size_t n_steps;
  int digits;                        /* correct digits asked for, >= 20 */
  const char *certificates;          /* directory for certificates, or NULL */
  bool (*keep_going)(void *context); /* false: stop soon, nothing is added for this cell */
  void *context;
} hp_experiment;

/* A claim of the theory: the one place that knows its theorem. */
typedef struct {
  const char *id;        /* "A1" */
  const char *title;     /* one line */
  const char *source;    /* paper and theorem */
  const char *statement; /* formula with constants, for `list` and the report */
  const char *explain;   /* textbook paragraphs for `heavyproof explain` */
  const char *theorem;   /* file and name of the Coq theorem, or NULL */
  /* Appends one run per observable; returns false when keep_going did (nothing appended). */
  bool (*check)(const hp_experiment *experiment, hp_results *results);
  /* The same with every number enclosed (`check --certify`); NULL: not for this claim. */
  bool (*certify)(const hp_experiment *experiment, hp_results *results);
} hp_claim;

extern const hp_claim hp_claim_a1, hp_claim_a2, hp_claim_a3, hp_claim_a4;
extern const hp_claim hp_claim_b1, hp_claim_b2, hp_claim_b3, hp_claim_b4, hp_claim_b5, hp_claim_b6;
extern const hp_claim hp_claim_c1, hp_claim_c2, hp_claim_c3, hp_claim_c4, hp_claim_c5;

/* A new run of the claim's observable with what the experiment says about itself filled in; `start`
 * is "v0=0" unless the caller replaces it. The pointer is valid until the next add. */
hp_run *hp_claim_run(hp_results *results, const hp_experiment *experiment, const char *claim,
                     const char *observable);
/* Fills in the run's order from an estimate over its rows. */
void hp_claim_order(hp_run *run, const hp_order *order, double expected);
/* A control that is meant to fail; takes over the detail. */
void hp_claim_control(hp_run *run, const char *name, bool failed, char *detail);
/* One that does not fail yet: its power grows as h falls, and at wanted_step it would do. */
void hp_claim_control_too_coarse(hp_run *run, const char *name, double wanted_step, char *detail);
/* A control that should have failed and did not, or NULL: the first that asks for no finer step, else
 * the one that asks for the finest. */
const hp_control *hp_claim_control_that_passed(const hp_run *run);
/* Closes a run: the verdict and its one-sentence reason, which the run then owns. */
void hp_claim_verdict(hp_run *run, hp_verdict verdict, char *reason);

/* All claims, in the order of spec/claims.list. */
extern const hp_claim *const hp_claims[];
extern const size_t hp_claims_count;

#endif
