#include "src/tape.h"
#include "verify/proof/drivers/driver.h"

enum { INPUTS = 3, CONSTANTS = 1, ALL = HP_OPERATIONS, MOST = 4 };

/* Any content whatever of a tape of up to four instructions, which may claim any sizes of its slots. */
static int check_any(void) {
  hp_instruction code[MOST];
  uint32_t output[MOST];
  for (size_t i = 0; i < MOST; ++i) {
    code[i].op = Frama_C_unsigned_int_interval(0, UINT32_MAX);
    code[i].a = Frama_C_unsigned_int_interval(0, UINT32_MAX);
    code[i].b = Frama_C_unsigned_int_interval(0, UINT32_MAX);
    output[i] = Frama_C_unsigned_int_interval(0, UINT32_MAX);
  }
  size_t n_inputs = Frama_C_size_t_interval(0, SIZE_MAX);
  size_t n_constants = Frama_C_size_t_interval(0, SIZE_MAX);
  size_t n_instructions = Frama_C_size_t_interval(0, MOST);
  size_t n_outputs = Frama_C_size_t_interval(0, MOST);
  const hp_tape tape = {n_inputs, n_constants, n_instructions, n_outputs, NULL, code, output};
  return hp_tape_check(&tape);
}

/* Every operation once, in its domain: x_1 in [-1, 1], x_2 in [1, 2], x_3 in [-8, 8]. */
static double evaluate_each(void) {
  static const hp_instruction code[ALL] = {
      {HP_ADD, 0, 1},   {HP_SUB, 0, 1},   {HP_MUL, 2, 3},  {HP_DIV, 2, 1},  {HP_NEG, 6, 6},
      {HP_SQR, 2, 2},   {HP_SQRT, 1, 1},  {HP_EXP, 2, 2},  {HP_LOG, 1, 1},  {HP_SIN, 2, 2},
      {HP_COS, 2, 2},   {HP_TAN, 0, 0},   {HP_SINH, 2, 2}, {HP_COSH, 2, 2}, {HP_TANH, 2, 2},
      {HP_ASINH, 2, 2}, {HP_ATAN, 15, 15}};
  static const uint32_t output[2] = {20, 12};
  double x[INPUTS], constants[CONSTANTS], slot[INPUTS + CONSTANTS + ALL], result[2];
  any_of(1, x, -1.0, 1.0);
  any_of(1, x + 1, 1.0, 2.0);
  any_of(1, x + 2, -8.0, 8.0);
  any_of(CONSTANTS, constants, -1.0, 1.0);
  const hp_tape tape = {INPUTS, CONSTANTS, ALL, 2, constants, code, output};
  if (!hp_tape_check(&tape))
    return 0.0;
  hp_tape_outputs(&tape, x, slot, result);
  return result[0] + result[1];
}

/* Up to four sums, differences and products of any earlier slots. */
static double evaluate_any(void) {
  hp_instruction code[MOST];
  double x[INPUTS], constants[CONSTANTS], slot[INPUTS + CONSTANTS + MOST];
  for (uint32_t i = 0; i < MOST; ++i) {
    code[i].op = Frama_C_unsigned_int_interval(HP_ADD, HP_MUL);
    code[i].a = Frama_C_unsigned_int_interval(0, INPUTS + CONSTANTS + i - 1);
    code[i].b = Frama_C_unsigned_int_interval(0, INPUTS + CONSTANTS + i - 1);
  }
  any_of(INPUTS, x, -0x1p30, 0x1p30);
  any_of(CONSTANTS, constants, -0x1p30, 0x1p30);
  size_t n_inputs = Frama_C_size_t_interval(1, INPUTS);
  hp_tape_evaluate(INPUTS, x, CONSTANTS, constants, MOST, code, slot);
  return slot[n_inputs];
}

int main(void) {
  return check_any() + evaluate_each() + evaluate_any() > 0.0;
}
