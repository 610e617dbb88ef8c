#ifndef HP_CLAIM_CONVERGENCE_H
#define HP_CLAIM_CONVERGENCE_H
#include "power_law.h"

/* A power law whose columns are filled in row by row, as the claims B measure it. */
typedef struct {
  const char *claim, *observable;
  hp_power_law law; /* its columns are owned here, but for in_double, corrected and bound */
  size_t *step;
  long *count; /* of steps behind each value */
} hp_convergence;

/* Columns for the ladder of the experiment; nothing measured yet. The texts of the law are the
 * caller's. */
void hp_convergence_init(hp_convergence *series, const hp_experiment *experiment,
                         mpfr_prec_t precision_bits);
void hp_convergence_clear(hp_convergence *series);
/* The next row, at experiment->step[step]: value with radius = |value - rough|, rough being the same
 * with fewer digits. */
void hp_convergence_add(hp_convergence *series, size_t step, long count, const mpfr_t value,
                        const mpfr_t rough);

/* A run with what hp_power_law_write writes; the caller adds its own controls and then judges. */
hp_run *hp_convergence_run(const hp_convergence *series, hp_results *results);
void hp_convergence_judge(const hp_convergence *series, hp_run *run, const char *note);

/* A wrong variant measured on the same ladder: it fails when its order is not the claimed one. */
void hp_convergence_control(const hp_convergence *series, hp_run *run, const char *name,
                            mpfr_t *const wrong);
/* A curve of values against h. */
void hp_convergence_curve(const hp_convergence *series, hp_run *run, const char *name,
                          mpfr_t *const values);

#endif
