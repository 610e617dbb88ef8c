#include "tape_double.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

void hp_tape_double_init(hp_tape_double *tape, const hp_program *program) {
  tape->constants = hp_allocate(program->n_constants, sizeof *tape->constants);
  tape->slot = hp_allocate(hp_program_slots(program), sizeof *tape->slot);
  hp_program_constants_double(program, tape->constants);
  tape->tape = (hp_tape){
      .n_inputs = program->n_inputs,
      .n_constants = program->n_constants,
      .n_instructions = program->n_instructions,
      .n_outputs = program->n_outputs,
      .constants = tape->constants,
      .code = program->code,
      .output = program->output,
  };
}

void hp_tape_double_clear(hp_tape_double *tape) {
  free(tape->slot);
  free(tape->constants);
}
