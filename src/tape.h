#ifndef HP_TAPE_H
#define HP_TAPE_H
#include <stdbool.h>
#include "spec/acsl/tape.h"
#include "src/tape_layout.h"

/* Is the tape well formed: known operations, operands before their instruction, b = a where the
 * operation is unary, outputs that are slots, at most 2^32 slots? For any content of the tape. */
/*@
  requires valid_tape:      \valid_read(tape);
  requires valid_code:      \valid_read(tape->code + (0 .. tape->n_instructions - 1));
  requires valid_output:    \valid_read(tape->output + (0 .. tape->n_outputs - 1));
  terminates                \true;
  exits                     \false;
  assigns  \result          \from *tape, tape->code[0 .. tape->n_instructions - 1],
                                  tape->output[0 .. tape->n_outputs - 1];
  ensures  checked:         \result <==> tape_well_formed(tape);
*/
bool hp_tape_check(const hp_tape *tape);

/* slot[k] for all k < n_inputs + n_constants + n_instructions at the point x. In real arithmetic slot
 * k is slot_value(k) where all operations behind it are in their domains: no division by 0, no root
 * or logarithm of a negative number. In binary64 it is finite and within slot_error(k) of it, where inputs
 * and constants are exact, an instruction on a and b with the errors e and f has
 *
 *     slot_error = p + r,   with u = 2^-53, eta = 2^-1074, y = |op(a, b)| + p,
 *
 *     op                            p                               r                 where
 *     sum, difference               e + f                           u y
 *     product, square               |a| f + |b| e + e f             u y + eta/2
 *     quotient                      (|a| f + |b| e)/(|b| (|b| - f)) u y + eta/2       f < |b|
 *     square root                   e/sqrt(a), 0 for e = 0          u y               e <= a
 *     -a                            e                               0
 *     sin, cos, tanh, arsinh, atan  e                               4 u y + 2 eta
 *     exp                           exp(a) (exp(e) - 1)             4 u y + 2 eta
 *     ln                            e/(a - e)                       4 u y + 2 eta     e < a
 *     tan                           e/(|cos a| (|cos a| - e))       4 u y + 2 eta     e < |cos a|
 *     sinh, cosh                    cosh(a) (exp(e) - 1)            4 u y + 2 eta
 *
 * and slot k is slot_defined(k) where this holds behind it, with finite numbers and every y <= 2^1000.
 * Elsewhere it is what IEEE arithmetic gives, which may be NaN or an infinity, and no undefined
 * behaviour. */
/*@
  requires valid_x:         \valid_read(x + (0 .. n_inputs - 1));
  requires valid_constants: \valid_read(constants + (0 .. n_constants - 1));
  requires valid_code:      \valid_read(code + (0 .. n_instructions - 1));
  requires valid_slot:      \valid(slot + (0 .. n_inputs + n_constants + n_instructions - 1));
  requires apart_x:         \separated(slot + (0 .. n_inputs + n_constants + n_instructions - 1),
                                       x + (0 .. n_inputs - 1));
  requires apart_constants: \separated(slot + (0 .. n_inputs + n_constants + n_instructions - 1),
                                       constants + (0 .. n_constants - 1));
  requires slots:           n_inputs + n_constants + n_instructions <= 0x100000000;
  requires well_formed:     code_well_formed(code, n_instructions, n_inputs + n_constants);
  terminates                \true;
  exits                     \false;
  assigns  at_slot:         slot[0 .. n_inputs + n_constants + n_instructions - 1];
  ensures  value:           \forall integer k; 0 <= k < n_inputs + n_constants + n_instructions ==>
    slot_exact{Pre}(n_inputs, x, n_inputs + n_constants, constants, code, k, slot[k]);
  ensures  inputs:          \forall integer k; 0 <= k < n_inputs ==> copied(slot[k], x[k]);
  ensures  constants:       \forall integer k; 0 <= k < n_constants ==>
    copied(slot[n_inputs + k], constants[k]);
  ensures  near:            \forall integer k;
    n_inputs + n_constants <= k < n_inputs + n_constants + n_instructions ==>
    slot_near(code, n_inputs + n_constants, slot, k);
*/
void hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                      size_t n_instructions, const hp_instruction *code, double *slot);

/* result[i] = slot[output[i]] at the point x; slot is workspace, one value for each slot. A gradient
 * tape gives the gradient; a tape with outputs (Phi, grad Phi) gives both. The bound and its range are
 * those of hp_tape_evaluate: result[i] is finite and within tape_error(i) of tape_output(i). */
/*@
  requires valid_tape:      tape_valid(tape);
  requires well_formed:     tape_well_formed(tape);
  requires valid_x:         \valid_read(x + (0 .. tape->n_inputs - 1));
  requires valid_slot:      \valid(slot + (0 .. tape_slots(tape) - 1));
  requires valid_result:    \valid(result + (0 .. tape->n_outputs - 1));
  requires apart_slot:      tape_apart(tape, slot, tape_slots(tape));
  requires apart_result:    tape_apart(tape, result, tape->n_outputs);
  requires apart_x:         \separated(slot + (0 .. tape_slots(tape) - 1),
                                       x + (0 .. tape->n_inputs - 1));
  requires apart_x_result:  \separated(result + (0 .. tape->n_outputs - 1),
                                       x + (0 .. tape->n_inputs - 1));
  requires apart:           \separated(slot + (0 .. tape_slots(tape) - 1),
                                       result + (0 .. tape->n_outputs - 1));
  terminates                \true;
  exits                     \false;
  assigns  at_slot:         slot[0 .. tape_slots(tape) - 1];
  assigns  at_result:       result[0 .. tape->n_outputs - 1];
  ensures  output:          outputs_at(tape, x, result);
*/
void hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result);

#endif
