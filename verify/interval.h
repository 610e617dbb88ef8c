#ifndef HP_INTERVAL_H
#define HP_INTERVAL_H
#include "reference/problem/program.h"

/* Intervals with MPFR end points, rounded outwards: the arithmetic of `recheck`, which shares nothing
 * with the balls of reference/. An operation outside its domain gives [-infinity, infinity]. */
typedef struct {
  mpfr_t low, high;
} hp_interval;

hp_interval *hp_interval_new(size_t n, mpfr_prec_t bits);
void hp_interval_free(hp_interval *x, size_t n);
void hp_interval_set(hp_interval *y, const hp_interval *x);
void hp_interval_set_rational(hp_interval *y, const mpq_t x);
void hp_interval_apply(hp_interval *y, hp_operation op, const hp_interval *a, const hp_interval *b);
bool hp_interval_contains(const hp_interval *outer, const hp_interval *inner);
bool hp_interval_is_finite(const hp_interval *x);
/* norm = Euclidean norm of n intervals */
void hp_interval_norm(hp_interval *norm, const hp_interval *x, size_t n);

/* result[i] contains output i of the program at every point of x. */
void hp_interval_evaluate(const hp_program *program, const hp_interval x[], hp_interval result[],
                          mpfr_prec_t bits);

#endif
