#include "reference/taylor/fields.h"
#include <criterion/criterion.h>
#include <string.h>

static const char PROBLEM[] =
    "name = p\nparams = x, y\nloss = x^4/4 + x*y^2 + y^2/2\nstart = 1, 1\n";

enum { BITS = 300 };

/* At x = 1/2, y = -1/3, E = (2, 3), lambda = 3/4 (lambda_bar = 4), a = 1/4 (alpha = 13/16):
 * the field in rational arithmetic. */
Test(fields, values) {
  hp_diagnostic why;
  hp_problem *problem = hp_problem_parse(PROBLEM, strlen(PROBLEM), "p.phi", ".", &why);
  cr_assert_not_null(problem);
  mpq_t lambda, a, x, y, value;
  mpq_inits(lambda, a, x, y, value, NULL);
  mpq_set_si(lambda, 3, 4);
  mpq_set_si(a, 1, 4);
  hp_program *flow = hp_field_rescaled_gradient(problem, lambda);
  hp_program *error = hp_field_first_order_error(problem, lambda, a);
  hp_program *normal = hp_field_normal_direction(problem, lambda, a);
  cr_assert_eq(flow->n_inputs, 2);
  cr_assert_eq(flow->n_outputs, 2);
  cr_assert_eq(error->n_inputs, 4);
  cr_assert_eq(error->n_outputs, 4);
  /* grad = (x^3 + y^2, 2xy + y) = (17/72, -2/3),  H = (3x^2, 2y; 2y, 2x + 1) = (3/4, -2/3; -2/3, 2)
   * -4 grad = (-17/18, 8/3)
   * E' = -4 H E - 52 H grad = H (-8 - 221/18, -12 + 104/3) = H (-365/18, 68/3) */
  static const char *const expected[4] = {"-17/18", "8/3", "-2183/72", "1589/27"};
  /* W' = (4 - 1/3) H W = 11/3 (-1/2, 14/3) */
  static const char *const expected_normal[4] = {"-17/18", "8/3", "-11/6", "154/9"};
  mpfr_t point[4], f[4], exact;
  mpfr_init2(exact, BITS);
  for (int i = 0; i < 4; i++)
    mpfr_inits2(BITS, point[i], f[i], NULL);
  mpfr_set_d(point[0], 0.5, MPFR_RNDN);
  mpfr_set_si(point[1], -1, MPFR_RNDN);
  mpfr_div_ui(point[1], point[1], 3, MPFR_RNDN);
  mpfr_set_ui(point[2], 2, MPFR_RNDN);
  mpfr_set_ui(point[3], 3, MPFR_RNDN);
  const hp_program *programs[3] = {flow, error, normal};
  for (int j = 0; j < 3; j++) {
    hp_evaluator_mpfr evaluator;
    hp_evaluator_mpfr_init(&evaluator, programs[j], BITS);
    hp_evaluate_mpfr(&evaluator, point, f);
    for (size_t i = 0; i < programs[j]->n_outputs; i++) {
      mpq_set_str(value, j < 2 ? expected[i] : expected_normal[i], 10);
      mpfr_set_q(exact, value, MPFR_RNDN);
      mpfr_sub(f[i], f[i], exact, MPFR_RNDN);
      cr_expect(mpfr_zero_p(f[i]) || mpfr_get_exp(f[i]) < -280, "field %d, output %zu", j, i);
    }
    hp_evaluator_mpfr_clear(&evaluator);
  }
  for (int i = 0; i < 4; i++)
    mpfr_clears(point[i], f[i], NULL);
  mpfr_clear(exact);
  mpq_clears(lambda, a, x, y, value, NULL);
  hp_program_free(normal);
  hp_program_free(error);
  hp_program_free(flow);
  hp_problem_free(problem);
}

/* The other fields at the same point, velocity or A = (2, 3), Z = (-1, 4). */
Test(fields, stiff_and_second_order) {
  hp_diagnostic why;
  hp_problem *problem = hp_problem_parse(PROBLEM, strlen(PROBLEM), "p.phi", ".", &why);
  cr_assert_not_null(problem);
  mpq_t lambda, mass, damping, c, h;
  mpq_inits(lambda, mass, damping, c, h, NULL);
  mpq_set_si(lambda, 3, 4);
  mpq_set_si(mass, 13, 32);
  mpq_set_si(damping, 1, 4);
  mpq_set_si(c, 6, 1);
  mpq_set_si(h, 1, 2);
  /* g = (17/72, -2/3), H = (3/4, -2/3; -2/3, 2), H g = (179/288, -161/108)
   * second-order flow, mass 13/32, damping 1/4: p' = -(g + p/4) 32/13
   * modified loss: -4 (g + 3 H g)
   * A' = H (-4 A - H g), Z' = -4 H Z */
  static const char *const expected[] = {"2",     "3",      "-212/117", "-8/39",      "-605/72",
                                         "185/9", "-17/18", "8/3",      "5599/10368", "-733/48",
                                         "41/3",  "-104/3", "179/288",  "-161/108"};
  hp_program *programs[4] = {
      hp_field_second_order(problem->graph, 2, problem->gradient, mass, damping),
      hp_field_modified_loss(problem, lambda, c, h), hp_field_second_order_terms(problem, lambda),
      hp_field_gradient_product(problem)};
  static const int values[6] = {2, 3, 2, 3, -1, 4};
  mpfr_t point[6], f[6], exact;
  mpq_t value;
  mpq_init(value);
  mpfr_init2(exact, BITS);
  for (int i = 0; i < 6; i++)
    mpfr_inits2(BITS, point[i], f[i], NULL);
  for (int j = 0, k = 0; j < 4; j++) {
    hp_evaluator_mpfr evaluator;
    for (int i = 2; i < 6; i++)
      mpfr_set_si(point[i], values[i], MPFR_RNDN);
    mpfr_set_d(point[0], 0.5, MPFR_RNDN);
    mpfr_set_si(point[1], -1, MPFR_RNDN);
    mpfr_div_ui(point[1], point[1], 3, MPFR_RNDN);
    hp_evaluator_mpfr_init(&evaluator, programs[j], BITS);
    hp_evaluate_mpfr(&evaluator, point, f);
    for (size_t i = 0; i < programs[j]->n_outputs; i++, k++) {
      mpq_set_str(value, expected[k], 10);
      mpfr_set_q(exact, value, MPFR_RNDN);
      mpfr_sub(exact, f[i], exact, MPFR_RNDN);
      cr_expect(mpfr_zero_p(exact) || mpfr_get_exp(exact) < -280, "field %d, output %zu: %g", j, i,
                mpfr_get_d(f[i], MPFR_RNDN));
    }
    hp_evaluator_mpfr_clear(&evaluator);
    hp_program_free(programs[j]);
  }
  for (int i = 0; i < 6; i++)
    mpfr_clears(point[i], f[i], NULL);
  mpfr_clear(exact);
  mpq_clears(lambda, mass, damping, c, h, value, NULL);
  hp_problem_free(problem);
}
