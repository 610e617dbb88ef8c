#ifndef HP_ENCLOSURE_FLOW_H
#define HP_ENCLOSURE_FLOW_H
#include "reference/problem/program.h"

/* Rigorous enclosure of the solution of u' = F(u), u(0) in a product of balls, on [0, T]; F a program
 * with d inputs and d outputs. On a step from t_i of length s_i
 *
 *     |u(t) - P_i(t - t_i)| <= r_i e^{M_i(t - t_i)} + R_i (t - t_i)^{p+1},      P_i of degree p,
 *
 * in the Euclidean norm, for every solution that starts in the set. P_i is the Taylor polynomial at a
 * point c_i with |u(t_i) - c_i| <= r_i. Its defect is  P' - F(P) = -s^p [F(P)]_p(tau), 0 <= tau <= s,
 * because the lower coefficients agree; R_i = e^{M+} sup |[F(P)]_p|/(p+1) over the step. M_i(s) is the
 * integral from 0 to s of mu_{i,j}, constant on HP_GROWTH_PIECES equal pieces of the step, M+ that of
 * max(mu, 0) over all of it: a bound of the logarithmic norm of F' over P_i of the piece widened by
 * 2 r_i + tol, which the right-hand side above does not reach (Dahlquist's inequality; Hairer, Norsett
 * and Wanner, Solving Ordinary Differential Equations I, section I.10). A stiff field costs nothing: only
 * mu is bounded, no Lipschitz constant. */
enum { HP_GROWTH_PIECES = 8 };

typedef struct {
  mpq_t start, length;
  arb_ptr coefficient;                 /* of component i at i (p+1) + k */
  mag_t radius;                        /* r_i */
  mag_t remainder;                     /* R_i */
  arf_struct growth[HP_GROWTH_PIECES]; /* mu_{i,j} */
  arb_ptr tube;                        /* d balls that contain u([start, start + length]) */
} hp_enclosed_step;

typedef struct {
  size_t dimension, order, n_steps, capacity;
  slong precision_bits;
  mpq_t end; /* where it stopped */
  hp_enclosed_step *step;
} hp_enclosed_flow;

typedef enum {
  HP_ENCLOSED,
  HP_ENCLOSURE_UNDEFINED, /* F is not finite at the end reached: log(-1), 1/0 */
  HP_ENCLOSURE_BLOW_UP,   /* no step can be proved, the Taylor series' own radius has collapsed */
  HP_ENCLOSURE_STEP_TOO_SMALL, /* none can be proved: the set is too wide, or the field too stiff, for
                                  these digits */
  HP_ENCLOSURE_STEPS,          /* max_steps taken */
  HP_ENCLOSURE_INTERRUPTED
} hp_enclosure_status;

typedef struct {
  double digits;                     /* remainder of a step below 10^-(digits + 6) max(1,|u|) */
  long max_steps;                    /* 0: 10^6 */
  bool (*keep_going)(void *context); /* may be NULL; asked once a step */
  void *context;
} hp_enclosure_options;

/* flow is set whatever the status is; if it is not HP_ENCLOSED, flow->end < t_end is where the
 * enclosure ends, and what it says before is proved all the same. Cleared by the caller. t_end > 0. */
hp_enclosure_status hp_enclose_flow(hp_enclosed_flow *flow, const hp_program *field,
                                    const arb_struct u0[], const mpq_t t_end,
                                    const hp_enclosure_options *options);
void hp_enclosed_flow_clear(hp_enclosed_flow *flow);

/* Why and where it ended, as a sentence for a report; the caller frees it. */
char *hp_enclosure_reason(hp_enclosure_status status, const hp_enclosed_flow *flow);

/* d balls that contain u(t), 0 <= t <= end and n_steps > 0; else they are indeterminate. */
void hp_enclosed_flow_eval(const hp_enclosed_flow *flow, const mpq_t t, arb_struct u[]);

/* The largest radius, Euclidean, over the ends of all steps. */
void hp_enclosed_flow_radius(const hp_enclosed_flow *flow, mag_t radius);

/* A bound of |u(t) - P_i(t - t_i)| over all steps and all of their times. */
void hp_enclosed_flow_distance(const hp_enclosed_flow *flow, mag_t distance);

#endif
