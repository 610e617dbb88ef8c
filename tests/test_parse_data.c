#include "parse_text.h"
#include <stdio.h>
#include <unistd.h>

Test(parse_data, inline_tables) {
  loss_is("params = w\ndata t = [x, y; 1, 1/2;\n  -1/2, 2^-3; 1 + 1, (3)]\n"
          "loss = sum(r in t: r.x) + 10*sum(r in t: r.y) + 0*w\nstart = 1",
          "155/4");
}

Test(parse_data, tables_from_a_file_and_from_the_text_are_alike) {
  static const char loss[] = "params = w\ndata t = %s\nloss = sum(r in t: w*r.y/r.x)\nstart = 1\n";
  char text[200], path[] = "/tmp/heavyproof-data-XXXXXX", quoted[100];
  FILE *file = fdopen(mkstemp(path), "w");
  fputs("x,y\n2,1\n3/4,0.5\n", file);
  fclose(file);
  snprintf(quoted, sizeof quoted, "\"%s\"", path);
  snprintf(text, sizeof text, loss, quoted);
  loss_is(text, "7/6");
  snprintf(text, sizeof text, loss, "[x, y; 2, 1; 3/4, 0.5]");
  loss_is(text, "7/6");
  unlink(path);
}

Test(parse_data, a_table_is_beside_the_problem_file) {
  static const char text[] = "params = w\ndata t = \"data/iris.csv\"\n"
                             "loss = sum(r in t: w*r.virginica)\nstart = 1\n";
  hp_diagnostic why;
  hp_problem *problem = hp_problem_parse(text, strlen(text), "case.phi", "spec/problems", &why);
  cr_assert_not_null(problem, "%s", why.message);
  mpq_t value;
  mpq_init(value);
  exact_loss(problem, value);
  cr_assert(mpq_cmp_si(value, 50, 1) == 0);
  mpq_clear(value);
  hp_problem_free(problem);
}

Test(parse_data, too_many_columns) {
  enum { MANY = 10001 };
  char *text = calloc(16, MANY), *end = text;
  end += sprintf(end, "data t = [");
  for (int i = 0; i < MANY; i++)
    end += sprintf(end, "%sa%d", i ? ", " : "", i);
  sprintf(end, "; 1]\n");
  cr_assert_not_null(
      strstr(parse_error(text), "more than 10000 names; at most 10000 are accepted"));
  free(text);
}
