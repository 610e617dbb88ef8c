#include "claim.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include <stdlib.h>

hp_run *hp_claim_run(hp_results *results, const hp_experiment *experiment, const char *claim,
                     const char *observable) {
  hp_run *run = hp_results_add(results);
  run->claim = hp_copy_text(claim);
  run->observable = hp_copy_text(observable);
  run->problem = hp_copy_text(experiment->problem->name);
  if (experiment->problem_file)
    run->problem_file = hp_copy_text(experiment->problem_file);
  run->method = hp_copy_text(experiment->method);
  run->a = hp_rational_text(experiment->a);
  run->momentum = hp_rational_text(experiment->momentum);
  run->horizon = hp_rational_text(experiment->horizon);
  run->start = hp_copy_text("v0=0");
  return run;
}

void hp_claim_verdict(hp_run *run, hp_verdict verdict, char *reason) {
  run->verdict = verdict;
  free(run->reason);
  run->reason = reason;
}
