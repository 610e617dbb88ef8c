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

/* The first 2^20 calls of a kernel are compared, then one in 64: an ensemble makes tens of millions. */
static inline bool hp_twin_is_due(unsigned long *calls) {
  unsigned long call = (*calls)++;
  return call < 1ul << 20 || call % 64 == 0;
}

/* n values of x, to be freed. */
static inline double *hp_twin_copy(size_t n, const double *x) {
  double *copy = hp_allocate(n, sizeof *copy);
  if (n > 0)
    memcpy(copy, x, n * sizeof *x);
  return copy;
}

#endif
