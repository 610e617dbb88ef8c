#include "c2_measure.h"
#include "c2_text.h"
#include "power_law.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_c2 = {
    .id = "C2",
    .title = HP_C2_TITLE,
    .source = HP_C2_SOURCE,
    .statement = HP_C2_STATEMENT,
    .explain = HP_C2_EXPLAIN,
    .theorem = NULL,
    .check = check,
};

static const char *const observable[HP_C2_FIELDS] = {"curl m_h", "curl ψ_h", "curl F_h"};

static char *note_on(const hp_c2_measurement *m) {
  return m->n_above + m->n_lost
             ? hp_text("%zu of %zu steps left out: %zu above the existence threshold of the "
                       "manifold, %zu at which no orbit was found that ends at u_0",
                       m->n_above + m->n_lost, m->experiment->n_steps, m->n_above, m->n_lost)
             : hp_copy_text("");
}

/* ---- a field that is no gradient: its curl is a power of h ---- */

static void power_run(hp_run *run, const hp_c2_measurement *m, const hp_c2_field *field,
                      const char *name) {
  double p = (double)field->fails_at - 1;
  char *quotient = hp_text("%s/h^%g", name, p);
  char *what = hp_text("|d_%zu X_%zu - d_%zu X_%zu| at u_0 of the terms of order h^%g; exactly: %s",
                       m->i + 1, m->j + 1, m->j + 1, m->i + 1, p, field->first_pair);
  char *note = note_on(m);
  mpfr_t radius;
  mpfr_init2(radius, 53);
  mpfr_set_zero(radius, 1);
  long *steps = hp_allocate(m->n_rows, sizeof *steps);
  hp_power_law law = {
      .experiment = m->experiment,
      .quotient = quotient,
      .constant_name = "the curl of the first term that is no gradient",
      .what = what,
      .expected = p,
      .n_rows = m->n_rows,
      .step = m->step,
      .steps = steps,
      .h = m->h,
      .value = field->value,
      .radius = field->uncertainty,
      .predicted = field->predicted,
      .uncertainty = radius,
      .L = m->L,
      .note = note,
  };
  if (mpfr_zero_p(field->predicted)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_text("the first term that is no gradient has no curl at u_0"));
  } else {
    hp_power_law_orders orders = hp_power_law_write(run, &law);
    hp_power_law_judge(run, &law, &orders);
  }
  free(steps);
  mpfr_clear(radius);
  free(note);
  free(what);
  free(quotient);
}

/* ---- a field that is a gradient at every order ---- */

/* Largest |curl|/(|d_i X_j| + |d_j X_i|) over the rows. */
static double largest_share(const hp_c2_measurement *m, const hp_c2_field *field) {
  double most = 0;
  for (size_t row = 0; row < m->n_rows; ++row) {
    mpfr_t share;
    mpfr_init2(share, 53);
    mpfr_div(share, field->value[row], field->size[row], MPFR_RNDN);
    most = fmax(most, mpfr_get_d(share, MPFR_RNDN));
    mpfr_clear(share);
  }
  return most;
}

static double ahead_share(const hp_c2_measurement *m) {
  mpfr_t share;
  mpfr_init2(share, 53);
  mpfr_div(share, m->ahead, m->ahead_size, MPFR_RNDN);
  double value = mpfr_get_d(share, MPFR_RNDN);
  mpfr_clear(share);
  return value;
}

static void zero_rows(hp_run *run, const hp_c2_measurement *m, const hp_c2_field *field) {
  for (size_t i = 0; i < m->n_rows; ++i) {
    hp_row *row = hp_run_add_row(run);
    row->h = hp_rational_text(m->experiment->step[m->step[i]]);
    row->value = hp_decimal(field->value[i], 3, MPFR_RNDN);
    row->low = hp_copy_text("0");
    row->high = hp_decimal(field->uncertainty[i], 3, MPFR_RNDU);
    if (mpfr_greater_p(field->value[i], field->uncertainty[i])) {
      free(row->high);
      row->high = hp_decimal(field->value[i], 3, MPFR_RNDU);
    }
  }
}

static void zero_run(hp_run *run, const hp_c2_measurement *m, const hp_c2_field *field,
                     const char *name) {
  double floor = pow(10, -m->digits), share = largest_share(m, field);
  double of_field = largest_share(m, &m->field[HP_C2_FIELD]), ahead = ahead_share(m);
  char *note = note_on(m);
  zero_rows(run, m, field);
  run->constant_predicted = hp_copy_text("0");
  run->constant_measured = hp_text("%.3g", share);
  run->constant_what = hp_text(
      "largest |d_%zu X_%zu - d_%zu X_%zu|/(|d_%zu X_%zu| + |d_%zu X_%zu|) at u_0; exactly: "
      "b(u o v) = b(v o u) for all trees through order %d",
      m->i + 1, m->j + 1, m->j + 1, m->i + 1, m->i + 1, m->j + 1, m->j + 1, m->i + 1, HP_C2_ORDER);
  hp_claim_control(run, "the manifold with the look-ahead a + 1/100", ahead > floor,
                   hp_text("curl %.3g of the entries at the finest step", ahead));
  hp_claim_control(run, "the modified field in its place", of_field > floor,
                   hp_text("curl %.3g of the entries", of_field));
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (m->n_rows == 0)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(note));
  else if (share > floor)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("%s is %.3g of the entries of the Jacobian, not 0", name, share));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(run, HP_PASS, hp_copy_text(note));
  free(note);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, const char *why) {
  hp_claim_verdict(hp_claim_run(results, experiment, "C2", "curl"), HP_NOT_APPLICABLE,
                   hp_copy_text(why));
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  const hp_problem *problem = experiment->problem;
  if (problem->n_params < 2) {
    not_applicable(experiment, results, "d = 1: every field on a line is a gradient");
    return true;
  }
  if (problem->is_quadratic) {
    not_applicable(experiment, results,
                   "the loss is quadratic: f is linear with a symmetric matrix, and every "
                   "elementary differential is a gradient");
    return true;
  }
  if (mpq_sgn(experiment->momentum) <= 0) {
    not_applicable(experiment, results, "λ > 0 is needed: the manifold is that of A3");
    return true;
  }
  hp_c2_measurement m;
  hp_c2_status status = hp_c2_measure(&m, experiment);
  if (status == HP_C2_SYMMETRIC)
    not_applicable(experiment, results,
                   "the terms that are no gradients have no curl at u_0 on this problem");
  for (size_t k = 0; status == HP_C2_MEASURED && k < HP_C2_FIELDS; ++k) {
    hp_run *run = hp_claim_run(results, experiment, "C2", observable[k]);
    free(run->start);
    run->start = hp_copy_text("u_0 on the manifold");
    if (m.n_rows == 0) {
      char *note = note_on(&m);
      hp_claim_verdict(run, HP_NOT_APPLICABLE, note);
    } else if (m.field[k].fails_at) {
      power_run(run, &m, &m.field[k], observable[k]);
    } else {
      zero_run(run, &m, &m.field[k], observable[k]);
    }
  }
  hp_c2_measurement_clear(&m);
  return status != HP_C2_INTERRUPTED;
}
