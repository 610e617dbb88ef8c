#include "c2_measure.h"
#include "reference/iterate/manifold.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/momentum_double.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/series/bseries.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

/* Differences: the width is 10^-(digits/2 + WIDTH), so that its square is below digits of a curl. */
enum { WIDTH = 5, GUARD_DIGITS = 6, MORE_WIDTH = 2, CHEAP = 50, COSTLY_DIGITS = 10 };

/* ---- what the coefficients say ---- */

static const mpq_t *series_of(const hp_modified *modified, hp_c2_which which) {
  mpq_t *const all[] = {modified->manifold, modified->map, modified->field};
  return (const mpq_t *)all[which];
}

static char *pair_text(const hp_trees *trees, hp_tree u, hp_tree v) {
  char *x = hp_tree_text(trees, u), *y = hp_tree_text(trees, v);
  char *text = hp_text("b(%s o %s) != b(%s o %s)", x, y, y, x);
  free(x);
  free(y);
  return text;
}

static void apply_criterion(hp_c2_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  hp_trees *trees = hp_trees_new(HP_C2_ORDER);
  mpq_t *b = hp_bseries_new(trees);
  hp_tree u, v;
  for (hp_c2_which which = 0; which < HP_C2_FIELDS; ++which) {
    hp_c2_field *field = &m->field[which];
    if (which == HP_C2_MANIFOLD)
      hp_momentum_manifold_series(trees, b, experiment->momentum, experiment->a);
    else if (which == HP_C2_MAP)
      hp_momentum_map_series(trees, b, experiment->momentum, experiment->a);
    else
      hp_momentum_field_series(trees, b, experiment->momentum, experiment->a);
    field->fails_at = hp_bseries_not_gradient(trees, b, &u, &v);
    field->first_pair = field->fails_at ? pair_text(trees, u, v) : NULL;
  }
  hp_bseries_free(trees, b);
  hp_trees_free(trees);
}

/* curl[i d + j] = d_i X_j - d_j X_i of X = sum over |t| = order of b(t) E(t), at u_0 */
static void curl_of_terms(const hp_modified *modified, const mpq_t b[], size_t order,
                          mpfr_t *curl) {
  const hp_problem *problem = modified->problem;
  const hp_trees *trees = modified->trees;
  size_t d = problem->n_params;
  mpfr_prec_t bits = mpfr_get_prec(curl[0]);
  mpfr_t *u = hp_vector_new_mpfr(d, bits), *jacobian = hp_vector_new_mpfr(d * d, bits), x;
  mpfr_t *size = hp_vector_new_mpfr(d * d, bits);
  mpfr_init2(x, bits);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  for (size_t k = 0; k < d * d; ++k) {
    mpfr_set_zero(curl[k], 1);
    mpfr_set_zero(size[k], 1);
  }
  for (size_t t = trees->first[order]; t < trees->first[order + 1]; ++t) {
    hp_program *program = hp_modified_jacobian(modified, (hp_tree)t);
    hp_evaluator_mpfr evaluator;
    hp_evaluator_mpfr_init(&evaluator, program, bits);
    hp_evaluate_mpfr(&evaluator, u, jacobian);
    for (size_t i = 0; i < d; ++i)
      for (size_t j = 0; j < d; ++j) {
        mpfr_sub(x, jacobian[j * d + i], jacobian[i * d + j], MPFR_RNDN);
        mpfr_mul_q(x, x, b[t], MPFR_RNDN);
        mpfr_add(curl[i * d + j], curl[i * d + j], x, MPFR_RNDN);
        mpfr_mul_q(x, jacobian[j * d + i], b[t], MPFR_RNDN);
        mpfr_abs(x, x, MPFR_RNDN);
        mpfr_add(size[i * d + j], size[i * d + j], x, MPFR_RNDN);
      }
    hp_evaluator_mpfr_clear(&evaluator);
    hp_program_free(program);
  }
  /* what rounding leaves of a curl that is 0 */
  for (size_t k = 0; k < d * d; ++k) {
    mpfr_div_2ui(x, size[k], (unsigned long)bits / 2, MPFR_RNDN);
    if (mpfr_cmpabs(curl[k], x) <= 0)
      mpfr_set_zero(curl[k], 1);
  }
  mpfr_clear(x);
  hp_vector_free_mpfr(d * d, size);
  hp_vector_free_mpfr(d * d, jacobian);
  hp_vector_free_mpfr(d, u);
}

/* The component in which the field's leading curl is largest; false when there is none. */
static bool predict(hp_c2_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  size_t d = experiment->problem->n_params, order = 2;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 2 * GUARD_DIGITS);
  for (hp_c2_which which = 0; which < HP_C2_FIELDS; ++which)
    if (m->field[which].fails_at > order)
      order = m->field[which].fails_at;
  hp_modified *modified =
      hp_modified_new(experiment->problem, experiment->momentum, experiment->a, order);
  mpfr_t *curl = hp_vector_new_mpfr(d * d, bits);
  bool found = false;
  for (hp_c2_which which = HP_C2_FIELDS; which-- > 0;) {
    hp_c2_field *field = &m->field[which];
    if (!field->fails_at)
      continue;
    curl_of_terms(modified, series_of(modified, which), field->fails_at, curl);
    if (which == HP_C2_FIELD)
      for (size_t k = 0; k < d * d; ++k)
        if (mpfr_cmpabs(curl[k], curl[m->i * d + m->j]) > 0) {
          m->i = k / d;
          m->j = k % d;
        }
    mpfr_abs(field->predicted, curl[m->i * d + m->j], MPFR_RNDN);
    found = found || mpfr_sgn(field->predicted);
  }
  hp_vector_free_mpfr(d * d, curl);
  hp_modified_free(modified);
  return found;
}

/* ---- the three fields at one point ---- */

typedef struct {
  size_t d;
  hp_manifold *manifold;
  hp_momentum_mpfr orbit;
  mpfr_t *field[HP_C2_FIELDS];
  mpfr_t *difference; /* of the orbit: TERMS + 1 points, d values each */
  mpfr_t x;
} probe;

/* Differences of order above TERMS are dropped. Below the threshold of A3 an orbit contracts or grows
 * by less than 1 - sqrt(lambda) a step, which to this power is negligible. */
static size_t terms_of(const hp_experiment *experiment, double digits) {
  double ratio = 1 - sqrt(mpq_get_d(experiment->momentum));
  return 4 + (size_t)ceil(digits / -log10(ratio));
}

static void probe_init(probe *p, const hp_experiment *experiment, const mpq_t a, mpq_srcptr h,
                       const hp_manifold_options *options, size_t terms) {
  const hp_problem *problem = experiment->problem;
  mpfr_prec_t bits = options->precision_bits + (mpfr_prec_t)terms;
  p->d = problem->n_params;
  p->manifold = hp_manifold_new(problem, experiment->momentum, a, h, options);
  hp_momentum_init_mpfr(&p->orbit, problem->gradient_program, experiment->momentum, a, h,
                        problem->start, bits);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k)
    p->field[k] = hp_vector_new_mpfr(p->d, bits);
  p->difference = hp_vector_new_mpfr((terms + 1) * p->d, bits);
  mpfr_init2(p->x, bits);
}

static void probe_clear(probe *p, size_t terms) {
  hp_vector_free_mpfr((terms + 1) * p->d, p->difference);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k)
    hp_vector_free_mpfr(p->d, p->field[k]);
  mpfr_clear(p->x);
  hp_momentum_clear_mpfr(&p->orbit);
  hp_manifold_free(p->manifold);
}

/* All three at u. */
static hp_manifold_status probe_at(probe *p, const mpfr_t u[], size_t terms) {
  size_t d = p->d;
  hp_manifold_status status = hp_manifold_evaluate(p->manifold, u, p->field[HP_C2_MANIFOLD]);
  if (status != HP_MANIFOLD_FOUND)
    return status;
  for (size_t i = 0; i < d; ++i) {
    mpfr_set(p->orbit.u[i], u[i], MPFR_RNDN);
    mpfr_set(p->orbit.v[i], p->field[HP_C2_MANIFOLD][i], MPFR_RNDN);
  }
  for (size_t n = 0; n <= terms; ++n) {
    for (size_t i = 0; i < d; ++i)
      mpfr_set(p->difference[n * d + i], p->orbit.u[i], MPFR_RNDN);
    hp_momentum_step_mpfr(&p->orbit);
  }
  for (size_t i = 0; i < d; ++i)
    mpfr_set_zero(p->field[HP_C2_FIELD][i], 1);
  for (size_t k = 1; k <= terms; ++k) {
    /* difference[n] becomes Delta^k u_{n-k}, n >= k */
    for (size_t n = terms; n >= k; --n)
      for (size_t i = 0; i < d; ++i)
        mpfr_sub(p->difference[n * d + i], p->difference[n * d + i], p->difference[(n - 1) * d + i],
                 MPFR_RNDN);
    for (size_t i = 0; i < d; ++i) {
      mpfr_div(p->x, p->difference[k * d + i], p->orbit.h, MPFR_RNDN);
      if (k == 1)
        mpfr_set(p->field[HP_C2_MAP][i], p->x, MPFR_RNDN);
      mpfr_div_si(p->x, p->x, k % 2 ? (long)k : -(long)k, MPFR_RNDN);
      mpfr_add(p->field[HP_C2_FIELD][i], p->field[HP_C2_FIELD][i], p->x, MPFR_RNDN);
    }
  }
  return status;
}

/* ---- one row ---- */

typedef struct {
  mpfr_t curl[HP_C2_FIELDS], size[HP_C2_FIELDS];
} curls;

static void curls_init(curls *c, mpfr_prec_t bits) {
  for (size_t k = 0; k < HP_C2_FIELDS; ++k)
    mpfr_inits2(bits, c->curl[k], c->size[k], (mpfr_ptr)0);
}

static void curls_clear(curls *c) {
  for (size_t k = 0; k < HP_C2_FIELDS; ++k)
    mpfr_clears(c->curl[k], c->size[k], (mpfr_ptr)0);
}

/* curl += sign (X_component(u + side width e_direction))/(2 width), for each field */
static hp_manifold_status add_difference(const hp_c2_measurement *m, probe *p, const mpfr_t width,
                                         mpfr_t *u, size_t direction, size_t component, int sign,
                                         size_t terms, curls *c) {
  const hp_problem *problem = m->experiment->problem;
  hp_manifold_status status = HP_MANIFOLD_FOUND;
  mpfr_t slope[HP_C2_FIELDS];
  for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
    mpfr_init2(slope[k], mpfr_get_prec(p->x));
    mpfr_set_zero(slope[k], 1);
  }
  for (int side = 1; side >= -1 && status == HP_MANIFOLD_FOUND; side -= 2) {
    mpfr_mul_si(p->x, width, side, MPFR_RNDN);
    mpfr_add_q(u[direction], p->x, problem->start[direction], MPFR_RNDN);
    status = probe_at(p, u, terms);
    for (size_t k = 0; k < HP_C2_FIELDS && status == HP_MANIFOLD_FOUND; ++k) {
      mpfr_mul_si(p->x, p->field[k][component], side, MPFR_RNDN);
      mpfr_add(slope[k], slope[k], p->x, MPFR_RNDN);
    }
  }
  mpfr_set_q(u[direction], problem->start[direction], MPFR_RNDN);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
    mpfr_div(slope[k], slope[k], width, MPFR_RNDN);
    mpfr_div_2ui(slope[k], slope[k], 1, MPFR_RNDN);
    mpfr_mul_si(p->x, slope[k], sign, MPFR_RNDN);
    mpfr_add(c->curl[k], c->curl[k], p->x, MPFR_RNDN);
    mpfr_abs(slope[k], slope[k], MPFR_RNDN);
    mpfr_add(c->size[k], c->size[k], slope[k], MPFR_RNDN);
    mpfr_clear(slope[k]);
  }
  return status;
}

/* |d_i X_j - d_j X_i| at u_0 with differences of width 10^-(digits/2 + extra) */
static hp_manifold_status measure(const hp_c2_measurement *m, const mpq_t a, mpq_srcptr h,
                                  double extra, curls *c) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  double narrow = m->digits / 2.0 + extra, digits = m->digits + narrow + 2 * GUARD_DIGITS;
  size_t terms = terms_of(experiment, digits);
  mpfr_t low, high, l, width;
  mpfr_inits2(64, low, high, l, (mpfr_ptr)0);
  mpfr_set_d(l, mpq_get_d(h) * m->L, MPFR_RNDN);
  bool exists = hp_manifold_ratios(low, high, experiment->momentum, a, l);
  hp_manifold_options options = {
      .precision_bits = hp_decimal_bits(digits),
      .steps_back =
          10 + (long)ceil((double)hp_decimal_bits(digits) / -log2(mpfr_get_d(high, MPFR_RNDN))),
      .keep_going = experiment->keep_going,
      .context = experiment->context,
  };
  mpfr_clears(low, high, l, (mpfr_ptr)0);
  if (!exists)
    return HP_MANIFOLD_NONE;
  probe p;
  probe_init(&p, experiment, a, h, &options, terms);
  mpfr_t *u = hp_vector_new_mpfr(d, mpfr_get_prec(p.x));
  mpfr_init2(width, mpfr_get_prec(p.x));
  mpfr_set_d(width, -narrow, MPFR_RNDN);
  mpfr_exp10(width, width, MPFR_RNDN);
  for (size_t i = 0; i < d; ++i)
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
    mpfr_set_zero(c->curl[k], 1);
    mpfr_set_zero(c->size[k], 1);
  }
  hp_manifold_status status = add_difference(m, &p, width, u, m->i, m->j, 1, terms, c);
  if (status == HP_MANIFOLD_FOUND)
    status = add_difference(m, &p, width, u, m->j, m->i, -1, terms, c);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k)
    mpfr_abs(c->curl[k], c->curl[k], MPFR_RNDN);
  mpfr_clear(width);
  hp_vector_free_mpfr(d, u);
  probe_clear(&p, terms);
  return status;
}

static hp_manifold_status climb(hp_c2_measurement *m, size_t step) {
  mpq_srcptr h = m->experiment->step[step];
  size_t row = m->n_rows;
  curls c;
  curls_init(&c, mpfr_get_prec(m->h[0]));
  hp_manifold_status status = measure(m, m->experiment->a, h, WIDTH, &c);
  if (status == HP_MANIFOLD_FOUND) {
    for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
      mpfr_set(m->field[k].value[row], c.curl[k], MPFR_RNDN);
      mpfr_set(m->field[k].size[row], c.size[k], MPFR_RNDN);
    }
    mpfr_set_q(m->h[row], h, MPFR_RNDN);
    m->step[row] = step;
    ++m->n_rows;
  }
  m->n_above += status == HP_MANIFOLD_NONE;
  m->n_lost += status == HP_MANIFOLD_LOST;
  curls_clear(&c);
  return status;
}

/* The middle row again with narrower differences: ten times the change, relative to the entries of
 * the Jacobian, at every row. */
static hp_manifold_status set_uncertainties(hp_c2_measurement *m) {
  size_t middle = m->n_rows / 2;
  curls c;
  curls_init(&c, mpfr_get_prec(m->h[0]));
  hp_manifold_status status =
      measure(m, m->experiment->a, m->experiment->step[m->step[middle]], WIDTH + MORE_WIDTH, &c);
  for (size_t k = 0; k < HP_C2_FIELDS && status == HP_MANIFOLD_FOUND; ++k) {
    hp_c2_field *field = &m->field[k];
    mpfr_sub(c.curl[k], c.curl[k], field->value[middle], MPFR_RNDA);
    mpfr_abs(c.curl[k], c.curl[k], MPFR_RNDA);
    mpfr_div(c.curl[k], c.curl[k], field->size[middle], MPFR_RNDA);
    mpfr_mul_ui(c.curl[k], c.curl[k], 10, MPFR_RNDA);
    for (size_t row = 0; row < m->n_rows; ++row)
      mpfr_mul(field->uncertainty[row], field->size[row], c.curl[k], MPFR_RNDA);
  }
  curls_clear(&c);
  return status;
}

/* For a field that should be a gradient: the same with another look-ahead, which should not. */
static hp_manifold_status look_further(hp_c2_measurement *m) {
  mpq_t a;
  curls c;
  mpq_init(a);
  mpq_set_ui(a, 1, 100);
  mpq_add(a, a, m->experiment->a);
  curls_init(&c, mpfr_get_prec(m->h[0]));
  hp_manifold_status status = measure(m, a, m->experiment->step[m->step[m->n_rows - 1]], WIDTH, &c);
  mpfr_set(m->ahead, c.curl[HP_C2_MANIFOLD], MPFR_RNDN);
  mpfr_set(m->ahead_size, c.size[HP_C2_MANIFOLD], MPFR_RNDN);
  curls_clear(&c);
  mpq_clear(a);
  return status;
}

/* ---- the whole ---- */

/* L on a box that holds the first iterates of the finest step, and the problem's own box. */
static double lipschitz(const hp_experiment *experiment) {
  enum { ITERATES = 128 };
  const hp_problem *problem = experiment->problem;
  hp_region region;
  hp_momentum_double state;
  hp_region_init(&region, problem->n_params);
  hp_region_add_box(&region, problem);
  hp_momentum_double_init(&state, problem->gradient_program, experiment->momentum, experiment->a,
                          experiment->step[experiment->n_steps - 1], problem->start);
  for (size_t n = 0; n < ITERATES; ++n) {
    hp_region_add(&region, state.u);
    hp_momentum_double_step(&state);
  }
  double L = hp_region_sample(&region, problem).L;
  hp_momentum_double_clear(&state);
  hp_region_clear(&region);
  return L;
}

hp_c2_status hp_c2_measure(hp_c2_measurement *m, const hp_experiment *experiment) {
  size_t n = experiment->n_steps;
  bool is_costly = experiment->problem->gradient_program->n_instructions > CHEAP;
  *m = (hp_c2_measurement){.experiment = experiment, .digits = experiment->digits};
  if (is_costly && m->digits > COSTLY_DIGITS)
    m->digits = COSTLY_DIGITS;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 2 * GUARD_DIGITS);
  m->step = hp_allocate(n, sizeof *m->step);
  m->h = hp_vector_new_mpfr(n, bits);
  mpfr_inits2(bits, m->ahead, m->ahead_size, (mpfr_ptr)0);
  for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
    hp_c2_field *field = &m->field[k];
    mpfr_init2(field->predicted, bits);
    mpfr_set_zero(field->predicted, 1);
    field->value = hp_vector_new_mpfr(n, bits);
    field->uncertainty = hp_vector_new_mpfr(n, bits);
    field->size = hp_vector_new_mpfr(n, bits);
  }
  apply_criterion(m);
  if (!predict(m))
    return HP_C2_SYMMETRIC;
  m->L = lipschitz(experiment);
  hp_manifold_status status = HP_MANIFOLD_FOUND;
  for (size_t i = 0; i < n && status != HP_MANIFOLD_INTERRUPTED; ++i)
    status = climb(m, i);
  if (status != HP_MANIFOLD_INTERRUPTED && m->n_rows) {
    status = set_uncertainties(m);
    if (status != HP_MANIFOLD_INTERRUPTED && !m->field[HP_C2_MANIFOLD].fails_at)
      status = look_further(m);
  }
  return status == HP_MANIFOLD_INTERRUPTED ? HP_C2_INTERRUPTED : HP_C2_MEASURED;
}

void hp_c2_measurement_clear(hp_c2_measurement *m) {
  size_t n = m->experiment->n_steps;
  for (size_t k = 0; k < HP_C2_FIELDS; ++k) {
    hp_c2_field *field = &m->field[k];
    free(field->first_pair);
    hp_vector_free_mpfr(n, field->size);
    hp_vector_free_mpfr(n, field->uncertainty);
    hp_vector_free_mpfr(n, field->value);
    mpfr_clear(field->predicted);
  }
  mpfr_clears(m->ahead, m->ahead_size, (mpfr_ptr)0);
  hp_vector_free_mpfr(n, m->h);
  free(m->step);
}
