#include "random_graph.h"
#include "reference/problem/differentiate.h"
#include "reference/problem/program.h"
#include <criterion/criterion.h>

static hp_graph *graph;
static hp_node x, y;

static void setup(void) {
  graph = hp_graph_new();
  x = hp_graph_input(graph, 0);
  y = hp_graph_input(graph, 1);
}

static void teardown(void) {
  hp_graph_free(graph);
}

TestSuite(differentiate, .init = setup, .fini = teardown);

static hp_node op(hp_operation operation, hp_node a, hp_node b) {
  return hp_graph_op(graph, operation, a, b);
}

static hp_node unary(hp_operation operation, hp_node a) {
  return hp_graph_unary(graph, operation, a);
}

static hp_node integer(long value) {
  return hp_graph_integer(graph, value);
}

/* d op(x) / dx by both modes is the node expected. */
static void derivative_is(hp_operation operation, hp_node expected) {
  hp_node f = unary(operation, x), gradient, forward, one = integer(1);
  hp_graph_gradient(graph, f, 1, &gradient);
  hp_graph_directional(graph, &f, 1, &one, 1, &forward);
  cr_assert_eq(gradient, expected, "operation %d, reverse", operation);
  cr_assert_eq(forward, expected, "operation %d, forward", operation);
}

Test(differentiate, rules_share_the_value) {
  hp_node one = integer(1), half = op(HP_DIV, one, integer(2));
  hp_node one_plus_square = op(HP_ADD, one, unary(HP_SQR, x));
  derivative_is(HP_NEG, integer(-1));
  derivative_is(HP_SQR, op(HP_MUL, integer(2), x));
  derivative_is(HP_SQRT, op(HP_DIV, half, unary(HP_SQRT, x)));
  derivative_is(HP_EXP, unary(HP_EXP, x));
  derivative_is(HP_LOG, op(HP_DIV, one, x));
  derivative_is(HP_SIN, unary(HP_COS, x));
  derivative_is(HP_COS, unary(HP_NEG, unary(HP_SIN, x)));
  derivative_is(HP_TAN, op(HP_ADD, one, unary(HP_SQR, unary(HP_TAN, x))));
  derivative_is(HP_SINH, unary(HP_COSH, x));
  derivative_is(HP_COSH, unary(HP_SINH, x));
  derivative_is(HP_TANH, op(HP_SUB, one, unary(HP_SQR, unary(HP_TANH, x))));
  derivative_is(HP_ASINH, op(HP_DIV, one, unary(HP_SQRT, one_plus_square)));
  derivative_is(HP_ATAN, op(HP_DIV, one, one_plus_square));
}

/* log(1 + exp z) has the derivative exp z / (1 + exp z), also when a factor stands before it. */
Test(differentiate, softplus_gives_the_sigmoid) {
  hp_node e = unary(HP_EXP, x), sum = op(HP_ADD, integer(1), e), gradient;
  hp_node softplus = unary(HP_LOG, sum), sigmoid = op(HP_DIV, e, sum);
  hp_graph_gradient(graph, softplus, 1, &gradient);
  cr_assert_eq(gradient, sigmoid);
  hp_node sixth = op(HP_DIV, integer(1), integer(6));
  hp_graph_gradient(graph, op(HP_MUL, sixth, softplus), 1, &gradient);
  cr_assert_eq(gradient, op(HP_MUL, sixth, sigmoid));
}

Test(differentiate, quadratic) {
  hp_node f = op(HP_ADD, unary(HP_SQR, x), op(HP_MUL, integer(5), unary(HP_SQR, y)));
  hp_node half = op(HP_DIV, f, integer(2)), gradient[3];
  hp_graph_gradient(graph, half, 3, gradient);
  cr_assert_eq(gradient[0], x);
  cr_assert_eq(gradient[1], op(HP_MUL, integer(5), y));
  cr_assert_eq(gradient[2], integer(0));
}

Test(differentiate, constants_and_foreign_inputs_have_no_derivative) {
  hp_node gradient, result, one = integer(1), f = op(HP_MUL, y, unary(HP_EXP, integer(1)));
  hp_graph_gradient(graph, f, 1, &gradient);
  cr_assert_eq(gradient, integer(0));
  hp_graph_directional(graph, &f, 1, &one, 1, &result);
  cr_assert_eq(result, integer(0));
  hp_graph_gradient(graph, integer(7), 1, &gradient);
  cr_assert_eq(gradient, integer(0));
}

/* The gradient of f costs O(size of f), whatever the number of inputs. */
Test(differentiate, gradient_is_cheap) {
  hp_node f = integer(0), gradient[500];
  for (uint32_t k = 0; k < 500; k++)
    f = op(HP_ADD, f, unary(HP_TANH, op(HP_MUL, hp_graph_input(graph, k), f)));
  size_t size = hp_graph_size(graph);
  hp_graph_gradient(graph, f, 500, gradient);
  cr_assert_leq(hp_graph_size(graph), 5 * size);
}

typedef struct {
  hp_program *program;
  hp_evaluator_mpfr evaluator;
} function;

static function lower(const hp_graph *of, size_t n, const hp_node *output, size_t count,
                      mpfr_prec_t bits) {
  function f = {.program = hp_program_lower(of, n, output, count)};
  hp_evaluator_mpfr_init(&f.evaluator, f.program, bits);
  return f;
}

static void drop(function *f) {
  hp_evaluator_mpfr_clear(&f->evaluator);
  hp_program_free(f->program);
}

static bool is_moderate(const mpfr_t a) {
  return mpfr_number_p(a) && mpfr_cmpabs_ui(a, 1000000) < 0;
}

/* (f(x + h e_k) - f(x - h e_k)) / 2h in central[i] for output i; h = 2^exponent. */
static void central_difference(function *f, mpfr_t *point, size_t k, mpfr_exp_t exponent,
                               mpfr_t *central, mpfr_t *scratch) {
  mpfr_t h;
  mpfr_init2(h, 64);
  mpfr_set_ui_2exp(h, 1, exponent, MPFR_RNDN);
  mpfr_add(point[k], point[k], h, MPFR_RNDN);
  hp_evaluate_mpfr(&f->evaluator, point, central);
  mpfr_sub(point[k], point[k], h, MPFR_RNDN);
  mpfr_sub(point[k], point[k], h, MPFR_RNDN);
  hp_evaluate_mpfr(&f->evaluator, point, scratch);
  mpfr_add(point[k], point[k], h, MPFR_RNDN);
  for (size_t i = 0; i < f->program->n_outputs; i++) {
    mpfr_sub(central[i], central[i], scratch[i], MPFR_RNDN);
    mpfr_mul_2si(central[i], central[i], -exponent - 1, MPFR_RNDN);
  }
  mpfr_clear(h);
}

/* Gradient against central differences of f, Hessian-vector product against central differences of
 * the gradient, and the Hessian is symmetric: on random graphs at 1000 bits with h = 2^-300, where
 * the truncation error is near 2^-600 and cancellation leaves 700 bits. */
Test(differentiate, agrees_with_differences_on_random_graphs) {
  enum { BITS = 1000, STEP = -300, CLOSE = -200, N = RANDOM_INPUTS };
  mpfr_t *point = new_vector(2 * N, BITS), *gradient = new_vector(N, BITS);
  mpfr_t *central = new_vector(N, BITS), *scratch = new_vector(N, BITS);
  mpfr_t *hessian = new_vector(N * N, BITS);
  size_t compared = 0, second = 0;
  for (unsigned seed = 1; seed <= 200; seed++) {
    random_graph r;
    random_graph_init(&r, 1000 + seed);
    hp_node f = r.node[RANDOM_NODES - 1], g[N], direction[N], product[N];
    hp_graph_gradient(r.graph, f, N, g);
    for (uint32_t k = 0; k < N; k++)
      direction[k] = hp_graph_input(r.graph, N + k);
    hp_graph_directional(r.graph, g, N, direction, N, product);
    function value = lower(r.graph, N, &f, 1, BITS), slope = lower(r.graph, N, g, N, BITS);
    function curvature = lower(r.graph, 2 * N, product, N, BITS);
    set_point(point, N, 77 * seed);
    hp_evaluate_mpfr(&slope.evaluator, point, gradient);
    for (size_t k = 0; k < N; k++) {
      central_difference(&value, point, k, STEP, central, scratch);
      bool comparable = is_moderate(central[0]) && is_moderate(gradient[k]);
      cr_assert(!comparable || is_close(gradient[k], central[0], CLOSE), "seed %u, d%zu", seed, k);
      compared += comparable && !mpfr_zero_p(gradient[k]);
      for (size_t j = 0; j < N; j++)
        mpfr_set_ui(point[N + j], j == k, MPFR_RNDN);
      hp_evaluate_mpfr(&curvature.evaluator, point, hessian + N * k);
      central_difference(&slope, point, k, STEP, central, scratch);
      for (size_t i = 0; i < N; i++) {
        comparable = is_moderate(central[i]) && is_moderate(hessian[N * k + i]);
        cr_assert(!comparable || is_close(hessian[N * k + i], central[i], CLOSE),
                  "seed %u, d%zu d%zu", seed, i, k);
        second += comparable && !mpfr_zero_p(central[i]);
      }
    }
    for (size_t i = 0; i < N; i++)
      for (size_t j = 0; j < i; j++)
        cr_assert(!is_moderate(hessian[N * i + j]) || !is_moderate(hessian[N * j + i]) ||
                      is_close(hessian[N * i + j], hessian[N * j + i], CLOSE),
                  "seed %u: the Hessian is not symmetric", seed);
    drop(&curvature);
    drop(&slope);
    drop(&value);
    random_graph_clear(&r);
  }
  cr_assert_gt(compared, 60);
  cr_assert_gt(second, 100);
  free_vector(hessian, N * N);
  free_vector(scratch, N);
  free_vector(central, N);
  free_vector(gradient, N);
  free_vector(point, 2 * N);
}
