#include "random_graph.h"
#include "reference/problem/program.h"
#include <criterion/criterion.h>

/* |x^(p/q) - hp_graph_power| <= 2^(32 - bits), against exp((p/q) log x) in MPFR */
static void check_power(long p, unsigned long q, size_t instructions) {
  enum { BITS = 256 };
  hp_graph *graph = hp_graph_new();
  mpq_t exponent;
  mpq_init(exponent);
  mpq_set_si(exponent, p, q);
  mpq_canonicalize(exponent);
  hp_node power = hp_graph_power(graph, hp_graph_input(graph, 0), exponent);
  hp_program *program = hp_program_lower(graph, 1, &power, 1);
  cr_assert_eq(program->n_instructions, instructions, "x^(%ld/%lu) takes %zu", p, q,
               program->n_instructions);
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, BITS);
  mpfr_t *x = new_vector(1, BITS), *y = new_vector(1, BITS), *expected = new_vector(1, BITS);
  mpfr_set_d(x[0], 1.375, MPFR_RNDN);
  hp_evaluate_mpfr(&evaluator, x, y);
  mpfr_log(expected[0], x[0], MPFR_RNDN);
  mpfr_mul_q(expected[0], expected[0], exponent, MPFR_RNDN);
  mpfr_exp(expected[0], expected[0], MPFR_RNDN);
  cr_assert(is_close(expected[0], y[0], 32 - BITS), "x^(%ld/%lu)", p, q);
  free_vector(expected, 1);
  free_vector(y, 1);
  free_vector(x, 1);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_program_free(program);
  mpq_clear(exponent);
  hp_graph_free(graph);
}

Test(power, values_and_costs) {
  check_power(0, 1, 0);
  check_power(1, 1, 0);
  check_power(2, 1, 1);
  check_power(3, 1, 2);
  check_power(4, 1, 2);
  check_power(7, 1, 4);
  check_power(100, 1, 8);
  check_power(-1, 1, 1);
  check_power(-3, 1, 3);
  check_power(1, 2, 1);
  check_power(3, 2, 2);
  check_power(5, 2, 3);
  check_power(-1, 2, 2);
  check_power(1, 3, 3);
  check_power(-2, 7, 4);
}

Test(power, of_constants) {
  hp_graph *graph = hp_graph_new();
  mpq_t exponent;
  mpq_init(exponent);
  mpq_set_si(exponent, 1, 2);
  cr_assert_eq(hp_graph_power(graph, hp_graph_integer(graph, 9), exponent),
               hp_graph_integer(graph, 3));
  mpq_set_si(exponent, -3, 1);
  cr_assert_eq(hp_graph_power(graph, hp_graph_integer(graph, 2), exponent),
               hp_graph_op(graph, HP_DIV, hp_graph_integer(graph, 1), hp_graph_integer(graph, 8)));
  mpq_set_si(exponent, 1, 3);
  cr_assert_eq(hp_graph_power(graph, hp_graph_integer(graph, 0), exponent),
               hp_graph_integer(graph, 0));
  cr_assert_eq(hp_graph_power(graph, hp_graph_integer(graph, 1), exponent),
               hp_graph_integer(graph, 1));
  mpq_set_si(exponent, 0, 1);
  cr_assert_eq(hp_graph_power(graph, hp_graph_integer(graph, 0), exponent),
               hp_graph_integer(graph, 1));
  mpq_clear(exponent);
  hp_graph_free(graph);
}
