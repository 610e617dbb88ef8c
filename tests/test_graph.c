#include "reference/problem/graph.h"
#include <criterion/criterion.h>

static hp_graph *graph;

static void setup(void) {
  graph = hp_graph_new();
}

static void teardown(void) {
  hp_graph_free(graph);
}

TestSuite(graph, .init = setup, .fini = teardown);

Test(graph, equal_nodes_are_one) {
  hp_node x = hp_graph_input(graph, 0), y = hp_graph_input(graph, 1);
  cr_assert_eq(x, hp_graph_input(graph, 0));
  cr_assert_neq(x, y);
  cr_assert_eq(hp_graph_op(graph, HP_ADD, x, y), hp_graph_op(graph, HP_ADD, y, x));
  cr_assert_eq(hp_graph_op(graph, HP_MUL, x, y), hp_graph_op(graph, HP_MUL, y, x));
  cr_assert_neq(hp_graph_op(graph, HP_SUB, x, y), hp_graph_op(graph, HP_SUB, y, x));
  cr_assert_eq(hp_graph_unary(graph, HP_SIN, x), hp_graph_op(graph, HP_SIN, x, y));
  mpq_t half;
  mpq_init(half);
  mpq_set_si(half, 1, 2);
  cr_assert_eq(hp_graph_rational(graph, half), hp_graph_rational(graph, half));
  cr_assert_eq(hp_graph_op(graph, HP_DIV, hp_graph_integer(graph, 3), hp_graph_integer(graph, 6)),
               hp_graph_rational(graph, half));
  mpq_clear(half);
}

Test(graph, many_nodes_stay_shared) {
  enum { MANY = 5000 };
  hp_node node[MANY], x = hp_graph_input(graph, 0);
  for (long i = 0; i < MANY; i++)
    node[i] = hp_graph_op(graph, HP_ADD, hp_graph_integer(graph, i + 1), x);
  size_t size = hp_graph_size(graph);
  for (long i = 0; i < MANY; i++)
    cr_assert_eq(node[i], hp_graph_op(graph, HP_ADD, x, hp_graph_integer(graph, i + 1)));
  cr_assert_eq(size, hp_graph_size(graph));
}

Test(graph, operands_stand_before_their_operation) {
  hp_node x = hp_graph_input(graph, 0), y = hp_graph_input(graph, 7);
  hp_node product = hp_graph_op(graph, HP_MUL, x, hp_graph_unary(graph, HP_EXP, y));
  cr_assert_eq(hp_graph_kind(graph, product), HP_NODE_OPERATION);
  hp_instruction at = hp_graph_instruction(graph, product);
  cr_assert_eq(at.op, HP_MUL);
  cr_assert(at.a < product && at.b < product);
  cr_assert_eq(hp_graph_kind(graph, y), HP_NODE_INPUT);
  cr_assert_eq(hp_graph_input_number(graph, y), 7);
  cr_assert_eq(hp_graph_kind(graph, hp_graph_integer(graph, 5)), HP_NODE_RATIONAL);
}

Test(graph, dependence) {
  hp_node x = hp_graph_input(graph, 0), y = hp_graph_input(graph, 1);
  hp_node e = hp_graph_unary(graph, HP_EXP, hp_graph_integer(graph, 1));
  hp_node f = hp_graph_op(graph, HP_MUL, e, hp_graph_op(graph, HP_ADD, y, e));
  cr_assert(hp_graph_is_constant(graph, e));
  cr_assert(!hp_graph_is_constant(graph, f));
  cr_assert(hp_graph_depends_on(graph, f, 1));
  cr_assert(!hp_graph_depends_on(graph, f, 0));
  cr_assert(!hp_graph_depends_on(graph, e, 0));
  cr_assert(hp_graph_depends_on(graph, x, 0));
}

Test(graph, rational_value) {
  mpq_t value;
  mpq_init(value);
  mpq_set_si(value, 5, 3);
  cr_assert(!hp_graph_rational_value(graph, hp_graph_input(graph, 0), value));
  cr_assert(!hp_graph_rational_value(
      graph, hp_graph_unary(graph, HP_EXP, hp_graph_integer(graph, 1)), value));
  cr_assert(mpq_cmp_si(value, 5, 3) == 0);
  cr_assert(hp_graph_rational_value(graph, hp_graph_integer(graph, -4), value));
  cr_assert(mpq_cmp_si(value, -4, 1) == 0);
  mpq_clear(value);
}

Test(graph, substitution_composes) {
  hp_node x = hp_graph_input(graph, 0), y = hp_graph_input(graph, 1), z = hp_graph_input(graph, 2);
  hp_node f = hp_graph_op(graph, HP_ADD, hp_graph_op(graph, HP_MUL, x, y),
                          hp_graph_unary(graph, HP_SIN, z)); /* x y + sin z */
  hp_node replacement[2] = {hp_graph_op(graph, HP_SUB, x, y), hp_graph_op(graph, HP_SUB, x, y)};
  hp_node expected = hp_graph_op(graph, HP_ADD, hp_graph_unary(graph, HP_SQR, replacement[0]),
                                 hp_graph_unary(graph, HP_SIN, z));
  cr_assert_eq(hp_graph_substitute(graph, f, replacement, 2), expected);
  cr_assert_eq(hp_graph_substitute(graph, f, replacement, 0), f);
  hp_node zero[2] = {hp_graph_integer(graph, 0), y};
  cr_assert_eq(hp_graph_substitute(graph, f, zero, 2), hp_graph_unary(graph, HP_SIN, z));
}

Test(graph, freeing_nothing) {
  hp_graph_free(NULL);
}
