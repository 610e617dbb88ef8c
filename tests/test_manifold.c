#include "experiment.h"
#include "reference/iterate/manifold.h"
#include "reference/iterate/momentum.h"
#include "reference/iterate/vector_mpfr.h"

/* |m(u') - v'| for one step (u', v') from (u, m(u)): the graph is mapped into itself. */
static double defect(hp_manifold *manifold, const hp_experiment *experiment, mpfr_prec_t bits) {
  const hp_problem *problem = experiment->problem;
  size_t d = problem->n_params;
  hp_momentum_mpfr state;
  mpfr_t *m = hp_vector_new_mpfr(d, bits), size;
  mpfr_init2(size, bits);
  hp_momentum_init_mpfr(&state, problem->gradient_program, experiment->momentum, experiment->a,
                        experiment->step[0], problem->start, bits);
  cr_assert_eq(hp_manifold_evaluate(manifold, state.u, m), HP_MANIFOLD_FOUND);
  for (size_t i = 0; i < d; ++i)
    mpfr_set(state.v[i], m[i], MPFR_RNDN);
  hp_momentum_step_mpfr(&state);
  cr_assert_eq(hp_manifold_evaluate(manifold, state.u, m), HP_MANIFOLD_FOUND);
  for (size_t i = 0; i < d; ++i)
    mpfr_sub(m[i], m[i], state.v[i], MPFR_RNDN);
  hp_vector_norm_mpfr(size, d, m);
  double result = mpfr_get_d(size, MPFR_RNDN);
  mpfr_clear(size);
  hp_vector_free_mpfr(d, m);
  hp_momentum_clear_mpfr(&state);
  return result;
}

static hp_manifold *manifold_of(const hp_experiment *experiment,
                                const hp_manifold_options *options) {
  return hp_manifold_new(experiment->problem, experiment->momentum, experiment->a,
                         experiment->step[0], options);
}

Test(manifold, graph_is_invariant) {
  static const char *const method[] = {"hb", "nag", "a=2"};
  static const char *const name[] = {"double-well", "rosenbrock", "diagonal-linear",
                                     "quadratic-5-half"};
  hp_manifold_options options = {.precision_bits = 110, .steps_back = 140};
  for (size_t p = 0; p < 4; ++p)
    for (size_t k = 0; k < 3; ++k) {
      hp_experiment experiment;
      experiment_open(&experiment, name[p], method[k], 9, 9);
      hp_manifold *manifold = manifold_of(&experiment, &options);
      double miss = defect(manifold, &experiment, 200);
      cr_assert(miss < 1e-31, "%s %s: %g", name[p], method[k], miss);
      hp_manifold_free(manifold);
      experiment_close(&experiment);
    }
}

/* Rotated, shifted, with a flat direction: Phi = (x + y - 1)^2/2 + 3 z + (x - y)^2. */
Test(manifold, general_quadratic) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x, y, z\nloss = (x + y - 1)^2/2 + 3*z + (x - y)^2\n"
                   "start = 2, -1, 5\nmomentum = 1/2\nhorizon = 1\n",
                   "nag", 7, 7);
  cr_assert(experiment.problem->is_quadratic);
  hp_manifold_options options = {.precision_bits = 150};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  cr_assert(defect(manifold, &experiment, 200) < 1e-45);
  mpfr_t *number[4];
  for (int i = 0; i < 4; ++i)
    number[i] = hp_vector_new_mpfr(3, 150);
  cr_assert(hp_manifold_spectrum(manifold, number[0], number[1], number[2], number[3]));
  static const double q[] = {0, 2, 4};
  for (int i = 0; i < 3; ++i)
    cr_assert_float_eq(mpfr_get_d(number[0][i], MPFR_RNDN), q[i], 1e-40);
  cr_assert_float_eq(mpfr_get_d(number[1][0], MPFR_RNDN), 1, 1e-40);
  cr_assert_float_eq(mpfr_get_d(number[2][0], MPFR_RNDN), 0.5, 1e-40);
  for (int i = 0; i < 4; ++i)
    hp_vector_free_mpfr(3, number[i]);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* hq = 5/32 is above (1 - sqrt(1/2))^2. */
Test(manifold, none_above_the_threshold) {
  hp_experiment experiment;
  experiment_open(&experiment, "quadratic-5-half", "hb", 5, 5);
  hp_manifold_options options = {.precision_bits = 100};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(2, 100);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_NONE);
  hp_vector_free_mpfr(2, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

static void count(void *place, const double u[]) {
  cr_assert(u[0] > 0 && u[0] < 0.3001);
  ++*(long *)place;
}

Test(manifold, shows_its_orbit_and_has_no_spectrum) {
  hp_experiment experiment;
  long seen = 0;
  experiment_open(&experiment, "double-well", "hb", 8, 8);
  hp_manifold_options options = {
      .precision_bits = 100, .steps_back = 120, .visit = count, .place = &seen};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(1, 100);
  mpfr_set_d(u[0], 0.3, MPFR_RNDN);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_FOUND);
  cr_assert_eq(seen, 121);
  cr_assert_not(hp_manifold_spectrum(manifold, u, u, u, u));
  hp_vector_free_mpfr(1, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* Backwards in time the flow of -x^5 reaches infinity: from 1 within 1/4 (lambda_bar = 2: 1/8). */
Test(manifold, lost_where_no_orbit_ends) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = x^6/6\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 7,
                   7);
  hp_manifold_options options = {.precision_bits = 100, .steps_back = 200};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(1, 100);
  mpfr_set_ui(u[0], 1, MPFR_RNDN);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_LOST);
  /* and near the rest point all is well again */
  mpfr_set_d(u[0], 0.01, MPFR_RNDN);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_FOUND);
  hp_vector_free_mpfr(1, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* A far jump of u: the last orbit is no help, a fresh guess is. */
Test(manifold, finds_its_way_after_a_jump) {
  hp_experiment experiment;
  experiment_open(&experiment, "double-well", "hb", 8, 8);
  hp_manifold_options options = {.precision_bits = 100, .steps_back = 120};
  hp_manifold *manifold = manifold_of(&experiment, &options),
              *fresh = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(3, 100);
  static const double path[] = {0.3, -0.99, 0.9999, 0.001, 1.05};
  for (size_t i = 0; i < 5; ++i) {
    mpfr_set_d(u[0], path[i], MPFR_RNDN);
    cr_assert_eq(hp_manifold_evaluate(manifold, &u[0], &u[1]), HP_MANIFOLD_FOUND, "%g", path[i]);
    hp_manifold_free(fresh);
    fresh = manifold_of(&experiment, &options);
    cr_assert_eq(hp_manifold_evaluate(fresh, &u[0], &u[2]), HP_MANIFOLD_FOUND);
    mpfr_sub(u[1], u[1], u[2], MPFR_RNDN);
    cr_assert(mpfr_zero_p(u[1]) || mpfr_get_exp(u[1]) < -90);
  }
  hp_vector_free_mpfr(3, u);
  hp_manifold_free(fresh);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

static bool stop(void *context) {
  int *left = context;
  return --*left > 0;
}

Test(manifold, interruption) {
  hp_experiment experiment;
  experiment_open(&experiment, "double-well", "hb", 8, 8);
  for (int patience = 1; patience <= 8; ++patience) {
    int left = patience;
    hp_manifold_options options = {
        .precision_bits = 100, .steps_back = 120, .keep_going = stop, .context = &left};
    hp_manifold *manifold = manifold_of(&experiment, &options);
    mpfr_t *u = hp_vector_new_mpfr(1, 100);
    mpfr_set_d(u[0], 0.3, MPFR_RNDN);
    cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_INTERRUPTED);
    hp_vector_free_mpfr(1, u);
    hp_manifold_free(manifold);
  }
  experiment_close(&experiment);
}

Test(manifold, several_unknowns_are_pivoted) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x, y, z\nloss = sin(x*y) + cos(y + 2*z) + (x*z)^2/2\n"
                   "start = 1/2, -1/4, 1/3\nmomentum = 3/10\nhorizon = 1\n",
                   "nag", 8, 8);
  hp_manifold_options options = {.precision_bits = 110, .steps_back = 80};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  cr_assert(defect(manifold, &experiment, 200) < 1e-31);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* loss = x^(3/2): f'(0) is infinite, so the derivative of the orbit that rests at 0 is no number. */
Test(manifold, lost_without_a_derivative) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = x^(3/2)\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 8,
                   8);
  hp_manifold_options options = {.precision_bits = 100, .steps_back = 50};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(1, 100);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_LOST);
  hp_vector_free_mpfr(1, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* Away from a hill at 1000 the orbit expands by e^50: more bits are carried where that happens. */
Test(manifold, expanding_orbit) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = cos(x)/10^9 - (x - 1000)^2/2\nstart = 1001\n"
                   "momentum = 1/2\nhorizon = 1\n",
                   "hb", 3, 3);
  hp_manifold_options options = {.precision_bits = 90, .steps_back = 200};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  cr_assert(defect(manifold, &experiment, 200) < 1e-22);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* One direction expands by e^100 while another contracts by as much: in double the derivative of the
 * orbit is singular, and nothing is found rather than something wrong. */
Test(manifold, lost_when_ill_conditioned) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x, y\nloss = (3*x + y)^2/10 - (x - 3*y)^2/10 + cos(x)/10^3\n"
                   "start = 1, 1/2\nmomentum = 1/10\nhorizon = 1\n",
                   "hb", 3, 3);
  hp_manifold_options options = {.precision_bits = 100, .steps_back = 400};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(2, 100);
  mpfr_set_ui(u[0], 1, MPFR_RNDN);
  mpfr_set_d(u[1], 0.5, MPFR_RNDN);
  cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_LOST);
  hp_vector_free_mpfr(2, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}

/* Many wells: an orbit that ends in one is a bad start for a search that is to end in another. */
Test(manifold, starts_afresh_in_another_well) {
  hp_experiment experiment;
  experiment_parse(&experiment,
                   "params = x\nloss = cos(3*x)\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb", 8,
                   8);
  hp_manifold_options options = {.precision_bits = 60, .steps_back = 300};
  hp_manifold *manifold = manifold_of(&experiment, &options);
  mpfr_t *u = hp_vector_new_mpfr(1, 100);
  static const double path[] = {1, 25.1, -14.4, 0.9, 40.7};
  for (size_t i = 0; i < 5; ++i) {
    mpfr_set_d(u[0], path[i], MPFR_RNDN);
    cr_assert_eq(hp_manifold_evaluate(manifold, u, u), HP_MANIFOLD_FOUND, "%g", path[i]);
  }
  hp_vector_free_mpfr(1, u);
  hp_manifold_free(manifold);
  experiment_close(&experiment);
}
