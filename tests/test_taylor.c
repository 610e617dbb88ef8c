#include "reference/taylor/taylor.h"
#include "reference/problem/graph.h"
#include <criterion/criterion.h>

/* u' = 2 (u - u^3), u(0) = 1/2: u(1) = u0/sqrt(u0^2 + (1 - u0^2) e^-4) */
Test(taylor, double_well_closed_form) {
  hp_graph *graph = hp_graph_new();
  hp_node u = hp_graph_input(graph, 0);
  hp_node cube = hp_graph_op(graph, HP_MUL, u, hp_graph_unary(graph, HP_SQR, u));
  hp_node f =
      hp_graph_op(graph, HP_MUL, hp_graph_integer(graph, 2), hp_graph_op(graph, HP_SUB, u, cube));
  hp_program *field = hp_program_lower(graph, 1, &f, 1);
  mpfr_t u0, t, end[1], exact;
  mpfr_inits2(1000, u0, t, end[0], exact, NULL);
  mpfr_set_d(u0, 0.5, MPFR_RNDN);
  mpfr_set_ui(t, 1, MPFR_RNDN);
  mpfr_set_si(exact, -4, MPFR_RNDN);
  mpfr_exp(exact, exact, MPFR_RNDN);
  mpfr_mul_d(exact, exact, 0.75, MPFR_RNDN);
  mpfr_add_d(exact, exact, 0.25, MPFR_RNDN);
  mpfr_rec_sqrt(exact, exact, MPFR_RNDN);
  mpfr_mul(exact, exact, u0, MPFR_RNDN);
  hp_trajectory *trajectory;
  hp_taylor_options options = {.digits = 60};
  cr_assert_eq(hp_taylor_integrate(&trajectory, field, &u0, t, &options), HP_TAYLOR_DONE);
  hp_trajectory_eval(trajectory, t, end, NULL);
  mpfr_sub(end[0], end[0], exact, MPFR_RNDN);
  cr_assert(mpfr_zero_p(end[0]) || mpfr_get_exp(end[0]) < -199);
  hp_trajectory_free(trajectory);
  mpfr_clears(u0, t, end[0], exact, NULL);
  hp_program_free(field);
  hp_graph_free(graph);
}
