#include "verify/proof/drivers/driver.h"
#include "spec/acsl/libm.h"

/* Eva has sqrt, exp, log, sin, cos, atan built in. Of the others it is told these ranges, which hold in
 * real arithmetic, with room for an error of many units in the last place. */
static double within(double bound) {
  return Frama_C_double_interval(-bound, bound);
}

/* |tan x| <= tan 1 < 1.5625 for |x| <= 1 */
double tan(double x) {
  /*@ assert domain: -1.0 <= x <= 1.0; */
  (void)x;
  return within(1.5625);
}

/* |sinh x| <= e^|x|, 1 <= cosh x <= e^|x| */
double sinh(double x) {
  return within(1.0625 * exp(x < 0.0 ? -x : x));
}

double cosh(double x) {
  return Frama_C_double_interval(0.9375, 1.0625 * exp(x < 0.0 ? -x : x));
}

double tanh(double x) {
  (void)x;
  return within(1.0);
}

/* |arsinh x| <= ln(2|x| + 1) */
double asinh(double x) {
  return within(1.0625 * log(2.0 * (x < 0.0 ? -x : x) + 1.0) + 0x1p-1000);
}
