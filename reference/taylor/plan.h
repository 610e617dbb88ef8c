#ifndef HP_TAYLOR_PLAN_H
#define HP_TAYLOR_PLAN_H
#include "reference/problem/program.h"

/* A program compiled for power series in time. Every slot becomes a series sum_k y_k t^k; a
 * function is resolved into an integral of products and quotients, with shared helper series:
 *
 *     y = exp a     y' = a' y              y = log a     y' = a' / a
 *     y = sin a     y' = a' cos a          y = tan a     y' = a' + a' y^2
 *     y = cos a     y' = -(a' sin a)       y = tanh a    y' = a' - a' y^2
 *     y = sinh a    y' = a' cosh a         y = asinh a   y' = a' / sqrt(1 + a^2)
 *     y = cosh a    y' = a' sinh a         y = atan a    y' = a' / (1 + a^2)
 *
 * so that an arithmetic implements only the kinds below. Order k of a series needs order k of
 * earlier series and orders below k of any series. */
typedef enum {
  HP_SERIES_INPUT,
  HP_SERIES_CONSTANT,   /* depends on no input: order 0 only */
  HP_SERIES_LINEAR,     /* y_k = sign_a a_k + sign_b b_k */
  HP_SERIES_SCALE,      /* y_k = a_k b_0, b constant */
  HP_SERIES_MUL,        /* y_k = sum_{j=0..k} a_j b_{k-j} */
  HP_SERIES_SQR,        /* y_k = sum_{j=0..k} a_j a_{k-j} */
  HP_SERIES_DIV,        /* y_k = (sign_a a_k - sum_{j=1..k} b_j y_{k-j}) / b_0 */
  HP_SERIES_SQRT,       /* y_k = (a_k - sum_{j=1..k-1} y_j y_{k-j}) / (2 y_0) */
  HP_SERIES_DERIVATIVE, /* y_k = k a_k, that is t a' */
  HP_SERIES_INTEGRAL    /* y_k = sign_b b_k / k;   y_0 = function(a_0) */
} hp_series_kind;

typedef struct {
  hp_series_kind kind;
  hp_operation function; /* y_0 = function(a_0, b_0); unused when starts_at_one */
  uint32_t a, b;
  int sign_a, sign_b; /* -1, 0, 1: 0 for an operand that is constant */
  bool starts_at_one; /* y_0 = 0 identically, as in t a' */
} hp_series;

typedef struct {
  size_t n_inputs, n_outputs, n_series, n_constants;
  hp_series *series; /* the inputs first */
  mpq_t *constant;   /* of a CONSTANT series with function HP_OPERATIONS: number a */
  uint32_t *output;  /* series of each output */
} hp_plan;

hp_plan *hp_plan_compile(const hp_program *program);
void hp_plan_free(hp_plan *plan);

static inline bool hp_plan_is_constant(const hp_plan *plan, uint32_t series) {
  return plan->series[series].kind == HP_SERIES_CONSTANT;
}

/* Order 0 in balls. value[s] for the constant series, once for a precision: */
void hp_plan_constants(const hp_plan *plan, arb_ptr value, slong precision_bits);
/* value[s] for the others, value[0..n_inputs) being given, and the divisor of the recurrence:
 * inverse[s] = 1/b_0 for DIV, 1/(2 y_0) for SQRT. false when one of them is not finite. */
bool hp_plan_values(const hp_plan *plan, arb_ptr value, arb_ptr inverse, slong precision_bits);

#endif
