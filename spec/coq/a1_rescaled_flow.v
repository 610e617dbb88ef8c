(* A1: momentum follows the rescaled gradient flow ubar' = lb f(ubar), ubar(0) = u_0, lb = 1/(1 - lam), to O(h):

     |u_n - ubar(nh)| <= C(T) h  for nh <= T,   C(T) = lb B0 [lam lb + (1/2 + |a - lam lb|)(e^{lb L T} - 1)].

   f is L-Lipschitz and bounded by B0 on a set D that holds ubar([0, T]) and the points y_n at which f is taken. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall mean_value rescaled_flow momentum_state momentum_method.
Open Scope R_scope.

Definition A1_constant (lam a L B0 T : R) : R :=
  let lb := / (1 - lam) in
  lb * B0 * (lam * lb + (1 / 2 + Rabs (a - lam * lb)) * (exp (lb * L * T) - 1)).

(* without defects, h lam lb^2 B0 + r grown(lb L, T) = C(T) h, because lb L grown(lb L, T) = e^{lb L T} - 1 *)
Lemma A1_constant_from_state lam a L B0 h T :
  let lb := / (1 - lam) in
  h * (lam * lb) * (lb * (B0 + 0)) + forcing lam a L B0 h 0 0 0 * grown (lb * L) T = A1_constant lam a L B0 T * h.
Proof.
  intros lb. assert (G := grown_scaled (lb * L) T).
  unfold A1_constant, forcing. fold lb. rewrite <- G. unfold Rdiv. ring.
Qed.

Section A1.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam a h T : R) (u : nat -> V) (ubar : R -> V).

Theorem a1_theorem :
  0 <= lam < 1 -> 0 < h -> 0 <= L ->
  lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> (forall n, INR (S n) * h <= T -> D (lookahead a u n)) ->
  forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= A1_constant lam a L B0 T * h.
Proof.
  intros Hlam Hh HL Lip Bound Flow InD Method Start Points n Hn.
  assert (P := lambda_bar_pos lam Hlam). rewrite <- A1_constant_from_state.
  apply (state_error f D L B0 lam a h T ubar u (velocity h u) (lookahead a u)); try assumption.
  - lra.
  - apply velocity_0.
  - intros k _. rewrite lookahead_of_velocity; lra.
  - intros k _. eapply Rle_trans; [now apply velocity_of_step|].
    rewrite (Method k), norm_minus_self. unfold Rdiv. lra.
  - intros k _. rewrite position_of_velocity; lra.
  - apply Rmult_le_pos; lra.
  - intros k Hk. rewrite <- (Rmult_assoc h (/ (1 - lam)) L). apply (lipschitz_amplification f D); try assumption.
    + apply Rmult_le_pos; lra.
    + now apply Points.
    + apply InD. rewrite S_INR in Hk. generalize (pos_INR k). nra.
Qed.
End A1.
