#include "modified.h"
#include "bseries.h"
#include "elementary.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include "start_shift.h"
#include <stdlib.h>

static hp_node *differentials(const hp_problem *problem, const hp_trees *trees) {
  size_t d = problem->n_params;
  hp_node *f = hp_allocate(d, sizeof *f);
  hp_node *result = hp_allocate(trees->count * d, sizeof *result);
  for (size_t i = 0; i < d; ++i)
    f[i] = hp_graph_unary(problem->graph, HP_NEG, problem->gradient[i]);
  hp_elementary_differentials(problem->graph, f, d, trees, result);
  free(f);
  return result;
}

hp_modified *hp_modified_new(const hp_problem *problem, const mpq_t lambda, const mpq_t a,
                             size_t order) {
  hp_modified *modified = hp_allocate(1, sizeof *modified);
  hp_trees *trees = hp_trees_new(order);
  *modified = (hp_modified){.problem = problem, .order = order, .trees = trees};
  modified->differential = differentials(problem, trees);
  modified->map = hp_bseries_new(trees);
  modified->field = hp_bseries_new(trees);
  modified->manifold = hp_bseries_new(trees);
  modified->shift = hp_bseries_new(trees);
  hp_momentum_map_series(trees, modified->map, lambda, a);
  hp_momentum_field_series(trees, modified->field, lambda, a);
  hp_momentum_manifold_series(trees, modified->manifold, lambda, a);
  hp_momentum_shift_series(trees, modified->shift, lambda, a);
  return modified;
}

void hp_modified_free(hp_modified *modified) {
  hp_bseries_free(modified->trees, modified->map);
  hp_bseries_free(modified->trees, modified->field);
  hp_bseries_free(modified->trees, modified->manifold);
  hp_bseries_free(modified->trees, modified->shift);
  free(modified->differential);
  hp_trees_free(modified->trees);
  free(modified);
}

/* sum over |t| = order of coefficient[t] E(t)_i */
static hp_node term(const hp_modified *modified, mpq_t *const coefficient, size_t order, size_t i) {
  const hp_trees *trees = modified->trees;
  hp_graph *graph = modified->problem->graph;
  size_t d = modified->problem->n_params;
  hp_node sum = hp_graph_integer(graph, 0);
  for (size_t t = trees->first[order]; t < trees->first[order + 1]; ++t) {
    hp_node factor = hp_graph_rational(graph, coefficient[t]);
    hp_node part = hp_graph_op(graph, HP_MUL, factor, modified->differential[t * d + i]);
    sum = hp_graph_op(graph, HP_ADD, sum, part);
  }
  return sum;
}

hp_program *hp_modified_field(const hp_modified *modified, size_t terms, const mpq_t h,
                              const mpq_t weight[]) {
  const hp_trees *trees = modified->trees;
  size_t d = modified->problem->n_params;
  hp_graph *graph = modified->problem->graph;
  hp_node *output = hp_allocate(d, sizeof *output);
  /* factor[t] = weight h^{|t|-1} field(t): one sum, so that zeros and constants fold once */
  mpq_t *factor = hp_bseries_new(trees), power;
  mpq_init(power);
  mpq_set_ui(power, 1, 1);
  for (size_t k = 0; k < terms; ++k) {
    for (size_t t = trees->first[k + 1]; t < trees->first[k + 2]; ++t) {
      mpq_mul(factor[t], modified->field[t], power);
      if (weight)
        mpq_mul(factor[t], factor[t], weight[k]);
    }
    mpq_mul(power, power, h);
  }
  for (size_t i = 0; i < d; ++i) {
    output[i] = hp_graph_integer(graph, 0);
    for (size_t k = terms; k-- > 0;)
      output[i] = hp_graph_op(graph, HP_ADD, term(modified, factor, k + 1, i), output[i]);
  }
  hp_program *field = hp_program_lower(graph, d, output, d);
  mpq_clear(power);
  hp_bseries_free(trees, factor);
  free(output);
  return field;
}

hp_program *hp_modified_leading_errors(const hp_modified *modified, size_t m) {
  size_t d = modified->problem->n_params, n = (m + 1) * d;
  hp_graph *graph = modified->problem->graph;
  hp_node *output = hp_allocate(n, sizeof *output), *error = hp_allocate(d, sizeof *error);
  for (size_t i = 0; i < d; ++i)
    output[i] = term(modified, modified->field, 1, i);
  for (size_t k = 1; k <= m; ++k) {
    hp_node *of_k = output + k * d;
    for (size_t i = 0; i < d; ++i)
      error[i] = hp_graph_input(graph, (uint32_t)(k * d + i));
    hp_graph_directional(graph, output, d, error, d, of_k);
    for (size_t i = 0; i < d; ++i)
      of_k[i] = hp_graph_op(graph, HP_ADD, of_k[i], term(modified, modified->field, k + 1, i));
  }
  hp_program *field = hp_program_lower(graph, n, output, n);
  free(error);
  free(output);
  return field;
}

hp_program *hp_modified_terms(const hp_modified *modified, mpq_t *const coefficients) {
  size_t d = modified->problem->n_params, n = modified->order;
  hp_node *output = hp_allocate(n * d, sizeof *output);
  for (size_t k = 0; k < n; ++k)
    for (size_t i = 0; i < d; ++i)
      output[k * d + i] = term(modified, coefficients, k + 1, i);
  hp_program *program = hp_program_lower(modified->problem->graph, d, output, n * d);
  free(output);
  return program;
}

hp_program *hp_modified_jacobian(const hp_modified *modified, hp_tree t) {
  size_t d = modified->problem->n_params;
  hp_graph *graph = modified->problem->graph;
  hp_node *output = hp_allocate(d * d, sizeof *output);
  for (size_t i = 0; i < d; ++i)
    hp_graph_gradient(graph, modified->differential[t * d + i], d, output + i * d);
  hp_program *program = hp_program_lower(graph, d, output, d * d);
  free(output);
  return program;
}

size_t hp_modified_cost(const hp_problem *problem, size_t order) {
  hp_trees *trees = hp_trees_new(order);
  hp_node *result = differentials(problem, trees);
  size_t n = trees->count * problem->n_params;
  hp_program *program = hp_program_lower(problem->graph, problem->n_params, result, n);
  size_t cost = program->n_instructions;
  hp_program_free(program);
  free(result);
  hp_trees_free(trees);
  return cost;
}
