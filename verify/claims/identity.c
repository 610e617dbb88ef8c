#include "identity.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include <stdlib.h>

static void set_tolerance(mpfr_t tolerance, const hp_experiment *experiment) {
  mpfr_set_si(tolerance, -experiment->digits, MPFR_RNDN);
  mpfr_exp10(tolerance, tolerance, MPFR_RNDN);
}

hp_run *hp_identity_run(hp_results *results, const hp_experiment *experiment, const char *claim,
                        const char *observable, const char *formula) {
  hp_run *run = hp_claim_run(results, experiment, claim, observable);
  run->has_bound = run->bound_holds = true;
  run->bound_formula = hp_copy_text(formula);
  run->bound_value = hp_text("1e-%d", experiment->digits);
  return run;
}

void hp_identity_row(hp_run *run, const hp_experiment *experiment, char *label, long steps,
                     const mpfr_t mismatch) {
  mpfr_t tolerance;
  mpfr_init2(tolerance, 64);
  set_tolerance(tolerance, experiment);
  hp_row *row = hp_run_add_row(run);
  row->h = label;
  row->steps = steps;
  row->value = hp_decimal(mismatch, 3, MPFR_RNDU);
  row->bound = hp_text("1e-%d", experiment->digits);
  run->bound_holds = run->bound_holds && mpfr_lessequal_p(mismatch, tolerance);
  mpfr_clear(tolerance);
}

void hp_identity_control(hp_run *run, const hp_experiment *experiment, const char *name,
                         const mpfr_t largest) {
  mpfr_t enough;
  mpfr_init2(enough, 64);
  set_tolerance(enough, experiment);
  mpfr_mul_ui(enough, enough, 1000000, MPFR_RNDN);
  char *size = hp_decimal(largest, 3, MPFR_RNDN);
  hp_claim_control(run, name, !mpfr_lessequal_p(largest, enough),
                   hp_text("mismatch %s, where at most 1e-%d is right", size, experiment->digits));
  free(size);
  mpfr_clear(enough);
}

void hp_identity_judge(hp_run *run, const char *note) {
  const hp_control *passed = hp_claim_control_that_passed(run);
  const char *link = *note ? "; " : "";
  if (run->n_rows == 0)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_text("no path comes to rest%s%s", link, note));
  else if (!run->bound_holds)
    hp_claim_verdict(run, HP_FAIL, hp_text("a mismatch is above the tolerance%s%s", link, note));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("the control \"%s\" passes%s%s", passed->name, link, note));
  else
    hp_claim_verdict(run, HP_PASS, hp_copy_text(note));
}
