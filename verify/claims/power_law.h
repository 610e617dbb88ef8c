#ifndef HP_POWER_LAW_H
#define HP_POWER_LAW_H
#include "judge.h"

/* The usual run: an observable that tends to a known constant times h^p. */
typedef struct {
  const hp_experiment *experiment;
  const char *quotient;      /* "|u_n-U_3|/h^3", as it stands in a sentence */
  const char *constant_name; /* "max|E_3|" */
  const char *what;          /* the constant, in words */
  double expected;           /* p */
  size_t n_rows;
  const size_t *step;              /* numbers into experiment->step */
  const long *steps;               /* iterations behind each value; NULL: floor(T/h) */
  mpfr_t *h, *value, *uncertainty; /* one a row */
  mpfr_t
      *peak; /* when value is a maximum: the same at the one point where the constant is taken, for
                   which of several close points is largest changes with h; NULL: value */
  mpfr_srcptr predicted, radius; /* the constant and its uncertainty */
  double L;                      /* for the asymptotic regime c h L < HP_SMALL; 0: none */
  const char *note;              /* appended to every reason; "" for none */
} hp_power_law;

/* Writes rows, order, constant, and the controls that every such run has: the constant 1 % too large
 * and too small, and the order one too high. The caller adds his own controls before judging. */
hp_order hp_power_law_write(hp_run *run, const hp_power_law *law);
void hp_power_law_judge(hp_run *run, const hp_power_law *law, const hp_order *order);

/* A wrong variant at the finest rows. It fails when it is more than twice as far off as the right one
 * and the factor grows at least like h^{-1/2} from one row to the next. */
void hp_power_law_control(hp_run *run, const char *name, size_t n_rows, mpfr_t *h, mpfr_t *right,
                          mpfr_t *wrong, double expected);

#endif
