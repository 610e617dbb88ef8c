#ifndef HP_ENCLOSURE_STEP_H
#define HP_ENCLOSURE_STEP_H
#include "flow.h"
#include "reference/taylor/jet_ball.h"
#include <arb_poly.h>

/* Makes one step of flow.h. The order is p = ceil(-ln(tol)/2 + 1) for tol = 10^-(digits+6); the length
 * is first e^-2 times the radius of convergence read off the last two coefficients (as in
 * reference/taylor/stepper.h), and shorter until the two conditions of flow.h hold with a remainder
 * below tol max(1,|u|). How much shorter is remembered from step to step. When no length above
 * 10^-(digits+3) T will do, the reason is called a blow-up if the series allow less than 2^-12 of the
 * longest step they once allowed. */
typedef struct {
  const hp_program *field;
  hp_program *jacobian;
  hp_plan *plan;
  size_t dimension, order;
  slong precision_bits, tol_bits;
  hp_jet_ball centre, along; /* both of order p: at the point; F(P) over the step */
  arb_ptr box, derivative;
  double log2_least, log2_longest, log2_shorter;
} hp_encloser;

void hp_encloser_init(hp_encloser *encloser, const hp_program *field, double digits, double t_end);
void hp_encloser_clear(hp_encloser *encloser);

/* Fills in a step whose start is set and whose length is the longest one wanted; the solution at its
 * start is within error, Euclidean, of a point of the balls u. */
hp_enclosure_status hp_encloser_step(hp_encloser *encloser, hp_enclosed_step *step,
                                     const arb_struct u[], const mag_t error);

/* The same at start + s, 0 <= s <= length, p the order: u and error. */
void hp_enclosed_step_eval(const hp_enclosed_step *step, size_t d, size_t p, const mpq_t s,
                           arb_struct u[], mag_t error, slong precision_bits);

/* A bound of |u(t) - P(t - start)| over the step: M is linear between the ends of its pieces, so that it
 * is max(r, r e^{M} at those ends) + R length^{p+1}. */
void hp_enclosed_step_distance(const hp_enclosed_step *step, size_t p, mag_t distance);

/* sqrt(sum of squared radii), rounded up */
void hp_norm_of_radii(mag_t norm, const arb_struct u[], size_t d);

#endif
