#include "trees.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>
#include <string.h>

/* ---- all forests of one order, in lexicographic order ---- */

static hp_tree_entry *add_tree(hp_trees *trees, size_t order, size_t n, const hp_tree branch[]) {
  trees->entry = hp_reallocate(trees->entry, trees->count + 1, sizeof *trees->entry);
  hp_tree_entry *entry = &trees->entry[trees->count++];
  *entry = (hp_tree_entry){.order = order, .n_branches = n};
  entry->branch = hp_allocate(n, sizeof *entry->branch);
  memcpy(entry->branch, branch, n * sizeof *branch);
  return entry;
}

/* sigma, from the runs of equal branches */
static void set_symmetry(const hp_trees *trees, hp_tree_entry *entry) {
  uint64_t run = 0;
  entry->symmetry = 1;
  for (size_t i = 0; i < entry->n_branches; ++i) {
    run = i > 0 && entry->branch[i] == entry->branch[i - 1] ? run + 1 : 1;
    entry->symmetry *= run * trees->entry[entry->branch[i]].symmetry;
  }
}

/* Every completion of branch[0..n) by branches of number >= least with `left` nodes in all. */
static void complete(hp_trees *trees, size_t order, size_t left, hp_tree branch[], size_t n,
                     hp_tree least) {
  if (left == 0) {
    set_symmetry(trees, add_tree(trees, order, n, branch));
    return;
  }
  hp_tree end = (hp_tree)trees->first[order];
  for (hp_tree t = least; t < end && trees->entry[t].order <= left; ++t) {
    branch[n] = t;
    complete(trees, order, left - trees->entry[t].order, branch, n + 1, t);
  }
}

/* ---- looking a tree up ---- */

static int compare(size_t n, const hp_tree x[], size_t m, const hp_tree y[]) {
  for (size_t i = 0; i < n && i < m; ++i)
    if (x[i] != y[i])
      return x[i] < y[i] ? -1 : 1;
  return 0;
}

hp_tree hp_trees_find(const hp_trees *trees, size_t n, const hp_tree branch[]) {
  size_t order = 1;
  for (size_t i = 0; i < n; ++i)
    order += trees->entry[branch[i]].order;
  size_t low = trees->first[order], high = trees->first[order + 1];
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    const hp_tree_entry *entry = &trees->entry[middle];
    if (compare(entry->n_branches, entry->branch, n, branch) <= 0)
      low = middle;
    else
      high = middle;
  }
  return (hp_tree)low;
}

static void insert(hp_tree branch[], size_t *n, hp_tree t) {
  size_t i = (*n)++;
  for (; i > 0 && branch[i - 1] > t; --i)
    branch[i] = branch[i - 1];
  branch[i] = t;
}

hp_tree hp_trees_graft(const hp_trees *trees, hp_tree u, hp_tree v) {
  const hp_tree_entry *entry = &trees->entry[u];
  size_t n = entry->n_branches;
  hp_tree *branch = hp_allocate(n + 1, sizeof *branch);
  memcpy(branch, entry->branch, n * sizeof *branch);
  insert(branch, &n, v);
  hp_tree result = hp_trees_find(trees, n, branch);
  free(branch);
  return result;
}

/* ---- cuts ---- */

static void add_cut(hp_tree_entry *entry, hp_tree root, size_t n, const hp_tree branch[]) {
  entry->cut = hp_reallocate(entry->cut, entry->n_cuts + 1, sizeof *entry->cut);
  hp_tree_cut *cut = &entry->cut[entry->n_cuts++];
  *cut = (hp_tree_cut){.root = root, .n_branches = n};
  cut->branch = hp_allocate(n, sizeof *cut->branch);
  memcpy(cut->branch, branch, n * sizeof *branch);
}

/* What has been decided about the first branches of t: what stays below the root, what fell off. */
typedef struct {
  hp_tree *stays, *falls;
  size_t n_stays, n_falls;
} partial_cut;

/* Branch number i of t stays with one of its own cuts, or falls off whole. */
static void cut_branches(const hp_trees *trees, hp_tree_entry *entry, partial_cut at, size_t i) {
  if (i == entry->n_branches) {
    add_cut(entry, hp_trees_find(trees, at.n_stays, at.stays), at.n_falls, at.falls);
    return;
  }
  hp_tree *kept = hp_allocate(entry->order, sizeof *kept);
  const hp_tree_entry *branch = &trees->entry[entry->branch[i]];
  memcpy(kept, at.stays, at.n_stays * sizeof *kept);
  for (size_t k = 0; k < branch->n_cuts; ++k) {
    const hp_tree_cut *cut = &branch->cut[k];
    partial_cut next = at;
    insert(next.stays, &next.n_stays, cut->root);
    memcpy(next.falls + next.n_falls, cut->branch, cut->n_branches * sizeof *next.falls);
    next.n_falls += cut->n_branches;
    cut_branches(trees, entry, next, i + 1);
    memcpy(at.stays, kept, at.n_stays * sizeof *kept);
  }
  at.falls[at.n_falls++] = entry->branch[i];
  cut_branches(trees, entry, at, i + 1);
  free(kept);
}

static void set_cuts(const hp_trees *trees, hp_tree_entry *entry) {
  partial_cut none = {.stays = hp_allocate(entry->order, sizeof *none.stays),
                      .falls = hp_allocate(entry->order, sizeof *none.falls)};
  cut_branches(trees, entry, none, 0);
  free(none.stays);
  free(none.falls);
}

/* ---- splittings of a forest ---- */

typedef struct {
  hp_tree *left, *right;
  size_t n_left, n_right;
} partial_split;

/* Of a run of equal branches from i on, 0, 1, ..., all go to the left. */
static void split_branches(const hp_trees *trees, hp_tree_entry *entry, partial_split at,
                           size_t i) {
  if (i == entry->n_branches) {
    entry->pair = hp_reallocate(entry->pair, entry->n_pairs + 1, sizeof *entry->pair);
    entry->pair[entry->n_pairs++] = (hp_forest_pair){hp_trees_find(trees, at.n_left, at.left),
                                                     hp_trees_find(trees, at.n_right, at.right)};
    return;
  }
  size_t end = i;
  while (end < entry->n_branches && entry->branch[end] == entry->branch[i])
    ++end;
  for (size_t to_left = 0; to_left <= end - i; ++to_left) {
    partial_split next = at;
    for (size_t k = 0; k < end - i; ++k)
      if (k < to_left)
        next.left[next.n_left++] = entry->branch[i];
      else
        next.right[next.n_right++] = entry->branch[i];
    split_branches(trees, entry, next, end);
  }
}

static void set_pairs(const hp_trees *trees, hp_tree_entry *entry) {
  partial_split none = {.left = hp_allocate(entry->order, sizeof *none.left),
                        .right = hp_allocate(entry->order, sizeof *none.right)};
  split_branches(trees, entry, none, 0);
  free(none.left);
  free(none.right);
}

/* ---- the table ---- */

hp_trees *hp_trees_new(size_t largest_order) {
  hp_trees *trees = hp_allocate(1, sizeof *trees);
  hp_tree *branch = hp_allocate(largest_order, sizeof *branch);
  trees->largest_order = largest_order;
  trees->first = hp_allocate(largest_order + 2, sizeof *trees->first);
  for (size_t order = 1; order <= largest_order; ++order) {
    trees->first[order] = trees->count;
    complete(trees, order, order - 1, branch, 0, 0);
  }
  trees->first[largest_order + 1] = trees->count;
  free(branch);
  for (size_t t = 0; t < trees->count; ++t) {
    set_cuts(trees, &trees->entry[t]);
    set_pairs(trees, &trees->entry[t]);
  }
  return trees;
}

void hp_trees_free(hp_trees *trees) {
  for (size_t t = 0; t < trees->count; ++t) {
    hp_tree_entry *entry = &trees->entry[t];
    for (size_t i = 0; i < entry->n_cuts; ++i)
      free(entry->cut[i].branch);
    free(entry->cut);
    free(entry->pair);
    free(entry->branch);
  }
  free(trees->entry);
  free(trees->first);
  free(trees);
}

/* ---- text ---- */

static size_t write_text(const hp_trees *trees, hp_tree tree, char *to) {
  const hp_tree_entry *entry = &trees->entry[tree];
  size_t length = 0;
  to[length++] = 'f';
  for (size_t i = 0; i < entry->n_branches; ++i)
    to[length++] = '\'';
  for (size_t i = 0; i < entry->n_branches; ++i) {
    to[length++] = i ? ',' : '(';
    length += write_text(trees, entry->branch[i], to + length);
  }
  if (entry->n_branches)
    to[length++] = ')';
  return length;
}

char *hp_tree_text(const hp_trees *trees, hp_tree tree) {
  /* f, a prime, a separator and a bracket for each node */
  char *text = hp_allocate(4 * trees->entry[tree].order + 1, 1);
  write_text(trees, tree, text);
  return text;
}
