#include "published_series.h"

/* OEIS A000081: rooted trees with n nodes. */
Test(trees, counts) {
  static const size_t known[] = {1, 1, 2, 4, 9, 20, 48, 115, 286, 719};
  hp_trees *trees = hp_trees_new(10);
  for (size_t n = 1; n <= 10; ++n)
    cr_assert_eq(trees->first[n + 1] - trees->first[n], known[n - 1]);
  cr_assert_eq(hp_trees_up_to(trees, 6), 37);
  hp_trees_free(trees);
}

/* sum over trees of order n of 1/sigma(t) alpha...: n!/(sigma gamma) counts monotone labellings,
 * (n-1)! in all; gamma(t) = |t| prod gamma(t_i). */
Test(trees, monotone_labellings) {
  hp_trees *trees = hp_trees_new(9);
  double *gamma = calloc(trees->count, sizeof *gamma), factorial = 1;
  for (size_t n = 1; n <= 9; ++n) {
    double labellings = 0;
    factorial *= (double)n;
    for (size_t t = trees->first[n]; t < trees->first[n + 1]; ++t) {
      const hp_tree_entry *entry = &trees->entry[t];
      gamma[t] = (double)n;
      for (size_t i = 0; i < entry->n_branches; ++i)
        gamma[t] *= gamma[entry->branch[i]];
      labellings += factorial / ((double)entry->symmetry * gamma[t]);
    }
    cr_assert_float_eq(labellings, factorial / (double)n, 1e-9 * factorial);
  }
  free(gamma);
  hp_trees_free(trees);
}

Test(trees, published_symmetries) {
  hp_trees *trees = hp_trees_new(6);
  json_t *published = published_open(), *about;
  const char *name;
  size_t found = 0;
  json_object_foreach(published, name, about) {
    hp_tree t = tree_named(trees, name);
    cr_assert_lt(t, trees->count, "%s", name);
    cr_assert_eq((json_int_t)trees->entry[t].order,
                 json_integer_value(json_object_get(about, "order")));
    cr_assert_eq((json_int_t)trees->entry[t].symmetry,
                 json_integer_value(json_object_get(about, "sigma")), "%s", name);
    ++found;
  }
  cr_assert_eq(found, trees->count);
  json_decref(published);
  hp_trees_free(trees);
}

/* Every tree has a cut for each subset of its edges that is cut first on the way up from a leaf: 2^k
 * for a corolla of k leaves, k + 1 for a tall tree; and nodes are neither made nor lost. */
Test(trees, cuts) {
  hp_trees *trees = hp_trees_new(7);
  hp_tree leaves[6] = {0}, tall = 0;
  for (size_t k = 1; k <= 6; ++k) {
    cr_assert_eq(trees->entry[hp_trees_find(trees, k, leaves)].n_cuts, (size_t)1 << k);
    tall = hp_trees_find(trees, 1, &tall);
    cr_assert_eq(trees->entry[tall].n_cuts, k + 1);
    cr_assert_eq(trees->entry[tall].order, k + 1);
  }
  for (hp_tree t = 0; t < trees->count; ++t) {
    const hp_tree_entry *entry = &trees->entry[t];
    cr_assert_eq(entry->cut[0].root, t);
    cr_assert_eq(entry->cut[0].n_branches, 0);
    size_t single = 0;
    for (size_t i = 0; i < entry->n_cuts; ++i) {
      size_t nodes = trees->entry[entry->cut[i].root].order;
      for (size_t k = 0; k < entry->cut[i].n_branches; ++k)
        nodes += trees->entry[entry->cut[i].branch[k]].order;
      cr_assert_eq(nodes, entry->order);
      single += entry->cut[i].n_branches == 1;
    }
    cr_assert_eq(single, entry->order - 1, "one cut for each edge");
  }
  hp_trees_free(trees);
}

/* As monomials: prod (1 + mu_i) splittings; left + right = forest. */
Test(trees, splittings) {
  hp_trees *trees = hp_trees_new(7);
  for (hp_tree t = 0; t < trees->count; ++t) {
    const hp_tree_entry *entry = &trees->entry[t];
    size_t expected = 1, run = 0;
    for (size_t i = 0; i < entry->n_branches; ++i) {
      bool starts = i == 0 || entry->branch[i] != entry->branch[i - 1];
      run = starts ? 1 : run + 1;
      expected = starts ? 2 * expected : expected / run * (run + 1);
    }
    cr_assert_eq(entry->n_pairs, expected);
    for (size_t i = 0; i < entry->n_pairs; ++i)
      cr_assert_eq(trees->entry[entry->pair[i].left].order +
                       trees->entry[entry->pair[i].right].order,
                   entry->order + 1);
  }
  hp_trees_free(trees);
}

Test(trees, grafting) {
  hp_trees *trees = hp_trees_new(5);
  static const char *const product[][3] = {
      {"f", "f", "f'(f)"},
      {"f", "f'(f)", "f'(f'(f))"},
      {"f'(f)", "f", "f''(f,f)"},
      {"f''(f,f'(f))", "f", "f'''(f,f,f'(f))"},
      {"f'(f'(f))", "f'(f)", "f''(f'(f),f'(f))"},
  };
  for (size_t i = 0; i < sizeof product / sizeof *product; ++i) {
    char *text = hp_tree_text(trees, hp_trees_graft(trees, tree_named(trees, product[i][0]),
                                                    tree_named(trees, product[i][1])));
    cr_assert_str_eq(text, product[i][2]);
    free(text);
  }
  hp_trees_free(trees);
}
