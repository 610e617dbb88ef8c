#include "states.h"
#include "reject.h"
#include "digits.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/taylor.h"
#include <stdlib.h>

void hp_states_clear(hp_states *states) {
  for (size_t i = 0; i < states->count; ++i)
    mpfr_clear(states->value[i]);
  free(states->value);
}

static mpfr_t *new_vector(size_t n, mpfr_prec_t precision_bits) {
  mpfr_t *vector = hp_allocate(n, sizeof *vector);
  for (size_t i = 0; i < n; ++i)
    mpfr_init2(vector[i], precision_bits);
  return vector;
}

/* Takes the trajectory. */
static _Noreturn void reject_flow(hp_taylor_status status, hp_trajectory *trajectory,
                                  const char *problem) {
  mpfr_t t;
  mpfr_init2(t, 53);
  hp_trajectory_end(trajectory, t);
  double end = mpfr_get_d(t, MPFR_RNDN);
  hp_trajectory_free(trajectory);
  mpfr_clear(t);
  hp_reject("the flow of problem '%.64s' %s near t = %.6g; accepted: a --time before that", problem,
            status == HP_TAYLOR_BLOW_UP ? "leaves every bound or cannot be continued"
                                        : "is not defined (a logarithm, root or quotient)",
            end);
}

static void integrate(hp_states *states, const hp_flow *flow, long digits) {
  size_t d = flow->problem->n_params;
  mpfr_prec_t bits = hp_digits_bits(digits) + 32;
  hp_trajectory *trajectory = NULL;
  mpfr_t t, *u = new_vector(d, bits);
  mpfr_init2(t, bits);
  for (size_t k = 0; k < d; ++k)
    mpfr_set_q(u[k], flow->problem->start[k], MPFR_RNDN);
  mpfr_set_q(t, flow->at[flow->n_at - 1], MPFR_RNDN);
  const hp_taylor_options taylor = {.digits = (double)digits};
  hp_taylor_status status = hp_taylor_integrate(&trajectory, flow->field, u, t, &taylor);
  for (size_t k = 0; k < d; ++k)
    mpfr_clear(u[k]);
  free(u);
  if (status != HP_TAYLOR_DONE) {
    mpfr_clear(t);
    reject_flow(status, trajectory, flow->problem->name);
  }
  *states = (hp_states){.count = flow->n_at * d,
                        .value = new_vector(flow->n_at * d, bits),
                        .steps = hp_trajectory_steps(trajectory),
                        .order = hp_trajectory_order(trajectory)};
  for (size_t i = 0; i < flow->n_at; ++i) {
    mpfr_set_q(t, flow->at[i], MPFR_RNDN);
    hp_trajectory_eval(trajectory, t, states->value + i * d, NULL);
  }
  hp_trajectory_free(trajectory);
  mpfr_clear(t);
}

void hp_states_agreed(hp_states *rough, hp_states *fine, const hp_flow *flow) {
  size_t d = flow->problem->n_params;
  long guard = 8, most_guard = 2000 + 4 * flow->digits;
  integrate(rough, flow, flow->digits + guard);
  for (;;) {
    long lacking = 0;
    integrate(fine, flow, flow->digits + guard + 8);
    for (size_t i = 0; i < flow->n_at; ++i) {
      long missing;
      if (!hp_digits_agree(d, (const mpfr_t *)rough->value + i * d,
                           (const mpfr_t *)fine->value + i * d, flow->digits, &missing))
        lacking = missing > lacking ? missing : lacking;
    }
    if (lacking == 0)
      return;
    if (lacking > most_guard - guard)
      hp_reject(
          "the flow of problem '%.64s' magnifies errors beyond %ld guard digits; accepted: fewer "
          "--digits or a shorter --time",
          flow->problem->name, most_guard);
    guard += lacking + 8;
    hp_states_clear(rough);
    hp_states_clear(fine);
    integrate(rough, flow, flow->digits + guard);
  }
}
