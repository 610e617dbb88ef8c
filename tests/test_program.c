#include "reference/problem/program.h"
#include <criterion/criterion.h>
#include <float.h>
#include <math.h>

static hp_graph *graph;

static void setup(void) {
  graph = hp_graph_new();
}

static void teardown(void) {
  hp_graph_free(graph);
}

TestSuite(program, .init = setup, .fini = teardown);

/* The layout of src/tape.h: operands before their instruction, unary operations with b = a. */
static void check_layout(const hp_program *program) {
  size_t first = program->n_inputs + program->n_constants;
  for (size_t i = 0; i < program->n_instructions; i++) {
    hp_instruction at = program->code[i];
    cr_assert_lt(at.op, HP_OPERATIONS);
    cr_assert(at.a < first + i && at.b < first + i);
    cr_assert(at.op <= HP_DIV || at.a == at.b);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    cr_assert_lt(program->output[i], hp_program_slots(program));
}

Test(program, keeps_only_what_the_outputs_need) {
  hp_node x = hp_graph_input(graph, 0), y = hp_graph_input(graph, 1);
  hp_node dead =
      hp_graph_unary(graph, HP_SIN, hp_graph_op(graph, HP_MUL, x, hp_graph_integer(graph, 7)));
  hp_node product = hp_graph_op(graph, HP_MUL, x, y);
  hp_node output[] = {hp_graph_op(graph, HP_ADD, hp_graph_integer(graph, 3), product), product};
  (void)dead;
  hp_program *program = hp_program_lower(graph, 2, output, 2);
  check_layout(program);
  cr_assert_eq(program->n_inputs, 2);
  cr_assert_eq(program->n_constants, 1);
  cr_assert_eq(program->n_instructions, 2);
  cr_assert_eq(program->n_outputs, 2);
  cr_assert(mpq_cmp_si(program->constants[0], 3, 1) == 0);
  cr_assert_eq(program->output[1], 3);
  cr_assert_eq(program->output[0], 4);
  hp_program_free(program);
}

Test(program, outputs_may_be_inputs_constants_and_equal) {
  hp_node output[] = {hp_graph_input(graph, 2), hp_graph_integer(graph, 5),
                      hp_graph_input(graph, 2)};
  hp_program *program = hp_program_lower(graph, 4, output, 3);
  check_layout(program);
  cr_assert_eq(program->n_instructions, 0);
  cr_assert_eq(program->output[0], 2);
  cr_assert_eq(program->output[1], 4);
  cr_assert_eq(program->output[2], 2);
  hp_program_free(program);
}

Test(program, of_nothing) {
  hp_program *program = hp_program_lower(graph, 0, NULL, 0);
  cr_assert_eq(hp_program_slots(program), 0);
  hp_program_free(program);
  hp_program_free(NULL);
}

static double as_double(const char *text) {
  mpq_t value;
  mpq_init(value);
  mpq_set_str(value, text, 10);
  hp_node node = hp_graph_rational(graph, value);
  mpq_clear(value);
  hp_program *program = hp_program_lower(graph, 0, &node, 1);
  double constant;
  hp_program_constants_double(program, &constant);
  hp_program_free(program);
  return constant;
}

Test(program, constants_are_rounded_to_nearest) {
  mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
  cr_assert_eq(as_double("9/10"), 0.9);
  cr_assert_eq(as_double("-1/3"), -1.0 / 3);
  cr_assert_eq(as_double("2/3"), 2.0 / 3);
  cr_assert_eq(as_double("9007199254740993"), 9007199254740992.0); /* ties to even */
  cr_assert_eq(as_double("9007199254740995"), 9007199254740996.0);
  cr_assert_eq(mpfr_get_emin(), emin);
  cr_assert_eq(mpfr_get_emax(), emax);
}

/* 3 2^-1075 lies between 2^-1074 and 2^-1073: one rounding gives 2^-1073 (tie to even). The number
 * just below the tie at 1.5 units must go down, also where 53 bits would round it onto the tie. */
Test(program, constants_below_the_normal_range_are_rounded_once) {
  mpq_t value;
  mpq_init(value);
  double constant[1];
  mpz_set_ui(mpq_numref(value), 1);
  mpz_mul_2exp(mpq_numref(value), mpq_numref(value), 100);
  mpz_mul_ui(mpq_numref(value), mpq_numref(value), 3);
  mpz_sub_ui(mpq_numref(value), mpq_numref(value), 1);
  mpz_set_ui(mpq_denref(value), 1);
  mpz_mul_2exp(mpq_denref(value), mpq_denref(value), 1175);
  mpq_canonicalize(value); /* (3 - 2^-100) 2^-1075 */
  hp_node node = hp_graph_rational(graph, value);
  hp_program *program = hp_program_lower(graph, 0, &node, 1);
  hp_program_constants_double(program, constant);
  cr_assert_eq(constant[0], DBL_TRUE_MIN);
  hp_program_free(program);
  mpz_set_ui(mpq_numref(value), 1);
  mpz_mul_2exp(mpq_numref(value), mpq_numref(value), 1100);
  mpz_set_ui(mpq_denref(value), 1);
  node = hp_graph_rational(graph, value);
  program = hp_program_lower(graph, 0, &node, 1);
  hp_program_constants_double(program, constant);
  cr_assert_eq(constant[0], INFINITY);
  hp_program_free(program);
  mpq_clear(value);
}
