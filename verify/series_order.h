#ifndef HP_SERIES_ORDER_H
#define HP_SERIES_ORDER_H
#include "reference/problem/problem.h"

/* How far the expansions of a problem are carried: the largest order of elementary differentials, at
 * most `wanted` and at least 2, whose program has at most HP_SERIES_INSTRUCTIONS instructions. *cost is
 * that of the next order when it is what stopped it, else 0. */
#define HP_SERIES_INSTRUCTIONS 20000
size_t hp_series_order(const hp_problem *problem, size_t wanted, size_t *cost);

/* Digits of measured values: those asked for, but at most HP_SERIES_COSTLY_DIGITS on a loss whose
 * differentials of this order take more than HP_SERIES_CHEAP instructions. */
#define HP_SERIES_CHEAP         300
#define HP_SERIES_COSTLY_DIGITS 20
int hp_series_digits(const hp_problem *problem, size_t order, int asked);

#endif
