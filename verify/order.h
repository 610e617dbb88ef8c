#ifndef HP_ORDER_H
#define HP_ORDER_H
#include <mpfr.h>
#include <stdbool.h>
#include <stddef.h>

/* Order of convergence and leading constant from errors e_0, e_1, ... at steps h_0 > h_1 > ... :
 *     e(h) = K h^p (1 + c h + d h log(1/h) + O(h^2)).
 * The logarithm is there because a maximum over n that sits in an initial layer lambda^n moves with
 * log(1/h). Three extrapolations of the slopes to h = 0 (h only; h and h^2; h and h log(1/h)) give
 * three estimates; the interval is their hull, widened on both sides by its own width;
 * for K also by how far extrapolations from successive rows scatter. */
typedef struct {
  double order, low, high; /* estimate of p and its two-sided uncertainty interval */
  double constant, constant_low, constant_high; /* estimate of K for the expected order p */
  double constant_trend;   /* |e/h^p - K| at the finest step: what is extrapolated away */
  bool asymptotic;         /* the slopes approach a limit: the interval is narrower than 0.1 and the
                                 finest slope is within 0.1 of it */
  size_t first_row, rows;  /* rows used: the finest four, or all of three */
  double asymptotic_below; /* when not asymptotic: an h that would do, 0 when none can be told */
} hp_order;

/* Needs at least 3 rows (7 for a verdict); expected is the predicted order. With fewer rows, or with
 * an error that is 0 or not finite among those used, every number is NaN and asymptotic is false. */
hp_order hp_order_estimate(size_t n, const mpfr_t h[], const mpfr_t error[], double expected);

#define HP_ORDER_ROWS      7    /* step sizes that a verdict needs */
#define HP_ORDER_TOLERANCE 0.05 /* half-width of the window around the predicted order */

/* Does the whole interval lie in [expected - tolerance, expected + tolerance]? Two-sided: an order
 * that is too high is as wrong as one that is too low. */
bool hp_order_is(const hp_order *order, double expected);
/* Does the interval meet that window? */
bool hp_order_may_be(const hp_order *order, double expected);
/* Does the interval for K contain the predicted constant? */
bool hp_order_constant_is(const hp_order *order, double predicted);

#endif
