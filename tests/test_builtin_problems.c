/* The built-in problems of spec/problems: they parse, they are the functions that they claim to be,
 * and their derivatives are right. */
#include "random_graph.h"
#include "reference/problem/problem.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { BITS = 256, D_MAX = 16 };

static hp_problem *load(const char *name) {
  char path[300], line[1200] = "";
  hp_diagnostic why;
  snprintf(path, sizeof path, "spec/problems/%s.phi", name);
  hp_problem *problem = hp_problem_load(path, &why);
  if (!problem)
    hp_diagnostic_text(&why, line, sizeof line);
  cr_assert_not_null(problem, "%s", line);
  return problem;
}

static void evaluate(const hp_program *program, mpfr_t *x, mpfr_t *result) {
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, BITS);
  hp_evaluate_mpfr(&evaluator, x, result);
  hp_evaluator_mpfr_clear(&evaluator);
}

static const struct {
  const char *name;
  size_t dimension;
  bool is_quadratic;
  long momentum_10, horizon;
} suite[] = {{"quadratic-5", 2, true, 9, 2},
             {"quadratic-10", 2, true, 9, 2},
             {"quadratic-5-half", 2, true, 5, 2},
             {"double-well", 1, false, 5, 2},
             {"logistic", 3, false, 9, 2},
             {"diagonal-linear", 6, false, 5, 4},
             {"rosenbrock", 2, false, 5, 2},
             {"tanh-network", 9, false, 5, 2},
             {"iris", 5, false, 5, 2}};
enum { N_SUITE = sizeof suite / sizeof suite[0] };

Test(builtin_problems, is_what_the_directory_holds) {
  size_t count = 0;
  DIR *directory = opendir("spec/problems");
  for (struct dirent *entry; (entry = readdir(directory));)
    count +=
        strlen(entry->d_name) > 4 && strcmp(entry->d_name + strlen(entry->d_name) - 4, ".phi") == 0;
  closedir(directory);
  cr_assert_eq(count, N_SUITE);
}

Test(builtin_problems, defaults) {
  for (size_t i = 0; i < N_SUITE; i++) {
    hp_problem *problem = load(suite[i].name);
    cr_assert_str_eq(problem->name, suite[i].name);
    cr_assert_eq(problem->n_params, suite[i].dimension, "%s", suite[i].name);
    cr_assert_eq(problem->is_quadratic, suite[i].is_quadratic, "%s", suite[i].name);
    cr_assert(problem->has_momentum && problem->has_horizon);
    mpq_t ten;
    mpq_init(ten);
    mpq_set_si(ten, 10, 1);
    mpq_mul(ten, ten, problem->momentum);
    cr_assert(mpq_cmp_si(ten, suite[i].momentum_10, 1) == 0, "%s", suite[i].name);
    cr_assert(mpq_cmp_si(problem->horizon, suite[i].horizon, 1) == 0, "%s", suite[i].name);
    mpq_clear(ten);
    hp_problem_free(problem);
  }
}

/* result[i] = (program(x + h e) - program(x - h e))[i] / 2h, h = 2^-80: error near 2^-160 */
static void difference(const hp_program *program, mpfr_t *x, size_t k, mpfr_t *result) {
  mpfr_t *minus = new_vector(program->n_outputs, BITS), h;
  mpfr_init2(h, 64);
  mpfr_set_ui_2exp(h, 1, -80, MPFR_RNDN);
  mpfr_add(x[k], x[k], h, MPFR_RNDN);
  evaluate(program, x, result);
  mpfr_mul_2ui(h, h, 1, MPFR_RNDN);
  mpfr_sub(x[k], x[k], h, MPFR_RNDN);
  evaluate(program, x, minus);
  mpfr_div_2ui(h, h, 1, MPFR_RNDN);
  mpfr_add(x[k], x[k], h, MPFR_RNDN);
  for (size_t i = 0; i < program->n_outputs; i++) {
    mpfr_sub(result[i], result[i], minus[i], MPFR_RNDN);
    mpfr_mul_2ui(result[i], result[i], 79, MPFR_RNDN);
  }
  mpfr_clear(h);
  free_vector(minus, program->n_outputs);
}

Test(builtin_problems, derivatives_agree_with_differences) {
  mpfr_t *x = new_vector(2 * D_MAX, BITS), *gradient = new_vector(D_MAX, BITS);
  mpfr_t *product = new_vector(D_MAX, BITS), *slope = new_vector(D_MAX, BITS);
  for (size_t i = 0; i < N_SUITE; i++) {
    hp_problem *problem = load(suite[i].name);
    size_t d = problem->n_params;
    set_point(x, d, 99);
    evaluate(problem->gradient_program, x, gradient);
    for (size_t k = 0; k < d; k++) {
      difference(problem->loss_program, x, k, slope);
      cr_assert(is_close(gradient[k], slope[0], -130), "%s: gradient %zu", suite[i].name, k);
      for (size_t j = 0; j < d; j++)
        mpfr_set_ui(x[d + j], j == k, MPFR_RNDN);
      evaluate(problem->hessian_vector_program, x, product);
      difference(problem->gradient_program, x, k, slope);
      for (size_t j = 0; j < d; j++)
        cr_assert(is_close(product[j], slope[j], -130), "%s: Hessian %zu, %zu", suite[i].name, j,
                  k);
    }
    hp_problem_free(problem);
  }
  free_vector(slope, D_MAX);
  free_vector(product, D_MAX);
  free_vector(gradient, D_MAX);
  free_vector(x, 2 * D_MAX);
}

/* The balls contain the MPFR values (which are themselves off by a few 2^-256). */
Test(builtin_problems, balls_contain_the_values) {
  for (size_t i = 0; i < N_SUITE; i++) {
    hp_problem *problem = load(suite[i].name);
    slong d = (slong)problem->n_params;
    mpfr_t *x = new_vector((size_t)d, BITS), *value = new_vector((size_t)d + 1, BITS);
    arb_ptr ball = _arb_vec_init(d), result = _arb_vec_init(d + 1);
    for (slong k = 0; k < d; k++) {
      mpfr_set_q(x[k], problem->start[k], MPFR_RNDN);
      hp_arb_set_rational(ball + k, problem->start[k], 80);
    }
    evaluate(problem->value_gradient_program, x, value);
    hp_evaluate_arb(problem->value_gradient_program, ball, result, 80);
    for (slong k = 0; k <= d; k++) {
      mag_t slack;
      mag_init(slack);
      mag_set_ui_2exp_si(slack, 1, -200);
      arb_add_error_mag(result + k, slack);
      mag_clear(slack);
      cr_assert(arb_contains_mpfr(result + k, value[k]), "%s: output %ld", suite[i].name, k);
      cr_assert(mag_cmp_2exp_si(arb_radref(result + k), -60) < 0);
    }
    _arb_vec_clear(result, d + 1);
    _arb_vec_clear(ball, d);
    free_vector(value, (size_t)d + 1);
    free_vector(x, (size_t)d);
    hp_problem_free(problem);
  }
}

/* Loss at an arbitrary point against the formula written out by hand. */
typedef void formula(mpfr_t *x, mpfr_t loss);

static void check_formula(const char *name, formula *direct) {
  hp_problem *problem = load(name);
  mpfr_t *x = new_vector(problem->n_params, BITS), *loss = new_vector(2, BITS);
  for (unsigned seed = 1; seed <= 10; seed++) {
    set_point(x, problem->n_params, seed);
    evaluate(problem->loss_program, x, loss);
    direct(x, loss[1]);
    cr_assert(is_close(loss[1], loss[0], 12 - BITS), "%s", name);
  }
  free_vector(loss, 2);
  free_vector(x, problem->n_params);
  hp_problem_free(problem);
}

/* sum += factor x y */
static void add_product(mpfr_t sum, const mpfr_t x, const mpfr_t y, double factor) {
  mpfr_t product;
  mpfr_init2(product, BITS);
  mpfr_mul(product, x, y, MPFR_RNDN);
  mpfr_mul_d(product, product, factor, MPFR_RNDN);
  mpfr_add(sum, sum, product, MPFR_RNDN);
  mpfr_clear(product);
}

static void quadratic_loss(mpfr_t *x, mpfr_t loss, double kappa) {
  mpfr_set_zero(loss, 1);
  add_product(loss, x[0], x[0], 0.5);
  add_product(loss, x[1], x[1], 0.5 * kappa);
}

static void quadratic_5(mpfr_t *x, mpfr_t loss) {
  quadratic_loss(x, loss, 5);
}

static void quadratic_10(mpfr_t *x, mpfr_t loss) {
  quadratic_loss(x, loss, 10);
}

/* u^4/4 - u^2/2 + 1/4 */
static void double_well(mpfr_t *x, mpfr_t loss) {
  mpfr_t square;
  mpfr_init2(square, BITS);
  mpfr_mul(square, x[0], x[0], MPFR_RNDN);
  mpfr_set_d(loss, 0.25, MPFR_RNDN);
  add_product(loss, x[0], x[0], -0.5);
  add_product(loss, square, square, 0.25);
  mpfr_clear(square);
}

/* sum += log(1 + e^z) - y z */
static void add_logistic(mpfr_t sum, const mpfr_t z, double y) {
  mpfr_t term;
  mpfr_init2(term, BITS);
  mpfr_exp(term, z, MPFR_RNDN);
  mpfr_log1p(term, term, MPFR_RNDN);
  mpfr_add(sum, sum, term, MPFR_RNDN);
  mpfr_mul_d(term, z, -y, MPFR_RNDN);
  mpfr_add(sum, sum, term, MPFR_RNDN);
  mpfr_clear(term);
}

static void logistic(mpfr_t *w, mpfr_t loss) {
  static const double points[6][3] = {{1, 0.5, 1},    {-0.5, 1, 0},    {1.5, -0.25, 1},
                                      {-1, -0.75, 0}, {0.25, 1.25, 1}, {-0.75, 0.5, 0}};
  mpfr_t z, one;
  mpfr_inits2(BITS, z, one, NULL);
  mpfr_set_ui(one, 1, MPFR_RNDN);
  mpfr_set_zero(loss, 1);
  for (size_t i = 0; i < 6; i++) {
    mpfr_set(z, w[2], MPFR_RNDN);
    add_product(z, w[0], one, points[i][0]);
    add_product(z, w[1], one, points[i][1]);
    add_logistic(loss, z, points[i][2]);
  }
  mpfr_div_ui(loss, loss, 6, MPFR_RNDN);
  mpfr_set_zero(z, 1);
  for (size_t k = 0; k < 3; k++)
    add_product(z, w[k], w[k], 1);
  mpfr_div_ui(z, z, 20, MPFR_RNDN);
  mpfr_add(loss, loss, z, MPFR_RNDN);
  mpfr_clears(z, one, NULL);
}

/* |y - X(u*v)|^2 / 4 */
static void diagonal_linear(mpfr_t *w, mpfr_t loss) {
  static const double design[2][3] = {{1, 0.5, -0.25}, {-0.5, 1, 0.75}}, target[2] = {1, 0.5};
  mpfr_t residual;
  mpfr_init2(residual, BITS);
  mpfr_set_zero(loss, 1);
  for (size_t i = 0; i < 2; i++) {
    mpfr_set_d(residual, -target[i], MPFR_RNDN);
    for (size_t j = 0; j < 3; j++)
      add_product(residual, w[j], w[3 + j], design[i][j]);
    add_product(loss, residual, residual, 0.25);
  }
  mpfr_clear(residual);
}

/* ((1 - x)^2 + (y - x^2)^2)/4 */
static void rosenbrock(mpfr_t *x, mpfr_t loss) {
  mpfr_t a, b;
  mpfr_inits2(BITS, a, b, NULL);
  mpfr_ui_sub(a, 1, x[0], MPFR_RNDN);
  mpfr_set(b, x[1], MPFR_RNDN);
  add_product(b, x[0], x[0], -1);
  mpfr_set_zero(loss, 1);
  add_product(loss, a, a, 0.25);
  add_product(loss, b, b, 0.25);
  mpfr_clears(a, b, NULL);
}

static void tanh_network(mpfr_t *p, mpfr_t loss) {
  static const long x[5][2] = {{-1, 1}, {-1, 2}, {0, 1}, {1, 2}, {1, 1}};
  static const long y[5][2] = {{-1, 2}, {1, 5}, {1, 3}, {3, 4}, {-1, 4}};
  mpfr_t residual, unit;
  mpfr_inits2(BITS, residual, unit, NULL);
  mpfr_set_zero(loss, 1);
  for (size_t i = 0; i < 5; i++) {
    mpfr_set_si(residual, -y[i][0], MPFR_RNDN);
    mpfr_div_si(residual, residual, y[i][1], MPFR_RNDN);
    for (size_t j = 0; j < 3; j++) {
      mpfr_mul_si(unit, p[3 + j], x[i][0], MPFR_RNDN);
      mpfr_div_si(unit, unit, x[i][1], MPFR_RNDN);
      mpfr_add(unit, unit, p[6 + j], MPFR_RNDN);
      mpfr_tanh(unit, unit, MPFR_RNDN);
      add_product(residual, p[j], unit, 1);
    }
    add_product(loss, residual, residual, 0.5);
  }
  mpfr_div_ui(loss, loss, 5, MPFR_RNDN);
  mpfr_clears(residual, unit, NULL);
}

/* Features (x - centre)/scale with decimals read by MPFR. */
static void iris(mpfr_t *w, mpfr_t loss) {
  static const char *const centre[] = {"5.8", "3", "3.75", "1.2"};
  static const char *const scale[] = {"0.8", "0.4", "1.75", "0.75"};
  char line[200], entry[4][16];
  mpfr_t z, x, c;
  mpfr_inits2(BITS, z, x, c, NULL);
  FILE *file = fopen("spec/problems/data/iris.csv", "r");
  cr_assert(file && fgets(line, sizeof line, file));
  mpfr_set_zero(loss, 1);
  size_t rows = 0;
  for (; fgets(line, sizeof line, file); rows++) {
    cr_assert_eq(
        sscanf(line, "%15[^,],%15[^,],%15[^,],%15[^,],", entry[0], entry[1], entry[2], entry[3]),
        4);
    mpfr_set(z, w[4], MPFR_RNDN);
    for (size_t j = 0; j < 4; j++) {
      mpfr_set_str(x, entry[j], 10, MPFR_RNDN);
      mpfr_set_str(c, centre[j], 10, MPFR_RNDN);
      mpfr_sub(x, x, c, MPFR_RNDN);
      mpfr_set_str(c, scale[j], 10, MPFR_RNDN);
      mpfr_div(x, x, c, MPFR_RNDN);
      add_product(z, x, w[j], 1);
    }
    add_logistic(loss, z, strstr(line, "virginica") != NULL);
  }
  fclose(file);
  cr_assert_eq(rows, 150);
  mpfr_div_ui(loss, loss, 150, MPFR_RNDN);
  mpfr_set_zero(z, 1);
  for (size_t j = 0; j < 4; j++)
    add_product(z, w[j], w[j], 1);
  mpfr_div_ui(z, z, 100, MPFR_RNDN);
  mpfr_add(loss, loss, z, MPFR_RNDN);
  mpfr_clears(z, x, c, NULL);
}

Test(builtin_problems, losses_are_their_formulas) {
  check_formula("quadratic-5", quadratic_5);
  check_formula("quadratic-5-half", quadratic_5);
  check_formula("quadratic-10", quadratic_10);
  check_formula("double-well", double_well);
  check_formula("logistic", logistic);
  check_formula("diagonal-linear", diagonal_linear);
  check_formula("rosenbrock", rosenbrock);
  check_formula("tanh-network", tanh_network);
  check_formula("iris", iris);
}

/* Published: the loss of DLN at its start is 0.32967578125; of iris at 0 it is log 2. */
Test(builtin_problems, losses_at_the_start) {
  mpfr_t *x = new_vector(D_MAX, BITS), *loss = new_vector(2, BITS);
  hp_problem *problem = load("diagonal-linear");
  for (size_t k = 0; k < problem->n_params; k++)
    mpfr_set_q(x[k], problem->start[k], MPFR_RNDN);
  evaluate(problem->loss_program, x, loss);
  mpfr_set_str(loss[1], "0.32967578125", 10, MPFR_RNDN);
  cr_assert(is_close(loss[1], loss[0], 8 - BITS));
  hp_problem_free(problem);
  problem = load("iris");
  for (size_t k = 0; k < problem->n_params; k++)
    mpfr_set_q(x[k], problem->start[k], MPFR_RNDN);
  evaluate(problem->loss_program, x, loss);
  mpfr_const_log2(loss[1], MPFR_RNDN);
  cr_assert(is_close(loss[1], loss[0], 12 - BITS));
  hp_problem_free(problem);
  free_vector(loss, 2);
  free_vector(x, D_MAX);
}

/* Programs stay small: one exp and one log for each of the 150 rows of iris. */
Test(builtin_problems, programs_share_subexpressions) {
  hp_problem *problem = load("iris");
  size_t exps = 0, logs = 0;
  const hp_program *program = problem->value_gradient_program;
  for (size_t i = 0; i < program->n_instructions; i++) {
    exps += program->code[i].op == HP_EXP;
    logs += program->code[i].op == HP_LOG;
  }
  cr_assert_leq(exps, 150);
  cr_assert_eq(exps, logs);
  hp_problem_free(problem);
}
