#include "random_graph.h"
#include "reference/problem/program.h"
#include <flint/fmpq.h>
#include <criterion/criterion.h>

/* Balls at 64 bits contain the value at 2000 bits of the operations as they stand. */
Test(evaluate_arb, contains_the_value_on_random_graphs) {
  enum { BITS = 2000, N = RANDOM_INPUTS };
  mpfr_t *point = new_vector(N, BITS), *direct = new_vector(RANDOM_NODES, BITS);
  arb_ptr x = _arb_vec_init(N), value = _arb_vec_init(RANDOM_NODES);
  size_t finite = 0;
  for (unsigned seed = 1; seed <= 300; seed++) {
    random_graph r;
    random_graph_init(&r, 2000 + seed);
    hp_program *program = hp_program_lower(r.graph, N, r.node, RANDOM_NODES);
    for (size_t k = 0; k < N; k++) { /* dyadic, so that the ball is exact */
      mpfr_set_si_2exp(point[k], (long)(7 * seed + 11 * k) % 64 - 32, -4, MPFR_RNDN);
      arb_set_interval_mpfr(x + k, point[k], point[k], BITS);
    }
    hp_evaluate_arb(program, x, value, 64);
    random_graph_direct(&r, point, direct);
    for (int i = 0; i < RANDOM_NODES; i++) {
      bool comparable = mpfr_number_p(direct[i]) && arb_is_finite(value + i) &&
                        mpfr_cmpabs_ui(direct[i], 1000000) < 0;
      if (comparable) { /* the direct value itself is off by rounding: 2^-400 */
        mag_t slack;
        mag_init(slack);
        mag_set_ui_2exp_si(slack, 1, -400);
        arb_add_error_mag(value + i, slack);
        mag_clear(slack);
      }
      cr_assert(!comparable || arb_contains_mpfr(value + i, direct[i]), "seed %u, node %d", seed,
                i);
      finite += comparable;
    }
    hp_program_free(program);
    random_graph_clear(&r);
  }
  cr_assert_gt(finite, 300 * RANDOM_NODES / 2);
  _arb_vec_clear(value, RANDOM_NODES);
  _arb_vec_clear(x, N);
  free_vector(direct, RANDOM_NODES);
  free_vector(point, N);
}

/* Every operation alone, on a wide ball: contains the values at both ends and in the middle. */
Test(evaluate_arb, every_operation_encloses_a_wide_ball) {
  enum { BITS = 128 };
  mpfr_t *point = new_vector(2, BITS), *expected = new_vector(1, BITS);
  arb_ptr x = _arb_vec_init(2), value = _arb_vec_init(1);
  for (hp_operation op = HP_ADD; op < HP_OPERATIONS; op++) {
    hp_graph *graph = hp_graph_new();
    hp_node node = hp_graph_op(graph, op, hp_graph_input(graph, 0), hp_graph_input(graph, 1));
    hp_program *program = hp_program_lower(graph, 2, &node, 1);
    for (size_t k = 0; k < 2; k++) { /* [3/4 + k, 5/4 + k] */
      arb_set_d(x + k, 1 + (double)k);
      mag_set_d(arb_radref(x + k), 0.25);
    }
    hp_evaluate_arb(program, x, value, BITS);
    cr_assert(arb_is_finite(value), "operation %d", op);
    for (int i = -1; i <= 1; i++)
      for (int j = -1; j <= 1; j++) {
        mpfr_set_d(point[0], 1 + 0.25 * i, MPFR_RNDN);
        mpfr_set_d(point[1], 2 + 0.25 * j, MPFR_RNDN);
        direct_operation(op, expected[0], point[0], point[1]);
        cr_assert(arb_contains_mpfr(value, expected[0]), "operation %d at %d, %d", op, i, j);
      }
    hp_program_free(program);
    hp_graph_free(graph);
  }
  _arb_vec_clear(value, 1);
  _arb_vec_clear(x, 2);
  free_vector(expected, 1);
  free_vector(point, 2);
}

Test(evaluate_arb, constants_are_enclosed) {
  mpq_t third;
  mpq_init(third);
  mpq_set_si(third, 1, 3);
  arb_t ball;
  arb_init(ball);
  hp_arb_set_rational(ball, third, 80);
  fmpq_t exact;
  fmpq_init(exact);
  fmpq_set_mpq(exact, third);
  cr_assert(arb_contains_fmpq(ball, exact));
  cr_assert_geq(arb_rel_accuracy_bits(ball), 78);
  fmpq_clear(exact);
  arb_clear(ball);
  mpq_clear(third);
}

Test(evaluate_arb, outside_the_domain_is_indeterminate) {
  hp_graph *graph = hp_graph_new();
  hp_node output[] = {
      hp_graph_unary(graph, HP_LOG, hp_graph_input(graph, 0)),
      hp_graph_op(graph, HP_DIV, hp_graph_integer(graph, 1), hp_graph_input(graph, 0))};
  hp_program *program = hp_program_lower(graph, 1, output, 2);
  arb_ptr x = _arb_vec_init(1), value = _arb_vec_init(2);
  mag_set_d(arb_radref(x), 0.5); /* [-1/2, 1/2] */
  hp_evaluate_arb(program, x, value, 64);
  cr_assert(!arb_is_finite(value) && !arb_is_finite(value + 1));
  _arb_vec_clear(value, 2);
  _arb_vec_clear(x, 1);
  hp_program_free(program);
  hp_graph_free(graph);
}
