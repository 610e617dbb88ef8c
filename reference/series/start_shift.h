#ifndef HP_START_SHIFT_H
#define HP_START_SHIFT_H
#include "trees.h"
#include <gmp.h>

/* The iterates from v_0 = 0 as B-series in u_0: u_n = B(c_n, u_0) with
 *
 *     c_{n+1} - (1+lambda) c_n + lambda c_{n-1} = prod_i ((1+a) c_n(t_i) - a c_{n-1}(t_i)),
 *     c_0 = c_{-1} = 0,
 *
 * so c_n(t) is a sum of n^j lambda^{kn}. When the terms with k >= 1, the initial layer, have died out,
 * u_n lies on the orbit of the modified field that started, at n = 0, from B(S, u_0): S(t) is the
 * coefficient of n^0 lambda^0 (claim C1). All rational, 0 <= lambda < 1. */

/* shift[t] = S(t) for every tree of the table; lambda = 0 is the limit lambda -> 0. */
void hp_momentum_shift_series(const hp_trees *trees, mpq_t shift[], const mpq_t lambda,
                              const mpq_t a);

/* c_n(t) for n = 0 .. last by the recursion itself: iterates[n * trees->count + t]. */
void hp_momentum_iterate_series(const hp_trees *trees, mpq_t iterates[], size_t last,
                                const mpq_t lambda, const mpq_t a);

#endif
