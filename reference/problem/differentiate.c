#include "differentiate.h"
#include "allocate.h"
#include "graph_nodes.h"
#include <stdlib.h>

hp_node hp_graph_chain(hp_graph *graph, hp_operation op, hp_node a, hp_node y, hp_node t) {
  hp_node one = hp_graph_integer(graph, 1), half;
  switch (op) {
  case HP_NEG:
    return hp_graph_unary(graph, HP_NEG, t);
  case HP_SQR: /* 2 a */
    return hp_graph_op(graph, HP_MUL, hp_graph_op(graph, HP_ADD, t, t), a);
  case HP_SQRT: /* 1 / (2 y) */
    half = hp_graph_op(graph, HP_DIV, t, hp_graph_integer(graph, 2));
    return hp_graph_op(graph, HP_DIV, half, y);
  case HP_EXP:
    return hp_graph_op(graph, HP_MUL, t, y);
  case HP_LOG:
    return hp_graph_op(graph, HP_DIV, t, a);
  case HP_SIN:
    return hp_graph_op(graph, HP_MUL, t, hp_graph_unary(graph, HP_COS, a));
  case HP_COS:
    t = hp_graph_op(graph, HP_MUL, t, hp_graph_unary(graph, HP_SIN, a));
    return hp_graph_unary(graph, HP_NEG, t);
  case HP_TAN: /* 1 + y^2 */
    y = hp_graph_op(graph, HP_ADD, one, hp_graph_unary(graph, HP_SQR, y));
    return hp_graph_op(graph, HP_MUL, t, y);
  case HP_SINH:
    return hp_graph_op(graph, HP_MUL, t, hp_graph_unary(graph, HP_COSH, a));
  case HP_COSH:
    return hp_graph_op(graph, HP_MUL, t, hp_graph_unary(graph, HP_SINH, a));
  case HP_TANH: /* 1 - y^2 */
    y = hp_graph_op(graph, HP_SUB, one, hp_graph_unary(graph, HP_SQR, y));
    return hp_graph_op(graph, HP_MUL, t, y);
  case HP_ASINH: /* 1 / sqrt(1 + a^2) */
    a = hp_graph_op(graph, HP_ADD, one, hp_graph_unary(graph, HP_SQR, a));
    return hp_graph_op(graph, HP_DIV, t, hp_graph_unary(graph, HP_SQRT, a));
  default: /* HP_ATAN: 1 / (1 + a^2) */
    a = hp_graph_op(graph, HP_ADD, one, hp_graph_unary(graph, HP_SQR, a));
    return hp_graph_op(graph, HP_DIV, t, a);
  }
}

/* adjoint[node] += t */
static void accumulate(hp_graph *graph, hp_node adjoint[], hp_node node, hp_node t) {
  if (!hp_graph_is_constant(graph, node))
    adjoint[node] = hp_graph_op(graph, HP_ADD, adjoint[node], t);
}

/* Hands the adjoint t of y = op(a, b) to the operands. */
static void hand_down(hp_graph *graph, hp_node adjoint[], hp_node y, hp_node t) {
  hp_instruction at = hp_graph_instruction(graph, y);
  switch (at.op) {
  case HP_ADD:
    accumulate(graph, adjoint, at.a, t);
    accumulate(graph, adjoint, at.b, t);
    return;
  case HP_SUB:
    accumulate(graph, adjoint, at.a, t);
    accumulate(graph, adjoint, at.b, hp_graph_unary(graph, HP_NEG, t));
    return;
  case HP_MUL:
    accumulate(graph, adjoint, at.a, hp_graph_op(graph, HP_MUL, t, at.b));
    accumulate(graph, adjoint, at.b, hp_graph_op(graph, HP_MUL, t, at.a));
    return;
  case HP_DIV: /* d(a/b) = da/b - (a/b) db/b */
    t = hp_graph_op(graph, HP_DIV, t, at.b);
    accumulate(graph, adjoint, at.a, t);
    t = hp_graph_op(graph, HP_MUL, t, y);
    accumulate(graph, adjoint, at.b, hp_graph_unary(graph, HP_NEG, t));
    return;
  default:
    accumulate(graph, adjoint, at.a, hp_graph_chain(graph, at.op, at.a, y, t));
  }
}

void hp_graph_gradient(hp_graph *graph, hp_node f, size_t n, hp_node gradient[]) {
  size_t size = (size_t)f + 1;
  hp_node zero = hp_graph_integer(graph, 0);
  hp_node *adjoint = hp_allocate(size, sizeof *adjoint);
  for (size_t i = 0; i < size; i++)
    adjoint[i] = zero;
  for (size_t k = 0; k < n; k++)
    gradient[k] = zero;
  adjoint[f] = hp_graph_integer(graph, 1);
  for (size_t i = size; i-- > 0;) {
    hp_node y = (hp_node)i, t = adjoint[i];
    if (t == zero)
      continue;
    hp_node_kind kind = hp_graph_kind(graph, y);
    if (kind == HP_NODE_OPERATION)
      hand_down(graph, adjoint, y, t);
    else if (kind == HP_NODE_INPUT && hp_graph_input_number(graph, y) < n)
      gradient[hp_graph_input_number(graph, y)] = t;
  }
  free(adjoint);
}

/* The derivative of y = op(a, b) given those of its operands. */
static hp_node push_forward(hp_graph *graph, const hp_node tangent[], hp_node y) {
  hp_instruction at = hp_graph_instruction(graph, y);
  hp_node da = tangent[at.a], db = tangent[at.b], t;
  switch (at.op) {
  case HP_ADD:
  case HP_SUB:
    return hp_graph_op(graph, at.op, da, db);
  case HP_MUL:
    t = hp_graph_op(graph, HP_MUL, da, at.b);
    return hp_graph_op(graph, HP_ADD, t, hp_graph_op(graph, HP_MUL, db, at.a));
  case HP_DIV: /* (da - (a/b) db) / b */
    t = hp_graph_op(graph, HP_SUB, da, hp_graph_op(graph, HP_MUL, y, db));
    return hp_graph_op(graph, HP_DIV, t, at.b);
  default:
    return hp_graph_chain(graph, at.op, at.a, y, da);
  }
}

void hp_graph_directional(hp_graph *graph, const hp_node output[], size_t n_outputs,
                          const hp_node direction[], size_t n, hp_node result[]) {
  size_t size = 0;
  for (size_t i = 0; i < n_outputs; i++)
    size = output[i] >= size ? (size_t)output[i] + 1 : size;
  bool *needed = hp_allocate(size, sizeof *needed);
  for (size_t i = 0; i < n_outputs; i++)
    needed[output[i]] = true;
  for (size_t i = size; i-- > 0;)
    if (needed[i] && hp_graph_kind(graph, (hp_node)i) == HP_NODE_OPERATION) {
      hp_instruction at = hp_graph_instruction(graph, (hp_node)i);
      needed[at.a] = needed[at.b] = true;
    }
  hp_node zero = hp_graph_integer(graph, 0);
  hp_node *tangent = hp_allocate(size, sizeof *tangent);
  for (size_t i = 0; i < size; i++) {
    hp_node y = (hp_node)i;
    hp_node_kind kind = hp_graph_kind(graph, y);
    tangent[i] = zero;
    if (needed[i] && kind == HP_NODE_INPUT && hp_graph_input_number(graph, y) < n)
      tangent[i] = direction[hp_graph_input_number(graph, y)];
    else if (needed[i] && kind == HP_NODE_OPERATION && !hp_graph_is_constant(graph, y))
      tangent[i] = push_forward(graph, tangent, y);
  }
  for (size_t i = 0; i < n_outputs; i++)
    result[i] = tangent[output[i]];
  free(tangent);
  free(needed);
}
