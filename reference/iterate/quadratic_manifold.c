#include "quadratic_manifold.h"
#include "eigen.h"
#include "roots.h"
#include "vector_mpfr.h"

/* matrix = H, row by row; any point will do */
static void hessian(const hp_problem *problem, size_t d, mpfr_prec_t precision_bits,
                    mpfr_t *matrix) {
  hp_evaluator_mpfr evaluator;
  mpfr_t *at = hp_vector_new_mpfr(2 * d, precision_bits);
  hp_evaluator_mpfr_init(&evaluator, problem->hessian_vector_program, precision_bits);
  for (size_t k = 0; k < d; ++k) {
    mpfr_set_ui(at[d + k], 1, MPFR_RNDN);
    hp_evaluate_mpfr(&evaluator, at, matrix + k * d);
    mpfr_set_zero(at[d + k], 1);
  }
  hp_evaluator_mpfr_clear(&evaluator);
  hp_vector_free_mpfr(2 * d, at);
}

void hp_quadratic_manifold_init(hp_quadratic_manifold *manifold, const hp_problem *problem,
                                const mpq_t lambda, const mpq_t a, const mpq_t h,
                                mpfr_prec_t precision_bits) {
  enum { GUARD_BITS = 32 };
  size_t d = problem->n_params;
  mpfr_prec_t bits = precision_bits + GUARD_BITS;
  manifold->d = d;
  manifold->precision_bits = bits;
  mpfr_inits2(bits, manifold->h, manifold->x, (mpfr_ptr)0);
  mpfr_set_q(manifold->h, h, MPFR_RNDN);
  manifold->q = hp_vector_new_mpfr(d, bits);
  manifold->slow = hp_vector_new_mpfr(d, bits);
  manifold->fast = hp_vector_new_mpfr(d, bits);
  manifold->vector = hp_vector_new_mpfr(d * d, bits);
  manifold->g = hp_vector_new_mpfr(d, bits);
  hp_evaluator_mpfr_init(&manifold->gradient, problem->gradient_program, bits);
  mpfr_t *matrix = hp_vector_new_mpfr(d * d, bits);
  hessian(problem, d, bits, matrix);
  hp_symmetric_eigen_mpfr(d, matrix, manifold->q, manifold->vector);
  hp_vector_free_mpfr(d * d, matrix);
  manifold->exists = true;
  for (size_t k = 0; k < d; ++k) {
    mpfr_mul(manifold->x, manifold->h, manifold->q[k], MPFR_RNDN);
    bool real =
        hp_characteristic_roots_mpfr(manifold->slow[k], manifold->fast[k], lambda, a, manifold->x);
    manifold->exists = manifold->exists && real;
  }
}

void hp_quadratic_manifold_clear(hp_quadratic_manifold *manifold) {
  size_t d = manifold->d;
  hp_evaluator_mpfr_clear(&manifold->gradient);
  hp_vector_free_mpfr(d, manifold->g);
  hp_vector_free_mpfr(d * d, manifold->vector);
  hp_vector_free_mpfr(d, manifold->fast);
  hp_vector_free_mpfr(d, manifold->slow);
  hp_vector_free_mpfr(d, manifold->q);
  mpfr_clears(manifold->h, manifold->x, (mpfr_ptr)0);
}

/* m = -sum_k e_k (e_k . grad Phi(u)) / (slow_k (1 - fast_k)) */
void hp_quadratic_manifold_evaluate(hp_quadratic_manifold *manifold, const mpfr_t u[], mpfr_t m[]) {
  size_t d = manifold->d;
  mpfr_t *at = hp_vector_new_mpfr(d, manifold->precision_bits);
  mpfr_t *sum = hp_vector_new_mpfr(d, manifold->precision_bits);
  mpfr_t part;
  mpfr_init2(part, manifold->precision_bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set(at[i], u[i], MPFR_RNDN);
  hp_evaluate_mpfr(&manifold->gradient, at, manifold->g);
  for (size_t k = 0; k < d; ++k) {
    mpfr_set_zero(part, 1);
    for (size_t i = 0; i < d; ++i) {
      mpfr_mul(manifold->x, manifold->vector[i * d + k], manifold->g[i], MPFR_RNDN);
      mpfr_sub(part, part, manifold->x, MPFR_RNDN);
    }
    mpfr_ui_sub(manifold->x, 1, manifold->fast[k], MPFR_RNDN);
    mpfr_mul(manifold->x, manifold->x, manifold->slow[k], MPFR_RNDN);
    mpfr_div(part, part, manifold->x, MPFR_RNDN);
    for (size_t i = 0; i < d; ++i) {
      mpfr_mul(manifold->x, manifold->vector[i * d + k], part, MPFR_RNDN);
      mpfr_add(sum[i], sum[i], manifold->x, MPFR_RNDN);
    }
  }
  for (size_t i = 0; i < d; ++i)
    mpfr_set(m[i], sum[i], MPFR_RNDN);
  mpfr_clear(part);
  hp_vector_free_mpfr(d, sum);
  hp_vector_free_mpfr(d, at);
}
