(* A1 with the curvature's bounds -nu <= H <= L of the loss, f = -grad Phi, for h lb L <= 2, lb = 1/(1 - lam):

     |u_n - ubar(nh)| <= C(T) h  for nh <= T,   C(T) = lb B0 [lam lb + (1/2 + |a - lam lb|) L (e^{lb nu T} - 1)/nu],

   and lb L T in place of L (e^{lb nu T} - 1)/nu when nu = 0, a convex loss. Beside ubar([0, T]) and the points y_n the
   set D holds p_n = u_n + lam lb (u_n - u_{n-1}), from which Euler's step is compared with the flow's. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall mean_value rescaled_flow momentum_state momentum_method.
From HeavyProof Require Import inner_product curvature a1_rescaled_flow.
Open Scope R_scope.

Definition A1_symmetric_constant (lam a L nu B0 T : R) : R :=
  let lb := / (1 - lam) in
  lb * B0 * (lam * lb + (1 / 2 + Rabs (a - lam * lb)) * L * (exp (lb * nu * T) - 1) / nu).

Definition A1_convex_constant (lam a L B0 T : R) : R :=
  let lb := / (1 - lam) in
  lb * B0 * (lam * lb + (1 / 2 + Rabs (a - lam * lb)) * lb * L * T).

(* both: grown(kappa, t) = (e^{kappa t} - 1)/kappa, t for kappa = 0 *)
Definition A1_curvature_constant (lam a L nu B0 T : R) : R :=
  let lb := / (1 - lam) in
  lb * B0 * (lam * lb + (1 / 2 + Rabs (a - lam * lb)) * (lb * L * grown (lb * nu) T)).

Lemma curvature_constant_positive lam a L nu B0 T : 0 <= lam < 1 -> 0 < nu ->
  A1_curvature_constant lam a L nu B0 T = A1_symmetric_constant lam a L nu B0 T.
Proof.
  intros Hlam Hnu. unfold A1_curvature_constant, A1_symmetric_constant, grown.
  assert (P := lambda_bar_pos lam Hlam). set (lb := / (1 - lam)) in *.
  destruct (Req_EM_T (lb * nu) 0) as [E|_]; [|field; lra]. assert (0 < lb * nu) by now apply Rmult_lt_0_compat. lra.
Qed.

Lemma curvature_constant_0 lam a L B0 T : A1_curvature_constant lam a L 0 B0 T = A1_convex_constant lam a L B0 T.
Proof.
  unfold A1_curvature_constant, A1_convex_constant, grown. rewrite Rmult_0_r.
  destruct (Req_EM_T 0 0) as [_|ne]; [ring|now contradict ne].
Qed.

Lemma curvature_constant_from_state lam a L nu B0 h T :
  let lb := / (1 - lam) in
  h * (lam * lb) * (lb * (B0 + 0)) + forcing lam a L B0 h 0 0 0 * grown (lb * nu) T
  = A1_curvature_constant lam a L nu B0 T * h.
Proof. intros lb. unfold A1_curvature_constant, forcing. fold lb. unfold Rdiv. ring. Qed.

(* h <= 2/(lb L), as 0 <= s and s (L - nu) <= 2 for s = h lb *)
Lemma short_step lam h L nu : 0 <= lam < 1 -> 0 < h -> 0 <= nu -> h * / (1 - lam) * L <= 2 ->
  0 <= h * / (1 - lam) /\ h * / (1 - lam) * (L - nu) <= 2.
Proof.
  intros Hlam Hh Hn Hs. assert (P := lambda_bar_pos lam Hlam).
  assert (0 <= h * / (1 - lam)) by (apply Rmult_le_pos; lra). split; [assumption|]. nra.
Qed.

(* kappa = lb nu, c = h lb *)
Lemma expanding_amplification {V : NormedModule R_AbsRing} (f : V -> V) D L nu c (p y U : V) :
  expands_on D c nu f -> lipschitz_on D L f -> 0 <= c -> D p -> D y -> D U ->
  norm (minus (plus p (scal c (f y))) (plus U (scal c (f U))))
    <= (1 + c * nu) * norm (minus p U) + c * L * norm (minus y p).
Proof.
  intros Expands Lip Hc Hp Hy HU.
  replace (minus _ _) with
    (plus (minus (plus p (scal c (f p))) (plus U (scal c (f U)))) (scal c (minus (f y) (f p)))) by linear.
  eapply Rle_trans; [apply norm_plus|]. apply Rplus_le_compat; [now apply Expands|].
  eapply Rle_trans; [now apply norm_scaled_pos|]. rewrite Rmult_assoc.
  apply Rmult_le_compat_l; [exact Hc|]. now apply Lip.
Qed.

(* y_n and p_n, of the steps that end within the horizon *)
Definition points_in {V : NormedModule R_AbsRing} (D : V -> Prop) (lam a h T : R) (u : nat -> V) : Prop :=
  forall n, INR (S n) * h <= T -> D (lookahead a u n) /\ D (lookahead (lam * / (1 - lam)) u n).

Section A1.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam a h T : R) (u : nat -> V) (ubar : R -> V).

Theorem a1_expansion_theorem (nu : R) :
  0 <= lam < 1 -> 0 < h -> 0 <= L -> 0 <= nu ->
  expands_on D (h * / (1 - lam)) nu f -> lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= A1_curvature_constant lam a L nu B0 T * h.
Proof.
  intros Hlam Hh HL Hnu Expands Lip Bound Flow InD Method Start Points n Hn.
  assert (P := lambda_bar_pos lam Hlam). rewrite <- curvature_constant_from_state.
  apply (state_error f D L B0 lam a h T ubar u (velocity h u) (lookahead a u)); try assumption.
  - intros k Hk. now apply Points.
  - lra.
  - apply velocity_0.
  - intros k _. rewrite lookahead_of_velocity; lra.
  - intros k _. eapply Rle_trans; [now apply velocity_of_step|].
    rewrite (Method k), norm_minus_self. unfold Rdiv. lra.
  - intros k _. rewrite position_of_velocity; lra.
  - apply Rmult_le_pos; lra.
  - intros k Hk. destruct (Points k Hk) as [Dy Dp]. rewrite <- (Rmult_assoc h (/ (1 - lam)) nu).
    replace (plus (u k) (scal (h * (lam * / (1 - lam))) (velocity h u k))) with (lookahead (lam * / (1 - lam)) u k).
    + apply (expanding_amplification f D); try assumption; [apply Rmult_le_pos; lra|].
      apply InD. rewrite S_INR in Hk. generalize (pos_INR k). nra.
    + unfold lookahead, velocity. linear.
Qed.

Variable dot : V -> V -> R.
Hypothesis inner : inner_product dot.

Theorem a1_curvature_theorem (nu : R) :
  0 <= lam < 1 -> 0 < h -> 0 <= nu <= L -> h * / (1 - lam) * L <= 2 ->
  curvature_between dot D nu L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= A1_curvature_constant lam a L nu B0 T * h.
Proof.
  intros Hlam Hh [Hnu HL] Hs Curvature. intros. assert (L0 : 0 <= L) by lra.
  destruct (short_step lam h L nu Hlam Hh Hnu Hs) as [S0 S1].
  apply a1_expansion_theorem; try assumption.
  - now apply (euler_step_expands dot D f nu L inner Hnu Curvature).
  - now apply (curvature_lipschitz dot D f nu L inner Hnu Curvature).
Qed.

Theorem a1_symmetric_theorem (nu : R) (df : V -> V -> V) :
  0 <= lam < 1 -> 0 < h -> 0 < nu <= L -> h * / (1 - lam) * L <= 2 ->
  convex D -> symmetric_derivative dot D nu L f df -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= A1_symmetric_constant lam a L nu B0 T * h.
Proof.
  intros Hlam Hh Hnu Hs Convex Derivative. intros. rewrite <- curvature_constant_positive by (assumption || apply Hnu).
  apply a1_curvature_theorem; try assumption; [lra|].
  now apply (curvature_of_derivative dot D f nu L inner ltac:(lra) df); try lra.
Qed.

Theorem a1_convex_theorem (df : V -> V -> V) :
  0 <= lam < 1 -> 0 < h -> 0 <= L -> h * / (1 - lam) * L <= 2 ->
  convex D -> symmetric_derivative dot D 0 L f df -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= A1_convex_constant lam a L B0 T * h.
Proof.
  intros Hlam Hh HL Hs Convex Derivative. intros. rewrite <- curvature_constant_0.
  apply a1_curvature_theorem; try assumption; [lra|].
  now apply (curvature_of_derivative dot D f 0 L inner ltac:(lra) df); try lra.
Qed.
End A1.
