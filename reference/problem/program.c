#include "program.h"
#include "allocate.h"
#include <stdlib.h>

/* live[i]: does an output need node i? */
static bool *live_nodes(const hp_graph *graph, const hp_node output[], size_t n_outputs) {
  size_t size = hp_graph_size(graph);
  bool *live = hp_allocate(size, sizeof *live);
  for (size_t i = 0; i < n_outputs; i++)
    live[output[i]] = true;
  for (size_t i = size; i-- > 0;)
    if (live[i] && hp_graph_kind(graph, (hp_node)i) == HP_NODE_OPERATION) {
      hp_instruction at = hp_graph_instruction(graph, (hp_node)i);
      live[at.a] = live[at.b] = true;
    }
  return live;
}

static void count_nodes(const hp_graph *graph, const bool live[], hp_program *program) {
  for (size_t i = 0; i < hp_graph_size(graph); i++) {
    hp_node_kind kind = hp_graph_kind(graph, (hp_node)i);
    program->n_constants += live[i] && kind == HP_NODE_RATIONAL;
    program->n_instructions += live[i] && kind == HP_NODE_OPERATION;
  }
}

/* Fills constants and code in node order, which is an evaluation order; slot[i] is node i's. */
static void emit(const hp_graph *graph, const bool live[], uint32_t slot[], hp_program *program) {
  size_t constant = 0, instruction = 0;
  for (size_t i = 0; i < hp_graph_size(graph); i++) {
    hp_node node = (hp_node)i;
    if (!live[i])
      continue;
    switch (hp_graph_kind(graph, node)) {
    case HP_NODE_INPUT:
      slot[i] = hp_graph_input_number(graph, node);
      break;
    case HP_NODE_RATIONAL:
      slot[i] = (uint32_t)(program->n_inputs + constant);
      mpq_init(program->constants[constant]);
      hp_graph_rational_value(graph, node, program->constants[constant++]);
      break;
    default: {
      hp_instruction at = hp_graph_instruction(graph, node);
      slot[i] = (uint32_t)(program->n_inputs + program->n_constants + instruction);
      program->code[instruction++] = (hp_instruction){at.op, slot[at.a], slot[at.b]};
    }
    }
  }
}

hp_program *hp_program_lower(const hp_graph *graph, size_t n_inputs, const hp_node output[],
                             size_t n_outputs) {
  hp_program *program = hp_allocate(1, sizeof *program);
  bool *live = live_nodes(graph, output, n_outputs);
  uint32_t *slot = hp_allocate(hp_graph_size(graph), sizeof *slot);
  program->n_inputs = n_inputs;
  program->n_outputs = n_outputs;
  count_nodes(graph, live, program);
  program->constants = hp_allocate(program->n_constants, sizeof *program->constants);
  program->code = hp_allocate(program->n_instructions, sizeof *program->code);
  program->output = hp_allocate(n_outputs, sizeof *program->output);
  emit(graph, live, slot, program);
  for (size_t i = 0; i < n_outputs; i++)
    program->output[i] = slot[output[i]];
  free(slot);
  free(live);
  return program;
}

void hp_program_free(hp_program *program) {
  if (!program)
    return;
  for (size_t i = 0; i < program->n_constants; i++)
    mpq_clear(program->constants[i]);
  free(program->constants);
  free(program->code);
  free(program->output);
  free(program);
}

void hp_program_constants_double(const hp_program *program, double constants[]) {
  mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
  mpfr_t value;
  mpfr_init2(value, 53);
  mpfr_set_emin(-1073); /* binary64: 2^-1074 <= |x| < 2^1024, one rounding also below 2^-1022 */
  mpfr_set_emax(1024);
  for (size_t i = 0; i < program->n_constants; i++) {
    int inexact = mpfr_set_q(value, program->constants[i], MPFR_RNDN);
    mpfr_subnormalize(value, inexact, MPFR_RNDN);
    constants[i] = mpfr_get_d(value, MPFR_RNDN);
  }
  mpfr_set_emin(emin);
  mpfr_set_emax(emax);
  mpfr_clear(value);
}
