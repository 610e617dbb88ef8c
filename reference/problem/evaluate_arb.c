#include "program.h"
#include <flint/fmpq.h>

void hp_arb_operation(hp_operation op, arb_ptr y, arb_srcptr a, arb_srcptr b, slong bits) {
  static void (*const unary[HP_OPERATIONS])(arb_ptr, arb_srcptr, slong) = {
      [HP_SQRT] = arb_sqrt, [HP_EXP] = arb_exp,     [HP_LOG] = arb_log,   [HP_SIN] = arb_sin,
      [HP_COS] = arb_cos,   [HP_TAN] = arb_tan,     [HP_SINH] = arb_sinh, [HP_COSH] = arb_cosh,
      [HP_TANH] = arb_tanh, [HP_ASINH] = arb_asinh, [HP_ATAN] = arb_atan,
  };
  switch (op) {
  case HP_ADD:
    arb_add(y, a, b, bits);
    break;
  case HP_SUB:
    arb_sub(y, a, b, bits);
    break;
  case HP_MUL:
    arb_mul(y, a, b, bits);
    break;
  case HP_DIV:
    arb_div(y, a, b, bits);
    break;
  case HP_NEG:
    arb_neg_round(y, a, bits);
    break;
  case HP_SQR: /* tighter than a * a: never below 0 */
    arb_sqr(y, a, bits);
    break;
  default:
    unary[op](y, a, bits);
  }
}

void hp_arb_set_rational(arb_ptr y, const mpq_t value, slong bits) {
  fmpq_t rational;
  fmpq_init(rational);
  fmpq_set_mpq(rational, value);
  arb_set_fmpq(y, rational, bits);
  fmpq_clear(rational);
}

void hp_evaluate_arb(const hp_program *program, const arb_struct x[], arb_struct result[],
                     slong precision_bits) {
  slong n_slots = (slong)hp_program_slots(program);
  arb_ptr slot = _arb_vec_init(n_slots), y = slot + program->n_inputs + program->n_constants;
  for (size_t k = 0; k < program->n_inputs; k++)
    arb_set(slot + k, x + k);
  for (size_t i = 0; i < program->n_constants; i++)
    hp_arb_set_rational(slot + program->n_inputs + i, program->constants[i], precision_bits);
  for (size_t i = 0; i < program->n_instructions; i++) {
    hp_instruction at = program->code[i];
    hp_arb_operation(at.op, y + i, slot + at.a, slot + at.b, precision_bits);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    arb_set(result + i, slot + program->output[i]);
  _arb_vec_clear(slot, n_slots);
}
