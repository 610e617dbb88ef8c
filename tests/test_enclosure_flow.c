#include "enclosure.h"
#include "reference/enclosure/enclosed_step.h"
#include "reference/taylor/fields.h"
#include "reference/taylor/taylor.h"
#include <stdlib.h>
#include <string.h>

static void expect_radius_below(const hp_enclosed_flow *flow, double log10_bound) {
  mag_t radius;
  mag_init(radius);
  hp_enclosed_flow_radius(flow, radius);
  cr_expect(mag_get_d_log2_approx(radius) < log10_bound * log2(10), "radius 2^%.1f",
            mag_get_d_log2_approx(radius));
  mag_clear(radius);
}

/* u' = 2(u - u^3): u(t) = u_0/sqrt(u_0^2 + (1 - u_0^2) e^{-4t}), here u_0 = 3/10 */
static void exact_double_well(arb_t u, long t, unsigned long denominator) {
  arb_set_si(u, -4 * t);
  arb_div_ui(u, u, denominator, ENCLOSURE_BITS);
  arb_exp(u, u, ENCLOSURE_BITS);
  arb_mul_ui(u, u, 91, ENCLOSURE_BITS);
  arb_add_ui(u, u, 9, ENCLOSURE_BITS);
  arb_rsqrt(u, u, ENCLOSURE_BITS);
  arb_mul_ui(u, u, 3, ENCLOSURE_BITS);
}

/* The closed form lies in every ball, at ends of steps and between, at any precision. */
Test(enclosure_flow, contains_the_exact_solution) {
  static const double digits[] = {10, 30, 100, 300};
  hp_program *field = double_well();
  arb_t u, exact;
  arb_init(u);
  arb_init(exact);
  for (size_t k = 0; k < sizeof digits / sizeof *digits; k++) {
    hp_enclosed_flow flow;
    hp_enclosure_options options = {.digits = digits[k]};
    cr_assert_eq(enclose(&flow, field, (long[]){3}, 10, 3, 1, &options), HP_ENCLOSED);
    expect_radius_below(&flow, -digits[k]);
    for (long n = 0; n <= 21; n++) {
      eval_at(&flow, n, 7, u);
      exact_double_well(exact, n, 7);
      cr_expect(arb_contains(u, exact), "t = %ld/7, %g digits", n, digits[k]);
    }
    hp_enclosed_flow_clear(&flow);
  }
  arb_clear(exact);
  arb_clear(u);
  field_close(field);
  flint_cleanup();
}

/* Every solution that starts in the ball stays in the enclosure, and in the tube of its step. */
Test(enclosure_flow, contains_all_that_start_in_the_set) {
  hp_program *field = double_well();
  hp_enclosure_options options = {.digits = 30};
  hp_enclosed_flow set, one;
  arb_t start, u, v;
  mpq_t end;
  mpq_init(end);
  mpq_set_ui(end, 2, 1);
  arb_init(start);
  arb_init(u);
  arb_init(v);
  arb_set_str(start, "0.3 +/- 1e-6", 100);
  cr_assert_eq(hp_enclose_flow(&set, field, start, end, &options), HP_ENCLOSED);
  expect_radius_below(&set, -5);
  for (int side = -1; side <= 1; side++) {
    arb_set_d(start, 0.3 + side * 0.9999e-6);
    cr_assert_eq(hp_enclose_flow(&one, field, start, end, &options), HP_ENCLOSED);
    for (long n = 0; n <= 14; n++) {
      eval_at(&set, n, 7, u);
      eval_at(&one, n, 7, v);
      cr_expect(arb_contains(u, v), "t = %ld/7", n);
    }
    for (size_t i = 0; i < set.n_steps; i++) {
      hp_enclosed_flow_eval(&one, set.step[i].start, v);
      cr_expect(arb_contains(set.step[i].tube, v), "step %zu", i);
    }
    hp_enclosed_flow_clear(&one);
  }
  hp_enclosed_flow_clear(&set);
  arb_clear(v);
  arb_clear(u);
  arb_clear(start);
  mpq_clear(end);
  field_close(field);
}

/* Where the loss is convex the enclosure of a set shrinks by itself: u' = -u from 1 +- 10^-6. */
Test(enclosure_flow, contracts_where_the_loss_is_convex) {
  field_open();
  hp_node f = op1(HP_NEG, in(0));
  hp_program *field = lower(1, &f);
  hp_enclosure_options options = {.digits = 30};
  hp_enclosed_flow flow;
  arb_t u;
  mpq_t end;
  mpq_init(end);
  mpq_set_ui(end, 10, 1);
  arb_init(u);
  arb_set_str(u, "1 +/- 1e-6", 100);
  cr_assert_eq(hp_enclose_flow(&flow, field, u, end, &options), HP_ENCLOSED);
  hp_enclosed_flow_eval(&flow, end, u);
  cr_expect(mag_cmp_2exp_si(arb_radref(u), -34) < 0); /* 10^-6 e^-10 = 2^-34.3 */
  arb_clear(u);
  mpq_clear(end);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* Against the uncertified integrator at 20 more digits. */
static void compare(hp_program *field, const long u0[], long denominator, long t, double digits,
                    double log10_radius) {
  size_t d = field->n_inputs;
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = digits};
  cr_assert_eq(enclose(&flow, field, u0, denominator, t, 1, &options), HP_ENCLOSED);
  expect_radius_below(&flow, log10_radius);
  hp_taylor_options plain = {.digits = digits + 20};
  hp_trajectory *trajectory;
  mpfr_t u[4], end;
  arb_ptr ball = _arb_vec_init(4);
  arf_t value;
  arf_init(value);
  mpfr_init2(end, 300);
  mpfr_set_si(end, t, MPFR_RNDN);
  for (size_t i = 0; i < d; i++) {
    mpfr_init2(u[i], 700);
    mpfr_set_si(u[i], u0[i], MPFR_RNDN);
    mpfr_div_si(u[i], u[i], denominator, MPFR_RNDN);
  }
  cr_assert_eq(hp_taylor_integrate(&trajectory, field, u, end, &plain), HP_TAYLOR_DONE);
  for (long n = 0; n <= 8; n++) {
    mpfr_set_si(end, n * t, MPFR_RNDN);
    mpfr_div_2ui(end, end, 3, MPFR_RNDN);
    hp_trajectory_eval(trajectory, end, u, NULL);
    eval_at(&flow, n * t, 8, ball);
    for (size_t i = 0; i < d; i++) {
      arf_set_mpfr(value, u[i]);
      cr_expect(arb_contains_arf(ball + i, value), "component %zu at %ld/8", i, n);
    }
  }
  hp_trajectory_free(trajectory);
  for (size_t i = 0; i < d; i++)
    mpfr_clear(u[i]);
  mpfr_clear(end);
  arf_clear(value);
  _arb_vec_clear(ball, 4);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

Test(enclosure_flow, stiff_valley) {
  compare(rosenbrock(), (long[]){-12, 10}, 10, 1, 20, -18);
}

Test(enclosure_flow, rotation) {
  compare(rotation(), (long[]){3, 4}, 5, 20, 40, -40);
}

Test(enclosure_flow, chaotic) {
  compare(lorenz(), (long[]){-8, 8, 27}, 1, 5, 40, -25);
}

/* u' = 1, w' = 21 u^20 from 0, at 10 digits: order p = 20, and w = u^21 is all remainder,
 * w(s) - P(s) = s^21 = R s^21. A remainder bound that is half of R misses it. */
Test(enclosure_flow, remainder_is_sharp) {
  field_open();
  mpq_t twenty;
  mpq_init(twenty);
  mpq_set_ui(twenty, 20, 1);
  hp_node f[2] = {num(1, 1), op(HP_MUL, num(21, 1), hp_graph_power(field_graph, in(0), twenty))};
  hp_program *field = lower(2, f);
  mpq_clear(twenty);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 10};
  cr_assert_eq(enclose(&flow, field, (long[]){0, 0}, 1, 1, 1, &options), HP_ENCLOSED);
  cr_assert_eq(flow.order, 20);
  const hp_enclosed_step *step = &flow.step[0];
  arb_ptr u = _arb_vec_init(2);
  arb_t exact;
  mag_t error;
  arb_init(exact);
  mag_init(error);
  hp_enclosed_step_eval(step, 2, 20, step->length, u, error, 300);
  hp_arb_set_rational(exact, step->length, 300);
  arb_pow_ui(exact, exact, 21, 300);
  arb_sub(exact, exact, u + 1, 300);
  cr_expect(mag_cmp_2exp_si(step->remainder, 0) >= 0);
  arb_zero(u);
  arb_add_error_mag(u, error);
  cr_expect(arb_contains(u, exact));
  mag_mul_2exp_si(arb_radref(u), error, -1);
  cr_expect_not(arb_overlaps(u, exact), "half the bound is no bound");
  mag_clear(error);
  arb_clear(exact);
  _arb_vec_clear(u, 2);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

static void expect_end(hp_enclosed_flow *flow, hp_enclosure_status got,
                       hp_enclosure_status expected, const char *why) {
  cr_expect_eq(got, expected, "status %d", (int)got);
  char *reason = hp_enclosure_reason(got, flow);
  cr_expect_not_null(strstr(reason, why), "%s", reason);
  cr_expect_not_null(strstr(reason, "it reaches t = "), "%s", reason);
  free(reason);
}

/* u' = u^2 from 1: u = 1/(1-t). Nothing is claimed at t >= 1, and what is claimed is right. */
Test(enclosure_flow, blow_up) {
  field_open();
  hp_node f = op1(HP_SQR, in(0));
  hp_program *field = lower(1, &f);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 20};
  arb_t u;
  arb_init(u);
  expect_end(&flow, enclose(&flow, field, (long[]){1}, 1, 3, 2, &options), HP_ENCLOSURE_BLOW_UP,
             "blow-up");
  cr_expect(mpq_cmp_ui(flow.end, 1, 1) < 0 && mpq_get_d(flow.end) > 0.999);
  eval_at(&flow, 1, 1, u);
  cr_expect_not(arb_is_finite(u));
  eval_at(&flow, -1, 1, u);
  cr_expect_not(arb_is_finite(u));
  eval_at(&flow, 9, 10, u);
  cr_expect(arb_contains_si(u, 10));
  arb_clear(u);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* log is not defined at -1; nor on any box around 0, where u' = -1/u comes in finite time. */
Test(enclosure_flow, outside_the_domain) {
  field_open();
  hp_node f = op1(HP_LOG, in(0));
  hp_program *field = lower(1, &f);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 20};
  mag_t radius;
  mag_init(radius);
  arb_t u;
  arb_init(u);
  expect_end(&flow, enclose(&flow, field, (long[]){-1}, 1, 1, 1, &options), HP_ENCLOSURE_UNDEFINED,
             "not defined");
  cr_expect_eq(flow.n_steps, 0);
  hp_enclosed_flow_radius(&flow, radius);
  cr_expect(mag_is_zero(radius));
  eval_at(&flow, 0, 1, u);
  cr_expect_not(arb_is_finite(u));
  hp_enclosed_flow_clear(&flow);
  field_close(field);
  field_open();
  f = op(HP_DIV, num(-1, 1), in(0));
  field = lower(1, &f);
  expect_end(&flow, enclose(&flow, field, (long[]){1}, 1, 1, 1, &options), HP_ENCLOSURE_BLOW_UP,
             "blow-up");
  cr_expect(mpq_cmp_ui(flow.end, 1, 2) < 0); /* u = sqrt(1 - 2t) */
  hp_enclosed_flow_clear(&flow);
  field_close(field);
  arb_clear(u);
  mag_clear(radius);
}

/* A set so wide that no step can be proved, at once or after a while. */
Test(enclosure_flow, too_wide) {
  hp_program *field = kepler();
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 12};
  expect_end(&flow, enclose(&flow, field, (long[]){1, 0, 0, 2}, 2, 6, 1, &options),
             HP_ENCLOSURE_STEP_TOO_SMALL, "too wide");
  cr_expect(mpq_sgn(flow.end) > 0);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
  field = double_well();
  arb_t start;
  mpq_t end;
  mpq_init(end);
  mpq_set_ui(end, 1, 1);
  arb_init(start);
  arb_set_str(start, "0 +/- 1e200", 100);
  expect_end(&flow, hp_enclose_flow(&flow, field, start, end, &options),
             HP_ENCLOSURE_STEP_TOO_SMALL, "too wide");
  hp_enclosed_flow_clear(&flow);
  arb_clear(start);
  mpq_clear(end);
  field_close(field);
}

static bool stop(void *context) {
  return --*(int *)context > 0;
}

Test(enclosure_flow, told_to_stop) {
  hp_program *field = double_well();
  hp_enclosed_flow flow;
  int left = 3;
  hp_enclosure_options options = {.digits = 20, .keep_going = stop, .context = &left};
  expect_end(&flow, enclose(&flow, field, (long[]){3}, 10, 2, 1, &options),
             HP_ENCLOSURE_INTERRUPTED, "interrupted");
  cr_expect_eq(flow.n_steps, 2);
  hp_enclosed_flow_clear(&flow);
  options = (hp_enclosure_options){.digits = 20, .max_steps = 4};
  expect_end(&flow, enclose(&flow, field, (long[]){3}, 10, 2, 1, &options), HP_ENCLOSURE_STEPS,
             "largest number");
  cr_expect_eq(flow.n_steps, 4);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* Nothing moves: one step to the end, however far. */
Test(enclosure_flow, at_rest) {
  hp_program *field = double_well();
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 20};
  expect_end(&flow, enclose(&flow, field, (long[]){0}, 1, 1, 8, &options), HP_ENCLOSED, "enclosed");
  cr_expect_eq(flow.n_steps, 1);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* u' = -1, w' = w sqrt(u) from (1, 0): w = 0, so the series set no limit, but from t = 1 on the field is
 * not defined: no step reaches it. */
Test(enclosure_flow, up_to_the_end_of_the_domain) {
  field_open();
  hp_node f[2] = {num(-1, 1), op(HP_MUL, in(1), op1(HP_SQRT, in(0)))};
  hp_program *field = lower(2, f);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 10};
  expect_end(&flow, enclose(&flow, field, (long[]){1, 0}, 1, 3, 1, &options),
             HP_ENCLOSURE_STEP_TOO_SMALL, "too stiff");
  cr_expect(mpq_cmp_ui(flow.end, 1, 1) < 0 && mpq_get_d(flow.end) > 0.9);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* u' = -u 2^-40 to 2^42: steps above 2^30. */
Test(enclosure_flow, slow) {
  field_open();
  hp_node f = op(HP_MUL, num(-1, 1L << 40), in(0));
  hp_program *field = lower(1, &f);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 20};
  arb_t u, exact;
  arb_init(u);
  arb_init(exact);
  cr_assert_eq(enclose(&flow, field, (long[]){1}, 1, 1L << 46, 1, &options), HP_ENCLOSED);
  cr_expect(flow.n_steps > 4);
  arb_set_si(exact, -64);
  arb_exp(exact, exact, 300);
  eval_at(&flow, 1L << 46, 1, u);
  cr_expect(arb_contains(u, exact));
  arb_clear(exact);
  arb_clear(u);
  hp_enclosed_flow_clear(&flow);
  field_close(field);
}

/* The momentum equation h alpha w'' + (1 - lambda) w' = f(w), w'(0) = kappa f(u_0), on the double well at
 * h = 2^-10, as in claim A2: in slow and fast coordinates the enclosure stays as narrow as that of the
 * gradient flow, although the field is 700 times as stiff; it holds the uncertified solution. */
Test(enclosure_flow, momentum_equation) {
  field_open();
  hp_node u = in(0), G = op(HP_SUB, op(HP_MUL, u, op1(HP_SQR, u)), u);
  mpq_t mass, damping, end;
  mpq_inits(mass, damping, end, NULL);
  mpq_set_ui(mass, 3, 4096);
  mpq_set_ui(damping, 1, 2);
  mpq_set_ui(end, 1, 2);
  hp_program *slow_fast = hp_field_slow_fast(field_graph, 1, &G, mass, damping);
  hp_program *plain = hp_field_second_order(field_graph, 1, &G, mass, damping);
  /* u_0 = 3/10, w'(0) = (2/3) f(u_0) = 91/500; e = 3/2048, z(0) = -e w'(0), P(0) = u_0 - z(0) */
  arb_ptr start = _arb_vec_init(2);
  arb_set_si(start + 1, -3 * 91);
  arb_div_ui(start + 1, start + 1, 2048 * 500, 400);
  arb_set_ui(start, 3);
  arb_div_ui(start, start, 10, 400);
  arb_sub(start, start, start + 1, 400);
  hp_enclosed_flow flow;
  hp_enclosure_options options = {.digits = 30};
  cr_assert_eq(hp_enclose_flow(&flow, slow_fast, start, end, &options), HP_ENCLOSED);
  expect_radius_below(&flow, -31);
  mpfr_t w[2], t;
  mpfr_inits2(300, w[0], w[1], t, NULL);
  mpfr_set_ui(w[0], 3, MPFR_RNDN);
  mpfr_div_ui(w[0], w[0], 10, MPFR_RNDN);
  mpfr_set_ui(w[1], 91, MPFR_RNDN);
  mpfr_div_ui(w[1], w[1], 500, MPFR_RNDN);
  mpfr_set_d(t, 0.5, MPFR_RNDN);
  hp_trajectory *trajectory;
  hp_taylor_options more = {.digits = 50};
  cr_assert_eq(hp_taylor_integrate(&trajectory, plain, w, t, &more), HP_TAYLOR_DONE);
  arf_t value;
  arf_init(value);
  for (long n = 0; n <= 16; n++) {
    mpfr_set_si(t, n, MPFR_RNDN);
    mpfr_div_2ui(t, t, 5, MPFR_RNDN);
    hp_trajectory_eval(trajectory, t, w, NULL);
    eval_at(&flow, n, 32, start);
    arb_add(start, start, start + 1, 300);
    arf_set_mpfr(value, w[0]);
    cr_expect(arb_contains_arf(start, value), "t = %ld/32", n);
  }
  arf_clear(value);
  hp_trajectory_free(trajectory);
  mpfr_clears(w[0], w[1], t, NULL);
  hp_enclosed_flow_clear(&flow);
  _arb_vec_clear(start, 2);
  mpq_clears(mass, damping, end, NULL);
  hp_program_free(plain);
  field_close(slow_fast);
}
