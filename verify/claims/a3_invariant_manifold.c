#include "a3_certify.h"
#include "a3_measure.h"
#include "a3_text.h"
#include "power_law.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

static bool check(const hp_experiment *experiment, hp_results *results);

const hp_claim hp_claim_a3 = {
    .id = "A3",
    .title = HP_A3_TITLE,
    .source = HP_A3_SOURCE,
    .statement = HP_A3_STATEMENT,
    .explain = HP_A3_EXPLAIN,
    .theorem = NULL,
    .check = check,
    .certify = hp_a3_certify,
};

/* The bounds on |w_{n+1}|/|w_n| at one row, in double. */
typedef struct {
  double low, high;
} ratio_bounds;

static ratio_bounds bounds_at(const hp_a3_measurement *m, double h) {
  const hp_experiment *experiment = m->experiment;
  mpfr_t low, high, l;
  mpfr_inits2(64, low, high, l, (mpfr_ptr)0);
  mpfr_set_d(l, h * m->constants.L, MPFR_RNDN);
  hp_manifold_ratios(low, high, experiment->momentum, experiment->a, l);
  ratio_bounds bounds = {mpfr_get_d(low, MPFR_RNDD), mpfr_get_d(high, MPFR_RNDU)};
  mpfr_clears(low, high, l, (mpfr_ptr)0);
  return bounds;
}

static double quotient(const mpfr_t x, const mpfr_t y) {
  mpfr_t q;
  mpfr_init2(q, 64);
  mpfr_div(q, x, y, MPFR_RNDN);
  double value = mpfr_get_d(q, MPFR_RNDN);
  mpfr_clear(q);
  return value;
}

/* "2 steps above h_0 = 0.0172 left out" and the like; "" when every step is used. */
static char *note_on_rows(const hp_a3_measurement *m) {
  double h0 = m->threshold / (m->n_used ? m->constants.L : m->finest_L);
  char *above = m->n_above ? hp_text("%zu of %zu steps are above the existence threshold h_0 = "
                                     "%.6g and left out",
                                     m->n_above, m->experiment->n_steps, h0)
                           : hp_copy_text("");
  char *lost = m->n_lost ? hp_text("%s%zu of %zu steps left out, where no orbit of the graph "
                                   "transform was found to end at u_n",
                                   *above ? "; " : "", m->n_lost, m->experiment->n_steps)
                         : hp_copy_text("");
  char *note = hp_text("%s%s", above, lost);
  free(lost);
  free(above);
  return note;
}

static void write_inputs(hp_run *run, const hp_a3_measurement *m, const char *theorem) {
  char *box = hp_region_text(&m->region);
  run->bound_inputs = hp_text(
      "B0 = %.8g, L = %.8g, sampled at %zu points of the box %s that holds the iterates "
      "and the orbits behind m_h; not enclosed. h_0 = %.8g",
      m->constants.B0, m->constants.L, m->constants.n_samples, box, m->threshold / m->constants.L);
  run->bound_proved_by = hp_text("spec/coq/a3_theorems.v: %s", theorem);
  free(box);
}

static void add_point(hp_curve *curve, double x, char *y) {
  char *text = hp_decimal_double(x, 17);
  hp_curve_add_point(curve, text, y);
  free(text);
  free(y);
}

static hp_curve *new_curve(hp_run *run, const char *what, const hp_a3_measurement *m,
                           const hp_a3_row *row) {
  char *h = hp_rational_text(m->experiment->step[row->step]);
  char *name = hp_text("%s, h = %s", what, h);
  hp_curve *curve = hp_run_add_curve(run, name);
  free(name);
  free(h);
  return curve;
}

static int digits_of(const hp_a3_measurement *m, const hp_a3_row *row, const mpfr_t value) {
  int digits = hp_decimal_correct(value, row->uncertainty, m->experiment->digits);
  return digits ? digits : 1;
}

/* ---- d_n: the attraction ---- */

/* Relative room for the rounding of L and of the bounds, which are attained for quadratics. */
#define ROOM 1e-10

typedef struct {
  bool ratios_inside, below_geometric, swapped_inside, leading_below;
  double leading_excess; /* of |v_n - lambda_bar f| over rho^n times its start, at the last n */
} attraction;

static void attract_row(hp_run *run, const hp_a3_measurement *m, const hp_a3_row *row,
                        attraction *found) {
  ratio_bounds bounds = bounds_at(m, row->h);
  size_t last = row->n_points - 1;
  for (size_t i = 0; i < row->n_points; ++i) {
    double decay = quotient(row->distance[i], row->distance[0]);
    double rho_n = pow(bounds.high, (double)row->n[i]);
    found->below_geometric = found->below_geometric && decay <= rho_n * (1 + ROOM);
    if (i == 0 || row->n[i] != row->n[i - 1] + 1)
      continue;
    double ratio = quotient(row->distance[i], row->distance[i - 1]);
    found->ratios_inside = found->ratios_inside && ratio >= bounds.low * (1 - ROOM) &&
                           ratio <= bounds.high * (1 + ROOM);
    found->swapped_inside = found->swapped_inside && ratio >= bounds.high && ratio <= bounds.low;
  }
  double rho_last = pow(bounds.high, (double)row->n[last]);
  double excess = quotient(row->leading[last], row->leading[0]) / rho_last;
  found->leading_below = found->leading_below && excess <= 1;
  found->leading_excess = fmax(found->leading_excess, excess);
  hp_row *out = hp_run_add_row(run);
  mpfr_t x;
  mpfr_init2(x, mpfr_get_prec(row->distance[last]));
  int digits = digits_of(m, row, row->distance[last]);
  out->h = hp_rational_text(m->experiment->step[row->step]);
  out->steps = row->n[last];
  out->value = hp_decimal(row->distance[last], digits, MPFR_RNDN);
  mpfr_sub(x, row->distance[last], row->uncertainty, MPFR_RNDD);
  out->low = hp_decimal(x, digits + 3, MPFR_RNDD);
  mpfr_add(x, row->distance[last], row->uncertainty, MPFR_RNDU);
  out->high = hp_decimal(x, digits + 3, MPFR_RNDU);
  mpfr_mul_d(x, row->distance[0], rho_last, MPFR_RNDU);
  out->bound = hp_decimal(x, 6, MPFR_RNDU);
  mpfr_clear(x);
}

static void attraction_curves(hp_run *run, const hp_a3_measurement *m, const hp_a3_row *row) {
  ratio_bounds bounds = bounds_at(m, row->h);
  double start = mpfr_get_d(row->distance[0], MPFR_RNDN);
  hp_curve *curve = new_curve(run, "|w_n|", m, row);
  for (size_t i = 0; i < row->n_points; ++i)
    add_point(curve, (double)row->n[i],
              hp_decimal(row->distance[i], digits_of(m, row, row->distance[i]), MPFR_RNDN));
  curve = new_curve(run, "upper bound ρ^n |w_0|", m, row);
  for (size_t i = 0; i < row->n_points; ++i)
    add_point(curve, (double)row->n[i],
              hp_decimal_double(start * pow(bounds.high, (double)row->n[i]), 6));
  curve = new_curve(run, "lower bound", m, row);
  for (size_t i = 0; i < row->n_points; ++i)
    add_point(curve, (double)row->n[i],
              hp_decimal_double(start * pow(bounds.low, (double)row->n[i]), 6));
  curve = new_curve(run, "control: |v_n - λ̄ f(u_n)|", m, row);
  for (size_t i = 0; i < row->n_points; ++i)
    add_point(curve, (double)row->n[i], hp_decimal(row->leading[i], 6, MPFR_RNDN));
}

/* A quadratic at 3/2 of the step at which its stiffest component begins to spiral has no manifold:
 * from there on l = hq has the roots of a negative discriminant. */
static void control_above(hp_run *run, const hp_a3_measurement *m) {
  const hp_experiment *experiment = m->experiment;
  double lambda = mpq_get_d(experiment->momentum), a = mpq_get_d(experiment->a);
  double inner = lambda - a * (1 - lambda), stiffest = m->constants.L;
  if (!experiment->problem->is_quadratic || inner < 0)
    return;
  double sharp = pow((1 - sqrt(inner)) / (1 + a), 2), l = 1.5 * sharp;
  double sum = 1 + lambda - l * (1 + a), product = lambda - a * l;
  double discriminant = sum * sum - 4 * product;
  hp_claim_control(run, "h above the manifold threshold", discriminant < 0,
                   hp_text("at h = %.6g = 1.5 h_max the stiffest component has the roots %.6g ± "
                           "%.6g i: it spirals and no graph is invariant",
                           l / stiffest, sum / 2, sqrt(fabs(discriminant)) / 2));
}

static void attraction_run(const hp_a3_measurement *m, hp_results *results) {
  hp_run *run = hp_claim_run(results, m->experiment, "A3", "d_n");
  attraction found = {true, true, true, true, 0};
  for (size_t i = 0; i < m->experiment->n_steps; ++i)
    if (m->row[i].state == HP_A3_USED)
      attract_row(run, m, &m->row[i], &found);
  for (size_t i = 0; i < m->experiment->n_steps; ++i)
    if (m->row[i].state == HP_A3_USED)
      attraction_curves(run, m, &m->row[i]);
  run->x_label = hp_copy_text("step n");
  run->y_label = hp_copy_text("distance to the manifold");
  run->has_bound = true;
  run->bound_holds = found.ratios_inside && found.below_geometric;
  run->bound_formula =
      hp_copy_text("(λ-al)(1-x_-) <= |w_{n+1}|/|w_n| <= ρ = (λ+al)(1+x_-), |w_n| <= ρ^n |w_0|");
  ratio_bounds finest = {0, 0};
  for (size_t i = 0; i < m->experiment->n_steps; ++i)
    if (m->row[i].state == HP_A3_USED)
      finest = bounds_at(m, m->row[i].h);
  run->bound_value = hp_text("[%.10g, %.10g] at the finest step", finest.low, finest.high);
  write_inputs(run, m, "a3_attraction");
  hp_claim_control(run, "λ̄ f in place of m_h", !found.leading_below,
                   hp_text("at the last n the distance is %.3g times ρ^n of its start: it levels "
                           "off",
                           found.leading_excess));
  hp_claim_control(run, "the two bounds exchanged", !found.swapped_inside,
                   hp_text("no ratio is above the upper and below the lower bound"));
  control_above(run, m);
  const hp_control *passed = hp_claim_control_that_passed(run);
  if (!found.ratios_inside)
    hp_claim_verdict(run, HP_FAIL, hp_text("a ratio |w_{n+1}|/|w_n| is outside its bounds"));
  else if (!found.below_geometric)
    hp_claim_verdict(run, HP_FAIL, hp_text("|w_n| exceeds ρ^n |w_0|"));
  else if (passed)
    hp_claim_verdict(run, HP_FAIL, hp_text("the control \"%s\" passes", passed->name));
  else
    hp_claim_verdict(run, HP_PASS, note_on_rows(m));
}

/* ---- first-order observables: gap and rate ---- */

typedef struct {
  const char *observable, *value, *constant_name, *what;
  mpfr_ptr predicted; /* the constant */
  bool is_gap;
} first_order;

/* Of a value at one row: |w_0| and |w_1| enter the rate, divided by |w_0|. */
static void uncertainty_of(mpfr_t result, const hp_a3_row *row, const first_order *o) {
  mpfr_set(result, row->uncertainty, MPFR_RNDU);
  if (o->is_gap)
    return;
  mpfr_mul_2ui(result, result, 1, MPFR_RNDU);
  mpfr_div(result, result, row->distance[0], MPFR_RNDU);
}

/* bound: lambda_bar theta/(1-theta) |f(u_0)|, with room for the rounding of L: it is attained by a
 * quadratic with one curvature. */
static bool gap_bound(mpfr_t bound, const hp_a3_measurement *m, double h) {
  mpfr_t l;
  mpfr_init2(l, 64);
  mpfr_set_d(l, h * m->constants.L, MPFR_RNDN);
  bool exists = hp_manifold_gap(bound, m->experiment->momentum, m->experiment->a, l);
  mpfr_mul(bound, bound, m->f, MPFR_RNDU);
  mpfr_mul_d(bound, bound, 1 + ROOM, MPFR_RNDU);
  mpfr_clear(l);
  return exists;
}

typedef struct {
  size_t n, *step;
  long *steps;
  mpfr_t *h, *value, *radius, *bound;
} columns;

static void columns_init(columns *c, const hp_a3_measurement *m, const first_order *o) {
  const hp_experiment *experiment = m->experiment;
  mpfr_prec_t bits = mpfr_get_prec(m->f);
  size_t n = experiment->n_steps;
  *c = (columns){.step = hp_allocate(n, sizeof *c->step),
                 .steps = hp_allocate(n, sizeof *c->steps),
                 .h = hp_vector_new_mpfr(n, bits),
                 .value = hp_vector_new_mpfr(n, bits),
                 .radius = hp_vector_new_mpfr(n, 64),
                 .bound = hp_vector_new_mpfr(n, 64)};
  for (size_t i = 0; i < n; ++i) {
    const hp_a3_row *row = &m->row[i];
    if (row->state != HP_A3_USED)
      continue;
    size_t k = c->n++;
    c->step[k] = i;
    c->steps[k] = o->is_gap ? 0 : 1;
    mpfr_set_q(c->h[k], experiment->step[i], MPFR_RNDN);
    mpfr_set(c->value[k], o->is_gap ? row->gap : row->rate, MPFR_RNDN);
    uncertainty_of(c->radius[k], row, o);
    if (!gap_bound(c->bound[k], m, row->h))
      mpfr_set_nan(c->bound[k]);
  }
}

static void columns_clear(columns *c, size_t n) {
  hp_vector_free_mpfr(n, c->bound);
  hp_vector_free_mpfr(n, c->radius);
  hp_vector_free_mpfr(n, c->value);
  hp_vector_free_mpfr(n, c->h);
  free(c->steps);
  free(c->step);
}

static void first_order_run(const hp_a3_measurement *m, hp_results *results, const first_order *o) {
  const hp_experiment *experiment = m->experiment;
  hp_run *run = hp_claim_run(results, experiment, "A3", o->observable);
  if (mpfr_zero_p(o->predicted)) {
    hp_claim_verdict(
        run, HP_NOT_APPLICABLE,
        hp_text("the first-order term vanishes at u_0 for this method: %s = 0", o->constant_name));
    return;
  }
  columns c;
  columns_init(&c, m, o);
  char *note = note_on_rows(m);
  mpfr_t uncertainty;
  mpfr_init2(uncertainty, 64);
  mpfr_mul_2si(uncertainty, o->predicted, -4 * (long)experiment->digits, MPFR_RNDU);
  const hp_power_law law = {
      .experiment = experiment,
      .quotient = o->value,
      .constant_name = o->constant_name,
      .what = o->what,
      .expected = 1,
      .n_rows = c.n,
      .step = c.step,
      .steps = c.steps,
      .h = c.h,
      .value = c.value,
      .radius = c.radius,
      .bound = o->is_gap ? c.bound : NULL,
      .predicted = o->predicted,
      .uncertainty = uncertainty,
      .L = m->constants.L,
      .note = note,
  };
  hp_power_law_orders orders = hp_power_law_write(run, &law);
  if (run->has_bound) {
    run->bound_formula =
        hp_copy_text("λ̄ θ/(1-θ) |f(u_0)|, θ = λ̄ (λ x_- + l (|1-a| + a x_-)), at the finest step");
    write_inputs(run, m, "a3_distance");
  }
  hp_power_law_judge(run, &law, &orders);
  mpfr_clear(uncertainty);
  free(note);
  columns_clear(&c, experiment->n_steps);
}

/* The exact roots of a quadratic loss, against h. */
static void root_curves(hp_run *run, const hp_a3_measurement *m) {
  static const char *const name[] = {"z_slow", "z_fast", "slope μ of the manifold"};
  const hp_problem *problem = m->experiment->problem;
  if (!problem->is_quadratic)
    return;
  run->x_label = hp_copy_text("step size h");
  run->y_label = hp_copy_text("roots of the characteristic equation");
  for (size_t k = 0; k < problem->n_params; ++k)
    for (size_t j = 0; j < 3; ++j) {
      hp_curve *curve = NULL;
      for (size_t i = 0; i < m->experiment->n_steps; ++i) {
        const hp_a3_row *row = &m->row[i];
        mpfr_t *const column[] = {row->slow, row->fast, row->slope};
        if (row->state != HP_A3_USED)
          continue;
        if (!curve) {
          char *text = mpfr_sgn(row->q[k])
                           ? hp_text("%s, q = %.10g", name[j], mpfr_get_d(row->q[k], MPFR_RNDN))
                           : hp_text("%s, q = 0", name[j]);
          curve = hp_run_add_curve(run, text);
          free(text);
        }
        add_point(curve, row->h, hp_decimal(column[j][k], m->experiment->digits, MPFR_RNDN));
      }
    }
}

static void write_runs(const hp_a3_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  mpfr_t gap, rate;
  mpq_t factor;
  mpq_init(factor);
  mpfr_inits2(mpfr_get_prec(m->f), gap, rate, (mpfr_ptr)0);
  hp_manifold_first_order(factor, experiment->momentum, experiment->a);
  mpq_abs(factor, factor);
  mpfr_mul_q(gap, m->ff, factor, MPFR_RNDN);
  hp_manifold_attraction(factor, experiment->momentum, experiment->a);
  mpq_abs(factor, factor);
  mpfr_mul_q(rate, m->ff, factor, MPFR_RNDN);
  mpfr_div(rate, rate, m->f, MPFR_RNDN);
  mpq_clear(factor);
  attraction_run(m, results);
  first_order_run(m, results,
                  &(first_order){.observable = "|m_h-λ̄f|",
                                 .value = "|m_h - λ̄f|/h at u_0",
                                 .constant_name = "λ̄²|λ̄-a| |f'f|",
                                 .what = "λ̄²|λ̄-a| |f'f| at u_0",
                                 .predicted = gap,
                                 .is_gap = true});
  root_curves(&results->run[results->count - 1], m);
  first_order_run(m, results,
                  &(first_order){.observable = "|w_1-λw_0|/|w_0|",
                                 .value = "|w_1 - λ w_0|/(h |w_0|)",
                                 .constant_name = "|a-λλ̄| |f'f|/|f|",
                                 .what = "|a-λλ̄| |f'f|/|f| at u_0",
                                 .predicted = rate,
                                 .is_gap = false});
  mpfr_clears(gap, rate, (mpfr_ptr)0);
}

static void not_applicable(const hp_experiment *experiment, hp_results *results, char *reason) {
  hp_claim_verdict(hp_claim_run(results, experiment, "A3", "d_n"), HP_NOT_APPLICABLE, reason);
}

static void no_row(const hp_a3_measurement *m, hp_results *results) {
  const hp_experiment *experiment = m->experiment;
  if (m->n_lost) {
    not_applicable(experiment, results, note_on_rows(m));
    return;
  }
  /* the finest step's own L, on the box of its own iterates */
  double L = m->finest_L, h = mpq_get_d(experiment->step[experiment->n_steps - 1]);
  char *enough = hp_decimal_power_of_two(m->threshold / L);
  not_applicable(experiment, results,
                 hp_text("every step is above the existence threshold: h L = %.4g at the finest, "
                         "h_0 L = %.6g; a step of %s or finer would do",
                         h * L, m->threshold, enough));
  free(enough);
}

static bool check(const hp_experiment *experiment, hp_results *results) {
  if (mpq_sgn(experiment->momentum) <= 0) {
    not_applicable(experiment, results,
                   hp_copy_text("λ > 0 is needed: without momentum v_{n+1} = f(u_n) and there is "
                                "nothing to attract"));
    return true;
  }
  hp_a3_measurement m;
  hp_a3_status status = hp_a3_measure(&m, experiment);
  if (status == HP_A3_AT_REST)
    not_applicable(experiment, results,
                   hp_copy_text("the start is a critical point: nothing moves"));
  else if (status == HP_A3_MEASURED && m.constants.L == 0)
    not_applicable(experiment, results,
                   hp_copy_text("f is constant: L = 0, and λ̄ f itself is the manifold"));
  else if (status == HP_A3_MEASURED && m.n_used == 0)
    no_row(&m, results);
  else if (status == HP_A3_MEASURED)
    write_runs(&m, results);
  hp_a3_measurement_clear(&m);
  return status != HP_A3_INTERRUPTED;
}
