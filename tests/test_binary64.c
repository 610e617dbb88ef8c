#include "reference/arithmetic/binary64.h"
#include <criterion/criterion.h>
#include <fenv.h>
#include <string.h>
#ifdef __SSE2__
#include <xmmintrin.h>
#endif

static void is_refused(const char *what) {
  const char *fault = hp_binary64_fault();
  fesetenv(FE_DFL_ENV);
  cr_assert_not_null(fault, "%s: accepted", what);
  cr_assert_not_null(strstr(fault, what), "wanted '%s', got '%s'", what, fault);
  cr_assert_null(strchr(fault, '\n'));
}

Test(binary64, default_environment) {
  cr_assert_null(hp_binary64_fault(), "%s", hp_binary64_fault());
}

Test(binary64, other_rounding_modes) {
  static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; ++i) {
    cr_assert_eq(fesetround(modes[i]), 0);
    is_refused("rounding mode");
    cr_assert_null(hp_binary64_fault());
  }
}

Test(binary64, environment_is_left_alone) {
  fesetround(FE_UPWARD);
  hp_binary64_fault();
  cr_expect_eq(fegetround(), FE_UPWARD);
  fesetround(FE_TONEAREST);
}

#ifdef __SSE2__
/* Bits of MXCSR: fegetround looks at the x87 unit and does not see its rounding field. */
enum { DAZ = 1 << 6, ROUND_DOWN = 1 << 13, ROUND_UP = 2 << 13, FTZ = 1 << 15 };

static void is_refused_with(unsigned bits, const char *what) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | bits);
  const char *fault = hp_binary64_fault();
  _mm_setcsr(before);
  cr_assert_not_null(fault, "%s: accepted", what);
  cr_assert_not_null(strstr(fault, what), "wanted '%s', got '%s'", what, fault);
}

Test(binary64, subnormals_flushed) {
  is_refused_with(FTZ, "subnormal");
  is_refused_with(DAZ, "subnormal");
  is_refused_with(FTZ | DAZ, "subnormal");
}

Test(binary64, rounding_of_sse_alone) {
  is_refused_with(ROUND_DOWN, "rounding mode");
  is_refused_with(ROUND_UP, "rounding mode");
  is_refused_with(ROUND_DOWN | ROUND_UP, "rounding mode");
}
#endif
