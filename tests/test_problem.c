#include "parse_text.h"
#include <stdio.h>
#include <unistd.h>

static const char quadratic[] = "params = x, y\nloss = (x^2 + 5*y^2)/2\nstart = 1, 1\n";

Test(problem, a_quadratic_is_seen) {
  static const char *const yes[] = {
      quadratic, "params = x\nloss = 3*x - 1\nstart = 0",
      "params = x, y\nloss = (x - 2*y + 1)^2 + x*y - (x + 3)*(y - 4)/7\nstart = 0, 0",
      "params = w[2]\ndata t = [a, b; 1, 2; 3, 4]\nloss = mean(r in t: (w[1]*r.a + w[2] - r.b)^2)\n"
      "start = 0, 0"};
  static const char *const no[] = {
      "params = x\nloss = x^3\nstart = 0", "params = x\nloss = exp(x)\nstart = 0",
      "params = x, y\nloss = x^2*y\nstart = 0, 0", "params = x\nloss = x^2/(1 + x^2)\nstart = 0"};
  for (size_t i = 0; i < 4; i++) {
    hp_problem *problem = parse_text(yes[i]);
    cr_assert(problem->is_quadratic, "%s", yes[i]);
    hp_problem_free(problem);
    problem = parse_text(no[i]);
    cr_assert_not(problem->is_quadratic, "%s", no[i]);
    hp_problem_free(problem);
  }
}

static void evaluate(const hp_program *program, const double x[], double result[]) {
  mpfr_t in[8], out[8];
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, 53);
  for (size_t k = 0; k < program->n_inputs; k++) {
    mpfr_init2(in[k], 53);
    mpfr_set_d(in[k], x[k], MPFR_RNDN);
  }
  for (size_t k = 0; k < program->n_outputs; k++)
    mpfr_init2(out[k], 53);
  hp_evaluate_mpfr(&evaluator, in, out);
  for (size_t k = 0; k < program->n_outputs; k++) {
    result[k] = mpfr_get_d(out[k], MPFR_RNDN);
    mpfr_clear(out[k]);
  }
  for (size_t k = 0; k < program->n_inputs; k++)
    mpfr_clear(in[k]);
  hp_evaluator_mpfr_clear(&evaluator);
}

Test(problem, programs) {
  hp_problem *problem = parse_text(quadratic);
  double x[4] = {3, 2, -1, 4}, result[3];
  evaluate(problem->loss_program, x, result);
  cr_assert_eq(result[0], 14.5);
  evaluate(problem->gradient_program, x, result);
  cr_assert(result[0] == 3 && result[1] == 10);
  evaluate(problem->value_gradient_program, x, result);
  cr_assert(result[0] == 14.5 && result[1] == 3 && result[2] == 10);
  evaluate(problem->hessian_vector_program, x, result);
  cr_assert(result[0] == -1 && result[1] == 20);
  hp_problem_free(problem);
}

/* theta_i = u_i v_i, loss |y - X theta|^2 / (2n), checked for n = 2 by hand:
 * residuals 1*6 + 2*20 - 1 = 45 and 0 - 20 - 3 = -23; (45^2 + 23^2)/4 = 2554/4. */
Test(problem, diagonal_linear) {
  static const char text[] =
      "data t = [a, b, y; 1, 2, 1; 0, -1, 3]\ndiagonal-linear = t: a, b -> y\n"
      "start_u = 2, 4\nstart_v = 3, 5\n";
  hp_problem *problem = parse_text(text);
  static const char *const names[] = {"u[1]", "u[2]", "v[1]", "v[2]"};
  static const long starts[] = {2, 4, 3, 5};
  cr_assert(problem->is_diagonal_linear && !problem->is_quadratic);
  cr_assert_eq(problem->n_params, 4);
  for (size_t k = 0; k < 4; k++) {
    cr_assert_str_eq(problem->param_names[k], names[k]);
    cr_assert(mpq_cmp_si(problem->start[k], starts[k], 1) == 0);
  }
  static const long design[] = {1, 2, 0, -1}, target[] = {1, 3};
  cr_assert_eq(problem->n_rows, 2);
  for (size_t k = 0; k < 4; k++)
    cr_assert(mpq_cmp_si(problem->design[k], design[k], 1) == 0);
  for (size_t k = 0; k < 2; k++)
    cr_assert(mpq_cmp_si(problem->target[k], target[k], 1) == 0);
  hp_problem_free(problem);
  loss_is(text, "1277/2");
}

Test(problem, loads_a_file_and_its_table) {
  char directory[] = "/tmp/heavyproof-problem-XXXXXX", path[100], table[100];
  hp_diagnostic why;
  cr_assert_not_null(mkdtemp(directory));
  snprintf(path, sizeof path, "%s/line.phi", directory);
  snprintf(table, sizeof table, "%s/points.csv", directory);
  FILE *file = fopen(path, "w");
  fputs("params = a\ndata t = \"points.csv\"\nloss = sum(r in t: (a*r.x - r.y)^2)\nstart = 2\n",
        file);
  fclose(file);
  cr_assert_null(hp_problem_load(path, &why));
  cr_assert(why.line == 2 && why.column == 10);
  file = fopen(table, "w");
  fputs("x,y\n1,1\n2,3\n", file);
  fclose(file);
  hp_problem *problem = hp_problem_load(path, &why);
  cr_assert_not_null(problem, "%s", why.message);
  cr_assert_str_eq(problem->name, "line");
  mpq_t value;
  mpq_init(value);
  exact_loss(problem, value);
  cr_assert(mpq_cmp_si(value, 2, 1) == 0);
  hp_problem_free(problem);
  file = fopen(path, "w");
  fprintf(file, "params = a\ndata t = \"%s\"\nloss = sum(r in t: a*r.x)\nstart = 2\n", table);
  fclose(file);
  problem = hp_problem_load(path, &why);
  cr_assert_not_null(problem, "%s", why.message);
  hp_problem_free(problem);
  mpq_clear(value);
  unlink(path);
  unlink(table);
  rmdir(directory);
}

static void refuses_file(const char *path, const char *expected) {
  hp_diagnostic why;
  char line[1200];
  cr_assert_null(hp_problem_load(path, &why));
  hp_diagnostic_text(&why, line, sizeof line);
  cr_assert_str_eq(line, expected);
}

Test(problem, files_that_cannot_be_read) {
  refuses_file("absent.phi",
               "absent.phi: cannot be read: No such file or directory; a problem file of at "
               "most 4194304 bytes is accepted");
  refuses_file("/tmp",
               "/tmp: cannot be read: Is a directory; a problem file of at most 4194304 bytes is "
               "accepted");
  refuses_file("/dev/zero",
               "/dev/zero: cannot be read: File too large; a problem file of at most 4194304 "
               "bytes is accepted");
  refuses_file("/dev/null",
               "/dev/null:1:1: there is no statement; a problem needs params, loss and start");
}

Test(problem, freeing_nothing) {
  hp_problem_free(NULL);
}
