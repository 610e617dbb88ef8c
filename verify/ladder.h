#ifndef HP_LADDER_H
#define HP_LADDER_H
#include "reference/taylor/taylor.h"
#include "verify/claims/claim.h"
#include "verify/region.h"

/* Errors of the iterates against flows, at one step size h, in one pass over n = 0..floor(T/h).
 * Norms are Euclidean. */

/* A flow to compare with. With d equations only error and at_n are set. With 2d equations (ubar, E)
 * the first-order term h [E(nh) + lambda lambda_bar^2 lambda^n f(u_0)] is followed too. */
typedef struct {
  const hp_trajectory *flow;
  mpfr_t error;     /* max_n |u_n - ubar(nh)| */
  long at_n;        /* where */
  long only_n;      /* set by the caller: look at this n only, which is positive; 0: at every n */
  mpfr_t term;      /* max_n |first-order term| */
  mpfr_t remainder; /* max_n |u_n - ubar(nh) - first-order term| */
  bool no_layer;    /* set by the caller: leave the lambda^n part out */
} hp_ladder_target;

typedef struct {
  mpfr_prec_t precision_bits;
  hp_ladder_target *target;
  size_t n_targets;
  bool with_double;    /* set by the caller: run src/ beside it, against the first target's flow */
  mpfr_t double_error; /* max_n |u_n in double - ubar(nh)| */
  mpfr_t rounding;     /* max_n |u_n in double - u_n| */
  hp_region *region;   /* may be NULL; grows to hold u_n, y_n = u_n + h a v_n and
                          p_n = u_n + h lambda lambda_bar v_n */
  bool finite;         /* the iterates stayed finite; else every maximum is +infinity */
} hp_ladder_pass;

/* The flows are not owned. */
void hp_ladder_pass_init(hp_ladder_pass *pass, size_t n_targets, mpfr_prec_t precision_bits);
void hp_ladder_pass_clear(hp_ladder_pass *pass);

/* floor(T/h) */
long hp_ladder_steps(const hp_experiment *experiment, const mpq_t h);

/* Is a wrong variant, which only has to be seen to be wrong, compared at n? At the first 2^12 n, and
 * then at some 2^12 to 2^13 equally spaced ones. */
bool hp_ladder_samples(long n, long steps);

/* False when keep_going asked to stop. The first target is compared at every n, the others where
 * hp_ladder_samples says so. u_n by the MPFR recurrence at precision_bits. */
bool hp_ladder_run(hp_ladder_pass *pass, const hp_experiment *experiment, const mpq_t h);

#endif
