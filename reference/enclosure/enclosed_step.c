#include "enclosed_step.h"
#include "definite.h"
#include "jacobian.h"
#include <math.h>

static const slong TUBE_BITS = 64, LENGTH_BITS = 30;
static const double MARGIN_DIGITS = 6, LONGEST_GROWTH = 0.69 /* < ln 2 */, COLLAPSE_BITS = 12;
enum { ATTEMPTS = 60 };

void hp_encloser_init(hp_encloser *encloser, const hp_program *field, double digits, double t_end) {
  double minus_ln_tol = (digits + MARGIN_DIGITS) * log(10);
  slong d = (slong)field->n_inputs;
  *encloser = (hp_encloser){.field = field,
                            .jacobian = hp_program_jacobian(field),
                            .plan = hp_plan_compile(field),
                            .dimension = field->n_inputs,
                            .order = (size_t)ceil(minus_ln_tol / 2 + 1),
                            .tol_bits = (slong)ceil(minus_ln_tol / log(2)),
                            .log2_least = log2(t_end) - (digits + 3) * log2(10),
                            .log2_longest = -INFINITY};
  encloser->precision_bits = encloser->tol_bits + encloser->tol_bits / 16 + 40;
  hp_jet_ball_init(&encloser->centre, encloser->plan, encloser->order, encloser->precision_bits,
                   encloser->precision_bits);
  hp_jet_ball_init(&encloser->along, encloser->plan, encloser->order, TUBE_BITS, TUBE_BITS);
  encloser->box = _arb_vec_init(d);
  encloser->derivative = _arb_vec_init(d * d);
}

void hp_encloser_clear(hp_encloser *encloser) {
  slong d = (slong)encloser->dimension;
  _arb_vec_clear(encloser->derivative, d * d);
  _arb_vec_clear(encloser->box, d);
  hp_jet_ball_clear(&encloser->along);
  hp_jet_ball_clear(&encloser->centre);
  hp_plan_free(encloser->plan);
  hp_program_free(encloser->jacobian);
}

static double log2_mag(const mag_t x) {
  return mag_is_zero(x) ? -INFINITY : mag_get_d_log2_approx(x);
}

/* max_i |coefficient k of input i| */
static void largest(mag_t size, const hp_jet_ball *jet, size_t k) {
  mag_t one;
  mag_init(one);
  mag_zero(size);
  for (uint32_t i = 0; i < jet->plan->n_inputs; i++) {
    arb_get_mag(one, hp_jet_ball_series(jet, i) + k);
    mag_max(size, size, one);
  }
  mag_clear(one);
}

static double log2_largest(const hp_jet_ball *jet, size_t k) {
  mag_t size;
  mag_init(size);
  largest(size, jet, k);
  double result = log2_mag(size);
  mag_clear(size);
  return result;
}

/* log2 of e^-2 min_k (norm/|u_k|)^{1/k} over the last two orders */
static double log2_series_step(const hp_encloser *encloser, double norm) {
  double step = INFINITY;
  for (size_t k = encloser->order; k + 2 > encloser->order && k > 0; k--)
    step = fmin(step, (norm - log2_largest(&encloser->centre, k)) / (double)k);
  return step - 2 / log(2);
}

/* length = 2^log2_length rounded down to LENGTH_BITS, when that is less than it is */
static void shorten(mpq_t length, double log2_length) {
  double whole = floor(log2_length);
  mpq_t shorter;
  mpq_init(shorter);
  mpq_set_d(shorter, floor(exp2(log2_length - whole + (double)LENGTH_BITS)));
  slong shift = (slong)whole - LENGTH_BITS;
  if (shift < 0)
    mpq_div_2exp(shorter, shorter, (mp_bitcnt_t)-shift);
  else
    mpq_mul_2exp(shorter, shorter, (mp_bitcnt_t)shift);
  if (mpq_cmp(shorter, length) < 0)
    mpq_set(length, shorter);
  mpq_clear(shorter);
}

static double log2_rational(const mpq_t q) {
  arb_t value;
  mag_t size;
  arb_init(value);
  mag_init(size);
  hp_arb_set_rational(value, q, TUBE_BITS);
  arb_get_mag(size, value);
  double result = log2_mag(size);
  mag_clear(size);
  arb_clear(value);
  return result;
}

/* y = [j, j+1] length/count */
static void set_piece(arb_t y, const mpq_t length, slong j, slong count) {
  arb_t width;
  mag_t half;
  arb_init(width);
  mag_init(half);
  hp_arb_set_rational(width, length, TUBE_BITS);
  arb_div_si(width, width, 2 * count, TUBE_BITS);
  arb_mul_si(y, width, 2 * j + 1, TUBE_BITS);
  arb_get_mag(half, width);
  arb_add_error_mag(y, half);
  mag_clear(half);
  arb_clear(width);
}

/* box = P(time) + [-margin, margin]^d */
static void set_box(hp_encloser *encloser, const arb_t time, const mag_t margin) {
  for (uint32_t i = 0; i < encloser->dimension; i++) {
    _arb_poly_evaluate_horner(encloser->box + i, hp_jet_ball_series(&encloser->centre, i),
                              (slong)encloser->order + 1, time, TUBE_BITS);
    arb_add_error_mag(encloser->box + i, margin);
  }
}

/* sup |[F(P)]_p(tau)|/(p+1), time = [0, length] holding tau: P is expanded anew at all tau at once.
 * false when F is not analytic along it. */
static bool set_defect(hp_encloser *encloser, mag_t defect, const arb_t time) {
  hp_jet_ball *along = &encloser->along;
  slong n = (slong)encloser->order + 1;
  for (uint32_t i = 0; i < encloser->dimension; i++) {
    arb_ptr series = hp_jet_ball_series(along, i);
    _arb_vec_set_round(series, hp_jet_ball_series(&encloser->centre, i), n, TUBE_BITS);
    _arb_poly_taylor_shift_horner(series, time, n, TUBE_BITS);
  }
  if (!hp_jet_ball_compose(along))
    return false;
  mag_t one;
  mag_init(one);
  mag_zero(defect);
  for (uint32_t i = 0; i < encloser->dimension; i++) {
    arb_get_mag(one, hp_jet_ball_series(along, along->plan->output[i]) + encloser->order);
    mag_addmul(defect, one, one);
  }
  mag_sqrt(defect, defect);
  mag_div_ui(defect, defect, encloser->order + 1);
  mag_clear(one);
  return true;
}

/* mu of each piece, the tube as the hull of the pieces; *growth >= M+. false when F' is not finite on one of them. */
static bool set_growth(hp_encloser *encloser, hp_enclosed_step *step, const mag_t margin,
                       double *growth) {
  double length = exp2(log2_rational(step->length)) * (1 + 1e-6) / HP_GROWTH_PIECES;
  bool finite = true;
  arb_t time;
  arb_init(time);
  *growth = 0;
  for (int j = 0; j < HP_GROWTH_PIECES && finite; j++) {
    set_piece(time, step->length, j, HP_GROWTH_PIECES);
    set_box(encloser, time, margin);
    for (size_t i = 0; i < encloser->dimension; i++)
      if (j == 0)
        arb_set(step->tube + i, encloser->box + i);
      else
        arb_union(step->tube + i, step->tube + i, encloser->box + i, TUBE_BITS);
    hp_evaluate_arb(encloser->jacobian, encloser->box, encloser->derivative, TUBE_BITS);
    finite = hp_logarithmic_norm(step->growth + j, encloser->derivative, encloser->dimension);
    *growth += length * fmax(0, arf_get_d(step->growth + j, ARF_RND_UP));
  }
  arb_clear(time);
  return finite;
}

/* log2(R length^{p+1}), rounded up well beyond the errors of double arithmetic */
static double log2_remainder(const hp_encloser *encloser, const hp_enclosed_step *step) {
  mag_t power, length;
  arb_t time;
  arb_init(time);
  mag_init(power);
  mag_init(length);
  hp_arb_set_rational(time, step->length, TUBE_BITS);
  arb_get_mag(length, time);
  mag_pow_ui(power, length, encloser->order + 1);
  mag_mul(power, power, step->remainder);
  double result = log2_mag(power) + 1e-3;
  mag_clear(length);
  mag_clear(power);
  arb_clear(time);
  return result;
}

/* margin = 2^log2_tol + 2 r */
static void set_margin(mag_t margin, const mag_t radius, slong log2_tol) {
  mag_t tol;
  mag_init(tol);
  mag_set_ui_2exp_si(tol, 1, log2_tol);
  mag_mul_2exp_si(margin, radius, 1);
  mag_add(margin, margin, tol);
  mag_clear(tol);
}

/* step->remainder *= e^{M+}, M+ <= growth in double with its errors */
static void amplify(hp_enclosed_step *step, double growth) {
  mag_t factor;
  mag_init(factor);
  mag_set_d(factor, exp(growth) * (1 + 1e-9));
  mag_mul(step->remainder, step->remainder, factor);
  mag_clear(factor);
}

/* The conditions of flow.h: the result is by how much log2 of the length must fall before they can
 * hold, 0 when they hold, infinity when F is not defined near. With e^{M+} < 2 and a remainder of at most
 * 2^{log2_tol - 1}, r e^{M} + remainder < 2 r + 2^log2_tol. */
static double try_length(hp_encloser *encloser, hp_enclosed_step *step, slong log2_tol) {
  double over = INFINITY, growth = 0;
  arb_t time;
  mag_t margin;
  arb_init(time);
  mag_init(margin);
  set_piece(time, step->length, 0, 1);
  if (set_defect(encloser, step->remainder, time))
    over = log2_remainder(encloser, step) - (double)(log2_tol - 2);
  over = over > 0 ? over / (double)(encloser->order + 1) + 0.01 : 0;
  if (over == 0) {
    set_margin(margin, step->radius, log2_tol);
    if (!set_growth(encloser, step, margin, &growth))
      over = INFINITY;
    else if (growth > LONGEST_GROWTH)
      over = log2(growth / LONGEST_GROWTH) + 0.01;
    else
      amplify(step, growth);
  }
  mag_clear(margin);
  arb_clear(time);
  return over;
}

/* The centre of u as a point, r = error + |radii of u| */
static bool expand_centre(hp_encloser *encloser, hp_enclosed_step *step, const arb_struct u[],
                          const mag_t error) {
  size_t d = encloser->dimension, p = encloser->order;
  arf_struct *centre = flint_malloc(d * sizeof *centre);
  hp_norm_of_radii(step->radius, u, d);
  mag_add(step->radius, step->radius, error);
  for (size_t i = 0; i < d; i++) {
    arf_init(centre + i);
    arf_set(centre + i, arb_midref(u + i));
  }
  bool finite = hp_jet_ball_expand(&encloser->centre, centre);
  for (uint32_t i = 0; i < d && finite; i++)
    _arb_vec_set(step->coefficient + i * (p + 1), hp_jet_ball_series(&encloser->centre, i),
                 (slong)p + 1);
  for (size_t i = 0; i < d; i++)
    arf_clear(centre + i);
  flint_free(centre);
  return finite;
}

hp_enclosure_status hp_encloser_step(hp_encloser *encloser, hp_enclosed_step *step,
                                     const arb_struct u[], const mag_t error) {
  if (!expand_centre(encloser, step, u, error))
    return HP_ENCLOSURE_UNDEFINED;
  double norm = fmax(0, log2_largest(&encloser->centre, 0));
  double series = fmin(log2_series_step(encloser, norm), log2_rational(step->length));
  slong log2_tol = (slong)floor(norm) - encloser->tol_bits;
  double least =
      fmin(encloser->log2_least, log2_rational(step->length)); /* the last may be short */
  encloser->log2_longest = fmax(encloser->log2_longest, series);
  if (series + encloser->log2_shorter < log2_rational(step->length))
    shorten(step->length, series + encloser->log2_shorter);
  for (int i = 0; i < ATTEMPTS && log2_rational(step->length) >= least; i++) {
    double over = try_length(encloser, step, log2_tol);
    if (over == 0) {
      encloser->log2_shorter = fmin(0, log2_rational(step->length) - series + 0.03);
      return HP_ENCLOSED;
    }
    shorten(step->length, log2_rational(step->length) - fmin(over, 1));
  }
  bool collapsed = series < encloser->log2_longest - COLLAPSE_BITS;
  return collapsed ? HP_ENCLOSURE_BLOW_UP : HP_ENCLOSURE_STEP_TOO_SMALL;
}
