#include "flow_ladder.h"
#include "reference/iterate/vector_mpfr.h"
#include "verify/constants.h"
#include "verify/decimal.h"
#include "verify/ladder.h"
#include <math.h>

enum { GUARD_DIGITS = 2, CHECK_DIGITS = 4, ATTEMPTS = 4 };

void hp_flow_ladder_late(mpq_t from, const mpq_t horizon) {
  mpq_set_ui(from, 1, 4);
  if (mpq_cmp(from, horizon) >= 0)
    mpq_div_2exp(from, horizon, 1);
}

/* One step of the ladder at one number of digits. */
typedef struct {
  hp_flow_ladder *ladder;
  mpq_srcptr h;
  double digits;
  hp_trajectory *flow[HP_MOST_FLOWS];
  mpfr_t *velocity[2];      /* v_0 of the paths; NULL for 0 */
  long at_n[HP_MOST_PAIRS]; /* where the maxima are: the check looks there only */
  hp_distances pass;
} rung;

static void set_slow_start(mpfr_t v[], const hp_experiment *experiment, const mpq_t h,
                           mpfr_prec_t bits) {
  mpq_t first, second;
  mpq_inits(first, second, (mpq_ptr)0);
  hp_lambda_bar(first, experiment->momentum);
  hp_manifold_first_order(second, experiment->momentum, experiment->a);
  mpq_mul(second, second, h);
  hp_flow_velocity(v, experiment, first, second, bits);
  mpq_clears(first, second, (mpq_ptr)0);
}

/* Flows [first, last); one that does not reach the horizon is NULL. False when interrupted. */
static bool integrate(rung *r, size_t first, size_t last, double digits) {
  const hp_flow_ladder_plan *plan = r->ladder->plan;
  for (size_t k = first; k < last; ++k) {
    if (plan->skip[k])
      continue;
    hp_taylor_status status = plan->integrate(&r->flow[k], plan->experiment, r->h, k, digits);
    if (status == HP_TAYLOR_INTERRUPTED)
      return false;
    if (status != HP_TAYLOR_DONE) {
      hp_trajectory_free(r->flow[k]);
      r->flow[k] = NULL;
    }
  }
  return true;
}

static void free_flows(rung *r, size_t first, size_t last) {
  for (size_t k = first; k < last; ++k) {
    hp_trajectory_free(r->flow[k]);
    r->flow[k] = NULL;
  }
}

/* False, and nothing to clear, when interrupted. */
static bool measure(rung *r, bool is_check) {
  const hp_flow_ladder_plan *plan = r->ladder->plan;
  const hp_experiment *experiment = plan->experiment;
  size_t n = is_check ? plan->n_checked : plan->n_pairs, d = experiment->problem->n_params;
  double guard = 2 + log10(1 + (double)hp_ladder_steps(experiment, r->h));
  mpfr_prec_t bits = hp_decimal_bits(r->digits + guard);
  hp_distances_init(&r->pass, n, bits);
  r->velocity[1] = hp_vector_new_mpfr(d, bits);
  set_slow_start(r->velocity[1], experiment, r->h, bits);
  r->pass.velocity = r->velocity;
  r->pass.n_paths = 2;
  r->pass.flow = r->flow;
  r->pass.n_flows = is_check ? plan->n_full : plan->n_flows;
  r->pass.n_full = plan->n_full;
  r->pass.from = plan->from;
  r->pass.with_double = !is_check;
  r->pass.region = is_check ? NULL : &r->ladder->region;
  for (size_t k = 0; k < n; ++k) {
    r->pass.distance[k].path = plan->pair[k].path;
    r->pass.distance[k].flow = plan->pair[k].flow;
    r->pass.distance[k].late = plan->pair[k].late;
    r->pass.distance[k].only_n = is_check ? r->at_n[k] : plan->pair[k].only_n;
  }
  bool going = hp_distances_run(&r->pass, experiment, r->h);
  hp_vector_free_mpfr(d, r->velocity[1]);
  if (!going)
    hp_distances_clear(&r->pass);
  return going;
}

static void record(rung *r, size_t step) {
  for (size_t k = 0; k < r->pass.n_distances; ++k) {
    hp_flow_column *column = &r->ladder->column[k];
    r->at_n[k] = r->pass.distance[k].at_n;
    mpfr_set(column->value[step], r->pass.distance[k].distance, MPFR_RNDN);
    mpfr_set_zero(column->radius[step], 1);
    mpfr_set(column->peak[step], r->pass.distance[k].peak, MPFR_RNDN);
    mpfr_set(column->double_value[step], r->pass.distance[k].double_distance, MPFR_RNDN);
  }
}

/* The most digits that any value still lacks, at most 0 when all are there. */
static int record_check(rung *r, size_t step) {
  const hp_flow_ladder_plan *plan = r->ladder->plan;
  int digits = plan->experiment->digits, missing = 0;
  for (size_t k = 0; k < plan->n_checked; ++k) {
    hp_flow_column *column = &r->ladder->column[k];
    mpfr_ptr value = column->value[step], radius = column->radius[step];
    mpfr_sub(radius, value, r->pass.distance[k].distance, MPFR_RNDA);
    mpfr_abs(radius, radius, MPFR_RNDA);
    mpfr_set(value, r->pass.distance[k].distance, MPFR_RNDN);
    if (!mpfr_regular_p(value))
      continue;
    int lacks = digits - hp_decimal_correct(value, radius, digits);
    missing = lacks > missing ? lacks : missing;
  }
  return missing;
}

/* Digits that the smallest checked distance lies below 1. */
static double digits_lost(const hp_flow_ladder_plan *plan, const mpq_t h) {
  double lost = 0;
  for (size_t k = 0; k < plan->n_checked; ++k) {
    double scale = plan->pair[k].expected > 0 ? plan->pair[k].expected : 1;
    lost = fmax(lost, -log10(scale) - plan->pair[k].order * log10(mpq_get_d(h)));
  }
  return lost;
}

/* The flows for controls are integrated once, the others at two numbers of digits. */
static bool climb(rung *r, size_t step) {
  const hp_flow_ladder_plan *plan = r->ladder->plan;
  r->digits = plan->experiment->digits + digits_lost(plan, r->h) + GUARD_DIGITS;
  bool going = integrate(r, plan->n_full, plan->n_flows, HP_ROUGH_DIGITS);
  int missing = 1;
  for (int i = 0; i < ATTEMPTS && going && missing > 0; ++i) {
    going = integrate(r, 0, plan->n_full, r->digits) && measure(r, false);
    free_flows(r, 0, plan->n_full);
    if (!going)
      break;
    record(r, step);
    hp_distances_clear(&r->pass);
    r->digits += CHECK_DIGITS;
    going = integrate(r, 0, plan->n_full, r->digits) && measure(r, true);
    free_flows(r, 0, plan->n_full);
    if (!going)
      break;
    missing = record_check(r, step);
    hp_distances_clear(&r->pass);
    r->digits += missing + GUARD_DIGITS - CHECK_DIGITS;
  }
  free_flows(r, 0, plan->n_flows);
  return going;
}

bool hp_flow_ladder_measure(hp_flow_ladder *ladder, const hp_flow_ladder_plan *plan) {
  const hp_experiment *experiment = plan->experiment;
  size_t n = experiment->n_steps;
  *ladder = (hp_flow_ladder){.plan = plan};
  double lost = n ? digits_lost(plan, experiment->step[n - 1]) : 0;
  mpfr_prec_t bits = hp_decimal_bits(experiment->digits + 16 + lost);
  for (size_t k = 0; k < plan->n_pairs; ++k)
    ladder->column[k] = (hp_flow_column){.value = hp_vector_new_mpfr(n, bits),
                                         .radius = hp_vector_new_mpfr(n, 64),
                                         .peak = hp_vector_new_mpfr(n, bits),
                                         .double_value = hp_vector_new_mpfr(n, bits)};
  hp_region_init(&ladder->region, experiment->problem->n_params);
  for (size_t i = 0; i < n; ++i) {
    rung r = {.ladder = ladder, .h = experiment->step[i]};
    if (!climb(&r, i))
      return false;
  }
  hp_region_add_box(&ladder->region, experiment->problem);
  ladder->constants = hp_region_sample(&ladder->region, experiment->problem);
  return true;
}

void hp_flow_ladder_clear(hp_flow_ladder *ladder) {
  size_t n = ladder->plan->experiment->n_steps;
  hp_region_clear(&ladder->region);
  for (size_t k = 0; k < ladder->plan->n_pairs; ++k) {
    hp_vector_free_mpfr(n, ladder->column[k].value);
    hp_vector_free_mpfr(n, ladder->column[k].radius);
    hp_vector_free_mpfr(n, ladder->column[k].peak);
    hp_vector_free_mpfr(n, ladder->column[k].double_value);
  }
}

size_t hp_flow_ladder_rows(const hp_flow_ladder *ladder, size_t pair, size_t step[]) {
  size_t n = 0;
  for (size_t i = 0; i < ladder->plan->experiment->n_steps; ++i)
    if (mpfr_number_p(ladder->column[pair].value[i]))
      step[n++] = i;
  return n;
}
