(* B3: the bound 1/(4 lambda) is sharp. With a constant g = kappa > 1/(4 lambda), s = w'/w + 1/(2 lambda) solves
   s' = -(s^2 + delta), delta = (kappa - 1/(4 lambda))/lambda > 0: it would reach -oo, so w vanishes. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_flow.
Open Scope R_scope.

Section Threshold.
Variables (lambda kappa : R) (w dw : R -> R).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis above : / (4 * lambda) < kappa.
Hypothesis flow : signed_flow lambda (fun _ => - kappa) w dw.
Hypothesis alive : forall t, 0 <= t -> w t <> 0.

Let s t := dw t / w t + / (2 * lambda).
Let delta := (kappa - / (4 * lambda)) / lambda.

Lemma delta_positive : 0 < delta.
Proof. apply Rdiv_lt_0_compat; lra. Qed.

Lemma s_derive t : 0 <= t -> is_derive s t (- (s t ^ 2 + delta)).
Proof.
  intros Ht. destruct (flow t Ht) as [Dw Ddw]. assert (N := alive t Ht).
  apply derive_eq with (1 := derive_plus _ _ t _ _ (derive_div dw w t _ _ Ddw Dw N) (derive_const _ t)).
  unfold s, delta. field. lra.
Qed.

(* s(t) <= s(0) - delta t *)
Lemma s_decreases t : 0 <= t -> s t <= s 0 - delta * t.
Proof.
  intros Ht. enough (0 * - delta - s 0 <= t * - delta - s t) by lra.
  apply (derive_nonneg_increasing (fun q => q * - delta - s q) (fun q => s q ^ 2) 0 t Ht).
  - intros q Hq. apply derive_eq with (- delta * 1 - - (s q ^ 2 + delta)); [|ring].
    apply derive_minus; [|now apply s_derive].
    apply derive_ext with (fun r => - delta * r); [|intros; exact (Rmult_comm _ _)].
    apply derive_scal, derive_id.
  - intros q _. apply pow2_ge_0.
Qed.

(* s <= -1 from t1 on: (1/s)' = 1 + delta/s^2 >= 1, and 1/s would be positive at t1 + 2 *)
Lemma s_explodes t1 : 0 <= t1 -> (forall t, t1 <= t -> s t <= -1) -> False.
Proof.
  intros H1 Low. set (p := fun q => 1 / s q - q).
  assert (I : p t1 <= p (t1 + 2)).
  { apply (derive_nonneg_increasing p (fun q => delta / s q ^ 2)); [lra| |]; intros q Hq;
      assert (L := Low q ltac:(lra)).
    - apply derive_eq with ((0 * s q - 1 * - (s q ^ 2 + delta)) / s q ^ 2 - 1); [|field; lra].
      apply derive_minus; [|apply derive_id].
      apply (derive_div (fun _ => 1) s q); [apply derive_const|apply s_derive; lra|lra].
    - left. apply Rdiv_lt_0_compat; [apply delta_positive|]. apply pow2_gt_0. lra. }
  unfold p in I. assert (A := Low t1 (Rle_refl t1)). assert (B := Low (t1 + 2) ltac:(lra)).
  assert (X : -1 <= 1 / s t1).
  { apply Rmult_le_reg_l with (- s t1); [lra|]. replace (- s t1 * (1 / s t1)) with (-1) by (field; lra). lra. }
  assert (Y : 1 / s (t1 + 2) < 0) by (unfold Rdiv; rewrite Rmult_1_l; apply Rinv_lt_0_compat; lra).
  lra.
Qed.

Lemma no_survivor : False.
Proof.
  assert (D := delta_positive). set (t1 := (Rabs (s 0) + 1) / delta).
  assert (H1 : 0 <= t1) by (apply Rdiv_le_0_compat; [assert (A := Rabs_pos (s 0)); lra|exact D]).
  apply (s_explodes t1 H1). intros t Ht. assert (S := s_decreases t ltac:(lra)).
  assert (delta * t1 <= delta * t) by (apply Rmult_le_compat_l; lra).
  assert (delta * t1 = Rabs (s 0) + 1) by (unfold t1; field; lra).
  assert (A := Rle_abs (s 0)). lra.
Qed.
End Threshold.

(* a constant g = kappa > 1/(4 lambda): no solution keeps away from 0 *)
Theorem b3_threshold_is_sharp lambda kappa w dw : 0 < lambda -> / (4 * lambda) < kappa ->
  signed_flow lambda (fun _ => - kappa) w dw -> ~ (forall t, 0 <= t -> w t <> 0).
Proof. intros Hl Hk F A. exact (no_survivor lambda kappa w dw Hl Hk F A). Qed.

(* lambda = 1, kappa = 1/2: w = e^{-t/2} cos(t/2) *)
Theorem b3_threshold_witness : ~ (forall t, 0 <= t -> exp (- (1 / 2) * t) * cos (1 / 2 * t) <> 0).
Proof.
  assert (E : forall t, is_derive (fun q => exp (- (1 / 2) * q)) t (- (1 / 2) * exp (- (1 / 2) * t)))
    by (intros; apply derive_rescaled, is_derive_exp).
  assert (C : forall t, is_derive (fun q => cos (1 / 2 * q)) t (1 / 2 * - sin (1 / 2 * t)))
    by (intros; apply derive_rescaled, is_derive_cos).
  assert (S : forall t, is_derive (fun q => sin (1 / 2 * q)) t (1 / 2 * cos (1 / 2 * t)))
    by (intros; apply derive_rescaled, is_derive_sin).
  apply (b3_threshold_is_sharp 1 (1 / 2) (fun t => exp (- (1 / 2) * t) * cos (1 / 2 * t))
    (fun t => exp (- (1 / 2) * t) * (- (1 / 2) * cos (1 / 2 * t) - 1 / 2 * sin (1 / 2 * t)))); [lra|lra|].
  intros t _. split.
  - apply derive_eq with (1 := derive_mult _ _ t _ _ (E t) (C t)). ring.
  - apply derive_eq with (1 := derive_mult _ _ t _ _ (E t) (derive_minus _ _ t _ _
      (derive_scal _ t _ (C t) (- (1 / 2))) (derive_scal _ t _ (S t) (1 / 2)))). field.
Qed.
