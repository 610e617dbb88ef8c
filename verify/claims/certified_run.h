#ifndef HP_CERTIFIED_RUN_H
#define HP_CERTIFIED_RUN_H
#include "claim.h"
#include "verify/certified_law.h"

/* An observable e(h) ~ K h^p whose every number is a ball, written into a run and judged: the part of
 * `check --certify` that no claim has for itself. */
typedef struct {
  const hp_experiment *experiment;
  const char *observable; /* "E1", as in "E1(h)" */
  const char *scaled;     /* "E1/h" */
  const char *constant;   /* what K is: "max|E| on [0,T]" */
  const char *bound_name; /* "C(T) h" */
  const char *unbounded;  /* what is said when the bound is no finite number */
  size_t n_rows;
  const size_t
      *step; /* of each row its number into experiment->step, decreasing h; NULL: 0, 1, 2, ... */
  const long *steps; /* of each row the n behind it; NULL: T/h */
  arb_srcptr h, error, predicted;
  arb_srcptr bound; /* or NULL: none is certified */
  unsigned percent; /* by which the constants of the controls are off */
  double p;
  double smallness; /* alpha lambda_bar^2 h L at the finest step */
} hp_certified_run;

/* Rows, order, constant, and the controls "predicted constant PERCENT % too large" and "too small". */
void hp_certified_run_write(hp_run *run, const hp_certified_run *c, const hp_certified_law *law);
/* The verdict. Nothing but a proved contradiction fails; what the steps do not settle is not-asymptotic. */
void hp_certified_run_judge(hp_run *run, const hp_certified_run *c, const hp_certified_law *law);

/* ---- balls as text and as doubles; the caller frees a text ---- */

/* The end of the ball on the given side, rounded outwards. */
char *hp_ball_end_text(const arb_t x, int digits, bool high);
double hp_ball_end(const arb_t x, bool high);
char *hp_ball_middle_text(const arb_t x, int digits);
/* "[low, high]" to 8 digits */
char *hp_ball_text(const arb_t x);

#endif
