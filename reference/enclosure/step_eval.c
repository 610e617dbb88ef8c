#include "enclosed_step.h"

enum { TUBE_BITS = 64 };

void hp_norm_of_radii(mag_t norm, const arb_struct u[], size_t d) {
  mag_zero(norm);
  for (size_t i = 0; i < d; i++)
    mag_addmul(norm, arb_radref(u + i), arb_radref(u + i));
  mag_sqrt(norm, norm);
}

/* r e^{M(s)} */
static void carried(mag_t result, const hp_enclosed_step *step, const mpq_t s) {
  mpq_t piece, left, part;
  arb_t time, exponent;
  mpq_inits(piece, left, part, NULL);
  arb_init(time);
  arb_init(exponent);
  mpq_set_ui(piece, 1, HP_GROWTH_PIECES);
  mpq_mul(piece, piece, step->length);
  mpq_set(left, s);
  for (int j = 0; j < HP_GROWTH_PIECES && mpq_sgn(left) > 0; j++) {
    mpq_set(part, mpq_cmp(left, piece) < 0 ? left : piece);
    hp_arb_set_rational(time, part, TUBE_BITS);
    arb_mul_arf(time, time, step->growth + j, TUBE_BITS);
    arb_add(exponent, exponent, time, TUBE_BITS);
    mpq_sub(left, left, part);
  }
  arb_exp(exponent, exponent, TUBE_BITS);
  arb_get_mag(result, exponent);
  mag_mul(result, result, step->radius);
  arb_clear(exponent);
  arb_clear(time);
  mpq_clears(piece, left, part, NULL);
}

/* result += R s^{p+1} */
static void add_remainder(mag_t result, const hp_enclosed_step *step, size_t p, const mpq_t s) {
  mag_t power;
  arb_t time;
  mag_init(power);
  arb_init(time);
  hp_arb_set_rational(time, s, TUBE_BITS);
  arb_get_mag(power, time);
  mag_pow_ui(power, power, p + 1);
  mag_addmul(result, power, step->remainder);
  arb_clear(time);
  mag_clear(power);
}

void hp_enclosed_step_distance(const hp_enclosed_step *step, size_t p, mag_t distance) {
  mpq_t s, share;
  mag_t one;
  mpq_inits(s, share, NULL);
  mag_init(one);
  mag_zero(distance);
  mpq_set_ui(share, 1, HP_GROWTH_PIECES);
  mpq_mul(share, share, step->length);
  for (int j = 0; j <= HP_GROWTH_PIECES; j++, mpq_add(s, s, share)) {
    carried(one, step, s);
    mag_max(distance, distance, one);
  }
  add_remainder(distance, step, p, step->length);
  mag_clear(one);
  mpq_clears(s, share, NULL);
}

void hp_enclosed_step_eval(const hp_enclosed_step *step, size_t d, size_t p, const mpq_t s,
                           arb_struct u[], mag_t error, slong precision_bits) {
  arb_t time;
  arb_init(time);
  hp_arb_set_rational(time, s, precision_bits);
  for (size_t i = 0; i < d; i++)
    _arb_poly_evaluate_horner(u + i, step->coefficient + i * (p + 1), (slong)p + 1, time,
                              precision_bits);
  carried(error, step, s);
  add_remainder(error, step, p, s);
  arb_clear(time);
}
