#include "experiment.h"
#include "reference/diagonal_network/enclosed_limit.h"

/* The built-in diagonal network, its flow of mass lambda to time T. */
static hp_diagonal_enclosed_status enclose(hp_diagonal_enclosed *limit,
                                           hp_diagonal_network *network, const char *lambda,
                                           unsigned long time, double digits) {
  hp_experiment e;
  mpq_t mass, T;
  mpq_inits(mass, T, NULL);
  mpq_set_str(mass, lambda, 10);
  mpq_set_ui(T, time, 1);
  experiment_open(&e, "diagonal-linear", "hb", 6, 8);
  hp_diagonal_network_of(network, e.problem);
  experiment_close(&e);
  hp_diagonal_enclosed_options options = {.lambda = mass, .time = T, .digits = digits};
  hp_diagonal_enclosed_status status = hp_diagonal_enclose(limit, network, &options);
  mpq_clears(mass, T, NULL);
  return status;
}

static bool near(const arb_t ball, const char *decimal) {
  arb_t x;
  arb_init(x);
  arb_set_str(x, decimal, 200);
  mag_set_ui_2exp_si(arb_radref(x), 1, -104);
  bool meets = arb_overlaps(ball, x);
  arb_clear(x);
  return meets;
}

/* tests/data/dln.txt, lambda = 1/2; the radius is the one asked for, and a wrong digit is seen. */
Test(enclosed_limit, published_values) {
  static const char *const delta[] = {"0.18049103630313762310540515690584",
                                      "0.03740814221314056118905041088269",
                                      "0.02587950478574823222235262222945"};
  static const char *const theta[] = {"0.72887636299386014749644787071029",
                                      "0.67112363700613985250355212928971",
                                      "0.25775272598772029499289574142059"};
  hp_diagonal_network network;
  hp_diagonal_enclosed limit;
  cr_assert_eq(enclose(&limit, &network, "1/2", 140, 25), HP_LIMIT_ENCLOSED);
  for (size_t j = 0; j < 3; ++j) {
    cr_expect(near(limit.delta_end + j, delta[j]) && near(limit.delta_inf + j, delta[j]));
    cr_expect(near(limit.theta_inf + j, theta[j]));
    cr_expect_not(near(limit.theta_inf + j, delta[j]));
    cr_expect(mag_cmp_2exp_si(arb_radref(limit.delta_inf + j), -83) < 0);
  }
  cr_expect(mag_cmp_2exp_si(limit.radius, -83) < 0);
  hp_diagonal_enclosed_clear(&limit);
  hp_diagonal_network_clear(&network);
}

/* The gradient flow keeps Delta; its integrals are 0. */
Test(enclosed_limit, gradient_flow) {
  hp_diagonal_network network;
  hp_diagonal_enclosed limit;
  cr_assert_eq(enclose(&limit, &network, "0", 140, 25), HP_LIMIT_ENCLOSED);
  cr_expect(near(limit.delta_end, "0.24") && near(limit.delta_end + 1, "0.12"));
  cr_expect(arb_is_zero(limit.a_plus) && arb_is_zero(limit.a_minus));
  cr_expect(near(limit.theta_inf + 2, "0.22247517497792602013236452972140"));
  hp_diagonal_enclosed_clear(&limit);
  hp_diagonal_network_clear(&network);
}

/* A tail from an earlier time is wider and holds the limit all the same; before it rests nothing is said. */
Test(enclosed_limit, tails) {
  hp_diagonal_network network;
  hp_diagonal_enclosed early, late;
  cr_assert_eq(enclose(&early, &network, "1/10", 60, 25), HP_LIMIT_ENCLOSED);
  hp_diagonal_network_clear(&network);
  cr_assert_eq(enclose(&late, &network, "1/10", 120, 25), HP_LIMIT_ENCLOSED);
  cr_expect(mag_cmp(late.radius, early.radius) < 0);
  for (size_t j = 0; j < 3; ++j) {
    cr_expect(arb_overlaps(early.delta_end + j, late.delta_end + j));
    cr_expect(arb_overlaps(early.theta_inf + j, late.theta_inf + j));
    cr_expect(arb_overlaps(early.a_plus + j, late.a_plus + j));
    cr_expect(arb_overlaps(early.theta_tilde + j, late.theta_tilde + j));
  }
  hp_diagonal_enclosed_clear(&late);
  hp_diagonal_enclosed_clear(&early);
  hp_diagonal_network_clear(&network);
  cr_expect_eq(enclose(&early, &network, "1/10", 1, 25), HP_LIMIT_MOVING);
  cr_expect_not(arb_is_finite(early.delta_end));
  hp_diagonal_enclosed_clear(&early);
  hp_diagonal_network_clear(&network);
}

/* lambda = 1: w_-,2 crosses 0, where a_- is not an integral. */
Test(enclosed_limit, crossing) {
  hp_diagonal_network network;
  hp_diagonal_enclosed limit;
  cr_expect_eq(enclose(&limit, &network, "1", 20, 10), HP_LIMIT_LOST);
  hp_diagonal_enclosed_clear(&limit);
  hp_diagonal_network_clear(&network);
}

static bool stop(void *context) {
  (void)context;
  return false;
}

Test(enclosed_limit, interrupted) {
  hp_experiment e;
  hp_diagonal_network network;
  hp_diagonal_enclosed limit;
  experiment_open(&e, "diagonal-linear", "hb", 6, 8);
  hp_diagonal_network_of(&network, e.problem);
  hp_diagonal_enclosed_options options = {
      .lambda = e.momentum, .time = e.horizon, .digits = 20, .keep_going = stop};
  cr_expect_eq(hp_diagonal_enclose(&limit, &network, &options), HP_LIMIT_INTERRUPTED);
  hp_diagonal_enclosed_clear(&limit);
  hp_diagonal_network_clear(&network);
  experiment_close(&e);
}
