#ifndef HP_POWER_LAW_H
#define HP_POWER_LAW_H
#include "judge.h"

/* The usual run: an observable that tends to a known constant times h^p. One row a step size; NULL
 * stands for a column that is not there. */
typedef struct {
  const hp_experiment *experiment;
  const char *quotient;      /* "|u_n-U_3|/h^3", as it stands in a sentence */
  const char *constant_name; /* "max|E_3|" */
  const char *what;          /* the constant, in words */
  const char *measured_at;   /* " at n = 5", where the measured constant is taken; NULL: nothing */
  double expected;           /* p */
  double wrong_order;        /* claimed by a control; 0: p + 1 */
  size_t n_rows;
  const size_t *step;         /* numbers into experiment->step */
  const long *steps;          /* iterations behind each value; NULL: floor(T/h) */
  mpfr_t *h, *value, *radius; /* value is right to +-radius */
  mpfr_t *in_double;          /* the same from the kernels in double precision */
  mpfr_t *bound;              /* no value may lie above its bound; NaN: none at this step */
  mpfr_t *corrected; /* value where a known trend is divided out or a maximum is taken at one point
                        only; for the constant. NULL: value */
  mpfr_srcptr predicted, uncertainty; /* the constant, right to +-uncertainty */
  double L;                           /* for the asymptotic regime c h L < HP_SMALL; 0: none */
  const char *smallness_name;         /* NULL: c h L; else what smallness is */
  double smallness;
  const char *obstacle; /* see judge.h */
  double obstacle_step;
  const char *note; /* appended to every reason; "" for none */
} hp_power_law;

/* Of the value for the order, and of what is corrected for the constant. */
typedef struct {
  hp_order order, corrected;
} hp_power_law_orders;

hp_power_law_orders hp_power_law_orders_of(const hp_power_law *law);

/* Writes rows, order, constant, and the controls that every such run has: the constant 1 % too large
 * and too small, and a wrong order. The caller adds his own controls before judging. */
hp_power_law_orders hp_power_law_write(hp_run *run, const hp_power_law *law);
void hp_power_law_judge(hp_run *run, const hp_power_law *law, const hp_power_law_orders *orders);

/* A wrong variant at the finest rows. It fails when it is more than twice as far off as the right one
 * and the factor grows at least like h^{-1/2} from one row to the next. */
void hp_power_law_control(hp_run *run, const char *name, size_t n_rows, mpfr_t *h, mpfr_t *right,
                          mpfr_t *wrong, double expected);
/* Values against h, a curve of the report. */
void hp_power_law_curve(hp_run *run, const char *name, size_t n_rows, mpfr_t *h,
                        mpfr_t *const values);
/* Digits that all values and the constant have at least, at most experiment->digits. */
int hp_power_law_digits(const hp_power_law *law);

#endif
