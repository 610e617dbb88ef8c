#ifndef HP_DRIVER_TAPE_H
#define HP_DRIVER_TAPE_H
#include "verify/proof/drivers/driver.h"
#include "src/tape_layout.h"

/* (w_1 + c tanh w_1, w_2 + c sin w_2), the gradient of
 * w_1^2/2 + c ln cosh w_1 + w_2^2/2 - c cos w_2. */
enum { INPUTS = 2, CONSTANTS = 1, INSTRUCTIONS = 7, SLOTS = INPUTS + CONSTANTS + INSTRUCTIONS };

static double constants[CONSTANTS];
static const hp_instruction code[INSTRUCTIONS] = {
    {HP_TANH, 0, 0}, /* 3 */
    {HP_MUL, 2, 3},  /* 4: c tanh w_1 */
    {HP_ADD, 0, 4},  /* 5 */
    {HP_SIN, 1, 1},  /* 6 */
    {HP_NEG, 6, 6},  /* 7 */
    {HP_MUL, 2, 7},  /* 8: -c sin w_2 */
    {HP_SUB, 1, 8},  /* 9 */
};
static const uint32_t output[INPUTS] = {5, 9};
static const hp_tape tape = {INPUTS, CONSTANTS, INSTRUCTIONS, INPUTS, constants, code, output};

#endif
