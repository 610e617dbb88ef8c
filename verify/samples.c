#include "samples.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

enum { FIRST = 8, PARTS = 64 };

void hp_sample_time(mpq_t t, const hp_experiment *experiment, size_t j) {
  mpq_set_ui(t, FIRST + j, PARTS);
  mpq_canonicalize(t);
  mpq_mul(t, t, experiment->horizon);
}

void hp_samples_init(hp_samples *samples, size_t d, mpfr_prec_t precision_bits) {
  *samples = (hp_samples){.d = d};
  samples->u = hp_vector_new_mpfr(HP_SAMPLES * d, precision_bits);
  samples->v = hp_vector_new_mpfr(HP_SAMPLES * d, precision_bits);
}

void hp_samples_clear(hp_samples *samples) {
  hp_vector_free_mpfr(HP_SAMPLES * samples->d, samples->u);
  hp_vector_free_mpfr(HP_SAMPLES * samples->d, samples->v);
}

static long step_number(const hp_experiment *experiment, const mpq_t h, size_t j) {
  mpq_t t;
  mpz_t n;
  mpq_init(t);
  mpz_init(n);
  hp_sample_time(t, experiment, j);
  mpq_div(t, t, h);
  mpz_fdiv_q(n, mpq_numref(t), mpq_denref(t));
  long result = mpz_get_si(n);
  mpz_clear(n);
  mpq_clear(t);
  return result;
}

static void keep(hp_samples *samples, const hp_momentum_mpfr *state, size_t j, hp_region *region) {
  size_t d = samples->d;
  double *point = hp_allocate(d, sizeof *point);
  for (size_t i = 0; i < d; ++i) {
    mpfr_set(samples->u[j * d + i], state->u[i], MPFR_RNDN);
    mpfr_set(samples->v[j * d + i], state->v[i], MPFR_RNDN);
    point[i] = mpfr_get_d(state->u[i], MPFR_RNDN);
    samples->finite = samples->finite && mpfr_number_p(state->u[i]);
  }
  if (region)
    hp_region_add(region, point);
  free(point);
}

bool hp_samples_run(hp_samples *samples, const hp_experiment *experiment, const mpq_t h,
                    hp_region *region) {
  enum { ASK_EVERY = 256 };
  bool going = true;
  long n = 0;
  hp_momentum_mpfr state;
  hp_momentum_init_mpfr(&state, experiment->problem->gradient_program, experiment->momentum,
                        experiment->a, h, experiment->problem->start, mpfr_get_prec(samples->u[0]));
  samples->finite = true;
  for (size_t j = 0; j < HP_SAMPLES && going && samples->finite; ++j) {
    samples->n[j] = step_number(experiment, h, j);
    for (; n < samples->n[j] && going; ++n) {
      if (n % ASK_EVERY == 0 && experiment->keep_going)
        going = experiment->keep_going(experiment->context);
      hp_momentum_step_mpfr(&state);
    }
    keep(samples, &state, j, region);
  }
  hp_momentum_clear_mpfr(&state);
  return going;
}
