#include "random_graph.h"
#include "reference/problem/program.h"
#include <criterion/criterion.h>

static hp_graph *graph;
static hp_node x, y, z;

static void setup(void) {
  graph = hp_graph_new();
  x = hp_graph_input(graph, 0);
  y = hp_graph_input(graph, 1);
  z = hp_graph_input(graph, 2);
}

static void teardown(void) {
  hp_graph_free(graph);
}

TestSuite(simplify, .init = setup, .fini = teardown);

static hp_node op(hp_operation operation, hp_node a, hp_node b) {
  return hp_graph_op(graph, operation, a, b);
}

static hp_node integer(long value) {
  return hp_graph_integer(graph, value);
}

static hp_node neg(hp_node a) {
  return hp_graph_unary(graph, HP_NEG, a);
}

Test(simplify, sums) {
  cr_assert_eq(op(HP_ADD, x, integer(0)), x);
  cr_assert_eq(op(HP_ADD, integer(0), x), x);
  cr_assert_eq(op(HP_ADD, x, x), op(HP_MUL, integer(2), x));
  cr_assert_eq(op(HP_ADD, x, neg(y)), op(HP_SUB, x, y));
  cr_assert_eq(op(HP_ADD, neg(x), y), op(HP_SUB, y, x));
  cr_assert_eq(op(HP_ADD, integer(2), op(HP_ADD, integer(3), x)), op(HP_ADD, integer(5), x));
  cr_assert_eq(op(HP_ADD, integer(2), op(HP_SUB, integer(3), x)), op(HP_SUB, integer(5), x));
  cr_assert_eq(op(HP_ADD, integer(-3), op(HP_ADD, integer(3), x)), x);
  cr_assert_eq(op(HP_ADD, integer(2), integer(3)), integer(5));
}

Test(simplify, differences) {
  cr_assert_eq(op(HP_SUB, x, x), integer(0));
  cr_assert_eq(op(HP_SUB, x, integer(0)), x);
  cr_assert_eq(op(HP_SUB, integer(0), x), neg(x));
  cr_assert_eq(op(HP_SUB, x, integer(3)), op(HP_ADD, integer(-3), x));
  cr_assert_eq(op(HP_SUB, x, neg(y)), op(HP_ADD, x, y));
  cr_assert_eq(op(HP_SUB, neg(x), y), neg(op(HP_ADD, x, y)));
  cr_assert_eq(op(HP_SUB, integer(5), op(HP_ADD, integer(3), x)), op(HP_SUB, integer(2), x));
  cr_assert_eq(op(HP_SUB, integer(5), op(HP_SUB, integer(3), x)), op(HP_ADD, integer(2), x));
  cr_assert_eq(op(HP_SUB, integer(2), integer(3)), integer(-1));
}

Test(simplify, signs) {
  cr_assert_eq(neg(neg(x)), x);
  cr_assert_eq(neg(op(HP_SUB, x, y)), op(HP_SUB, y, x));
  cr_assert_eq(neg(op(HP_MUL, integer(3), x)), op(HP_MUL, integer(-3), x));
  cr_assert_eq(neg(integer(3)), integer(-3));
}

Test(simplify, products) {
  cr_assert_eq(op(HP_MUL, x, integer(0)), integer(0));
  cr_assert_eq(op(HP_MUL, x, integer(1)), x);
  cr_assert_eq(op(HP_MUL, integer(-1), x), neg(x));
  cr_assert_eq(op(HP_MUL, x, x), hp_graph_unary(graph, HP_SQR, x));
  cr_assert_eq(op(HP_MUL, neg(x), neg(y)), op(HP_MUL, x, y));
  cr_assert_eq(op(HP_MUL, neg(x), y), neg(op(HP_MUL, x, y)));
  cr_assert_eq(op(HP_MUL, x, neg(y)), neg(op(HP_MUL, x, y)));
  cr_assert_eq(op(HP_MUL, integer(3), neg(x)), op(HP_MUL, integer(-3), x));
  cr_assert_eq(op(HP_MUL, integer(2), op(HP_MUL, integer(3), x)), op(HP_MUL, integer(6), x));
  cr_assert_eq(op(HP_MUL, integer(2), op(HP_DIV, integer(3), x)), op(HP_DIV, integer(6), x));
  cr_assert_eq(op(HP_MUL, op(HP_DIV, integer(3), x), y), op(HP_MUL, integer(3), op(HP_DIV, y, x)));
  cr_assert_eq(op(HP_MUL, z, op(HP_DIV, integer(3), x)), op(HP_MUL, integer(3), op(HP_DIV, z, x)));
  cr_assert_eq(hp_graph_unary(graph, HP_SQR, neg(x)), hp_graph_unary(graph, HP_SQR, x));
  cr_assert_eq(hp_graph_unary(graph, HP_SQR, integer(-3)), integer(9));
}

Test(simplify, quotients) {
  hp_node third = op(HP_DIV, integer(1), integer(3));
  cr_assert_eq(op(HP_DIV, x, integer(1)), x);
  cr_assert_eq(op(HP_DIV, x, integer(3)), op(HP_MUL, third, x));
  cr_assert_eq(op(HP_DIV, integer(0), x), integer(0));
  cr_assert_eq(op(HP_DIV, neg(x), y), neg(op(HP_DIV, x, y)));
  cr_assert_eq(op(HP_DIV, x, neg(y)), neg(op(HP_DIV, x, y)));
  cr_assert_eq(op(HP_DIV, op(HP_MUL, integer(3), x), y), op(HP_MUL, integer(3), op(HP_DIV, x, y)));
  cr_assert_eq(op(HP_DIV, x, op(HP_MUL, integer(3), y)), op(HP_MUL, third, op(HP_DIV, x, y)));
}

Test(simplify, division_by_zero_is_kept) {
  hp_node quotient = op(HP_DIV, x, integer(0)), constant = op(HP_DIV, integer(1), integer(0));
  cr_assert_eq(hp_graph_instruction(graph, quotient).op, HP_DIV);
  cr_assert_eq(hp_graph_instruction(graph, constant).op, HP_DIV);
  cr_assert(hp_graph_is_constant(graph, constant));
}

Test(simplify, functions_of_constants) {
  static const hp_operation odd[] = {HP_SIN, HP_TAN, HP_SINH, HP_TANH, HP_ASINH, HP_ATAN, HP_SQRT};
  static const hp_operation even[] = {HP_EXP, HP_COS, HP_COSH};
  for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
    cr_assert_eq(hp_graph_unary(graph, odd[i], integer(0)), integer(0));
  for (size_t i = 0; i < sizeof even / sizeof even[0]; i++)
    cr_assert_eq(hp_graph_unary(graph, even[i], integer(0)), integer(1));
  cr_assert_eq(hp_graph_unary(graph, HP_LOG, integer(1)), integer(0));
  cr_assert_eq(hp_graph_kind(graph, hp_graph_unary(graph, HP_LOG, integer(2))), HP_NODE_OPERATION);
  cr_assert_eq(hp_graph_kind(graph, hp_graph_unary(graph, HP_EXP, integer(1))), HP_NODE_OPERATION);
  cr_assert_eq(hp_graph_unary(graph, HP_SQRT, op(HP_DIV, integer(4), integer(9))),
               op(HP_DIV, integer(2), integer(3)));
  cr_assert_eq(hp_graph_kind(graph, hp_graph_unary(graph, HP_SQRT, integer(-4))),
               HP_NODE_OPERATION);
}

/* Beyond the limit, operations on constants stay as they are; nothing loops or loses its value. */
Test(simplify, huge_constants_are_not_folded) {
  mpq_t value;
  mpq_init(value);
  mpz_ui_pow_ui(mpq_numref(value), 3, 41000); /* 64984 bits */
  hp_node huge = hp_graph_rational(graph, value);
  mpz_ui_pow_ui(mpq_numref(value), 5, 28000); /* 65014 bits */
  hp_node other = hp_graph_rational(graph, value);
  hp_node product = op(HP_MUL, huge, other);
  cr_assert_eq(hp_graph_kind(graph, product), HP_NODE_OPERATION);
  cr_assert_eq(product, op(HP_MUL, other, huge));
  cr_assert_not(hp_graph_rational_value(graph, product, value));
  hp_node scaled = op(HP_MUL, huge, op(HP_MUL, other, x));
  hp_node divided = op(HP_DIV, op(HP_MUL, huge, x), op(HP_MUL, other, y));
  hp_node inverse = op(HP_MUL, huge, op(HP_DIV, other, x));
  cr_assert_eq(hp_graph_kind(graph, scaled), HP_NODE_OPERATION);
  cr_assert_eq(hp_graph_kind(graph, inverse), HP_NODE_OPERATION);
  cr_assert_eq(hp_graph_kind(graph, divided), HP_NODE_OPERATION);
  cr_assert_eq(hp_graph_kind(graph, hp_graph_unary(graph, HP_SQR, huge)), HP_NODE_OPERATION);
  mpq_clear(value);
}

/* The simplified graph has the value of the operations as they stand. */
Test(simplify, keeps_the_value_of_random_graphs) {
  enum { BITS = 1500 };
  mpfr_t *point = new_vector(RANDOM_INPUTS, BITS), *direct = new_vector(RANDOM_NODES, BITS);
  mpfr_t *value = new_vector(RANDOM_NODES, BITS);
  size_t compared = 0;
  for (unsigned seed = 1; seed <= 400; seed++) {
    random_graph r;
    random_graph_init(&r, seed);
    hp_program *program = hp_program_lower(r.graph, RANDOM_INPUTS, r.node, RANDOM_NODES);
    hp_evaluator_mpfr evaluator;
    hp_evaluator_mpfr_init(&evaluator, program, BITS);
    set_point(point, RANDOM_INPUTS, seed);
    hp_evaluate_mpfr(&evaluator, point, value);
    random_graph_direct(&r, point, direct);
    for (int i = 0; i < RANDOM_NODES; i++) {
      bool comparable = mpfr_number_p(direct[i]) && mpfr_number_p(value[i]) &&
                        mpfr_cmpabs_ui(direct[i], 1000000) < 0;
      cr_assert(!comparable || is_close(direct[i], value[i], -300), "seed %u, node %d", seed, i);
      compared += comparable;
    }
    hp_evaluator_mpfr_clear(&evaluator);
    hp_program_free(program);
    random_graph_clear(&r);
  }
  cr_assert_gt(compared, 400 * RANDOM_NODES / 2);
  free_vector(value, RANDOM_NODES);
  free_vector(direct, RANDOM_NODES);
  free_vector(point, RANDOM_INPUTS);
}
