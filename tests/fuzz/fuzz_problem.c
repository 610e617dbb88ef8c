/* libFuzzer target: any bytes as a problem file. The text up to a zero byte is the problem, what
 * follows is a table, which is parsed on its own. What is refused must have a place and a message of
 * one line; what is accepted must have programs that keep the rules of the tape. */
#include "reference/problem/problem.h"
#include "reference/problem/table.h"
#include <stdlib.h>
#include <string.h>

static void require(bool holds) {
  if (!holds)
    abort();
}

static void check_diagnostic(const hp_diagnostic *why, const char *file) {
  require(strcmp(why->file, file) == 0 && why->line >= 1 && why->column >= 1);
  require(*why->message && !strchr(why->message, '\n'));
}

static bool is_periodic(uint32_t op) {
  return op == HP_SIN || op == HP_COS || op == HP_TAN;
}

/* Tape layout, and one evaluation in MPFR; the parser itself has evaluated in balls. MPFR reduces the
 * argument of sin at full length, so sin(exp(exp(99))) is left out. */
static void check_program(const hp_program *program, const hp_problem *problem) {
  size_t first = program->n_inputs + program->n_constants;
  bool is_evaluated = hp_program_slots(program) <= 20000;
  for (size_t i = 0; i < program->n_instructions; i++) {
    hp_instruction at = program->code[i];
    require(at.op < HP_OPERATIONS && at.a < first + i && at.b < first + i);
    is_evaluated = is_evaluated && !is_periodic(at.op);
  }
  if (!is_evaluated)
    return;
  size_t d = program->n_inputs, m = program->n_outputs;
  mpfr_t *x = calloc(d, sizeof *x), *y = calloc(m, sizeof *y);
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, 53);
  for (size_t k = 0; k < d; k++) {
    mpfr_init2(x[k], 53);
    mpfr_set_q(x[k], problem->start[k], MPFR_RNDN);
  }
  for (size_t k = 0; k < m; k++)
    mpfr_init2(y[k], 53);
  hp_evaluate_mpfr(&evaluator, x, y);
  for (size_t k = 0; k < m; k++)
    mpfr_clear(y[k]);
  for (size_t k = 0; k < d; k++)
    mpfr_clear(x[k]);
  hp_evaluator_mpfr_clear(&evaluator);
  free(x);
  free(y);
}

static void fuzz_problem(const char *text, size_t length) {
  hp_diagnostic why = {0};
  hp_problem *problem = hp_problem_parse(text, length, "a.phi", "/nonexistent", &why);
  if (!problem) {
    check_diagnostic(&why, "a.phi");
    return;
  }
  require(problem->n_params > 0 && problem->name && problem->gradient_program);
  check_program(problem->value_gradient_program, problem);
  hp_problem_free(problem);
}

static void fuzz_table(const char *text, size_t length) {
  hp_diagnostic why = {0};
  hp_arena arena = {0};
  hp_graph *graph = hp_graph_new();
  hp_table table;
  if (!hp_table_parse(&table, text, length, "a.csv", &arena, graph, &why))
    check_diagnostic(&why, "a.csv");
  else
    require(table.n_columns > 0 && table.n_rows > 0);
  hp_arena_free(&arena);
  hp_graph_free(graph);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data, *zero = memchr(data, 0, size);
  size_t length = zero ? (size_t)(zero - text) : size;
  fuzz_problem(text, length);
  if (zero)
    fuzz_table(zero + 1, size - length - 1);
  mpfr_free_cache();
  return 0;
}
