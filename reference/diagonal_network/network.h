#ifndef HP_DIAGONAL_NETWORK_H
#define HP_DIAGONAL_NETWORK_H
#include "reference/problem/problem.h"

/* The diagonal linear network of n observations in dimension d: theta = u*v (componentwise),
 *     L(theta) = |y - X theta|^2/(2n),   grad L = X^T (X theta - y)/n =: g(theta),
 *     w_+- = u +- v,   theta = (w_+^2 - w_-^2)/4,   Delta = |w_+ w_-|  (balancedness). */
typedef struct {
  size_t n, d;
  mpq_t *design; /* X, row-major */
  mpq_t *target; /* y */
  mpq_t *u, *v;  /* the start */
} hp_diagonal_network;

/* Of a problem declared by `diagonal-linear`. */
void hp_diagonal_network_of(hp_diagonal_network *network, const hp_problem *problem);
/* Of a CSV text with d columns of X and then y, d >= 1; a first line without numbers names the
 * columns. The start is u = 1/2, v = 0. False, with why filled in and nothing to clear, when it is
 * not such a table. */
bool hp_diagonal_network_parse(hp_diagonal_network *network, const char *text, size_t length,
                               const char *file, hp_diagnostic *why);
/* The same from a file. */
bool hp_diagonal_network_load(hp_diagonal_network *network, const char *path, hp_diagnostic *why);
void hp_diagonal_network_clear(hp_diagonal_network *network);

/* The number of coordinates with u = v or u = -v, whose w_+ or w_- is 0 for ever (Delta = 0). */
size_t hp_diagonal_network_frozen(const hp_diagonal_network *network);

/* X and y rounded to nearest; every operation below is rounded to nearest at precision_bits. */
typedef struct {
  size_t n, d;
  mpfr_prec_t precision_bits;
  mpfr_t *design, *target;
  mpfr_t *residual; /* X theta - y of the last gradient */
  mpfr_t product;
} hp_diagonal_matrix;
void hp_diagonal_matrix_init(hp_diagonal_matrix *matrix, const hp_diagonal_network *network,
                             mpfr_prec_t precision_bits);
void hp_diagonal_matrix_clear(hp_diagonal_matrix *matrix);

/* g = grad L(theta); d values each. */
void hp_diagonal_gradient_mpfr(hp_diagonal_matrix *matrix, const mpfr_t theta[], mpfr_t g[]);
/* g = X_i^T (X_i theta - y_i), the gradient of row i alone; leaves residual as it was. */
void hp_diagonal_row_gradient_mpfr(hp_diagonal_matrix *matrix, size_t row, const mpfr_t theta[],
                                   mpfr_t g[]);
/* |residual|^2/(2n) of the last gradient. */
void hp_diagonal_loss_mpfr(hp_diagonal_matrix *matrix, mpfr_t loss);
/* theta = (w_+^2 - w_-^2)/4 */
void hp_diagonal_theta_mpfr(hp_diagonal_matrix *matrix, const mpfr_t w_plus[],
                            const mpfr_t w_minus[], mpfr_t theta[]);

#endif
