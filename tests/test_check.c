#include "parse_text.h"
#include <stdio.h>

Test(check, names_of_different_bodies_do_not_meet) {
  loss_is(
      "params = w\ndata t = [x; 1; 2]\ndata s = [x; 10]\nlet f(r) = r.x*w\nlet g(r, i) = f(r) + i\n"
      "loss = sum(r in t: g(r, 1)) + sum(r in s: f(r)) + sum(i in 1..2: i)\nstart = 1",
      "18");
}

Test(check, loops_nest) {
  loss_is(
      "params = x\nloss = sum(i in 1..3: sum(j in 1..i: sum(k in i..j + 1: i*j*k*x)))\nstart = 1",
      "108");
  loss_is("params = x\ndata t = [a; 1; 2]\ndata s = [b; 3; 4]\n"
          "loss = sum(p in t: sum(q in s: p.a*q.b*x)) + mean(p in t: mean(q in s: p.a - q.b))\n"
          "start = 1",
          "19");
}

Test(check, loops_in_lists) {
  loss_is("params = x\nlet k(n) = sum(i in 1..n: i)\nloss = x\nstart = k(4) + sum(i in 1..2: sum(j "
          "in 1..2: i*j))",
          "19");
}

Test(check, lets_may_be_defined_later) {
  loss_is("params = x\nlet a = b + 1\nlet b = c*2\nlet c = x\nloss = a + b\nstart = 3", "13");
}

/* A chain of lets is limited by its depth, not by the C stack. */
Test(check, chains_of_lets) {
  enum { MANY = 5000, ROOM = 64 };
  char *text = malloc(MANY * ROOM), *end = text;
  end += sprintf(end, "params = x\nstart = 1\nloss = f%d\nlet f0 = x\n", MANY - 1);
  for (int i = 1; i < MANY; i++)
    end += sprintf(end, "let f%d = f%d + 1\n", i, i - 1);
  loss_is(text, "5000"); /* in file order each let is known when it is used */
  end = text + sprintf(text, "params = x\nstart = 1\nloss = f0\nlet f%d = x\n", MANY - 1);
  for (int i = 0; i < MANY - 1; i++)
    end += sprintf(end, "let f%d = f%d + 1\n", i, i + 1);
  const char *message = parse_error(text);
  cr_assert_not_null(strstr(message, "lets use each other too deeply; at most 2000 levels"));
  end = text + sprintf(text, "params = x\nstart = 1\nloss = f%d(x)\nlet f0(y) = y\n", MANY - 1);
  for (int i = 1; i < MANY; i++)
    end += sprintf(end, "let f%d(y) = f%d(y) + 1\n", i, i - 1);
  message = parse_error(text);
  cr_assert_not_null(strstr(message, "lets use each other too deeply; at most 2000 levels"));
  free(text);
}
