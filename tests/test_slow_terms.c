#include "verify/slow_terms.h"
#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/differentiate.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include <math.h>

enum { BITS = 300 };

static const char bent[] = "params = x, y\nloss = ((1 - x)^2 + (y - x^2)^2)/4\nstart = -1/2, 1/2\n"
                           "momentum = 1/2\nhorizon = 1\n";

static void set_rational(mpq_t x, const char *text) {
  mpq_set_str(x, text, 10);
}

/* lambda_bar f + eta (tall f'f'f + bush f''(f,f)), with f''(f,f) = (f'f)' f - f'f'f. */
static hp_program *disturbed_field(const hp_experiment *experiment, const hp_second_order *e,
                                   const mpq_t eta) {
  const hp_problem *problem = experiment->problem;
  hp_graph *graph = problem->graph;
  hp_node f[2], ff[2], fff[2], both[2], out[2];
  mpq_t factor;
  mpq_init(factor);
  for (int i = 0; i < 2; ++i)
    f[i] = hp_graph_unary(graph, HP_NEG, problem->gradient[i]);
  hp_graph_directional(graph, f, 2, f, 2, ff);
  hp_graph_directional(graph, f, 2, ff, 2, fff);
  hp_graph_directional(graph, ff, 2, f, 2, both);
  hp_lambda_bar(factor, experiment->momentum);
  hp_node lambda_bar = hp_graph_rational(graph, factor);
  mpq_mul(factor, eta, e->bush);
  hp_node bush = hp_graph_rational(graph, factor);
  mpq_sub(factor, e->tall, e->bush);
  mpq_mul(factor, factor, eta);
  hp_node tall = hp_graph_rational(graph, factor);
  for (int i = 0; i < 2; ++i) {
    out[i] = hp_graph_op(graph, HP_MUL, lambda_bar, f[i]);
    out[i] = hp_graph_op(graph, HP_ADD, out[i], hp_graph_op(graph, HP_MUL, bush, both[i]));
    out[i] = hp_graph_op(graph, HP_ADD, out[i], hp_graph_op(graph, HP_MUL, tall, fff[i]));
  }
  mpq_clear(factor);
  return hp_program_lower(graph, 2, out, 2);
}

/* E(T) by differencing: the flow of the disturbed field from u_0 + eta shift f'f, less the flow. */
static double differenced(const hp_experiment *experiment, const hp_second_order *e,
                          mpfr_t largest) {
  hp_trajectory *flow[2];
  mpq_t eta, zero, shift;
  mpfr_t t, at[2][2];
  mpq_inits(eta, zero, shift, NULL);
  mpq_set_ui(eta, 1, 1);
  mpq_div_2exp(eta, eta, 100);
  mpfr_inits2(BITS, t, at[0][0], at[0][1], at[1][0], at[1][1], NULL);
  for (int k = 0; k < 2; ++k) {
    mpfr_t *start = hp_flow_start(experiment, 2, 70), *move = hp_vector_new_mpfr(2, BITS);
    mpq_mul(shift, k ? eta : zero, e->shift);
    hp_flow_velocity(move, experiment, zero, shift, BITS);
    for (int i = 0; i < 2; ++i)
      mpfr_add(start[i], start[i], move[i], MPFR_RNDN);
    hp_vector_free_mpfr(2, move);
    cr_assert_eq(hp_flow_integrate(&flow[k], experiment,
                                   disturbed_field(experiment, e, k ? eta : zero), start,
                                   hp_flow_bits(70), 70),
                 HP_TAYLOR_DONE);
    mpfr_set_q(t, experiment->horizon, MPFR_RNDN);
    hp_trajectory_eval(flow[k], t, at[k], NULL);
    hp_trajectory_free(flow[k]);
  }
  for (int i = 0; i < 2; ++i) {
    mpfr_sub(at[1][i], at[1][i], at[0][i], MPFR_RNDN);
    mpfr_div_q(at[1][i], at[1][i], eta, MPFR_RNDN);
  }
  mpfr_hypot(largest, at[1][0], at[1][1], MPFR_RNDN);
  mpfr_clears(t, at[0][0], at[0][1], at[1][0], at[1][1], NULL);
  mpq_clears(eta, zero, shift, NULL);
  return mpfr_get_d(largest, MPFR_RNDN);
}

/* Both ways to E(T) agree to 25 digits where all three parts matter. */
Test(slow_terms, second_order_agrees_with_differences) {
  hp_experiment experiment;
  hp_slow_terms terms;
  hp_second_order e;
  mpfr_t here, there, at;
  experiment_parse(&experiment, bent, "nag", 6, 6);
  mpfr_inits2(BITS, here, there, at, NULL);
  hp_second_order_init(&e);
  cr_assert_eq(hp_slow_terms_open(&terms, &experiment, 40), HP_TAYLOR_DONE);
  static const char *const part[][3] = {
      {"1", "0", "0"}, {"0", "1", "0"}, {"0", "0", "1"}, {"7/3", "-5/2", "11"}};
  for (int k = 0; k < 4; ++k) {
    set_rational(e.tall, part[k][0]);
    set_rational(e.bush, part[k][1]);
    set_rational(e.shift, part[k][2]);
    hp_second_order_limit(here, at, &terms, &e, experiment.horizon);
    differenced(&experiment, &e, there);
    mpfr_sub(at, here, there, MPFR_RNDN);
    mpfr_div(at, at, there, MPFR_RNDN);
    cr_expect_lt(fabs(mpfr_get_d(at, MPFR_RNDN)), 1e-25, "case %d", k);
  }
  /* on the grid the largest is that of the nearer times, never above the limit */
  mpq_t zero;
  mpq_init(zero);
  hp_second_order_limit(here, at, &terms, &e, zero);
  hp_second_order_on_grid(there, &terms, &e, zero, at, experiment.step[0]);
  cr_expect(mpfr_lessequal_p(there, here));
  cr_expect_gt(mpfr_get_d(there, MPFR_RNDN), 0.99 * mpfr_get_d(here, MPFR_RNDN));
  mpq_clear(zero);
  hp_slow_terms_clear(&terms);
  hp_second_order_clear(&e);
  mpfr_clears(here, there, at, NULL);
  experiment_close(&experiment);
}

/* f = u, lambda = 1/2: ubar = e^{2t}, |f(ubar)| is largest at T = 1; the naive start leaves
 * 2 |lambda^n f(u_0) - f(ubar)|. */
Test(slow_terms, layer_that_grows) {
  hp_experiment experiment;
  hp_slow_terms terms;
  hp_layer_terms layer;
  mpfr_t limit, at, grid;
  long n;
  experiment_parse(&experiment,
                   "params = x\nloss = -x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 6,
                   6);
  mpfr_inits2(BITS, limit, at, grid, NULL);
  cr_assert_eq(hp_slow_terms_open(&terms, &experiment, 40), HP_TAYLOR_DONE);
  hp_layer_terms_init(&layer, experiment.momentum);
  hp_layer_limit(limit, at, &n, &terms, &layer);
  cr_expect_float_eq(mpfr_get_d(limit, MPFR_RNDN), 2 * exp(2), 1e-13);
  cr_expect_float_eq(mpfr_get_d(at, MPFR_RNDN), 1, 1e-13);
  cr_expect_eq(n, 0);
  hp_layer_on_grid(grid, &terms, &layer, at, experiment.step[0]);
  cr_expect_float_eq(mpfr_get_d(grid, MPFR_RNDN), 2 * exp(2), 1e-13);
  cr_expect_float_eq(hp_layer_left(&terms, &layer, 3), 0.25, 1e-15);
  /* the momentum equation with the matched velocity: the layer alone, largest at n = 2 */
  mpq_t kappa;
  mpq_init(kappa);
  hp_kappa_matched(kappa, experiment.momentum, experiment.a);
  hp_layer_terms_equation(&layer, experiment.momentum, experiment.a, kappa);
  hp_layer_limit(limit, at, &n, &terms, &layer);
  double exact = 2 * fabs(0.25 - exp(-4.0 / 3));
  cr_expect_eq(n, 2);
  cr_expect_float_eq(mpfr_get_d(limit, MPFR_RNDN), exact, 1e-14);
  hp_layer_on_grid(grid, &terms, &layer, at, experiment.step[0]);
  cr_expect_float_eq(mpfr_get_d(grid, MPFR_RNDN), exact, 1e-14);
  cr_expect_float_eq(hp_layer_left(&terms, &layer, 2), exact, 1e-14);
  /* neither: nothing to find */
  mpq_set_ui(layer.p, 0, 1);
  mpq_set_ui(layer.q, 0, 1);
  hp_layer_limit(limit, at, &n, &terms, &layer);
  cr_expect(mpfr_zero_p(limit));
  mpq_clear(kappa);
  hp_layer_terms_clear(&layer);
  hp_slow_terms_clear(&terms);
  mpfr_clears(limit, at, grid, NULL);
  experiment_close(&experiment);
}
