#include "reference/problem/fingerprint.h"
#include <criterion/criterion.h>
#include <string.h>

static void fingerprint(const char *loss, const char *start, char result[HP_FINGERPRINT_SIZE]) {
  char text[256];
  hp_diagnostic why;
  int length = snprintf(text, sizeof text, "params = x, y\nloss = %s\nstart = %s\n", loss, start);
  hp_problem *problem = hp_problem_parse(text, (size_t)length, "test.phi", ".", &why);
  cr_assert_not_null(problem, "%s", why.message);
  hp_problem_fingerprint(problem, result);
  hp_problem_free(problem);
}

static bool same(const char *loss, const char *start) {
  char one[HP_FINGERPRINT_SIZE], two[HP_FINGERPRINT_SIZE];
  fingerprint("x^2 + 3*exp(y)", "1, 2", one);
  fingerprint(loss, start, two);
  cr_expect_eq(strspn(one, "0123456789abcdef"), HP_FINGERPRINT_SIZE - 1);
  return strcmp(one, two) == 0;
}

Test(fingerprint, the_same_problem_in_other_words) {
  cr_expect(same("x^2 + 3*exp(y)", "1, 2"));
  cr_expect(same("(x^2) + (6/2)*exp(y)", "2/2, 2.0"));
}

Test(fingerprint, another_problem) {
  cr_expect_not(same("x^2 + 3*exp(y)", "1, 3"), "the start");
  cr_expect_not(same("x^2 + 4*exp(y)", "1, 2"), "a constant");
  cr_expect_not(same("x^2 + 3*log(y)", "1, 2"), "an operation");
  cr_expect_not(same("y^2 + 3*exp(x)", "1, 2"), "the inputs");
  cr_expect_not(same("x^2 + 3*exp(y) - y", "1, 2"), "the length");
}

/* The published values of 64-bit FNV-1a. */
Test(fingerprint, of_a_text) {
  char result[HP_FINGERPRINT_SIZE];
  hp_text_fingerprint("", result);
  cr_expect_str_eq(result, "cbf29ce484222325");
  hp_text_fingerprint("foobar", result);
  cr_expect_str_eq(result, "85944171f73967e8");
}
