#include "descent.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include <math.h>
#include <stdlib.h>

/* One of w_+ and w_-, all coordinates. */
typedef struct {
  mpfr_t *w, *previous;
  mpfr_t *a; /* owned by the limit */
  bool plus;
} half;

typedef struct {
  const hp_diagonal_descent_options *options;
  hp_diagonal_limit *limit;
  hp_diagonal_matrix matrix;
  half half[2];
  mpfr_t *theta, *g, *row;
  mpfr_t gamma, beta, rest, next, rho, inverse, q, x, tolerance;
  unsigned long random;
  double fastest; /* |rho - 1| (1-beta)/gamma of the last step */
} walk;

static void walk_init(walk *w, hp_diagonal_limit *limit, const hp_diagonal_network *network,
                      const hp_diagonal_descent_options *options) {
  size_t d = network->d;
  mpfr_prec_t bits = mpfr_get_prec(limit->loss);
  *w = (walk){.options = options, .limit = limit, .random = options->seed};
  hp_diagonal_matrix_init(&w->matrix, network, bits);
  for (int i = 0; i < 2; ++i) {
    half *h = &w->half[i];
    h->w = hp_vector_new_mpfr(d, bits);
    h->previous = hp_vector_new_mpfr(d, bits);
    h->a = i ? limit->a_minus : limit->a_plus;
    h->plus = !i;
  }
  hp_diagonal_limit_start(limit, network, w->half[0].w, w->half[1].w);
  for (int i = 0; i < 2; ++i)
    for (size_t j = 0; j < d; ++j)
      mpfr_set(w->half[i].previous[j], w->half[i].w[j], MPFR_RNDN);
  w->theta = hp_vector_new_mpfr(d, bits);
  w->g = hp_vector_new_mpfr(d, bits);
  w->row = hp_vector_new_mpfr(d, bits);
  mpfr_inits2(bits, w->gamma, w->beta, w->rest, w->next, w->rho, w->inverse, w->q, w->x,
              (mpfr_ptr)0);
  mpfr_init2(w->tolerance, 53);
  mpfr_set_q(w->gamma, options->gamma, MPFR_RNDN);
  mpfr_set_q(w->beta, options->beta, MPFR_RNDN);
  mpfr_ui_sub(w->rest, 1, w->beta, MPFR_RNDN);
  mpfr_set_d(w->tolerance, -(options->digits + 6), MPFR_RNDN);
  mpfr_exp10(w->tolerance, w->tolerance, MPFR_RNDN);
}

static void walk_clear(walk *w) {
  size_t d = w->limit->d;
  mpfr_clears(w->gamma, w->beta, w->rest, w->next, w->rho, w->inverse, w->q, w->x, w->tolerance,
              (mpfr_ptr)0);
  hp_vector_free_mpfr(d, w->row);
  hp_vector_free_mpfr(d, w->g);
  hp_vector_free_mpfr(d, w->theta);
  for (int i = 0; i < 2; ++i) {
    hp_vector_free_mpfr(d, w->half[i].previous);
    hp_vector_free_mpfr(d, w->half[i].w);
  }
  hp_diagonal_matrix_clear(&w->matrix);
}

/* The gradient of the rows drawn, in place of the full one. */
static void draw(walk *w) {
  size_t d = w->limit->d, batch = w->options->batch;
  for (size_t j = 0; j < d; ++j)
    mpfr_set_zero(w->g[j], 1);
  for (size_t b = 0; b < batch; ++b) {
    w->random = (1103515245UL * w->random + 12345UL) & 0x7fffffffUL;
    hp_diagonal_row_gradient_mpfr(&w->matrix, (w->random >> 16) % w->matrix.n, w->theta, w->row);
    for (size_t j = 0; j < d; ++j)
      mpfr_add(w->g[j], w->g[j], w->row[j], MPFR_RNDN);
  }
  for (size_t j = 0; j < d; ++j)
    mpfr_div_ui(w->g[j], w->g[j], batch, MPFR_RNDN);
}

/* q = Q_beta(rho)/(1-beta), inverse = 1/rho, in the form asked for. */
static void term(walk *w, const mpfr_t inverse) {
  hp_diagonal_form form = w->options->form;
  mpfr_sub_ui(w->q, w->rho, 1, MPFR_RNDN);
  if (form == HP_Q_QUADRATIC) {
    mpfr_sqr(w->q, w->q, MPFR_RNDN);
    mpfr_add_ui(w->x, w->beta, 1, MPFR_RNDN);
    mpfr_mul(w->q, w->q, w->x, MPFR_RNDN);
    mpfr_div_2ui(w->q, w->q, 1, MPFR_RNDN);
    mpfr_div(w->q, w->q, w->rest, MPFR_RNDN);
    return;
  }
  if (form == HP_Q_EXACT) {
    mpfr_ui_sub(w->x, 1, inverse, MPFR_RNDN);
    mpfr_mul(w->x, w->x, w->beta, MPFR_RNDN);
    mpfr_sub(w->q, w->q, w->x, MPFR_RNDN);
    mpfr_div(w->q, w->q, w->rest, MPFR_RNDN);
  }
  mpfr_abs(w->x, w->rho, MPFR_RNDN);
  mpfr_log(w->x, w->x, MPFR_RNDN);
  mpfr_sub(w->q, w->q, w->x, MPFR_RNDN);
}

/* a_j += Q_beta(rho)/(1-beta) for the step from w to next */
static void add_term(walk *w, half *h, size_t j) {
  mpfr_div(w->rho, w->next, h->w[j], MPFR_RNDN);
  mpfr_div(w->inverse, h->w[j], w->next, MPFR_RNDN);
  term(w, w->inverse);
  mpfr_add(h->a[j], h->a[j], w->q, MPFR_RNDN);
  double rho = mpfr_get_d(w->rho, MPFR_RNDN);
  w->limit->least_ratio = fmin(w->limit->least_ratio, rho);
  w->limit->crossings += rho < 0;
  mpfr_sub_ui(w->rho, w->rho, 1, MPFR_RNDN);
  mpfr_mul(w->rho, w->rho, w->rest, MPFR_RNDN);
  mpfr_div(w->rho, w->rho, w->gamma, MPFR_RNDN);
  w->fastest = fmax(w->fastest, fabs(mpfr_get_d(w->rho, MPFR_RNDA)));
}

static void step(walk *w, half *h) {
  for (size_t j = 0; j < w->limit->d; ++j) {
    mpfr_sub(w->q, h->w[j], h->previous[j], MPFR_RNDN);
    mpfr_mul(w->q, w->q, w->beta, MPFR_RNDN);
    mpfr_add(w->next, h->w[j], w->q, MPFR_RNDN);
    mpfr_mul(w->q, h->w[j], w->g[j], MPFR_RNDN);
    mpfr_mul(w->q, w->q, w->gamma, MPFR_RNDN);
    if (h->plus)
      mpfr_sub(w->next, w->next, w->q, MPFR_RNDN);
    else
      mpfr_add(w->next, w->next, w->q, MPFR_RNDN);
    add_term(w, h, j);
    mpfr_set(h->previous[j], h->w[j], MPFR_RNDN);
    mpfr_set(h->w[j], w->next, MPFR_RNDN);
  }
}

/* max |g_j| */
static double largest(const walk *w) {
  double most = 0;
  for (size_t j = 0; j < w->limit->d; ++j) {
    double size = fabs(mpfr_get_d(w->g[j], MPFR_RNDN));
    most = size <= most ? most : size;
  }
  return most;
}

static hp_diagonal_status iterate(walk *w) {
  enum { ASK_EVERY = 256, DEFAULT_STEPS = 1000000 };
  const hp_diagonal_descent_options *options = w->options;
  hp_diagonal_limit *limit = w->limit;
  long most = options->max_steps ? options->max_steps : DEFAULT_STEPS;
  double tolerance = mpfr_get_d(w->tolerance, MPFR_RNDN);
  limit->least_ratio = 1;
  w->fastest = INFINITY;
  for (;; ++limit->steps) {
    hp_diagonal_theta_mpfr(&w->matrix, w->half[0].w, w->half[1].w, w->theta);
    hp_diagonal_gradient_mpfr(&w->matrix, w->theta, w->g);
    double size = largest(w);
    if (!isfinite(size))
      return HP_DIAGONAL_DIVERGED;
    if (size <= tolerance && (w->fastest <= tolerance || limit->steps == 0)) {
      limit->converged = true;
      return HP_DIAGONAL_RESTED;
    }
    if (limit->steps == most)
      return HP_DIAGONAL_MOVING;
    if (limit->steps % ASK_EVERY == 0 && options->keep_going &&
        !options->keep_going(options->context))
      return HP_DIAGONAL_INTERRUPTED;
    if (options->batch)
      draw(w);
    limit->largest_gradient = fmax(limit->largest_gradient, options->batch ? largest(w) : size);
    if (options->visit)
      options->visit(options->place, limit->steps, w->theta, w->g);
    w->fastest = 0;
    for (int i = 0; i < 2; ++i)
      step(w, &w->half[i]);
  }
}

hp_diagonal_status hp_diagonal_descend(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                                       const hp_diagonal_descent_options *options) {
  walk w;
  walk_init(&w, limit, network, options);
  hp_diagonal_status status = iterate(&w);
  hp_diagonal_limit_finish(limit, network, w.half[0].w, w.half[1].w);
  hp_diagonal_loss_mpfr(&w.matrix, limit->loss);
  mpfr_div(limit->time, w.gamma, w.rest, MPFR_RNDN);
  mpfr_mul_si(limit->time, limit->time, limit->steps, MPFR_RNDN);
  walk_clear(&w);
  return status;
}

void hp_diagonal_mass(mpq_t lambda, mpq_t lambda_eff, const mpq_t gamma, const mpq_t beta) {
  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  mpq_sub(lambda, one, beta);
  mpq_mul(lambda, lambda, lambda);
  mpq_div(lambda, gamma, lambda);
  mpq_add(lambda_eff, one, beta);
  mpq_mul(lambda_eff, lambda_eff, lambda);
  mpq_div_2exp(lambda_eff, lambda_eff, 1);
  mpq_clear(one);
}

mpfr_prec_t hp_diagonal_bits(double digits) {
  enum { GUARD_DIGITS = 20 }; /* six that the rest asks for, ten for the sums, four more */
  return (mpfr_prec_t)ceil((digits + GUARD_DIGITS) * 3.3219280948873626);
}
