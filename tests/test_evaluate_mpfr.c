#include "random_graph.h"
#include "reference/problem/program.h"
#include <criterion/criterion.h>

/* Every operation alone has the value of its MPFR function, bit for bit. */
Test(evaluate_mpfr, every_operation_is_correctly_rounded) {
  enum { BITS = 200 };
  mpfr_t *x = new_vector(2, BITS), *value = new_vector(1, BITS), *expected = new_vector(1, BITS);
  for (hp_operation op = HP_ADD; op < HP_OPERATIONS; op++)
    for (unsigned seed = 1; seed <= 20; seed++) {
      hp_graph *graph = hp_graph_new();
      hp_node node = hp_graph_op(graph, op, hp_graph_input(graph, 0), hp_graph_input(graph, 1));
      hp_program *program = hp_program_lower(graph, 2, &node, 1);
      hp_evaluator_mpfr evaluator;
      hp_evaluator_mpfr_init(&evaluator, program, BITS);
      set_point(x, 2, seed);
      if (op == HP_SQRT || op == HP_LOG)
        mpfr_abs(x[0], x[0], MPFR_RNDN);
      hp_evaluate_mpfr(&evaluator, x, value);
      direct_operation(op, expected[0], x[0], x[1]);
      cr_assert(mpfr_equal_p(value[0], expected[0]), "operation %d", op);
      hp_evaluator_mpfr_clear(&evaluator);
      hp_program_free(program);
      hp_graph_free(graph);
    }
  free_vector(expected, 1);
  free_vector(value, 1);
  free_vector(x, 2);
}

/* More bits bring the value nearer to the value at many bits: for every precision p, the distance is
 * at most 2^(20 - p) times the scale on graphs that lose at most 20 bits. */
Test(evaluate_mpfr, precision_is_monotone) {
  static const mpfr_prec_t bits[] = {53, 100, 200, 400, 800};
  enum { LEVELS = sizeof bits / sizeof bits[0], BITS = 1600 };
  mpfr_t *fine_point = new_vector(RANDOM_INPUTS, BITS), *fine = new_vector(1, BITS);
  mpfr_t *coarse = new_vector(1, BITS);
  size_t compared = 0;
  for (unsigned seed = 1; seed <= 60; seed++) {
    random_graph r;
    random_graph_init(&r, 500 + seed);
    hp_program *program = hp_program_lower(r.graph, RANDOM_INPUTS, &r.node[20], 1);
    hp_evaluator_mpfr evaluator;
    hp_evaluator_mpfr_init(&evaluator, program, BITS);
    for (size_t k = 0; k < RANDOM_INPUTS; k++) /* exact at every precision */
      mpfr_set_si_2exp(fine_point[k], (long)(3 * k) - 2, -1, MPFR_RNDN);
    hp_evaluate_mpfr(&evaluator, fine_point, fine);
    hp_evaluator_mpfr_clear(&evaluator);
    for (size_t level = 0; level < LEVELS; level++) {
      hp_evaluator_mpfr_init(&evaluator, program, bits[level]);
      hp_evaluate_mpfr(&evaluator, fine_point, coarse);
      bool comparable =
          mpfr_number_p(fine[0]) && mpfr_number_p(coarse[0]) && mpfr_cmpabs_ui(fine[0], 1000) < 0;
      cr_assert(!comparable || is_close(fine[0], coarse[0], 20 - bits[level]),
                "seed %u at %ld bits", seed, bits[level]);
      compared += comparable;
      hp_evaluator_mpfr_clear(&evaluator);
    }
    hp_program_free(program);
    random_graph_clear(&r);
  }
  cr_assert_gt(compared, 100);
  free_vector(coarse, 1);
  free_vector(fine, 1);
  free_vector(fine_point, RANDOM_INPUTS);
}

Test(evaluate_mpfr, result_may_be_the_argument) {
  hp_graph *graph = hp_graph_new();
  hp_node output[] = {hp_graph_input(graph, 1), hp_graph_input(graph, 0)};
  hp_program *program = hp_program_lower(graph, 2, output, 2);
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, 64);
  mpfr_t *x = new_vector(2, 64);
  mpfr_set_ui(x[0], 3, MPFR_RNDN);
  mpfr_set_ui(x[1], 4, MPFR_RNDN);
  hp_evaluate_mpfr(&evaluator, x, x);
  cr_assert(mpfr_cmp_ui(x[0], 4) == 0 && mpfr_cmp_ui(x[1], 3) == 0);
  free_vector(x, 2);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_program_free(program);
  hp_graph_free(graph);
}

Test(evaluate_mpfr, outside_the_domain) {
  hp_graph *graph = hp_graph_new();
  hp_node x = hp_graph_input(graph, 0);
  hp_node output[] = {hp_graph_unary(graph, HP_LOG, x), hp_graph_unary(graph, HP_SQRT, x),
                      hp_graph_op(graph, HP_DIV, x, hp_graph_integer(graph, 0))};
  hp_program *program = hp_program_lower(graph, 1, output, 3);
  hp_evaluator_mpfr evaluator;
  hp_evaluator_mpfr_init(&evaluator, program, 64);
  mpfr_t *point = new_vector(1, 64), *value = new_vector(3, 64);
  mpfr_set_si(point[0], -1, MPFR_RNDN);
  hp_evaluate_mpfr(&evaluator, point, value);
  cr_assert(mpfr_nan_p(value[0]) && mpfr_nan_p(value[1]) && mpfr_inf_p(value[2]));
  free_vector(value, 3);
  free_vector(point, 1);
  hp_evaluator_mpfr_clear(&evaluator);
  hp_program_free(program);
  hp_graph_free(graph);
}
