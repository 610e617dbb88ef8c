#include "interval.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

typedef int (*rounded_unary)(mpfr_t, const mpfr_t, mpfr_rnd_t);
typedef int (*rounded_binary)(mpfr_t, const mpfr_t, const mpfr_t, mpfr_rnd_t);

hp_interval *hp_interval_new(size_t n, mpfr_prec_t bits) {
  hp_interval *x = hp_allocate(n, sizeof *x);
  for (size_t i = 0; i < n; i++) {
    mpfr_inits2(bits, x[i].low, x[i].high, (mpfr_ptr)0);
    mpfr_set_zero(x[i].low, 1);
    mpfr_set_zero(x[i].high, 1);
  }
  return x;
}

void hp_interval_free(hp_interval *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    mpfr_clears(x[i].low, x[i].high, (mpfr_ptr)0);
  free(x);
}

void hp_interval_set(hp_interval *y, const hp_interval *x) {
  mpfr_set(y->low, x->low, MPFR_RNDD);
  mpfr_set(y->high, x->high, MPFR_RNDU);
}

void hp_interval_set_rational(hp_interval *y, const mpq_t x) {
  mpfr_set_q(y->low, x, MPFR_RNDD);
  mpfr_set_q(y->high, x, MPFR_RNDU);
}

static void set_everything(hp_interval *y) {
  mpfr_set_inf(y->low, -1);
  mpfr_set_inf(y->high, 1);
}

bool hp_interval_contains(const hp_interval *outer, const hp_interval *inner) {
  return mpfr_lessequal_p(outer->low, inner->low) && mpfr_greaterequal_p(outer->high, inner->high);
}

bool hp_interval_is_finite(const hp_interval *x) {
  return mpfr_number_p(x->low) && mpfr_number_p(x->high);
}

/* Hull of the four values at the ends: of products, and of quotients where b does not hold 0. */
static void four(hp_interval *y, rounded_binary f, const hp_interval *a, const hp_interval *b) {
  mpfr_srcptr left[4] = {a->low, a->low, a->high, a->high};
  mpfr_srcptr right[4] = {b->low, b->high, b->low, b->high};
  hp_interval *hull = hp_interval_new(1, mpfr_get_prec(y->low));
  mpfr_t end;
  mpfr_init2(end, mpfr_get_prec(y->low));
  for (int i = 0; i < 4; i++) {
    f(end, left[i], right[i], MPFR_RNDD);
    if (i == 0 || mpfr_less_p(end, hull->low) || mpfr_nan_p(end))
      mpfr_set(hull->low, end, MPFR_RNDD);
    f(end, left[i], right[i], MPFR_RNDU);
    if (i == 0 || mpfr_greater_p(end, hull->high) || mpfr_nan_p(end))
      mpfr_set(hull->high, end, MPFR_RNDU);
  }
  hp_interval_set(y, hull);
  mpfr_clear(end);
  hp_interval_free(hull, 1);
}

static void divide(hp_interval *y, const hp_interval *a, const hp_interval *b) {
  if (mpfr_sgn(b->low) > 0 || mpfr_sgn(b->high) < 0)
    four(y, mpfr_div, a, b);
  else
    set_everything(y);
}

/* [a]^2: the square of what is nearest to 0 and farthest from it */
static void square(hp_interval *y, const hp_interval *a) {
  bool below = mpfr_sgn(a->high)<0, above = mpfr_sgn(a->low)> 0;
  mpfr_srcptr far = mpfr_cmpabs(a->low, a->high) > 0 ? a->low : a->high;
  mpfr_t low;
  mpfr_init2(low, mpfr_get_prec(y->low));
  mpfr_set_zero(low, 1);
  if (below || above)
    mpfr_sqr(low, above ? a->low : a->high, MPFR_RNDD);
  mpfr_sqr(y->high, far, MPFR_RNDU);
  mpfr_swap(y->low, low);
  mpfr_clear(low);
}

static void increasing(hp_interval *y, rounded_unary f, const hp_interval *a) {
  f(y->low, a->low, MPFR_RNDD);
  f(y->high, a->high, MPFR_RNDU);
}

/* sin, cos: |f(x) - f(low)| <= x - low for low <= x, cut to [-1, 1] */
static void circular(hp_interval *y, rounded_unary f, const hp_interval *a) {
  mpfr_t width, low;
  mpfr_inits2(mpfr_get_prec(y->low), width, low, (mpfr_ptr)0);
  mpfr_set(low, a->low, MPFR_RNDD);
  mpfr_sub(width, a->high, low, MPFR_RNDU);
  f(y->high, low, MPFR_RNDU);
  f(y->low, low, MPFR_RNDD);
  mpfr_add(y->high, y->high, width, MPFR_RNDU);
  mpfr_sub(y->low, y->low, width, MPFR_RNDD);
  if (mpfr_cmp_si(y->high, 1) > 0)
    mpfr_set_si(y->high, 1, MPFR_RNDU);
  if (mpfr_cmp_si(y->low, -1) < 0)
    mpfr_set_si(y->low, -1, MPFR_RNDD);
  mpfr_clears(width, low, (mpfr_ptr)0);
}

static void tangent(hp_interval *y, const hp_interval *a) {
  hp_interval *cosine = hp_interval_new(1, mpfr_get_prec(y->low));
  circular(cosine, mpfr_cos, a);
  circular(y, mpfr_sin, a);
  divide(y, y, cosine);
  hp_interval_free(cosine, 1);
}

/* (e^x + e^-x)/2 */
static void hyperbolic_cosine(hp_interval *y, const hp_interval *a) {
  hp_interval *minus = hp_interval_new(1, mpfr_get_prec(y->low));
  mpfr_neg(minus->low, a->high, MPFR_RNDD);
  mpfr_neg(minus->high, a->low, MPFR_RNDU);
  increasing(minus, mpfr_exp, minus);
  increasing(y, mpfr_exp, a);
  mpfr_add(y->low, y->low, minus->low, MPFR_RNDD);
  mpfr_add(y->high, y->high, minus->high, MPFR_RNDU);
  mpfr_div_2ui(y->low, y->low, 1, MPFR_RNDD);
  mpfr_div_2ui(y->high, y->high, 1, MPFR_RNDU);
  hp_interval_free(minus, 1);
}

static void apply_unary(hp_interval *y, hp_operation op, const hp_interval *a) {
  static const rounded_unary table[HP_OPERATIONS] = {
      [HP_SQRT] = mpfr_sqrt, [HP_EXP] = mpfr_exp,     [HP_LOG] = mpfr_log,  [HP_SINH] = mpfr_sinh,
      [HP_TANH] = mpfr_tanh, [HP_ASINH] = mpfr_asinh, [HP_ATAN] = mpfr_atan};
  if (op == HP_SQR)
    square(y, a);
  else if (op == HP_SIN || op == HP_COS)
    circular(y, op == HP_SIN ? mpfr_sin : mpfr_cos, a);
  else if (op == HP_TAN)
    tangent(y, a);
  else if (op == HP_COSH)
    hyperbolic_cosine(y, a);
  else
    increasing(y, table[op], a);
}

void hp_interval_apply(hp_interval *y, hp_operation op, const hp_interval *a,
                       const hp_interval *b) {
  mpfr_t low;
  mpfr_init2(low, mpfr_get_prec(y->low));
  switch (op) {
  case HP_ADD:
    mpfr_add(y->low, a->low, b->low, MPFR_RNDD);
    mpfr_add(y->high, a->high, b->high, MPFR_RNDU);
    break;
  case HP_SUB:
    mpfr_sub(low, a->low, b->high, MPFR_RNDD);
    mpfr_sub(y->high, a->high, b->low, MPFR_RNDU);
    mpfr_swap(y->low, low);
    break;
  case HP_MUL:
    four(y, mpfr_mul, a, b);
    break;
  case HP_DIV:
    divide(y, a, b);
    break;
  case HP_NEG:
    mpfr_neg(low, a->high, MPFR_RNDD);
    mpfr_neg(y->high, a->low, MPFR_RNDU);
    mpfr_swap(y->low, low);
    break;
  default:
    apply_unary(y, op, a);
  }
  if (mpfr_nan_p(y->low) || mpfr_nan_p(y->high))
    set_everything(y);
  mpfr_clear(low);
}

void hp_interval_norm(hp_interval *norm, const hp_interval *x, size_t n) {
  hp_interval *one = hp_interval_new(1, mpfr_get_prec(norm->low));
  mpfr_set_zero(norm->low, 1);
  mpfr_set_zero(norm->high, 1);
  for (size_t i = 0; i < n; i++) {
    hp_interval_apply(one, HP_SQR, x + i, x + i);
    hp_interval_apply(norm, HP_ADD, norm, one);
  }
  hp_interval_apply(norm, HP_SQRT, norm, norm);
  hp_interval_free(one, 1);
}

void hp_interval_evaluate(const hp_program *program, const hp_interval x[], hp_interval result[],
                          mpfr_prec_t bits) {
  size_t n = hp_program_slots(program), s = 0;
  hp_interval *slot = hp_interval_new(n, bits);
  for (; s < program->n_inputs; s++)
    hp_interval_set(slot + s, x + s);
  for (size_t i = 0; i < program->n_constants; i++)
    hp_interval_set_rational(slot + s++, program->constants[i]);
  for (size_t i = 0; i < program->n_instructions; i++, s++) {
    hp_instruction at = program->code[i];
    hp_interval_apply(slot + s, (hp_operation)at.op, slot + at.a, slot + at.b);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    hp_interval_set(result + i, slot + program->output[i]);
  hp_interval_free(slot, n);
}
