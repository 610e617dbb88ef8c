#include "a1_certify.h"
#include "a1_measure.h"
#include "a1_text.h"
#include "power_law.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_a1 = {
    .id = "A1",
    .title = HP_A1_TITLE,
    .source = HP_A1_SOURCE,
    .statement = HP_A1_STATEMENT,
    .explain = HP_A1_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_a1_certify,
};

/* The bound C(T) in force at step h: with nu when h lambda_bar L <= 2, else for any f. */
typedef struct {
  mpfr_t any, symmetric;
  double largest_h; /* of the symmetric one: 2/(lambda_bar L) */
} bounds;

static void bounds_init(bounds *b, const hp_experiment *experiment,
                        const hp_region_constants *constants) {
  mpfr_t L, nu, B0;
  mpq_t lambda_bar;
  mpq_init(lambda_bar);
  mpfr_inits2(64, b->any, b->symmetric, L, nu, B0, (mpfr_ptr)0);
  mpfr_set_d(L, constants->L, MPFR_RNDN);
  mpfr_set_d(nu, constants->nu, MPFR_RNDN);
  mpfr_set_d(B0, constants->B0, MPFR_RNDN);
  hp_a1_bound(b->any, experiment->momentum, experiment->a, L, B0, experiment->horizon);
  hp_a1_bound_symmetric(b->symmetric, experiment->momentum, experiment->a, L, nu, B0,
                        experiment->horizon);
  hp_lambda_bar(lambda_bar, experiment->momentum);
  b->largest_h = 2 / (mpq_get_d(lambda_bar) * constants->L);
  mpq_clear(lambda_bar);
  mpfr_clears(L, nu, B0, (mpfr_ptr)0);
}

static void bounds_clear(bounds *b) {
  mpfr_clears(b->any, b->symmetric, (mpfr_ptr)0);
}

static mpfr_srcptr bound_at(const bounds *b, const mpfr_t h) {
  bool symmetric = mpfr_cmp_d(h, b->largest_h) <= 0 && mpfr_less_p(b->symmetric, b->any);
  return symmetric ? b->symmetric : b->any;
}

/* What bounds the error at each row. */
static mpfr_t *bounds_at_rows(const bounds *b, const hp_a1_measurement *m) {
  mpfr_t *const h = m->column[HP_A1_H], *result = hp_vector_new_mpfr(m->n_rows, 64);
  for (size_t i = 0; i < m->n_rows; ++i)
    mpfr_mul(result[i], bound_at(b, h[i]), h[i], MPFR_RNDU);
  return result;
}

static void write_bound(hp_run *run, const hp_a1_measurement *m, const bounds *b) {
  mpfr_srcptr value = bound_at(b, m->column[HP_A1_H][m->n_rows - 1]);
  const hp_a1_bound_text *text = &hp_a1_bound_texts[value == b->any       ? HP_A1_ANY
                                                    : m->constants.nu > 0 ? HP_A1_SYMMETRIC
                                                                          : HP_A1_CONVEX];
  char *box = hp_region_text(&m->region);
  run->bound_formula = hp_copy_text(text->formula);
  free(run->bound_value);
  run->bound_value = hp_decimal(value, 6, MPFR_RNDU);
  run->bound_inputs =
      hp_text("B0 = %.8g, L = %.8g, ν = %.8g, sampled at %zu points of the box %s that holds "
              "every point used; not enclosed",
              m->constants.B0, m->constants.L, m->constants.nu, m->constants.n_samples, box);
  run->bound_proved_by = hp_copy_text(text->proved_by);
  free(box);
}

static bool write_curves(hp_run *run, const hp_a1_measurement *m) {
  run->x_label = hp_copy_text("step size h");
  run->y_label = hp_copy_text("largest distance over 0 <= nh <= T");
  hp_power_law_curve(run, "first-order term with its initial layer", m->n_rows, m->column[HP_A1_H],
                     m->column[HP_A1_TERM]);
  hp_power_law_curve(run, "what the first-order term leaves", m->n_rows, m->column[HP_A1_H],
                     m->column[HP_A1_REMAINDER]);
  hp_power_law_curve(run, "double precision", m->n_rows, m->column[HP_A1_H],
                     m->column[HP_A1_DOUBLE_ERROR]);
  hp_power_law_curve(run, "rounding in double precision", m->n_rows, m->column[HP_A1_H],
                     m->column[HP_A1_ROUNDING]);
  return hp_a1_double_beyond(m, &run->curve[run->n_curves - 2], &run->curve[run->n_curves - 1]);
}

static double ratio(const mpfr_t a, const mpfr_t b) {
  mpfr_t q;
  mpfr_init2(q, 53);
  mpfr_div(q, a, b, MPFR_RNDN);
  double value = mpfr_get_d(q, MPFR_RNDN);
  mpfr_clear(q);
  return value;
}

/* Is the remainder at the finest step below the digits of the variants (a1_measure)? */
static bool is_nothing(const mpfr_t remainder, const hp_a1_measurement *m) {
  return ratio(remainder, m->column[HP_A1_ERROR][m->n_rows - 1]) < 1e-15;
}

/* A wrong first-order term leaves O(h) where the right one leaves O(h^2): what they leave must part
 * by a factor that is large and doubles as h is halved. Where f is constant the right term leaves
 * nothing, and a variant that leaves nothing either changes nothing: it is no control. Where the O(h)
 * does not show yet, it does at finer steps. */
static void control_of_term(hp_run *run, const hp_a1_measurement *m, const hp_a1_variant *variant) {
  size_t last = m->n_rows - 1;
  mpfr_t *const right = m->column[HP_A1_REMAINDER], *const wrong = variant->observed;
  mpfr_t *const h = m->column[HP_A1_H];
  if (is_nothing(right[last], m)) {
    if (!is_nothing(wrong[last], m))
      hp_claim_control(
          run, variant->name, true,
          hp_text("leaves %.3g, and the right term nothing", mpfr_get_d(wrong[last], MPFR_RNDN)));
    return;
  }
  double fine = ratio(wrong[last], right[last]), coarse = ratio(wrong[last - 1], right[last - 1]);
  hp_order order = hp_order_estimate(m->n_rows, h, wrong, 2);
  hp_order good = hp_order_estimate(m->n_rows, h, right, 2);
  double growth = log(fine / coarse) / log(ratio(h[last - 1], h[last]));
  char *detail = hp_text("leaves a remainder of order %.3f instead of %.3f, %.3g times as large at "
                         "the finest step",
                         order.order, good.order, fine);
  double finest = mpfr_get_d(h[last], MPFR_RNDN);
  if (fine > 2 && growth > 0.5)
    hp_claim_control(run, variant->name, true, detail);
  else
    hp_claim_control_too_coarse(run, variant->name, finest / 4, detail);
}

static void write_controls(hp_run *run, const hp_a1_measurement *m) {
  for (size_t i = 0; i < m->n_variants; ++i) {
    const hp_a1_variant *variant = &m->variant[i];
    if (!variant->other_flow) {
      control_of_term(run, m, variant);
      continue;
    }
    hp_order wrong = hp_order_estimate(m->n_rows, m->column[HP_A1_H], variant->observed, 1);
    hp_claim_control(run, variant->name, !hp_order_is(&wrong, 1),
                     hp_text("order %.3f instead of 1", wrong.order));
  }
}

/* Everything of a run whose measurement is complete; false when interrupted. */
static bool write_run(hp_run *run, const hp_a1_measurement *m) {
  if (m->n_rows == 0) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("the iterates leave every bound at every step of the ladder"));
    return true;
  }
  const hp_experiment *experiment = m->experiment;
  size_t skipped = experiment->n_steps - m->n_rows;
  char *note = skipped
                   ? hp_text("%zu steps left out, at which the iterates leave every bound", skipped)
                   : hp_copy_text("");
  char *what = hp_text("max|E| on [0,T], taken at t = %.12g", mpfr_get_d(m->at, MPFR_RNDN));
  bounds b;
  bounds_init(&b, experiment, &m->constants);
  mpfr_t *bound = isfinite(m->constants.L) ? bounds_at_rows(&b, m) : NULL;
  const hp_power_law law = {
      .experiment = experiment,
      .quotient = "E1/h",
      .constant_name = "max|E|",
      .what = what,
      .expected = 1,
      .n_rows = m->n_rows,
      .step = m->step,
      .h = m->column[HP_A1_H],
      .value = m->column[HP_A1_ERROR],
      .radius = m->column[HP_A1_RADIUS],
      .in_double = m->column[HP_A1_DOUBLE_ERROR],
      .bound = bound,
      .corrected = m->column[HP_A1_CORRECTED],
      .predicted = m->predicted,
      .uncertainty = m->radius,
      .L = m->constants.L,
      .note = note,
  };
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  if (bound) {
    write_bound(run, m, &b);
    hp_vector_free_mpfr(m->n_rows, bound);
  }
  if (m->n_rows >= 3)
    write_controls(run, m);
  hp_power_law_judge(run, &law, &orders);
  bounds_clear(&b);
  free(what);
  free(note);
  return write_curves(run, m);
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_a1_measurement m;
  const char *why = NULL;
  hp_a1_status status = hp_a1_measure(&m, experiment, &why);
  bool going = status != HP_A1_INTERRUPTED;
  if (going) {
    hp_results own = {0};
    hp_run *run = hp_claim_run(&own, experiment, "A1", "E1");
    if (status == HP_A1_NO_FLOW)
      hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(why));
    else if (status == HP_A1_AT_REST)
      hp_claim_verdict(run, HP_NOT_APPLICABLE,
                       hp_copy_text("the start is a critical point: nothing moves"));
    else
      going = write_run(run, &m);
    if (going)
      hp_results_move(results, &own);
    hp_results_clear(&own);
  }
  hp_a1_measurement_clear(&m);
  return going;
}
