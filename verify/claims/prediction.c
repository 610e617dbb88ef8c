#include "prediction.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 6, CHECK_DIGITS = 4, ATTEMPTS = 4 };

/* ---- constants ---- */

/* The constant from one trajectory, and where it is taken. */
static void limit_of(mpfr_t limit, mpfr_t at, long *at_n, const hp_prediction *p,
                     hp_slow_terms *terms) {
  *at_n = 0;
  if (p->observable->order == 1)
    hp_layer_limit(limit, at, at_n, terms, p->layer);
  else
    hp_second_order_limit(limit, at, terms, p->e, p->from);
}

static void on_grid(const hp_prediction *p, hp_slow_terms *terms, const mpfr_t at) {
  const hp_experiment *experiment = terms->experiment;
  for (size_t i = 0; i < experiment->n_steps; ++i) {
    mpq_srcptr h = experiment->step[i];
    mpfr_ptr value = p->observable->on_grid[i];
    if (p->observable->order == 1)
      hp_layer_on_grid(value, terms, p->layer, at, h);
    else
      hp_second_order_on_grid(value, terms, p->e, p->from, at, h);
  }
}

/* ---- what keeps a ladder out of the regime ---- */

/* The coarsest step that enters the order, HP_ORDER_FIT rows from the end. */
static double coarsest_used(const hp_experiment *experiment) {
  enum { HP_ORDER_FIT = 4 };
  size_t n = experiment->n_steps;
  return mpq_get_d(experiment->step[n < HP_ORDER_FIT ? 0 : n - HP_ORDER_FIT]);
}

static void obstruct(hp_observable *o, const hp_experiment *experiment, double coarsest,
                     char *obstacle) {
  double finest = mpq_get_d(experiment->step[experiment->n_steps - 1]);
  free(o->obstacle);
  o->obstacle = obstacle;
  o->obstacle_step = coarsest * finest / coarsest_used(experiment);
}

/* Order 2, late: h |layer| at n = from/h must be small beside constant h^2. */
static void layer_obstacle(const hp_prediction *p, const hp_slow_terms *terms) {
  const double SMALL = 1e-3;
  double constant = mpfr_get_d(p->observable->predicted, MPFR_RNDN);
  double from = mpq_get_d(p->from), h = coarsest_used(terms->experiment), share = 0;
  bool obstructed = false;
  for (int i = 0; i < 60; ++i, h /= 2) {
    double left = hp_layer_left(terms, p->layer, from / h) / (h * constant);
    if (i == 0) {
      share = left;
      obstructed = left > SMALL;
    }
    if (left <= SMALL)
      break;
  }
  if (obstructed)
    obstruct(p->observable, terms->experiment, h,
             hp_text("the initial layer has not died out at t = %.4g: it weighs %.3g times the "
                     "second-order term at h = %.3g",
                     from, share, coarsest_used(terms->experiment)));
}

/* Order 1 with a small constant: the second-order term must be smaller, at h < constant/max|e|. */
static void crossover_obstacle(const hp_prediction *p, hp_slow_terms *terms) {
  mpq_t zero;
  mpfr_t most, at;
  mpq_init(zero);
  mpfr_inits2(hp_trajectory_precision(terms->flow), most, at, (mpfr_ptr)0);
  hp_second_order_limit(most, at, terms, p->e, zero);
  double crossover = mpfr_get_d(p->observable->predicted, MPFR_RNDN) / mpfr_get_d(most, MPFR_RNDN);
  if (crossover < coarsest_used(terms->experiment))
    obstruct(p->observable, terms->experiment, crossover,
             hp_text("the layer outweighs the second-order term only below h = %.3g", crossover));
  mpfr_clears(most, at, (mpfr_ptr)0);
  mpq_clear(zero);
}

/* ---- one attempt ---- */

/* The digits that the constant lacks. */
static int predict_one(const hp_prediction *p, hp_slow_terms *terms, hp_slow_terms *check) {
  hp_observable *o = p->observable;
  mpfr_t at;
  long at_n;
  mpfr_init2(at, hp_trajectory_precision(check->flow));
  limit_of(o->radius, at, &at_n, p, terms);
  limit_of(o->predicted, at, &at_n, p, check);
  mpfr_sub(o->radius, o->predicted, o->radius, MPFR_RNDA);
  mpfr_abs(o->radius, o->radius, MPFR_RNDA);
  free(o->what);
  o->peak_n = at_n;
  o->what = at_n ? hp_text("%s, taken in the layer at n = %ld", p->quantity, at_n)
                 : hp_text("%s, taken at t = %.12g", p->quantity, mpfr_get_d(at, MPFR_RNDN));
  int lacks = 0;
  if (mpfr_sgn(o->predicted) > 0) {
    lacks = terms->experiment->digits -
            hp_decimal_correct(o->predicted, o->radius, terms->experiment->digits);
    on_grid(p, check, at);
    if (o->order == 2 && p->layer)
      layer_obstacle(p, check);
    if (o->order == 1 && p->e)
      crossover_obstacle(p, check);
  }
  mpfr_clear(at);
  return lacks;
}

static hp_prediction_status attempt(const hp_experiment *experiment, hp_prediction prediction[],
                                    size_t n, double digits, mpfr_t f0_norm, const char **why,
                                    int *missing) {
  hp_slow_terms terms, check;
  hp_prediction_status result = HP_PREDICTED;
  hp_taylor_status status = hp_slow_terms_open(&terms, experiment, digits);
  mpfr_set(f0_norm, terms.f0_norm, MPFR_RNDN);
  *missing = 0;
  if (status == HP_TAYLOR_DONE && mpfr_zero_p(f0_norm)) {
    result = HP_PREDICTION_AT_REST;
  } else if (status == HP_TAYLOR_DONE) {
    status = hp_slow_terms_open(&check, experiment, digits + CHECK_DIGITS);
    for (size_t k = 0; k < n && status == HP_TAYLOR_DONE; ++k) {
      int lacks = predict_one(&prediction[k], &terms, &check);
      *missing = lacks > *missing ? lacks : *missing;
    }
    hp_slow_terms_clear(&check);
  }
  if (status == HP_TAYLOR_INTERRUPTED)
    result = HP_PREDICTION_INTERRUPTED;
  else if (status != HP_TAYLOR_DONE) {
    *why = hp_taylor_status_text(status);
    result = HP_PREDICTION_NO_FLOW;
  }
  hp_slow_terms_clear(&terms);
  return result;
}

hp_prediction_status hp_predict(const hp_experiment *experiment, hp_prediction prediction[],
                                size_t n, mpfr_t f0_norm, const char **why) {
  double digits = experiment->digits + GUARD_DIGITS;
  for (int i = 1;; ++i) {
    int missing;
    hp_prediction_status status =
        attempt(experiment, prediction, n, digits, f0_norm, why, &missing);
    if (status != HP_PREDICTED || missing == 0 || i == ATTEMPTS)
      return status;
    digits += missing + GUARD_DIGITS / 2;
  }
}
