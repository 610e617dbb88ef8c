#include "bregman.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include <stdint.h>
#include <stdlib.h>

/* ---- independent rows ---- */

static const uint64_t PRIME = 2147483647; /* 2^31 - 1 */

static uint64_t power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent; exponent >>= 1, base = base * base % PRIME)
    if (exponent & 1)
      result = result * base % PRIME;
  return result;
}

static uint64_t residue(const mpq_t value) {
  uint64_t numerator = mpz_fdiv_ui(mpq_numref(value), PRIME);
  uint64_t denominator = mpz_fdiv_ui(mpq_denref(value), PRIME);
  return numerator * power(denominator, PRIME - 2) % PRIME;
}

/* Marks rows of the m x d matrix that form a basis of its row space; their number. */
static size_t independent_rows(size_t m, size_t d, mpq_t *const matrix, bool chosen[]) {
  uint64_t *row = hp_allocate(m * d, sizeof *row);
  size_t *pivot = hp_allocate(m, sizeof *pivot), rank = 0;
  for (size_t i = 0; i < m; ++i) {
    uint64_t *r = row + rank * d;
    for (size_t j = 0; j < d; ++j)
      r[j] = residue(matrix[i * d + j]);
    for (size_t k = 0; k < rank; ++k) {
      uint64_t factor = PRIME - r[pivot[k]];
      for (size_t j = 0; j < d; ++j)
        r[j] = (r[j] + factor * row[k * d + j]) % PRIME;
    }
    size_t first = 0;
    while (first < d && r[first] == 0)
      ++first;
    chosen[i] = first < d;
    if (!chosen[i])
      continue;
    uint64_t inverse = power(r[first], PRIME - 2);
    for (size_t j = 0; j < d; ++j)
      r[j] = r[j] * inverse % PRIME;
    pivot[rank++] = first;
  }
  free(pivot);
  free(row);
  return rank;
}

static void take_rows(hp_bregman *bregman, size_t m, mpq_t *const matrix, mpq_t *const right,
                      const bool chosen[]) {
  size_t d = bregman->d, k = 0;
  bregman->rows = hp_vector_new_mpfr(bregman->rank * d, bregman->precision_bits);
  bregman->right = hp_vector_new_mpfr(bregman->rank, bregman->precision_bits);
  for (size_t i = 0; i < m; ++i) {
    if (!chosen[i])
      continue;
    for (size_t j = 0; j < d; ++j)
      mpfr_set_q(bregman->rows[k * d + j], matrix[i * d + j], MPFR_RNDN);
    mpfr_set_q(bregman->right[k++], right[i], MPFR_RNDN);
  }
}

/* The normal equations X^T X theta = X^T y, which always have a solution. */
static void take_normal_rows(hp_bregman *bregman, const hp_diagonal_network *network) {
  size_t n = network->n, d = network->d;
  mpq_t *matrix = hp_allocate(d * d, sizeof *matrix), *right = hp_allocate(d, sizeof *right), term;
  bool *chosen = hp_allocate(d, sizeof *chosen);
  mpq_init(term);
  for (size_t i = 0; i < d; ++i) {
    mpq_init(right[i]);
    for (size_t j = 0; j < d; ++j)
      mpq_init(matrix[i * d + j]);
    for (size_t k = 0; k < n; ++k) {
      mpq_mul(term, network->design[k * d + i], network->target[k]);
      mpq_add(right[i], right[i], term);
      for (size_t j = 0; j < d; ++j) {
        mpq_mul(term, network->design[k * d + i], network->design[k * d + j]);
        mpq_add(matrix[i * d + j], matrix[i * d + j], term);
      }
    }
  }
  bregman->rank = independent_rows(d, d, matrix, chosen);
  take_rows(bregman, d, matrix, right, chosen);
  mpq_clear(term);
  for (size_t i = 0; i < d * d; ++i)
    mpq_clear(matrix[i]);
  for (size_t i = 0; i < d; ++i)
    mpq_clear(right[i]);
  free(chosen);
  free(right);
  free(matrix);
}

void hp_bregman_init(hp_bregman *bregman, const hp_diagonal_network *network,
                     mpfr_prec_t precision_bits) {
  bool *chosen = hp_allocate(network->n, sizeof *chosen);
  *bregman = (hp_bregman){.d = network->d, .precision_bits = precision_bits};
  bregman->rank = independent_rows(network->n, network->d, network->design, chosen);
  bregman->rows_of_design = bregman->rank == network->n;
  if (bregman->rows_of_design)
    take_rows(bregman, network->n, network->design, network->target, chosen);
  else
    take_normal_rows(bregman, network);
  free(chosen);
}

void hp_bregman_clear(hp_bregman *bregman) {
  hp_vector_free_mpfr(bregman->rank * bregman->d, bregman->rows);
  hp_vector_free_mpfr(bregman->rank, bregman->right);
}

/* ---- linear algebra ---- */

/* Gram matrix B diag(weight) B^T; weight may be NULL for ones. */
static void gram(const hp_bregman *bregman, const mpfr_t *weight, mpfr_t matrix[]) {
  size_t r = bregman->rank, d = bregman->d;
  mpfr_t product;
  mpfr_init2(product, bregman->precision_bits);
  for (size_t i = 0; i < r; ++i)
    for (size_t k = 0; k <= i; ++k) {
      mpfr_set_zero(matrix[i * r + k], 1);
      for (size_t j = 0; j < d; ++j) {
        mpfr_srcptr b = bregman->rows[i * d + j];
        if (mpfr_zero_p(b))
          continue;
        if (weight)
          mpfr_mul(product, b, weight[j], MPFR_RNDN);
        mpfr_fma(matrix[i * r + k], weight ? product : b, bregman->rows[k * d + j],
                 matrix[i * r + k], MPFR_RNDN);
      }
    }
  mpfr_clear(product);
}

/* Solves A x = x in place for a positive definite A, whose lower half becomes its Cholesky factor. */
static void solve(size_t r, mpfr_t matrix[], mpfr_t x[]) {
  if (r == 0)
    return;
  mpfr_t product;
  mpfr_init2(product, mpfr_get_prec(x[0]));
  for (size_t i = 0; i < r; ++i)
    for (size_t k = 0; k <= i; ++k) {
      mpfr_ptr entry = matrix[i * r + k];
      for (size_t j = 0; j < k; ++j) {
        mpfr_mul(product, matrix[i * r + j], matrix[k * r + j], MPFR_RNDN);
        mpfr_sub(entry, entry, product, MPFR_RNDN);
      }
      if (k < i)
        mpfr_div(entry, entry, matrix[k * r + k], MPFR_RNDN);
      else
        mpfr_sqrt(entry, entry, MPFR_RNDN);
    }
  for (size_t i = 0; i < r; ++i) {
    for (size_t j = 0; j < i; ++j) {
      mpfr_mul(product, matrix[i * r + j], x[j], MPFR_RNDN);
      mpfr_sub(x[i], x[i], product, MPFR_RNDN);
    }
    mpfr_div(x[i], x[i], matrix[i * r + i], MPFR_RNDN);
  }
  for (size_t i = r; i-- > 0;) {
    for (size_t j = i + 1; j < r; ++j) {
      mpfr_mul(product, matrix[j * r + i], x[j], MPFR_RNDN);
      mpfr_sub(x[i], x[i], product, MPFR_RNDN);
    }
    mpfr_div(x[i], x[i], matrix[i * r + i], MPFR_RNDN);
  }
  mpfr_clear(product);
}

/* result = B^T nu */
static void transposed(const hp_bregman *bregman, const mpfr_t nu[], mpfr_t result[]) {
  for (size_t j = 0; j < bregman->d; ++j) {
    mpfr_set_zero(result[j], 1);
    for (size_t i = 0; i < bregman->rank; ++i)
      mpfr_fma(result[j], bregman->rows[i * bregman->d + j], nu[i], result[j], MPFR_RNDN);
  }
}

/* result = B theta - b */
static void defect(const hp_bregman *bregman, const mpfr_t theta[], mpfr_t result[]) {
  for (size_t i = 0; i < bregman->rank; ++i) {
    mpfr_neg(result[i], bregman->right[i], MPFR_RNDN);
    for (size_t j = 0; j < bregman->d; ++j)
      mpfr_fma(result[i], bregman->rows[i * bregman->d + j], theta[j], result[i], MPFR_RNDN);
  }
}

static void largest(mpfr_t result, size_t n, const mpfr_t x[]) {
  for (size_t i = 0; i < n; ++i)
    if (mpfr_cmpabs(x[i], result) > 0)
      mpfr_abs(result, x[i], MPFR_RNDN);
}

/* ---- Newton's method ---- */

typedef struct {
  const hp_bregman *bregman;
  const mpfr_t *delta;
  mpfr_t *centre;         /* arsinh(2 theta_tilde/Delta) */
  mpfr_t *angle, *weight; /* 2 B^T nu + centre; Delta cosh(angle) */
  mpfr_t *theta, *nu;     /* the result's */
  mpfr_t *step, *trial, *h, *matrix;
  mpfr_t value, trial_value, x, slope;
} newton;

/* theta, weight and the dual function sum Delta cosh(angle)/4 - b . nu at nu; NaN when it is beyond
 * the numbers. */
static void dual(newton *n, const mpfr_t nu[], mpfr_t value) {
  const hp_bregman *bregman = n->bregman;
  transposed(bregman, nu, n->angle);
  mpfr_set_zero(value, 1);
  for (size_t j = 0; j < bregman->d; ++j) {
    mpfr_mul_2ui(n->angle[j], n->angle[j], 1, MPFR_RNDN);
    mpfr_add(n->angle[j], n->angle[j], n->centre[j], MPFR_RNDN);
    mpfr_sinh_cosh(n->theta[j], n->weight[j], n->angle[j], MPFR_RNDN);
    mpfr_mul(n->theta[j], n->theta[j], n->delta[j], MPFR_RNDN);
    mpfr_div_2ui(n->theta[j], n->theta[j], 1, MPFR_RNDN);
    mpfr_mul(n->weight[j], n->weight[j], n->delta[j], MPFR_RNDN);
    mpfr_div_2ui(n->x, n->weight[j], 2, MPFR_RNDN);
    mpfr_add(value, value, n->x, MPFR_RNDN);
  }
  for (size_t i = 0; i < bregman->rank; ++i) {
    mpfr_mul(n->x, bregman->right[i], nu[i], MPFR_RNDN);
    mpfr_sub(value, value, n->x, MPFR_RNDN);
  }
}

/* One step with halvings until the dual function falls; false when no step makes it fall, which is
 * so at the minimum to the precision. */
static bool descend(newton *n) {
  enum { HALVINGS = 200 };
  const hp_bregman *bregman = n->bregman;
  size_t r = bregman->rank;
  defect(bregman, n->theta, n->h);
  gram(bregman, n->weight, n->matrix);
  for (size_t i = 0; i < r; ++i)
    mpfr_neg(n->step[i], n->h[i], MPFR_RNDN);
  solve(r, n->matrix, n->step);
  for (int i = 0; i < HALVINGS; ++i) {
    for (size_t k = 0; k < r; ++k)
      mpfr_add(n->trial[k], n->nu[k], n->step[k], MPFR_RNDN);
    dual(n, n->trial, n->trial_value);
    if (mpfr_less_p(n->trial_value, n->value)) {
      for (size_t k = 0; k < r; ++k)
        mpfr_set(n->nu[k], n->trial[k], MPFR_RNDN);
      mpfr_set(n->value, n->trial_value, MPFR_RNDN);
      return true;
    }
    for (size_t k = 0; k < r; ++k)
      mpfr_div_2ui(n->step[k], n->step[k], 1, MPFR_RNDN);
  }
  return false;
}

/* Full steps from where the dual function is flat to the precision: h falls to its last bits. */
static void polish(newton *n) {
  enum { STEPS = 3 };
  const hp_bregman *bregman = n->bregman;
  for (int i = 0; i < STEPS; ++i) {
    dual(n, n->nu, n->value);
    defect(bregman, n->theta, n->h);
    gram(bregman, n->weight, n->matrix);
    solve(bregman->rank, n->matrix, n->h);
    for (size_t k = 0; k < bregman->rank; ++k)
      mpfr_sub(n->nu[k], n->nu[k], n->h[k], MPFR_RNDN);
  }
  dual(n, n->nu, n->value);
}

static void set_centre(const hp_bregman *bregman, const mpfr_t delta[], const mpfr_t theta[],
                       mpfr_t centre[]) {
  for (size_t j = 0; j < bregman->d; ++j) {
    mpfr_mul_2ui(centre[j], theta[j], 1, MPFR_RNDN);
    mpfr_div(centre[j], centre[j], delta[j], MPFR_RNDN);
    mpfr_asinh(centre[j], centre[j], MPFR_RNDN);
  }
}

bool hp_bregman_solve(const hp_bregman *bregman, const mpfr_t delta[], const mpfr_t theta_tilde[],
                      mpfr_t theta[], mpfr_t nu[]) {
  enum { STEPS = 500 };
  size_t r = bregman->rank, d = bregman->d;
  mpfr_prec_t bits = bregman->precision_bits;
  newton n = {.bregman = bregman, .delta = delta, .theta = theta, .nu = nu};
  n.centre = hp_vector_new_mpfr(d, bits);
  n.angle = hp_vector_new_mpfr(d, bits);
  n.weight = hp_vector_new_mpfr(d, bits);
  n.step = hp_vector_new_mpfr(r, bits);
  n.trial = hp_vector_new_mpfr(r, bits);
  n.h = hp_vector_new_mpfr(r, bits);
  n.matrix = hp_vector_new_mpfr(r * r, bits);
  mpfr_inits2(bits, n.value, n.trial_value, n.x, n.slope, (mpfr_ptr)0);
  set_centre(bregman, delta, theta_tilde, n.centre);
  for (size_t i = 0; i < r; ++i)
    mpfr_set_zero(nu[i], 1);
  dual(&n, nu, n.value);
  int steps = 0;
  while (steps < STEPS && descend(&n)) {
    dual(&n, nu, n.value);
    ++steps;
  }
  polish(&n);
  defect(bregman, theta, n.h);
  mpfr_set_zero(n.x, 1);
  mpfr_set_ui(n.slope, 1, MPFR_RNDN);
  largest(n.x, r, n.h);
  largest(n.slope, r, bregman->right);
  mpfr_mul_2si(n.slope, n.slope, -(bits / 2), MPFR_RNDN);
  bool solved = mpfr_less_p(n.x, n.slope);
  mpfr_clears(n.value, n.trial_value, n.x, n.slope, (mpfr_ptr)0);
  hp_vector_free_mpfr(r * r, n.matrix);
  hp_vector_free_mpfr(r, n.h);
  hp_vector_free_mpfr(r, n.trial);
  hp_vector_free_mpfr(r, n.step);
  hp_vector_free_mpfr(d, n.weight);
  hp_vector_free_mpfr(d, n.angle);
  hp_vector_free_mpfr(d, n.centre);
  return solved;
}

/* nu = (B B^T)^-1 nu */
static void solve_gram(const hp_bregman *bregman, mpfr_t nu[]) {
  size_t r = bregman->rank;
  mpfr_t *matrix = hp_vector_new_mpfr(r * r, bregman->precision_bits);
  gram(bregman, NULL, matrix);
  solve(r, matrix, nu);
  hp_vector_free_mpfr(r * r, matrix);
}

void hp_bregman_certify(const hp_bregman *bregman, const mpfr_t delta[], const mpfr_t theta_tilde[],
                        const mpfr_t theta[], mpfr_t nu[], mpfr_t residual) {
  size_t r = bregman->rank, d = bregman->d;
  mpfr_t *q = hp_vector_new_mpfr(d, bregman->precision_bits);
  mpfr_t *fit = hp_vector_new_mpfr(d, bregman->precision_bits);
  mpfr_t *h = hp_vector_new_mpfr(r, bregman->precision_bits);
  set_centre(bregman, delta, theta, q);
  set_centre(bregman, delta, theta_tilde, fit);
  for (size_t j = 0; j < d; ++j) {
    mpfr_sub(q[j], q[j], fit[j], MPFR_RNDN);
    mpfr_div_2ui(q[j], q[j], 1, MPFR_RNDN);
  }
  for (size_t i = 0; i < r; ++i) {
    mpfr_set_zero(nu[i], 1);
    for (size_t j = 0; j < d; ++j)
      mpfr_fma(nu[i], bregman->rows[i * d + j], q[j], nu[i], MPFR_RNDN);
  }
  solve_gram(bregman, nu);
  transposed(bregman, nu, fit);
  for (size_t j = 0; j < d; ++j)
    mpfr_sub(q[j], q[j], fit[j], MPFR_RNDN);
  defect(bregman, theta, h);
  mpfr_set_zero(residual, 1);
  largest(residual, d, q);
  largest(residual, r, h);
  hp_vector_free_mpfr(r, h);
  hp_vector_free_mpfr(d, fit);
  hp_vector_free_mpfr(d, q);
}

void hp_bregman_least_norm(const hp_bregman *bregman, mpfr_t theta[]) {
  mpfr_t *nu = hp_vector_new_mpfr(bregman->rank, bregman->precision_bits);
  for (size_t i = 0; i < bregman->rank; ++i)
    mpfr_set(nu[i], bregman->right[i], MPFR_RNDN);
  solve_gram(bregman, nu);
  transposed(bregman, nu, theta);
  hp_vector_free_mpfr(bregman->rank, nu);
}
