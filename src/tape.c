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
  ensures value:        in_domain(op, a, b) ==> \result == operation(op, a, b);
*/
static double operate(uint32_t op, double a, double b) {
  switch (op) {
  case HP_ADD:
    return a + b;
  case HP_SUB:
    return a - b;
  case HP_MUL:
    return a * b;
  case HP_DIV:
    return a / b;
  case HP_NEG:
    return -a;
  case HP_SQR:
    return a * a;
  case HP_SQRT:
    return sqrt(a);
  case HP_EXP:
    return exp(a);
  case HP_LOG:
    return log(a);
  case HP_SIN:
    return sin(a);
  case HP_COS:
    return cos(a);
  case HP_TAN:
    return tan(a);
  case HP_SINH:
    return sinh(a);
  case HP_COSH:
    return cosh(a);
  case HP_TANH:
    return tanh(a);
  case HP_ASINH:
    return asinh(a);
  default:
    return atan(a);
  }
}

void hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants, const double *constants,
                      size_t n_instructions, const hp_instruction *code, double *slot) {
  size_t first = n_inputs + n_constants, slots = first + n_instructions;
  /*@ assert sizes: first == n_inputs + n_constants && slots == first + n_instructions; */
  hp_vector_copy(n_inputs, x, slot);
  hp_vector_copy(n_constants, constants, slot + n_inputs);
  /*@ assert inputs: \forall integer j; 0 <= j < n_inputs ==> slot[j] == \at(x[j], Pre); */
  /*@ assert offset: \forall integer j; 0 <= j < n_constants ==>
        (slot + n_inputs)[j] == \at(constants[j], Pre); */
  /*@ assert constants: \forall integer j; n_inputs <= j < first ==>
        slot[j] == \at(constants[j - n_inputs], Pre); */
  size_t k = first;
  /*@
    loop invariant range: first <= k <= slots;
    loop invariant value: \forall integer j; 0 <= j < k ==>
      slot_defined{Pre}(n_inputs, x, first, constants, code, j) ==>
      slot[j] == slot_value{Pre}(n_inputs, x, first, constants, code, j);
    loop assigns k, slot[0 .. slots - 1];
    loop variant slots - k;
  */
  while (k < slots) {
    size_t i = k - first;
    /*@ assert known: instruction_well_formed(code, first, i); */
    uint32_t op = code[i].op, a = code[i].a, b = code[i].b;
    double value = operate(op, slot[a], slot[b]);
    /*@ assert value:
          slot_defined{Pre}(n_inputs, x, first, constants, code, k) ==>
          value == slot_value{Pre}(n_inputs, x, first, constants, code, k); */
    slot[k] = value;
    k++;
  }
}

void hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result) {
  hp_tape_evaluate(tape->n_inputs, x, tape->n_constants, tape->constants, tape->n_instructions,
                   tape->code, slot);
  size_t i = 0;
  /*@
    loop invariant range:  0 <= i <= tape->n_outputs;
    loop invariant output: \forall integer j; 0 <= j < i ==>
      output_defined{Pre}(tape, x, j) ==> result[j] == tape_output{Pre}(tape, x, j);
    loop assigns i, result[0 .. tape->n_outputs - 1];
    loop variant tape->n_outputs - i;
  */
  while (i < tape->n_outputs) {
    /*@ assert slot: tape->output[i] < tape_slots(tape); */
    result[i] = slot[tape->output[i]];
    i++;
  }
  /*@ assert same_x: same_reals{Pre, Here}(x, tape->n_inputs); */
  /*@ assert same_constants: same_reals{Pre, Here}(tape->constants, tape->n_constants); */
  /*@ assert same_code: same_code{Pre, Here}(tape->code, tape->n_instructions); */
  /*@ assert frame: \forall integer j; 0 <= j < tape->n_outputs ==>
        tape_output{Pre}(tape, x, j) == tape_output(tape, x, j) &&
        (output_defined{Pre}(tape, x, j) <==> output_defined(tape, x, j)); */
}
