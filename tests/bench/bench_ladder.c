#include "reference/iterate/momentum.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "reference/taylor/taylor.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* A ladder as claim A1 needs it: spec/problems/rosenbrock.phi, heavy ball, h = 2^-6 .. 2^-12, 30
 * digits, max_n |u_n - ubar(nh)| on [0, 2]: one integration, dense output at every nh, the momentum
 * recurrence in MPFR. Beside it mpmath on the same work; it does the first steps of the ladder, and
 * the rest is scaled by the number of iterations. */

enum { FIRST = 6, LAST = 12 };
static const double DIGITS = 30;
static const mpfr_prec_t BITS = 133; /* 40 digits */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* error = max(error, |u - ubar|^2) */
static void raise_error(mpfr_t error, mpfr_t *u, mpfr_t *ubar, size_t d) {
  mpfr_t square, difference;
  mpfr_inits2(BITS, square, difference, NULL);
  mpfr_set_zero(square, 1);
  for (size_t i = 0; i < d; i++) {
    mpfr_sub(difference, u[i], ubar[i], MPFR_RNDN);
    mpfr_sqr(difference, difference, MPFR_RNDN);
    mpfr_add(square, square, difference, MPFR_RNDN);
  }
  mpfr_max(error, error, square, MPFR_RNDN);
  mpfr_clears(square, difference, NULL);
}

static void rung(const hp_problem *problem, const hp_trajectory *flow, unsigned exponent) {
  size_t d = problem->n_params;
  mpfr_t *ubar = hp_allocate(d, sizeof *ubar), t, error;
  mpfr_inits2(BITS, t, error, NULL);
  for (size_t i = 0; i < d; i++)
    mpfr_init2(ubar[i], BITS);
  mpq_t h, a;
  mpq_inits(h, a, NULL);
  mpq_set_ui(h, 1, 1u << exponent);
  hp_momentum_mpfr state;
  hp_momentum_init_mpfr(&state, problem->gradient_program, problem->momentum, a, h, problem->start,
                        BITS);
  mpfr_set_zero(error, 1);
  double begin = now();
  long steps = 2L << exponent;
  for (long n = 1; n <= steps; n++) {
    hp_momentum_step_mpfr(&state);
    mpfr_set_si_2exp(t, n, -(long)exponent, MPFR_RNDN);
    hp_trajectory_eval(flow, t, ubar, NULL);
    raise_error(error, state.u, ubar, d);
  }
  mpfr_sqrt(error, error, MPFR_RNDN);
  mpfr_printf("2^-%-3u %6ld  %.25Re  %8.4f\n", exponent, steps, error, now() - begin);
  hp_momentum_clear_mpfr(&state);
  mpq_clears(h, a, NULL);
  for (size_t i = 0; i < d; i++)
    mpfr_clear(ubar[i]);
  mpfr_clears(t, error, NULL);
  free(ubar);
}

int main(void) {
  hp_diagnostic why;
  hp_problem *problem = hp_problem_load("spec/problems/rosenbrock.phi", &why);
  if (!problem) {
    char text[1200];
    hp_diagnostic_text(&why, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 2;
  }
  size_t d = problem->n_params;
  mpfr_t *u0 = hp_allocate(d, sizeof *u0), t_end;
  mpfr_init2(t_end, BITS);
  mpfr_set_q(t_end, problem->horizon, MPFR_RNDN);
  for (size_t i = 0; i < d; i++) {
    mpfr_init2(u0[i], BITS);
    mpfr_set_q(u0[i], problem->start[i], MPFR_RNDN);
  }
  hp_program *field = hp_field_rescaled_gradient(problem, problem->momentum);
  hp_trajectory *flow;
  hp_taylor_options options = {.digits = DIGITS};
  printf("ladder on rosenbrock.phi, heavy ball, momentum 1/2, T = 2, %g digits\n", DIGITS);
  printf("%-5s %6s  %-31s  %8s\n", "h", "steps", "max |u_n - ubar(nh)|", "seconds");
  double begin = now();
  hp_taylor_status status = hp_taylor_integrate(&flow, field, u0, t_end, &options);
  printf("flow  %6zu  %-31s  %8.4f\n", hp_trajectory_steps(flow),
         status == HP_TAYLOR_DONE ? "" : "not reached", now() - begin);
  for (unsigned exponent = FIRST; exponent <= LAST; exponent++)
    rung(problem, flow, exponent);
  printf("all 7 step sizes: %.3f s\n", now() - begin);
  fflush(stdout);
  hp_trajectory_free(flow);
  hp_program_free(field);
  for (size_t i = 0; i < d; i++)
    mpfr_clear(u0[i]);
  mpfr_clear(t_end);
  free(u0);
  hp_problem_free(problem);
  return system("/usr/bin/python3 tests/bench/mpmath_ladder.py 6 7") != 0;
}
