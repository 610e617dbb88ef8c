#include "network.h"
#include "reference/iterate/vector_mpfr.h"

static bool parse(hp_diagonal_network *network, const char *text, hp_diagnostic *why) {
  return hp_diagonal_network_parse(network, text, strlen(text), "data.csv", why);
}

Test(network, of_the_built_in_problem) {
  hp_diagonal_network network;
  network_open(&network);
  cr_assert(network.n == 2 && network.d == 3);
  cr_assert(mpq_cmp_si(network.design[2], -1, 4) == 0);
  cr_assert(mpq_cmp_si(network.design[3], -1, 2) == 0);
  cr_assert(mpq_cmp_si(network.target[1], 1, 2) == 0);
  cr_assert(mpq_cmp_si(network.u[1], 2, 5) == 0);
  cr_assert(mpq_cmp_si(network.v[1], -1, 5) == 0);
  cr_assert_eq(hp_diagonal_network_frozen(&network), 0);
  mpq_set(network.u[0], network.v[0]);
  mpq_neg(network.u[2], network.v[2]);
  cr_assert_eq(hp_diagonal_network_frozen(&network), 2);
  hp_diagonal_network_clear(&network);
}

Test(network, csv_with_and_without_names) {
  static const char *const text[] = {"a,b,y\n1,1/2,3\n-2,0.25,4\n", "1,1/2,3\n-2,0.25,4\n",
                                     "\n  1 ,1/2,3\r\n-2,0.25,4"};
  for (size_t i = 0; i < sizeof text / sizeof *text; ++i) {
    hp_diagonal_network network;
    hp_diagnostic why;
    cr_assert(parse(&network, text[i], &why), "%zu: %s", i, why.message);
    cr_assert(network.n == 2 && network.d == 2);
    cr_assert(mpq_cmp_si(network.design[1], 1, 2) == 0);
    cr_assert(mpq_cmp_si(network.design[3], 1, 4) == 0);
    cr_assert(mpq_cmp_si(network.target[1], 4, 1) == 0);
    cr_assert(mpq_cmp_si(network.u[1], 1, 2) == 0 && mpq_sgn(network.v[1]) == 0);
    hp_diagonal_network_clear(&network);
  }
}

Test(network, csv_mistakes_have_places) {
  static const struct {
    const char *text;
    size_t line, column;
    const char *message;
  } of[] = {
      {"a,b,y\n1,2,3\n4,x,6\n", 3, 3, "'x' in column 'b' is not a number"},
      {"1,2,3\n4,x,6\n", 2, 3, "is not a number"},
      {"1,2,3\n4,5\n", 2, 1, "2 entries"},
      {"y\n1\n", 1, 1, "one column"},
      {"1\n2\n", 1, 1, "one column"},
      {"", 1, 1, "empty"},
      {"a,y\n1,\n", 2, 3, "empty entry"},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; ++i) {
    hp_diagonal_network network;
    hp_diagnostic why = {.line = 0};
    cr_assert_not(parse(&network, of[i].text, &why));
    cr_expect_eq(why.line, of[i].line, "%zu: line %zu", i, why.line);
    cr_expect_eq(why.column, of[i].column, "%zu: column %zu", i, why.column);
    cr_expect(strstr(why.message, of[i].message), "%zu: %s", i, why.message);
  }
}

Test(network, missing_file) {
  hp_diagonal_network network;
  hp_diagnostic why = {.line = 7};
  cr_assert_not(hp_diagonal_network_load(&network, "no/such.csv", &why));
  cr_assert_eq(why.line, 0);
  cr_assert(strstr(why.message, "cannot be read"));
}

Test(network, file) {
  hp_diagonal_network network;
  hp_diagnostic why;
  char path[] = "/tmp/heavyproof-network-XXXXXX";
  FILE *file = fdopen(mkstemp(path), "w");
  fputs("2,1\n", file);
  fclose(file);
  cr_assert(hp_diagonal_network_load(&network, path, &why));
  cr_assert(network.n == 1 && network.d == 1);
  hp_diagonal_network_clear(&network);
  remove(path);
}

/* theta = (.05, -.08, .075): X theta - y = (-1.00875, -.54875)  (by hand), L = .32967578125 */
Test(network, gradient_and_loss) {
  hp_diagonal_network network;
  hp_diagonal_matrix matrix;
  network_open(&network);
  hp_diagonal_matrix_init(&matrix, &network, 128);
  mpfr_t *p = hp_vector_new_mpfr(3, 128), *m = hp_vector_new_mpfr(3, 128);
  mpfr_t *theta = hp_vector_new_mpfr(3, 128), *g = hp_vector_new_mpfr(3, 128), loss;
  mpfr_init2(loss, 128);
  for (size_t j = 0; j < 3; ++j) {
    double u = mpq_get_d(network.u[j]), v = mpq_get_d(network.v[j]);
    mpfr_set_d(p[j], u + v, MPFR_RNDN);
    mpfr_set_d(m[j], u - v, MPFR_RNDN);
  }
  hp_diagonal_theta_mpfr(&matrix, p, m, theta);
  cr_assert_float_eq(mpfr_get_d(theta[1], MPFR_RNDN), -0.08, 1e-15);
  hp_diagonal_gradient_mpfr(&matrix, theta, g);
  cr_assert_float_eq(mpfr_get_d(matrix.residual[0], MPFR_RNDN), -1.00875, 1e-15);
  cr_assert_float_eq(mpfr_get_d(g[0], MPFR_RNDN), (-1.00875 + 0.54875 / 2) / 2, 1e-15);
  hp_diagonal_loss_mpfr(&matrix, loss);
  cr_assert_float_eq(mpfr_get_d(loss, MPFR_RNDN), 0.32967578125, 1e-15);
  hp_diagonal_row_gradient_mpfr(&matrix, 1, theta, g);
  cr_assert_float_eq(mpfr_get_d(g[2], MPFR_RNDN), -0.54875 * 0.75, 1e-15);
  mpfr_clear(loss);
  hp_vector_free_mpfr(3, g);
  hp_vector_free_mpfr(3, theta);
  hp_vector_free_mpfr(3, m);
  hp_vector_free_mpfr(3, p);
  hp_diagonal_matrix_clear(&matrix);
  hp_diagonal_network_clear(&network);
}
