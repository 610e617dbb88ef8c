#ifndef HP_GRAPH_NODES_H
#define HP_GRAPH_NODES_H
#include "graph.h"

/* The storage behind graph.h, shared by graph.c (nodes and sharing) and simplify.c (rewriting). */

typedef struct {
  hp_node_kind kind;
  bool is_constant;           /* depends on no input */
  hp_instruction instruction; /* of an operation; a = number of the input or of the rational */
} hp_graph_node;

struct hp_graph {
  hp_graph_node *node;
  size_t count, capacity;
  mpq_t *rational;
  size_t n_rationals, rational_capacity;
  uint32_t *bucket; /* open addressing; node + 1, or 0 when empty */
  size_t n_buckets; /* a power of 2, at least 2 count */
};

/* Rationals are folded while numerator and denominator have at most this many bits each; beyond,
 * the operation on constants stays a node. */
enum { HP_GRAPH_RATIONAL_BITS = 1 << 16 };

static inline bool hp_rational_fits(const mpq_t value) {
  return mpz_sizeinbase(mpq_numref(value), 2) <= HP_GRAPH_RATIONAL_BITS &&
         mpz_sizeinbase(mpq_denref(value), 2) <= HP_GRAPH_RATIONAL_BITS;
}

/* The node op(a, b) as it stands, shared but not simplified. */
hp_node hp_graph_intern(hp_graph *graph, hp_operation op, hp_node a, hp_node b);

/* Is the operation binary? The others ignore b. */
static inline bool hp_operation_is_binary(hp_operation op) {
  return op == HP_ADD || op == HP_SUB || op == HP_MUL || op == HP_DIV;
}

/* The rational of the node, or NULL. Valid until the next node is made. */
static inline mpq_srcptr hp_graph_rational_at(const hp_graph *graph, hp_node node) {
  const hp_graph_node *entry = &graph->node[node];
  return entry->kind == HP_NODE_RATIONAL ? graph->rational[entry->instruction.a] : NULL;
}

#endif
