(* A4's hypotheses hold together: the pendulum f(u) = -sin u, L = B0 = 1, B2 = 2, at lam = 1/5, a = 3/4, h = 1/16, from
   u_0 = pi/2. Here alpha = 0, so the modified loss is the loss and its flow is known: U(t) = 2 atan(e^{-lb t}). *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import normed a1_witness.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_quadratic a3_witness a3_leading_witness.
From HeavyProof Require Import a4_modified_loss.
Open Scope R_scope.

(* sqrt(4/5) <= 9/10 and (1/4)^2 <= (2/5)^2 *)
Lemma a4_step_below_threshold : 1 / 16 * 1 <= threshold (1 / 5) (3 / 4).
Proof.
  assert (H : sqrt (1 / 5 + 3 / 4 * (1 - 1 / 5)) <= 9 / 10).
  { rewrite <- (sqrt_pow2 (9 / 10)) by lra. apply sqrt_le_1_alt. lra. }
  unfold threshold. set (s := sqrt _) in *. apply Rle_trans with ((1 / 4) ^ 2); [lra|]. apply pow_incr.
  split; [lra|]. apply Rmult_le_reg_r with (1 - 3 / 4); [lra|]. unfold Rdiv at 3. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

Lemma modified_field_of_pendulum x :
  modified_field pendulum_force pendulum_derivative (1 / 5) (3 / 4) (1 / 16) x = / (1 - 1 / 5) * pendulum x.
Proof.
  unfold modified_field, modified_loss_c. replace ((1 + 1 / 5) / 2 - 3 / 4 * (1 - 1 / 5)) with 0 by field.
  change (/ (1 - 1 / 5) * (pendulum_force x
    - 1 / 16 * (0 * (/ (1 - 1 / 5)) ^ 2) * pendulum_derivative x (pendulum_force x)) = / (1 - 1 / 5) * pendulum x).
  unfold pendulum_force, pendulum. ring.
Qed.

Lemma modified_flow_of_pendulum T :
  @is_flow line (modified_field pendulum_force pendulum_derivative (1 / 5) (3 / 4) (1 / 16)) T (pendulum_flow (1 / 5)).
Proof.
  destruct (pendulum_flow_is_flow (1 / 5) T) as [C E]. split; [exact C|]. intros t Ht.
  rewrite modified_field_of_pendulum. exact (E t Ht).
Qed.

Lemma a4_witness T : exists u v : nat -> line, orbit pendulum_force (1 / 5) (3 / 4) (1 / 16) u v /\
  u 0%nat = pendulum_flow (1 / 5) 0 /\
  forall n, INR n * (1 / 16) <= T ->
    Rabs (u n - pendulum_flow (1 / 5) (INR n * (1 / 16)))
      <= A4_constant (1 / 5) (3 / 4) (1 / 16) 1 1 2 T * (1 / 16) ^ 2.
Proof.
  set (u0 := pendulum_flow (1 / 5) 0 : line).
  destruct (a3_witness_orbit pendulum_force (1 / 5) (3 / 4) (1 / 16) u0
    (slow_velocity pendulum_force pendulum_derivative (1 / 5) (3 / 4) (1 / 16) u0)) as (u & v & Orbit & U0 & V0).
  exists u, v. split; [exact Orbit|]. split; [exact U0|]. intros n Hn.
  apply (a4_theorem pendulum_force pendulum_derivative (1 / 5) (3 / 4) (1 / 16) 1 1 2 T u v); try lra; try exact Hn.
  - exact a4_step_below_threshold.
  - exact pendulum_force_lipschitz.
  - exact pendulum_force_bounded.
  - exact pendulum_has_lipschitz_derivative.
  - exact Orbit.
  - rewrite U0. exact V0.
  - exact (modified_flow_of_pendulum T).
  - symmetry. exact U0.
Qed.
