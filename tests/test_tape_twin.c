/* The twins around kernels that are wrong on purpose: each violation ends the run. */
#define __real_hp_tape_evaluate faulty_evaluate
#define __wrap_hp_tape_evaluate checked_evaluate
#define __real_hp_tape_outputs  faulty_outputs
#define __wrap_hp_tape_outputs  checked_outputs
#include "reference/twin/tape_twin.c"
#include <criterion/criterion.h>

static double fault = 1; /* a factor on the last slot and output */

void faulty_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                     size_t n_instructions, const hp_instruction *code, double *slot) {
  hp_tape_evaluate(n_inputs, x, n_constants, constants, n_instructions, code, slot);
  slot[n_inputs + n_constants + n_instructions - 1] *= fault;
}

void faulty_outputs(const hp_tape *tape, const double *x, double *slot, double *result) {
  hp_tape_outputs(tape, x, slot, result);
  result[tape->n_outputs - 1] *= fault;
}

/* x + 0.3 and its square, whose bound is less than 6 units of the last place */
static const double x[] = {0.1}, constants[] = {0.3};
static const hp_instruction code[] = {{HP_ADD, 0, 1}, {HP_SQR, 2, 2}};
static const uint32_t output[] = {0, 3};
static const hp_tape tape = {1, 1, 2, 2, constants, code, output};
static double slot[4], result[2];

Test(tape_twin, lets_right_kernels_pass) {
  for (int call = 0; call < 2000; call++) {
    checked_evaluate(1, x, 1, constants, 2, code, slot);
    checked_outputs(&tape, x, slot, result);
  }
}

Test(tape_twin, stops_a_wrong_slot, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-49;
  checked_evaluate(1, x, 1, constants, 2, code, slot);
}

Test(tape_twin, stops_a_wrong_output, .exit_code = HP_EXIT_INTERNAL) {
  fault = 1 + 0x1p-49;
  checked_outputs(&tape, x, slot, result);
}
