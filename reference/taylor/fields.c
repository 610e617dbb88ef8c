#include "fields.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <stdlib.h>

/* lambda_bar = 1/(1 - lambda) */
static void set_lambda_bar(mpq_t lambda_bar, const mpq_t lambda) {
  mpq_set_ui(lambda_bar, 1, 1);
  mpq_sub(lambda_bar, lambda_bar, lambda);
  mpq_inv(lambda_bar, lambda_bar);
}

/* alpha = (1 + lambda)/2 - a (1 - lambda) */
static void set_alpha(mpq_t alpha, const mpq_t lambda, const mpq_t a) {
  mpq_t one, rest;
  mpq_inits(one, rest, NULL);
  mpq_set_ui(one, 1, 1);
  mpq_add(alpha, one, lambda);
  mpq_div_2exp(alpha, alpha, 1);
  mpq_sub(rest, one, lambda);
  mpq_mul(rest, a, rest);
  mpq_sub(alpha, alpha, rest);
  mpq_clears(one, rest, NULL);
}

hp_program *hp_field_rescaled_gradient(const hp_problem *problem, const mpq_t lambda) {
  size_t d = problem->n_params;
  hp_node *output = hp_allocate(d, sizeof *output);
  mpq_t factor;
  mpq_init(factor);
  set_lambda_bar(factor, lambda);
  mpq_neg(factor, factor);
  hp_node minus_lambda_bar = hp_graph_rational(problem->graph, factor);
  for (size_t i = 0; i < d; i++)
    output[i] = hp_graph_op(problem->graph, HP_MUL, minus_lambda_bar, problem->gradient[i]);
  hp_program *field = hp_program_lower(problem->graph, d, output, d);
  mpq_clear(factor);
  free(output);
  return field;
}

/* W' = (lambda_bar - a/lambda) H W */
hp_program *hp_field_normal_direction(const hp_problem *problem, const mpq_t lambda,
                                      const mpq_t a) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(2 * d, sizeof *output);
  hp_node *direction = hp_allocate(d, sizeof *direction);
  mpq_t lambda_bar, rate;
  mpq_inits(lambda_bar, rate, NULL);
  set_lambda_bar(lambda_bar, lambda);
  mpq_div(rate, a, lambda);
  mpq_sub(rate, lambda_bar, rate);
  mpq_neg(lambda_bar, lambda_bar);
  hp_node of_gradient = hp_graph_rational(graph, lambda_bar);
  hp_node of_direction = hp_graph_rational(graph, rate);
  for (size_t i = 0; i < d; i++) {
    output[i] = hp_graph_op(graph, HP_MUL, of_gradient, problem->gradient[i]);
    direction[i] =
        hp_graph_op(graph, HP_MUL, of_direction, hp_graph_input(graph, (uint32_t)(d + i)));
  }
  hp_graph_directional(graph, problem->gradient, d, direction, d, output + d);
  hp_program *field = hp_program_lower(graph, 2 * d, output, 2 * d);
  mpq_clears(lambda_bar, rate, NULL);
  free(direction);
  free(output);
  return field;
}

/* E' = lambda_bar f'E - alpha lambda_bar^3 f'f = H (alpha lambda_bar^3 (-grad Phi) - lambda_bar E):
 * one Hessian-vector product. */
hp_program *hp_field_first_order_error(const hp_problem *problem, const mpq_t lambda,
                                       const mpq_t a) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(2 * d, sizeof *output);
  hp_node *direction = hp_allocate(d, sizeof *direction);
  mpq_t lambda_bar, cubed;
  mpq_inits(lambda_bar, cubed, NULL);
  set_lambda_bar(lambda_bar, lambda);
  set_alpha(cubed, lambda, a);
  for (int i = 0; i < 3; i++)
    mpq_mul(cubed, cubed, lambda_bar);
  mpq_neg(lambda_bar, lambda_bar);
  mpq_neg(cubed, cubed);
  hp_node of_error = hp_graph_rational(graph, lambda_bar);
  hp_node of_gradient = hp_graph_rational(graph, cubed);
  for (size_t i = 0; i < d; i++) {
    hp_node error = hp_graph_input(graph, (uint32_t)(d + i));
    output[i] = hp_graph_op(graph, HP_MUL, of_error, problem->gradient[i]);
    direction[i] = hp_graph_op(graph, HP_ADD, hp_graph_op(graph, HP_MUL, of_error, error),
                               hp_graph_op(graph, HP_MUL, of_gradient, problem->gradient[i]));
  }
  hp_graph_directional(graph, problem->gradient, d, direction, d, output + d);
  hp_program *field = hp_program_lower(graph, 2 * d, output, 2 * d);
  mpq_clears(lambda_bar, cubed, NULL);
  free(direction);
  free(output);
  return field;
}

hp_program *hp_field_second_order(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                                  const mpq_t damping) {
  hp_node *output = hp_allocate(2 * d, sizeof *output);
  mpq_t factor;
  mpq_init(factor);
  mpq_inv(factor, mass);
  mpq_neg(factor, factor);
  hp_node of_force = hp_graph_rational(graph, factor);
  mpq_mul(factor, factor, damping);
  hp_node of_velocity = hp_graph_rational(graph, factor);
  for (size_t i = 0; i < d; i++) {
    output[i] = hp_graph_input(graph, (uint32_t)(d + i));
    output[d + i] = hp_graph_op(graph, HP_ADD, hp_graph_op(graph, HP_MUL, of_velocity, output[i]),
                                hp_graph_op(graph, HP_MUL, of_force, G[i]));
  }
  hp_program *field = hp_program_lower(graph, 2 * d, output, 2 * d);
  mpq_clear(factor);
  free(output);
  return field;
}

void hp_slow_fast_equations(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                            const mpq_t damping, hp_node output[]) {
  hp_node *u = hp_allocate(d, sizeof *u);
  mpq_t factor;
  mpq_init(factor);
  mpq_inv(factor, damping);
  hp_node of_force = hp_graph_rational(graph, factor);
  mpq_div(factor, damping, mass);
  mpq_neg(factor, factor);
  hp_node of_fast = hp_graph_rational(graph, factor);
  for (size_t i = 0; i < d; i++)
    u[i] = hp_graph_op(graph, HP_ADD, hp_graph_input(graph, (uint32_t)i),
                       hp_graph_input(graph, (uint32_t)(d + i)));
  for (size_t i = 0; i < d; i++) {
    hp_node z = hp_graph_input(graph, (uint32_t)(d + i));
    hp_node force = hp_graph_op(graph, HP_MUL, of_force, hp_graph_substitute(graph, G[i], u, d));
    output[i] = hp_graph_unary(graph, HP_NEG, force);
    output[d + i] = hp_graph_op(graph, HP_ADD, hp_graph_op(graph, HP_MUL, of_fast, z), force);
  }
  mpq_clear(factor);
  free(u);
}

hp_program *hp_field_slow_fast(hp_graph *graph, size_t d, const hp_node G[], const mpq_t mass,
                               const mpq_t damping) {
  hp_node *output = hp_allocate(2 * d, sizeof *output);
  hp_slow_fast_equations(graph, d, G, mass, damping, output);
  hp_program *field = hp_program_lower(graph, 2 * d, output, 2 * d);
  free(output);
  return field;
}

hp_program *hp_field_modified_loss(const hp_problem *problem, const mpq_t lambda, const mpq_t c,
                                   const mpq_t h) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(d, sizeof *output);
  mpq_t factor, hc;
  mpq_inits(factor, hc, NULL);
  set_lambda_bar(factor, lambda);
  mpq_neg(factor, factor);
  mpq_mul(hc, h, c);
  hp_node minus_lambda_bar = hp_graph_rational(graph, factor);
  hp_node of_product = hp_graph_rational(graph, hc);
  hp_graph_directional(graph, problem->gradient, d, problem->gradient, d, output);
  for (size_t i = 0; i < d; i++) {
    hp_node slope = hp_graph_op(graph, HP_ADD, problem->gradient[i],
                                hp_graph_op(graph, HP_MUL, of_product, output[i]));
    output[i] = hp_graph_op(graph, HP_MUL, minus_lambda_bar, slope);
  }
  hp_program *field = hp_program_lower(graph, d, output, d);
  mpq_clears(factor, hc, NULL);
  free(output);
  return field;
}

/* With g = grad Phi: f'f = H g, f'f'f = -H (H g). */
hp_program *hp_field_second_order_terms(const hp_problem *problem, const mpq_t lambda) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(3 * d, sizeof *output);
  hp_node *product = hp_allocate(d, sizeof *product);
  hp_node *direction = hp_allocate(d, sizeof *direction);
  mpq_t factor;
  mpq_init(factor);
  set_lambda_bar(factor, lambda);
  mpq_neg(factor, factor);
  hp_node minus_lambda_bar = hp_graph_rational(graph, factor);
  hp_graph_directional(graph, problem->gradient, d, problem->gradient, d, product);
  for (size_t i = 0; i < d; i++) {
    hp_node tall = hp_graph_input(graph, (uint32_t)(d + i));
    output[i] = hp_graph_op(graph, HP_MUL, minus_lambda_bar, problem->gradient[i]);
    direction[i] =
        hp_graph_op(graph, HP_SUB, hp_graph_op(graph, HP_MUL, minus_lambda_bar, tall), product[i]);
  }
  hp_graph_directional(graph, problem->gradient, d, direction, d, output + d);
  for (size_t i = 0; i < d; i++) {
    hp_node carried = hp_graph_input(graph, (uint32_t)(2 * d + i));
    direction[i] = hp_graph_op(graph, HP_MUL, minus_lambda_bar, carried);
  }
  hp_graph_directional(graph, problem->gradient, d, direction, d, output + 2 * d);
  hp_program *field = hp_program_lower(graph, 3 * d, output, 3 * d);
  mpq_clear(factor);
  free(direction);
  free(product);
  free(output);
  return field;
}

/* With g = grad Phi, q = f'f = H g: f'f'f = -H q and (f'f)'f = f''(f,f) + f'f'f = -q'[g], so that
 * E' = H (-lambda_bar E + (bush - tall) q) - q'[bush g]. */
hp_program *hp_field_second_order_error(const hp_problem *problem, const mpq_t lambda,
                                        const mpq_t tall, const mpq_t bush) {
  size_t d = problem->n_params;
  hp_graph *graph = problem->graph;
  hp_node *output = hp_allocate(2 * d, sizeof *output);
  hp_node *product = hp_allocate(d, sizeof *product), *change = hp_allocate(d, sizeof *change);
  hp_node *direction = hp_allocate(d, sizeof *direction);
  mpq_t factor;
  mpq_init(factor);
  set_lambda_bar(factor, lambda);
  mpq_neg(factor, factor);
  hp_node minus_lambda_bar = hp_graph_rational(graph, factor);
  mpq_sub(factor, bush, tall);
  hp_node of_product = hp_graph_rational(graph, factor), of_change = hp_graph_rational(graph, bush);
  hp_graph_directional(graph, problem->gradient, d, problem->gradient, d, product);
  hp_graph_directional(graph, product, d, problem->gradient, d, change);
  for (size_t i = 0; i < d; i++) {
    hp_node error = hp_graph_input(graph, (uint32_t)(d + i));
    output[i] = hp_graph_op(graph, HP_MUL, minus_lambda_bar, problem->gradient[i]);
    direction[i] = hp_graph_op(graph, HP_ADD, hp_graph_op(graph, HP_MUL, minus_lambda_bar, error),
                               hp_graph_op(graph, HP_MUL, of_product, product[i]));
  }
  hp_graph_directional(graph, problem->gradient, d, direction, d, output + d);
  for (size_t i = 0; i < d; i++)
    output[d + i] =
        hp_graph_op(graph, HP_SUB, output[d + i], hp_graph_op(graph, HP_MUL, of_change, change[i]));
  hp_program *field = hp_program_lower(graph, 2 * d, output, 2 * d);
  mpq_clear(factor);
  free(direction);
  free(change);
  free(product);
  free(output);
  return field;
}

hp_program *hp_field_gradient_product(const hp_problem *problem) {
  size_t d = problem->n_params;
  hp_node *output = hp_allocate(d, sizeof *output);
  hp_graph_directional(problem->graph, problem->gradient, d, problem->gradient, d, output);
  hp_program *program = hp_program_lower(problem->graph, d, output, d);
  free(output);
  return program;
}
