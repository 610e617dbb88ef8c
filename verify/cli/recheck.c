#include "cli.h"
#include "options.h"
#include "reference/problem/allocate.h"
#include "suite.h"
#include "verify/recheck.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0,
     "The problem that the certificate is of (default: the file it names)", 0},
    {0},
};

static const char documentation[] =
    "Verifies a certificate of `check --certify --certificates` with fresh arithmetic and none of "
    "the "
    "code that made it: flow, iterates, constants, bound, slope. max|E| is not recomputed.\v"
    "Exit codes: 0 verified; 1 something claimed does not hold, the line says what; 2 bad input.";

typedef struct {
  const char *certificate, *problem;
} options;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  options *asked = state->input;
  if (key == 'p') {
    asked->problem = argument;
  } else if (key == ARGP_KEY_ARG) {
    if (asked->certificate)
      hp_reject("one certificate at a time, '%.64s' is one too many; accepted: recheck FILE",
                argument);
    asked->certificate = argument;
  } else {
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

int hp_command_recheck(int argc, char **argv) {
  static const struct argp argp = {
      .options = option_list, .parser = parse_option, .args_doc = "FILE", .doc = documentation};
  options asked = {0};
  json_error_t error;
  hp_options_parse(&argp, argc, argv, &asked);
  if (!asked.certificate)
    hp_reject("no certificate named; accepted: recheck FILE");
  json_t *certificate = json_load_file(asked.certificate, 0, &error);
  if (!certificate)
    hp_reject("%.200s:%d: %.160s; accepted: a certificate of check --certify", asked.certificate,
              error.line, error.text);
  const char *named = json_string_value(json_object_get(certificate, "problem_file"));
  if (!asked.problem && !named)
    hp_reject("%.200s names no problem; accepted: --problem FILE|NAME", asked.certificate);
  hp_suite_problem problem;
  if (asked.problem)
    hp_suite_load(&problem, asked.problem);
  else
    load(&problem, named);
  char *why = hp_recheck(certificate, problem.problem);
  printf("%s  %s\n", why ? "refused " : "verified", why ? why : asked.certificate);
  int code = why ? HP_EXIT_FAILED : HP_EXIT_PASSED;
  free(why);
  hp_suite_unload(&problem);
  json_decref(certificate);
  return code;
}
