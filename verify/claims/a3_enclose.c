#include "a3_enclose.h"
#include "certified_run.h"
#include "reference/enclosure/graph_orbit.h"
#include "reference/enclosure/iterates.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The n of |w_n|: pairs (n, n+1), fewer where an orbit costs more (tape instructions times its steps). */
enum { LISTS = 4, CONSTANT_PARTS = 1500, FIRST_PARTS = 100, L_BITS = 64 };
static const struct {
  size_t count;
  double cost; /* at most */
  long n[HP_A3_MOST_POINTS];
} list[LISTS] = {
    {14, 40e3, {0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 40, 41, 80, 81}},
    {10, 400e3, {0, 1, 2, 3, 5, 6, 10, 11, 20, 21}},
    {4, INFINITY, {0, 1, 2, 3}},
    {2, INFINITY, {0, 1}},
};

static void row_init(hp_a3_enclosed_row *row, size_t d) {
  arb_init(row->h);
  arb_init(row->l);
  arb_init(row->low);
  arb_init(row->high);
  arb_init(row->gap);
  arb_init(row->gap_bound);
  row->distance = _arb_vec_init(HP_A3_MOST_POINTS);
  row->leading = _arb_vec_init(HP_A3_MOST_POINTS);
  row->box = _arb_vec_init((slong)d);
  hp_enclosed_constants_init(&row->constants);
}

static void row_clear(hp_a3_enclosed_row *row, size_t d) {
  hp_enclosed_constants_clear(&row->constants);
  _arb_vec_clear(row->box, (slong)d);
  _arb_vec_clear(row->leading, HP_A3_MOST_POINTS);
  _arb_vec_clear(row->distance, HP_A3_MOST_POINTS);
  arb_clear(row->gap_bound);
  arb_clear(row->gap);
  arb_clear(row->high);
  arb_clear(row->low);
  arb_clear(row->l);
  arb_clear(row->h);
}

void hp_a3_enclosed_clear(hp_a3_enclosed *m) {
  for (size_t i = 0; i < m->experiment->n_steps; i++)
    row_clear(&m->row[i], m->experiment->problem->n_params);
  free(m->row);
  arb_clear(m->predicted);
}

/* ---- effort ---- */

typedef struct {
  slong bits;      /* of |w_n| at the last n, relative to 1 */
  long steps_back; /* N with rho^N below 2^-bits */
} effort;

static effort plan(const hp_experiment *experiment, const hp_a3_enclosed_row *row, long last) {
  enum { GUARD_BITS = 40, GUARD_STEPS = 10 };
  double slowest = fmin(hp_ball_end(row->high, true), 1 - 1e-6);
  double fastest = fmax(hp_ball_end(row->low, false), mpq_get_d(experiment->momentum) / 4);
  effort e;
  e.bits = (slong)hp_decimal_bits(experiment->digits) + GUARD_BITS -
           (slong)floor((double)last * log2(fastest));
  e.steps_back = GUARD_STEPS + (long)ceil((double)e.bits / -log2(slowest));
  return e;
}

/* The list of this number, or the first after it that is not too costly. */
static effort use_list(hp_a3_enclosed_row *row, const hp_experiment *experiment, size_t *k) {
  const hp_program *gradient = experiment->problem->gradient_program;
  for (;; ++*k) {
    effort e = plan(experiment, row, list[*k].n[list[*k].count - 1]);
    if ((double)e.steps_back * (double)gradient->n_instructions <= list[*k].cost) {
      row->n_points = list[*k].count;
      memcpy(row->n, list[*k].n, sizeof row->n);
      return e;
    }
  }
}

/* ---- constants ---- */

/* l = h L (1 + 2^-40) and the bounds of the ratios from the box; false when they are not proved to exist.
 * A quadratic with one curvature attains the bounds of L: those of a larger L it keeps strictly. */
static bool set_constants(hp_a3_enclosed_row *row, const hp_experiment *experiment, size_t parts) {
  hp_enclose_constants(&row->constants, experiment->problem, row->box, parts);
  if (!arb_is_finite(row->constants.L))
    return false;
  arf_t largest;
  arf_init(largest);
  arb_get_ubound_arf(largest, row->constants.L, L_BITS);
  arb_set_arf(row->l, largest);
  arf_clear(largest);
  arb_mul_2exp_si(row->low, row->l, -40);
  arb_add(row->l, row->l, row->low, 2 * L_BITS);
  arb_mul(row->l, row->l, row->h, 2 * L_BITS);
  return hp_manifold_ratios_ball(row->low, row->high, experiment->momentum, experiment->a, row->l,
                                 2 * L_BITS);
}

/* 2^-24 of its width more on every side */
static void widen_box(hp_a3_enclosed_row *row, size_t d) {
  mag_t room;
  mag_init(room);
  for (size_t i = 0; i < d; i++) {
    mag_mul_2exp_si(room, arb_radref(row->box + i), -24);
    arb_add_error_mag(row->box + i, room);
  }
  mag_clear(room);
}

/* ---- a walk along the iterates ---- */

typedef struct {
  size_t d, n_points;
  slong bits;
  arb_ptr u, v;                                /* of point k at k d */
  hp_graph_arrival arrival[HP_A3_MOST_POINTS]; /* near u_n */
} walk;

static void walk_init(walk *w, size_t d, size_t n_points, slong bits) {
  *w = (walk){.d = d, .n_points = n_points, .bits = bits};
  w->u = _arb_vec_init((slong)(d * n_points));
  w->v = _arb_vec_init((slong)(d * n_points));
  for (size_t k = 0; k < n_points; k++)
    hp_graph_arrival_init(&w->arrival[k], d);
}

static void walk_clear(walk *w) {
  for (size_t k = 0; k < w->n_points; k++)
    hp_graph_arrival_clear(&w->arrival[k]);
  _arb_vec_clear(w->v, (slong)(w->d * w->n_points));
  _arb_vec_clear(w->u, (slong)(w->d * w->n_points));
}

/* The iterates at the n of the row, of at least w->bits - 20 right bits; the box holds them and y_n. */
static bool walk_iterates(walk *w, hp_a3_enclosed_row *row, const hp_experiment *experiment,
                          mpq_srcptr h) {
  enum { MOST_GUARD = 1 << 12 };
  const hp_problem *problem = experiment->problem;
  slong d = (slong)w->d;
  bool tight = false;
  for (slong guard = 64; !tight && guard <= MOST_GUARD; guard *= 2) {
    hp_momentum_ball state;
    hp_momentum_init_ball(&state, problem->gradient_program, experiment->momentum, experiment->a, h,
                          problem->start, w->bits + guard);
    _arb_vec_set(row->box, state.u, d);
    size_t k = 0;
    tight = true;
    for (long n = 0; tight; n++) {
      hp_box_extend(row->box, state.u, w->d);
      if (n == row->n[k]) {
        _arb_vec_set(w->u + (slong)k * d, state.u, d);
        _arb_vec_set(w->v + (slong)k * d, state.v, d);
        for (slong i = 0; i < d; i++)
          tight = tight && mag_cmp_2exp_si(arb_radref(state.u + i), 20 - w->bits) < 0 &&
                  mag_cmp_2exp_si(arb_radref(state.v + i), 20 - w->bits) < 0;
        if (++k == row->n_points)
          break;
      }
      hp_momentum_step_ball(&state);
      hp_box_extend(row->box, state.lookahead, w->d);
    }
    hp_momentum_clear_ball(&state);
  }
  return tight;
}

/* An orbit that ends near each of the points; the box holds them too. */
static hp_manifold_status walk_orbits(walk *w, hp_a3_enclosed_row *row,
                                      const hp_experiment *experiment, mpq_srcptr h, effort e) {
  hp_manifold_options options = {.precision_bits = (mpfr_prec_t)e.bits,
                                 .steps_back = e.steps_back,
                                 .keep_going = experiment->keep_going,
                                 .context = experiment->context};
  hp_graph_orbit orbit;
  hp_graph_orbit_init(&orbit, experiment->problem, experiment->momentum, experiment->a, h,
                      &options);
  hp_manifold_status status = HP_MANIFOLD_FOUND;
  for (size_t k = 0; k < w->n_points && status == HP_MANIFOLD_FOUND; k++)
    status = hp_graph_orbit_follow(&orbit, w->u + k * w->d, &w->arrival[k], row->box);
  hp_graph_orbit_clear(&orbit);
  return status;
}

/* norm = |x - y| */
static void distance(arb_t norm, const arb_struct x[], const arb_struct y[], size_t d, slong bits) {
  arb_ptr difference = _arb_vec_init((slong)d);
  _arb_vec_sub(difference, x, y, (slong)d, bits);
  arb_dot(norm, NULL, 0, difference, 1, difference, 1, (slong)d, bits);
  arb_sqrtpos(norm, norm, bits);
  _arb_vec_clear(difference, (slong)d);
}

/* |w_n|, |v_n - lambda_bar f(u_n)|; at n = 0 the gap and its bound */
static void set_distances(hp_a3_enclosed_row *row, const walk *w, const hp_experiment *experiment) {
  slong d = (slong)w->d, bits = w->bits + 64;
  mpq_t minus;
  arb_t K, gap, factor;
  mpq_init(minus);
  arb_init(K);
  arb_init(gap);
  arb_init(factor);
  hp_lambda_bar(minus, experiment->momentum);
  mpq_neg(minus, minus);
  hp_arb_set_rational(factor, minus, bits);
  hp_manifold_slope_ball(K, experiment->momentum, experiment->a, row->l, 2 * L_BITS);
  arb_div(K, K, row->h, 2 * L_BITS);
  hp_manifold_gap_ball(gap, experiment->momentum, experiment->a, row->l, 2 * L_BITS);
  arb_ptr manifold = _arb_vec_init(d), leading = _arb_vec_init(d);
  for (size_t k = 0; k < w->n_points; k++) {
    arb_srcptr u = w->u + (slong)k * d, v = w->v + (slong)k * d;
    hp_graph_arrival_velocity(&w->arrival[k], u, row->high, gap, K, manifold);
    hp_evaluate_arb(experiment->problem->gradient_program, u, leading, bits);
    if (k == 0) {
      arb_dot(row->gap_bound, NULL, 0, leading, 1, leading, 1, d, bits);
      arb_sqrtpos(row->gap_bound, row->gap_bound, bits);
      arb_mul(row->gap_bound, row->gap_bound, gap, bits);
    }
    _arb_vec_scalar_mul(leading, leading, d, factor, bits);
    distance(row->distance + k, v, manifold, w->d, bits);
    distance(row->leading + k, v, leading, w->d, bits);
    if (k == 0)
      distance(row->gap, manifold, leading, w->d, bits);
  }
  _arb_vec_clear(leading, d);
  _arb_vec_clear(manifold, d);
  arb_clear(factor);
  arb_clear(gap);
  arb_clear(K);
  mpq_clear(minus);
}

/* ---- rows ---- */

/* The bounds at a first guess of L, over the iterates alone: how far back the orbits must start. */
static bool guess(hp_a3_enclosed_row *row, const hp_experiment *experiment, mpq_srcptr h) {
  walk w;
  row->n_points = 1;
  row->n[0] = list[LISTS - 1].n[list[LISTS - 1].count - 1];
  walk_init(&w, experiment->problem->n_params, 1, 2 * L_BITS);
  bool inside = walk_iterates(&w, row, experiment, h);
  walk_clear(&w);
  if (!inside || !set_constants(row, experiment, FIRST_PARTS))
    return false;
  hp_manifold_gap_ball(row->gap_bound, experiment->momentum, experiment->a, row->l, 2 * L_BITS);
  return arb_is_finite(row->gap_bound);
}

/* With the points of list k or of a shorter one; false when keep_going did. */
static bool try_list(hp_a3_enclosed_row *row, const hp_experiment *experiment, mpq_srcptr h,
                     size_t *k) {
  row->state = HP_A3_ROW_ABOVE;
  if (!guess(row, experiment, h))
    return true;
  effort e = use_list(row, experiment, k);
  walk w;
  walk_init(&w, experiment->problem->n_params, row->n_points, e.bits);
  hp_manifold_status status = HP_MANIFOLD_LOST;
  if (walk_iterates(&w, row, experiment, h))
    status = walk_orbits(&w, row, experiment, h, e);
  if (status == HP_MANIFOLD_LOST) {
    row->state = HP_A3_ROW_LOST;
  } else if (status == HP_MANIFOLD_FOUND) {
    widen_box(row, w.d);
    if (set_constants(row, experiment, CONSTANT_PARTS)) {
      set_distances(row, &w, experiment);
      row->state = arb_is_finite(row->gap_bound) ? HP_A3_ROW_USED : HP_A3_ROW_ABOVE;
    }
  }
  walk_clear(&w);
  return status != HP_MANIFOLD_INTERRUPTED;
}

/* Orbits that come from far away, or find L too large there, start nearer for fewer n. */
static bool enclose_row(hp_a3_enclosed_row *row, const hp_experiment *experiment, mpq_srcptr h) {
  hp_arb_set_rational(row->h, h, 2 * L_BITS);
  for (size_t k = 0; k < LISTS; k++) {
    if (!try_list(row, experiment, h, &k))
      return false;
    if (row->state == HP_A3_ROW_USED)
      return true;
  }
  return true;
}

/* hessian_vector_program at u_0 along f: f'f up to sign */
static void set_predicted(hp_a3_enclosed *m) {
  enum { BITS = 512 };
  const hp_experiment *experiment = m->experiment;
  const hp_problem *problem = experiment->problem;
  slong d = (slong)problem->n_params;
  mpq_t factor;
  arb_t share;
  mpq_init(factor);
  arb_init(share);
  arb_ptr at = _arb_vec_init(2 * d), result = _arb_vec_init(d);
  for (slong i = 0; i < d; i++)
    hp_arb_set_rational(at + i, problem->start[i], BITS);
  hp_evaluate_arb(problem->gradient_program, at, at + d, BITS);
  hp_evaluate_arb(problem->hessian_vector_program, at, result, BITS);
  arb_dot(m->predicted, NULL, 0, result, 1, result, 1, d, BITS);
  arb_sqrtpos(m->predicted, m->predicted, BITS);
  hp_manifold_first_order(factor, experiment->momentum, experiment->a);
  mpq_abs(factor, factor);
  hp_arb_set_rational(share, factor, BITS);
  arb_mul(m->predicted, m->predicted, share, BITS);
  _arb_vec_clear(result, d);
  _arb_vec_clear(at, 2 * d);
  arb_clear(share);
  mpq_clear(factor);
}

bool hp_a3_enclose(hp_a3_enclosed *m, const hp_experiment *experiment) {
  *m = (hp_a3_enclosed){.experiment = experiment};
  arb_init(m->predicted);
  m->row = hp_allocate(experiment->n_steps, sizeof *m->row);
  for (size_t i = 0; i < experiment->n_steps; i++)
    row_init(&m->row[i], experiment->problem->n_params);
  set_predicted(m);
  for (size_t i = 0; i < experiment->n_steps; i++) {
    if (experiment->keep_going && !experiment->keep_going(experiment->context))
      return false;
    if (!enclose_row(&m->row[i], experiment, experiment->step[i]))
      return false;
    m->n_used += m->row[i].state == HP_A3_ROW_USED;
    m->n_above += m->row[i].state == HP_A3_ROW_ABOVE;
    m->n_lost += m->row[i].state == HP_A3_ROW_LOST;
  }
  return true;
}
