#include "reference/taylor/jet_ball.h"
#include "series.h"
#include <criterion/criterion.h>

/* Every recurrence encloses the known series, and tightly: at 300 bits the radius of order k is
 * below 2^-250 16^k. */
Test(jet_ball, known_series) {
  for (int number = 0; number < SERIES_CASES; number++) {
    hp_program *field = series_field(number);
    hp_plan *plan = hp_plan_compile(field);
    hp_jet_ball jet;
    hp_jet_ball_init(&jet, plan, SERIES_ORDER, 300, 300);
    arf_struct u0[2];
    arf_init(u0);
    arf_init(u0 + 1);
    cr_assert(hp_jet_ball_expand(&jet, u0));
    arb_poly_t known;
    arb_poly_init(known);
    series_known(known, number);
    for (slong k = 0; k <= SERIES_ORDER; k++) {
      arb_t y;
      arb_init(y);
      arb_poly_get_coeff_arb(y, known, k);
      arb_ptr mine = hp_jet_ball_series(&jet, plan->output[1]) + k;
      cr_expect(arb_overlaps(mine, y), "case %d, order %ld", number, k);
      cr_expect(mag_cmp_2exp_si(arb_radref(mine), -250 + 4 * k) < 0, "case %d, order %ld", number,
                k);
      arb_mul_si(y, hp_jet_ball_series(&jet, 1) + k, k, 300); /* k y_k = f_{k-1} */
      if (k > 0)
        cr_expect(arb_overlaps(y, mine - 1), "case %d, order %ld", number, k);
      arb_clear(y);
    }
    arb_poly_clear(known);
    hp_jet_ball_clear(&jet);
    hp_plan_free(plan);
    field_close(field);
  }
  flint_cleanup();
}

Test(jet_ball, outside_the_domain) {
  field_open();
  hp_node f = op1(HP_LOG, in(0));
  hp_program *field = lower(1, &f);
  hp_plan *plan = hp_plan_compile(field);
  hp_jet_ball jet;
  hp_jet_ball_init(&jet, plan, 5, 100, 100);
  arf_t u0;
  arf_init(u0);
  arf_set_si(u0, -1);
  cr_assert_not(hp_jet_ball_expand(&jet, u0));
  arf_set_si(u0, 1);
  cr_assert(hp_jet_ball_expand(&jet, u0));
  arf_clear(u0);
  hp_jet_ball_clear(&jet);
  hp_plan_free(plan);
  field_close(field);
}

/* F(u) = u^2 along u = a + t: coefficients a^2, 2a, 1, 0 for every a of a set. */
Test(jet_ball, composition) {
  field_open();
  hp_node f = op1(HP_SQR, in(0));
  hp_program *field = lower(1, &f);
  hp_plan *plan = hp_plan_compile(field);
  hp_jet_ball jet;
  hp_jet_ball_init(&jet, plan, 4, 100, 100);
  arb_ptr u = hp_jet_ball_series(&jet, 0), y = hp_jet_ball_series(&jet, plan->output[0]);
  arb_set_str(u, "1 +/- 0.125", 100);
  arb_one(u + 1);
  cr_assert(hp_jet_ball_compose(&jet));
  for (int side = -1; side <= 1; side++) {
    double a = 1 + side / 8.0, expected[5] = {a * a, 2 * a, 1, 0, 0};
    for (int k = 0; k <= 4; k++) {
      arf_t value;
      arf_init(value);
      arf_set_d(value, expected[k]);
      cr_expect(arb_contains_arf(y + k, value), "order %d", k);
      arf_clear(value);
    }
  }
  arb_indeterminate(u);
  cr_expect_not(hp_jet_ball_compose(&jet));
  hp_jet_ball_clear(&jet);
  hp_plan_free(plan);
  field_close(field);
}
