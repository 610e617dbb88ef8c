#include "enclosure.h"
#include "reference/enclosure/largest_norm.h"

/* Damped rotation u'' + u'/2 + u = 0 from (0, 1): |u| is largest inside, where u' = 0 at t with
 * tan(w t) = 4 w, w = sqrt(15)/4, and is e^{-t/4} sin(w t)/w there; |p| at the start. */
Test(largest_norm, damped_rotation) {
  field_open();
  hp_node f[2] = {in(1), op1(HP_NEG, op(HP_ADD, in(0), op(HP_MUL, num(1, 2), in(1))))};
  hp_program *field = lower(2, f);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 40};
  cr_assert_eq(enclose(&flow, field, (long[]){0, 1}, 1, 5, 1, &options), HP_ENCLOSED);
  arb_t w, t, exact, got;
  arb_init(w);
  arb_init(t);
  arb_init(exact);
  arb_init(got);
  arb_set_ui(w, 15);
  arb_sqrt(w, w, 200);
  arb_atan(t, w, 200);
  arb_mul_2exp_si(w, w, -2);
  arb_sin(exact, t, 200);
  arb_div(exact, exact, w, 200);
  arb_div(t, t, w, 200);
  arb_mul_2exp_si(t, t, -2);
  arb_neg(t, t);
  arb_exp(t, t, 200);
  arb_mul(exact, exact, t, 200);
  hp_enclosed_flow_largest(&flow, 0, 1, got);
  cr_expect(arb_contains(got, exact));
  cr_expect(mag_cmp_2exp_si(arb_radref(got), -39) < 0);
  hp_enclosed_flow_largest(&flow, 1, 1, got);
  cr_expect(arb_contains_si(got, 1));
  cr_expect(mag_cmp_2exp_si(arb_radref(got), -39) < 0);
  arb_clear(got);
  arb_clear(exact);
  arb_clear(t);
  arb_clear(w);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}
