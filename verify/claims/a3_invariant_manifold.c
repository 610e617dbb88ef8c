#include "a3_text.h"
#include "claim.h"
#include "reference/problem/allocate.h"

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_run *run = hp_claim_run(results, experiment, "A3", "d_n");
  hp_claim_verdict(run, HP_ERROR, hp_copy_text("this check is not built yet"));
  return true;
}

const hp_claim hp_claim_a3 = {
    .id = "A3",
    .title = HP_A3_TITLE,
    .source = HP_A3_SOURCE,
    .statement = HP_A3_STATEMENT,
    .explain = HP_A3_EXPLAIN,
    .theorem = NULL,
    .check = check,
};
