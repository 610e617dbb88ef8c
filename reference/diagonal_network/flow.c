#include "flow.h"
#include "legendre.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/taylor/fields.h"
#include "reference/taylor/taylor.h"
#include "small_mass.h"
#include <math.h>
#include <stdlib.h>

/* A stretch of the path; its times count from start. */
typedef struct {
  hp_trajectory *trajectory;
  mpfr_t start, length;
} stretch;

typedef struct {
  const hp_diagonal_flow_options *options;
  hp_diagonal_limit *limit;
  size_t d, n_states; /* states: w_+, w_- and, for lambda > 0, their velocities */
  hp_diagonal_matrix matrix;
  mpfr_prec_t bits;
  double tolerance;
  hp_program *field;
  stretch *part;
  size_t n_parts;
  mpfr_t *state, *theta, *g, *rate; /* rate: w'/w, 2d values */
  mpfr_t **zero;                    /* of each w: n_zeros[k] times */
  size_t *n_zeros;
  mpfr_t t, x, y, z, inverse_lambda;
} path;

/* ---- the field ---- */

static hp_program *make_field(const hp_diagonal_network *network, const mpq_t lambda) {
  hp_graph *graph = hp_graph_new();
  size_t states = 2 * network->d;
  hp_node *G = hp_allocate(states, sizeof *G), *g = hp_allocate(network->d, sizeof *g);
  mpq_t one;
  mpq_init(one);
  mpq_set_ui(one, 1, 1);
  hp_diagonal_force(graph, network, G, g);
  hp_program *field;
  if (mpq_sgn(lambda)) {
    field = hp_field_second_order(graph, states, G, lambda, one);
  } else {
    for (size_t k = 0; k < states; ++k)
      G[k] = hp_graph_unary(graph, HP_NEG, G[k]);
    field = hp_program_lower(graph, states, G, states);
  }
  mpq_clear(one);
  free(g);
  free(G);
  hp_graph_free(graph);
  return field;
}

/* ---- the path ---- */

/* theta, g and the rates at the state. */
static void derive(path *p) {
  size_t d = p->d;
  hp_diagonal_theta_mpfr(&p->matrix, p->state, p->state + d, p->theta);
  hp_diagonal_gradient_mpfr(&p->matrix, p->theta, p->g);
  for (size_t k = 0; k < 2 * d; ++k) {
    if (p->n_states == 4 * d)
      mpfr_div(p->rate[k], p->state[2 * d + k], p->state[k], MPFR_RNDN);
    else if (k < d)
      mpfr_neg(p->rate[k], p->g[k], MPFR_RNDN);
    else
      mpfr_set(p->rate[k], p->g[k - d], MPFR_RNDN);
  }
}

static void path_init(path *p, hp_diagonal_limit *limit, const hp_diagonal_network *network,
                      const hp_diagonal_flow_options *options) {
  size_t d = network->d;
  bool inertial = mpq_sgn(options->lambda) > 0;
  mpfr_prec_t bits = mpfr_get_prec(limit->loss);
  *p = (path){.options = options,
              .limit = limit,
              .d = d,
              .n_states = inertial ? 4 * d : 2 * d,
              .bits = bits,
              .tolerance = pow(10, -(options->digits + 6))};
  hp_diagonal_matrix_init(&p->matrix, network, bits);
  p->field = make_field(network, options->lambda);
  p->state = hp_vector_new_mpfr(p->n_states, bits);
  p->theta = hp_vector_new_mpfr(d, bits);
  p->g = hp_vector_new_mpfr(d, bits);
  p->rate = hp_vector_new_mpfr(2 * d, bits);
  p->zero = hp_allocate(2 * d, sizeof *p->zero);
  p->n_zeros = hp_allocate(2 * d, sizeof *p->n_zeros);
  mpfr_inits2(bits, p->t, p->x, p->y, p->z, p->inverse_lambda, (mpfr_ptr)0);
  hp_diagonal_limit_start(limit, network, p->state, p->state + d);
  if (!inertial)
    return;
  mpfr_set_q(p->inverse_lambda, options->lambda, MPFR_RNDN);
  mpfr_ui_div(p->inverse_lambda, 1, p->inverse_lambda, MPFR_RNDN);
  if (!options->slope)
    return;
  hp_diagonal_theta_mpfr(&p->matrix, p->state, p->state + d, p->theta);
  hp_diagonal_gradient_mpfr(&p->matrix, p->theta, p->g);
  for (size_t k = 0; k < 2 * d; ++k) {
    mpfr_mul(p->x, p->state[k], p->g[k % d], MPFR_RNDN);
    mpfr_mul_q(p->state[2 * d + k], p->x, options->slope, MPFR_RNDN);
    if (k < d)
      mpfr_neg(p->state[2 * d + k], p->state[2 * d + k], MPFR_RNDN);
  }
}

static void path_clear(path *p) {
  size_t d = p->d;
  for (size_t i = 0; i < p->n_parts; ++i) {
    hp_trajectory_free(p->part[i].trajectory);
    mpfr_clears(p->part[i].start, p->part[i].length, (mpfr_ptr)0);
  }
  free(p->part);
  for (size_t k = 0; k < 2 * d; ++k)
    hp_vector_free_mpfr(p->n_zeros[k], p->zero[k]);
  free(p->n_zeros);
  free(p->zero);
  mpfr_clears(p->t, p->x, p->y, p->z, p->inverse_lambda, (mpfr_ptr)0);
  hp_vector_free_mpfr(2 * d, p->rate);
  hp_vector_free_mpfr(d, p->g);
  hp_vector_free_mpfr(d, p->theta);
  hp_vector_free_mpfr(p->n_states, p->state);
  hp_program_free(p->field);
  hp_diagonal_matrix_clear(&p->matrix);
}

static bool at_rest(const path *p) {
  for (size_t k = 0; k < 2 * p->d; ++k)
    if (!(fabs(mpfr_get_d(p->rate[k], MPFR_RNDN)) <= p->tolerance) ||
        !(fabs(mpfr_get_d(p->g[k % p->d], MPFR_RNDN)) <= p->tolerance))
      return false;
  return true;
}

static bool keep_going(double t, void *context) {
  const hp_diagonal_flow_options *options = context;
  (void)t;
  return !options->keep_going || options->keep_going(options->context);
}

/* Integrates until at rest, a quarter of the time so far at once. The state is then the last one. */
static hp_diagonal_status march(path *p) {
  enum { GUARD_DIGITS = 12, SHARE = 4, DEFAULT_TIME = 100000 };
  const hp_diagonal_flow_options *options = p->options;
  hp_taylor_options taylor = {.digits = options->digits + GUARD_DIGITS,
                              .keep_going = keep_going,
                              .context = (void *)options};
  double last = options->last_time > 0 ? options->last_time : DEFAULT_TIME, reached = 0;
  mpfr_set_zero(p->t, 1);
  derive(p);
  while (!at_rest(p)) {
    if (reached >= last)
      return HP_DIAGONAL_MOVING;
    p->part = hp_reallocate(p->part, p->n_parts + 1, sizeof *p->part);
    stretch *part = &p->part[p->n_parts++];
    mpfr_inits2(p->bits, part->start, part->length, (mpfr_ptr)0);
    mpfr_set(part->start, p->t, MPFR_RNDN);
    double length = fmax(2, ceil(reached / SHARE));
    mpfr_set_d(part->length, length, MPFR_RNDN);
    hp_taylor_status status =
        hp_taylor_integrate(&part->trajectory, p->field, p->state, part->length, &taylor);
    p->limit->steps += (long)hp_trajectory_steps(part->trajectory);
    if (status != HP_TAYLOR_DONE)
      return status == HP_TAYLOR_INTERRUPTED ? HP_DIAGONAL_INTERRUPTED : HP_DIAGONAL_DIVERGED;
    hp_trajectory_eval(part->trajectory, part->length, p->state, NULL);
    mpfr_add(p->t, p->t, part->length, MPFR_RNDN);
    reached += length;
    derive(p);
  }
  p->limit->converged = true;
  return HP_DIAGONAL_RESTED;
}

/* ---- zero crossings ---- */

/* Newton's method for the zero of w_k near the time t of the stretch; adds it. */
static void add_zero(path *p, const stretch *part, size_t k, double t) {
  enum { STEPS = 64 };
  mpfr_set_d(p->t, t, MPFR_RNDN);
  for (int i = 0; i < STEPS; ++i) {
    hp_trajectory_eval(part->trajectory, p->t, p->state, NULL);
    mpfr_div(p->x, p->state[k], p->state[2 * p->d + k], MPFR_RNDN);
    mpfr_sub(p->t, p->t, p->x, MPFR_RNDN);
    if (fabs(mpfr_get_d(p->x, MPFR_RNDN)) < p->tolerance * 1e-12)
      break;
  }
  mpfr_t *zero = hp_vector_new_mpfr(p->n_zeros[k] + 1, p->bits);
  for (size_t i = 0; i < p->n_zeros[k]; ++i)
    mpfr_set(zero[i], p->zero[k][i], MPFR_RNDN);
  mpfr_add(zero[p->n_zeros[k]], part->start, p->t, MPFR_RNDN);
  hp_vector_free_mpfr(p->n_zeros[k], p->zero[k]);
  p->zero[k] = zero;
  ++p->n_zeros[k];
  ++p->limit->crossings;
}

static size_t panels_of(const stretch *part) {
  return hp_trajectory_steps(part->trajectory);
}

/* Bisection of a change of sign between two times, in double, as a start for Newton's method. */
static void bracket_zero(path *p, const stretch *part, size_t k, double low, double high) {
  enum { HALVINGS = 40 };
  mpfr_set_d(p->t, low, MPFR_RNDN);
  hp_trajectory_eval(part->trajectory, p->t, p->state, NULL);
  int sign = mpfr_sgn(p->state[k]);
  for (int i = 0; i < HALVINGS; ++i) {
    double middle = (low + high) / 2;
    mpfr_set_d(p->t, middle, MPFR_RNDN);
    hp_trajectory_eval(part->trajectory, p->t, p->state, NULL);
    if (mpfr_sgn(p->state[k]) == sign)
      low = middle;
    else
      high = middle;
  }
  add_zero(p, part, k, (low + high) / 2);
}

static void find_zeros(path *p) {
  enum { LOOKS = 4 }; /* at each panel */
  int *sign = hp_allocate(2 * p->d, sizeof *sign);
  for (size_t i = 0; i < p->n_parts; ++i) {
    const stretch *part = &p->part[i];
    size_t looks = LOOKS * panels_of(part);
    double length = mpfr_get_d(part->length, MPFR_RNDN), step = length / (double)looks;
    for (size_t l = 0; l <= looks; ++l) {
      mpfr_set_d(p->t, (double)l * step, MPFR_RNDN);
      hp_trajectory_eval(part->trajectory, p->t, p->state, NULL);
      for (size_t k = 0; k < 2 * p->d; ++k) {
        int now = mpfr_sgn(p->state[k]);
        if (l > 0 && now * sign[k] < 0) {
          bracket_zero(p, part, k, (double)(l - 1) * step, (double)l * step);
          mpfr_set_d(p->t, (double)l * step, MPFR_RNDN);
          hp_trajectory_eval(part->trajectory, p->t, p->state, NULL);
        }
        sign[k] = now ? now : sign[k];
      }
    }
  }
  free(sign);
}

/* ---- the integrals ---- */

/* x = rate^2 - sum_c y (y - 1/lambda), y = 1/(t - t_c), of w_k at the time p->t */
static void regular_part(path *p, size_t k) {
  mpfr_sqr(p->x, p->rate[k], MPFR_RNDN);
  for (size_t i = 0; i < p->n_zeros[k]; ++i) {
    mpfr_sub(p->y, p->t, p->zero[k][i], MPFR_RNDN);
    mpfr_ui_div(p->y, 1, p->y, MPFR_RNDN);
    mpfr_sub(p->z, p->y, p->inverse_lambda, MPFR_RNDN);
    mpfr_mul(p->y, p->y, p->z, MPFR_RNDN);
    mpfr_sub(p->x, p->x, p->y, MPFR_RNDN);
  }
}

static mpfr_ptr integral_of(path *p, size_t k) {
  return k < p->d ? p->limit->a_plus[k] : p->limit->a_minus[k - p->d];
}

/* Adds the weighted integrands at the time p->t. */
static void add_node(path *p, const mpfr_t weight) {
  hp_diagonal_limit *limit = p->limit;
  derive(p);
  if (p->options->visit)
    p->options->visit(p->options->place, p->t, p->theta, p->g, p->rate);
  double lambda = mpq_get_d(p->options->lambda);
  for (size_t k = 0; k < 2 * p->d; ++k) {
    regular_part(p, k);
    mpfr_fma(integral_of(p, k), p->x, weight, integral_of(p, k), MPFR_RNDN);
    limit->least_ratio = fmin(limit->least_ratio, lambda * mpfr_get_d(p->rate[k], MPFR_RNDN));
  }
  for (size_t j = 0; j < p->d; ++j) {
    mpfr_sqr(p->x, p->g[j], MPFR_RNDN);
    mpfr_mul_2ui(p->x, p->x, 1, MPFR_RNDN);
    mpfr_fma(limit->squares[j], p->x, weight, limit->squares[j], MPFR_RNDN);
    limit->largest_gradient = fmax(limit->largest_gradient, fabs(mpfr_get_d(p->g[j], MPFR_RNDN)));
  }
}

/* Adds [-1/(t-z) - ln|t-z|/lambda] over [0, end] for every zero z. */
static void add_poles(path *p, const mpfr_t end) {
  for (size_t k = 0; k < 2 * p->d; ++k)
    for (size_t i = 0; i < p->n_zeros[k]; ++i) {
      mpfr_srcptr z = p->zero[k][i];
      mpfr_ptr integral = integral_of(p, k);
      mpfr_sub(p->x, end, z, MPFR_RNDN);
      mpfr_div(p->y, p->x, z, MPFR_RNDN);
      mpfr_log(p->y, p->y, MPFR_RNDN);
      mpfr_mul(p->y, p->y, p->inverse_lambda, MPFR_RNDN);
      mpfr_sub(integral, integral, p->y, MPFR_RNDN);
      mpfr_ui_div(p->x, 1, p->x, MPFR_RNDN);
      mpfr_sub(integral, integral, p->x, MPFR_RNDN);
      mpfr_ui_div(p->x, 1, z, MPFR_RNDN);
      mpfr_sub(integral, integral, p->x, MPFR_RNDN);
    }
}

static void integrate(path *p) {
  size_t nodes = (size_t)(0.6 * p->options->digits) + 12;
  mpfr_t half, middle, time, weight;
  hp_legendre rule;
  hp_legendre_init(&rule, nodes, p->bits);
  mpfr_inits2(p->bits, half, middle, time, weight, (mpfr_ptr)0);
  for (size_t i = 0; i < p->n_parts; ++i) {
    const stretch *part = &p->part[i];
    size_t panels = panels_of(part);
    mpfr_div_ui(half, part->length, 2 * panels, MPFR_RNDN);
    for (size_t l = 0; l < panels; ++l) {
      mpfr_mul_ui(middle, half, 2 * l + 1, MPFR_RNDN);
      for (size_t k = 0; k < nodes; ++k) {
        mpfr_fma(time, half, rule.node[k], middle, MPFR_RNDN);
        hp_trajectory_eval(part->trajectory, time, p->state, NULL);
        mpfr_add(p->t, part->start, time, MPFR_RNDN);
        mpfr_mul(weight, half, rule.weight[k], MPFR_RNDN);
        add_node(p, weight);
      }
    }
  }
  mpfr_clears(half, middle, time, weight, (mpfr_ptr)0);
  hp_legendre_clear(&rule);
}

/* a = lambda I -+ lambda (slope g_0): I stands in a; w'(0)/w(0) = -+ slope g_0 */
static void scale_integrals(path *p) {
  const hp_diagonal_flow_options *options = p->options;
  size_t d = p->d;
  if (options->slope)
    hp_diagonal_gradient_mpfr(&p->matrix, p->limit->theta_0, p->g);
  for (size_t k = 0; k < 2 * d; ++k) {
    mpfr_ptr a = integral_of(p, k);
    if (options->slope && mpq_sgn(options->lambda)) {
      mpfr_mul_q(p->x, p->g[k % d], options->slope, MPFR_RNDN);
      if (k < d)
        mpfr_add(a, a, p->x, MPFR_RNDN);
      else
        mpfr_sub(a, a, p->x, MPFR_RNDN);
    }
    mpfr_mul_q(a, a, options->lambda, MPFR_RNDN);
  }
}

hp_diagonal_status hp_diagonal_flow(hp_diagonal_limit *limit, const hp_diagonal_network *network,
                                    const hp_diagonal_flow_options *options) {
  path p;
  path_init(&p, limit, network, options);
  hp_diagonal_status status = march(&p);
  if (status == HP_DIAGONAL_RESTED || status == HP_DIAGONAL_MOVING) {
    mpfr_t *end = hp_vector_new_mpfr(p.n_states, p.bits);
    for (size_t k = 0; k < p.n_states; ++k)
      mpfr_set(end[k], p.state[k], MPFR_RNDN);
    mpfr_set(limit->time, p.t, MPFR_RNDN);
    hp_diagonal_loss_mpfr(&p.matrix, limit->loss);
    if (p.n_states == 4 * p.d)
      find_zeros(&p);
    integrate(&p);
    add_poles(&p, limit->time);
    scale_integrals(&p);
    hp_diagonal_limit_finish(limit, network, end, end + p.d);
    hp_vector_free_mpfr(p.n_states, end);
  }
  path_clear(&p);
  return status;
}
