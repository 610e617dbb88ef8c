(* A1's hypotheses on the curvature hold together: the pendulum, -1 <= H <= 1 everywhere, and for nu = 0 the loss
   e^{-u} on u >= 0, whose rescaled flow from 0 is ubar(t) = ln(1 + lb t). *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed mean_value rescaled_flow momentum_method inner_product curvature.
From HeavyProof Require Import a1_symmetric a1_witness.
Open Scope R_scope.

(* on the line f' is multiplication by a number *)
Lemma line_derivative (f df : R -> R) x : is_derive f x (df x) ->
  @filterdiff R_AbsRing R_NormedModule R_NormedModule f (locally x) (fun v => df x * v).
Proof. intros H. apply (filterdiff_ext_lin _ _ _ H). intros v. apply Rmult_comm. Qed.

Lemma line_symmetric_derivative (D : R -> Prop) (f df : R -> R) nu L :
  (forall x, D x -> is_derive f x (df x) /\ - L <= df x <= nu) ->
  @symmetric_derivative R_NormedModule Rmult D nu L f (fun x v => df x * v).
Proof.
  intros H. split.
  - intros x Hx. apply line_derivative. now apply H.
  - intros x v w _. change (df x * v * w = v * (df x * w)). ring.
  - intros x v Hx. change (- L * Rabs v ^ 2 <= df x * v * v). rewrite pow2_abs.
    destruct (H x Hx) as [_ B]. generalize (pow2_ge_0 v). nra.
  - intros x v Hx. change (df x * v * v <= nu * Rabs v ^ 2). rewrite pow2_abs.
    destruct (H x Hx) as [_ B]. generalize (pow2_ge_0 v). nra.
Qed.

Lemma pendulum_derivative_symmetric :
  @symmetric_derivative R_NormedModule Rmult (fun _ => True) 1 1 pendulum (fun x v => - cos x * v).
Proof.
  apply (line_symmetric_derivative _ pendulum (fun x => - cos x)). intros x _. split.
  - unfold pendulum. auto_derive; [auto|ring].
  - generalize (COS_bound x). lra.
Qed.

Lemma a1_symmetric_witness lam a h T : 0 <= lam < 1 -> 0 < h -> h * / (1 - lam) * 1 <= 2 -> forall n, INR n * h <= T ->
  Rabs (pendulum_sequence lam a h 0 n - pendulum_flow lam (INR n * h)) <= A1_symmetric_constant lam a 1 1 1 T * h.
Proof.
  intros Hlam Hh Hs.
  apply (a1_symmetric_theorem pendulum (fun _ => True)) with (dot := Rmult) (df := fun x v => - cos x * v);
    auto using pendulum_start, pendulum_flow_is_flow, line_inner_product, pendulum_derivative_symmetric.
  - lra.
  - exact (fun x y t _ _ _ => I).
  - exact pendulum_bounded.
  - intros n. rewrite pendulum_sequence_step. apply Rplus_0_r.
  - split; exact I.
Qed.

Definition exponential_force (u : R) : R := exp (- u).
Definition exponential_flow (lam t : R) : R := ln (1 + / (1 - lam) * t).

(* u_n and u_{n-1} *)
Fixpoint exponential_pair (lam a h : R) (n : nat) : R * R :=
  match n with
  | O => (0, 0)
  | S m => let (u, b) := exponential_pair lam a h m in
           (u + lam * (u - b) + h * exponential_force (u + a * (u - b)), u)
  end.
Definition exponential_sequence lam a h n : R_NormedModule := fst (exponential_pair lam a h n).

Lemma exponential_pair_previous lam a h n :
  snd (exponential_pair lam a h n) = before (exponential_sequence lam a h) n.
Proof. destruct n as [|n]; [easy|]. unfold exponential_sequence. simpl. now destruct (exponential_pair lam a h n). Qed.

Lemma exponential_sequence_step lam a h :
  momentum_sequence exponential_force lam a h (exponential_sequence lam a h).
Proof.
  intros n. unfold momentum_step, lookahead, increment. rewrite <- exponential_pair_previous.
  unfold exponential_sequence. simpl. now destruct (exponential_pair lam a h n).
Qed.

(* the force is positive: u_n grows *)
Lemma exponential_pair_grows lam a h n : 0 <= lam -> 0 < h ->
  0 <= snd (exponential_pair lam a h n) <= fst (exponential_pair lam a h n).
Proof.
  intros Hlam Hh. induction n as [|n IH]; simpl; [lra|]. destruct (exponential_pair lam a h n) as [u b]. simpl in *.
  assert (P := exp_pos (- (u + a * (u - b)))). unfold exponential_force. nra.
Qed.

Lemma exponential_lookahead lam a h c n : 0 <= lam -> 0 < h -> 0 <= c ->
  0 <= lookahead c (exponential_sequence lam a h) n.
Proof.
  intros Hlam Hh Hc. assert (G := exponential_pair_grows lam a h n Hlam Hh).
  unfold lookahead, increment. rewrite <- exponential_pair_previous. unfold exponential_sequence.
  set (u := fst _) in *. set (b := snd _) in *. change (0 <= u + c * (u - b)). nra.
Qed.

Lemma exponential_flow_domain lam t : 0 <= lam < 1 -> 0 <= t -> 1 <= 1 + / (1 - lam) * t.
Proof. intros H Ht. assert (P := lambda_bar_pos lam H). nra. Qed.

Lemma exponential_flow_derivative lam t : 0 <= lam < 1 -> 0 <= t ->
  is_derive (exponential_flow lam) t (/ (1 - lam) * exponential_force (exponential_flow lam t)).
Proof.
  intros H Ht. assert (P := exponential_flow_domain lam t H Ht). unfold exponential_force, exponential_flow.
  rewrite exp_Ropp, exp_ln by lra. auto_derive; [lra|field; lra].
Qed.

Lemma exponential_flow_is_flow lam T : 0 <= lam < 1 ->
  @rescaled_flow R_NormedModule exponential_force lam T (exponential_flow lam).
Proof.
  intros H. split; intros t Ht; [eapply derive_continuous|]; apply exponential_flow_derivative; lra.
Qed.

(* e^{-u} <= 1 for u >= 0 *)
Lemma exponential_force_below_1 u : 0 <= u -> 0 < exponential_force u <= 1.
Proof.
  intros H. split; [apply exp_pos|]. unfold exponential_force. rewrite <- exp_0.
  destruct H as [H|<-]; [|rewrite Ropp_0; lra]. left. apply exp_increasing. lra.
Qed.

Lemma exponential_derivative_symmetric :
  @symmetric_derivative R_NormedModule Rmult (Rle 0) 0 1 exponential_force (fun x v => - exponential_force x * v).
Proof.
  apply (line_symmetric_derivative _ exponential_force (fun x => - exponential_force x)). intros x Hx. split.
  - unfold exponential_force. auto_derive; [auto|ring].
  - generalize (exponential_force_below_1 x Hx). lra.
Qed.

Lemma half_line_convex : @convex R_NormedModule (Rle 0).
Proof. intros x y t Hx Hy Ht. change (0 <= y + t * (x - y)). nra. Qed.

Lemma a1_convex_witness lam a h T : 0 <= lam < 1 -> 0 <= a -> 0 < h -> h * / (1 - lam) * 1 <= 2 ->
  forall n, INR n * h <= T ->
  Rabs (exponential_sequence lam a h n - exponential_flow lam (INR n * h)) <= A1_convex_constant lam a 1 1 T * h.
Proof.
  intros Hlam Ha Hh Hs. assert (P := lambda_bar_pos lam Hlam).
  apply (a1_convex_theorem exponential_force (Rle 0)) with (dot := Rmult) (df := fun x v => - exponential_force x * v);
    auto using exponential_flow_is_flow, exponential_sequence_step, line_inner_product, half_line_convex,
      exponential_derivative_symmetric.
  - lra.
  - intros x Hx. change (Rabs (exponential_force x) <= 1). generalize (exponential_force_below_1 x Hx). intros B.
    rewrite Rabs_pos_eq; lra.
  - intros t Ht. unfold exponential_flow. rewrite <- ln_1. apply ln_le; [lra|]. apply exponential_flow_domain; lra.
  - unfold exponential_sequence, exponential_flow. simpl. now rewrite Rmult_0_r, Rplus_0_r, ln_1.
  - intros n _. split; apply exponential_lookahead; try lra. apply Rmult_le_pos; lra.
Qed.
