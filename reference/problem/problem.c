#include "problem.h"
#include "allocate.h"
#include "differentiate.h"
#include "settings.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mpq_t *new_rationals(size_t count) {
  mpq_t *value = hp_allocate(count, sizeof *value);
  for (size_t i = 0; i < count; i++)
    mpq_init(value[i]);
  return value;
}

static void free_rationals(mpq_t *value, size_t count) {
  for (size_t i = 0; value && i < count; i++)
    mpq_clear(value[i]);
  free(value);
}

static char *indexed_name(const char *name, size_t i) {
  size_t room = strlen(name) + 32;
  char *text = hp_allocate(room, 1);
  snprintf(text, room, "%s[%zu]", name, i);
  return text;
}

static void name_parameters(hp_problem *problem, const hp_document *document) {
  size_t k = 0;
  problem->n_params = document->dimension;
  problem->param_names = hp_allocate(document->dimension, sizeof *problem->param_names);
  for (size_t i = 0; i < document->n_parameters; i++) {
    const hp_parameter *parameter = &document->parameter[i];
    if (parameter->entries == 0)
      problem->param_names[k++] = hp_copy_text(parameter->label.name);
    for (size_t j = 1; j <= parameter->entries; j++)
      problem->param_names[k++] = indexed_name(parameter->label.name, j);
  }
}

/* The problem's name, else the file's without directory and extension. */
static char *problem_name(const hp_document *document) {
  if (document->name)
    return hp_copy_text(document->name);
  const char *slash = strrchr(document->file, '/');
  char *name = hp_copy_text(slash ? slash + 1 : document->file);
  char *dot = strrchr(name, '.');
  if (dot && dot > name)
    *dot = 0;
  return name;
}

/* Parameters u[1..m] and v[1..m]. */
static void declare_diagonal_parameters(hp_document *document) {
  size_t m = document->n_features;
  document->dimension = 2 * m;
  document->n_parameters = 2;
  document->parameter = hp_arena_allocate(&document->arena, 2, sizeof *document->parameter);
  document->parameter[0] = (hp_parameter){{"u", document->diagonal_at}, m, 0};
  document->parameter[1] = (hp_parameter){{"v", document->diagonal_at}, m, m};
}

static bool find_columns(const hp_document *document, const hp_table *table, size_t column[]) {
  for (size_t j = 0; j <= document->n_features; j++) {
    const hp_label *label = j < document->n_features ? &document->feature[j] : &document->target;
    column[j] = hp_table_column(table, label->name);
    if (column[j] == table->n_columns)
      return hp_diagnose(document->why, document->file, label->at,
                         "the table '%s' has no column '%s'; its columns begin with '%.64s'",
                         document->diagonal_table.name, label->name, table->column[0]);
  }
  return true;
}

/* (1/2n) sum_i (sum_j x_ij u_j v_j - y_i)^2 over the n rows; column[m] holds y. */
static bool build_diagonal_loss(hp_problem *problem, hp_document *document, const hp_table *table,
                                const size_t column[]) {
  hp_graph *graph = document->graph;
  uint32_t m = (uint32_t)document->n_features;
  problem->n_params = 2 * m;
  problem->n_rows = table->n_rows;
  problem->design = new_rationals(table->n_rows * m);
  problem->target = new_rationals(table->n_rows);
  problem->loss = hp_graph_integer(graph, 0);
  for (size_t i = 0; i < table->n_rows; i++) {
    hp_node entry, residual = hp_graph_integer(graph, 0);
    for (uint32_t j = 0; j < m; j++) {
      hp_node u = hp_graph_input(graph, j), v = hp_graph_input(graph, m + j);
      if (!hp_table_entry(table, i, column[j], &entry, document->why))
        return false;
      hp_graph_rational_value(graph, entry, problem->design[i * m + j]);
      entry = hp_graph_op(graph, HP_MUL, entry, hp_graph_op(graph, HP_MUL, u, v));
      residual = hp_graph_op(graph, HP_ADD, residual, entry);
    }
    if (!hp_table_entry(table, i, column[m], &entry, document->why))
      return false;
    hp_graph_rational_value(graph, entry, problem->target[i]);
    residual = hp_graph_op(graph, HP_SUB, residual, entry);
    hp_node square = hp_graph_unary(graph, HP_SQR, residual);
    problem->loss = hp_graph_op(graph, HP_ADD, problem->loss, square);
  }
  hp_node two_n = hp_graph_integer(graph, 2 * (long)table->n_rows);
  problem->loss = hp_graph_op(graph, HP_DIV, problem->loss, two_n);
  return true;
}

static bool diagonal_loss(hp_problem *problem, hp_document *document) {
  const hp_table *table = hp_find_table(document, document->diagonal_table.name);
  if (!table)
    return hp_diagnose(document->why, document->file, document->diagonal_table.at,
                       "there is no table '%s'; a table declared by 'data' is accepted",
                       document->diagonal_table.name);
  if (table->n_rows * document->n_features > HP_EXPANSION_LIMIT / 4 ||
      2 * document->n_features > HP_DIMENSION_LIMIT)
    return hp_diagnose(document->why, document->file, document->diagonal_at,
                       "the network is too large; at most %d parameters and %d products are "
                       "accepted",
                       HP_DIMENSION_LIMIT, HP_EXPANSION_LIMIT / 4);
  size_t *column = hp_allocate(document->n_features + 1, sizeof *column);
  bool built = find_columns(document, table, column) &&
               build_diagonal_loss(problem, document, table, column);
  free(column);
  return built;
}

/* Does the program read an input below d? */
static bool reads_inputs_below(const hp_program *program, size_t d) {
  bool reads = false;
  for (size_t i = 0; i < program->n_instructions; i++)
    reads = reads || program->code[i].a < d || program->code[i].b < d;
  for (size_t i = 0; i < program->n_outputs; i++)
    reads = reads || program->output[i] < d;
  return reads;
}

static void differentiate(hp_problem *problem) {
  hp_graph *graph = problem->graph;
  size_t d = problem->n_params;
  hp_node *direction = hp_allocate(d, sizeof *direction);
  hp_node *product = hp_allocate(d, sizeof *product);
  hp_node *both = hp_allocate(d + 1, sizeof *both);
  problem->gradient = hp_allocate(d, sizeof *problem->gradient);
  hp_graph_gradient(graph, problem->loss, d, problem->gradient);
  for (size_t k = 0; k < d; k++)
    direction[k] = hp_graph_input(graph, (uint32_t)(d + k));
  hp_graph_directional(graph, problem->gradient, d, direction, d, product);
  both[0] = problem->loss;
  memcpy(both + 1, problem->gradient, d * sizeof *both);
  problem->loss_program = hp_program_lower(graph, d, &problem->loss, 1);
  problem->gradient_program = hp_program_lower(graph, d, problem->gradient, d);
  problem->value_gradient_program = hp_program_lower(graph, d, both, d + 1);
  problem->hessian_vector_program = hp_program_lower(graph, 2 * d, product, d);
  problem->is_quadratic = !reads_inputs_below(problem->hessian_vector_program, d);
  free(both);
  free(product);
  free(direction);
}

/* Are the loss and its gradient finite numbers at the start? */
static bool is_defined_at_start(const hp_problem *problem, slong bits) {
  slong d = (slong)problem->n_params;
  arb_ptr start = _arb_vec_init(d), value = _arb_vec_init(d + 1);
  for (slong k = 0; k < d; k++)
    hp_arb_set_rational(start + k, problem->start[k], bits);
  hp_evaluate_arb(problem->value_gradient_program, start, value, bits);
  bool is_finite = _arb_vec_is_finite(value, d + 1);
  _arb_vec_clear(value, d + 1);
  _arb_vec_clear(start, d);
  return is_finite;
}

static bool check_start(const hp_problem *problem, const hp_document *document) {
  hp_position at = hp_is_given(document->start.at) ? document->start.at : document->start_u.at;
  return is_defined_at_start(problem, 128) || is_defined_at_start(problem, 4096) ||
         hp_diagnose(document->why, document->file, at,
                     "the loss or its gradient is not defined at the start; a start where both "
                     "are finite numbers is accepted");
}

static bool read_values(hp_problem *problem, hp_elaborator *elaborator) {
  char *const *names = problem->param_names;
  size_t d = problem->n_params;
  problem->start = new_rationals(d);
  problem->has_box = hp_is_given(elaborator->document->box.at);
  if (!hp_read_start(elaborator, names, problem->start) ||
      !hp_read_momentum(elaborator, &problem->has_momentum, problem->momentum) ||
      !hp_read_horizon(elaborator, &problem->has_horizon, problem->horizon))
    return false;
  if (!problem->has_box)
    return true;
  problem->box_low = new_rationals(d);
  problem->box_high = new_rationals(d);
  return hp_read_box(elaborator, names, problem->start, problem->box_low, problem->box_high);
}

/* A parsed document to a problem. */
static bool build(hp_problem *problem, hp_document *document) {
  hp_elaborator elaborator = {.document = document};
  problem->is_diagonal_linear = hp_is_given(document->diagonal_at);
  if (!hp_check_keys(document))
    return false;
  if (problem->is_diagonal_linear)
    declare_diagonal_parameters(document);
  if (!hp_check_document(document) || !hp_elaborate_tables(&elaborator) ||
      !hp_elaborate_lets(&elaborator))
    return false;
  bool has_loss = problem->is_diagonal_linear ? diagonal_loss(problem, document)
                                              : hp_elaborate(&elaborator, document->loss,
                                                             document->loss_slots, &problem->loss);
  if (!has_loss)
    return false;
  name_parameters(problem, document);
  problem->name = problem_name(document);
  if (!read_values(problem, &elaborator))
    return false;
  differentiate(problem);
  return check_start(problem, document);
}

hp_problem *hp_problem_parse(const char *text, size_t length, const char *file,
                             const char *directory, hp_diagnostic *why) {
  hp_problem *problem = hp_allocate(1, sizeof *problem);
  problem->graph = hp_graph_new();
  mpq_inits(problem->momentum, problem->horizon, NULL);
  hp_document document = {
      .file = file, .directory = directory ? directory : "", .why = why, .graph = problem->graph};
  bool built = hp_document_parse(&document, text, length) && build(problem, &document);
  hp_arena_free(&document.arena);
  if (built)
    return problem;
  hp_problem_free(problem);
  return NULL;
}

hp_problem *hp_problem_load(const char *path, hp_diagnostic *why) {
  size_t length;
  char *text = hp_read_file(path, HP_FILE_LIMIT, &length);
  if (!text) {
    hp_diagnose(why, path, (hp_position){0, 0},
                "cannot be read: %s; a problem file of at most %d bytes is accepted",
                strerror(errno), HP_FILE_LIMIT);
    return NULL;
  }
  char *directory = hp_copy_text(path), *slash = strrchr(directory, '/');
  directory[slash ? slash - directory + (slash == directory) : 0] = 0;
  hp_problem *problem = hp_problem_parse(text, length, path, directory, why);
  free(directory);
  free(text);
  return problem;
}

void hp_problem_free(hp_problem *problem) {
  if (!problem)
    return;
  for (size_t k = 0; problem->param_names && k < problem->n_params; k++)
    free(problem->param_names[k]);
  free(problem->param_names);
  free(problem->name);
  free(problem->gradient);
  hp_program_free(problem->loss_program);
  hp_program_free(problem->gradient_program);
  hp_program_free(problem->value_gradient_program);
  hp_program_free(problem->hessian_vector_program);
  free_rationals(problem->design, problem->n_rows * problem->n_params / 2);
  free_rationals(problem->target, problem->n_rows);
  free_rationals(problem->start, problem->n_params);
  free_rationals(problem->box_low, problem->n_params);
  free_rationals(problem->box_high, problem->n_params);
  mpq_clears(problem->momentum, problem->horizon, NULL);
  hp_graph_free(problem->graph);
  free(problem);
}
