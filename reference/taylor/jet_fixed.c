#include "jet_fixed.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>
#include <string.h>

static hp_fixed *new_numbers(size_t count, size_t n) {
  hp_fixed *numbers = hp_allocate(count, sizeof *numbers);
  hp_digit *digit = hp_allocate(count * n, sizeof *digit);
  for (size_t i = 0; i < count; i++)
    numbers[i] = (hp_fixed){0, n, digit + i * n};
  return numbers;
}

static void free_numbers(hp_fixed *numbers) {
  free(numbers->digit);
  free(numbers);
}

static bool has_inverse(const hp_series *series) {
  return series->kind == HP_SERIES_DIV || series->kind == HP_SERIES_SQRT;
}

/* x with n digits at the least exponent that leaves one bit of room. */
static void set_number(hp_fixed *y, size_t n, const arf_t x) {
  y->n = n;
  y->exponent = arf_is_zero(x) ? 0 : arf_abs_bound_lt_2exp_si(x) + 2;
  hp_fixed_set_arf(y->digit, n, y->exponent, x);
}

static void set_reciprocals(hp_jet_fixed *jet) {
  arb_t x;
  arb_init(x);
  for (size_t k = 1; k <= jet->order; k++) {
    arb_set_ui(x, k);
    arb_inv(x, x, jet->bits);
    set_number(&jet->reciprocal[k], jet->n, arb_midref(x));
  }
  arb_clear(x);
}

static void set_constants(hp_jet_fixed *jet) {
  hp_plan_constants(jet->plan, jet->value, jet->bits);
  for (uint32_t s = 0; s < jet->plan->n_series; s++)
    if (hp_plan_is_constant(jet->plan, s) && arb_is_finite(jet->value + s)) {
      hp_fixed y = {0, jet->n, hp_jet_fixed_at(jet, s, 0)};
      set_number(&y, jet->n, arb_midref(jet->value + s));
      jet->exponent[s] = y.exponent;
    }
}

void hp_jet_fixed_init(hp_jet_fixed *jet, const hp_plan *plan, size_t order, size_t n) {
  size_t count = plan->n_series, size = 0, n_inverse = 0;
  *jet = (hp_jet_fixed){.plan = plan, .order = order, .n = n};
  jet->bits = (slong)(n + 1) * HP_DIGIT_BITS;
  jet->place = hp_allocate(count, sizeof *jet->place);
  for (uint32_t s = 0; s < count; s++) {
    jet->place[s] = size;
    size += n * (hp_plan_is_constant(plan, s) ? 1 : order + 1);
    n_inverse += has_inverse(&plan->series[s]);
  }
  jet->digit = hp_allocate(size, sizeof *jet->digit);
  jet->exponent = hp_allocate(count, sizeof *jet->exponent);
  jet->peak = hp_allocate(count, sizeof *jet->peak);
  jet->weighted = hp_allocate(count, sizeof *jet->weighted);
  jet->inverse = hp_allocate(count, sizeof *jet->inverse);
  hp_digit *digit = hp_allocate(n_inverse * (n + 1), sizeof *digit);
  jet->inverse_digit = digit;
  for (uint32_t s = 0; s < count; s++)
    if (has_inverse(&plan->series[s])) {
      jet->inverse[s].digit = digit;
      digit += n + 1;
    }
  jet->reciprocal = new_numbers(order + 1, n);
  jet->time = new_numbers(order + 1, n);
  jet->value = _arb_vec_init((slong)count);
  jet->inverse_value = _arb_vec_init((slong)count);
  jet->column = hp_allocate(n + 1, sizeof *jet->column);
  jet->work.digit = hp_allocate(n + 3, sizeof *jet->work.digit);
  jet->sum.digit = hp_allocate(n + 1, sizeof *jet->sum.digit);
  set_reciprocals(jet);
  set_constants(jet);
}

void hp_jet_fixed_clear(hp_jet_fixed *jet) {
  slong count = (slong)jet->plan->n_series;
  free(jet->sum.digit);
  free(jet->work.digit);
  free(jet->column);
  _arb_vec_clear(jet->inverse_value, count);
  _arb_vec_clear(jet->value, count);
  free_numbers(jet->time);
  free_numbers(jet->reciprocal);
  free(jet->inverse_digit);
  free(jet->inverse);
  free(jet->weighted);
  free(jet->peak);
  free(jet->exponent);
  free(jet->digit);
  free(jet->place);
}

bool hp_jet_fixed_values(hp_jet_fixed *jet, const arf_struct u0[]) {
  for (size_t i = 0; i < jet->plan->n_inputs; i++)
    arb_set_arf(jet->value + i, u0 + i);
  if (!hp_plan_values(jet->plan, jet->value, jet->inverse_value, jet->bits))
    return false;
  for (uint32_t s = 0; s < jet->plan->n_series; s++)
    if (has_inverse(&jet->plan->series[s]))
      set_number(&jet->inverse[s], jet->n + 1, arb_midref(jet->inverse_value + s));
  return true;
}

static hp_fixed number(const hp_jet_fixed *jet, uint32_t s, size_t k, size_t m) {
  return (hp_fixed){jet->exponent[s], m, hp_jet_fixed_at(jet, s, k)};
}

static void clear_columns(hp_jet_fixed *jet, size_t m) {
  memset(jet->column, 0, m * sizeof *jet->column);
}

/* work = sum_{first<=j<=last} a_j b_{k-j}, m digits of each */
static void convolve(hp_jet_fixed *jet, size_t m, uint32_t a, uint32_t b, size_t k, size_t first,
                     size_t last) {
  ptrdiff_t n = (ptrdiff_t)jet->n;
  clear_columns(jet, m);
  hp_fixed_dot(jet->column, m, hp_jet_fixed_at(jet, a, first), n,
               hp_jet_fixed_at(jet, b, k - first), -n, last + 1 - first);
  hp_fixed_carry(&jet->work, jet->column, m, jet->exponent[a] + jet->exponent[b]);
}

/* work = sum_{first<=j<=k-first} a_j a_{k-j}, equal products taken once */
static void convolve_square(hp_jet_fixed *jet, size_t m, uint32_t a, size_t k, size_t first) {
  ptrdiff_t n = (ptrdiff_t)jet->n;
  size_t half = (k + 1) / 2;
  clear_columns(jet, m);
  if (half > first)
    hp_fixed_dot(jet->column, m, hp_jet_fixed_at(jet, a, first), n,
                 hp_jet_fixed_at(jet, a, k - first), -n, half - first);
  for (size_t c = 0; c < m; c++)
    jet->column[c] *= 2;
  if (k % 2 == 0 && k / 2 >= first)
    hp_fixed_dot(jet->column, m, hp_jet_fixed_at(jet, a, k / 2), n, hp_jet_fixed_at(jet, a, k / 2),
                 n, 1);
  hp_fixed_carry(&jet->work, jet->column, m, 2 * jet->exponent[a]);
}

/* work = x y, m digits of each; x may be jet->sum */
static void multiply(hp_jet_fixed *jet, size_t m, const hp_fixed *x, const hp_fixed *y) {
  clear_columns(jet, m);
  hp_fixed_dot(jet->column, m, x->digit, 0, y->digit, 0, 1);
  hp_fixed_carry(&jet->work, jet->column, m, x->exponent + y->exponent);
}

static slong larger(slong x, slong y) {
  return x > y ? x : y;
}

/* work = (a - work) times the inverse of series s, where work sums up to k products of numbers with
 * the given sum of exponents: below 2^{exponents - 2} k. */
static void divide(hp_jet_fixed *jet, uint32_t s, size_t k, size_t m, const hp_fixed *a,
                   slong exponents) {
  slong bits_of_k = FLINT_BIT_COUNT(k);
  slong exponent = larger(a->exponent, exponents + bits_of_k) + 1;
  hp_fixed_add(&jet->sum, m + 1, exponent, a, 1, &jet->work, -1); /* fits */
  multiply(jet, m + 1, &jet->sum, &jet->inverse[s]);
}

static void negate(hp_fixed *x) {
  for (size_t i = 0; i < x->n; i++)
    x->digit[i] = -x->digit[i];
}

/* Sets coefficient k of series s to x. */
static bool keep(hp_jet_fixed *jet, uint32_t s, size_t k, size_t m, const hp_fixed *x) {
  hp_digit *y = hp_jet_fixed_at(jet, s, k);
  if (!hp_fixed_store(y, m, jet->exponent[s], x))
    return false;
  slong bits = hp_fixed_bits(y, m);
  if (bits == HP_FIXED_ZERO)
    return true;
  bits += jet->exponent[s];
  slong weighted = bits - (slong)(5 * k / 2);
  if (bits > jet->peak[s])
    jet->peak[s] = bits;
  if (weighted > jet->weighted[s])
    jet->weighted[s] = weighted;
  return true;
}

static bool coefficient(hp_jet_fixed *jet, uint32_t s, size_t k, size_t m) {
  const hp_series *series = &jet->plan->series[s];
  hp_fixed *work = &jet->work;
  hp_fixed a = number(jet, series->a, k, m), b;
  size_t first = series->starts_at_one;
  switch (series->kind) {
  case HP_SERIES_LINEAR:
    if (series->sign_a && series->sign_b) {
      b = number(jet, series->b, k, m);
      hp_fixed_add(work, m + 1, larger(a.exponent, b.exponent) + 2, &a, series->sign_a, &b,
                   series->sign_b);
    } else {
      uint32_t from = series->sign_a ? series->a : series->b;
      memcpy(work->digit, hp_jet_fixed_at(jet, from, k), m * sizeof *work->digit);
      work->n = m;
      work->exponent = jet->exponent[from];
      if (series->sign_a + series->sign_b < 0)
        negate(work);
    }
    break;
  case HP_SERIES_SCALE:
    b = number(jet, series->b, 0, m);
    multiply(jet, m, &a, &b);
    break;
  case HP_SERIES_MUL:
    convolve(jet, m, series->a, series->b, k, first, k);
    break;
  case HP_SERIES_SQR:
    convolve_square(jet, m, series->a, k, 0);
    break;
  case HP_SERIES_DIV:
    convolve(jet, m, series->b, s, k, 1, k);
    if (!series->sign_a)
      a.n = 0, a.exponent = 0;
    divide(jet, s, k, m, &a, jet->exponent[series->b] + jet->exponent[s]);
    break;
  case HP_SERIES_SQRT:
    convolve_square(jet, m, s, k, 1);
    divide(jet, s, k, m, &a, 2 * jet->exponent[s]);
    break;
  case HP_SERIES_DERIVATIVE:
    for (size_t c = 0; c < m; c++)
      jet->column[c] = (hp_wide)a.digit[c] * (hp_digit)k;
    hp_fixed_carry(work, jet->column, m, a.exponent + HP_DIGIT_BITS);
    break;
  case HP_SERIES_INTEGRAL:
    b = number(jet, series->b, k, m);
    multiply(jet, m, &b, &jet->reciprocal[k]);
    if (series->sign_b < 0)
      negate(work);
    break;
  default: /* inputs are set by integrate, constants have no order k */
    return true;
  }
  return keep(jet, s, k, m, work);
}

/* u_k = H F_{k-1} / k */
static bool integrate(hp_jet_fixed *jet, uint32_t i, size_t k, size_t m) {
  uint32_t f = jet->plan->output[i];
  jet->work.n = 0;
  if (k == 1 || !hp_plan_is_constant(jet->plan, f)) {
    hp_fixed rate = number(jet, f, k - 1, m);
    multiply(jet, m, &rate, &jet->time[k]);
  }
  return keep(jet, i, k, m, &jet->work);
}

/* time[k] = H/k */
static void set_time(hp_jet_fixed *jet, hp_digit mantissa, slong exponent_of_time) {
  for (size_t k = 1; k <= jet->order; k++) {
    for (size_t c = 0; c < jet->n; c++)
      jet->column[c] = (hp_wide)jet->reciprocal[k].digit[c] * mantissa;
    hp_fixed_carry(&jet->work, jet->column, jet->n,
                   jet->reciprocal[k].exponent + exponent_of_time + HP_DIGIT_BITS);
    hp_fixed *time = &jet->time[k];
    time->exponent = jet->work.exponent + hp_fixed_bits(jet->work.digit, jet->work.n) + 1;
    hp_fixed_store(time->digit, jet->n, time->exponent, &jet->work);
  }
}

static bool start(hp_jet_fixed *jet, uint32_t s) {
  slong bits = arf_is_zero(arb_midref(jet->value + s))
                   ? HP_FIXED_ZERO
                   : arf_abs_bound_lt_2exp_si(arb_midref(jet->value + s));
  if (bits + 1 > jet->exponent[s])
    return false;
  hp_fixed_set_arf(hp_jet_fixed_at(jet, s, 0), jet->n, jet->exponent[s],
                   arb_midref(jet->value + s));
  jet->peak[s] = jet->weighted[s] = bits;
  return true;
}

uint32_t hp_jet_fixed_expand(hp_jet_fixed *jet, hp_digit mantissa, slong exponent_of_time) {
  const hp_plan *plan = jet->plan;
  set_time(jet, mantissa, exponent_of_time);
  for (uint32_t s = 0; s < plan->n_series; s++)
    if (!hp_plan_is_constant(plan, s) && !start(jet, s))
      return s;
  for (size_t k = 1; k <= jet->order; k++) {
    size_t m = hp_jet_digits(jet->n, k);
    for (uint32_t i = 0; i < plan->n_inputs; i++)
      if (!integrate(jet, i, k, m))
        return i;
    for (uint32_t s = 0; s < plan->n_series; s++)
      if (!coefficient(jet, s, k, m))
        return s;
  }
  return UINT32_MAX;
}
