#include "power_law.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include "verify/constants.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

static void write_bound(hp_run *run, hp_row *row, mpfr_srcptr value, mpfr_srcptr bound) {
  if (mpfr_nan_p(bound))
    return;
  row->bound = hp_decimal(bound, 6, MPFR_RNDU);
  run->bound_holds = run->bound_holds && mpfr_lessequal_p(value, bound);
  free(run->bound_value);
  run->bound_value = hp_copy_text(row->bound);
}

static void write_rows(hp_run *run, const hp_power_law *law) {
  const hp_experiment *experiment = law->experiment;
  run->has_bound = run->bound_holds = law->bound && law->n_rows > 0;
  for (size_t i = 0; i < law->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    mpq_srcptr h = experiment->step[law->step[i]];
    mpfr_srcptr value = law->value[i], radius = law->radius[i];
    int digits = hp_decimal_correct(value, radius, experiment->digits);
    mpfr_t x;
    mpfr_init2(x, mpfr_get_prec(value));
    row->h = hp_rational_text(h);
    row->steps = law->steps ? law->steps[i] : hp_ladder_steps(experiment, h);
    row->value = hp_decimal(value, digits ? digits : 1, MPFR_RNDN);
    mpfr_sub(x, value, radius, MPFR_RNDD);
    row->low = hp_decimal(x, digits + 3, MPFR_RNDD);
    mpfr_add(x, value, radius, MPFR_RNDU);
    row->high = hp_decimal(x, digits + 3, MPFR_RNDU);
    if (law->in_double)
      row->double_value = hp_decimal(law->in_double[i], 17, MPFR_RNDN);
    if (law->bound)
      write_bound(run, row, value, law->bound[i]);
    mpfr_clear(x);
  }
}

static void write_constant(hp_run *run, const hp_power_law *law, const hp_order *order) {
  int digits = hp_decimal_correct(law->predicted, law->uncertainty, law->experiment->digits);
  run->constant_predicted = hp_decimal(law->predicted, digits ? digits : 1, MPFR_RNDN);
  if (!order->asymptotic) {
    run->constant_what = hp_copy_text(law->what);
    return;
  }
  run->constant_measured = hp_text("%.10g", order->constant);
  run->constant_what =
      hp_text("%s; measured: limit of %s%s, known to lie in [%.8g, %.8g]", law->what, law->quotient,
              law->measured_at ? law->measured_at : "", order->constant_low, order->constant_high);
}

static void write_controls(hp_run *run, const hp_power_law *law,
                           const hp_power_law_orders *orders) {
  double wrong = law->wrong_order > 0 ? law->wrong_order : law->expected + 1;
  hp_claim_constant_controls(run, &orders->corrected, mpfr_get_d(law->predicted, MPFR_RNDN),
                             mpfr_get_d(law->h[law->n_rows - 1], MPFR_RNDN));
  char *name = hp_text("order %g claimed", wrong);
  hp_claim_control(run, name, !hp_order_is(&orders->order, wrong),
                   hp_text("order in [%.4f, %.4f]", orders->order.low, orders->order.high));
  free(name);
}

hp_power_law_orders hp_power_law_orders_of(const hp_power_law *law) {
  mpfr_t *for_constant = law->corrected ? law->corrected : law->value;
  return (hp_power_law_orders){
      .order = hp_order_estimate(law->n_rows, law->h, law->value, law->expected),
      .corrected = hp_order_estimate(law->n_rows, law->h, for_constant, law->expected),
  };
}

hp_power_law_orders hp_power_law_write(hp_run *run, const hp_power_law *law) {
  hp_power_law_orders orders = hp_power_law_orders_of(law);
  write_rows(run, law);
  write_constant(run, law, &orders.corrected);
  if (law->n_rows >= 3) {
    hp_claim_order(run, &orders.order, law->expected);
    write_controls(run, law, &orders);
  }
  return orders;
}

void hp_power_law_judge(hp_run *run, const hp_power_law *law, const hp_power_law_orders *orders) {
  const hp_experiment *experiment = law->experiment;
  double finest = law->n_rows ? mpfr_get_d(law->h[law->n_rows - 1], MPFR_RNDN)
                              : mpq_get_d(experiment->step[experiment->n_steps - 1]);
  double regime = hp_smallness(experiment->momentum, experiment->a, finest, law->L);
  hp_judgement judgement = {
      .observable = law->quotient,
      .constant_name = law->constant_name,
      .expected = law->expected,
      .order = &orders->order,
      .corrected = &orders->corrected,
      .predicted = mpfr_get_d(law->predicted, MPFR_RNDN),
      .finest = finest,
      .smallness = law->smallness_name ? law->smallness : fabs(regime),
      .smallness_name = law->smallness_name,
      .obstacle = law->obstacle,
      .obstacle_step = law->obstacle_step,
      .note = law->note,
  };
  hp_claim_judge(run, &judgement);
}

int hp_power_law_digits(const hp_power_law *law) {
  int most = law->experiment->digits;
  int digits = hp_decimal_correct(law->predicted, law->uncertainty, most);
  for (size_t i = 0; i < law->n_rows; ++i) {
    int here = hp_decimal_correct(law->value[i], law->radius[i], most);
    digits = here < digits ? here : digits;
  }
  return digits;
}

void hp_power_law_curve(hp_run *run, const char *name, size_t n_rows, mpfr_t *h,
                        mpfr_t *const values) {
  hp_curve *curve = hp_run_add_curve(run, name);
  for (size_t i = 0; i < n_rows; ++i) {
    char *x = hp_decimal_double(mpfr_get_d(h[i], MPFR_RNDN), 17);
    char *y = hp_decimal(values[i], 6, MPFR_RNDN);
    hp_curve_add_point(curve, x, y);
    free(x);
    free(y);
  }
}

static double quotient(const mpfr_t x, const mpfr_t y) {
  mpfr_t q;
  mpfr_init2(q, 53);
  mpfr_div(q, x, y, MPFR_RNDN);
  double value = mpfr_get_d(q, MPFR_RNDN);
  mpfr_clear(q);
  return value;
}

void hp_power_law_control(hp_run *run, const char *name, size_t n_rows, mpfr_t *h, mpfr_t *right,
                          mpfr_t *wrong, double expected) {
  if (n_rows < 2) {
    hp_claim_control(run, name, true,
                     hp_text("does not reach the horizon at %s of the finest steps",
                             n_rows ? "all but one" : "any"));
    return;
  }
  size_t last = n_rows - 1;
  double fine = quotient(wrong[last], right[last]);
  double coarse = quotient(wrong[last - 1], right[last - 1]);
  double growth = log(fine / coarse) / log(quotient(h[last - 1], h[last]));
  hp_order order = hp_order_estimate(n_rows, h, wrong, expected);
  hp_claim_control(run, name, fine > 2 && growth > 0.5,
                   hp_text("order %.3f instead of %g, %.3g times as far off at the finest step",
                           order.order, expected, fine));
}
