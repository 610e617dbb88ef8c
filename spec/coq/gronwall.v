(* The discrete Gronwall inequality: e_0 = 0, e_{n+1} <= (1 + h kappa) e_n + h r gives
   e_n <= r grown(kappa, nh), where grown(kappa, t) is the integral of e^{kappa s} over [0, t]. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition grown (kappa t : R) : R :=
  if Req_EM_T kappa 0 then t else (exp (kappa * t) - 1) / kappa.

(* kappa grown(kappa, t) = e^{kappa t} - 1 *)
Lemma grown_scaled kappa t : kappa * grown kappa t = exp (kappa * t) - 1.
Proof.
  unfold grown. destruct (Req_EM_T kappa 0) as [->|ne]; [|now field].
  rewrite !Rmult_0_l, exp_0. ring.
Qed.

Lemma grown_0 kappa : grown kappa 0 = 0.
Proof. unfold grown. destruct (Req_EM_T kappa 0); [easy|]. rewrite Rmult_0_r, exp_0. now field. Qed.

(* (1 + h kappa) grown(t) + h <= grown(t + h), because 1 + h kappa <= e^{h kappa} *)
Lemma grown_step kappa t h : 0 <= kappa -> (1 + h * kappa) * grown kappa t + h <= grown kappa (t + h).
Proof.
  intros K. unfold grown. destruct (Req_EM_T kappa 0) as [->|ne]; [lra|].
  replace (kappa * (t + h)) with (kappa * t + h * kappa) by ring. rewrite exp_plus.
  assert (E := exp_ineq1_le (h * kappa)). assert (P := exp_pos (kappa * t)).
  apply Rmult_le_reg_r with kappa; [lra|].
  replace ((exp (kappa * t) * exp (h * kappa) - 1) / kappa * kappa)
    with (exp (kappa * t) * exp (h * kappa) - 1) by (field; lra).
  replace (((1 + h * kappa) * ((exp (kappa * t) - 1) / kappa) + h) * kappa)
    with (exp (kappa * t) * (1 + h * kappa) - 1) by (field; lra).
  apply Rmult_le_compat_l with (r := exp (kappa * t)) in E; lra.
Qed.

Lemma exp_le x y : x <= y -> exp x <= exp y.
Proof. intros [H| ->]; [left; now apply exp_increasing|lra]. Qed.

Lemma grown_monotone kappa s t : 0 <= kappa -> s <= t -> grown kappa s <= grown kappa t.
Proof.
  intros K H. unfold grown. destruct (Req_EM_T kappa 0); [exact H|].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
  assert (kappa * s <= kappa * t) by (apply Rmult_le_compat_l; lra). generalize (exp_le _ _ H0). lra.
Qed.

Lemma grown_nonneg kappa t : 0 <= kappa -> 0 <= t -> 0 <= grown kappa t.
Proof. intros K H. rewrite <- (grown_0 kappa). now apply grown_monotone. Qed.

(* e^x - 1 <= x e^x *)
Lemma grown_below kappa t : 0 <= kappa -> 0 <= t -> grown kappa t <= t * exp (kappa * t).
Proof.
  intros K H. unfold grown. destruct (Req_EM_T kappa 0) as [->|ne].
  - rewrite Rmult_0_l, exp_0. lra.
  - apply Rmult_le_reg_r with kappa; [lra|].
    replace ((exp (kappa * t) - 1) / kappa * kappa) with (exp (kappa * t) - 1) by (now field).
    assert (E := exp_ineq1_le (- (kappa * t))). rewrite exp_Ropp in E. assert (P := exp_pos (kappa * t)).
    apply Rmult_le_compat_l with (r := exp (kappa * t)) in E; [|lra]. rewrite Rinv_r in E by lra. lra.
Qed.

(* the sum of a geometric series, as a recursion: |v_n| <= 1/(1-lam) B *)
Lemma relaxation lam B (x : nat -> R) (N : nat) : 0 <= lam < 1 -> x O = 0 -> 0 <= B ->
  (forall n, (n < N)%nat -> x (S n) <= lam * x n + B) -> forall n, (n <= N)%nat -> x n <= / (1 - lam) * B.
Proof.
  intros Hl H0 HB step. induction n; intros Hn.
  - rewrite H0. apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|exact HB].
  - eapply Rle_trans; [apply step; lia|]. specialize (IHn ltac:(lia)).
    apply Rmult_le_compat_l with (r := lam) in IHn; [|lra].
    replace (/ (1 - lam) * B) with (lam * (/ (1 - lam) * B) + B) by (field; lra). lra.
Qed.

Lemma discrete_gronwall kappa h r (e : nat -> R) (N : nat) :
  0 <= kappa -> 0 <= h -> 0 <= r -> e O = 0 ->
  (forall n, (n < N)%nat -> e (S n) <= (1 + h * kappa) * e n + h * r) ->
  forall n, (n <= N)%nat -> e n <= r * grown kappa (INR n * h).
Proof.
  intros K Hh Hr H0 step. induction n; intros Hn.
  - rewrite H0. simpl INR. rewrite Rmult_0_l, grown_0. lra.
  - eapply Rle_trans; [apply step; lia|]. specialize (IHn ltac:(lia)).
    rewrite S_INR. replace ((INR n + 1) * h) with (INR n * h + h) by ring.
    assert (G := grown_step kappa (INR n * h) h K).
    apply Rmult_le_compat_l with (r := 1 + h * kappa) in IHn; [|nra].
    apply Rmult_le_compat_l with (r := r) in G; [|exact Hr]. lra.
Qed.
