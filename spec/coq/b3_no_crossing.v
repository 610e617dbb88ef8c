(* B3: |g| <= 1/(4 lambda) keeps w'/w > -1/(2 lambda), and gamma |g_k| <= (1-sqrt beta)^2 keeps
   w_{k+1}/w_k >= sqrt beta: w_+ and w_- never vanish. The discrete bound is sharp. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network b_flow b6_discrete_balancedness b6_signs.
Open Scope R_scope.

(* z = w e^{t/(2 lambda)} solves z'' = (c/lambda + 1/(4 lambda^2)) z, so (z z')' = z'^2 + z z'' >= 0. *)
Section OnePath.
Variables (lambda : R) (c w dw : R -> R).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis flow : signed_flow lambda c w dw.
Hypothesis small : forall t, 0 <= t -> Rabs (c t) <= / (4 * lambda).

(* z z' = e^{t/lambda} w (w' + w/(2 lambda)) *)
Let zz (t : R) : R := exp (t / lambda) * (w t * (dw t + / (2 * lambda) * w t)).

Lemma zz_derive t : 0 <= t -> is_derive zz t
  (exp (t / lambda) * ((dw t + / (2 * lambda) * w t) ^ 2 + (c t + / (4 * lambda)) / lambda * w t ^ 2)).
Proof.
  intros Ht. destruct (flow t Ht) as [Dw Ddw].
  assert (E : is_derive (fun q => exp (q / lambda)) t (exp (t / lambda) / lambda)).
  { auto_derive; [exact I|]. unfold Rdiv. ring. }
  assert (D := derive_plus _ _ t _ _ Ddw (derive_scal w t _ Dw (/ (2 * lambda)))).
  apply derive_eq with (1 := derive_mult _ _ t _ _ E (derive_mult _ _ t _ _ Dw D)).
  field. lra.
Qed.

Lemma zz_increasing t : 0 <= t -> zz 0 <= zz t.
Proof.
  intros Ht. apply derive_nonneg_increasing with (1 := Ht) (2 := fun q Hq => zz_derive q (proj1 Hq)).
  intros q [Hq _]. assert (S := small q Hq). apply Rabs_le_between in S.
  apply Rmult_le_pos; [left; apply exp_pos|]. apply Rplus_le_le_0_compat; [apply pow2_ge_0|].
  apply Rmult_le_pos; [|apply pow2_ge_0]. apply Rdiv_le_0_compat; lra.
Qed.

(* w != 0 and w'/w > -1/(2 lambda)  <=>  z z' > 0, where w != 0 *)
Lemma zz_rate t : w t <> 0 -> zz t = exp (t / lambda) * (w t ^ 2 * (dw t / w t + / (2 * lambda))).
Proof. intros N. unfold zz. field. split; lra. Qed.

Lemma no_crossing_one : w 0 <> 0 -> - / (2 * lambda) < dw 0 / w 0 ->
  forall t, 0 <= t -> w t <> 0 /\ - / (2 * lambda) < dw t / w t.
Proof.
  intros N R t Ht.
  assert (P0 : 0 < zz 0).
  { rewrite zz_rate by exact N. apply Rmult_lt_0_compat; [apply exp_pos|].
    apply Rmult_lt_0_compat; [now apply pow2_gt_0|lra]. }
  assert (P : 0 < zz t) by (assert (M := zz_increasing t Ht); lra).
  assert (Nt : w t <> 0) by (intros Z; unfold zz in P; rewrite Z in P; lra).
  split; [exact Nt|]. rewrite zz_rate in P by exact Nt.
  destruct (Rlt_or_le (- / (2 * lambda)) (dw t / w t)) as [|L]; [assumption|exfalso].
  assert (0 <= exp (t / lambda) * (w t ^ 2 * - (dw t / w t + / (2 * lambda)))); [|lra].
  apply Rmult_le_pos; [left; apply exp_pos|]. apply Rmult_le_pos; [apply pow2_ge_0|lra].
Qed.
End OnePath.

(* 4 lambda |g_i| <= 1 along the path keeps both rates above -1/(2 lambda), and w_+, w_- away from 0. *)
Theorem b3_no_crossing d n X y s lambda u v du dv i :
  0 < lambda -> network_flow d n X y s lambda u v du dv -> (i < d)%nat ->
  (forall t, 0 <= t -> Rabs (flow_gradient d n X y s u v i t) <= / (4 * lambda)) ->
  let wp := sum_path u v i in let dwp := sum_path du dv i in
  let wm := difference_path u v i in let dwm := difference_path du dv i in
  (wp 0 <> 0 -> - / (2 * lambda) < dwp 0 / wp 0 ->
   forall t, 0 <= t -> wp t <> 0 /\ - / (2 * lambda) < dwp t / wp t) /\
  (wm 0 <> 0 -> - / (2 * lambda) < dwm 0 / wm 0 ->
   forall t, 0 <= t -> wm t <> 0 /\ - / (2 * lambda) < dwm t / wm t).
Proof.
  intros Hl F Hi S wp dwp wm dwm.
  destruct (flow_in_w d n X y s lambda u v du dv i (Rgt_not_eq _ _ Hl) Hi F) as [Fp Fm]. split.
  - apply (no_crossing_one lambda _ _ _ Hl Fp). intros t Ht. rewrite Rabs_Ropp. now apply S.
  - now apply (no_crossing_one lambda _ _ _ Hl Fm).
Qed.

(* rho_k = 1 + beta - beta/rho_{k-1} + c_k, and 1 + beta - beta/sqrt beta - (1-sqrt beta)^2 = sqrt beta *)
Lemma no_crossing_one_discrete beta c w :
  0 < beta < 1 -> signed_descent beta c w -> (forall k, Rabs (c k) <= (1 - sqrt beta) ^ 2) -> w 0%nat <> 0 ->
  forall k, w k <> 0 /\ sqrt beta <= w (S k) / w k.
Proof.
  intros Hb D Small N. set (q := sqrt beta) in *.
  assert (Q2 : q * q = beta) by (apply sqrt_sqrt; lra).
  assert (Q0 : 0 < q) by (apply sqrt_lt_R0; lra).
  assert (Q1 : q < 1) by nra.
  assert (Step : forall k, w k <> 0 -> w (pred k) / w k <= / q -> q <= w (S k) / w k).
  { intros k Nk L. assert (C := Small k). apply Rabs_le_between in C.
    replace (w (S k) / w k) with (1 + beta - beta * (w (pred k) / w k) + c k) by (rewrite (D k); field; exact Nk).
    assert (beta * (w (pred k) / w k) <= beta * / q) by (apply Rmult_le_compat_l; lra).
    assert (beta * / q = q) by (rewrite <- Q2; field; lra). nra. }
  induction k as [|k [Nk L]].
  - split; [exact N|]. apply Step; [exact N|]. simpl. unfold Rdiv. rewrite Rinv_r by exact N.
    rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
  - assert (Ns : w (S k) <> 0).
    { intros Z. rewrite Z in L. unfold Rdiv in L. rewrite Rmult_0_l in L. lra. }
    split; [exact Ns|]. apply Step; [exact Ns|]. simpl.
    replace (w k / w (S k)) with (/ (w (S k) / w k)) by (field; auto).
    now apply Rinv_le_contravar.
Qed.

(* gamma |g_{k,i}| <= (1-sqrt beta)^2 for all k keeps both ratios at least sqrt beta; any mini-batches. *)
Theorem b3_no_crossing_discrete d n X y gamma beta batch u v i :
  0 <= gamma -> 0 < beta < 1 -> momentum_descent d n X y gamma beta batch u v -> (i < d)%nat ->
  (forall k, gamma * Rabs (gradient d n X y (batch k) (hadamard (u k) (v k)) i) <= (1 - sqrt beta) ^ 2) ->
  let wp := w_plus u v i in let wm := w_minus u v i in
  (wp 0%nat <> 0 -> forall k, wp k <> 0 /\ sqrt beta <= wp (S k) / wp k) /\
  (wm 0%nat <> 0 -> forall k, wm k <> 0 /\ sqrt beta <= wm (S k) / wm k).
Proof.
  intros Hg Hb D Hi S wp wm.
  destruct (descent_in_w d n X y gamma beta batch u v i Hi D) as [Dp Dm].
  assert (A : forall x, gamma * Rabs x = Rabs (gamma * x)) by (intros; now rewrite Rabs_mult, (Rabs_pos_eq gamma)).
  split; intros N.
  - apply (no_crossing_one_discrete beta _ wp Hb Dp); [|exact N]. intros k. rewrite Rabs_Ropp, <- A. apply S.
  - apply (no_crossing_one_discrete beta _ wm Hb Dm); [|exact N]. intros k. rewrite !Rabs_Ropp, <- A. apply S.
Qed.

(* rho + beta/rho >= 2 sqrt beta *)
Lemma sum_with_inverse beta rho : 0 <= beta -> 0 < rho -> 2 * sqrt beta <= rho + beta / rho.
Proof.
  intros Hb Hr. assert (Q2 : sqrt beta * sqrt beta = beta) by (apply sqrt_sqrt; lra).
  assert (E : rho + beta / rho = 2 * sqrt beta + (rho - sqrt beta) ^ 2 * / rho).
  { rewrite <- Q2 at 1. field. lra. }
  assert (0 <= (rho - sqrt beta) ^ 2 * / rho); [|lra].
  apply Rmult_le_pos; [apply pow2_ge_0|]. left. now apply Rinv_0_lt_compat.
Qed.

(* Sharp: a constant gamma g = kappa > (1-sqrt beta)^2 lowers rho_k by kappa - (1-sqrt beta)^2 a step. *)
Theorem b3_discrete_threshold_is_sharp beta kappa w :
  0 <= beta < 1 -> (1 - sqrt beta) ^ 2 < kappa -> signed_descent beta (fun _ => - kappa) w ->
  ~ (forall k, w k <> 0 /\ 0 < w (S k) / w k).
Proof.
  intros Hb Hk D K.
  assert (Q2 : sqrt beta * sqrt beta = beta) by (apply sqrt_sqrt; lra).
  set (delta := kappa - (1 - sqrt beta) ^ 2).
  assert (Dec : forall k, w (S k) / w k <= 1 - INR k * delta).
  { induction k as [|k IH].
    - destruct (K 0%nat) as [N _]. rewrite (D 0%nat). simpl (pred 0). simpl (INR 0).
      replace ((w 0%nat + - kappa * w 0%nat + beta * (w 0%nat - w 0%nat)) / w 0%nat) with (1 - kappa) by now field.
      assert (0 <= (1 - sqrt beta) ^ 2) by apply pow2_ge_0. lra.
    - destruct (K k) as [N P]. destruct (K (S k)) as [Ns _]. rewrite S_INR.
      assert (E : w (S (S k)) / w (S k) = 1 + beta - kappa - beta / (w (S k) / w k)).
      { rewrite (D (S k)). simpl (pred (S k)). field. auto. }
      assert (I := sum_with_inverse beta _ (proj1 Hb) P).
      rewrite E. unfold delta in *. nra. }
  assert (Pd : 0 < delta) by (unfold delta; lra).
  destruct (archimed_cor1 delta Pd) as (k & Hk' & Pk). apply lt_0_INR in Pk.
  destruct (K k) as [_ P]. specialize (Dec k).
  assert (INR k * / INR k < INR k * delta) by now apply Rmult_lt_compat_l.
  rewrite Rinv_r in * by lra. lra.
Qed.
