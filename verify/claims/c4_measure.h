#ifndef HP_C4_MEASURE_H
#define HP_C4_MEASURE_H
#include "claim.h"
#include "verify/region.h"

/* What C4 measures on the ladder, before anything is judged.
 *
 * At an equilibrium u*: chi(h) = max_i ln z_fast(h q_i), the normal Lyapunov exponent, where z_fast is
 * read off the iterates themselves. From u = u*, v = delta e_i/h, the component x_n along e_i obeys
 * x_{n+2} = s x_{n+1} - p x_n, so x_1, x_2, x_3 give s and p and the two factors.
 *
 * Along the trajectory: Lambda(h) = (1/tau)(ln(|w_N|/|w_0|) - N ln lambda), w = v - m_h(u), tau = Nh,
 * which tends to (1/tau) ln(|W(tau)|/|W(0)|), W' = ((a - lambda lambda_bar)/lambda) f'(ubar) W,
 * W(0) = f(u_0). */
typedef struct {
  size_t n_rows;
  size_t *step; /* numbers into experiment->step */
  long *steps;  /* iterations behind the value */
  mpfr_t *h, *value, *uncertainty;
} hp_c4_rows;

typedef struct {
  const hp_experiment *experiment;
  int digits;
  size_t d;
  bool has_equilibrium;
  mpfr_t *point, *q, *vector; /* u*, its curvatures, ascending, and directions */
  hp_c4_rows rest;            /* |chi - ln lambda| */
  mpfr_t *exact;   /* |max_i ln z_fast(h q_i) - ln lambda| by the characteristic equation */
  mpfr_t rate;     /* max_i q_i (lambda lambda_bar - a)/lambda, signed */
  size_t n_spiral; /* steps at which some component has complex factors */
  bool same_sign;  /* of Lambda at all rows and of its limit */
  hp_c4_rows path; /* |Lambda| */
  mpfr_t growth;   /* its limit, signed */
  mpfr_t tau;
  size_t n_off; /* steps at which there is no manifold, or none was found */
  double L;     /* over the box of the trajectory */
  bool has_flow;
} hp_c4_measurement;

/* Needs lambda > 0 and f(u_0) != 0. False when interrupted. Cleared by the caller in any case. */
bool hp_c4_measure(hp_c4_measurement *m, const hp_experiment *experiment);
void hp_c4_measurement_clear(hp_c4_measurement *m);

#endif
