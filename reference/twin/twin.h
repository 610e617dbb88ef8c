#ifndef HP_TWIN_H
#define HP_TWIN_H
#include "reference/problem/allocate.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the run with one line when a computed value violates what is proved of its kernel. */
static inline void hp_twin_require(bool holds, const char *kernel, const char *what, size_t i,
                                   double value) {
  if (holds)
    return;
  fprintf(stderr, "%s: %s[%zu] = %a violates the proved rounding bound\n", kernel, what, i, value);
  exit(HP_EXIT_INTERNAL);
}

/* n values of x, to be freed. */
static inline double *hp_twin_copy(size_t n, const double *x) {
  double *copy = hp_allocate(n, sizeof *copy);
  if (n > 0)
    memcpy(copy, x, n * sizeof *x);
  return copy;
}

#endif
