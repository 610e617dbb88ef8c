#include "enclosed_argmin.h"
#include "reference/iterate/vector_mpfr.h"
#include "rest.h"
#include <arb_mat.h>

/* What does not change while nu does. */
typedef struct {
  const hp_diagonal_network *network;
  const arb_struct *delta;
  arb_ptr shift; /* arsinh(2 theta_tilde/Delta); d */
  slong bits;
} dual;

/* arsinh(2 theta/Delta) */
static void slope(arb_t y, const arb_t theta, const arb_t delta, slong bits) {
  arb_mul_2exp_si(y, theta, 1);
  arb_div(y, y, delta, bits);
  arb_asinh(y, y, bits);
}

/* theta(nu), and the diagonal sqrt(4 theta^2 + Delta^2) = Delta cosh(...) beside it */
static void theta_of(arb_struct theta[], arb_struct diagonal[], const dual *p,
                     const arb_struct nu[]) {
  arb_t c;
  arb_init(c);
  hp_diagonal_transposed_ball(theta, p->network, nu, p->bits);
  for (size_t i = 0; i < p->network->d; i++) {
    arb_mul_2exp_si(theta + i, theta + i, 1);
    arb_add(c, theta + i, p->shift + i, p->bits);
    arb_sinh_cosh(theta + i, diagonal + i, c, p->bits);
    arb_mul(diagonal + i, diagonal + i, p->delta + i, p->bits);
    arb_mul(theta + i, theta + i, p->delta + i, p->bits);
    arb_mul_2exp_si(theta + i, theta + i, -1);
  }
  arb_clear(c);
}

/* X diag(diagonal) X^T */
static void jacobian_of(arb_mat_t J, const dual *p, const arb_struct diagonal[]) {
  size_t n = p->network->n, d = p->network->d;
  arb_t x;
  mpq_t product;
  arb_init(x);
  mpq_init(product);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++) {
      arb_ptr entry = arb_mat_entry(J, (slong)i, (slong)k);
      arb_zero(entry);
      for (size_t j = 0; j < d; j++) {
        mpq_mul(product, p->network->design[i * d + j], p->network->design[k * d + j]);
        hp_arb_set_rational(x, product, p->bits);
        arb_addmul(entry, x, diagonal + j, p->bits);
      }
    }
  mpq_clear(product);
  arb_clear(x);
}

/* nu near the zero, in MPFR, for the middles; no more is assumed of it */
static bool approximate(arb_struct nu[], const dual *p, const arb_struct theta_tilde[]) {
  size_t d = p->network->d;
  hp_bregman bregman;
  hp_bregman_init(&bregman, p->network, (mpfr_prec_t)p->bits);
  mpfr_t *delta = hp_vector_new_mpfr(d, (mpfr_prec_t)p->bits);
  mpfr_t *tilde = hp_vector_new_mpfr(d, (mpfr_prec_t)p->bits);
  mpfr_t *theta = hp_vector_new_mpfr(d, (mpfr_prec_t)p->bits);
  mpfr_t *multiplier = hp_vector_new_mpfr(bregman.rank, (mpfr_prec_t)p->bits);
  bool positive = true;
  for (size_t i = 0; i < d; i++) {
    arf_get_mpfr(delta[i], arb_midref(p->delta + i), MPFR_RNDN);
    arf_get_mpfr(tilde[i], arb_midref(theta_tilde + i), MPFR_RNDN);
    positive = positive && arb_is_positive(p->delta + i);
  }
  bool solved = positive && bregman.rows_of_design &&
                hp_bregman_solve(&bregman, delta, tilde, theta, multiplier);
  for (size_t i = 0; solved && i < bregman.rank; i++)
    arf_set_mpfr(arb_midref(nu + i), multiplier[i]);
  hp_vector_free_mpfr(bregman.rank, multiplier);
  hp_vector_free_mpfr(d, theta);
  hp_vector_free_mpfr(d, tilde);
  hp_vector_free_mpfr(d, delta);
  hp_bregman_clear(&bregman);
  return solved;
}

/* K(N) = nu_0 - C h(nu_0) + (I - C h'(N))(N - nu_0), in the interior of N? then N becomes K(N).
 * step: C h(nu_0). */
static bool krawczyk(arb_mat_t N, const dual *p, const arb_mat_t nu_0, const arb_mat_t step,
                     const arb_mat_t C, arb_struct theta[], arb_struct diagonal[]) {
  slong n = (slong)p->network->n;
  arb_mat_t J, spread;
  arb_mat_init(J, n, n);
  arb_mat_init(spread, n, 1);
  theta_of(theta, diagonal, p, N->entries);
  jacobian_of(J, p, diagonal);
  arb_mat_mul(J, C, J, p->bits);
  arb_mat_neg(J, J);
  for (slong i = 0; i < n; i++)
    arb_add_ui(arb_mat_entry(J, i, i), arb_mat_entry(J, i, i), 1, p->bits);
  arb_mat_sub(spread, N, nu_0, p->bits);
  arb_mat_mul(spread, J, spread, p->bits);
  arb_mat_sub(spread, spread, step, p->bits);
  arb_mat_add(spread, spread, nu_0, p->bits);
  bool inside = true;
  for (slong i = 0; i < n; i++)
    inside = inside && arb_contains_interior(arb_mat_entry(N, i, 0), arb_mat_entry(spread, i, 0));
  if (inside)
    arb_mat_set(N, spread);
  arb_mat_clear(spread);
  arb_mat_clear(J);
  return inside;
}

/* From nu_0 in the middles of N: boxes of 2, 4, 8, ... times |C h(nu_0)|. */
static bool prove(arb_mat_t N, const dual *p, arb_struct theta[], arb_struct diagonal[]) {
  enum { BOXES = 12 };
  slong n = (slong)p->network->n;
  arb_mat_t nu_0, step, J, C;
  mag_t size;
  mag_init(size);
  arb_mat_init(nu_0, n, 1);
  arb_mat_init(step, n, 1);
  arb_mat_init(J, n, n);
  arb_mat_init(C, n, n);
  arb_mat_set(nu_0, N);
  theta_of(theta, diagonal, p, nu_0->entries);
  hp_diagonal_residual_ball(step->entries, p->network, theta, p->bits);
  jacobian_of(J, p, diagonal);
  bool proved = false, regular = arb_mat_inv(C, J, p->bits);
  arb_mat_get_mid(C, C);
  arb_mat_mul(step, C, step, p->bits);
  arb_mat_bound_inf_norm(size, step);
  for (int box = 0; box < BOXES && regular && !proved; box++) {
    mag_mul_2exp_si(size, size, 1);
    for (slong i = 0; i < n; i++)
      mag_set(arb_radref(arb_mat_entry(N, i, 0)), size);
    proved = krawczyk(N, p, nu_0, step, C, theta, diagonal);
  }
  arb_mat_clear(C);
  arb_mat_clear(J);
  arb_mat_clear(step);
  arb_mat_clear(nu_0);
  mag_clear(size);
  return proved;
}

bool hp_enclose_argmin(arb_struct theta[], arb_struct nu[], const hp_diagonal_network *network,
                       const arb_struct delta[], const arb_struct theta_tilde[],
                       slong precision_bits) {
  slong n = (slong)network->n, d = (slong)network->d;
  dual p = {.network = network, .delta = delta, .bits = precision_bits};
  arb_ptr diagonal = _arb_vec_init(d);
  arb_mat_t N;
  arb_mat_init(N, n, 1);
  p.shift = _arb_vec_init(d);
  for (slong i = 0; i < d; i++)
    slope(p.shift + i, theta_tilde + i, delta + i, precision_bits);
  bool proved = approximate(N->entries, &p, theta_tilde) && prove(N, &p, theta, diagonal);
  if (proved) {
    _arb_vec_set(nu, N->entries, n);
    theta_of(theta, diagonal, &p, nu);
  } else {
    _arb_vec_indeterminate(nu, n);
    _arb_vec_indeterminate(theta, d);
  }
  _arb_vec_clear(p.shift, d);
  arb_mat_clear(N);
  _arb_vec_clear(diagonal, d);
  return proved;
}

void hp_enclose_optimality(arb_struct residual[], const hp_diagonal_network *network,
                           const arb_struct delta[], const arb_struct theta_tilde[],
                           const arb_struct theta[], const arb_struct nu[], slong precision_bits) {
  size_t d = network->d;
  arb_t before, after;
  arb_init(before);
  arb_init(after);
  hp_diagonal_transposed_ball(residual, network, nu, precision_bits);
  for (size_t i = 0; i < d; i++) {
    slope(after, theta + i, delta + i, precision_bits);
    slope(before, theta_tilde + i, delta + i, precision_bits);
    arb_sub(after, after, before, precision_bits);
    arb_mul_2exp_si(after, after, -1);
    arb_sub(residual + i, after, residual + i, precision_bits);
  }
  hp_diagonal_residual_ball(residual + d, network, theta, precision_bits);
  arb_clear(after);
  arb_clear(before);
}
