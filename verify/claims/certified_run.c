#include "certified_run.h"
#include "judge.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 256, SHORT_DIGITS = 8 };

char *hp_ball_end_text(const arb_t x, int digits, bool high) {
  arf_t end;
  mpfr_t value;
  arf_init(end);
  mpfr_init2(value, (mpfr_prec_t)BITS);
  (high ? arb_get_ubound_arf : arb_get_lbound_arf)(end, x, BITS);
  arf_get_mpfr(value, end, high ? MPFR_RNDU : MPFR_RNDD);
  char *text = hp_decimal(value, digits, high ? MPFR_RNDU : MPFR_RNDD);
  mpfr_clear(value);
  arf_clear(end);
  return text;
}

char *hp_ball_middle_text(const arb_t x, int digits) {
  mpfr_t value;
  mpfr_init2(value, (mpfr_prec_t)BITS);
  arf_get_mpfr(value, arb_midref(x), MPFR_RNDN);
  char *text = hp_decimal(value, digits, MPFR_RNDN);
  mpfr_clear(value);
  return text;
}

double hp_ball_end(const arb_t x, bool high) {
  arf_t end;
  arf_init(end);
  (high ? arb_get_ubound_arf : arb_get_lbound_arf)(end, x, 64);
  double value = arf_get_d(end, high ? ARF_RND_CEIL : ARF_RND_FLOOR);
  arf_clear(end);
  return value;
}

char *hp_ball_text(const arb_t x) {
  char *low = hp_ball_end_text(x, SHORT_DIGITS, false),
       *high = hp_ball_end_text(x, SHORT_DIGITS, true);
  char *text = hp_text("[%s, %s]", low, high);
  free(low);
  free(high);
  return text;
}

/* ---- rows, order, constant ---- */

static mpq_srcptr step_of(const hp_certified_run *c, size_t i) {
  return c->experiment->step[c->step ? c->step[i] : i];
}

static void write_rows(hp_run *run, const hp_certified_run *c) {
  int digits = c->experiment->digits;
  for (size_t i = 0; i < c->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    row->h = hp_rational_text(step_of(c, i));
    row->steps = c->steps ? c->steps[i] : hp_ladder_steps(c->experiment, step_of(c, i));
    row->value = hp_ball_middle_text(c->error + i, digits);
    row->low = hp_ball_end_text(c->error + i, digits + 4, false);
    row->high = hp_ball_end_text(c->error + i, digits + 4, true);
    row->bound = c->bound ? hp_ball_end_text(c->bound + i, 6, true) : NULL;
  }
}

static void write_order(hp_run *run, const hp_certified_run *c, const hp_certified_law *law) {
  hp_order order = {.low = hp_ball_end(law->slope, false),
                    .high = hp_ball_end(law->slope, true),
                    .first_row = c->n_rows - 2,
                    .rows = 2};
  order.order = order.low + (order.high - order.low) / 2;
  hp_claim_order(run, &order, c->p);
  run->constant_predicted = hp_ball_middle_text(c->predicted, 12);
  run->constant_measured = hp_ball_middle_text(law->constant, SHORT_DIGITS);
  char *predicted = hp_ball_text(c->predicted), *limit = hp_ball_text(law->limit);
  run->constant_what =
      hp_text("%s in %s; bracket of the limit of %s: %s", c->constant, predicted, c->scaled, limit);
  free(predicted);
  free(limit);
}

/* K replaced by a wrong one: the test must refuse it. */
static void write_control(hp_run *run, const hp_certified_run *c, bool large) {
  long percent = 100 + (large ? 1 : -1) * (long)c->percent;
  char *name = hp_text("predicted constant %u %% too %s", c->percent, large ? "large" : "small");
  hp_certified_law law;
  arb_t wrong;
  arb_init(wrong);
  hp_certified_law_init(&law);
  arb_mul_si(wrong, c->predicted, percent, BITS);
  arb_div_ui(wrong, wrong, 100, BITS);
  hp_certify_law(&law, c->n_rows, c->h, c->error, c->bound, wrong, c->p, BITS);
  char *limit = hp_ball_text(law.limit), *what = hp_ball_middle_text(wrong, SHORT_DIGITS);
  char *detail = hp_text("%s against %s", what, limit);
  double finest = hp_ball_end(c->h + c->n_rows - 1, false);
  if (law.right_limit)
    hp_claim_control_too_coarse(run, name, finest / 4, detail);
  else
    hp_claim_control(run, name, true, detail);
  free(limit);
  free(what);
  hp_certified_law_clear(&law);
  arb_clear(wrong);
  free(name);
}

void hp_certified_run_write(hp_run *run, const hp_certified_run *c, const hp_certified_law *law) {
  write_rows(run, c);
  write_order(run, c, law);
  write_control(run, c, true);
  write_control(run, c, false);
}

/* ---- verdict ---- */

static void not_asymptotic(hp_run *run, double wanted_step, char *reason) {
  run->wanted_step = wanted_step;
  hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, reason);
}

static char *undecided(const hp_certified_run *c, const hp_certified_law *law,
                       const hp_control *passed) {
  if (!law->right_order)
    return hp_text("the slope interval does not settle the order");
  if (passed)
    return hp_text("the control \"%s\" is not refused yet", passed->name);
  return hp_text("%s does not bracket %s at the stated rate yet", c->scaled, c->constant);
}

void hp_certified_run_judge(hp_run *run, const hp_certified_run *c, const hp_certified_law *law) {
  double finest = hp_ball_end(c->h + c->n_rows - 1, false);
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (law->violated)
    hp_claim_verdict(
        run, HP_FAIL,
        hp_text("proved: %s(h) exceeds %s at some step", c->observable, c->bound_name));
  else if (!law->holds)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(c->unbounded));
  else if (law->right_order && law->right_limit && !passed)
    hp_claim_verdict(run, HP_PASS, NULL);
  else if (c->smallness >= HP_SMALL)
    not_asymptotic(run, finest * HP_SMALL / c->smallness,
                   hp_text("αλ̄²hL = %.3g at the finest step, and the regime is below %g",
                           c->smallness, HP_SMALL));
  else if (law->wrong_order && law->settled)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("proved: the slope at the finest steps is in [%.6g, "
                             "%.6g], not within %g of %g",
                             run->order_low, run->order_high, HP_ORDER_TOLERANCE, c->p));
  else
    not_asymptotic(run, finest / 2, undecided(c, law, passed));
}
