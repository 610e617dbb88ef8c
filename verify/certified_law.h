#ifndef HP_CERTIFIED_LAW_H
#define HP_CERTIFIED_LAW_H
#include <arb.h>
#include <stdbool.h>
#include <stddef.h>

/* An observable e(h) ~ K h^p whose values are balls. Each statement is proved for every number in the
 * balls, or it is false:
 *
 *     slope       = log(e_{n-2}/e_{n-1})/log(h_{n-2}/h_{n-1}) of the finest two rows
 *     right_order   the slope lies in [p - 0.05, p + 0.05]
 *     settled     n >= 3, and the slope before differs from it by at most 1/256
 *     constant    c_i = e_i/h_i^p;   limit = [c_{n-1} -+ 2 |c_{n-1} - c_{n-2}|]
 *     right_limit   K lies in the limit, and |c_{n-1} - K| <= (3/2) (h_{n-1}/h_{n-2}) |c_{n-2} - K|:
 *                   the trend left is O(h), with room for a factor log(1/h); or it is below 2^-40 |K|
 *     holds         e_i <= bound_i for every i
 *     violated      e_i > bound_i for some i
 *
 * Rows are finite statements. That the limit lies in the bracket is what the stated rate says, not a
 * theorem of these rows. */
typedef struct {
  arb_t slope, constant, limit;
  bool right_order, wrong_order, settled; /* wrong: no number of the slope is in the window */
  bool right_limit, holds, violated;
} hp_certified_law;

void hp_certified_law_init(hp_certified_law *law);
void hp_certified_law_clear(hp_certified_law *law);

/* n >= 2 rows, h decreasing; bits: of the arithmetic. bound NULL: nothing is claimed, holds. */
void hp_certify_law(hp_certified_law *law, size_t n, const arb_struct h[], const arb_struct error[],
                    const arb_struct bound[], const arb_t K, double p, slong bits);

#endif
