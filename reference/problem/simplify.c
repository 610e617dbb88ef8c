#include "graph_nodes.h"

/* Identities of real numbers that hold wherever the left side is defined. In a sum or a product a
 * rational operand stands first; other operands of a commutative operation stand in node order. */

static hp_node negate(hp_graph *graph, hp_node a);
static hp_node add(hp_graph *graph, hp_node a, hp_node b);
static hp_node subtract(hp_graph *graph, hp_node a, hp_node b);
static hp_node multiply(hp_graph *graph, hp_node a, hp_node b);
static hp_node divide(hp_graph *graph, hp_node a, hp_node b);

static bool is_rational(const hp_graph *graph, hp_node node) {
  return graph->node[node].kind == HP_NODE_RATIONAL;
}

static bool equals(const hp_graph *graph, hp_node node, long value) {
  mpq_srcptr rational = hp_graph_rational_at(graph, node);
  return rational && mpq_cmp_si(rational, value, 1) == 0;
}

static bool is_op(const hp_graph *graph, hp_node node, hp_operation op) {
  const hp_graph_node *entry = &graph->node[node];
  return entry->kind == HP_NODE_OPERATION && entry->instruction.op == (uint32_t)op;
}

static hp_node first(const hp_graph *graph, hp_node node) {
  return graph->node[node].instruction.a;
}

static hp_node second(const hp_graph *graph, hp_node node) {
  return graph->node[node].instruction.b;
}

/* op(rational, x) with x not folded into it? */
static bool leads_with_rational(const hp_graph *graph, hp_node node, hp_operation op) {
  return is_op(graph, node, op) && is_rational(graph, first(graph, node));
}

/* The exact value of op(a, b) for rationals; false when it is too large to fold, or a/0. */
static bool fold(hp_graph *graph, hp_operation op, hp_node a, hp_node b, hp_node *result) {
  mpq_srcptr x = hp_graph_rational_at(graph, a), y = hp_graph_rational_at(graph, b);
  if (!x || !y || (op == HP_DIV && mpq_sgn(y) == 0))
    return false;
  mpq_t value;
  mpq_init(value);
  if (op == HP_ADD)
    mpq_add(value, x, y);
  else if (op == HP_SUB)
    mpq_sub(value, x, y);
  else if (op == HP_MUL)
    mpq_mul(value, x, y);
  else
    mpq_div(value, x, y);
  bool fits = hp_rational_fits(value);
  if (fits)
    *result = hp_graph_rational(graph, value);
  mpq_clear(value);
  return fits;
}

static void order(const hp_graph *graph, hp_node *a, hp_node *b) {
  bool a_leads = is_rational(graph, *a), b_leads = is_rational(graph, *b);
  bool swap = a_leads == b_leads ? *a > *b : b_leads;
  if (swap) {
    hp_node kept = *a;
    *a = *b;
    *b = kept;
  }
}

static hp_node negate(hp_graph *graph, hp_node a) {
  hp_node result;
  if (fold(graph, HP_SUB, hp_graph_integer(graph, 0), a, &result))
    return result;
  if (is_op(graph, a, HP_NEG)) /* -(-x) = x */
    return first(graph, a);
  if (is_op(graph, a, HP_SUB)) /* -(x - y) = y - x */
    return subtract(graph, second(graph, a), first(graph, a));
  if (leads_with_rational(graph, a, HP_MUL)) /* -(c x) = (-c) x */
    return multiply(graph, negate(graph, first(graph, a)), second(graph, a));
  return hp_graph_intern(graph, HP_NEG, a, a);
}

static hp_node add(hp_graph *graph, hp_node a, hp_node b) {
  hp_node folded;
  if (fold(graph, HP_ADD, a, b, &folded))
    return folded;
  order(graph, &a, &b);
  if (equals(graph, a, 0))
    return b;
  if (leads_with_rational(graph, b, HP_ADD) && /* c + (d + x) = (c + d) + x */
      fold(graph, HP_ADD, a, first(graph, b), &folded))
    return add(graph, folded, second(graph, b));
  if (leads_with_rational(graph, b, HP_SUB) && /* c + (d - x) = (c + d) - x */
      fold(graph, HP_ADD, a, first(graph, b), &folded))
    return subtract(graph, folded, second(graph, b));
  if (is_op(graph, b, HP_NEG))
    return subtract(graph, a, first(graph, b));
  if (is_op(graph, a, HP_NEG))
    return subtract(graph, b, first(graph, a));
  if (a == b)
    return multiply(graph, hp_graph_integer(graph, 2), a);
  return hp_graph_intern(graph, HP_ADD, a, b);
}

static hp_node subtract(hp_graph *graph, hp_node a, hp_node b) {
  hp_node folded;
  if (fold(graph, HP_SUB, a, b, &folded))
    return folded;
  if (a == b)
    return hp_graph_integer(graph, 0);
  if (is_rational(graph, b)) /* x - c = (-c) + x */
    return add(graph, negate(graph, b), a);
  if (equals(graph, a, 0))
    return negate(graph, b);
  if (is_op(graph, b, HP_NEG))
    return add(graph, a, first(graph, b));
  if (is_op(graph, a, HP_NEG)) /* -x - y = -(x + y) */
    return negate(graph, add(graph, first(graph, a), b));
  if (leads_with_rational(graph, b, HP_ADD) && /* c - (d + x) = (c - d) - x */
      fold(graph, HP_SUB, a, first(graph, b), &folded))
    return subtract(graph, folded, second(graph, b));
  if (leads_with_rational(graph, b, HP_SUB) && /* c - (d - x) = (c - d) + x */
      fold(graph, HP_SUB, a, first(graph, b), &folded))
    return add(graph, folded, second(graph, b));
  return hp_graph_intern(graph, HP_SUB, a, b);
}

static hp_node square(hp_graph *graph, hp_node a) {
  hp_node folded;
  if (fold(graph, HP_MUL, a, a, &folded))
    return folded;
  if (is_op(graph, a, HP_NEG))
    a = first(graph, a);
  return hp_graph_intern(graph, HP_SQR, a, a);
}

static hp_node multiply(hp_graph *graph, hp_node a, hp_node b) {
  hp_node folded;
  if (fold(graph, HP_MUL, a, b, &folded))
    return folded;
  order(graph, &a, &b);
  if (equals(graph, a, 0))
    return a;
  if (equals(graph, a, 1))
    return b;
  if (equals(graph, a, -1))
    return negate(graph, b);
  if (is_rational(graph, a)) {
    if (leads_with_rational(graph, b, HP_MUL) && /* c (d x) = (c d) x */
        fold(graph, HP_MUL, a, first(graph, b), &folded))
      return multiply(graph, folded, second(graph, b));
    if (leads_with_rational(graph, b, HP_DIV) && /* c (d / x) = (c d) / x */
        fold(graph, HP_MUL, a, first(graph, b), &folded))
      return divide(graph, folded, second(graph, b));
    if (is_op(graph, b, HP_NEG)) /* c (-x) = (-c) x */
      return multiply(graph, negate(graph, a), first(graph, b));
    return hp_graph_intern(graph, HP_MUL, a, b);
  }
  if (a == b)
    return square(graph, a);
  if (is_op(graph, a, HP_NEG))
    return negate(graph, multiply(graph, first(graph, a), b));
  if (is_op(graph, b, HP_NEG))
    return negate(graph, multiply(graph, a, first(graph, b)));
  if (leads_with_rational(graph, a, HP_DIV)) /* (c / x) y = c (y / x) */
    return multiply(graph, first(graph, a), divide(graph, b, second(graph, a)));
  if (leads_with_rational(graph, b, HP_DIV))
    return multiply(graph, first(graph, b), divide(graph, a, second(graph, b)));
  return hp_graph_intern(graph, HP_MUL, a, b);
}

static hp_node divide(hp_graph *graph, hp_node a, hp_node b) {
  hp_node folded, one = hp_graph_integer(graph, 1);
  if (fold(graph, HP_DIV, a, b, &folded))
    return folded;
  if (equals(graph, b, 0))
    return hp_graph_intern(graph, HP_DIV, a, b);
  if (fold(graph, HP_DIV, one, b, &folded)) /* x / c = (1/c) x */
    return multiply(graph, folded, a);
  if (equals(graph, a, 0))
    return a;
  if (is_op(graph, a, HP_NEG))
    return negate(graph, divide(graph, first(graph, a), b));
  if (is_op(graph, b, HP_NEG))
    return negate(graph, divide(graph, a, first(graph, b)));
  if (leads_with_rational(graph, a, HP_MUL)) /* (c x) / y = c (x / y) */
    return multiply(graph, first(graph, a), divide(graph, second(graph, a), b));
  if (leads_with_rational(graph, b, HP_MUL) && /* x / (c y) = (1/c) (x / y) */
      fold(graph, HP_DIV, one, first(graph, b), &folded))
    return multiply(graph, folded, divide(graph, a, second(graph, b)));
  return hp_graph_intern(graph, HP_DIV, a, b);
}

/* sqrt(n/d) = sqrt(n)/sqrt(d) when both are squares */
static hp_node square_root(hp_graph *graph, hp_node a) {
  mpq_srcptr x = hp_graph_rational_at(graph, a);
  if (!x || !mpz_perfect_square_p(mpq_numref(x)) || !mpz_perfect_square_p(mpq_denref(x)))
    return hp_graph_intern(graph, HP_SQRT, a, a);
  mpq_t root;
  mpq_init(root);
  mpz_sqrt(mpq_numref(root), mpq_numref(x));
  mpz_sqrt(mpq_denref(root), mpq_denref(x));
  hp_node result = hp_graph_rational(graph, root);
  mpq_clear(root);
  return result;
}

/* The functions with a rational value at 0 (log: at 1). */
static hp_node apply(hp_graph *graph, hp_operation op, hp_node a) {
  if (op == HP_LOG)
    return equals(graph, a, 1) ? hp_graph_integer(graph, 0) : hp_graph_intern(graph, op, a, a);
  if (!equals(graph, a, 0))
    return hp_graph_intern(graph, op, a, a);
  return op == HP_EXP || op == HP_COS || op == HP_COSH ? hp_graph_integer(graph, 1) : a;
}

hp_node hp_graph_op(hp_graph *graph, hp_operation op, hp_node a, hp_node b) {
  switch (op) {
  case HP_ADD:
    return add(graph, a, b);
  case HP_SUB:
    return subtract(graph, a, b);
  case HP_MUL:
    return multiply(graph, a, b);
  case HP_DIV:
    return divide(graph, a, b);
  case HP_NEG:
    return negate(graph, a);
  case HP_SQR:
    return square(graph, a);
  case HP_SQRT:
    return square_root(graph, a);
  default:
    return apply(graph, op, a);
  }
}
