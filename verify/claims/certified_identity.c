#include "certified_identity.h"
#include "certified_run.h"
#include "identity.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include <stdlib.h>

enum { BITS = 256, SHORT_DIGITS = 3, MANY_TIMES = 1000000 };

/* 10^-digits */
static void tolerance_of(arb_t tolerance, const hp_experiment *experiment) {
  arb_set_ui(tolerance, 10);
  arb_pow_ui(tolerance, tolerance, (ulong)experiment->digits, BITS);
  arb_inv(tolerance, tolerance, BITS);
}

void hp_certified_identity_row(hp_certified_identity *identity, const mpq_t label, long steps,
                               const arb_t mismatch) {
  hp_row *row = hp_run_add_row(identity->run);
  arb_t tolerance;
  arb_init(tolerance);
  tolerance_of(tolerance, identity->experiment);
  row->h = hp_rational_text(label);
  row->steps = steps;
  row->value = hp_ball_end_text(mismatch, SHORT_DIGITS, true);
  row->low = arb_is_positive(mismatch) ? hp_ball_end_text(mismatch, SHORT_DIGITS, false)
                                       : hp_copy_text("0");
  row->high = hp_copy_text(row->value);
  row->bound = hp_text("1e-%d", identity->experiment->digits);
  identity->refuted = identity->refuted || arb_is_positive(mismatch);
  identity->wide = identity->wide || !arb_le(mismatch, tolerance);
  identity->run->bound_holds = !identity->wide;
  arb_clear(tolerance);
}

void hp_certified_identity_control(hp_certified_identity *identity, const char *name,
                                   const arb_t mismatch) {
  arb_t enough;
  arb_init(enough);
  tolerance_of(enough, identity->experiment);
  arb_mul_ui(enough, enough, MANY_TIMES, BITS);
  char *size = hp_ball_end_text(mismatch, SHORT_DIGITS, false);
  hp_claim_control(identity->run, name, arb_gt(mismatch, enough),
                   hp_text("mismatch at least %s, where at most 1e-%d is right", size,
                           identity->experiment->digits));
  free(size);
  arb_clear(enough);
}

void hp_certified_identity_judge(hp_certified_identity *identity, const char *note) {
  hp_run *run = identity->run;
  const hp_control *passed = hp_claim_control_that_passed(run);
  const char *link = *note ? "; " : "";
  if (run->n_rows == 0)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_text("no limit is enclosed%s%s", link, note));
  else if (identity->refuted)
    hp_claim_verdict(run, HP_FAIL, hp_text("proved: the two sides differ%s%s", link, note));
  else if (identity->wide)
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("an enclosure is wider than the tolerance%s%s", link, note));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("the control \"%s\" passes%s%s", passed->name, link, note));
  else
    hp_claim_verdict(run, HP_PASS, hp_copy_text(note));
}

void hp_ball_largest(arb_t result, size_t d, const arb_struct x[]) {
  arb_t size;
  arb_init(size);
  arb_zero(result);
  for (size_t i = 0; i < d; i++) {
    arb_abs(size, x + i);
    arb_max(result, result, size, BITS);
  }
  arb_clear(size);
}

void hp_ball_mismatch(arb_t result, size_t d, const arb_struct x[], const arb_struct y[]) {
  arb_ptr ratio = _arb_vec_init((slong)d);
  for (size_t i = 0; i < d; i++) {
    arb_div(ratio + i, x + i, y + i, BITS);
    arb_sub_ui(ratio + i, ratio + i, 1, BITS);
  }
  hp_ball_largest(result, d, ratio);
  _arb_vec_clear(ratio, (slong)d);
}

void hp_ball_distance(arb_t result, size_t d, const arb_struct x[], const arb_struct y[]) {
  arb_t size;
  arb_ptr difference = _arb_vec_init((slong)d);
  arb_init(size);
  _arb_vec_sub(difference, x, y, (slong)d, BITS);
  hp_ball_largest(result, d, difference);
  hp_ball_largest(size, d, y);
  arb_div(result, result, size, BITS);
  arb_clear(size);
  _arb_vec_clear(difference, (slong)d);
}
