#ifndef HP_TESTS_EXPERIMENT_H
#define HP_TESTS_EXPERIMENT_H
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/claims/claim.h"
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cell of claim x problem x method, on the built-in problems or on one given as text. */

static inline void experiment_begin(hp_experiment *experiment, hp_problem *problem,
                                    const char *method, int first_power, int last_power) {
  *experiment = (hp_experiment){.problem = problem, .method = method, .digits = 25};
  mpq_inits(experiment->momentum, experiment->a, experiment->horizon, NULL);
  mpq_set(experiment->momentum, problem->momentum);
  mpq_set(experiment->horizon, problem->horizon);
  if (strcmp(method, "nag") == 0)
    mpq_set(experiment->a, experiment->momentum);
  else if (strcmp(method, "gd") == 0)
    mpq_set_ui(experiment->momentum, 0, 1);
  else if (strncmp(method, "a=", 2) == 0)
    cr_assert(hp_rational_read(experiment->a, method + 2));
  experiment->n_steps = (size_t)(last_power - first_power + 1);
  experiment->step = hp_allocate(experiment->n_steps, sizeof *experiment->step);
  for (size_t i = 0; i < experiment->n_steps; ++i) {
    mpq_init(experiment->step[i]);
    mpq_set_ui(experiment->step[i], 1, 1);
    mpq_div_2exp(experiment->step[i], experiment->step[i], (unsigned)(first_power + (int)i));
  }
}

static inline void experiment_open(hp_experiment *experiment, const char *name, const char *method,
                                   int first_power, int last_power) {
  char path[256], text[1100];
  hp_diagnostic why;
  snprintf(path, sizeof path, "spec/problems/%s.phi", name);
  hp_problem *problem = hp_problem_load(path, &why);
  if (!problem) {
    hp_diagnostic_text(&why, text, sizeof text);
    cr_assert_fail("%s", text);
  }
  experiment_begin(experiment, problem, method, first_power, last_power);
}

static inline void experiment_parse(hp_experiment *experiment, const char *source,
                                    const char *method, int first_power, int last_power) {
  char text[1100];
  hp_diagnostic why;
  hp_problem *problem = hp_problem_parse(source, strlen(source), "test.phi", ".", &why);
  if (!problem) {
    hp_diagnostic_text(&why, text, sizeof text);
    cr_assert_fail("%s", text);
  }
  experiment_begin(experiment, problem, method, first_power, last_power);
}

static inline void experiment_close(hp_experiment *experiment) {
  for (size_t i = 0; i < experiment->n_steps; ++i)
    mpq_clear(experiment->step[i]);
  free(experiment->step);
  mpq_clears(experiment->momentum, experiment->a, experiment->horizon, NULL);
  hp_problem_free((hp_problem *)experiment->problem);
}

/* How many significant digits a decimal text shows. */
static inline int digits_shown(const char *text) {
  int digits = 0;
  for (; *text && *text != 'e'; ++text)
    digits += *text >= '0' && *text <= '9' && (digits > 0 || *text != '0');
  return digits;
}

/* Does x agree with a published decimal, which is rounded at its last digit, to so many significant
 * digits or to all that are published: |x - published| <= 1/2 of a unit of the last of them? */
static inline void assert_digits(const char *x, const char *published, int digits,
                                 const char *what) {
  mpfr_t a, b, bound;
  if (digits > digits_shown(published))
    digits = digits_shown(published);
  mpfr_inits2(400, a, b, bound, NULL);
  mpfr_set_str(a, x, 10, MPFR_RNDN);
  mpfr_set_str(b, published, 10, MPFR_RNDN);
  mpfr_abs(bound, b, MPFR_RNDN);
  mpfr_log10(bound, bound, MPFR_RNDN);
  mpfr_floor(bound, bound);
  mpfr_sub_si(bound, bound, digits - 1, MPFR_RNDN);
  mpfr_exp10(bound, bound, MPFR_RNDN);
  mpfr_div_2ui(bound, bound, 1, MPFR_RNDU);
  mpfr_sub(a, a, b, MPFR_RNDN);
  mpfr_abs(a, a, MPFR_RNDN);
  cr_assert(mpfr_lessequal_p(a, bound), "%s: %s, published %s", what, x, published);
  mpfr_clears(a, b, bound, NULL);
}

static inline const char *method_name(const char *method) {
  return strcmp(method, "hb") == 0 ? "HB" : "NAG";
}

/* The first run of an observable. */
static inline const hp_run *run_named(const hp_results *results, const char *observable) {
  for (size_t i = 0; i < results->count; ++i)
    if (strcmp(results->run[i].observable, observable) == 0)
      return &results->run[i];
  cr_assert_fail("no run of %s", observable);
  return NULL;
}

static inline const hp_control *control_named(const hp_run *run, const char *name) {
  for (size_t i = 0; i < run->n_controls; ++i)
    if (strcmp(run->control[i].name, name) == 0)
      return &run->control[i];
  return NULL;
}

static inline const hp_curve *curve_named(const hp_run *run, const char *name) {
  for (size_t i = 0; i < run->n_curves; ++i)
    if (strcmp(run->curve[i].name, name) == 0)
      return &run->curve[i];
  return NULL;
}

#endif
