#include "elementary.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <stdlib.h>

/* The nodes that f needs, with the derivatives of the functions among them, in node order; each has
 * one coefficient a forest. */
typedef struct {
  hp_graph *graph;
  const hp_trees *trees;
  hp_node zero;
  hp_node *member, *slope; /* ascending; of a function y = g(a): the node g'(a) */
  size_t n_members;
  size_t *position; /* of a node among the members */
  hp_node *jet;     /* member number times count, plus forest */
} jets;

static bool is_function(hp_operation op) {
  return op != HP_ADD && op != HP_SUB && op != HP_MUL && op != HP_DIV && op != HP_NEG &&
         op != HP_SQR;
}

/* ---- which nodes take part ---- */

typedef struct {
  hp_node *item;
  size_t count;
} node_list;

static void push(node_list *list, hp_node node) {
  list->item = hp_reallocate(list->item, list->count + 1, sizeof *list->item);
  list->item[list->count++] = node;
}

static int by_number(const void *a, const void *b) {
  hp_node x = *(const hp_node *)a, y = *(const hp_node *)b;
  return (x > y) - (x < y);
}

/* seen[node], growing with the graph */
typedef struct {
  bool *mark;
  size_t size;
} node_set;

static bool insert(node_set *set, hp_node node) {
  if (node >= set->size) {
    size_t size = 2 * (size_t)node + 64;
    set->mark = hp_reallocate(set->mark, size, sizeof *set->mark);
    for (size_t i = set->size; i < size; ++i)
      set->mark[i] = false;
    set->size = size;
  }
  bool is_new = !set->mark[node];
  set->mark[node] = true;
  return is_new;
}

static hp_node slope_of(hp_graph *graph, hp_node y) {
  hp_instruction at = hp_graph_instruction(graph, y);
  return hp_graph_chain(graph, at.op, at.a, y, hp_graph_integer(graph, 1));
}

static void collect(jets *j, const hp_node f[], size_t d) {
  node_list waiting = {0}, found = {0};
  node_set seen = {0};
  for (size_t i = 0; i < d; ++i)
    if (insert(&seen, f[i]))
      push(&waiting, f[i]);
  while (waiting.count) {
    hp_node y = waiting.item[--waiting.count];
    push(&found, y);
    if (hp_graph_kind(j->graph, y) != HP_NODE_OPERATION || hp_graph_is_constant(j->graph, y))
      continue;
    hp_instruction at = hp_graph_instruction(j->graph, y);
    hp_node next[3] = {at.a, at.b, y};
    if (is_function(at.op))
      next[2] = slope_of(j->graph, y);
    for (size_t i = 0; i < 3; ++i)
      if (insert(&seen, next[i]))
        push(&waiting, next[i]);
  }
  qsort(found.item, found.count, sizeof *found.item, by_number);
  j->member = found.item;
  j->n_members = found.count;
  free(waiting.item);
  free(seen.mark);
}

static void jets_init(jets *j, hp_graph *graph, const hp_node f[], size_t d,
                      const hp_trees *trees) {
  *j = (jets){.graph = graph, .trees = trees, .zero = hp_graph_integer(graph, 0)};
  collect(j, f, d);
  j->slope = hp_allocate(j->n_members, sizeof *j->slope);
  j->jet = hp_allocate(j->n_members * trees->count, sizeof *j->jet);
  j->position = hp_allocate((size_t)j->member[j->n_members - 1] + 1, sizeof *j->position);
  for (size_t i = 0; i < j->n_members; ++i) {
    hp_node y = j->member[i];
    j->position[y] = i;
    for (size_t w = 1; w < trees->count; ++w)
      j->jet[i * trees->count + w] = j->zero;
    j->jet[i * trees->count] = y;
    if (hp_graph_kind(graph, y) == HP_NODE_OPERATION && !hp_graph_is_constant(graph, y) &&
        is_function(hp_graph_instruction(graph, y).op))
      j->slope[i] = slope_of(graph, y);
  }
}

static void jets_clear(jets *j) {
  free(j->position);
  free(j->jet);
  free(j->slope);
  free(j->member);
}

/* ---- coefficients ---- */

static hp_node *jet_of(const jets *j, hp_node node) {
  return j->jet + j->position[node] * j->trees->count;
}

static hp_node add(const jets *j, hp_node a, hp_node b) {
  return hp_graph_op(j->graph, HP_ADD, a, b);
}

static hp_node multiply(const jets *j, hp_node a, hp_node b) {
  return hp_graph_op(j->graph, HP_MUL, a, b);
}

static hp_node scale(const jets *j, long p, long q, hp_node a) {
  if (a == j->zero)
    return a;
  hp_node ratio =
      hp_graph_op(j->graph, HP_DIV, hp_graph_integer(j->graph, p), hp_graph_integer(j->graph, q));
  return multiply(j, ratio, a);
}

/* sum over w = w1 + w2 of a_w1 b_w2, first <= w1 and second <= w2 excluding the empty forest when 1 */
static hp_node convolve(const jets *j, const hp_node a[], const hp_node b[], hp_tree w,
                        hp_tree first, hp_tree second) {
  const hp_tree_entry *forest = &j->trees->entry[w];
  hp_node sum = j->zero;
  for (size_t i = 0; i < forest->n_pairs; ++i) {
    hp_forest_pair pair = forest->pair[i];
    if (pair.left >= first && pair.right >= second)
      sum = add(j, sum, multiply(j, a[pair.left], b[pair.right]));
  }
  return sum;
}

/* sum over w = w1 + w2 of a_w1 a_w2, each unordered splitting once */
static hp_node square(const jets *j, const hp_node a[], hp_tree w) {
  const hp_tree_entry *forest = &j->trees->entry[w];
  hp_node sum = j->zero, diagonal = sum;
  for (size_t i = 0; i < forest->n_pairs; ++i) {
    hp_forest_pair pair = forest->pair[i];
    if (pair.left < pair.right)
      sum = add(j, sum, multiply(j, a[pair.left], a[pair.right]));
    else if (pair.left == pair.right)
      diagonal = hp_graph_unary(j->graph, HP_SQR, a[pair.left]);
  }
  return add(j, scale(j, 2, 1, sum), diagonal);
}

/* |w| y_w = sum |w1| a_w1 g_w2, weights |w| = order - 1 */
static hp_node chain(const jets *j, const hp_node a[], const hp_node g[], hp_tree w) {
  const hp_tree_entry *forest = &j->trees->entry[w];
  long weight = (long)forest->order - 1;
  hp_node sum = j->zero;
  for (size_t i = 0; i < forest->n_pairs; ++i) {
    hp_forest_pair pair = forest->pair[i];
    long left = (long)j->trees->entry[pair.left].order - 1;
    if (left)
      sum = add(j, sum, scale(j, left, weight, multiply(j, a[pair.left], g[pair.right])));
  }
  return sum;
}

static hp_node coefficient(const jets *j, size_t member, hp_tree w) {
  hp_instruction at = hp_graph_instruction(j->graph, j->member[member]);
  const hp_node *a = jet_of(j, at.a), *b = jet_of(j, at.b);
  const hp_node *y = j->jet + member * j->trees->count;
  switch (at.op) {
  case HP_ADD:
  case HP_SUB:
    return hp_graph_op(j->graph, at.op, a[w], b[w]);
  case HP_NEG:
    return hp_graph_unary(j->graph, HP_NEG, a[w]);
  case HP_MUL:
    return convolve(j, a, b, w, 0, 0);
  case HP_SQR:
    return square(j, a, w);
  case HP_DIV: /* b y = a */
    return hp_graph_op(j->graph, HP_DIV,
                       hp_graph_op(j->graph, HP_SUB, a[w], convolve(j, b, y, w, 1, 0)), b[0]);
  default:
    return chain(j, a, jet_of(j, j->slope[member]), w);
  }
}

void hp_elementary_differentials(hp_graph *graph, const hp_node f[], size_t d,
                                 const hp_trees *trees, hp_node result[]) {
  jets j;
  jets_init(&j, graph, f, d, trees);
  for (hp_tree w = 0; w < trees->count; ++w) {
    const hp_tree_entry *forest = &trees->entry[w];
    for (size_t i = 0; w > 0 && i < j.n_members; ++i) {
      hp_node y = j.member[i], *y_w = &j.jet[i * trees->count + w];
      hp_node_kind kind = hp_graph_kind(graph, y);
      if (kind == HP_NODE_OPERATION && !hp_graph_is_constant(graph, y))
        *y_w = coefficient(&j, i, w);
      else if (kind == HP_NODE_INPUT && forest->n_branches == 1 &&
               hp_graph_input_number(graph, y) < d)
        *y_w = result[forest->branch[0] * d + hp_graph_input_number(graph, y)];
    }
    for (size_t i = 0; i < d; ++i)
      result[w * d + i] = jet_of(&j, f[i])[w];
  }
  jets_clear(&j);
}
