#ifndef HP_GRAPH_H
#define HP_GRAPH_H
#include "src/tape.h"
#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Expression graph with shared subexpressions: equal nodes are one node (hash-consing), rational
 * constants are exact and folded, x+0, x*1, x*0, -(-x), x-x, ... are simplified. A node's operands
 * have smaller numbers, so node order is an evaluation order. */
typedef struct hp_graph hp_graph;
typedef uint32_t hp_node;

hp_graph *hp_graph_new(void);
void hp_graph_free(hp_graph *graph);

/* Input number k = 0, 1, ... (inputs are created on first use). */
hp_node hp_graph_input(hp_graph *graph, uint32_t k);
hp_node hp_graph_rational(hp_graph *graph, const mpq_t value);
hp_node hp_graph_integer(hp_graph *graph, long value);

/* op(a, b); b is ignored by unary operations. Division by the constant 0 is kept as a node (the
 * parser refuses it before). */
hp_node hp_graph_op(hp_graph *graph, hp_operation op, hp_node a, hp_node b);
static inline hp_node hp_graph_unary(hp_graph *graph, hp_operation op, hp_node a) {
  return hp_graph_op(graph, op, a, a);
}

/* base^exponent: squarings and products for an integer exponent, through sqrt when the denominator
 * is 2, exp(exponent * log(base)) otherwise. */
hp_node hp_graph_power(hp_graph *graph, hp_node base, const mpq_t exponent);

/* Does the node depend on any input? On input k? */
bool hp_graph_is_constant(const hp_graph *graph, hp_node node);
bool hp_graph_depends_on(const hp_graph *graph, hp_node node, uint32_t k);

/* The rational value of a constant node; false when it has none (a variable, exp(1), ...). */
bool hp_graph_rational_value(const hp_graph *graph, hp_node node, mpq_t value);

size_t hp_graph_size(const hp_graph *graph);

/* What a node is, for the modules that walk the graph. */
typedef enum { HP_NODE_INPUT, HP_NODE_RATIONAL, HP_NODE_OPERATION } hp_node_kind;
hp_node_kind hp_graph_kind(const hp_graph *graph, hp_node node);
hp_instruction hp_graph_instruction(const hp_graph *graph, hp_node node); /* of an operation */
uint32_t hp_graph_input_number(const hp_graph *graph, hp_node node);      /* of an input */

/* The node with every input k < count replaced by replacement[k] (composition). */
hp_node hp_graph_substitute(hp_graph *graph, hp_node node, const hp_node *replacement,
                            size_t count);

#endif
