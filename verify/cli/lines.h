#ifndef HP_LINES_H
#define HP_LINES_H
#include "verify/results.h"
#include <stdio.h>

/* Verdicts for people: one line a run,
 *     verdict  claim  observable  problem  method  order  constant  bound  controls  reason */
typedef struct {
  FILE *stream;
  int problem_width, method_width;
  size_t count[HP_ERROR + 1]; /* runs by verdict */
} hp_lines;

void hp_lines_print(hp_lines *lines, const hp_run *run);
/* "12 runs: 10 pass, 1 fail, 1 not-applicable" */
void hp_lines_total(const hp_lines *lines);

#endif
