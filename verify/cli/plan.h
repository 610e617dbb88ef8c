#ifndef HP_PLAN_H
#define HP_PLAN_H
#include "check_options.h"
#include "suite.h"
#include "verify/claims/claim.h"

/* One claim on one problem with one method. */
typedef struct {
  const hp_claim *claim;
  hp_experiment experiment;
  hp_results results; /* its runs once done */
  bool done;
} hp_cell;

/* All cells of a check in their order: by claim, then problem, then method. */
typedef struct {
  hp_suite_problem *problem;
  size_t n_problems;
  hp_cell *cell;
  size_t n_cells;
  char *ladder;
  bool own_ladder, certify;
  int digits;
  hp_results others; /* runs of a resumed file that no cell asks for */
} hp_plan;

/* Loads every problem and checks all that can be checked before anything runs. */
void hp_plan_make(hp_plan *plan, const hp_check_options *options);
void hp_plan_clear(hp_plan *plan);

/* Gives the runs of an earlier results file to their cells, which are then done. A run belongs to
 * a cell when claim, problem, problem file, its fingerprint, method, a, momentum, horizon, ladder and
 * digits agree;
 * a cell with an error run is done again. The number of cells that are done. */
size_t hp_plan_resume(hp_plan *plan, const char *path);

/* Moves all runs to the results: the cells in order, then what no cell asks for. */
void hp_plan_collect(hp_plan *plan, hp_results *results);

#endif
