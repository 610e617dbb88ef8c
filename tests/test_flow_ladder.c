#include "verify/flow_ladder.h"
#include "experiment.h"
#include "reference/taylor/fields.h"
#include <math.h>

/* The rescaled flow of x^2/2; but flow 1 is x' = 9 x^2, which leaves every bound, when h > 1/32. */
static hp_taylor_status integrate(hp_trajectory **flow, const hp_experiment *experiment,
                                  const mpq_t h, size_t k, double digits) {
  bool blows_up = k == 1 && mpq_cmp_ui(h, 1, 32) > 0;
  hp_graph *graph = experiment->problem->graph;
  hp_node x = hp_graph_input(graph, 0);
  hp_node field = hp_graph_op(graph, HP_MUL, hp_graph_integer(graph, blows_up ? 9 : -2),
                              blows_up ? hp_graph_unary(graph, HP_SQR, x) : x);
  return hp_flow_integrate(flow, experiment, hp_program_lower(graph, 1, &field, 1),
                           hp_flow_start(experiment, 1, digits), hp_flow_bits(digits), digits);
}

static const char bowl[] = "params = x\nloss = x^2/2\nstart = 1\nmomentum = 1/2\nhorizon = 1\n";

static void set_plan(hp_flow_ladder_plan *plan, const hp_experiment *experiment) {
  *plan = (hp_flow_ladder_plan){.experiment = experiment,
                                .integrate = integrate,
                                .n_flows = 2,
                                .n_full = 1,
                                .n_pairs = 4,
                                .n_checked = 2};
  plan->pair[0] = (hp_flow_pair){.order = 1, .expected = 1};
  plan->pair[1] = (hp_flow_pair){.path = 1, .late = true, .order = 1};
  plan->pair[2] = (hp_flow_pair){.flow = 1};
  plan->pair[3] = (hp_flow_pair){.only_n = 1};
  mpq_init(plan->from);
  hp_flow_ladder_late(plan->from, experiment->horizon);
}

Test(flow_ladder, measures) {
  hp_experiment experiment;
  hp_flow_ladder_plan plan;
  hp_flow_ladder ladder;
  size_t step[3];
  experiment_parse(&experiment, bowl, "hb", 4, 6);
  set_plan(&plan, &experiment);
  cr_assert(hp_flow_ladder_measure(&ladder, &plan));
  for (size_t i = 0; i < 3; ++i) {
    double h = mpq_get_d(experiment.step[i]);
    const hp_flow_column *column = ladder.column;
    /* n = 1: u_1 = 1 - h beside e^{-2h} */
    cr_expect_float_eq(mpfr_get_d(column[3].value[i], MPFR_RNDN), 1 - h - exp(-2 * h), 1e-15);
    for (size_t k = 0; k < 2; ++k) {
      mpfr_t relative;
      mpfr_init2(relative, 60);
      mpfr_div(relative, column[k].radius[i], column[k].value[i], MPFR_RNDU);
      cr_expect_lt(mpfr_get_d(relative, MPFR_RNDU), 1e-25, "pair %zu", k);
      mpfr_clear(relative);
      cr_expect_float_eq(mpfr_get_d(column[k].double_value[i], MPFR_RNDN),
                         mpfr_get_d(column[k].value[i], MPFR_RNDN), 1e-14);
    }
    cr_expect_eq(mpfr_nan_p(column[2].value[i]) != 0, i == 0, "blows up at 1/16 only");
  }
  cr_expect_eq(hp_flow_ladder_rows(&ladder, 0, step), 3);
  cr_expect_eq(hp_flow_ladder_rows(&ladder, 2, step), 2);
  cr_expect_eq(step[0], 1);
  cr_expect_float_eq(ladder.constants.L, 1, 1e-12);
  hp_flow_ladder_clear(&ladder);
  mpq_clear(plan.from);
  experiment_close(&experiment);
}

/* An expected size that is far too large: the digits asked for at first do not do. */
Test(flow_ladder, digits_lost_by_cancellation_are_made_good) {
  hp_experiment experiment;
  hp_flow_ladder_plan plan;
  hp_flow_ladder ladder;
  experiment_parse(&experiment,
                   "params = x\nloss = x^2/2\nstart = 10^(-20)\nmomentum = 1/2\nhorizon = 1\n",
                   "hb", 4, 5);
  set_plan(&plan, &experiment);
  plan.n_flows = 1;
  plan.n_pairs = 2;
  plan.pair[0].only_n = 1;
  cr_assert(hp_flow_ladder_measure(&ladder, &plan));
  for (size_t i = 0; i < 2; ++i)
    cr_expect_lt(mpfr_get_d(ladder.column[0].radius[i], MPFR_RNDU),
                 1e-25 * mpfr_get_d(ladder.column[0].value[i], MPFR_RNDN));
  hp_flow_ladder_clear(&ladder);
  mpq_clear(plan.from);
  experiment_close(&experiment);
}

Test(flow_ladder, late) {
  mpq_t from, horizon;
  mpq_inits(from, horizon, NULL);
  mpq_set_ui(horizon, 2, 1);
  hp_flow_ladder_late(from, horizon);
  cr_expect(mpq_cmp_ui(from, 1, 4) == 0);
  mpq_set_ui(horizon, 1, 4);
  hp_flow_ladder_late(from, horizon);
  cr_expect(mpq_cmp_ui(from, 1, 8) == 0);
  mpq_clears(from, horizon, NULL);
}

static bool stop(void *context) {
  int *left = context;
  return --*left > 0;
}

Test(flow_ladder, interruption) {
  for (int patience = 1; patience < 40; ++patience) {
    hp_experiment experiment;
    hp_flow_ladder_plan plan;
    hp_flow_ladder ladder;
    int left = patience;
    experiment_parse(&experiment, bowl, "hb", 4, 6);
    experiment.keep_going = stop;
    experiment.context = &left;
    set_plan(&plan, &experiment);
    bool done = hp_flow_ladder_measure(&ladder, &plan);
    cr_expect_eq(done, left > 0, "patience %d", patience);
    hp_flow_ladder_clear(&ladder);
    mpq_clear(plan.from);
    experiment_close(&experiment);
  }
}
