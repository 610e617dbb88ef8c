(* A3 for f that is Lipschitz but not bounded, h L below the threshold: exactly one m with Lip(m) <= K has an
   invariant graph. The distance is sup |m1 - m2| / (S + |u|); T contracts it by r = (1 + rho (1 + x))/2 < 1. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold.
Open Scope R_scope.

Section Unbounded.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f : E -> E) (lam a h L x : R).
Let K := x / h.
Let rho := (lam + a * (h * L)) * (1 + x).
Let T := graph_transform f lam a h.
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (Hx : 0 <= x).
Hypothesis Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x.
Hypothesis Hrho : rho * (1 + x) < 1.
Hypothesis f_lipschitz : lipschitz L f.

Let r := (1 + rho * (1 + x)) / 2.
Let R0 := (1 + x) * norm (f origin) / (1 - rho).
Let S0 := rho * (h * R0) / (r - rho) + 1.
Let C := R0 + K.

Lemma factors : 0 <= rho /\ rho < r /\ rho * (1 + x) < r /\ r < 1.
Proof.
  assert (H0 : 0 <= rho) by (apply (rho_nonnegative lam a h L x); auto).
  assert (0 <= rho * x) by (apply Rmult_le_pos; lra). unfold r. lra.
Qed.

Lemma K_nonnegative : 0 <= K.
Proof. apply Rdiv_le_0_compat; lra. Qed.

Lemma R0_nonnegative : 0 <= R0.
Proof.
  destruct factors as (H0 & H1 & H2 & H3). apply Rdiv_le_0_compat; [|lra].
  apply Rmult_le_pos; [lra|apply norm_nonnegative].
Qed.

(* S >= 1 and rho (S + h R0) <= r S *)
Lemma weight : 1 <= S0 /\ rho * (S0 + h * R0) <= r * S0.
Proof.
  destruct factors as (H0 & H1 & H2 & H3). assert (P := R0_nonnegative).
  assert (Hp : 0 <= rho * (h * R0)) by (apply Rmult_le_pos; [|apply Rmult_le_pos]; lra).
  assert (Hd : 0 <= rho * (h * R0) / (r - rho)) by (apply Rdiv_le_0_compat; lra). split; [unfold S0; lra|].
  assert (Hm : (r - rho) * S0 = rho * (h * R0) + (r - rho)) by (unfold S0; field; lra). lra.
Qed.

(* |T m(0)| <= (1 + x)((lam + a l)|m(0)| + |f(0)|) *)
Lemma transform_at_origin (m : E -> E) :
  lipschitz K m -> norm (T m origin) <= rho * norm (m origin) + (1 + x) * norm (f origin).
Proof.
  intros Hm. assert (Hp := preimage_solves f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m origin Hm).
  assert (Hq := image_velocity_lipschitz f lam a h L x Hlam Ha Hh HL f_lipschitz m Hm
                  (preimage f lam a h m origin) origin).
  fold (graph_transform f lam a h m origin) in Hq. fold T in Hp, Hq. set (y := T m origin) in *.
  assert (Hxi : norm (minus (preimage f lam a h m origin) origin) = h * norm y).
  { rewrite norm_minus_sym, <- (norm_scal_pos h) by lra. apply f_equal.
    rewrite <- Hp at 1. set (z := preimage f lam a h m origin). linear. }
  rewrite Hxi in Hq. set (q0 := image_velocity f lam a h m origin) in *.
  assert (H0 : norm q0 <= (lam + a * (h * L)) * norm (m origin) + norm (f origin)).
  { unfold q0, image_velocity, next_velocity. set (w := m origin). set (z := plus origin (scal (h * a) w)).
    eapply Rle_trans; [apply norm_plus_le|]. rewrite norm_scal_pos by lra.
    assert (Hz := f_lipschitz z origin). replace (minus z origin) with (scal (h * a) w) in Hz by (unfold z; linear).
    rewrite norm_scal_pos in Hz by (apply Rmult_le_pos; lra). assert (Ht := norm_minus_ge (f z) (f origin)). lra. }
  assert (Ht := norm_minus_ge y q0).
  assert (Hs := solve_for_velocity_difference lam a h L x Hlam Ha Hh HL Hx Hquadratic (norm y) (norm q0) 0
                  (norm_nonnegative _) ltac:(lra)).
  assert (H1 := Rmult_le_compat_l (1 + x) _ _ ltac:(lra) H0). unfold rho. lra.
Qed.

Lemma transform_keeps_R0 (m : E -> E) : lipschitz K m -> norm (m origin) <= R0 -> norm (T m origin) <= R0.
Proof.
  intros Hm H0. eapply Rle_trans; [now apply transform_at_origin|]. destruct factors as (Hr0 & Hr1 & Hr2 & Hr3).
  assert (H1 := Rmult_le_compat_l _ _ _ Hr0 H0).
  assert (HR : (1 + x) * norm (f origin) = (1 - rho) * R0) by (unfold R0; field; lra). lra.
Qed.

(* |xi(p)| <= (1 + x)|p| + |xi(0)|,  |xi(0)| = h |T m(0)| *)
Lemma preimage_growth (m : E -> E) (p : E) :
  lipschitz K m -> norm (m origin) <= R0 -> norm (preimage f lam a h m p) <= (1 + x) * norm p + h * R0.
Proof.
  intros Hm H0. assert (Hs := preimage_solves f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m p Hm).
  assert (HT := graph_transform_lipschitz f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m Hm p origin).
  assert (HR := transform_keeps_R0 m Hm H0). fold T in Hs, HT. set (y := T m p) in *.
  assert (Hy := norm_minus_ge y (T m origin)). replace (minus p origin) with p in HT by linear. fold K in HT.
  assert (Hk : h * K = x) by (unfold K; field; lra). set (z := preimage f lam a h m p) in *.
  replace z with (minus p (scal h y)) by (rewrite <- Hs; linear).
  eapply Rle_trans; [apply norm_minus_le|]. rewrite norm_scal_pos by lra.
  assert (H1 := Rmult_le_compat_l h (norm y) (K * norm p + R0) ltac:(lra) ltac:(lra)).
  replace (h * (K * norm p + R0)) with (h * K * norm p + h * R0) in H1 by ring. rewrite Hk in H1. lra.
Qed.

Definition weighted_distance (d : R) (m1 m2 : E -> E) : Prop :=
  forall u, norm (minus (m1 u) (m2 u)) <= d * (S0 + norm u).

(* rho (S + |xi|) <= rho (S + h R0) + rho (1 + x)|p| <= r (S + |p|) *)
Lemma weighted_contraction (m1 m2 : E -> E) (d : R) :
  0 <= d -> lipschitz K m1 -> lipschitz K m2 -> norm (m2 origin) <= R0 ->
  weighted_distance d m1 m2 -> weighted_distance (r * d) (T m1) (T m2).
Proof.
  intros Hd Hm1 Hm2 H0 Hw p. destruct factors as (Hr0 & Hr1 & Hr2 & Hr3). destruct weight as [HS1 HS2].
  assert (Hc := graph_transform_contraction_at f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m1 m2 p Hm1 Hm2).
  fold T rho in Hc. assert (Hg := preimage_growth m2 p Hm2 H0). set (t := preimage f lam a h m2 p) in *.
  assert (H1 := Rmult_le_compat_l _ _ _ Hr0 (Hw t)).
  assert (H2 : rho * (S0 + norm t) <= r * (S0 + norm p)).
  { assert (H3 := Rmult_le_compat_l _ _ _ Hr0 Hg).
    assert (H4 := Rmult_le_compat_r _ _ _ (norm_nonnegative p) (Rlt_le _ _ Hr2)). lra. }
  assert (H5 := Rmult_le_compat_l _ _ _ Hd H2). lra.
Qed.

Lemma growth (m : E -> E) (u : E) :
  lipschitz K m -> norm (m origin) <= R0 -> norm (m u) <= C * (S0 + norm u).
Proof.
  intros Hm H0. assert (H1 := norm_minus_ge (m u) (m origin)). assert (H2 := Hm u origin).
  replace (minus u origin) with u in H2 by linear. destruct weight as [HS _].
  assert (Hr := R0_nonnegative). assert (Hk := K_nonnegative). assert (Hu := norm_nonnegative u).
  assert (0 <= (R0 + K) * (S0 - 1)) by (apply Rmult_le_pos; lra).
  assert (0 <= R0 * norm u) by (apply Rmult_le_pos; lra). unfold C. lra.
Qed.

Let m_ := picard f lam a h.

Lemma picard_lipschitz_and_R0 n : lipschitz K (m_ n) /\ norm (m_ n origin) <= R0.
Proof.
  induction n as [|n [IHK IH0]].
  - split; [intros u w|]; unfold m_, picard; simpl.
    + rewrite norm_minus_self. apply Rmult_le_pos; [exact K_nonnegative|apply norm_nonnegative].
    + rewrite norm_origin. exact R0_nonnegative.
  - split; [exact (graph_transform_lipschitz f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz _ IHK)|].
    exact (transform_keeps_R0 _ IHK IH0).
Qed.

Lemma C_nonnegative : 0 <= C.
Proof. assert (H1 := R0_nonnegative). assert (H2 := K_nonnegative). unfold C. lra. Qed.

Lemma weighted_factor_nonnegative n : 0 <= C * r ^ n.
Proof.
  destruct factors as (H0 & H1 & _). apply Rmult_le_pos; [exact C_nonnegative|apply pow_le; lra].
Qed.

Lemma weighted_picard_steps n : weighted_distance (C * r ^ n) (m_ (S n)) (m_ n).
Proof.
  induction n as [|n IH].
  - intros u. change (m_ 0 u) with (@origin E). replace (minus (m_ 1 u) origin) with (m_ 1 u) by linear.
    rewrite Rmult_1_r. now apply growth; apply picard_lipschitz_and_R0.
  - replace (C * r ^ S n) with (r * (C * r ^ n)) by (simpl; ring).
    destruct (picard_lipschitz_and_R0 n) as [HK H0]. destruct (picard_lipschitz_and_R0 (S n)) as [HK1 _].
    exact (weighted_contraction _ _ _ (weighted_factor_nonnegative n) HK1 HK H0 IH).
Qed.

Lemma weighted_manifold_distance n :
  weighted_distance (C / (1 - r) * r ^ n) (manifold f lam a h) (m_ n).
Proof.
  intros u. destruct factors as (H0 & H1 & H2 & H3). destruct weight as [HS _]. assert (Hu := norm_nonnegative u).
  replace (C / (1 - r) * r ^ n * (S0 + norm u)) with (C * (S0 + norm u) / (1 - r) * r ^ n) by (field; lra).
  apply (geometric_steps_limit (fun n => m_ n u)); [lra| |].
  - apply Rmult_le_pos; [exact C_nonnegative|lra].
  - intros k. replace (C * (S0 + norm u) * r ^ k) with (C * r ^ k * (S0 + norm u)) by ring.
    apply weighted_picard_steps.
Qed.

Lemma weighted_manifold_lipschitz : lipschitz K (manifold f lam a h).
Proof.
  destruct factors as (H0 & H1 & H2 & H3). intros u w. set (c := C / (1 - r)).
  apply (geometric_term_vanishes (c * (S0 + norm u) + c * (S0 + norm w)) _ r); [lra|]. intros n.
  assert (D1 := norm_minus_triangle (manifold f lam a h u) (m_ n u) (manifold f lam a h w)).
  assert (D2 := norm_minus_triangle (m_ n u) (m_ n w) (manifold f lam a h w)).
  assert (D3 := weighted_manifold_distance n u). assert (D4 := weighted_manifold_distance n w).
  rewrite norm_minus_sym in D4. assert (D5 := proj1 (picard_lipschitz_and_R0 n) u w). fold c in D3, D4. lra.
Qed.

Lemma weighted_manifold_fixed (u : E) : T (manifold f lam a h) u = manifold f lam a h u.
Proof.
  destruct factors as (H0 & H1 & H2 & H3). set (c := C / (1 - r)).
  apply norm_minus_le_0, (geometric_term_vanishes (2 * (r * c * (S0 + norm u))) 0 r); [lra|]. intros n.
  assert (D1 := norm_minus_triangle (T (manifold f lam a h) u) (m_ (S n) u) (manifold f lam a h u)).
  assert (D2 := weighted_manifold_distance (S n) u). rewrite norm_minus_sym in D2.
  assert (Hc : 0 <= c * r ^ n).
  { apply Rmult_le_pos; [apply Rdiv_le_0_compat; [exact C_nonnegative|lra]|apply pow_le; lra]. }
  assert (D3 := weighted_contraction _ _ _ Hc weighted_manifold_lipschitz (proj1 (picard_lipschitz_and_R0 n))
                  (proj2 (picard_lipschitz_and_R0 n)) (weighted_manifold_distance n) u).
  change (T (m_ n) u) with (m_ (S n) u) in D3. fold c in D2, D3. simpl (r ^ S n) in D2. lra.
Qed.

Lemma weighted_manifold_invariant : invariant_graph f lam a h (manifold f lam a h).
Proof.
  apply (fixed_graph_is_invariant f lam a h L x); auto;
    [exact weighted_manifold_lipschitz|exact weighted_manifold_fixed].
Qed.

Lemma invariant_graph_at_origin (m : E -> E) :
  lipschitz K m -> invariant_graph f lam a h m -> norm (m origin) <= R0.
Proof.
  intros Hm Hi. assert (H := transform_at_origin m Hm). destruct factors as (H0 & H1 & H2 & H3).
  unfold T in H. rewrite (invariant_graph_is_fixed f lam a h L x) in H; auto.
  apply (Rmult_le_reg_l (1 - rho)); [lra|].
  replace ((1 - rho) * R0) with ((1 + x) * norm (f origin)) by (unfold R0; field; lra). lra.
Qed.

Lemma lipschitz_invariant_graphs_coincide (m1 m2 : E -> E) :
  lipschitz K m1 -> lipschitz K m2 ->
  invariant_graph f lam a h m1 -> invariant_graph f lam a h m2 -> forall u, m1 u = m2 u.
Proof.
  intros Hl1 Hl2 Hi1 Hi2. destruct factors as (H0 & H1 & H2 & H3).
  assert (Hd : forall n, weighted_distance (2 * (C * r ^ n)) m1 m2).
  { induction n as [|n IH]; intros u.
    - rewrite Rmult_1_r. eapply Rle_trans; [apply norm_minus_le|].
      assert (G1 := growth m1 u Hl1 (invariant_graph_at_origin m1 Hl1 Hi1)).
      assert (G2 := growth m2 u Hl2 (invariant_graph_at_origin m2 Hl2 Hi2)). lra.
    - rewrite <- (invariant_graph_is_fixed f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m1 Hl1 Hi1 u).
      rewrite <- (invariant_graph_is_fixed f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m2 Hl2 Hi2 u).
      replace (2 * (C * r ^ S n)) with (r * (2 * (C * r ^ n))) by (simpl; ring).
      assert (P : 0 <= 2 * (C * r ^ n)) by (assert (P := weighted_factor_nonnegative n); lra).
      exact (weighted_contraction m1 m2 _ P Hl1 Hl2 (invariant_graph_at_origin m2 Hl2 Hi2) IH u). }
  intros u. apply norm_minus_le_0, (geometric_term_vanishes (2 * C * (S0 + norm u)) 0 r); [lra|].
  intros n. assert (H := Hd n u). lra.
Qed.
End Unbounded.

Theorem a3_lipschitz_manifold {E : CompleteNormedModule R_AbsRing} (f : E -> E) (lam a h L : R) :
  0 < lam < 1 -> 0 <= a < 1 -> 0 < h -> 0 <= L -> lipschitz L f -> h * L < threshold lam a ->
  exists m : E -> E,
    lipschitz (manifold_slope lam a h L) m /\ invariant_graph f lam a h m /\
    forall m' : E -> E,
      lipschitz (manifold_slope lam a h L) m' -> invariant_graph f lam a h m' -> forall u, m' u = m u.
Proof.
  intros Hlam [Ha Ha1] Hh HL Hf Ht. assert (Hl : 0 <= h * L) by (apply Rmult_le_pos; lra).
  assert (Hlam0 : 0 <= lam < 1) by lra.
  assert (Hs := solvable_of_below_threshold lam a (h * L) Hlam (conj Ha Ha1) Hl (Rlt_le _ _ Ht)).
  assert (Hd := discriminant_positive_below_threshold lam a (h * L) Hlam (conj Ha Ha1) Hl Ht).
  assert (Hx := scaled_slope_nonnegative lam a (h * L) Hl Hs).
  assert (Hq := quadratic_inequality lam a (h * L) Hs).
  assert (Hr := squared_factor_below_1 lam a (h * L) (proj1 Hlam0) Ha Hl Hs Hd).
  assert (Hm := weighted_manifold_lipschitz f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hr Hf).
  assert (Hi := weighted_manifold_invariant f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hr Hf).
  exists (manifold f lam a h). split; [exact Hm|split; [exact Hi|]]. intros m' Hm' Hi'.
  exact (lipschitz_invariant_graphs_coincide f lam a h L _ Hlam0 Ha Hh HL Hx Hq Hr Hf m' _ Hm' Hm Hi' Hi).
Qed.
