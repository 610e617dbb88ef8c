#include "verify/recovery.h"
#include <criterion/criterion.h>
#include <math.h>

/* Entries are multiples of 2^-16 with mean 0 and variance 1, and y = X theta exactly. */
Test(recovery, network) {
  hp_diagonal_network network;
  mpq_t scale, x;
  double sum = 0, squares = 0;
  mpq_inits(scale, x, NULL);
  mpq_set_ui(scale, 1, 10);
  hp_recovery_network(&network, 40, 100, 5, 1, scale);
  for (size_t i = 0; i < 4000; ++i) {
    double entry = mpq_get_d(network.design[i]);
    cr_assert(entry * 65536 == floor(entry * 65536));
    sum += entry / 4000;
    squares += entry * entry / 4000;
  }
  cr_assert_float_eq(sum, 0, 0.05);
  cr_assert_float_eq(squares, 1, 0.08);
  for (size_t s = 0; s < 5; ++s)
    (s % 2 ? mpq_sub : mpq_add)(x, x, network.design[3 * 100 + 20 * s]);
  cr_assert(mpq_equal(x, network.target[3]));
  cr_assert(mpq_equal(network.u[99], scale) && mpq_sgn(network.v[99]) == 0);
  mpq_clears(scale, x, NULL);
  hp_diagonal_network_clear(&network);
}

/* A small instance: rest means interpolation; too large a step leaves the numbers; few steps do not
 * come to rest. */
Test(recovery, descend) {
  hp_diagonal_network network;
  mpq_t scale;
  mpq_init(scale);
  mpq_set_ui(scale, 1, 10);
  hp_recovery_network(&network, 6, 12, 2, 3, scale);
  hp_recovery_run run = {.gamma = 0.05, .beta = 0.5};
  hp_recovery_descend(&run, &network, 1e-10, 1000000);
  cr_assert(run.converged && run.loss < 1e-15 && run.l1 > 1.5 && run.entropy > 0);
  cr_assert(run.balance > 0 && run.balance < 1);
  long steps = run.steps;
  hp_recovery_descend(&run, &network, 1e-10, steps / 2);
  cr_assert(!run.converged && run.steps == steps / 2);
  run.gamma = 1e6;
  hp_recovery_descend(&run, &network, 1e-10, 1000);
  cr_assert_not(run.converged);
  mpq_clear(scale);
  hp_diagonal_network_clear(&network);
}
