#include "parse_text.h"

Test(settings, are_exact_constants) {
  hp_problem *problem =
      parse_text("params = x, y\nloss = x^2 + y^2\nlet k = 1/5\n"
                 "start = 0.1 + 0.2, 2*k^2\nmomentum = 1 - 2^-6\nhorizon = 10*k\n");
  cr_assert(mpq_cmp_si(problem->start[0], 3, 10) == 0);
  cr_assert(mpq_cmp_si(problem->start[1], 2, 25) == 0);
  cr_assert(mpq_cmp_si(problem->momentum, 63, 64) == 0);
  cr_assert(mpq_cmp_si(problem->horizon, 2, 1) == 0);
  hp_problem_free(problem);
}

Test(settings, momentum_may_be_zero) {
  hp_problem *problem = parse_text("params = x\nloss = x^2\nstart = 1\nmomentum = 0");
  cr_assert(problem->has_momentum && mpq_sgn(problem->momentum) == 0);
  hp_problem_free(problem);
}

Test(settings, box_for_each_parameter) {
  hp_problem *problem =
      parse_text("params = x, y\nloss = x*y\nstart = 0, 1\nbox = -1..1, 1/2..3/2");
  cr_assert(problem->has_box);
  cr_assert(mpq_cmp_si(problem->box_low[0], -1, 1) == 0);
  cr_assert(mpq_cmp_si(problem->box_high[0], 1, 1) == 0);
  cr_assert(mpq_cmp_si(problem->box_low[1], 1, 2) == 0);
  cr_assert(mpq_cmp_si(problem->box_high[1], 3, 2) == 0);
  hp_problem_free(problem);
}

Test(settings, one_box_for_all) {
  hp_problem *problem = parse_text("params = w[3]\nloss = w[1]\nstart = 0, 1, -2\nbox = -2..2");
  for (size_t k = 0; k < 3; k++) {
    cr_assert(mpq_cmp_si(problem->box_low[k], -2, 1) == 0);
    cr_assert(mpq_cmp_si(problem->box_high[k], 2, 1) == 0);
  }
  hp_problem_free(problem);
}
