#ifndef HP_NETWORK_CASE_H
#define HP_NETWORK_CASE_H
#include "reference/diagonal_network/bregman.h"
#include "reference/diagonal_network/flow.h"

/* One path of a diagonal network, run twice at two precisions, beside the convex problem that its
 * limit should solve. Everything is at the higher precision. */
typedef struct {
  hp_diagonal_status status;
  hp_diagonal_limit limit;
  hp_bregman bregman;
  mpfr_t *argmin, *nu;     /* d; rank: the dual certificate of theta_inf */
  bool solved;             /* Newton's method converged */
  mpfr_t delta_mismatch;   /* max_i of Delta_inf by the formula against |w_+ w_-|, relative */
  mpfr_t theta_mismatch;   /* max_i |theta_inf - argmin| / max_i |argmin| */
  mpfr_t kkt_residual;     /* hp_bregman_certify of theta_inf */
  hp_diagonal_limit rough; /* the first run, for the digits that agree */
} hp_network_case;

/* The options' digits are those wanted. Cleared by the caller whatever the status is. */
void hp_network_flow_case(hp_network_case *c, const hp_diagonal_network *network,
                          const hp_diagonal_flow_options *options);
void hp_network_descent_case(hp_network_case *c, const hp_diagonal_network *network,
                             const hp_diagonal_descent_options *options);
void hp_network_case_clear(hp_network_case *c);

/* theta solves the convex problem with other Delta, theta_tilde: max_i |theta_inf - theta| over
 * max_i |theta|. */
void hp_network_mismatch(mpfr_t result, const hp_network_case *c, const mpfr_t delta[],
                         const mpfr_t theta_tilde[]);

/* max_i |x_i - y_i| / max_i |y_i| */
void hp_network_distance(mpfr_t result, size_t d, const mpfr_t x[], const mpfr_t y[]);

/* "the path leaves every bound" and the like, for a status other than HP_DIAGONAL_RESTED. */
const char *hp_diagonal_status_text(hp_diagonal_status status);

#endif
