#include "reference/problem/rational.h"
#include <criterion/criterion.h>
#include <stdlib.h>

static void reads(const char *text, const char *expected) {
  mpq_t value, exact;
  mpq_inits(value, exact, NULL);
  cr_assert(hp_rational_read(value, text), "'%s' is not read", text);
  mpq_set_str(exact, expected, 10);
  cr_assert(mpq_equal(value, exact), "'%s' is not %s", text, expected);
  mpq_clears(value, exact, NULL);
}

static void refuses(const char *text) {
  mpq_t value;
  mpq_init(value);
  mpq_set_si(value, 22, 7);
  cr_assert(!hp_rational_read(value, text), "'%s' is read", text);
  cr_assert(mpq_cmp_si(value, 22, 7) == 0, "'%s' changed the value", text);
  mpq_clear(value);
}

Test(rational, reads_exact_values) {
  static const char *const cases[][2] = {
      {"12", "12"},           {"-0.9", "-9/10"}, {"0.9", "9/10"},     {"3e-4", "3/10000"},
      {"9/10", "9/10"},       {"2^-9", "1/512"}, {"3*2^-9", "3/512"}, {"+7", "7"},
      {"1.50", "3/2"},        {"2.5E+2", "250"}, {"-2^2", "-4"},      {"10^0", "1"},
      {"0^0", "1"},           {"1/3/2", "1/6"},  {"6/4", "3/2"},      {"0.5^2", "1/4"},
      {"1e0", "1"},           {"007", "7"},      {"-0", "0"},         {"2/3*3", "2"},
      {"0.1e1*10^-1", "1/10"}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    reads(cases[i][0], cases[i][1]);
}

Test(rational, reads_long_numbers) {
  mpq_t value;
  mpq_init(value);
  cr_assert(hp_rational_read(value, "1e1000000"));
  cr_assert_eq(mpz_sizeinbase(mpq_numref(value), 10), 1000001);
  cr_assert(hp_rational_read(value, "1e-1000000"));
  cr_assert_eq(mpz_sizeinbase(mpq_denref(value), 10), 1000001);
  mpq_clear(value);
}

Test(rational, refuses_what_is_none) {
  static const char *const cases[] = {"",
                                      "-",
                                      ".",
                                      ".5",
                                      "1.",
                                      "1..2",
                                      "1e",
                                      "1e+",
                                      "1e1000001",
                                      "1e-1000001",
                                      "2^1000001",
                                      "2^",
                                      "2^x",
                                      "1/0",
                                      "1/0.0",
                                      "x",
                                      "1 ",
                                      " 1",
                                      "1+1",
                                      "1//2",
                                      "1/",
                                      "*2",
                                      "0^-1",
                                      "--1",
                                      "0x10",
                                      "1,5",
                                      "nan",
                                      "inf",
                                      "1e99999999999999999999",
                                      "123456789012345678901234567890^1000000"};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    refuses(cases[i]);
}

Test(rational, refuses_a_fraction_of_too_many_digits) {
  enum { DIGITS = 1000002 };
  char *text = malloc(DIGITS + 3);
  text[0] = '0';
  text[1] = '.';
  for (size_t i = 0; i < DIGITS; i++)
    text[2 + i] = '1';
  text[DIGITS + 2] = 0;
  refuses(text);
  free(text);
}

Test(rational, writes_the_shortest_form) {
  static const char *const cases[][2] = {
      {"12", "12"},     {"-9/10", "-9/10"}, {"2^-9", "2^-9"},       {"1/2", "1/2"},
      {"1/8", "1/8"},   {"1/16", "2^-4"},   {"1/64", "2^-6"},       {"3/64", "3/64"},
      {"0", "0"},       {"-1/64", "-1/64"}, {"2^-1000", "2^-1000"}, {"1/10", "1/10"},
      {"1/48", "1/48"}, {"4/6", "2/3"}};
  mpq_t value;
  mpq_init(value);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    cr_assert(hp_rational_read(value, cases[i][0]));
    char *text = hp_rational_text(value);
    cr_assert_str_eq(text, cases[i][1]);
    free(text);
  }
  mpq_clear(value);
}

Test(rational, text_reads_back) {
  mpq_t value, again;
  mpq_inits(value, again, NULL);
  for (long n = -40; n <= 40; n++)
    for (unsigned long d = 1; d <= 70; d++) {
      mpq_set_si(value, n, d);
      mpq_canonicalize(value);
      char *text = hp_rational_text(value);
      cr_assert(hp_rational_read(again, text) && mpq_equal(again, value), "%s", text);
      free(text);
    }
  mpq_clears(value, again, NULL);
}
