#include "cli.h"
#include "options.h"
#include "reference/problem/allocate.h"
#include "suite.h"
#include "verify/recheck.h"
#include "verify/results.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0,
     "The problem that the certificates are of (default: the file each names)", 0},
    {0},
};

static const char documentation[] =
    "Verifies certificates of `check --certify --certificates` with fresh arithmetic and none of "
    "the "
    "code that made them: flow, iterates, constants, bound, slope. max|E| is not recomputed.\v"
    "Exit codes: 0 verified; 1 something claimed does not hold, the line says what; 2 bad input.";

typedef struct {
  const char *problem;
  char **certificate; /* those of argv */
  size_t n;
} options;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  options *asked = state->input;
  switch (key) {
  case 'p':
    asked->problem = argument;
    break;
  case ARGP_KEY_ARGS:
    asked->certificate = state->argv + state->next;
    asked->n = (size_t)(state->argc - state->next);
    break;
  case ARGP_KEY_NO_ARGS:
    hp_reject("no certificate named; accepted: recheck FILE...");
  default:
    return ARGP_ERR_UNKNOWN;
  }
  return 0;
}

/* A built-in problem is named NAME.phi, without a directory (suite.h). */
static void load(hp_suite_problem *problem, const char *file) {
  size_t length = strlen(file);
  char *name = hp_copy_text(file);
  if (!strchr(file, '/') && length > 4 && strcmp(file + length - 4, ".phi") == 0)
    name[length - 4] = '\0';
  hp_suite_load(problem, name);
  free(name);
}

static json_t *read_certificate(const char *file) {
  json_error_t error;
  json_t *certificate = json_load_file(file, JSON_REJECT_DUPLICATES, &error);
  char *place = error.line > 0 ? hp_text(":%d:%d", error.line, error.column) : hp_copy_text("");
  if (!certificate)
    hp_reject("%.200s%s: %.160s; accepted: a certificate of check --certify", file, place,
              error.text);
  free(place);
  return certificate;
}

/* Prints what is said of one certificate; true when it is verified. */
static bool verified(const char *file, const char *problem_file) {
  json_t *certificate = read_certificate(file);
  const char *named = json_string_value(json_object_get(certificate, "problem_file"));
  if (!problem_file && !named)
    hp_reject("%.200s names no problem; accepted: --problem FILE|NAME", file);
  hp_suite_problem problem;
  if (problem_file)
    hp_suite_load(&problem, problem_file);
  else
    load(&problem, named);
  char *why = hp_recheck(certificate, problem.problem);
  printf("%s  %s%s%s\n", why ? "refused " : "verified", file, why ? ": " : "", why ? why : "");
  bool good = !why;
  free(why);
  hp_suite_unload(&problem);
  json_decref(certificate);
  return good;
}

int hp_command_recheck(int argc, char **argv) {
  static const struct argp argp = {
      .options = option_list, .parser = parse_option, .args_doc = "FILE...", .doc = documentation};
  options asked = {0};
  hp_options_parse(&argp, argc, argv, &asked);
  size_t refused = 0;
  for (size_t i = 0; i < asked.n; ++i)
    refused += !verified(asked.certificate[i], asked.problem);
  return refused ? HP_EXIT_FAILED : HP_EXIT_PASSED;
}
