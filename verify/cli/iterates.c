#include "iterates.h"
#include "reject.h"
#include "digits.h"
#include "reference/iterate/momentum.h"
#include "reference/problem/allocate.h"
#include "src/momentum.h"
#include "src/run.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static FILE *unnamed_file(void) {
  FILE *file = tmpfile();
  if (file)
    return file;
  fprintf(stderr, "heavyproof: no room for the iterates: %s\n", strerror(errno));
  exit(HP_EXIT_ERROR);
}

static _Noreturn void reject_step(const hp_iterates *iterates, long n) {
  hp_reject("the iterates of problem '%.64s' are not finite from n = %ld on; accepted: a smaller "
            "--step or --count below that",
            iterates->problem->name, n);
}

static void print_header(FILE *rows, size_t d) {
  fputs("n,t", rows);
  for (size_t k = 1; k <= d; ++k)
    fprintf(rows, ",u%zu", k);
  for (size_t k = 1; k <= d; ++k)
    fprintf(rows, ",v%zu", k);
  fputc('\n', rows);
}

/* ---- double precision ---- */

static double nearest_double(const mpq_t value) {
  mpfr_t x;
  mpfr_init2(x, 53);
  mpfr_set_q(x, value, MPFR_RNDN);
  double result = mpfr_get_d(x, MPFR_RNDN);
  mpfr_clear(x);
  return result;
}

static void print_doubles(FILE *rows, size_t count, const double *x) {
  for (size_t k = 0; k < count; ++k)
    fprintf(rows, ",%.17g", x[k]);
}

static bool all_finite(size_t count, const double *x) {
  for (size_t k = 0; k < count; ++k)
    if (!isfinite(x[k]))
      return false;
  return true;
}

FILE *hp_iterates_double(const hp_iterates *iterates) {
  const hp_problem *problem = iterates->problem;
  const hp_program *gradient = problem->gradient_program;
  size_t d = problem->n_params;
  double lambda = nearest_double(iterates->momentum), a = nearest_double(iterates->a);
  double h = nearest_double(iterates->h);
  double *constants = hp_allocate(gradient->n_constants, sizeof *constants);
  double *slot = hp_allocate(hp_program_slots(gradient), sizeof *slot);
  double *u = hp_allocate(4 * d, sizeof *u), *v = u + d, *y = v + d, *g = y + d;
  hp_program_constants_double(gradient, constants);
  const hp_tape tape = {.n_inputs = gradient->n_inputs,
                        .n_constants = gradient->n_constants,
                        .n_instructions = gradient->n_instructions,
                        .n_outputs = gradient->n_outputs,
                        .constants = constants,
                        .code = gradient->code,
                        .output = gradient->output};
  FILE *rows = unnamed_file();
  print_header(rows, d);
  for (size_t k = 0; k < d; ++k)
    u[k] = nearest_double(problem->start[k]);
  hp_momentum_start(d, v);
  for (long n = 0; n <= iterates->count; ++n) {
    if (!all_finite(2 * d, u))
      reject_step(iterates, n);
    fprintf(rows, "%ld,%.17g", n, (double)n * h);
    print_doubles(rows, 2 * d, u);
    fputc('\n', rows);
    if (n < iterates->count)
      hp_run_step(&tape, lambda, a, h, u, v, y, g, slot);
  }
  free(u);
  free(slot);
  free(constants);
  return rows;
}

/* ---- MPFR ---- */

static void init(hp_momentum_mpfr *state, const hp_iterates *iterates, mpfr_prec_t bits) {
  const hp_problem *problem = iterates->problem;
  hp_momentum_init_mpfr(state, problem->gradient_program, iterates->momentum, iterates->a,
                        iterates->h, (const mpq_t *)problem->start, bits);
}

static void print_components(FILE *rows, size_t d, const mpfr_t *rough, const mpfr_t *fine,
                             long digits) {
  for (size_t k = 0; k < d; ++k) {
    char *text = hp_digits_text(rough[k], fine[k], digits);
    fprintf(rows, ",%s", text);
    free(text);
  }
}

/* t = nh, exact before it is rounded to the digits. */
static void print_time(FILE *rows, const hp_iterates *iterates, long n) {
  mpfr_t t;
  mpq_t exact;
  mpq_init(exact);
  mpfr_init2(t, hp_digits_bits(iterates->digits) + 8);
  mpq_set_si(exact, n, 1);
  mpq_mul(exact, exact, iterates->h);
  mpfr_set_q(t, exact, MPFR_RNDN);
  char *text = hp_digits_text(t, t, iterates->digits);
  fprintf(rows, "%ld,%s", n, text);
  free(text);
  mpfr_clear(t);
  mpq_clear(exact);
}

static long lacking_digits(size_t d, const mpfr_t *rough, const mpfr_t *fine, long digits) {
  long missing;
  return hp_digits_agree(d, rough, fine, digits, &missing) ? 0 : missing;
}

/* Writes all rows as long as both precisions agree; the digits that were lacking where they did not,
 * or 0. */
static long write_rows(FILE *rows, const hp_iterates *iterates, mpfr_prec_t bits) {
  size_t d = iterates->problem->n_params;
  long lacking = 0, digits = iterates->digits;
  hp_momentum_mpfr rough, fine;
  init(&rough, iterates, bits);
  init(&fine, iterates, bits + 32);
  print_header(rows, d);
  for (long n = 0; n <= iterates->count && lacking == 0; ++n) {
    const mpfr_t *u[2] = {(const mpfr_t *)rough.u, (const mpfr_t *)fine.u};
    const mpfr_t *v[2] = {(const mpfr_t *)rough.v, (const mpfr_t *)fine.v};
    for (size_t k = 0; k < d; ++k)
      if (!mpfr_number_p(fine.u[k]) || !mpfr_number_p(fine.v[k]))
        reject_step(iterates, n);
    long lacking_u = lacking_digits(d, u[0], u[1], digits);
    long lacking_v = lacking_digits(d, v[0], v[1], digits);
    lacking = lacking_u > lacking_v ? lacking_u : lacking_v;
    print_time(rows, iterates, n);
    print_components(rows, d, u[0], u[1], digits);
    print_components(rows, d, v[0], v[1], digits);
    fputc('\n', rows);
    if (n < iterates->count) {
      hp_momentum_step_mpfr(&rough);
      hp_momentum_step_mpfr(&fine);
    }
  }
  hp_momentum_clear_mpfr(&rough);
  hp_momentum_clear_mpfr(&fine);
  return lacking;
}

FILE *hp_iterates_mpfr(const hp_iterates *iterates) {
  mpfr_prec_t bits = hp_digits_bits(iterates->digits) + 32;
  mpfr_prec_t most_bits = 16 * bits + 65536;
  for (;;) {
    FILE *rows = unnamed_file();
    long lacking = write_rows(rows, iterates, bits);
    if (lacking == 0)
      return rows;
    fclose(rows);
    if (lacking > most_bits || bits > most_bits)
      hp_reject("the iterates of problem '%.64s' magnify errors beyond %ld bits; accepted: fewer "
                "--digits, a smaller --step or --count",
                iterates->problem->name, (long)most_bits);
    mpfr_prec_t more = 2 * hp_digits_bits(lacking) + 32;
    bits = bits + (more > bits / 2 ? more : bits / 2);
  }
}
