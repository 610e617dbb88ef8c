#include "flow.h"
#include "enclosed_step.h"
#include "reference/problem/allocate.h"
#include <stdio.h>
#include <stdlib.h>

enum { DEFAULT_STEPS = 1000000 };

static void step_init(hp_enclosed_step *step, const hp_enclosed_flow *flow) {
  slong d = (slong)flow->dimension;
  mpq_inits(step->start, step->length, NULL);
  step->coefficient = _arb_vec_init(d * ((slong)flow->order + 1));
  step->tube = _arb_vec_init(d);
  mag_init(step->radius);
  mag_init(step->remainder);
  for (int j = 0; j < HP_GROWTH_PIECES; j++)
    arf_init(step->growth + j);
}

static void step_clear(hp_enclosed_step *step, const hp_enclosed_flow *flow) {
  slong d = (slong)flow->dimension;
  for (int j = 0; j < HP_GROWTH_PIECES; j++)
    arf_clear(step->growth + j);
  mag_clear(step->remainder);
  mag_clear(step->radius);
  _arb_vec_clear(step->tube, d);
  _arb_vec_clear(step->coefficient, d * ((slong)flow->order + 1));
  mpq_clears(step->start, step->length, NULL);
}

static hp_enclosed_step *add_step(hp_enclosed_flow *flow) {
  if (flow->n_steps == flow->capacity) {
    flow->capacity = 2 * flow->capacity + 8;
    flow->step = hp_reallocate(flow->step, flow->capacity, sizeof *flow->step);
  }
  hp_enclosed_step *step = &flow->step[flow->n_steps++];
  step_init(step, flow);
  mpq_set(step->start, flow->end);
  return step;
}

void hp_enclosed_flow_clear(hp_enclosed_flow *flow) {
  for (size_t i = 0; i < flow->n_steps; i++)
    step_clear(&flow->step[i], flow);
  free(flow->step);
  mpq_clear(flow->end);
}

/* The solution at the end of the flow is within error of u; then at the end of one more step. */
static hp_enclosure_status advance(hp_enclosed_flow *flow, hp_encloser *encloser, arb_struct u[],
                                   mag_t error, const mpq_t t_end) {
  hp_enclosed_step *step = add_step(flow);
  mpq_sub(step->length, t_end, step->start);
  hp_enclosure_status status = hp_encloser_step(encloser, step, u, error);
  if (status != HP_ENCLOSED) {
    step_clear(step, flow);
    flow->n_steps--;
    return status;
  }
  hp_enclosed_step_eval(step, flow->dimension, flow->order, step->length, u, error,
                        flow->precision_bits);
  mpq_add(flow->end, step->start, step->length);
  return HP_ENCLOSED;
}

hp_enclosure_status hp_enclose_flow(hp_enclosed_flow *flow, const hp_program *field,
                                    const arb_struct u0[], const mpq_t t_end,
                                    const hp_enclosure_options *options) {
  long max_steps = options->max_steps ? options->max_steps : DEFAULT_STEPS;
  slong d = (slong)field->n_inputs;
  hp_encloser encloser;
  hp_encloser_init(&encloser, field, options->digits, mpq_get_d(t_end));
  *flow = (hp_enclosed_flow){.dimension = field->n_inputs,
                             .order = encloser.order,
                             .precision_bits = encloser.precision_bits};
  mpq_init(flow->end);
  mag_t error;
  mag_init(error);
  arb_ptr u = _arb_vec_init(d);
  _arb_vec_set(u, u0, d);
  hp_enclosure_status status = HP_ENCLOSED;
  while (status == HP_ENCLOSED && mpq_cmp(flow->end, t_end) < 0) {
    if (options->keep_going && !options->keep_going(options->context))
      status = HP_ENCLOSURE_INTERRUPTED;
    else if ((long)flow->n_steps == max_steps)
      status = HP_ENCLOSURE_STEPS;
    else
      status = advance(flow, &encloser, u, error, t_end);
  }
  _arb_vec_clear(u, d);
  mag_clear(error);
  hp_encloser_clear(&encloser);
  return status;
}

char *hp_enclosure_reason(hp_enclosure_status status, const hp_enclosed_flow *flow) {
  static const char *const why[] = {
      [HP_ENCLOSED] = "the flow is enclosed",
      [HP_ENCLOSURE_UNDEFINED] = "the field is not defined on any box around the solution",
      [HP_ENCLOSURE_BLOW_UP] = "the steps that the Taylor series allows tend to 0, as at a blow-up",
      [HP_ENCLOSURE_STEP_TOO_SMALL] =
          "no step of reasonable length can be proved: the enclosure is "
          "too wide or the field too stiff for these digits",
      [HP_ENCLOSURE_STEPS] = "the largest number of steps is taken",
      [HP_ENCLOSURE_INTERRUPTED] = "interrupted",
  };
  char text[256];
  snprintf(text, sizeof text, "%s; it reaches t = %.17g", why[status], mpq_get_d(flow->end));
  return hp_copy_text(text);
}

/* The last step that starts at or before t. */
static const hp_enclosed_step *find_step(const hp_enclosed_flow *flow, const mpq_t t) {
  size_t low = 0, high = flow->n_steps;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (mpq_cmp(flow->step[middle].start, t) <= 0)
      low = middle;
    else
      high = middle;
  }
  return &flow->step[low];
}

/* u and error of hp_enclosed_step_eval at t, 0 <= t <= end */
static void eval(const hp_enclosed_flow *flow, const mpq_t t, arb_struct u[], mag_t error) {
  const hp_enclosed_step *step = find_step(flow, t);
  mpq_t s;
  mpq_init(s);
  mpq_sub(s, t, step->start);
  hp_enclosed_step_eval(step, flow->dimension, flow->order, s, u, error, flow->precision_bits);
  mpq_clear(s);
}

void hp_enclosed_flow_eval(const hp_enclosed_flow *flow, const mpq_t t, arb_struct u[]) {
  slong d = (slong)flow->dimension;
  if (flow->n_steps == 0 || mpq_sgn(t) < 0 || mpq_cmp(t, flow->end) > 0) {
    _arb_vec_indeterminate(u, d);
    return;
  }
  mag_t error;
  mag_init(error);
  eval(flow, t, u, error);
  for (slong i = 0; i < d; i++)
    arb_add_error_mag(u + i, error);
  mag_clear(error);
}

void hp_enclosed_flow_radius(const hp_enclosed_flow *flow, mag_t radius) {
  mag_t own, error;
  mag_init(own);
  mag_init(error);
  mag_zero(radius);
  arb_ptr u = _arb_vec_init((slong)flow->dimension);
  for (size_t i = 0; i < flow->n_steps; i++)
    mag_max(radius, radius, flow->step[i].radius);
  if (flow->n_steps > 0) {
    eval(flow, flow->end, u, error);
    hp_norm_of_radii(own, u, flow->dimension);
    mag_add(error, error, own);
    mag_max(radius, radius, error);
  }
  _arb_vec_clear(u, (slong)flow->dimension);
  mag_clear(error);
  mag_clear(own);
}

void hp_enclosed_flow_distance(const hp_enclosed_flow *flow, mag_t distance) {
  mag_t one;
  mag_init(one);
  mag_zero(distance);
  for (size_t i = 0; i < flow->n_steps; i++) {
    hp_enclosed_step_distance(&flow->step[i], flow->order, one);
    mag_max(distance, distance, one);
  }
  mag_clear(one);
}
