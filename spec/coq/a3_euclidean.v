(* R^{d+1} with the Euclidean norm sqrt (x_0^2 + ... + x_d^2) is a complete normed space, and A3 in it. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_theorems.
Open Scope R_scope.

Section Product.
Context {U V : CompleteNormedModule R_AbsRing}.

Definition product_lim (F : (U * V -> Prop) -> Prop) : U * V :=
  (lim (filtermap fst F), lim (filtermap snd F)).

Lemma product_lim_close F :
  ProperFilter F -> cauchy F -> forall eps : posreal, F (ball (product_lim F) eps).
Proof.
  intros FF HF eps.
  assert (H1 : filtermap fst F (ball (lim (filtermap fst F)) eps)).
  { apply complete_cauchy; [now apply filtermap_proper_filter|]. intros d. destruct (HF d) as [[a b] Hab].
    exists a. unfold filtermap. eapply filter_imp; [|exact Hab]. intros y [Hy _]. exact Hy. }
  assert (H2 : filtermap snd F (ball (lim (filtermap snd F)) eps)).
  { apply complete_cauchy; [now apply filtermap_proper_filter|]. intros d. destruct (HF d) as [[a b] Hab].
    exists b. unfold filtermap. eapply filter_imp; [|exact Hab]. intros y [_ Hy]. exact Hy. }
  unfold filtermap in *. eapply filter_imp; [|apply filter_and; [exact H1|exact H2]].
  intros y [Ha Hb]. now split.
Qed.

Lemma product_lim_unique F1 F2 : filter_le F1 F2 -> filter_le F2 F1 -> close (product_lim F1) (product_lim F2).
Proof.
  intros H12 H21 eps. split.
  - refine (@close_lim U (filtermap fst F1) (filtermap fst F2) _ _ eps); intros P HP; [apply H12|apply H21]; exact HP.
  - refine (@close_lim V (filtermap snd F1) (filtermap snd F2) _ _ eps); intros P HP; [apply H12|apply H21]; exact HP.
Qed.

Definition product : CompleteNormedModule R_AbsRing :=
  CompleteNormedModule.Pack R_AbsRing (U * V)
    (CompleteNormedModule.Class R_AbsRing _ (NormedModule.class _ (prod_NormedModule R_AbsRing U V))
      (CompleteSpace.Mixin (prod_UniformSpace U V) product_lim product_lim_close product_lim_unique)) (U * V).
End Product.
Arguments product : clear implicits.

(* euclidean d = R^{d+1} *)
Fixpoint euclidean (d : nat) : CompleteNormedModule R_AbsRing :=
  match d with O => R_CompleteNormedModule | S d' => product R_CompleteNormedModule (euclidean d') end.

Fixpoint sum_of_squares (d : nat) : euclidean d -> R :=
  match d return euclidean d -> R with
  | O => fun x => (x : R) ^ 2
  | S d' => fun x => (fst x : R) ^ 2 + sum_of_squares d' (snd x)
  end.

Lemma sum_of_squares_nonnegative d (x : euclidean d) : 0 <= sum_of_squares d x.
Proof.
  induction d as [|d IH]; [apply pow2_ge_0|]. apply Rplus_le_le_0_compat; [apply pow2_ge_0|apply IH].
Qed.

Theorem euclidean_norm d (x : euclidean d) : norm x = sqrt (sum_of_squares d x).
Proof.
  induction d as [|d IH].
  - change (Rabs x = sqrt ((x : R) ^ 2)). symmetry. rewrite <- Rsqr_pow2. apply sqrt_Rsqr_abs.
  - change (sqrt (Rabs (fst x) ^ 2 + norm (snd x) ^ 2) = sqrt ((fst x : R) ^ 2 + sum_of_squares d (snd x))).
    rewrite IH, pow2_abs, pow2_sqrt by apply sum_of_squares_nonnegative. reflexivity.
Qed.

Theorem a3_euclidean (d : nat) (f : euclidean d -> euclidean d) (lam a h L B0 : R) :
  0 < lam < 1 -> 0 <= a < 1 -> 0 < h -> 0 <= L -> lipschitz L f -> bounded_by B0 f -> h * L <= threshold lam a ->
  exists m : euclidean d -> euclidean d,
    in_class (manifold_slope lam a h L) (manifold_bound lam B0) m /\ invariant_graph f lam a h m /\
    (forall u, norm (minus (m u) (scal (/ (1 - lam)) (f u))) <= h * ((/ (1 - lam)) ^ 2 * (/ (1 - lam) + a) * L * B0)) /\
    forall u v, orbit f lam a h u v -> forall n,
      norm (minus (v n) (m (u n))) <= contraction_factor lam a (h * L) ^ n * norm (minus (v 0%nat) (m (u 0%nat))).
Proof.
  intros Hlam Ha Hh HL Hf Hb Ht.
  destruct (a3_invariant_manifold f lam a h L B0 Hlam Ha Hh HL Hf Hb Ht) as [m [Hc [Hi _]]].
  exists m. split; [exact Hc|split; [exact Hi|split]].
  - exact (a3_first_order f m lam a h L Hlam Ha Hh HL Ht Hf (proj1 Hc) Hi B0 Hb (proj2 Hc)).
  - intros u v Ho n.
    exact (proj2 (proj2 (proj2 (a3_attraction f m lam a h L Hlam Ha Hh HL Ht Hf (proj1 Hc) Hi u v Ho) n))).
Qed.
