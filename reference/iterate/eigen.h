#ifndef HP_ITERATE_EIGEN_H
#define HP_ITERATE_EIGEN_H
#include <mpfr.h>
#include <stddef.h>

/* A = Q diag(value) Q^T for a symmetric d x d matrix (row by row, overwritten), by cyclic Jacobi
 * rotations at the precision of its entries: value: d numbers, ascending; vector: d x d, column k
 * belongs to value[k]. Errors are some d 2^-precision of the norm of A. */
void hp_symmetric_eigen_mpfr(size_t d, mpfr_t matrix[], mpfr_t value[], mpfr_t vector[]);

#endif
