#include "enclosed_limit.h"
#include "reference/enclosure/flow.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "rest.h"
#include "small_mass.h"
#include <math.h>
#include <stdlib.h>

enum { VECTORS = 7 };

static void vectors_of(hp_diagonal_enclosed *limit, arb_ptr *place[VECTORS]) {
  arb_ptr *all[VECTORS] = {&limit->a_plus,     &limit->a_minus,   &limit->delta_0,
                           &limit->delta_inf,  &limit->delta_end, &limit->theta_inf,
                           &limit->theta_tilde};
  for (size_t i = 0; i < VECTORS; i++)
    place[i] = all[i];
}

void hp_diagonal_enclosed_clear(hp_diagonal_enclosed *limit) {
  arb_ptr *place[VECTORS];
  vectors_of(limit, place);
  for (size_t i = 0; i < VECTORS; i++)
    _arb_vec_clear(*place[i], (slong)limit->d);
  mag_clear(limit->radius);
}

/* ---- the field ---- */

/* (P, z, a): a_k' = lambda (w_k'/w_k)^2 = (z_k/(P_k + z_k))^2/lambda. lambda = 0: w alone. */
static hp_program *make_field(const hp_diagonal_network *network, const mpq_t lambda) {
  size_t m = 2 * network->d, states = mpq_sgn(lambda) ? 3 * m : m;
  hp_graph *graph = hp_graph_new();
  hp_node *G = hp_allocate(m, sizeof *G), *g = hp_allocate(network->d, sizeof *g);
  hp_node *output = hp_allocate(states, sizeof *output);
  mpq_t factor;
  mpq_init(factor);
  mpq_set_ui(factor, 1, 1);
  hp_diagonal_force(graph, network, G, g);
  if (mpq_sgn(lambda)) {
    hp_slow_fast_equations(graph, m, G, lambda, factor, output);
    mpq_inv(factor, lambda);
  }
  for (size_t k = 0; k < m; k++) {
    if (mpq_sgn(lambda) == 0) {
      output[k] = hp_graph_unary(graph, HP_NEG, G[k]);
      continue;
    }
    hp_node z = hp_graph_input(graph, (uint32_t)(m + k));
    hp_node w = hp_graph_op(graph, HP_ADD, hp_graph_input(graph, (uint32_t)k), z);
    hp_node square = hp_graph_unary(graph, HP_SQR, hp_graph_op(graph, HP_DIV, z, w));
    output[2 * m + k] = hp_graph_op(graph, HP_MUL, hp_graph_rational(graph, factor), square);
  }
  hp_program *field = hp_program_lower(graph, states, output, states);
  mpq_clear(factor);
  free(output);
  free(g);
  free(G);
  hp_graph_free(graph);
  return field;
}

/* w_+(0), w_-(0); exact up to rounding */
static void start(arb_struct w[], const hp_diagonal_network *network, slong bits) {
  mpq_t sum;
  mpq_init(sum);
  for (size_t j = 0; j < network->d; j++) {
    mpq_add(sum, network->u[j], network->v[j]);
    hp_arb_set_rational(w + j, sum, bits);
    mpq_sub(sum, network->u[j], network->v[j]);
    hp_arb_set_rational(w + network->d + j, sum, bits);
  }
  mpq_clear(sum);
}

/* ---- up to T ---- */

/* The state at T, every radius below 10^-digits: more digits until that is so. */
static hp_diagonal_enclosed_status advance(hp_diagonal_enclosed *limit, arb_struct state[],
                                           const hp_program *field,
                                           const hp_diagonal_network *network,
                                           const hp_diagonal_enclosed_options *options) {
  enum { MOST_TIMES = 4, GUARD = 4 };
  double target = options->digits + GUARD, digits = target;
  hp_diagonal_enclosed_status found = HP_LIMIT_LOST;
  mag_t radius;
  mag_init(radius);
  bool hopeless = false;
  while (found == HP_LIMIT_LOST && !hopeless && digits < MOST_TIMES * target) {
    slong start_bits = (slong)(digits * 4) + 128;
    hp_enclosed_flow flow;
    hp_enclosure_options own = {
        .digits = digits, .keep_going = options->keep_going, .context = options->context};
    _arb_vec_zero(state, (slong)field->n_inputs);
    start(state, network, start_bits);
    hp_enclosure_status status = hp_enclose_flow(&flow, field, state, options->time, &own);
    limit->steps = (long)flow.n_steps;
    limit->precision_bits = flow.precision_bits;
    if (status == HP_ENCLOSURE_INTERRUPTED) {
      found = HP_LIMIT_INTERRUPTED;
    } else if (status == HP_ENCLOSED) {
      hp_enclosed_flow_eval(&flow, options->time, state);
      hp_enclosed_flow_radius(&flow, radius);
      double missing = target + mag_get_d_log2_approx(radius) * log10(2);
      if (missing <= 0)
        found = HP_LIMIT_ENCLOSED;
      else
        digits += ceil(missing) + 2;
    } else {
      hopeless = status != HP_ENCLOSURE_STEP_TOO_SMALL;
      digits *= 2;
    }
    hp_enclosed_flow_clear(&flow);
  }
  mag_clear(radius);
  return found;
}

/* ---- from T on ---- */

/* |w_k| >= this from T on: w within `by`; 2d balls */
static void least_size(mag_t least, const arb_struct w[], const mag_t by, size_t count) {
  arb_t wide;
  mag_t one;
  arb_init(wide);
  mag_init(one);
  mag_inf(least);
  for (size_t k = 0; k < count; k++) {
    arb_set(wide, w + k);
    arb_add_error_mag(wide, by);
    arb_get_mag_lower(one, wide);
    mag_min(least, least, one);
  }
  mag_clear(one);
  arb_clear(wide);
}

/* a of each w in place: the integral to T, plus -+ 2 lambda kinetic/least^2 */
static void add_tail(arb_struct a[], size_t count, const hp_diagonal_rest *rest, const mag_t least,
                     const mpq_t lambda, slong bits) {
  arb_t tail, mass;
  mag_t bound;
  arb_init(tail);
  arb_init(mass);
  mag_init(bound);
  hp_arb_set_rational(mass, lambda, bits);
  arb_get_mag(bound, mass);
  mag_mul(bound, bound, rest->kinetic);
  mag_mul_2exp_si(bound, bound, 1);
  mag_div(bound, bound, least);
  mag_div(bound, bound, least);
  arb_add_error_mag(tail, bound);
  for (size_t k = 0; k < count; k++)
    arb_add(a + k, a + k, tail, bits);
  mag_clear(bound);
  arb_clear(mass);
  arb_clear(tail);
}

/* (p^2 e^{-2a} - m^2 e^{-2b})/4 */
static void tilde(arb_t theta, const arb_t p, const arb_t m, const arb_t a, const arb_t b,
                  slong bits) {
  arb_t x;
  arb_init(x);
  arb_exp(x, a, bits);
  arb_div(x, p, x, bits);
  arb_sqr(theta, x, bits);
  arb_exp(x, b, bits);
  arb_div(x, m, x, bits);
  arb_submul(theta, x, x, bits);
  arb_mul_2exp_si(theta, theta, -2);
  arb_clear(x);
}

/* By the formulas, from the start and the integrals. */
static void apply_formulas(hp_diagonal_enclosed *limit, const hp_diagonal_network *network) {
  size_t d = limit->d;
  slong bits = limit->precision_bits;
  arb_ptr w = _arb_vec_init((slong)(2 * d));
  arb_t exponent;
  arb_init(exponent);
  start(w, network, bits);
  for (size_t j = 0; j < d; j++) {
    arb_mul(limit->delta_0 + j, w + j, w + d + j, bits);
    arb_abs(limit->delta_0 + j, limit->delta_0 + j);
    arb_add(exponent, limit->a_plus + j, limit->a_minus + j, bits);
    arb_neg(exponent, exponent);
    arb_exp(exponent, exponent, bits);
    arb_mul(limit->delta_inf + j, limit->delta_0 + j, exponent, bits);
    tilde(limit->theta_tilde + j, w + j, w + d + j, limit->a_plus + j, limit->a_minus + j, bits);
  }
  arb_clear(exponent);
  _arb_vec_clear(w, (slong)(2 * d));
}

/* Where w, 2d balls that hold its limit, ends. */
static void apply_end(hp_diagonal_enclosed *limit, const arb_struct w[]) {
  size_t d = limit->d;
  hp_diagonal_theta_ball(limit->theta_inf, d, w, limit->precision_bits);
  for (size_t j = 0; j < d; j++) {
    arb_mul(limit->delta_end + j, w + j, w + d + j, limit->precision_bits);
    arb_abs(limit->delta_end + j, limit->delta_end + j);
    mag_max(limit->radius, limit->radius, arb_radref(limit->delta_end + j));
    mag_max(limit->radius, limit->radius, arb_radref(limit->theta_inf + j));
  }
}

/* state: (P, z, a), or w; becomes w in its first 2d balls. */
static bool finish(hp_diagonal_enclosed *limit, arb_struct state[],
                   const hp_diagonal_network *network, const mpq_t lambda) {
  size_t m = 2 * limit->d;
  slong bits = limit->precision_bits;
  arb_ptr dw = _arb_vec_init((slong)m), a = _arb_vec_init((slong)m);
  arb_t factor;
  mag_t by, least;
  hp_diagonal_rest rest;
  arb_init(factor);
  mag_init(by);
  mag_init(least);
  hp_diagonal_rest_init(&rest);
  if (mpq_sgn(lambda)) {
    hp_arb_set_rational(factor, lambda, bits);
    _arb_vec_scalar_div(dw, state + m, (slong)m, factor, bits);
    _arb_vec_neg(dw, dw, (slong)m);
    _arb_vec_add(state, state, state + m, (slong)m, bits);
    _arb_vec_set(a, state + 2 * m, (slong)m);
  }
  bool rests = hp_diagonal_rests(&rest, network, lambda, state, dw, bits);
  if (rests) {
    mag_mul_ui(by, rest.distance, 2); /* sqrt(2) D */
    least_size(least, state, by, m);
    add_tail(a, m, &rest, least, lambda, bits);
    for (size_t k = 0; k < m; k++)
      arb_add_error_mag(state + k, by);
    _arb_vec_set(limit->a_plus, a, (slong)limit->d);
    _arb_vec_set(limit->a_minus, a + limit->d, (slong)limit->d);
    apply_formulas(limit, network);
    apply_end(limit, state);
  }
  hp_diagonal_rest_clear(&rest);
  mag_clear(least);
  mag_clear(by);
  arb_clear(factor);
  _arb_vec_clear(a, (slong)m);
  _arb_vec_clear(dw, (slong)m);
  return rests;
}

hp_diagonal_enclosed_status hp_diagonal_enclose(hp_diagonal_enclosed *limit,
                                                const hp_diagonal_network *network,
                                                const hp_diagonal_enclosed_options *options) {
  arb_ptr *place[VECTORS];
  *limit = (hp_diagonal_enclosed){.d = network->d};
  vectors_of(limit, place);
  for (size_t i = 0; i < VECTORS; i++) {
    *place[i] = _arb_vec_init((slong)network->d);
    _arb_vec_indeterminate(*place[i], (slong)network->d);
  }
  mag_init(limit->radius);
  hp_program *field = make_field(network, options->lambda);
  arb_ptr state = _arb_vec_init((slong)field->n_inputs);
  hp_diagonal_enclosed_status status = advance(limit, state, field, network, options);
  if (status == HP_LIMIT_ENCLOSED && !finish(limit, state, network, options->lambda))
    status = HP_LIMIT_MOVING;
  _arb_vec_clear(state, (slong)field->n_inputs);
  hp_program_free(field);
  return status;
}
