#include "random_double.h"
#include "src/tape.h"
#include <criterion/criterion.h>
#include <mpfr.h>

/* The library's functions keep what spec/acsl/libm.h takes on trust of them: 2 ulp of the exact value,
 * sqrt half a one, over the whole range of arguments whose value is a normal number. */

typedef int (*exact_function)(mpfr_t, const mpfr_t, mpfr_rnd_t);

static const struct {
  hp_operation op;
  exact_function exact;
  double low, high; /* log2 of the least and largest |argument| */
  int positive;
} function[] = {
    {HP_SQRT, mpfr_sqrt, -1020, 1000, 1}, {HP_EXP, mpfr_exp, -60, 9.4, 0},
    {HP_LOG, mpfr_log, -1020, 1000, 1},   {HP_SIN, mpfr_sin, -500, 500, 0},
    {HP_COS, mpfr_cos, -500, 500, 0},     {HP_TAN, mpfr_tan, -500, 500, 0},
    {HP_SINH, mpfr_sinh, -500, 9.4, 0},   {HP_COSH, mpfr_cosh, -500, 9.4, 0},
    {HP_TANH, mpfr_tanh, -500, 10, 0},    {HP_ASINH, mpfr_asinh, -500, 500, 0},
    {HP_ATAN, mpfr_atan, -500, 500, 0},
};
enum { FUNCTIONS = sizeof function / sizeof *function, TRIALS = 4000 };

/* Every magnitude is as likely as every other, and half the arguments lie between 1/8 and 8. */
static double argument(size_t k) {
  double low = function[k].low, high = function[k].high;
  if (random_bits() & 1) {
    low = -3;
    high = 3;
  }
  double x = exp2(low + (high - low) * (double)random_bits() * 0x1p-53);
  return function[k].positive || random_bits() & 1 ? x : -x;
}

static double evaluate(hp_operation op, double a) {
  const hp_instruction code[] = {{op, 0, 0}};
  double slot[2];
  hp_tape_evaluate(1, &a, 0, NULL, 1, code, slot);
  return slot[1];
}

Test(libm, within_what_is_trusted) {
  enum { BITS = 2200 }; /* reduces sin(2^500) and holds its digits */
  random_double_seed(77);
  mpfr_t x, y, bound;
  mpfr_inits2(BITS, x, y, bound, (mpfr_ptr)0);
  for (size_t k = 0; k < FUNCTIONS; ++k)
    for (int trial = 0; trial < TRIALS; ++trial) {
      double a = argument(k), computed = evaluate(function[k].op, a);
      mpfr_set_d(x, a, MPFR_RNDN);
      function[k].exact(y, x, MPFR_RNDN);
      mpfr_abs(bound, y, MPFR_RNDN);
      mpfr_mul_2si(bound, bound, function[k].op == HP_SQRT ? -53 : -51, MPFR_RNDU);
      mpfr_sub_d(y, y, computed, MPFR_RNDN);
      cr_assert(mpfr_cmpabs(y, bound) <= 0, "operation %d at %a: %a", function[k].op, a, computed);
    }
  mpfr_clears(x, y, bound, (mpfr_ptr)0);
}
