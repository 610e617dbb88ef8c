#include "spec/acsl/witness.c"
#include <criterion/criterion.h>

/* No operation behind these numbers rounds. */
Test(witness, calls_give_the_numbers_of_their_formulas) {
  cr_assert_eq(hp_witness_fill(), 3.0);
  cr_assert_eq(hp_witness_copy(), 2.0);
  cr_assert_eq(hp_witness_add_scaled(), 0.75);
  cr_assert_eq(hp_witness_dot(), 1.5);
  cr_assert_eq(hp_witness_distance_squared(), 25.0);
  cr_assert_eq(hp_witness_distance_max(), 4.0);
  cr_assert_eq(hp_witness_start(), 0.0);
  cr_assert_eq(hp_witness_lookahead(), 1.0625);
  cr_assert_eq(hp_witness_step(), 1.09375);
  cr_assert_eq(hp_witness_tape_check(), 1);
  cr_assert_eq(hp_witness_evaluate(), 7.0);
  cr_assert_eq(hp_witness_outputs(), 7.0);
  cr_assert_eq(hp_witness_run_step(), 1.0625);
  cr_assert_eq(hp_witness_run_path(), 0.0);
  cr_assert_eq(hp_witness_flow_step(), 1.0);
  cr_assert_eq(hp_witness_theta(), -3.0);
  cr_assert_eq(hp_witness_residual(), 1.0);
  cr_assert_eq(hp_witness_gradient(), -1.0);
  cr_assert_eq(hp_witness_balance(), 5.0);
  cr_assert_eq(hp_witness_loss(), 2.0);
  cr_assert_eq(hp_witness_entropy(), 0.0);
}
