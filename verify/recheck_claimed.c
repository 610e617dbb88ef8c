#include "recheck.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include <stdlib.h>

static bool read_number(mpq_t x, const json_t *text) {
  return json_is_string(text) && hp_rational_read(x, json_string_value(text));
}

static mpq_t *new_rationals(size_t n) {
  mpq_t *x = hp_allocate(n, sizeof *x);
  for (size_t i = 0; i < n; i++)
    mpq_init(x[i]);
  return x;
}

static void free_rationals(mpq_t *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    mpq_clear(x[i]);
  free(x);
}

static bool read_polynomials(const hp_claimed_flow *flow, size_t step, const json_t *rows) {
  for (size_t i = 0; i < flow->d; i++) {
    const json_t *row = json_array_get(rows, i);
    if (json_array_size(row) != flow->order + 1)
      return false;
    for (size_t k = 0; k <= flow->order; k++)
      if (!read_number(hp_claimed_polynomial(flow, step, i)[k], json_array_get(row, k)))
        return false;
    for (size_t k = 0; k <= flow->order; k++)
      hp_interval_set_rational(flow->rounded +
                                   (hp_claimed_polynomial(flow, step, i) - flow->coefficient) + k,
                               hp_claimed_polynomial(flow, step, i)[k]);
  }
  return true;
}

bool hp_claimed_flow_read(hp_claimed_flow *flow, const json_t *steps, size_t d) {
  size_t n = json_array_size(steps);
  const json_t *first = json_object_get(json_array_get(steps, 0), "polynomial");
  size_t length = json_array_size(json_array_get(first, 0));
  *flow = (hp_claimed_flow){.d = d, .n_steps = n, .order = length ? length - 1 : 0};
  flow->start = new_rationals(n + 1);
  flow->length = new_rationals(n);
  flow->within = new_rationals(n);
  flow->coefficient = new_rationals(n * d * (flow->order + 1));
  flow->rounded = hp_interval_new(n * d * (flow->order + 1), HP_CLAIMED_BITS);
  for (size_t i = 0; i < n; i++) {
    const json_t *step = json_array_get(steps, i);
    if (!read_number(flow->length[i], json_object_get(step, "length")) ||
        !read_number(flow->within[i], json_object_get(step, "within")) ||
        mpq_sgn(flow->length[i]) <= 0 ||
        !read_polynomials(flow, i, json_object_get(step, "polynomial")))
      return false;
    mpq_add(flow->start[i + 1], flow->start[i], flow->length[i]);
  }
  return n > 0 && length > 1;
}

void hp_claimed_flow_clear(hp_claimed_flow *flow) {
  hp_interval_free(flow->rounded, flow->n_steps * flow->d * (flow->order + 1));
  free_rationals(flow->coefficient, flow->n_steps * flow->d * (flow->order + 1));
  free_rationals(flow->within, flow->n_steps);
  free_rationals(flow->length, flow->n_steps);
  free_rationals(flow->start, flow->n_steps + 1);
}

void hp_claimed_flow_eval(const hp_claimed_flow *flow, size_t step, const hp_interval *time,
                          hp_interval u[]) {
  for (size_t i = 0; i < flow->d; i++) {
    const hp_interval *c =
        flow->rounded + (hp_claimed_polynomial(flow, step, i) - flow->coefficient);
    hp_interval_set(u + i, c + flow->order);
    for (size_t k = flow->order; k-- > 0;) {
      hp_interval_apply(u + i, HP_MUL, u + i, time);
      hp_interval_apply(u + i, HP_ADD, u + i, c + k);
    }
  }
}

void hp_claimed_flow_widen(const hp_claimed_flow *flow, size_t step, hp_interval u[]) {
  for (size_t i = 0; i < flow->d; i++) {
    mpfr_sub_q(u[i].low, u[i].low, flow->within[step], MPFR_RNDD);
    mpfr_add_q(u[i].high, u[i].high, flow->within[step], MPFR_RNDU);
  }
}
