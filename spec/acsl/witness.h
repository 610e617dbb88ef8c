#ifndef HP_ACSL_WITNESS_H
#define HP_ACSL_WITNESS_H

/* A call of each kernel of src/ with numbers in the range of its contract: what it asks for can be had,
 * and from what it promises follows that the number returned, one that the kernel computed, is finite.
 * Proved by WP in both models; tests/test_witness.c runs the calls and knows the numbers. */

/*@ terminates \true; exits \false; assigns \nothing; ensures value: \is_finite(\result) && \result == 3; */
double hp_witness_fill(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures value: \is_finite(\result) && \result == 2; */
double hp_witness_copy(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_add_scaled(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_dot(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_distance_squared(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_distance_max(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures value: \is_finite(\result) && \result == 0; */
double hp_witness_start(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_lookahead(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_step(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures value: \result == 1; */
int hp_witness_tape_check(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_evaluate(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_outputs(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_run_step(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_run_path(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_flow_step(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_theta(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_residual(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_gradient(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_balance(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_loss(void);
/*@ terminates \true; exits \false; assigns \nothing; ensures finite: \is_finite(\result); */
double hp_witness_entropy(void);

#endif
