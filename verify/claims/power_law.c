#include "power_law.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include "verify/constants.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

static void write_rows(hp_run *run, const hp_power_law *law) {
  const hp_experiment *experiment = law->experiment;
  mpfr_t x;
  for (size_t i = 0; i < law->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    mpq_srcptr h = experiment->step[law->step[i]];
    mpfr_srcptr value = law->value[i], uncertainty = law->uncertainty[i];
    int digits = hp_decimal_correct(value, uncertainty, experiment->digits);
    mpfr_init2(x, mpfr_get_prec(value));
    row->h = hp_rational_text(h);
    row->steps = law->steps ? law->steps[i] : hp_ladder_steps(experiment, h);
    row->value = hp_decimal(value, digits ? digits : 1, MPFR_RNDN);
    mpfr_sub(x, value, uncertainty, MPFR_RNDD);
    row->low = hp_decimal(x, digits + 3, MPFR_RNDD);
    mpfr_add(x, value, uncertainty, MPFR_RNDU);
    row->high = hp_decimal(x, digits + 3, MPFR_RNDU);
    mpfr_clear(x);
  }
}

static void write_constant(hp_run *run, const hp_power_law *law, const hp_order *order) {
  int digits = hp_decimal_correct(law->predicted, law->radius, law->experiment->digits);
  run->constant_predicted = hp_decimal(law->predicted, digits ? digits : 1, MPFR_RNDN);
  if (!order->asymptotic) {
    run->constant_what = hp_copy_text(law->what);
    return;
  }
  run->constant_measured = hp_text("%.10g", order->constant);
  run->constant_what = hp_text("%s; measured: limit of %s, known to lie in [%.8g, %.8g]", law->what,
                               law->quotient, order->constant_low, order->constant_high);
}

static void write_controls(hp_run *run, const hp_power_law *law, const hp_order *order) {
  hp_claim_constant_controls(run, order, mpfr_get_d(law->predicted, MPFR_RNDN),
                             mpfr_get_d(law->h[law->n_rows - 1], MPFR_RNDN));
  char *name = hp_text("order %g claimed", law->expected + 1);
  hp_claim_control(run, name, !hp_order_is(order, law->expected + 1),
                   hp_text("order in [%.4f, %.4f]", order->low, order->high));
  free(name);
}

hp_order hp_power_law_write(hp_run *run, const hp_power_law *law) {
  hp_order order = hp_order_estimate(law->n_rows, law->h, law->value, law->expected);
  if (law->peak) {
    hp_order peak = hp_order_estimate(law->n_rows, law->h, law->peak, law->expected);
    order.constant = peak.constant;
    order.constant_low = peak.constant_low;
    order.constant_high = peak.constant_high;
  }
  write_rows(run, law);
  write_constant(run, law, &order);
  if (law->n_rows >= 3) {
    hp_claim_order(run, &order, law->expected);
    write_controls(run, law, &order);
  }
  return order;
}

void hp_power_law_judge(hp_run *run, const hp_power_law *law, const hp_order *order) {
  const hp_experiment *experiment = law->experiment;
  double finest = law->n_rows ? mpfr_get_d(law->h[law->n_rows - 1], MPFR_RNDN)
                              : mpq_get_d(experiment->step[experiment->n_steps - 1]);
  hp_judgement judgement = {
      .observable = law->quotient,
      .constant_name = law->constant_name,
      .expected = law->expected,
      .order = order,
      .corrected = order,
      .predicted = mpfr_get_d(law->predicted, MPFR_RNDN),
      .finest = finest,
      .smallness = hp_smallness(experiment->momentum, experiment->a, finest, law->L),
      .note = law->note,
  };
  hp_claim_judge(run, &judgement);
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
