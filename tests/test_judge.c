#include "experiment.h"
#include "verify/claims/judge.h"
#include <math.h>

/* A run with so many rows whose observable is 2 h^p (1 + c h). */
typedef struct {
  hp_results results;
  hp_run *run;
  hp_order order;
  hp_judgement judgement;
} fixture;

static void open(fixture *f, size_t rows, double p, double c) {
  mpfr_t h[12], e[12];
  f->results = (hp_results){0};
  f->run = hp_results_add(&f->results);
  for (size_t i = 0; i < rows; ++i) {
    double step = ldexp(1, -6 - (int)i);
    hp_run_add_row(f->run);
    mpfr_inits2(53, h[i], e[i], NULL);
    mpfr_set_d(h[i], step, MPFR_RNDN);
    mpfr_set_d(e[i], 2 * pow(step, p) * (1 + c * step), MPFR_RNDN);
  }
  f->order = hp_order_estimate(rows, h, e, 1);
  f->judgement = (hp_judgement){.observable = "x/h",
                                .constant_name = "K",
                                .expected = 1,
                                .order = &f->order,
                                .corrected = &f->order,
                                .predicted = 2,
                                .finest = ldexp(1, -5 - (int)rows),
                                .smallness = 0.001,
                                .note = ""};
  for (size_t i = 0; i < rows; ++i)
    mpfr_clears(h[i], e[i], NULL);
}

static void assert_verdict(fixture *f, hp_verdict verdict, const char *reason) {
  hp_claim_judge(f->run, &f->judgement);
  cr_assert_eq(f->run->verdict, verdict, "%s: %s", hp_verdict_text(f->run->verdict),
               f->run->reason);
  cr_assert(strstr(f->run->reason, reason), "%s", f->run->reason);
  hp_results_clear(&f->results);
}

Test(judge, pass_carries_the_note) {
  fixture f;
  open(&f, 7, 1, 1);
  f.judgement.note = "one step left out";
  hp_claim_control(f.run, "wrong", true, NULL);
  assert_verdict(&f, HP_PASS, "one step left out");
}

Test(judge, bound_decides_first) {
  fixture f;
  open(&f, 7, 1, 1);
  f.run->has_bound = true;
  f.run->bound_formula = hp_copy_text("C h");
  assert_verdict(&f, HP_FAIL, "above the bound C h");
}

Test(judge, seven_rows) {
  fixture f;
  open(&f, 5, 1, 1);
  assert_verdict(&f, HP_NOT_ASYMPTOTIC, "5 step sizes");
}

Test(judge, wrong_order_either_way) {
  fixture f;
  open(&f, 7, 2, 1);
  assert_verdict(&f, HP_FAIL, "order in [");
  open(&f, 7, 0, 1);
  assert_verdict(&f, HP_FAIL, "order in [");
}

Test(judge, wrong_constant) {
  fixture f;
  open(&f, 7, 1, 1);
  f.judgement.predicted = 2.02;
  assert_verdict(&f, HP_FAIL, "not to K = 2.02");
}

Test(judge, control_that_passes) {
  fixture f;
  open(&f, 7, 1, 1);
  hp_claim_control(f.run, "caught", true, NULL);
  hp_claim_control(f.run, "wrong on purpose", false, NULL);
  f.judgement.note = "seen";
  assert_verdict(&f, HP_FAIL, "the control \"wrong on purpose\" passes; seen");
}

Test(judge, outside_the_regime) {
  fixture f;
  open(&f, 7, 1, 5000);
  f.judgement.smallness = 0.4;
  assert_verdict(&f, HP_NOT_ASYMPTOTIC, "ends at 2^-15 or finer");
}

Test(judge, unsettled_slopes) {
  fixture f;
  open(&f, 7, 1, 5000);
  assert_verdict(&f, HP_NOT_ASYMPTOTIC, "have not settled");
}
