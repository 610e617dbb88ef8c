#include "reference/taylor/stepper.h"
#include "field.h"
#include <criterion/criterion.h>

typedef struct {
  hp_program *field;
  hp_plan *plan;
  hp_stepper stepper;
  hp_polynomial step;
  arf_struct u[4];
  double log2_step;
} setting;

static void open_setting(setting *s, hp_program *field, double digits,
                         hp_taylor_arithmetic arithmetic, const double u[]) {
  s->field = field;
  s->plan = hp_plan_compile(field);
  hp_stepper_init(&s->stepper, s->plan, digits, arithmetic);
  hp_polynomial_init(&s->step, &s->stepper.shape);
  for (size_t i = 0; i < field->n_inputs; i++) {
    arf_init(s->u + i);
    arf_set_d(s->u + i, u[i]);
  }
}

static hp_taylor_status expand(setting *s, double log2_left) {
  return hp_stepper_expand(&s->stepper, &s->step, s->u, log2_left, &s->log2_step);
}

static void close_setting(setting *s) {
  for (size_t i = 0; i < s->field->n_inputs; i++)
    arf_clear(s->u + i);
  hp_polynomial_clear(&s->step);
  hp_stepper_clear(&s->stepper);
  hp_plan_free(s->plan);
  field_close(s->field);
}

static const hp_taylor_arithmetic ARITHMETIC[2] = {HP_TAYLOR_FIXED_POINT, HP_TAYLOR_BALLS};

/* u' = u^2, u = 2: u_k = 2^{k+1}, |u_k|^{1/k} = 2 2^{1/k}, norm 2: h = e^-2/2. Sizes of balls are
 * known to a factor 2, which is 1/58 in log2 h. */
Test(stepper, radius_of_a_pole) {
  for (int j = 0; j < 2; j++) {
    setting s;
    field_open();
    hp_node f = op1(HP_SQR, in(0));
    open_setting(&s, lower(1, &f), 44, ARITHMETIC[j], (double[]){2});
    cr_expect_eq(s.stepper.order, 59, "ceil(50 ln(10)/2 + 1)");
    cr_expect_eq(s.stepper.n, 4, "167 + 40 + 10 bits");
    cr_assert_eq(expand(&s, 10), HP_TAYLOR_DONE);
    cr_expect_float_eq(s.log2_step, -2 / log(2) - 1, 1.0 / 58);
    /* U_k = 2^{k+1} H^k */
    double log2_scale = log2(arf_get_d(s.step.scale, ARF_RND_NEAR));
    for (size_t k = 0; k <= s.stepper.order; k++)
      cr_expect_float_eq((double)s.step.exponent[0] +
                             hp_fixed_log2(hp_polynomial_at(&s.step, &s.stepper.shape, 0, k),
                                           hp_jet_digits(s.stepper.n, k)),
                         (double)(k + 1) + (double)k * log2_scale, 1e-6, "order %zu", k);
    close_setting(&s);
  }
}

/* A step is never asked to reach far beyond the time that is left. */
Test(stepper, time_left) {
  setting s;
  open_setting(&s, rotation(), 30, HP_TAYLOR_FIXED_POINT, (double[]){1, 0});
  cr_assert_eq(expand(&s, -20), HP_TAYLOR_DONE);
  cr_expect_geq(s.log2_step, -20);
  cr_expect_lt(s.log2_step, -19);
  close_setting(&s);
}

/* On the floor of the valley the fast rate is near 10^4 and exp(10^4 h) 2^-bits must stay below the
 * tolerance, whereas the coefficients alone would allow a longer step. */
Test(stepper, stiff) {
  for (int j = 0; j < 2; j++) {
    setting s;
    open_setting(&s, rosenbrock(), 300, ARITHMETIC[j], (double[]){0.5, 0.2476});
    cr_assert_eq(expand(&s, 0), HP_TAYLOR_DONE);
    double bits = 10000 * exp2(s.log2_step) / log(2);
    cr_expect_lt(bits, 2 * (double)s.stepper.spare_bits + 40, "%g bits", bits);
    close_setting(&s);
  }
}

/* 1/(1 + 10^8 x^2) has poles at 10^-4 i, seen from x = 1/100; x itself has none, but the field
 * cancels them. The solution's own step is too long for that series. */
Test(stepper, inner_series) {
  field_open();
  hp_node x = in(0), scaled = op(HP_MUL, num(10000, 1), x), one = num(1, 1);
  hp_node a = op(HP_DIV, one, op(HP_ADD, one, op1(HP_SQR, scaled)));
  hp_node b = op(HP_DIV, one, op(HP_ADD, one, op(HP_MUL, num(100000000, 1), op1(HP_SQR, x))));
  hp_node f = op(HP_ADD, one, op(HP_SUB, a, b));
  setting s;
  open_setting(&s, lower(1, &f), 60, HP_TAYLOR_FIXED_POINT, (double[]){0.01});
  cr_assert_eq(expand(&s, 0), HP_TAYLOR_DONE);
  arf_t t, end;
  arf_init(t);
  arf_init(end);
  arf_set_d(t, exp2(s.log2_step));
  hp_polynomial_eval(&s.step, &s.stepper.shape, t, s.u, NULL);
  arf_set_d(end, 0.01);
  arf_add(end, end, t, ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_sub(end, end, s.u, ARF_PREC_EXACT, ARF_RND_DOWN);
  cr_expect(arf_cmpabs_2exp_si(end, -s.stepper.tol_bits) < 0);
  arf_clear(end);
  arf_clear(t);
  close_setting(&s);
}

Test(stepper, outside_the_domain) {
  for (int j = 0; j < 2; j++) {
    setting s;
    field_open();
    hp_node f = op1(HP_LOG, in(0));
    open_setting(&s, lower(1, &f), 20, ARITHMETIC[j], (double[]){-1});
    cr_expect_eq(expand(&s, 0), HP_TAYLOR_NOT_A_NUMBER);
    close_setting(&s);
  }
}
