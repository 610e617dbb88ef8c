#include "results.h"
#include "reference/problem/allocate.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *hp_verdict_text(hp_verdict verdict) {
  static const char *const text[] = {
      [HP_PASS] = "pass",
      [HP_FAIL] = "fail",
      [HP_NOT_ASYMPTOTIC] = "not-asymptotic",
      [HP_NOT_APPLICABLE] = "not-applicable",
      [HP_ERROR] = "error",
  };
  return text[verdict];
}

/* A zeroed new last element of an array of *count objects. */
static void *append(void *array, size_t *count, size_t size) {
  char *block = hp_reallocate(array, *count + 1, size);
  memset(block + *count * size, 0, size);
  ++*count;
  return block;
}

hp_run *hp_results_add(hp_results *results) {
  results->run = append(results->run, &results->count, sizeof *results->run);
  return &results->run[results->count - 1];
}

hp_row *hp_run_add_row(hp_run *run) {
  run->row = append(run->row, &run->n_rows, sizeof *run->row);
  return &run->row[run->n_rows - 1];
}

hp_control *hp_run_add_control(hp_run *run) {
  run->control = append(run->control, &run->n_controls, sizeof *run->control);
  return &run->control[run->n_controls - 1];
}

hp_curve *hp_run_add_curve(hp_run *run, const char *name) {
  run->curve = append(run->curve, &run->n_curves, sizeof *run->curve);
  hp_curve *curve = &run->curve[run->n_curves - 1];
  curve->name = hp_copy_text(name);
  return curve;
}

void hp_curve_add_point(hp_curve *curve, const char *x, const char *y) {
  curve->point = append(curve->point, &curve->n_points, sizeof *curve->point);
  curve->point[curve->n_points - 1] = (hp_point){.x = hp_copy_text(x), .y = hp_copy_text(y)};
}

static void clear_row(hp_row *row) {
  free(row->h);
  free(row->value);
  free(row->low);
  free(row->high);
  free(row->double_value);
  free(row->bound);
}

static void clear_curve(hp_curve *curve) {
  for (size_t i = 0; i < curve->n_points; ++i) {
    free(curve->point[i].x);
    free(curve->point[i].y);
  }
  free(curve->point);
  free(curve->name);
}

static void clear_run(hp_run *run) {
  char *const text[] = {
      run->claim,
      run->observable,
      run->problem,
      run->problem_file,
      run->method,
      run->a,
      run->momentum,
      run->horizon,
      run->start,
      run->ladder,
      run->fingerprint,
      run->constant_predicted,
      run->constant_measured,
      run->constant_what,
      run->bound_formula,
      run->bound_value,
      run->bound_inputs,
      run->bound_proved_by,
      run->x_label,
      run->y_label,
      run->reason,
  };
  for (size_t i = 0; i < sizeof text / sizeof *text; ++i)
    free(text[i]);
  for (size_t i = 0; i < run->n_rows; ++i)
    clear_row(&run->row[i]);
  for (size_t i = 0; i < run->n_controls; ++i) {
    free(run->control[i].name);
    free(run->control[i].detail);
  }
  for (size_t i = 0; i < run->n_curves; ++i)
    clear_curve(&run->curve[i]);
  free(run->row);
  free(run->control);
  free(run->curve);
}

void hp_results_clear(hp_results *results) {
  for (size_t i = 0; i < results->count; ++i)
    clear_run(&results->run[i]);
  free(results->run);
  *results = (hp_results){0};
}

void hp_results_move(hp_results *to, hp_results *from) {
  for (size_t i = 0; i < from->count; ++i)
    *hp_results_add(to) = from->run[i];
  free(from->run);
  *from = (hp_results){0};
}

char *hp_text(const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  size_t size = (size_t)vsnprintf(NULL, 0, format, arguments) + 1;
  va_end(arguments);
  char *text = hp_allocate(size, 1);
  vsnprintf(text, size, format, again);
  va_end(again);
  return text;
}
