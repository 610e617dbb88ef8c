#ifndef HP_ORDER_H
#define HP_ORDER_H
#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>

/* Order of convergence and leading constant from errors e_0, e_1, ... at steps h_0 > h_1 > ... :
 * e(h) = K h^p (1 + c h + O(h^2)). */
typedef struct {
  double order, low, high;    /* estimate of p and its two-sided uncertainty interval */
  double constant, constant_low, constant_high; /* estimate of K for the expected order p */
  bool asymptotic;            /* successive slopes approach a limit at the rate the model says */
  size_t first_row, rows;     /* rows used */
  double asymptotic_below;    /* when not asymptotic: an h that would do, 0 when none can be told */
} hp_order;

/* Needs at least 3 rows (7 for a verdict); expected is the predicted order. */
hp_order hp_order_estimate(size_t n, const mpfr_t h[], const mpfr_t error[], double expected);

#endif
