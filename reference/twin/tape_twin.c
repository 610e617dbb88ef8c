/* As in momentum_twin.c, for the tapes. */
#include "reference/bounds/tape_bound.h"
#include "reference/twin/twin.h"
#include "src/tape.h"

void __real_hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants,
                             const double *constants, size_t n_instructions,
                             const hp_instruction *code, double *slot);
void __wrap_hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants,
                             const double *constants, size_t n_instructions,
                             const hp_instruction *code, double *slot);
void __real_hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result);
void __wrap_hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result);

/* A comparison takes a thousand times as long as the call, so most calls go without. */
static bool is_due(unsigned long *calls) {
  unsigned long call = (*calls)++;
  return call < 1ul << 10 || call % (1ul << 12) == 0;
}

void __wrap_hp_tape_evaluate(size_t n_inputs, const double *x, size_t n_constants,
                             const double *constants, size_t n_instructions,
                             const hp_instruction *code, double *slot) {
  static unsigned long calls;
  __real_hp_tape_evaluate(n_inputs, x, n_constants, constants, n_instructions, code, slot);
  if (!is_due(&calls))
    return;
  hp_tape tape = {n_inputs, n_constants, n_instructions, 0, constants, code, NULL};
  hp_tape_bound bound;
  hp_tape_bound_init(&bound, &tape, x);
  for (size_t k = 0; k < n_inputs + n_constants + n_instructions; k++)
    hp_twin_require(hp_slot_within_bound(&bound, k, slot[k]), "hp_tape_evaluate", "slot", k,
                    slot[k]);
  hp_tape_bound_clear(&bound);
}

void __wrap_hp_tape_outputs(const hp_tape *tape, const double *x, double *slot, double *result) {
  static unsigned long calls;
  __real_hp_tape_outputs(tape, x, slot, result);
  if (!is_due(&calls))
    return;
  hp_tape_bound bound;
  hp_tape_bound_init(&bound, tape, x);
  for (size_t i = 0; i < tape->n_outputs; i++)
    hp_twin_require(hp_slot_within_bound(&bound, tape->output[i], result[i]), "hp_tape_outputs",
                    "result", i, result[i]);
  hp_tape_bound_clear(&bound);
}
