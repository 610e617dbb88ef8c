#ifndef HP_ITERATE_VECTOR_MPFR_H
#define HP_ITERATE_VECTOR_MPFR_H
#include <mpfr.h>
#include <stddef.h>

/* n numbers at precision_bits, all 0. */
mpfr_t *hp_vector_new_mpfr(size_t n, mpfr_prec_t precision_bits);
void hp_vector_free_mpfr(size_t n, mpfr_t *x);

/* sqrt(sum_i x_i^2), every operation rounded to nearest at the precision of the result. */
void hp_vector_norm_mpfr(mpfr_t result, size_t n, const mpfr_t x[]);

#endif
