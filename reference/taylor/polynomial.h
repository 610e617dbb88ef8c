#ifndef HP_TAYLOR_POLYNOMIAL_H
#define HP_TAYLOR_POLYNOMIAL_H
#include "fixed.h"

/* The Taylor polynomials of one step,  u_i(start + x H) = sum_{k<=order} U_{i,k} x^k, x <= 1/2:
 * U_{i,k} has hp_jet_digits(n, k) digits and stands at digit + place[k] + i place[order + 1]. */
typedef struct {
  arf_t start, scale; /* scale: H */
  slong *exponent;    /* one for each i */
  hp_digit *digit;
} hp_polynomial;

/* What all steps of a trajectory share. */
typedef struct {
  size_t dimension, order, n;
  size_t *place; /* order + 2 */
} hp_polynomial_shape;

void hp_polynomial_shape_init(hp_polynomial_shape *shape, size_t dimension, size_t order, size_t n);
void hp_polynomial_shape_clear(hp_polynomial_shape *shape);

void hp_polynomial_init(hp_polynomial *step, const hp_polynomial_shape *shape);
void hp_polynomial_clear(hp_polynomial *step);

static inline hp_digit *hp_polynomial_at(const hp_polynomial *step,
                                         const hp_polynomial_shape *shape, size_t i, size_t k) {
  return step->digit + i * shape->place[shape->order + 1] + shape->place[k];
}

/* u and, unless NULL, u' at time t, start <= t <= start + H/2. Error below a few units of
 * 2^{exponent - 56 n} (u' in units of 1/H) beyond that of the coefficients. */
void hp_polynomial_eval(const hp_polynomial *step, const hp_polynomial_shape *shape, const arf_t t,
                        arf_struct u[], arf_struct derivative[]);

#endif
