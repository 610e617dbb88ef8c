(* B3 from rest: F + lambda |w'|^2/2 does not grow, so 4 lambda sqrt(2 L(theta_0)) |X_i| <= sqrt n assures
   4 lambda |g_i| <= 1; and the energy of momentum descent where gamma <= 2 (1-beta)/Lip. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network b_flow b3_no_crossing.
Open Scope R_scope.

(* |X_i| = sqrt(sum_r X_{ri}^2) *)
Definition column_norm (n : nat) (X : nat -> vector) (i : nat) : R := sqrt (total n (fun r => X r i ^ 2)).

(* g_i^2 <= 2 L |X_i|^2 / n *)
Lemma gradient_bound d n X y theta i : (0 < n)%nat ->
  gradient d n X y (whole_sample n) theta i ^ 2
    <= 2 * loss d n X y (whole_sample n) theta * column_norm n X i ^ 2 / INR n.
Proof.
  intros Hn. assert (Pn : 0 < INR n) by now apply lt_0_INR.
  set (r := residual d X y theta). set (x := fun q => X q i).
  assert (G : gradient d n X y (whole_sample n) theta i = / INR n * inner n r x).
  { unfold gradient, inner. rewrite <- total_scal. apply total_ext. intros. unfold whole_sample, r, x. ring. }
  assert (L : 2 * loss d n X y (whole_sample n) theta = / INR n * inner n r r).
  { unfold loss, inner. rewrite <- total_scal. unfold whole_sample. rewrite (total_ext n _
      (fun q => / INR n * (r q * r q))) by (intros; unfold r; ring). field. }
  assert (C : column_norm n X i ^ 2 = inner n x x).
  { unfold column_norm. rewrite pow2_sqrt by (apply total_nonneg; intros; apply pow2_ge_0).
    apply total_ext. intros. unfold x. ring. }
  rewrite G, L, C.
  replace (/ INR n * inner n r r * inner n x x / INR n) with (/ INR n ^ 2 * (inner n r r * inner n x x))
    by (field; lra).
  rewrite Rpow_mult_distr, <- pow_inv by lra.
  apply Rmult_le_compat_l; [|apply cauchy_schwarz]. apply pow2_ge_0.
Qed.

Section Energy.
Variables (d n : nat) (X : nat -> vector) (y s : vector) (lambda : R) (u v du dv : nat -> R -> R).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis flow : network_flow d n X y s lambda u v du dv.

(* F(w) + lambda |w'|^2/2 *)
Definition energy (t : R) : R :=
  loss d n X y s (theta_at u v t) + lambda / 2 * total d (fun i => du i t ^ 2 + dv i t ^ 2).

(* energy' = -|w'|^2 *)
Lemma energy_derive t : 0 <= t -> is_derive energy t (- total d (fun i => du i t ^ 2 + dv i t ^ 2)).
Proof.
  intros Ht. set (g := gradient d n X y s (theta_at u v t)).
  set (velocity := fun i => du i t * v i t + u i t * dv i t).
  assert (L : is_derive (fun q => loss d n X y s (theta_at u v q)) t (inner d g velocity)).
  { apply (loss_derive d n X y s (fun i q => u i q * v i q) velocity).
    intros i Hi. destruct (flow i t Hi Ht) as (Du & _ & Dv & _). exact (derive_mult _ _ t _ _ Du Dv). }
  set (rate := fun i => 2 * (- (du i t + v i t * g i) / lambda) * du i t
    + 2 * (- (dv i t + u i t * g i) / lambda) * dv i t).
  assert (K : is_derive (fun q => total d (fun i => du i q ^ 2 + dv i q ^ 2)) t (total d rate)).
  { apply (total_derive d (fun i q => du i q ^ 2 + dv i q ^ 2)). intros i Hi.
    destruct (flow i t Hi Ht) as (_ & Ddu & _ & Ddv).
    exact (derive_plus _ _ t _ _ (derive_square _ t _ Ddu) (derive_square _ t _ Ddv)). }
  apply derive_eq with (1 := derive_plus _ _ t _ _ L (derive_scal _ t _ K (lambda / 2))).
  unfold inner. rewrite <- total_scal, <- total_plus.
  rewrite (total_ext d _ (fun i => -1 * (du i t ^ 2 + dv i t ^ 2))), total_scal; [ring|].
  intros i _. unfold rate, velocity. field. lra.
Qed.

Lemma energy_decreases t : 0 <= t -> energy t <= energy 0.
Proof.
  intros Ht. apply Ropp_le_cancel.
  apply (derive_nonneg_increasing (fun q => - energy q) (fun q => total d (fun i => du i q ^ 2 + dv i q ^ 2)) 0 t Ht).
  - intros q [Hq _].
    apply derive_eq with (- - total d (fun i => du i q ^ 2 + dv i q ^ 2)); [|ring].
    exact (@is_derive_opp R_AbsRing R_NormedModule energy q _ (energy_derive q Hq)).
  - intros q _. apply total_nonneg. intros. apply Rplus_le_le_0_compat; apply pow2_ge_0.
Qed.

(* from rest: L(theta_t) <= L(theta_0) *)
Lemma loss_below_start : (forall i, (i < d)%nat -> du i 0 = 0 /\ dv i 0 = 0) ->
  forall t, 0 <= t -> loss d n X y s (theta_at u v t) <= loss d n X y s (theta_at u v 0).
Proof.
  intros Rest t Ht. assert (E := energy_decreases t Ht). unfold energy in E.
  rewrite (total_ext d (fun i => du i 0 ^ 2 + dv i 0 ^ 2) (fun _ => 0)), total_zero in E.
  - assert (0 <= lambda / 2 * total d (fun i => du i t ^ 2 + dv i t ^ 2)); [|lra].
    apply Rmult_le_pos; [lra|]. apply total_nonneg. intros. apply Rplus_le_le_0_compat; apply pow2_ge_0.
  - intros i Hi. destruct (Rest i Hi) as [-> ->]. ring.
Qed.
End Energy.

(* 0 <= a, g^2 <= 2 L x^2/n, L <= L0, 4 lambda sqrt(2 L0) x <= sqrt n  =>  |g| <= 1/(4 lambda) *)
Lemma bound_from_start lambda g L L0 x m : 0 < lambda -> 0 < m -> 0 <= L0 -> 0 <= x ->
  g ^ 2 <= 2 * L * x ^ 2 / m -> L <= L0 -> 4 * lambda * sqrt (2 * L0) * x <= sqrt m -> Rabs g <= / (4 * lambda).
Proof.
  intros Hl Hm HL Hx Hg Le Hs.
  assert (S : (4 * lambda) ^ 2 * (2 * L0 * x ^ 2) <= m).
  { rewrite <- (pow2_sqrt m), <- (pow2_sqrt (2 * L0)) by lra.
    replace ((4 * lambda) ^ 2 * (sqrt (2 * L0) ^ 2 * x ^ 2)) with ((4 * lambda * sqrt (2 * L0) * x) ^ 2) by ring.
    apply pow_incr. split; [|exact Hs].
    repeat apply Rmult_le_pos; try lra; apply sqrt_pos. }
  assert (G : g ^ 2 <= 2 * L0 * x ^ 2 / m).
  { apply Rle_trans with (1 := Hg). apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
    apply Rmult_le_compat_r; [apply pow2_ge_0|lra]. }
  assert (B : (4 * lambda) ^ 2 * (2 * L0 * x ^ 2 / m) <= 1).
  { replace ((4 * lambda) ^ 2 * (2 * L0 * x ^ 2 / m)) with ((4 * lambda) ^ 2 * (2 * L0 * x ^ 2) * / m) by (field; lra).
    rewrite <- (Rinv_r m) by lra. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|exact S]. }
  assert (T : (4 * lambda * Rabs g) ^ 2 <= 1 ^ 2).
  { rewrite Rpow_mult_distr, pow2_abs. rewrite pow1. apply Rle_trans with (2 := B).
    apply Rmult_le_compat_l; [apply pow2_ge_0|exact G]. }
  assert (U : 4 * lambda * Rabs g <= 1) by (apply Rsqr_incr_0_var; [unfold Rsqr; simpl in T; lra|lra]).
  apply Rmult_le_reg_l with (4 * lambda); [lra|]. rewrite Rinv_r; lra.
Qed.

(* lambda <= sqrt n / (4 sqrt(2 L(theta_0)) |X_i|), from rest: w_+ and w_- keep away from 0 for ever. *)
Theorem b3_no_crossing_from_rest d n X y lambda u v du dv i :
  0 < lambda -> (0 < n)%nat -> network_flow d n X y (whole_sample n) lambda u v du dv -> (i < d)%nat ->
  (forall j, (j < d)%nat -> du j 0 = 0 /\ dv j 0 = 0) ->
  4 * lambda * sqrt (2 * loss d n X y (whole_sample n) (theta_at u v 0)) * column_norm n X i <= sqrt (INR n) ->
  let wp := sum_path u v i in let dwp := sum_path du dv i in
  let wm := difference_path u v i in let dwm := difference_path du dv i in
  (wp 0 <> 0 -> forall t, 0 <= t -> wp t <> 0 /\ - / (2 * lambda) < dwp t / wp t) /\
  (wm 0 <> 0 -> forall t, 0 <= t -> wm t <> 0 /\ - / (2 * lambda) < dwm t / wm t).
Proof.
  intros Hl Hn F Hi Rest Small wp dwp wm dwm.
  assert (Pn : 0 < INR n) by now apply lt_0_INR.
  assert (L0 : 0 <= loss d n X y (whole_sample n) (theta_at u v 0)).
  { unfold loss. apply Rdiv_le_0_compat; [|lra]. apply total_nonneg. intros r _.
    apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|apply pow2_ge_0]. }
  assert (G : forall t, 0 <= t ->
    Rabs (flow_gradient d n X y (whole_sample n) u v i t) <= / (4 * lambda)).
  { intros t Ht. apply (bound_from_start lambda _ (loss d n X y (whole_sample n) (theta_at u v t))
      (loss d n X y (whole_sample n) (theta_at u v 0)) (column_norm n X i) (INR n)); auto.
    - apply sqrt_pos.
    - apply (gradient_bound d n X y (theta_at u v t) i Hn).
    - exact (loss_below_start d n X y _ lambda u v du dv Hl F Rest t Ht). }
  destruct (Rest i Hi) as [Zu Zv]. assert (I := Rinv_0_lt_compat (2 * lambda) ltac:(lra)).
  destruct (b3_no_crossing d n X y _ lambda u v du dv i Hl F Hi G) as [Cp Cm].
  split; intros N; [apply Cp|apply Cm]; auto; unfold sum_path, difference_path; rewrite Zu, Zv; unfold Rdiv.
  - rewrite Rplus_0_l, Rmult_0_l. lra.
  - rewrite Rminus_0_r, Rmult_0_l. lra.
Qed.

(* s = w_{k+1} - w_k = beta p - gamma grad, p = w_k - w_{k-1}:
   -s.s + beta p.s + gamma Lip/2 s.s + beta/2 (s.s - p.p) = -beta/2 |s-p|^2 - (1 - beta - gamma Lip/2) |s|^2 *)
Theorem b3_discrete_energy d gamma beta Lip (F : vector -> R) (grad : vector -> vector) (w : nat -> vector) k :
  0 < gamma -> 0 <= beta < 1 -> gamma * Lip <= 2 * (1 - beta) ->
  F (w (S k)) <= F (w k) + inner d (grad (w k)) (fun i => w (S k) i - w k i)
     + Lip / 2 * total d (fun i => (w (S k) i - w k i) ^ 2) ->
  (forall i, (i < d)%nat -> w (S k) i = w k i - gamma * grad (w k) i + beta * (w k i - w (pred k) i)) ->
  F (w (S k)) + beta / (2 * gamma) * total d (fun i => (w (S k) i - w k i) ^ 2)
    <= F (w k) + beta / (2 * gamma) * total d (fun i => (w k i - w (pred k) i) ^ 2).
Proof.
  intros Hg Hb HL Sm D.
  set (s := fun i => w (S k) i - w k i) in *. set (p := fun i => w k i - w (pred k) i) in *.
  set (kappa := 1 - beta - gamma * Lip / 2).
  set (SS := total d (fun i => s i ^ 2)). set (PP := total d (fun i => p i ^ 2)).
  set (PS := total d (fun i => p i * s i)).
  assert (E : inner d (grad (w k)) s = / gamma * (beta * PS - SS)).
  { unfold inner, PS, SS. rewrite <- !total_scal, <- total_minus, <- total_scal.
    apply total_ext. intros i Hi. unfold s. rewrite (D i Hi). fold (p i). field. lra. }
  assert (N : 0 <= beta / 2 * PP + (beta / 2 + kappa) * SS - beta * PS).
  { unfold PP, SS, PS. rewrite <- !total_scal, <- total_plus, <- total_minus.
    apply total_nonneg. intros i _.
    replace (beta / 2 * p i ^ 2 + (beta / 2 + kappa) * s i ^ 2 - beta * (p i * s i))
      with (beta / 2 * (s i - p i) ^ 2 + kappa * s i ^ 2) by field.
    apply Rplus_le_le_0_compat; apply Rmult_le_pos; try apply pow2_ge_0; unfold kappa; lra. }
  assert (I := Rmult_le_pos _ _ (Rlt_le _ _ (Rinv_0_lt_compat _ Hg)) N).
  replace (/ gamma * (beta / 2 * PP + (beta / 2 + kappa) * SS - beta * PS)) with
    (beta / (2 * gamma) * PP - / gamma * (beta * PS - SS) - beta / (2 * gamma) * SS - Lip / 2 * SS) in I
    by (unfold kappa; field; lra).
  change (total d (fun i => (w (S k) i - w k i) ^ 2)) with SS in *.
  change (total d (fun i => (w k i - w (pred k) i) ^ 2)) with PP.
  rewrite E in Sm. lra.
Qed.
