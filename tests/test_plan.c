#include "reference/taylor/plan.h"
#include "field.h"
#include <criterion/criterion.h>

static size_t count(const hp_plan *plan, hp_series_kind kind) {
  size_t n = 0;
  for (size_t s = 0; s < plan->n_series; s++)
    n += plan->series[s].kind == kind;
  return n;
}

/* The sum of the nodes as a field of one equation. */
static hp_plan *compile(hp_program **field, hp_node a, hp_node b) {
  hp_node f = op(HP_ADD, a, b);
  *field = lower(1, &f);
  return hp_plan_compile(*field);
}

Test(plan, sine_and_cosine_share) {
  hp_program *field;
  field_open();
  hp_plan *plan = compile(&field, op1(HP_SIN, in(0)), op1(HP_COS, in(0)));
  cr_expect_eq(count(plan, HP_SERIES_DERIVATIVE), 1);
  cr_expect_eq(count(plan, HP_SERIES_INTEGRAL), 2);
  cr_expect_eq(count(plan, HP_SERIES_MUL), 2);
  hp_plan_free(plan);
  field_close(field);
}

Test(plan, tanh_and_its_square_share) {
  hp_program *field;
  field_open();
  hp_node y = op1(HP_TANH, in(0));
  hp_plan *plan = compile(&field, y, op(HP_MUL, y, y));
  cr_expect_eq(count(plan, HP_SERIES_SQR), 1);
  cr_expect_eq(count(plan, HP_SERIES_MUL), 1);
  hp_plan_free(plan);
  field_close(field);
}

Test(plan, quotients_share_the_derivative) {
  hp_program *field;
  field_open();
  hp_plan *plan = compile(&field, op1(HP_ATAN, in(0)), op1(HP_ASINH, in(0)));
  cr_expect_eq(count(plan, HP_SERIES_DERIVATIVE), 1);
  cr_expect_eq(count(plan, HP_SERIES_SQR), 1);
  cr_expect_eq(count(plan, HP_SERIES_SQRT), 1);
  cr_expect_eq(count(plan, HP_SERIES_DIV), 2);
  hp_plan_free(plan);
  field_close(field);
}

/* sin(1) + e x: constants cost nothing in the loop, and a constant factor is a scaling. */
Test(plan, constants_stand_apart) {
  hp_program *field;
  field_open();
  hp_node e = op1(HP_EXP, num(1, 1));
  hp_plan *plan = compile(&field, op1(HP_SIN, num(1, 1)), op(HP_MUL, e, in(0)));
  cr_expect_eq(count(plan, HP_SERIES_MUL), 0);
  cr_expect_eq(count(plan, HP_SERIES_SCALE), 1);
  cr_expect_eq(count(plan, HP_SERIES_LINEAR), 1);
  hp_plan_free(plan);
  field_close(field);
}

/* x * x on a tape that no graph has simplified is a square. */
Test(plan, product_of_equals) {
  hp_instruction code[2] = {{HP_MUL, 0, 0}, {HP_SQR, 0, 0}};
  uint32_t output = 2;
  hp_program tape = {
      .n_inputs = 1, .n_instructions = 2, .n_outputs = 1, .code = code, .output = &output};
  hp_plan *plan = hp_plan_compile(&tape);
  cr_expect_eq(count(plan, HP_SERIES_MUL), 0);
  cr_expect_eq(count(plan, HP_SERIES_SQR), 1);
  hp_plan_free(plan);
}

/* Many nodes: the tables grow while series are known by number only. */
Test(plan, grows) {
  field_open();
  hp_node f = in(0);
  for (int i = 0; i < 100; i++)
    f = op1(HP_ATAN, op1(HP_TANH, f));
  hp_program *field = lower(1, &f);
  hp_plan *plan = hp_plan_compile(field);
  cr_expect_eq(count(plan, HP_SERIES_INTEGRAL), 200);
  cr_expect_eq(count(plan, HP_SERIES_SQR), 100, "tanh^2 serves atan(tanh)");
  hp_plan_free(plan);
  field_close(field);
}
