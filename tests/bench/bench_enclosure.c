#include "problems.h"
#include "reference/enclosure/flow.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/taylor.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The certified integrator on P1-P6 beside the two uncertified ones (fixed point, balls without a
 * remainder): steps, radius, processor time. The digits are those of a step; the radius is proved for
 * all of [0, t_end]. bench_enclosure [DIGITS...] */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double run_plain(const bench_problem *problem, double digits,
                        hp_taylor_arithmetic arithmetic) {
  size_t d = problem->field->n_inputs;
  mpfr_prec_t bits = (mpfr_prec_t)(4 * digits) + 100;
  mpfr_t *u = hp_allocate(d, sizeof *u), end;
  mpfr_init2(end, bits);
  mpfr_set_q(end, problem->t_end, MPFR_RNDN);
  for (size_t i = 0; i < d; i++) {
    mpfr_init2(u[i], bits);
    mpfr_set_q(u[i], problem->start[i], MPFR_RNDN);
  }
  hp_trajectory *trajectory;
  hp_taylor_options options = {.digits = digits, .arithmetic = arithmetic};
  double begin = now();
  hp_taylor_integrate(&trajectory, problem->field, u, end, &options);
  double seconds = now() - begin;
  hp_trajectory_free(trajectory);
  for (size_t i = 0; i < d; i++)
    mpfr_clear(u[i]);
  free(u);
  mpfr_clear(end);
  return seconds;
}

static void row(int number, double digits) {
  bench_problem problem;
  bench_problem_init(&problem, number);
  slong d = (slong)problem.field->n_inputs;
  arb_ptr start = _arb_vec_init(d);
  for (slong i = 0; i < d; i++)
    hp_arb_set_rational(start + i, problem.start[i], (slong)(8 * digits) + 200);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = digits};
  double begin = now();
  hp_enclosure_status status =
      hp_enclose_flow(&flow, problem.field, start, problem.t_end, &options);
  double seconds = now() - begin;
  mag_t radius;
  mag_init(radius);
  hp_enclosed_flow_radius(&flow, radius);
  double fixed = run_plain(&problem, digits, HP_TAYLOR_FIXED_POINT);
  double balls = run_plain(&problem, digits, HP_TAYLOR_BALLS);
  printf("%-14s %4g %6zu  10^%-7.1f %9.2f | %9.2f %6.1f | %9.2f %6.1f", problem.name, digits,
         flow.n_steps, mag_get_d_log2_approx(radius) * 0.30103, 1e3 * seconds, 1e3 * fixed,
         seconds / fixed, 1e3 * balls, seconds / balls);
  if (status != HP_ENCLOSED)
    printf("  ends at t = %.4g", mpq_get_d(flow.end));
  printf("\n");
  fflush(stdout);
  mag_clear(radius);
  hp_enclosed_flow_clear(&flow);
  _arb_vec_clear(start, d);
  bench_problem_clear(&problem);
}

int main(int argc, char **argv) {
  static const double usual[] = {50, 100, 300};
  printf("%-14s %4s %6s  %-10s %9s | %9s %6s | %9s %6s\n", "problem", "dig.", "steps", "radius",
         "proved ms", "fixed ms", "times", "balls ms", "times");
  for (int j = 0; j < (argc > 1 ? argc - 1 : 3); j++)
    for (int number = 1; number <= BENCH_PROBLEMS; number++)
      row(number, argc > 1 ? atof(argv[j + 1]) : usual[j]);
  flint_cleanup();
  return 0;
}
