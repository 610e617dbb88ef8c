#ifndef HP_PARSE_TEXT_H
#define HP_PARSE_TEXT_H
/* Problems from a text, and the value of their loss at the start. */
#include "reference/problem/problem.h"
#include "reference/problem/rational.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static inline hp_problem *parse_text(const char *text) {
  hp_diagnostic why;
  char line[1200] = "";
  hp_problem *problem = hp_problem_parse(text, strlen(text), "case.phi", "", &why);
  if (!problem)
    hp_diagnostic_text(&why, line, sizeof line);
  cr_assert_not_null(problem, "%s", line);
  return problem;
}

/* The message for a text that is no problem. */
static inline const char *parse_error(const char *text) {
  static char line[1200];
  hp_diagnostic why;
  hp_problem *problem = hp_problem_parse(text, strlen(text), "case.phi", "", &why);
  cr_assert_null(problem, "accepted: %s", text);
  hp_diagnostic_text(&why, line, sizeof line);
  return line;
}

/* The exact value of the loss at the start; the loss is built of rational operations only. */
static inline void exact_loss(const hp_problem *problem, mpq_t value) {
  hp_node *start = malloc(problem->n_params * sizeof *start);
  for (size_t k = 0; k < problem->n_params; k++)
    start[k] = hp_graph_rational(problem->graph, problem->start[k]);
  hp_node loss = hp_graph_substitute(problem->graph, problem->loss, start, problem->n_params);
  free(start);
  cr_assert(hp_graph_rational_value(problem->graph, loss, value));
}

static inline void loss_is(const char *text, const char *expected) {
  hp_problem *problem = parse_text(text);
  mpq_t value, exact;
  mpq_inits(value, exact, NULL);
  cr_assert(hp_rational_read(exact, expected));
  exact_loss(problem, value);
  char *got = hp_rational_text(value);
  cr_assert(mpq_equal(value, exact), "%s\nis %s, not %s", text, got, expected);
  free(got);
  mpq_clears(value, exact, NULL);
  hp_problem_free(problem);
}

#endif
