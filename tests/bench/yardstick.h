#ifndef HP_BENCH_YARDSTICK_H
#define HP_BENCH_YARDSTICK_H
#include "reference/taylor/plan.h"

/* The yardstick: the same series, order and step rule (stepper.h) in a plain MPFR loop, one
 * mpfr_mul and one mpfr_add for each term, equal products of a square taken once. u becomes u(t_end);
 * returns the number of steps. */
size_t yardstick_integrate(const hp_plan *plan, mpfr_t u[], const mpfr_t t_end, double tol_digits,
                           mpfr_prec_t precision_bits);

#endif
