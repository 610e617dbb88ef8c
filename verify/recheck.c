#include "recheck.h"
#include "certified_law.h"
#include "constants.h"
#include "reference/problem/allocate.h"
#include "reference/problem/fingerprint.h"
#include "reference/problem/rational.h"
#include "results.h"
#include "seal.h"
#include <stdlib.h>
#include <string.h>

enum { BITS = HP_RECHECK_BITS };

static const char *const constant_keys[] = {"B0", "L", "nu", "largest_E", "slope", "limit"};

/* ---- reading ---- */

static bool read_rational(mpq_t x, const json_t *text) {
  return json_is_string(text) && hp_rational_read(x, json_string_value(text));
}

/* [low, high]: the ends rounded inwards, so that what is verified of them holds of the hp_claimed */
static bool read_interval(hp_interval *x, const json_t *pair) {
  mpq_t end;
  mpq_init(end);
  bool low = read_rational(end, json_array_get(pair, 0));
  if (low)
    mpfr_set_q(x->low, end, MPFR_RNDU);
  bool high = read_rational(end, json_array_get(pair, 1));
  if (high)
    mpfr_set_q(x->high, end, MPFR_RNDD);
  mpq_clear(end);
  return low && high && json_array_size(pair) == 2 && mpfr_lessequal_p(x->low, x->high);
}

static void claim_init(hp_claimed *c, const hp_problem *problem) {
  *c = (hp_claimed){.problem = problem};
  mpq_inits(c->lambda, c->a, c->horizon, c->lambda_bar, (mpq_ptr)0);
  for (size_t i = 0; i < HP_CLAIMED_ROWS; i++)
    mpq_init(c->h[i]);
  c->box = hp_interval_new(problem->n_params, BITS);
  c->error = hp_interval_new(HP_CLAIMED_ROWS, BITS);
  c->bound = hp_interval_new(HP_CLAIMED_ROWS, BITS);
  c->constant = hp_interval_new(HP_CLAIMED_CONSTANTS, BITS);
}

static void claim_clear(hp_claimed *c) {
  hp_claimed_flow_clear(&c->flow);
  hp_interval_free(c->constant, HP_CLAIMED_CONSTANTS);
  hp_interval_free(c->bound, HP_CLAIMED_ROWS);
  hp_interval_free(c->error, HP_CLAIMED_ROWS);
  hp_interval_free(c->box, c->problem->n_params);
  for (size_t i = 0; i < HP_CLAIMED_ROWS; i++)
    mpq_clear(c->h[i]);
  mpq_clears(c->lambda, c->a, c->horizon, c->lambda_bar, (mpq_ptr)0);
}

static bool read_rows(hp_claimed *c, const json_t *rows) {
  c->n_rows = json_array_size(rows);
  if (c->n_rows < 3 || c->n_rows > HP_CLAIMED_ROWS)
    return false;
  for (size_t i = 0; i < c->n_rows; i++) {
    const json_t *row = json_array_get(rows, i);
    if (!read_rational(c->h[i], json_object_get(row, "h")) || mpq_sgn(c->h[i]) <= 0 ||
        (i > 0 && mpq_cmp(c->h[i], c->h[i - 1]) >= 0) ||
        !read_interval(c->error + i, json_object_get(row, "error")) ||
        !read_interval(c->bound + i, json_object_get(row, "bound")))
      return false;
  }
  return true;
}

/* The name of the member that is missing or of another form, or NULL. */
static const char *read_claim(hp_claimed *c, const json_t *json) {
  size_t d = c->problem->n_params;
  bool flow = hp_claimed_flow_read(&c->flow, json_object_get(json, "flow"), d);
  if (!flow)
    return "flow";
  if (!read_rational(c->lambda, json_object_get(json, "momentum")) || mpq_sgn(c->lambda) < 0 ||
      mpq_cmp_ui(c->lambda, 1, 1) >= 0)
    return "momentum";
  if (!read_rational(c->a, json_object_get(json, "a")))
    return "a";
  if (!read_rational(c->horizon, json_object_get(json, "horizon")) ||
      !mpq_equal(c->horizon, c->flow.start[c->flow.n_steps]))
    return "horizon";
  for (size_t i = 0; i < d; i++)
    if (!read_interval(c->box + i, json_array_get(json_object_get(json, "box"), i)))
      return "box";
  for (int k = 0; k < HP_CLAIMED_CONSTANTS; k++)
    if (!read_interval(c->constant + k, json_object_get(json, constant_keys[k])))
      return constant_keys[k];
  hp_lambda_bar(c->lambda_bar, c->lambda);
  return read_rows(c, json_object_get(json, "rows")) ? NULL : "rows";
}

/* ---- bound and law ---- */

static void to_ball(arb_t y, const hp_interval *x) {
  arf_t low, high;
  arf_init(low);
  arf_init(high);
  arf_set_mpfr(low, x->low);
  arf_set_mpfr(high, x->high);
  arb_set_interval_arf(y, low, high, BITS);
  arf_clear(high);
  arf_clear(low);
}

/* L and nu as hp_recheck_constants proves them: with 2^-30 L more. */
static void add_room(arb_t L, arb_t nu) {
  arb_t room;
  arb_init(room);
  arb_mul_2exp_si(room, L, -30);
  arb_add(L, L, room, BITS);
  arb_add(nu, nu, room, BITS);
  arb_clear(room);
}

/* C(T) from the upper ends of the constants, to 2^-20 of itself because of their room; and the claimed
 * bound is above the claimed error. */
static char *recheck_bound(const hp_claimed *c) {
  arb_t constant[3], any, symmetric, reach;
  char *why = NULL;
  arb_init(any);
  arb_init(symmetric);
  arb_init(reach);
  for (int k = 0; k < 3; k++) {
    arb_init(constant[k]);
    arf_set_mpfr(arb_midref(constant[k]), c->constant[k].high);
  }
  add_room(constant[HP_CLAIMED_L], constant[HP_CLAIMED_NU]);
  hp_a1_bound_ball(any, c->lambda, c->a, constant[HP_CLAIMED_L], constant[HP_CLAIMED_B0],
                   c->horizon, BITS);
  hp_a1_bound_symmetric_ball(symmetric, c->lambda, c->a, constant[HP_CLAIMED_L],
                             constant[HP_CLAIMED_NU], constant[HP_CLAIMED_B0], c->horizon, BITS);
  for (size_t i = 0; i < c->n_rows && !why; i++) {
    arb_t h, claimed, error;
    arb_init(h);
    arb_init(claimed);
    arb_init(error);
    hp_arb_set_rational(h, c->h[i], BITS);
    hp_arb_set_rational(reach, c->lambda_bar, BITS);
    arb_mul(reach, reach, constant[HP_CLAIMED_L], BITS);
    arb_mul(reach, reach, h, BITS);
    arb_sub_ui(reach, reach, 2, BITS);
    arb_mul(h, h, arb_is_nonpositive(reach) ? symmetric : any, BITS);
    to_ball(claimed, c->bound + i);
    to_ball(error, c->error + i);
    bool above = arb_le(error, claimed);
    arb_sub(claimed, claimed, h, BITS);
    arb_abs(claimed, claimed);
    arb_mul_2exp_si(claimed, claimed, 20);
    if (!arb_le(claimed, h))
      why = hp_text("the bound C(T) h of row %zu does not follow from the constants", i + 1);
    else if (!above || !arb_le(error, h))
      why = hp_text("row %zu exceeds its bound C(T) h", i + 1);
    arb_clear(error);
    arb_clear(claimed);
    arb_clear(h);
  }
  for (int k = 0; k < 3; k++)
    arb_clear(constant[k]);
  arb_clear(reach);
  arb_clear(symmetric);
  arb_clear(any);
  return why;
}

/* Does the claimed interval agree with the ball to 2^-40 of its size at both ends? */
static bool agrees(const hp_interval *claimed, const arb_t x) {
  hp_interval *own = hp_interval_new(1, BITS);
  mpfr_t room;
  mpfr_init2(room, BITS);
  arb_get_interval_mpfr(own->low, own->high, x);
  mpfr_div_2ui(room, own->high, 40, MPFR_RNDU);
  mpfr_abs(room, room, MPFR_RNDU);
  mpfr_sub(own->low, own->low, claimed->low, MPFR_RNDA);
  mpfr_sub(own->high, own->high, claimed->high, MPFR_RNDA);
  bool agree = mpfr_cmpabs(own->low, room) <= 0 && mpfr_cmpabs(own->high, room) <= 0;
  mpfr_clear(room);
  hp_interval_free(own, 1);
  return agree;
}

static char *recheck_law(const hp_claimed *c) {
  arb_ptr h = _arb_vec_init((slong)c->n_rows), error = _arb_vec_init((slong)c->n_rows);
  arb_t K;
  hp_certified_law law;
  arb_init(K);
  hp_certified_law_init(&law);
  for (size_t i = 0; i < c->n_rows; i++) {
    hp_arb_set_rational(h + i, c->h[i], BITS);
    to_ball(error + i, c->error + i);
  }
  to_ball(K, c->constant + HP_CLAIMED_LARGEST_E);
  hp_certify_law(&law, c->n_rows, h, error, error, K, 1, BITS);
  char *why = NULL;
  if (!agrees(c->constant + HP_CLAIMED_SLOPE, law.slope))
    why = hp_text("the slope does not follow from the rows");
  else if (!agrees(c->constant + HP_CLAIMED_LIMIT, law.limit))
    why = hp_text("the bracket of the limit does not follow from the rows");
  hp_certified_law_clear(&law);
  arb_clear(K);
  _arb_vec_clear(error, (slong)c->n_rows);
  _arb_vec_clear(h, (slong)c->n_rows);
  return why;
}

/* ---- all ---- */

static char *recheck_claim(const hp_claimed *c) {
  char *why = hp_recheck_flow(&c->flow, c->problem, c->lambda_bar, c->box);
  for (size_t i = 0; i < c->n_rows && !why; i++)
    why = hp_recheck_row(c, i);
  if (!why &&
      !hp_recheck_constants(c->problem, c->box, c->constant[HP_CLAIMED_B0].high,
                            c->constant[HP_CLAIMED_L].high, c->constant[HP_CLAIMED_NU].high))
    why = hp_text("B0, L or nu is exceeded somewhere in the box");
  if (!why)
    why = recheck_bound(c);
  return why ? why : recheck_law(c);
}

static bool is(const json_t *json, const char *key, const char *value) {
  const char *text = json_string_value(json_object_get(json, key));
  return text && strcmp(text, value) == 0;
}

char *hp_recheck(const json_t *certificate, const hp_problem *problem) {
  char fingerprint[HP_FINGERPRINT_SIZE];
  hp_problem_fingerprint(problem, fingerprint);
  if (!is(certificate, "schema", "heavyproof.certificate/1") || !is(certificate, "claim", "A1"))
    return hp_text("not a certificate of A1 in the form heavyproof.certificate/1");
  if (!is(certificate, "fingerprint", fingerprint))
    return hp_text("the certificate is of another problem: its fingerprint is not %s", fingerprint);
  if (!hp_seal_holds(certificate))
    return hp_text("the seal is not that of the rest: something was changed");
  hp_claimed c;
  claim_init(&c, problem);
  const char *missing = read_claim(&c, certificate);
  char *why =
      missing ? hp_text("\"%s\" is missing or has another form", missing) : recheck_claim(&c);
  claim_clear(&c);
  return why;
}
