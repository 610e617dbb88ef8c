#ifndef HP_RECHECK_H
#define HP_RECHECK_H
#include "interval.h"
#include "reference/problem/problem.h"
#include <arb_poly.h>
#include <jansson.h>

/* Verifies a heavyproof.certificate/1 of A1 with arithmetic of its own: MPFR intervals for iterates,
 * polynomials, gradients and Hessians, Arb's power series for the defect of the polynomials; none of the
 * code that made it. On the problem, which must have the certificate's fingerprint:
 *
 *     flow       the defect of each polynomial, the jumps between them and the logarithmic norm of
 *                -lambda_bar H along them prove the claimed distances (Dahlquist's inequality)
 *     box        holds the flow and all u_n, p_n, y_n
 *     constants  |grad Phi| <= B0, -nu <= H <= L on a subdivision of the box, H by LDL^T in intervals
 *     rows       the claimed E1(h) contains max_n |u_n - ubar(nh)|, recomputed
 *     bound      C(T) h >= E1(h), C(T) recomputed
 *     law        slope and bracket of the limit follow from the rows
 *
 * Before all that the seal (seal.h) is looked at: whatever was changed since it was written is refused.
 * Not recomputed: max|E|. NULL when all hold, else a sentence that says what does not; the caller frees
 * it. A text that is no certificate is such a sentence too. */
char *hp_recheck(const json_t *certificate, const hp_problem *problem);

/* ---- parts ---- */

enum { HP_CLAIMED_BITS = 512 };

typedef struct {
  size_t d, n_steps, order;
  mpq_t *start, *length, *within; /* per step */
  mpq_t *coefficient;             /* step, component, order */
  hp_interval *rounded;           /* the same to HP_CLAIMED_BITS */
} hp_claimed_flow;

/* false when the JSON has another form; cleared in any case. */
bool hp_claimed_flow_read(hp_claimed_flow *flow, const json_t *steps, size_t d);
void hp_claimed_flow_clear(hp_claimed_flow *flow);
/* The coefficients of component i of step's polynomial. */
static inline mpq_t *hp_claimed_polynomial(const hp_claimed_flow *flow, size_t step, size_t i) {
  return flow->coefficient + (step * flow->d + i) * (flow->order + 1);
}
/* P at start + time of step i, d intervals */
void hp_claimed_flow_eval(const hp_claimed_flow *flow, size_t i, const hp_interval *time,
                          hp_interval u[]);
/* y contains x +- within of step i */
void hp_claimed_flow_widen(const hp_claimed_flow *flow, size_t i, hp_interval u[]);

/* output i of the program along the power series x, to n terms, by Arb's series functions */
void hp_compose_series(const hp_program *program, arb_poly_struct x[], arb_poly_struct result[],
                       slong n, slong bits);

typedef enum {
  HP_CLAIMED_B0,
  HP_CLAIMED_L,
  HP_CLAIMED_NU,
  HP_CLAIMED_LARGEST_E,
  HP_CLAIMED_SLOPE,
  HP_CLAIMED_LIMIT,
  HP_CLAIMED_CONSTANTS
} hp_claimed_constant;

enum { HP_CLAIMED_ROWS = 64, HP_RECHECK_BITS = 320 };

/* What the certificate says, read. */
typedef struct {
  const hp_problem *problem;
  mpq_t lambda, a, horizon, lambda_bar;
  hp_claimed_flow flow;
  size_t n_rows;
  mpq_t h[HP_CLAIMED_ROWS];
  hp_interval *box, *error, *bound, *constant; /* constant: by hp_claimed_constant */
} hp_claimed;

/* Row i recomputed: E1 in the interval claimed, the iterates in the box? */
char *hp_recheck_row(const hp_claimed *claim, size_t i);

/* Is every u(t) within the claimed distance of its polynomial, and in the box? */
char *hp_recheck_flow(const hp_claimed_flow *flow, const hp_problem *problem,
                      const mpq_t lambda_bar, const hp_interval box[]);

/* sign H(u) over the box, d x d row by row, and: is s I - matrix positive definite for all of it? */
void hp_recheck_hessian(const hp_problem *problem, const hp_interval u[], int sign,
                        hp_interval matrix[], mpfr_prec_t bits);
bool hp_recheck_is_above(const hp_interval matrix[], size_t d, const mpfr_t s);
/* -nu <= H <= L, H >= -L, |grad Phi| <= B0 on the box */
bool hp_recheck_constants(const hp_problem *problem, const hp_interval box[], const mpfr_t B0,
                          const mpfr_t L, const mpfr_t nu);

#endif
