#include "reference/taylor/plan.h"
#include "series.h"
#include <criterion/criterion.h>

static bool values(hp_node f, long numerator, arb_t result) {
  hp_program *field = lower(1, &f);
  hp_plan *plan = hp_plan_compile(field);
  arb_ptr value = _arb_vec_init((slong)plan->n_series);
  arb_ptr inverse = _arb_vec_init((slong)plan->n_series);
  hp_plan_constants(plan, value, 200);
  arb_set_si(value, numerator);
  bool finite = hp_plan_values(plan, value, inverse, 200);
  arb_set(result, value + plan->output[0]);
  _arb_vec_clear(inverse, (slong)plan->n_series);
  _arb_vec_clear(value, (slong)plan->n_series);
  hp_plan_free(plan);
  hp_program_free(field);
  return finite;
}

/* Order 0 agrees with the evaluation of the program in balls. */
Test(plan_values, order_zero) {
  for (int number = 0; number < SERIES_CASES; number++) {
    field_open();
    hp_node f = series_node(number);
    hp_program *program = lower(1, &f);
    arb_t x, y, z;
    arb_init(x);
    arb_init(y);
    arb_init(z);
    hp_evaluate_arb(program, x, y, 200);
    cr_expect(values(f, 0, z));
    cr_expect(arb_overlaps(y, z) && arb_rel_accuracy_bits(z) > 150, "case %d", number);
    arb_clear(z);
    arb_clear(y);
    arb_clear(x);
    field_close(program);
  }
  flint_cleanup();
}

Test(plan_values, not_finite) {
  field_open();
  arb_t y;
  arb_init(y);
  cr_expect_not(values(op1(HP_LOG, in(0)), -1, y));
  cr_expect_not(values(op(HP_DIV, num(1, 1), in(0)), 0, y));
  cr_expect_not(values(op1(HP_SQRT, in(0)), 0, y), "no series at a branch point");
  cr_expect_not(values(op(HP_ADD, in(0), op(HP_DIV, num(1, 1), num(0, 1))), 0, y));
  cr_expect_not(values(op1(HP_EXP, in(0)), 1L << 60, y), "too large for any scale");
  cr_expect(values(op1(HP_EXP, in(0)), -(1L << 60), y) && arb_contains_zero(y));
  cr_expect(arf_is_zero(arb_midref(y)));
  cr_expect(values(op1(HP_SQRT, in(0)), 4, y) && arb_contains_si(y, 2));
  arb_clear(y);
  field_close(NULL);
}
