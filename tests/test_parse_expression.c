#include "parse_text.h"
#include "reference/problem/syntax.h"
#include <stdio.h>

/* The exact value of a constant expression. */
static void value_is(const char *expression, const char *expected) {
  char text[400];
  snprintf(text, sizeof text, "params = x\nloss = %s + 0*x\nstart = 1\n", expression);
  loss_is(text, expected);
}

Test(parse_expression, precedence) {
  value_is("1 + 2*3", "7");
  value_is("(1 + 2)*3", "9");
  value_is("7 - 3 - 2", "2");
  value_is("12/3/2", "2");
  value_is("12/3*2", "8");
  value_is("1 - 2 + 3", "2");
  value_is("-3^2", "-9");
  value_is("(-3)^2", "9");
  value_is("2^3^2", "512");
  value_is("(2^3)^2", "64");
  value_is("2^-3", "1/8");
  value_is("-2^-2", "-1/4");
  value_is("2^-2^2", "1/16");
  value_is("2*-3", "-6");
  value_is("2--3", "5");
  value_is("---2", "-2");
  value_is("-2*3", "-6");
  value_is("1/2^2", "1/4");
  value_is("2*3^2", "18");
}

Test(parse_expression, numbers_are_exact) {
  value_is("0.9", "9/10");
  value_is("1/3 + 1/6", "1/2");
  value_is("3e-4*1E4", "3");
  value_is("0.1 + 0.2", "3/10");
  value_is("sqrt(4/9)", "2/3");
  value_is("4^(3/2) + 9^-0.5", "25/3");
}

Test(parse_expression, functions_of_rational_value) {
  value_is("exp(0) + log(1) + sqrt(0) + sin(0) + cos(0) + tan(0)", "2");
  value_is("sinh(0) + cosh(0) + tanh(0) + asinh(0) + atan(0)", "1");
}

Test(parse_expression, every_word_is_reserved) {
  for (size_t i = 0; i < hp_words_count; i++)
    cr_assert(hp_is_reserved(hp_words[i]));
  cr_assert_not(hp_is_reserved("x"));
}

Test(parse_expression, nesting_up_to_the_limit) {
  char text[2000] = "params = x\nloss = ";
  size_t end = strlen(text);
  memset(text + end, '(', HP_NESTING_LIMIT - 1);
  text[end += HP_NESTING_LIMIT - 1] = 'x';
  memset(++end + text, ')', HP_NESTING_LIMIT - 1);
  strcpy(text + end + HP_NESTING_LIMIT - 1, "\nstart = 5");
  loss_is(text, "5");
}
