#ifndef HP_DIAGONAL_LEGENDRE_H
#define HP_DIAGONAL_LEGENDRE_H
#include <mpfr.h>
#include <stddef.h>

/* The n-point Gauss-Legendre rule on [-1, 1], nodes increasing, rounded to nearest (one ulp) from
 * enclosures of the roots of P_n. */
typedef struct {
  size_t n;
  mpfr_t *node, *weight;
} hp_legendre;
void hp_legendre_init(hp_legendre *rule, size_t n, mpfr_prec_t precision_bits);
void hp_legendre_clear(hp_legendre *rule);

#endif
