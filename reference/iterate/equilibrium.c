#include "equilibrium.h"
#include "eigen.h"
#include "reference/problem/allocate.h"
#include "src/tape.h"
#include "tape_double.h"
#include "vector_mpfr.h"
#include <math.h>
#include <stdlib.h>

enum { DESCENTS = 4000, NEWTON_STEPS = 100, FLAT_BITS = 20 };

/* ---- gradient descent in double ---- */

static void evaluate(hp_tape_double *tape, const double x[], double result[]) {
  hp_tape_outputs(&tape->tape, x, tape->slot, result);
}

/* |H|_infinity at u: the step 1/|H| descends. */
static double largest_row(hp_tape_double *hessian_vector, size_t d, const double u[]) {
  double *at = hp_allocate(3 * d, sizeof *at), *sum = hp_allocate(d, sizeof *sum), most = 0;
  for (size_t i = 0; i < d; ++i)
    at[i] = u[i];
  for (size_t k = 0; k < d; ++k) {
    at[d + k] = 1;
    evaluate(hessian_vector, at, at + 2 * d);
    at[d + k] = 0;
    for (size_t i = 0; i < d; ++i)
      sum[i] += fabs(at[2 * d + i]);
  }
  for (size_t i = 0; i < d; ++i)
    most = fmax(most, sum[i]);
  free(sum);
  free(at);
  return most;
}

static void descend(const hp_problem *problem, double u[]) {
  enum { REFRESH = 16 };
  size_t d = problem->n_params;
  hp_tape_double gradient, hessian_vector;
  double *g = hp_allocate(d, sizeof *g), norm = 0;
  hp_tape_double_init(&gradient, problem->gradient_program);
  hp_tape_double_init(&hessian_vector, problem->hessian_vector_program);
  for (int n = 0; n < DESCENTS; ++n) {
    if (n % REFRESH == 0)
      norm = largest_row(&hessian_vector, d, u);
    evaluate(&gradient, u, g);
    for (size_t i = 0; i < d; ++i)
      u[i] -= norm > 0 ? g[i] / norm : 0;
  }
  hp_tape_double_clear(&hessian_vector);
  hp_tape_double_clear(&gradient);
  free(g);
}

/* ---- Newton in MPFR ---- */

typedef struct {
  size_t d;
  hp_evaluator_mpfr gradient, hessian_vector;
  mpfr_t *g, *at, *matrix, x, step, flat;
} newton;

static void newton_init(newton *n, const hp_problem *problem, mpfr_prec_t bits) {
  size_t d = n->d = problem->n_params;
  hp_evaluator_mpfr_init(&n->gradient, problem->gradient_program, bits);
  hp_evaluator_mpfr_init(&n->hessian_vector, problem->hessian_vector_program, bits);
  n->g = hp_vector_new_mpfr(d, bits);
  n->at = hp_vector_new_mpfr(2 * d, bits);
  n->matrix = hp_vector_new_mpfr(d * d, bits);
  mpfr_inits2(bits, n->x, n->step, n->flat, (mpfr_ptr)0);
}

static void newton_clear(newton *n) {
  mpfr_clears(n->x, n->step, n->flat, (mpfr_ptr)0);
  hp_vector_free_mpfr(n->d * n->d, n->matrix);
  hp_vector_free_mpfr(2 * n->d, n->at);
  hp_vector_free_mpfr(n->d, n->g);
  hp_evaluator_mpfr_clear(&n->hessian_vector);
  hp_evaluator_mpfr_clear(&n->gradient);
}

/* q and vector at u; flat := 2^-20 of the largest |q| */
static void diagonalise(newton *n, mpfr_t u[], mpfr_t q[], mpfr_t vector[]) {
  size_t d = n->d;
  for (size_t i = 0; i < d; ++i) {
    mpfr_set(n->at[i], u[i], MPFR_RNDN);
    mpfr_set_zero(n->at[d + i], 1);
  }
  for (size_t k = 0; k < d; ++k) {
    mpfr_set_ui(n->at[d + k], 1, MPFR_RNDN);
    hp_evaluate_mpfr(&n->hessian_vector, n->at, n->matrix + k * d);
    mpfr_set_zero(n->at[d + k], 1);
  }
  hp_symmetric_eigen_mpfr(d, n->matrix, q, vector);
  mpfr_abs(n->flat, q[0], MPFR_RNDN);
  if (mpfr_cmpabs(q[d - 1], n->flat) > 0)
    mpfr_abs(n->flat, q[d - 1], MPFR_RNDN);
  mpfr_div_2ui(n->flat, n->flat, FLAT_BITS, MPFR_RNDN);
}

/* u := u - sum_k e_k (e_k . g)/|q_k| over the k that are not flat, with q_k itself when exact; step :=
 * its length */
static void newton_step(newton *n, bool exact, mpfr_t u[], mpfr_t q[], mpfr_t vector[]) {
  size_t d = n->d;
  hp_evaluate_mpfr(&n->gradient, u, n->g);
  diagonalise(n, u, q, vector);
  mpfr_set_zero(n->step, 1);
  for (size_t k = 0; k < d; ++k) {
    if (mpfr_cmpabs(q[k], n->flat) <= 0)
      continue;
    mpfr_set_zero(n->x, 1);
    for (size_t i = 0; i < d; ++i)
      mpfr_fma(n->x, vector[i * d + k], n->g[i], n->x, MPFR_RNDN);
    mpfr_div(n->x, n->x, q[k], MPFR_RNDN);
    if (mpfr_signbit(q[k]) && !exact)
      mpfr_neg(n->x, n->x, MPFR_RNDN);
    mpfr_neg(n->x, n->x, MPFR_RNDN);
    for (size_t i = 0; i < d; ++i)
      mpfr_fma(u[i], vector[i * d + k], n->x, u[i], MPFR_RNDN);
    mpfr_hypot(n->step, n->step, n->x, MPFR_RNDN);
  }
}

bool hp_equilibrium_find(const hp_problem *problem, mpfr_t u[], mpfr_t q[], mpfr_t vector[]) {
  size_t d = problem->n_params;
  mpfr_prec_t bits = mpfr_get_prec(u[0]);
  enum { GUARD_BITS = 24 };
  double *start = hp_allocate(d, sizeof *start);
  newton n;
  newton_init(&n, problem, bits);
  for (size_t i = 0; i < d; ++i)
    start[i] = mpq_get_d(problem->start[i]);
  if (!problem->is_quadratic)
    descend(problem, start);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_d(u[i], start[i], MPFR_RNDN);
  bool at_rest = false;
  for (int i = 0; i < NEWTON_STEPS && !at_rest; ++i) {
    newton_step(&n, problem->is_quadratic, u, q, vector);
    at_rest =
        mpfr_zero_p(n.step) || (mpfr_number_p(n.step) && mpfr_get_exp(n.step) < GUARD_BITS - bits);
  }
  if (at_rest) {
    diagonalise(&n, u, q, vector);
    hp_evaluate_mpfr(&n.gradient, u, n.g);
    hp_vector_norm_mpfr(n.x, d, n.g);
    at_rest = mpfr_zero_p(n.x) || mpfr_get_exp(n.x) < -bits / 2;
  }
  newton_clear(&n);
  free(start);
  return at_rest;
}
