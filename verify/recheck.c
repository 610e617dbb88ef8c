#include "recheck.h"
#include "certified_law.h"
#include "constants.h"
#include "reference/problem/allocate.h"
#include "reference/problem/fingerprint.h"
#include "reference/problem/rational.h"
#include "results.h"
#include <stdlib.h>
#include <string.h>

enum { BITS = 320, MOST_ROWS = 64 };

/* What the certificate says, read. */
typedef struct {
  const hp_problem *problem;
  mpq_t lambda, a, horizon, lambda_bar;
  hp_claimed_flow flow;
  size_t n_rows;
  mpq_t h[MOST_ROWS];
  hp_interval *box, *error, *bound, *constant; /* constant: B0, L, nu, max|E|, slope, limit */
} claim;

static const char *const constant_keys[] = {"B0", "L", "nu", "largest_E", "slope", "limit"};
enum { B0, L, NU, LARGEST_E, SLOPE, LIMIT, N_CONSTANTS };

/* ---- reading ---- */

static bool read_rational(mpq_t x, const json_t *text) {
  return json_is_string(text) && hp_rational_read(x, json_string_value(text));
}

/* [low, high]: the ends rounded inwards, so that what is verified of them holds of the claim */
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

static void claim_init(claim *c, const hp_problem *problem) {
  *c = (claim){.problem = problem};
  mpq_inits(c->lambda, c->a, c->horizon, c->lambda_bar, (mpq_ptr)0);
  for (size_t i = 0; i < MOST_ROWS; i++)
    mpq_init(c->h[i]);
  c->box = hp_interval_new(problem->n_params, BITS);
  c->error = hp_interval_new(MOST_ROWS, BITS);
  c->bound = hp_interval_new(MOST_ROWS, BITS);
  c->constant = hp_interval_new(N_CONSTANTS, BITS);
}

static void claim_clear(claim *c) {
  hp_claimed_flow_clear(&c->flow);
  hp_interval_free(c->constant, N_CONSTANTS);
  hp_interval_free(c->bound, MOST_ROWS);
  hp_interval_free(c->error, MOST_ROWS);
  hp_interval_free(c->box, c->problem->n_params);
  for (size_t i = 0; i < MOST_ROWS; i++)
    mpq_clear(c->h[i]);
  mpq_clears(c->lambda, c->a, c->horizon, c->lambda_bar, (mpq_ptr)0);
}

static bool read_rows(claim *c, const json_t *rows) {
  c->n_rows = json_array_size(rows);
  if (c->n_rows < 3 || c->n_rows > MOST_ROWS)
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
static const char *read_claim(claim *c, const json_t *json) {
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
  for (int k = 0; k < N_CONSTANTS; k++)
    if (!read_interval(c->constant + k, json_object_get(json, constant_keys[k])))
      return constant_keys[k];
  hp_lambda_bar(c->lambda_bar, c->lambda);
  return read_rows(c, json_object_get(json, "rows")) ? NULL : "rows";
}

/* ---- rows ---- */

/* The recurrence in intervals. */
typedef struct {
  hp_interval *u, *v, *ahead, *g, *before;
  hp_interval *number; /* lambda, h, h a, a, lambda lambda_bar, work */
} orbit;

static void orbit_init(orbit *o, const claim *c, const mpq_t h) {
  size_t d = c->problem->n_params;
  mpq_t q;
  mpq_init(q);
  o->u = hp_interval_new(5 * d, BITS);
  o->v = o->u + d;
  o->ahead = o->v + d;
  o->g = o->ahead + d;
  o->before = o->g + d;
  o->number = hp_interval_new(6, BITS);
  hp_interval_set_rational(o->number, c->lambda);
  hp_interval_set_rational(o->number + 1, h);
  mpq_mul(q, h, c->a);
  hp_interval_set_rational(o->number + 2, q);
  hp_interval_set_rational(o->number + 3, c->a);
  mpq_mul(q, c->lambda, c->lambda_bar);
  hp_interval_set_rational(o->number + 4, q);
  for (size_t i = 0; i < d; i++) {
    hp_interval_set_rational(o->u + i, c->problem->start[i]);
    hp_interval_set(o->before + i, o->u + i);
  }
  mpq_clear(q);
}

static void orbit_clear(orbit *o, size_t d) {
  hp_interval_free(o->number, 6);
  hp_interval_free(o->u, 5 * d);
}

static void orbit_step(orbit *o, const hp_program *gradient) {
  hp_interval *work = o->number + 5;
  size_t d = gradient->n_inputs;
  for (size_t i = 0; i < d; i++) {
    hp_interval_apply(work, HP_MUL, o->number + 2, o->v + i);
    hp_interval_apply(o->ahead + i, HP_ADD, o->u + i, work);
    hp_interval_set(o->before + i, o->u + i);
  }
  hp_interval_evaluate(gradient, o->ahead, o->g, BITS);
  for (size_t i = 0; i < d; i++) {
    hp_interval_apply(o->v + i, HP_MUL, o->number, o->v + i);
    hp_interval_apply(o->v + i, HP_SUB, o->v + i, o->g + i);
    hp_interval_apply(work, HP_MUL, o->number + 1, o->v + i);
    hp_interval_apply(o->u + i, HP_ADD, o->u + i, work);
  }
}

/* Do u_n, u_n + a (u_n - u_{n-1}) and u_n + lambda lambda_bar (u_n - u_{n-1}) lie in the box? */
static bool in_box(const orbit *o, const claim *c) {
  hp_interval *work = o->number + 5;
  bool inside = true;
  for (size_t i = 0; i < c->problem->n_params && inside; i++) {
    inside = hp_interval_contains(c->box + i, o->u + i);
    for (int k = 3; k <= 4; k++) {
      hp_interval_apply(work, HP_SUB, o->u + i, o->before + i);
      hp_interval_apply(work, HP_MUL, work, o->number + k);
      hp_interval_apply(work, HP_ADD, work, o->u + i);
      inside = inside && hp_interval_contains(c->box + i, work);
    }
  }
  return inside;
}

/* largest = max(largest, |u - P| +- within) in step i of the flow, at t */
static void compare(hp_interval *largest, orbit *o, const claim *c, size_t step, const mpq_t t) {
  size_t d = c->problem->n_params;
  mpq_t s;
  mpq_init(s);
  mpq_sub(s, t, c->flow.start[step]);
  hp_interval *norm = hp_interval_new(2, BITS);
  hp_interval_set_rational(norm + 1, s);
  hp_claimed_flow_eval(&c->flow, step, norm + 1, o->ahead);
  for (size_t i = 0; i < d; i++)
    hp_interval_apply(o->ahead + i, HP_SUB, o->ahead + i, o->u + i);
  hp_interval_norm(norm, o->ahead, d);
  mpfr_sub_q(norm->low, norm->low, c->flow.within[step], MPFR_RNDD);
  mpfr_add_q(norm->high, norm->high, c->flow.within[step], MPFR_RNDU);
  mpfr_max(largest->low, largest->low, norm->low, MPFR_RNDD);
  mpfr_max(largest->high, largest->high, norm->high, MPFR_RNDU);
  hp_interval_free(norm, 2);
  mpq_clear(s);
}

static char *recheck_row(const claim *c, size_t row) {
  orbit o;
  mpq_t t;
  mpq_init(t);
  orbit_init(&o, c, c->h[row]);
  hp_interval *largest = hp_interval_new(1, BITS);
  char *why = NULL, *h = hp_rational_text(c->h[row]);
  size_t step = 0;
  for (; !why; mpq_add(t, t, c->h[row])) {
    while (step + 1 < c->flow.n_steps && mpq_cmp(c->flow.start[step + 1], t) <= 0)
      step++;
    compare(largest, &o, c, step, t);
    if (!in_box(&o, c))
      why = hp_text("the box does not hold the iterates at h = %s", h);
    mpq_t next;
    mpq_init(next);
    mpq_add(next, t, c->h[row]);
    bool last = mpq_cmp(next, c->horizon) > 0;
    mpq_clear(next);
    if (last)
      break;
    orbit_step(&o, c->problem->gradient_program);
  }
  if (!why && !hp_interval_contains(c->error + row, largest))
    why = hp_text("E1 at h = %s does not lie in the interval claimed", h);
  free(h);
  hp_interval_free(largest, 1);
  orbit_clear(&o, c->problem->n_params);
  mpq_clear(t);
  return why;
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

/* C(T) from the upper ends of the constants, widened by 2^-20 for what L and nu were given more. */
static char *recheck_bound(const claim *c) {
  arb_t constant[3], any, symmetric, reach;
  char *why = NULL;
  arb_init(any);
  arb_init(symmetric);
  arb_init(reach);
  for (int k = 0; k < 3; k++) {
    arb_init(constant[k]);
    arf_set_mpfr(arb_midref(constant[k]), c->constant[k].high);
  }
  hp_a1_bound_ball(any, c->lambda, c->a, constant[L], constant[B0], c->horizon, BITS);
  hp_a1_bound_symmetric_ball(symmetric, c->lambda, c->a, constant[L], constant[NU], constant[B0],
                             c->horizon, BITS);
  for (size_t i = 0; i < c->n_rows && !why; i++) {
    arb_t h, claimed, error;
    arb_init(h);
    arb_init(claimed);
    arb_init(error);
    hp_arb_set_rational(h, c->h[i], BITS);
    hp_arb_set_rational(reach, c->lambda_bar, BITS);
    arb_mul(reach, reach, constant[L], BITS);
    arb_mul(reach, reach, h, BITS);
    arb_sub_ui(reach, reach, 2, BITS);
    arb_mul(h, h, arb_is_nonpositive(reach) ? symmetric : any, BITS);
    to_ball(claimed, c->bound + i);
    to_ball(error, c->error + i);
    arb_sub(claimed, claimed, h, BITS);
    arb_abs(claimed, claimed);
    arb_mul_2exp_si(claimed, claimed, 40);
    if (!arb_le(claimed, h))
      why = hp_text("the bound C(T) h of row %zu does not follow from the constants", i + 1);
    else if (!arb_le(error, h))
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

static char *recheck_law(const claim *c) {
  arb_ptr h = _arb_vec_init((slong)c->n_rows), error = _arb_vec_init((slong)c->n_rows);
  arb_t K;
  hp_certified_law law;
  arb_init(K);
  hp_certified_law_init(&law);
  for (size_t i = 0; i < c->n_rows; i++) {
    hp_arb_set_rational(h + i, c->h[i], BITS);
    to_ball(error + i, c->error + i);
  }
  to_ball(K, c->constant + LARGEST_E);
  hp_certify_law(&law, c->n_rows, h, error, error, K, 1, BITS);
  char *why = NULL;
  if (!agrees(c->constant + SLOPE, law.slope))
    why = hp_text("the slope does not follow from the rows");
  else if (!agrees(c->constant + LIMIT, law.limit))
    why = hp_text("the bracket of the limit does not follow from the rows");
  hp_certified_law_clear(&law);
  arb_clear(K);
  _arb_vec_clear(error, (slong)c->n_rows);
  _arb_vec_clear(h, (slong)c->n_rows);
  return why;
}

/* ---- all ---- */

static char *recheck_claim(const claim *c) {
  char *why = hp_recheck_flow(&c->flow, c->problem, c->lambda_bar, c->box);
  for (size_t i = 0; i < c->n_rows && !why; i++)
    why = recheck_row(c, i);
  if (!why && !hp_recheck_constants(c->problem, c->box, c->constant[B0].high, c->constant[L].high,
                                    c->constant[NU].high))
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
  claim c;
  claim_init(&c, problem);
  const char *missing = read_claim(&c, certificate);
  char *why =
      missing ? hp_text("\"%s\" is missing or has another form", missing) : recheck_claim(&c);
  claim_clear(&c);
  return why;
}
