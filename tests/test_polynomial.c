#include "reference/taylor/polynomial.h"
#include "reference/taylor/jet_fixed.h"
#include <criterion/criterion.h>

/* u_1 = 1 + x/4, u_2 = x^3/2 in x = (t - 3)/(5/2), at t = 4: x = 2/5. */
Test(polynomial, value_and_derivative) {
  hp_polynomial_shape shape;
  hp_polynomial step;
  hp_polynomial_shape_init(&shape, 2, 30, 3);
  hp_polynomial_init(&step, &shape);
  arf_set_si(step.start, 3);
  arf_set_d(step.scale, 2.5);
  step.exponent[0] = 2;
  step.exponent[1] = 0;
  arf_t x, t;
  arf_struct u[2], slope[2];
  arf_init(x);
  arf_init(t);
  for (int i = 0; i < 2; i++) {
    arf_init(u + i);
    arf_init(slope + i);
  }
  arf_one(x);
  hp_fixed_set_arf(hp_polynomial_at(&step, &shape, 0, 0), hp_jet_digits(3, 0), 2, x);
  arf_set_d(x, 0.25);
  hp_fixed_set_arf(hp_polynomial_at(&step, &shape, 0, 1), hp_jet_digits(3, 1), 2, x);
  hp_fixed_set_arf(hp_polynomial_at(&step, &shape, 1, 3), hp_jet_digits(3, 3), 0, x);
  arf_set_si(t, 4);
  hp_polynomial_eval(&step, &shape, t, u, slope);
  cr_expect_float_eq(arf_get_d(u, ARF_RND_NEAR), 1.1, 1e-15);
  cr_expect_float_eq(arf_get_d(u + 1, ARF_RND_NEAR), 0.016, 1e-17);
  cr_expect_float_eq(arf_get_d(slope, ARF_RND_NEAR), 0.1, 1e-16);
  cr_expect_float_eq(arf_get_d(slope + 1, ARF_RND_NEAR), 0.048, 1e-16);
  /* x = 2/5 is not binary: 3 digits give 168 bits */
  arf_set_si_2exp_si(x, 11, 0);
  arf_div_ui(x, x, 10, 400, ARF_RND_NEAR);
  arf_sub(x, x, u, ARF_PREC_EXACT, ARF_RND_DOWN);
  cr_expect(arf_cmpabs_2exp_si(x, 2 - 168 + 3) < 0 && !arf_is_zero(x));
  hp_polynomial_eval(&step, &shape, step.start, u, NULL);
  cr_expect(arf_is_one(u) && arf_is_zero(u + 1));
  for (int i = 0; i < 2; i++) {
    arf_clear(u + i);
    arf_clear(slope + i);
  }
  arf_clear(t);
  arf_clear(x);
  hp_polynomial_clear(&step);
  hp_polynomial_shape_clear(&shape);
}
