(* A1's hypotheses hold together: the pendulum f(u) = -sin u, L = B0 = 1, from u_0 = pi/2.
   Its rescaled flow is ubar(t) = 2 atan(e^{-lb t}). *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed mean_value rescaled_flow momentum_method.
From HeavyProof Require Import a1_rescaled_flow a1_perturbed.
Open Scope R_scope.

Definition pendulum (u : R) : R := - sin u.
Definition pendulum_flow (lam t : R) : R := 2 * atan (exp (- (/ (1 - lam) * t))).

(* u_n and u_{n-1}, with a defect of size delta at every step *)
Fixpoint pendulum_pair (lam a h delta : R) (n : nat) : R * R :=
  match n with
  | O => (2 * atan 1, 2 * atan 1)
  | S m => let (u, b) := pendulum_pair lam a h delta m in
           (u + lam * (u - b) + h * pendulum (u + a * (u - b)) + delta, u)
  end.
Definition pendulum_sequence lam a h delta n : R_NormedModule := fst (pendulum_pair lam a h delta n).

(* |sin x - sin y| <= |x - y| *)
Lemma sine_lipschitz x y : Rabs (sin x - sin y) <= Rabs (x - y).
Proof.
  assert (ordered : forall x y, x <= y -> Rabs (sin y - sin x) <= y - x).
  { clear. intros x y H.
    apply (@mean_value_inequality R_NormedModule sin cos (fun t => t) (fun _ => 1) x y H); intros t _.
    - apply (derive_continuous _ _ _ (is_derive_sin t)).
    - apply continuous_id.
    - apply is_derive_sin.
    - apply (is_derive_id t).
    - apply Rabs_le. generalize (COS_bound t). lra. }
  destruct (Rle_or_lt x y) as [H|H].
  - rewrite (Rabs_minus_sym x), (Rabs_minus_sym (sin x)), (Rabs_pos_eq (y - x)) by lra. now apply ordered.
  - rewrite (Rabs_pos_eq (x - y)) by lra. apply ordered. lra.
Qed.

Lemma pendulum_lipschitz : @lipschitz_on R_NormedModule (fun _ => True) 1 pendulum.
Proof.
  intros x y _ _. change (Rabs (- sin x - - sin y) <= 1 * Rabs (x - y)).
  replace (- sin x - - sin y) with (- (sin x - sin y)) by ring. rewrite Rabs_Ropp, Rmult_1_l. apply sine_lipschitz.
Qed.

Lemma pendulum_bounded : @bounded_on R_NormedModule (fun _ => True) 1 pendulum.
Proof. intros x _. apply Rabs_le. generalize (SIN_bound x). unfold pendulum. lra. Qed.

(* sin(2 atan z) = 2z/(1 + z^2) *)
Lemma sine_of_twice_atan z : sin (2 * atan z) = 2 * z / (1 + z ^ 2).
Proof.
  assert (P : 0 < 1 + z ^ 2) by nra. assert (Q := sqrt_lt_R0 _ P).
  rewrite sin_2a, sin_atan, cos_atan. unfold Rsqr. replace (1 + z * z) with (1 + z ^ 2) by ring.
  replace (1 + z ^ 2) with (sqrt (1 + z ^ 2) * sqrt (1 + z ^ 2)) at 3 by (apply sqrt_sqrt; lra). field. lra.
Qed.

Lemma pendulum_flow_derivative lam t :
  is_derive (pendulum_flow lam) t (/ (1 - lam) * pendulum (pendulum_flow lam t)).
Proof.
  unfold pendulum, pendulum_flow. rewrite sine_of_twice_atan. set (lb := / (1 - lam)).
  assert (0 < 1 + exp (- (lb * t)) ^ 2) by nra. auto_derive; [auto|]. unfold Rsqr in *. field. nra.
Qed.

Lemma pendulum_flow_is_flow lam T : @rescaled_flow R_NormedModule pendulum lam T (pendulum_flow lam).
Proof.
  split; intros t _; [eapply derive_continuous|]; apply pendulum_flow_derivative.
Qed.

Lemma pendulum_start lam a h delta : pendulum_sequence lam a h delta O = pendulum_flow lam 0.
Proof. unfold pendulum_sequence, pendulum_flow. simpl. now rewrite Rmult_0_r, Ropp_0, exp_0. Qed.

Lemma pendulum_pair_previous lam a h delta n :
  snd (pendulum_pair lam a h delta n) = before (pendulum_sequence lam a h delta) n.
Proof. destruct n as [|n]; [easy|]. unfold pendulum_sequence. simpl. now destruct (pendulum_pair lam a h delta n). Qed.

Lemma pendulum_sequence_step lam a h delta n :
  pendulum_sequence lam a h delta (S n)
  = plus (momentum_step pendulum lam a h (pendulum_sequence lam a h delta) n) delta.
Proof.
  unfold momentum_step, lookahead, increment. rewrite <- pendulum_pair_previous.
  unfold pendulum_sequence. simpl. now destruct (pendulum_pair lam a h delta n).
Qed.

Lemma a1_witness lam a h T : 0 <= lam < 1 -> 0 < h -> forall n, INR n * h <= T ->
  Rabs (pendulum_sequence lam a h 0 n - pendulum_flow lam (INR n * h)) <= A1_constant lam a 1 1 T * h.
Proof.
  intros Hlam Hh. apply (a1_theorem pendulum (fun _ => True)); auto using pendulum_start, pendulum_flow_is_flow.
  - lra.
  - exact pendulum_lipschitz.
  - exact pendulum_bounded.
  - intros n. rewrite pendulum_sequence_step. apply Rplus_0_r.
Qed.

Lemma a1_perturbed_witness lam a h T delta : 0 <= lam < 1 -> 0 < h -> 0 <= delta -> forall n, INR n * h <= T ->
  Rabs (pendulum_sequence lam a h delta n - pendulum_flow lam (INR n * h))
    <= A1_constant lam a 1 1 T * h + defect_constant lam a 1 T * (delta * T / h).
Proof.
  intros Hlam Hh Hd.
  apply (a1_perturbed_theorem pendulum (fun _ => True)); auto using pendulum_start, pendulum_flow_is_flow.
  - lra.
  - exact pendulum_lipschitz.
  - exact pendulum_bounded.
  - intros n _. split; [auto|]. rewrite pendulum_sequence_step. set (x := momentum_step _ _ _ _ _ _).
    change (Rabs (x + delta - x) <= delta). replace (x + delta - x) with delta by ring. rewrite Rabs_pos_eq; lra.
Qed.
