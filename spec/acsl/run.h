#ifndef HP_ACSL_RUN_H
#define HP_ACSL_RUN_H
#include "spec/acsl/momentum.h"
#include "spec/acsl/tape.h"

/* The memory of one step of a tape problem: u, v, y, g of d values, and a value for each slot. */
/*@
  predicate step_valid{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double *g,
                          double *slot) =
    tape_valid(tape) && tape_well_formed(tape) && tape->n_inputs == d && tape->n_outputs == d &&
    \valid(u + (0 .. d - 1)) && \valid(v + (0 .. d - 1)) && \valid(y + (0 .. d - 1)) &&
    \valid(g + (0 .. d - 1)) && \valid(slot + (0 .. tape_slots(tape) - 1));

  predicate step_apart{L}(hp_tape *tape, integer d, double *u, double *v, double *y, double *g,
                          double *slot) =
    tape_apart(tape, u, d) && tape_apart(tape, v, d) && tape_apart(tape, y, d) &&
    tape_apart(tape, g, d) && tape_apart(tape, slot, tape_slots(tape)) &&
    apart(u, d, v, d) && apart(u, d, y, d) && apart(u, d, g, d) && apart(v, d, y, d) &&
    apart(v, d, g, d) && apart(y, d, g, d) && apart(slot, tape_slots(tape), u, d) &&
    apart(slot, tape_slots(tape), v, d) && apart(slot, tape_slots(tape), y, d) &&
    apart(slot, tape_slots(tape), g, d);
*/
#endif
