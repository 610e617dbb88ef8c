#include "recheck.h"
#include "reference/problem/allocate.h"
#include "results.h"
#include <arb_poly.h>
#include <stdlib.h>

enum { PIECES = 16, PARTS = 2, HALVINGS = 12, SHORT_BITS = 64, GUARD_BITS = 128 };

/* ---- the defect ---- */

static arb_poly_struct *new_series(size_t n) {
  arb_poly_struct *series = hp_allocate(n, sizeof *series);
  for (size_t i = 0; i < n; i++)
    arb_poly_init(series + i);
  return series;
}

static void free_series(arb_poly_struct *series, size_t n) {
  for (size_t i = 0; i < n; i++)
    arb_poly_clear(series + i);
  free(series);
}

/* sum += |coefficient k of lambda_bar f + P'| length^{k+1}/(k+1) */
static void add_order(arb_t sum, const arb_poly_struct f[], const arb_poly_struct P[], size_t d,
                      slong k, const arb_t length, const arb_t lambda_bar, slong bits) {
  arb_t norm, one, next;
  arb_init(norm);
  arb_init(one);
  arb_init(next);
  for (size_t i = 0; i < d; i++) {
    arb_poly_get_coeff_arb(one, f + i, k);
    arb_mul(one, one, lambda_bar, bits);
    arb_poly_get_coeff_arb(next, P + i, k + 1);
    arb_addmul_si(one, next, k + 1, bits);
    arb_addmul(norm, one, one, bits);
  }
  arb_sqrtpos(norm, norm, bits);
  arb_pow_ui(one, length, (ulong)k + 1, bits);
  arb_div_ui(one, one, (ulong)k + 1, bits);
  arb_addmul(sum, norm, one, bits);
  arb_clear(next);
  arb_clear(one);
  arb_clear(norm);
}

static void set_polynomials(arb_poly_struct P[], const hp_claimed_flow *flow, size_t step,
                            slong bits) {
  arb_t c;
  arb_init(c);
  for (size_t i = 0; i < flow->d; i++)
    for (size_t k = 0; k <= flow->order; k++) {
      hp_arb_set_rational(c, hp_claimed_polynomial(flow, step, i)[k], bits);
      arb_poly_set_coeff_arb(P + i, (slong)k, c);
    }
  arb_clear(c);
}

/* The largest over s in [0, length] of |g_q(s)| length^{q+1}/(q+1): P expanded about all s of a part of
 * the step at once. */
static void set_last_order(arb_t largest, const arb_poly_struct P[], const hp_claimed_flow *flow,
                           slong q, const hp_program *gradient, const arb_t length,
                           const arb_t lambda_bar) {
  slong bits = 2 * SHORT_BITS;
  size_t d = flow->d;
  arb_poly_struct *moved = new_series(3 * d), *f = moved + d, *none = f + d;
  arb_t piece, half, one;
  arb_init(piece);
  arb_init(half);
  arb_init(one);
  arb_zero(largest);
  arb_div_si(half, length, 2 * PARTS, bits);
  for (slong j = 0; j < PARTS; j++) {
    arb_mul_si(piece, half, 2 * j + 1, bits);
    arb_add_error(piece, half);
    for (size_t i = 0; i < d; i++)
      arb_poly_taylor_shift(moved + i, P + i, piece, bits);
    hp_compose_series(gradient, moved, f, q + 1, bits);
    arb_zero(one);
    add_order(one, f, none, d, q, length, lambda_bar, bits);
    arb_max(largest, largest, one, bits);
  }
  arb_clear(one);
  arb_clear(half);
  arb_clear(piece);
  free_series(moved, 3 * d);
}

/* The defect g = P' + lambda_bar grad Phi(P) has the Taylor form sum_{k<q} g_k(0) s^k + g_q(tau) s^q, here
 * with q = 2p, so that the last term, whose balls are wide, weighs nothing;
 * integral = sum |g_k| length^{k+1}/(k+1), rounded up. */
static void set_integral(mpfr_t integral, const hp_claimed_flow *flow, size_t step,
                         const hp_program *gradient, const mpq_t lambda_bar, slong bits) {
  size_t d = flow->d;
  slong q = 2 * (slong)flow->order;
  arb_poly_struct *P = new_series(2 * d), *f = P + d;
  arb_t scale, length, sum, last;
  arf_t end;
  arb_init(scale);
  arb_init(length);
  arb_init(sum);
  arb_init(last);
  arf_init(end);
  hp_arb_set_rational(scale, lambda_bar, bits);
  hp_arb_set_rational(length, flow->length[step], bits);
  set_polynomials(P, flow, step, bits);
  hp_compose_series(gradient, P, f, q, bits);
  for (slong k = 0; k < q; k++)
    add_order(sum, f, P, d, k, length, scale, bits);
  set_last_order(last, P, flow, q, gradient, length, scale);
  arb_add(sum, sum, last, bits);
  arb_get_ubound_arf(end, sum, bits);
  arf_get_mpfr(integral, end, MPFR_RNDU);
  arf_clear(end);
  arb_clear(last);
  arb_clear(sum);
  arb_clear(length);
  arb_clear(scale);
  free_series(P, 2 * d);
}

/* ---- growth ---- */

/* s >= lambda_max over the matrix, halving between its largest diagonal end and Gershgorin's bound */
static void set_norm(mpfr_t s, const hp_interval matrix[], size_t d) {
  mpfr_t low, row, size;
  mpfr_inits2(SHORT_BITS, low, row, size, (mpfr_ptr)0);
  mpfr_set_inf(low, -1);
  mpfr_set_inf(s, -1);
  for (size_t i = 0; i < d; i++) {
    mpfr_set(row, matrix[i * d + i].high, MPFR_RNDU);
    mpfr_max(low, low, row, MPFR_RNDU);
    for (size_t j = 0; j < d; j++)
      if (j != i) {
        const hp_interval *entry = &matrix[i * d + j];
        mpfr_set(size, mpfr_cmpabs(entry->low, entry->high) > 0 ? entry->low : entry->high,
                 MPFR_RNDA);
        mpfr_abs(size, size, MPFR_RNDU);
        mpfr_add(row, row, size, MPFR_RNDU);
      }
    mpfr_max(s, s, row, MPFR_RNDU);
  }
  for (int i = 0; d > 1 && i < HALVINGS && mpfr_number_p(s); i++) {
    mpfr_add(row, low, s, MPFR_RNDU);
    mpfr_div_2ui(row, row, 1, MPFR_RNDU);
    mpfr_set(hp_recheck_is_above(matrix, d, row) ? s : low, row, MPFR_RNDU);
  }
  mpfr_clears(low, row, size, (mpfr_ptr)0);
}

/* [j, j+1] length/PIECES */
static void set_piece(hp_interval *time, const mpq_t length, unsigned long j) {
  mpq_t t;
  mpq_init(t);
  mpq_set_ui(t, j, PIECES);
  mpq_canonicalize(t);
  mpq_mul(t, t, length);
  mpfr_set_q(time->low, t, MPFR_RNDD);
  mpq_set_ui(t, j + 1, PIECES);
  mpq_canonicalize(t);
  mpq_mul(t, t, length);
  mpfr_set_q(time->high, t, MPFR_RNDU);
  mpq_clear(t);
}

typedef struct {
  mpfr_t total, largest, positive; /* M(length), max(0, max M), M+ */
  bool inside;                     /* every piece lies in the box */
} growth;

static void set_growth(growth *g, const hp_claimed_flow *flow, size_t step,
                       const hp_problem *problem, const mpq_t lambda_bar, const hp_interval box[]) {
  size_t d = flow->d;
  hp_interval *u = hp_interval_new(d, SHORT_BITS), *H = hp_interval_new(d * d, SHORT_BITS);
  hp_interval *time = hp_interval_new(1, SHORT_BITS);
  mpfr_t mu;
  mpfr_init2(mu, SHORT_BITS);
  mpfr_set_zero(g->total, 1);
  mpfr_set_zero(g->largest, 1);
  mpfr_set_zero(g->positive, 1);
  g->inside = true;
  for (unsigned long j = 0; j < PIECES; j++) {
    set_piece(time, flow->length[step], j);
    hp_claimed_flow_eval(flow, step, time, u);
    hp_claimed_flow_widen(flow, step, u);
    for (size_t i = 0; i < d; i++)
      g->inside = g->inside && hp_interval_contains(box + i, u + i);
    hp_recheck_hessian(problem, u, -1, H, SHORT_BITS);
    set_norm(mu, H, d);
    mpfr_mul_q(mu, mu, lambda_bar, MPFR_RNDU);
    mpfr_mul_q(mu, mu, flow->length[step], MPFR_RNDU);
    mpfr_div_ui(mu, mu, PIECES, MPFR_RNDU);
    mpfr_add(g->total, g->total, mu, MPFR_RNDU);
    mpfr_max(g->largest, g->largest, g->total, MPFR_RNDU);
    if (mpfr_sgn(mu) > 0)
      mpfr_add(g->positive, g->positive, mu, MPFR_RNDU);
  }
  mpfr_clear(mu);
  hp_interval_free(time, 1);
  hp_interval_free(H, d * d);
  hp_interval_free(u, d);
}

/* ---- the chain ---- */

/* error += |P_step(0) - what|, what: u_0, or the end of the step before */
static void add_jump(mpfr_t error, const hp_claimed_flow *flow, size_t step,
                     const hp_problem *problem, mpfr_prec_t bits) {
  hp_interval *u = hp_interval_new(flow->d, bits), *v = hp_interval_new(flow->d, bits);
  hp_interval *time = hp_interval_new(2, bits);
  hp_claimed_flow_eval(flow, step, time, u);
  if (step > 0) {
    hp_interval_set_rational(time, flow->length[step - 1]);
    hp_claimed_flow_eval(flow, step - 1, time, v);
  } else {
    for (size_t i = 0; i < flow->d; i++)
      hp_interval_set_rational(v + i, problem->start[i]);
  }
  for (size_t i = 0; i < flow->d; i++)
    hp_interval_apply(u + i, HP_SUB, u + i, v + i);
  hp_interval_norm(time + 1, u, flow->d);
  mpfr_add(error, error, time[1].high, MPFR_RNDU);
  hp_interval_free(time, 2);
  hp_interval_free(v, flow->d);
  hp_interval_free(u, flow->d);
}

/* error at the start of a step becomes that at its end; false when somewhere on it the bound is not
 * strictly below the claim. */
static bool carry(mpfr_t error, const hp_claimed_flow *flow, size_t step, const growth *g,
                  const mpfr_t integral) {
  mpfr_t most, factor, defect;
  mpfr_inits2(SHORT_BITS, most, factor, defect, (mpfr_ptr)0);
  mpfr_exp(factor, g->positive, MPFR_RNDU);
  mpfr_mul(defect, integral, factor, MPFR_RNDU);
  mpfr_exp(factor, g->largest, MPFR_RNDU);
  mpfr_fma(most, error, factor, defect, MPFR_RNDU);
  mpfr_exp(factor, g->total, MPFR_RNDU);
  mpfr_fma(error, error, factor, defect, MPFR_RNDU);
  bool below = mpfr_number_p(most) && mpfr_cmp_q(most, flow->within[step]) < 0;
  mpfr_clears(most, factor, defect, (mpfr_ptr)0);
  return below;
}

char *hp_recheck_flow(const hp_claimed_flow *flow, const hp_problem *problem,
                      const mpq_t lambda_bar, const hp_interval box[]) {
  growth g;
  mpfr_t error, integral;
  char *why = NULL;
  mpfr_inits2(SHORT_BITS, g.total, g.largest, g.positive, error, integral, (mpfr_ptr)0);
  mpfr_set_zero(error, 1);
  for (size_t i = 0; i < flow->n_steps && !why; i++) {
    mpfr_set_q(integral, flow->within[i], MPFR_RNDN);
    mpfr_prec_t bits =
        GUARD_BITS +
        (mpfr_zero_p(integral) || mpfr_get_exp(integral) > 0 ? 0 : -mpfr_get_exp(integral));
    add_jump(error, flow, i, problem, bits);
    set_integral(integral, flow, i, problem->gradient_program, lambda_bar, (slong)bits);
    set_growth(&g, flow, i, problem, lambda_bar, box);
    double t = mpq_get_d(flow->start[i]);
    if (!carry(error, flow, i, &g, integral))
      why = hp_text("the distance of the flow from its polynomial claimed at t = %.6g is too small",
                    t);
    else if (!g.inside)
      why = hp_text("the box does not hold the flow after t = %.6g", t);
  }
  mpfr_clears(g.total, g.largest, g.positive, error, integral, (mpfr_ptr)0);
  return why;
}
