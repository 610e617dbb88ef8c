#include "first_order.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/decimal.h"

static bool keep_going(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* Frees the field. */
static hp_taylor_status integrate(hp_trajectory **trajectory, const hp_experiment *experiment,
                                  hp_program *field, mpfr_t *start, mpfr_prec_t precision_bits,
                                  double digits) {
  hp_taylor_options options = {
      .digits = digits, .keep_going = keep_going, .context = (void *)experiment};
  mpfr_t t_end;
  mpfr_init2(t_end, precision_bits);
  mpfr_set_q(t_end, experiment->horizon, MPFR_RNDU);
  hp_taylor_status status = hp_taylor_integrate(trajectory, field, start, t_end, &options);
  mpfr_clear(t_end);
  hp_vector_free_mpfr(field->n_inputs, start);
  hp_program_free(field);
  return status;
}

hp_taylor_status hp_first_order_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                     const mpq_t a, bool no_layer, double digits) {
  enum { GUARD_DIGITS = 10 };
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t precision_bits = hp_decimal_bits(digits + GUARD_DIGITS);
  mpfr_t *start = hp_vector_new_mpfr(2 * d, precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(start[i], problem->start[i], MPFR_RNDN);
  if (!no_layer) {
    /* E(0) = lambda lambda_bar^2 grad Phi(u_0) */
    hp_evaluator_mpfr evaluator;
    mpq_t layer;
    mpq_init(layer);
    hp_a1_layer(layer, experiment->momentum);
    hp_evaluator_mpfr_init(&evaluator, problem->gradient_program, precision_bits);
    hp_evaluate_mpfr(&evaluator, start, start + d);
    hp_evaluator_mpfr_clear(&evaluator);
    for (size_t i = d; i < 2 * d; ++i)
      mpfr_mul_q(start[i], start[i], layer, MPFR_RNDN);
    mpq_clear(layer);
  }
  hp_program *field = hp_field_first_order_error(problem, experiment->momentum, a);
  return integrate(trajectory, experiment, field, start, precision_bits, digits);
}

hp_taylor_status hp_rescaled_flow(hp_trajectory **trajectory, const hp_experiment *experiment,
                                  const mpq_t rate, double digits) {
  enum { GUARD_DIGITS = 10 };
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_prec_t precision_bits = hp_decimal_bits(digits + GUARD_DIGITS);
  mpfr_t *start = hp_vector_new_mpfr(d, precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(start[i], problem->start[i], MPFR_RNDN);
  hp_program *field = hp_field_rescaled_gradient(problem, rate);
  return integrate(trajectory, experiment, field, start, precision_bits, digits);
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

const char *hp_taylor_status_text(hp_taylor_status status) {
  static const char *const text[] = {
      [HP_TAYLOR_DONE] = "the flow reaches the horizon",
      [HP_TAYLOR_BLOW_UP] = "the flow leaves every bound before the horizon",
      [HP_TAYLOR_NOT_A_NUMBER] = "the flow reaches a point where the gradient is not defined",
      [HP_TAYLOR_INTERRUPTED] = "the integration was interrupted",
  };
  return text[status];
}
