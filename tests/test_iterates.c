#include "experiment.h"
#include <flint/fmpq.h>
#include "reference/enclosure/iterates.h"
#include "reference/iterate/momentum.h"

/* The exact recurrence in rationals, on the double well: f = u - u^3. */
static void exact_step(mpq_t u, mpq_t v, const mpq_t lambda, const mpq_t a, const mpq_t h) {
  mpq_t y, cube;
  mpq_inits(y, cube, NULL);
  mpq_mul(y, h, a);
  mpq_mul(y, y, v);
  mpq_add(y, u, y);
  mpq_mul(cube, y, y);
  mpq_mul(cube, cube, y);
  mpq_mul(v, v, lambda);
  mpq_add(v, v, y);
  mpq_sub(v, v, cube);
  mpq_mul(y, h, v);
  mpq_add(u, u, y);
  mpq_clears(y, cube, NULL);
}

Test(iterates, contain_the_exact_rationals) {
  static const char *const methods[] = {"hb", "nag"};
  for (int k = 0; k < 2; ++k) {
    hp_experiment e;
    experiment_open(&e, "double-well", methods[k], 5, 5);
    mpq_t u, v;
    fmpq_t exact;
    fmpq_init(exact);
    mpq_inits(u, v, NULL);
    mpq_set(u, e.problem->start[0]);
    hp_enclosed_iterates iterates;
    cr_assert(hp_enclose_iterates(&iterates, e.problem->gradient_program, e.momentum, e.a,
                                  e.step[0], e.problem->start, 8, 40));
    for (size_t n = 0; n <= 8; ++n) {
      fmpq_set_mpq(exact, u);
      cr_expect(arb_contains_fmpq(iterates.u + n, exact), "n = %zu", n);
      cr_expect(mag_cmp_2exp_si(arb_radref(iterates.u + n), -132) < 0);
      exact_step(u, v, e.momentum, e.a, e.step[0]);
    }
    hp_enclosed_iterates_clear(&iterates);
    mpq_clears(u, v, NULL);
    fmpq_clear(exact);
    experiment_close(&e);
  }
}

/* Against the MPFR recurrence at more bits, to the horizon; the precision is raised by itself. */
Test(iterates, logistic_to_the_horizon) {
  hp_experiment e;
  experiment_open(&e, "logistic", "nag", 7, 7);
  hp_enclosed_iterates iterates;
  cr_assert(hp_enclose_iterates(&iterates, e.problem->gradient_program, e.momentum, e.a, e.step[0],
                                e.problem->start, 256, 60));
  hp_momentum_mpfr state;
  hp_momentum_init_mpfr(&state, e.problem->gradient_program, e.momentum, e.a, e.step[0],
                        e.problem->start, 500);
  arf_t value;
  arf_init(value);
  for (size_t n = 0; n <= 256; ++n) {
    for (size_t i = 0; i < 3; ++i) {
      arf_set_mpfr(value, state.u[i]);
      cr_expect(arb_contains_arf(iterates.u + 3 * n + i, value), "n = %zu", n);
      cr_expect(mag_cmp_2exp_si(arb_radref(iterates.u + 3 * n + i), -199) < 0);
    }
    hp_momentum_step_mpfr(&state);
  }
  arf_clear(value);
  hp_momentum_clear_mpfr(&state);
  hp_enclosed_iterates_clear(&iterates);
  experiment_close(&e);
}

/* log at a negative number, and an orbit that doubles its exponent at every step. */
Test(iterates, leave_the_domain_or_every_bound) {
  static const char *const losses[] = {"x*log(x)", "-x^4"};
  for (int k = 0; k < 2; ++k) {
    char text[128];
    hp_experiment e;
    hp_enclosed_iterates iterates;
    snprintf(text, sizeof text, "params = x\nloss = %s\nstart = 2\nmomentum = 1/2\nhorizon = 40\n",
             losses[k]);
    experiment_parse(&e, text, "hb", 0, 0);
    cr_expect_not(hp_enclose_iterates(&iterates, e.problem->gradient_program, e.momentum, e.a,
                                      e.step[0], e.problem->start, 40, 20));
    experiment_close(&e);
  }
}
