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

void hp_claim_order(hp_run *run, const hp_order *order, double expected) {
  run->has_order = true;
  run->order_expected = expected;
  run->order_measured = order->order;
  run->order_low = order->low;
  run->order_high = order->high;
  run->order_first_row = order->first_row;
  run->order_rows = order->rows;
}

void hp_claim_control(hp_run *run, const char *name, bool failed, char *detail) {
  hp_control *control = hp_run_add_control(run);
  control->name = hp_copy_text(name);
  control->should_fail = true;
  control->failed = failed;
  control->detail = detail;
}

void hp_claim_control_too_coarse(hp_run *run, const char *name, double wanted_step, char *detail) {
  hp_claim_control(run, name, false, detail);
  run->control[run->n_controls - 1].wanted_step = wanted_step;
}

const hp_control *hp_claim_control_that_passed(const hp_run *run) {
  const hp_control *passed = NULL;
  for (size_t i = 0; i < run->n_controls; ++i) {
    const hp_control *control = &run->control[i];
    if (!control->should_fail || control->failed)
      continue;
    if (control->wanted_step == 0)
      return control;
    if (!passed || control->wanted_step < passed->wanted_step)
      passed = control;
  }
  return passed;
}

void hp_claim_verdict(hp_run *run, hp_verdict verdict, char *reason) {
  run->verdict = verdict;
  free(run->reason);
  run->reason = reason;
}
