#include "allocate.h"
#include "program.h"
#include <stdlib.h>

void hp_evaluator_mpfr_init(hp_evaluator_mpfr *evaluator, const hp_program *program,
                            mpfr_prec_t precision_bits) {
  size_t n_slots = hp_program_slots(program);
  evaluator->program = program;
  evaluator->slot = hp_allocate(n_slots, sizeof *evaluator->slot);
  for (size_t i = 0; i < n_slots; i++)
    mpfr_init2(evaluator->slot[i], precision_bits);
  for (size_t i = 0; i < program->n_constants; i++)
    mpfr_set_q(evaluator->slot[program->n_inputs + i], program->constants[i], MPFR_RNDN);
}

void hp_evaluator_mpfr_clear(hp_evaluator_mpfr *evaluator) {
  for (size_t i = 0; i < hp_program_slots(evaluator->program); i++)
    mpfr_clear(evaluator->slot[i]);
  free(evaluator->slot);
}

static void execute(hp_operation op, mpfr_ptr y, mpfr_srcptr a, mpfr_srcptr b) {
  static int (*const unary[HP_OPERATIONS])(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t) = {
      [HP_NEG] = mpfr_neg,   [HP_SQR] = mpfr_sqr,   [HP_SQRT] = mpfr_sqrt, [HP_EXP] = mpfr_exp,
      [HP_LOG] = mpfr_log,   [HP_SIN] = mpfr_sin,   [HP_COS] = mpfr_cos,   [HP_TAN] = mpfr_tan,
      [HP_SINH] = mpfr_sinh, [HP_COSH] = mpfr_cosh, [HP_TANH] = mpfr_tanh, [HP_ASINH] = mpfr_asinh,
      [HP_ATAN] = mpfr_atan,
  };
  switch (op) {
  case HP_ADD:
    mpfr_add(y, a, b, MPFR_RNDN);
    break;
  case HP_SUB:
    mpfr_sub(y, a, b, MPFR_RNDN);
    break;
  case HP_MUL:
    mpfr_mul(y, a, b, MPFR_RNDN);
    break;
  case HP_DIV:
    mpfr_div(y, a, b, MPFR_RNDN);
    break;
  default:
    unary[op](y, a, MPFR_RNDN);
  }
}

void hp_evaluate_mpfr(hp_evaluator_mpfr *evaluator, const mpfr_t x[], mpfr_t result[]) {
  const hp_program *program = evaluator->program;
  mpfr_t *slot = evaluator->slot, *y = slot + program->n_inputs + program->n_constants;
  for (size_t k = 0; k < program->n_inputs; k++)
    mpfr_set(slot[k], x[k], MPFR_RNDN);
  for (size_t i = 0; i < program->n_instructions; i++) {
    hp_instruction at = program->code[i];
    execute(at.op, y[i], slot[at.a], slot[at.b]);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    mpfr_set(result[i], slot[program->output[i]], MPFR_RNDN);
}
