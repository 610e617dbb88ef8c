#ifndef HP_CLAIM_CONVERGENCE_H
#define HP_CLAIM_CONVERGENCE_H
#include "claim.h"

/* An observable that tends to a known constant times h^p, as the claims B measure it: values with
 * their uncertainty on a ladder, judged for order and constant. */
typedef struct {
  const char *claim, *observable;
  const char *ratio;                /* as it stands in a sentence: "e1/ε" */
  const char *constant_name, *what; /* "max|E|"; what it is, one sentence */
  double order;                     /* p */
  double wrong_order;               /* claimed by a control */
  size_t n;
  mpq_t *step;                        /* the ladder, n values */
  long *count;                        /* of steps at each */
  mpfr_t *h, *value, *radius;         /* the value is right to +-radius */
  mpfr_t *in_double;                  /* NULL: not measured */
  mpfr_t *corrected;                  /* for the constant, over continuous time; NULL: value */
  mpfr_srcptr predicted, uncertainty; /* the constant, right to +-uncertainty */
  double smallness;                   /* the regime is below HP_SMALL */
  const char *smallness_name;
} hp_convergence;

/* Vectors for the ladder of the experiment; nothing measured yet (n = 0). */
void hp_convergence_init(hp_convergence *series, const hp_experiment *experiment,
                         mpfr_prec_t precision_bits);
void hp_convergence_clear(hp_convergence *series, const hp_experiment *experiment);
/* The next row: value with radius = |value - rough| + rounding. */
void hp_convergence_add(hp_convergence *series, const mpq_t step, long count, const mpfr_t value,
                        const mpfr_t rough, const mpfr_t rounding);

/* A run with rows, order, constant and the controls that every such claim has: the constant 1 % off
 * to both sides and the wrong order. The caller adds its own and then judges. */
hp_run *hp_convergence_run(const hp_convergence *series, hp_results *results,
                           const hp_experiment *experiment);
void hp_convergence_judge(const hp_convergence *series, hp_run *run, const char *note);

/* A wrong variant measured on the same ladder: it fails when its order is not the claimed one. */
void hp_convergence_control(const hp_convergence *series, hp_run *run, const char *name,
                            mpfr_t *const wrong);
/* A curve of values against h. */
void hp_convergence_curve(const hp_convergence *series, hp_run *run, const char *name,
                          mpfr_t *const values);
/* Digits that all values and the constant have at least, at most `most`. */
int hp_convergence_digits(const hp_convergence *series, int most);

#endif
