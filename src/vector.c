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
    loop invariant copied: \forall integer j; 0 <= j < i ==> result[j] == x[j];
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
      result[j] == \at(x[j], Pre) + s*y[j];
    loop invariant rest:  \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre);
    loop assigns i, result[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double product = s * y[i];
    result[i] = x[i] + product;
    i++;
  }
}

double hp_vector_dot(size_t n, const double *x, const double *y) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range: 0 <= i <= n;
    loop invariant dot:   sum == dot(x, y, i);
    loop assigns i, sum;
    loop variant n - i;
  */
  while (i < n) {
    double product = x[i] * y[i];
    sum = sum + product;
    i++;
  }
  return sum;
}

double hp_vector_distance_squared(size_t n, const double *x, const double *y) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant distance: sum == distance_squared(x, y, i);
    loop assigns i, sum;
    loop variant n - i;
  */
  while (i < n) {
    double difference = x[i] - y[i];
    double square = difference * difference;
    sum = sum + square;
    i++;
  }
  return sum;
}

double hp_vector_distance_max(size_t n, const double *x, const double *y) {
  double largest = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant sign:     0 <= largest;
    loop invariant above:    \forall integer j; 0 <= j < i ==> \abs(x[j] - y[j]) <= largest;
    loop invariant attained: i == 0 ? largest == 0.0
                                    : \exists integer j; 0 <= j < i && largest == \abs(x[j] - y[j]);
    loop assigns i, largest;
    loop variant n - i;
  */
  while (i < n) {
    double difference = x[i] - y[i];
    double distance = difference < 0.0 ? -difference : difference;
    if (distance > largest)
      largest = distance;
    i++;
  }
  return largest;
}
