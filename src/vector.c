#include "src/vector.h"

void hp_vector_zero(size_t n, double *x) {
  size_t i = 0;
  while (i < n) {
    x[i] = 0.0;
    i++;
  }
}

void hp_vector_copy(size_t n, const double *x, double *result) {
  size_t i = 0;
  while (i < n) {
    result[i] = x[i];
    i++;
  }
}

void hp_vector_add_scaled(size_t n, const double *x, double s, const double *y, double *result) {
  size_t i = 0;
  while (i < n) {
    double product = s * y[i];
    result[i] = x[i] + product;
    i++;
  }
}

double hp_vector_dot(size_t n, const double *x, const double *y) {
  double sum = 0.0;
  size_t i = 0;
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
  while (i < n) {
    double difference = x[i] - y[i];
    double distance = difference < 0.0 ? -difference : difference;
    if (distance > largest)
      largest = distance;
    i++;
  }
  return largest;
}
