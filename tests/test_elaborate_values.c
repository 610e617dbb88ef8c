#include "parse_text.h"

Test(elaborate_values, entries_of_tables_are_constants) {
  loss_is("params = w\ndata t = [x; (1 + 2)*3; -2^2/8; sqrt(16/9); 5]\nloss = sum(r in t: r.x)*w\n"
          "start = 6",
          "89");
}

Test(elaborate_values, constants_may_use_lets_and_tables) {
  loss_is("params = w\ndata t = [x; 1; 2; 3]\nlet half = 1/2\nlet total = sum(r in t: r.x)\n"
          "let scaled(a) = a*half\nloss = w\nstart = scaled(total) + mean(r in t: r.x^2)",
          "23/3");
}

Test(elaborate_values, lets_without_arguments_are_kept) {
  hp_problem *problem =
      parse_text("params = x\nlet a = exp(x)\nlet b = a + a^2\nloss = a*b + b\nstart = 0");
  size_t exps = 0;
  for (size_t i = 0; i < problem->loss_program->n_instructions; i++)
    exps += problem->loss_program->code[i].op == HP_EXP;
  cr_assert_eq(exps, 1);
  hp_problem_free(problem);
}
