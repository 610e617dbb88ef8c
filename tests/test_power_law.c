#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "verify/claims/power_law.h"

enum { ROWS = 7 };

typedef struct {
  hp_experiment experiment;
  hp_results results;
  size_t step[ROWS];
  mpfr_t *h, *value, *wrong, *uncertainty, predicted, radius;
} fixture;

/* value = 3 h^2 (1 + h), wrong = value + h/100 */
static hp_power_law setup(fixture *f) {
  *f = (fixture){.results = {0}};
  experiment_open(&f->experiment, "double-well", "hb", 6, 12);
  f->h = hp_vector_new_mpfr(ROWS, 100);
  f->value = hp_vector_new_mpfr(ROWS, 100);
  f->wrong = hp_vector_new_mpfr(ROWS, 100);
  f->uncertainty = hp_vector_new_mpfr(ROWS, 100);
  mpfr_inits2(100, f->predicted, f->radius, NULL);
  mpfr_set_ui(f->predicted, 3, MPFR_RNDN);
  mpfr_set_d(f->radius, 1e-20, MPFR_RNDN);
  for (size_t i = 0; i < ROWS; ++i) {
    double h = mpq_get_d(f->experiment.step[i]);
    f->step[i] = i;
    mpfr_set_d(f->h[i], h, MPFR_RNDN);
    mpfr_set_d(f->value[i], 3 * h * h * (1 + h), MPFR_RNDN);
    mpfr_set_d(f->wrong[i], 3 * h * h * (1 + h) + h / 100, MPFR_RNDN);
    mpfr_set_d(f->uncertainty[i], 1e-25, MPFR_RNDN);
  }
  return (hp_power_law){
      .experiment = &f->experiment,
      .quotient = "x/h^2",
      .constant_name = "3",
      .what = "three",
      .expected = 2,
      .n_rows = ROWS,
      .step = f->step,
      .h = f->h,
      .value = f->value,
      .uncertainty = f->uncertainty,
      .predicted = f->predicted,
      .radius = f->radius,
      .L = 2,
      .note = "",
  };
}

static void teardown(fixture *f) {
  mpfr_clears(f->predicted, f->radius, NULL);
  hp_vector_free_mpfr(ROWS, f->h);
  hp_vector_free_mpfr(ROWS, f->value);
  hp_vector_free_mpfr(ROWS, f->wrong);
  hp_vector_free_mpfr(ROWS, f->uncertainty);
  hp_results_clear(&f->results);
  experiment_close(&f->experiment);
}

Test(power_law, passes_with_its_controls) {
  fixture f;
  hp_power_law law = setup(&f);
  hp_run *run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  hp_order order = hp_power_law_write(run, &law);
  hp_power_law_control(run, "a term off", ROWS, f.h, f.value, f.wrong, 2);
  hp_power_law_judge(run, &law, &order);
  cr_assert_eq(run->verdict, HP_PASS, "%s", run->reason);
  cr_assert_eq(run->n_controls, 4);
  for (size_t i = 0; i < run->n_controls; ++i)
    cr_assert(run->control[i].failed, "%s", run->control[i].name);
  cr_assert_eq(run->n_rows, ROWS);
  cr_assert_str_eq(run->row[0].h, "2^-6");
  cr_assert_eq(run->row[0].steps, 128);
  cr_assert_str_neq(run->row[0].low, run->row[0].high);
  teardown(&f);
}

/* A control that does not differ passes, and the run fails; so does a wrong constant. */
Test(power_law, fails) {
  fixture f;
  hp_power_law law = setup(&f);
  hp_run *run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  hp_order order = hp_power_law_write(run, &law);
  hp_power_law_control(run, "nothing changed", ROWS, f.h, f.value, f.value, 2);
  hp_power_law_judge(run, &law, &order);
  cr_assert_eq(run->verdict, HP_FAIL);
  cr_assert_str_eq(run->reason, "the control \"nothing changed\" passes");
  run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  mpfr_set_d(f.predicted, 3.1, MPFR_RNDN);
  order = hp_power_law_write(run, &law);
  hp_power_law_judge(run, &law, &order);
  cr_assert_eq(run->verdict, HP_FAIL);
  cr_assert(strstr(run->reason, "x/h^2 tends to"));
  teardown(&f);
}

Test(power_law, short_ladders) {
  fixture f;
  hp_power_law law = setup(&f);
  static const long steps[] = {5, 6};
  law.n_rows = 2;
  law.steps = steps;
  hp_run *run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  hp_order order = hp_power_law_write(run, &law);
  hp_power_law_control(run, "one row", 1, f.h, f.value, f.wrong, 2);
  hp_power_law_control(run, "no row", 0, f.h, f.value, f.wrong, 2);
  hp_power_law_judge(run, &law, &order);
  cr_assert_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  cr_assert_eq(run->row[1].steps, 6);
  cr_assert_not(run->has_order);
  run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  law.n_rows = 0;
  order = hp_power_law_write(run, &law);
  hp_power_law_judge(run, &law, &order);
  cr_assert_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  teardown(&f);
}
