(* A3, the manifold m to first order and its attraction. m is any invariant graph with Lip(m) <= K = x/h:
     |m - f/(1 - lam)| <= h gamma,   gamma = (1/(1 - lam) + a) L B0 / (1 - lam)^2,
     |m - f/(1 - lam)| <= theta/(1 - theta) |f| / (1 - lam),   theta = (lam x + l (|1 - a| + a x)) / (1 - lam),
     (lam - a l)(1 - x) |w_n| <= |w_{n+1}| <= (lam + a l)(1 + x) |w_n|,   w_n = v_n - m(u_n). *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold.
Open Scope R_scope.

Section Attraction.
Context {E : CompleteNormedModule R_AbsRing}.
Variables (f m : E -> E) (lam a h L x : R).
Let K := x / h.
Let lbar := / (1 - lam).
Hypotheses (Hlam : 0 <= lam < 1) (Ha : 0 <= a) (Hh : 0 < h) (HL : 0 <= L) (Hx : 0 <= x).
Hypothesis Hquadratic : (lam * x + h * L * (1 + a * x)) * (1 + x) <= x.
Hypothesis f_lipschitz : lipschitz L f.
Hypothesis m_lipschitz : lipschitz K m.
Hypothesis m_invariant : invariant_graph f lam a h m.

Let q (u : E) : E := next_velocity f lam a h u (m u).
Let xi (p : E) : E := preimage f lam a h m p.

Lemma lbar_positive : 0 < lbar.
Proof. apply Rinv_0_lt_compat. lra. Qed.

(* every p is xi + h m(p) with m(p) = lam m(xi) + f(xi + h a m(xi)) *)
Lemma every_point_is_an_image (p : E) : p = plus (xi p) (scal h (m p)) /\ m p = q (xi p).
Proof.
  assert (Hp := preimage_solves f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz m p m_lipschitz).
  assert (Hq := invariant_graph_is_fixed f lam a h L x Hlam Ha Hh HL Hx Hquadratic f_lipschitz
                  m m_lipschitz m_invariant p).
  rewrite Hq in Hp. split; [symmetry; exact Hp|symmetry; exact Hq].
Qed.

(* |xi - p| = h |m(p)| *)
Lemma distance_to_preimage (p : E) : norm (minus (xi p) p) = h * norm (m p).
Proof.
  destruct (every_point_is_an_image p) as [Hp _].
  rewrite norm_minus_sym, <- (norm_scal_pos h) by lra. apply f_equal.
  set (y := m p) in *. rewrite Hp at 1. set (z := xi p). linear.
Qed.

(* m(p) - lbar f(p) = lam (m(xi) - lbar f(xi)) + lam lbar (f(xi) - f(p)) + (f(xi + h a m(xi)) - f(p)) *)
Lemma first_order_recursion (p : E) (M : R) :
  bounded_by M m ->
  norm (minus (m p) (scal lbar (f p)))
    <= lam * norm (minus (m (xi p)) (scal lbar (f (xi p)))) + h * ((lbar + a) * L * M).
Proof.
  intros Hm. destruct (every_point_is_an_image p) as [Hp Hq]. assert (Hd := distance_to_preimage p).
  set (y := plus (xi p) (scal (h * a) (m (xi p)))).
  assert (H1 : norm (minus (f (xi p)) (f p)) <= L * (h * M)).
  { eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; auto. rewrite Hd.
    apply Rmult_le_compat_l; [lra|apply Hm]. }
  assert (H2 : norm (minus (f y) (f p)) <= L * (h * (1 + a) * M)).
  { eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; auto.
    replace (minus y p) with (plus (minus (xi p) p) (scal (h * a) (m (xi p)))) by (unfold y; linear).
    eapply Rle_trans; [apply norm_plus_le|]. rewrite Hd, norm_scal_pos by (apply Rmult_le_pos; lra).
    assert (h * norm (m p) <= h * M) by (apply Rmult_le_compat_l; [lra|apply Hm]).
    assert (h * a * norm (m (xi p)) <= h * a * M).
    { apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|apply Hm]. }
    lra. }
  assert (Hb : lbar = 1 + lam * lbar) by (unfold lbar; field; lra).
  set (d := minus (m (xi p)) (scal lbar (f (xi p)))).
  replace (minus (m p) (scal lbar (f p)))
    with (plus (plus (scal lam d) (scal (lam * lbar) (minus (f (xi p)) (f p)))) (minus (f y) (f p))).
  - assert (Hc : 0 <= lam * lbar) by (apply Rmult_le_pos; [lra|apply Rlt_le, lbar_positive]).
    eapply Rle_trans; [apply norm_plus_le|]. eapply Rle_trans; [apply Rplus_le_compat_r, norm_plus_le|].
    rewrite !norm_scal_pos by lra. assert (H3 := Rmult_le_compat_l _ _ _ Hc H1).
    replace (h * ((lbar + a) * L * M)) with (lam * lbar * (L * (h * M)) + L * (h * (1 + a) * M))
      by (rewrite Hb at 2; ring). lra.
  - rewrite Hq. unfold q, next_velocity. fold y. unfold d. set (b := scal lbar (f p)).
    replace b with (scal (1 + lam * lbar) (f p)) by (unfold b; now rewrite <- Hb). linear.
Qed.

(* sup |m - lbar f| <= lam sup |m - lbar f| + h (lbar + a) L M *)
Theorem first_order_bound (p : E) (M B0 : R) :
  bounded_by M m -> bounded_by B0 f ->
  norm (minus (m p) (scal lbar (f p))) <= lbar * (h * ((lbar + a) * L * M)).
Proof.
  intros Hm Hf. set (c := h * ((lbar + a) * L * M)). assert (Hb := lbar_positive).
  assert (Hn : forall n p, norm (minus (m p) (scal lbar (f p))) <= (M + lbar * B0 - lbar * c) * lam ^ n + lbar * c).
  { induction n as [|n IH]; intros r.
    - simpl. eapply Rle_trans; [apply norm_minus_le|]. rewrite norm_scal_pos by lra.
      assert (H1 := Rmult_le_compat_l _ _ _ (Rlt_le _ _ Hb) (Hf r)). assert (H2 := Hm r). lra.
    - eapply Rle_trans; [exact (first_order_recursion r M Hm)|]. fold c.
      assert (H1 := Rmult_le_compat_l _ _ _ (proj1 Hlam) (IH (xi r))).
      replace ((M + lbar * B0 - lbar * c) * lam ^ S n + lbar * c)
        with (lam * ((M + lbar * B0 - lbar * c) * lam ^ n + lbar * c) + c); [lra|].
      unfold lbar. simpl. field. lra. }
  exact (geometric_term_vanishes _ _ lam _ Hlam (fun n => Hn n p)).
Qed.

(* m(p) - lbar f(p) = lbar (lam (m(xi) - m(p)) + (f(xi + h a m(xi)) - f(p))),
   |xi + h a m(xi) - p| = h |a (m(xi) - m(p)) - (1 - a) m(p)| <= h (|1 - a| + a x) |m(p)| *)
Lemma distance_recursion (p : E) :
  norm (minus (m p) (scal lbar (f p))) <= lbar * (lam * x + h * L * (Rabs (1 - a) + a * x)) * norm (m p).
Proof.
  destruct (every_point_is_an_image p) as [Hp Hq]. assert (Hd := distance_to_preimage p).
  set (y := plus (xi p) (scal (h * a) (m (xi p)))). set (d := minus (m (xi p)) (m p)).
  assert (H1 : norm d <= x * norm (m p)).
  { eapply Rle_trans; [apply m_lipschitz|]. rewrite Hd. right. unfold K. field. lra. }
  assert (H2 : norm (minus (f y) (f p)) <= L * (h * (Rabs (1 - a) + a * x) * norm (m p))).
  { eapply Rle_trans; [apply f_lipschitz|]. apply Rmult_le_compat_l; auto.
    replace (minus y p) with (plus (scal (h * a) d) (scal h (scal (a - 1) (m p)))).
    - eapply Rle_trans; [apply norm_plus_le|]. rewrite !(norm_scal_pos (h * a)), !(norm_scal_pos h) by nra.
      assert (H3 := Rmult_le_compat_l (h * a) _ _ ltac:(nra) H1).
      assert (H4 := Rmult_le_compat_l h _ _ ltac:(lra) (@norm_scal R_AbsRing E (a - 1) (m p))).
      change (abs (a - 1)) with (Rabs (a - 1)) in H4. rewrite Rabs_minus_sym in H4.
      change (h * norm (scal (a - 1) (m p)) <= h * (Rabs (1 - a) * norm (m p))) in H4. lra.
    - transitivity (minus y (plus (xi p) (scal h (m p)))); [|now rewrite <- Hp].
      unfold d, y. set (g := m p). set (w := m (xi p)). set (z := xi p). linear. }
  replace (minus (m p) (scal lbar (f p))) with (scal lbar (plus (scal lam d) (minus (f y) (f p)))).
  - assert (Hb := lbar_positive). rewrite norm_scal_pos by lra. rewrite Rmult_assoc.
    apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [apply norm_plus_le|].
    rewrite norm_scal_pos by lra. assert (H5 := Rmult_le_compat_l _ _ _ (proj1 Hlam) H1). lra.
  - assert (Hy : f y = minus (m p) (scal lam (m (xi p)))).
    { rewrite Hq. unfold q, next_velocity. fold y. linear. }
    rewrite Hy. unfold d, lbar. set (g := m p). set (w := m (xi p)). linear.
Qed.

Theorem distance_bound (p : E) :
  let theta := lbar * (lam * x + h * L * (Rabs (1 - a) + a * x)) in
  theta < 1 -> norm (minus (m p) (scal lbar (f p))) <= lbar * (theta / (1 - theta)) * norm (f p).
Proof.
  intros theta Ht. assert (H := distance_recursion p). fold theta in H. assert (Hb := lbar_positive).
  assert (Ht0 : 0 <= theta).
  { apply Rmult_le_pos; [lra|]. assert (P := Rabs_pos (1 - a)). assert (0 <= a * x) by (apply Rmult_le_pos; lra).
    apply Rplus_le_le_0_compat; repeat apply Rmult_le_pos; lra. }
  assert (H1 := norm_minus_ge (m p) (scal lbar (f p))). rewrite norm_scal_pos in H1 by lra.
  set (e := norm (minus (m p) (scal lbar (f p)))) in *.
  assert (H2 : theta * norm (m p) <= theta * (e + lbar * norm (f p))) by (apply Rmult_le_compat_l; lra).
  apply (Rmult_le_reg_r (1 - theta)); [lra|].
  replace (lbar * (theta / (1 - theta)) * norm (f p) * (1 - theta)) with (theta * (lbar * norm (f p)))
    by (field; lra). lra.
Qed.

(* v' - q(u) = lam w + (f(u + h a v) - f(u + h a m(u))),  w = v - m(u) *)
Lemma velocity_difference (u v : E) :
  let w := norm (minus v (m u)) in
  (lam - a * (h * L)) * w <= norm (minus (next_velocity f lam a h u v) (q u)) <= (lam + a * (h * L)) * w.
Proof.
  intros w. unfold q, next_velocity. set (y := f (plus u (scal (h * a) v))). set (z := f (plus u _)).
  assert (Hf : norm (minus y z) <= a * (h * L) * w).
  { eapply Rle_trans; [apply f_lipschitz|].
    replace (minus (plus u (scal (h * a) v)) (plus u (scal (h * a) (m u)))) with (scal (h * a) (minus v (m u)))
      by linear.
    rewrite norm_scal_pos by nra. right. unfold w. ring. }
  assert (Hw : norm (scal lam (minus v (m u))) = lam * w) by (apply norm_scal_pos; lra).
  replace (minus (plus (scal lam v) y) (plus (scal lam (m u)) z))
    with (minus (scal lam (minus v (m u))) (minus z y)) by linear.
  assert (H1 := norm_minus_ge (scal lam (minus v (m u))) (minus z y)).
  assert (H2 := norm_minus_le (scal lam (minus v (m u))) (minus z y)).
  rewrite (norm_minus_sym z y) in *. lra.
Qed.

(* with p = u + h q(u), m(p) = q(u), u' - p = h (v' - q(u)):  w' = (v' - q(u)) - (m(u') - m(p)) *)
Lemma distance_after_step (u v : E) :
  let d := norm (minus (next_velocity f lam a h u v) (q u)) in
  let w' := norm (minus (next_velocity f lam a h u v) (m (next_position f lam a h u v))) in
  (1 - x) * d <= w' <= (1 + x) * d.
Proof.
  intros d w'. set (v' := next_velocity f lam a h u v) in *. set (u' := next_position f lam a h u v) in *.
  set (p := next_position f lam a h u (m u)).
  assert (Hp : q u = m p) by (apply m_invariant; reflexivity).
  assert (Hm : norm (minus (m u') (m p)) <= x * d).
  { eapply Rle_trans; [apply m_lipschitz|].
    replace (minus u' p) with (scal h (minus v' (q u))).
    - rewrite norm_scal_pos by lra. right. unfold K, d. field. lra.
    - unfold u', p, next_position. fold v' (q u). linear. }
  unfold w'. replace (minus v' (m u')) with (minus (minus v' (q u)) (minus (m u') (m p))) by (rewrite Hp; linear).
  assert (H1 := norm_minus_ge (minus v' (q u)) (minus (m u') (m p))).
  assert (H2 := norm_minus_le (minus v' (q u)) (minus (m u') (m p))).
  fold d in H1, H2. lra.
Qed.

Theorem step_upper_bound (u v : E) :
  norm (minus (next_velocity f lam a h u v) (m (next_position f lam a h u v)))
    <= (lam + a * (h * L)) * (1 + x) * norm (minus v (m u)).
Proof.
  assert (H1 := distance_after_step u v). assert (H2 := velocity_difference u v). cbv zeta in H1, H2.
  assert (H3 := Rmult_le_compat_l (1 + x) _ _ ltac:(lra) (proj2 H2)). lra.
Qed.

(* for lam >= a l; if x >= 1 the left side is at most 0 *)
Theorem step_lower_bound (u v : E) :
  a * (h * L) <= lam ->
  (lam - a * (h * L)) * (1 - x) * norm (minus v (m u))
    <= norm (minus (next_velocity f lam a h u v) (m (next_position f lam a h u v))).
Proof.
  intros Hal. assert (H1 := distance_after_step u v). assert (H2 := velocity_difference u v). cbv zeta in H1, H2.
  destruct (Rle_lt_dec x 1) as [H|H].
  - assert (H3 := Rmult_le_compat_l (1 - x) _ _ ltac:(lra) (proj1 H2)). lra.
  - assert (H3 : 0 <= (lam - a * (h * L)) * norm (minus v (m u))).
    { apply Rmult_le_pos; [lra|apply norm_nonnegative]. }
    eapply Rle_trans; [|apply norm_nonnegative]. nra.
Qed.
End Attraction.
