#include "first_order.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/flow.h"

hp_taylor_status hp_first_order_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                     const mpq_t a, bool no_layer, double digits) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t precision_bits = hp_flow_bits(digits);
  mpfr_t *start = hp_flow_start(experiment, 2 * d, digits);
  if (!no_layer) {
    /* E(0) = -lambda lambda_bar^2 f(u_0) */
    mpq_t layer;
    mpq_init(layer);
    hp_a1_layer(layer, experiment->momentum);
    mpq_neg(layer, layer);
    hp_flow_slopes(experiment, start + d, NULL, precision_bits);
    for (size_t i = d; i < 2 * d; ++i)
      mpfr_mul_q(start[i], start[i], layer, MPFR_RNDN);
    mpq_clear(layer);
  }
  hp_program *field = hp_field_first_order_error(problem, experiment->momentum, a);
  return hp_flow_integrate(trajectory, experiment, field, start, precision_bits, digits);
}

hp_taylor_status hp_rescaled_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                  const mpq_t rate, double digits) {
  const hp_problem *problem = experiment->problem;
  mpfr_t *start = hp_flow_start(experiment, problem->n_params, digits);
  hp_program *field = hp_field_rescaled_gradient(problem, rate);
  return hp_flow_integrate(trajectory, experiment, field, start, hp_flow_bits(digits), digits);
}

/* |E|^2 and E . E' at one time. */
typedef struct {
  const hp_trajectory *trajectory;
  size_t first, count; /* the components of E */
  mpfr_t *value, *derivative;
  mpfr_t norm_squared, slope, product;
} profile;

static void profile_at(profile *p, const mpfr_t t) {
  hp_trajectory_eval(p->trajectory, t, p->value, p->derivative);
  mpfr_set_zero(p->norm_squared, 1);
  mpfr_set_zero(p->slope, 1);
  for (size_t i = p->first; i < p->first + p->count; ++i) {
    mpfr_sqr(p->product, p->value[i], MPFR_RNDN);
    mpfr_add(p->norm_squared, p->norm_squared, p->product, MPFR_RNDN);
    mpfr_mul(p->product, p->value[i], p->derivative[i], MPFR_RNDN);
    mpfr_add(p->slope, p->slope, p->product, MPFR_RNDN);
  }
}

static void keep_largest(const profile *p, const mpfr_t t, mpfr_t maximum, mpfr_t at) {
  if (mpfr_greater_p(p->norm_squared, maximum)) {
    mpfr_set(maximum, p->norm_squared, MPFR_RNDN);
    mpfr_set(at, t, MPFR_RNDN);
  }
}

/* slope > 0 at low, <= 0 at high: bisects until the bracket is 2^-bits of its width; spoils both. */
static void refine(profile *p, mpfr_t low, mpfr_t high, mpfr_prec_t bits, mpfr_t maximum,
                   mpfr_t at) {
  mpfr_t middle;
  mpfr_init2(middle, mpfr_get_prec(low));
  for (mpfr_prec_t i = 0; i < bits; ++i) {
    mpfr_add(middle, low, high, MPFR_RNDN);
    mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
    profile_at(p, middle);
    mpfr_set(mpfr_sgn(p->slope) > 0 ? low : high, middle, MPFR_RNDN);
  }
  keep_largest(p, middle, maximum, at);
  mpfr_clear(middle);
}

void hp_trajectory_maximum(const hp_trajectory *trajectory, size_t first, size_t count,
                           mpfr_t maximum, mpfr_t at) {
  mpfr_prec_t precision_bits = hp_trajectory_precision(trajectory);
  size_t dimension = hp_trajectory_dimension(trajectory);
  unsigned long n_grid = 256 + 8 * hp_trajectory_steps(trajectory);
  profile p = {.trajectory = trajectory, .first = first, .count = count};
  mpfr_t end, t, previous, low, high, most;
  mpfr_inits2(precision_bits, p.norm_squared, p.slope, p.product, end, t, previous, low, high, most,
              (mpfr_ptr)0);
  p.value = hp_vector_new_mpfr(dimension, precision_bits);
  p.derivative = hp_vector_new_mpfr(dimension, precision_bits);
  hp_trajectory_end(trajectory, end);
  mpfr_set_si(most, -1, MPFR_RNDN);
  mpfr_set_zero(previous, 1);
  bool rising = false;
  for (unsigned long i = 0; i <= n_grid; ++i) {
    mpfr_mul_ui(t, end, i, MPFR_RNDN);
    mpfr_div_ui(t, t, n_grid, MPFR_RNDN);
    profile_at(&p, t);
    keep_largest(&p, t, most, at);
    bool rises = mpfr_sgn(p.slope) > 0;
    if (rising && !rises) {
      mpfr_set(low, previous, MPFR_RNDN);
      mpfr_set(high, t, MPFR_RNDN);
      refine(&p, low, high, precision_bits / 2 + 8, most, at);
    }
    rising = rises;
    mpfr_set(previous, t, MPFR_RNDN);
  }
  mpfr_sqrt(maximum, most, MPFR_RNDN);
  hp_vector_free_mpfr(dimension, p.derivative);
  hp_vector_free_mpfr(dimension, p.value);
  mpfr_clears(p.norm_squared, p.slope, p.product, end, t, previous, low, high, most, (mpfr_ptr)0);
}

void hp_first_order_maximum(const hp_trajectory *trajectory, mpfr_t maximum, mpfr_t at) {
  size_t d = hp_trajectory_dimension(trajectory) / 2;
  hp_trajectory_maximum(trajectory, d, d, maximum, at);
}
