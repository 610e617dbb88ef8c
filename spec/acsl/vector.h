#ifndef HP_ACSL_VECTOR_H
#define HP_ACSL_VECTOR_H
#include "spec/acsl/array.h"

/* Sums of the first n terms, defined by recursion on n. */
/*@
  logic real dot{L}(double *x, double *y, integer n) =
    n <= 0 ? 0.0 : dot(x, y, n - 1) + x[n - 1]*y[n - 1];

  logic real distance_squared{L}(double *x, double *y, integer n) =
    n <= 0 ? 0.0 : distance_squared(x, y, n - 1) + (x[n - 1] - y[n - 1])*(x[n - 1] - y[n - 1]);
*/
#endif
