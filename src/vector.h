#ifndef HP_VECTOR_H
#define HP_VECTOR_H
#include <stddef.h>
#include "spec/acsl/vector.h"

/* Vectors of n doubles. Memory safety, frames and termination hold for all values; the sums and
 * distances are stated in real arithmetic, as the sequential sum from i = 0. NaN and infinities are
 * no undefined behaviour: they give what IEEE arithmetic gives. */

/* x_i = value. Exact. */
/*@
  requires valid_x:      \valid(x + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_x:         x[0 .. n - 1];
  ensures  filled:       \forall integer i; 0 <= i < n ==> equal(x[i], value);
  ensures  finite:       \is_finite(value) ==>
                           \forall integer i; 0 <= i < n ==> \is_finite(x[i]);
*/
void hp_vector_fill(size_t n, double value, double *x);

/* result_i = x_i. Exact. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_result: \valid(result + (0 .. n - 1));
  requires apart:        \separated(x + (0 .. n - 1), result + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_result:    result[0 .. n - 1];
  ensures  copied:       \forall integer i; 0 <= i < n ==> result[i] == x[i];
*/
void hp_vector_copy(size_t n, const double *x, double *result);

/* result_i = x_i + s y_i; result may be x. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  requires valid_result: \valid(result + (0 .. n - 1));
  requires apart_x:      result == x || \separated(result + (0 .. n - 1), x + (0 .. n - 1));
  requires apart_y:      \separated(result + (0 .. n - 1), y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  at_result:    result[0 .. n - 1];
  ensures  sum:          \forall integer i; 0 <= i < n ==>
                           result[i] == \old(x[i]) + s*y[i];
*/
void hp_vector_add_scaled(size_t n, const double *x, double s, const double *y, double *result);

/* sum_i x_i y_i; x may be y. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  dot:          \result == dot(x, y, n);
*/
double hp_vector_dot(size_t n, const double *x, const double *y);

/* sum_i (x_i - y_i)^2. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  distance:     \result == distance_squared(x, y, n);
*/
double hp_vector_distance_squared(size_t n, const double *x, const double *y);

/* max_i |x_i - y_i|; 0 when n = 0. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  above:        \forall integer i; 0 <= i < n ==> \abs(x[i] - y[i]) <= \result;
  ensures  attained:     n == 0 ? \result == 0.0
                                : \exists integer i; 0 <= i < n && \result == \abs(x[i] - y[i]);
*/
double hp_vector_distance_max(size_t n, const double *x, const double *y);

#endif
