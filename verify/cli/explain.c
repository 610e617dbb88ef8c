#include "claims_list.h"
#include "cli.h"
#include "options.h"
#include <stdio.h>

static const char documentation[] =
    "Tells what a claim states: formula, hypotheses, constants, source and theorem.";

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  const hp_claim **claim = state->input;
  if (key != ARGP_KEY_ARG)
    return ARGP_ERR_UNKNOWN;
  if (*claim)
    hp_reject("one claim at a time, '%.64s' is one too many; accepted: explain CLAIM", argument);
  *claim = hp_claim_named(argument);
  return 0;
}

int hp_command_explain(int argc, char **argv) {
  static const struct argp argp = {
      .parser = parse_option, .args_doc = "CLAIM", .doc = documentation};
  const hp_claim *claim = NULL;
  hp_options_parse(&argp, argc, argv, &claim);
  if (!claim)
    claim = hp_claim_named(NULL); /* refused */
  printf("%s  %s\n\n%s", claim->id, claim->title, claim->explain);
  printf("\nTHEOREM\n%s\n", claim->theorem ? claim->theorem : "none proved by machine yet");
  return HP_EXIT_PASSED;
}
