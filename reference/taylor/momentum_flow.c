#include "momentum_flow.h"
#include "fields.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <math.h>
#include <stdlib.h>

static mpfr_prec_t start_bits(const hp_taylor_options *options) {
  enum { GUARD_DIGITS = 10 };
  return (mpfr_prec_t)ceil((options->digits + GUARD_DIGITS) * 3.3219280948873626);
}

/* count states at the problem's start followed by zeros; g = grad F there, d values. */
static mpfr_t *start_states(const hp_problem *problem, size_t count, mpfr_prec_t bits, mpfr_t g[]) {
  mpfr_t *state = hp_vector_new_mpfr(count, bits);
  hp_evaluator_mpfr evaluator;
  for (size_t i = 0; i < problem->n_params; ++i)
    mpfr_set_q(state[i], problem->start[i], MPFR_RNDN);
  hp_evaluator_mpfr_init(&evaluator, problem->gradient_program, bits);
  hp_evaluate_mpfr(&evaluator, state, g);
  hp_evaluator_mpfr_clear(&evaluator);
  return state;
}

/* state[i] = -factor g[i], d values */
static void set_velocity(size_t d, mpfr_t state[], const mpfr_t g[], const mpq_t factor) {
  for (size_t i = 0; i < d; ++i) {
    mpfr_mul_q(state[i], g[i], factor, MPFR_RNDN);
    mpfr_neg(state[i], state[i], MPFR_RNDN);
  }
}

hp_taylor_status hp_momentum_flow(hp_trajectory **trajectory, const hp_problem *problem,
                                  const mpq_t lambda, const mpq_t slope, const mpfr_t t_end,
                                  const hp_taylor_options *options) {
  size_t d = problem->n_params;
  mpfr_prec_t bits = start_bits(options);
  mpfr_t *g = hp_vector_new_mpfr(d, bits), *state = start_states(problem, 2 * d, bits, g);
  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  set_velocity(d, state + d, g, slope);
  hp_program *field = hp_field_second_order(problem->graph, d, problem->gradient, lambda, one);
  hp_taylor_status status = hp_taylor_integrate(trajectory, field, state, t_end, options);
  hp_program_free(field);
  mpq_clear(one);
  hp_vector_free_mpfr(2 * d, state);
  hp_vector_free_mpfr(d, g);
  return status;
}

/* ---- the terms ---- */

/* Nodes over the inputs (w, E, G, w', E', G'). */
typedef struct {
  hp_graph *graph;
  const hp_problem *problem;
  size_t d;
  hp_node minus_inverse;            /* -1/lambda */
  hp_node *second, *third, *fourth; /* w'', w''', w'''' */
} builder;

static hp_node input(const builder *b, size_t part, size_t i) {
  return hp_graph_input(b->graph, (uint32_t)(part * b->d + i));
}

static hp_node scaled(const builder *b, const mpq_t factor, hp_node x) {
  return hp_graph_op(b->graph, HP_MUL, hp_graph_rational(b->graph, factor), x);
}

/* -(x + y)/lambda */
static hp_node relaxed(const builder *b, hp_node x, hp_node y) {
  hp_node sum = hp_graph_op(b->graph, HP_ADD, x, y);
  return hp_graph_op(b->graph, HP_MUL, b->minus_inverse, sum);
}

/* result = H direction */
static void hessian(const builder *b, const hp_node direction[], hp_node result[]) {
  hp_graph_directional(b->graph, b->problem->gradient, b->d, direction, b->d, result);
}

static void build_derivatives(builder *b) {
  enum { PARTS = 6 };
  size_t d = b->d;
  hp_node *direction = hp_allocate(PARTS * d, sizeof *direction);
  hp_node zero = hp_graph_integer(b->graph, 0);
  b->second = hp_allocate(d, sizeof *b->second);
  b->third = hp_allocate(d, sizeof *b->third);
  b->fourth = hp_allocate(d, sizeof *b->fourth);
  for (size_t i = 0; i < PARTS * d; ++i)
    direction[i] = zero;
  for (size_t i = 0; i < d; ++i) {
    direction[i] = input(b, 3, i);
    b->second[i] = relaxed(b, direction[i], b->problem->gradient[i]);
    direction[3 * d + i] = b->second[i];
  }
  hessian(b, direction, b->third);
  for (size_t i = 0; i < d; ++i)
    b->third[i] = relaxed(b, b->second[i], b->third[i]);
  /* along the flow, where w' and w'' are the derivatives of w and w' */
  hp_graph_directional(b->graph, b->third, d, direction, PARTS * d, b->fourth);
  free(direction);
}

static hp_program *terms_field(const hp_problem *problem, const mpq_t lambda,
                               hp_terms_variant variant) {
  size_t d = problem->n_params;
  builder b = {.graph = problem->graph, .problem = problem, .d = d};
  hp_node *output = hp_allocate(6 * d, sizeof *output);
  hp_node *E = hp_allocate(d, sizeof *E), *G = hp_allocate(d, sizeof *G);
  mpq_t factor, sixth;
  mpq_inits(factor, sixth, NULL);
  mpq_inv(factor, lambda);
  mpq_neg(factor, factor);
  b.minus_inverse = hp_graph_rational(b.graph, factor);
  build_derivatives(&b);
  for (size_t i = 0; i < d; ++i) {
    for (size_t part = 0; part < 3; ++part)
      output[part * d + i] = input(&b, 3 + part, i);
    output[3 * d + i] = b.second[i];
    E[i] = input(&b, 1, i);
    G[i] = input(&b, 2, i);
  }
  hessian(&b, E, output + 4 * d);
  hessian(&b, G, output + 5 * d);
  for (size_t i = 0; i < d; ++i) {
    if (variant != HP_TERMS_NO_FORCE) {
      mpq_set_si(factor, -1, 2);
      output[4 * d + i] =
          hp_graph_op(b.graph, HP_ADD, output[4 * d + i], scaled(&b, factor, b.second[i]));
    }
    output[4 * d + i] = relaxed(&b, input(&b, 4, i), output[4 * d + i]);
    mpq_set_ui(factor, 1, 12);
    mpq_mul(factor, factor, lambda);
    mpq_set_ui(sixth, 1, 6);
    hp_node force = hp_graph_op(b.graph, HP_ADD, scaled(&b, factor, b.fourth[i]),
                                scaled(&b, sixth, b.third[i]));
    force = hp_graph_op(b.graph, HP_ADD, output[5 * d + i], force);
    output[5 * d + i] = relaxed(&b, input(&b, 5, i), force);
  }
  hp_program *field = hp_program_lower(b.graph, 6 * d, output, 6 * d);
  mpq_clears(factor, sixth, NULL);
  free(b.second);
  free(b.third);
  free(b.fourth);
  free(G);
  free(E);
  free(output);
  return field;
}

hp_taylor_status hp_momentum_flow_terms(hp_trajectory **trajectory, const hp_problem *problem,
                                        const mpq_t lambda, hp_terms_variant variant,
                                        const mpfr_t t_end, const hp_taylor_options *options) {
  size_t d = problem->n_params;
  mpfr_prec_t bits = start_bits(options);
  mpfr_t *g = hp_vector_new_mpfr(d, bits), *state = start_states(problem, 6 * d, bits, g);
  mpq_t factor, part;
  mpq_inits(factor, part, NULL);
  mpq_inv(factor, lambda);
  mpq_div_2exp(part, factor, 1);
  if (variant != HP_TERMS_NO_START)
    set_velocity(d, state + 4 * d, g, part);
  mpq_mul(factor, factor, factor);
  mpq_set_ui(part, 1, 6);
  mpq_mul(part, part, factor);
  set_velocity(d, state + 5 * d, g, part);
  hp_program *field = terms_field(problem, lambda, variant);
  hp_taylor_status status = hp_taylor_integrate(trajectory, field, state, t_end, options);
  hp_program_free(field);
  mpq_clears(factor, part, NULL);
  hp_vector_free_mpfr(6 * d, state);
  hp_vector_free_mpfr(d, g);
  return status;
}
