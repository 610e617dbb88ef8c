#include "src/tape.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

static double binary(hp_operation op, double a, double b) {
  const double x[] = {a, b};
  const hp_instruction code[] = {{op, 0, 1}};
  double slot[3];
  hp_tape_evaluate(2, x, 0, NULL, 1, code, slot);
  return slot[2];
}

static double unary(hp_operation op, double a) {
  const hp_instruction code[] = {{op, 0, 0}};
  double slot[2];
  hp_tape_evaluate(1, &a, 0, NULL, 1, code, slot);
  return slot[1];
}

Test(tape, every_operation_is_the_one_it_names) {
  random_double_seed(31);
  for (int trial = 0; trial < 200; trial++) {
    double a = random_double(), b = random_double(), p = fabs(a);
    cr_assert_eq(binary(HP_ADD, a, b), a + b);
    cr_assert_eq(binary(HP_SUB, a, b), a - b);
    cr_assert_eq(binary(HP_MUL, a, b), a * b);
    cr_assert_eq(binary(HP_DIV, a, b), a / b);
    cr_assert_eq(unary(HP_NEG, a), -a);
    cr_assert_eq(unary(HP_SQR, a), a * a);
    cr_assert_eq(unary(HP_SQRT, p), sqrt(p));
    cr_assert_eq(unary(HP_EXP, a), exp(a));
    cr_assert_eq(unary(HP_LOG, p), log(p));
    cr_assert_eq(unary(HP_SIN, a), sin(a));
    cr_assert_eq(unary(HP_COS, a), cos(a));
    cr_assert_eq(unary(HP_TAN, a), tan(a));
    cr_assert_eq(unary(HP_SINH, a), sinh(a));
    cr_assert_eq(unary(HP_COSH, a), cosh(a));
    cr_assert_eq(unary(HP_TANH, a), tanh(a));
    cr_assert_eq(unary(HP_ASINH, a), asinh(a));
    cr_assert_eq(unary(HP_ATAN, a), atan(a));
  }
}

Test(tape, outside_a_domain_it_gives_what_ieee_gives) {
  cr_assert_eq(binary(HP_DIV, 1, 0), INFINITY);
  cr_assert_eq(binary(HP_DIV, -1, 0), -INFINITY);
  cr_assert(isnan(binary(HP_DIV, 0, 0)));
  cr_assert(isnan(unary(HP_SQRT, -1)) && isnan(unary(HP_LOG, -1)));
  cr_assert_eq(unary(HP_LOG, 0), -INFINITY);
  cr_assert_eq(unary(HP_EXP, 1000), INFINITY);
}

/* slots: x, y | 3 | x+y, 3(x+y), (3(x+y))^2, -x; the last two and an input are the outputs */
static const double constants[] = {3};
static const hp_instruction code[] = {
    {HP_ADD, 0, 1}, {HP_MUL, 2, 3}, {HP_SQR, 4, 4}, {HP_NEG, 0, 0}};
static const uint32_t output[] = {5, 6, 1};
static const hp_tape example = {2, 1, 4, 3, constants, code, output};

Test(tape, fills_all_slots_and_gathers_the_outputs) {
  double x[] = {1, 4}, slot[8], result[4];
  slot[7] = result[3] = 42;
  cr_assert(hp_tape_check(&example));
  hp_tape_outputs(&example, x, slot, result);
  double expected[] = {1, 4, 3, 5, 15, 225, -1, 42};
  for (int k = 0; k < 8; k++)
    cr_assert_eq(slot[k], expected[k], "slot %d", k);
  cr_assert(result[0] == 225 && result[1] == -1 && result[2] == 4 && result[3] == 42);
  cr_assert(x[0] == 1 && x[1] == 4);
}

Test(tape, may_be_empty) {
  hp_tape empty = {0, 0, 0, 0, NULL, NULL, NULL};
  cr_assert(hp_tape_check(&empty));
  double nothing;
  hp_tape_outputs(&empty, NULL, &nothing, &nothing);
  hp_tape only_inputs = {2, 0, 0, 3, NULL, NULL, output};
  cr_assert(!hp_tape_check(&only_inputs));
  static const uint32_t inputs[] = {1, 0, 1};
  only_inputs.output = inputs;
  cr_assert(hp_tape_check(&only_inputs));
  double x[] = {8, 9}, slot[2], result[3];
  hp_tape_outputs(&only_inputs, x, slot, result);
  cr_assert(result[0] == 9 && result[1] == 8 && result[2] == 9);
}

static bool accepts(hp_instruction last) {
  hp_instruction changed[] = {code[0], code[1], code[2], last};
  hp_tape tape = example;
  tape.code = changed;
  return hp_tape_check(&tape);
}

Test(tape, check_refuses_what_is_not_a_tape) {
  cr_assert(accepts((hp_instruction){HP_NEG, 5, 5}));
  cr_assert(accepts((hp_instruction){HP_DIV, 5, 0}));
  cr_assert(accepts((hp_instruction){HP_ATAN, 0, 0}));
  cr_assert(!accepts((hp_instruction){HP_OPERATIONS, 0, 0}), "unknown operation");
  cr_assert(!accepts((hp_instruction){UINT32_MAX, 0, 0}), "unknown operation");
  cr_assert(!accepts((hp_instruction){HP_ADD, 6, 0}), "operand a is the instruction itself");
  cr_assert(!accepts((hp_instruction){HP_ADD, 0, 6}), "operand b is the instruction itself");
  cr_assert(!accepts((hp_instruction){HP_ADD, UINT32_MAX, 0}), "operand a is no slot");
  cr_assert(!accepts((hp_instruction){HP_SIN, 0, 1}), "a unary operation has b = a");

  uint32_t beyond[] = {5, 6, 7};
  hp_tape tape = example;
  tape.output = beyond;
  cr_assert(!hp_tape_check(&tape), "an output is no slot");
  tape.n_outputs = 2;
  cr_assert(hp_tape_check(&tape));
}

Test(tape, check_refuses_more_than_2_32_slots) {
  hp_tape tape = {0, 0, 0, 0, NULL, NULL, NULL};
  const size_t most = (size_t)1 << 32;
  tape.n_inputs = most;
  cr_assert(hp_tape_check(&tape));
  tape.n_constants = 1;
  cr_assert(!hp_tape_check(&tape));
  tape.n_inputs = most + 1;
  cr_assert(!hp_tape_check(&tape));
  tape.n_inputs = SIZE_MAX;
  cr_assert(!hp_tape_check(&tape), "a sum that wraps round");
  tape.n_inputs = 0;
  tape.n_constants = SIZE_MAX;
  cr_assert(!hp_tape_check(&tape));
  tape.n_constants = 0;
  tape.n_instructions = SIZE_MAX;
  cr_assert(!hp_tape_check(&tape));
}
