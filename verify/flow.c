#include "flow.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/taylor/fields.h"
#include "verify/decimal.h"

static bool keep_going(double t, void *context) {
  const hp_experiment *experiment = context;
  (void)t;
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

hp_taylor_status hp_flow_integrate(hp_trajectory **trajectory, const hp_experiment *experiment,
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

mpfr_prec_t hp_flow_bits(double digits) {
  enum { GUARD_DIGITS = 10 };
  return hp_decimal_bits(digits + GUARD_DIGITS);
}

mpfr_t *hp_flow_start(const hp_experiment *experiment, size_t n, double digits) {
  mpfr_t *start = hp_vector_new_mpfr(n, hp_flow_bits(digits));
  for (size_t i = 0; i < experiment->problem->n_params; ++i)
    mpfr_set_q(start[i], experiment->problem->start[i], MPFR_RNDN);
  return start;
}

static void evaluate(const hp_program *program, const mpfr_t u[], mpfr_t result[],
                     mpfr_prec_t precision_bits) {
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, precision_bits);
  hp_evaluate_mpfr(&evaluator, u, result);
  hp_evaluator_mpfr_clear(&evaluator);
}

void hp_flow_slopes(const hp_experiment *experiment, mpfr_t f[], mpfr_t ff[],
                    mpfr_prec_t precision_bits) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  mpfr_t *u = hp_vector_new_mpfr(d, precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  evaluate(problem->gradient_program, u, f, precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_neg(f[i], f[i], MPFR_RNDN);
  if (ff) {
    hp_program *product = hp_field_gradient_product(problem);
    evaluate(product, u, ff, precision_bits);
    hp_program_free(product);
  }
  hp_vector_free_mpfr(d, u);
}

void hp_flow_velocity(mpfr_t velocity[], const hp_experiment *experiment, const mpq_t first,
                      const mpq_t second, mpfr_prec_t precision_bits) {
  size_t d = experiment->problem->n_params;
  mpfr_t *ff = hp_vector_new_mpfr(d, precision_bits);
  hp_flow_slopes(experiment, velocity, ff, precision_bits);
  for (size_t i = 0; i < d; ++i) {
    mpfr_mul_q(velocity[i], velocity[i], first, MPFR_RNDN);
    mpfr_mul_q(ff[i], ff[i], second, MPFR_RNDN);
    mpfr_add(velocity[i], velocity[i], ff[i], MPFR_RNDN);
  }
  hp_vector_free_mpfr(d, ff);
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
