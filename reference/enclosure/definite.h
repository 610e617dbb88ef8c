#ifndef HP_ENCLOSURE_DEFINITE_H
#define HP_ENCLOSURE_DEFINITE_H
#include <arb_mat.h>
#include <stdbool.h>

/* The logarithmic norm of a d x d matrix of balls, row by row: bound >= lambda_max((A + A^T)/2) for every
 * A in it, and at most 2^-12 of its Gershgorin range above what Cholesky can prove. Proved by one
 * Cholesky factorisation in balls, bound I - (A + A^T)/2 > 0, or by Gershgorin. false when an entry is
 * not finite. */
bool hp_logarithmic_norm(arf_t bound, const arb_struct matrix[], size_t d);

#endif
