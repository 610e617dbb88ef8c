#include "reference/taylor/fixed.h"
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { LARGEST = 13 };

static void random_digits(flint_rand_t state, hp_digit digit[], size_t n) {
  for (size_t i = 0; i < n; i++)
    digit[i] = (hp_digit)(n_randlimb(state) >> 8) - ((hp_digit)1 << 55);
}

/* sum_i digit[i] 2^{-56(i+1)} */
static void value(arf_t x, const hp_digit digit[], size_t n) {
  arf_t term;
  arf_init(term);
  arf_zero(x);
  for (size_t i = 0; i < n; i++) {
    arf_set_si_2exp_si(term, digit[i], -HP_DIGIT_BITS * (slong)(i + 1));
    arf_add(x, x, term, ARF_PREC_EXACT, ARF_RND_DOWN);
  }
  arf_clear(term);
}

/* The columns kept differ from the exact sum of products by what the header says. */
Test(fixed, dot) {
  flint_rand_t state;
  flint_randinit(state);
  for (size_t m = 1; m <= LARGEST; m++)
    for (size_t count = 0; count < 6; count++) {
      hp_digit a[6 * LARGEST], b[6 * LARGEST], y[LARGEST + 2];
      hp_wide column[LARGEST];
      arf_t exact, p, q;
      arf_init(exact);
      arf_init(p);
      arf_init(q);
      memset(column, 0, sizeof column);
      random_digits(state, a, 6 * LARGEST);
      random_digits(state, b, 6 * LARGEST);
      hp_fixed_dot(column, m, a, LARGEST, b + 5 * LARGEST, -LARGEST, count);
      for (size_t j = 0; j < count; j++) {
        value(p, a + j * LARGEST, m);
        value(q, b + (5 - j) * LARGEST, m);
        arf_addmul(exact, p, q, ARF_PREC_EXACT, ARF_RND_DOWN);
      }
      hp_fixed result = {0, 0, y};
      hp_fixed_carry(&result, column, m, 3);
      cr_assert_eq(result.n, m + 2);
      cr_assert_eq(result.exponent, 3 + HP_DIGIT_BITS);
      hp_fixed_get_arf(p, y, m + 2, HP_DIGIT_BITS);
      arf_sub(p, p, exact, ARF_PREC_EXACT, ARF_RND_DOWN);
      arf_set_si_2exp_si(q, (slong)(m * count), -HP_DIGIT_BITS * (slong)m - 2);
      cr_expect(arf_cmpabs(p, q) <= 0, "m %zu, count %zu", m, count);
      for (size_t i = 1; i < m + 2; i++)
        cr_expect(y[i] >= -((hp_digit)1 << 55) && y[i] < (hp_digit)1 << 55);
      arf_clear(q);
      arf_clear(p);
      arf_clear(exact);
    }
  flint_randclear(state);
}

Test(fixed, conversion_is_exact) {
  flint_rand_t state;
  flint_randinit(state);
  for (int i = 0; i < 500; i++) {
    hp_digit digit[5];
    arf_t x, y;
    arf_init(x);
    arf_init(y);
    arf_randtest(x, state, 180, 3);
    arf_mul_2exp_si(x, x, -6);
    hp_fixed_set_arf(digit, 5, 10, x);
    hp_fixed_get_arf(y, digit, 5, 10);
    cr_expect(arf_equal(x, y));
    double log2_x = arf_is_zero(x) ? -INFINITY : log2(fabs(arf_get_d(x, ARF_RND_NEAR)));
    cr_expect(log2_x == hp_fixed_log2(digit, 5) + 10 ||
              fabs(log2_x - hp_fixed_log2(digit, 5) - 10) < 1e-9);
    if (arf_is_zero(x))
      cr_expect_eq(hp_fixed_bits(digit, 5), HP_FIXED_ZERO);
    else
      cr_expect(hp_fixed_bits(digit, 5) + 10 == arf_abs_bound_lt_2exp_si(x) ||
                hp_fixed_bits(digit, 5) + 9 == arf_abs_bound_lt_2exp_si(x));
    arf_clear(y);
    arf_clear(x);
  }
  flint_randclear(state);
}

/* x + z and x - z at an exponent with room: exact up to the digits dropped. */
Test(fixed, add) {
  flint_rand_t state;
  flint_randinit(state);
  for (int i = 0; i < 2000; i++) {
    hp_digit a[3], b[4], c[6];
    arf_t x, z, y;
    arf_init(x);
    arf_init(z);
    arf_init(y);
    random_digits(state, a, 3);
    random_digits(state, b, 4);
    hp_fixed first = {(slong)n_randint(state, 150), 3, a};
    hp_fixed second = {(slong)n_randint(state, 150), 4, b};
    slong exponent = (first.exponent > second.exponent ? first.exponent : second.exponent) + 2;
    int sign = i % 2 ? 1 : -1;
    hp_fixed sum = {0, 0, c};
    cr_assert(hp_fixed_add(&sum, 6, exponent, &first, 1, &second, sign));
    hp_fixed_get_arf(x, a, 3, first.exponent);
    hp_fixed_get_arf(z, b, 4, second.exponent);
    (sign > 0 ? arf_add : arf_sub)(x, x, z, ARF_PREC_EXACT, ARF_RND_DOWN);
    hp_fixed_get_arf(y, c, 6, sum.exponent);
    arf_sub(y, y, x, ARF_PREC_EXACT, ARF_RND_DOWN);
    arf_set_si_2exp_si(z, 2, exponent - 6 * HP_DIGIT_BITS);
    cr_expect(arf_cmpabs(y, z) <= 0);
    arf_clear(y);
    arf_clear(z);
    arf_clear(x);
  }
  flint_randclear(state);
}

/* 2^{e-1} is the first magnitude that does not fit exponent e, whatever the alignment. */
Test(fixed, store_sees_what_does_not_fit) {
  for (slong exponent = -120; exponent <= 120; exponent++)
    for (int sign = -1; sign <= 1; sign += 2) {
      hp_digit digit[6], stored[3];
      hp_fixed x = {130, 6, digit};
      arf_t value_of;
      arf_init(value_of);
      arf_set_si_2exp_si(value_of, sign, exponent);
      hp_fixed_set_arf(digit, 6, x.exponent, value_of);
      cr_expect_not(hp_fixed_store(stored, 3, exponent, &x));
      cr_expect_not(hp_fixed_store(stored, 3, exponent - 60, &x));
      cr_expect_not(hp_fixed_add(&(hp_fixed){0, 0, stored}, 3, exponent, &x, 1, &x, 0));
      cr_expect(hp_fixed_store(stored, 3, exponent + 2, &x));
      arf_t back;
      arf_init(back);
      hp_fixed_get_arf(back, stored, 3, exponent + 2);
      cr_expect(arf_equal(back, value_of));
      arf_clear(back);
      arf_clear(value_of);
    }
}

/* ((3/8) x + 1/4) at x = -1/2 */
Test(fixed, horner) {
  hp_digit sum[2] = {(hp_digit)3 << 53, 0}, x[2] = {-((hp_digit)1 << 55), 0};
  hp_digit addend[2] = {(hp_digit)1 << 54, 5};
  hp_wide column[2];
  hp_fixed_horner(sum, x, addend, 2, column);
  cr_expect_eq(sum[0], ((hp_digit)1 << 54) - ((hp_digit)3 << 52));
  cr_expect_eq(sum[1], 5);
}
