#ifndef HP_TESTS_PUBLISHED_SERIES_H
#define HP_TESTS_PUBLISHED_SERIES_H
#include "reference/problem/problem.h"
#include "reference/series/trees.h"
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* tests/data/bseries_coefficients.json: coefficients as formulas in l (lambda) and a, one object a tree. */

static inline json_t *published_open(void) {
  json_error_t error;
  json_t *root = json_load_file("tests/data/bseries_coefficients.json", 0, &error);
  cr_assert(root, "%s", error.text);
  return root;
}

/* The tree of that name, or the count when there is none. */
static inline hp_tree tree_named(const hp_trees *trees, const char *name) {
  for (hp_tree t = 0; t < trees->count; ++t) {
    char *text = hp_tree_text(trees, t);
    bool same = strcmp(text, name) == 0;
    free(text);
    if (same)
      return t;
  }
  return (hp_tree)trees->count;
}

/* A formula in l and a, exactly: it is parsed as a loss, and evaluated by putting rationals for the
 * parameters. */
typedef struct {
  hp_problem *problem;
} formula;

static inline formula formula_open(const char *text) {
  char source[16384];
  hp_diagnostic why;
  int n = snprintf(source, sizeof source, "params = l, a\nstart = 0, 0\nloss = ");
  for (; *text; ++text) {
    bool is_power = text[0] == '*' && text[1] == '*';
    source[n++] = is_power ? '^' : *text;
    text += is_power;
  }
  source[n] = 0;
  formula f = {hp_problem_parse(source, (size_t)n, "formula", ".", &why)};
  cr_assert(f.problem, "%s", why.message);
  return f;
}

static inline void formula_at(const formula *f, const mpq_t lambda, const mpq_t a, mpq_t value) {
  hp_graph *graph = f->problem->graph;
  hp_node at[2] = {hp_graph_rational(graph, lambda), hp_graph_rational(graph, a)};
  hp_node result = hp_graph_substitute(graph, f->problem->loss, at, 2);
  cr_assert(hp_graph_rational_value(graph, result, value));
}

static inline void formula_close(formula *f) {
  hp_problem_free(f->problem);
}

#endif
