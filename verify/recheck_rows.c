#include "recheck.h"
#include "reference/problem/rational.h"
#include "results.h"
#include <stdlib.h>

enum { BITS = HP_RECHECK_BITS };

/* The recurrence in intervals. */
typedef struct {
  hp_interval *u, *v, *ahead, *g, *before;
  hp_interval *number; /* lambda, h, h a, a, lambda lambda_bar, work */
} orbit;

static void orbit_init(orbit *o, const hp_claimed *c, const mpq_t h) {
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
static bool in_box(const orbit *o, const hp_claimed *c) {
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
static void compare(hp_interval *largest, orbit *o, const hp_claimed *c, size_t step,
                    const mpq_t t) {
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

char *hp_recheck_row(const hp_claimed *c, size_t row) {
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
