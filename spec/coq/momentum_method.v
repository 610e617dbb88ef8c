(* The method  u_{n+1} = u_n + lam (u_n - u_{n-1}) + h f(u_n + a (u_n - u_{n-1})),  u_{-1} = u_0:
   heavy ball for a = 0, Nesterov for a = lam. Its velocities are v_n = (u_n - u_{n-1})/h, v_0 = 0. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed.
Open Scope R_scope.

Section Method.
Context {V : NormedModule R_AbsRing}.
Implicit Types (f : V -> V) (u : nat -> V).

(* u_{n-1} *)
Definition before u (n : nat) : V := match n with O => u O | S m => u m end.
Definition increment u (n : nat) : V := minus (u n) (before u n).
Definition lookahead (a : R) u (n : nat) : V := plus (u n) (scal a (increment u n)).
Definition momentum_step f (lam a h : R) u (n : nat) : V :=
  plus (plus (u n) (scal lam (increment u n))) (scal h (f (lookahead a u n))).
Definition momentum_sequence f (lam a h : R) u : Prop := forall n, u (S n) = momentum_step f lam a h u n.
Definition velocity (h : R) u (n : nat) : V := scal (/ h) (increment u n).

(* u_1 = u_0 + h f(u_0) *)
Lemma first_step f lam a h u : momentum_sequence f lam a h u -> u 1%nat = plus (u O) (scal h (f (u O))).
Proof.
  intros M. rewrite (M O). unfold momentum_step, lookahead, increment, before.
  replace (plus (u O) (scal a (minus (u O) (u O)))) with (u O) by linear. linear.
Qed.

Lemma velocity_0 h u : velocity h u O = zero.
Proof. unfold velocity, increment, before, minus. rewrite plus_opp_r. exact (scal_zero_r (/ h)). Qed.

(* y_n = u_n + h a v_n *)
Lemma lookahead_of_velocity a h u n : h <> 0 ->
  norm (minus (lookahead a u n) (plus (u n) (scal (h * a) (velocity h u n)))) = 0.
Proof.
  intros H. unfold lookahead, velocity.
  replace (minus _ _) with (zero : V) by linear. apply norm_origin.
Qed.

(* u_{n+1} = u_n + h v_{n+1} *)
Lemma position_of_velocity h u n : h <> 0 ->
  norm (minus (u (S n)) (plus (u n) (scal h (velocity h u (S n))))) = 0.
Proof.
  intros H. unfold velocity, increment, before.
  replace (minus _ _) with (zero : V) by linear. apply norm_origin.
Qed.

(* v_{n+1} - (lam v_n + f(y_n)) = (u_{n+1} - its formula)/h *)
Lemma velocity_of_step f lam a h u n : 0 < h ->
  norm (minus (velocity h u (S n)) (plus (scal lam (velocity h u n)) (f (lookahead a u n))))
    <= norm (minus (u (S n)) (momentum_step f lam a h u n)) / h.
Proof.
  intros H. unfold velocity, momentum_step. set (y := f (lookahead a u n)).
  change (increment u (S n)) with (minus (u (S n)) (u n)).
  replace (minus _ _) with (scal (/ h) (minus (u (S n)) (plus (plus (u n) (scal lam (increment u n))) (scal h y))))
    by linear.
  unfold Rdiv. rewrite Rmult_comm. apply norm_scaled_pos. left. now apply Rinv_0_lt_compat.
Qed.
End Method.
