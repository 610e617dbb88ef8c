#include "jacobian.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <stdlib.h>

/* node[slot] for every slot of the tape */
static hp_node *read_back(hp_graph *graph, const hp_program *program) {
  hp_node *node = hp_allocate(hp_program_slots(program), sizeof *node);
  size_t slot = 0;
  for (; slot < program->n_inputs; slot++)
    node[slot] = hp_graph_input(graph, (uint32_t)slot);
  for (size_t i = 0; i < program->n_constants; i++)
    node[slot++] = hp_graph_rational(graph, program->constants[i]);
  for (size_t i = 0; i < program->n_instructions; i++) {
    hp_instruction at = program->code[i];
    node[slot++] = hp_graph_op(graph, (hp_operation)at.op, node[at.a], node[at.b]);
  }
  return node;
}

hp_program *hp_program_jacobian(const hp_program *program) {
  size_t n = program->n_inputs, m = program->n_outputs;
  hp_graph *graph = hp_graph_new();
  hp_node *node = read_back(graph, program);
  hp_node *output = hp_allocate(m, sizeof *output), *direction = hp_allocate(n, sizeof *direction);
  hp_node *column = hp_allocate(m, sizeof *column), *entry = hp_allocate(m * n, sizeof *entry);
  for (size_t i = 0; i < m; i++)
    output[i] = node[program->output[i]];
  for (size_t j = 0; j < n; j++) {
    for (size_t k = 0; k < n; k++)
      direction[k] = hp_graph_integer(graph, k == j);
    hp_graph_directional(graph, output, m, direction, n, column);
    for (size_t i = 0; i < m; i++)
      entry[i * n + j] = column[i];
  }
  hp_program *jacobian = hp_program_lower(graph, n, entry, m * n);
  free(entry);
  free(column);
  free(direction);
  free(output);
  free(node);
  hp_graph_free(graph);
  return jacobian;
}
