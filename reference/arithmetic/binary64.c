#include "reference/arithmetic/binary64.h"
#include "src/momentum.h"
#include "src/vector.h"
#include <fenv.h>
#include <stdbool.h>

/* The operands are volatile, so that the machine and not the compiler computes. */
static double sum(double x, double y) {
  volatile double left = x, right = y;
  volatile double result = left + right;
  return result;
}

static double product(double x, double y) {
  volatile double left = x, right = y;
  volatile double result = left * right;
  return result;
}

/* 1 + 2^-53 and 1 + 3*2^-53 are halfway: 1 and 1 + 2^-51 are the even neighbours. The second is wrong
 * when rounding down or to zero, the first when rounding up, and their negatives the other way. (On
 * some machines the mode of fegetround is not the one of these operations.) */
static bool rounds_to_nearest_even(void) {
  const double half = 0x1p-53, next = 1.0 + 0x1p-52, even = 1.0 + 0x1p-51;
  return fegetround() == FE_TONEAREST && sum(1.0, half) == 1.0 && sum(next, half) == even &&
         sum(-1.0, -half) == -1.0 && sum(-next, -half) == -even;
}

/* As a result, and as an operand; the comparisons are of normal numbers, because they may flush too. */
static bool keeps_subnormals(void) {
  return product(product(0x1p-1022, 0.5), 2.0) == 0x1p-1022 &&
         product(0x1p-1074, 0x1p1000) == 0x1p-74;
}

/* 1 + (2^-53 + 2^-105) is above halfway; in 64 bits it is halfway, which then rounds to 1. */
static bool rounds_once(void) {
  return sum(1.0, 0x1.0000000000001p-53) == 1.0 + 0x1p-52;
}

/* (1 + 2^-30)(1 - 2^-30) = 1 - 2^-60 rounds to 1; a fused operation keeps -2^-60 beside -1. */
static bool kernels_do_not_fuse(void) {
  const double x[2] = {-1.0, 1.0 + 0x1p-30}, y[2] = {1.0, 1.0 - 0x1p-30};
  double result[1] = {0.0}, u[1] = {-1.0}, v[1] = {1.0 - 0x1p-30};
  const double g[1] = {1.0}, zero[1] = {0.0};
  hp_vector_add_scaled(1, x, x[1], y + 1, result);
  hp_momentum_step(1, u, v, zero, 1.0, x[1]);
  double position = u[0];
  u[0] = 0.0, v[0] = y[1];
  hp_momentum_step(1, u, v, g, x[1], 0.0);
  return hp_vector_dot(2, x, y) == 0.0 && result[0] == 0.0 && position == 0.0 && v[0] == 0.0;
}

const char *hp_binary64_fault(void) {
  if (!rounds_to_nearest_even())
    return "the rounding mode is not to nearest even, which the proofs assume; accepted: "
           "FE_TONEAREST";
  if (!keeps_subnormals())
    return "subnormal numbers are flushed to zero; accepted: FTZ and DAZ off, no code built with "
           "-ffast-math in the process";
  if (!rounds_once())
    return "sums are rounded twice (x87); accepted: SSE2 arithmetic, -msse2 -mfpmath=sse";
  if (!kernels_do_not_fuse())
    return "the kernels fuse products with sums; accepted: kernels compiled with -ffp-contract=off";
  return NULL;
}
