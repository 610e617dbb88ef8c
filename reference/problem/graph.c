#include "graph_nodes.h"
#include "allocate.h"
#include <stdlib.h>
#include <string.h>

hp_graph *hp_graph_new(void) {
  hp_graph *graph = hp_allocate(1, sizeof *graph);
  graph->n_buckets = 64;
  graph->bucket = hp_allocate(graph->n_buckets, sizeof *graph->bucket);
  return graph;
}

void hp_graph_free(hp_graph *graph) {
  if (!graph)
    return;
  for (size_t i = 0; i < graph->n_rationals; i++)
    mpq_clear(graph->rational[i]);
  free(graph->rational);
  free(graph->bucket);
  free(graph->node);
  free(graph);
}

static size_t mix(size_t hash, size_t word) {
  hash = (hash ^ word) * (size_t)0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 29);
}

static size_t hash_integer(size_t hash, mpz_srcptr integer) {
  hash = mix(hash, (size_t)(mpz_sgn(integer) + 1));
  for (size_t i = 0; i < mpz_size(integer); i++)
    hash = mix(hash, (size_t)mpz_getlimbn(integer, (mp_size_t)i));
  return hash;
}

static size_t hash_rational(mpq_srcptr value) {
  return hash_integer(hash_integer(HP_NODE_RATIONAL, mpq_numref(value)), mpq_denref(value));
}

static size_t hash_instruction(hp_node_kind kind, hp_instruction key) {
  return mix(mix(mix(kind, key.op), key.a), key.b);
}

static size_t hash_node(const hp_graph *graph, hp_node node) {
  mpq_srcptr value = hp_graph_rational_at(graph, node);
  const hp_graph_node *entry = &graph->node[node];
  return value ? hash_rational(value) : hash_instruction(entry->kind, entry->instruction);
}

static void rehash(hp_graph *graph) {
  free(graph->bucket);
  graph->n_buckets *= 2;
  graph->bucket = hp_allocate(graph->n_buckets, sizeof *graph->bucket);
  for (size_t i = 0; i < graph->count; i++) {
    size_t slot = hash_node(graph, (hp_node)i) & (graph->n_buckets - 1);
    while (graph->bucket[slot])
      slot = (slot + 1) & (graph->n_buckets - 1);
    graph->bucket[slot] = (uint32_t)i + 1;
  }
}

/* Does the node equal the rational (when given), else the key? */
static bool matches(const hp_graph *graph, hp_node node, hp_node_kind kind, hp_instruction key,
                    mpq_srcptr value) {
  const hp_graph_node *entry = &graph->node[node];
  if (entry->kind != kind)
    return false;
  if (value)
    return mpq_equal(graph->rational[entry->instruction.a], value);
  return entry->instruction.op == key.op && entry->instruction.a == key.a &&
         entry->instruction.b == key.b;
}

static uint32_t keep_rational(hp_graph *graph, mpq_srcptr value) {
  if (graph->n_rationals == graph->rational_capacity) {
    graph->rational_capacity = 2 * graph->rational_capacity + 16;
    graph->rational =
        hp_reallocate(graph->rational, graph->rational_capacity, sizeof *graph->rational);
  }
  mpq_init(graph->rational[graph->n_rationals]);
  mpq_set(graph->rational[graph->n_rationals], value);
  return (uint32_t)graph->n_rationals++;
}

static hp_node find_or_add(hp_graph *graph, hp_node_kind kind, hp_instruction key,
                           mpq_srcptr value) {
  size_t hash = value ? hash_rational(value) : hash_instruction(kind, key);
  size_t slot = hash & (graph->n_buckets - 1);
  for (; graph->bucket[slot]; slot = (slot + 1) & (graph->n_buckets - 1))
    if (matches(graph, graph->bucket[slot] - 1, kind, key, value))
      return graph->bucket[slot] - 1;
  if (graph->count == graph->capacity) {
    graph->capacity = 2 * graph->capacity + 64;
    graph->node = hp_reallocate(graph->node, graph->capacity, sizeof *graph->node);
  }
  hp_node node = (hp_node)graph->count;
  bool is_constant = kind == HP_NODE_RATIONAL;
  if (kind == HP_NODE_OPERATION)
    is_constant = graph->node[key.a].is_constant && graph->node[key.b].is_constant;
  if (value)
    key.a = keep_rational(graph, value);
  graph->node[graph->count++] = (hp_graph_node){kind, is_constant, key};
  graph->bucket[slot] = node + 1;
  if (2 * graph->count > graph->n_buckets)
    rehash(graph);
  return node;
}

hp_node hp_graph_intern(hp_graph *graph, hp_operation op, hp_node a, hp_node b) {
  return find_or_add(graph, HP_NODE_OPERATION, (hp_instruction){op, a, b}, NULL);
}

hp_node hp_graph_input(hp_graph *graph, uint32_t k) {
  return find_or_add(graph, HP_NODE_INPUT, (hp_instruction){0, k, 0}, NULL);
}

hp_node hp_graph_rational(hp_graph *graph, const mpq_t value) {
  return find_or_add(graph, HP_NODE_RATIONAL, (hp_instruction){0, 0, 0}, value);
}

hp_node hp_graph_integer(hp_graph *graph, long value) {
  mpq_t rational;
  mpq_init(rational);
  mpq_set_si(rational, value, 1);
  hp_node node = hp_graph_rational(graph, rational);
  mpq_clear(rational);
  return node;
}

bool hp_graph_is_constant(const hp_graph *graph, hp_node node) {
  return graph->node[node].is_constant;
}

bool hp_graph_depends_on(const hp_graph *graph, hp_node node, uint32_t k) {
  if (graph->node[node].is_constant)
    return false;
  bool *reached = hp_allocate((size_t)node + 1, sizeof *reached), found = false;
  reached[node] = true;
  for (size_t i = (size_t)node + 1; i-- > 0 && !found;) {
    const hp_graph_node *entry = &graph->node[i];
    if (!reached[i])
      continue;
    if (entry->kind == HP_NODE_OPERATION)
      reached[entry->instruction.a] = reached[entry->instruction.b] = true;
    found = entry->kind == HP_NODE_INPUT && entry->instruction.a == k;
  }
  free(reached);
  return found;
}

bool hp_graph_rational_value(const hp_graph *graph, hp_node node, mpq_t value) {
  mpq_srcptr rational = hp_graph_rational_at(graph, node);
  if (rational)
    mpq_set(value, rational);
  return rational != NULL;
}

size_t hp_graph_size(const hp_graph *graph) {
  return graph->count;
}

hp_node_kind hp_graph_kind(const hp_graph *graph, hp_node node) {
  return graph->node[node].kind;
}

hp_instruction hp_graph_instruction(const hp_graph *graph, hp_node node) {
  return graph->node[node].instruction;
}

uint32_t hp_graph_input_number(const hp_graph *graph, hp_node node) {
  return graph->node[node].instruction.a;
}

hp_node hp_graph_substitute(hp_graph *graph, hp_node node, const hp_node *replacement,
                            size_t count) {
  size_t size = (size_t)node + 1;
  bool *reached = hp_allocate(size, sizeof *reached);
  hp_node *image = hp_allocate(size, sizeof *image);
  reached[node] = true;
  for (size_t i = size; i-- > 0;)
    if (reached[i] && graph->node[i].kind == HP_NODE_OPERATION)
      reached[graph->node[i].instruction.a] = reached[graph->node[i].instruction.b] = true;
  for (size_t i = 0; i < size; i++) {
    hp_graph_node entry = graph->node[i];
    image[i] = (hp_node)i;
    if (!reached[i])
      continue;
    if (entry.kind == HP_NODE_INPUT && entry.instruction.a < count)
      image[i] = replacement[entry.instruction.a];
    else if (entry.kind == HP_NODE_OPERATION)
      image[i] = hp_graph_op(graph, entry.instruction.op, image[entry.instruction.a],
                             image[entry.instruction.b]);
  }
  hp_node result = image[node];
  free(image);
  free(reached);
  return result;
}
