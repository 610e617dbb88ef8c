#include "problems.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/taylor.h"
#include "yardstick.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The integrators on P1-P6: fixed point and balls, beside the yardstick (yardstick.h) and mpmath, at
 * equal achieved error. bench_taylor [RUNS [MPMATH_SECONDS [PROBLEM...]]] */

enum { MAX_RUNS = 15, DIGITS = 4, TOLERANCE_TRIES = 6 };
static const double digits_asked[DIGITS] = {34, 50, 100, 300};
/* >= 2x the fastest peer; that peer is 1.15 times as fast as the yardstick */
static const double TARGET = 2.3;
static const double ROW_SECONDS = 20; /* no further run of a row after this */

typedef struct {
  double seconds[MAX_RUNS], error;
  size_t order, steps;
} measurement;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(const double seconds[], int runs) {
  double sorted[MAX_RUNS];
  memcpy(sorted, seconds, sizeof sorted);
  qsort(sorted, (size_t)runs, sizeof *sorted, compare);
  return sorted[runs / 2];
}

typedef struct {
  bench_problem problem;
  hp_plan *plan;
  size_t d;
  mpfr_t *u0, *u, *exact, t_end;
} setting;

static void set_start(setting *s) {
  for (size_t i = 0; i < s->d; i++)
    mpfr_set(s->u[i], s->u0[i], MPFR_RNDN);
}

/* max_i |u_i - exact_i| / max(1, |exact|) */
static double error(const setting *s) {
  double worst = 0, norm = 1;
  mpfr_t difference;
  mpfr_init2(difference, mpfr_get_prec(s->exact[0]));
  for (size_t i = 0; i < s->d; i++) {
    mpfr_sub(difference, s->u[i], s->exact[i], MPFR_RNDN);
    worst = fmax(worst, fabs(mpfr_get_d(difference, MPFR_RNDN)));
    norm = fmax(norm, fabs(mpfr_get_d(s->exact[i], MPFR_RNDN)));
  }
  mpfr_clear(difference);
  return worst / norm;
}

static void run_engine(setting *s, double digits, hp_taylor_arithmetic arithmetic, measurement *m,
                       int run) {
  hp_trajectory *trajectory;
  hp_taylor_options options = {.digits = digits, .arithmetic = arithmetic};
  double start = now();
  hp_taylor_integrate(&trajectory, s->problem.field, s->u0, s->t_end, &options);
  m->seconds[run] = now() - start;
  hp_trajectory_eval(trajectory, s->t_end, s->u, NULL);
  m->order = hp_trajectory_order(trajectory);
  m->steps = hp_trajectory_steps(trajectory);
  m->error = error(s);
  hp_trajectory_free(trajectory);
}

static void run_yardstick(setting *s, double tol_digits, mpfr_prec_t bits, measurement *m,
                          int run) {
  mpfr_t *u = hp_allocate(s->d, sizeof *u);
  for (size_t i = 0; i < s->d; i++) {
    mpfr_init2(u[i], bits);
    mpfr_set(u[i], s->u0[i], MPFR_RNDN);
  }
  double start = now();
  m->steps = yardstick_integrate(s->plan, u, s->t_end, tol_digits, bits);
  m->seconds[run] = now() - start;
  m->order = (size_t)ceil(tol_digits * log(10) / 2 + 1);
  for (size_t i = 0; i < s->d; i++) {
    mpfr_set(s->u[i], u[i], MPFR_RNDN);
    mpfr_clear(u[i]);
  }
  m->error = error(s);
  free(u);
}

/* The least tolerance and precision, from the engine's tolerance on, that reach its error. */
static void match(setting *s, double wanted, double *tol_digits, mpfr_prec_t *bits) {
  measurement m;
  for (int i = 0; i < TOLERANCE_TRIES; i++) {
    *bits = (mpfr_prec_t)ceil(*tol_digits / log10(2)) + 16 + *bits;
    run_yardstick(s, *tol_digits, *bits, &m, 0);
    if (m.error <= 3 * wanted)
      return;
    if (i % 2)
      *tol_digits += 0.5;
    *bits = *bits - (mpfr_prec_t)ceil(*tol_digits / log10(2)) - 16 + (i % 2 ? 0 : 48);
  }
}

/* mpmath's odefun on the same problem in at most the given seconds of a process of its own; the
 * seconds for all of [0, t_end], from the part done. */
static double run_mpmath(const char *name, double digits, double seconds, double *part) {
  char command[256];
  double used = NAN, seconds_now, part_now;
  *part = 0;
  snprintf(command, sizeof command, "/usr/bin/python3 tests/bench/mpmath_flow.py %.2s %g %g", name,
           digits, seconds);
  FILE *pipe = popen(command, "r");
  while (pipe && fscanf(pipe, "%lf %lf", &seconds_now, &part_now) == 2) {
    used = seconds_now;
    *part = part_now;
  }
  if (pipe)
    pclose(pipe);
  return used / *part; /* the caller looks at part first */
}

static mpfr_t *new_numbers(size_t count, mpfr_prec_t bits) {
  mpfr_t *x = hp_allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++)
    mpfr_init2(x[i], bits);
  return x;
}

static void open_setting(setting *s, int number, mpfr_prec_t bits) {
  bench_problem_init(&s->problem, number);
  s->plan = hp_plan_compile(s->problem.field);
  s->d = s->problem.field->n_inputs;
  s->u0 = new_numbers(s->d, bits);
  s->u = new_numbers(s->d, bits);
  s->exact = new_numbers(s->d, bits);
  for (size_t i = 0; i < s->d; i++)
    mpfr_set_q(s->u0[i], s->problem.start[i], MPFR_RNDN);
  mpfr_init2(s->t_end, bits);
  mpfr_set_q(s->t_end, s->problem.t_end, MPFR_RNDN);
  set_start(s);
}

static void close_setting(setting *s) {
  mpfr_clear(s->t_end);
  for (size_t i = 0; i < s->d; i++)
    mpfr_clears(s->u0[i], s->u[i], s->exact[i], NULL);
  free(s->u0);
  free(s->u);
  free(s->exact);
  hp_plan_free(s->plan);
  bench_problem_clear(&s->problem);
}

static void row(int number, double digits, int runs, double mpmath_seconds) {
  setting s;
  open_setting(&s, number, (mpfr_prec_t)(5 * digits) + 200);
  measurement fixed, balls, plain;
  hp_trajectory *trajectory;
  hp_taylor_options options = {.digits = 1.15 * digits + 12, .arithmetic = HP_TAYLOR_BALLS};
  hp_taylor_integrate(&trajectory, s.problem.field, s.u0, s.t_end, &options);
  hp_trajectory_eval(trajectory, s.t_end, s.exact, NULL);
  hp_trajectory_free(trajectory);

  double tol_digits = digits + 6;
  mpfr_prec_t bits = 0;
  run_engine(&s, digits, HP_TAYLOR_FIXED_POINT, &fixed, 0);
  match(&s, fixed.error, &tol_digits, &bits);
  double begin = now();
  int done = 0;
  for (int run = 0; run < runs && (run == 0 || now() - begin < ROW_SECONDS); run++, done++) {
    run_engine(&s, digits, HP_TAYLOR_FIXED_POINT, &fixed, run);
    run_engine(&s, digits, HP_TAYLOR_BALLS, &balls, run);
    run_yardstick(&s, tol_digits, bits, &plain, run);
  }
  double a = median(fixed.seconds, done), b = median(balls.seconds, done);
  double y = median(plain.seconds, done);
  printf("%-14s %4g %5zu %5zu %8.1e %9.2f %5.2f | %5zu %8.1e %9.2f %5.2f | %5zu %8.1e %9.2f",
         s.problem.name, digits, fixed.order, fixed.steps, fixed.error, 1e3 * a, y / a, balls.steps,
         balls.error, 1e3 * b, y / b, plain.steps, plain.error, 1e3 * y);
  if (mpmath_seconds > 0) {
    double part, m = run_mpmath(s.problem.name, digits, mpmath_seconds, &part);
    if (part == 0)
      printf(" | nothing done in %.0f s", mpmath_seconds);
    else
      printf(" | %9.2g %6.2g", 1e3 * m, m / a);
    if (part > 0 && part < 1)
      printf(" (scaled from %.2g of it)", part);
  }
  printf("\n");
  fflush(stdout);
  close_setting(&s);
}

int main(int argc, char **argv) {
  int runs = argc > 1 ? atoi(argv[1]) : 5;
  double mpmath_seconds = argc > 2 ? atof(argv[2]) : 5;
  runs = runs < 1 ? 1 : runs > MAX_RUNS ? MAX_RUNS : runs;
  printf("medians of %d interleaved runs, processor milliseconds; ratio = yardstick / engine, "
         "target %.1f on P2-P6\n",
         runs, TARGET);
  printf("%-14s %4s %5s %5s %8s %9s %5s | %5s %8s %9s %5s | %5s %8s %9s | %9s %6s\n", "problem",
         "dig.", "order", "steps", "error", "fixed ms", "ratio", "steps", "error", "balls ms",
         "ratio", "steps", "error", "yardstick", "mpmath ms", "ratio");
  for (int j = 0; j < DIGITS; j++)
    for (int number = 1; number <= BENCH_PROBLEMS; number++) {
      bool wanted = argc <= 3;
      for (int i = 3; i < argc; i++)
        wanted = wanted || atoi(argv[i]) == number;
      if (wanted)
        row(number, digits_asked[j], runs, mpmath_seconds);
    }
  return 0;
}
