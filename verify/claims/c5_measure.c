#include "c5_measure.h"
#include "reference/iterate/equilibrium.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "src/momentum.h"
#include "src/tape.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 10 };

static bool keep_going(const hp_experiment *experiment) {
  return !experiment->keep_going || experiment->keep_going(experiment->context);
}

/* ---- all paths of ten steps ---- */

typedef enum { ADDITIVE, MULTIPLICATIVE } noise_kind;

/* One noisy step: the gradient g = -f at the look-ahead is changed before it is used. */
static void noisy_step(hp_momentum_mpfr *s, noise_kind kind, int sign, mpfr_t x) {
  size_t d = s->gradient->n_inputs;
  mpfr_mul(s->product, s->h, s->a, MPFR_RNDN);
  for (size_t i = 0; i < d; ++i)
    mpfr_fma(s->lookahead[i], s->product, s->v[i], s->u[i], MPFR_RNDN);
  hp_evaluate_mpfr(&s->evaluator, s->lookahead, s->g);
  for (size_t i = 0; i < d; ++i) {
    if (kind == ADDITIVE) {
      mpfr_sub_d(s->g[i], s->g[i], sign * HP_C5_NOISE, MPFR_RNDN);
    } else if (sign) {
      mpfr_div_si(x, s->g[i], 2 * sign, MPFR_RNDN);
      mpfr_add(s->g[i], s->g[i], x, MPFR_RNDN);
    }
    mpfr_mul(x, s->lambda, s->v[i], MPFR_RNDN);
    mpfr_sub(s->v[i], x, s->g[i], MPFR_RNDN);
    mpfr_fma(s->u[i], s->h, s->v[i], s->u[i], MPFR_RNDN);
  }
}

typedef enum { ALL, BALANCED, HELD } path_set;

/* bit n of the path is the sign of step n */
static bool belongs(path_set set, unsigned path) {
  if (set == BALANCED)
    return __builtin_popcount(path) == HP_C5_STEPS / 2;
  if (set == HELD)
    return ((path ^ (path >> 1)) & 0x155u) == 0;
  return true;
}

/* mean := E u_10, spread := E|u_10 - centre|^2 over the set, centre NULL: about the mean */
typedef struct {
  mpfr_t *mean, spread;
} moments;

static void enumerate(const hp_experiment *experiment, mpq_srcptr h, noise_kind kind, path_set set,
                      const mpfr_t centre[], moments *result) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params, count = 0;
  mpfr_prec_t bits = mpfr_get_prec(result->spread);
  hp_momentum_mpfr s;
  mpfr_t x;
  hp_momentum_init_mpfr(&s, problem->gradient_program, experiment->momentum, experiment->a, h,
                        problem->start, bits);
  mpfr_init2(x, bits);
  mpfr_set_zero(result->spread, 1);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_zero(result->mean[i], 1);
  for (unsigned path = 0; path < 1u << HP_C5_STEPS; ++path) {
    if (!belongs(set, path))
      continue;
    for (size_t i = 0; i < d; ++i) {
      mpfr_set_q(s.u[i], problem->start[i], MPFR_RNDN);
      mpfr_set_zero(s.v[i], 1);
    }
    for (int n = 0; n < HP_C5_STEPS; ++n)
      noisy_step(&s, kind, path >> n & 1 ? 1 : -1, x);
    for (size_t i = 0; i < d; ++i) {
      mpfr_add(result->mean[i], result->mean[i], s.u[i], MPFR_RNDN);
      if (centre)
        mpfr_sub(x, s.u[i], centre[i], MPFR_RNDN);
      else
        mpfr_set(x, s.u[i], MPFR_RNDN);
      mpfr_fma(result->spread, x, x, result->spread, MPFR_RNDN);
    }
    ++count;
  }
  mpfr_div_ui(result->spread, result->spread, count, MPFR_RNDN);
  for (size_t i = 0; i < d; ++i) {
    mpfr_div_ui(result->mean[i], result->mean[i], count, MPFR_RNDN);
    if (!centre) {
      mpfr_sqr(x, result->mean[i], MPFR_RNDN);
      mpfr_sub(result->spread, result->spread, x, MPFR_RNDN);
    }
  }
  mpfr_clear(x);
  hp_momentum_clear_mpfr(&s);
}

/* u_10 without noise */
static void quiet(const hp_experiment *experiment, mpq_srcptr h, mpfr_t u[], mpfr_t moved) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  hp_momentum_mpfr s;
  hp_momentum_init_mpfr(&s, problem->gradient_program, experiment->momentum, experiment->a, h,
                        problem->start, mpfr_get_prec(moved));
  for (int n = 0; n < HP_C5_STEPS; ++n)
    hp_momentum_step_mpfr(&s);
  for (size_t i = 0; i < d; ++i) {
    mpfr_set(u[i], s.u[i], MPFR_RNDN);
    mpfr_sub_q(s.u[i], s.u[i], problem->start[i], MPFR_RNDN);
  }
  hp_vector_norm_mpfr(moved, d, s.u);
  hp_momentum_clear_mpfr(&s);
}

/* |mean - u|/moved */
static void gap(mpfr_t result, size_t d, mpfr_t mean[], const mpfr_t u[], const mpfr_t moved) {
  for (size_t i = 0; i < d; ++i)
    mpfr_sub(mean[i], mean[i], u[i], MPFR_RNDN);
  hp_vector_norm_mpfr(result, d, mean);
  mpfr_div(result, result, moved, MPFR_RNDN);
}

/* |x - y|/|y| */
static void relative(mpfr_t result, const mpfr_t x, const mpfr_t y) {
  mpfr_sub(result, x, y, MPFR_RNDN);
  mpfr_div(result, result, y, MPFR_RNDN);
  mpfr_abs(result, result, MPFR_RNDN);
}

/* ---- second moments, one curvature ---- */

/* h^2 s^2 sum_{j<n} G_j^2, G_j = (z_s^{j+1} - z_f^{j+1})/(z_s - z_f): G_{-1} = 0, G_0 = 1,
 * G_{j+1} = (1 + lambda - l(1+a)) G_j - (lambda - a l) G_{j-1} */
static void closed_variance(mpfr_t result, const hp_experiment *experiment, mpq_srcptr h,
                            const mpfr_t q, long n) {
  mpfr_prec_t bits = mpfr_get_prec(result);
  mpfr_t l, trace, product, now, before, next;
  mpq_t factor;
  mpq_init(factor);
  mpfr_inits2(bits, l, trace, product, now, before, next, (mpfr_ptr)0);
  mpfr_mul_q(l, q, h, MPFR_RNDN);
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, experiment->a);
  mpfr_mul_q(trace, l, factor, MPFR_RNDN);
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, experiment->momentum);
  mpfr_sub_q(trace, trace, factor, MPFR_RNDN);
  mpfr_neg(trace, trace, MPFR_RNDN);
  mpfr_mul_q(product, l, experiment->a, MPFR_RNDN);
  mpfr_sub_q(product, product, experiment->momentum, MPFR_RNDN);
  mpfr_neg(product, product, MPFR_RNDN);
  mpfr_set_zero(before, 1);
  mpfr_set_ui(now, 1, MPFR_RNDN);
  mpfr_set_zero(result, 1);
  for (long j = 0; j < n; ++j) {
    mpfr_fma(result, now, now, result, MPFR_RNDN);
    mpfr_fmms(next, trace, now, product, before, MPFR_RNDN);
    mpfr_swap(before, now);
    mpfr_swap(now, next);
  }
  mpfr_mul_q(result, result, h, MPFR_RNDN);
  mpfr_mul_q(result, result, h, MPFR_RNDN);
  mpfr_mul_d(result, result, HP_C5_NOISE * HP_C5_NOISE, MPFR_RNDN);
  mpq_clear(factor);
  mpfr_clears(l, trace, product, now, before, next, (mpfr_ptr)0);
}

/* One step of the component with curvature q, as a matrix on (u, v), the gradient times `share`:
 *     v' = lambda v - share q (u + h a v),   u' = u + h v'. */
typedef struct {
  mpfr_t uu, uv, vu, vv;
} matrix;

static void matrix_init(matrix *A, mpfr_prec_t bits) {
  mpfr_inits2(bits, A->uu, A->uv, A->vu, A->vv, (mpfr_ptr)0);
}

static void matrix_clear(matrix *A) {
  mpfr_clears(A->uu, A->uv, A->vu, A->vv, (mpfr_ptr)0);
}

static void step_matrix(matrix *A, const hp_experiment *experiment, mpq_srcptr h, const mpfr_t q,
                        double share) {
  mpfr_mul_d(A->vu, q, -share, MPFR_RNDN);
  mpfr_mul_q(A->vv, A->vu, h, MPFR_RNDN);
  mpfr_mul_q(A->vv, A->vv, experiment->a, MPFR_RNDN);
  mpfr_add_q(A->vv, A->vv, experiment->momentum, MPFR_RNDN);
  mpfr_mul_q(A->uu, A->vu, h, MPFR_RNDN);
  mpfr_add_ui(A->uu, A->uu, 1, MPFR_RNDN);
  mpfr_mul_q(A->uv, A->vv, h, MPFR_RNDN);
}

/* C := A B */
static void product(matrix *C, const matrix *A, const matrix *B) {
  mpfr_fmma(C->uu, A->uu, B->uu, A->uv, B->vu, MPFR_RNDN);
  mpfr_fmma(C->uv, A->uu, B->uv, A->uv, B->vv, MPFR_RNDN);
  mpfr_fmma(C->vu, A->vu, B->uu, A->vv, B->vu, MPFR_RNDN);
  mpfr_fmma(C->vv, A->vu, B->uv, A->vv, B->vv, MPFR_RNDN);
}

/* S := A S A^T */
static void congruence(matrix *S, const matrix *A) {
  mpfr_prec_t bits = mpfr_get_prec(S->uu);
  matrix T, transposed;
  matrix_init(&T, bits);
  matrix_init(&transposed, bits);
  product(&T, A, S);
  mpfr_set(transposed.uu, A->uu, MPFR_RNDN);
  mpfr_set(transposed.uv, A->vu, MPFR_RNDN);
  mpfr_set(transposed.vu, A->uv, MPFR_RNDN);
  mpfr_set(transposed.vv, A->vv, MPFR_RNDN);
  product(S, &T, &transposed);
  matrix_clear(&transposed);
  matrix_clear(&T);
}

static void set_matrix(matrix *to, const matrix *from) {
  mpfr_set(to->uu, from->uu, MPFR_RNDN);
  mpfr_set(to->uv, from->uv, MPFR_RNDN);
  mpfr_set(to->vu, from->vu, MPFR_RNDN);
  mpfr_set(to->vv, from->vv, MPFR_RNDN);
}

static void add_matrix(matrix *to, const matrix *from) {
  mpfr_add(to->uu, to->uu, from->uu, MPFR_RNDN);
  mpfr_add(to->uv, to->uv, from->uv, MPFR_RNDN);
  mpfr_add(to->vu, to->vu, from->vu, MPFR_RNDN);
  mpfr_add(to->vv, to->vv, from->vv, MPFR_RNDN);
}

/* E x^2 after ten steps of multiplicative noise from (x, 0): S' = (A+ S A+^T + A- S A-^T)/2 */
static void second_moment(mpfr_t result, const hp_experiment *experiment, mpq_srcptr h,
                          const mpfr_t q, const mpfr_t x) {
  mpfr_prec_t bits = mpfr_get_prec(result);
  matrix A, S, T;
  matrix_init(&A, bits);
  matrix_init(&S, bits);
  matrix_init(&T, bits);
  mpfr_sqr(S.uu, x, MPFR_RNDN);
  mpfr_set_zero(S.uv, 1);
  mpfr_set_zero(S.vu, 1);
  mpfr_set_zero(S.vv, 1);
  for (int n = 0; n < HP_C5_STEPS; ++n) {
    set_matrix(&T, &S);
    step_matrix(&A, experiment, h, q, 1.5);
    congruence(&S, &A);
    step_matrix(&A, experiment, h, q, 0.5);
    congruence(&T, &A);
    add_matrix(&S, &T);
    mpfr_div_2ui(S.uu, S.uu, 1, MPFR_RNDN);
    mpfr_div_2ui(S.uv, S.uv, 1, MPFR_RNDN);
    mpfr_div_2ui(S.vu, S.vu, 1, MPFR_RNDN);
    mpfr_div_2ui(S.vv, S.vv, 1, MPFR_RNDN);
  }
  mpfr_set(result, S.uu, MPFR_RNDN);
  matrix_clear(&T);
  matrix_clear(&S);
  matrix_clear(&A);
}

/* Stationary variance by iterating S' = A S A^T + B, doubled: S_{2n} = S_n + A^n S_n (A^n)^T. False
 * when it does not settle. */
static bool stationary_variance(mpfr_t result, const hp_experiment *experiment, mpq_srcptr h,
                                const mpfr_t q, mpfr_prec_t bits) {
  enum { MOST_DOUBLINGS = 60 };
  matrix A, S, T, power;
  bool settled = false;
  matrix_init(&A, bits);
  matrix_init(&S, bits);
  matrix_init(&T, bits);
  matrix_init(&power, bits);
  step_matrix(&A, experiment, h, q, 1);
  /* the noise enters v as s, u as h s */
  mpfr_set_d(S.vv, HP_C5_NOISE * HP_C5_NOISE, MPFR_RNDN);
  mpfr_mul_q(S.uv, S.vv, h, MPFR_RNDN);
  mpfr_set(S.vu, S.uv, MPFR_RNDN);
  mpfr_mul_q(S.uu, S.uv, h, MPFR_RNDN);
  for (int i = 0; i < MOST_DOUBLINGS && !settled; ++i) {
    set_matrix(&T, &S);
    congruence(&T, &A);
    settled = mpfr_number_p(T.uu) &&
              (mpfr_zero_p(T.uu) || mpfr_get_exp(T.uu) < mpfr_get_exp(S.uu) - bits);
    add_matrix(&S, &T);
    product(&power, &A, &A);
    set_matrix(&A, &power);
  }
  mpfr_set(result, S.uu, MPFR_RNDN);
  matrix_clear(&power);
  matrix_clear(&T);
  matrix_clear(&S);
  matrix_clear(&A);
  return settled;
}

/* (h s^2/q)(1 + lambda - a l)/[(1 - lambda + a l)(2 (1 + lambda) - l (1 + 2a))], l = hq */
static void closed_stationary(mpfr_t result, const hp_experiment *experiment, mpq_srcptr h,
                              const mpfr_t q) {
  mpfr_t al, x;
  mpq_t factor;
  mpq_init(factor);
  mpfr_inits2(mpfr_get_prec(result), al, x, (mpfr_ptr)0);
  mpfr_mul_q(al, q, h, MPFR_RNDN);
  mpfr_mul_q(al, al, experiment->a, MPFR_RNDN);
  mpq_set_ui(factor, 1, 1);
  mpq_add(factor, factor, experiment->momentum);
  mpfr_sub_q(x, al, factor, MPFR_RNDN);
  mpfr_neg(x, x, MPFR_RNDN);
  mpfr_div(result, x, q, MPFR_RNDN);
  mpfr_mul_q(result, result, h, MPFR_RNDN);
  mpfr_mul_d(result, result, HP_C5_NOISE * HP_C5_NOISE, MPFR_RNDN);
  mpfr_mul_2ui(x, al, 1, MPFR_RNDN);
  mpq_set_ui(factor, 1, 1);
  mpq_sub(factor, factor, experiment->momentum);
  mpfr_add_q(al, al, factor, MPFR_RNDN);
  mpfr_div(result, result, al, MPFR_RNDN);
  mpfr_mul_q(al, q, h, MPFR_RNDN);
  mpfr_add(x, x, al, MPFR_RNDN);
  mpq_set_ui(factor, 2, 1);
  mpq_add(factor, factor, experiment->momentum);
  mpq_add(factor, factor, experiment->momentum);
  mpfr_sub_q(x, x, factor, MPFR_RNDN);
  mpfr_neg(x, x, MPFR_RNDN);
  mpfr_div(result, result, x, MPFR_RNDN);
  mpq_clear(factor);
  mpfr_clears(al, x, (mpfr_ptr)0);
}

/* ---- one row ---- */

/* The direction (1, .., 1) has the component c_k = sum_i e_ki along e_k: sum_k c_k^2 Var_k. */
static void directed_variance(const hp_c5_measurement *m, mpq_srcptr h, long n, mpfr_t sum) {
  size_t d = m->d;
  mpfr_t part, x;
  mpfr_inits2(mpfr_get_prec(sum), part, x, (mpfr_ptr)0);
  mpfr_set_zero(sum, 1);
  for (size_t k = 0; k < d; ++k) {
    closed_variance(part, m->experiment, h, m->q[k], n);
    mpfr_set_zero(x, 1);
    for (size_t i = 0; i < d; ++i)
      mpfr_add(x, x, m->vector[i * d + k], MPFR_RNDN);
    mpfr_mul(part, part, x, MPFR_RNDN);
    mpfr_fma(sum, part, x, sum, MPFR_RNDN);
  }
  mpfr_clears(part, x, (mpfr_ptr)0);
}

static void enumerate_row(hp_c5_measurement *m, size_t row) {
  const hp_experiment *experiment = m->experiment;
  hp_c5_enumeration *e = &m->enumeration[row];
  mpq_srcptr h = experiment->step[row];
  size_t d = m->d;
  mpfr_prec_t bits = mpfr_get_prec(m->point[0]);
  mpfr_t *u = hp_vector_new_mpfr(d, bits), moved, x, sum, part;
  moments found = {.mean = hp_vector_new_mpfr(d, bits)};
  mpfr_inits2(bits, found.spread, moved, x, sum, part, (mpfr_ptr)0);
  quiet(experiment, h, u, moved);
  enumerate(experiment, h, ADDITIVE, ALL, NULL, &found);
  gap(e->mean_gap, d, found.mean, u, moved);
  directed_variance(m, h, HP_C5_STEPS, sum);
  relative(e->variance_gap, found.spread, sum);
  directed_variance(m, h, HP_C5_STEPS - 1, x);
  relative(e->variance_short, found.spread, x);
  enumerate(experiment, h, ADDITIVE, HELD, NULL, &found);
  relative(e->variance_held, found.spread, sum);
  enumerate(experiment, h, MULTIPLICATIVE, ALL, m->point, &found);
  gap(x, d, found.mean, u, moved);
  mpfr_max(e->mean_gap, e->mean_gap, x, MPFR_RNDN);
  mpfr_set_zero(sum, 1);
  for (size_t k = 0; k < d; ++k) {
    mpfr_set_zero(x, 1);
    for (size_t i = 0; i < d; ++i) {
      mpfr_sub_q(part, m->point[i], experiment->problem->start[i], MPFR_RNDN);
      mpfr_fma(x, part, m->vector[i * d + k], x, MPFR_RNDN);
    }
    second_moment(part, experiment, h, m->q[k], x);
    mpfr_add(sum, sum, part, MPFR_RNDN);
  }
  relative(e->moment_gap, found.spread, sum);
  for (size_t i = 0; i < d; ++i)
    mpfr_sub(found.mean[i], u[i], m->point[i], MPFR_RNDN);
  hp_vector_norm_mpfr(x, d, found.mean);
  mpfr_sqr(x, x, MPFR_RNDN);
  relative(e->moment_of_mean, x, sum);
  enumerate(experiment, h, MULTIPLICATIVE, BALANCED, m->point, &found);
  gap(e->without_replacement, d, found.mean, u, moved);
  relative(e->moment_without, found.spread, sum);
  enumerate(experiment, h, MULTIPLICATIVE, HELD, m->point, &found);
  gap(e->held, d, found.mean, u, moved);
  mpfr_clears(found.spread, moved, x, sum, part, (mpfr_ptr)0);
  hp_vector_free_mpfr(d, found.mean);
  hp_vector_free_mpfr(d, u);
}

static void stationary_row(hp_c5_measurement *m, size_t step) {
  const hp_experiment *experiment = m->experiment;
  mpq_srcptr h = experiment->step[step];
  size_t row = m->n_stationary;
  mpfr_prec_t bits = mpfr_get_prec(m->point[0]);
  mpfr_t part;
  bool exists = m->all_positive;
  mpfr_init2(part, bits);
  mpfr_ptr sum = m->stationary[row], more = m->uncertainty[row], closed = m->closed[row];
  mpfr_set_zero(sum, 1);
  mpfr_set_zero(more, 1);
  mpfr_set_zero(closed, 1);
  for (size_t k = 0; k < m->d && exists; ++k) {
    exists = stationary_variance(part, experiment, h, m->q[k], bits);
    mpfr_add(sum, sum, part, MPFR_RNDN);
    exists = exists && stationary_variance(part, experiment, h, m->q[k], bits + 64);
    mpfr_add(more, more, part, MPFR_RNDN);
    closed_stationary(part, experiment, h, m->q[k]);
    mpfr_add(closed, closed, part, MPFR_RNDN);
  }
  mpfr_clear(part);
  if (!exists)
    return;
  mpfr_sub(more, more, sum, MPFR_RNDA);
  mpfr_abs(more, more, MPFR_RNDA);
  mpfr_set_q(m->stationary_h[row], h, MPFR_RNDN);
  m->step[row] = step;
  ++m->n_stationary;
}

/* ---- the ensemble in double precision ---- */

/* Vigna's splitmix64: the counter walks by a fixed odd constant, the output is mixed. */
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static void noisy_path(hp_momentum_double *s, long N, uint64_t *random) {
  for (long n = 0; n < N; ++n) {
    uint64_t bits = 0;
    hp_momentum_lookahead(s->d, s->u, s->v, s->h, s->a, s->y);
    hp_tape_outputs(&s->tape.tape, s->y, s->tape.slot, s->g);
    for (size_t i = 0; i < s->d; ++i, bits >>= 1) {
      if (i % 64 == 0)
        bits = next_random(random);
      s->g[i] -= bits & 1 ? HP_C5_NOISE : -HP_C5_NOISE;
    }
    hp_momentum_step(s->d, s->u, s->v, s->g, s->lambda, s->h);
  }
}

/* Sum over the coordinates of the unbiased sample variances. */
static double sample_variance(size_t d, size_t count, const double sum[], const double squares[]) {
  double total = 0;
  for (size_t i = 0; i < d; ++i)
    total += (squares[i] - sum[i] * sum[i] / (double)count) / (double)(count - 1);
  return total;
}

/* The variance of a sum of independent +-1 has the kurtosis of a normal one or less, so its
 * estimator has at most the variance 2 V^2/(M-1), for each eigendirection. */
static void exact_variance(const hp_c5_measurement *m, hp_c5_ensemble *e) {
  mpfr_t part;
  mpfr_init2(part, 128);
  e->exact = e->deviation = 0;
  for (size_t k = 0; k < m->d; ++k) {
    closed_variance(part, m->experiment, m->experiment->step[e->step], m->q[k], e->N);
    double V = mpfr_get_d(part, MPFR_RNDN);
    e->exact += V;
    e->deviation += 2 * V * V / (HP_C5_PATHS - 1);
  }
  e->deviation = sqrt(e->deviation);
  mpfr_clear(part);
}

static bool run_ensemble(hp_c5_measurement *m, size_t step) {
  enum { ASK_EVERY = 64 };
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  hp_c5_ensemble *e = &m->ensemble[m->n_ensembles++];
  *e = (hp_c5_ensemble){.step = step, .N = hp_ladder_steps(experiment, experiment->step[step])};
  size_t d = m->d;
  uint64_t random = 20260101u + step;
  double *sum = hp_allocate(d, sizeof *sum), *squares = hp_allocate(d, sizeof *squares);
  double *u0 = hp_allocate(d, sizeof *u0);
  bool going = true;
  hp_momentum_double s;
  hp_momentum_double_init(&s, problem->gradient_program, experiment->momentum, experiment->a,
                          experiment->step[step], problem->start);
  for (size_t i = 0; i < d; ++i)
    u0[i] = s.u[i];
  for (size_t path = 0; path < HP_C5_PATHS && going; ++path) {
    for (size_t i = 0; i < d; ++i)
      s.u[i] = u0[i];
    hp_momentum_start(d, s.v);
    noisy_path(&s, e->N, &random);
    for (size_t i = 0; i < d; ++i) {
      sum[i] += s.u[i] - u0[i];
      squares[i] += (s.u[i] - u0[i]) * (s.u[i] - u0[i]);
    }
    if (path % ASK_EVERY == 0)
      going = keep_going(experiment);
  }
  e->measured = sample_variance(d, HP_C5_PATHS, sum, squares);
  exact_variance(m, e);
  hp_momentum_double_clear(&s);
  free(u0);
  free(squares);
  free(sum);
  return going;
}

/* ---- the whole ---- */

static void enumeration_init(hp_c5_enumeration *e, mpfr_prec_t bits) {
  mpfr_inits2(bits, e->mean_gap, e->without_replacement, e->held, e->variance_gap, e->moment_gap,
              e->moment_without, e->variance_held, e->variance_short, e->moment_of_mean,
              (mpfr_ptr)0);
}

static void enumeration_clear(hp_c5_enumeration *e) {
  mpfr_clears(e->mean_gap, e->without_replacement, e->held, e->variance_gap, e->moment_gap,
              e->moment_without, e->variance_held, e->variance_short, e->moment_of_mean,
              (mpfr_ptr)0);
}

bool hp_c5_measure(hp_c5_measurement *m, const hp_experiment *experiment) {
  size_t d = experiment->problem->n_params, n = experiment->n_steps;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 2 * GUARD_DIGITS) + 32;
  *m = (hp_c5_measurement){.experiment = experiment, .d = d, .n_rows = n};
  m->point = hp_vector_new_mpfr(d, bits);
  m->q = hp_vector_new_mpfr(d, bits);
  m->vector = hp_vector_new_mpfr(d * d, bits);
  m->h = hp_vector_new_mpfr(n, bits);
  m->stationary_h = hp_vector_new_mpfr(n, bits);
  m->stationary = hp_vector_new_mpfr(n, bits);
  m->closed = hp_vector_new_mpfr(n, bits);
  m->uncertainty = hp_vector_new_mpfr(n, bits);
  m->step = hp_allocate(n, sizeof *m->step);
  m->enumeration = hp_allocate(n, sizeof *m->enumeration);
  mpfr_init2(m->limit, bits);
  for (size_t i = 0; i < n; ++i)
    enumeration_init(&m->enumeration[i], bits);
  bool going = true;
  m->has_equilibrium = hp_equilibrium_find(experiment->problem, m->point, m->q, m->vector);
  m->all_positive = m->has_equilibrium && mpfr_cmp_d(m->q[0], 1e-9) > 0;
  mpfr_t part;
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  mpfr_init2(part, bits);
  mpfr_set_zero(m->limit, 1);
  mpq_set_ui(lambda_bar, 1, 1);
  mpq_sub(lambda_bar, lambda_bar, experiment->momentum);
  mpq_inv(lambda_bar, lambda_bar);
  for (size_t k = 0; k < d && m->all_positive; ++k) {
    mpfr_ui_div(part, 1, m->q[k], MPFR_RNDN);
    mpfr_mul_d(part, part, HP_C5_NOISE * HP_C5_NOISE / 2, MPFR_RNDN);
    mpfr_mul_q(part, part, lambda_bar, MPFR_RNDN);
    mpfr_add(m->limit, m->limit, part, MPFR_RNDN);
  }
  mpfr_clear(part);
  mpq_clear(lambda_bar);
  for (size_t i = 0; i < n && going && m->has_equilibrium; ++i) {
    mpfr_set_q(m->h[i], experiment->step[i], MPFR_RNDN);
    enumerate_row(m, i);
    stationary_row(m, i);
    going = keep_going(experiment);
  }
  for (size_t i = 0; i < n && i < HP_C5_ENSEMBLES && going && m->has_equilibrium; ++i)
    going = run_ensemble(m, i);
  return going;
}

void hp_c5_measurement_clear(hp_c5_measurement *m) {
  size_t d = m->d, n = m->n_rows;
  for (size_t i = 0; i < n; ++i)
    enumeration_clear(&m->enumeration[i]);
  mpfr_clear(m->limit);
  free(m->enumeration);
  free(m->step);
  hp_vector_free_mpfr(n, m->uncertainty);
  hp_vector_free_mpfr(n, m->closed);
  hp_vector_free_mpfr(n, m->stationary);
  hp_vector_free_mpfr(n, m->stationary_h);
  hp_vector_free_mpfr(n, m->h);
  hp_vector_free_mpfr(d * d, m->vector);
  hp_vector_free_mpfr(d, m->q);
  hp_vector_free_mpfr(d, m->point);
}
