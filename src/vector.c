#include "src/vector.h"

void hp_vector_fill(size_t n, double value, double *x) {
  size_t i = 0;
  /*@
    loop invariant range:  0 <= i <= n;
    loop invariant filled: \forall integer j; 0 <= j < i ==> equal(x[j], value);
    loop invariant finite: \is_finite(value) ==> \forall integer j; 0 <= j < i ==> \is_finite(x[j]);
    loop assigns i, x[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    x[i] = value;
    i++;
  }
}

void hp_vector_copy(size_t n, const double *x, double *result) {
  size_t i = 0;
  /*@
    loop invariant range:  0 <= i <= n;
    loop invariant copied: \forall integer j; 0 <= j < i ==> copied(result[j], x[j]);
    loop assigns i, result[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    result[i] = x[i];
    i++;
  }
}

void hp_vector_add_scaled(size_t n, const double *x, double s, const double *y, double *result) {
  size_t i = 0;
  /*@
    loop invariant range: 0 <= i <= n;
    loop invariant sum:   \forall integer j; 0 <= j < i ==>
      scaled_sum(result[j], \at(x[j], Pre), s, y[j]);
    loop invariant rest:  unchanged{Pre, Here}(x, i, n);
    loop assigns i, result[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double x_i = x[i], y_i = y[i];
    /*@ assert same_x: same{Pre, Here}(x, i); */
    /*@ assert size_product: tame(s) ==> tame(y_i) ==> product_below(s, y_i, 0x1p600); */
    double product = s * y_i;
    /*@ assert near_product: tame(s) ==> tame(y_i) ==>
          \is_finite(product) && near(product, s*y_i, product_error(s*y_i)); */
    /*@ assert size_sum: tame(s) ==> tame(y_i) ==> tame(x_i) ==> below(x_i + product, 0x1p700); */
    double sum = x_i + product;
    /*@ assert near_sum: tame(s) ==> tame(x_i) ==> tame(y_i) ==>
          \is_finite(sum) && near(sum, x_i + product, sum_error(x_i + product)); */
    /*@ assert sum: scaled_sum(sum, x_i, s, y_i); */
    result[i] = sum;
    i++;
  }
}

double hp_vector_dot(size_t n, const double *x, const double *y) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range: 0 <= i <= n;
    loop invariant size:  \abs(dot(x, y, i)) <= dot_size(x, y, i);
    loop invariant limit: summable_arrays(x, y, n) ==>
      size_below(dot_size(x, y, i), i, 0x1p610);
    loop invariant dot:   summable_arrays(x, y, n) ==> \is_finite(sum) &&
      near(sum, dot(x, y, i), dot_error(i, dot_size(x, y, i)));
    loop assigns i, sum;
    loop variant n - i;
  */
  while (i < n) {
    double x_i = x[i], y_i = y[i];
    /*@ assert tame_xy: summable_arrays(x, y, n) ==> tame(x_i) && tame(y_i) && summable(i + 1); */
    /*@ assert size_product: summable_arrays(x, y, n) ==> product_below(x_i, y_i, 0x1p600); */
    double product = x_i * y_i;
    /*@ assert near_product: summable_arrays(x, y, n) ==> \is_finite(product) &&
          near(product, x_i*y_i, product_error(x_i*y_i)); */
    /*@ assert term: summable_arrays(x, y, n) ==> near(product, x_i*y_i, term_error(1, x_i*y_i)); */
    /*@ assert size_sum: summable_arrays(x, y, n) ==> below(sum, 0x1p700) && below(product, 0x1p602); */
    double next = sum + product;
    /*@ assert near_sum: summable_arrays(x, y, n) ==> \is_finite(next) &&
          near(next, sum + product, sum_error(sum + product)); */
    /*@ assert next_dot: dot(x, y, i + 1) == dot(x, y, i) + x_i*y_i; */
    /*@ assert next_size: dot_size(x, y, i + 1) == dot_size(x, y, i) + \abs(x_i*y_i); */
    /*@ assert step: summable_arrays(x, y, n) ==>
          near(next, dot(x, y, i + 1), dot_error(i + 1, dot_size(x, y, i + 1))); */
    sum = next;
    i++;
  }
  /*@ assert size: summable_arrays(x, y, n) ==> below(sum, 0x1p700); */
  return sum;
}

double hp_vector_distance_squared(size_t n, const double *x, const double *y) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant size:     0 <= distance_squared(x, y, i);
    loop invariant limit:    summable_arrays(x, y, n) ==>
      size_below(distance_squared(x, y, i), i, 0x1p610);
    loop invariant distance: summable_arrays(x, y, n) ==> \is_finite(sum) &&
      near(sum, distance_squared(x, y, i), distance_error(i, distance_squared(x, y, i)));
    loop assigns i, sum;
    loop variant n - i;
  */
  while (i < n) {
    double x_i = x[i], y_i = y[i];
    /*@ assert tame_xy: summable_arrays(x, y, n) ==> tame(x_i) && tame(y_i) && summable(i + 1); */
    double difference = x_i - y_i;
    /*@ assert near_difference: summable_arrays(x, y, n) ==> \is_finite(difference) &&
          near(difference, x_i - y_i, sum_error(x_i - y_i)); */
    /*@ assert size_difference: summable_arrays(x, y, n) ==> below(x_i - y_i, 0x1p301) &&
          below(difference, 0x1p302); */
    /*@ assert size_square: summable_arrays(x, y, n) ==>
          product_below(difference, difference, 0x1p604); */
    /*@ assert size_term: 0 <= squared(x_i - y_i) &&
          (summable_arrays(x, y, n) ==> below(squared(x_i - y_i), 0x1p604)); */
    double square = difference * difference;
    /*@ assert near_square: summable_arrays(x, y, n) ==> \is_finite(square) &&
          near(square, difference*difference, product_error(difference*difference)); */
    /*@ assert term: summable_arrays(x, y, n) ==>
          near(square, squared(x_i - y_i), term_error(3, squared(x_i - y_i))); */
    /*@ assert size_sum: summable_arrays(x, y, n) ==> below(sum, 0x1p700) && below(square, 0x1p606); */
    double next = sum + square;
    /*@ assert near_sum: summable_arrays(x, y, n) ==> \is_finite(next) &&
          near(next, sum + square, sum_error(sum + square)); */
    /*@ assert next_distance:
          distance_squared(x, y, i + 1) == distance_squared(x, y, i) + squared(x_i - y_i); */
    /*@ assert step: summable_arrays(x, y, n) ==>
          near(next, distance_squared(x, y, i + 1),
               distance_error(i + 1, distance_squared(x, y, i + 1))); */
    sum = next;
    i++;
  }
  return sum;
}

double hp_vector_distance_max(size_t n, const double *x, const double *y) {
  double largest = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant sign:     tame_array(x, n) ==> tame_array(y, n) ==>
      \is_finite(largest) && 0 <= largest;
    loop invariant above:    tame_array(x, n) ==> tame_array(y, n) ==>
      \forall integer j; 0 <= j < i ==> at_most(\abs(x[j] - y[j]), largest);
    loop invariant attained: tame_array(x, n) ==> tame_array(y, n) ==>
      (i == 0 ? equal(largest, 0.0) : \exists integer j; 0 <= j < i &&
         near(largest, \abs(x[j] - y[j]), sum_error(x[j] - y[j])));
    loop assigns i, largest;
    loop variant n - i;
  */
  while (i < n) {
    double x_i = x[i], y_i = y[i];
    /*@ assert size: tame(x_i) ==> tame(y_i) ==> below(x_i - y_i, 0x1p301); */
    double difference = x_i - y_i;
    /*@ assert near_difference: tame(x_i) ==> tame(y_i) ==> \is_finite(difference) &&
          near(difference, x_i - y_i, sum_error(x_i - y_i)); */
    double distance = difference < 0.0 ? -difference : difference;
    /*@ assert near_distance: tame(x_i) ==> tame(y_i) ==> \is_finite(distance) && 0 <= distance &&
          near(distance, \abs(x_i - y_i), sum_error(x_i - y_i)); */
    if (distance > largest)
      largest = distance;
    i++;
  }
  return largest;
}
