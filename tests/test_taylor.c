#include "reference/taylor/taylor.h"
#include "field.h"
#include <criterion/criterion.h>

enum { BITS = 1400, MOST = 4 };

typedef struct {
  hp_trajectory *trajectory;
  hp_taylor_status status;
  mpfr_t u0[MOST], u[MOST], t;
} run;

/* Integrates from the decimal starts to t_end, evaluates there. */
static void open_run(run *r, const hp_program *field, const char *const start[], const char *t_end,
                     hp_taylor_options options) {
  for (size_t i = 0; i < field->n_inputs; i++) {
    mpfr_init2(r->u0[i], BITS);
    mpfr_init2(r->u[i], BITS);
    mpfr_set_str(r->u0[i], start[i], 10, MPFR_RNDN);
  }
  mpfr_init2(r->t, BITS);
  mpfr_set_str(r->t, t_end, 10, MPFR_RNDN);
  r->status = hp_taylor_integrate(&r->trajectory, field, r->u0, r->t, &options);
  hp_trajectory_eval(r->trajectory, r->t, r->u, NULL);
}

static void close_run(run *r) {
  for (size_t i = 0; i < hp_trajectory_dimension(r->trajectory); i++)
    mpfr_clears(r->u0[i], r->u[i], NULL);
  mpfr_clear(r->t);
  hp_trajectory_free(r->trajectory);
}

/* log10 |x - y|, x is destroyed */
static double log10_gap(mpfr_t x, const mpfr_t y) {
  mpfr_sub(x, x, y, MPFR_RNDN);
  if (mpfr_zero_p(x))
    return -1e9;
  mpfr_abs(x, x, MPFR_RNDN);
  mpfr_log10(x, x, MPFR_RNDN);
  return mpfr_get_d(x, MPFR_RNDN);
}

/* The error of the run at its end against one with more digits in balls, as log10. */
static double error_of(const hp_program *field, const char *const start[], const char *t_end,
                       hp_taylor_options options) {
  run mine, better;
  hp_taylor_options more = {.digits = 1.1 * options.digits + 15, .arithmetic = HP_TAYLOR_BALLS};
  open_run(&mine, field, start, t_end, options);
  open_run(&better, field, start, t_end, more);
  cr_assert_eq(mine.status, HP_TAYLOR_DONE);
  cr_assert_eq(better.status, HP_TAYLOR_DONE);
  double error = -1e9, norm = 0;
  for (size_t i = 0; i < field->n_inputs; i++) {
    norm = fmax(norm, fabs(mpfr_get_d(better.u[i], MPFR_RNDN)));
    error = fmax(error, log10_gap(mine.u[i], better.u[i]));
  }
  close_run(&better);
  close_run(&mine);
  return error - log10(fmax(1, norm));
}

static const hp_taylor_arithmetic ARITHMETIC[2] = {HP_TAYLOR_FIXED_POINT, HP_TAYLOR_BALLS};

/* u(1) = u0/sqrt(u0^2 + (1 - u0^2) e^{-4}), u0 = 1/2 */
Test(taylor, double_well_closed_form) {
  static const double digits[3] = {25, 60, 200};
  hp_program *field = double_well();
  mpfr_t exact;
  mpfr_init2(exact, BITS);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 2; j++) {
      run r;
      hp_taylor_options options = {.digits = digits[i], .arithmetic = ARITHMETIC[j]};
      open_run(&r, field, (const char *[]){"0.5"}, "1", options);
      cr_assert_eq(r.status, HP_TAYLOR_DONE);
      mpfr_set_si(exact, -4, MPFR_RNDN);
      mpfr_exp(exact, exact, MPFR_RNDN);
      mpfr_mul_ui(exact, exact, 3, MPFR_RNDN);
      mpfr_add_ui(exact, exact, 1, MPFR_RNDN);
      mpfr_rec_sqrt(exact, exact, MPFR_RNDN);
      cr_expect_lt(log10_gap(r.u[0], exact), -digits[i]);
      cr_expect_eq(mpfr_get_d(r.t, MPFR_RNDN), 1);
      close_run(&r);
    }
  mpfr_clear(exact);
  field_close(field);
}

/* u' = -3u over a long time: e^{-60}, absolute accuracy below norm 1; and u' = u to e^{30}. */
Test(taylor, exponentials) {
  static const struct {
    long rate;
    const char *t_end;
    long exponent;
  } table[2] = {{-3, "20", -60}, {1, "30", 30}};
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) {
      field_open();
      hp_node f = op(HP_MUL, num(table[i].rate, 1), in(0));
      hp_program *field = lower(1, &f);
      run r;
      open_run(&r, field, (const char *[]){"1"}, table[i].t_end,
               (hp_taylor_options){.digits = 40, .arithmetic = ARITHMETIC[j]});
      mpfr_t exact;
      mpfr_init2(exact, BITS);
      mpfr_set_si(exact, table[i].exponent, MPFR_RNDN);
      mpfr_exp(exact, exact, MPFR_RNDN);
      double norm = fmax(0, log10(mpfr_get_d(exact, MPFR_RNDN)));
      cr_expect_lt(log10_gap(r.u[0], exact), -40 + norm);
      mpfr_clear(exact);
      close_run(&r);
      field_close(field);
    }
}

static const char *const KEPLER_START[4] = {
    "0.5", "0", "0", "1.7320508075688772935274463415058723669428052538103806280558069794519"};
static const char *const PERIOD =
    "6.2831853071795864769252867665590057683943387987502116419498891846156";

/* Energy v^2/2 - 1/r = -1/2, kept to the digits asked for at every time. */
Test(taylor, kepler_returns_and_keeps_its_energy) {
  hp_program *field = kepler();
  run r;
  open_run(&r, field, KEPLER_START, PERIOD, (hp_taylor_options){.digits = 50});
  for (int i = 0; i < 4; i++)
    cr_expect_lt(log10_gap(r.u[i], r.u0[i]), -50);
  mpfr_t energy, square, minus_half;
  mpfr_inits2(BITS, energy, square, minus_half, NULL);
  mpfr_set_d(minus_half, -0.5, MPFR_RNDN);
  for (int step = 0; step < 30; step++) {
    mpfr_set_d(r.t, 0.2 * step + 0.01, MPFR_RNDN);
    hp_trajectory_eval(r.trajectory, r.t, r.u, NULL);
    mpfr_hypot(energy, r.u[0], r.u[1], MPFR_RNDN);
    mpfr_ui_div(energy, 1, energy, MPFR_RNDN);
    mpfr_hypot(square, r.u[2], r.u[3], MPFR_RNDN);
    mpfr_sqr(square, square, MPFR_RNDN);
    mpfr_div_2ui(square, square, 1, MPFR_RNDN);
    mpfr_sub(energy, square, energy, MPFR_RNDN);
    cr_expect_lt(log10_gap(energy, minus_half), -50);
  }
  mpfr_clears(energy, square, minus_half, NULL);
  close_run(&r);
  field_close(field);
}

static const char *const LORENZ_START[3] = {"1", "1", "1"};
static const char *const VALLEY_START[2] = {"-1.2", "1"};

/* The digits asked for are reached on problems of every kind, and more digits give less error. */
Test(taylor, achieved_digits) {
  static const double digits[4] = {20, 34, 50, 100};
  double last[5] = {0};
  for (int i = 0; i < 4; i++) {
    hp_program *field[5];
    double error[5];
    hp_taylor_options options = {.digits = digits[i]};
    error[0] = error_of(field[0] = rotation(), (const char *[]){"1", "0"}, "10", options);
    field_close(field[0]);
    error[1] = error_of(field[1] = rosenbrock(), VALLEY_START, "1", options);
    field_close(field[1]);
    error[2] = error_of(field[2] = kepler(), KEPLER_START, PERIOD, options);
    field_close(field[2]);
    error[3] = error_of(field[3] = lorenz(), LORENZ_START, "10", options);
    field_close(field[3]);
    error[4] = error_of(field[4] = double_well(), (const char *[]){"1e-8"}, "12", options);
    field_close(field[4]);
    for (int j = 0; j < 5; j++) {
      cr_expect_lt(error[j], -digits[i], "problem %d, %g digits: 10^%.1f", j, digits[i], error[j]);
      cr_expect_lt(error[j], last[j]);
      last[j] = error[j];
    }
  }
}

/* A stiff field at many digits: roundings are amplified by exp(|F'| h), and the step knows it. */
Test(taylor, stiff_at_200_digits) {
  for (int j = 0; j < 2; j++) {
    hp_program *field = rosenbrock();
    cr_expect_lt(error_of(field, VALLEY_START, "0.2",
                          (hp_taylor_options){.digits = 200, .arithmetic = ARITHMETIC[j]}),
                 -200);
    field_close(field);
  }
}

/* Dense output agrees with an integration to that time; the derivative is the field. */
Test(taylor, dense_output) {
  hp_program *field = lorenz();
  run whole, part;
  hp_taylor_options options = {.digits = 40};
  open_run(&whole, field, LORENZ_START, "3", options);
  open_run(&part, field, LORENZ_START, "1.2345", options);
  mpfr_t slope[3], expected[3];
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, field, BITS);
  for (int i = 0; i < 3; i++)
    mpfr_inits2(BITS, slope[i], expected[i], NULL);
  hp_trajectory_eval(whole.trajectory, part.t, whole.u, slope);
  hp_evaluate_mpfr(&evaluator, whole.u, expected);
  for (int i = 0; i < 3; i++) {
    cr_expect_lt(log10_gap(whole.u[i], part.u[i]), -40 + 2);
    cr_expect_lt(log10_gap(slope[i], expected[i]), -40 + 2);
    mpfr_clears(slope[i], expected[i], NULL);
  }
  hp_evaluator_mpfr_clear(&evaluator);
  close_run(&part);
  close_run(&whole);
  field_close(field);
}

/* Two steps meet: the polynomials of both sides agree at every boundary. Outside [0, end] the time
 * is clamped. */
Test(taylor, continuous_and_clamped) {
  hp_program *field = double_well();
  run r;
  open_run(&r, field, (const char *[]){"0.25"}, "3", (hp_taylor_options){.digits = 30});
  mpfr_t before[1];
  mpfr_init2(before[0], BITS);
  mpfr_set_si(r.t, -1, MPFR_RNDN);
  hp_trajectory_eval(r.trajectory, r.t, r.u, NULL);
  cr_expect_eq(mpfr_cmp_d(r.u[0], 0.25), 0);
  mpfr_set_si(r.t, 3, MPFR_RNDN);
  hp_trajectory_eval(r.trajectory, r.t, before, NULL);
  mpfr_set_si(r.t, 4, MPFR_RNDN);
  hp_trajectory_eval(r.trajectory, r.t, r.u, NULL);
  cr_expect(mpfr_equal_p(r.u[0], before[0]));
  for (int i = 0; i < 3000; i++) {
    mpfr_set_si_2exp(r.t, i, -10, MPFR_RNDN);
    hp_trajectory_eval(r.trajectory, r.t, r.u, NULL);
    if (i > 0) /* |u'| <= 1 */
      cr_expect_lt(log10_gap(before[0], r.u[0]), -3);
    mpfr_set(before[0], r.u[0], MPFR_RNDN);
  }
  mpfr_clear(before[0]);
  close_run(&r);
  field_close(field);
}

Test(taylor, properties_of_a_trajectory) {
  hp_program *field = rotation();
  run r;
  open_run(&r, field, (const char *[]){"1", "0"}, "30", (hp_taylor_options){.digits = 30});
  cr_expect_eq(hp_trajectory_dimension(r.trajectory), 2);
  cr_expect_gt(hp_trajectory_steps(r.trajectory), 1);
  /* ceil(36 ln(10)/2 + 1); 36 digits and 40 guard bits in digits of 56 */
  cr_expect_eq(hp_trajectory_order(r.trajectory), 43);
  cr_expect_eq(hp_trajectory_precision(r.trajectory), 168);
  hp_trajectory_end(r.trajectory, r.t);
  cr_expect_eq(mpfr_get_d(r.t, MPFR_RNDN), 30);
  close_run(&r);
  field_close(field);
  hp_trajectory_free(NULL);
}

/* Equilibrium, constant field and polynomial solutions: the last orders vanish. */
Test(taylor, solutions_with_few_terms) {
  for (int j = 0; j < 2; j++) {
    hp_taylor_options options = {.digits = 30, .arithmetic = ARITHMETIC[j]};
    hp_program *field = double_well();
    run r;
    open_run(&r, field, (const char *[]){"1"}, "1000", options);
    cr_expect_eq(r.status, HP_TAYLOR_DONE);
    cr_expect_eq(mpfr_cmp_ui(r.u[0], 1), 0);
    close_run(&r);
    field_close(field);
    field_open();
    hp_node f[2] = {num(1, 1), op1(HP_SQR, in(0))}; /* y = t^3/3 */
    field = lower(2, f);
    open_run(&r, field, (const char *[]){"0", "0"}, "6", options);
    cr_expect_eq(r.status, HP_TAYLOR_DONE);
    mpfr_t exact;
    mpfr_init2(exact, BITS);
    mpfr_set_ui(exact, 72, MPFR_RNDN);
    cr_expect_lt(log10_gap(r.u[1], exact), -30 + 2);
    mpfr_clear(exact);
    close_run(&r);
    field_close(field);
  }
}

/* u' = 1/10 + tanh(u) e^{-u} + log(1 + u^2) sin(3u) cosh(u)/4: every kind of series at once. */
Test(taylor, all_kinds_of_series) {
  field_open();
  hp_node u = in(0), square = op(HP_ADD, num(1, 1), op1(HP_SQR, u));
  hp_node wave = op(HP_MUL, op1(HP_SIN, op(HP_MUL, num(3, 1), u)), op1(HP_COSH, u));
  hp_node f =
      op(HP_ADD, op(HP_ADD, num(1, 10), op(HP_MUL, op1(HP_TANH, u), op1(HP_EXP, op1(HP_NEG, u)))),
         op(HP_MUL, op(HP_MUL, op1(HP_LOG, square), wave),
            op(HP_DIV, num(1, 4), op1(HP_SQRT, square))));
  hp_program *field = lower(1, &f);
  for (int j = 0; j < 2; j++)
    cr_expect_lt(error_of(field, (const char *[]){"0.25"}, "8",
                          (hp_taylor_options){.digits = 45, .arithmetic = ARITHMETIC[j]}),
                 -45);
  field_close(field);
}

/* A function of the solution with a nearer singularity than the solution: 1/(1 + 400 x^2) - 1/(1 +
 * 400 x^2) is not folded when written with two different products, and cancels. */
Test(taylor, inner_series_that_grow_faster) {
  field_open();
  hp_node x = in(0), square = op(HP_MUL, num(400, 1), op1(HP_SQR, x));
  hp_node twice = op1(HP_SQR, op(HP_MUL, num(20, 1), x));
  hp_node one = num(1, 1);
  hp_node nothing =
      op(HP_SUB, op(HP_DIV, one, op(HP_ADD, one, square)), op(HP_DIV, one, op(HP_ADD, one, twice)));
  hp_node f = op(HP_ADD, x, nothing);
  hp_program *field = lower(1, &f);
  run r;
  open_run(&r, field, (const char *[]){"1"}, "2", (hp_taylor_options){.digits = 60});
  mpfr_t exact;
  mpfr_init2(exact, BITS);
  mpfr_set_ui(exact, 2, MPFR_RNDN);
  mpfr_exp(exact, exact, MPFR_RNDN);
  cr_expect_lt(log10_gap(r.u[0], exact), -60 + 1);
  mpfr_clear(exact);
  close_run(&r);
  field_close(field);
}

/* Beyond what sums of products of 56-bit digits hold, the balls take over. */
Test(taylor, thousands_of_digits) {
  field_open();
  hp_node f = in(0);
  hp_program *field = lower(1, &f);
  run r;
  mpfr_t exact;
  mpfr_init2(exact, 7000);
  open_run(&r, field, (const char *[]){"1"}, "1", (hp_taylor_options){.digits = 1800});
  cr_expect_eq(r.status, HP_TAYLOR_DONE);
  mpfr_set_prec(r.u[0], 7000);
  hp_trajectory_eval(r.trajectory, r.t, r.u, NULL);
  mpfr_set_ui(exact, 1, MPFR_RNDN);
  mpfr_exp(exact, exact, MPFR_RNDN);
  cr_expect_lt(log10_gap(r.u[0], exact), -1800);
  mpfr_clear(exact);
  close_run(&r);
  field_close(field);
}

/* u' = u^2 from 1 leaves every bound at t = 1. */
Test(taylor, blow_up) {
  for (int j = 0; j < 2; j++) {
    field_open();
    hp_node f = op1(HP_SQR, in(0));
    hp_program *field = lower(1, &f);
    run r;
    open_run(&r, field, (const char *[]){"1"}, "2",
             (hp_taylor_options){.digits = 20, .arithmetic = ARITHMETIC[j]});
    cr_expect_eq(r.status, HP_TAYLOR_BLOW_UP);
    hp_trajectory_end(r.trajectory, r.t);
    double end = mpfr_get_d(r.t, MPFR_RNDN);
    cr_expect(end > 0.999999 && end < 1.000001);
    close_run(&r);
    field_close(field);
  }
}

/* u' = u over a time that takes u beyond 2^(2^20); and a run that may make three steps. */
Test(taylor, other_bounds) {
  field_open();
  hp_node f = in(0);
  hp_program *field = lower(1, &f);
  run r;
  open_run(&r, field, (const char *[]){"1e315652"}, "1e4", (hp_taylor_options){.digits = 20});
  cr_expect_eq(r.status, HP_TAYLOR_BLOW_UP);
  close_run(&r);
  open_run(&r, field, (const char *[]){"1"}, "100",
           (hp_taylor_options){.digits = 20, .max_steps = 3});
  cr_expect_eq(r.status, HP_TAYLOR_BLOW_UP);
  cr_expect_eq(hp_trajectory_steps(r.trajectory), 3);
  close_run(&r);
  field_close(field);
}

/* u' = log(u) from u = -1: no step. The trajectory is the start; its derivative is not known. */
Test(taylor, not_a_number) {
  for (int j = 0; j < 2; j++) {
    field_open();
    hp_node f = op1(HP_LOG, in(0));
    hp_program *field = lower(1, &f);
    run r;
    mpfr_t slope[1];
    mpfr_init2(slope[0], BITS);
    open_run(&r, field, (const char *[]){"-1"}, "2",
             (hp_taylor_options){.digits = 20, .arithmetic = ARITHMETIC[j]});
    cr_expect_eq(r.status, HP_TAYLOR_NOT_A_NUMBER);
    cr_expect_eq(hp_trajectory_steps(r.trajectory), 0);
    hp_trajectory_eval(r.trajectory, r.t, r.u, slope);
    cr_expect_eq(mpfr_cmp_si(r.u[0], -1), 0);
    cr_expect(mpfr_nan_p(slope[0]));
    mpfr_clear(slope[0]);
    close_run(&r);
    field_close(field);
  }
}

static bool three_times(double t, void *context) {
  int *left = context;
  cr_expect_geq(t, 0);
  return (*left)-- > 0;
}

Test(taylor, interrupted) {
  hp_program *field = lorenz();
  int left = 3;
  run r;
  open_run(&r, field, LORENZ_START, "10",
           (hp_taylor_options){.digits = 20, .keep_going = three_times, .context = &left});
  cr_expect_eq(r.status, HP_TAYLOR_INTERRUPTED);
  cr_expect_eq(hp_trajectory_steps(r.trajectory), 3);
  close_run(&r);
  field_close(field);
}
