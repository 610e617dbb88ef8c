#include "supremum.h"
#include "definite.h"
#include "jacobian.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

static const slong BITS = 64;

typedef struct {
  arb_ptr box;
  arf_struct high;
} part;

typedef struct {
  hp_supremum_kind kind;
  const hp_program *program;
  size_t d;
  arb_ptr value, middle;
} evaluator;

/* bound >= the quantity at every point of x; infinite when it cannot be evaluated. */
static void bound_over(arf_t bound, const evaluator *e, const arb_struct x[]) {
  size_t n = e->program->n_outputs;
  hp_evaluate_arb(e->program, x, e->value, BITS);
  if (e->kind == HP_SUP_GRADIENT) {
    arb_t norm;
    arb_init(norm);
    arb_dot(norm, NULL, 0, e->value, 1, e->value, 1, (slong)n, BITS);
    arb_sqrtpos(norm, norm, BITS);
    arb_get_ubound_arf(bound, norm, BITS);
    if (!arb_is_finite(norm))
      arf_pos_inf(bound);
    arb_clear(norm);
    return;
  }
  if (e->kind == HP_SUP_MINUS_HESSIAN)
    _arb_vec_neg(e->value, e->value, (slong)n);
  if (!hp_logarithmic_norm(bound, e->value, e->d))
    arf_pos_inf(bound);
}

/* Sets part->high, and low to the value in the middle when that is larger. */
static void look(part *p, arf_t low, const evaluator *e) {
  arf_t at;
  arf_init(at);
  bound_over(&p->high, e, p->box);
  for (size_t i = 0; i < e->d; i++)
    arb_get_mid_arb(e->middle + i, p->box + i);
  bound_over(at, e, e->middle);
  if (arf_is_finite(at))
    arf_max(low, low, at);
  arf_clear(at);
}

/* The direction in which the part is widest, in units of the whole box. */
static size_t widest(const part *p, const arb_struct box[], size_t d) {
  size_t best = 0;
  double width = -1;
  for (size_t i = 0; i < d; i++) {
    double whole = mag_get_d(arb_radref(box + i));
    double share = whole > 0 ? mag_get_d(arb_radref(p->box + i)) / whole : 0;
    if (share > width) {
      width = share;
      best = i;
    }
  }
  return best;
}

static void part_init(part *p, const arb_struct box[], size_t d) {
  p->box = _arb_vec_init((slong)d);
  _arb_vec_set(p->box, box, (slong)d);
  arf_init(&p->high);
}

/* One half stays where it was, the other is appended; their union holds the old part. */
static void halve(part *p, part *other, size_t i, size_t d) {
  arf_t low, high, middle;
  arf_init(low);
  arf_init(high);
  arf_init(middle);
  arb_get_interval_arf(low, high, p->box + i, BITS);
  arf_set(middle, arb_midref(p->box + i));
  part_init(other, p->box, d);
  arb_set_interval_arf(p->box + i, low, middle, BITS);
  arb_set_interval_arf(other->box + i, middle, high, BITS);
  arf_clear(middle);
  arf_clear(high);
  arf_clear(low);
}

static size_t largest(const part parts[], size_t n) {
  size_t best = 0;
  for (size_t i = 1; i < n; i++)
    if (arf_cmp(&parts[i].high, &parts[best].high) > 0)
      best = i;
  return best;
}

/* high - low <= |high|/100 */
static bool close_enough(const arf_t low, const arf_t high) {
  arf_t gap, share;
  arf_init(gap);
  arf_init(share);
  arf_sub(gap, high, low, BITS, ARF_RND_UP);
  arf_mul_ui(gap, gap, 100, BITS, ARF_RND_UP);
  arf_abs(share, high);
  bool result = arf_is_finite(high) && arf_cmp(gap, share) <= 0;
  arf_clear(share);
  arf_clear(gap);
  return result;
}

void hp_supremum(arf_t low, arf_t high, hp_supremum_kind kind, const hp_program *program,
                 const arb_struct box[], size_t most_parts) {
  size_t d = program->n_inputs, n = 1;
  part *parts = hp_allocate(most_parts, sizeof *parts);
  evaluator e = {kind, program, d, _arb_vec_init((slong)program->n_outputs),
                 _arb_vec_init((slong)d)};
  arf_neg_inf(low);
  part_init(&parts[0], box, d);
  look(&parts[0], low, &e);
  size_t worst = 0;
  while (n < most_parts && !close_enough(low, &parts[worst].high)) {
    halve(&parts[worst], &parts[n], widest(&parts[worst], box, d), d);
    look(&parts[worst], low, &e);
    look(&parts[n++], low, &e);
    worst = largest(parts, n);
  }
  arf_set(high, &parts[worst].high);
  for (size_t i = 0; i < n; i++) {
    arf_clear(&parts[i].high);
    _arb_vec_clear(parts[i].box, (slong)d);
  }
  _arb_vec_clear(e.middle, (slong)d);
  _arb_vec_clear(e.value, (slong)program->n_outputs);
  free(parts);
}

void hp_enclosed_constants_init(hp_enclosed_constants *constants) {
  arb_init(constants->B0);
  arb_init(constants->L);
  arb_init(constants->nu);
}

void hp_enclosed_constants_clear(hp_enclosed_constants *constants) {
  arb_clear(constants->nu);
  arb_clear(constants->L);
  arb_clear(constants->B0);
}

/* [low, high], negative parts cut off; not finite when high is not. */
static void set_interval(arb_t result, arf_t low, arf_t high) {
  if (!arf_is_finite(high)) {
    arb_indeterminate(result);
    return;
  }
  arf_t zero;
  arf_init(zero);
  arf_max(high, high, zero);
  arf_max(low, low, zero);
  arf_min(low, low, high);
  arb_set_interval_arf(result, low, high, BITS);
  arf_clear(zero);
}

void hp_enclose_constants(hp_enclosed_constants *constants, const hp_problem *problem,
                          const arb_struct box[], size_t most_parts) {
  arf_t low, high;
  hp_program *hessian = hp_program_jacobian(problem->gradient_program);
  arf_init(low);
  arf_init(high);
  hp_supremum(low, high, HP_SUP_GRADIENT, problem->gradient_program, box, most_parts);
  set_interval(constants->B0, low, high);
  hp_supremum(low, high, HP_SUP_MINUS_HESSIAN, hessian, box, most_parts);
  set_interval(constants->nu, low, high);
  hp_supremum(low, high, HP_SUP_HESSIAN, hessian, box, most_parts);
  set_interval(constants->L, low, high);
  arb_max(constants->L, constants->L, constants->nu, BITS);
  arf_clear(high);
  arf_clear(low);
  hp_program_free(hessian);
}
