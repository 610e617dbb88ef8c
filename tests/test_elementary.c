#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/differentiate.h"
#include "reference/series/elementary.h"

enum { BITS = 240 };

/* F(t) by m nested directional derivatives, each in a direction of fresh inputs that are replaced by
 * F(t_i) at the end. */
static void nested(hp_graph *graph, const hp_node f[], size_t d, const hp_trees *trees, hp_tree t,
                   const hp_node known[], hp_node result[]) {
  const hp_tree_entry *entry = &trees->entry[t];
  size_t m = entry->n_branches, n = (m + 1) * d;
  hp_node *direction = malloc(d * sizeof *direction),
          *replacement = malloc(n * sizeof *replacement);
  memcpy(result, f, d * sizeof *f);
  for (size_t k = 0; k < d; ++k)
    replacement[k] = hp_graph_input(graph, (uint32_t)k);
  for (size_t b = 0; b < m; ++b) {
    for (size_t k = 0; k < d; ++k) {
      direction[k] = hp_graph_input(graph, (uint32_t)((b + 1) * d + k));
      replacement[(b + 1) * d + k] = known[entry->branch[b] * d + k];
    }
    hp_graph_directional(graph, result, d, direction, d, result);
  }
  for (size_t k = 0; k < d; ++k)
    result[k] = hp_graph_substitute(graph, result[k], replacement, n);
  free(direction);
  free(replacement);
}

static void compare(const char *source, size_t order) {
  hp_experiment experiment;
  experiment_parse(&experiment, source, "hb", 6, 6);
  const hp_problem *problem = experiment.problem;
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_trees *trees = hp_trees_new(order);
  size_t n = trees->count * d;
  hp_node *jet = malloc(n * sizeof *jet), *known = malloc(n * sizeof *known);
  hp_elementary_differentials(graph, problem->gradient, d, trees, jet);
  for (hp_tree t = 0; t < trees->count; ++t)
    nested(graph, problem->gradient, d, trees, t, known, known + t * d);
  hp_program *program[2] = {hp_program_lower(graph, d, jet, n),
                            hp_program_lower(graph, d, known, n)};
  mpfr_t *at = hp_vector_new_mpfr(d, BITS), *value[2], x;
  mpfr_init2(x, BITS);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(at[i], problem->start[i], MPFR_RNDN);
  for (size_t s = 0; s < 2; ++s) {
    hp_evaluator_mpfr evaluator;
    value[s] = hp_vector_new_mpfr(n, BITS);
    hp_evaluator_mpfr_init(&evaluator, program[s], BITS);
    hp_evaluate_mpfr(&evaluator, at, value[s]);
    hp_evaluator_mpfr_clear(&evaluator);
    hp_program_free(program[s]);
  }
  for (hp_tree t = 0; t < trees->count; ++t)
    for (size_t i = 0; i < d; ++i) {
      char *text = hp_tree_text(trees, t);
      mpfr_mul_ui(value[0][t * d + i], value[0][t * d + i], trees->entry[t].symmetry, MPFR_RNDN);
      mpfr_sub(x, value[0][t * d + i], value[1][t * d + i], MPFR_RNDN);
      double scale = 1 + fabs(mpfr_get_d(value[1][t * d + i], MPFR_RNDN));
      cr_assert_leq(fabs(mpfr_get_d(x, MPFR_RNDN)), 1e-60 * scale, "%s[%zu]", text, i);
      free(text);
    }
  mpfr_clear(x);
  hp_vector_free_mpfr(n, value[0]);
  hp_vector_free_mpfr(n, value[1]);
  hp_vector_free_mpfr(d, at);
  free(jet);
  free(known);
  hp_trees_free(trees);
  experiment_close(&experiment);
}

/* Every operation of the language, in two variables, through order 5. */
Test(elementary, every_operation) {
  static const char *const part[] = {
      "exp(x*y)",      "log(3 + x - y)", "sqrt(2 + x*y)", "sin(x + y^2)",  "cos(x*y - 1)",
      "tan(x*y/2)",    "sinh(x - y)",    "cosh(x*y)",     "tanh(x + 2*y)", "asinh(x*y + 1)",
      "atan(x - 2*y)", "x^3/(2 + y^2)",  "-(x - y)^4",
  };
  for (size_t i = 0; i < sizeof part / sizeof *part; ++i) {
    char source[256];
    snprintf(source, sizeof source,
             "params = x, y\nstart = 1/3, -2/5\nmomentum = 1/2\nhorizon = 1\nloss = %s + x^2*y",
             part[i]);
    compare(source, 5);
  }
}

Test(elementary, order_six) {
  compare("params = x, y\nstart = 1/3, -2/5\nmomentum = 1/2\nhorizon = 1\n"
          "loss = ((1-x)^2 + (y - x^2)^2)/4",
          6);
  compare("params = u\nstart = 3/10\nmomentum = 1/2\nhorizon = 1\nloss = exp(-u^2) + u^4", 6);
}

/* A quadratic keeps the tall trees only. */
Test(elementary, quadratic) {
  hp_experiment experiment;
  experiment_open(&experiment, "quadratic-5", "hb", 6, 6);
  const hp_problem *problem = experiment.problem;
  hp_trees *trees = hp_trees_new(6);
  hp_node *jet = malloc(trees->count * 2 * sizeof *jet);
  hp_elementary_differentials(problem->graph, problem->gradient, 2, trees, jet);
  size_t kept = 0;
  mpq_t x;
  mpq_init(x);
  for (size_t t = 0; t < 2 * trees->count; ++t)
    kept += !(hp_graph_rational_value(problem->graph, jet[t], x) && mpq_sgn(x) == 0);
  cr_assert_eq(kept, 2 * 6);
  mpq_clear(x);
  free(jet);
  hp_trees_free(trees);
  experiment_close(&experiment);
}
