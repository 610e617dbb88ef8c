#include "flow_certify.h"
#include "certified_run.h"
#include "reference/enclosure/iterates.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "verify/constants.h"
#include "verify/flow_ladder.h"
#include "verify/ladder.h"
#include <math.h>
#include <stdlib.h>

enum { GUARD_DIGITS = 10, BITS = 256, MOST_GUARD = 1 << 13 };

/* ---- what is measured ---- */

typedef struct {
  const hp_flow_certify_plan *plan;
  arb_ptr h, error; /* of observable k at row i: k n_steps + i */
  arb_ptr wrong;    /* of its control, the last two rows only */
  char *why;
} measured;

static void measured_init(measured *m, const hp_flow_certify_plan *plan) {
  slong n = (slong)plan->experiment->n_steps;
  *m = (measured){.plan = plan};
  m->h = _arb_vec_init(n);
  m->error = _arb_vec_init(n * HP_CERTIFIED_OBSERVABLES);
  m->wrong = _arb_vec_init(n * HP_CERTIFIED_OBSERVABLES);
}

static void measured_clear(measured *m) {
  slong n = (slong)m->plan->experiment->n_steps;
  free(m->why);
  _arb_vec_clear(m->wrong, n * HP_CERTIFIED_OBSERVABLES);
  _arb_vec_clear(m->error, n * HP_CERTIFIED_OBSERVABLES);
  _arb_vec_clear(m->h, n);
}

/* v_0 on the method's manifold to second order */
static void manifold_velocity(arb_struct v[], const hp_experiment *experiment, const mpq_t h) {
  mpq_t first, second;
  mpq_inits(first, second, (mpq_ptr)0);
  hp_lambda_bar(first, experiment->momentum);
  hp_manifold_first_order(second, experiment->momentum, experiment->a);
  mpq_mul(second, second, h);
  hp_certified_velocity(v, experiment, first, second);
  mpq_clears(first, second, (mpq_ptr)0);
}

static bool attempt(arb_ptr path, hp_momentum_ball *state, size_t steps, const mag_t target) {
  slong d = (slong)state->gradient->n_inputs;
  for (size_t n = 0;; n++) {
    for (slong i = 0; i < d; i++)
      if (!arb_is_finite(state->u + i) || mag_cmp(arb_radref(state->u + i), target) > 0)
        return false;
    _arb_vec_set(path + (slong)n * d, state->u, d);
    if (n == steps)
      return true;
    hp_momentum_step_ball(state);
  }
}

/* u_0, ..., u_steps with radii at most 10^-digits; NULL when they leave every bound. */
static arb_ptr enclose_path(const hp_experiment *experiment, const mpq_t h, bool on_manifold,
                            size_t steps, double digits) {
  slong d = (slong)experiment->problem->n_params, length = (slong)(steps + 1) * d;
  slong target_bits = (slong)ceil(digits * log2(10));
  arb_ptr path = _arb_vec_init(length);
  mag_t target;
  mag_init(target);
  mag_set_ui_2exp_si(target, 1, -target_bits);
  bool tight = false;
  for (slong guard = 32; !tight && guard <= MOST_GUARD; guard *= 2) {
    hp_momentum_ball state;
    hp_momentum_init_ball(&state, experiment->problem->gradient_program, experiment->momentum,
                          experiment->a, h, experiment->problem->start, target_bits + guard);
    if (on_manifold)
      manifold_velocity(state.v, experiment, h);
    tight = attempt(path, &state, steps, target);
    hp_momentum_clear_ball(&state);
  }
  mag_clear(target);
  if (tight)
    return path;
  _arb_vec_clear(path, length);
  return NULL;
}

static hp_enclosure_status enclose_flow(hp_enclosed_flow *flow, const hp_experiment *experiment,
                                        const mpq_t h, size_t k, double digits,
                                        const hp_flow_certify_plan *plan) {
  hp_certified_start start = plan->start(experiment, h, k);
  hp_enclosure_options options = {
      .digits = digits, .keep_going = experiment->keep_going, .context = experiment->context};
  hp_enclosure_status status =
      hp_enclose_flow(flow, start.field, start.start, experiment->horizon, &options);
  _arb_vec_clear(start.start, (slong)start.field->n_inputs);
  hp_program_free(start.field);
  return status;
}

/* largest = max |u_n - W(nh)|, nh >= from */
static void largest_distance(arb_ptr largest, const hp_enclosed_flow *flow, const arb_struct path[],
                             size_t d, size_t steps, const mpq_t h, const mpq_t from) {
  slong bits = flow->precision_bits;
  arb_ptr at = _arb_vec_init((slong)flow->dimension);
  arb_t norm;
  mpq_t t;
  mpq_init(t);
  arb_init(norm);
  arb_zero(largest);
  for (size_t n = 0; n <= steps; n++, mpq_add(t, t, h)) {
    if (mpq_cmp(t, from) < 0)
      continue;
    hp_enclosed_flow_eval(flow, t, at);
    if (flow->dimension > d)
      _arb_vec_add(at, at, at + d, (slong)d, bits);
    _arb_vec_sub(at, at, path + n * d, (slong)d, bits);
    arb_dot(norm, NULL, 0, at, 1, at, 1, (slong)d, bits);
    arb_sqrtpos(norm, norm, bits);
    arb_max(largest, largest, norm, bits);
  }
  arb_clear(norm);
  mpq_clear(t);
  _arb_vec_clear(at, (slong)flow->dimension);
}

/* Every observable, and in the last two rows every control, that speaks of flow k. */
static hp_enclosure_status measure_flow(measured *m, size_t row, size_t k, arb_ptr path[2],
                                        size_t steps, double digits) {
  const hp_flow_certify_plan *plan = m->plan;
  const hp_experiment *experiment = plan->experiment;
  size_t rows = experiment->n_steps, d = experiment->problem->n_params;
  bool controls = row + 2 >= rows, wanted = false;
  mpq_t zero;
  hp_enclosed_flow flow;
  for (size_t j = 0; j < plan->n; j++)
    wanted =
        wanted || plan->observable[j].flow == k || (controls && plan->observable[j].wrong == k);
  if (!wanted)
    return HP_ENCLOSED;
  hp_enclosure_status status =
      enclose_flow(&flow, experiment, experiment->step[row], k, digits, plan);
  mpq_init(zero);
  for (size_t j = 0; j < plan->n && status == HP_ENCLOSED; j++) {
    const hp_certified_observable *o = &plan->observable[j];
    mpq_srcptr from = o->late ? plan->from : zero;
    if (o->flow == k)
      largest_distance(m->error + j * rows + row, &flow, path[o->on_manifold], d, steps,
                       experiment->step[row], from);
    if (controls && o->wrong == k)
      largest_distance(m->wrong + j * rows + row, &flow, path[o->on_manifold], d, steps,
                       experiment->step[row], from);
  }
  if (status != HP_ENCLOSED && status != HP_ENCLOSURE_INTERRUPTED)
    m->why = hp_enclosure_reason(status, &flow);
  mpq_clear(zero);
  hp_enclosed_flow_clear(&flow);
  return status;
}

static hp_enclosure_status measure_row(measured *m, size_t row, double digits) {
  const hp_experiment *experiment = m->plan->experiment;
  mpq_srcptr h = experiment->step[row];
  size_t steps = (size_t)hp_ladder_steps(experiment, h);
  slong length = (slong)((steps + 1) * experiment->problem->n_params);
  hp_enclosure_status status = HP_ENCLOSED;
  arb_ptr path[2];
  hp_arb_set_rational(m->h + row, h, BITS);
  for (int i = 0; i < 2; i++)
    path[i] = enclose_path(experiment, h, i == 1, steps, digits);
  if (!path[0] || !path[1]) {
    status = HP_ENCLOSURE_UNDEFINED;
    m->why = hp_text("the iterates leave every bound at the step %.6g", mpq_get_d(h));
  }
  for (size_t k = 0; k < HP_CERTIFIED_FLOWS && status == HP_ENCLOSED; k++)
    status = measure_flow(m, row, k, path, steps, digits);
  for (int i = 0; i < 2; i++)
    if (path[i])
      _arb_vec_clear(path[i], length);
  return status;
}

/* ---- runs ---- */

/* The control's error under the observable's own test. */
static void write_control(hp_run *run, const measured *m, size_t j) {
  const hp_experiment *experiment = m->plan->experiment;
  const hp_certified_observable *o = &m->plan->observable[j];
  size_t rows = experiment->n_steps, last = j * rows + rows - 2;
  hp_certified_law law;
  if (!o->control)
    return;
  hp_certified_law_init(&law);
  hp_certify_law(&law, 2, m->h + rows - 2, m->wrong + last, NULL, m->plan->predicted + j, o->order,
                 BITS);
  char *slope = hp_ball_text(law.slope), *limit = hp_ball_text(law.limit);
  char *detail = hp_text("slope in %s, bracket of the limit %s", slope, limit);
  if (law.right_order && law.right_limit)
    hp_claim_control_too_coarse(run, o->control, mpq_get_d(experiment->step[rows - 1]) / 4, detail);
  else
    hp_claim_control(run, o->control, true, detail);
  free(limit);
  free(slope);
  hp_certified_law_clear(&law);
}

/* alpha lambda_bar^2 h L at the start alone: L is the largest entry's bound of the Hessian there. */
static double smallness_at_start(const hp_experiment *experiment) {
  arb_t f, ff;
  arb_init(f);
  arb_init(ff);
  mpq_t one, zero;
  mpq_inits(one, zero, (mpq_ptr)0);
  mpq_set_ui(one, 1, 1);
  slong d = (slong)experiment->problem->n_params;
  arb_ptr v = _arb_vec_init(d);
  hp_certified_velocity(v, experiment, one, zero);
  arb_dot(f, NULL, 0, v, 1, v, 1, d, BITS);
  hp_certified_velocity(v, experiment, zero, one);
  arb_dot(ff, NULL, 0, v, 1, v, 1, d, BITS);
  arb_div(ff, ff, f, BITS);
  arb_sqrtpos(ff, ff, BITS);
  double L = hp_ball_end(ff, true);
  double h = mpq_get_d(experiment->step[experiment->n_steps - 1]);
  _arb_vec_clear(v, d);
  mpq_clears(one, zero, (mpq_ptr)0);
  arb_clear(ff);
  arb_clear(f);
  return fabs(hp_smallness(experiment->momentum, experiment->a, h, L));
}

static void write_run(hp_results *results, const measured *m, size_t j) {
  const hp_experiment *experiment = m->plan->experiment;
  const hp_certified_observable *o = &m->plan->observable[j];
  size_t rows = experiment->n_steps;
  hp_run *run = hp_claim_run(results, experiment, o->claim, o->name);
  free(run->start);
  run->start = hp_copy_text(o->start);
  if (rows < 3) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, hp_text("fewer than 3 steps"));
    return;
  }
  hp_certified_run certified = {
      .experiment = experiment,
      .observable = o->name,
      .scaled = o->scaled,
      .constant = o->constant,
      .bound_name = "",
      .unbounded = "",
      .percent = 10,
      .n_rows = rows,
      .h = m->h,
      .error = m->error + j * rows,
      .predicted = m->plan->predicted + j,
      .p = o->order,
      .smallness = smallness_at_start(experiment),
  };
  hp_certified_law law;
  hp_certified_law_init(&law);
  hp_certify_law(&law, rows, m->h, certified.error, NULL, certified.predicted, o->order, BITS);
  hp_certified_run_write(run, &certified, &law);
  write_control(run, m, j);
  hp_certified_run_judge(run, &certified, &law);
  hp_certified_law_clear(&law);
}

/* Everything from the plan; status says how it ended. */
static hp_enclosure_status measure(measured *m) {
  const hp_experiment *experiment = m->plan->experiment;
  hp_enclosure_status status = HP_ENCLOSED;
  for (size_t i = 0; i < experiment->n_steps && status == HP_ENCLOSED; i++) {
    if (experiment->keep_going && !experiment->keep_going(experiment->context))
      return HP_ENCLOSURE_INTERRUPTED;
    status = measure_row(m, i, experiment->digits + GUARD_DIGITS);
  }
  return status;
}

static void write_runs(hp_results *results, const measured *m, hp_enclosure_status status) {
  const hp_flow_certify_plan *plan = m->plan;
  for (size_t j = 0; j < plan->n; j++)
    if (status == HP_ENCLOSED)
      write_run(results, m, j);
    else
      hp_claim_verdict(hp_claim_run(results, plan->experiment, plan->observable[j].claim,
                                    plan->observable[j].name),
                       HP_NOT_APPLICABLE, hp_copy_text(m->why));
}

bool hp_flow_certify_claim(const hp_experiment *experiment, hp_results *results,
                           const hp_certified_observable observable[], size_t n,
                           hp_certified_start_of *start, bool (*predict)(hp_flow_certify_plan *)) {
  hp_flow_certify_plan plan = {
      .experiment = experiment, .n = n, .observable = observable, .start = start};
  measured m;
  plan.predicted = _arb_vec_init(HP_CERTIFIED_OBSERVABLES);
  mpq_init(plan.from);
  hp_flow_ladder_late(plan.from, experiment->horizon);
  measured_init(&m, &plan);
  hp_enclosure_status status = HP_ENCLOSURE_UNDEFINED;
  bool predicted = predict(&plan);
  if (predicted && arb_contains_zero(plan.predicted))
    m.why = hp_text("the start is a critical point: nothing moves");
  else if (predicted)
    status = measure(&m);
  else if (experiment->keep_going && !experiment->keep_going(experiment->context))
    status = HP_ENCLOSURE_INTERRUPTED;
  else
    m.why = hp_text("ubar or its second-order term cannot be enclosed up to the horizon");
  if (status != HP_ENCLOSURE_INTERRUPTED)
    write_runs(results, &m, status);
  measured_clear(&m);
  mpq_clear(plan.from);
  _arb_vec_clear(plan.predicted, HP_CERTIFIED_OBSERVABLES);
  return status != HP_ENCLOSURE_INTERRUPTED;
}
