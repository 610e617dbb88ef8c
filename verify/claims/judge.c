#include "judge.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

/* enough: a step that would do, 0 when none is known */
static void not_asymptotic(hp_run *run, const hp_judgement *j, char *why, double enough) {
  if (!(enough > 0)) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, hp_text("%s%s%s", why, *j->note ? "; " : "", j->note));
    free(why);
    return;
  }
  char *step = hp_decimal_power_of_two(enough);
  run->wanted_step = enough;
  hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                   hp_text("%s: a ladder that ends at %s or finer would do%s%s", why, step,
                           *j->note ? "; " : "", j->note));
  free(step);
  free(why);
}

static void fail(hp_run *run, const hp_judgement *j, char *why) {
  hp_claim_verdict(run, HP_FAIL, hp_text("%s%s%s", why, *j->note ? "; " : "", j->note));
  free(why);
}

/* Where HP_ORDER_ROWS halvings below the coarsest row, or the regime, is reached. */
static double enough_rows(const hp_run *run, const hp_judgement *j) {
  return ldexp(j->finest, (int)run->n_rows - HP_ORDER_ROWS);
}

/* Is the constant known to 1 %, which the controls ask for? */
static bool is_resolved(const hp_judgement *j) {
  const double RESOLUTION = 0.01;
  return j->corrected->constant_high - j->corrected->constant_low <= RESOLUTION * j->predicted;
}

static bool is_within_trend(const hp_judgement *j) {
  return j->predicted >= j->corrected->constant_low - j->corrected->constant_trend &&
         j->predicted <= j->corrected->constant_high + j->corrected->constant_trend;
}

void hp_claim_judge(hp_run *run, const hp_judgement *j) {
  bool right_order = hp_order_is(j->order, j->expected);
  bool right_constant = hp_order_constant_is(j->corrected, j->predicted);
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (run->has_bound && !run->bound_holds)
    fail(run, j, hp_text("a value is above the bound %s", run->bound_formula));
  else if (run->n_rows < HP_ORDER_ROWS)
    not_asymptotic(run, j,
                   hp_text("%zu step sizes, and an order with its uncertainty needs %d",
                           run->n_rows, HP_ORDER_ROWS),
                   enough_rows(run, j));
  else if (right_order && right_constant && !passed)
    hp_claim_verdict(run, HP_PASS, hp_copy_text(j->note));
  else if (j->smallness >= HP_SMALL)
    not_asymptotic(run, j,
                   hp_text("%s = %.3g at the finest step, and the regime begins below %g",
                           j->smallness_name ? j->smallness_name : "αλ̄²hL", j->smallness, HP_SMALL),
                   j->finest * HP_SMALL / j->smallness);
  else if (j->obstacle)
    not_asymptotic(run, j, hp_copy_text(j->obstacle), j->obstacle_step);
  else if (!j->order->asymptotic && j->order->asymptotic_below > 0)
    not_asymptotic(run, j,
                   hp_text("the successive orders have not settled: [%.3f, %.3f]", j->order->low,
                           j->order->high),
                   j->order->asymptotic_below);
  else if (!right_order && hp_order_may_be(j->order, j->expected))
    not_asymptotic(run, j,
                   hp_text("the order is in [%.4f, %.4f], which does not settle whether it is "
                           "within %g of %g",
                           j->order->low, j->order->high, HP_ORDER_TOLERANCE, j->expected),
                   j->finest / 4);
  else if (right_order && right_constant && !is_resolved(j))
    not_asymptotic(run, j,
                   hp_text("the limit of %s is only known to lie in [%.6g, %.6g]", j->observable,
                           j->corrected->constant_low, j->corrected->constant_high),
                   j->finest / 2);
  else if (right_order && !right_constant && is_within_trend(j))
    not_asymptotic(
        run, j,
        hp_text("%s tends to [%.8g, %.8g], which misses %s = %.8g by less than the trend "
                "%.3g that is left at the finest step",
                j->observable, j->corrected->constant_low, j->corrected->constant_high,
                j->constant_name, j->predicted, j->corrected->constant_trend),
        j->finest / 2);
  else if (!right_order)
    fail(run, j,
         hp_text("order in [%.4f, %.4f], not within %g of %g", j->order->low, j->order->high,
                 HP_ORDER_TOLERANCE, j->expected));
  else if (!right_constant)
    fail(run, j,
         hp_text("%s tends to [%.8g, %.8g], not to %s = %.8g", j->observable,
                 j->corrected->constant_low, j->corrected->constant_high, j->constant_name,
                 j->predicted));
  else if (passed->wanted_step > 0)
    not_asymptotic(run, j, hp_text("the control \"%s\" has no power at these steps", passed->name),
                   passed->wanted_step);
  else
    fail(run, j, hp_text("the control \"%s\" passes", passed->name));
}

void hp_claim_constant_controls(hp_run *run, const hp_order *corrected, double predicted,
                                double finest) {
  static const struct {
    const char *name;
    double factor;
  } constant[] = {{"predicted constant 1 % too large", 1.01},
                  {"predicted constant 1 % too small", 0.99}};
  for (size_t i = 0; i < 2; ++i) {
    double wrong = constant[i].factor * predicted;
    bool right_too = hp_order_constant_is(corrected, predicted);
    char *detail = hp_text("%.6g against [%.6g, %.6g]", wrong, corrected->constant_low,
                           corrected->constant_high);
    if (hp_order_constant_is(corrected, wrong) && right_too)
      hp_claim_control_too_coarse(run, constant[i].name, finest / 4, detail);
    else
      hp_claim_control(run, constant[i].name, !hp_order_constant_is(corrected, wrong), detail);
  }
}
