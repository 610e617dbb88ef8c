#ifndef HP_DIAGONAL_BREGMAN_H
#define HP_DIAGONAL_BREGMAN_H
#include "network.h"

/* The convex problem behind implicit regularisation, solved without following any path:
 *     minimise D_psi(theta, theta_tilde)  subject to  X^T X theta = X^T y  (X theta = y when solvable),
 *     psi(theta) = (1/4) sum_i [2 theta_i arsinh(2 theta_i/Delta_i) - sqrt(4 theta_i^2 + Delta_i^2)
 *                               + Delta_i],   grad psi = arsinh(2 theta/Delta)/2.
 * Newton's method on the dual, h(nu) = B theta(nu) - b,
 *     theta(nu) = (Delta/2) sinh(2 B^T nu + arsinh(2 theta_tilde/Delta)),
 * where the rows B are independent and span the range of X^T. */
typedef struct {
  size_t rank, d;
  mpfr_prec_t precision_bits;
  mpfr_t *rows, *right; /* B, rank x d; b */
  bool rows_of_design;  /* B = X: the rank is n and nu is a multiplier for each observation */
} hp_bregman;

/* Rows and rank are found modulo a prime. */
void hp_bregman_init(hp_bregman *bregman, const hp_diagonal_network *network,
                     mpfr_prec_t precision_bits);
void hp_bregman_clear(hp_bregman *bregman);

/* theta (d values) and nu (rank values); Delta > 0. False when Newton's method does not converge to
 * the precision, which a finite Delta and theta_tilde do not let happen. */
bool hp_bregman_solve(const hp_bregman *bregman, const mpfr_t delta[], const mpfr_t theta_tilde[],
                      mpfr_t theta[], mpfr_t nu[]);

/* How far theta is from the optimality conditions: q = grad psi(theta) - grad psi(theta_tilde) must
 * be B^T nu. nu is the least-squares multiplier (the dual certificate), and
 *     residual = max( |q - B^T nu|_inf, |B theta - b|_inf ). */
void hp_bregman_certify(const hp_bregman *bregman, const mpfr_t delta[], const mpfr_t theta_tilde[],
                        const mpfr_t theta[], mpfr_t nu[], mpfr_t residual);

/* The least-squares theta of smallest Euclidean norm: B^T (B B^T)^-1 b. */
void hp_bregman_least_norm(const hp_bregman *bregman, mpfr_t theta[]);

#endif
