#include "flow_certify.h"
#include "reference/enclosure/largest_norm.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include <math.h>

enum { DIGITS = 20, BITS = 512, MOST_LAYER = 100000 };

void hp_certified_point(arb_struct u[], const hp_experiment *experiment) {
  for (size_t i = 0; i < experiment->problem->n_params; i++)
    hp_arb_set_rational(u + i, experiment->problem->start[i], HP_CERTIFIED_START_BITS);
}

/* f = -grad Phi, f'f = H grad Phi */
void hp_certified_velocity(arb_struct v[], const hp_experiment *experiment, const mpq_t first,
                           const mpq_t second) {
  const hp_problem *problem = experiment->problem;
  slong d = (slong)problem->n_params, bits = HP_CERTIFIED_START_BITS;
  arb_t factor;
  arb_init(factor);
  arb_ptr u = _arb_vec_init(d), product = _arb_vec_init(d);
  hp_certified_point(u, experiment);
  hp_evaluate_arb(problem->gradient_program, u, v, bits);
  hp_arb_set_rational(factor, first, bits);
  arb_neg(factor, factor);
  _arb_vec_scalar_mul(v, v, d, factor, bits);
  if (mpq_sgn(second) != 0) {
    hp_program *program = hp_field_gradient_product(problem);
    hp_evaluate_arb(program, u, product, bits);
    hp_arb_set_rational(factor, second, bits);
    _arb_vec_scalar_mul(product, product, d, factor, bits);
    _arb_vec_add(v, v, product, d, bits);
    hp_program_free(program);
  }
  _arb_vec_clear(product, d);
  _arb_vec_clear(u, d);
  arb_clear(factor);
}

/* sigma = 2^shift so large that the coupling of E/sigma to ubar hardly enters the logarithmic norm */
static slong scale(hp_second_order *scaled, mpq_t first, const hp_second_order *e,
                   const mpq_t of_f) {
  double size = fabs(mpq_get_d(e->tall)) + fabs(mpq_get_d(e->bush)) + fabs(mpq_get_d(e->shift)) +
                fabs(mpq_get_d(of_f));
  slong shift = (slong)fmax(0, ceil(log2(size + 1))) + 10;
  mpq_div_2exp(scaled->tall, e->tall, (mp_bitcnt_t)shift);
  mpq_div_2exp(scaled->bush, e->bush, (mp_bitcnt_t)shift);
  mpq_div_2exp(scaled->shift, e->shift, (mp_bitcnt_t)shift);
  mpq_div_2exp(first, of_f, (mp_bitcnt_t)shift);
  return shift;
}

/* largest over [0, T - from] of the flow that goes on from `from` */
static bool largest_after(arb_t largest, const hp_experiment *experiment, const hp_program *field,
                          arb_struct start[], const mpq_t from, double digits) {
  size_t d = experiment->problem->n_params;
  hp_enclosure_options options = {
      .digits = digits, .keep_going = experiment->keep_going, .context = experiment->context};
  hp_enclosed_flow flow;
  bool enclosed = true;
  mpq_t left;
  mpq_init(left);
  if (mpq_sgn(from) > 0) {
    enclosed = hp_enclose_flow(&flow, field, start, from, &options) == HP_ENCLOSED;
    if (enclosed)
      hp_enclosed_flow_eval(&flow, from, start);
    hp_enclosed_flow_clear(&flow);
  }
  if (enclosed) {
    mpq_sub(left, experiment->horizon, from);
    enclosed = hp_enclose_flow(&flow, field, start, left, &options) == HP_ENCLOSED;
    if (enclosed)
      hp_enclosed_flow_largest(&flow, d, d, largest);
    hp_enclosed_flow_clear(&flow);
  }
  mpq_clear(left);
  return enclosed;
}

bool hp_certified_second_order(arb_t largest, const hp_experiment *experiment,
                               const hp_second_order *e, const mpq_t first, const mpq_t from) {
  size_t d = experiment->problem->n_params;
  hp_second_order scaled;
  mpq_t of_f;
  mpq_init(of_f);
  hp_second_order_init(&scaled);
  slong shift = scale(&scaled, of_f, e, first);
  hp_program *field = hp_field_second_order_error(experiment->problem, experiment->momentum,
                                                  scaled.tall, scaled.bush);
  arb_ptr start = _arb_vec_init((slong)(2 * d));
  hp_certified_point(start, experiment);
  hp_certified_velocity(start + d, experiment, of_f, scaled.shift);
  bool enclosed =
      largest_after(largest, experiment, field, start, from, DIGITS + (double)shift * log10(2));
  arb_mul_2exp_si(largest, largest, shift);
  _arb_vec_clear(start, (slong)(2 * d));
  hp_program_free(field);
  hp_second_order_clear(&scaled);
  mpq_clear(of_f);
  return enclosed;
}

/* r = e^{-(1-lambda)/alpha} */
static void fast_decay(arb_t r, const hp_experiment *experiment) {
  mpq_t exponent, alpha;
  mpq_inits(exponent, alpha, (mpq_ptr)0);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  mpq_set_ui(exponent, 1, 1);
  mpq_sub(exponent, experiment->momentum, exponent);
  mpq_div(exponent, exponent, alpha);
  hp_arb_set_rational(r, exponent, BITS);
  arb_exp(r, r, BITS);
  mpq_clears(exponent, alpha, (mpq_ptr)0);
}

/* max_n |D + p lambda^n + q r^n|: all n until |p| lambda^n + |q| r^n < 2^-100, then |D| within that. */
static void largest_of_layer(arb_t largest, const hp_experiment *experiment,
                             const hp_layer_terms *layer) {
  arb_t lambda, r, slow, fast, sum, left, D;
  arb_init(lambda);
  arb_init(r);
  arb_init(slow);
  arb_init(fast);
  arb_init(sum);
  arb_init(left);
  arb_init(D);
  hp_arb_set_rational(lambda, experiment->momentum, BITS);
  fast_decay(r, experiment);
  hp_arb_set_rational(slow, layer->p, BITS);
  hp_arb_set_rational(fast, layer->q, BITS);
  arb_add(D, slow, fast, BITS);
  arb_neg(D, D);
  arb_zero(largest);
  for (long n = 0; n < MOST_LAYER; n++) {
    arb_add(sum, slow, fast, BITS);
    arb_add(sum, sum, D, BITS);
    arb_abs(sum, sum);
    arb_max(largest, largest, sum, BITS);
    arb_abs(left, slow);
    arb_abs(sum, fast);
    arb_add(left, left, sum, BITS);
    mag_t size;
    mag_init(size);
    arb_get_mag(size, left);
    bool gone = mag_cmp_2exp_si(size, -100) < 0;
    mag_clear(size);
    if (gone)
      break;
    arb_mul(slow, slow, lambda, BITS);
    arb_mul(fast, fast, r, BITS);
  }
  arb_abs(sum, D);
  arb_add_error(sum, left);
  arb_max(largest, largest, sum, BITS);
  arb_clear(D);
  arb_clear(left);
  arb_clear(sum);
  arb_clear(fast);
  arb_clear(slow);
  arb_clear(r);
  arb_clear(lambda);
}

bool hp_certified_layer(arb_t largest, const hp_experiment *experiment,
                        const hp_layer_terms *layer) {
  slong d = (slong)experiment->problem->n_params;
  arb_ptr v = _arb_vec_init(d);
  hp_second_order none;
  mpq_t one, zero, factor;
  arb_t size, D;
  mpq_inits(one, zero, factor, (mpq_ptr)0);
  arb_init(size);
  arb_init(D);
  hp_second_order_init(&none);
  mpq_set_ui(one, 1, 1);
  hp_certified_velocity(v, experiment, one, zero);
  arb_dot(size, NULL, 0, v, 1, v, 1, d, BITS);
  arb_sqrtpos(size, size, BITS);
  largest_of_layer(largest, experiment, layer);
  arb_mul(largest, largest, size, BITS);
  /* f(ubar) solves the equation of E without its terms */
  bool enclosed = hp_certified_second_order(size, experiment, &none, one, zero);
  mpq_add(factor, layer->p, layer->q);
  mpq_abs(factor, factor);
  hp_arb_set_rational(D, factor, BITS);
  arb_mul(size, size, D, BITS);
  arb_max(largest, largest, size, BITS);
  hp_second_order_clear(&none);
  arb_clear(D);
  arb_clear(size);
  mpq_clears(one, zero, factor, (mpq_ptr)0);
  _arb_vec_clear(v, d);
  return enclosed;
}
