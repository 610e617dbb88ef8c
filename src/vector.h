#ifndef HP_VECTOR_H
#define HP_VECTOR_H
#include <stddef.h>
#include "spec/acsl/vector.h"

/* Vectors of n doubles. Memory safety, frames and termination hold for all values. Where the numbers
 * are finite and of magnitude <= 2^300, with eps = 2^-53 and eta = 2^-1074, a result is finite and
 *
 *     x_i + s y_i      within eps (1 + 2 eps) (2 |s y_i| + |x_i|) + eta,
 *     dot product      within (n + 1) eps (1 + 2^-12) sum |x_i y_i| + n eta,       n <= 2^40,
 *     squared distance within (n + 3) eps (1 + 2^-12) sum (x_i - y_i)^2 + n eta,   n <= 2^40,
 *     largest distance within eps max |x_i - y_i|
 *
 * of its exact value; the sums are sequential, from i = 0. Other values are no undefined behaviour: they
 * give what IEEE arithmetic gives. */

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
  ensures  copied:       \forall integer i; 0 <= i < n ==> copied(result[i], x[i]);
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
                           scaled_sum(result[i], \old(x[i]), s, y[i]);
*/
void hp_vector_add_scaled(size_t n, const double *x, double s, const double *y, double *result);

/* sum_i x_i y_i; x may be y. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  dot:          summable_arrays(x, y, n) ==> \is_finite(\result) &&
                           near(\result, dot(x, y, n), dot_error(n, dot_size(x, y, n)));
  ensures  size:         summable_arrays(x, y, n) ==> below(\result, 0x1p700);
*/
double hp_vector_dot(size_t n, const double *x, const double *y);

/* sum_i (x_i - y_i)^2. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  distance:     summable_arrays(x, y, n) ==> \is_finite(\result) &&
                           near(\result, distance_squared(x, y, n),
                                distance_error(n, distance_squared(x, y, n)));
*/
double hp_vector_distance_squared(size_t n, const double *x, const double *y);

/* max_i |x_i - y_i|; 0 when n = 0. */
/*@
  requires valid_x:      \valid_read(x + (0 .. n - 1));
  requires valid_y:      \valid_read(y + (0 .. n - 1));
  terminates             \true;
  exits                  \false;
  assigns  \result       \from n, x[0 .. n - 1], y[0 .. n - 1];
  ensures  above:        tame_array(x, n) ==> tame_array(y, n) ==> \is_finite(\result) &&
                           \forall integer i; 0 <= i < n ==> at_most(\abs(x[i] - y[i]), \result);
  ensures  attained:     tame_array(x, n) ==> tame_array(y, n) ==>
                           (n == 0 ? equal(\result, 0.0) : \exists integer i; 0 <= i < n &&
                             near(\result, \abs(x[i] - y[i]), sum_error(x[i] - y[i])));
*/
double hp_vector_distance_max(size_t n, const double *x, const double *y);

#endif
