#include "convergence.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

void hp_convergence_init(hp_convergence *series, const hp_experiment *experiment,
                         mpfr_prec_t precision_bits) {
  size_t n = experiment->n_steps;
  hp_power_law *law = &series->law;
  series->step = hp_allocate(n, sizeof *series->step);
  series->count = hp_allocate(n, sizeof *series->count);
  law->experiment = experiment;
  law->n_rows = 0;
  law->step = series->step;
  law->steps = series->count;
  law->h = hp_vector_new_mpfr(n, precision_bits);
  law->value = hp_vector_new_mpfr(n, precision_bits);
  law->radius = hp_vector_new_mpfr(n, precision_bits);
}

void hp_convergence_clear(hp_convergence *series) {
  size_t n = series->law.experiment->n_steps;
  hp_vector_free_mpfr(n, series->law.radius);
  hp_vector_free_mpfr(n, series->law.value);
  hp_vector_free_mpfr(n, series->law.h);
  free(series->count);
  free(series->step);
}

void hp_convergence_add(hp_convergence *series, size_t step, long count, const mpfr_t value,
                        const mpfr_t rough) {
  hp_power_law *law = &series->law;
  size_t i = law->n_rows++;
  series->step[i] = step;
  series->count[i] = count;
  mpfr_set_q(law->h[i], law->experiment->step[step], MPFR_RNDN);
  mpfr_set(law->value[i], value, MPFR_RNDN);
  mpfr_sub(law->radius[i], value, rough, MPFR_RNDA);
  mpfr_abs(law->radius[i], law->radius[i], MPFR_RNDA);
}

hp_run *hp_convergence_run(const hp_convergence *series, hp_results *results) {
  hp_run *run = hp_claim_run(results, series->law.experiment, series->claim, series->observable);
  hp_power_law_write(run, &series->law);
  return run;
}

void hp_convergence_control(const hp_convergence *series, hp_run *run, const char *name,
                            mpfr_t *const wrong) {
  const hp_power_law *law = &series->law;
  hp_order order = hp_order_estimate(law->n_rows, law->h, wrong, law->expected);
  hp_claim_control(run, name, !hp_order_is(&order, law->expected),
                   hp_text("order %.3f instead of %g", order.order, law->expected));
}

void hp_convergence_curve(const hp_convergence *series, hp_run *run, const char *name,
                          mpfr_t *const values) {
  hp_power_law_curve(run, name, series->law.n_rows, series->law.h, values);
}

void hp_convergence_judge(const hp_convergence *series, hp_run *run, const char *note) {
  hp_power_law law = series->law;
  hp_power_law_orders orders = hp_power_law_orders_of(&law);
  law.note = note;
  hp_power_law_judge(run, &law, &orders);
}
