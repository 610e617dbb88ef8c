#include "parse_text.h"

Test(parse_document, statements_come_in_any_order) {
  hp_problem *problem =
      parse_text("horizon = 3/2\nstart = 1, 2\nloss = f(x) + y\nmomentum = 0.9\n"
                 "let f(a) = a^2*k\nlet k = 3\nparams = x, y\nname = any-order\n");
  cr_assert_str_eq(problem->name, "any-order");
  cr_assert(problem->has_momentum && mpq_cmp_si(problem->momentum, 9, 10) == 0);
  cr_assert(problem->has_horizon && mpq_cmp_si(problem->horizon, 3, 2) == 0);
  cr_assert(!problem->has_box && !problem->is_diagonal_linear);
  hp_problem_free(problem);
}

Test(parse_document, parameters) {
  hp_problem *problem =
      parse_text("params = w[3], b, \xCE\xB8[1]\nloss = w[1]\nstart = 1, 2, 3, 4, 5");
  static const char *const names[] = {"w[1]", "w[2]", "w[3]", "b", "\xCE\xB8[1]"};
  cr_assert_eq(problem->n_params, 5);
  for (size_t k = 0; k < 5; k++) {
    cr_assert_str_eq(problem->param_names[k], names[k]);
    cr_assert(mpq_cmp_si(problem->start[k], (long)k + 1, 1) == 0);
  }
  cr_assert(!problem->has_momentum && !problem->has_horizon);
  hp_problem_free(problem);
}

Test(parse_document, continued_lines_comments_and_windows_line_ends) {
  loss_is(
      "# a comment\r\nparams = x,  # first\r\n  y\r\n\r\nloss = x\r\n# between\r\n\t+ y # end\r\n"
      "start = 1/2,\r\n 1/4\r\n",
      "3/4");
  loss_is("\xEF\xBB\xBFparams = x\nloss = x\nstart = 7", "7");
}

Test(parse_document, a_name_may_have_points) {
  hp_problem *problem = parse_text("name = v1.5_b   # text\nparams = x\nloss = x\nstart = 1");
  cr_assert_str_eq(problem->name, "v1.5_b");
  hp_problem_free(problem);
}

Test(parse_document, the_name_defaults_to_the_stem) {
  hp_diagnostic why;
  static const char text[] = "params = x\nloss = x\nstart = 1";
  static const char *const cases[][2] = {
      {"a/b.c/well.phi", "well"}, {"well", "well"}, {"a/.hidden", ".hidden"}, {"x.y.phi", "x.y"}};
  for (size_t i = 0; i < 4; i++) {
    hp_problem *problem = hp_problem_parse(text, sizeof text - 1, cases[i][0], NULL, &why);
    cr_assert_str_eq(problem->name, cases[i][1]);
    hp_problem_free(problem);
  }
}
