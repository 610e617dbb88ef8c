(* b1_second_order's hypotheses hold together: F(w) = w^2/9, gamma = 1/3, beta = 1/2, so epsilon = 2/3,
   lambda = 4/3, lambda_eff = 1, and W = 11 e^{-t/3} - 5 e^{-2t/3} solves W'' + W' + 2W/9 = 0. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b1_b2_leapfrog b1_taylor b1_second_order.
Open Scope R_scope.

(* the n-th derivative of W *)
Definition example_W (n : nat) (t : R) : R :=
  11 * (- (1 / 3)) ^ n * exp (- (1 / 3) * t) + -5 * (- (2 / 3)) ^ n * exp (- (2 / 3) * t).
Definition example_grad (a : vector) : vector := fun i => 2 / 9 * a i.

Lemma example_W_derive n t : is_derive (example_W n) t (example_W (S n) t).
Proof.
  assert (E : forall c, is_derive (fun s => exp (c * s)) t (c * exp (c * t))).
  { intros c. apply derive_rescaled, is_derive_exp. }
  apply derive_eq with (1 := derive_plus _ _ t _ _ (derive_scal _ t _ (E (- (1 / 3))) (11 * (- (1 / 3)) ^ n))
    (derive_scal _ t _ (E (- (2 / 3))) (-5 * (- (2 / 3)) ^ n))).
  unfold example_W. simpl. ring.
Qed.

Lemma exp_nonpositive x : x <= 0 -> 0 < exp x <= 1.
Proof.
  intros Hx. split; [apply exp_pos|]. rewrite <- exp_0.
  destruct (Rle_lt_or_eq_dec _ _ Hx) as [L| ->]; [left; now apply exp_increasing|lra].
Qed.

Lemma example_bounds t : 0 <= t -> Rabs (example_W 3 t) <= 17 / 9 /\ Rabs (example_W 4 t) <= 91 / 81.
Proof.
  intros Ht. assert (P := exp_nonpositive (- (1 / 3) * t) ltac:(lra)).
  assert (Q := exp_nonpositive (- (2 / 3) * t) ltac:(lra)).
  unfold example_W. simpl. split; apply Rabs_le_between; lra.
Qed.

Theorem b1_second_order_witness T : exists w, descent_from_rest 1 (1 / 3) (1 / 2) example_grad w /\
  forall k, INR k * (2 / 3) <= T ->
    Rabs (w k 0%nat - example_W 0 (INR k * (2 / 3)))
      <= (2 / 3) ^ 2 * ((1 * (91 / 81) / 12 + 17 / 9 / 6) * T * exp (2 / 9 * T)).
Proof.
  destruct (b1_witness 1 (1 / 3) (1 / 2) example_grad (fun _ => 6)) as (w & D & S).
  exists w. split; [exact D|]. intros k HT.
  assert (H : time_step (1 / 3) (1 / 2) = 2 / 3) by (unfold time_step; field).
  assert (M : effective_mass (1 / 3) (1 / 2) = 1) by (unfold effective_mass, mass; field).
  assert (Z : forall n, example_W n 0 = 11 * (- (1 / 3)) ^ n + -5 * (- (2 / 3)) ^ n).
  { intros n. unfold example_W. rewrite !Rmult_0_r, exp_0. ring. }
  assert (B := b1_second_order 1 (1 / 3) (1 / 2) example_grad w (fun _ => example_W 0) (fun _ => example_W 1)
    (fun _ => example_W 2) (fun _ => example_W 3) (fun _ => example_W 4) T (2 / 9) (17 / 9) (91 / 81)).
  rewrite H, M in B.
  apply B; try lra; auto; try (intros; apply example_W_derive); try (intros; apply example_bounds; lra).
  - intros i t _ _. unfold example_grad, example_W. simpl. field.
  - intros i _. rewrite Z, S. simpl. ring.
  - intros i _. rewrite Z, S. unfold mass, example_grad. simpl. field.
  - intros j b _ Close i Hi. unfold example_grad. rewrite <- Rmult_minus_distr_l, Rabs_mult, Rabs_pos_eq by lra.
    apply Rmult_le_compat_l; [lra|]. now apply Close.
Qed.

(* the same descent, as the scheme of mass 1 and step 2/3 *)
Lemma b1_leapfrog_witness : exists w, w 0%nat = (fun _ => 6) /\
  forall k i, (i < 1)%nat -> leapfrog_step 1 (2 / 3) (w (pred k) i) (w k i) (w (S k) i) (example_grad (w k) i).
Proof.
  destruct (b1_witness 1 (1 / 3) (1 / 2) example_grad (fun _ => 6)) as (w & D & S). exists w. split; [exact S|].
  assert (H := proj1 (proj1 (b1_leapfrog 1 (1 / 3) (1 / 2) example_grad w ltac:(lra) ltac:(lra))) D).
  replace (time_step (1 / 3) (1 / 2)) with (2 / 3) in H by (unfold time_step; field).
  replace (effective_mass (1 / 3) (1 / 2)) with 1 in H by (unfold effective_mass, mass; field).
  exact H.
Qed.

(* (gamma, beta) = (1/4, 1/2) and (9/16, 1/4) both have the mass 1, with steps 1/2 and 3/4 *)
Lemma b2_same_path_witness : let W := fun (_ : nat) t => exp (- (1 / 2) * t) in
  iteration_flow 1 (9 / 16) (1 / 4) (fun a i => a i / 4) (fun i s => W i (3 / 4 * s))
    (fun i s => 3 / 4 * (- (1 / 2) * W i (3 / 4 * s))).
Proof.
  intros W. replace (3 / 4) with (time_step (9 / 16) (1 / 4)) by (unfold time_step; field).
  apply (b2_same_path 1 (1 / 4) (1 / 2) (9 / 16) (1 / 4) _ W (fun i t => - (1 / 2) * W i t)); try lra.
  - unfold mass. field.
  - exact (proj1 b2_witness).
Qed.

Lemma b2_equal_mass_witness : 9 / 16 = (3 / 2) ^ 2 * (1 / 4) /\ 1 / 4 = 1 - 3 / 2 * (1 - 1 / 2).
Proof.
  replace (3 / 2) with (time_step (9 / 16) (1 / 4) / time_step (1 / 4) (1 / 2)) by (unfold time_step; field).
  apply b2_equal_mass; try lra. unfold mass. field.
Qed.
