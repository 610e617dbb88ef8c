#include "problems.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <stdlib.h>

static hp_graph *graph;

static hp_node input(uint32_t k) {
  return hp_graph_input(graph, k);
}

static hp_node number(const char *value) {
  mpq_t q;
  mpq_init(q);
  mpq_set_str(q, value, 10);
  mpq_canonicalize(q);
  hp_node node = hp_graph_rational(graph, q);
  mpq_clear(q);
  return node;
}

static hp_node add(hp_node a, hp_node b) {
  return hp_graph_op(graph, HP_ADD, a, b);
}

static hp_node sub(hp_node a, hp_node b) {
  return hp_graph_op(graph, HP_SUB, a, b);
}

static hp_node mul(hp_node a, hp_node b) {
  return hp_graph_op(graph, HP_MUL, a, b);
}

static hp_node sqr(hp_node a) {
  return hp_graph_unary(graph, HP_SQR, a);
}

static hp_node neg(hp_node a) {
  return hp_graph_unary(graph, HP_NEG, a);
}

/* f[i] = factor * (gradient of loss)_i */
static void gradient_flow(hp_node loss, const char *factor, size_t d, hp_node f[]) {
  hp_graph_gradient(graph, loss, d, f);
  for (size_t i = 0; i < d; i++)
    f[i] = mul(number(factor), f[i]);
}

static size_t linear(hp_node f[]) {
  f[0] = input(1);
  f[1] = neg(input(0));
  return 2;
}

static size_t rosenbrock(hp_node f[]) {
  hp_node x = input(0), y = input(1);
  hp_node loss = add(sqr(sub(number("1"), x)), mul(number("100"), sqr(sub(y, sqr(x)))));
  gradient_flow(loss, "-10", 2, f);
  return 2;
}

static size_t double_well(hp_node f[]) {
  hp_node w = input(0), v = input(1);
  f[0] = v;
  f[1] = sub(sub(w, mul(w, sqr(w))), v);
  return 2;
}

static size_t kepler(hp_node f[]) {
  hp_node x = input(0), y = input(1);
  hp_node square = add(sqr(x), sqr(y));
  hp_node cube = mul(square, hp_graph_unary(graph, HP_SQRT, square));
  f[0] = input(2);
  f[1] = input(3);
  f[2] = neg(hp_graph_op(graph, HP_DIV, x, cube));
  f[3] = neg(hp_graph_op(graph, HP_DIV, y, cube));
  return 4;
}

static size_t network(hp_node f[]) {
  static const char *const point[5][2] = {
      {"-1", "4/5"}, {"-1/2", "-1/5"}, {"0", "-1/2"}, {"1/2", "1/10"}, {"1", "9/10"}};
  hp_node loss = number("0");
  for (int i = 0; i < 5; i++) {
    hp_node output = number("0");
    for (uint32_t j = 0; j < 3; j++) {
      hp_node inner = add(mul(input(j), number(point[i][0])), input(3 + j));
      output = add(output, mul(input(6 + j), hp_graph_unary(graph, HP_TANH, inner)));
    }
    loss = add(loss, sqr(sub(output, number(point[i][1]))));
  }
  gradient_flow(mul(loss, number("1/10")), "-1", 9, f);
  return 9;
}

static size_t lorenz(hp_node f[]) {
  hp_node x = input(0), y = input(1), z = input(2);
  f[0] = mul(number("10"), sub(y, x));
  f[1] = sub(mul(x, sub(number("28"), z)), y);
  f[2] = sub(mul(x, y), mul(number("8/3"), z));
  return 3;
}

static const struct {
  const char *name;
  size_t (*field)(hp_node f[]);
  const char *start[9], *t_end;
} table[BENCH_PROBLEMS] = {
    {"P1 linear", linear, {"1", "0"}, "10"},
    {"P2 Rosenbrock", rosenbrock, {"-6/5", "1"}, "1"},
    {"P3 double well", double_well, {"1/2", "0"}, "20"},
    {"P4 Kepler",
     kepler,
     {"1/2", "0", "0",
      "1732050807568877293527446341505872366942805253810380628055806/"
      "1000000000000000000000000000000000000000000000000000000000000"},
     "6283185307179586476925286766559005768394338798750211641949890/"
     "1000000000000000000000000000000000000000000000000000000000000"},
    {"P5 network", network, {"1", "-1/2", "3/4", "1/4", "1/2", "-1/3", "1/2", "-3/4", "1/3"}, "10"},
    {"P6 Lorenz", lorenz, {"1", "1", "1"}, "10"}};

void bench_problem_init(bench_problem *problem, int number_of) {
  hp_node f[9];
  graph = hp_graph_new();
  size_t d = table[number_of - 1].field(f);
  problem->name = table[number_of - 1].name;
  problem->field = hp_program_lower(graph, d, f, d);
  hp_graph_free(graph);
  problem->start = hp_allocate(d, sizeof *problem->start);
  for (size_t i = 0; i < d; i++) {
    mpq_init(problem->start[i]);
    mpq_set_str(problem->start[i], table[number_of - 1].start[i], 10);
    mpq_canonicalize(problem->start[i]);
  }
  mpq_init(problem->t_end);
  mpq_set_str(problem->t_end, table[number_of - 1].t_end, 10);
  mpq_canonicalize(problem->t_end);
}

void bench_problem_clear(bench_problem *problem) {
  mpq_clear(problem->t_end);
  for (size_t i = 0; i < problem->field->n_inputs; i++)
    mpq_clear(problem->start[i]);
  free(problem->start);
  hp_program_free(problem->field);
}
