#include "observable.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
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

/* ---- the steps at which a pair has a value ---- */

typedef struct {
  const hp_flow_ladder *ladder;
  size_t pair, n;
  size_t *step;
  mpfr_t *h;
} columns;

static void columns_init(columns *c, const hp_flow_ladder *ladder, size_t pair) {
  const hp_experiment *experiment = ladder->plan->experiment;
  *c = (columns){.ladder = ladder, .pair = pair};
  c->step = hp_allocate(experiment->n_steps, sizeof *c->step);
  c->n = hp_flow_ladder_rows(ladder, pair, c->step);
  c->h = hp_vector_new_mpfr(c->n, 64);
  for (size_t i = 0; i < c->n; ++i)
    mpfr_set_q(c->h[i], experiment->step[c->step[i]], MPFR_RNDN);
}

static void columns_clear(columns *c) {
  hp_vector_free_mpfr(c->n, c->h);
  free(c->step);
}

/* Those of a column with one number for each step of the ladder. */
static mpfr_t *packed(const columns *c, mpfr_t *const column) {
  mpfr_t *result = hp_vector_new_mpfr(c->n, 64);
  for (size_t i = 0; i < c->n; ++i) {
    mpfr_srcptr x = column[c->step[i]];
    mpfr_set_prec(result[i], mpfr_get_prec(x));
    mpfr_set(result[i], x, MPFR_RNDN);
  }
  return result;
}

/* The values freed of what the grid of nh does to the maximum: the peaks over all t where order 2
 * has one, else the values divided by on_grid/predicted. In the layer the maximum over n jumps from
 * one n to the next as h falls, and only distances at one n have a limit that can be extrapolated. */
static mpfr_t *corrected(const columns *c, const hp_observable *o) {
  const hp_flow_column *column = &c->ladder->column[c->pair];
  if (o->peak_n > 0)
    return packed(c, c->ladder->column[o->peak_pair].value);
  mpfr_t *result = packed(c, column->value);
  for (size_t i = 0; i < c->n; ++i) {
    size_t k = c->step[i];
    if (o->order == 2 && mpfr_number_p(column->peak[k])) {
      mpfr_set(result[i], column->peak[k], MPFR_RNDN);
      continue;
    }
    mpfr_mul(result[i], result[i], o->predicted, MPFR_RNDN);
    mpfr_div(result[i], result[i], o->on_grid[k], MPFR_RNDN);
  }
  return result;
}

static hp_order order_of(const hp_flow_ladder *ladder, size_t pair, int expected) {
  columns c;
  columns_init(&c, ladder, pair);
  mpfr_t *value = packed(&c, ladder->column[pair].value);
  hp_order order = hp_order_estimate(c.n, c.h, value, expected);
  hp_vector_free_mpfr(c.n, value);
  columns_clear(&c);
  return order;
}

/* ---- curves ---- */

/* The constant, and the observable beside it, divided by h^order. */
static void write_curves(hp_run *run, const columns *c, const hp_observable *o) {
  mpfr_t *scaled = packed(c, c->ladder->column[c->pair].value), *limit = packed(c, o->on_grid);
  for (size_t i = 0; i < c->n; ++i)
    for (int k = 0; k < o->order; ++k)
      mpfr_div(scaled[i], scaled[i], c->h[i], MPFR_RNDN);
  hp_power_law_curve(run, o->scaled, c->n, c->h, scaled);
  hp_power_law_curve(run, "predicted limit on the grid", c->n, c->h, limit);
  run->x_label = hp_copy_text("step size h");
  run->y_label = hp_text("%s and its limit", o->scaled);
  hp_vector_free_mpfr(c->n, limit);
  hp_vector_free_mpfr(c->n, scaled);
}

/* ---- controls ---- */

void hp_observable_control_pair(hp_run *run, const hp_flow_ladder *ladder, const hp_observable *o,
                                const char *name, size_t pair) {
  hp_order wrong = order_of(ladder, pair, o->order);
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

void hp_observable_control_constant(hp_run *run, const hp_power_law_orders *orders,
                                    const char *name, double constant) {
  const hp_order *corrected = &orders->corrected;
  if (run->n_rows >= 3)
    hp_claim_control(run, name, !hp_order_constant_is(corrected, constant),
                     hp_text("%.6g against [%.6g, %.6g]", constant, corrected->constant_low,
                             corrected->constant_high));
}

/* ---- the run ---- */

static char *note_of(const hp_observable *o, size_t skipped) {
  char *lost = skipped
                   ? hp_text("%zu steps left out, at which the iterates or the flow leave every "
                             "bound%s",
                             skipped, o->note ? "; " : "")
                   : hp_copy_text("");
  char *note = hp_text("%s%s", lost, o->note ? o->note : "");
  free(lost);
  return note;
}

static void write_bound(hp_run *run, const hp_observable *o) {
  run->bound_formula = hp_copy_text(o->bound_formula);
  run->bound_inputs = hp_copy_text(o->bound_inputs);
  run->bound_proved_by = hp_copy_text(o->bound_proved_by);
}

/* Where there is a limit and a step with a value. */
static void write_law(hp_run *run, const columns *c, const hp_observable *o,
                      hp_observable_controls controls, const void *context) {
  const hp_flow_ladder *ladder = c->ladder;
  const hp_experiment *experiment = ladder->plan->experiment;
  const hp_flow_column *column = &ladder->column[c->pair];
  mpfr_t *radius = packed(c, column->radius), *in_double = packed(c, column->double_value);
  mpfr_t *for_constant = corrected(c, o), *bound = o->bound ? packed(c, o->bound) : NULL;
  mpfr_t *value = packed(c, column->value);
  char *note = note_of(o, experiment->n_steps - c->n);
  char *at = o->peak_n ? hp_text(" at n = %ld", o->peak_n) : hp_copy_text("");
  const hp_power_law law = {
      .experiment = experiment,
      .quotient = o->scaled,
      .constant_name = o->constant_name,
      .what = o->what,
      .measured_at = at,
      .expected = o->order,
      .wrong_order = 3 - o->order,
      .n_rows = c->n,
      .step = c->step,
      .h = c->h,
      .value = value,
      .radius = radius,
      .in_double = in_double,
      .bound = bound,
      .corrected = for_constant,
      .predicted = o->predicted,
      .uncertainty = o->radius,
      .L = ladder->constants.L,
      .obstacle = o->obstacle,
      .obstacle_step = o->obstacle_step,
      .note = note,
  };
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  if (run->has_bound)
    write_bound(run, o);
  write_curves(run, c, o);
  controls(run, context, o, &orders);
  hp_power_law_judge(run, &law, &orders);
  free(at);
  free(note);
  hp_vector_free_mpfr(c->n, value);
  if (bound)
    hp_vector_free_mpfr(c->n, bound);
  hp_vector_free_mpfr(c->n, for_constant);
  hp_vector_free_mpfr(c->n, in_double);
  hp_vector_free_mpfr(c->n, radius);
}

void hp_observable_run(hp_results *results, const hp_flow_ladder *ladder, const hp_observable *o,
                       hp_observable_controls controls, const void *context) {
  hp_run *run = hp_claim_run(results, ladder->plan->experiment, o->claim, o->name);
  columns c;
  columns_init(&c, ladder, o->pair);
  free(run->start);
  run->start = hp_copy_text(o->start);
  if (mpfr_sgn(o->predicted) == 0)
    hp_claim_verdict(
        run, HP_NOT_APPLICABLE,
        hp_text("%s = 0 for this method on this problem: the term of order %d vanishes",
                o->constant_name, o->order));
  else if (c.n == 0)
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("the iterates or the flow leave every bound at every step of the "
                             "ladder%s%s",
                             o->note ? "; " : "", o->note ? o->note : ""));
  else
    write_law(run, &c, o, controls, context);
  columns_clear(&c);
}
