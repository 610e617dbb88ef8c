#include "experiment.h"
#include <ctype.h>

/* The table of claims agrees with spec/claims.list, and every entry is complete. */
Test(claim, table_and_list_agree) {
  char line[1024], id[16];
  size_t n = 0;
  FILE *file = fopen("spec/claims.list", "r");
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    if (*line == '#' || sscanf(line, "%15s", id) != 1)
      continue;
    cr_assert(n < hp_claims_count);
    const hp_claim *claim = hp_claims[n++];
    cr_assert_str_eq(claim->id, id);
    cr_assert(strstr(line, claim->title), "%s", line);
    cr_assert(claim->check && *claim->source && *claim->statement);
    cr_assert(strstr(claim->explain, "HYPOTHESES") && strstr(claim->explain, "MISQUOTED"));
  }
  fclose(file);
  cr_assert_eq(n, hp_claims_count);
}

/* A line of the explanation fits a terminal of 100 columns. */
Test(claim, explanations_fit_a_terminal) {
  for (size_t i = 0; i < hp_claims_count; ++i)
    for (const char *line = hp_claims[i]->explain; *line;) {
      size_t length = strcspn(line, "\n");
      cr_assert_leq(length, 100, "%s: %.*s", hp_claims[i]->id, (int)length, line);
      line += length + (line[length] == '\n');
    }
}

Test(claim, run_says_what_was_asked) {
  hp_experiment experiment;
  hp_results results = {0};
  experiment_open(&experiment, "double-well", "nag", 6, 7);
  experiment.problem_file = "somewhere.phi";
  hp_run *run = hp_claim_run(&results, &experiment, "A1", "E1");
  cr_assert_str_eq(run->claim, "A1");
  cr_assert_str_eq(run->observable, "E1");
  cr_assert_str_eq(run->problem, "double-well");
  cr_assert_str_eq(run->problem_file, "somewhere.phi");
  cr_assert_str_eq(run->method, "nag");
  cr_assert_str_eq(run->a, "1/2");
  cr_assert_str_eq(run->momentum, "1/2");
  cr_assert_str_eq(run->horizon, "2");
  cr_assert_null(hp_claim_control_that_passed(run));
  hp_claim_control(run, "caught", true, NULL);
  cr_assert_null(hp_claim_control_that_passed(run));
  hp_claim_control_too_coarse(run, "coarse", 0x1p-9, NULL);
  hp_claim_control_too_coarse(run, "coarser", 0x1p-12, NULL);
  hp_claim_control_too_coarse(run, "coarse too", 0x1p-9, NULL);
  cr_assert_str_eq(hp_claim_control_that_passed(run)->name, "coarser");
  hp_claim_control(run, "missed", false, hp_copy_text("detail"));
  cr_assert_str_eq(hp_claim_control_that_passed(run)->name, "missed");
  hp_claim_verdict(run, HP_ERROR, hp_copy_text("first"));
  hp_claim_verdict(run, HP_FAIL, hp_copy_text("second"));
  cr_assert_str_eq(run->reason, "second");
  hp_order order = {.order = 1, .low = 0.9, .high = 1.1, .first_row = 2, .rows = 4};
  hp_claim_order(run, &order, 1);
  cr_assert(run->has_order);
  cr_assert_eq(run->order_first_row, 2);
  hp_results_clear(&results);
  experiment_close(&experiment);
}
