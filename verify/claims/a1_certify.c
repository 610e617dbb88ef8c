#include "a1_certify.h"
#include "a1_text.h"
#include "judge.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 256, SHORT_DIGITS = 8 };

/* The end of the ball on the given side, rounded outwards. */
static char *end_text(const arb_t x, int digits, bool high) {
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

static char *middle_text(const arb_t x, int digits) {
  mpfr_t value;
  mpfr_init2(value, (mpfr_prec_t)BITS);
  arf_get_mpfr(value, arb_midref(x), MPFR_RNDN);
  char *text = hp_decimal(value, digits, MPFR_RNDN);
  mpfr_clear(value);
  return text;
}

static double end_double(const arb_t x, bool high) {
  arf_t end;
  arf_init(end);
  (high ? arb_get_ubound_arf : arb_get_lbound_arf)(end, x, 64);
  double value = arf_get_d(end, high ? ARF_RND_CEIL : ARF_RND_FLOOR);
  arf_clear(end);
  return value;
}

static char *interval_text(const arb_t x) {
  char *low = end_text(x, SHORT_DIGITS, false), *high = end_text(x, SHORT_DIGITS, true);
  char *text = hp_text("[%s, %s]", low, high);
  free(low);
  free(high);
  return text;
}

static void write_rows(hp_run *run, const hp_a1_enclosed *m) {
  int digits = m->experiment->digits;
  for (size_t i = 0; i < m->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    row->h = hp_rational_text(m->experiment->step[i]);
    row->steps = hp_ladder_steps(m->experiment, m->experiment->step[i]);
    row->value = middle_text(m->error + i, digits);
    row->low = end_text(m->error + i, digits + 4, false);
    row->high = end_text(m->error + i, digits + 4, true);
    row->bound = end_text(m->bound + i, 6, true);
  }
}

static void write_bound(hp_run *run, const hp_a1_enclosed *m, const hp_certified_law *law) {
  const hp_enclosed_constants *c = &m->constants;
  size_t last = m->n_rows - 1;
  arb_t C;
  arb_init(C);
  arb_div(C, m->bound + last, m->h + last, BITS);
  char *B0 = interval_text(c->B0), *L = interval_text(c->L), *nu = interval_text(c->nu);
  run->has_bound = true;
  run->bound_holds = law->holds;
  const hp_a1_bound_text *text = &hp_a1_bound_texts[!m->symmetric[last]  ? HP_A1_ANY
                                                    : arb_is_zero(c->nu) ? HP_A1_CONVEX
                                                                         : HP_A1_SYMMETRIC];
  run->bound_formula = hp_copy_text(text->formula);
  run->bound_value = end_text(C, 6, true);
  run->bound_inputs = hp_text("B0 in %s, L in %s, ν in %s, proved over a box that provably holds "
                              "the flow and every u_n, p_n, y_n",
                              B0, L, nu);
  run->bound_proved_by = hp_copy_text(text->proved_by);
  free(B0);
  free(L);
  free(nu);
  arb_clear(C);
}

static void write_order(hp_run *run, const hp_a1_enclosed *m, const hp_certified_law *law) {
  hp_order order = {.low = end_double(law->slope, false),
                    .high = end_double(law->slope, true),
                    .first_row = m->n_rows - 2,
                    .rows = 2};
  order.order = order.low + (order.high - order.low) / 2;
  hp_claim_order(run, &order, 1);
  run->constant_predicted = middle_text(m->predicted, 12);
  run->constant_measured = middle_text(law->constant, SHORT_DIGITS);
  char *predicted = interval_text(m->predicted), *limit = interval_text(law->limit);
  run->constant_what =
      hp_text("max|E| on [0,T] in %s; bracket of the limit of E1/h: %s", predicted, limit);
  free(predicted);
  free(limit);
}

/* max|E| replaced by a wrong one: the test must refuse it. */
static void write_control(hp_run *run, const hp_a1_enclosed *m, const char *name, long percent) {
  hp_certified_law law;
  arb_t wrong;
  arb_init(wrong);
  hp_certified_law_init(&law);
  arb_mul_si(wrong, m->predicted, percent, BITS);
  arb_div_ui(wrong, wrong, 100, BITS);
  hp_certify_law(&law, m->n_rows, m->h, m->error, m->bound, wrong, 1, BITS);
  char *limit = interval_text(law.limit), *what = middle_text(wrong, SHORT_DIGITS);
  char *detail = hp_text("%s against %s", what, limit);
  double finest = end_double(m->h + m->n_rows - 1, false);
  if (law.right_limit)
    hp_claim_control_too_coarse(run, name, finest / 4, detail);
  else
    hp_claim_control(run, name, true, detail);
  free(limit);
  free(what);
  hp_certified_law_clear(&law);
  arb_clear(wrong);
}

static void not_asymptotic(hp_run *run, double wanted_step, char *reason) {
  run->wanted_step = wanted_step;
  hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, reason);
}

static void judge(hp_run *run, const hp_a1_enclosed *m, const hp_certified_law *law) {
  const hp_experiment *experiment = m->experiment;
  double finest = end_double(m->h + m->n_rows - 1, false), L = end_double(m->constants.L, true);
  double small = fabs(hp_smallness(experiment->momentum, experiment->a, finest, L));
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (law->violated)
    hp_claim_verdict(run, HP_FAIL, hp_text("proved: E1(h) exceeds C(T) h at some step"));
  else if (!law->holds)
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_text("B0 and L have no finite bound on the box of flow and iterates"));
  else if (law->right_order && law->right_limit && !passed)
    hp_claim_verdict(run, HP_PASS, NULL);
  else if (small >= HP_SMALL)
    not_asymptotic(
        run, finest * HP_SMALL / small,
        hp_text("αλ̄²hL = %.3g at the finest step, and the regime is below %g", small, HP_SMALL));
  else if (law->wrong_order && law->settled)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("proved: the slope at the finest steps is in [%.6g, "
                             "%.6g], not within %g of 1",
                             run->order_low, run->order_high, HP_ORDER_TOLERANCE));
  else
    not_asymptotic(run, finest / 2,
                   hp_text("%s", !law->right_order ? "the slope interval does not settle the order"
                                 : passed          ? "a constant 1 % off is not refused yet"
                                                   : "E1/h does not bracket max|E| at the stated "
                                                     "rate yet"));
}

static void write_certificate(hp_run *run, const hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  if (!experiment->certificates)
    return;
  json_t *json = hp_a1_certificate(m);
  char *path = hp_text("%s/A1-%s-%s.json", experiment->certificates, experiment->problem->name,
                       experiment->method);
  char *temporary = hp_text("%s.part", path);
  bool written =
      json_dump_file(json, temporary, JSON_INDENT(1)) == 0 && rename(temporary, path) == 0;
  if (!written)
    hp_claim_verdict(run, HP_ERROR, hp_text("the certificate %s cannot be written", path));
  free(temporary);
  free(path);
  json_decref(json);
}

static void write_run(hp_run *run, const hp_a1_enclosed *m) {
  if (m->n_rows < 3) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, hp_text("fewer than 3 steps"));
    return;
  }
  hp_certified_law law;
  hp_certified_law_init(&law);
  hp_certify_law(&law, m->n_rows, m->h, m->error, m->bound, m->predicted, 1, BITS);
  write_rows(run, m);
  write_bound(run, m, &law);
  write_order(run, m, &law);
  write_control(run, m, "predicted constant 1 % too large", 101);
  write_control(run, m, "predicted constant 1 % too small", 99);
  judge(run, m, &law);
  write_certificate(run, m);
  hp_certified_law_clear(&law);
}

bool hp_a1_certify(const hp_experiment *experiment, hp_results *results) {
  hp_a1_enclosed m;
  hp_a1_enclose_status status = hp_a1_enclose(&m, experiment);
  if (status != HP_A1_STOPPED) {
    hp_run *run = hp_claim_run(results, experiment, "A1", "E1");
    if (status == HP_A1_NOT_ENCLOSED)
      hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(m.why));
    else if (arb_is_zero(m.predicted))
      hp_claim_verdict(run, HP_NOT_APPLICABLE,
                       hp_copy_text("the start is a critical point: nothing moves"));
    else
      write_run(run, &m);
  }
  hp_a1_enclosed_clear(&m);
  return status != HP_A1_STOPPED;
}
