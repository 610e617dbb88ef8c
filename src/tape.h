#ifndef HP_TAPE_H
#define HP_TAPE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A tape is a straight-line program over numbered slots:
 *
 *     slots [0, n_inputs)                         the inputs
 *     slots [n_inputs, n_inputs + n_constants)    the constants
 *     slot  n_inputs + n_constants + i            op_i(slot a_i, slot b_i)
 *
 * Operands stand before their instruction: a_i, b_i < n_inputs + n_constants + i.
 * A unary operation has b_i = a_i. */
typedef enum {
  HP_ADD,
  HP_SUB,
  HP_MUL,
  HP_DIV,
  HP_NEG,
  HP_SQR, /* a^2 */
  HP_SQRT,
  HP_EXP,
  HP_LOG,
  HP_SIN,
  HP_COS,
  HP_TAN,
  HP_SINH,
  HP_COSH,
  HP_TANH,
  HP_ASINH,
  HP_ATAN,
  HP_OPERATIONS /* how many there are */
} hp_operation;

typedef struct {
  uint32_t op, a, b;
} hp_instruction;

/* A tape with its constants rounded to double and the slots that are its results. */
typedef struct {
  size_t n_inputs, n_constants, n_instructions, n_outputs;
  const double *constants;
  const hp_instruction *code;
  const uint32_t *output;
} hp_tape;

/* Is the tape well formed: known operations, operands before their instruction, unary b = a,
 * outputs that are slots, at most 2^32 slots? */
bool hp_tape_check(const hp_tape *tape);

/* slot[k] for every k < n_inputs + n_constants + n_instructions, at the point x. */
void hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                      size_t n_instructions, const hp_instruction *code, double *slot);

/* result[i] = slot[output[i]] at the point x; slot is workspace for all slots. A gradient tape gives
 * the gradient; a tape with outputs (Phi, grad Phi) gives both. */
void hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result);

#endif
