#ifndef HP_ACSL_TAPE_H
#define HP_ACSL_TAPE_H
#include "spec/acsl/operation.h"
#include "src/tape_layout.h"

/* What a tape (src/tape.h) means: by recursion on the number k of a slot its value, what rounding has
 * done to it (a bound) and whether all operations behind it are in their domains (float model: with the
 * margin that the errors need, and in range) and all numbers behind it finite. The slots below `first`
 * are the inputs and the constants; operands that do not stand before their instruction have no
 * meaning, so the recursion descends. */
/*@
  logic real slot_value{L}(integer n_inputs, double *x, integer first, double *constants,
                           hp_instruction *code, integer k) =
    k < n_inputs ? x[k] :
    k < first ? constants[k - n_inputs] :
    0 <= code[k - first].a < k && 0 <= code[k - first].b < k ?
      operation(code[k - first].op,
                slot_value(n_inputs, x, first, constants, code, code[k - first].a),
                slot_value(n_inputs, x, first, constants, code, code[k - first].b)) :
    0.0;

  logic real slot_error{L}(integer n_inputs, double *x, integer first, double *constants,
                           hp_instruction *code, integer k) =
    k < first ? 0.0 :
    0 <= code[k - first].a < k && 0 <= code[k - first].b < k ?
      operation_bound(code[k - first].op,
                      slot_value(n_inputs, x, first, constants, code, code[k - first].a),
                      slot_error(n_inputs, x, first, constants, code, code[k - first].a),
                      slot_value(n_inputs, x, first, constants, code, code[k - first].b),
                      slot_error(n_inputs, x, first, constants, code, code[k - first].b)) :
    0.0;

  predicate slot_defined{L}(integer n_inputs, double *x, integer first, double *constants,
                            hp_instruction *code, integer k) =
    (k < n_inputs && \is_finite(x[k])) ||
    (n_inputs <= k < first && \is_finite(constants[k - n_inputs])) ||
    (first <= k && 0 <= code[k - first].a < k && 0 <= code[k - first].b < k &&
     slot_defined(n_inputs, x, first, constants, code, code[k - first].a) &&
     slot_defined(n_inputs, x, first, constants, code, code[k - first].b) &&
     operation_defined(code[k - first].op,
                       slot_value(n_inputs, x, first, constants, code, code[k - first].a),
                       slot_error(n_inputs, x, first, constants, code, code[k - first].a),
                       slot_value(n_inputs, x, first, constants, code, code[k - first].b),
                       slot_error(n_inputs, x, first, constants, code, code[k - first].b)));

  // in the real model: is the value
  predicate slot_exact{L}(integer n_inputs, double *x, integer first, double *constants,
                          hp_instruction *code, integer k, double value) =
    slot_defined(n_inputs, x, first, constants, code, k) ==>
    computed(value, slot_value(n_inputs, x, first, constants, code, k),
             slot_error(n_inputs, x, first, constants, code, k));
*/

/* Instruction k - first as it was computed: its slot is near what its operands' slots give. */
/*@
  predicate slot_near{L}(hp_instruction *code, integer first, double *slot, integer k) =
    operation_near(code[k - first].op, slot[code[k - first].a], slot[code[k - first].b], slot[k]);
*/

/* Well-formedness. */
/*@
  predicate instruction_well_formed{L}(hp_instruction *code, integer first, integer i) =
    code[i].op < HP_OPERATIONS && code[i].a < first + i && code[i].b < first + i &&
    (is_unary(code[i].op) ==> code[i].a == code[i].b);

  predicate code_well_formed{L}(hp_instruction *code, integer n, integer first) =
    \forall integer i; 0 <= i < n ==> instruction_well_formed(code, first, i);

  predicate outputs_well_formed{L}(uint32_t *output, integer n, integer slots) =
    \forall integer i; 0 <= i < n ==> output[i] < slots;

  logic integer tape_slots{L}(hp_tape *tape) =
    tape->n_inputs + tape->n_constants + tape->n_instructions;

  predicate tape_well_formed{L}(hp_tape *tape) =
    tape_slots(tape) <= 0x100000000 &&
    code_well_formed(tape->code, tape->n_instructions, tape->n_inputs + tape->n_constants) &&
    outputs_well_formed(tape->output, tape->n_outputs, tape_slots(tape));
*/

/* The memory of a tape, and arrays that do not overlap it or each other. (Arrays of doubles do not
 * overlap instructions: C forbids it.) */
/*@
  predicate tape_valid{L}(hp_tape *tape) =
    \valid_read(tape) &&
    \valid_read(tape->constants + (0 .. tape->n_constants - 1)) &&
    \valid_read(tape->code + (0 .. tape->n_instructions - 1)) &&
    \valid_read(tape->output + (0 .. tape->n_outputs - 1));

  predicate tape_apart{L}(hp_tape *tape, double *x, integer n) =
    \separated(x + (0 .. n - 1), tape->constants + (0 .. tape->n_constants - 1));

  predicate apart{L}(double *x, integer n, double *y, integer m) =
    \separated(x + (0 .. n - 1), y + (0 .. m - 1));
*/

/* Output i of a tape at the point x, and what rounding does to it. */
/*@
  logic real tape_output{L}(hp_tape *tape, double *x, integer i) =
    slot_value(tape->n_inputs, x, tape->n_inputs + tape->n_constants, tape->constants, tape->code,
               tape->output[i]);

  logic real tape_error{L}(hp_tape *tape, double *x, integer i) =
    slot_error(tape->n_inputs, x, tape->n_inputs + tape->n_constants, tape->constants, tape->code,
               tape->output[i]);

  predicate output_defined{L}(hp_tape *tape, double *x, integer i) =
    slot_defined(tape->n_inputs, x, tape->n_inputs + tape->n_constants, tape->constants,
                 tape->code, tape->output[i]);

  predicate tape_defined{L}(hp_tape *tape, double *x) =
    \forall integer i; 0 <= i < tape->n_outputs ==> output_defined(tape, x, i);
*/

/* Slots depend on nothing but the inputs, the constants and the code. */
/*@
  predicate same_reals{L1, L2}(double *x, integer n) =
    \forall integer i; 0 <= i < n ==>
      \at(x[i], L1) == \at(x[i], L2) &&
      (\is_finite(\at(x[i], L1)) <==> \is_finite(\at(x[i], L2)));

  predicate same_code{L1, L2}(hp_instruction *code, integer n) =
    \forall integer i; 0 <= i < n ==>
      \at(code[i].op, L1) == \at(code[i].op, L2) &&
      \at(code[i].a, L1) == \at(code[i].a, L2) && \at(code[i].b, L1) == \at(code[i].b, L2);

  lemma slot_frame{L1, L2}:
    \forall integer n_inputs, double *x, integer first, double *constants, hp_instruction *code,
            integer n, k;
    0 <= n_inputs <= first ==>
    same_reals{L1, L2}(x, n_inputs) ==> same_reals{L1, L2}(constants, first - n_inputs) ==>
    same_code{L1, L2}(code, n) ==> 0 <= k < first + n ==>
      slot_value{L1}(n_inputs, x, first, constants, code, k) ==
      slot_value{L2}(n_inputs, x, first, constants, code, k) &&
      slot_error{L1}(n_inputs, x, first, constants, code, k) ==
      slot_error{L2}(n_inputs, x, first, constants, code, k) &&
      (slot_defined{L1}(n_inputs, x, first, constants, code, k) <==>
       slot_defined{L2}(n_inputs, x, first, constants, code, k));
*/

/* Slots that are computed stay so while later ones are filled. */
/*@
  lemma slot_near_frame{L1, L2}:
    \forall hp_instruction *code, integer n, first, double *slot, integer k, j;
    same_reals{L1, L2}(slot, k) ==> same_code{L1, L2}(code, n) ==>
    code_well_formed{L1}(code, n, first) ==>
    0 <= first <= j < k <= first + n ==>
    0 <= \at(code[j - first].a, L1) ==> 0 <= \at(code[j - first].b, L1) ==>
    slot_near{L1}(code, first, slot, j) ==> slot_near{L2}(code, first, slot, j);
*/

/* What hp_tape_outputs writes. */
/*@
  predicate outputs_at{L}(hp_tape *tape, double *x, double *result) =
    \forall integer i; 0 <= i < tape->n_outputs ==>
      output_defined(tape, x, i) ==>
      computed(result[i], tape_output(tape, x, i), tape_error(tape, x, i));
*/
#endif
