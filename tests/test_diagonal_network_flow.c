#include "network.h"
#include "reference/diagonal_network/flow.h"

static void reproduce(const char *lambda, const char *line, size_t crossings, double tolerance) {
  enum { DIGITS = 34 };
  hp_diagonal_network network;
  hp_diagonal_limit limit;
  mpq_t mass;
  mpfr_t mismatch;
  mpq_init(mass);
  mpfr_init2(mismatch, 64);
  set_rational(mass, lambda);
  network_open(&network);
  hp_diagonal_limit_init(&limit, 3, hp_diagonal_bits(DIGITS));
  hp_diagonal_flow_options options = {.lambda = mass, .digits = DIGITS};
  cr_assert_eq(hp_diagonal_flow(&limit, &network, &options), HP_DIAGONAL_RESTED);
  assert_vector(limit.delta_inf, 3, line, crossings ? "Delta" : "Delta_inf");
  assert_vector(limit.theta_inf, 3, line, crossings ? "theta" : "theta_inf");
  if (!crossings)
    assert_vector(limit.theta_tilde, 3, line, "theta~_0");
  if (mpq_sgn(mass) == 0)
    assert_vector(limit.squares, 3, line, "I_GF");
  hp_diagonal_mismatch(mismatch, 3, limit.delta_inf, limit.delta_end);
  cr_assert(mpfr_cmp_d(mismatch, tolerance) < 0);
  cr_assert_eq(limit.crossings, crossings);
  mpfr_clear(mismatch);
  mpq_clear(mass);
  hp_diagonal_limit_clear(&limit);
  hp_diagonal_network_clear(&network);
}

Test(diagonal_network_flow, gradient_flow) {
  reproduce("0", "GF ", 0, 1e-40);
}

Test(diagonal_network_flow, half) {
  reproduce("1/2", "MGF lam=0.5000", 0, 1e-40);
}

Test(diagonal_network_flow, tenth) {
  reproduce("1/10", "MGF lam=0.1000", 0, 1e-40);
}

Test(diagonal_network_flow, finite_part) {
  reproduce("1", "MGF lam=1 finite part", 1, 1e-38);
}

/* a = lambda I - lambda w'(0)/w(0) from a moving start, with and without crossings. */
Test(diagonal_network_flow, moving_start) {
  static const char *const mass[] = {"1/4", "2"};
  for (int i = 0; i < 2; ++i) {
    hp_diagonal_network network;
    hp_diagonal_limit limit;
    mpq_t lambda, slope;
    mpfr_t mismatch;
    mpq_inits(lambda, slope, NULL);
    mpfr_init2(mismatch, 64);
    set_rational(lambda, mass[i]);
    set_rational(slope, "1");
    network_open(&network);
    hp_diagonal_limit_init(&limit, 3, hp_diagonal_bits(20));
    hp_diagonal_flow_options options = {.lambda = lambda, .slope = slope, .digits = 20};
    cr_assert_eq(hp_diagonal_flow(&limit, &network, &options), HP_DIAGONAL_RESTED);
    hp_diagonal_mismatch(mismatch, 3, limit.delta_inf, limit.delta_end);
    cr_assert(mpfr_cmp_d(mismatch, 1e-25) < 0);
    cr_assert_eq(limit.crossings > 0, i == 1);
    mpfr_clear(mismatch);
    mpq_clears(lambda, slope, NULL);
    hp_diagonal_limit_clear(&limit);
    hp_diagonal_network_clear(&network);
  }
}

static bool never(void *context) {
  (void)context;
  return false;
}

static void watch(void *place, const mpfr_t t, const mpfr_t theta[], const mpfr_t g[],
                  const mpfr_t rates[]) {
  double *last = place;
  cr_assert(mpfr_cmp_d(t, *last) > 0);
  cr_assert(mpfr_number_p(theta[0]) && mpfr_number_p(g[2]) && mpfr_number_p(rates[5]));
  *last = mpfr_get_d(t, MPFR_RNDD);
}

Test(diagonal_network_flow, ends_without_rest_and_visits) {
  hp_diagonal_network network;
  hp_diagonal_limit limit;
  mpq_t lambda;
  double last = -1;
  mpq_init(lambda);
  set_rational(lambda, "1/4");
  network_open(&network);
  hp_diagonal_flow_options options = {.lambda = lambda, .digits = 12, .keep_going = never};
  hp_diagonal_limit_init(&limit, 3, hp_diagonal_bits(12));
  cr_assert_eq(hp_diagonal_flow(&limit, &network, &options), HP_DIAGONAL_INTERRUPTED);
  hp_diagonal_limit_clear(&limit);
  hp_diagonal_limit_init(&limit, 3, hp_diagonal_bits(12));
  options = (hp_diagonal_flow_options){
      .lambda = lambda, .digits = 12, .last_time = 4, .visit = watch, .place = &last};
  cr_assert_eq(hp_diagonal_flow(&limit, &network, &options), HP_DIAGONAL_MOVING);
  cr_assert_not(limit.converged);
  cr_assert(last > 3.9);
  hp_diagonal_limit_clear(&limit);
  mpq_clear(lambda);
  hp_diagonal_network_clear(&network);
}
