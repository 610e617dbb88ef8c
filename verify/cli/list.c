#include "cli.h"
#include "names.h"
#include "options.h"
#include "reference/problem/rational.h"
#include "suite.h"
#include "verify/claims/claim.h"
#include "verify/results.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char documentation[] =
    "Lists the claims, the built-in problems or the methods.\v"
    "Problems: name, dimension, start, momentum, horizon, description; - stands for a value the "
    "file does not give.";

static const char *const subjects[] = {"claims", "problems", "methods"};
enum { N_SUBJECTS = sizeof subjects / sizeof *subjects };

static void list_claims(void) {
  for (size_t i = 0; i < hp_claims_count; ++i)
    printf("%-4s  %s\n", hp_claims[i]->id, hp_claims[i]->title);
}

static void list_methods(void) {
  puts("hb       heavy ball:        a = 0\n"
       "nag      Nesterov:          a = momentum\n"
       "gd       gradient descent:  momentum = a = 0\n"
       "a=VALUE  look-ahead VALUE:  u_{n+1} = u_n + momentum (u_n - u_{n-1})\n"
       "                                      - h grad Phi(u_n + a (u_n - u_{n-1}))");
}

/* "1/2, -1/2, 1/4", cut at the width with "..."; owned. */
static char *start_text(const hp_problem *problem, int width) {
  char *text = hp_text("%s", "");
  for (size_t i = 0; i < problem->n_params; ++i) {
    char *value = hp_rational_text(problem->start[i]);
    char *longer = hp_text("%s%s%s", text, i ? ", " : "", value);
    free(value);
    free(text);
    text = longer;
  }
  if ((int)strlen(text) > width)
    memcpy(text + width - 3, "...", 4);
  return text;
}

static char *value_text(bool given, const mpq_t value) {
  return given ? hp_rational_text(value) : hp_text("-");
}

static void list_problem(const char *name, int name_width) {
  hp_suite_problem loaded;
  hp_suite_load(&loaded, name);
  const hp_problem *problem = loaded.problem;
  char *start = start_text(problem, 28);
  char *momentum = value_text(problem->has_momentum, problem->momentum);
  char *horizon = value_text(problem->has_horizon, problem->horizon);
  printf("%-*s  %9zu  %-28s  %8s  %7s  %s\n", name_width, name, problem->n_params, start, momentum,
         horizon, loaded.description);
  free(start);
  free(momentum);
  free(horizon);
  hp_suite_unload(&loaded);
}

static void list_problems(void) {
  size_t count;
  int width = (int)strlen("name");
  char **names = hp_suite_names(&count);
  for (size_t i = 0; i < count; ++i)
    width = (int)strlen(names[i]) > width ? (int)strlen(names[i]) : width;
  printf("%-*s  %9s  %-28s  %8s  %7s  %s\n", width, "name", "dimension", "start", "momentum",
         "horizon", "description");
  for (size_t i = 0; i < count; ++i) {
    list_problem(names[i], width);
    free(names[i]);
  }
  free(names);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  const char **subject = state->input;
  if (key != ARGP_KEY_ARG)
    return ARGP_ERR_UNKNOWN;
  if (*subject)
    hp_reject("one list at a time, '%.64s' is one too many; accepted: claims, problems, methods",
              argument);
  for (size_t i = 0; i < N_SUBJECTS; ++i)
    if (strcmp(argument, subjects[i]) == 0)
      *subject = subjects[i];
  if (!*subject)
    hp_reject("unknown list '%.64s'%s; accepted: claims, problems, methods", argument,
              hp_names_suggestion(argument, subjects, N_SUBJECTS));
  return 0;
}

int hp_command_list(int argc, char **argv) {
  static const struct argp argp = {
      .parser = parse_option, .args_doc = "claims|problems|methods", .doc = documentation};
  const char *subject = NULL;
  hp_options_parse(&argp, argc, argv, &subject);
  if (!subject)
    hp_reject("nothing to list; accepted: claims, problems, methods");
  if (strcmp(subject, "claims") == 0)
    list_claims();
  else if (strcmp(subject, "problems") == 0)
    list_problems();
  else
    list_methods();
  return HP_EXIT_PASSED;
}
