#include "polynomial.h"
#include "jet_fixed.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>
#include <string.h>

void hp_polynomial_shape_init(hp_polynomial_shape *shape, size_t dimension, size_t order,
                              size_t n) {
  *shape = (hp_polynomial_shape){dimension, order, n, hp_allocate(order + 2, sizeof(size_t))};
  for (size_t k = 0; k <= order; k++)
    shape->place[k + 1] = shape->place[k] + hp_jet_digits(n, k);
}

void hp_polynomial_shape_clear(hp_polynomial_shape *shape) {
  free(shape->place);
}

void hp_polynomial_init(hp_polynomial *step, const hp_polynomial_shape *shape) {
  arf_init(step->start);
  arf_init(step->scale);
  step->exponent = hp_allocate(shape->dimension, sizeof *step->exponent);
  step->digit = hp_allocate(shape->dimension * shape->place[shape->order + 1], sizeof *step->digit);
}

void hp_polynomial_clear(hp_polynomial *step) {
  free(step->digit);
  free(step->exponent);
  arf_clear(step->scale);
  arf_clear(step->start);
}

void hp_polynomial_eval(const hp_polynomial *step, const hp_polynomial_shape *shape, const arf_t t,
                        arf_struct u[], arf_struct derivative[]) {
  size_t n = shape->n;
  hp_digit *x = hp_allocate(3 * n, sizeof *x), *sum = x + n, *slope = sum + n;
  hp_wide *column = hp_allocate(n, sizeof *column);
  arf_t ratio;
  arf_init(ratio);
  arf_sub(ratio, t, step->start, ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_div(ratio, ratio, step->scale, (slong)n * HP_DIGIT_BITS, ARF_RND_NEAR);
  hp_fixed_set_arf(x, n, 0, ratio);
  for (size_t i = 0; i < shape->dimension; i++) {
    memset(sum, 0, 2 * n * sizeof *sum);
    for (size_t k = shape->order + 1; k-- > 0;) {
      size_t m = hp_jet_digits(n, k);
      if (derivative)
        hp_fixed_horner(slope, x, sum, m, column);
      hp_fixed_horner(sum, x, hp_polynomial_at(step, shape, i, k), m, column);
    }
    hp_fixed_get_arf(u + i, sum, n, step->exponent[i]);
    if (derivative) {
      hp_fixed_get_arf(derivative + i, slope, n, step->exponent[i]);
      arf_div(derivative + i, derivative + i, step->scale, (slong)n * HP_DIGIT_BITS, ARF_RND_NEAR);
    }
  }
  arf_clear(ratio);
  free(column);
  free(x);
}
