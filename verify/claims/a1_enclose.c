#include "a1_enclose.h"
#include "reference/enclosure/iterates.h"
#include "reference/enclosure/largest_norm.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { ATTEMPTS = 5, TERM_DIGITS = 20, GUARD_DIGITS = 10, BITS = 128, MOST_PARTS = 1500 };

static void enclosed_init(hp_a1_enclosed *m, const hp_experiment *experiment) {
  slong n = (slong)experiment->n_steps, d = (slong)experiment->problem->n_params;
  *m = (hp_a1_enclosed){.experiment = experiment};
  arb_init(m->predicted);
  m->h = _arb_vec_init(n);
  m->error = _arb_vec_init(n);
  m->bound = _arb_vec_init(n);
  m->symmetric = hp_allocate(experiment->n_steps, sizeof *m->symmetric);
  m->box = _arb_vec_init(d);
  hp_enclosed_constants_init(&m->constants);
}

void hp_a1_enclosed_clear(hp_a1_enclosed *m) {
  slong n = (slong)m->experiment->n_steps, d = (slong)m->experiment->problem->n_params;
  free(m->why);
  hp_enclosed_constants_clear(&m->constants);
  _arb_vec_clear(m->box, d);
  free(m->symmetric);
  _arb_vec_clear(m->bound, n);
  _arb_vec_clear(m->error, n);
  _arb_vec_clear(m->h, n);
  arb_clear(m->predicted);
  if (m->has_flow)
    hp_enclosed_flow_clear(&m->flow);
}

/* ---- flows ---- */

static bool going(const hp_experiment *experiment) {
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* With more digits until the radius is at most 10^-digits. */
static hp_enclosure_status enclose(hp_enclosed_flow *flow, const hp_program *field,
                                   const arb_struct start[], const hp_experiment *experiment,
                                   double digits) {
  hp_enclosure_options options = {
      .digits = digits, .keep_going = experiment->keep_going, .context = experiment->context};
  mag_t radius;
  mag_init(radius);
  hp_enclosure_status status;
  for (int i = 1;; i++) {
    status = hp_enclose_flow(flow, field, start, experiment->horizon, &options);
    hp_enclosed_flow_radius(flow, radius);
    double missing = digits + mag_get_d_log2_approx(radius) * log10(2);
    bool again = status == HP_ENCLOSURE_STEP_TOO_SMALL || (status == HP_ENCLOSED && missing > 0);
    if (!again || i == ATTEMPTS)
      break;
    options.digits += status == HP_ENCLOSED ? missing + 2 : options.digits;
    hp_enclosed_flow_clear(flow);
  }
  mag_clear(radius);
  return status;
}

/* The start is given to so many bits that its radius does not count. */
static arb_ptr exact_start(const hp_experiment *experiment, size_t n) {
  enum { START_BITS = 8192 };
  arb_ptr start = _arb_vec_init((slong)n);
  for (size_t i = 0; i < experiment->problem->n_params; i++)
    hp_arb_set_rational(start + i, experiment->problem->start[i], START_BITS);
  return start;
}

static hp_enclosure_status enclose_flow(hp_a1_enclosed *m, double digits) {
  const hp_experiment *experiment = m->experiment;
  hp_program *field = hp_field_rescaled_gradient(experiment->problem, experiment->momentum);
  arb_ptr start = exact_start(experiment, field->n_inputs);
  hp_enclosure_status status = enclose(&m->flow, field, start, experiment, digits);
  m->has_flow = true;
  if (status != HP_ENCLOSED)
    m->why = hp_enclosure_reason(status, &m->flow);
  _arb_vec_clear(start, (slong)field->n_inputs);
  hp_program_free(field);
  return status;
}

/* E/sigma obeys the equation of E with alpha/sigma, which is that of another a; sigma = 2^shift so large
 * that its coupling to ubar hardly enters the logarithmic norm. */
static slong scaled_a(mpq_t a, const hp_experiment *experiment) {
  mpq_t alpha, lambda_bar, size;
  mpq_inits(alpha, lambda_bar, size, NULL);
  hp_alpha(alpha, experiment->momentum, experiment->a);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  mpq_set(size, alpha);
  for (int i = 0; i < 3; i++)
    mpq_mul(size, size, lambda_bar);
  slong shift = (slong)fmax(0, ceil(log2(fabs(mpq_get_d(size)) + 1))) + 10;
  /* a' = ((1 + lambda)/2 - alpha/sigma) lambda_bar */
  mpq_div_2exp(alpha, alpha, (mp_bitcnt_t)shift);
  mpq_set_ui(a, 1, 1);
  mpq_add(a, a, experiment->momentum);
  mpq_div_2exp(a, a, 1);
  mpq_sub(a, a, alpha);
  mpq_mul(a, a, lambda_bar);
  mpq_clears(alpha, lambda_bar, size, NULL);
  return shift;
}

/* E(0)/sigma = lambda lambda_bar^2 grad Phi(u_0)/sigma behind u_0 */
static void set_term_start(arb_ptr start, const hp_experiment *experiment, slong shift) {
  size_t d = experiment->problem->n_params;
  mpq_t layer;
  arb_t factor;
  mpq_init(layer);
  arb_init(factor);
  hp_a1_layer(layer, experiment->momentum);
  mpq_div_2exp(layer, layer, (mp_bitcnt_t)shift);
  hp_arb_set_rational(factor, layer, 1024);
  hp_evaluate_arb(experiment->problem->gradient_program, start, start + d, 1024);
  _arb_vec_scalar_mul(start + d, start + d, (slong)d, factor, 1024);
  arb_clear(factor);
  mpq_clear(layer);
}

static hp_enclosure_status enclose_term(hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params;
  mpq_t a;
  mpq_init(a);
  slong shift = scaled_a(a, experiment);
  hp_program *field = hp_field_first_order_error(experiment->problem, experiment->momentum, a);
  arb_ptr start = exact_start(experiment, 2 * d);
  set_term_start(start, experiment, shift);
  hp_enclosed_flow flow;
  hp_enclosure_status status =
      enclose(&flow, field, start, experiment, TERM_DIGITS + (double)shift * log10(2));
  if (status == HP_ENCLOSED) {
    hp_enclosed_flow_largest(&flow, d, d, m->predicted);
    arb_mul_2exp_si(m->predicted, m->predicted, shift);
  } else {
    m->why = hp_enclosure_reason(status, &flow);
  }
  hp_enclosed_flow_clear(&flow);
  _arb_vec_clear(start, (slong)(2 * d));
  hp_program_free(field);
  mpq_clear(a);
  return status;
}

/* ---- rows ---- */

static void extend(arb_ptr box, const arb_struct point[], size_t d) {
  for (size_t i = 0; i < d; i++)
    arb_union(box + i, box + i, point + i, BITS);
}

/* u + factor (u - before): p_n = u_n + lambda lambda_bar (u_n - u_{n-1}), y_n = u_n + a (u_n - u_{n-1}) */
static void extend_ahead(arb_ptr box, const arb_struct u[], const arb_struct before[],
                         const mpq_t factor, size_t d, arb_ptr work) {
  arb_t share;
  arb_init(share);
  hp_arb_set_rational(share, factor, BITS);
  for (size_t i = 0; i < d; i++) {
    arb_sub(work + i, u + i, before + i, BITS);
    arb_mul(work + i, work + i, share, BITS);
    arb_add(work + i, work + i, u + i, BITS);
  }
  extend(box, work, d);
  arb_clear(share);
}

/* error = max(error, |u_n - ubar(nh)|) */
static void compare(hp_a1_enclosed *m, arb_t error, const arb_struct u[], const mpq_t t,
                    arb_ptr work) {
  slong d = (slong)m->flow.dimension, bits = m->flow.precision_bits;
  arb_t norm;
  arb_init(norm);
  hp_enclosed_flow_eval(&m->flow, t, work);
  _arb_vec_sub(work, work, u, d, bits);
  arb_dot(norm, NULL, 0, work, 1, work, 1, d, bits);
  arb_sqrtpos(norm, norm, bits);
  arb_max(error, error, norm, bits);
  arb_clear(norm);
}

static bool add_row(hp_a1_enclosed *m, size_t row, double digits) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  mpq_srcptr h = experiment->step[row];
  size_t d = problem->n_params, steps = (size_t)hp_ladder_steps(experiment, h);
  hp_enclosed_iterates iterates;
  if (!hp_enclose_iterates(&iterates, problem->gradient_program, experiment->momentum,
                           experiment->a, h, problem->start, steps, digits))
    return false;
  mpq_t t, layer;
  mpq_inits(t, layer, NULL);
  hp_lambda_bar(layer, experiment->momentum);
  mpq_mul(layer, layer, experiment->momentum);
  arb_ptr work = _arb_vec_init((slong)d);
  hp_arb_set_rational(m->h + row, h, m->flow.precision_bits);
  for (size_t n = 0; n <= steps; n++, mpq_add(t, t, h)) {
    arb_srcptr u = iterates.u + n * d, before = n > 0 ? u - d : u;
    compare(m, m->error + row, u, t, work);
    extend(m->box, u, d);
    extend_ahead(m->box, u, before, layer, d, work);
    extend_ahead(m->box, u, before, experiment->a, d, work);
  }
  _arb_vec_clear(work, (slong)d);
  mpq_clears(t, layer, NULL);
  hp_enclosed_iterates_clear(&iterates);
  m->n_rows++;
  return true;
}

/* A little room, 2^-24 of the width, for whoever checks that all of it lies in the box. */
static void widen_box(hp_a1_enclosed *m) {
  mag_t room;
  mag_init(room);
  for (size_t i = 0; i < m->flow.dimension; i++) {
    mag_mul_2exp_si(room, arb_radref(m->box + i), -24);
    arb_add_error_mag(m->box + i, room);
  }
  mag_clear(room);
}

/* The largest number of the ball: as good a constant as the supremum that it bounds. */
static void set_largest(arb_t y, const arb_t x) {
  arb_get_ubound_arf(arb_midref(y), x, BITS);
  mag_zero(arb_radref(y));
}

/* C(T) h for each row, with the upper ends of the constants */
static void set_bounds(hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  arb_t any, symmetric, reach, L, nu, B0;
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  arb_init(any);
  arb_init(symmetric);
  arb_init(reach);
  arb_init(L);
  arb_init(nu);
  arb_init(B0);
  set_largest(L, m->constants.L);
  set_largest(nu, m->constants.nu);
  set_largest(B0, m->constants.B0);
  hp_a1_bound_ball(any, experiment->momentum, experiment->a, L, B0, experiment->horizon, BITS);
  hp_a1_bound_symmetric_ball(symmetric, experiment->momentum, experiment->a, L, nu, B0,
                             experiment->horizon, BITS);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  for (size_t i = 0; i < m->n_rows; i++) {
    hp_arb_set_rational(reach, lambda_bar, BITS);
    arb_mul(reach, reach, L, BITS);
    arb_mul(reach, reach, m->h + i, BITS);
    arb_sub_ui(reach, reach, 2, BITS);
    m->symmetric[i] = arb_is_nonpositive(reach);
    arb_mul(m->bound + i, m->symmetric[i] ? symmetric : any, m->h + i, BITS);
  }
  mpq_clear(lambda_bar);
  arb_clear(B0);
  arb_clear(nu);
  arb_clear(L);
  arb_clear(reach);
  arb_clear(symmetric);
  arb_clear(any);
}

static hp_a1_enclose_status outcome(hp_enclosure_status status) {
  return status == HP_ENCLOSED                ? HP_A1_ENCLOSED
         : status == HP_ENCLOSURE_INTERRUPTED ? HP_A1_STOPPED
                                              : HP_A1_NOT_ENCLOSED;
}

hp_a1_enclose_status hp_a1_enclose(hp_a1_enclosed *m, const hp_experiment *experiment) {
  double digits = experiment->digits + GUARD_DIGITS;
  enclosed_init(m, experiment);
  hp_enclosure_status status = enclose_flow(m, digits);
  if (status == HP_ENCLOSED)
    status = enclose_term(m);
  if (status != HP_ENCLOSED)
    return outcome(status);
  _arb_vec_set(m->box, m->flow.step[0].tube, (slong)m->flow.dimension);
  for (size_t i = 1; i < m->flow.n_steps; i++)
    extend(m->box, m->flow.step[i].tube, m->flow.dimension);
  for (size_t i = 0; i < experiment->n_steps; i++) {
    if (!going(experiment))
      return HP_A1_STOPPED;
    if (!add_row(m, i, digits)) {
      m->why = hp_text("the iterates leave every bound at the step %.6g",
                       mpq_get_d(experiment->step[i]));
      return HP_A1_NOT_ENCLOSED;
    }
  }
  widen_box(m);
  hp_enclose_constants(&m->constants, experiment->problem, m->box, MOST_PARTS);
  set_bounds(m);
  return HP_A1_ENCLOSED;
}
