#include "a1_doubles.h"
#include "certified_run.h"
#include "reference/bounds/exact.h"
#include "reference/bounds/tape_bound.h"
#include "reference/iterate/momentum_double.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 128 };

/* ---- defects of one run ---- */

typedef struct {
  const hp_a1_enclosed *m;
  mpq_srcptr h;
  size_t d;
  arb_t lambda, a, step; /* exact */
  arb_t ey, ev, eu;      /* largest norms so far */
  arb_ptr work;          /* d */
  arb_ptr exact;         /* grad Phi(y) */
} defects;

static void defects_init(defects *s, const hp_a1_enclosed *m, mpq_srcptr h) {
  const hp_experiment *experiment = m->experiment;
  *s = (defects){.m = m, .h = h, .d = experiment->problem->n_params};
  arb_init(s->lambda);
  arb_init(s->a);
  arb_init(s->step);
  arb_init(s->ey);
  arb_init(s->ev);
  arb_init(s->eu);
  s->work = _arb_vec_init((slong)s->d);
  s->exact = _arb_vec_init((slong)s->d);
  hp_arb_set_rational(s->lambda, experiment->momentum, BITS);
  hp_arb_set_rational(s->a, experiment->a, BITS);
  hp_arb_set_rational(s->step, h, BITS);
}

static void defects_clear(defects *s) {
  _arb_vec_clear(s->exact, (slong)s->d);
  _arb_vec_clear(s->work, (slong)s->d);
  arb_clear(s->eu);
  arb_clear(s->ev);
  arb_clear(s->ey);
  arb_clear(s->step);
  arb_clear(s->a);
  arb_clear(s->lambda);
}

/* largest = max(largest, |work|) */
static void keep(arb_t largest, const defects *s) {
  arb_t norm;
  arb_init(norm);
  arb_dot(norm, NULL, 0, s->work, 1, s->work, 1, (slong)s->d, BITS);
  arb_sqrtpos(norm, norm, BITS);
  arb_max(largest, largest, norm, BITS);
  arb_clear(norm);
}

/* sum += |x| */
static void add_size(arb_t sum, const arb_t x) {
  arb_t size;
  arb_init(size);
  arb_abs(size, x);
  arb_add(sum, sum, size, BITS);
  arb_clear(size);
}

/* bound = eps (weight |product| + |x|) + 2^-1074 (extra + 1) + |(factor - rounded) y|: what a line
 * x + factor y of the step is off by at most, product = rounded y */
static void line_bound(arb_t bound, double eps, unsigned weight, double x, const arb_t factor,
                       const arb_t rounded, double y, double extra) {
  arb_t product, off;
  arb_init(product);
  arb_init(off);
  arb_set_d(product, y);
  arb_sub(off, factor, rounded, BITS);
  arb_mul(off, off, product, BITS);
  arb_mul(product, product, rounded, BITS);
  arb_abs(product, product);
  arb_mul_ui(product, product, weight, BITS);
  arb_set_d(bound, fabs(x));
  arb_add(bound, bound, product, BITS);
  arb_set_d(product, eps);
  arb_mul(bound, bound, product, BITS);
  arb_set_d(product, fabs(extra) + 1);
  arb_mul_2exp_si(product, product, -1073); /* fabs(extra) + 1 may round down */
  arb_add(bound, bound, product, BITS);
  add_size(bound, off);
  arb_clear(off);
  arb_clear(product);
}

/* ---- one step ---- */

/* Of the state before the step and y of it: |y - (u + h a v)|. */
static void look_ahead(defects *s, const hp_momentum_double *before, const double *u,
                       const double *v) {
  arb_t exact, rounded, part;
  arb_init(exact);
  arb_init(rounded);
  arb_init(part);
  arb_mul(exact, s->step, s->a, BITS);
  arb_set_d(rounded, before->h);
  arb_set_d(part, before->a);
  arb_mul(rounded, rounded, part, BITS);
  for (size_t i = 0; i < s->d; i++)
    line_bound(s->work + i, 0x1.0000000000002p-53, 3, u[i], exact, rounded, v[i], v[i]);
  keep(s->ey, s);
  arb_clear(part);
  arb_clear(rounded);
  arb_clear(exact);
}

/* |v' - (lambda v + f(y))| and |u' - (u + h v')|. False when the tape's bound says nothing at y. */
static bool advance(defects *s, const hp_momentum_double *after, const double *u, const double *v) {
  const hp_tape *tape = &after->tape.tape;
  arb_t rounded, difference;
  bool defined = true;
  hp_tape_bound bound;
  arb_init(rounded);
  arb_init(difference);
  hp_tape_bound_init(&bound, tape, after->y);
  for (size_t i = 0; i < s->d; i++)
    arb_set_d(s->work + i, after->y[i]);
  hp_evaluate_arb(s->m->experiment->problem->gradient_program, s->work, s->exact, 4 * BITS);
  arb_set_d(rounded, after->lambda);
  for (size_t i = 0; i < s->d; i++) {
    size_t slot = tape->output[i];
    defined = defined && bound.defined[slot];
    line_bound(s->work + i, 0x1.0000000000001p-53, 2, after->g[i], s->lambda, rounded, v[i], 0);
    add_size(s->work + i, bound.error + slot);
    arb_sub(difference, bound.value + slot, s->exact + i, BITS);
    add_size(s->work + i, difference);
  }
  keep(s->ev, s);
  arb_set_d(rounded, after->h);
  for (size_t i = 0; i < s->d; i++)
    line_bound(s->work + i, 0x1.0000000000001p-53, 2, u[i], s->step, rounded, after->v[i], 0);
  keep(s->eu, s);
  hp_tape_bound_clear(&bound);
  arb_clear(difference);
  arb_clear(rounded);
  return defined;
}

static bool in_range(const defects *s, const hp_momentum_double *state) {
  arb_t y;
  arb_init(y);
  bool inside = hp_are_tame(s->d, state->u) && hp_are_tame(s->d, state->v) &&
                hp_are_tame(s->d, state->y) && hp_are_tame(s->d, state->g);
  for (size_t i = 0; i < s->d && inside; i++) {
    arb_set_d(y, state->y[i]);
    inside = arb_contains(s->m->box + i, y);
  }
  arb_clear(y);
  return inside;
}

/* error = max(error, |u - ubar(t)|) */
static void compare(defects *s, arb_t error, const double *u, const mpq_t t) {
  slong d = (slong)s->d, bits = s->m->flow.precision_bits;
  arb_t norm;
  arb_init(norm);
  hp_enclosed_flow_eval(&s->m->flow, t, s->exact);
  for (slong i = 0; i < d; i++) {
    arb_set_d(s->work + i, u[i]);
    arb_sub(s->work + i, s->work + i, s->exact + i, bits);
  }
  arb_dot(norm, NULL, 0, s->work, 1, s->work, 1, d, bits);
  arb_sqrtpos(norm, norm, bits);
  arb_max(error, error, norm, bits);
  arb_clear(norm);
}

/* ---- rows ---- */

static void largest(arb_t y, const arb_t x) {
  arf_t end;
  arf_init(end);
  arb_get_ubound_arf(end, x, BITS);
  arb_set_arf(y, end);
  arf_clear(end);
}

/* C2 (h (ev + L ey) + eu) T/h; C2 = lambda_bar (lambda lambda_bar + |a - lambda lambda_bar| (E - 1) + E) */
static void set_rounding(arb_t rounding, const defects *s) {
  const hp_experiment *experiment = s->m->experiment;
  mpq_t rate, factor;
  arb_t L, growth, share, delta;
  mpq_inits(rate, factor, (mpq_ptr)0);
  arb_init(L);
  arb_init(growth);
  arb_init(share);
  arb_init(delta);
  largest(L, s->m->constants.L);
  hp_lambda_bar(rate, experiment->momentum);
  mpq_mul(factor, rate, experiment->horizon);
  hp_arb_set_rational(growth, factor, BITS);
  arb_mul(growth, growth, L, BITS);
  arb_exp(growth, growth, BITS);
  mpq_mul(factor, experiment->momentum, rate);
  hp_arb_set_rational(rounding, factor, BITS);
  arb_add(rounding, rounding, growth, BITS);
  mpq_sub(factor, experiment->a, factor);
  mpq_abs(factor, factor);
  hp_arb_set_rational(share, factor, BITS);
  arb_sub_ui(growth, growth, 1, BITS);
  arb_addmul(rounding, share, growth, BITS);
  hp_arb_set_rational(share, rate, BITS);
  arb_mul(rounding, rounding, share, BITS);
  arb_mul(delta, L, s->ey, BITS);
  arb_add(delta, delta, s->ev, BITS);
  arb_mul(delta, delta, s->step, BITS);
  arb_add(delta, delta, s->eu, BITS);
  arb_mul(rounding, rounding, delta, BITS);
  mpq_div(factor, experiment->horizon, s->h);
  hp_arb_set_rational(share, factor, BITS);
  arb_mul(rounding, rounding, share, BITS);
  arb_clear(delta);
  arb_clear(share);
  arb_clear(growth);
  arb_clear(L);
  mpq_clears(rate, factor, (mpq_ptr)0);
}

static bool add_row(hp_a1_doubles *doubles, const hp_a1_enclosed *m, size_t row) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  mpq_srcptr h = experiment->step[row];
  size_t d = problem->n_params, steps = (size_t)hp_ladder_steps(experiment, h);
  double *u = hp_allocate(2 * d, sizeof *u), *v = u + d;
  hp_momentum_double state;
  defects s;
  mpq_t t;
  mpq_init(t);
  defects_init(&s, m, h);
  hp_momentum_double_init(&state, problem->gradient_program, experiment->momentum, experiment->a, h,
                          problem->start);
  bool good = hp_is_tame(state.lambda) && hp_is_tame(state.a) && hp_is_tame(state.h);
  compare(&s, doubles->error + row, state.u, t);
  for (size_t n = 0; n < steps && good; n++) {
    for (size_t i = 0; i < d; i++) {
      u[i] = state.u[i];
      v[i] = state.v[i];
    }
    hp_momentum_double_step(&state);
    mpq_add(t, t, h);
    look_ahead(&s, &state, u, v);
    good = in_range(&s, &state) && advance(&s, &state, u, v);
    compare(&s, doubles->error + row, state.u, t);
  }
  if (good)
    set_rounding(doubles->rounding + row, &s);
  hp_momentum_double_clear(&state);
  defects_clear(&s);
  mpq_clear(t);
  free(u);
  return good;
}

static void doubles_init(hp_a1_doubles *doubles, const hp_a1_enclosed *m) {
  slong n = (slong)m->n_rows;
  *doubles = (hp_a1_doubles){.n_rows = m->n_rows};
  doubles->error = _arb_vec_init(n);
  doubles->rounding = _arb_vec_init(n);
  doubles->bound = _arb_vec_init(n);
}

void hp_a1_doubles_clear(hp_a1_doubles *doubles) {
  slong n = (slong)doubles->n_rows;
  free(doubles->why);
  _arb_vec_clear(doubles->bound, n);
  _arb_vec_clear(doubles->rounding, n);
  _arb_vec_clear(doubles->error, n);
}

/* e^{lambda_bar L T} |u^_0 - u_0|: how far the flow from u^_0 is from ubar, while both are in the box. False
 * unless the box has that much room around ubar (a1_enclose widens it by 2^-24), so that both are. */
static bool set_start(arb_t start, const hp_a1_enclosed *m, const arb_t L) {
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  slong d = (slong)problem->n_params;
  arb_ptr apart = _arb_vec_init(d);
  arb_t growth, rounded;
  mpq_t factor;
  mag_t far, room;
  mpq_init(factor);
  mag_init(far);
  mag_init(room);
  arb_init(growth);
  arb_init(rounded);
  for (slong i = 0; i < d; i++) {
    hp_arb_set_rational(apart + i, problem->start[i], 4 * BITS);
    arb_set_d(rounded, hp_nearest_double(problem->start[i]));
    arb_sub(apart + i, apart + i, rounded, 4 * BITS);
  }
  arb_dot(start, NULL, 0, apart, 1, apart, 1, d, BITS);
  arb_sqrtpos(start, start, BITS);
  hp_lambda_bar(factor, experiment->momentum);
  mpq_mul(factor, factor, experiment->horizon);
  hp_arb_set_rational(growth, factor, BITS);
  arb_mul(growth, growth, L, BITS);
  arb_exp(growth, growth, BITS);
  arb_mul(start, start, growth, BITS);
  arb_get_mag(far, start);
  bool inside = true;
  for (slong i = 0; i < d; i++) {
    mag_mul_2exp_si(room, arb_radref(m->box + i), -25);
    inside = inside && mag_cmp(far, room) <= 0;
  }
  arb_clear(rounded);
  arb_clear(growth);
  mag_clear(room);
  mag_clear(far);
  mpq_clear(factor);
  _arb_vec_clear(apart, d);
  return inside;
}

bool hp_a1_doubles_enclose(hp_a1_doubles *doubles, const hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  doubles_init(doubles, m);
  arb_t L, B0, C1, start;
  arb_init(L);
  arb_init(B0);
  arb_init(C1);
  arb_init(start);
  largest(L, m->constants.L);
  largest(B0, m->constants.B0);
  if (!set_start(start, m, L))
    doubles->why = hp_text("the flow from u_0 in binary64 is not proved to stay in the box");
  hp_a1_bound_ball(C1, experiment->momentum, experiment->a, L, B0, experiment->horizon, BITS);
  for (size_t i = 0; i < m->n_rows && !doubles->why; i++) {
    if (!add_row(doubles, m, i))
      doubles->why =
          hp_text("at h = %.6g a number leaves the contracts' range or a look-ahead point "
                  "the box",
                  mpq_get_d(experiment->step[i]));
    arb_add(doubles->rounding + i, doubles->rounding + i, start, BITS);
    arb_mul(doubles->bound + i, C1, m->h + i, BITS);
    arb_add(doubles->bound + i, doubles->bound + i, doubles->rounding + i, BITS);
  }
  arb_clear(start);
  arb_clear(C1);
  arb_clear(B0);
  arb_clear(L);
  return !doubles->why;
}

/* ---- the run ---- */

static void write_rows(hp_run *run, const hp_a1_enclosed *m, const hp_a1_doubles *doubles) {
  for (size_t i = 0; i < m->n_rows; i++) {
    hp_row *row = hp_run_add_row(run);
    row->h = hp_rational_text(m->experiment->step[i]);
    row->steps = hp_ladder_steps(m->experiment, m->experiment->step[i]);
    row->value = hp_ball_middle_text(doubles->error + i, m->experiment->digits);
    row->low = hp_ball_end_text(doubles->error + i, m->experiment->digits + 4, false);
    row->high = hp_ball_end_text(doubles->error + i, m->experiment->digits + 4, true);
    row->bound = hp_ball_end_text(doubles->bound + i, 6, true);
  }
}

/* C1 h + R(h), R ~ r/h: least at h = sqrt(r/C1), where it is 2 sqrt(C1 r). */
static void write_bound(hp_run *run, const hp_a1_enclosed *m, const hp_a1_doubles *doubles) {
  size_t last = m->n_rows - 1;
  double h = hp_ball_end(m->h + last, true), rounding = hp_ball_end(doubles->rounding + last, true);
  double C1 = (hp_ball_end(doubles->bound + last, true) - rounding) / h, r = rounding * h;
  run->has_bound = true;
  run->bound_formula = hp_copy_text("C1 h + C2 δ T/h, δ = h (ev + L ey) + eu");
  run->bound_value = hp_ball_end_text(doubles->bound + last, 6, true);
  run->bound_inputs =
      hp_text("C2 δ T/h <= %.3g at the finest step, δ from the rounding bounds that "
              "WP proves, at the numbers of the run; the sum is least, about %.3g, "
              "near h = %.3g",
              rounding, 2 * sqrt(C1 * r), sqrt(r / C1));
  run->bound_proved_by = hp_copy_text("spec/coq/a1_perturbed.v: a1_state_theorem");
}

void hp_a1_doubles_run(const hp_a1_enclosed *m, hp_results *results) {
  hp_run *run = hp_claim_run(results, m->experiment, "A1", "E1 in doubles");
  hp_a1_doubles doubles;
  bool violated = false, holds = true, alone = false;
  if (!hp_a1_doubles_enclose(&doubles, m)) {
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(doubles.why));
    hp_a1_doubles_clear(&doubles);
    return;
  }
  for (size_t i = 0; i < m->n_rows; i++) {
    violated = violated || arb_gt(doubles.error + i, doubles.bound + i);
    holds = holds && arb_le(doubles.error + i, doubles.bound + i);
    alone = alone || arb_gt(doubles.error + i, doubles.rounding + i);
  }
  write_rows(run, m, &doubles);
  write_bound(run, m, &doubles);
  run->bound_holds = holds;
  hp_claim_control(run, "the rounding bound alone", alone,
                   hp_text("proved: at some step the error is above C2 δ T/h"));
  if (violated)
    hp_claim_verdict(run, HP_FAIL,
                     hp_text("proved: the error exceeds C1 h + C2 δ T/h at some step"));
  else if (!holds)
    hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_text("L and B0 have no finite bound on the box"));
  else if (!alone)
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC,
                     hp_text("the rounding bound alone is above the error at every step"));
  else
    hp_claim_verdict(run, HP_PASS, NULL);
  hp_a1_doubles_clear(&doubles);
}
