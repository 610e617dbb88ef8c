#include "recheck.h"

enum { BITS = 64, MOST_HALVINGS = 44 };

void hp_recheck_hessian(const hp_problem *problem, const hp_interval u[], int sign,
                        hp_interval matrix[], mpfr_prec_t bits) {
  size_t d = problem->n_params;
  hp_interval *x = hp_interval_new(2 * d, bits), *column = hp_interval_new(d, bits);
  for (size_t i = 0; i < d; i++)
    hp_interval_set(x + i, u + i);
  for (size_t j = 0; j < d; j++) {
    for (size_t k = 0; k < d; k++) {
      mpfr_set_si(x[d + k].low, k == j ? sign : 0, MPFR_RNDD);
      mpfr_set_si(x[d + k].high, k == j ? sign : 0, MPFR_RNDU);
    }
    hp_interval_evaluate(problem->hessian_vector_program, x, column, bits);
    for (size_t i = 0; i < d; i++)
      hp_interval_set(matrix + i * d + j, column + i);
  }
  hp_interval_free(column, d);
  hp_interval_free(x, 2 * d);
}

/* A = L D L^T by elimination in intervals: all pivots positive. */
bool hp_recheck_is_above(const hp_interval matrix[], size_t d, const mpfr_t s) {
  hp_interval *A = hp_interval_new(d * d, BITS), *work = hp_interval_new(2, BITS);
  bool positive = true;
  mpfr_set(work->low, s, MPFR_RNDD);
  mpfr_set(work->high, s, MPFR_RNDU);
  for (size_t k = 0; k < d * d; k++) {
    hp_interval_apply(A + k, HP_NEG, matrix + k, matrix + k);
    if (k % (d + 1) == 0)
      hp_interval_apply(A + k, HP_ADD, A + k, work);
  }
  for (size_t k = 0; k < d && positive; k++) {
    positive = hp_interval_is_finite(A + k * d + k) && mpfr_sgn(A[k * d + k].low) > 0;
    for (size_t i = k + 1; i < d && positive; i++) {
      hp_interval_apply(work, HP_DIV, A + i * d + k, A + k * d + k);
      for (size_t j = k + 1; j <= i; j++) {
        hp_interval_apply(work + 1, HP_MUL, work, A + j * d + k);
        hp_interval_apply(A + i * d + j, HP_SUB, A + i * d + j, work + 1);
      }
    }
  }
  hp_interval_free(work, 2);
  hp_interval_free(A, d * d);
  return positive;
}

/* L and nu with 2^-30 L more, so that an eigenvalue may be attained */
typedef struct {
  const hp_problem *problem;
  mpfr_t B0, L, nu;
} limits;

static bool holds_here(const limits *of, const hp_interval box[]) {
  size_t d = of->problem->n_params;
  hp_interval *value = hp_interval_new(d * d + d, BITS), *norm = hp_interval_new(1, BITS);
  hp_interval *H = value + d;
  hp_interval_evaluate(of->problem->gradient_program, box, value, BITS);
  hp_interval_norm(norm, value, d);
  bool holds = mpfr_lessequal_p(norm->high, of->B0);
  if (holds) {
    hp_recheck_hessian(of->problem, box, 1, H, BITS);
    holds = hp_recheck_is_above(H, d, of->L);
  }
  if (holds) {
    hp_recheck_hessian(of->problem, box, -1, H, BITS);
    holds = hp_recheck_is_above(H, d, of->nu);
  }
  hp_interval_free(norm, 1);
  hp_interval_free(value, d * d + d);
  return holds;
}

static size_t widest(const hp_interval box[], const hp_interval whole[], size_t d) {
  size_t best = 0;
  double share = -1;
  for (size_t i = 0; i < d; i++) {
    double all = mpfr_get_d(whole[i].high, MPFR_RNDN) - mpfr_get_d(whole[i].low, MPFR_RNDN);
    double part = mpfr_get_d(box[i].high, MPFR_RNDN) - mpfr_get_d(box[i].low, MPFR_RNDN);
    if (part / all > share) {
      share = part / all;
      best = i;
    }
  }
  return best;
}

static bool holds_on(const limits *of, const hp_interval box[], const hp_interval whole[],
                     int halvings) {
  if (holds_here(of, box))
    return true;
  if (halvings == 0)
    return false;
  size_t d = of->problem->n_params, i = widest(box, whole, d);
  hp_interval *half = hp_interval_new(d, BITS);
  mpfr_t middle;
  mpfr_init2(middle, BITS);
  for (size_t k = 0; k < d; k++)
    hp_interval_set(half + k, box + k);
  mpfr_add(middle, box[i].low, box[i].high, MPFR_RNDN);
  mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
  mpfr_set(half[i].high, middle, MPFR_RNDU);
  bool holds = holds_on(of, half, whole, halvings - 1);
  if (holds) {
    mpfr_set(half[i].low, middle, MPFR_RNDD);
    mpfr_set(half[i].high, box[i].high, MPFR_RNDU);
    holds = holds_on(of, half, whole, halvings - 1);
  }
  mpfr_clear(middle);
  hp_interval_free(half, d);
  return holds;
}

bool hp_recheck_constants(const hp_problem *problem, const hp_interval box[], const mpfr_t B0,
                          const mpfr_t L, const mpfr_t nu) {
  limits of = {.problem = problem};
  mpfr_t room;
  mpfr_inits2(BITS, of.B0, of.L, of.nu, room, (mpfr_ptr)0);
  mpfr_div_2ui(room, L, 30, MPFR_RNDU);
  mpfr_add(of.L, L, room, MPFR_RNDU);
  mpfr_add(of.nu, nu, room, MPFR_RNDU);
  mpfr_set(of.B0, B0, MPFR_RNDU);
  bool holds = mpfr_lessequal_p(nu, L) && holds_on(&of, box, box, MOST_HALVINGS);
  mpfr_clears(of.B0, of.L, of.nu, room, (mpfr_ptr)0);
  return holds;
}
