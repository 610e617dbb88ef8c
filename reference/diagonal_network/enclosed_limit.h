#ifndef HP_DIAGONAL_ENCLOSED_LIMIT_H
#define HP_DIAGONAL_ENCLOSED_LIMIT_H
#include "network.h"
#include <arb.h>

/* The limit of the momentum gradient flow lambda w'' + w' = -grad F(w) (lambda = 0: the gradient flow) from
 * the network's start at rest, in balls: reference/enclosure/flow.h up to the time T, rest.h from there on.
 * What the path says about its integrals,
 *     a_+- = lambda int_0^oo (w_+-'/w_+-)^2 dt,
 *     Delta_inf = Delta_0 exp(-(a_+ + a_-)),   theta_tilde = (w_+(0)^2 e^{-2 a_+} - w_-(0)^2 e^{-2 a_-})/4,
 * is enclosed beside where it ends: the integrals are components of the field, in the coordinates (P, z) of
 * hp_field_slow_fast, and the tail is at most 2 lambda (int_T^oo |w'|^2)/min w^2. */
typedef struct {
  size_t d;
  slong precision_bits;
  arb_ptr a_plus, a_minus;
  arb_ptr delta_0, delta_inf, theta_tilde; /* by the formulas */
  arb_ptr delta_end, theta_inf;            /* |w_+ w_-| and theta at infinity */
  long steps;                              /* of the integrator */
  mag_t radius;                            /* the largest radius of delta_end and theta_inf */
} hp_diagonal_enclosed;

typedef struct {
  mpq_srcptr lambda;                 /* >= 0 */
  mpq_srcptr time;                   /* T > 0 */
  double digits;                     /* radius at T below 10^-digits */
  bool (*keep_going)(void *context); /* may be NULL */
  void *context;
} hp_diagonal_enclosed_options;

typedef enum {
  HP_LIMIT_ENCLOSED,
  HP_LIMIT_MOVING, /* not proved at rest at T, or X X^T is not proved regular */
  HP_LIMIT_LOST, /* the flow is not enclosed with 4 times the digits: it leaves every bound, or some w is 0 */
  HP_LIMIT_INTERRUPTED
} hp_diagonal_enclosed_status;

/* Set whatever the status is, and cleared by the caller. */
hp_diagonal_enclosed_status hp_diagonal_enclose(hp_diagonal_enclosed *limit,
                                                const hp_diagonal_network *network,
                                                const hp_diagonal_enclosed_options *options);
void hp_diagonal_enclosed_clear(hp_diagonal_enclosed *limit);

#endif
