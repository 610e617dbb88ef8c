#include "experiment.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"

/* One step of the double well by hand, h = 1/4, lambda = 1/2, a: from u = 3/10, v = 0,
 *     v_1 = f(3/10) = 273/1000, u_1 = 3/10 + 273/4000 = 1473/4000,
 *     v_2 = 273/2000 + f(u_1 + a v_1/4), u_2 = u_1 + v_2/4 */
Test(momentum_mpfr, by_hand) {
  for (int nag = 0; nag < 2; ++nag) {
    hp_experiment experiment;
    hp_momentum_mpfr state;
    experiment_open(&experiment, "double-well", nag ? "nag" : "hb", 2, 2);
    hp_momentum_init_mpfr(&state, experiment.problem->gradient_program, experiment.momentum,
                          experiment.a, experiment.step[0], experiment.problem->start, 300);
    hp_momentum_step_mpfr(&state);
    hp_momentum_step_mpfr(&state);
    mpfr_t y, v;
    mpfr_inits2(300, y, v, NULL);
    mpfr_set_str(v, "0.273", 10, MPFR_RNDN);
    mpfr_set_str(y, "0.36825", 10, MPFR_RNDN);
    if (nag) {
      mpfr_div_ui(v, v, 8, MPFR_RNDN);
      mpfr_add(y, y, v, MPFR_RNDN);
      mpfr_mul_ui(v, v, 8, MPFR_RNDN);
    }
    mpfr_div_ui(v, v, 2, MPFR_RNDN);
    mpfr_add(v, v, y, MPFR_RNDN);
    mpfr_pow_ui(y, y, 3, MPFR_RNDN);
    mpfr_sub(v, v, y, MPFR_RNDN);
    mpfr_sub(y, state.v[0], v, MPFR_RNDN);
    cr_assert(mpfr_zero_p(y) || mpfr_get_exp(y) < -295);
    mpfr_div_ui(v, v, 4, MPFR_RNDN);
    mpfr_set_str(y, "0.36825", 10, MPFR_RNDN);
    mpfr_add(v, v, y, MPFR_RNDN);
    mpfr_sub(y, state.u[0], v, MPFR_RNDN);
    cr_assert(mpfr_zero_p(y) || mpfr_get_exp(y) < -295);
    mpfr_clears(y, v, NULL);
    hp_momentum_clear_mpfr(&state);
    experiment_close(&experiment);
  }
}

/* More bits bring the path nearer to the one at many bits. */
Test(momentum_mpfr, precision_is_monotone) {
  static const mpfr_prec_t bits[] = {40, 80, 160, 320};
  hp_experiment experiment;
  experiment_open(&experiment, "logistic", "nag", 6, 6);
  mpfr_t *end[4], x;
  long gap[3];
  mpfr_init2(x, 320);
  for (int i = 0; i < 4; ++i) {
    hp_momentum_mpfr state;
    hp_momentum_init_mpfr(&state, experiment.problem->gradient_program, experiment.momentum,
                          experiment.a, experiment.step[0], experiment.problem->start, bits[i]);
    for (int n = 0; n < 100; ++n)
      hp_momentum_step_mpfr(&state);
    end[i] = hp_vector_new_mpfr(3, bits[i]);
    for (int k = 0; k < 3; ++k)
      mpfr_set(end[i][k], state.u[k], MPFR_RNDN);
    hp_momentum_clear_mpfr(&state);
  }
  for (int i = 0; i < 3; ++i) {
    mpfr_sub(x, end[i][0], end[3][0], MPFR_RNDN);
    gap[i] = mpfr_get_exp(x);
    cr_assert(gap[i] < 12 - bits[i]);
    cr_assert(i == 0 || gap[i] < gap[i - 1]);
  }
  for (int i = 0; i < 4; ++i)
    hp_vector_free_mpfr(3, end[i]);
  mpfr_clear(x);
  experiment_close(&experiment);
}

/* The kernels in double walk beside the recurrence in MPFR. */
Test(momentum_mpfr, double_twin) {
  static const char *const name[] = {"tanh-network", "rosenbrock", "quadratic-5-half"};
  for (size_t p = 0; p < 3; ++p) {
    hp_experiment experiment;
    hp_momentum_mpfr state;
    hp_momentum_double twin;
    experiment_open(&experiment, name[p], "nag", 5, 5);
    const hp_problem *problem = experiment.problem;
    hp_momentum_init_mpfr(&state, problem->gradient_program, experiment.momentum, experiment.a,
                          experiment.step[0], problem->start, 200);
    hp_momentum_double_init(&twin, problem->gradient_program, experiment.momentum, experiment.a,
                            experiment.step[0], problem->start);
    for (int n = 0; n < 64; ++n) {
      hp_momentum_step_mpfr(&state);
      hp_momentum_double_step(&twin);
      for (size_t i = 0; i < problem->n_params; ++i) {
        cr_assert_float_eq(twin.u[i], mpfr_get_d(state.u[i], MPFR_RNDN), 1e-13);
        cr_assert_float_eq(twin.v[i], mpfr_get_d(state.v[i], MPFR_RNDN), 1e-12);
      }
    }
    hp_momentum_double_clear(&twin);
    hp_momentum_clear_mpfr(&state);
    experiment_close(&experiment);
  }
}

/* 9/10 truncated would be below the nearest double. */
Test(momentum_mpfr, nearest_double) {
  mpq_t x;
  mpq_init(x);
  mpq_set_ui(x, 9, 10);
  cr_assert_eq(hp_nearest_double(x), 0.9);
  mpq_set_ui(x, 1, 10);
  cr_assert_eq(hp_nearest_double(x), 0.1);
  mpq_clear(x);
}

Test(momentum_mpfr, norm) {
  mpfr_t *x = hp_vector_new_mpfr(2, 60), norm;
  mpfr_init2(norm, 60);
  hp_vector_norm_mpfr(norm, 2, x);
  cr_assert(mpfr_zero_p(norm));
  mpfr_set_si(x[0], -3, MPFR_RNDN);
  mpfr_set_ui(x[1], 4, MPFR_RNDN);
  hp_vector_norm_mpfr(norm, 2, x);
  cr_assert_eq(mpfr_get_d(norm, MPFR_RNDN), 5);
  mpfr_clear(norm);
  hp_vector_free_mpfr(2, x);
}
