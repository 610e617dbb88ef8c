#include "src/tape.h"
#include <math.h>

static bool is_unary(uint32_t op) {
  return op >= HP_NEG;
}

bool hp_tape_check(const hp_tape *tape) {
  const uint64_t most = UINT64_C(1) << 32;
  if (tape->n_inputs > most || tape->n_constants > most || tape->n_instructions > most)
    return false;
  uint64_t slots = (uint64_t)tape->n_inputs + tape->n_constants;
  if (slots + tape->n_instructions > most)
    return false;
  size_t i = 0;
  while (i < tape->n_instructions) {
    const hp_instruction *code = tape->code + i;
    if (code->op >= HP_OPERATIONS || code->a >= slots || code->b >= slots)
      return false;
    if (is_unary(code->op) && code->a != code->b)
      return false;
    slots++;
    i++;
  }
  i = 0;
  while (i < tape->n_outputs) {
    if (tape->output[i] >= slots)
      return false;
    i++;
  }
  return true;
}

static double operate(uint32_t op, double a, double b) {
  switch (op) {
  case HP_ADD:
    return a + b;
  case HP_SUB:
    return a - b;
  case HP_MUL:
    return a * b;
  case HP_DIV:
    return a / b;
  case HP_NEG:
    return -a;
  case HP_SQR:
    return a * a;
  case HP_SQRT:
    return sqrt(a);
  case HP_EXP:
    return exp(a);
  case HP_LOG:
    return log(a);
  case HP_SIN:
    return sin(a);
  case HP_COS:
    return cos(a);
  case HP_TAN:
    return tan(a);
  case HP_SINH:
    return sinh(a);
  case HP_COSH:
    return cosh(a);
  case HP_TANH:
    return tanh(a);
  case HP_ASINH:
    return asinh(a);
  default:
    return atan(a);
  }
}

void hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                      size_t n_instructions, const hp_instruction *code, double *slot) {
  size_t k = 0;
  size_t i = 0;
  while (i < n_inputs) {
    slot[k] = x[i];
    k++;
    i++;
  }
  i = 0;
  while (i < n_constants) {
    slot[k] = constants[i];
    k++;
    i++;
  }
  i = 0;
  while (i < n_instructions) {
    slot[k] = operate(code[i].op, slot[code[i].a], slot[code[i].b]);
    k++;
    i++;
  }
}

void hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result) {
  hp_tape_evaluate(tape->n_inputs, x, tape->n_constants, tape->constants, tape->n_instructions,
                   tape->code, slot);
  size_t i = 0;
  while (i < tape->n_outputs) {
    result[i] = slot[tape->output[i]];
    i++;
  }
}
