#ifndef HP_ITERATES_H
#define HP_ITERATES_H
#include "reference/problem/problem.h"
#include <stdio.h>

/* Momentum iterates of a problem from its start with v_0 = 0, as CSV
 *     n,t,u1,...,ud,v1,...,vd        t = nh
 * with one row for each n = 0, ..., count, in an unnamed file the caller closes. Iterates that are
 * not finite are refused with hp_reject, which tells n. */
typedef struct {
  const hp_problem *problem;
  mpq_t momentum, a, h;
  long count;
  long digits; /* of hp_iterates_mpfr */
} hp_iterates;

/* By the double-precision kernels of src/, 17 significant digits of each double. */
FILE *hp_iterates_double(const hp_iterates *iterates);

/* By the MPFR recurrence twice, the second time with more guard bits; the digits shown agree
 * (hp_digits_agree). */
FILE *hp_iterates_mpfr(const hp_iterates *iterates);

#endif
