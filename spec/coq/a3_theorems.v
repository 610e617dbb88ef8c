(* A3, the theorems on the invariant manifold with the constants of a3_constants:
     K = x/h,  rho = (lam + a l)(1 + x),  l = h L <= h_0 L = ((1 - sqrt (lam + a (1 - lam))) / (1 - a))^2. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_attraction.
Open Scope R_scope.

(* T maps {Lip(m) <= K, |m| <= B0/(1 - lam)} into itself, contracts sup |m1 - m2| by rho, and its fixed points
   in the class are the invariant graphs of the class *)
Theorem a3_graph_transform {E : CompleteNormedModule R_AbsRing} (f : E -> E) (lam a h L B0 : R) :
  0 < lam < 1 -> 0 <= a < 1 -> 0 < h -> 0 <= L -> lipschitz L f -> bounded_by B0 f -> h * L <= threshold lam a ->
  let T := graph_transform f lam a h in
  let K := manifold_slope lam a h L in
  let M := manifold_bound lam B0 in
  (forall m p, lipschitz K m ->
     exists xi, p = plus xi (scal h (T m p)) /\ T m p = next_velocity f lam a h xi (m xi)) /\
  (forall m, in_class K M m -> in_class K M (T m)) /\
  (forall m1 m2 d, in_class K M m1 -> in_class K M m2 -> distance_at_most d m1 m2 ->
     distance_at_most (contraction_factor lam a (h * L) * d) (T m1) (T m2)) /\
  (forall m, in_class K M m -> ((forall p, T m p = m p) <-> invariant_graph f lam a h m)).
Proof.
  intros Hlam Ha Hh HL Hf Hb Ht T K M. assert (Hlam0 : 0 <= lam < 1) by lra.
  assert (Hl : 0 <= h * L) by (apply Rmult_le_pos; lra).
  assert (Hs := solvable_of_below_threshold lam a (h * L) Hlam Ha Hl Ht).
  assert (Hx := scaled_slope_nonnegative lam a (h * L) Hl Hs).
  assert (Hq := quadratic_inequality lam a (h * L) Hs). destruct Ha as [Ha _]. split; [|split; [|split]].
  - intros m p Hm. exists (preimage f lam a h m p). split; [symmetry|reflexivity].
    exact (preimage_solves f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hf m p Hm).
  - intros m [HK HM]. split; [exact (graph_transform_lipschitz f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hf m HK)|].
    exact (graph_transform_bounded f lam a h B0 Hlam0 Hb m HM).
  - intros m1 m2 d [H1 _] [H2 _].
    exact (graph_transform_contraction f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hf m1 m2 d H1 H2).
  - intros m [HK _]. split; intros H.
    + exact (fixed_graph_is_invariant f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hf m HK H).
    + exact (invariant_graph_is_fixed f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hf m HK H).
Qed.

Section Theorems.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f m : E -> E) (lam a h L : R).
Let l := h * L.
Let x := scaled_slope lam a l.
Let rho := contraction_factor lam a l.
Hypotheses (Hlam : 0 < lam < 1) (Ha : 0 <= a < 1) (Hh : 0 < h) (HL : 0 <= L).
Hypothesis Hthreshold : h * L <= threshold lam a.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis m_lipschitz : lipschitz (manifold_slope lam a h L) m.
Hypothesis m_invariant : invariant_graph f lam a h m.

Let Hlam0 : 0 <= lam < 1 := conj (Rlt_le _ _ (proj1 Hlam)) (proj2 Hlam).
Let Hl : 0 <= l := Rmult_le_pos _ _ (Rlt_le _ _ Hh) HL.
Let Hsolvable : solvable lam a l := solvable_of_below_threshold lam a l Hlam Ha Hl Hthreshold.
Let Hx : 0 <= x := scaled_slope_nonnegative lam a l Hl Hsolvable.
Let Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x := quadratic_inequality lam a l Hsolvable.
Let Hrho : 0 <= rho < 1 := contraction_factor_below_1 lam a l (proj1 Hlam0) (proj1 Ha) Hl Hsolvable.

(* gamma = lbar^2 (lbar + a) L B0,  lbar = 1/(1 - lam) *)
Theorem a3_first_order (B0 : R) :
  bounded_by B0 f -> bounded_by (manifold_bound lam B0) m ->
  forall u, norm (minus (m u) (scal (/ (1 - lam)) (f u))) <= h * ((/ (1 - lam)) ^ 2 * (/ (1 - lam) + a) * L * B0).
Proof.
  intros Hb Hm u.
  assert (H := first_order_bound f m lam a h L x Hlam0 (proj1 Ha) Hh HL Hx Hquadratic f_lipschitz
                 m_lipschitz m_invariant u _ _ Hm Hb).
  unfold manifold_bound in H. eapply Rle_trans; [exact H|]. right. ring.
Qed.

(* theta < 1:  lam x + l ((1 - a) + a x) <= x / (1 + x) < 1 - lam *)
Lemma theta_below_1 : / (1 - lam) * (lam * x + l * (Rabs (1 - a) + a * x)) < 1.
Proof.
  rewrite Rabs_pos_eq by lra. assert (Hr := proj2 Hrho). unfold rho, contraction_factor in Hr. fold x in Hr.
  assert (Hq := Hquadratic). fold l in Hq. assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  assert (H1 : lam * (1 + x) < 1) by nra.
  assert (H2 : lam * x + l * (1 + a * x) < 1 - lam).
  { apply (Rmult_lt_reg_r (1 + x)); [lra|]. lra. }
  apply (Rmult_lt_reg_l (1 - lam)); [lra|]. rewrite <- Rmult_assoc, Rinv_r by lra. lra.
Qed.

Theorem a3_distance :
  let theta := / (1 - lam) * (lam * x + l * (Rabs (1 - a) + a * x)) in
  theta < 1 /\
  forall u, norm (minus (m u) (scal (/ (1 - lam)) (f u))) <= / (1 - lam) * (theta / (1 - theta)) * norm (f u).
Proof.
  intros theta. split; [exact theta_below_1|]. intros u.
  exact (distance_bound f m lam a h L x Hlam0 (proj1 Ha) Hh HL Hx Hquadratic f_lipschitz
           m_lipschitz m_invariant u theta_below_1).
Qed.

(* l <= 1, so a l <= lam for the heavy ball (a = 0) and for Nesterov's method (a = lam) *)
Lemma lower_bound_condition : a <= lam -> a * (h * L) <= lam.
Proof.
  intros Hal. assert (HB := proj1 Hsolvable). unfold linear_coefficient in HB. fold l.
  assert (0 <= l * a) by (apply Rmult_le_pos; lra). nra.
Qed.

Theorem a3_attraction (u v : nat -> E) :
  orbit f lam a h u v ->
  let w n := norm (minus (v n) (m (u n))) in
  0 <= rho < 1 /\
  forall n,
    (a * (h * L) <= lam -> (lam - a * (h * L)) * (1 - x) * w n <= w (S n)) /\
    w (S n) <= rho * w n /\
    w n <= rho ^ n * w 0%nat.
Proof.
  intros Ho w. split; [exact Hrho|].
  assert (Hup : forall n, w (S n) <= rho * w n).
  { intros n. unfold w. destruct (Ho n) as [-> ->].
    exact (step_upper_bound f m lam a h L x Hlam0 (proj1 Ha) Hh Hx f_lipschitz m_lipschitz
             m_invariant (u n) (v n)). }
  intros n. split; [|split; [apply Hup|]].
  - intros Hal. unfold w. destruct (Ho n) as [-> ->].
    exact (step_lower_bound f m lam a h L x Hlam0 (proj1 Ha) Hh f_lipschitz m_lipschitz
             m_invariant (u n) (v n) Hal).
  - induction n as [|n IH]; [simpl; lra|]. eapply Rle_trans; [apply Hup|].
    simpl (rho ^ S n). rewrite Rmult_assoc. apply Rmult_le_compat_l; [exact (proj1 Hrho)|exact IH].
Qed.
End Theorems.
