(* C2 for the heavy ball, f = -grad Phi, h L <= h_0 L: the slow manifold of A3 is a gradient, m = -grad N, so on it the
   method is gradient descent, without error, on the loss lam N + Phi:  u_{n+1} = u_n - h grad(lam N + Phi)(u_n).
   The graph transform takes m_n = -grad N_n to m_{n+1} = -grad N_{n+1},
     N_{n+1}(p) = (lam N_n + Phi)(xi) - h |m_{n+1}(p)|^2/2,   xi = p - h m_{n+1}(p),
   and N_n - N_n(0) tends to N, since m_n tends to m uniformly. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import inner_product c2_potential.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_theorems.
Open Scope R_scope.

Section HeavyBall.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (dot : E -> E -> R) (f m : E -> E) (Phi : E -> R) (lam h L B0 C : R).
Let T := graph_transform f lam 0 h.
Let K := manifold_slope lam 0 h L.
Let M := manifold_bound lam B0.
Let rho := contraction_factor lam 0 (h * L).
Hypothesis inner : inner_product dot.
Hypotheses (Hlam : 0 < lam < 1) (Hh : 0 < h) (HL : 0 <= L) (HC : 0 <= C).
Hypothesis Hthreshold : h * L <= threshold lam 0.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis f_bounded : bounded_by B0 f.
Hypothesis f_gradient : minus_gradient dot C f Phi.
Hypothesis m_in_class : in_class K M m.
Hypothesis m_invariant : invariant_graph f lam 0 h m.

Let transform := a3_graph_transform f lam 0 h L B0 Hlam (conj (Rle_refl 0) Rlt_0_1) Hh HL f_lipschitz f_bounded
  Hthreshold.

Lemma constants_nonneg : 0 <= K /\ 0 <= M /\ 0 <= rho < 1.
Proof.
  assert (Hl : 0 <= h * L) by (apply Rmult_le_pos; lra).
  assert (Hs := solvable_of_below_threshold lam 0 (h * L) Hlam (conj (Rle_refl 0) Rlt_0_1) Hl Hthreshold).
  split; [|split].
  - apply Rdiv_le_0_compat; [|exact Hh]. exact (scaled_slope_nonnegative lam 0 (h * L) Hl Hs).
  - exact (M_nonnegative f lam B0 ltac:(lra) f_bounded).
  - exact (contraction_factor_below_1 lam 0 (h * L) ltac:(lra) (Rle_refl 0) Hl Hs).
Qed.

(* (T m')(p) = lam m'(xi) + f(xi) at xi = p - h (T m')(p) *)
Lemma transform_value (m' : E -> E) (p : E) : lipschitz K m' ->
  let xi := minus p (scal h (T m' p)) in T m' p = plus (scal lam (m' xi)) (f xi).
Proof.
  intros Hm xi. destruct (proj1 transform m' p Hm) as (z & Hz & Hv). fold T in Hz, Hv.
  assert (Same : xi = z).
  { unfold xi. set (w := T m' p) in *. clearbody w. rewrite Hz. linear. }
  rewrite Same, Hv. unfold next_velocity.
  replace (plus z (scal (h * 0) (m' z))) with z by linear. reflexivity.
Qed.

Definition approximation (n : nat) : E -> E := Nat.iter n T (fun _ => origin).

Fixpoint loss_of_approximation (n : nat) : E -> R :=
  match n with
  | O => fun _ => 0
  | S k => fun p => let v := approximation (S k) p in let xi := minus p (scal h v) in
                    lam * loss_of_approximation k xi + Phi xi - h / 2 * norm v ^ 2
  end.

Lemma approximation_in_class n : in_class K M (approximation n).
Proof.
  destruct constants_nonneg as (HK & HM & _). induction n as [|n IH].
  - split; intros u; [intros w|]; unfold approximation; simpl.
    + rewrite norm_minus_self. apply Rmult_le_pos; [exact HK|apply norm_nonnegative].
    + rewrite norm_origin. exact HM.
  - exact (proj1 (proj2 transform) (approximation n) IH).
Qed.

Lemma approximation_gradient n : minus_gradient dot K (approximation n) (loss_of_approximation n).
Proof.
  destruct constants_nonneg as (HK & _ & _). induction n as [|n IH].
  - intros x y. simpl loss_of_approximation. unfold approximation. simpl Nat.iter.
    rewrite (dot_of_zero dot inner) by exact norm_origin. rewrite Rminus_0_r, Rplus_0_r, Rabs_R0.
    apply Rmult_le_pos; [lra|apply pow2_ge_0].
  - exact (potential_after_step dot inner (lam * K + C) h K (fun z => plus (scal lam (approximation n z)) (f z))
      (approximation (S n)) (fun p => minus p (scal h (approximation (S n) p)))
      (fun z => lam * loss_of_approximation n z + Phi z)
      (Rplus_le_le_0_compat _ _ (Rmult_le_pos _ _ (Rlt_le _ _ (proj1 Hlam)) HK) HC) (Rlt_le _ _ Hh) HK
      (potential_sum dot inner K C lam _ _ _ _ (Rlt_le _ _ (proj1 Hlam)) IH f_gradient)
      (fun u w _ _ => proj1 (approximation_in_class (S n)) u w)
      (fun p => ltac:(linear))
      (fun p => transform_value (approximation n) p (proj1 (approximation_in_class n)))).
Qed.

Lemma approximation_contracts (m1 m2 : E -> E) d : in_class K M m1 -> in_class K M m2 ->
  distance_at_most d m1 m2 -> distance_at_most (rho * d) (T m1) (T m2).
Proof. exact (proj1 (proj2 (proj2 transform)) m1 m2 d). Qed.

(* |m_n - m| <= M rho^n *)
Lemma approximation_distance n : distance_at_most (M * rho ^ n) (approximation n) m.
Proof.
  assert (Fixed := proj2 (proj2 (proj2 (proj2 transform)) m m_in_class) m_invariant). fold T in Fixed.
  induction n as [|n IH]; intros u.
  - unfold approximation. simpl. rewrite norm_minus_sym.
    replace (minus (m u) origin) with (m u) by linear. rewrite Rmult_1_r. apply (proj2 m_in_class).
  - rewrite <- (Fixed u). replace (M * rho ^ S n) with (rho * (M * rho ^ n)) by (simpl; ring).
    exact (approximation_contracts _ _ _ (approximation_in_class n) m_in_class IH u).
Qed.

(* |m_(n+1) - m_n| <= M rho^n *)
Lemma approximation_step n : distance_at_most (M * rho ^ n) (approximation (S n)) (approximation n).
Proof.
  induction n as [|n IH]; intros u.
  - rewrite Rmult_1_r. change (approximation 0 u) with (@origin E).
    replace (minus (approximation 1 u) origin) with (approximation 1 u) by linear.
    apply (proj2 (approximation_in_class 1)).
  - replace (M * rho ^ S n) with (rho * (M * rho ^ n)) by (simpl; ring).
    exact (approximation_contracts _ _ _ (approximation_in_class (S n)) (approximation_in_class n) IH u).
Qed.

Let loss_from_origin (u : E) (n : nat) : R_CompleteNormedModule :=
  loss_of_approximation n u - loss_of_approximation n origin.
Definition manifold_loss (u : E) : R := limit (loss_from_origin u).

Lemma loss_distance u n :
  Rabs (manifold_loss u - loss_from_origin u n) <= M * norm (minus u origin) / (1 - rho) * rho ^ n.
Proof.
  destruct constants_nonneg as (HK & HM & Hr).
  apply (geometric_steps_limit (loss_from_origin u) (M * norm (minus u origin)) rho Hr).
  - apply Rmult_le_pos; [exact HM|apply norm_nonnegative].
  - intros k. change (Rabs (loss_from_origin u (S k) - loss_from_origin u k) <= M * norm (minus u origin) * rho ^ k).
    assert (P := potential_difference dot inner K K (M * rho ^ k) _ _ _ _ origin u HK HK
      (approximation_gradient (S k)) (approximation_gradient k) (approximation_step k)).
    change (Hierarchy.norm (Hierarchy.minus u origin)) with (norm (minus u origin)) in P.
    unfold loss_from_origin. set (p := loss_of_approximation (S k)) in *. set (q := loss_of_approximation k) in *.
    replace (p u - p origin - (q u - q origin)) with (p u - q u - (p origin - q origin)) by ring. lra.
Qed.

Lemma manifold_gradient : minus_gradient dot K m manifold_loss.
Proof.
  destruct constants_nonneg as (HK & HM & Hr). intros x y.
  change (Hierarchy.minus y x) with (minus y x). change (Hierarchy.norm (minus y x)) with (norm (minus y x)).
  set (d := minus y x).
  set (c := fun z : E => M * norm (minus z origin) / (1 - rho)).
  apply (geometric_term_vanishes (c y + c x + M * norm d) _ rho _ Hr). intros n.
  assert (E1 := approximation_gradient n x y).
  change (Hierarchy.norm (Hierarchy.minus y x)) with (norm d) in E1. change (Hierarchy.minus y x) with d in E1.
  assert (E2 := loss_distance y n). assert (E3 := loss_distance x n). unfold loss_from_origin in E2, E3.
  assert (E4 : Rabs (dot (m x) d - dot (approximation n x) d) <= M * rho ^ n * norm d).
  { rewrite <- (dot_minus dot inner). eapply Rle_trans; [apply (cauchy_schwarz dot inner)|].
    apply Rmult_le_compat_r; [apply norm_nonnegative|].
    apply Rle_trans with (norm (minus (approximation n x) (m x))); [|apply approximation_distance].
    right. exact (norm_minus_sym (m x) (approximation n x)). }
  fold (c y) in E2. fold (c x) in E3. set (r := rho ^ n) in *.
  set (p := loss_of_approximation n) in *. set (s1 := dot (m x) d) in *. set (s2 := dot (approximation n x) d) in *.
  apply Rabs_le_between in E1. apply Rabs_le_between in E2. apply Rabs_le_between in E3.
  apply Rabs_le_between in E4. apply Rabs_le. lra.
Qed.

(* m = -grad N, and on the manifold the method is gradient descent with step h on lam N + Phi *)
Theorem c2_heavy_ball :
  exists N : E -> R,
    minus_gradient dot K m N /\
    minus_gradient dot (lam * K + C) (fun u => plus (scal lam (m u)) (f u)) (fun u => lam * N u + Phi u) /\
    forall u v : nat -> E, orbit f lam 0 h u v -> v 0%nat = m (u 0%nat) ->
      forall n, v n = m (u n) /\ u (S n) = plus (u n) (scal h (plus (scal lam (m (u n))) (f (u n)))).
Proof.
  exists manifold_loss. split; [exact manifold_gradient|split].
  - exact (potential_sum dot inner K C lam _ _ _ _ (Rlt_le _ _ (proj1 Hlam)) manifold_gradient f_gradient).
  - intros u v Orbit Start.
    assert (On : forall n, v n = m (u n)).
    { induction n as [|n IH]; [exact Start|]. destruct (Orbit n) as [-> ->]. now apply m_invariant. }
    intros n. split; [apply On|]. destruct (Orbit n) as [_ ->]. unfold next_position, next_velocity. rewrite <- (On n).
    replace (plus (u n) (scal (h * 0) (v n))) with (u n) by linear. reflexivity.
Qed.
End HeavyBall.
