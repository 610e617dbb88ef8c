#include "small_mass.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/differentiate.h"
#include <stdlib.h>

void hp_diagonal_force(hp_graph *graph, const hp_diagonal_network *network, hp_node G[],
                       hp_node g[]) {
  size_t n = network->n, d = network->d;
  hp_node *theta = hp_allocate(d, sizeof *theta), *residual = hp_allocate(n, sizeof *residual);
  mpq_t weight;
  mpq_init(weight);
  for (size_t j = 0; j < d; ++j) {
    hp_node p = hp_graph_input(graph, (uint32_t)j), m = hp_graph_input(graph, (uint32_t)(d + j));
    theta[j] = hp_graph_op(graph, HP_SUB, hp_graph_unary(graph, HP_SQR, p),
                           hp_graph_unary(graph, HP_SQR, m));
  }
  /* residual/n, with the quarter of theta in the coefficient */
  for (size_t i = 0; i < n; ++i) {
    residual[i] = hp_graph_integer(graph, 0);
    for (size_t j = 0; j < d; ++j) {
      mpq_set_ui(weight, 1, 4 * n);
      mpq_mul(weight, weight, network->design[i * d + j]);
      hp_node term = hp_graph_op(graph, HP_MUL, hp_graph_rational(graph, weight), theta[j]);
      residual[i] = hp_graph_op(graph, HP_ADD, residual[i], term);
    }
    mpq_set_ui(weight, 1, n);
    mpq_mul(weight, weight, network->target[i]);
    residual[i] = hp_graph_op(graph, HP_SUB, residual[i], hp_graph_rational(graph, weight));
  }
  for (size_t j = 0; j < d; ++j) {
    g[j] = hp_graph_integer(graph, 0);
    for (size_t i = 0; i < n; ++i) {
      hp_node x = hp_graph_rational(graph, network->design[i * d + j]);
      g[j] = hp_graph_op(graph, HP_ADD, g[j], hp_graph_op(graph, HP_MUL, x, residual[i]));
    }
    G[j] = hp_graph_op(graph, HP_MUL, g[j], hp_graph_input(graph, (uint32_t)j));
    G[d + j] = hp_graph_op(graph, HP_MUL, hp_graph_unary(graph, HP_NEG, g[j]),
                           hp_graph_input(graph, (uint32_t)(d + j)));
  }
  mpq_clear(weight);
  free(residual);
  free(theta);
}

/* States (w, w_1, I, C), 2d + 2d + d + d. */
static hp_program *make_field(const hp_diagonal_network *network) {
  size_t d = network->d, m = 2 * d, states = 6 * d;
  hp_graph *graph = hp_graph_new();
  hp_node *G = hp_allocate(m, sizeof *G), *g = hp_allocate(d, sizeof *g);
  hp_node *output = hp_allocate(states, sizeof *output), *first = hp_allocate(m, sizeof *first);
  hp_node *change = hp_allocate(d, sizeof *change);
  hp_diagonal_force(graph, network, G, g);
  for (size_t k = 0; k < m; ++k) {
    hp_node w_1 = hp_graph_input(graph, (uint32_t)(m + k));
    output[k] = hp_graph_unary(graph, HP_NEG, G[k]);
    first[k] = hp_graph_op(graph, HP_ADD, w_1, G[k]);
  }
  hp_graph_directional(graph, G, m, first, m, output + m);
  for (size_t k = 0; k < m; ++k) {
    output[m + k] = hp_graph_unary(graph, HP_NEG, output[m + k]);
    first[k] = hp_graph_input(graph, (uint32_t)(m + k));
  }
  /* Dg theta_1: g in the direction w_1 */
  hp_graph_directional(graph, g, d, first, m, change);
  hp_node two = hp_graph_integer(graph, 2), four = hp_graph_integer(graph, 4);
  for (size_t j = 0; j < d; ++j) {
    hp_node product = hp_graph_op(graph, HP_MUL, g[j], change[j]);
    output[2 * m + j] = hp_graph_op(graph, HP_MUL, two, hp_graph_unary(graph, HP_SQR, g[j]));
    output[2 * m + d + j] = hp_graph_op(graph, HP_MUL, four, product);
  }
  hp_program *field = hp_program_lower(graph, states, output, states);
  free(change);
  free(first);
  free(output);
  free(g);
  free(G);
  hp_graph_free(graph);
  return field;
}

hp_taylor_status hp_diagonal_small_mass(mpfr_t result[], const hp_diagonal_network *network,
                                        const mpfr_t time, const hp_taylor_options *options) {
  size_t d = network->d, states = 6 * d;
  mpfr_prec_t bits = hp_diagonal_bits(options->digits);
  mpfr_t *state = hp_vector_new_mpfr(states, bits), *g = hp_vector_new_mpfr(d, bits);
  hp_diagonal_matrix matrix;
  hp_diagonal_limit limit;
  hp_trajectory *trajectory = NULL;
  hp_diagonal_matrix_init(&matrix, network, bits);
  hp_diagonal_limit_init(&limit, d, bits);
  hp_diagonal_limit_start(&limit, network, state, state + d);
  hp_diagonal_gradient_mpfr(&matrix, limit.theta_0, g);
  for (size_t k = 0; k < 2 * d; ++k)
    mpfr_mul(state[2 * d + k], state[k], g[k % d], MPFR_RNDN);
  for (size_t j = 0; j < d; ++j) {
    mpfr_neg(state[3 * d + j], state[3 * d + j], MPFR_RNDN);
    mpfr_sqr(state[5 * d + j], g[j], MPFR_RNDN);
    mpfr_neg(state[5 * d + j], state[5 * d + j], MPFR_RNDN);
  }
  hp_program *field = make_field(network);
  hp_taylor_status status = hp_taylor_integrate(&trajectory, field, state, time, options);
  if (status == HP_TAYLOR_DONE) {
    hp_trajectory_eval(trajectory, time, state, NULL);
    for (size_t j = 0; j < 2 * d; ++j)
      mpfr_set(result[j], state[4 * d + j], MPFR_RNDN);
  }
  hp_program_free(field);
  hp_trajectory_free(trajectory);
  hp_diagonal_limit_clear(&limit);
  hp_diagonal_matrix_clear(&matrix);
  hp_vector_free_mpfr(d, g);
  hp_vector_free_mpfr(states, state);
  return status;
}
