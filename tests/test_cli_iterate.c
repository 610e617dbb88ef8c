#include "command.h"
#include <gmp.h>
#include <math.h>
#include <mpfr.h>

/* iterate: rows against the two-step recurrence in exact rational arithmetic,
 *     u_{n+1} = u_n + lambda (u_n - u_{n-1}) - h q (u_n + a (u_n - u_{n-1}))
 * on Phi = (u_1^2 + 5 u_2^2)/2 from (1, 1), u_{-1} = u_0. */

#define BOWL "iterate", "--problem", "quadratic-5-half"

static void next(mpq_t u, mpq_t before, const mpq_t lambda, const mpq_t a, const mpq_t h, long q) {
  mpq_t difference, lookahead, factor;
  mpq_inits(difference, lookahead, factor, NULL);
  mpq_sub(difference, u, before);
  mpq_set(before, u);
  mpq_mul(lookahead, a, difference);
  mpq_add(lookahead, lookahead, u);
  mpq_set_si(factor, q, 1);
  mpq_mul(factor, factor, h);
  mpq_mul(lookahead, lookahead, factor);
  mpq_mul(difference, difference, lambda);
  mpq_add(u, u, difference);
  mpq_sub(u, u, lookahead);
  mpq_clears(difference, lookahead, factor, NULL);
}

/* |text - value| <= 10^-digits |value|. */
static void expect_digits(const char *text, const mpq_t value, long digits, const char *what,
                          long n) {
  mpfr_t x, y;
  mpfr_inits2(2000, x, y, NULL);
  char *end;
  mpfr_strtofr(x, text, &end, 10, MPFR_RNDN);
  cr_expect_eq(*end, '\0', "%s", text);
  mpfr_set_q(y, value, MPFR_RNDN);
  mpfr_sub(x, x, y, MPFR_RNDN);
  if (!mpfr_zero_p(y))
    mpfr_div(x, x, y, MPFR_RNDN);
  long agreed = mpfr_zero_p(x) ? digits : -mpfr_get_exp(x) * 0.30103;
  cr_expect_geq(agreed, digits, "%s, n = %ld: %s has %ld correct digits", what, n, text, agreed);
  mpfr_clears(x, y, NULL);
}

/* Rows n, t, u1, u2, v1, v2 for n = 0..count. */
static void expect_path(const char *csv, const char *l, const char *look, const char *step,
                        long count, long digits) {
  mpq_t lambda, a, h, t, v, u[2], before[2];
  mpq_inits(lambda, a, h, t, v, u[0], u[1], before[0], before[1], NULL);
  mpq_set_str(lambda, l, 10), mpq_set_str(a, look, 10), mpq_set_str(h, step, 10);
  for (int k = 0; k < 2; ++k) {
    mpq_set_ui(u[k], 1, 1);
    mpq_set_ui(before[k], 1, 1);
  }
  static const char header[] = "n,t,u1,u2,v1,v2\n";
  cr_assert_eq(strncmp(csv, header, sizeof header - 1), 0, "%s", csv);
  const char *row = csv + sizeof header - 1;
  for (long n = 0; n <= count; ++n, row = strchr(row, '\n') + 1) {
    char cell[6][512];
    cr_assert_eq(sscanf(row, "%511[^,],%511[^,],%511[^,],%511[^,],%511[^,],%511[^\n]", cell[0],
                        cell[1], cell[2], cell[3], cell[4], cell[5]),
                 6);
    cr_expect_eq(atol(cell[0]), n);
    mpq_set_si(t, n, 1);
    mpq_mul(t, t, h);
    expect_digits(cell[1], t, digits, "t", n);
    for (int k = 0; k < 2; ++k) {
      mpq_sub(v, u[k], before[k]);
      mpq_div(v, v, h);
      expect_digits(cell[2 + k], u[k], digits, "u", n);
      expect_digits(cell[4 + k], v, digits, "v", n);
      next(u[k], before[k], lambda, a, h, k ? 5 : 1);
    }
  }
  cr_expect_eq(*row, '\0', "nothing after the last row");
  mpq_clears(lambda, a, h, t, v, u[0], u[1], before[0], before[1], NULL);
}

Test(cli_iterate, heavy_ball_by_digits) {
  command_result result =
      command_run(BOWL, "-m", "hb", "--step", "1/10", "--count", "40", "--digits", "50");
  cr_expect_eq(result.code, 0, "%s", result.err);
  expect_path(result.out, "1/2", "0", "1/10", 40, 49);
  command_free(&result);
}

Test(cli_iterate, nesterov_by_digits) {
  command_result result = command_run(BOWL, "-m", "nag", "--momentum", "0.9", "--step", "2^-6",
                                      "--count", "30", "--digits", "100");
  cr_expect_eq(result.code, 0, "%s", result.err);
  expect_path(result.out, "9/10", "9/10", "1/64", 30, 99);
  command_free(&result);
}

/* The look-ahead is a itself, not its nearest double. */
Test(cli_iterate, look_ahead_by_digits) {
  command_result result =
      command_run(BOWL, "-m", "a=1/3", "--step", "0.01", "--count", "20", "--digits", "200");
  expect_path(result.out, "1/2", "1/3", "1/100", 20, 199);
  command_free(&result);
}

Test(cli_iterate, gradient_descent_by_digits) {
  command_result result =
      command_run(BOWL, "-m", "gd", "--step", "1/10", "--count", "10", "--digits", "1");
  expect_path(result.out, "0", "0", "1/10", 10, 0);
  command_free(&result);
}

/* Few roundings: a double has 15 correct digits here. */
Test(cli_iterate, double_precision) {
  command_result result = command_run(BOWL, "-m", "nag", "--step", "2^-4", "--count", "8");
  cr_expect_eq(result.code, 0, "%s", result.err);
  expect_path(result.out, "1/2", "1/2", "1/16", 8, 13);
  command_free(&result);
}

Test(cli_iterate, no_step) {
  command_expect(command_run(BOWL, "-m", "hb", "--step", "1", "--count", "0"), 0,
                 "n,t,u1,u2,v1,v2\n0,0,1,1,0,0\n", "");
}

/* --csv writes the same bytes to a file. */
Test(cli_iterate, csv_file) {
  char path[64];
  command_temporary(path);
  command_result shown =
      command_run(BOWL, "-m", "hb", "--step", "2^-3", "--count", "5", "--digits", "20");
  command_expect(command_run(BOWL, "-m", "hb", "--step", "2^-3", "--count", "5", "--digits", "20",
                             "--csv", path),
                 0, "", "");
  char *written = command_slurp(path);
  cr_expect_str_eq(written, shown.out);
  unlink(path);
  free(written);
  command_free(&shown);
}

/* A step that is too large: the iterates grow beyond every exponent; nothing is written. */
Test(cli_iterate, divergence) {
  char path[64];
  command_temporary(path);
  unlink(path);
  for (int with_digits = 0; with_digits < 2; ++with_digits) {
    command_result result =
        command_run("iterate", "-p", "double-well", "-m", "hb", "--step", "100", "--count", "100",
                    "--csv", path, with_digits ? "--digits" : NULL, "20");
    cr_expect_eq(result.code, 2);
    cr_expect_not_null(strstr(result.err, "are not finite from n = "), "%s", result.err);
    cr_expect_neq(access(path, F_OK), 0);
    command_free(&result);
  }
}

/* Iterates that lose all digits to cancellation: the guard digits grow until they are back. Growth by
 * about 10^3 a step from a start near an unstable point needs them all. */
Test(cli_iterate, unstable) {
  command_result result = command_run("iterate", "-p", "double-well", "-m", "hb", "--step", "1/2",
                                      "--count", "2000", "--digits", "30");
  cr_expect_eq(result.code, 0, "%s", result.err);
  command_free(&result);
}
