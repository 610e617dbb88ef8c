(* A1 with defects, delta_n of the positions at every step:

     |u_{n+1} - [u_n + lam (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1}))]| <= delta   gives
     |u_n - ubar(nh)| <= C1 h + C2 delta T/h  for nh <= T,

   C1 = C(T) of A1, C2 = lb [lam lb + |a - lam lb| (e^{lb L T} - 1) + e^{lb L T}]; the same for the method in position
   and velocity, whose defects count as delta = h (ev + L ey) + eu. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall rescaled_flow momentum_state momentum_method a1_rescaled_flow.
Open Scope R_scope.

Definition defect_constant (lam a L T : R) : R :=
  let lb := / (1 - lam) in
  lb * (lam * lb + Rabs (a - lam * lb) * (exp (lb * L * T) - 1) + exp (lb * L * T)).

(* the defect of a step as a defect of the position *)
Definition step_defect (h L ev eu ey : R) : R := h * (ev + L * ey) + eu.

Lemma lambda_bar_above_1 lam : 0 <= lam < 1 -> 1 <= / (1 - lam).
Proof. intros H. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. Qed.

Section Constants.
Variables (lam a L B0 h T ev eu ey : R).
Hypothesis lam_range : 0 <= lam < 1.
Hypothesis h_positive : 0 < h.
Hypothesis L_nonneg : 0 <= L.
Hypothesis B0_nonneg : 0 <= B0.
Hypothesis defects_nonneg : 0 <= ev /\ 0 <= eu /\ 0 <= ey.
Let lb := / (1 - lam).
Let A := Rabs (a - lam * lb).
Let E := exp (lb * L * T).

(* the velocity's and lookahead's share h ev, and what is summed up over the time T *)
Lemma state_bound_split :
  h * (lam * lb) * (lb * (B0 + ev)) + forcing lam a L B0 h ev eu ey * grown (lb * L) T
  = A1_constant lam a L B0 T * h + lb * (lam * lb + A * (E - 1)) * (h * ev)
    + (lb * (ev + L * ey) + eu / h) * grown (lb * L) T.
Proof.
  assert (G := grown_scaled (lb * L) T). unfold A1_constant, forcing, A, E. fold lb. rewrite <- G. field. lra.
Qed.

Lemma exponential_above_1 : 0 <= T -> 1 <= E.
Proof.
  intros HT. unfold E. rewrite <- exp_0. apply exp_le. assert (P := lambda_bar_pos lam lam_range).
  fold lb in P. repeat apply Rmult_le_pos; lra.
Qed.

Lemma constants_nonneg : 0 <= T -> 0 <= A1_constant lam a L B0 T /\ 0 <= defect_constant lam a L T.
Proof.
  intros HT. assert (P := lambda_bar_pos lam lam_range). assert (X := exponential_above_1 HT).
  assert (Q := Rabs_pos (a - lam * lb)). unfold A1_constant, defect_constant. fold lb in P |- *. fold E A. fold A in Q.
  assert (0 <= lam * lb) by (apply Rmult_le_pos; lra). assert (0 <= A * (E - 1)) by (apply Rmult_le_pos; lra).
  assert (0 <= (1 / 2 + A) * (E - 1)) by (apply Rmult_le_pos; lra).
  split; repeat apply Rmult_le_pos; lra.
Qed.

Lemma step_defect_nonneg : 0 <= step_defect h L ev eu ey.
Proof. unfold step_defect. assert (0 <= L * ey) by (apply Rmult_le_pos; lra). apply Rplus_le_le_0_compat; nra. Qed.

Lemma state_bound_below : h <= T ->
  h * (lam * lb) * (lb * (B0 + ev)) + forcing lam a L B0 h ev eu ey * grown (lb * L) T
    <= A1_constant lam a L B0 T * h + defect_constant lam a L T * (step_defect h L ev eu ey * T / h).
Proof.
  intros HT. rewrite state_bound_split. assert (P := lambda_bar_pos lam lam_range). fold lb in P.
  assert (P1 := lambda_bar_above_1 lam lam_range). fold lb in P1.
  assert (X := exponential_above_1 ltac:(lra)). assert (HA := Rabs_pos (a - lam * lb)). fold A in HA.
  set (q := ev + L * ey + eu / h). assert (HLe : 0 <= L * ey) by (apply Rmult_le_pos; lra).
  assert (Heu : 0 <= eu / h) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]).
  replace (step_defect h L ev eu ey * T / h) with (q * T) by (unfold step_defect, q; field; lra).
  assert (I1 : h * ev <= q * T) by (unfold q; nra).
  assert (I2 : (lb * (ev + L * ey) + eu / h) * grown (lb * L) T <= lb * q * (T * E)).
  { apply Rmult_le_compat; [nra| |unfold q; nra|].
    - apply grown_nonneg; [apply Rmult_le_pos|]; lra.
    - apply grown_below; [apply Rmult_le_pos|]; lra. }
  assert (I3 : 0 <= lb * (lam * lb + A * (E - 1))).
  { assert (0 <= lam * lb) by (apply Rmult_le_pos; lra). assert (0 <= A * (E - 1)) by (apply Rmult_le_pos; lra).
    apply Rmult_le_pos; lra. }
  apply Rmult_le_compat_l with (1 := I3) in I1.
  unfold defect_constant. fold lb. fold A E. lra.
Qed.
End Constants.

Section Perturbed.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam a h T : R) (ubar : R -> V).

Theorem a1_state_theorem (u v y : nat -> V) (ev eu ey : R) :
  0 <= lam < 1 -> 0 < h -> 0 <= L ->
  lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  u O = ubar 0 -> v O = zero -> 0 <= ev /\ 0 <= eu /\ 0 <= ey ->
  (forall n, INR (S n) * h <= T ->
    D (y n) /\
    norm (minus (y n) (plus (u n) (scal (h * a) (v n)))) <= ey /\
    norm (minus (v (S n)) (plus (scal lam (v n)) (f (y n)))) <= ev /\
    norm (minus (u (S n)) (plus (u n) (scal h (v (S n))))) <= eu) ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h)))
    <= A1_constant lam a L B0 T * h + defect_constant lam a L T * (step_defect h L ev eu ey * T / h).
Proof.
  intros Hlam Hh HL Lip Bound Flow InD Start Rest Defects Steps n Hn.
  assert (P := lambda_bar_pos lam Hlam). assert (HT : 0 <= T) by (generalize (pos_INR n); nra).
  assert (HB : 0 <= B0).
  { apply Rle_trans with (norm (f (ubar 0))); [apply norm_nonneg|]. apply Bound, InD. lra. }
  destruct n as [|m].
  - simpl INR. rewrite Rmult_0_l, Start, norm_minus_self.
    destruct (constants_nonneg lam a L B0 T Hlam HL HB HT).
    assert (S0 : 0 <= step_defect h L ev eu ey) by now apply step_defect_nonneg.
    apply Rplus_le_le_0_compat; [apply Rmult_le_pos; lra|].
    apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [nra|]. left. now apply Rinv_0_lt_compat.
  - apply Rle_trans with (2 := state_bound_below lam a L B0 h T ev eu ey Hlam Hh HL Defects
      ltac:(rewrite S_INR in Hn; generalize (pos_INR m); nra)).
    apply (state_error f D L B0 lam a h T ubar u v y); try assumption; try (intros k Hk; apply (Steps k Hk)).
    + apply Rmult_le_pos; lra.
    + intros k Hk. rewrite <- (Rmult_assoc h (/ (1 - lam)) L). apply (lipschitz_amplification f D); try assumption.
      * apply Rmult_le_pos; lra.
      * apply (Steps k Hk).
      * apply InD. rewrite S_INR in Hk. generalize (pos_INR k). nra.
Qed.

Theorem a1_perturbed_theorem (u : nat -> V) (delta : R) :
  0 <= lam < 1 -> 0 < h -> 0 <= L ->
  lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  u O = ubar 0 -> 0 <= delta ->
  (forall n, INR (S n) * h <= T ->
    D (lookahead a u n) /\ norm (minus (u (S n)) (momentum_step f lam a h u n)) <= delta) ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h)))
    <= A1_constant lam a L B0 T * h + defect_constant lam a L T * (delta * T / h).
Proof.
  intros Hlam Hh HL Lip Bound Flow InD Start Hd Steps n Hn.
  replace delta with (step_defect h L (delta / h) 0 0) by (unfold step_defect; field; lra).
  apply (a1_state_theorem u (velocity h u) (lookahead a u)); try assumption.
  - apply velocity_0.
  - split; [|lra]. apply Rmult_le_pos; [exact Hd|]. left. now apply Rinv_0_lt_compat.
  - intros k Hk. destruct (Steps k Hk) as [Dk Ek]. split; [exact Dk|]. split; [|split].
    + rewrite lookahead_of_velocity; lra.
    + eapply Rle_trans; [now apply velocity_of_step|].
      apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|exact Ek].
    + rewrite position_of_velocity; lra.
Qed.
End Perturbed.
