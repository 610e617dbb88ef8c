#ifndef HP_RESULTS_H
#define HP_RESULTS_H
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* One run = one claim's observable on one problem with one method; the record behind one element of
 * "runs" in heavyproof.results/1. All texts are owned by the record; NULL means absent. Numbers are
 * decimal texts with the digits that are correct. */

typedef enum { HP_PASS, HP_FAIL, HP_NOT_ASYMPTOTIC, HP_NOT_APPLICABLE, HP_ERROR } hp_verdict;
const char *hp_verdict_text(hp_verdict verdict); /* "pass", "fail", "not-asymptotic", ... */

typedef struct {
  char *h;            /* "2^-6" */
  long steps;         /* N = floor(T/h) */
  char *value;        /* the observable */
  char *low, *high;   /* it lies between them: estimated error now, enclosure with --certify */
  char *double_value; /* the same observable with the double-precision kernels' iterates */
  char *bound;        /* the proved bound at this h */
} hp_row;

typedef struct {
  char *name; /* what is done wrong on purpose */
  bool should_fail, failed;
  char *detail;       /* "slope 0.002 instead of 1" */
  double wanted_step; /* not failed, but would at this step or below; 0: no; not written to JSON */
} hp_control;

typedef struct {
  char *x, *y; /* one point of a curve for the report */
} hp_point;

typedef struct {
  char *name; /* "step ratio", "lower bound", ... */
  hp_point *point;
  size_t n_points;
} hp_curve;

typedef struct {
  char *claim, *observable, *problem, *problem_file, *method, *a, *momentum, *horizon, *start;
  /* Set by the command, which resumes by them: the steps asked for, "2^-6, 2^-7, ...", the problem's
   * fingerprint, the digits asked for (0: not written). */
  char *ladder, *fingerprint;
  int digits;
  hp_row *row;
  size_t n_rows;
  bool has_order;
  double order_expected, order_measured, order_low, order_high;
  size_t order_first_row, order_rows; /* rows used: [first, first + rows) */
  char *constant_predicted, *constant_measured, *constant_what;
  char *bound_formula, *bound_value, *bound_inputs, *bound_proved_by;
  bool has_bound, bound_holds;
  hp_control *control;
  size_t n_controls;
  hp_curve *curve; /* extra curves: attraction ratios against n, ... */
  size_t n_curves;
  char *x_label, *y_label; /* of the extra curves */
  hp_verdict verdict;
  double
      wanted_step; /* not-asymptotic: a ladder that ends here or finer would do; 0 if none is known,
                         not written to JSON */
  char *reason;    /* one sentence; never empty unless the verdict is pass */
  double seconds;  /* processor time; not written to JSON, so that output is deterministic */
} hp_run;

/* Growable list of runs. */
typedef struct {
  hp_run *run;
  size_t count;
} hp_results;

hp_run *
hp_results_add(hp_results *results); /* a zeroed run; the pointer is valid until the next add */
hp_row *hp_run_add_row(hp_run *run);
hp_control *hp_run_add_control(hp_run *run);
hp_curve *hp_run_add_curve(hp_run *run, const char *name);
void hp_curve_add_point(hp_curve *curve, const char *x, const char *y);
void hp_results_clear(hp_results *results);
/* Moves all runs of `from` to the end of `to`; `from` is then empty. */
void hp_results_move(hp_results *to, hp_results *from);

/* printf into a fresh text. */
char *hp_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

json_t *hp_run_json(const hp_run *run);
/* {"schema": "heavyproof.results/1", "version": ..., "runs": [...]}; the caller decrefs. */
json_t *hp_results_json(const hp_results *results);
/* Written beside the file and renamed; "-" is standard output. False with errno set on failure. */
bool hp_results_write(const hp_results *results, const char *path);
/* Appends the runs of a heavyproof.results/1 object (unknown members are ignored); false, with one
 * line in message (of size) and nothing appended, when it is not one. */
bool hp_results_from_json(hp_results *results, const json_t *json, char *message, size_t size);
/* The same from a file; false and one line in message (of size) when it is not one. */
bool hp_results_read(hp_results *results, const char *path, char *message, size_t size);

#endif
