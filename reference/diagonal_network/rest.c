#include "rest.h"
#include "reference/enclosure/definite.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

void hp_diagonal_rest_init(hp_diagonal_rest *rest) {
  mag_init(rest->distance);
  mag_init(rest->kinetic);
}

void hp_diagonal_rest_clear(hp_diagonal_rest *rest) {
  mag_clear(rest->kinetic);
  mag_clear(rest->distance);
}

/* ---- the network in balls ---- */

/* x + a b, a rational */
static void add_product(arb_t x, const mpq_t a, const arb_t b, slong bits) {
  arb_t factor;
  arb_init(factor);
  hp_arb_set_rational(factor, a, bits);
  arb_addmul(x, factor, b, bits);
  arb_clear(factor);
}

void hp_diagonal_theta_ball(arb_struct theta[], size_t d, const arb_struct w[],
                            slong precision_bits) {
  arb_t square;
  arb_init(square);
  for (size_t i = 0; i < d; i++) {
    arb_sqr(square, w + i, precision_bits);
    arb_sqr(theta + i, w + d + i, precision_bits);
    arb_sub(theta + i, square, theta + i, precision_bits);
    arb_mul_2exp_si(theta + i, theta + i, -2);
  }
  arb_clear(square);
}

void hp_diagonal_residual_ball(arb_struct residual[], const hp_diagonal_network *network,
                               const arb_struct theta[], slong precision_bits) {
  for (size_t i = 0; i < network->n; i++) {
    hp_arb_set_rational(residual + i, network->target[i], precision_bits);
    arb_neg(residual + i, residual + i);
    for (size_t j = 0; j < network->d; j++)
      add_product(residual + i, network->design[i * network->d + j], theta + j, precision_bits);
  }
}

void hp_diagonal_transposed_ball(arb_struct result[], const hp_diagonal_network *network,
                                 const arb_struct r[], slong precision_bits) {
  for (size_t j = 0; j < network->d; j++) {
    arb_zero(result + j);
    for (size_t i = 0; i < network->n; i++)
      add_product(result + j, network->design[i * network->d + j], r + i, precision_bits);
  }
}

/* ---- the constants ---- */

typedef struct {
  arb_t PL, upper, hessian; /* m, M', M */
} constants;

/* X X^T, or its negative; n x n */
static arb_ptr gram_matrix(const hp_diagonal_network *network, bool negative, slong bits) {
  size_t n = network->n, d = network->d;
  arb_ptr gram = _arb_vec_init((slong)(n * n));
  mpq_t sum, product;
  mpq_inits(sum, product, NULL);
  for (size_t i = 0; i < n * n; i++) {
    mpq_set_ui(sum, 0, 1);
    for (size_t j = 0; j < d; j++) {
      mpq_mul(product, network->design[i / n * d + j], network->design[i % n * d + j]);
      (negative ? mpq_sub : mpq_add)(sum, sum, product);
    }
    hp_arb_set_rational(gram + i, sum, bits);
  }
  mpq_clears(sum, product, NULL);
  return gram;
}

/* A bound of the least or of the largest eigenvalue of X X^T, divided by n. */
static void gram_bound(arb_t bound, const hp_diagonal_network *network, bool least, slong bits) {
  arf_t end;
  arf_init(end);
  arb_ptr gram = gram_matrix(network, least, bits);
  hp_logarithmic_norm(end, gram, network->n);
  arb_set_arf(bound, end);
  if (least)
    arb_neg(bound, bound);
  arb_div_ui(bound, bound, network->n, bits);
  _arb_vec_clear(gram, (slong)(network->n * network->n));
  arf_clear(end);
}

/* Over w_+- widened by `by`; what is a minimum or a maximum becomes that end of its ball. */
static void find_constants(constants *c, const hp_diagonal_network *network, const arb_struct w[],
                           const mag_t by, slong bits) {
  size_t d = network->d, n = network->n;
  arb_ptr wide = _arb_vec_init((slong)(2 * d)), theta = _arb_vec_init((slong)d);
  arb_ptr residual = _arb_vec_init((slong)n), g = _arb_vec_init((slong)d);
  arb_t least, most, steepest, q;
  arb_init(least);
  arb_init(most);
  arb_init(steepest);
  arb_init(q);
  _arb_vec_set(wide, w, (slong)(2 * d));
  for (size_t k = 0; k < 2 * d; k++)
    arb_add_error_mag(wide + k, by);
  hp_diagonal_theta_ball(theta, d, wide, bits);
  hp_diagonal_residual_ball(residual, network, theta, bits);
  hp_diagonal_transposed_ball(g, network, residual, bits);
  for (size_t i = 0; i < d; i++) {
    arb_sqr(q, wide + i, bits);
    arb_addmul(q, wide + d + i, wide + d + i, bits);
    arb_mul_2exp_si(q, q, -1);
    arb_abs(g + i, g + i);
    if (i == 0) {
      arb_set(least, q);
      arb_set(most, q);
      arb_set(steepest, g);
    } else {
      arb_min(least, least, q, bits);
      arb_max(most, most, q, bits);
      arb_max(steepest, steepest, g + i, bits);
    }
  }
  gram_bound(c->PL, network, true, bits);
  arb_mul(c->PL, c->PL, least, bits);
  gram_bound(c->upper, network, false, bits);
  arb_mul(c->upper, c->upper, most, bits);
  arb_div_ui(steepest, steepest, n, bits);
  arb_add(c->hessian, c->upper, steepest, bits);
  arb_clear(q);
  arb_clear(steepest);
  arb_clear(most);
  arb_clear(least);
  _arb_vec_clear(g, (slong)d);
  _arb_vec_clear(residual, (slong)n);
  _arb_vec_clear(theta, (slong)d);
  _arb_vec_clear(wide, (slong)(2 * d));
}

/* ---- where it comes to rest ---- */

static void loss(arb_t F, const hp_diagonal_network *network, const arb_struct w[], slong bits) {
  arb_ptr theta = _arb_vec_init((slong)network->d);
  arb_ptr residual = _arb_vec_init((slong)network->n);
  hp_diagonal_theta_ball(theta, network->d, w, bits);
  hp_diagonal_residual_ball(residual, network, theta, bits);
  arb_zero(F);
  for (size_t i = 0; i < network->n; i++)
    arb_addmul(F, residual + i, residual + i, bits);
  arb_div_ui(F, F, 2 * network->n, bits);
  _arb_vec_clear(residual, (slong)network->n);
  _arb_vec_clear(theta, (slong)network->d);
}

/* D = sqrt(2 M' F)/m */
static void gradient_flow_length(arb_t D, const constants *c, const arb_t F, slong bits) {
  arb_mul(D, c->upper, F, bits);
  arb_mul_2exp_si(D, D, 1);
  arb_sqrtpos(D, D, bits);
  arb_div(D, D, c->PL, bits);
}

/* D = 4 sqrt(V/lambda)/kappa; V <= F + lambda |w'|^2/2 + c lambda sqrt(2 M' F) |w'|; square: |w'|^2 */
static void momentum_flow_length(arb_t D, const constants *c, const mpq_t lambda, const arb_t F,
                                 const arb_t square, slong bits) {
  arb_t mass, weight, V, kappa;
  arb_init(mass);
  arb_init(weight);
  arb_init(V);
  arb_init(kappa);
  hp_arb_set_rational(mass, lambda, bits);
  arb_mul(weight, mass, c->hessian, bits); /* c = 1/(2 lambda M + 1) */
  arb_mul_2exp_si(weight, weight, 1);
  arb_add_ui(weight, weight, 1, bits);
  arb_inv(weight, weight, bits);
  arb_mul(kappa, weight, c->PL, bits);
  arb_inv(V, mass, bits);
  arb_min(kappa, kappa, V, bits);
  arb_mul_2exp_si(kappa, kappa, -1);
  arb_mul(V, c->upper, F, bits);
  arb_mul_2exp_si(V, V, 1);
  arb_mul(V, V, square, bits);
  arb_sqrtpos(V, V, bits);
  arb_mul(V, V, weight, bits);
  arb_mul_2exp_si(V, V, 1);
  arb_add(V, V, square, bits);
  arb_mul(V, V, mass, bits);
  arb_mul_2exp_si(V, V, -1);
  arb_add(V, V, F, bits);
  arb_div(D, V, mass, bits);
  arb_sqrtpos(D, D, bits);
  arb_div(D, D, kappa, bits);
  arb_mul_2exp_si(D, D, 2);
  arb_clear(kappa);
  arb_clear(V);
  arb_clear(weight);
  arb_clear(mass);
}

/* F + lambda |w'|^2/2 */
static void energy(mag_t bound, const mpq_t lambda, const arb_t F, const arb_t square, slong bits) {
  arb_t E;
  arb_init(E);
  hp_arb_set_rational(E, lambda, bits);
  arb_mul(E, E, square, bits);
  arb_mul_2exp_si(E, E, -1);
  arb_add(E, E, F, bits);
  arb_get_mag(bound, E);
  arb_clear(E);
}

bool hp_diagonal_rests(hp_diagonal_rest *rest, const hp_diagonal_network *network,
                       const mpq_t lambda, const arb_struct w[], const arb_struct dw[],
                       slong precision_bits) {
  enum { LOG2_RADIUS = -10 };
  constants c;
  arb_t F, square, D;
  mag_t radius, widening;
  arb_init(c.PL);
  arb_init(c.upper);
  arb_init(c.hessian);
  arb_init(F);
  arb_init(square);
  arb_init(D);
  mag_init(radius);
  mag_init(widening);
  mag_set_ui_2exp_si(radius, 1, LOG2_RADIUS);
  mag_mul_ui(widening, radius, 2); /* |w_+-| move by at most sqrt(2) R */
  find_constants(&c, network, w, widening, precision_bits);
  loss(F, network, w, precision_bits);
  for (size_t k = 0; mpq_sgn(lambda) && k < 2 * network->d; k++)
    arb_addmul(square, dw + k, dw + k, precision_bits);
  arb_mul_2exp_si(square, square, -1);
  if (mpq_sgn(lambda))
    momentum_flow_length(D, &c, lambda, F, square, precision_bits);
  else
    gradient_flow_length(D, &c, F, precision_bits);
  bool rests = arb_is_positive(c.PL) && arb_is_finite(D);
  arb_get_mag(rest->distance, D);
  energy(rest->kinetic, lambda, F, square, precision_bits);
  rests = rests && mag_cmp(rest->distance, radius) < 0;
  mag_clear(widening);
  mag_clear(radius);
  arb_clear(D);
  arb_clear(square);
  arb_clear(F);
  arb_clear(c.hessian);
  arb_clear(c.upper);
  arb_clear(c.PL);
  return rests;
}
