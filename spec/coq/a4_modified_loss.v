(* A4 (i): from a start on the manifold to second order, v_0 = lb f + h lb^2 (a - lb) f'f at u_0, momentum follows the
   gradient flow of the modified loss, U' = lb (f - h c f'f)(U), c = alpha lb^2, U(0) = u_0, to O(h^2) for all n:

     |u_n - U(nh)| <= h^2 (r + tau) grown(kappa, T),   h L <= h_0 L,

   r from the manifold (a3_leading_coefficient), tau and kappa = lb L + O(h) from the flow (a4_flow_step). *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import gronwall normed a4_flow_step.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_theorems.
From HeavyProof Require Import a3_second_order.
Open Scope R_scope.

Definition modified_loss_c (lam a : R) : R := ((1 + lam) / 2 - a * (1 - lam)) * (/ (1 - lam)) ^ 2.

Section Definitions.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (D : E -> E -> E) (lam a h : R).

(* -lb grad Phi_h *)
Definition modified_field (x : E) : E :=
  scal (/ (1 - lam)) (minus (f x) (scal (h * modified_loss_c lam a) (D x (f x)))).

(* v = lb f + h lb^2 (a - lb) f'f *)
Definition slow_velocity (x : E) : E :=
  let lb := / (1 - lam) in plus (scal lb (f x)) (scal h (scal (lb ^ 2 * (a - lb)) (D x (f x)))).
End Definitions.

(* h^2 r bounds lam e + h a D(h lb^2 (a - lb) f'f + e) + R, |e| <= 2 h^2 rho1, |R| <= B2 (h a |v|)^2/2 *)
Definition slow_remainder (lam a h L B0 B2 rho1 : R) : R :=
  let lb := / (1 - lam) in
  2 * rho1 * (lam + a * (h * L)) + a * lb ^ 2 * Rabs (a - lb) * L ^ 2 * B0
  + B2 * a ^ 2 * (lb * B0 + h ^ 2 * rho1) ^ 2 / 2.

Section Step.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (D : E -> E -> E) (lam a h L B0 B2 rho1 : R) (u v : E).
Let lb := / (1 - lam).
Let s := slow_velocity f D lam a h u.
Hypotheses (Hlam : 0 < lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (HB2 : 0 <= B2).
Hypothesis f_bounded : bounded_by B0 f.
Hypothesis f_derivative : has_lipschitz_derivative L B2 f D.
Hypothesis near : norm (minus v s) <= 2 * (h ^ 2 * rho1).
Hypothesis v_bounded : norm v <= lb * B0 + h ^ 2 * rho1.

(* next_velocity = lb f + h lb^2 (a - lam lb) f'f + lam e + h a D(h lb^2 (a - lb) f'f + e) + R *)
Lemma next_velocity_split :
  let e := minus v s in
  let y := minus v (scal lb (f u)) in
  let R := minus (minus (f (plus u (scal (h * a) v))) (f u)) (D u (scal (h * a) v)) in
  next_velocity f lam a h u v
  = plus (plus (scal lb (f u)) (scal (h * (lb ^ 2 * (a - lam * lb))) (D u (f u))))
         (plus (plus (scal lam e) (scal (h * a) (D u y))) R).
Proof.
  intros e y R. assert (Dy : D u y = minus (D u v) (scal lb (D u (f u)))).
  { unfold y. replace (minus v (scal lb (f u))) with (plus v (scal (- lb) (f u))) by linear.
    rewrite (derivative_plus L B2 f D f_derivative), (derivative_scal L B2 f D f_derivative). linear. }
  unfold R, e, next_velocity, s, slow_velocity. rewrite Dy, (derivative_scal L B2 f D f_derivative). unfold lb.
  linear; lra.
Qed.
Lemma second_below : norm (D u (f u)) <= L * B0.
Proof.
  eapply Rle_trans; [apply (derivative_bounded L B2 f D f_derivative)|].
  apply Rmult_le_compat_l; [exact HL|apply f_bounded].
Qed.

(* |v - lb f| <= 2 h^2 rho1 + h lb^2 |a - lb| L B0 *)
Lemma velocity_near_field :
  norm (minus v (scal lb (f u))) <= 2 * (h ^ 2 * rho1) + h * (lb ^ 2 * Rabs (a - lb) * (L * B0)).
Proof.
  replace (minus v (scal lb (f u)))
    with (plus (minus v s) (scal (h * (lb ^ 2 * (a - lb))) (D u (f u)))) by (unfold s, slow_velocity; fold lb; linear).
  eapply Rle_trans; [apply norm_plus_le|]. apply Rplus_le_compat; [exact near|].
  eapply Rle_trans; [apply norm_scal_abs|]. assert (S := second_below).
  rewrite Rabs_mult, Rabs_mult, (Rabs_pos_eq h), (Rabs_pos_eq (lb ^ 2)) by (try apply pow2_ge_0; lra).
  replace (h * (lb ^ 2 * Rabs (a - lb) * (L * B0))) with (h * (lb ^ 2 * Rabs (a - lb)) * (L * B0)) by ring.
  apply Rmult_le_compat_l; [|exact S]. apply Rmult_le_pos; [lra|].
  apply Rmult_le_pos; [apply pow2_ge_0|apply Rabs_pos].
Qed.

Lemma taylor_term :
  norm (minus (minus (f (plus u (scal (h * a) v))) (f u)) (D u (scal (h * a) v)))
    <= h ^ 2 * (B2 * a ^ 2 * (lb * B0 + h ^ 2 * rho1) ^ 2 / 2).
Proof.
  eapply Rle_trans; [apply (taylor_remainder L B2 f D f_derivative)|].
  assert (Q : norm (scal (h * a) v) <= h * a * (lb * B0 + h ^ 2 * rho1)).
  { eapply Rle_trans; [apply norm_scal_le; apply Rmult_le_pos; lra|].
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact v_bounded]. }
  assert (S : norm (scal (h * a) v) ^ 2 <= (h * a * (lb * B0 + h ^ 2 * rho1)) ^ 2).
  { apply pow_incr. split; [apply norm_nonnegative|exact Q]. }
  apply Rmult_le_compat_l with (r := B2 / 2) in S; [|lra]. eapply Rle_trans; [exact S|]. right. field.
Qed.

(* |next_velocity - lb f - h lb^2 (a - lam lb) f'f| <= h^2 r *)
Lemma next_velocity_near :
  norm (minus (next_velocity f lam a h u v)
    (plus (scal lb (f u)) (scal (h * (lb ^ 2 * (a - lam * lb))) (D u (f u)))))
  <= h ^ 2 * slow_remainder lam a h L B0 B2 rho1.
Proof.
  rewrite next_velocity_split. set (y := minus v (scal lb (f u))). set (R := minus (minus _ _) (D u _)).
  set (x := plus (scal lb (f u)) _). set (e := minus v s).
  replace (minus (plus x (plus (plus (scal lam e) (scal (h * a) (D u y))) R)) x)
    with (plus (plus (scal lam e) (scal (h * a) (D u y))) R) by linear.
  assert (N1 : norm (scal lam e) <= lam * (2 * (h ^ 2 * rho1))).
  { eapply Rle_trans; [apply norm_scal_le; lra|]. apply Rmult_le_compat_l; [lra|exact near]. }
  assert (Ha' : 0 <= h * a) by (apply Rmult_le_pos; lra).
  assert (N2 : norm (scal (h * a) (D u y))
    <= h * a * (L * (2 * (h ^ 2 * rho1) + h * (lb ^ 2 * Rabs (a - lb) * (L * B0))))).
  { eapply Rle_trans; [apply norm_scal_le; exact Ha'|]. apply Rmult_le_compat_l; [exact Ha'|].
    eapply Rle_trans; [apply (derivative_bounded L B2 f D f_derivative)|].
    apply Rmult_le_compat_l; [exact HL|exact velocity_near_field]. }
  assert (N3 : norm R <= h ^ 2 * (B2 * a ^ 2 * (lb * B0 + h ^ 2 * rho1) ^ 2 / 2)) by exact taylor_term.
  eapply Rle_trans; [apply norm_plus_le|]. eapply Rle_trans; [apply Rplus_le_compat_r, norm_plus_le|].
  eapply Rle_trans; [apply Rplus_le_compat; [apply Rplus_le_compat; [exact N1|exact N2]|exact N3]|].
  right. unfold slow_remainder. fold lb. field.
Qed.
End Step.

(* c = alpha lb^2 gives lb^2/2 - lb c = lb^2 (a - lam lb) *)
Lemma step_coefficient lam a : lam < 1 -> let lb := / (1 - lam) in
  lb ^ 2 / 2 - lb * modified_loss_c lam a = lb ^ 2 * (a - lam * lb).
Proof. intros H lb. unfold modified_loss_c, lb. field. lra. Qed.

Definition A4_constant (lam a h L B0 B2 T : R) : R :=
  let lb := / (1 - lam) in
  let c := modified_loss_c lam a in
  let rho1 := second_order_constant lam a L B0 B2 (manifold_slope lam a h L) in
  (slow_remainder lam a h L B0 B2 rho1 + flow_defect L B0 B2 lb c h) * grown (step_rate L B0 B2 lb c h) T.

Section Modified.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (D : E -> E -> E) (lam a h L B0 B2 T : R) (u v : nat -> E) (U : R -> E).
Let lb := / (1 - lam).
Let c := modified_loss_c lam a.
Let rho1 := second_order_constant lam a L B0 B2 (manifold_slope lam a h L).
Hypotheses (Hlam : 0 < lam < 1) (Ha : 0 <= a < 1) (Hh : 0 < h) (HL : 0 <= L) (HB2 : 0 <= B2).
Hypothesis Halpha : 0 <= (1 + lam) / 2 - a * (1 - lam).
Hypothesis Hthreshold : h * L <= threshold lam a.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis f_bounded : bounded_by B0 f.
Hypothesis f_derivative : has_lipschitz_derivative L B2 f D.
Hypothesis method : orbit f lam a h u v.
Hypothesis slow_start : v 0%nat = slow_velocity f D lam a h (u 0%nat).

(* v_n is near lb f + h lb^2 (a - lb) f'f for all n, by way of the manifold: |v_n - m(u_n)| <= |v_0 - m(u_0)| *)
Lemma velocity_stays_slow n :
  norm (minus (v n) (slow_velocity f D lam a h (u n))) <= 2 * (h ^ 2 * rho1) /\
  norm (v n) <= lb * B0 + h ^ 2 * rho1.
Proof.
  destruct (a3_invariant_manifold f lam a h L B0 Hlam Ha Hh HL f_lipschitz f_bounded Hthreshold) as (m & Hc & Hi & _).
  assert (Near : forall x, norm (minus (m x) (slow_velocity f D lam a h x)) <= h ^ 2 * rho1).
  { intros x. assert (H := a3_leading_coefficient f m D lam a h L B0 B2 Hlam Ha Hh HL HB2 Hthreshold f_lipschitz
      f_bounded f_derivative Hc Hi x). cbv zeta in H. unfold slow_velocity. fold lb in H |- *.
    replace (minus (m x) _) with (minus (minus (m x) (scal lb (f x))) (scal h (scal (lb ^ 2 * (a - lb)) (D x (f x)))))
      by linear. exact H. }
  destruct (a3_attraction f m lam a h L Hlam Ha Hh HL Hthreshold f_lipschitz (proj1 Hc) Hi u v method) as [Hr Hw].
  destruct (Hw n) as (_ & _ & Wn). set (rho := contraction_factor lam a (h * L)) in *.
  assert (W0 : norm (minus (v 0%nat) (m (u 0%nat))) <= h ^ 2 * rho1)
    by (rewrite slow_start, norm_minus_sym; apply Near).
  assert (Pr : rho ^ n <= 1) by (rewrite <- (pow1 n); apply pow_incr; lra).
  assert (W : norm (minus (v n) (m (u n))) <= h ^ 2 * rho1).
  { eapply Rle_trans; [exact Wn|]. assert (N := norm_nonnegative (minus (v 0%nat) (m (u 0%nat)))).
    assert (0 <= rho ^ n) by (apply pow_le; lra). nra. }
  split.
  - eapply Rle_trans; [apply (norm_minus_triangle (v n) (m (u n)))|]. assert (H := Near (u n)). lra.
  - assert (B : norm (m (u n)) <= lb * B0) by apply (proj2 Hc).
    replace (v n) with (plus (m (u n)) (minus (v n) (m (u n)))) by linear.
    eapply Rle_trans; [apply norm_plus_le|]. lra.
Qed.

(* u_{n+1} = u_n + h lb f + h^2 (lb^2/2 - lb c) f'f + O(h^3) *)
Lemma position_step n :
  norm (minus (u (S n)) (map_of_step f D lb c h (u n))) <= h ^ 3 * slow_remainder lam a h L B0 B2 rho1.
Proof.
  destruct (velocity_stays_slow n) as [V1 V2]. destruct (method n) as [_ ->]. unfold next_position.
  assert (H := next_velocity_near f D lam a h L B0 B2 rho1 (u n) (v n) Hlam (proj1 Ha) Hh HL HB2 f_bounded f_derivative
    V1 V2). fold lb in H. set (q := next_velocity f lam a h (u n) (v n)) in *.
  set (R := slow_remainder _ _ _ _ _ _ _) in *.
  assert (C := step_coefficient lam a ltac:(lra)). cbv zeta in C. fold lb c in C.
  replace (minus (plus (u n) (scal h q)) (map_of_step f D lb c h (u n)))
    with (scal h (minus q (plus (scal lb (f (u n))) (scal (h * (lb ^ 2 * (a - lam * lb))) (D (u n) (f (u n))))))).
  - eapply Rle_trans; [apply norm_scal_le; lra|]. replace (h ^ 3 * R) with (h * (h ^ 2 * R)) by ring.
    apply Rmult_le_compat_l; [lra|exact H].
  - unfold map_of_step. rewrite C. linear.
Qed.
Lemma modified_loss_c_nonneg : 0 <= c.
Proof. apply Rmult_le_pos; [exact Halpha|apply pow2_ge_0]. Qed.

Lemma flow_defect_nonneg : 0 <= flow_defect L B0 B2 lb c h.
Proof.
  assert (Hlb : 0 <= lb) by (left; apply Rinv_0_lt_compat; lra). assert (Hc := modified_loss_c_nonneg).
  assert (Hh0 : 0 <= h) by lra. assert (H2 : 0 <= / 2) by lra. assert (H3 : 0 <= / 3) by lra.
  assert (HB0 : 0 <= B0) by exact (Rle_trans _ _ _ (norm_nonnegative (f (U 0))) (f_bounded (U 0))).
  unfold flow_defect. cbv zeta. unfold Rdiv.
  repeat (assumption || apply Rplus_le_le_0_compat || apply pow_le || apply Rmult_le_pos).
Qed.

Theorem a4_theorem :
  is_flow (modified_field f D lam a h) T U -> U 0 = u 0%nat ->
  forall n, INR n * h <= T -> norm (minus (u n) (U (INR n * h))) <= A4_constant lam a h L B0 B2 T * h ^ 2.
Proof.
  intros Flow Start n Hn. assert (Hlb : 0 < lb) by (apply Rinv_0_lt_compat; lra).
  assert (Hr : 0 <= slow_remainder lam a h L B0 B2 rho1).
  { assert (P := position_step 0). assert (Hh3 : 0 < h ^ 3) by now apply pow_lt.
    apply Rmult_le_reg_l with (h ^ 3); [exact Hh3|]. rewrite Rmult_0_r.
    exact (Rle_trans _ _ _ (norm_nonnegative _) P). }
  apply Rle_trans with (h ^ 2 * (slow_remainder lam a h L B0 B2 rho1 + flow_defect L B0 B2 lb c h)
    * grown (step_rate L B0 B2 lb c h) T); [|right; unfold A4_constant; fold lb c rho1; ring].
  apply (flow_followed f D L B0 B2 lb c h T U HL HB2 (Rlt_le _ _ Hlb) modified_loss_c_nonneg Hh f_bounded
    (derivative_plus L B2 f D f_derivative) (derivative_scal L B2 f D f_derivative)
    (derivative_bounded L B2 f D f_derivative) (derivative_lipschitz L B2 f D f_derivative)
    (taylor_remainder L B2 f D f_derivative) f_lipschitz Flow u _ Hr);
    [now symmetry| |exact flow_defect_nonneg|exact Hn].
  intros k _. apply position_step.
Qed.
End Modified.
