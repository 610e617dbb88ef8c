(* A3, sequences and functions above the threshold. If the linear step near the rest point has complex roots,
   b^2 < 4c with b = 1 + lam - l (1 + a), c = lam - a l, no continuous graph is invariant: on a graph P(u) = u'
   obeys P(P(u)) = b P(u) - c u near 0, and the positions of an orbit on the graph keep or alternate their sign,
   which complex roots forbid. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(* e_{n+2} = b e_{n+1} - c e_n, b^2 < 4c, stays positive only for a bounded number of steps:
   the ratio r_{n+1} = b - c/r_n loses at least (c - b^2/4)/b a step while 0 < r_n <= b *)
Section Ratio.
Variables (b c : R) (e : nat -> R) (N : nat).
Hypothesis Hcomplex : b ^ 2 < 4 * c.
Hypothesis e_positive : forall n, (n <= N)%nat -> 0 < e n.
Hypothesis e_recursion : forall n, (S (S n) <= N)%nat -> e (S (S n)) = b * e (S n) - c * e n.

Lemma c_positive : 0 < c.
Proof. assert (P := pow2_ge_0 b). lra. Qed.

Lemma b_positive : (2 <= N)%nat -> 0 < b.
Proof.
  intros HN. assert (H := e_recursion 0 HN). assert (H0 := e_positive 0 ltac:(lia)).
  assert (H1 := e_positive 1 ltac:(lia)). assert (H2 := e_positive 2 HN). assert (Hc := c_positive).
  assert (0 < c * e 0%nat) by (apply Rmult_lt_0_compat; auto). nra.
Qed.

Lemma ratio_decreases n :
  (S (S n) <= N)%nat -> e (S (S n)) / e (S n) <= b - INR n * ((c - b ^ 2 / 4) / b).
Proof.
  induction n as [|n IH]; intros HN.
  - simpl (INR 0). rewrite (e_recursion 0 HN).
    assert (H0 := e_positive 0 ltac:(lia)). assert (H1 := e_positive 1 ltac:(lia)).
    assert (Hce : 0 < c * e 0%nat) by (apply Rmult_lt_0_compat; [exact c_positive|auto]).
    assert (0 < c * e 0%nat / e 1%nat) by (apply Rdiv_lt_0_compat; auto).
    replace ((b * e 1%nat - c * e 0%nat) / e 1%nat) with (b - c * e 0%nat / e 1%nat) by (field; lra). lra.
  - assert (Hr := IH ltac:(lia)). assert (Hb := b_positive ltac:(lia)).
    assert (H1 := e_positive (S n) ltac:(lia)). assert (H2 := e_positive (S (S n)) ltac:(lia)).
    rewrite (e_recursion (S n) HN), S_INR. set (r := e (S (S n)) / e (S n)) in *.
    assert (Hr0 : 0 < r) by (apply Rdiv_lt_0_compat; auto).
    replace ((b * e (S (S n)) - c * e (S n)) / e (S (S n))) with (b - c / r) by (unfold r; field; lra).
    set (k := (c - b ^ 2 / 4) / b) in *. assert (Hk : 0 < k) by (apply Rdiv_lt_0_compat; lra).
    assert (Hrb : r <= b).
    { assert (0 <= INR n * k) by (apply Rmult_le_pos; [apply pos_INR|lra]). lra. }
    assert (Hkb : k * b = c - b ^ 2 / 4) by (unfold k; field; lra).
    assert (Hsq := pow2_ge_0 (r - b / 2)). assert (k * r <= k * b) by (apply Rmult_le_compat_l; lra).
    assert (Hstep : b - c / r <= r - k).
    { apply (Rmult_le_reg_r r); auto. replace ((b - c / r) * r) with (b * r - c) by (field; lra). lra. }
    lra.
Qed.
End Ratio.

Theorem positive_only_boundedly_long (b c : R) :
  b ^ 2 < 4 * c ->
  exists N, forall e : nat -> R,
    (forall n, (n <= N)%nat -> 0 < e n) ->
    (forall n, (S (S n) <= N)%nat -> e (S (S n)) = b * e (S n) - c * e n) -> False.
Proof.
  intros Hc. destruct (Rle_lt_dec b 0) as [Hb|Hb].
  - exists 2%nat. intros e Hp Hr. assert (H := b_positive b c e 2 Hc Hp Hr (le_n 2)). lra.
  - set (k := (c - b ^ 2 / 4) / b). assert (Hk : 0 < k) by (apply Rdiv_lt_0_compat; lra).
    destruct (nfloor_ex (b / k)) as [n Hn]; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
    exists (S (S (S n))). intros e Hp Hr.
    assert (H := ratio_decreases b c e _ Hc Hp Hr (S n) (le_n _)). fold k in H. rewrite S_INR in H.
    assert (H1 := Hp (S (S n)) ltac:(lia)). assert (H2 := Hp (S (S (S n))) ltac:(lia)).
    assert (0 < e (S (S (S n))) / e (S (S n))) by (apply Rdiv_lt_0_compat; auto).
    assert (Hbk : b / k * k < (INR n + 1) * k) by (apply Rmult_lt_compat_r; lra).
    replace (b / k * k) with b in Hbk by (field; lra). lra.
Qed.

(* a continuous function without a zero on [u, v] keeps its sign *)
Lemma sign_kept (F : R -> R) (u v : R) :
  continuity F -> (forall y, Rmin u v <= y <= Rmax u v -> F y <> 0) -> 0 < F u -> 0 < F v.
Proof.
  intros HF Hz Hu. apply Rnot_le_lt. intros Hv.
  destruct (IVT_gen F u v 0 HF) as [y [Hy H0]].
  - split; [eapply Rle_trans; [apply Rmin_r|exact Hv]|eapply Rle_trans; [apply Rlt_le, Hu|apply Rmax_l]].
  - exact (Hz y Hy H0).
Qed.

(* P(u) = u' on an invariant graph; g = h f decreases and is -l u for |u| <= 1 *)
Record graph_dynamics (lam a l : R) (g P : R -> R) : Prop := {
  P_continuous : continuity P;
  g_nonincreasing : forall u v, u <= v -> g v <= g u;
  g_linear : forall u, Rabs u <= 1 -> g u = - l * u;
  P_second_order : forall u, P (P u) = P u + lam * (P u - u) + g (P u + a * (P u - u))
}.

Lemma reflected_dynamics lam a l g P :
  graph_dynamics lam a l g P -> graph_dynamics lam a l (fun u => - g (- u)) (fun u => - P (- u)).
Proof.
  intros [HP Hg Hl HS]. constructor.
  - apply (continuity_opp (fun u => P (- u))). apply (continuity_comp Ropp P); [|exact HP].
    apply (continuity_opp (fun u => u)), derivable_continuous, derivable_id.
  - intros u v Huv. assert (H := Hg (- v) (- u) ltac:(lra)). lra.
  - intros u Hu. rewrite Hl by now rewrite Rabs_Ropp. ring.
  - intros u. rewrite Ropp_involutive, HS.
    replace (- (- P (- u) + a * (- P (- u) - u))) with (P (- u) + a * (P (- u) - - u)) by ring. ring.
Qed.
