#include "experiment.h"
#include "reference/iterate/vector_mpfr.h"
#include "verify/claims/power_law.h"

enum { ROWS = 7 };

typedef struct {
  hp_experiment experiment;
  hp_results results;
  size_t step[ROWS];
  mpfr_t *h, *value, *wrong, *radius, predicted, uncertainty;
} fixture;

/* value = 3 h^2 (1 + h), wrong = value + h/100 */
static hp_power_law setup(fixture *f) {
  *f = (fixture){.results = {0}};
  experiment_open(&f->experiment, "double-well", "hb", 6, 12);
  f->h = hp_vector_new_mpfr(ROWS, 100);
  f->value = hp_vector_new_mpfr(ROWS, 100);
  f->wrong = hp_vector_new_mpfr(ROWS, 100);
  f->radius = hp_vector_new_mpfr(ROWS, 100);
  mpfr_inits2(100, f->predicted, f->uncertainty, NULL);
  mpfr_set_ui(f->predicted, 3, MPFR_RNDN);
  mpfr_set_d(f->uncertainty, 1e-20, MPFR_RNDN);
  for (size_t i = 0; i < ROWS; ++i) {
    double h = mpq_get_d(f->experiment.step[i]);
    f->step[i] = i;
    mpfr_set_d(f->h[i], h, MPFR_RNDN);
    mpfr_set_d(f->value[i], 3 * h * h * (1 + h), MPFR_RNDN);
    mpfr_set_d(f->wrong[i], 3 * h * h * (1 + h) + h / 100, MPFR_RNDN);
    mpfr_set_d(f->radius[i], 1e-25, MPFR_RNDN);
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
      .radius = f->radius,
      .predicted = f->predicted,
      .uncertainty = f->uncertainty,
      .L = 2,
      .note = "",
  };
}

static void teardown(fixture *f) {
  mpfr_clears(f->predicted, f->uncertainty, NULL);
  hp_vector_free_mpfr(ROWS, f->h);
  hp_vector_free_mpfr(ROWS, f->value);
  hp_vector_free_mpfr(ROWS, f->wrong);
  hp_vector_free_mpfr(ROWS, f->radius);
  hp_results_clear(&f->results);
  experiment_close(&f->experiment);
}

Test(power_law, passes_with_its_controls) {
  fixture f;
  hp_power_law law = setup(&f);
  hp_run *run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  hp_power_law_control(run, "a term off", ROWS, f.h, f.value, f.wrong, 2);
  hp_power_law_judge(run, &law, &orders);
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
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  hp_power_law_control(run, "nothing changed", ROWS, f.h, f.value, f.value, 2);
  hp_power_law_judge(run, &law, &orders);
  cr_assert_eq(run->verdict, HP_FAIL);
  cr_assert_str_eq(run->reason, "the control \"nothing changed\" passes");
  run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  mpfr_set_d(f.predicted, 3.1, MPFR_RNDN);
  orders = hp_power_law_write(run, &law);
  hp_power_law_judge(run, &law, &orders);
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
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  hp_power_law_control(run, "one row", 1, f.h, f.value, f.wrong, 2);
  hp_power_law_control(run, "no row", 0, f.h, f.value, f.wrong, 2);
  hp_power_law_judge(run, &law, &orders);
  cr_assert_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  cr_assert_eq(run->row[1].steps, 6);
  cr_assert_not(run->has_order);
  run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  law.n_rows = 0;
  orders = hp_power_law_write(run, &law);
  hp_power_law_judge(run, &law, &orders);
  cr_assert_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  teardown(&f);
}

/* The other columns: in double precision, a bound that not every step has, what is corrected. */
Test(power_law, all_columns) {
  fixture f;
  hp_power_law law = setup(&f);
  mpfr_t *bound = hp_vector_new_mpfr(ROWS, 64);
  for (size_t i = 0; i < ROWS; ++i)
    mpfr_set_nan(bound[i]);
  mpfr_set_ui(bound[ROWS - 1], 1, MPFR_RNDN);
  law.bound = bound;
  law.in_double = f.value;
  law.corrected = f.wrong;
  law.wrong_order = 1;
  law.measured_at = " at n = 2";
  law.smallness_name = "h";
  law.smallness = 1;
  hp_run *run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  cr_expect(run->has_bound && run->bound_holds);
  cr_expect_str_eq(run->bound_value, "1.00000e+00");
  cr_expect_null(run->row[0].bound);
  cr_expect_str_eq(run->row[ROWS - 1].bound, "1.00000e+00");
  cr_expect_not_null(run->row[0].double_value);
  cr_expect_str_eq(run->control[2].name, "order 1 claimed");
  cr_expect(hp_order_is(&orders.order, 2) && !hp_order_is(&orders.corrected, 2));
  hp_power_law_judge(run, &law, &orders);
  cr_expect_eq(run->verdict, HP_NOT_ASYMPTOTIC);
  cr_expect(strstr(run->reason, "h = 1 at the finest step"), "%s", run->reason);
  int digits = hp_power_law_digits(&law);
  cr_expect(digits == 17 || digits == 18, "%d", digits);
  run = hp_claim_run(&f.results, &f.experiment, "C1", "x");
  mpfr_set_d(bound[0], 1e-9, MPFR_RNDN);
  orders = hp_power_law_write(run, &law);
  cr_expect(!run->bound_holds);
  run->bound_formula = hp_text("1e-9");
  hp_power_law_judge(run, &law, &orders);
  cr_expect_eq(run->verdict, HP_FAIL);
  hp_vector_free_mpfr(ROWS, bound);
  teardown(&f);
}
