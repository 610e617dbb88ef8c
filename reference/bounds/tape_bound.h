#ifndef HP_TAPE_BOUND_H
#define HP_TAPE_BOUND_H
#include "src/tape.h"
#include <arb.h>
#include <stdbool.h>

/* The accumulated rounding bound that src/tape.h states and WP proves, on the numbers of a tape at a
 * point: slot_value, slot_error and slot_defined of each slot, in balls (Arb). The functions of a tape
 * have no exact values: a slot counts as defined, and its bound as violated, where the balls leave no
 * doubt. They are 2^-300 of the numbers behind them wide, the bounds 2^-53 of these. */
typedef struct {
  slong slots;
  arb_ptr value, error;
  bool *defined;
} hp_tape_bound;

void hp_tape_bound_init(hp_tape_bound *bound, const hp_tape *tape, const double *x);
void hp_tape_bound_clear(hp_tape_bound *bound);

/* Is `computed` finite and |computed - slot_value| <= slot_error? Where slot k is not defined nothing is
 * claimed and the answer is true. */
bool hp_slot_within_bound(const hp_tape_bound *bound, size_t k, double computed);

/* |computed - slot_value|/slot_error to double precision, for a defined slot whose error is not 0. */
double hp_slot_share(const hp_tape_bound *bound, size_t k, double computed);

#endif
