#ifndef HP_SAMPLES_H
#define HP_SAMPLES_H
#include "verify/claims/claim.h"
#include "verify/region.h"

/* The iterates away from the initial layer: at the times t_j = jT/64, j = 8 .. 64, that is
 * T/8 <= t <= T, by n_j = floor(t_j/h). When h divides T/64 the times are the same for every step of a
 * ladder, and a maximum over them tends to its limit like a power series in h. */
enum { HP_SAMPLES = 57 };

/* t_j for j = 0 .. HP_SAMPLES - 1, exactly. */
void hp_sample_time(mpq_t t, const hp_experiment *experiment, size_t j);

typedef struct {
  size_t d;
  long n[HP_SAMPLES];
  mpfr_t *u, *v; /* u_n, v_n at n_j: d values each, one sample after the other */
  bool finite;   /* the iterates stayed finite */
} hp_samples;

void hp_samples_init(hp_samples *samples, size_t d, mpfr_prec_t precision_bits);
void hp_samples_clear(hp_samples *samples);
/* From v_0 = 0 by the MPFR recurrence; every sample is shown to the region, which may be NULL. False
 * when keep_going asked to stop. */
bool hp_samples_run(hp_samples *samples, const hp_experiment *experiment, const mpq_t h,
                    hp_region *region);

#endif
