#include "parse_text.h"
#include <stdio.h>

Test(elaborate, sums_over_ranges) {
  loss_is("params = x\nloss = sum(i in 1..100: i)*x\nstart = 1", "5050");
  loss_is("params = x\nloss = sum(i in -3..-1: i^3)*x\nstart = 1", "-36");
  loss_is("params = x\nloss = x + sum(i in 1..0: x)\nstart = 2", "2");
  loss_is("params = w[4]\nloss = sum(i in 1..3: w[i]*w[i + 1] - w[2*i - i])\nstart = 1, 2, 3, 4",
          "14");
}

Test(elaborate, tables) {
  loss_is("params = w[2]\ndata t = [x1, x2, y; 1, 2, 3; 4, 5, 6]\n"
          "loss = mean(r in t: (sum(i in 1..2: w[i]*r.x[i]) - r.y)^2)\nstart = 1, -1",
          "65/2");
  loss_is("params = w\ndata t = [x1, x2; 1, 2]\nlet f(r, i) = r.x[i]*w\n"
          "loss = sum(r in t: f(r, 1) + 10*f(r, 2))\nstart = 1",
          "21");
}

Test(elaborate, lets_take_numbers_and_rows) {
  loss_is(
      "params = x\nlet square(a) = a^2\nlet twice(a) = square(a) + square(a + 1)\nloss = twice(x)\n"
      "start = 2",
      "13");
  loss_is("params = x\ndata t = [a; 3]\nlet f(r, s) = r.a*s.a*x\nlet g(r) = f(r, r)\n"
          "loss = sum(r in t: g(r))\nstart = 1",
          "9");
  loss_is("params = x\nlet k = 5\nlet f(a) = a*k\nloss = f(k)*x\nstart = k", "125");
}

Test(elaborate, exponents_may_be_computed) {
  loss_is("params = x\nloss = sum(i in 0..3: x^i)\nstart = 2", "15");
  loss_is("params = x\nlet half = 1/2\nloss = (x^2)^(4*half)\nstart = 3", "81");
}

/* Work on long rationals counts: 1/1 + 1/2 + ... is refused before it takes minutes. */
Test(elaborate, long_rationals_are_bounded) {
  const char *message = parse_error("params = x\nloss = sum(i in 1..500000: 1/i)*x\nstart = 1");
  cr_assert_not_null(strstr(message, "expand to too much"), "%s", message);
  loss_is("params = x\nloss = sum(i in 1..50000: 1/(i*(i + 1)))*x\nstart = 1", "50000/50001");
}

/* Many arguments, called many times. */
Test(elaborate, calls_are_bounded) {
  enum { MANY = 100 };
  char *text = calloc(40, MANY), *end = text;
  end += sprintf(end, "params = x\nstart = 1\nlet f(");
  for (int i = 0; i < MANY; i++)
    end += sprintf(end, "%sa%d", i ? ", " : "", i);
  end += sprintf(end, ") = 1\nloss = sum(i in 1..100000: f(");
  for (int i = 0; i < MANY; i++)
    end += sprintf(end, "%s1", i ? ", " : "");
  sprintf(end, "))*x\n");
  cr_assert_not_null(strstr(parse_error(text), "expand to too much"));
  free(text);
}

/* Powers of rationals count by the size of the result. */
Test(elaborate, long_powers_are_bounded) {
  const char *message =
      parse_error("params = x\nloss = sum(i in 1..20000: x*(i + 1)^3000)\nstart = 1");
  cr_assert_not_null(strstr(message, "expand to too much"), "%s", message);
}

/* A wide table read many times: looking for a column counts as work. */
Test(elaborate, column_searches_are_bounded) {
  enum { MANY = 4000 };
  char *text = calloc(40, MANY), *end = text;
  end += sprintf(end, "params = x\nstart = 1\ndata t = [");
  for (int i = 0; i < MANY; i++)
    end += sprintf(end, "%sa%d", i ? ", " : "", i);
  end += sprintf(end, "; ");
  for (int i = 0; i < MANY; i++)
    end += sprintf(end, "%s1", i ? ", " : "");
  sprintf(end, "]\nloss = sum(r in t: sum(i in 1..100000: r.a3999))*x\n");
  cr_assert_not_null(strstr(parse_error(text), "expand to too much"));
  free(text);
}
