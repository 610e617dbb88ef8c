#include "taylor.h"
#include "reference/problem/allocate.h"
#include "stepper.h"
#include <math.h>
#include <stdlib.h>

static const double LOG2_LARGEST = 1 << 20; /* |u| beyond 2^this counts as blown up */
static const long DEFAULT_STEPS = 1000000;

struct hp_trajectory {
  hp_polynomial_shape shape;
  hp_polynomial *step; /* in order of time */
  size_t n_steps, capacity;
  arf_struct *start; /* u(0) */
  arf_t end;
};

static arf_struct *new_arfs(size_t count) {
  arf_struct *x = hp_allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++)
    arf_init(x + i);
  return x;
}

static void free_arfs(arf_struct *x, size_t count) {
  for (size_t i = 0; i < count; i++)
    arf_clear(x + i);
  free(x);
}

static hp_trajectory *new_trajectory(const hp_stepper *stepper, const mpfr_t u0[]) {
  hp_trajectory *trajectory = hp_allocate(1, sizeof *trajectory);
  hp_polynomial_shape_init(&trajectory->shape, stepper->plan->n_inputs, stepper->order, stepper->n);
  trajectory->start = new_arfs(stepper->plan->n_inputs);
  for (size_t i = 0; i < stepper->plan->n_inputs; i++)
    arf_set_mpfr(trajectory->start + i, u0[i]);
  arf_init(trajectory->end);
  return trajectory;
}

void hp_trajectory_free(hp_trajectory *trajectory) {
  if (!trajectory)
    return;
  for (size_t i = 0; i < trajectory->n_steps; i++)
    hp_polynomial_clear(&trajectory->step[i]);
  free(trajectory->step);
  free_arfs(trajectory->start, trajectory->shape.dimension);
  arf_clear(trajectory->end);
  hp_polynomial_shape_clear(&trajectory->shape);
  free(trajectory);
}

static hp_polynomial *add_step(hp_trajectory *trajectory) {
  if (trajectory->n_steps == trajectory->capacity) {
    trajectory->capacity = 2 * trajectory->capacity + 16;
    trajectory->step =
        hp_reallocate(trajectory->step, trajectory->capacity, sizeof *trajectory->step);
  }
  hp_polynomial *step = &trajectory->step[trajectory->n_steps++];
  hp_polynomial_init(step, &trajectory->shape);
  arf_set(step->start, trajectory->end);
  return step;
}

static void drop_step(hp_trajectory *trajectory) {
  hp_polynomial_clear(&trajectory->step[--trajectory->n_steps]);
}

static double log2_arf(const arf_t x) {
  fmpz_t exponent;
  arf_t mantissa;
  fmpz_init(exponent);
  arf_init(mantissa);
  arf_frexp(mantissa, exponent, x);
  double result = log2(fabs(arf_get_d(mantissa, ARF_RND_NEAR))) + fmpz_get_d(exponent);
  arf_clear(mantissa);
  fmpz_clear(exponent);
  return result;
}

/* step = 2^log2_step rounded down to 30 bits */
static void set_step(arf_t step, double log2_step) {
  double whole = floor(log2_step);
  arf_set_d(step, floor(exp2(log2_step - whole + 29)));
  arf_mul_2exp_si(step, step, (slong)whole - 29);
}

static bool is_large(const arf_struct u[], size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!arf_is_zero(u + i) && log2_arf(u + i) > LOG2_LARGEST)
      return true;
  return false;
}

/* Steps until t_end; u is the current point, at time trajectory->end. */
static hp_taylor_status march(hp_trajectory *trajectory, hp_stepper *stepper, arf_struct u[],
                              const arf_t t_end, const hp_taylor_options *options) {
  long max_steps = options->max_steps ? options->max_steps : DEFAULT_STEPS;
  double log2_least = log2_arf(t_end) - (options->digits + 3) * log2(10);
  arf_t left, h;
  arf_init(left);
  arf_init(h);
  hp_taylor_status status = HP_TAYLOR_DONE;
  for (long taken = 0; arf_cmp(trajectory->end, t_end) < 0; taken++) {
    double log2_step;
    if (options->keep_going &&
        !options->keep_going(arf_get_d(trajectory->end, ARF_RND_NEAR), options->context)) {
      status = HP_TAYLOR_INTERRUPTED;
      break;
    }
    if (taken == max_steps || is_large(u, trajectory->shape.dimension)) {
      status = HP_TAYLOR_BLOW_UP;
      break;
    }
    arf_sub(left, t_end, trajectory->end, ARF_PREC_EXACT, ARF_RND_DOWN);
    hp_polynomial *step = add_step(trajectory);
    status = hp_stepper_expand(stepper, step, u, log2_arf(left), &log2_step);
    if (status == HP_TAYLOR_DONE && log2_step < log2_least)
      status = HP_TAYLOR_BLOW_UP;
    if (status != HP_TAYLOR_DONE) {
      drop_step(trajectory);
      break;
    }
    if (log2_step >= log2_arf(left)) {
      arf_set(trajectory->end, t_end);
    } else {
      set_step(h, log2_step);
      arf_add(trajectory->end, trajectory->end, h, ARF_PREC_EXACT, ARF_RND_DOWN);
      hp_polynomial_eval(step, &trajectory->shape, trajectory->end, u, NULL);
    }
  }
  arf_clear(h);
  arf_clear(left);
  return status;
}

hp_taylor_status hp_taylor_integrate(hp_trajectory **trajectory, const hp_program *field,
                                     const mpfr_t u0[], const mpfr_t t_end,
                                     const hp_taylor_options *options) {
  hp_plan *plan = hp_plan_compile(field);
  hp_stepper stepper;
  hp_stepper_init(&stepper, plan, options->digits, options->arithmetic);
  *trajectory = new_trajectory(&stepper, u0);
  arf_struct *u = new_arfs(plan->n_inputs);
  for (size_t i = 0; i < plan->n_inputs; i++)
    arf_set(u + i, (*trajectory)->start + i);
  arf_t end;
  arf_init(end);
  arf_set_mpfr(end, t_end);
  hp_taylor_status status = march(*trajectory, &stepper, u, end, options);
  arf_clear(end);
  free_arfs(u, plan->n_inputs);
  hp_stepper_clear(&stepper);
  hp_plan_free(plan);
  return status;
}

size_t hp_trajectory_dimension(const hp_trajectory *trajectory) {
  return trajectory->shape.dimension;
}

size_t hp_trajectory_steps(const hp_trajectory *trajectory) {
  return trajectory->n_steps;
}

size_t hp_trajectory_order(const hp_trajectory *trajectory) {
  return trajectory->shape.order;
}

mpfr_prec_t hp_trajectory_precision(const hp_trajectory *trajectory) {
  return (mpfr_prec_t)(trajectory->shape.n * HP_DIGIT_BITS);
}

void hp_trajectory_end(const hp_trajectory *trajectory, mpfr_t t) {
  arf_get_mpfr(t, trajectory->end, MPFR_RNDN);
}

/* The last step that starts at or before t. */
static const hp_polynomial *find_step(const hp_trajectory *trajectory, const arf_t t) {
  size_t low = 0, high = trajectory->n_steps;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (arf_cmp(trajectory->step[middle].start, t) <= 0)
      low = middle;
    else
      high = middle;
  }
  return &trajectory->step[low];
}

void hp_trajectory_eval(const hp_trajectory *trajectory, const mpfr_t t, mpfr_t u[],
                        mpfr_t derivative[]) {
  size_t d = trajectory->shape.dimension;
  arf_struct *value = new_arfs(d), *slope = new_arfs(d);
  arf_t time;
  arf_init(time);
  arf_set_mpfr(time, t);
  if (arf_sgn(time) < 0)
    arf_zero(time);
  if (arf_cmp(time, trajectory->end) > 0)
    arf_set(time, trajectory->end);
  for (size_t i = 0; i < d; i++) {
    arf_set(value + i, trajectory->start + i);
    arf_nan(slope + i);
  }
  if (trajectory->n_steps > 0)
    hp_polynomial_eval(find_step(trajectory, time), &trajectory->shape, time, value,
                       derivative ? slope : NULL);
  for (size_t i = 0; i < d; i++) {
    arf_get_mpfr(u[i], value + i, MPFR_RNDN);
    if (derivative)
      arf_get_mpfr(derivative[i], slope + i, MPFR_RNDN);
  }
  arf_clear(time);
  free_arfs(slope, d);
  free_arfs(value, d);
}
