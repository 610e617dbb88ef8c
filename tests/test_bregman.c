#include "network.h"
#include "reference/diagonal_network/bregman.h"
#include "reference/iterate/vector_mpfr.h"

enum { BITS = 200 };

static void solve_text(const char *text, size_t rank, bool rows_of_design) {
  hp_diagonal_network network;
  hp_diagnostic why;
  hp_bregman bregman;
  cr_assert(hp_diagonal_network_parse(&network, text, strlen(text), "x.csv", &why));
  hp_bregman_init(&bregman, &network, BITS);
  cr_assert_eq(bregman.rank, rank);
  cr_assert_eq(bregman.rows_of_design, rows_of_design);
  size_t d = network.d;
  mpfr_t *delta = hp_vector_new_mpfr(d, BITS), *centre = hp_vector_new_mpfr(d, BITS);
  mpfr_t *theta = hp_vector_new_mpfr(d, BITS), *nu = hp_vector_new_mpfr(rank, BITS), residual;
  mpfr_init2(residual, BITS);
  for (size_t j = 0; j < d; ++j) {
    mpfr_set_d(delta[j], 0.25 / (double)(j + 1), MPFR_RNDN);
    mpfr_set_d(centre[j], 0.125 * (double)j, MPFR_RNDN);
  }
  cr_assert(hp_bregman_solve(&bregman, delta, centre, theta, nu));
  hp_bregman_certify(&bregman, delta, centre, theta, nu, residual);
  cr_assert(mpfr_cmp_d(residual, 1e-50) < 0);
  /* another point is not optimal */
  mpfr_add_d(theta[0], theta[0], 0.001, MPFR_RNDN);
  hp_bregman_certify(&bregman, delta, centre, theta, nu, residual);
  cr_assert_eq(mpfr_cmp_d(residual, 1e-5) > 0, rank > 0 || d > 0);
  mpfr_clear(residual);
  hp_vector_free_mpfr(rank, nu);
  hp_vector_free_mpfr(d, theta);
  hp_vector_free_mpfr(d, centre);
  hp_vector_free_mpfr(d, delta);
  hp_bregman_clear(&bregman);
  hp_diagonal_network_clear(&network);
}

Test(bregman, few_rows) {
  solve_text("1,1/2,-1/4,1\n-1/2,1,3/4,1/2\n", 2, true);
}

Test(bregman, a_row_twice) {
  solve_text("1,1/2,-1/4,1\n2,1,-1/2,2\n", 1, false);
}

Test(bregman, more_rows_than_columns) {
  solve_text("1,2,1\n3,4,1\n5,6,2\n", 2, false);
}

Test(bregman, no_row_at_all) {
  solve_text("0,0,0\n", 0, false);
}

/* One row x = (1, 2), y = 1: the least-norm solution is (1, 2)/5. */
Test(bregman, least_norm) {
  hp_diagonal_network network;
  hp_diagnostic why;
  hp_bregman bregman;
  const char *text = "1,2,1\n";
  cr_assert(hp_diagonal_network_parse(&network, text, strlen(text), "x.csv", &why));
  hp_bregman_init(&bregman, &network, BITS);
  mpfr_t *theta = hp_vector_new_mpfr(2, BITS);
  hp_bregman_least_norm(&bregman, theta);
  cr_assert_float_eq(mpfr_get_d(theta[0], MPFR_RNDN), 0.2, 1e-15);
  cr_assert_float_eq(mpfr_get_d(theta[1], MPFR_RNDN), 0.4, 1e-15);
  hp_vector_free_mpfr(2, theta);
  hp_bregman_clear(&bregman);
  hp_diagonal_network_clear(&network);
}

/* Delta -> 0 with centre 0: the least-l1 interpolator of the built-in network is (.6, .8, 0). */
Test(bregman, small_balance_is_least_l1) {
  hp_diagonal_network network;
  hp_bregman bregman;
  network_open(&network);
  hp_bregman_init(&bregman, &network, BITS);
  mpfr_t *delta = hp_vector_new_mpfr(3, BITS), *centre = hp_vector_new_mpfr(3, BITS);
  mpfr_t *theta = hp_vector_new_mpfr(3, BITS), *nu = hp_vector_new_mpfr(2, BITS);
  for (size_t j = 0; j < 3; ++j)
    mpfr_set_d(delta[j], 1e-40, MPFR_RNDN);
  cr_assert(hp_bregman_solve(&bregman, delta, centre, theta, nu));
  cr_assert_float_eq(mpfr_get_d(theta[0], MPFR_RNDN), 0.6, 1e-6);
  cr_assert_float_eq(mpfr_get_d(theta[1], MPFR_RNDN), 0.8, 1e-6);
  cr_assert_float_eq(mpfr_get_d(theta[2], MPFR_RNDN), 0, 1e-6);
  hp_vector_free_mpfr(2, nu);
  hp_vector_free_mpfr(3, theta);
  hp_vector_free_mpfr(3, centre);
  hp_vector_free_mpfr(3, delta);
  hp_bregman_clear(&bregman);
  hp_diagonal_network_clear(&network);
}
