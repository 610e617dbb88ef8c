#ifndef HP_TAYLOR_H
#define HP_TAYLOR_H
#include "reference/problem/program.h"

/* Taylor-series integration of an autonomous field u' = F(u), F given as a program with d inputs
 * and d outputs. Order and step from the coefficients (stepper.h); each convolution is one dot
 * product. The remainder of the truncated series is estimated, not enclosed. */

typedef struct hp_trajectory
    hp_trajectory; /* every step's polynomial: dense output on [0, t_end] */

typedef enum {
  HP_TAYLOR_DONE,
  HP_TAYLOR_BLOW_UP, /* |u| > 2^(2^20), a step below 10^-(digits+3) t_end, or max_steps taken */
  HP_TAYLOR_NOT_A_NUMBER, /* the field is not defined along the solution: log(-1), 1/0 */
  HP_TAYLOR_INTERRUPTED   /* keep_going returned false */
} hp_taylor_status;

typedef enum {
  HP_TAYLOR_FIXED_POINT, /* all coefficients of a series share one exponent; the fastest */
  HP_TAYLOR_BALLS        /* Arb balls that enclose each step's exact Taylor coefficients */
} hp_taylor_arithmetic;

typedef struct {
  double
      digits; /* relative error aimed at per unit of the solution's norm, 10^-digits, absolute below norm 1 */
  long max_steps;                              /* 0: 10^6 */
  bool (*keep_going)(double t, void *context); /* may be NULL; asked once a step */
  void *context;
  hp_taylor_arithmetic arithmetic;
} hp_taylor_options;

/* Integrates from u0 (d values) at t = 0 to t_end > 0. *trajectory is set whatever the status is (it
 * then ends earlier) and is freed by the caller. */
hp_taylor_status hp_taylor_integrate(hp_trajectory **trajectory, const hp_program *field,
                                     const mpfr_t u0[], const mpfr_t t_end,
                                     const hp_taylor_options *options);
void hp_trajectory_free(hp_trajectory *trajectory);

size_t hp_trajectory_dimension(const hp_trajectory *trajectory);
size_t hp_trajectory_steps(const hp_trajectory *trajectory);
size_t hp_trajectory_order(const hp_trajectory *trajectory); /* largest order used */
mpfr_prec_t hp_trajectory_precision(const hp_trajectory *trajectory);
void hp_trajectory_end(const hp_trajectory *trajectory, mpfr_t t); /* where it stopped */

/* u(t) for 0 <= t <= end (clamped); derivative may be NULL, else u'(t). Const and re-entrant. */
void hp_trajectory_eval(const hp_trajectory *trajectory, const mpfr_t t, mpfr_t u[],
                        mpfr_t derivative[]);

#endif
