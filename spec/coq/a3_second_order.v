(* A3, the leading coefficient of m - f/(1 - lam) for f with a Lipschitz derivative, lbar = 1/(1 - lam):
     |m - lbar f - h lbar^2 (a - lbar) f'f| <= h^2 lbar delta,
     delta = L |a - lbar| lbar^2 (lbar + a) L B0 + (lam lbar + (1 + a)^2) B2 (lbar B0)^2 / 2
             + a L K lbar B0 + lam lbar^3 |a - lbar| B0 (L^2 + B2 B0). *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_attraction.
Open Scope R_scope.

(* D p is the derivative of f at p: |D| <= L, |D p - D r| <= B2 |p - r|, |f(p + d) - f(p) - D p d| <= B2 |d|^2 / 2 *)
Record has_lipschitz_derivative {E : CompleteNormedModule R_AbsRing} (L B2 : R) (f : E -> E) (D : E -> E -> E) := {
  derivative_plus : forall p d e, D p (plus d e) = plus (D p d) (D p e);
  derivative_scal : forall p r d, D p (scal r d) = scal r (D p d);
  derivative_bounded : forall p d, norm (D p d) <= L * norm d;
  derivative_lipschitz : forall p r d, norm (minus (D p d) (D r d)) <= B2 * norm (minus p r) * norm d;
  taylor_remainder : forall p d, norm (minus (minus (f (plus p d)) (f p)) (D p d)) <= B2 / 2 * norm d ^ 2
}.

Section SecondOrder.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f m : E -> E) (D : E -> E -> E) (lam a h L x B0 B2 : R).
Let K := x / h.
Let lbar := / (1 - lam).
Let M := lbar * B0.
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (Hx : 0 <= x) (HB2 : 0 <= B2).
Hypothesis Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis f_bounded : bounded_by B0 f.
Hypothesis f_derivative : has_lipschitz_derivative L B2 f D.
Hypothesis m_lipschitz : lipschitz K m.
Hypothesis m_bounded : bounded_by M m.
Hypothesis m_invariant : invariant_graph f lam a h m.

Let xi (p : E) : E := preimage f lam a h m p.
Let G (p : E) : E := D p (f p).
Let g0 (p : E) : E := scal (lbar ^ 2 * (a - lbar)) (G p).
Let error (p : E) : E := minus (minus (m p) (scal lbar (f p))) (scal h (g0 p)).
Let gamma := lbar * ((lbar + a) * L * M).

Lemma lbar_identity : lbar = 1 + lam * lbar.
Proof. unfold lbar. field. lra. Qed.

Lemma lbar_at_least_0 : 0 < lbar.
Proof. apply Rinv_0_lt_compat. lra. Qed.

Lemma velocity_bound_nonnegative : 0 <= M.
Proof. exact (Rle_trans _ _ _ (norm_nonnegative _) (m_bounded origin)). Qed.

Lemma step_back (p : E) : minus (xi p) p = scal (- h) (m p).
Proof.
  destruct (every_point_is_an_image f m lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m_lipschitz m_invariant p)
    as [Hp _].
  transitivity (minus (xi p) (plus (xi p) (scal h (m p)))); [fold (xi p) in Hp; now rewrite <- Hp|].
  set (z := xi p). set (y := m p). linear.
Qed.

Lemma norm_step_back (p : E) : norm (minus (xi p) p) <= h * M.
Proof.
  rewrite norm_minus_sym. replace (minus p (xi p)) with (scal h (m p)).
  - rewrite norm_scal_pos by lra. apply Rmult_le_compat_l; [lra|apply m_bounded].
  - transitivity (scal (-1) (minus (xi p) p)); [rewrite step_back|]; linear.
Qed.

(* f(p + d) = f(p) + D p d + T, |T| <= B2 (c h M)^2 / 2 for |d| <= c h M *)
Lemma taylor_at (p d : E) (c : R) :
  norm d <= c * (h * M) ->
  norm (minus (minus (f (plus p d)) (f p)) (D p d)) <= h ^ 2 * (c ^ 2 * B2 * M ^ 2 / 2).
Proof.
  intros Hd. eapply Rle_trans; [apply (taylor_remainder L B2 f D f_derivative)|].
  replace (h ^ 2 * (c ^ 2 * B2 * M ^ 2 / 2)) with (B2 / 2 * (c * (h * M)) ^ 2) by field.
  apply Rmult_le_compat_l; [lra|]. apply pow_incr. split; [apply norm_nonnegative|exact Hd].
Qed.

(* |G(xi) - G(p)| <= (B2 B0 + L^2) h M *)
Lemma second_derivative_term (p : E) : norm (minus (G (xi p)) (G p)) <= (B2 * B0 + L ^ 2) * (h * M).
Proof.
  assert (Hd := norm_step_back p). set (z := xi p) in *. unfold G.
  replace (minus (D z (f z)) (D p (f p)))
    with (plus (minus (D z (f z)) (D p (f z))) (D p (minus (f z) (f p)))).
  - eapply Rle_trans; [apply norm_plus_le|].
    assert (H1 := derivative_lipschitz L B2 f D f_derivative z p (f z)).
    assert (H2 := derivative_bounded L B2 f D f_derivative p (minus (f z) (f p))).
    assert (H3 : B2 * norm (minus z p) * norm (f z) <= B2 * (h * M) * B0).
    { apply Rmult_le_compat; [apply Rmult_le_pos; [lra|]| | |]; try apply norm_nonnegative; [|apply f_bounded].
      apply Rmult_le_compat_l; lra. }
    assert (H4 : L * norm (minus (f z) (f p)) <= L * (L * (h * M))).
    { apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; lra. }
    simpl. lra.
  - replace (minus (f z) (f p)) with (plus (f z) (scal (-1) (f p))) by linear.
    rewrite (derivative_plus L B2 f D f_derivative), (derivative_scal L B2 f D f_derivative). linear.
Qed.

Let delta := (lam * lbar + (1 + a) ^ 2) * (B2 * M ^ 2 / 2) + Rabs (a - lbar) * L * gamma + a * L * K * M
             + lam * lbar ^ 2 * Rabs (a - lbar) * ((B2 * B0 + L ^ 2) * M).

(* e(p) = lam e(xi) + lam lbar T1 + T2 + h (a - lbar) D p (m - lbar f) + h a D p (m(xi) - m(p))
          + lam h (g0(xi) - g0(p)) *)
Lemma error_identity (p : E) :
  let z := xi p in
  let d := plus (scal (- h) (m p)) (scal (h * a) (m z)) in
  let T1 := minus (minus (f z) (f p)) (D p (scal (- h) (m p))) in
  let T2 := minus (minus (f (plus p d)) (f p)) (D p d) in
  error p = plus (scal lam (error z)) (plus (plus (plus (scal (lam * lbar) T1) T2)
    (plus (scal (h * (a - lbar)) (D p (minus (m p) (scal lbar (f p))))) (scal (h * a) (D p (minus (m z) (m p))))))
    (scal (lam * h * (lbar ^ 2 * (a - lbar))) (minus (G z) (G p)))).
Proof.
  intros z d T1 T2.
  destruct (every_point_is_an_image f m lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m_lipschitz m_invariant p)
    as [_ Hq]. unfold next_velocity in Hq. fold (xi p) in Hq. fold z in Hq.
  assert (Hy : plus z (scal (h * a) (m z)) = plus p d).
  { transitivity (plus (plus p (minus z p)) (scal (h * a) (m z))); [linear|].
    unfold z at 1. rewrite step_back. fold z. unfold d. linear. }
  rewrite Hy in Hq. unfold error, g0.
  replace (minus (m p) (scal lbar (f p))) with (plus (m p) (scal (- lbar) (f p))) at 2 by linear.
  replace (minus (m z) (m p)) with (plus (m z) (scal (-1) (m p))) by linear.
  assert (HG : D p (f p) = G p) by reflexivity. unfold T1, T2, d.
  rewrite !(derivative_plus L B2 f D f_derivative), !(derivative_scal L B2 f D f_derivative), HG. fold d.
  rewrite Hq at 1. unfold lbar. set (y := f (plus p d)).
  set (e1 := D p (m p)). set (e2 := D p (m z)). set (e3 := G p). set (e4 := G z). linear.
Qed.

Lemma norm_scal_abs (r : R) (y : E) : norm (scal r y) <= Rabs r * norm y.
Proof. exact (@norm_scal R_AbsRing E r y). Qed.

Lemma taylor_terms (p : E) :
  let z := xi p in
  let d := plus (scal (- h) (m p)) (scal (h * a) (m z)) in
  norm (minus (minus (f z) (f p)) (D p (scal (- h) (m p)))) <= h ^ 2 * (B2 * M ^ 2 / 2) /\
  norm (minus (minus (f (plus p d)) (f p)) (D p d)) <= h ^ 2 * ((1 + a) ^ 2 * (B2 * M ^ 2 / 2)).
Proof.
  intros z d.
  assert (Hm : norm (scal (- h) (m p)) <= h * M) by (rewrite <- step_back; apply norm_step_back). split.
  - assert (Hz : z = plus p (scal (- h) (m p))).
    { transitivity (plus p (minus z p)); [linear|]. unfold z. now rewrite step_back. }
    rewrite Hz. replace (B2 * M ^ 2 / 2) with (1 ^ 2 * B2 * M ^ 2 / 2) by field. apply taylor_at. lra.
  - replace ((1 + a) ^ 2 * (B2 * M ^ 2 / 2)) with ((1 + a) ^ 2 * B2 * M ^ 2 / 2) by field. apply taylor_at.
    assert (Hha : 0 <= h * a) by (apply Rmult_le_pos; lra).
    unfold d. eapply Rle_trans; [apply norm_plus_le|]. rewrite (norm_scal_pos (h * a)) by auto.
    assert (H := Rmult_le_compat_l _ _ _ Hha (m_bounded z)). lra.
Qed.

Lemma derivative_terms (p : E) :
  norm (D p (minus (m p) (scal lbar (f p)))) <= L * (h * gamma) /\
  norm (D p (minus (m (xi p)) (m p))) <= L * (K * (h * M)).
Proof.
  assert (HK : 0 <= K) by (apply Rdiv_le_0_compat; lra). split.
  - eapply Rle_trans; [apply (derivative_bounded L B2 f D f_derivative)|]. apply Rmult_le_compat_l; [exact HL|].
    assert (H := first_order_bound f m lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m_lipschitz m_invariant
                   p M B0 m_bounded f_bounded). unfold gamma. fold lbar in H. lra.
  - eapply Rle_trans; [apply (derivative_bounded L B2 f D f_derivative)|]. apply Rmult_le_compat_l; [exact HL|].
    eapply Rle_trans; [apply m_lipschitz|]. apply Rmult_le_compat_l; [exact HK|apply norm_step_back].
Qed.

Lemma error_recursion (p : E) : norm (error p) <= lam * norm (error (xi p)) + h ^ 2 * delta.
Proof.
  rewrite (error_identity p). cbv zeta.
  destruct (taylor_terms p) as [H1 H2]. destruct (derivative_terms p) as [H3 H4].
  assert (H5 := second_derivative_term p). assert (Hb := lbar_at_least_0).
  set (z := xi p) in *. set (d := plus (scal (- h) (m p)) (scal (h * a) (m z))) in *.
  set (T1 := minus (minus (f z) (f p)) (D p (scal (- h) (m p)))) in *.
  set (T2 := minus (minus (f (plus p d)) (f p)) (D p d)) in *.
  set (T3 := D p (minus (m p) (scal lbar (f p)))) in *. set (T4 := D p (minus (m z) (m p))) in *.
  set (T5 := minus (G z) (G p)) in *.
  assert (N0 := norm_scal_le lam (error z) (proj1 Hlam)).
  assert (Hc : 0 <= lam * lbar) by (apply Rmult_le_pos; lra).
  assert (N1 := Rle_trans _ _ _ (norm_scal_le (lam * lbar) T1 Hc) (Rmult_le_compat_l _ _ _ Hc H1)).
  assert (N3 := Rle_trans _ _ _ (norm_scal_abs (h * (a - lbar)) T3) (Rmult_le_compat_l _ _ _ (Rabs_pos _) H3)).
  assert (Hha : 0 <= h * a) by (apply Rmult_le_pos; lra).
  assert (N4 := Rle_trans _ _ _ (norm_scal_le (h * a) T4 Hha) (Rmult_le_compat_l _ _ _ Hha H4)).
  assert (N5 := Rle_trans _ _ _ (norm_scal_abs (lam * h * (lbar ^ 2 * (a - lbar))) T5)
                  (Rmult_le_compat_l _ _ _ (Rabs_pos _) H5)).
  rewrite Rabs_mult, (Rabs_pos_eq h) in N3 by lra.
  rewrite !Rabs_mult, (Rabs_pos_eq lam), (Rabs_pos_eq h), (Rabs_pos_eq (lbar ^ 2)) in N5 by (try apply pow2_ge_0; lra).
  eapply Rle_trans; [apply norm_plus_le|]. eapply Rle_trans; [apply Rplus_le_compat_l, norm_plus_le|].
  assert (S1 := norm_plus_le (plus (scal (lam * lbar) T1) T2) (plus (scal (h * (a - lbar)) T3) (scal (h * a) T4))).
  assert (S2 := norm_plus_le (scal (lam * lbar) T1) T2).
  assert (S3 := norm_plus_le (scal (h * (a - lbar)) T3) (scal (h * a) T4)).
  unfold delta. simpl in *. lra.
Qed.

(* sup |e| <= lam sup |e| + h^2 delta *)
Theorem second_order_bound (p : E) : norm (error p) <= h ^ 2 * (lbar * delta).
Proof.
  set (c := h ^ 2 * delta). assert (Hb := lbar_at_least_0).
  set (e0 := M + lbar * B0 + h * (Rabs (lbar ^ 2 * (a - lbar)) * (L * B0))).
  assert (Hn : forall n p, norm (error p) <= (e0 - lbar * c) * lam ^ n + lbar * c).
  { induction n as [|n IH]; intros r.
    - simpl. unfold error. eapply Rle_trans; [apply norm_minus_le|].
      assert (H1 := norm_minus_le (m r) (scal lbar (f r))). rewrite norm_scal_pos in H1 by lra.
      assert (H2 := m_bounded r). assert (H3 := Rmult_le_compat_l _ _ _ (Rlt_le _ _ Hb) (f_bounded r)).
      rewrite norm_scal_pos by lra.
      assert (H4 : norm (g0 r) <= Rabs (lbar ^ 2 * (a - lbar)) * (L * B0)).
      { eapply Rle_trans; [apply norm_scal_abs|]. apply Rmult_le_compat_l; [apply Rabs_pos|].
        eapply Rle_trans; [apply (derivative_bounded L B2 f D f_derivative)|]. now apply Rmult_le_compat_l. }
      assert (H5 := Rmult_le_compat_l _ _ _ (Rlt_le _ _ Hh) H4). unfold e0. simpl in *. lra.
    - eapply Rle_trans; [exact (error_recursion r)|]. fold c.
      assert (H1 := Rmult_le_compat_l _ _ _ (proj1 Hlam) (IH (xi r))).
      replace ((e0 - lbar * c) * lam ^ S n + lbar * c) with (lam * ((e0 - lbar * c) * lam ^ n + lbar * c) + c); [lra|].
      rewrite lbar_identity at 3. simpl. unfold lbar. field. lra. }
  replace (h ^ 2 * (lbar * delta)) with (lbar * c) by (unfold c; ring).
  exact (geometric_term_vanishes _ _ lam _ Hlam (fun n => Hn n p)).
Qed.
End SecondOrder.

(* the constant of the h^2 term, with K = x/h *)
Definition second_order_constant (lam a L B0 B2 K : R) : R :=
  let lbar := / (1 - lam) in
  let M := lbar * B0 in
  lbar * ((lam * lbar + (1 + a) ^ 2) * (B2 * M ^ 2 / 2) + Rabs (a - lbar) * L * (lbar * ((lbar + a) * L * M))
          + a * L * K * M + lam * lbar ^ 2 * Rabs (a - lbar) * ((B2 * B0 + L ^ 2) * M)).

Theorem a3_leading_coefficient {E : CompleteNormedModule R_AbsRing} (f m : E -> E) (D : E -> E -> E)
    (lam a h L B0 B2 : R) :
  0 < lam < 1 -> 0 <= a < 1 -> 0 < h -> 0 <= L -> 0 <= B2 -> h * L <= threshold lam a ->
  lipschitz L f -> bounded_by B0 f -> has_lipschitz_derivative L B2 f D ->
  in_class (manifold_slope lam a h L) (manifold_bound lam B0) m -> invariant_graph f lam a h m ->
  let lbar := / (1 - lam) in
  forall u,
    norm (minus (minus (m u) (scal lbar (f u))) (scal h (scal (lbar ^ 2 * (a - lbar)) (D u (f u)))))
      <= h ^ 2 * second_order_constant lam a L B0 B2 (manifold_slope lam a h L).
Proof.
  intros Hlam Ha Hh HL HB2 Ht Hf Hb HD [Hm HM] Hi lbar u. assert (Hl : 0 <= h * L) by (apply Rmult_le_pos; lra).
  assert (Hlam0 : 0 <= lam < 1) by lra.
  assert (Hs := solvable_of_below_threshold lam a (h * L) Hlam Ha Hl Ht).
  assert (Hx := scaled_slope_nonnegative lam a (h * L) Hl Hs).
  assert (Hq := quadratic_inequality lam a (h * L) Hs).
  exact (second_order_bound f m D lam a h L _ B0 B2 Hlam0 (proj1 Ha) Hh HL Hx HB2 Hq Hf Hb HD Hm HM Hi u).
Qed.
