(* Continuous Gronwall in a real normed space, with Euler's step in place of the derivative of the norm:
     |x + s x'| <= (1 + s kappa)|x| + s r  for short s  gives  |x(t)| <= e^{kappa t}|x(0)| + r grown(kappa, t). *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall.
Open Scope R_scope.

(* continuous, negative at a, and wherever it is not positive inside [a, b] it is not positive a little later *)
Section Until.
Variables (psi : R -> R) (a b : R).
Hypothesis order : a <= b.
Hypothesis psi_continuous : forall t, a <= t <= b -> continuous psi t.
Hypothesis psi_start : psi a < 0.
Hypothesis psi_step : forall m, a < m < b -> psi m <= 0 -> exists s, m < s <= b /\ psi s <= 0.

Let reached (t : R) : Prop := a <= t <= b /\ psi t <= 0.

Lemma reached_at_supremum m : is_lub reached m -> reached m.
Proof.
  intros [upper least].
  assert (inside : a <= m <= b) by (split; [apply upper; split; lra|apply least; intros t [Ht _]; lra]).
  split; [exact inside|]. apply Rnot_lt_le. intros gap.
  destruct (function_near psi m (psi_continuous m inside) (psi m) gap) as (d & Pd & H).
  assert (bound : m <= m - d / 2); [|lra].
  apply least. intros t [Ht Et]. apply Rnot_lt_le. intros close.
  assert (t <= m) by (apply upper; now split).
  assert (near : Rabs (t - m) < d) by (apply Rabs_def1; lra). generalize (Rabs_def2 _ _ (H t near)). lra.
Qed.

Lemma reached_after_start : a < b -> exists s, a < s /\ reached s.
Proof.
  intros lt. destruct (function_near psi a (psi_continuous a ltac:(lra)) (- psi a)) as (d & Pd & H); [lra|].
  generalize (Rmin_l (d / 2) (b - a)) (Rmin_r (d / 2) (b - a)) (Rmin_pos (d / 2) (b - a) ltac:(lra) ltac:(lra)).
  set (s := Rmin _ _). intros. exists (a + s). split; [lra|]. split; [lra|].
  assert (near : Rabs (a + s - a) < d) by (apply Rabs_def1; lra). generalize (Rabs_def2 _ _ (H _ near)). lra.
Qed.

Lemma not_positive_until : psi b <= 0.
Proof.
  destruct (completeness reached) as [m Hm].
  - exists b. intros t [Ht _]. lra.
  - exists a. split; lra.
  - destruct (reached_at_supremum m Hm) as [Im Pm]. destruct (Req_dec m b) as [<-|nb]; [exact Pm|]. exfalso.
    destruct (Req_dec m a) as [->|na].
    + destruct reached_after_start as (s & Hs & Rs); [lra|]. generalize (proj1 Hm s Rs). lra.
    + destruct (psi_step m) as (s & Hs & Ps); [lra|exact Pm|].
      assert (Rs : reached s) by (split; lra). generalize (proj1 Hm s Rs). lra.
Qed.
End Until.

Section Barrier.
Context {V : NormedModule R_AbsRing}.
Variables (x dx : R -> V) (phi : R -> R) (a b : R).
Hypothesis order : a <= b.
Hypothesis x_continuous : forall t, a <= t <= b -> continuous x t.
Hypothesis phi_continuous : forall t, a <= t <= b -> continuous phi t.
Hypothesis x_derivative : forall t, a < t < b -> is_derive x t (dx t).
Hypothesis start : norm (x a) < phi a.

(* Euler's step from below the barrier stays below it, with room eps s *)
Hypothesis step : forall t, a < t < b -> norm (x t) <= phi t -> exists eps s0, 0 < eps /\ 0 < s0 /\
  forall s, 0 < s <= s0 -> norm (plus (x t) (scal s (dx t))) + eps * s <= phi (t + s).

Lemma barrier : norm (x b) <= phi b.
Proof.
  cut (norm (x b) - phi b <= 0); [lra|].
  apply (not_positive_until (fun t => norm (x t) - phi t) a b); [exact order| |lra|].
  - intros t Ht. apply (continuous_minus (fun t => norm (x t)) phi); [|now apply phi_continuous].
    apply (continuous_comp x norm); [now apply x_continuous|]. exact (filterlim_norm (x t)).
  - intros m Hm Pm. destruct (step m Hm ltac:(lra)) as (eps & s0 & He & Hs0 & Hstep).
    destruct (derivative_near x m (dx m) (x_derivative m Hm) eps He) as (d & Pd & Near).
    assert (Q : 0 < Rmin (d / 2) (Rmin s0 (b - m))) by (repeat apply Rmin_pos; lra).
    generalize (Rmin_l (d / 2) (Rmin s0 (b - m))) (Rmin_r (d / 2) (Rmin s0 (b - m))) (Rmin_l s0 (b - m))
      (Rmin_r s0 (b - m)).
    set (s := Rmin (d / 2) _) in *. intros. exists (m + s). split; [lra|].
    specialize (Near (m + s)). replace (m + s - m) with s in Near by ring. rewrite Rabs_pos_eq in Near by lra.
    specialize (Near ltac:(lra)). specialize (Hstep s ltac:(lra)).
    assert (Tri := norm_via (plus (x m) (scal s (dx m))) (x (m + s))).
    replace (minus (x (m + s)) (plus (x m) (scal s (dx m)))) with (minus (minus (x (m + s)) (x m)) (scal s (dx m)))
      in Tri by linear.
    norms.
Qed.
End Barrier.

Lemma grown_continuous kappa t : continuous (grown kappa) t.
Proof.
  unfold grown. destruct (Req_EM_T kappa 0) as [_|ne]; [apply continuous_id|].
  apply (ex_derive_continuous (fun t : R => (exp (kappa * t) - 1) / kappa)). auto_derive. auto.
Qed.

Section Gronwall.
Context {V : NormedModule R_AbsRing}.
Variables (x dx : R -> V) (kappa r T : R).
Hypothesis kappa_nonneg : 0 <= kappa.
Hypothesis r_nonneg : 0 <= r.
Hypothesis x_continuous : forall t, 0 <= t <= T -> continuous x t.
Hypothesis x_derivative : forall t, 0 < t < T -> is_derive x t (dx t).
Hypothesis euler : forall t, 0 < t < T -> exists s0, 0 < s0 /\ forall s, 0 < s <= s0 ->
  norm (plus (x t) (scal s (dx t))) <= (1 + s * kappa) * norm (x t) + s * r.

(* with room e at the start and at every step *)
Let phi (e t : R) : R := exp (kappa * t) * (norm (x 0) + e) + (r + e) * grown kappa t.

Lemma phi_step e t s : 0 < e -> 0 <= s -> (1 + s * kappa) * phi e t + s * (r + e) <= phi e (t + s).
Proof.
  intros He Hs. unfold phi. assert (G := grown_step kappa t s kappa_nonneg). assert (N := norm_nonneg (x 0)).
  replace (kappa * (t + s)) with (kappa * t + s * kappa) by ring. rewrite exp_plus.
  assert (E := exp_ineq1_le (s * kappa)). assert (P := exp_pos (kappa * t)).
  apply Rmult_le_compat_l with (r := r + e) in G; [|lra].
  apply Rmult_le_compat_l with (r := exp (kappa * t) * (norm (x 0) + e)) in E; [|apply Rmult_le_pos; lra]. nra.
Qed.

Lemma phi_continuous e t : continuous (phi e) t.
Proof.
  apply (continuous_plus (fun t => exp (kappa * t) * (norm (x 0) + e)) (fun t => (r + e) * grown kappa t)).
  - apply (ex_derive_continuous (fun t : R => exp (kappa * t) * (norm (x 0) + e))). auto_derive. auto.
  - apply (continuous_mult (fun _ => r + e)); [apply continuous_const|apply grown_continuous].
Qed.

Lemma gronwall_with_room e t : 0 < e -> 0 <= t <= T -> norm (x t) <= phi e t.
Proof.
  intros He Ht. apply (barrier x dx (phi e) 0 t); [lra| | | | |].
  - intros s Hs. apply x_continuous. lra.
  - intros s _. apply phi_continuous.
  - intros s Hs. apply x_derivative. lra.
  - unfold phi. rewrite Rmult_0_r, exp_0, grown_0. lra.
  - intros s Hs Below. destruct (euler s ltac:(lra)) as (s0 & P0 & Step). exists e, s0. repeat split; [lra|lra|].
    intros q Hq. specialize (Step q Hq). assert (S := phi_step e s q He ltac:(lra)).
    apply Rmult_le_compat_l with (r := 1 + q * kappa) in Below; [lra|]. generalize (Rmult_le_pos q kappa). lra.
Qed.

Theorem continuous_gronwall t : 0 <= t <= T ->
  norm (x t) <= exp (kappa * t) * norm (x 0) + r * grown kappa t.
Proof.
  intros Ht. assert (G := grown_nonneg kappa t kappa_nonneg (proj1 Ht)). assert (P := exp_pos (kappa * t)).
  apply Rnot_lt_le. intros gap. set (g := norm (x t) - (exp (kappa * t) * norm (x 0) + r * grown kappa t)).
  assert (Q : 0 < exp (kappa * t) + grown kappa t) by lra. assert (Pg : 0 < g) by (unfold g; lra).
  assert (Pe := Rdiv_lt_0_compat _ _ Pg Q). set (e := g / (exp (kappa * t) + grown kappa t)) in *.
  assert (H := gronwall_with_room (e / 2) t ltac:(lra) Ht). unfold phi in H.
  assert (e * (exp (kappa * t) + grown kappa t) = g) by (unfold e; field; lra). unfold g in *. nra.
Qed.
End Gronwall.
