#include "reference/taylor/jet_fixed.h"
#include "series.h"
#include <criterion/criterion.h>

enum { DIGITS = 6, ROOM = 8 };

/* Exponents that hold every coefficient: raised until the expansion succeeds. */
static void expand(hp_jet_fixed *jet, hp_digit mantissa, slong exponent) {
  for (uint32_t s = 0; s < jet->plan->n_series; s++)
    if (!hp_plan_is_constant(jet->plan, s))
      jet->exponent[s] = ROOM;
  for (;;) {
    uint32_t beyond = hp_jet_fixed_expand(jet, mantissa, exponent);
    if (beyond == UINT32_MAX)
      return;
    cr_assert_lt(jet->exponent[beyond], 200);
    jet->exponent[beyond]++;
  }
}

/* Coefficients of (t/H)^k, H = 1/4, against the known series: 20 bits above the last digit carried.
 */
Test(jet_fixed, known_series) {
  for (int number = 0; number < SERIES_CASES; number++) {
    hp_program *field = series_field(number);
    hp_plan *plan = hp_plan_compile(field);
    hp_jet_fixed jet;
    hp_jet_fixed_init(&jet, plan, SERIES_ORDER, DIGITS);
    arf_struct u0[2];
    arf_init(u0);
    arf_init(u0 + 1);
    cr_assert(hp_jet_fixed_values(&jet, u0));
    expand(&jet, 1, -2);
    arb_poly_t known;
    arb_poly_init(known);
    series_known(known, number);
    uint32_t f = plan->output[1];
    for (size_t k = 0; k <= SERIES_ORDER; k++) {
      arb_t y;
      arf_t mine;
      arb_init(y);
      arf_init(mine);
      size_t m = hp_jet_digits(DIGITS, k);
      arb_poly_get_coeff_arb(y, known, (slong)k);
      arb_mul_2exp_si(y, y, -2 * (slong)k);
      hp_fixed_get_arf(mine, hp_jet_fixed_at(&jet, f, k), m, jet.exponent[f]);
      arb_sub_arf(y, y, mine, SERIES_BITS);
      arf_set_si_2exp_si(mine, 1, jet.exponent[f] - HP_DIGIT_BITS * (slong)m + 20);
      cr_expect(arf_cmpabs(arb_midref(y), mine) < 0, "case %d, order %zu", number, k);
      arf_clear(mine);
      arb_clear(y);
    }
    arb_poly_clear(known);
    hp_jet_fixed_clear(&jet);
    hp_plan_free(plan);
    field_close(field);
  }
  flint_cleanup();
}

/* u' = u at H = 3 2^-1: coefficients are (3/2)^k / k!, below 2^peak. */
Test(jet_fixed, peaks) {
  field_open();
  hp_node f = in(0);
  hp_program *field = lower(1, &f);
  hp_plan *plan = hp_plan_compile(field);
  hp_jet_fixed jet;
  hp_jet_fixed_init(&jet, plan, 30, 4);
  arf_t u0;
  arf_init(u0);
  arf_one(u0);
  cr_assert(hp_jet_fixed_values(&jet, u0));
  jet.exponent[0] = 1;
  cr_assert_eq(hp_jet_fixed_expand(&jet, 3, -1), 0, "1 needs exponent 2");
  jet.exponent[0] = 2;
  cr_assert_eq(hp_jet_fixed_expand(&jet, 3, 0), 0, "u_1 = 3 needs exponent 3");
  cr_assert_eq(hp_jet_fixed_expand(&jet, 3, -1), UINT32_MAX);
  cr_expect_eq(jet.peak[0], 1);
  cr_expect_eq(jet.weighted[0], 1);
  arf_set_si(u0, 0);
  cr_assert(hp_jet_fixed_values(&jet, u0));
  cr_assert_eq(hp_jet_fixed_expand(&jet, 3, -1), UINT32_MAX);
  cr_expect_eq(jet.peak[0], HP_FIXED_ZERO);
  arf_clear(u0);
  hp_jet_fixed_clear(&jet);
  hp_plan_free(plan);
  field_close(field);
}

/* The quotient 1/(1-t) at H = 4: its coefficients outgrow any exponent given; b_0 y_k is seen. */
Test(jet_fixed, quotient_that_does_not_fit) {
  field_open();
  hp_node f[2] = {num(1, 1), op(HP_DIV, num(1, 1), op(HP_SUB, num(1, 1), in(0)))};
  hp_program *field = lower(2, f);
  hp_plan *plan = hp_plan_compile(field);
  hp_jet_fixed jet;
  hp_jet_fixed_init(&jet, plan, 60, 4);
  arf_struct u0[2];
  arf_init(u0);
  arf_init(u0 + 1);
  cr_assert(hp_jet_fixed_values(&jet, u0));
  for (uint32_t s = 0; s < plan->n_series; s++)
    if (!hp_plan_is_constant(plan, s))
      jet.exponent[s] = 10;
  jet.exponent[1] = 1000;
  cr_expect_eq(hp_jet_fixed_expand(&jet, 1, 2), plan->output[1]);
  cr_expect(hp_jet_fixed_fits(60, 4));
  cr_expect_not(hp_jet_fixed_fits(1170, 120));
  hp_jet_fixed_clear(&jet);
  hp_plan_free(plan);
  field_close(field);
}

/* log(-1): no value. A constant 1/0: no value either. */
Test(jet_fixed, outside_the_domain) {
  for (int divide = 0; divide < 2; divide++) {
    field_open();
    hp_node f = divide ? op(HP_ADD, in(0), op(HP_DIV, num(1, 1), num(0, 1))) : op1(HP_LOG, in(0));
    hp_program *field = lower(1, &f);
    hp_plan *plan = hp_plan_compile(field);
    hp_jet_fixed jet;
    hp_jet_fixed_init(&jet, plan, 5, 3);
    arf_t u0;
    arf_init(u0);
    arf_set_si(u0, -1);
    cr_expect_not(hp_jet_fixed_values(&jet, u0));
    arf_clear(u0);
    hp_jet_fixed_clear(&jet);
    hp_plan_free(plan);
    field_close(field);
  }
}
