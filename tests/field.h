#ifndef HP_TESTS_FIELD_H
#define HP_TESTS_FIELD_H
#include "reference/problem/graph.h"
#include "reference/problem/program.h"
#include <math.h>

/* Vector fields for the tests, written with a graph of their own. */
static hp_graph *field_graph;

static inline hp_node in(uint32_t k) {
  return hp_graph_input(field_graph, k);
}

static inline hp_node num(long p, long q) {
  mpq_t x;
  mpq_init(x);
  mpq_set_si(x, p, (unsigned long)q);
  mpq_canonicalize(x);
  hp_node node = hp_graph_rational(field_graph, x);
  mpq_clear(x);
  return node;
}

static inline hp_node op(hp_operation f, hp_node a, hp_node b) {
  return hp_graph_op(field_graph, f, a, b);
}

static inline hp_node op1(hp_operation f, hp_node a) {
  return hp_graph_op(field_graph, f, a, a);
}

static inline hp_program *lower(size_t d, const hp_node f[]) {
  return hp_program_lower(field_graph, d, f, d);
}

static inline void field_open(void) {
  field_graph = hp_graph_new();
}

static inline void field_close(hp_program *program) {
  hp_program_free(program);
  hp_graph_free(field_graph);
}

/* u' = 2 (u - u^3) */
static inline hp_program *double_well(void) {
  field_open();
  hp_node u = in(0);
  hp_node f = op(HP_MUL, num(2, 1), op(HP_SUB, u, op(HP_MUL, u, op1(HP_SQR, u))));
  return lower(1, &f);
}

/* u' = v, v' = -u */
static inline hp_program *rotation(void) {
  field_open();
  hp_node f[2] = {in(1), op1(HP_NEG, in(0))};
  return lower(2, f);
}

/* Lorenz (10, 28, 8/3) */
static inline hp_program *lorenz(void) {
  field_open();
  hp_node x = in(0), y = in(1), z = in(2);
  hp_node f[3] = {op(HP_MUL, num(10, 1), op(HP_SUB, y, x)),
                  op(HP_SUB, op(HP_MUL, x, op(HP_SUB, num(28, 1), z)), y),
                  op(HP_SUB, op(HP_MUL, x, y), op(HP_MUL, num(8, 3), z))};
  return lower(3, f);
}

/* -10 grad((1-x)^2 + 100 (y-x^2)^2): stiff along the valley */
static inline hp_program *rosenbrock(void) {
  field_open();
  hp_node x = in(0), y = in(1), q = op(HP_SUB, y, op1(HP_SQR, x));
  hp_node f[2] = {op(HP_ADD, op(HP_MUL, num(20, 1), op(HP_SUB, num(1, 1), x)),
                     op(HP_MUL, num(4000, 1), op(HP_MUL, x, q))),
                  op(HP_MUL, num(-2000, 1), q)};
  return lower(2, f);
}

/* (x, y)'' = -(x, y)/r^3 */
static inline hp_program *kepler(void) {
  field_open();
  hp_node square = op(HP_ADD, op1(HP_SQR, in(0)), op1(HP_SQR, in(1)));
  hp_node cube = op(HP_MUL, square, op1(HP_SQRT, square));
  hp_node f[4] = {in(2), in(3), op1(HP_NEG, op(HP_DIV, in(0), cube)),
                  op1(HP_NEG, op(HP_DIV, in(1), cube))};
  return lower(4, f);
}

#endif
