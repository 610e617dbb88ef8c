#include "a3_certify.h"
#include "certified_run.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 256 };

static char *note_on_rows(const hp_a3_enclosed *m) {
  if (m->n_above + m->n_lost == 0)
    return hp_copy_text("");
  return hp_text(
      "%zu of %zu steps are not proved to be below the existence threshold, at %zu no orbit "
      "was found that ends at some u_n; left out",
      m->n_above, m->experiment->n_steps, m->n_lost);
}

static void write_inputs(hp_run *run, const hp_a3_enclosed_row *finest, const char *theorem) {
  char *L = hp_ball_text(finest->constants.L);
  run->bound_inputs = hp_text("L in %s, proved over a box that provably holds the iterates and the "
                              "orbits behind m_h, at the finest step",
                              L);
  run->bound_proved_by = hp_text("spec/coq/a3_theorems.v: %s", theorem);
  free(L);
}

/* ---- d_n ---- */

typedef struct {
  bool inside, outside; /* all ratios proved inside their bounds; one proved outside */
  bool below, above;    /* |w_n| <= rho^n |w_0| proved for all; refuted for one */
  bool levels_off; /* proved of |v_n - lambda_bar f|: above rho^n times its start at the last n */
  bool exchanged_refused; /* some ratio is proved below the upper bound */
} attraction;

static void attract_row(const hp_a3_enclosed_row *row, attraction *found) {
  size_t last = row->n_points - 1;
  arb_t ratio, limit;
  arb_init(ratio);
  arb_init(limit);
  for (size_t k = 1; k <= last; k++) {
    arb_pow_ui(limit, row->high, (ulong)row->n[k], BITS);
    arb_mul(limit, limit, row->distance, BITS);
    found->below = found->below && arb_le(row->distance + k, limit);
    found->above = found->above || arb_gt(row->distance + k, limit);
    if (row->n[k] != row->n[k - 1] + 1)
      continue;
    arb_div(ratio, row->distance + k, row->distance + k - 1, BITS);
    found->inside = found->inside && arb_le(row->low, ratio) && arb_le(ratio, row->high);
    found->outside = found->outside || arb_gt(row->low, ratio) || arb_gt(ratio, row->high);
    found->exchanged_refused = found->exchanged_refused || arb_lt(ratio, row->high);
  }
  arb_pow_ui(limit, row->high, (ulong)row->n[last], BITS);
  arb_mul(limit, limit, row->leading, BITS);
  found->levels_off = found->levels_off || arb_gt(row->leading + last, limit);
  arb_clear(limit);
  arb_clear(ratio);
}

static void write_row(hp_run *run, const hp_a3_enclosed *m, size_t i) {
  const hp_a3_enclosed_row *from = &m->row[i];
  size_t last = from->n_points - 1;
  int digits = m->experiment->digits;
  hp_row *row = hp_run_add_row(run);
  arb_t bound;
  arb_init(bound);
  arb_pow_ui(bound, from->high, (ulong)from->n[last], BITS);
  arb_mul(bound, bound, from->distance, BITS);
  row->h = hp_rational_text(m->experiment->step[i]);
  row->steps = from->n[last];
  row->value = hp_ball_middle_text(from->distance + last, digits);
  row->low = hp_ball_end_text(from->distance + last, digits + 4, false);
  row->high = hp_ball_end_text(from->distance + last, digits + 4, true);
  row->bound = hp_ball_end_text(bound, 6, true);
  arb_clear(bound);
}

static void judge_attraction(hp_run *run, const hp_a3_enclosed *m, const attraction *found) {
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (found->outside)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("proved: a ratio |w_{n+1}|/|w_n| is outside its bounds"));
  else if (found->above)
    hp_claim_verdict(run, HP_FAIL, hp_text("proved: |w_n| exceeds ρ^n |w_0|"));
  else if (!found->inside || !found->below)
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("an interval of a ratio is too wide for its bounds"));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(run, HP_PASS, note_on_rows(m));
}

static void attraction_run(const hp_a3_enclosed *m, hp_results *results) {
  hp_run *run = hp_claim_run(results, m->experiment, "A3", "d_n");
  attraction found = {.inside = true, .below = true};
  const hp_a3_enclosed_row *finest = NULL;
  for (size_t i = 0; i < m->experiment->n_steps; i++)
    if (m->row[i].state == HP_A3_ROW_USED) {
      finest = &m->row[i];
      attract_row(finest, &found);
      write_row(run, m, i);
    }
  run->x_label = hp_copy_text("step n");
  run->y_label = hp_copy_text("distance to the manifold");
  run->has_bound = true;
  run->bound_holds = found.inside && found.below;
  run->bound_formula =
      hp_copy_text("(λ-al)(1-x_-) <= |w_{n+1}|/|w_n| <= ρ = (λ+al)(1+x_-), |w_n| <= ρ^n |w_0|");
  char *low = hp_ball_end_text(finest->low, 10, false),
       *high = hp_ball_end_text(finest->high, 10, true);
  run->bound_value = hp_text("[%s, %s] at the finest step", low, high);
  free(high);
  free(low);
  write_inputs(run, finest, "a3_attraction");
  if (found.levels_off)
    hp_claim_control(
        run, "λ̄ f in place of m_h", true,
        hp_text("proved: at the last n of some step the distance is above ρ^n times its start"));
  hp_claim_control(run, "the two bounds exchanged", found.exchanged_refused,
                   hp_text("proved: a ratio is below the upper bound"));
  judge_attraction(run, m, &found);
}

/* ---- the gap ---- */

typedef struct {
  size_t n, *step;
  long *steps;
  arb_ptr h, gap, bound;
} columns;

static void columns_init(columns *c, const hp_a3_enclosed *m) {
  size_t n = m->experiment->n_steps;
  *c =
      (columns){.step = hp_allocate(n, sizeof *c->step), .steps = hp_allocate(n, sizeof *c->steps)};
  c->h = _arb_vec_init((slong)n);
  c->gap = _arb_vec_init((slong)n);
  c->bound = _arb_vec_init((slong)n);
  for (size_t i = 0; i < n; i++) {
    if (m->row[i].state != HP_A3_ROW_USED)
      continue;
    size_t k = c->n++;
    c->step[k] = i;
    c->steps[k] = 0;
    hp_arb_set_rational(c->h + k, m->experiment->step[i], BITS);
    arb_set(c->gap + k, m->row[i].gap);
    arb_set(c->bound + k, m->row[i].gap_bound);
  }
}

static void columns_clear(columns *c, size_t n) {
  _arb_vec_clear(c->bound, (slong)n);
  _arb_vec_clear(c->gap, (slong)n);
  _arb_vec_clear(c->h, (slong)n);
  free(c->steps);
  free(c->step);
}

static void write_gap(hp_run *run, const hp_a3_enclosed *m, const columns *c) {
  const hp_experiment *experiment = m->experiment;
  const hp_a3_enclosed_row *finest = &m->row[c->step[c->n - 1]];
  hp_certified_run certified = {
      .experiment = experiment,
      .observable = "|m_h-λ̄f|",
      .scaled = "|m_h-λ̄f|/h",
      .percent = 1,
      .constant = "λ̄²|a-λ̄||f'f|(u_0)",
      .bound_name = "its bound",
      .unbounded = "L has no finite bound on the box of the iterates and orbits",
      .n_rows = c->n,
      .step = c->step,
      .steps = c->steps,
      .h = c->h,
      .error = c->gap,
      .bound = c->bound,
      .predicted = m->predicted,
      .p = 1,
      .smallness =
          fabs(hp_smallness(experiment->momentum, experiment->a, hp_ball_end(finest->h, false),
                            hp_ball_end(finest->constants.L, true))),
  };
  hp_certified_law law;
  hp_certified_law_init(&law);
  hp_certify_law(&law, c->n, c->h, c->gap, c->bound, m->predicted, 1, BITS);
  hp_certified_run_write(run, &certified, &law);
  run->has_bound = true;
  run->bound_holds = law.holds;
  run->bound_formula =
      hp_copy_text("λ̄ θ/(1-θ) |f(u_0)|, θ = λ̄ (λ x_- + l (|1-a| + a x_-)), at the finest step");
  run->bound_value = hp_ball_end_text(finest->gap_bound, 6, true);
  write_inputs(run, finest, "a3_distance");
  hp_certified_run_judge(run, &certified, &law);
  hp_certified_law_clear(&law);
}

static void too_few(hp_run *run, const hp_a3_enclosed *m) {
  run->wanted_step = mpq_get_d(m->experiment->step[m->experiment->n_steps - 1]) / 4;
  hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                   hp_text("fewer than 3 steps are below the existence threshold"));
}

static void gap_run(const hp_a3_enclosed *m, hp_results *results) {
  hp_run *run = hp_claim_run(results, m->experiment, "A3", "|m_h-λ̄f|");
  columns c;
  columns_init(&c, m);
  if (arb_contains_zero(m->predicted))
    hp_claim_verdict(run, HP_NOT_APPLICABLE,
                     hp_text("the first-order term vanishes at u_0 for this method"));
  else if (c.n < 3)
    too_few(run, m);
  else
    write_gap(run, m, &c);
  columns_clear(&c, m->experiment->n_steps);
}

/* ---- all ---- */

static void both(const hp_a3_enclosed *m, hp_results *results, hp_verdict verdict, char *reason) {
  static const char *const observables[] = {"d_n", "|m_h-λ̄f|"};
  for (int k = 0; k < 2; k++)
    hp_claim_verdict(hp_claim_run(results, m->experiment, "A3", observables[k]), verdict,
                     hp_copy_text(reason));
  free(reason);
}

static bool at_rest(const hp_a3_enclosed *m) {
  for (size_t i = 0; i < m->experiment->n_steps; i++)
    if (m->row[i].state == HP_A3_ROW_USED && !arb_is_zero(m->row[i].leading))
      return false;
  return true;
}

bool hp_a3_certify(const hp_experiment *experiment, hp_results *results) {
  hp_a3_enclosed m;
  if (mpq_sgn(experiment->momentum) <= 0) {
    hp_claim_verdict(hp_claim_run(results, experiment, "A3", "d_n"), HP_NOT_APPLICABLE,
                     hp_text("without momentum there is no second variable"));
    return true;
  }
  bool going = hp_a3_enclose(&m, experiment);
  if (going && m.n_used == 0) {
    both(&m, results, HP_NOT_ASYMPTOTIC, note_on_rows(&m));
  } else if (going && at_rest(&m)) {
    both(&m, results, HP_NOT_APPLICABLE, hp_text("the start is a critical point: nothing moves"));
  } else if (going) {
    attraction_run(&m, results);
    gap_run(&m, results);
  }
  hp_a3_enclosed_clear(&m);
  return going;
}
