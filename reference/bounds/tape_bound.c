#include "tape_bound.h"
#include "reference/problem/allocate.h"
#include "reference/problem/program.h"
#include <math.h>

enum { BITS = 320 };

/* The operands of an instruction with their errors, and |a|, |b|, |cos a|. */
typedef struct {
  arb_srcptr a, ea, b, eb;
  arb_t size_a, size_b, cosine;
} operands;

static void operands_init(operands *at, const hp_tape_bound *bound, hp_instruction code) {
  *at = (operands){.a = bound->value + code.a,
                   .ea = bound->error + code.a,
                   .b = bound->value + code.b,
                   .eb = bound->error + code.b};
  arb_init(at->size_a);
  arb_init(at->size_b);
  arb_init(at->cosine);
  arb_abs(at->size_a, at->a);
  arb_abs(at->size_b, at->b);
  arb_cos(at->cosine, at->a, BITS);
  arb_abs(at->cosine, at->cosine);
}

static void operands_clear(operands *at) {
  arb_clear(at->cosine);
  arb_clear(at->size_b);
  arb_clear(at->size_a);
}

/* in_domain_around of spec/acsl/operation.h */
static bool in_domain_around(hp_operation op, const operands *at) {
  switch (op) {
  case HP_DIV:
    return arb_lt(at->eb, at->size_b);
  case HP_SQRT:
    return arb_le(at->ea, at->a);
  case HP_LOG:
    return arb_lt(at->ea, at->a);
  case HP_TAN:
    return arb_lt(at->ea, at->cosine);
  default:
    return true;
  }
}

/* p := e/(size (size - margin)) */
static void divide(arb_t p, const arb_t e, const arb_t size, arb_srcptr margin) {
  arb_t below;
  arb_init(below);
  arb_sub(below, size, margin, BITS);
  arb_mul(below, below, size, BITS);
  arb_div(p, e, below, BITS);
  arb_clear(below);
}

/* propagated_error of spec/acsl/operation.h */
static void propagate(arb_t p, hp_operation op, const operands *at) {
  arb_t factor;
  arb_init(factor);
  arb_set(p, at->ea);
  switch (op) {
  case HP_ADD:
  case HP_SUB:
    arb_add(p, at->ea, at->eb, BITS);
    break;
  case HP_MUL:
  case HP_SQR: /* |a| eb + |b| ea + ea eb */
    arb_mul(p, at->ea, at->eb, BITS);
    arb_addmul(p, at->size_a, at->eb, BITS);
    arb_addmul(p, at->size_b, at->ea, BITS);
    break;
  case HP_DIV:
    arb_mul(factor, at->size_a, at->eb, BITS);
    arb_addmul(factor, at->size_b, at->ea, BITS);
    divide(p, factor, at->size_b, at->eb);
    break;
  case HP_SQRT:
    if (arb_is_zero(at->ea))
      break;
    arb_sqrt(factor, at->a, BITS);
    arb_div(p, at->ea, factor, BITS);
    break;
  case HP_LOG:
    arb_sub(factor, at->a, at->ea, BITS);
    arb_div(p, at->ea, factor, BITS);
    break;
  case HP_TAN:
    divide(p, at->ea, at->cosine, at->ea);
    break;
  case HP_EXP:
  case HP_SINH:
  case HP_COSH:
    hp_arb_operation(op == HP_EXP ? HP_EXP : HP_COSH, factor, at->a, at->a, BITS);
    arb_expm1(p, at->ea, BITS);
    arb_mul(p, p, factor, BITS);
    break;
  default: /* 1-Lipschitz */
    break;
  }
  arb_clear(factor);
}

/* operation_error of spec/acsl/operation.h: error += units (2^-53 size) + halves 2^-1075 */
static void add_rounding(arb_t error, hp_operation op, const arb_t size) {
  bool product = op == HP_MUL || op == HP_DIV || op == HP_SQR;
  bool root_or_sum = op == HP_ADD || op == HP_SUB || op == HP_SQRT;
  slong units = op == HP_NEG ? 0 : product || root_or_sum ? 1 : 4;
  slong halves = root_or_sum ? 0 : product ? 1 : units;
  arb_t term;
  arb_init(term);
  arb_mul_si(term, size, units, BITS);
  arb_mul_2exp_si(term, term, -53);
  arb_add(error, error, term, BITS);
  arb_set_si(term, halves);
  arb_mul_2exp_si(term, term, -1075);
  arb_add(error, error, term, BITS);
  arb_clear(term);
}

static void bound_instruction(hp_tape_bound *bound, hp_instruction code, size_t k) {
  operands at;
  arb_t size, range;
  arb_init(size);
  arb_init(range);
  operands_init(&at, bound, code);
  hp_arb_operation(code.op, bound->value + k, at.a, at.b, BITS);
  propagate(bound->error + k, code.op, &at);
  arb_abs(size, bound->value + k);
  arb_add(size, size, bound->error + k, BITS);
  arb_one(range);
  arb_mul_2exp_si(range, range, 1000);
  bound->defined[k] = bound->defined[code.a] && bound->defined[code.b] &&
                      in_domain_around(code.op, &at) && arb_le(size, range);
  add_rounding(bound->error + k, code.op, size);
  operands_clear(&at);
  arb_clear(range);
  arb_clear(size);
}

static void bound_leaf(hp_tape_bound *bound, size_t k, double x) {
  arb_set_d(bound->value + k, x);
  bound->defined[k] = isfinite(x);
}

void hp_tape_bound_init(hp_tape_bound *bound, const hp_tape *tape, const double *x) {
  size_t first = tape->n_inputs + tape->n_constants;
  bound->slots = (slong)(first + tape->n_instructions);
  bound->value = _arb_vec_init(bound->slots);
  bound->error = _arb_vec_init(bound->slots);
  bound->defined = hp_allocate((size_t)bound->slots, sizeof *bound->defined);
  for (size_t k = 0; k < tape->n_inputs; k++)
    bound_leaf(bound, k, x[k]);
  for (size_t k = 0; k < tape->n_constants; k++)
    bound_leaf(bound, tape->n_inputs + k, tape->constants[k]);
  for (size_t i = 0; i < tape->n_instructions; i++)
    bound_instruction(bound, tape->code[i], first + i);
}

void hp_tape_bound_clear(hp_tape_bound *bound) {
  free(bound->defined);
  _arb_vec_clear(bound->error, bound->slots);
  _arb_vec_clear(bound->value, bound->slots);
}

static void set_distance(arb_t distance, const hp_tape_bound *bound, size_t k, double computed) {
  arb_set_d(distance, computed);
  arb_sub(distance, distance, bound->value + k, BITS);
  arb_abs(distance, distance);
}

bool hp_slot_within_bound(const hp_tape_bound *bound, size_t k, double computed) {
  if (!bound->defined[k])
    return true;
  if (!isfinite(computed))
    return false;
  arb_t distance;
  arb_init(distance);
  set_distance(distance, bound, k, computed);
  bool holds = !arb_gt(distance, bound->error + k);
  arb_clear(distance);
  return holds;
}

double hp_slot_share(const hp_tape_bound *bound, size_t k, double computed) {
  arb_t share;
  arb_init(share);
  set_distance(share, bound, k, computed);
  arb_div(share, share, bound->error + k, BITS);
  double nearest = arf_get_d(arb_midref(share), ARF_RND_NEAR);
  arb_clear(share);
  return nearest;
}
