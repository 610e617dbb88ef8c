#include "c1_measure.h"
#include "c1_text.h"
#include "power_law.h"
#include "reference/problem/allocate.h"
#include "verify/series_order.h"
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_c1 = {
    .id = "C1",
    .title = HP_C1_TITLE,
    .source = HP_C1_SOURCE,
    .statement = HP_C1_STATEMENT,
    .explain = HP_C1_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

/* What is left out at this R, and, at the largest, which R are. */
static char *note_on(const hp_c1_measurement *m, const hp_c1_order *order) {
  char *lost = order->n_lost ? hp_text("%zu of %zu steps left out, at which the iterates or the "
                                       "truncated flow leave every bound before the horizon, or "
                                       "the flow turns far stiffer than the rescaled one",
                                       order->n_lost, m->experiment->n_steps)
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

static void order_run(const hp_c1_measurement *m, hp_c1_order *order, hp_results *results) {
  char *observable = hp_text("|u_n-U_%zu|", order->R);
  hp_run *run = hp_claim_run(results, m->experiment, "C1", observable);
  char *quotient = hp_text("|u_n-U_%zu|/h^%zu", order->R, order->R);
  char *constant = hp_text("max|E_%zu|", order->R);
  char *what = hp_text("max|E_%zu| at the times jT/64, j = 8..64, taken at t = %.12g", order->R,
                       mpfr_get_d(order->at, MPFR_RNDN));
  char *note = note_on(m, order);
  hp_power_law law = {
      .experiment = m->experiment,
      .quotient = quotient,
      .constant_name = constant,
      .what = what,
      .expected = (double)order->R,
      .n_rows = order->n_rows,
      .step = order->step,
      .h = order->h,
      .value = order->error,
      .radius = order->uncertainty,
      .predicted = order->predicted,
      .uncertainty = order->radius,
      .L = m->constants.L,
      .note = note,
  };
  if (mpfr_zero_p(order->predicted)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_text("%s = 0: the leading error vanishes on this problem", constant));
  } else {
    hp_power_law_orders estimate = hp_power_law_write(run, &law);
    run->x_label = hp_copy_text("step size h");
    run->y_label = hp_copy_text("largest distance to the truncated flow");
    hp_power_law_curve(run, observable, law.n_rows, law.h, law.value);
    for (size_t i = 0; i < order->n_variants; ++i) {
      const hp_c1_variant *variant = &order->variant[i];
      hp_power_law_control(run, variant->name, variant->n_rows, variant->h, variant->right,
                           variant->wrong, law.expected);
      char *name = hp_text("control: %s", variant->name);
      hp_power_law_curve(run, name, variant->n_rows, variant->h, variant->wrong);
      free(name);
    }
    hp_power_law_judge(run, &law, &estimate);
  }
  free(note);
  free(what);
  free(constant);
  free(quotient);
  free(observable);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, const char *why) {
  hp_claim_verdict(hp_claim_run(results, experiment, "C1", "|u_n-U_R|"), HP_NOT_APPLICABLE,
                   hp_copy_text(why));
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  hp_c1_measurement m;
  const char *why = NULL;
  hp_c1_status status = hp_c1_measure(&m, experiment, &why);
  if (status == HP_C1_NO_FLOW)
    not_applicable(experiment, results, why);
  else if (status == HP_C1_AT_REST)
    not_applicable(experiment, results, "the start is a critical point: nothing moves");
  for (size_t k = 0; status == HP_C1_MEASURED && k < m.largest; ++k)
    order_run(&m, &m.order[k], results);
  hp_c1_measurement_clear(&m);
  return status != HP_C1_INTERRUPTED;
}
