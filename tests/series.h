#ifndef HP_TESTS_SERIES_H
#define HP_TESTS_SERIES_H
#include "field.h"
#include <arb_poly.h>

/* Known series for the recurrences: t' = 1, y' = f(g(t)), g(t) = 1/5 + t/2 - t^2/3; the known side
 * is FLINT's power series arithmetic. */
enum { SERIES_CASES = 26, SERIES_ORDER = 40 };
static const slong SERIES_BITS = 600;

static inline hp_node series_argument(void) {
  hp_node t = in(0);
  return op(HP_SUB, op(HP_ADD, num(1, 5), op(HP_DIV, t, num(2, 1))),
            op(HP_MUL, op1(HP_SQR, t), num(1, 3)));
}

/* Cases below HP_OPERATIONS are the operations themselves (binary ones on g and exp g). */
static inline hp_node series_node(int number) {
  hp_node g = series_argument(), e = op1(HP_EXP, g), constant = op1(HP_EXP, num(1, 1));
  if (number < HP_OPERATIONS)
    return number <= HP_DIV ? op((hp_operation)number, g, e) : op1((hp_operation)number, g);
  switch (number - HP_OPERATIONS) {
  case 0:
    return op(HP_SUB, constant, g);
  case 1:
    return op(HP_SUB, g, constant);
  case 2:
    return op(HP_DIV, constant, e);
  case 3:
    return op(HP_DIV, g, constant);
  case 4:
    return op(HP_MUL, constant, g);
  case 5:
    return op(HP_MUL, op1(HP_SIN, g), op1(HP_COS, g));
  case 6:
    return op(HP_SUB, num(1, 1), op1(HP_SQR, op1(HP_TANH, g)));
  case 7:
    return op(HP_ADD, op1(HP_COSH, g), op1(HP_SINH, g));
  default: /* constants are folded: tan(e) e^2 g */
    return op(HP_MUL, op(HP_MUL, op1(HP_TAN, constant), op1(HP_SQR, constant)), g);
  }
}

static inline void series_known(arb_poly_t y, int number) {
  slong n = SERIES_ORDER + 1, bits = SERIES_BITS;
  arb_poly_t g, e, w;
  arb_t constant;
  fmpq_poly_t exact;
  arb_poly_init(g);
  arb_poly_init(e);
  arb_poly_init(w);
  arb_init(constant);
  fmpq_poly_init(exact);
  fmpq_poly_set_str(exact, "3  1/5 1/2 -1/3");
  arb_poly_set_fmpq_poly(g, exact, bits);
  arb_poly_exp_series(e, g, n, bits);
  arb_const_e(constant, bits);
  switch (number) {
  case HP_ADD:
    arb_poly_add(y, g, e, bits);
    break;
  case HP_SUB:
    arb_poly_sub(y, g, e, bits);
    break;
  case HP_MUL:
    arb_poly_mullow(y, g, e, n, bits);
    break;
  case HP_DIV:
    arb_poly_div_series(y, g, e, n, bits);
    break;
  case HP_NEG:
    arb_poly_neg(y, g);
    break;
  case HP_SQR:
    arb_poly_mullow(y, g, g, n, bits);
    break;
  case HP_SQRT:
    arb_poly_sqrt_series(y, g, n, bits);
    break;
  case HP_EXP:
    arb_poly_set(y, e);
    break;
  case HP_LOG:
    arb_poly_log_series(y, g, n, bits);
    break;
  case HP_SIN:
    arb_poly_sin_series(y, g, n, bits);
    break;
  case HP_COS:
    arb_poly_cos_series(y, g, n, bits);
    break;
  case HP_TAN:
    arb_poly_tan_series(y, g, n, bits);
    break;
  case HP_SINH:
    arb_poly_sinh_series(y, g, n, bits);
    break;
  case HP_COSH:
    arb_poly_cosh_series(y, g, n, bits);
    break;
  case HP_TANH:
  case HP_OPERATIONS + 6: /* 1 - tanh^2 = 1 / cosh^2 */
    arb_poly_sinh_cosh_series(y, w, g, n, bits);
    arb_poly_div_series(y, y, w, n, bits);
    if (number == HP_TANH)
      break;
    arb_poly_mullow(w, w, w, n, bits);
    arb_poly_inv_series(y, w, n, bits);
    break;
  case HP_ASINH: /* log(g + sqrt(1 + g^2)) */
    arb_poly_mullow(w, g, g, n, bits);
    arb_poly_add_si(w, w, 1, bits);
    arb_poly_sqrt_series(w, w, n, bits);
    arb_poly_add(w, w, g, bits);
    arb_poly_log_series(y, w, n, bits);
    break;
  case HP_ATAN:
    arb_poly_atan_series(y, g, n, bits);
    break;
  case HP_OPERATIONS:
  case HP_OPERATIONS + 1:
    arb_poly_set_arb(y, constant);
    arb_poly_sub(y, y, g, bits);
    if (number == HP_OPERATIONS + 1)
      arb_poly_neg(y, y);
    break;
  case HP_OPERATIONS + 2:
    arb_poly_inv_series(y, e, n, bits);
    arb_poly_scalar_mul(y, y, constant, bits);
    break;
  case HP_OPERATIONS + 3:
    arb_poly_scalar_div(y, g, constant, bits);
    break;
  case HP_OPERATIONS + 4:
    arb_poly_scalar_mul(y, g, constant, bits);
    break;
  case HP_OPERATIONS + 5: /* sin(2g)/2 */
    arb_poly_scalar_mul_2exp_si(w, g, 1);
    arb_poly_sin_series(y, w, n, bits);
    arb_poly_scalar_mul_2exp_si(y, y, -1);
    break;
  case HP_OPERATIONS + 7:
    arb_poly_set(y, e);
    break;
  default: {
    arb_t factor;
    arb_init(factor);
    arb_tan(factor, constant, bits);
    arb_mul(factor, factor, constant, bits);
    arb_mul(factor, factor, constant, bits);
    arb_poly_scalar_mul(y, g, factor, bits);
    arb_clear(factor);
  }
  }
  fmpq_poly_clear(exact);
  arb_clear(constant);
  arb_poly_clear(w);
  arb_poly_clear(e);
  arb_poly_clear(g);
}

/* The field t' = 1, y' = case `number`. */
static inline hp_program *series_field(int number) {
  field_open();
  hp_node f[2] = {num(1, 1), series_node(number)};
  return lower(2, f);
}

#endif
