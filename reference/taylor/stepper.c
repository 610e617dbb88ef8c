#include "stepper.h"
#include "reference/problem/allocate.h"
#include <math.h>

static const double MARGIN_DIGITS = 6;
static const double SCALE_BITS = 2.5; /* log2(H/h), see jet_fixed.h */
static const slong LEAST_GUARD_BITS = 40, ROUNDING_BITS = 12, HEADROOM_BITS = 4, SCOUT_BITS = 64;
enum { ATTEMPTS = 6, SCOUT_INTERVAL = 8 };

void hp_stepper_init(hp_stepper *stepper, const hp_plan *plan, double digits,
                     hp_taylor_arithmetic arithmetic) {
  double minus_ln_tol = (digits + MARGIN_DIGITS) * log(10);
  double tol_bits = ceil(minus_ln_tol / log(2));
  *stepper = (hp_stepper){.plan = plan, .order = (size_t)ceil(minus_ln_tol / 2 + 1)};
  size_t guard_bits = LEAST_GUARD_BITS + (size_t)tol_bits / 16;
  stepper->n = ((size_t)tol_bits + guard_bits + HP_DIGIT_BITS - 1) / HP_DIGIT_BITS;
  stepper->tol_bits = (slong)tol_bits;
  stepper->spare_bits = (slong)stepper->n * HP_DIGIT_BITS - (slong)tol_bits - ROUNDING_BITS;
  stepper->in_balls =
      arithmetic == HP_TAYLOR_BALLS || !hp_jet_fixed_fits(stepper->order, stepper->n);
  hp_polynomial_shape_init(&stepper->shape, plan->n_inputs, stepper->order, stepper->n);
  slong bits = (slong)tol_bits + (slong)guard_bits;
  hp_jet_ball_init(&stepper->ball, plan, stepper->order, stepper->in_balls ? bits : SCOUT_BITS,
                   bits);
  if (!stepper->in_balls)
    hp_jet_fixed_init(&stepper->fixed, plan, stepper->order, stepper->n);
}

void hp_stepper_clear(hp_stepper *stepper) {
  if (!stepper->in_balls)
    hp_jet_fixed_clear(&stepper->fixed);
  hp_jet_ball_clear(&stepper->ball);
  hp_polynomial_shape_clear(&stepper->shape);
}

static double log2_mag(const mag_t x) {
  return mag_is_zero(x) ? -INFINITY : mag_get_d_log2_approx(x);
}

static double log2_radius(const arb_t x) {
  return log2_mag(arb_radref(x));
}

static double log2_middle(const arb_t x) {
  mag_t size;
  mag_init(size);
  arf_get_mag(size, arb_midref(x));
  double result = log2_mag(size);
  mag_clear(size);
  return result;
}

/* log2 max(1,|u|) */
static double log2_norm(const hp_stepper *stepper, const arf_struct u[]) {
  double norm = 0;
  arb_t x;
  arb_init(x);
  for (size_t i = 0; i < stepper->plan->n_inputs; i++) {
    arb_set_arf(x, u + i);
    norm = fmax(norm, log2_middle(x));
  }
  arb_clear(x);
  return norm;
}

/* log2 max_i |coefficient k of input i|, in the unit of time of the coefficients */
typedef double (*coefficient_size)(const hp_stepper *stepper, size_t k);

static double ball_size(const hp_stepper *stepper, size_t k) {
  double size = -INFINITY;
  for (uint32_t i = 0; i < stepper->plan->n_inputs; i++)
    size = fmax(size, log2_middle(hp_jet_ball_series(&stepper->ball, i) + k));
  return size;
}

static double fixed_size(const hp_stepper *stepper, size_t k) {
  double size = -INFINITY;
  for (uint32_t i = 0; i < stepper->plan->n_inputs; i++)
    size = fmax(size, (double)stepper->fixed.exponent[i] +
                          hp_fixed_log2(hp_jet_fixed_at(&stepper->fixed, i, k),
                                        hp_jet_digits(stepper->n, k)));
  return size;
}

/* log2 h from the highest two orders that do not vanish; infinity when all do. No term at t = H may
 * exceed the norm by more than what is spare, or the sum would lose that many bits. */
static double choose_step(const hp_stepper *stepper, coefficient_size size, double norm) {
  size_t k = stepper->order;
  while (k > 0 && isinf(size(stepper, k)))
    k--;
  if (k == 0)
    return INFINITY;
  double radius = (norm - size(stepper, k)) / (double)k;
  if (k > 1) /* an order that vanishes gives infinity */
    radius = fmin(radius, (norm - size(stepper, k - 1)) / (double)(k - 1));
  double step = radius - 2 / log(2);
  double spare = norm + (double)(stepper->spare_bits - HEADROOM_BITS);
  for (; k > 0; k--)
    step = fmin(step, (spare - size(stepper, k)) / (double)k - SCALE_BITS);
  return step;
}

/* Roundings are amplified along the step as perturbations of the solution are, by exp(|F'| h) where
 * the field is stiff; the radii of the balls show by how much. log2 of the largest step at which
 * no coefficient's radius weighs more than 2^allowed norm. */
static double stable_step(const hp_stepper *stepper, double norm, slong allowed) {
  const hp_jet_ball *jet = &stepper->ball;
  double step = INFINITY;
  for (uint32_t i = 0; i < stepper->plan->n_inputs; i++)
    for (size_t k = 1; k <= stepper->order; k++)
      step = fmin(step, (norm + (double)allowed - log2_radius(hp_jet_ball_series(jet, i) + k)) /
                            (double)k);
  return step;
}

/* scale = mantissa 2^*exponent, a mantissa of 24 bits */
static hp_digit short_scale(double log2_scale, slong *exponent) {
  *exponent = (slong)floor(log2_scale) - 23;
  return (hp_digit)exp2(log2_scale - (double)*exponent);
}

static void set_scale(arf_t scale, double log2_scale) {
  slong exponent;
  arf_set_si_2exp_si(scale, short_scale(log2_scale, &exponent), 0);
  arf_mul_2exp_si(scale, scale, exponent);
}

static hp_taylor_status expand_balls(hp_stepper *stepper, hp_polynomial *step, const arf_struct u[],
                                     double log2_left, double *log2_step) {
  hp_jet_ball *jet = &stepper->ball;
  if (!hp_jet_ball_expand(jet, u))
    return HP_TAYLOR_NOT_A_NUMBER;
  double norm = log2_norm(stepper, u);
  *log2_step = fmin(choose_step(stepper, ball_size, norm),
                    stable_step(stepper, norm, -stepper->tol_bits - ROUNDING_BITS));
  set_scale(step->scale, fmin(*log2_step, log2_left) + SCALE_BITS);
  arf_t power, y;
  arf_init(power);
  arf_init(y);
  for (size_t i = 0; i < stepper->plan->n_inputs; i++) {
    arb_ptr coefficient = hp_jet_ball_series(jet, (uint32_t)i);
    slong bits = HP_FIXED_ZERO;
    arf_one(power);
    for (size_t k = 0; k <= stepper->order; k++) {
      arf_ptr x = arb_midref(coefficient + k);
      arf_mul(x, x, power, jet->precision_bits, ARF_RND_NEAR);
      arf_mul(power, power, step->scale, jet->precision_bits, ARF_RND_NEAR);
      if (!arf_is_zero(x) && arf_abs_bound_lt_2exp_si(x) > bits)
        bits = arf_abs_bound_lt_2exp_si(x);
    }
    step->exponent[i] = bits == HP_FIXED_ZERO ? 0 : bits + 2;
    for (size_t k = 0; k <= stepper->order; k++)
      hp_fixed_set_arf(hp_polynomial_at(step, &stepper->shape, i, k), hp_jet_digits(stepper->n, k),
                       step->exponent[i], arb_midref(coefficient + k));
  }
  arf_clear(y);
  arf_clear(power);
  return HP_TAYLOR_DONE;
}

/* The exponent below which a series is rounding noise of its operands. */
static slong noise_exponent(const hp_stepper *stepper, uint32_t s) {
  const hp_series *series = &stepper->plan->series[s];
  const slong *exponent = stepper->fixed.exponent;
  slong digits = HP_DIGIT_BITS * (slong)(stepper->n - 1), from;
  switch (series->kind) {
  case HP_SERIES_LINEAR:
    from = exponent[series->a] > exponent[series->b] ? exponent[series->a] : exponent[series->b];
    break;
  case HP_SERIES_SCALE:
  case HP_SERIES_MUL:
  case HP_SERIES_SQR:
    from = exponent[series->a] + exponent[series->b];
    break;
  case HP_SERIES_DIV:
    from = exponent[series->a] + stepper->fixed.inverse[s].exponent;
    break;
  case HP_SERIES_SQRT:
  case HP_SERIES_DERIVATIVE:
    from = exponent[series->a];
    break;
  case HP_SERIES_INTEGRAL:
    from = exponent[series->b];
    break;
  default:
    return -digits;
  }
  return from - digits;
}

/* Exponents for coefficients below 2^peak[s] */
static void set_exponents(hp_stepper *stepper) {
  hp_jet_fixed *jet = &stepper->fixed;
  for (uint32_t s = 0; s < stepper->plan->n_series; s++) {
    if (hp_plan_is_constant(stepper->plan, s))
      continue;
    arf_srcptr value = arb_midref(jet->value + s);
    slong peak = jet->peak[s], noise = noise_exponent(stepper, s);
    if (!arf_is_zero(value) && arf_abs_bound_lt_2exp_si(value) > peak)
      peak = arf_abs_bound_lt_2exp_si(value);
    jet->exponent[s] = peak + HEADROOM_BITS > noise ? peak + HEADROOM_BITS : noise;
  }
}

/* An expansion with 64 bits, for what the digits cannot tell. */
static void scout(hp_stepper *stepper, const arf_struct u[], double norm) {
  hp_jet_ball_expand(&stepper->ball, u);
  stepper->log2_stable = stable_step(stepper, norm, stepper->spare_bits - SCOUT_BITS);
}

static void scout_scale(hp_stepper *stepper, const arf_struct u[], double norm, double log2_left) {
  scout(stepper, u, norm);
  double step = fmin(choose_step(stepper, ball_size, norm), stepper->log2_stable);
  stepper->log2_scale = fmin(step, log2_left) + SCALE_BITS;
}

/* Exponents from that expansion. */
static void scout_exponents(hp_stepper *stepper) {
  for (uint32_t s = 0; s < stepper->plan->n_series; s++) {
    double peak = -INFINITY;
    if (!hp_plan_is_constant(stepper->plan, s))
      for (size_t k = 0; k <= stepper->order; k++)
        peak = fmax(peak, log2_middle(hp_jet_ball_series(&stepper->ball, s) + k) +
                              (double)k * stepper->log2_scale);
    stepper->fixed.peak[s] = isinf(peak) ? HP_FIXED_ZERO : (slong)ceil(peak);
  }
  set_exponents(stepper);
}

static void raise_exponents(hp_stepper *stepper, slong bits) {
  for (uint32_t s = 0; s < stepper->plan->n_series; s++)
    if (!hp_plan_is_constant(stepper->plan, s))
      stepper->fixed.exponent[s] += bits;
}

/* The most bits that a series loses beyond what is spare, negative when there is room: how far its
 * exponent, or its largest coefficient with the usual room, stands above its largest term at the
 * end of the step; for the solution itself, above its norm. */
static slong excess(const hp_stepper *stepper, double norm, bool of_exponent) {
  slong most = -stepper->spare_bits;
  const hp_jet_fixed *jet = &stepper->fixed;
  for (uint32_t s = 0; s < stepper->plan->n_series; s++) {
    if (hp_plan_is_constant(stepper->plan, s) || jet->weighted[s] == HP_FIXED_ZERO ||
        jet->exponent[s] <= noise_exponent(stepper, s))
      continue;
    slong top = of_exponent ? jet->exponent[s] : jet->peak[s] + HEADROOM_BITS;
    slong reference = s < stepper->plan->n_inputs ? (slong)norm : jet->weighted[s];
    slong lost = top - reference - stepper->spare_bits;
    most = lost > most ? lost : most;
  }
  return most;
}

static void copy_digits(const hp_stepper *stepper, hp_polynomial *step) {
  set_scale(step->scale, stepper->log2_scale);
  for (size_t i = 0; i < stepper->plan->n_inputs; i++) {
    step->exponent[i] = stepper->fixed.exponent[i];
    for (size_t k = 0; k <= stepper->order; k++) {
      hp_digit *to = hp_polynomial_at(step, &stepper->shape, i, k);
      const hp_digit *from = hp_jet_fixed_at(&stepper->fixed, (uint32_t)i, k);
      for (size_t c = 0; c < hp_jet_digits(stepper->n, k); c++)
        to[c] = from[c];
    }
  }
}

/* A series lost too much: its exponent was too large, or its coefficients grow faster than the
 * solution's and a smaller scale is needed. */
static void repair(hp_stepper *stepper, const arf_struct u[], double norm) {
  slong lost = excess(stepper, norm, false);
  if (lost <= 0) {
    set_exponents(stepper);
    return;
  }
  double step = stepper->log2_scale + choose_step(stepper, fixed_size, norm);
  stepper->log2_scale -= (double)(lost + HEADROOM_BITS) / (double)stepper->order;
  stepper->log2_scale = fmin(stepper->log2_scale, step + SCALE_BITS);
  scout(stepper, u, norm);
  scout_exponents(stepper);
}

/* Fixed point at scale and exponents guessed from the step before; a few guesses more where they do
 * not hold. */
static bool guess_right(hp_stepper *stepper, const arf_struct u[], double norm, double log2_left) {
  hp_jet_fixed *jet = &stepper->fixed;
  bool scouted = stepper->expansions == 0;
  if (scouted) {
    scout_scale(stepper, u, norm, log2_left);
    scout_exponents(stepper);
  } else {
    if (stepper->expansions % SCOUT_INTERVAL == 0)
      scout(stepper, u, norm);
    set_exponents(stepper);
  }
  stepper->expansions++;
  for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
    slong exponent;
    hp_digit mantissa = short_scale(stepper->log2_scale, &exponent);
    if (hp_jet_fixed_expand(jet, mantissa, exponent) != UINT32_MAX) {
      scout_scale(stepper, u, norm, log2_left);
      scout_exponents(stepper);
      if (scouted) /* its 64 bits did not see how large a series becomes */
        raise_exponents(stepper, (attempt + 1) * HEADROOM_BITS);
      scouted = true;
    } else if (excess(stepper, norm, true) > 0) {
      repair(stepper, u, norm);
    } else {
      return true;
    }
  }
  return false;
}

static hp_taylor_status expand_fixed(hp_stepper *stepper, hp_polynomial *step, const arf_struct u[],
                                     double log2_left, double *log2_step) {
  if (!hp_jet_fixed_values(&stepper->fixed, u))
    return HP_TAYLOR_NOT_A_NUMBER;
  double norm = log2_norm(stepper, u);
  if (!guess_right(stepper, u, norm, log2_left)) { /* one step in balls, and start afresh */
    stepper->ball.precision_bits = stepper->ball.value_bits;
    hp_taylor_status status = expand_balls(stepper, step, u, log2_left, log2_step);
    stepper->ball.precision_bits = SCOUT_BITS;
    stepper->expansions = 0;
    return status;
  }
  double most = stepper->log2_scale - SCALE_BITS + 8 / (double)stepper->order;
  double chosen = stepper->log2_scale + choose_step(stepper, fixed_size, norm);
  chosen = fmin(chosen, stepper->log2_stable);
  double room = fmax(0, (double)-excess(stepper, norm, false) / (double)stepper->order);
  copy_digits(stepper, step);
  *log2_step = fmin(chosen, most);
  stepper->log2_scale += fmin(chosen + SCALE_BITS - stepper->log2_scale, room);
  return HP_TAYLOR_DONE;
}

hp_taylor_status hp_stepper_expand(hp_stepper *stepper, hp_polynomial *step, const arf_struct u[],
                                   double log2_left, double *log2_step) {
  return (stepper->in_balls ? expand_balls : expand_fixed)(stepper, step, u, log2_left, log2_step);
}
