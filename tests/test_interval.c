#include "parse_text.h"
#include "verify/interval.h"
#include <math.h>

static void set(hp_interval *x, double low, double high) {
  mpfr_set_d(x->low, low, MPFR_RNDD);
  mpfr_set_d(x->high, high, MPFR_RNDU);
}

/* Every operation at points of wide and narrow intervals, against MPFR at 300 bits. */
Test(interval, contains) {
  static const double ends[][2] = {{0.5, 0.75}, {-0.5, 0.75}, {-2, -1}, {1, 1}, {0, 3}, {-1.25, 0}};
  hp_interval *x = hp_interval_new(3, 60), *y = x + 1, *z = x + 2;
  mpq_t none;
  mpq_init(none);
  for (int op = 0; op < HP_OPERATIONS; ++op)
    for (size_t k = 0; k < 6; ++k)
      for (size_t j = 0; j < 6; ++j) {
        set(x, ends[k][0], ends[k][1]);
        set(y, ends[j][0], ends[j][1]);
        hp_interval_apply(z, (hp_operation)op, x, y);
        for (int s = 0; s <= 4; ++s) {
          double a = ends[k][0] + s / 4.0 * (ends[k][1] - ends[k][0]);
          double b = ends[j][1] - s / 4.0 * (ends[j][1] - ends[j][0]);
          arb_t u, v;
          arb_init(u);
          arb_init(v);
          arb_set_d(u, a);
          arb_set_d(v, b);
          hp_instruction code = {.op = (uint32_t)op, .a = 0, .b = 1};
          uint32_t output = 2;
          hp_program program = {
              .n_inputs = 2, .n_instructions = 1, .n_outputs = 1, .code = &code, .output = &output};
          arb_struct in[2] = {*u, *v}, out;
          arb_init(&out);
          hp_evaluate_arb(&program, in, &out, 300);
          if (arb_is_finite(&out)) {
            mpfr_t value;
            mpfr_init2(value, 200);
            arf_get_mpfr(value, arb_midref(&out), MPFR_RNDN);
            cr_expect(mpfr_lessequal_p(z->low, value) && mpfr_greaterequal_p(z->high, value),
                      "operation %d at %g, %g", op, a, b);
            mpfr_clear(value);
          }
          arb_clear(&out);
          arb_clear(v);
          arb_clear(u);
        }
      }
  mpq_clear(none);
  hp_interval_free(x, 3);
}

/* What 60 bits cannot hold lies strictly inside, for both signs: 1 + 2^-80, 1 - 2^-80, (1 + 2^-59)^2, 1/3. */
Test(interval, rounds_outwards) {
  hp_interval *x = hp_interval_new(4, 60), *y = x + 1, *z = x + 2, *minus = x + 3;
  static const struct {
    hp_operation op;
    double a, a_more, b, b_more;
  } cases[] = {{HP_ADD, 1, 0, 0x1p-80, 0},
               {HP_SUB, 1, 0, 0x1p-80, 0},
               {HP_MUL, 1, 0x1p-59, 1, 0x1p-59},
               {HP_DIV, 1, 0, 3, 0}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; ++k) {
    set(x, cases[k].a, cases[k].a);
    set(y, cases[k].b, cases[k].b);
    mpfr_add_d(x->low, x->low, cases[k].a_more, MPFR_RNDN);
    mpfr_add_d(x->high, x->high, cases[k].a_more, MPFR_RNDN);
    mpfr_add_d(y->low, y->low, cases[k].b_more, MPFR_RNDN);
    mpfr_add_d(y->high, y->high, cases[k].b_more, MPFR_RNDN);
    for (int sign = 0; sign < 2; ++sign) {
      hp_interval_apply(z, cases[k].op, x, y);
      cr_expect(mpfr_less_p(z->low, z->high), "operation %d", (int)cases[k].op);
      mpfr_nextabove(z->low);
      cr_expect(mpfr_equal_p(z->low, z->high), "operation %d", (int)cases[k].op);
      hp_interval_apply(minus, HP_NEG, x, x);
      hp_interval_set(x, minus);
      if (cases[k].op == HP_ADD || cases[k].op == HP_SUB) {
        hp_interval_apply(minus, HP_NEG, y, y);
        hp_interval_set(y, minus);
      }
    }
  }
  hp_interval_free(x, 4);
}

/* Narrow in, narrow out; and no claim outside the domain. */
Test(interval, width_and_domain) {
  hp_interval *x = hp_interval_new(3, 100), *y = x + 1, *z = x + 2;
  set(x, 0.3, 0.3);
  set(y, -1, 1);
  for (int op = HP_NEG; op < HP_OPERATIONS; ++op) {
    hp_interval_apply(z, (hp_operation)op, x, x);
    mpfr_sub(z->high, z->high, z->low, MPFR_RNDU);
    cr_expect(mpfr_cmp_d(z->high, 1e-28) < 0, "operation %d", op);
  }
  hp_interval_apply(z, HP_DIV, x, y);
  cr_expect_not(hp_interval_is_finite(z));
  hp_interval_apply(z, HP_LOG, y, y);
  cr_expect_not(hp_interval_is_finite(z));
  hp_interval_apply(z, HP_SQRT, y, y);
  cr_expect_not(hp_interval_is_finite(z));
  set(y, 1, 2);
  hp_interval_apply(z, HP_TAN, y, y);
  cr_expect_not(hp_interval_is_finite(z));
  hp_interval_free(x, 3);
}

Test(interval, program_and_norm) {
  hp_problem *problem = parse_text("params = x, y\nloss = x^2*y + exp(x)/3\nstart = 1, 2\n");
  hp_interval *x = hp_interval_new(4, 80), *g = x + 2, *norm = hp_interval_new(1, 80);
  set(x, 1, 1);
  set(x + 1, 2, 2);
  hp_interval_evaluate(problem->gradient_program, x, g, 80);
  cr_expect(mpfr_cmp_d(g->low, 4 + exp(1) / 3 + 1e-12) < 0 &&
            mpfr_cmp_d(g->high, 4 + exp(1) / 3 - 1e-12) > 0);
  cr_expect(mpfr_cmp_d(g[1].low, 1) == 0 && mpfr_cmp_d(g[1].high, 1) == 0);
  set(g, 3, 3);
  set(g + 1, -4, -4);
  hp_interval_norm(norm, g, 2);
  cr_expect(mpfr_cmp_d(norm->low, 5) == 0 && mpfr_cmp_d(norm->high, 5) == 0);
  cr_expect(hp_interval_contains(norm, norm) && !hp_interval_contains(norm, g));
  hp_interval_free(norm, 1);
  hp_interval_free(x, 4);
  hp_problem_free(problem);
}
