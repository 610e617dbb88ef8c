#include "published_series.h"
#include "reference/series/bseries.h"
#include "reference/series/numerators.h"

enum { ORDER = 6 };

/* sum c_ij lambda^i a^j/(1-lambda)^{2|t|-1} */
static void value_of(mpq_t value, const hp_numerator *n, size_t order, const mpq_t lambda,
                     const mpq_t a) {
  mpq_t row, factor;
  mpq_inits(row, factor, NULL);
  mpq_set_ui(value, 0, 1);
  for (size_t i = n->degree_lambda + 1; i-- > 0;) {
    mpq_set_ui(row, 0, 1);
    for (size_t j = n->degree_a + 1; j-- > 0;) {
      mpq_mul(row, row, a);
      mpq_add(row, row, hp_numerator_at(n, i, j));
    }
    mpq_mul(value, value, lambda);
    mpq_add(value, value, row);
  }
  mpq_set_ui(factor, 1, 1);
  mpq_sub(factor, factor, lambda);
  for (size_t i = 0; i < 2 * order - 1; ++i)
    mpq_div(value, value, factor);
  mpq_clears(row, factor, NULL);
}

/* Every published formula of map, field and manifold is N_t/(1-lambda)^{2|t|-1}, as rational functions:
 * times (1-lambda)^{2|t|-1} both sides are polynomials of degree <= D in lambda and A in a (the
 * published ones are written with such a denominator), and they agree on a grid of more points. */
Test(numerators, published_formulas) {
  static const struct {
    const char *key;
    hp_coefficients *coefficients;
  } series[] = {{"psi", hp_momentum_map_series},
                {"F", hp_momentum_field_series},
                {"m", hp_momentum_manifold_series}};
  hp_trees *trees = hp_trees_new(ORDER);
  json_t *published = published_open(), *about;
  mpq_t lambda, a, x, y;
  mpq_inits(lambda, a, x, y, NULL);
  for (size_t s = 0; s < 3; ++s) {
    hp_numerator *numerator = hp_numerators_new(trees, series[s].coefficients);
    const char *name;
    size_t compared = 0;
    json_object_foreach(published, name, about) {
      hp_tree t = tree_named(trees, name);
      size_t order = trees->entry[t].order;
      formula f = formula_open(json_string_value(json_object_get(about, series[s].key)));
      for (long i = 0; i < 2 * (long)order; ++i)
        for (long j = 0; j <= (long)order; ++j) {
          mpq_set_si(lambda, i - 7, 5);
          mpq_set_si(a, 2 * j - 3, 7);
          mpq_canonicalize(lambda);
          mpq_canonicalize(a);
          formula_at(&f, lambda, a, x);
          value_of(y, &numerator[t], order, lambda, a);
          cr_assert(mpq_equal(x, y), "%s of %s", series[s].key, name);
        }
      formula_close(&f);
      ++compared;
    }
    cr_assert_eq(compared, trees->count);
    hp_numerators_free(trees, numerator);
  }
  mpq_clears(lambda, a, x, y, NULL);
  json_decref(published);
  hp_trees_free(trees);
}

/* Beyond the published orders: the interpolated numerators at points that are no nodes. */
Test(numerators, order_8) {
  hp_trees *trees = hp_trees_new(8);
  mpq_t *c = hp_bseries_new(trees), lambda, a, x;
  mpq_inits(lambda, a, x, NULL);
  hp_numerator *numerator = hp_numerators_new(trees, hp_momentum_field_series);
  mpq_set_ui(lambda, 9, 10);
  mpq_set_ui(a, 3, 7);
  hp_momentum_field_series(trees, c, lambda, a);
  for (size_t t = 0; t < trees->count; ++t) {
    value_of(x, &numerator[t], trees->entry[t].order, lambda, a);
    cr_assert(mpq_equal(x, c[t]), "tree %zu", t);
  }
  hp_numerators_free(trees, numerator);
  mpq_clears(lambda, a, x, NULL);
  hp_bseries_free(trees, c);
  hp_trees_free(trees);
}

/* Heavy ball: Eulerian on the corollas, Narayana on the tall trees, palindromes in the field. */
Test(numerators, combinatorics_of_heavy_ball) {
  hp_trees *trees = hp_trees_new(8);
  hp_numerator *manifold = hp_numerators_new(trees, hp_momentum_manifold_series);
  hp_numerator *field = hp_numerators_new(trees, hp_momentum_field_series);
  hp_tree leaves[7] = {0}, tall = 0;
  mpz_t number;
  mpq_t x;
  mpz_init(number);
  mpq_init(x);
  for (size_t k = 1; k <= 7; ++k) {
    hp_tree corolla = hp_trees_find(trees, k, leaves);
    tall = hp_trees_find(trees, 1, &tall);
    for (size_t j = 0; j <= 2 * k; ++j) {
      mpq_set_ui(x, 0, 1);
      if (j < k) {
        hp_eulerian(number, k, j);
        mpq_set_z(x, number);
      }
      if (k % 2)
        mpq_neg(x, x);
      cr_assert(mpq_equal(hp_numerator_at(&manifold[corolla], j, 0), x), "corolla %zu %zu", k, j);
      mpq_set_ui(x, 0, 1);
      if (j < k) {
        hp_narayana(number, k, j);
        mpq_set_z(x, number);
      }
      if (k % 2)
        mpq_neg(x, x);
      cr_assert(mpq_equal(hp_numerator_at(&manifold[tall], j, 0), x), "tall %zu %zu", k, j);
    }
  }
  for (size_t t = 0; t < trees->count; ++t)
    for (size_t i = 0, n = trees->entry[t].order - 1; i <= 2 * n; ++i)
      if (i > n)
        cr_assert_eq(mpq_sgn(hp_numerator_at(&field[t], i, 0)), 0);
      else
        cr_assert(
            mpq_equal(hp_numerator_at(&field[t], i, 0), hp_numerator_at(&field[t], n - i, 0)));
  mpq_clear(x);
  mpz_clear(number);
  hp_numerators_free(trees, manifold);
  hp_numerators_free(trees, field);
  hp_trees_free(trees);
}

Test(numerators, eulerian_and_narayana) {
  static const unsigned long eulerian[] = {1, 57, 302, 302, 57, 1},
                             narayana[] = {1, 15, 50, 50, 15, 1};
  mpz_t x;
  mpz_init(x);
  for (size_t j = 0; j < 6; ++j) {
    hp_eulerian(x, 6, j);
    cr_assert_eq(mpz_cmp_ui(x, eulerian[j]), 0);
    hp_narayana(x, 6, j);
    cr_assert_eq(mpz_cmp_ui(x, narayana[j]), 0);
  }
  hp_eulerian(x, 0, 0);
  cr_assert_eq(mpz_cmp_ui(x, 1), 0);
  hp_narayana(x, 0, 0);
  cr_assert_eq(mpz_cmp_ui(x, 1), 0);
  mpz_clear(x);
}
