(* The mean value inequality in a real normed space: if |w'| <= phi' inside [a, b] then
   |w(b) - w(a)| <= phi(b) - phi(a). Neither completeness nor a continuous derivative is needed. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed.
Open Scope R_scope.

Section MeanValue.
Context {V : NormedModule R_AbsRing}.
Variables (w dw : R -> V) (phi dphi : R -> R) (a b : R).
Hypothesis order : a <= b.
Hypothesis w_continuous : forall t, a <= t <= b -> continuous w t.
Hypothesis phi_continuous : forall t, a <= t <= b -> continuous phi t.
Hypothesis w_derivative : forall t, a < t < b -> is_derive w t (dw t).
Hypothesis phi_derivative : forall t, a < t < b -> is_derive phi t (dphi t).
Hypothesis speed : forall t, a < t < b -> norm (dw t) <= dphi t.

(* the inequality up to t, with a slack that vanishes with eps *)
Let reached (eps t : R) : Prop :=
  a <= t <= b /\ norm (minus (w t) (w a)) <= phi t - phi a + eps * (t - a) + eps.

Lemma reached_start eps : 0 < eps -> reached eps a.
Proof. intros P. split; [lra|]. rewrite norm_minus_self. lra. Qed.

Lemma reached_from_start eps : 0 < eps -> a < b -> exists s, a < s /\ reached eps s.
Proof.
  intros P lt.
  destruct (continuous_near w a (w_continuous a ltac:(lra)) (eps / 2)) as (d1 & P1 & H1); [lra|].
  destruct (function_near phi a (phi_continuous a ltac:(lra)) (eps / 2)) as (d2 & P2 & H2); [lra|].
  set (r := Rmin (b - a) (Rmin d1 d2 / 2)). assert (0 < Rmin d1 d2) by now apply Rmin_pos.
  assert (0 < r) by (apply Rmin_pos; lra).
  generalize (Rmin_l (b - a) (Rmin d1 d2 / 2)) (Rmin_r (b - a) (Rmin d1 d2 / 2)) (Rmin_l d1 d2) (Rmin_r d1 d2).
  fold r. intros. exists (a + r). split; [lra|]. split; [lra|].
  assert (near : Rabs (a + r - a) = r) by (rewrite Rabs_pos_eq; lra).
  generalize (H1 (a + r) ltac:(lra)) (Rabs_def2 _ _ (H2 (a + r) ltac:(lra))). nra.
Qed.

Lemma reached_from_inside eps m : 0 < eps -> a < m < b -> reached eps m -> exists s, m < s /\ reached eps s.
Proof.
  intros P inside [_ Hm].
  destruct (derivative_speed w m _ (w_derivative m inside) (eps / 2)) as (d1 & P1 & H1); [lra|].
  destruct (function_speed phi m _ (phi_derivative m inside) (eps / 2)) as (d2 & P2 & H2); [lra|].
  set (r := Rmin (b - m) (Rmin d1 d2 / 2)). assert (0 < Rmin d1 d2) by now apply Rmin_pos.
  assert (0 < r) by (apply Rmin_pos; lra).
  generalize (Rmin_l (b - m) (Rmin d1 d2 / 2)) (Rmin_r (b - m) (Rmin d1 d2 / 2)) (Rmin_l d1 d2) (Rmin_r d1 d2).
  fold r. intros. exists (m + r). split; [lra|]. split; [lra|].
  assert (near : Rabs (m + r - m) = r) by (rewrite Rabs_pos_eq; lra).
  specialize (H1 (m + r) ltac:(lra)). specialize (H2 (m + r) ltac:(lra)). rewrite near in H1, H2.
  apply Rabs_le_between in H2. replace (m + r - m) with r in H2 by ring.
  assert (norm (dw m) * r <= dphi m * r) by (apply Rmult_le_compat_r; [lra|now apply speed]).
  eapply Rle_trans; [apply (norm_between (w m))|]. nra.
Qed.

Lemma reached_at_supremum eps m : 0 < eps -> is_lub (reached eps) m -> reached eps m.
Proof.
  intros P [upper least].
  assert (inside : a <= m <= b).
  { split; [apply upper, reached_start, P|]. apply least. intros t [Ht _]. lra. }
  split; [exact inside|]. apply Rnot_lt_le. intros gap.
  set (g := norm (minus (w m) (w a)) - (phi m - phi a + eps * (m - a) + eps)).
  destruct (continuous_near w m (w_continuous m inside) (g / 2)) as (d1 & P1 & H1); [unfold g; lra|].
  destruct (function_near phi m (phi_continuous m inside) (g / 2)) as (d2 & P2 & H2); [unfold g; lra|].
  set (d := Rmin d1 d2). generalize (Rmin_l d1 d2) (Rmin_r d1 d2) (Rmin_pos _ _ P1 P2). fold d. intros.
  assert (bound : m <= m - d / 2); [|lra].
  apply least. intros t [Ht Et]. apply Rnot_lt_le. intros close.
  assert (t <= m) by (apply upper; split; assumption).
  assert (near : Rabs (t - m) < d) by (apply Rabs_def1; lra).
  generalize (H1 t ltac:(lra)) (Rabs_def2 _ _ (H2 t ltac:(lra))). rewrite norm_minus_sym.
  generalize (norm_between (w t) (w m) (w a)). unfold g. nra.
Qed.

Lemma reached_end eps : 0 < eps -> reached eps b.
Proof.
  intros P. destruct (completeness (reached eps)) as [m Hm].
  - exists b. intros t [Ht _]. lra.
  - exists a. now apply reached_start.
  - assert (Rm := reached_at_supremum eps m P Hm). destruct (Req_dec m b) as [<-|ne]; [exact Rm|]. exfalso.
    assert (inside := proj1 Rm). destruct (Req_dec m a) as [->|nea].
    + destruct (reached_from_start eps P) as (s & Hs & Rs); [lra|]. generalize (proj1 Hm s Rs). lra.
    + destruct (reached_from_inside eps m P ltac:(lra) Rm) as (s & Hs & Rs). generalize (proj1 Hm s Rs). lra.
Qed.

Lemma mean_value_inequality : norm (minus (w b) (w a)) <= phi b - phi a.
Proof.
  apply Rnot_lt_le. intros gap.
  set (g := norm (minus (w b) (w a)) - (phi b - phi a)). assert (Pg : 0 < g) by (unfold g; lra).
  assert (Q : 0 < b - a + 1) by lra. assert (Pe := Rdiv_lt_0_compat _ _ Pg Q).
  destruct (reached_end (g / (b - a + 1) / 2)) as [_ H]; [lra|].
  assert (g / (b - a + 1) * (b - a + 1) = g) by (field; lra). unfold g in *. nra.
Qed.
End MeanValue.
