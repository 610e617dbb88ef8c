#include "observable.h"
#include "judge.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

void hp_observable_init(hp_observable *o, size_t n_steps, mpfr_prec_t precision_bits) {
  *o = (hp_observable){.on_grid = hp_vector_new_mpfr(n_steps, precision_bits)};
  mpfr_inits2(precision_bits, o->predicted, o->radius, (mpfr_ptr)0);
}

void hp_observable_clear(hp_observable *o, size_t n_steps) {
  mpfr_clears(o->predicted, o->radius, (mpfr_ptr)0);
  hp_vector_free_mpfr(n_steps, o->on_grid);
  if (o->bound)
    hp_vector_free_mpfr(n_steps, o->bound);
  free(o->what);
  free(o->bound_formula);
  free(o->bound_inputs);
  free(o->obstacle);
  free(o->note);
}

hp_order hp_observable_order(const hp_flow_ladder *ladder, size_t pair, int expected,
                             mpfr_t *const on_grid, mpfr_srcptr predicted) {
  const hp_experiment *experiment = ladder->plan->experiment;
  size_t *step = hp_allocate(experiment->n_steps, sizeof *step);
  size_t n = hp_flow_ladder_rows(ladder, pair, step);
  mpfr_t *h = hp_vector_new_mpfr(n, 64), *value = hp_vector_new_mpfr(n, 128);
  for (size_t i = 0; i < n; ++i) {
    mpfr_set_q(h[i], experiment->step[step[i]], MPFR_RNDN);
    mpfr_set(value[i], ladder->column[pair].value[step[i]], MPFR_RNDN);
    if (!on_grid)
      continue;
    if (expected == 2 && mpfr_number_p(ladder->column[pair].peak[step[i]])) {
      mpfr_set(value[i], ladder->column[pair].peak[step[i]], MPFR_RNDN);
      continue;
    }
    mpfr_mul(value[i], value[i], predicted, MPFR_RNDN);
    mpfr_div(value[i], value[i], on_grid[step[i]], MPFR_RNDN);
  }
  hp_order order = hp_order_estimate(n, h, value, expected);
  hp_vector_free_mpfr(n, value);
  hp_vector_free_mpfr(n, h);
  free(step);
  return order;
}

static hp_order own_order(const hp_flow_ladder *ladder, const hp_observable *o) {
  return hp_observable_order(ladder, o->pair, o->order, NULL, NULL);
}

/* For the constant. In the layer the maximum over n jumps from one n to the next as h falls, and only
 * distances at one n have a limit that can be extrapolated. */
static hp_order corrected_order(const hp_flow_ladder *ladder, const hp_observable *o) {
  if (o->peak_n > 0)
    return hp_observable_order(ladder, o->peak_pair, o->order, NULL, NULL);
  return hp_observable_order(ladder, o->pair, o->order, o->on_grid, o->predicted);
}

/* ---- rows ---- */

static void write_row(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o, size_t i) {
  const hp_experiment *experiment = ladder->plan->experiment;
  const hp_flow_column *column = &ladder->column[o->pair];
  mpfr_srcptr value = column->value[i], radius = column->radius[i];
  int digits = hp_decimal_correct(value, radius, experiment->digits);
  hp_row *row = hp_run_add_row(run);
  mpfr_t x;
  mpfr_init2(x, mpfr_get_prec(value));
  row->h = hp_rational_text(experiment->step[i]);
  row->steps = hp_ladder_steps(experiment, experiment->step[i]);
  row->value = hp_decimal(value, digits ? digits : 1, MPFR_RNDN);
  mpfr_sub(x, value, radius, MPFR_RNDD);
  row->low = hp_decimal(x, digits + 3, MPFR_RNDD);
  mpfr_add(x, value, radius, MPFR_RNDU);
  row->high = hp_decimal(x, digits + 3, MPFR_RNDU);
  row->double_value = hp_decimal(column->double_value[i], 17, MPFR_RNDN);
  if (o->bound) {
    row->bound = hp_decimal(o->bound[i], 6, MPFR_RNDU);
    run->bound_holds = run->bound_holds && mpfr_lessequal_p(value, o->bound[i]);
    free(run->bound_value);
    run->bound_value = hp_copy_text(row->bound);
  }
  mpfr_clear(x);
}

/* The constant, and the observable beside it, divided by h^order. */
static void write_curves(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o,
                         const size_t step[]) {
  hp_curve *measured = hp_run_add_curve(run, o->scaled);
  for (int grid = 0; grid < 2; ++grid) {
    hp_curve *curve = grid ? hp_run_add_curve(run, "predicted limit on the grid") : measured;
    for (size_t i = 0; i < run->n_rows; ++i) {
      mpq_srcptr h = ladder->plan->experiment->step[step[i]];
      mpfr_t y;
      mpfr_init2(y, 64);
      mpfr_set(y, grid ? o->on_grid[step[i]] : ladder->column[o->pair].value[step[i]], MPFR_RNDN);
      for (int k = 0; k < o->order && !grid; ++k)
        mpfr_div_q(y, y, h, MPFR_RNDN);
      char *at = hp_decimal_double(mpq_get_d(h), 17), *text = hp_decimal(y, 8, MPFR_RNDN);
      hp_curve_add_point(curve, at, text);
      free(at);
      free(text);
      mpfr_clear(y);
    }
  }
  run->x_label = hp_copy_text("step size h");
  run->y_label = hp_text("%s and its limit", o->scaled);
}

static void write_constant(hp_run *run, const hp_observable *o, const hp_experiment *experiment,
                           const hp_order *corrected) {
  int digits = hp_decimal_correct(o->predicted, o->radius, experiment->digits);
  run->constant_predicted = hp_decimal(o->predicted, digits ? digits : 1, MPFR_RNDN);
  if (!corrected->asymptotic) {
    run->constant_what = hp_copy_text(o->what);
    return;
  }
  run->constant_measured = hp_text("%.10g", corrected->constant);
  char *at = o->peak_n ? hp_text(" at n = %ld", o->peak_n) : hp_copy_text("");
  run->constant_what = hp_text("%s; measured: limit of %s%s, known to lie in [%.8g, %.8g]", o->what,
                               o->scaled, at, corrected->constant_low, corrected->constant_high);
  free(at);
}

hp_run *hp_observable_run(hp_results *results, const hp_flow_ladder *ladder,
                          const hp_observable *o) {
  const hp_experiment *experiment = ladder->plan->experiment;
  hp_run *run = hp_claim_run(results, experiment, o->claim, o->name);
  size_t *step = hp_allocate(experiment->n_steps, sizeof *step);
  size_t n = hp_flow_ladder_rows(ladder, o->pair, step);
  free(run->start);
  run->start = hp_copy_text(o->start);
  run->has_bound = run->bound_holds = o->bound && n > 0;
  for (size_t i = 0; i < n; ++i)
    write_row(run, ladder, o, step[i]);
  if (run->has_bound) {
    run->bound_formula = hp_copy_text(o->bound_formula);
    run->bound_inputs = hp_copy_text(o->bound_inputs);
    run->bound_proved_by = hp_copy_text("derivation in spec/README.md");
  }
  hp_order order = own_order(ladder, o), corrected = corrected_order(ladder, o);
  if (mpfr_sgn(o->predicted) > 0)
    write_constant(run, o, experiment, &corrected);
  if (n >= 3)
    hp_claim_order(run, &order, o->order);
  if (n > 0)
    write_curves(run, ladder, o, step);
  free(step);
  return run;
}

/* ---- controls ---- */

void hp_observable_control_pair(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o,
                                const char *name, size_t pair) {
  hp_order wrong = hp_observable_order(ladder, pair, o->order, NULL, NULL);
  double predicted = mpfr_get_d(o->predicted, MPFR_RNDN);
  bool failed = !hp_order_is(&wrong, o->order) || !hp_order_constant_is(&wrong, predicted);
  if (run->n_rows < 3)
    return;
  hp_claim_control(run, name, failed,
                   hp_order_is(&wrong, o->order)
                       ? hp_text("limit in [%.6g, %.6g] instead of %.6g", wrong.constant_low,
                                 wrong.constant_high, predicted)
                       : hp_text("order %.3f instead of %d", wrong.order, o->order));
}

void hp_observable_control_constant(hp_run *run, const hp_flow_ladder *ladder,
                                    const hp_observable *o, const char *name, double constant) {
  hp_order corrected = corrected_order(ladder, o);
  if (run->n_rows >= 3)
    hp_claim_control(run, name, !hp_order_constant_is(&corrected, constant),
                     hp_text("%.6g against [%.6g, %.6g]", constant, corrected.constant_low,
                             corrected.constant_high));
}

void hp_observable_controls(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o) {
  double predicted = mpfr_get_d(o->predicted, MPFR_RNDN);
  int other = 3 - o->order;
  hp_order order = own_order(ladder, o);
  hp_observable_control_constant(run, ladder, o, "predicted constant 1 % too large",
                                 1.01 * predicted);
  hp_observable_control_constant(run, ladder, o, "predicted constant 1 % too small",
                                 0.99 * predicted);
  if (run->n_rows < 3)
    return;
  char *name = hp_text("order %d claimed", other);
  hp_claim_control(run, name, !hp_order_is(&order, other),
                   hp_text("order in [%.4f, %.4f]", order.low, order.high));
  free(name);
}

/* ---- verdict ---- */

void hp_observable_judge(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o) {
  const hp_experiment *experiment = ladder->plan->experiment;
  size_t skipped = experiment->n_steps - run->n_rows;
  if (mpfr_sgn(o->predicted) == 0) {
    hp_claim_verdict(
        run, HP_NOT_APPLICABLE,
        hp_text("%s = 0 for this method on this problem: the term of order %d vanishes",
                o->constant_name, o->order));
    return;
  }
  if (run->n_rows == 0) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("the iterates or the flow leave every bound at every step of the "
                             "ladder%s%s",
                             o->note ? "; " : "", o->note ? o->note : ""));
    return;
  }
  char *lost = skipped
                   ? hp_text("%zu steps left out, at which the iterates or the flow leave every "
                             "bound%s",
                             skipped, o->note ? "; " : "")
                   : hp_copy_text("");
  char *note = hp_text("%s%s", lost, o->note ? o->note : "");
  size_t *step = hp_allocate(experiment->n_steps, sizeof *step);
  size_t n = hp_flow_ladder_rows(ladder, o->pair, step);
  double finest = mpq_get_d(experiment->step[step[n - 1]]);
  hp_order order = own_order(ladder, o), corrected = corrected_order(ladder, o);
  hp_claim_judge(run, &(hp_judgement){
                          .observable = o->scaled,
                          .constant_name = o->constant_name,
                          .expected = o->order,
                          .order = &order,
                          .corrected = &corrected,
                          .predicted = mpfr_get_d(o->predicted, MPFR_RNDN),
                          .finest = finest,
                          .smallness = fabs(hp_smallness(experiment->momentum, experiment->a,
                                                         finest, ladder->constants.L)),
                          .obstacle = o->obstacle,
                          .obstacle_step = o->obstacle_step,
                          .note = note,
                      });
  free(step);
  free(note);
  free(lost);
}
