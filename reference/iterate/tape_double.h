#ifndef HP_ITERATE_TAPE_DOUBLE_H
#define HP_ITERATE_TAPE_DOUBLE_H
#include "reference/problem/program.h"

/* A program as src/tape.h wants it: the constants rounded to nearest, and the slots to work in. */
typedef struct {
  hp_tape tape;
  double *constants, *slot;
} hp_tape_double;

/* The program must outlive the tape. */
void hp_tape_double_init(hp_tape_double *tape, const hp_program *program);
void hp_tape_double_clear(hp_tape_double *tape);

#endif
