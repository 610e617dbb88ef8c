#include "published_series.h"
#include "reference/series/bseries.h"

static void q(mpq_t x, long p, long r) {
  mpq_set_si(x, p, (unsigned long)r);
  mpq_canonicalize(x);
}

/* c := an arbitrary series */
static mpq_t *arbitrary(const hp_trees *trees, long seed) {
  mpq_t *c = hp_bseries_new(trees);
  for (size_t t = 0; t < trees->count; ++t)
    q(c[t], (long)(t * t) % 17 - 8 + seed, 3 + (long)t % 5);
  return c;
}

static void assert_same(const hp_trees *trees, const mpq_t x[], const mpq_t y[], const char *what) {
  for (size_t t = 0; t < trees->count; ++t)
    cr_assert(mpq_equal(x[t], y[t]), "%s differs at tree %zu", what, t);
}

Test(bseries, composition_is_associative_and_has_inverses) {
  hp_trees *trees = hp_trees_new(6);
  mpq_t *x = arbitrary(trees, 1), *y = arbitrary(trees, -3), *z = arbitrary(trees, 5);
  mpq_t *xy = hp_bseries_new(trees), *yz = hp_bseries_new(trees);
  mpq_t *left = hp_bseries_new(trees), *right = hp_bseries_new(trees);
  mpq_t *zero = hp_bseries_new(trees);
  hp_bseries_compose(trees, xy, x, y);
  hp_bseries_compose(trees, left, xy, z);
  hp_bseries_compose(trees, yz, y, z);
  hp_bseries_compose(trees, right, x, yz);
  assert_same(trees, left, right, "associativity");
  hp_bseries_inverse(trees, y, x);
  hp_bseries_compose(trees, left, x, y);
  hp_bseries_compose(trees, right, y, x);
  assert_same(trees, left, zero, "right inverse");
  assert_same(trees, right, zero, "left inverse");
  mpq_t *all[] = {x, y, z, xy, yz, left, right, zero};
  for (size_t i = 0; i < 8; ++i)
    hp_bseries_free(trees, all[i]);
  hp_trees_free(trees);
}

/* The exact flow of f is c(t) = 1/gamma(t); its logarithm is f alone. log(c o c) = 2 log c. */
Test(bseries, logarithm) {
  hp_trees *trees = hp_trees_new(7);
  mpq_t *flow = hp_bseries_new(trees), *b = hp_bseries_new(trees), x;
  mpq_init(x);
  for (size_t t = 0; t < trees->count; ++t) {
    q(flow[t], 1, (long)trees->entry[t].order);
    for (size_t i = 0; i < trees->entry[t].n_branches; ++i)
      mpq_mul(flow[t], flow[t], flow[trees->entry[t].branch[i]]);
  }
  hp_bseries_logarithm(trees, b, flow);
  for (size_t t = 0; t < trees->count; ++t)
    cr_assert_eq(mpq_cmp_ui(b[t], t == 0, 1), 0);
  mpq_t *c = arbitrary(trees, 2), *twice = hp_bseries_new(trees), *b2 = hp_bseries_new(trees);
  hp_bseries_compose(trees, twice, c, c);
  hp_bseries_logarithm(trees, b, c);
  hp_bseries_logarithm(trees, b2, twice);
  for (size_t t = 0; t < trees->count; ++t)
    mpq_add(b[t], b[t], b[t]);
  assert_same(trees, b, b2, "log(c o c)");
  mpq_t *all[] = {flow, b, c, twice, b2};
  for (size_t i = 0; i < 5; ++i)
    hp_bseries_free(trees, all[i]);
  mpq_clear(x);
  hp_trees_free(trees);
}

/* Gradient descent with lambda = a = 0 is u + hf; its field is the classical one of Euler's method. */
Test(bseries, gradient_descent) {
  static const struct {
    const char *tree;
    long p, r;
  } known[] = {{"f", 1, 1},         {"f'(f)", -1, 2},      {"f''(f,f)", 1, 6},
               {"f'(f'(f))", 1, 3}, {"f'''(f,f,f)", 0, 1}, {"f'(f'(f'(f)))", -1, 4}};
  hp_trees *trees = hp_trees_new(5);
  mpq_t *c = hp_bseries_new(trees), zero, x;
  mpq_inits(zero, x, NULL);
  hp_momentum_map_series(trees, c, zero, zero);
  for (size_t t = 0; t < trees->count; ++t)
    cr_assert_eq(mpq_cmp_ui(c[t], t == 0, 1), 0);
  hp_momentum_field_series(trees, c, zero, zero);
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    q(x, known[i].p, known[i].r);
    cr_assert(mpq_equal(c[tree_named(trees, known[i].tree)], x), "%s", known[i].tree);
  }
  mpq_clears(zero, x, NULL);
  hp_bseries_free(trees, c);
  hp_trees_free(trees);
}

/* C2: heavy ball's map and manifold are gradients at every order, its field is not at h^2; with a look
 * ahead all three fail at h^2, except the field for a = (1-lambda)/6, which fails at h^3. */
Test(bseries, gradients) {
  static const struct {
    long lambda[2], a[2];
    size_t map, manifold, field;
  } known[] = {
      {{1, 2}, {0, 1}, 0, 0, 3},   {{9, 10}, {0, 1}, 0, 0, 3}, {{1, 2}, {1, 2}, 3, 3, 3},
      {{9, 10}, {9, 10}, 3, 3, 3}, {{1, 7}, {1, 7}, 3, 3, 4},  {{1, 2}, {1, 12}, 3, 3, 4},
      {{0, 1}, {0, 1}, 0, 0, 3},
  };
  hp_trees *trees = hp_trees_new(7);
  mpq_t *c = hp_bseries_new(trees), lambda, a;
  mpq_inits(lambda, a, NULL);
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    hp_tree u = 99, v = 99;
    q(lambda, known[i].lambda[0], known[i].lambda[1]);
    q(a, known[i].a[0], known[i].a[1]);
    hp_momentum_map_series(trees, c, lambda, a);
    cr_assert_eq(hp_bseries_not_gradient(trees, c, NULL, NULL), known[i].map, "map %zu", i);
    hp_momentum_manifold_series(trees, c, lambda, a);
    cr_assert_eq(hp_bseries_not_gradient(trees, c, NULL, NULL), known[i].manifold, "manifold %zu",
                 i);
    hp_momentum_field_series(trees, c, lambda, a);
    cr_assert_eq(hp_bseries_not_gradient(trees, c, &u, &v), known[i].field, "field %zu", i);
    cr_assert_eq(trees->entry[u].order + trees->entry[v].order, known[i].field);
  }
  mpq_clears(lambda, a, NULL);
  hp_bseries_free(trees, c);
  hp_trees_free(trees);
}
