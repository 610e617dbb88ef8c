#include "a1_certify.h"
#include "reference/enclosure/enclosed_step.h"
#include "reference/problem/allocate.h"
#include "reference/problem/fingerprint.h"
#include "reference/problem/rational.h"
#include "verify/seal.h"
#include "verify/version.h"
#include <stdlib.h>

enum { BITS = 128 };

/* m*2^e, exact: what hp_rational_read reads. */
static json_t *exact(const arf_t x) {
  fmpz_t mantissa, exponent;
  fmpz_init(mantissa);
  fmpz_init(exponent);
  arf_get_fmpz_2exp(mantissa, exponent, x);
  char *digits = fmpz_get_str(NULL, 10, mantissa);
  char *text = hp_text("%s*2^%ld", digits, (long)fmpz_get_si(exponent));
  json_t *json = json_string(fmpz_is_zero(mantissa) ? "0" : text);
  free(text);
  flint_free(digits);
  fmpz_clear(exponent);
  fmpz_clear(mantissa);
  return json;
}

static json_t *rational(const mpq_t x) {
  char *text = hp_rational_text(x);
  json_t *json = json_string(text);
  free(text);
  return json;
}

/* [low, high], rounded outwards */
static json_t *interval(const arb_t x) {
  arf_t low, high;
  arf_init(low);
  arf_init(high);
  arb_get_interval_arf(low, high, x, BITS);
  json_t *json = json_pack("[oo]", exact(low), exact(high));
  arf_clear(high);
  arf_clear(low);
  return json;
}

static json_t *intervals(const arb_struct x[], size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++)
    json_array_append_new(list, interval(x + i));
  return list;
}

/* error += |radii of P(s)| <= sum_k sqrt(d) max radius_k s^k: what rounding the coefficients to their
 * middles costs, with s <= length */
static void add_radii(mag_t error, const hp_enclosed_step *step, const hp_enclosed_flow *flow) {
  mag_t length, power, one;
  arb_t time;
  mag_init(length);
  mag_init(power);
  mag_init(one);
  arb_init(time);
  hp_arb_set_rational(time, step->length, BITS);
  arb_get_mag(length, time);
  mag_one(power);
  for (size_t k = 0; k <= flow->order; k++) {
    for (size_t i = 0; i < flow->dimension; i++) {
      mag_mul(one, arb_radref(step->coefficient + i * (flow->order + 1) + k), power);
      mag_add(error, error, one);
    }
    mag_mul(power, power, length);
  }
  arb_clear(time);
  mag_clear(one);
  mag_clear(power);
  mag_clear(length);
}

/* "within": the distance of the flow from P on all of the step, an eighth more than what is proved, so
 * that another bound of the same kind can confirm it. */
static json_t *step_json(const hp_enclosed_step *step, const hp_enclosed_flow *flow) {
  size_t n = flow->order + 1;
  json_t *rows = json_array();
  for (size_t i = 0; i < flow->dimension; i++) {
    json_t *row = json_array();
    for (size_t k = 0; k < n; k++)
      json_array_append_new(row, exact(arb_midref(step->coefficient + i * n + k)));
    json_array_append_new(rows, row);
  }
  mag_t within, eighth;
  arf_t number;
  mag_init(within);
  mag_init(eighth);
  arf_init(number);
  hp_enclosed_step_distance(step, flow->order, within);
  add_radii(within, step, flow);
  mag_mul_2exp_si(eighth, within, -3);
  mag_add(within, within, eighth);
  arf_set_mag(number, within);
  json_t *json = json_pack("{soso}", "length", rational(step->length), "polynomial", rows);
  json_object_set_new(json, "within", exact(number));
  arf_clear(number);
  mag_clear(eighth);
  mag_clear(within);
  return json;
}

static json_t *flow_json(const hp_enclosed_flow *flow) {
  json_t *list = json_array();
  for (size_t i = 0; i < flow->n_steps; i++)
    json_array_append_new(list, step_json(&flow->step[i], flow));
  return list;
}

/* The errors with twice the distance of the flow more: it counts at every n as the largest. */
static void widen(arb_ptr error, const hp_a1_enclosed *m) {
  mag_t distance;
  mag_init(distance);
  hp_enclosed_flow_distance(&m->flow, distance);
  mag_mul_2exp_si(distance, distance, 1);
  for (size_t i = 0; i < m->n_rows; i++) {
    arb_set(error + i, m->error + i);
    arb_add_error_mag(error + i, distance);
  }
  mag_clear(distance);
}

static json_t *rows_json(const hp_a1_enclosed *m, const arb_struct error[]) {
  json_t *list = json_array();
  for (size_t i = 0; i < m->n_rows; i++)
    json_array_append_new(list,
                          json_pack("{sososo}", "h", rational(m->experiment->step[i]), "error",
                                    interval(error + i), "bound", interval(m->bound + i)));
  return list;
}

json_t *hp_a1_certificate(const hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  char fingerprint[HP_FINGERPRINT_SIZE];
  hp_problem_fingerprint(experiment->problem, fingerprint);
  json_t *json = json_pack("{ssssssss}", "schema", "heavyproof.certificate/1", "version",
                           HP_VERSION, "claim", "A1", "fingerprint", fingerprint);
  if (experiment->problem_file)
    json_object_set_new(json, "problem_file", json_string(experiment->problem_file));
  json_object_set_new(json, "method", json_string(experiment->method));
  json_object_set_new(json, "a", rational(experiment->a));
  json_object_set_new(json, "momentum", rational(experiment->momentum));
  json_object_set_new(json, "horizon", rational(experiment->horizon));
  json_object_set_new(json, "flow", flow_json(&m->flow));
  json_object_set_new(json, "box", intervals(m->box, m->flow.dimension));
  json_object_set_new(json, "B0", interval(m->constants.B0));
  json_object_set_new(json, "L", interval(m->constants.L));
  json_object_set_new(json, "nu", interval(m->constants.nu));
  json_object_set_new(json, "largest_E", interval(m->predicted));
  hp_certified_law law;
  arb_ptr error = _arb_vec_init((slong)m->n_rows);
  hp_certified_law_init(&law);
  widen(error, m);
  hp_certify_law(&law, m->n_rows, m->h, error, m->bound, m->predicted, 1, 2 * BITS);
  json_object_set_new(json, "rows", rows_json(m, error));
  json_object_set_new(json, "slope", interval(law.slope));
  json_object_set_new(json, "limit", interval(law.limit));
  hp_certified_law_clear(&law);
  _arb_vec_clear(error, (slong)m->n_rows);
  hp_seal_set(json);
  return json;
}
