#include "verify/certified_law.h"
#include <criterion/criterion.h>
#include <math.h>

enum { ROWS = 3, BITS = 128 };

/* e = 2 h^power (1 + h) known to +-radius, bounds 3 h^power, K as given. */
typedef struct {
  double power, K, radius, bound;
} planted;

static hp_certified_law judge(planted it) {
  hp_certified_law law;
  arb_ptr h = _arb_vec_init(ROWS), e = _arb_vec_init(ROWS), b = _arb_vec_init(ROWS);
  arb_t K;
  mag_t radius;
  mag_init(radius);
  mag_set_d(radius, it.radius);
  arb_init(K);
  arb_set_d(K, it.K);
  for (int i = 0; i < ROWS; ++i) {
    double step = ldexp(1, -8 - i);
    arb_set_d(h + i, step);
    arb_set_d(e + i, 2 * pow(step, it.power) * (1 + step));
    if (it.radius > 0)
      arb_add_error_mag(e + i, radius);
    arb_set_d(b + i, it.bound * pow(step, it.power));
  }
  hp_certified_law_init(&law);
  hp_certify_law(&law, ROWS, h, e, b, K, 1, BITS);
  mag_clear(radius);
  arb_clear(K);
  _arb_vec_clear(b, ROWS);
  _arb_vec_clear(e, ROWS);
  _arb_vec_clear(h, ROWS);
  return law;
}

Test(certified_law, all_right) {
  hp_certified_law law = judge((planted){1, 2, 0, 3});
  cr_expect(law.right_order && !law.wrong_order && law.right_limit && law.holds && !law.violated);
  cr_expect(mag_cmp_2exp_si(arb_radref(law.slope), -40) < 0);
  hp_certified_law_clear(&law);
}

Test(certified_law, wrong_order) {
  hp_certified_law law = judge((planted){1.1, 2, 0, 3});
  cr_expect(!law.right_order && law.wrong_order && law.settled && !law.right_limit);
  hp_certified_law_clear(&law);
}

/* 1 % off the limit is refused at h = 2^-10, in both directions. */
Test(certified_law, wrong_constant) {
  for (int side = -1; side <= 1; side += 2) {
    hp_certified_law law = judge((planted){1, 2 * (1 + side * 0.01), 0, 3});
    cr_expect(law.right_order && !law.right_limit);
    hp_certified_law_clear(&law);
  }
}

/* Balls too wide to tell prove nothing, and refute nothing. */
Test(certified_law, too_wide) {
  hp_certified_law law = judge((planted){1, 2, 1e-3, 2.5});
  cr_expect(!law.right_order && !law.wrong_order && !law.right_limit && !law.holds &&
            !law.violated);
  hp_certified_law_clear(&law);
}

Test(certified_law, bound_violated) {
  hp_certified_law law = judge((planted){1, 2, 0, 1.9});
  cr_expect(law.violated && !law.holds);
  hp_certified_law_clear(&law);
}
