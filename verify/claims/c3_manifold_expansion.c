#include "c3_measure.h"
#include "c3_text.h"
#include "power_law.h"
#include "reference/problem/allocate.h"
#include "verify/series_order.h"
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_c3 = {
    .id = "C3",
    .title = HP_C3_TITLE,
    .source = HP_C3_SOURCE,
    .statement = HP_C3_STATEMENT,
    .explain = HP_C3_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

static char *note_on(const hp_c3_measurement *m, const hp_c3_order *order) {
  char *lost = m->n_lost ? hp_text("%zu of %zu steps left out, at which the iterates leave every "
                                   "bound before the horizon",
                                   m->n_lost, m->experiment->n_steps)
                         : hp_copy_text("");
  bool is_last = m->cost && order->R == m->largest;
  char *note = is_last ? hp_text("%s%sR > %zu left out: the differentials of order %zu take %zu "
                                 "instructions on this loss, the limit is %d",
                                 lost, *lost ? "; " : "", order->R, order->R + 2, m->cost,
                                 HP_SERIES_INSTRUCTIONS)
                       : hp_copy_text(lost);
  free(lost);
  return note;
}

/* The first of 1 %, 10 %, 100 % that shows at the finest step. */
static void control_of_term(hp_run *run, const hp_c3_measurement *m, const hp_c3_order *order,
                            size_t first, size_t rows) {
  size_t s = 0, last = m->n_rows - 1, k = order->R - 1;
  mpfr_t visible;
  mpfr_init2(visible, mpfr_get_prec(order->value[last]));
  mpfr_mul_2ui(visible, order->value[last], 2, MPFR_RNDN);
  while (s < 2 && !mpfr_greater_p(order->wrong[s][last], visible))
    ++s;
  mpfr_clear(visible);
  char *name = s == 2 ? hp_text("the term h^%zu g_%zu left out", k, k)
                      : hp_text("g_%zu too small by %u %%", k, hp_c3_percent[s]);
  hp_power_law_control(run, name, rows, m->h + first, order->value + first, order->wrong[s] + first,
                       (double)order->R);
  char *curve = hp_text("control: %s", name);
  hp_power_law_curve(run, curve, m->n_rows, m->h, order->wrong[s]);
  free(curve);
  free(name);
}

static void write_controls(hp_run *run, const hp_c3_measurement *m, const hp_c3_order *order) {
  enum { ROWS = 4 };
  size_t rows = m->n_rows < ROWS ? m->n_rows : ROWS, first = m->n_rows - rows;
  const hp_experiment *experiment = m->experiment;
  if (rows == 0)
    return;
  control_of_term(run, m, order, first, rows);
  if (!mpq_sgn(experiment->momentum))
    return;
  hp_power_law_control(run, "n = 1, in the initial layer", rows, m->h + first, order->value + first,
                       order->layer + first, (double)order->R);
  hp_power_law_curve(run, "control: n = 1, in the initial layer", m->n_rows, m->h, order->layer);
}

static void order_run(const hp_c3_measurement *m, hp_c3_order *order, hp_results *results) {
  char *observable = hp_text("|v_n-m_%zu|", order->R);
  hp_run *run = hp_claim_run(results, m->experiment, "C3", observable);
  char *quotient = hp_text("|v_n-m_%zu|/h^%zu", order->R, order->R);
  char *constant = hp_text("max|g_%zu|", order->R);
  char *what = hp_text("max|g_%zu(ubar)| at the times jT/64, j = 8..64, taken at t = %.12g",
                       order->R, mpfr_get_d(order->at, MPFR_RNDN));
  char *note = note_on(m, order);
  hp_power_law law = {
      .experiment = m->experiment,
      .quotient = quotient,
      .constant_name = constant,
      .what = what,
      .expected = (double)order->R,
      .n_rows = m->n_rows,
      .step = m->step,
      .h = m->h,
      .value = order->value,
      .corrected = order->at_peak,
      .radius = order->uncertainty,
      .predicted = order->predicted,
      .uncertainty = order->radius,
      .L = m->constants.L,
      .note = note,
  };
  if (mpfr_zero_p(order->predicted)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_text("%s = 0: this term vanishes on this problem", constant));
  } else {
    hp_power_law_orders estimate = hp_power_law_write(run, &law);
    run->x_label = hp_copy_text("step size h");
    run->y_label = hp_copy_text("largest distance to the truncated expansion");
    hp_power_law_curve(run, observable, law.n_rows, law.h, law.value);
    write_controls(run, m, order);
    hp_power_law_judge(run, &law, &estimate);
  }
  free(note);
  free(what);
  free(constant);
  free(quotient);
  free(observable);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, const char *why) {
  hp_claim_verdict(hp_claim_run(results, experiment, "C3", "|v_n-m_R|"), HP_NOT_APPLICABLE,
                   hp_copy_text(why));
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_c3_measurement m;
  const char *why = NULL;
  hp_c3_status status = hp_c3_measure(&m, experiment, &why);
  if (status == HP_C3_NO_FLOW)
    not_applicable(experiment, results, why);
  else if (status == HP_C3_AT_REST)
    not_applicable(experiment, results, "the start is a critical point: nothing moves");
  for (size_t k = 0; status == HP_C3_MEASURED && k < m.largest; ++k)
    order_run(&m, &m.order[k], results);
  hp_c3_measurement_clear(&m);
  return status != HP_C3_INTERRUPTED;
}
