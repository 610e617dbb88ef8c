#include "src/tape.h"
#include "src/vector.h"
#include "spec/acsl/libm.h"

/*@
  terminates            \true;
  exits                 \false;
  assigns               \nothing;
  ensures checked:      \result <==> op < HP_OPERATIONS && a < slots && b < slots &&
                                     (is_unary(op) ==> a == b);
*/
static bool check_instruction(uint32_t op, uint32_t a, uint32_t b, uint64_t slots) {
  if (op >= HP_OPERATIONS || a >= slots || b >= slots)
    return false;
  return op < HP_NEG || a == b;
}

/*@
  requires valid_code:  \valid_read(code + (0 .. n - 1));
  requires slots:       first + n <= 0x100000000;
  terminates            \true;
  exits                 \false;
  assigns               \nothing;
  ensures checked:      \result <==> code_well_formed(code, n, first);
*/
static bool check_code(const hp_instruction *code, size_t n, size_t first) {
  size_t i = 0;
  /*@
    loop invariant range:       0 <= i <= n;
    loop invariant well_formed: code_well_formed(code, i, first);
    loop assigns i;
    loop variant n - i;
  */
  while (i < n) {
    if (!check_instruction(code[i].op, code[i].a, code[i].b, first + i)) {
      /*@ assert reason: !instruction_well_formed(code, first, i); */
      return false;
    }
    /*@ assert step: instruction_well_formed(code, first, i); */
    i++;
  }
  return true;
}

/*@
  requires valid_output: \valid_read(output + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns                \nothing;
  ensures checked:       \result <==> outputs_well_formed(output, n, slots);
*/
static bool check_outputs(const uint32_t *output, size_t n, uint64_t slots) {
  size_t i = 0;
  /*@
    loop invariant range:       0 <= i <= n;
    loop invariant well_formed: outputs_well_formed(output, i, slots);
    loop assigns i;
    loop variant n - i;
  */
  while (i < n) {
    if (output[i] >= slots)
      return false;
    i++;
  }
  return true;
}

bool hp_tape_check(const hp_tape *tape) {
  const uint64_t most = UINT64_C(1) << 32;
  if (tape->n_inputs > most || tape->n_constants > most || tape->n_instructions > most)
    return false;
  size_t first = tape->n_inputs + tape->n_constants;
  size_t slots = first + tape->n_instructions;
  if (slots > most)
    return false;
  return check_code(tape->code, tape->n_instructions, first) &&
         check_outputs(tape->output, tape->n_outputs, slots);
}

/*@
  requires known:       op < HP_OPERATIONS;
  terminates            \true;
  exits                 \false;
  assigns               \nothing;
  ensures value:        operation_near(op, a, b, \result);
*/
static double operate(uint32_t op, double a, double b) {
  double value;
  switch (op) {
  case HP_ADD:
    value = a + b;
    break;
  case HP_SUB:
    value = a - b;
    break;
  case HP_MUL:
    value = a * b;
    break;
  case HP_DIV:
    value = a / b;
    break;
  case HP_NEG:
    value = -a;
    break;
  case HP_SQR:
    value = a * a;
    break;
  case HP_SQRT:
    value = sqrt(a);
    break;
  case HP_EXP:
    value = exp(a);
    break;
  case HP_LOG:
    value = log(a);
    break;
  case HP_SIN:
    value = sin(a);
    break;
  case HP_COS:
    value = cos(a);
    break;
  case HP_TAN:
    value = tan(a);
    break;
  case HP_SINH:
    value = sinh(a);
    break;
  case HP_COSH:
    value = cosh(a);
    break;
  case HP_TANH:
    value = tanh(a);
    break;
  case HP_ASINH:
    value = asinh(a);
    break;
  default:
    value = atan(a);
    break;
  }
  return value;
}

/* slot[k] from its operands' slots. */
/*@
  requires known:       instruction_well_formed(code, first, k - first);
  requires place:       first <= k;
  requires valid_code:  \valid_read(code + (k - first));
  requires valid_slot:  \valid(slot + (0 .. k));
  terminates            \true;
  exits                 \false;
  assigns  at_slot:     slot[k];
  ensures  near:        slot_near(code, first, slot, k);
*/
static void fill_slot(const hp_instruction *code, size_t first, size_t k, double *slot) {
  size_t i = k - first;
  uint32_t op = code[i].op, a = code[i].a, b = code[i].b;
  double left = slot[a], right = slot[b];
  double value = operate(op, left, right);
  slot[k] = value;
  /*@ assert left: slot[a] == left && (\is_finite(slot[a]) <==> \is_finite(left)); */
  /*@ assert right: slot[b] == right && (\is_finite(slot[b]) <==> \is_finite(right)); */
  /*@ assert near: operation_near(op, slot[a], slot[b], slot[k]); */
}

void hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                      size_t n_instructions, const hp_instruction *code, double *slot) {
  size_t first = n_inputs + n_constants, slots = first + n_instructions;
  /*@ assert sizes: first == n_inputs + n_constants && slots == first + n_instructions; */
  /*@ assert apart_x: \forall integer i; 0 <= i < n_inputs ==>
        \separated(x + i, slot + (0 .. slots - 1)); */
  /*@ assert apart_constants: \forall integer i; 0 <= i < n_constants ==>
        \separated(constants + i, slot + (0 .. slots - 1)); */
  hp_vector_copy(n_inputs, x, slot);
  hp_vector_copy(n_constants, constants, slot + n_inputs);
  /*@ assert inputs: \forall integer j; 0 <= j < n_inputs ==> copied(slot[j], \at(x[j], Pre)); */
  /*@ assert offset: \forall integer j; 0 <= j < n_constants ==>
        copied((slot + n_inputs)[j], \at(constants[j], Pre)); */
  /*@ assert constants: \forall integer j; n_inputs <= j < first ==>
        copied(slot[j], \at(constants[j - n_inputs], Pre)); */
  /*@ assert copied_x: same_reals{Pre, Here}(x, n_inputs); */
  /*@ assert copied_constants: same_reals{Pre, Here}(constants, n_constants); */
  size_t k = first;
  /*@
    loop invariant range: first <= k <= slots;
    loop invariant same_x: same_reals{Pre, Here}(x, n_inputs);
    loop invariant same_constants: same_reals{Pre, Here}(constants, n_constants);
    loop invariant value: \forall integer j; 0 <= j < k ==>
      slot_exact{Pre}(n_inputs, x, first, constants, code, j, slot[j]);
    loop invariant inputs: \forall integer j; 0 <= j < n_inputs ==> copied(slot[j], \at(x[j], Pre));
    loop invariant constants: \forall integer j; n_inputs <= j < first ==>
      copied(slot[j], \at(constants[j - n_inputs], Pre));
    loop invariant near: \forall integer j; first <= j < k ==> slot_near(code, first, slot, j);
    loop assigns k, slot[0 .. slots - 1];
    loop variant slots - k;
  */
  while (k < slots) {
    /*@ assert known: instruction_well_formed(code, first, k - first); */
    /*@ assert operands: 0 <= code[k - first].a < k && 0 <= code[k - first].b < k; */
    /*@ ghost Before:; */
    fill_slot(code, first, k, slot);
    /*@ assert kept: same_reals{Before, Here}(slot, k); */
    /*@ assert kept_x: same_reals{Before, Here}(x, n_inputs); */
    /*@ assert kept_code: same_code{Before, Here}(code, n_instructions); */
    /*@ assert earlier: \forall integer j; first <= j < k ==> slot_near(code, first, slot, j); */
    /*@ assert value: slot_exact{Pre}(n_inputs, x, first, constants, code, k, slot[k]); */
    k++;
  }
}

/*@
  requires valid_output: \valid_read(output + (0 .. n - 1));
  requires valid_slot:   \forall integer i; 0 <= i < n ==> \valid_read(slot + output[i]);
  requires valid_result: \valid(result + (0 .. n - 1));
  requires apart:        \forall integer i; 0 <= i < n ==>
                           \separated(result + (0 .. n - 1), slot + output[i]);
  terminates             \true;
  exits                  \false;
  assigns at_result:     result[0 .. n - 1];
  ensures gathered:      \forall integer i; 0 <= i < n ==> copied(result[i], slot[output[i]]);
*/
static void gather(size_t n, const uint32_t *output, const double *slot, double *result) {
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant gathered: \forall integer j; 0 <= j < i ==> copied(result[j], slot[output[j]]);
    loop assigns i, result[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    result[i] = slot[output[i]];
    i++;
  }
}

void hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result) {
  /*@ assert slots:
        tape_slots(tape) == tape->n_inputs + tape->n_constants + tape->n_instructions; */
  hp_tape_evaluate(tape->n_inputs, x, tape->n_constants, tape->constants, tape->n_instructions,
                   tape->code, slot);
  /*@ assert outputs: \forall integer i; 0 <= i < tape->n_outputs ==>
        0 <= tape->output[i] < tape_slots(tape); */
  /*@ assert value: \forall integer i; 0 <= i < tape->n_outputs ==>
        output_defined{Pre}(tape, x, i) ==>
        computed(slot[tape->output[i]], tape_output{Pre}(tape, x, i), tape_error{Pre}(tape, x, i)); */
  gather(tape->n_outputs, tape->output, slot, result);
  /*@ assert same_x: same_reals{Pre, Here}(x, tape->n_inputs); */
  /*@ assert same_constants: same_reals{Pre, Here}(tape->constants, tape->n_constants); */
  /*@ assert same_code: same_code{Pre, Here}(tape->code, tape->n_instructions); */
  /*@ assert frame: \forall integer i; 0 <= i < tape->n_outputs ==>
        tape_output{Pre}(tape, x, i) == tape_output(tape, x, i) &&
        tape_error{Pre}(tape, x, i) == tape_error(tape, x, i) &&
        (output_defined{Pre}(tape, x, i) <==> output_defined(tape, x, i)); */
}
