#include "experiment.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/series/modified.h"

enum { BITS = 300 };

static void evaluate(hp_program *program, const mpfr_t at[], mpfr_t result[]) {
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, BITS);
  hp_evaluate_mpfr(&evaluator, at, result);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_program_free(program);
}

static void assert_near(const mpfr_t x, double y, double tolerance, const char *what) {
  double value = mpfr_get_d(x, MPFR_RNDN);
  cr_assert_leq(fabs(value - y), tolerance * (1 + fabs(y)), "%s: %.17g, not %.17g", what, value, y);
}

/* Double well, f = u - u^3 at u = 3/10, lambda = 1/2, heavy ball: F_0 = 2f, F_1 = -6 f'f,
 * F_2 = 32 [(1/12 + 5/12 + 1/48) f''ff + (1/3 + 2/3 + 1/12) f'f'f], S_1 = -2f, S_2 = 20 f'f. */
Test(modified, first_terms) {
  hp_experiment experiment;
  experiment_open(&experiment, "double-well", "hb", 6, 6);
  hp_modified *modified = hp_modified_new(experiment.problem, experiment.momentum, experiment.a, 3);
  mpfr_t *u = hp_vector_new_mpfr(1, BITS), *g = hp_vector_new_mpfr(3, BITS);
  mpfr_set_q(u[0], experiment.problem->start[0], MPFR_RNDN);
  double x = 0.3, f = x - x * x * x, f1 = 1 - 3 * x * x, f2 = -6 * x;
  evaluate(hp_modified_terms(modified, modified->field), u, g);
  assert_near(g[0], 2 * f, 1e-14, "F_0");
  assert_near(g[1], -6 * f1 * f, 1e-14, "F_1");
  double second =
      32 * ((1 / 12. + 5 / 12. + 1 / 48.) * f2 * f * f + (1 / 3. + 2 / 3. + 1 / 12.) * f1 * f1 * f);
  assert_near(g[2], second, 1e-14, "F_2");
  evaluate(hp_modified_terms(modified, modified->shift), u, g);
  assert_near(g[0], -2 * f, 1e-14, "S_1");
  assert_near(g[1], 20 * f1 * f, 1e-14, "S_2");
  evaluate(hp_modified_terms(modified, modified->manifold), u, g);
  assert_near(g[0], 2 * f, 1e-14, "g_0");
  assert_near(g[1], -8 * f1 * f, 1e-14, "g_1");
  evaluate(hp_modified_jacobian(modified, 1), u, g);
  assert_near(g[0], f1 * f1 + f2 * f, 1e-14, "(f'f)'");
  mpq_t weight[3];
  for (size_t k = 0; k < 3; ++k) {
    mpq_init(weight[k]);
    mpq_set_ui(weight[k], 1 + k, 1);
  }
  double h = mpq_get_d(experiment.step[0]);
  evaluate(hp_modified_field(modified, 3, experiment.step[0], NULL), u, g);
  assert_near(g[0], 2 * f - h * 6 * f1 * f + h * h * second, 1e-14, "field");
  evaluate(hp_modified_field(modified, 3, experiment.step[0], weight), u, g);
  assert_near(g[0], 2 * f - 2 * h * 6 * f1 * f + 3 * h * h * second, 1e-14, "weighted field");
  mpfr_t *at = hp_vector_new_mpfr(3, BITS), *rate = hp_vector_new_mpfr(3, BITS);
  mpfr_set(at[0], u[0], MPFR_RNDN);
  mpfr_set_ui(at[1], 5, MPFR_RNDN);
  mpfr_set_ui(at[2], 7, MPFR_RNDN);
  evaluate(hp_modified_leading_errors(modified, 2), at, rate);
  assert_near(rate[0], 2 * f, 1e-14, "ubar'");
  assert_near(rate[1], 2 * f1 * 5 - 6 * f1 * f, 1e-14, "E_1'");
  assert_near(rate[2], 2 * f1 * 7 + second, 1e-14, "E_2'");
  for (size_t k = 0; k < 3; ++k)
    mpq_clear(weight[k]);
  hp_vector_free_mpfr(3, rate);
  hp_vector_free_mpfr(3, at);
  hp_vector_free_mpfr(3, g);
  hp_vector_free_mpfr(1, u);
  hp_modified_free(modified);
  experiment_close(&experiment);
}

/* One step of the method from the expanded manifold, v = sum_{k<n} h^k g_k: u + h v' against
 * u + h sum_{k<n} h^k psi_k. Both are right up to h^{n+1}; halving h divides the difference by 2^{n+1}. */
Test(modified, map_and_manifold_belong_together) {
  enum { ORDER = 5, D = 2 };
  hp_experiment experiment;
  experiment_open(&experiment, "rosenbrock", "nag", 11, 12);
  hp_modified *modified =
      hp_modified_new(experiment.problem, experiment.momentum, experiment.a, ORDER);
  double distance[2];
  mpfr_t *g = hp_vector_new_mpfr(ORDER * D, BITS), *psi = hp_vector_new_mpfr(ORDER * D, BITS);
  mpfr_t *start = hp_vector_new_mpfr(D, BITS), power;
  mpfr_init2(power, BITS);
  for (size_t i = 0; i < D; ++i)
    mpfr_set_q(start[i], experiment.problem->start[i], MPFR_RNDN);
  for (size_t s = 0; s < 2; ++s) {
    hp_momentum_mpfr state;
    hp_momentum_init_mpfr(&state, experiment.problem->gradient_program, experiment.momentum,
                          experiment.a, experiment.step[s], experiment.problem->start, BITS);
    evaluate(hp_modified_terms(modified, modified->manifold), start, g);
    evaluate(hp_modified_terms(modified, modified->map), start, psi);
    mpfr_set_ui(power, 1, MPFR_RNDN);
    for (size_t k = 0; k < ORDER; ++k) {
      for (size_t i = 0; i < D; ++i)
        mpfr_fma(state.v[i], power, g[k * D + i], state.v[i], MPFR_RNDN);
      mpfr_mul(power, power, state.h, MPFR_RNDN);
    }
    hp_momentum_step_mpfr(&state);
    mpfr_set(power, state.h, MPFR_RNDN);
    for (size_t i = 0; i < D; ++i)
      mpfr_sub(state.u[i], state.u[i], start[i], MPFR_RNDN);
    for (size_t k = 0; k < ORDER; ++k) {
      for (size_t i = 0; i < D; ++i) {
        mpfr_mul(psi[k * D + i], psi[k * D + i], power, MPFR_RNDN);
        mpfr_sub(state.u[i], state.u[i], psi[k * D + i], MPFR_RNDN);
      }
      mpfr_mul(power, power, state.h, MPFR_RNDN);
    }
    distance[s] = hypot(mpfr_get_d(state.u[0], MPFR_RNDN), mpfr_get_d(state.u[1], MPFR_RNDN));
    hp_momentum_clear_mpfr(&state);
  }
  cr_assert_float_eq(log2(distance[0] / distance[1]), ORDER + 1, 0.02);
  mpfr_clear(power);
  hp_vector_free_mpfr(D, start);
  hp_vector_free_mpfr(ORDER * D, psi);
  hp_vector_free_mpfr(ORDER * D, g);
  hp_modified_free(modified);
  experiment_close(&experiment);
}

Test(modified, cost_grows_with_the_order) {
  hp_experiment experiment;
  experiment_open(&experiment, "logistic", "hb", 6, 6);
  size_t before = 0;
  for (size_t order = 1; order <= 5; ++order) {
    size_t cost = hp_modified_cost(experiment.problem, order);
    cr_assert_gt(cost, before);
    before = cost;
  }
  cr_assert_lt(before, 5000);
  experiment_close(&experiment);
}
