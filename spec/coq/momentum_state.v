(* Momentum in the variables position u and velocity v, with a defect in each of its three assignments:

     y_n = u_n + h a v_n + O(ey),   v_{n+1} = lam v_n + f(y_n) + O(ev),   u_{n+1} = u_n + h v_{n+1} + O(eu).

   p_n = u_n + h lam lb v_n, lb = 1/(1 - lam), is Euler's method with step h lb for the flow ubar' = lb f(ubar),
   but for f being taken at y_n: p_{n+1} = p_n + h lb f(y_n) + O(h lb ev + eu), since 1 + lam lb = lb. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall rescaled_flow.
Open Scope R_scope.

(* the distance of p_n from the flow that a unit of time adds, before amplification *)
Definition forcing (lam a L B0 h ev eu ey : R) : R :=
  let lb := / (1 - lam) in
  lb ^ 2 * L * B0 * h / 2 + lb * L * (h * Rabs (a - lam * lb) * (lb * (B0 + ev)) + ey) + lb * ev + eu / h.

Section State.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam a h T : R) (ubar : R -> V).
Variables (u v y : nat -> V) (ev eu ey : R).

(* the step number n ends within the horizon *)
Let used (n : nat) : Prop := INR (S n) * h <= T.

Hypothesis lam_range : 0 <= lam < 1.
Hypothesis h_positive : 0 < h.
Hypothesis L_nonneg : 0 <= L.
Hypothesis f_lipschitz : lipschitz_on D L f.
Hypothesis f_bounded : bounded_on D B0 f.
Hypothesis flow : rescaled_flow f lam T ubar.
Hypothesis flow_in_D : forall t, 0 <= t <= T -> D (ubar t).
Hypothesis points_in_D : forall n, used n -> D (y n).

Hypothesis defects_nonneg : 0 <= ev /\ 0 <= eu /\ 0 <= ey.
Hypothesis start : u O = ubar 0.
Hypothesis start_at_rest : v O = zero.
Hypothesis lookahead_defect : forall n, used n -> norm (minus (y n) (plus (u n) (scal (h * a) (v n)))) <= ey.
Hypothesis velocity_defect : forall n, used n -> norm (minus (v (S n)) (plus (scal lam (v n)) (f (y n)))) <= ev.
Hypothesis position_defect : forall n, used n -> norm (minus (u (S n)) (plus (u n) (scal h (v (S n))))) <= eu.

Let lb := / (1 - lam).
Let W := lb * (B0 + ev).
Let p (n : nat) : V := plus (u n) (scal (h * (lam * lb)) (v n)).
Let U (n : nat) : V := ubar (INR n * h).
Let r := forcing lam a L B0 h ev eu ey.

Lemma lb_positive : 0 < lb.
Proof. now apply lambda_bar_pos. Qed.

Lemma used_before n k : (k < n)%nat -> INR n * h <= T -> used k.
Proof. intros Hk. apply le_INR in Hk. unfold used. nra. Qed.

Lemma time_nonneg n : 0 <= INR n * h.
Proof. apply Rmult_le_pos; [apply pos_INR|lra]. Qed.

Lemma next_time n : INR (S n) * h = INR n * h + h.
Proof. rewrite S_INR. ring. Qed.

Lemma bound_nonneg : 0 <= T -> 0 <= B0.
Proof. intros H. apply Rle_trans with (norm (f (ubar 0))); [apply norm_nonneg|]. apply f_bounded, flow_in_D. lra. Qed.

(* |v_n| <= W = lb (B0 + ev), because |v_{n+1}| <= lam |v_n| + B0 + ev *)
Lemma velocity_bounded n : INR n * h <= T -> norm (v n) <= W.
Proof.
  intros HT. assert (HB := bound_nonneg ltac:(generalize (time_nonneg n); lra)).
  apply (relaxation lam (B0 + ev) (fun n => norm (v n)) n); [exact lam_range| |lra| |lia].
  - rewrite start_at_rest. apply norm_origin.
  - intros k Hk. cbv beta. assert (Uk := used_before n k Hk HT).
    eapply Rle_trans; [apply (norm_via (plus (scal lam (v k)) (f (y k))))|].
    generalize (velocity_defect k Uk) (norm_plus (scal lam (v k)) (f (y k))).
    generalize (norm_scaled_pos lam (v k) (proj1 lam_range)) (f_bounded _ (points_in_D k Uk)). norms.
Qed.

(* p_0 = u_0 *)
Lemma start_of_p : p O = U O.
Proof. unfold p, U. simpl INR. rewrite Rmult_0_l, start, start_at_rest. linear. Qed.

(* u_n - p_n = -h lam lb v_n *)
Lemma position_near_p n : INR n * h <= T -> norm (minus (u n) (p n)) <= h * (lam * lb) * W.
Proof.
  intros HT. unfold p.
  replace (minus (u n) (plus (u n) (scal (h * (lam * lb)) (v n)))) with (scal (- (h * (lam * lb))) (v n)) by linear.
  assert (P := lb_positive). assert (0 <= h * (lam * lb)) by (repeat apply Rmult_le_pos; lra).
  eapply Rle_trans; [apply norm_scaled|]. rewrite Rabs_Ropp, Rabs_pos_eq by assumption.
  apply Rmult_le_compat_l; [assumption|]. now apply velocity_bounded.
Qed.

(* y_n - p_n = h (a - lam lb) v_n + O(ey) *)
Lemma lookahead_near_p n : used n -> norm (minus (y n) (p n)) <= h * Rabs (a - lam * lb) * W + ey.
Proof.
  intros Hn. unfold p.
  replace (minus (y n) (plus (u n) (scal (h * (lam * lb)) (v n)))) with
    (plus (scal (h * (a - lam * lb)) (v n)) (minus (y n) (plus (u n) (scal (h * a) (v n))))) by linear.
  eapply Rle_trans; [apply norm_plus|]. apply Rplus_le_compat; [|now apply lookahead_defect].
  eapply Rle_trans; [apply norm_scaled|]. rewrite Rabs_mult, (Rabs_pos_eq h) by lra.
  apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|apply Rabs_pos]|].
  apply velocity_bounded. unfold used in Hn. rewrite next_time in Hn. lra.
Qed.

(* p_{n+1} = p_n + h lb f(y_n) + O(h lb ev + eu) *)
Lemma euler_step_of_p n : used n ->
  norm (minus (p (S n)) (plus (p n) (scal (h * lb) (f (y n))))) <= h * lb * ev + eu.
Proof.
  intros Hn. unfold p.
  replace (minus _ _) with
    (plus (scal (h * lb) (minus (v (S n)) (plus (scal lam (v n)) (f (y n)))))
          (minus (u (S n)) (plus (u n) (scal h (v (S n)))))) by (unfold lb; linear).
  assert (P := lb_positive). assert (0 <= h * lb) by (apply Rmult_le_pos; lra).
  eapply Rle_trans; [apply norm_plus|]. apply Rplus_le_compat; [|now apply position_defect].
  eapply Rle_trans; [apply norm_scaled_pos; assumption|].
  apply Rmult_le_compat_l; [assumption|]. now apply velocity_defect.
Qed.

(* U_{n+1} = U_n + h lb f(U_n) + O(h^2 lb^2 L B0/2) *)
Lemma euler_step_of_flow n : used n ->
  norm (minus (U (S n)) (plus (U n) (scal (h * lb) (f (U n))))) <= lb ^ 2 * L * B0 * h ^ 2 / 2.
Proof.
  intros Hn. unfold used in Hn. rewrite next_time in Hn. assert (P := time_nonneg n).
  assert (E := euler_defect f D L B0 lam T ubar lam_range f_lipschitz f_bounded L_nonneg flow flow_in_D
                 (INR n * h) (INR (S n) * h)).
  unfold U in *. rewrite next_time in *.
  replace (INR n * h + h - INR n * h) with h in E by ring. fold lb in E.
  replace (minus _ _) with (minus (minus (ubar (INR n * h + h)) (ubar (INR n * h)))
    (scal h (scal lb (f (ubar (INR n * h)))))) by linear.
  apply E; lra.
Qed.

Lemma forcing_nonneg : 0 <= T -> 0 <= r.
Proof.
  intros HT. assert (HB := bound_nonneg HT). assert (P := lb_positive). unfold r, forcing. fold lb.
  assert (A := Rabs_pos (a - lam * lb)). assert (0 <= / h) by (left; now apply Rinv_0_lt_compat).
  assert (0 <= lb * L) by (apply Rmult_le_pos; lra).
  repeat apply Rplus_le_le_0_compat; unfold Rdiv;
    repeat (apply Rmult_le_pos || apply Rplus_le_le_0_compat || apply pow_le); lra.
Qed.

(* The step of Euler's method, displaced to y_n, separates two points by at most the factor 1 + h kappa. *)
Variable kappa : R.
Hypothesis kappa_nonneg : 0 <= kappa.
Hypothesis amplification : forall n, used n ->
  norm (minus (plus (p n) (scal (h * lb) (f (y n)))) (plus (U n) (scal (h * lb) (f (U n)))))
    <= (1 + h * kappa) * norm (minus (p n) (U n)) + h * lb * L * norm (minus (y n) (p n)).

Lemma error_step n : used n ->
  norm (minus (p (S n)) (U (S n))) <= (1 + h * kappa) * norm (minus (p n) (U n)) + h * r.
Proof.
  intros Hn. assert (P := lb_positive).
  set (pe := plus (p n) (scal (h * lb) (f (y n)))). set (Ue := plus (U n) (scal (h * lb) (f (U n)))).
  assert (T1 := norm_between pe (p (S n)) (U (S n))). assert (T2 := norm_between Ue pe (U (S n))).
  rewrite (norm_minus_sym Ue) in T2.
  assert (E1 := euler_step_of_p n Hn). assert (E2 := amplification n Hn). assert (E3 := euler_step_of_flow n Hn).
  assert (E4 := lookahead_near_p n Hn). fold pe in E1, E2. fold Ue in E2, E3.
  apply Rmult_le_compat_l with (r := h * lb * L) in E4; [|repeat apply Rmult_le_pos; lra].
  replace (h * r) with (lb ^ 2 * L * B0 * h ^ 2 / 2 + h * lb * L * (h * Rabs (a - lam * lb) * W + ey)
    + (h * lb * ev + eu)); [norms|]. unfold r, forcing, W. fold lb. field. lra.
Qed.

(* |u_n - ubar(nh)| <= |u_n - p_n| + |p_n - ubar(nh)| *)
Theorem state_error n : INR n * h <= T ->
  norm (minus (u n) (ubar (INR n * h))) <= h * (lam * lb) * W + r * grown kappa T.
Proof.
  intros HT. assert (T0 := time_nonneg n).
  eapply Rle_trans; [apply (norm_between (p n))|]. apply Rplus_le_compat; [now apply position_near_p|].
  assert (R0 : 0 <= r) by (apply forcing_nonneg; lra).
  apply Rle_trans with (r * grown kappa (INR n * h)).
  - apply (discrete_gronwall kappa h r (fun n => norm (minus (p n) (U n))) n); try assumption; [lra| | |lia].
    + rewrite start_of_p. apply norm_minus_self.
    + intros k Hk. apply error_step. now apply (used_before n).
  - apply Rmult_le_compat_l; [exact R0|]. now apply grown_monotone.
Qed.
End State.

(* kappa = lb L for every L-Lipschitz f, whether p_n is in D or not *)
Lemma lipschitz_amplification {V : NormedModule R_AbsRing} (f : V -> V) D L c (p y U : V) :
  lipschitz_on D L f -> 0 <= L -> 0 <= c -> D y -> D U ->
  norm (minus (plus p (scal c (f y))) (plus U (scal c (f U))))
    <= (1 + c * L) * norm (minus p U) + c * L * norm (minus y p).
Proof.
  intros Lip HL Hc Hy HU.
  replace (minus _ _) with (plus (minus p U) (scal c (minus (f y) (f U)))) by linear.
  assert (E1 := norm_plus (minus p U) (scal c (minus (f y) (f U)))).
  assert (E2 := norm_scaled_pos c (minus (f y) (f U)) Hc). assert (E3 := Lip y U Hy HU).
  assert (E4 := norm_between p y U).
  apply Rmult_le_compat_l with (r := L) in E4; [|exact HL].
  apply Rmult_le_compat_l with (r := c) in E3; [|exact Hc].
  apply Rmult_le_compat_l with (r := c) in E4; [|exact Hc]. lra.
Qed.
