#include "plan.h"
#include <flint/fmpq.h>

static const slong LOG2_LARGEST = 1L << 40;

typedef void (*binary_function)(arb_t, const arb_t, const arb_t, slong);
typedef void (*unary_function)(arb_t, const arb_t, slong);

/* Either column, never both. */
static const struct {
  binary_function binary;
  unary_function unary;
} table[HP_OPERATIONS] = {
    [HP_ADD] = {arb_add, NULL},     [HP_SUB] = {arb_sub, NULL},       [HP_MUL] = {arb_mul, NULL},
    [HP_DIV] = {arb_div, NULL},     [HP_NEG] = {NULL, arb_neg_round}, [HP_SQR] = {NULL, arb_sqr},
    [HP_SQRT] = {NULL, arb_sqrt},   [HP_EXP] = {NULL, arb_exp},       [HP_LOG] = {NULL, arb_log},
    [HP_SIN] = {NULL, arb_sin},     [HP_COS] = {NULL, arb_cos},       [HP_TAN] = {NULL, arb_tan},
    [HP_SINH] = {NULL, arb_sinh},   [HP_COSH] = {NULL, arb_cosh},     [HP_TANH] = {NULL, arb_tanh},
    [HP_ASINH] = {NULL, arb_asinh}, [HP_ATAN] = {NULL, arb_atan}};

static void apply(arb_t y, hp_operation function, const arb_t a, const arb_t b, slong precision) {
  if (table[function].binary)
    table[function].binary(y, a, b, precision);
  else
    table[function].unary(y, a, precision);
}

/* Finite and below 2^LOG2_LARGEST, so that exponents fit a word with room to add; what is smaller
 * than 2^-LOG2_LARGEST becomes a ball around 0. */
static bool tame(arb_t x) {
  if (!arb_is_finite(x) || arf_cmpabs_2exp_si(arb_midref(x), LOG2_LARGEST) > 0)
    return false;
  if (!arf_is_zero(arb_midref(x)) && arf_cmpabs_2exp_si(arb_midref(x), -LOG2_LARGEST) < 0) {
    arb_get_mag(arb_radref(x), x);
    arf_zero(arb_midref(x));
  }
  return true;
}

void hp_plan_constants(const hp_plan *plan, arb_ptr value, slong precision_bits) {
  fmpq_t q;
  fmpq_init(q);
  for (size_t s = 0; s < plan->n_series; s++) {
    const hp_series *y = &plan->series[s];
    if (y->kind != HP_SERIES_CONSTANT)
      continue;
    if (y->function == HP_OPERATIONS) {
      fmpq_set_mpq(q, plan->constant[y->a]);
      arb_set_fmpq(value + s, q, precision_bits);
    } else {
      apply(value + s, y->function, value + y->a, value + y->b, precision_bits);
    }
  }
  fmpq_clear(q);
}

bool hp_plan_values(const hp_plan *plan, arb_ptr value, arb_ptr inverse, slong precision_bits) {
  for (size_t s = 0; s < plan->n_series; s++) {
    const hp_series *y = &plan->series[s];
    if (y->starts_at_one)
      arb_zero(value + s);
    else if (y->kind != HP_SERIES_CONSTANT && y->kind != HP_SERIES_INPUT)
      apply(value + s, y->function, value + y->a, value + y->b, precision_bits);
    if (!tame(value + s))
      return false;
    if (y->kind == HP_SERIES_DIV) {
      arb_inv(inverse + s, value + y->b, precision_bits);
    } else if (y->kind == HP_SERIES_SQRT) {
      arb_mul_2exp_si(inverse + s, value + s, 1);
      arb_inv(inverse + s, inverse + s, precision_bits);
    }
    if (!tame(inverse + s))
      return false;
  }
  return true;
}
