#include "check_options.h"
#include "claims_list.h"
#include "reject.h"
#include "options.h"
#include "output.h"
#include "reference/problem/allocate.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
  OPTION_MOMENTUM = 256,
  OPTION_HORIZON,
  OPTION_STEPS,
  OPTION_DIGITS,
  OPTION_CERTIFY,
  OPTION_CERTIFICATES,
  OPTION_JSON,
  OPTION_SHARD,
  OPTION_RESUME,
};

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0,
     "A problem file or a built-in problem (default: all built-in ones)", 0},
    {"method", 'm', "hb|nag|gd|a=VALUE", 0,
     "Heavy ball, Nesterov, gradient descent, or any look-ahead (default: hb and nag)", 0},
    {"momentum", OPTION_MOMENTUM, "V", 0, "Momentum, 0 <= V < 1 (default: the problem's)", 0},
    {"horizon", OPTION_HORIZON, "V", 0, "Horizon T > 0 (default: the problem's)", 0},
    {"steps", OPTION_STEPS, "A..B", 0,
     "Step sizes by halving from A to B, or A,B,C (default: 2^-6..2^-12, "
     "or as much finer as the claim needs on the problem)",
     0},
    {"digits", OPTION_DIGITS, "N", 0, "Correct digits of every number, 20 to 1000 (default: 30)",
     0},
    {"certify", OPTION_CERTIFY, NULL, 0,
     "Prove every number, where a claim has it: errors, orders, constants, bounds are intervals",
     0},
    {"certificates", OPTION_CERTIFICATES, "DIR", 0,
     "With --certify: one certificate a run to DIR, for `heavyproof recheck`", 0},
    {"json", OPTION_JSON, "FILE|-", 0, "Write heavyproof.results/1 to FILE, or to standard output",
     0},
    {"shard", OPTION_SHARD, "I/N", 0, "Only the cells I, I+N, I+2N, ... of the plan", 0},
    {"jobs", 'j', "N", 0, "Worker processes (default: 1); the output does not depend on N", 0},
    {"resume", OPTION_RESUME, "FILE", 0,
     "Take the finished cells of FILE, do the others, write both", 0},
    {0},
};

static const char documentation[] =
    "Checks claims (default: all) on problems and prints one verdict per observable.\v"
    "Values are exact: 9/10, 0.9 and 2^-9 are rationals. Ctrl-C keeps the finished cells, writes "
    "--json and exits with 3; --resume goes on from there.\n"
    "\n"
    "Verdicts: pass; fail; not-asymptotic (the step sizes do not reach the regime, the reason says "
    "which would); not-applicable (a hypothesis does not hold, the reason says which); error.\n"
    "\n"
    "Exit codes: 0 no fail and no error (not-asymptotic and not-applicable are not failures); 1 a "
    "fail; 2 bad input, nothing was run; 3 interrupted; 4 an error verdict or an internal error.";

static void add_claim(hp_check_options *options, const char *id) {
  const hp_claim *claim = hp_claim_named(id);
  for (size_t i = 0; i < options->n_claims; ++i)
    if (options->claim[i] == claim)
      return;
  options->claim = hp_reallocate(options->claim, options->n_claims + 1, sizeof(const hp_claim *));
  options->claim[options->n_claims++] = claim;
}

static void add_method(hp_check_options *options, const char *text) {
  for (size_t i = 0; i < options->n_methods; ++i)
    if (strcmp(options->method[i].name, text) == 0)
      return;
  options->method = hp_reallocate(options->method, options->n_methods + 1, sizeof *options->method);
  hp_method_read(&options->method[options->n_methods++], text);
}

static void add_problem(hp_check_options *options, const char *text) {
  options->problem =
      hp_reallocate(options->problem, options->n_problems + 1, sizeof *options->problem);
  options->problem[options->n_problems++] = hp_copy_text(text);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  hp_check_options *options = state->input;
  switch (key) {
  case ARGP_KEY_ARG:
    add_claim(options, argument);
    break;
  case 'p':
    add_problem(options, argument);
    break;
  case 'm':
    add_method(options, argument);
    break;
  case 'j':
    options->jobs = (size_t)hp_value_whole("jobs", argument, 1, 256);
    break;
  case OPTION_MOMENTUM:
    hp_value_momentum(options->momentum, argument);
    options->has_momentum = true;
    break;
  case OPTION_HORIZON:
    hp_value_positive(options->horizon, "horizon", argument);
    options->has_horizon = true;
    break;
  case OPTION_STEPS:
    hp_ladder_read(&options->ladder, argument);
    break;
  case OPTION_DIGITS:
    options->digits = (int)hp_value_whole("digits", argument, 20, 1000);
    break;
  case OPTION_CERTIFY:
    options->certify = true;
    break;
  case OPTION_CERTIFICATES:
    options->certificates = argument;
    break;
  case OPTION_JSON:
    options->json = argument;
    break;
  case OPTION_SHARD:
    hp_value_shard(argument, &options->shard, &options->shards);
    break;
  case OPTION_RESUME:
    options->resume = argument;
    break;
  default:
    return ARGP_ERR_UNKNOWN;
  }
  return 0;
}

/* "--certify is not available for A4; accepted: A1, ...", the claims that have it. */
static _Noreturn void reject_uncertified(const char *id) {
  char list[256] = "";
  size_t length = 0;
  for (size_t i = 0; i < hp_claims_count; ++i)
    if (hp_claims[i]->certify && length < sizeof list)
      length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", length ? ", " : "",
                                 hp_claims[i]->id);
  hp_reject("--certify is not available for %s; accepted: %s", id, list);
}

/* --certify: only claims that have it, and nothing resumed that may not have been certified. */
static void check_certify(const hp_check_options *options) {
  if (options->certificates && !options->certify)
    hp_reject("--certificates without --certify; accepted: both");
  for (size_t i = 0; options->certify && i < options->n_claims; ++i)
    if (!options->claim[i]->certify)
      reject_uncertified(options->claim[i]->id);
  if (options->certify && options->resume)
    hp_reject("--certify does not go on from a file; accepted: --certify without --resume");
  if (options->certificates) {
    if (mkdir(options->certificates, 0777) < 0 && errno != EEXIST)
      hp_reject(
          "--certificates '%.200s' cannot be made: %s; accepted: a directory, or a new one in a "
          "directory that can be written",
          options->certificates, strerror(errno));
    char *file = hp_text("%s/certificate", options->certificates);
    hp_output_require("certificates", file);
    free(file);
  }
}

void hp_check_options_read(hp_check_options *options, int argc, char **argv) {
  static const struct argp argp = {.options = option_list,
                                   .parser = parse_option,
                                   .args_doc = "[CLAIM...]",
                                   .doc = documentation};
  *options = (hp_check_options){.digits = 30, .shard = 1, .shards = 1, .jobs = 1};
  mpq_inits(options->momentum, options->horizon, NULL);
  hp_options_parse(&argp, argc, argv, options);
  if (options->n_claims == 0)
    for (size_t i = 0; i < hp_claims_count; ++i)
      if (!options->certify || hp_claims[i]->certify)
        add_claim(options, hp_claims[i]->id);
  check_certify(options);
  if (options->n_methods == 0) {
    add_method(options, "hb");
    add_method(options, "nag");
  }
  if (!options->ladder.count) {
    options->own_ladder = true;
    hp_ladder_read(&options->ladder, "2^-6..2^-12");
    free(options->ladder.text);
    options->ladder.text = hp_copy_text("as each claim needs");
  }
}

void hp_check_options_clear(hp_check_options *options) {
  for (size_t i = 0; i < options->n_problems; ++i)
    free(options->problem[i]);
  for (size_t i = 0; i < options->n_methods; ++i)
    hp_method_clear(&options->method[i]);
  free(options->claim);
  free(options->problem);
  free(options->method);
  mpq_clears(options->momentum, options->horizon, NULL);
  hp_ladder_clear(&options->ladder);
}
