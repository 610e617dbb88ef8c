#ifndef HP_SERIES_TREES_H
#define HP_SERIES_TREES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rooted trees by order (number of nodes), in canonical form: t = [t_1, ..., t_m] with the branches
 * in ascending number. Trees are numbered by order, then lexicographically by their branches:
 *
 *     0 = f, 1 = f'(f), 2 = f''(f,f), 3 = f'(f'(f)), ...      1, 1, 2, 4, 9, 20, 48, ... a order.
 *
 * A forest is the tree that it becomes under a new root; so tree 0 is the empty forest, and the
 * forests of order k are the trees of order k + 1.
 * Butcher, Numerical Methods for Ordinary Differential Equations, section 300. */
typedef uint32_t hp_tree;

/* One way to cut branches off a tree t: what stays at the root, and what falls off. */
typedef struct {
  hp_tree root;
  size_t n_branches;
  hp_tree *branch;
} hp_tree_cut;

/* Two forests whose union is a third one. */
typedef struct {
  hp_tree left, right;
} hp_forest_pair;

typedef struct {
  size_t order; /* nodes */
  size_t n_branches;
  hp_tree *branch;
  uint64_t symmetry; /* sigma(t) = prod_i mu_i! sigma(t_i)^{mu_i} over distinct branches */
  size_t n_cuts;     /* rooted subtrees, 2^{edges} for distinct nodes: all subsets of edges */
  hp_tree_cut *cut;  /* counted with multiplicity; the first one cuts nothing */
  size_t n_pairs;    /* t as a forest: all (left, right) with left + right = t, each once */
  hp_forest_pair *pair;
} hp_tree_entry;

typedef struct {
  size_t largest_order, count;
  hp_tree_entry *entry;
  size_t *first; /* number of the first tree of order k = 0 .. largest_order + 1 */
} hp_trees;

/* All trees up to an order from 1 to 16. */
hp_trees *hp_trees_new(size_t largest_order);
void hp_trees_free(hp_trees *trees);

/* Trees up to this order: numbers 0 .. hp_trees_up_to(trees, order) - 1. */
static inline size_t hp_trees_up_to(const hp_trees *trees, size_t order) {
  return trees->first[order + 1];
}

/* [branch_1, ..., branch_n], the branches ascending, of order at most largest_order. */
hp_tree hp_trees_find(const hp_trees *trees, size_t n, const hp_tree branch[]);

/* u o v: v grafted onto the root of u (Butcher's product); needs |u| + |v| <= largest_order. */
hp_tree hp_trees_graft(const hp_trees *trees, hp_tree u, hp_tree v);

/* "f''(f,f'(f))"; the caller frees it. */
char *hp_tree_text(const hp_trees *trees, hp_tree tree);

#endif
