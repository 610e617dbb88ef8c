(* B6's hypotheses hold together: three coordinates, two rows, moving paths with known limits.
   X = (1 1 1; 1 -1 0), y = (3, 0), start u = 2, v = 0, limit theta = (1,1,1). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_network.
From HeavyProof Require Import b6_discrete_balancedness b6_hyperbolic_entropy b6_bregman b6_signs.
Open Scope R_scope.

Definition example_X (r j : nat) : R :=
  match r, j with O, _ => 1 | _, O => 1 | _, S O => -1 | _, _ => 0 end.
Definition example_y (r : nat) : R := match r with O => 3 | _ => 0 end.
(* mini-batches of one row: the first row, then the second for ever *)
Definition one_row (k r : nat) : R := match k, r with O, O => 1 | S _, S O => 1 | _, _ => 0 end.

Section Path.
Variable beta : R.
Hypothesis beta_range : 0 <= beta < 1.

(* u = 2, v = (1 - beta^k)/2:  w_+ = 5/2 - beta^k/2,  w_- = 3/2 + beta^k/2 *)
Definition example_u (k i : nat) : R := 2.
Definition example_v (k i : nat) : R := (1 - beta ^ k) / 2.

Lemma power_range k : 0 <= beta ^ k <= 1.
Proof. split; [apply pow_le; lra|]. rewrite <- (pow1 k). apply pow_incr. lra. Qed.

Lemma power_limit : is_lim_seq (fun k => beta ^ k) 0.
Proof. apply is_lim_seq_geom. rewrite Rabs_pos_eq; lra. Qed.

Lemma example_plus_settles i : settles (w_plus example_u example_v i) (5 / 2).
Proof.
  unfold w_plus, example_u, example_v. split; [intros k; assert (P := power_range k); lra|]. split; [|lra].
  apply is_lim_seq_ext with (fun k => 5 / 2 + (- (1 / 2)) * beta ^ k); [intros k; field|].
  replace (Finite (5 / 2)) with (Finite (5 / 2 + (- (1 / 2)) * 0)) by (f_equal; ring).
  apply is_lim_seq_plus'; [apply is_lim_seq_const|apply (is_lim_seq_scal_l _ _ (Finite 0)), power_limit].
Qed.

Lemma example_minus_settles i : settles (w_minus example_u example_v i) (3 / 2).
Proof.
  unfold w_minus, example_u, example_v. split; [intros k; assert (P := power_range k); lra|]. split; [|lra].
  apply is_lim_seq_ext with (fun k => 3 / 2 + (1 / 2) * beta ^ k); [intros k; field|].
  replace (Finite (3 / 2)) with (Finite (3 / 2 + (1 / 2) * 0)) by (f_equal; ring).
  apply is_lim_seq_plus'; [apply is_lim_seq_const|apply (is_lim_seq_scal_l _ _ (Finite 0)), power_limit].
Qed.

(* theta has equal coordinates: the second residual is 0, the first is 3 (theta_0 - 1), -3 at the start *)
Lemma example_residual k r :
  residual 3 example_X example_y (hadamard (example_u k) (example_v k)) r
  = match r with O => - 3 * beta ^ k | _ => 0 end.
Proof.
  unfold residual, inner, hadamard, example_u, example_v. destruct r; simpl; field.
Qed.

Lemma one_row_gradient k i : (i < 3)%nat ->
  gradient 3 2 example_X example_y (one_row k) (hadamard (example_u k) (example_v k)) i
  = match k with O => - 3 | _ => 0 end.
Proof.
  intros Hi. unfold gradient. simpl total. rewrite !example_residual. destruct k; simpl; ring.
Qed.

Lemma example_descent :
  momentum_descent 3 2 example_X example_y ((1 - beta) / 12) beta one_row example_u example_v.
Proof.
  intros k i Hi. cbv zeta. rewrite one_row_gradient by exact Hi. unfold example_u, example_v.
  destruct k; simpl; split; field.
Qed.

Lemma example_keeps_sign i :
  keeps_sign (w_plus example_u example_v i) /\ keeps_sign (w_minus example_u example_v i).
Proof.
  unfold keeps_sign, w_plus, w_minus, example_u, example_v.
  split; intros k; assert (P := power_range k); assert (P' := power_range (S k)); apply Rdiv_lt_0_compat; lra.
Qed.
End Path.

Lemma example_interpolates :
  interpolates 3 2 example_X example_y (network_theta (fun _ => 5 / 2) (fun _ => 3 / 2)).
Proof.
  intros r Hr. unfold inner, network_theta. destruct r as [|[|r]]; simpl; [field|field|lia].
Qed.

(* every momentum beta, mini-batches: b6_balancedness, b6_shrinks *)
Theorem b6_witness beta i : 0 <= beta < 1 -> (i < 3)%nat ->
  let wp := w_plus example_u (example_v beta) i in let wm := w_minus example_u (example_v beta) i in
  Rabs (5 / 2 * (3 / 2)) = Rabs (wp 0%nat * wm 0%nat) * exp (- (correction beta wp + correction beta wm)) /\
  Rabs (5 / 2 * (3 / 2)) < Rabs (wp 0%nat * wm 0%nat).
Proof.
  intros Hb Hi wp wm.
  assert (D := example_descent beta).
  assert (Sp := example_plus_settles beta Hb i). assert (Sm := example_minus_settles beta Hb i).
  destruct (example_keeps_sign beta Hb i) as [Kp Km]. split.
  - exact (proj2 (proj2 (b6_balancedness 3 2 _ _ _ beta _ _ _ i _ _ Hb D Hi Sp Sm))).
  - apply (proj2 (b6_shrinks 3 2 _ _ _ beta _ _ _ i _ _ Hb D Hi Sp Sm Kp Km)).
    exists 0%nat. left. unfold w_plus, example_u, example_v. simpl. lra.
Qed.

(* every momentum beta, mini-batches: b6_bregman_minimiser *)
Theorem b6_bregman_witness beta : 0 <= beta < 1 ->
  only_minimiser 3 (interpolates 3 2 example_X example_y)
    (fun t => bregman 3 (balance (fun _ => 5 / 2) (fun _ => 3 / 2)) t (descent_start beta example_u (example_v beta)))
    (network_theta (fun _ => 5 / 2) (fun _ => 3 / 2)).
Proof.
  intros Hb.
  apply (b6_bregman_minimiser 3 2 example_X example_y ((1 - beta) / 12) beta one_row); [exact Hb|..].
  - apply example_descent.
  - intros i _. now apply example_plus_settles.
  - intros i _. now apply example_minus_settles.
  - apply example_interpolates.
Qed.

(* The whole sample at every step, beta = 0 and gamma = 1/6, is the same path with beta^k = 0 for k > 0. *)
Theorem b6_whole_sample_witness :
  momentum_descent 3 2 example_X example_y (1 / 6) 0 (fun _ => whole_sample 2) example_u (example_v 0).
Proof.
  intros k i Hi. cbv zeta. unfold gradient. simpl total. rewrite !example_residual. unfold example_u, example_v.
  destruct k; unfold whole_sample; simpl; split; field.
Qed.

(* the limit solves the normal equations: b6_least_squares_minimiser *)
Theorem b6_least_squares_witness beta : 0 <= beta < 1 ->
  let stationary := fun t => forall i, (i < 3)%nat -> gradient 3 2 example_X example_y (fun _ => 1) t i = 0 in
  only_minimiser 3 stationary
    (fun t => bregman 3 (balance (fun _ => 5 / 2) (fun _ => 3 / 2)) t (descent_start beta example_u (example_v beta)))
    (network_theta (fun _ => 5 / 2) (fun _ => 3 / 2)).
Proof.
  intros Hb.
  apply (b6_least_squares_minimiser 3 2 example_X example_y ((1 - beta) / 12) beta one_row); [exact Hb|..].
  - apply example_descent.
  - intros i _. now apply example_plus_settles.
  - intros i _. now apply example_minus_settles.
  - intros i Hi. unfold gradient, residual. simpl total.
    rewrite (example_interpolates 0%nat), (example_interpolates 1%nat) by lia. unfold example_y. ring.
Qed.

(* s = 1/2: b6_gradient_descent *)
Lemma b6_gradient_descent_witness : Q 0 (1 - 1 / 2) + Q 0 (1 + 1 / 2) = - ln (Rabs (1 - (1 / 2) ^ 2)).
Proof. apply b6_gradient_descent; lra. Qed.
