#include "recheck.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

/* y = op(a, b) as power series, to n terms */
static void apply_series(arb_poly_t y, hp_operation op, const arb_poly_t a, const arb_poly_t b,
                         slong n, slong bits) {
  arb_poly_t z;
  arb_poly_init(z);
  switch (op) {
  case HP_ADD:
    arb_poly_add(y, a, b, bits);
    break;
  case HP_SUB:
    arb_poly_sub(y, a, b, bits);
    break;
  case HP_MUL:
    arb_poly_mullow(y, a, b, n, bits);
    break;
  case HP_DIV:
    arb_poly_div_series(y, a, b, n, bits);
    break;
  case HP_NEG:
    arb_poly_neg(y, a);
    break;
  case HP_SQR:
    arb_poly_mullow(y, a, a, n, bits);
    break;
  case HP_SQRT:
    arb_poly_sqrt_series(y, a, n, bits);
    break;
  case HP_EXP:
    arb_poly_exp_series(y, a, n, bits);
    break;
  case HP_LOG:
    arb_poly_log_series(y, a, n, bits);
    break;
  case HP_SIN:
    arb_poly_sin_series(y, a, n, bits);
    break;
  case HP_COS:
    arb_poly_cos_series(y, a, n, bits);
    break;
  case HP_TAN:
    arb_poly_tan_series(y, a, n, bits);
    break;
  case HP_SINH:
    arb_poly_sinh_series(y, a, n, bits);
    break;
  case HP_COSH:
    arb_poly_cosh_series(y, a, n, bits);
    break;
  case HP_TANH:
    arb_poly_sinh_cosh_series(y, z, a, n, bits);
    arb_poly_div_series(y, y, z, n, bits);
    break;
  case HP_ATAN:
    arb_poly_atan_series(y, a, n, bits);
    break;
  default: /* asinh a = log(a + sqrt(a^2 + 1)) */
    arb_poly_mullow(z, a, a, n, bits);
    arb_poly_add_si(z, z, 1, bits);
    arb_poly_sqrt_series(z, z, n, bits);
    arb_poly_add(z, z, a, bits);
    arb_poly_log_series(y, z, n, bits);
  }
  arb_poly_clear(z);
}

/* output i of the program along the series x */
void hp_compose_series(const hp_program *program, arb_poly_struct x[], arb_poly_struct result[],
                       slong n, slong bits) {
  size_t slots = hp_program_slots(program), s = 0;
  arb_poly_struct *slot = hp_allocate(slots, sizeof *slot);
  arb_t number;
  arb_init(number);
  for (size_t i = 0; i < slots; i++)
    arb_poly_init(slot + i);
  for (; s < program->n_inputs; s++)
    arb_poly_set(slot + s, x + s);
  for (size_t i = 0; i < program->n_constants; i++) {
    hp_arb_set_rational(number, program->constants[i], bits);
    arb_poly_set_arb(slot + s++, number);
  }
  for (size_t i = 0; i < program->n_instructions; i++, s++) {
    hp_instruction at = program->code[i];
    apply_series(slot + s, (hp_operation)at.op, slot + at.a, slot + at.b, n, bits);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    arb_poly_set(result + i, slot + program->output[i]);
  for (size_t i = 0; i < slots; i++)
    arb_poly_clear(slot + i);
  arb_clear(number);
  free(slot);
}
