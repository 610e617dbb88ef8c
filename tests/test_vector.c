#include "src/vector.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>

enum { MOST = 33 };

static void fill_random(size_t n, double *x) {
  for (size_t i = 0; i < n; i++)
    x[i] = random_double();
}

Test(vector, fill_writes_exactly_n_values) {
  double x[4] = {1, 2, 3, 4};
  hp_vector_fill(0, 9, x);
  cr_assert_eq(x[0], 1);
  hp_vector_fill(3, -0.5, x);
  cr_assert(x[0] == -0.5 && x[1] == -0.5 && x[2] == -0.5 && x[3] == 4);
}

Test(vector, copy_is_exact_for_every_double) {
  double x[] = {-0.0, 0x1p-1074, INFINITY, NAN, 1 / 3.0}, y[6] = {0, 0, 0, 0, 0, 7};
  hp_vector_copy(0, x, y + 5);
  hp_vector_copy(5, x, y);
  cr_assert(y[0] == 0 && signbit(y[0]) && y[1] == 0x1p-1074 && isinf(y[2]) && isnan(y[3]));
  cr_assert(y[4] == 1 / 3.0 && y[5] == 7);
}

Test(vector, add_scaled_rounds_the_product_then_the_sum) {
  random_double_seed(11);
  for (size_t n = 0; n <= MOST; n++) {
    double x[MOST + 1], y[MOST + 1], apart[MOST + 1], in_place[MOST + 1], s = random_double();
    fill_random(n, x);
    fill_random(n, y);
    apart[n] = in_place[n] = 42;
    for (size_t i = 0; i < n; i++)
      in_place[i] = x[i];
    hp_vector_add_scaled(n, x, s, y, apart);
    hp_vector_add_scaled(n, in_place, s, y, in_place);
    mpfr_t exact;
    mpfr_init2(exact, 53);
    for (size_t i = 0; i < n; i++) {
      mpfr_set_d(exact, s, MPFR_RNDN);
      mpfr_mul_d(exact, exact, y[i], MPFR_RNDN);
      mpfr_add_d(exact, exact, x[i], MPFR_RNDN);
      cr_assert_eq(apart[i], mpfr_get_d(exact, MPFR_RNDN));
      cr_assert_eq(in_place[i], apart[i]);
    }
    mpfr_clear(exact);
    cr_assert(apart[n] == 42 && in_place[n] == 42);
  }
}

/* A sum of n products (or squares of differences) in the order of the loop is within
 * (n + 2) 2^-53 of the sum of the magnitudes, up to a factor 1 + 2^-40. */
static void check_sum(size_t n, const double *x, const double *y, double computed, bool squares) {
  mpfr_t sum, size, term;
  mpfr_inits2(400, sum, size, term, (mpfr_ptr)0);
  mpfr_set_zero(sum, 1);
  mpfr_set_zero(size, 1);
  for (size_t i = 0; i < n; i++) {
    mpfr_set_d(term, x[i], MPFR_RNDN);
    if (squares) {
      mpfr_sub_d(term, term, y[i], MPFR_RNDN);
      mpfr_sqr(term, term, MPFR_RNDN);
    } else {
      mpfr_mul_d(term, term, y[i], MPFR_RNDN);
    }
    mpfr_add(sum, sum, term, MPFR_RNDN);
    mpfr_abs(term, term, MPFR_RNDN);
    mpfr_add(size, size, term, MPFR_RNDN);
  }
  mpfr_sub_d(sum, sum, computed, MPFR_RNDN);
  mpfr_mul_d(size, size, ((double)n + 2) * 0x1.0000000001p-53, MPFR_RNDN);
  cr_assert(mpfr_cmpabs(sum, size) <= 0, "n = %zu", n);
  mpfr_clears(sum, size, term, (mpfr_ptr)0);
}

Test(vector, dot_and_distance_squared_against_mpfr) {
  random_double_seed(12);
  for (size_t n = 0; n <= MOST; n++) {
    double x[MOST], y[MOST];
    fill_random(n, x);
    fill_random(n, y);
    check_sum(n, x, y, hp_vector_dot(n, x, y), false);
    check_sum(n, x, x, hp_vector_dot(n, x, x), false);
    check_sum(n, x, y, hp_vector_distance_squared(n, x, y), true);
    cr_assert_eq(hp_vector_distance_squared(n, x, x), 0);
  }
  cr_assert_eq(hp_vector_dot(0, NULL, NULL), 0);
}

Test(vector, sums_of_small_integers_are_exact) {
  double x[] = {3, -1, 4, 1}, y[] = {2, 7, 1, 8};
  cr_assert_eq(hp_vector_dot(4, x, y), 11);
  cr_assert_eq(hp_vector_distance_squared(4, x, y), 123);
  cr_assert_eq(hp_vector_distance_max(4, x, y), 8);
  cr_assert_eq(hp_vector_distance_max(1, x, y), 1);
  cr_assert_eq(hp_vector_distance_max(1, y, x), 1);
  cr_assert_eq(hp_vector_distance_max(0, x, y), 0);
}

Test(vector, distance_max_is_the_largest_rounded_difference) {
  random_double_seed(13);
  for (size_t n = 1; n <= MOST; n++) {
    double x[MOST], y[MOST], largest = 0;
    fill_random(n, x);
    fill_random(n, y);
    for (size_t i = 0; i < n; i++)
      largest = fmax(largest, fabs(x[i] - y[i]));
    cr_assert_eq(hp_vector_distance_max(n, x, y), largest);
  }
}
