#include "a1_text.h"
#include "claim.h"
#include "reference/problem/allocate.h"

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_run *run = hp_claim_run(results, experiment, "A1", "E1");
  hp_claim_verdict(run, HP_ERROR, hp_copy_text("this check is not built yet"));
  return true;
}

const hp_claim hp_claim_a1 = {
    .id = "A1",
    .title = HP_A1_TITLE,
    .source = HP_A1_SOURCE,
    .statement = HP_A1_STATEMENT,
    .explain = HP_A1_EXPLAIN,
    .theorem = NULL,
    .check = check,
};
