#include "field.h"
#include "parse_text.h"
#include "reference/enclosure/jacobian.h"

/* Of the Lorenz field by hand, in exact arithmetic: every ball is a point. */
Test(jacobian, lorenz) {
  static const long x[3] = {2, -3, 5},
                    expected[9] = {-10, 10, 0, 28 - 5, -1, -2, -3, 2, 0}; /* last: -8/3 */
  hp_program *field = lorenz(), *jacobian = hp_program_jacobian(field);
  cr_assert_eq(jacobian->n_inputs, 3);
  cr_assert_eq(jacobian->n_outputs, 9);
  arb_ptr u = _arb_vec_init(3), result = _arb_vec_init(9);
  for (int i = 0; i < 3; i++)
    arb_set_si(u + i, x[i]);
  hp_evaluate_arb(jacobian, u, result, 100);
  for (int i = 0; i < 8; i++)
    cr_expect(arb_equal_si(result + i, expected[i]), "entry %d", i);
  arb_mul_si(result + 8, result + 8, -3, 100);
  cr_expect(arb_contains_si(result + 8, 8));
  _arb_vec_clear(result, 9);
  _arb_vec_clear(u, 3);
  hp_program_free(jacobian);
  field_close(field);
}

/* Of a gradient: the Hessian, as the problem's own Hessian-vector product gives it column by column,
 * for every function of the language. */
Test(jacobian, of_a_gradient_is_the_hessian) {
  hp_problem *problem = parse_text(
      "params = x, y\nloss = exp(x*y) + log(1+x^2)*sin(y) + cos(x)/(2+y) + tan(x/4) + sqrt(3+x*y)\n"
      "  + sinh(x-y) + cosh(y) + tanh(x*y) + asinh(x+y) + atan(x-2*y) - x^3*y\nstart = 1/3, 1/2\n");
  hp_program *hessian = hp_program_jacobian(problem->gradient_program);
  arb_ptr u = _arb_vec_init(4), result = _arb_vec_init(4), column = _arb_vec_init(2);
  for (int i = 0; i < 2; i++)
    hp_arb_set_rational(u + i, problem->start[i], 200);
  hp_evaluate_arb(hessian, u, result, 200);
  for (int j = 0; j < 2; j++) {
    arb_set_si(u + 2, j == 0);
    arb_set_si(u + 3, j == 1);
    hp_evaluate_arb(problem->hessian_vector_program, u, column, 200);
    for (int i = 0; i < 2; i++) {
      cr_expect(arb_overlaps(result + 2 * i + j, column + i), "entry %d, %d", i, j);
      cr_expect(mag_cmp_2exp_si(arb_radref(result + 2 * i + j), -170) < 0);
    }
  }
  _arb_vec_clear(column, 2);
  _arb_vec_clear(result, 4);
  _arb_vec_clear(u, 4);
  hp_program_free(hessian);
  hp_problem_free(problem);
}
