#include "network.h"
#include "reference/diagonal_network/descent.h"

enum { DIGITS = 40 };

typedef struct {
  hp_diagonal_network network;
  hp_diagonal_limit limit;
  mpq_t gamma, beta;
  hp_diagonal_descent_options options;
} experiment;

static hp_diagonal_status begin(experiment *e, const char *gamma, const char *beta) {
  network_open(&e->network);
  mpq_inits(e->gamma, e->beta, NULL);
  set_rational(e->gamma, gamma);
  set_rational(e->beta, beta);
  e->options.gamma = e->gamma;
  e->options.beta = e->beta;
  if (e->options.digits == 0)
    e->options.digits = DIGITS;
  hp_diagonal_limit_init(&e->limit, 3, hp_diagonal_bits(e->options.digits));
  return hp_diagonal_descend(&e->limit, &e->network, &e->options);
}

static void end(experiment *e) {
  hp_diagonal_limit_clear(&e->limit);
  mpq_clears(e->gamma, e->beta, NULL);
  hp_diagonal_network_clear(&e->network);
}

/* Delta_inf and theta_inf as published; the sum agrees with |w_+ w_-|. */
static void reproduce(const char *gamma, const char *beta, const char *line, size_t crossings,
                      const char *least_ratio) {
  experiment e = {.options = {.digits = DIGITS}};
  cr_assert_eq(begin(&e, gamma, beta), HP_DIAGONAL_RESTED);
  assert_vector(e.limit.delta_inf, 3, line, "Delta");
  assert_vector(e.limit.theta_inf, 3, line, "theta");
  mpfr_t mismatch;
  mpfr_init2(mismatch, 64);
  hp_diagonal_mismatch(mismatch, 3, e.limit.delta_inf, e.limit.delta_end);
  cr_assert(mpfr_cmp_d(mismatch, 1e-45) < 0);
  cr_assert(e.limit.converged);
  cr_assert_eq(e.limit.crossings, crossings);
  char text[32];
  snprintf(text, sizeof text, "%.*f", (int)strlen(strchr(least_ratio, '.')) - 1,
           e.limit.least_ratio);
  cr_assert_str_eq(text, least_ratio);
  cr_assert(mpfr_cmp_d(e.limit.loss, 1e-80) < 0);
  mpfr_clear(mismatch);
  end(&e);
}

Test(descent, gradient_descent) {
  reproduce("1/5", "0", "MGD beta=0 gamma=0.2", 0, "0.894687");
}

Test(descent, momentum) {
  reproduce("1/500", "9/10", "MGD beta=0.9 gamma=0.002", 0, "0.989174");
}

Test(descent, crosses_zero) {
  reproduce("1/100", "9/10", "MGD cross", 1, "-1.5707");
}

/* lambda = 5/2: Delta_inf,2 = .2362 > Delta_0,2 = .12 */
Test(descent, crossing_may_raise_balancedness) {
  experiment e = {.options = {.digits = 20}};
  cr_assert_eq(begin(&e, "1/40", "9/10"), HP_DIAGONAL_RESTED);
  cr_assert_float_eq(mpfr_get_d(e.limit.delta_inf[1], MPFR_RNDN), 0.2362, 5e-5);
  cr_assert(mpfr_greater_p(e.limit.delta_inf[1], e.limit.delta_0[1]));
  end(&e);
}

static void count(void *place, long k, const mpfr_t theta[], const mpfr_t g[]) {
  long *calls = place;
  cr_assert_eq(k, *calls);
  cr_assert(mpfr_number_p(theta[0]) && mpfr_number_p(g[0]));
  ++*calls;
}

/* One row a step and two rows a step: the identity holds path by path, seeds give other paths, the same
 * seed the same. */
Test(descent, mini_batches) {
  mpfr_t mismatch, first, again;
  mpfr_inits2(256, mismatch, first, again, (mpfr_ptr)0);
  for (int i = 0; i < 4; ++i) {
    long calls = 0;
    experiment e = {.options = {.digits = 20,
                                .batch = i == 3 ? 2 : 1,
                                .seed = i == 2 ? 7 : 12345,
                                .visit = count,
                                .place = &calls}};
    cr_assert_eq(begin(&e, "1/50", "3/4"), HP_DIAGONAL_RESTED);
    hp_diagonal_mismatch(mismatch, 3, e.limit.delta_inf, e.limit.delta_end);
    cr_assert(mpfr_cmp_d(mismatch, 1e-25) < 0);
    cr_assert_eq(calls, e.limit.steps);
    mpfr_set(i ? again : first, e.limit.theta_inf[0], MPFR_RNDN);
    if (i > 0)
      cr_assert_eq(mpfr_equal_p(first, again), i == 1);
    end(&e);
  }
  mpfr_clears(mismatch, first, again, (mpfr_ptr)0);
}

Test(descent, wrong_forms_do_not_agree) {
  for (int form = HP_Q_EXACT; form <= HP_Q_PLAIN; ++form) {
    experiment e = {.options = {.digits = 20, .form = form}};
    mpfr_t mismatch;
    mpfr_init2(mismatch, 64);
    cr_assert_eq(begin(&e, "1/100", "3/4"), HP_DIAGONAL_RESTED);
    hp_diagonal_mismatch(mismatch, 3, e.limit.delta_inf, e.limit.delta_end);
    cr_assert_eq(mpfr_cmp_d(mismatch, 1e-6) < 0, form == HP_Q_EXACT);
    mpfr_clear(mismatch);
    end(&e);
  }
}

static bool stop(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

Test(descent, ends_without_rest) {
  experiment large = {.options = {.digits = 20}}, few = {.options = {.digits = 20, .max_steps = 9}};
  int left = 1;
  experiment stopped = {.options = {.digits = 20, .keep_going = stop, .context = &left}};
  cr_assert_eq(begin(&large, "1000", "1/2"), HP_DIAGONAL_DIVERGED);
  cr_assert_eq(begin(&few, "1/100", "1/2"), HP_DIAGONAL_MOVING);
  cr_assert_eq(few.limit.steps, 9);
  cr_assert_not(few.limit.converged);
  cr_assert_eq(begin(&stopped, "1/10000", "1/2"), HP_DIAGONAL_INTERRUPTED);
  end(&stopped);
  end(&few);
  end(&large);
}

Test(descent, masses) {
  mpq_t gamma, beta, lambda, effective;
  mpq_inits(gamma, beta, lambda, effective, NULL);
  set_rational(gamma, "1/500");
  set_rational(beta, "9/10");
  hp_diagonal_mass(lambda, effective, gamma, beta);
  cr_assert(mpq_cmp_si(lambda, 1, 5) == 0);
  cr_assert(mpq_cmp_si(effective, 19, 100) == 0);
  mpq_clears(gamma, beta, lambda, effective, NULL);
}
