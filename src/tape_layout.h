#ifndef HP_TAPE_LAYOUT_H
#define HP_TAPE_LAYOUT_H
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

#endif
