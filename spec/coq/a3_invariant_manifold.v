(* A3, existence and uniqueness. For h L at most the threshold there is exactly one bounded m with
   Lip(m) <= K = x/h whose graph v = m(u) is mapped into itself, and |m| <= B0/(1 - lam).
   It is the limit of T^n 0, T the graph transform. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform.
Open Scope R_scope.

Definition in_class {E : CompleteNormedModule R_AbsRing} (K M : R) (m : E -> E) : Prop :=
  lipschitz K m /\ bounded_by M m.

Section Manifold.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (lam a h L B0 x : R).
Let K := x / h.
Let M := / (1 - lam) * B0.
Let rho := (lam + a * (h * L)) * (1 + x).
Let T := graph_transform f lam a h.
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (Hx : 0 <= x).
Hypothesis Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x.
Hypothesis Hrho : rho < 1.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis f_bounded : bounded_by B0 f.

Let T_contraction := graph_transform_contraction f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz.

Lemma rho_bounds : 0 <= rho < 1.
Proof. split; [now apply (rho_nonnegative lam a h L x)|exact Hrho]. Qed.

Lemma bound_nonnegative : 0 <= M.
Proof. exact (M_nonnegative f lam B0 Hlam f_bounded). Qed.

Definition picard (n : nat) : E -> E := Nat.iter n T (fun _ => origin).

Lemma norm_origin : norm (@origin E) = 0.
Proof. exact (@norm_zero R_AbsRing E). Qed.

Lemma picard_in_class n : in_class K M (picard n).
Proof.
  induction n as [|n [IHK IHM]].
  - split; intros u; [intros w|]; unfold picard; simpl.
    + rewrite norm_minus_self. apply Rmult_le_pos; [apply Rdiv_le_0_compat; lra|apply norm_nonnegative].
    + rewrite norm_origin. exact bound_nonnegative.
  - split; [now apply (graph_transform_lipschitz f lam a h L x)|now apply (graph_transform_bounded f lam a h B0)].
Qed.

(* sup |m_1 - m_0| <= M,  sup |m_{n+1} - m_n| <= rho sup |m_n - m_{n-1}| *)
Lemma picard_steps n : distance_at_most (M * rho ^ n) (picard (S n)) (picard n).
Proof.
  induction n as [|n IH].
  - intros u. change (picard 0 u) with (@origin E). rewrite Rmult_1_r.
    eapply Rle_trans; [apply norm_minus_le|]. rewrite norm_origin, Rplus_0_r.
    exact (proj2 (picard_in_class 1) u).
  - replace (M * rho ^ S n) with (rho * (M * rho ^ n)) by (simpl; ring).
    exact (T_contraction _ _ _ (proj1 (picard_in_class (S n))) (proj1 (picard_in_class n)) IH).
Qed.

Definition manifold (u : E) : E := limit (fun n => picard n u).

Lemma manifold_distance n : distance_at_most (M / (1 - rho) * rho ^ n) manifold (picard n).
Proof.
  intros u. apply (geometric_steps_limit (fun n => picard n u) M rho).
  - exact rho_bounds.
  - exact bound_nonnegative.
  - intros k. apply picard_steps.
Qed.

(* |m(u) - m(w)| <= |m(u) - m_n(u)| + K |u - w| + |m_n(w) - m(w)| *)
Lemma manifold_lipschitz : lipschitz K manifold.
Proof.
  intros u w. apply (geometric_term_vanishes (2 * (M / (1 - rho))) _ rho); [exact rho_bounds|]. intros n.
  assert (H1 := norm_minus_triangle (manifold u) (picard n u) (manifold w)).
  assert (H2 := norm_minus_triangle (picard n u) (picard n w) (manifold w)).
  assert (H3 := manifold_distance n u). assert (H4 := manifold_distance n w).
  rewrite norm_minus_sym in H4. assert (H5 := proj1 (picard_in_class n) u w). lra.
Qed.

Lemma manifold_bounded : bounded_by M manifold.
Proof.
  intros u. apply (geometric_term_vanishes (M / (1 - rho)) _ rho); [exact rho_bounds|]. intros n.
  assert (H1 := norm_minus_ge (manifold u) (picard n u)).
  assert (H2 := manifold_distance n u). assert (H3 := proj2 (picard_in_class n) u). lra.
Qed.

(* |T m - m| <= |T m - T m_n| + |m_{n+1} - m| *)
Lemma manifold_fixed (u : E) : T manifold u = manifold u.
Proof.
  apply norm_minus_le_0, (geometric_term_vanishes (2 * (rho * (M / (1 - rho)))) 0 rho); [exact rho_bounds|].
  intros n. assert (H1 := norm_minus_triangle (T manifold u) (picard (S n) u) (manifold u)).
  assert (H2 := manifold_distance (S n) u). rewrite norm_minus_sym in H2. simpl (rho ^ S n) in H2.
  assert (H3 := T_contraction _ _ _ manifold_lipschitz (proj1 (picard_in_class n)) (manifold_distance n) u).
  change (graph_transform f lam a h (picard n) u) with (picard (S n) u) in H3. fold T rho in H3. lra.
Qed.

Lemma manifold_invariant : invariant_graph f lam a h manifold.
Proof.
  apply (fixed_graph_is_invariant f lam a h L x); auto; [exact manifold_lipschitz|exact manifold_fixed].
Qed.

(* sup |m1 - m2| <= rho^n (M1 + M2) for all n *)
Lemma invariant_graphs_coincide (m1 m2 : E -> E) (M1 M2 : R) :
  in_class K M1 m1 -> in_class K M2 m2 ->
  invariant_graph f lam a h m1 -> invariant_graph f lam a h m2 -> forall u, m1 u = m2 u.
Proof.
  intros [Hl1 Hb1] [Hl2 Hb2] Hi1 Hi2.
  assert (Hd : forall n, distance_at_most ((M1 + M2) * rho ^ n) m1 m2).
  { induction n as [|n IH]; intros u.
    - rewrite Rmult_1_r. eapply Rle_trans; [apply norm_minus_le|]. now apply Rplus_le_compat.
    - rewrite <- (invariant_graph_is_fixed f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m1 Hl1 Hi1 u).
      rewrite <- (invariant_graph_is_fixed f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m2 Hl2 Hi2 u).
      replace ((M1 + M2) * rho ^ S n) with (rho * ((M1 + M2) * rho ^ n)) by (simpl; ring).
      exact (T_contraction _ _ _ Hl1 Hl2 IH u). }
  intros u. apply norm_minus_le_0, (geometric_term_vanishes (M1 + M2) 0 rho); [exact rho_bounds|].
  intros n. rewrite Rplus_0_r. apply Hd.
Qed.
End Manifold.

(* K = x/h and M = B0/(1 - lam) *)
Definition manifold_slope (lam a h L : R) : R := scaled_slope lam a (h * L) / h.
Definition manifold_bound (lam B0 : R) : R := / (1 - lam) * B0.

(* every a >= 0, lam = 0 allowed: B > 0 and B^2 >= 4 l (lam + a l) *)
Theorem a3_invariant_manifold_discriminant {E : CompleteNormedModule R_AbsRing} (f : E -> E) (lam a h L B0 : R) :
  0 <= lam < 1 -> 0 <= a -> 0 < h -> 0 <= L -> lipschitz L f -> bounded_by B0 f ->
  solvable lam a (h * L) ->
  exists m : E -> E,
    in_class (manifold_slope lam a h L) (manifold_bound lam B0) m /\ invariant_graph f lam a h m /\
    forall (m' : E -> E) (M' : R),
      in_class (manifold_slope lam a h L) M' m' -> invariant_graph f lam a h m' -> forall u, m' u = m u.
Proof.
  intros Hlam Ha Hh HL Hf Hb Hs.
  assert (Hl : 0 <= h * L) by (apply Rmult_le_pos; lra).
  assert (Hx := scaled_slope_nonnegative lam a (h * L) Hl Hs).
  assert (Hq := quadratic_inequality lam a (h * L) Hs).
  assert (Hr := proj2 (contraction_factor_below_1 lam a (h * L) (proj1 Hlam) Ha Hl Hs)).
  assert (Hc : in_class (manifold_slope lam a h L) (manifold_bound lam B0) (manifold f lam a h)).
  { split; [eapply (manifold_lipschitz f lam a h L B0)|eapply (manifold_bounded f lam a h L B0)]; eauto. }
  assert (Hi := manifold_invariant f lam a h L B0 _ Hlam Ha Hh HL Hx Hq Hr Hf Hb).
  exists (manifold f lam a h). split; [exact Hc|split; [exact Hi|]]. intros m' M' Hm' Hi'.
  exact (invariant_graphs_coincide f lam a h L _ Hlam Ha Hh HL Hx Hq Hr Hf m' _ M' _ Hm' Hc Hi' Hi).
Qed.

Theorem a3_invariant_manifold {E : CompleteNormedModule R_AbsRing} (f : E -> E) (lam a h L B0 : R) :
  0 < lam < 1 -> 0 <= a < 1 -> 0 < h -> 0 <= L -> lipschitz L f -> bounded_by B0 f ->
  h * L <= threshold lam a ->
  exists m : E -> E,
    in_class (manifold_slope lam a h L) (manifold_bound lam B0) m /\ invariant_graph f lam a h m /\
    forall (m' : E -> E) (M' : R),
      in_class (manifold_slope lam a h L) M' m' -> invariant_graph f lam a h m' -> forall u, m' u = m u.
Proof.
  intros Hlam Ha Hh HL Hf Hb Hs. apply a3_invariant_manifold_discriminant; auto; try lra.
  apply solvable_of_below_threshold; auto. apply Rmult_le_pos; lra.
Qed.
