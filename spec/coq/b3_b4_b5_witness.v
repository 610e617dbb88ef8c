(* The hypotheses of B3, B4 and B5 hold together. Flow: X = (1 1), y = 2, lambda = 1 and, with e = e^{-t},
   w_+ = (2+e, 3), w_- = (1, 2+e): theta_0 + theta_1 = 2 while both move, so g = 0 and w' = w'(0) e. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network b_flow.
From HeavyProof Require Import b3_no_crossing b3_from_rest b4_balancedness b5_implicit_regularisation.
From HeavyProof Require Import b6_discrete_balancedness b6_hyperbolic_entropy b6_bregman b6_witness.
Open Scope R_scope.

(* a + b e^{-t} *)
Definition decay (a b t : R) : R := a + b * exp (- t).

Lemma decay_derive a b t : is_derive (decay a b) t (decay 0 (- b) t).
Proof.
  assert (E : is_derive (fun s => exp (- s)) t (- exp (- t))).
  { apply derive_ext with (fun s => exp (-1 * s)); [|intros s; f_equal; ring].
    apply derive_eq with (-1 * exp (-1 * t)); [apply derive_rescaled, is_derive_exp|].
    replace (-1 * t) with (- t) by ring. ring. }
  apply derive_eq with (1 := derive_plus _ _ t _ _ (derive_const a t) (derive_scal _ t _ E b)).
  unfold decay. ring.
Qed.

Lemma decay_limit a b : is_lim (decay a b) p_infty a.
Proof.
  assert (E : is_lim (fun t => exp (- t)) p_infty 0).
  { apply (is_lim_comp exp Ropp p_infty 0 m_infty); [apply is_lim_exp_m| |].
    - apply (is_lim_opp (fun t => t) p_infty p_infty), is_lim_id.
    - exists 0. intros t _. discriminate. }
  replace (Finite a) with (Finite (a + b * 0)) by (f_equal; ring).
  apply is_lim_plus'; [apply is_lim_const|exact (is_lim_scal_l _ b p_infty (Finite 0) E)].
Qed.

Lemma exp_range t : 0 <= t -> 0 < exp (- t) <= 1.
Proof.
  intros Ht. split; [apply exp_pos|]. rewrite exp_Ropp, <- Rinv_1.
  apply Rinv_le_contravar; [lra|]. assert (E := exp_ineq1_le t). lra.
Qed.

Definition flow_X (r j : nat) : R := 1.
Definition flow_y (r : nat) : R := 2.
Definition flow_u (i : nat) : R -> R := match i with O => decay (3 / 2) (1 / 2) | _ => decay (5 / 2) (1 / 2) end.
Definition flow_v (i : nat) : R -> R := match i with O => decay (1 / 2) (1 / 2) | _ => decay (1 / 2) (- (1 / 2)) end.
Definition flow_du (i : nat) : R -> R := decay 0 (- (1 / 2)).
Definition flow_dv (i : nat) : R -> R := match i with O => decay 0 (- (1 / 2)) | _ => decay 0 (1 / 2) end.

Lemma flow_gradient_zero s i t : flow_gradient 2 1 flow_X flow_y s flow_u flow_v i t = 0.
Proof.
  unfold flow_gradient, gradient, residual, inner, theta_at, flow_X, flow_y, flow_u, flow_v, decay. simpl. field.
Qed.

Lemma example_flow s : network_flow 2 1 flow_X flow_y s 1 flow_u flow_v flow_du flow_dv.
Proof.
  intros i t Hi Ht. cbv zeta. rewrite flow_gradient_zero.
  assert (D : forall a b l, l = decay 0 (- b) t -> is_derive (decay a b) t l).
  { intros a b l ->. apply decay_derive. }
  destruct i as [|i]; cbv beta iota delta [flow_u flow_v flow_du flow_dv];
    (split; [|split; [|split]]); apply D; unfold decay; field.
Qed.

(* w_+ -> (2, 3), w_- -> (1, 2) *)
Definition limit_plus (i : nat) : R := match i with O => 2 | _ => 3 end.
Definition limit_minus (i : nat) : R := match i with O => 1 | _ => 2 end.

Lemma comes_to_rest_decay (w dw : R -> R) a b c : 0 < a -> 0 <= b ->
  (forall t, w t = decay a b t) -> (forall t, dw t = decay 0 c t) -> comes_to_rest w dw a.
Proof.
  intros Ha Hb Ew Ed. repeat split; [| |lra|].
  - intros t Ht. rewrite Ew. unfold decay. assert (0 <= b * exp (- t)); [|lra].
    apply Rmult_le_pos; [exact Hb|left; apply exp_pos].
  - apply is_lim_ext with (decay a b); [intros; symmetry; apply Ew|apply decay_limit].
  - apply is_lim_ext with (decay 0 c); [intros; symmetry; apply Ed|apply decay_limit].
Qed.

Lemma flow_plus_rests i : (i < 2)%nat ->
  comes_to_rest (sum_path flow_u flow_v i) (sum_path flow_du flow_dv i) (limit_plus i).
Proof.
  intros Hi. unfold sum_path, flow_u, flow_v, flow_du, flow_dv, limit_plus. destruct i as [|i].
  - apply (comes_to_rest_decay _ _ 2 1 (-1)); try lra; intros; unfold decay; field.
  - apply (comes_to_rest_decay _ _ 3 0 0); try lra; intros; unfold decay; field.
Qed.

Lemma flow_minus_rests i : (i < 2)%nat ->
  comes_to_rest (difference_path flow_u flow_v i) (difference_path flow_du flow_dv i) (limit_minus i).
Proof.
  intros Hi. unfold difference_path, flow_u, flow_v, flow_du, flow_dv, limit_minus. destruct i as [|i].
  - apply (comes_to_rest_decay _ _ 1 0 0); try lra; intros; unfold decay; field.
  - apply (comes_to_rest_decay _ _ 2 1 (-1)); try lra; intros; unfold decay; field.
Qed.

Theorem b4_witness s i : (i < 2)%nat ->
  let wp := sum_path flow_u flow_v i in let dwp := sum_path flow_du flow_dv i in
  let wm := difference_path flow_u flow_v i in let dwm := difference_path flow_du flow_dv i in
  network_flow 2 1 flow_X flow_y s 1 flow_u flow_v flow_du flow_dv /\
  Rabs (limit_plus i * limit_minus i)
    = Rabs (wp 0 * wm 0) * exp (- (flow_correction 1 wp dwp + flow_correction 1 wm dwm)).
Proof.
  intros Hi wp dwp wm dwm. split; [apply example_flow|].
  apply (b4_balancedness 2 1 flow_X flow_y s 1 flow_u flow_v flow_du flow_dv i); auto; [lra|apply example_flow|..].
  - now apply flow_plus_rests.
  - now apply flow_minus_rests.
Qed.

(* theta_oo = (3/4, 5/4) *)
Theorem b5_witness :
  only_minimiser 2 (interpolates 2 1 flow_X flow_y)
    (fun t => bregman 2 (balance limit_plus limit_minus) t (flow_start 1 flow_u flow_v flow_du flow_dv))
    (network_theta limit_plus limit_minus).
Proof.
  apply (b5_minimiser 2 1 flow_X flow_y (whole_sample 1) 1); [lra|apply example_flow|..].
  - apply flow_plus_rests.
  - apply flow_minus_rests.
  - intros r _. unfold inner, flow_X, flow_y, network_theta, limit_plus, limit_minus. simpl. field.
Qed.

(* the rates at 0 are -1/3 and 0, above -1/(2 lambda) = -1/2; |g| = 0 <= 1/4 *)
Theorem b3_witness t : 0 <= t ->
  - / (2 * 1) < sum_path flow_du flow_dv 0 t / sum_path flow_u flow_v 0 t /\
  - / (2 * 1) < difference_path flow_du flow_dv 0 t / difference_path flow_u flow_v 0 t.
Proof.
  intros Ht. set (s := whole_sample 1).
  destruct (b3_no_crossing 2 1 flow_X flow_y s 1 flow_u flow_v flow_du flow_dv 0 Rlt_0_1
    (example_flow s)) as [P M].
  - lia.
  - intros q _. rewrite flow_gradient_zero, Rabs_R0. lra.
  - unfold sum_path, difference_path, flow_u, flow_v, flow_du, flow_dv, decay in *.
    rewrite Ropp_0, exp_0 in P, M. split; [apply P|apply M]; lra.
Qed.

(* mini-batches with beta = 1/4: gamma |g| <= 3 (1-beta)/12 = 3/16 <= (1-sqrt beta)^2 = 1/4 *)
Theorem b3_discrete_witness i k : (i < 3)%nat ->
  sqrt (1 / 4) <= w_plus example_u (example_v (1 / 4)) i (S k) / w_plus example_u (example_v (1 / 4)) i k.
Proof.
  intros Hi. assert (Q : sqrt (1 / 4) = 1 / 2).
  { replace (1 / 4) with ((1 / 2) * (1 / 2)) by field. apply sqrt_square. lra. }
  destruct (b3_no_crossing_discrete 3 2 example_X example_y ((1 - 1 / 4) / 12) (1 / 4) one_row example_u
    (example_v (1 / 4)) i) as [P _]; try lra; [apply example_descent|exact Hi| |].
  - intros j. rewrite (one_row_gradient (1 / 4)), Q by exact Hi.
    destruct j; [rewrite Rabs_left by lra|rewrite Rabs_R0]; lra.
  - apply P. unfold w_plus, example_u, example_v. simpl. lra.
Qed.

(* beta = 0, kappa = 2: w = (-1)^k *)
Theorem b3_sharp_witness : ~ (forall k, (-1) ^ k <> 0 /\ 0 < (-1) ^ S k / (-1) ^ k).
Proof.
  apply (b3_discrete_threshold_is_sharp 0 2 (fun k => (-1) ^ k)); [lra|rewrite sqrt_0; lra|].
  intros k. simpl. ring.
Qed.

(* at rest in an interpolator: u = (2,2), v = (1/2,1/2), L = 0 *)
Theorem b3_from_rest_witness :
  let u := fun (_ : nat) (_ : R) => 2 in let v := fun (_ : nat) (_ : R) => 1 / 2 in
  let z := fun (_ : nat) (_ : R) => 0 in
  network_flow 2 1 flow_X flow_y (whole_sample 1) 1 u v z z /\
  forall t, 0 <= t -> sum_path u v 0 t <> 0 /\ - / (2 * 1) < sum_path z z 0 t / sum_path u v 0 t.
Proof.
  intros u v z.
  assert (F : network_flow 2 1 flow_X flow_y (whole_sample 1) 1 u v z z).
  { intros i t _ _. cbv zeta. unfold flow_gradient, gradient, residual, inner, theta_at, flow_X, flow_y, u, v, z. simpl.
    split; [|split; [|split]]; (apply derive_eq with 0; [apply derive_const|field]). }
  split; [exact F|].
  destruct (b3_no_crossing_from_rest 2 1 flow_X flow_y 1 u v z z 0 Rlt_0_1 Nat.lt_0_1 F) as [P _].
  - lia.
  - intros j _. split; reflexivity.
  - unfold loss, residual, inner, theta_at, flow_X, flow_y, u, v. simpl total.
    match goal with |- context [sqrt (2 * ?l)] => replace (2 * l) with 0 by field end.
    rewrite sqrt_0, Rmult_0_r, Rmult_0_l. apply sqrt_pos.
  - apply P. unfold sum_path, u, v. lra.
Qed.

(* the same path at rest: Delta_oo <= Delta_0 *)
Theorem b4_shrinks_witness :
  let u := fun (_ : nat) (_ : R) => 2 in let v := fun (_ : nat) (_ : R) => 1 / 2 in
  Rabs (5 / 2 * (3 / 2)) <= Rabs (sum_path u v 0 0 * difference_path u v 0 0).
Proof.
  intros u v. destruct b3_from_rest_witness as [F _]. fold u v in F.
  assert (C : forall (w : R -> R) (a : R), 0 < a -> (forall t, w t = a) -> forall dw : R -> R, (forall t, dw t = 0) ->
    comes_to_rest w dw a).
  { intros w a Ha Ew dw Ed. apply (comes_to_rest_decay w dw a 0 0 Ha (Rle_refl 0)); intros t; unfold decay;
      [rewrite Ew|rewrite Ed]; ring. }
  apply (b4_shrinks_from_rest 2 1 flow_X flow_y _ 1 u v _ _ 0 _ _ Rlt_0_1 F Nat.lt_0_2);
    try apply C; try reflexivity; try lra; intros; unfold sum_path, difference_path, u, v; field.
Qed.

(* F(w) = w^2/2, gamma = 1, beta = 1/2: w = 1, 0, ... *)
Theorem b3_energy_witness : let w := fun (k : nat) (_ : nat) => match k with O => 1 | _ => 0 end in
  let F := fun a : vector => a 0%nat ^ 2 / 2 in
  F (w 1%nat) + (1 / 2) / (2 * 1) * total 1 (fun i => (w 1%nat i - w 0%nat i) ^ 2)
    <= F (w 0%nat) + (1 / 2) / (2 * 1) * total 1 (fun i => (w 0%nat i - w (pred 0) i) ^ 2).
Proof.
  intros w F. apply (b3_discrete_energy 1 1 (1 / 2) 1 F (fun a i => a i) w 0); try lra.
  - unfold F, w, inner. simpl. lra.
  - intros i _. unfold w. simpl. lra.
Qed.
