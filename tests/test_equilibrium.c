#include "experiment.h"
#include "reference/iterate/equilibrium.h"
#include "reference/iterate/vector_mpfr.h"

enum { BITS = 300 };

static bool find(const char *source, size_t d, mpfr_t **u, mpfr_t **q) {
  hp_experiment experiment;
  experiment_parse(&experiment, source, "hb", 6, 6);
  mpfr_t *vector = hp_vector_new_mpfr(d * d, BITS);
  *u = hp_vector_new_mpfr(d, BITS);
  *q = hp_vector_new_mpfr(d, BITS);
  bool found = hp_equilibrium_find(experiment.problem, *u, *q, vector);
  hp_vector_free_mpfr(d * d, vector);
  experiment_close(&experiment);
  return found;
}

static void assert_is(const mpfr_t x, long p, const char *what) {
  mpfr_t difference;
  mpfr_init2(difference, BITS);
  mpfr_sub_si(difference, x, p, MPFR_RNDN);
  cr_assert(mpfr_zero_p(difference) || mpfr_get_exp(difference) < -BITS + 40, "%s", what);
  mpfr_clear(difference);
}

Test(equilibrium, double_well) {
  mpfr_t *u, *q;
  cr_assert(
      find("params = u\nloss = (u^2-1)^2/4\nstart = 3/10\nmomentum = 1/2\nhorizon = 1", 1, &u, &q));
  assert_is(u[0], 1, "u*");
  assert_is(q[0], 2, "curvature");
  hp_vector_free_mpfr(1, u);
  hp_vector_free_mpfr(1, q);
}

/* A valley: every point of x y = 1 is a minimiser, with the curvatures 0 and x^2 + y^2. */
Test(equilibrium, valley) {
  mpfr_t *u, *q, x;
  mpfr_init2(x, BITS);
  cr_assert(find("params = x, y\nloss = (x*y-1)^2/2\nstart = 2, 1\nmomentum = 1/2\nhorizon = 1", 2,
                 &u, &q));
  mpfr_mul(x, u[0], u[1], MPFR_RNDN);
  assert_is(x, 1, "x y");
  assert_is(q[0], 0, "flat");
  mpfr_fmma(x, u[0], u[0], u[1], u[1], MPFR_RNDN);
  mpfr_sub(x, q[1], x, MPFR_RNDN);
  assert_is(x, 0, "steep");
  mpfr_clear(x);
  hp_vector_free_mpfr(2, u);
  hp_vector_free_mpfr(2, q);
}

/* From the top of a saddle that descent does not leave: a negative curvature. */
Test(equilibrium, saddle) {
  mpfr_t *u, *q;
  cr_assert(find("params = x, y\nloss = x^2 - y^2 + y^4\nstart = 1, 0\nmomentum = 1/2\nhorizon = 1",
                 2, &u, &q));
  assert_is(q[0], -2, "q_1");
  assert_is(q[1], 2, "q_2");
  hp_vector_free_mpfr(2, u);
  hp_vector_free_mpfr(2, q);
}

/* Concave in the first direction and steeper there than in the second. */
Test(equilibrium, steepest_is_negative) {
  mpfr_t *u, *q;
  cr_assert(find("params = x, y\nloss = x^2/2 - 3*y^2\nstart = 1, 0\nmomentum = 1/2\nhorizon = 1",
                 2, &u, &q));
  assert_is(q[0], -6, "q_1");
  assert_is(q[1], 1, "q_2");
  hp_vector_free_mpfr(2, u);
  hp_vector_free_mpfr(2, q);
}

/* A quadratic saddle from anywhere. */
Test(equilibrium, quadratic_saddle) {
  mpfr_t *u, *q;
  cr_assert(
      find("params = x, y\nloss = (x-3)^2 - (y+4)^2\nstart = 1, 1\nmomentum = 1/2\nhorizon = 1", 2,
           &u, &q));
  assert_is(u[0], 3, "x");
  assert_is(u[1], -4, "y");
  hp_vector_free_mpfr(2, u);
  hp_vector_free_mpfr(2, q);
}

/* No critical point: Newton's steps do not end, or end where the gradient points along the valley. */
Test(equilibrium, none) {
  mpfr_t *u, *q;
  cr_assert_not(
      find("params = u\nloss = exp(u)\nstart = 0\nmomentum = 1/2\nhorizon = 1", 1, &u, &q));
  hp_vector_free_mpfr(1, u);
  hp_vector_free_mpfr(1, q);
  cr_assert_not(
      find("params = x, y\nloss = x^2 + y\nstart = 1, 1\nmomentum = 1/2\nhorizon = 1", 2, &u, &q));
  hp_vector_free_mpfr(2, u);
  hp_vector_free_mpfr(2, q);
  cr_assert(find("params = u\nloss = 3 + 0*u\nstart = 1\nmomentum = 1/2\nhorizon = 1", 1, &u, &q));
  assert_is(u[0], 1, "stays");
  hp_vector_free_mpfr(1, u);
  hp_vector_free_mpfr(1, q);
}
