#include "jet_ball.h"

void hp_jet_ball_init(hp_jet_ball *jet, const hp_plan *plan, size_t order, slong precision_bits,
                      slong value_bits) {
  slong n = (slong)plan->n_series;
  *jet = (hp_jet_ball){plan, order, precision_bits, value_bits, NULL, NULL, NULL};
  jet->coefficient = _arb_vec_init(n * ((slong)order + 1));
  jet->value = _arb_vec_init(n);
  jet->inverse = _arb_vec_init(n);
  hp_plan_constants(plan, jet->value, value_bits);
}

void hp_jet_ball_clear(hp_jet_ball *jet) {
  slong n = (slong)jet->plan->n_series;
  _arb_vec_clear(jet->inverse, n);
  _arb_vec_clear(jet->value, n);
  _arb_vec_clear(jet->coefficient, n * ((slong)jet->order + 1));
}

/* y = initial +- sum_{j<count} a[j] b[-j] */
static void convolve(const hp_jet_ball *jet, arb_ptr y, arb_srcptr initial, int subtract,
                     arb_srcptr a, arb_srcptr b, slong count) {
  arb_dot(y, initial, subtract, a, 1, b, -1, count, jet->precision_bits);
}

/* y = initial +- sum of a_i a_{k-i} over first <= i <= k - first, equal products taken once */
static void convolve_square(const hp_jet_ball *jet, arb_ptr y, arb_srcptr initial, int subtract,
                            arb_srcptr a, slong first, slong k) {
  slong half = (k + 1) / 2; /* first <= i < half, twice */
  slong count = half > first ? half - first : 0;
  convolve(jet, y, NULL, subtract, a + first, a + k - first, count);
  arb_mul_2exp_si(y, y, 1);
  if (k % 2 == 0 && k / 2 >= first)
    convolve(jet, y, y, subtract, a + k / 2, a + k / 2, 1);
  if (initial)
    arb_add(y, y, initial, jet->precision_bits);
}

static void combine(arb_ptr y, int sign_a, arb_srcptr a, int sign_b, arb_srcptr b, slong bits) {
  arb_zero(y);
  if (sign_a)
    arb_addmul_si(y, a, sign_a, bits);
  if (sign_b)
    arb_addmul_si(y, b, sign_b, bits);
}

static void coefficient(const hp_jet_ball *jet, uint32_t s, slong k) {
  const hp_series *series = &jet->plan->series[s];
  arb_ptr y = hp_jet_ball_series(jet, s);
  arb_srcptr a = hp_jet_ball_series(jet, series->a), b = hp_jet_ball_series(jet, series->b);
  slong bits = jet->precision_bits, first = series->starts_at_one;
  switch (series->kind) {
  case HP_SERIES_INPUT:
  case HP_SERIES_CONSTANT:
    return;
  case HP_SERIES_LINEAR:
    combine(y + k, series->sign_a, a + k, series->sign_b, b + k, bits);
    break;
  case HP_SERIES_SCALE:
    arb_mul(y + k, a + k, b, bits);
    break;
  case HP_SERIES_MUL:
    convolve(jet, y + k, NULL, 0, a + first, b + k - first, k + 1 - first);
    break;
  case HP_SERIES_SQR:
    convolve_square(jet, y + k, NULL, 0, a, 0, k);
    break;
  case HP_SERIES_DIV:
    convolve(jet, y + k, series->sign_a ? a + k : NULL, 1, b + 1, y + k - 1, k);
    arb_mul(y + k, y + k, jet->inverse + s, bits);
    break;
  case HP_SERIES_SQRT:
    convolve_square(jet, y + k, a + k, 1, y, 1, k);
    arb_mul(y + k, y + k, jet->inverse + s, bits);
    break;
  case HP_SERIES_DERIVATIVE:
    arb_mul_si(y + k, a + k, k, bits);
    break;
  case HP_SERIES_INTEGRAL:
    arb_div_si(y + k, b + k, series->sign_b * k, bits);
    break;
  }
}

/* Order 0 of every series from the values of the inputs. */
static bool set_values(hp_jet_ball *jet) {
  const hp_plan *plan = jet->plan;
  if (!hp_plan_values(plan, jet->value, jet->inverse, jet->value_bits))
    return false;
  for (uint32_t s = 0; s < plan->n_series; s++)
    arb_set(hp_jet_ball_series(jet, s), jet->value + s);
  return true;
}

static void set_order(hp_jet_ball *jet, slong k) {
  for (uint32_t s = 0; s < jet->plan->n_series; s++)
    coefficient(jet, s, k);
}

bool hp_jet_ball_expand(hp_jet_ball *jet, const arf_struct u0[]) {
  const hp_plan *plan = jet->plan;
  for (size_t i = 0; i < plan->n_inputs; i++)
    arb_set_arf(jet->value + i, u0 + i);
  if (!set_values(jet))
    return false;
  for (slong k = 1; k <= (slong)jet->order; k++) {
    for (uint32_t i = 0; i < plan->n_inputs; i++) {
      arb_srcptr f = hp_jet_ball_series(jet, plan->output[i]);
      arb_div_si(hp_jet_ball_series(jet, i) + k, f + k - 1, k, jet->precision_bits);
    }
    set_order(jet, k);
  }
  return true;
}

bool hp_jet_ball_compose(hp_jet_ball *jet) {
  for (uint32_t i = 0; i < jet->plan->n_inputs; i++)
    arb_set(jet->value + i, hp_jet_ball_series(jet, i));
  if (!set_values(jet))
    return false;
  for (slong k = 1; k <= (slong)jet->order; k++)
    set_order(jet, k);
  return true;
}
