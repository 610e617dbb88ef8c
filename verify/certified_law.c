#include "certified_law.h"
#include "order.h"

void hp_certified_law_init(hp_certified_law *law) {
  *law = (hp_certified_law){.holds = false};
  arb_init(law->slope);
  arb_init(law->constant);
  arb_init(law->limit);
}

void hp_certified_law_clear(hp_certified_law *law) {
  arb_clear(law->limit);
  arb_clear(law->constant);
  arb_clear(law->slope);
}

static void set_slope(arb_t slope, const arb_struct h[2], const arb_struct error[2], slong bits) {
  arb_t width;
  arb_init(width);
  arb_div(width, h, h + 1, bits);
  arb_log(width, width, bits);
  arb_div(slope, error, error + 1, bits);
  arb_log(slope, slope, bits);
  arb_div(slope, slope, width, bits);
  arb_clear(width);
}

/* |slope - slope one row before| <= 1/256 */
static bool is_settled(const arb_t slope, const arb_struct h[2], const arb_struct error[2],
                       slong bits) {
  arb_t before;
  arb_init(before);
  set_slope(before, h, error, bits);
  arb_sub(before, before, slope, bits);
  arb_abs(before, before);
  arb_mul_2exp_si(before, before, 8);
  arb_sub_ui(before, before, 1, bits);
  bool settled = arb_is_nonpositive(before);
  arb_clear(before);
  return settled;
}

static void check_order(hp_certified_law *law, double p) {
  arb_t window;
  mag_t half;
  arb_init(window);
  mag_init(half);
  arb_set_d(window, p);
  mag_set_d_lower(half, HP_ORDER_TOLERANCE);
  arb_add_error_mag(window, half);
  law->right_order = arb_contains(window, law->slope);
  law->wrong_order = arb_is_finite(law->slope) && !arb_overlaps(window, law->slope);
  mag_clear(half);
  arb_clear(window);
}

/* c = e/h^p */
static void scale(arb_t c, const arb_t error, const arb_t h, double p, slong bits) {
  arb_t power, exponent;
  arb_init(power);
  arb_init(exponent);
  arb_set_d(exponent, p);
  arb_pow(power, h, exponent, bits);
  arb_div(c, error, power, bits);
  arb_clear(exponent);
  arb_clear(power);
}

static bool trend_falls(const arb_t fine, const arb_t coarse, const arb_struct h[2], const arb_t K,
                        slong bits) {
  arb_t left, before, share;
  arb_init(left);
  arb_init(before);
  arb_init(share);
  arb_sub(left, fine, K, bits);
  arb_abs(left, left);
  arb_sub(before, coarse, K, bits);
  arb_abs(before, before);
  arb_div(share, h + 1, h, bits);
  arb_mul(before, before, share, bits);
  arb_mul_ui(before, before, 3, bits);
  arb_mul_2exp_si(before, before, -1);
  arb_abs(share, K);
  arb_mul_2exp_si(share, share, -40);
  bool falls = arb_le(left, before) || arb_le(left, share);
  arb_clear(share);
  arb_clear(before);
  arb_clear(left);
  return falls;
}

static void check_limit(hp_certified_law *law, const arb_struct h[2], const arb_struct error[2],
                        const arb_t K, double p, slong bits) {
  arb_t coarse, change;
  arb_init(coarse);
  arb_init(change);
  scale(coarse, error, h, p, bits);
  scale(law->constant, error + 1, h + 1, p, bits);
  arb_sub(change, law->constant, coarse, bits);
  arb_mul_2exp_si(change, change, 1);
  arb_set(law->limit, law->constant);
  arb_add_error(law->limit, change);
  law->right_limit = arb_contains(law->limit, K) && trend_falls(law->constant, coarse, h, K, bits);
  arb_clear(change);
  arb_clear(coarse);
}

void hp_certify_law(hp_certified_law *law, size_t n, const arb_struct h[], const arb_struct error[],
                    const arb_struct bound[], const arb_t K, double p, slong bits) {
  set_slope(law->slope, h + n - 2, error + n - 2, bits);
  check_order(law, p);
  law->settled = n >= 3 && is_settled(law->slope, h + n - 3, error + n - 3, bits);
  check_limit(law, h + n - 2, error + n - 2, K, p, bits);
  law->holds = true;
  law->violated = false;
  for (size_t i = 0; i < n && bound; i++) {
    law->holds = law->holds && arb_le(error + i, bound + i);
    law->violated = law->violated || arb_gt(error + i, bound + i);
  }
}
