#include "bseries.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

mpq_t *hp_bseries_new(const hp_trees *trees) {
  mpq_t *c = hp_allocate(trees->count, sizeof *c);
  for (size_t t = 0; t < trees->count; ++t)
    mpq_init(c[t]);
  return c;
}

void hp_bseries_free(const hp_trees *trees, mpq_t *c) {
  for (size_t t = 0; t < trees->count; ++t)
    mpq_clear(c[t]);
  free(c);
}

/* sum := sum + outer(root) prod inner(branches) */
static void add_cut(mpq_t sum, const hp_tree_cut *cut, const mpq_t outer[], const mpq_t inner[]) {
  mpq_t product;
  mpq_init(product);
  mpq_set(product, outer[cut->root]);
  for (size_t i = 0; i < cut->n_branches; ++i)
    mpq_mul(product, product, inner[cut->branch[i]]);
  mpq_add(sum, sum, product);
  mpq_clear(product);
}

void hp_bseries_compose(const hp_trees *trees, mpq_t c[], const mpq_t outer[],
                        const mpq_t inner[]) {
  for (size_t t = 0; t < trees->count; ++t) {
    const hp_tree_entry *entry = &trees->entry[t];
    mpq_set(c[t], inner[t]);
    for (size_t i = 0; i < entry->n_cuts; ++i)
      add_cut(c[t], &entry->cut[i], outer, inner);
  }
}

/* The cuts that leave something and take something: all but the first. */
static void add_proper_cuts(mpq_t sum, const hp_tree_entry *entry, const mpq_t outer[],
                            const mpq_t inner[]) {
  for (size_t i = 1; i < entry->n_cuts; ++i)
    add_cut(sum, &entry->cut[i], outer, inner);
}

void hp_bseries_inverse(const hp_trees *trees, mpq_t inverse[], const mpq_t c[]) {
  for (size_t t = 0; t < trees->count; ++t) {
    mpq_set(inverse[t], c[t]);
    add_proper_cuts(inverse[t], &trees->entry[t], c, inverse);
    mpq_neg(inverse[t], inverse[t]);
  }
}

void hp_bseries_logarithm(const hp_trees *trees, mpq_t b[], const mpq_t c[]) {
  /* derivative[j] = D^j b */
  size_t n = trees->largest_order;
  mpq_t **derivative = hp_allocate(n, sizeof *derivative), factorial;
  mpq_init(factorial);
  for (size_t j = 1; j < n; ++j)
    derivative[j] = hp_bseries_new(trees);
  derivative[0] = b;
  for (size_t t = 0; t < trees->count; ++t) {
    const hp_tree_entry *entry = &trees->entry[t];
    mpq_set(b[t], c[t]);
    mpq_set_ui(factorial, 1, 1);
    for (size_t j = 1; j < entry->order; ++j) {
      mpq_t term, divisor;
      mpq_inits(term, divisor, (mpq_ptr)0);
      for (size_t i = 1; i < entry->n_cuts; ++i)
        if (entry->cut[i].n_branches == 1)
          add_cut(derivative[j][t], &entry->cut[i], derivative[j - 1], b);
      mpq_set_ui(divisor, j + 1, 1);
      mpq_mul(factorial, factorial, divisor);
      mpq_div(term, derivative[j][t], factorial);
      mpq_sub(b[t], b[t], term);
      mpq_clears(term, divisor, (mpq_ptr)0);
    }
  }
  for (size_t j = 1; j < n; ++j)
    hp_bseries_free(trees, derivative[j]);
  free(derivative);
  mpq_clear(factorial);
}

void hp_momentum_map_series(const hp_trees *trees, mpq_t map[], const mpq_t lambda, const mpq_t a) {
  mpq_t one_minus, one_plus, lower;
  mpq_inits(one_minus, one_plus, lower, (mpq_ptr)0);
  mpq_set_ui(one_minus, 1, 1);
  mpq_add(one_plus, one_minus, a);
  mpq_sub(one_minus, one_minus, lambda);
  for (size_t t = 0; t < trees->count; ++t) {
    const hp_tree_entry *entry = &trees->entry[t];
    mpq_set_ui(map[t], 1, 1);
    for (size_t i = 0; i < entry->n_branches; ++i) {
      mpq_mul(map[t], map[t], map[entry->branch[i]]);
      mpq_mul(map[t], map[t], one_plus);
    }
    mpq_set_ui(lower, 0, 1);
    add_proper_cuts(lower, entry, map, map);
    mpq_sub(map[t], map[t], lower);
    mpq_div(map[t], map[t], one_minus);
  }
  mpq_clears(one_minus, one_plus, lower, (mpq_ptr)0);
}

void hp_momentum_field_series(const hp_trees *trees, mpq_t field[], const mpq_t lambda,
                              const mpq_t a) {
  mpq_t *map = hp_bseries_new(trees);
  hp_momentum_map_series(trees, map, lambda, a);
  hp_bseries_logarithm(trees, field, map);
  hp_bseries_free(trees, map);
}

void hp_momentum_manifold_series(const hp_trees *trees, mpq_t manifold[], const mpq_t lambda,
                                 const mpq_t a) {
  mpq_t *map = hp_bseries_new(trees);
  hp_momentum_map_series(trees, map, lambda, a);
  hp_bseries_inverse(trees, manifold, map);
  for (size_t t = 0; t < trees->count; ++t)
    mpq_neg(manifold[t], manifold[t]);
  hp_bseries_free(trees, map);
}

size_t hp_bseries_not_gradient(const hp_trees *trees, const mpq_t b[], hp_tree *u, hp_tree *v) {
  for (size_t order = 2; order <= trees->largest_order; ++order)
    for (hp_tree x = 0; x < hp_trees_up_to(trees, order - 1); ++x)
      for (hp_tree y = 0; y < x; ++y) {
        if (trees->entry[x].order + trees->entry[y].order != order)
          continue;
        if (mpq_equal(b[hp_trees_graft(trees, x, y)], b[hp_trees_graft(trees, y, x)]))
          continue;
        if (u)
          *u = x;
        if (v)
          *v = y;
        return order;
      }
  return 0;
}
