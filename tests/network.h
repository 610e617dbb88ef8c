#ifndef HP_TESTS_NETWORK_H
#define HP_TESTS_NETWORK_H
#include "reference/diagonal_network/network.h"
#include "reference/problem/rational.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The built-in network, and the numbers of tests/data/dln.txt for it. */

static inline void network_open(hp_diagonal_network *network) {
  hp_diagnostic why;
  hp_problem *problem = hp_problem_load("spec/problems/diagonal-linear.phi", &why);
  cr_assert(problem);
  hp_diagonal_network_of(network, problem);
  hp_problem_free(problem);
}

/* The line of dln.txt that begins with `begin`, or the first line after it that has `key` in it;
 * released with free(). */
static inline char *published_line(const char *begin, const char *key) {
  char line[4096];
  bool inside = false;
  FILE *file = fopen("tests/data/dln.txt", "r");
  cr_assert(file);
  while (fgets(line, sizeof line, file)) {
    inside = inside || strncmp(line, begin, strlen(begin)) == 0;
    if (inside && strstr(line, key)) {
      fclose(file);
      return strdup(line);
    }
  }
  fclose(file);
  cr_assert_fail("no %s after '%s'", key, begin);
  return NULL;
}

/* Is |x - published| <= 2 units of the last of the published digits, and those at least 20? text: a
 * number, "0.0495..." */
static inline void assert_published(const mpfr_t x, const char *text, const char *what) {
  mpfr_t published, unit, difference;
  const char *point = strchr(text, '.');
  long decimals = point ? (long)strspn(point + 1, "0123456789") : 0;
  mpfr_inits2(256, published, unit, difference, (mpfr_ptr)0);
  mpfr_strtofr(published, text, NULL, 10, MPFR_RNDN);
  mpfr_set_si(unit, -decimals, MPFR_RNDN);
  mpfr_exp10(unit, unit, MPFR_RNDN);
  mpfr_sub(difference, x, published, MPFR_RNDN);
  mpfr_abs(difference, difference, MPFR_RNDN);
  cr_assert_geq(decimals, 20, "%s: %ld decimals", what, decimals);
  cr_assert(mpfr_lessequal_p(difference, unit), "%s: %.40s", what, text);
  mpfr_clears(published, unit, difference, (mpfr_ptr)0);
}

/* The quoted numbers after `key` on the line of dln.txt. */
static inline void assert_vector(const mpfr_t x[], size_t n, const char *begin, const char *key) {
  char *line = published_line(begin, key), *at = strstr(line, key);
  for (size_t i = 0; i < n; ++i) {
    at = strchr(at, '\'');
    cr_assert(at, "%s of %s has fewer than %zu numbers", key, begin, n);
    assert_published(x[i], at + 1, key);
    at = strchr(at + 1, '\'') + 1;
  }
  free(line);
}

static inline void set_rational(mpq_t value, const char *text) {
  cr_assert(hp_rational_read(value, text));
}

#endif
