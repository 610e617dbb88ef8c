#include "published_series.h"
#include "reference/series/bseries.h"
#include "reference/series/start_shift.h"

/* The published formulas on a grid of rational (lambda, a): numerators there have degree up to 20 in
 * lambda and 5 in a over a product of 1 - lambda^k. */
Test(start_shift, published_formulas) {
  enum { ORDER = 6, LAMBDAS = 24, AS = 7 };
  hp_trees *trees = hp_trees_new(ORDER);
  json_t *published = published_open(), *about;
  const char *name;
  mpq_t lambda, a, x, *shift[LAMBDAS * AS];
  mpq_inits(lambda, a, x, NULL);
  for (size_t i = 0; i < LAMBDAS * AS; ++i) {
    mpq_set_ui(lambda, i / AS, LAMBDAS);
    mpq_set_si(a, 3 * (long)(i % AS) - 4, 5);
    mpq_canonicalize(lambda);
    mpq_canonicalize(a);
    shift[i] = hp_bseries_new(trees);
    hp_momentum_shift_series(trees, shift[i], lambda, a);
  }
  size_t compared = 0;
  json_object_foreach(published, name, about) {
    hp_tree t = tree_named(trees, name);
    formula f = formula_open(json_string_value(json_object_get(about, "S")));
    for (size_t i = 0; i < LAMBDAS * AS; ++i) {
      mpq_set_ui(lambda, i / AS, LAMBDAS);
      mpq_set_si(a, 3 * (long)(i % AS) - 4, 5);
      mpq_canonicalize(lambda);
      mpq_canonicalize(a);
      formula_at(&f, lambda, a, x);
      cr_assert(mpq_equal(x, shift[i][t]), "%s at %zu", name, i);
      ++compared;
    }
    formula_close(&f);
  }
  cr_assert_eq(compared, trees->count * LAMBDAS * AS);
  for (size_t i = 0; i < LAMBDAS * AS; ++i)
    hp_bseries_free(trees, shift[i]);
  mpq_clears(lambda, a, x, NULL);
  json_decref(published);
  hp_trees_free(trees);
}

/* After the layer the iterates are on the orbit: c_n = map^n o S up to terms lambda^n. The defect
 * c_n o ... is compared through u_{n+1} = map(u_n). */
Test(start_shift, iterates_reach_the_orbit) {
  enum { ORDER = 5, LAST = 120 };
  hp_trees *trees = hp_trees_new(ORDER);
  size_t count = (LAST + 1) * trees->count;
  mpq_t *iterates = calloc(count, sizeof *iterates), lambda, a;
  mpq_t *orbit = hp_bseries_new(trees), *next = hp_bseries_new(trees), *map = hp_bseries_new(trees);
  for (size_t i = 0; i < count; ++i)
    mpq_init(iterates[i]);
  mpq_inits(lambda, a, NULL);
  mpq_set_ui(lambda, 1, 2);
  mpq_set_ui(a, 1, 3);
  hp_momentum_iterate_series(trees, iterates, LAST, lambda, a);
  hp_momentum_map_series(trees, map, lambda, a);
  hp_momentum_shift_series(trees, orbit, lambda, a);
  for (size_t n = 0; n < LAST; ++n) {
    hp_bseries_compose(trees, next, map, orbit);
    for (size_t t = 0; t < trees->count; ++t)
      mpq_set(orbit[t], next[t]);
  }
  for (size_t t = 0; t < trees->count; ++t) {
    double c = mpq_get_d(iterates[LAST * trees->count + t]);
    mpq_sub(next[t], orbit[t], iterates[LAST * trees->count + t]);
    double defect = mpq_get_d(next[t]);
    cr_assert(c != 0 && defect != 0);
    cr_assert_lt(defect < 0 ? -defect : defect, 1e-25 * (c < 0 ? -c : c));
  }
  for (size_t i = 0; i < count; ++i)
    mpq_clear(iterates[i]);
  free(iterates);
  mpq_clears(lambda, a, NULL);
  hp_bseries_free(trees, orbit);
  hp_bseries_free(trees, next);
  hp_bseries_free(trees, map);
  hp_trees_free(trees);
}
