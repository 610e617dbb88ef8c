(* B1: momentum gradient descent is exactly the leapfrog (central difference) scheme of
   lambda_eff w'' + w' + grad F(w) = 0.  B2: (gamma, beta) with equal lambda follow one path. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives.
Open Scope R_scope.

(* lambda = gamma/(1-beta)^2,  epsilon = gamma/(1-beta),  lambda_eff = lambda (1+beta)/2 *)
Definition mass (gamma beta : R) : R := gamma / (1 - beta) ^ 2.
Definition time_step (gamma beta : R) : R := gamma / (1 - beta).
Definition effective_mass (gamma beta : R) : R := mass gamma beta * (1 + beta) / 2.

(* w_{k+1} = w_k - gamma grad F(w_k) + beta (w_k - w_{k-1}), at one k and one coordinate *)
Definition momentum_step (gamma beta before now after slope : R) : Prop :=
  after = now - gamma * slope + beta * (now - before).

(* m (w_{k+1} - 2 w_k + w_{k-1})/h^2 + (w_{k+1} - w_{k-1})/(2h) + grad F(w_k) = 0 *)
Definition leapfrog_step (m h before now after slope : R) : Prop :=
  m * ((after - 2 * now + before) / h ^ 2) + (after - before) / (2 * h) + slope = 0.

(* w_{-1} = w_0 *)
Definition descent_from_rest (d : nat) (gamma beta : R) (grad : vector -> vector) (w : nat -> vector) : Prop :=
  forall k i, (i < d)%nat -> momentum_step gamma beta (w (pred k) i) (w k i) (w (S k) i) (grad (w k) i).

Section Pair.
Variables gamma beta : R.
Hypothesis gamma_positive : 0 < gamma.
Hypothesis beta_below_1 : beta < 1.

Lemma mass_of_step : mass gamma beta = time_step gamma beta / (1 - beta).
Proof. unfold mass, time_step. field. lra. Qed.

(* beta = 1 - epsilon/lambda,  gamma = epsilon^2/lambda *)
Lemma parameters_of_mass :
  beta = 1 - time_step gamma beta / mass gamma beta /\ gamma = time_step gamma beta ^ 2 / mass gamma beta.
Proof. unfold mass, time_step. split; field; lra. Qed.

(* lambda_eff = lambda - epsilon/2 *)
Lemma effective_mass_shift : effective_mass gamma beta = mass gamma beta - time_step gamma beta / 2.
Proof. unfold effective_mass, mass, time_step. field. lra. Qed.

(* gamma times the scheme is the descent step *)
Lemma leapfrog_is_momentum_step before now after slope :
  momentum_step gamma beta before now after slope <->
  leapfrog_step (effective_mass gamma beta) (time_step gamma beta) before now after slope.
Proof.
  unfold momentum_step, leapfrog_step.
  set (scheme := effective_mass gamma beta * ((after - 2 * now + before) / time_step gamma beta ^ 2)
    + (after - before) / (2 * time_step gamma beta) + slope).
  assert (E : gamma * scheme = after - (now - gamma * slope + beta * (now - before))).
  { unfold scheme, effective_mass, mass, time_step. field. lra. }
  split; intros H.
  - apply (Rmult_eq_reg_l gamma); [|lra]. rewrite E, H. ring.
  - rewrite H, Rmult_0_r in E. lra.
Qed.
End Pair.

(* Descent on any F is the scheme of mass lambda_eff = lambda - epsilon/2 and step epsilon, and conversely;
   from w_{-1} = w_0 its central velocity at 0 is -epsilon grad F(w_0)/(2 lambda). *)
Theorem b1_leapfrog d gamma beta grad w : 0 < gamma -> beta < 1 ->
  let h := time_step gamma beta in
  (descent_from_rest d gamma beta grad w <->
   forall k i, (i < d)%nat ->
     leapfrog_step (effective_mass gamma beta) h (w (pred k) i) (w k i) (w (S k) i) (grad (w k) i)) /\
  effective_mass gamma beta = mass gamma beta - h / 2 /\
  (descent_from_rest d gamma beta grad w ->
   forall i, (i < d)%nat -> (w 1%nat i - w 0%nat i) / (2 * h) = - h * grad (w 0%nat) i / (2 * mass gamma beta)).
Proof.
  intros Hg Hb h. split; [|split].
  - split; intros D k i Hi; apply (leapfrog_is_momentum_step gamma beta Hg Hb), D, Hi.
  - now apply effective_mass_shift.
  - intros D i Hi. rewrite (D 0%nat i Hi). simpl (pred 0). unfold h, time_step, mass. field. lra.
Qed.

(* lambda W'' + W' + grad F(W) = 0 for t >= 0 *)
Definition mass_flow (d : nat) (lambda : R) (grad : vector -> vector) (W dW : nat -> R -> R) : Prop :=
  forall i t, (i < d)%nat -> 0 <= t -> is_derive (W i) t (dW i t) /\
    is_derive (dW i) t (- (dW i t + grad (fun j => W j t) i) / lambda).

(* the same with an iteration as the unit of time: V'' + (1-beta) V' + gamma grad F(V) = 0 for s >= 0 *)
Definition iteration_flow (d : nat) (gamma beta : R) (grad : vector -> vector) (V dV : nat -> R -> R) : Prop :=
  forall i s, (i < d)%nat -> 0 <= s -> is_derive (V i) s (dV i s) /\
    is_derive (dV i) s (- ((1 - beta) * dV i s + gamma * grad (fun j => V j s) i)).

(* V(s) = W(epsilon s): (gamma, beta) moves along the path of mass lambda by epsilon an iteration *)
Lemma iteration_flow_of_mass_flow d gamma beta grad W dW : 0 < gamma -> beta < 1 ->
  mass_flow d (mass gamma beta) grad W dW ->
  let h := time_step gamma beta in
  iteration_flow d gamma beta grad (fun i s => W i (h * s)) (fun i s => h * dW i (h * s)).
Proof.
  intros Hg Hb F h i s Hi Hs.
  assert (Hh : 0 < h) by (apply Rdiv_lt_0_compat; lra).
  destruct (F i (h * s) Hi ltac:(apply Rmult_le_pos; lra)) as [D1 D2].
  split; [exact (derive_rescaled (W i) h s _ D1)|].
  apply derive_eq with (1 := derive_scal _ s _ (derive_rescaled (dW i) h s _ D2) h).
  unfold h, time_step, mass. field. lra.
Qed.

(* gamma' = rho^2 gamma, 1-beta' = rho (1-beta): lambda is unchanged, epsilon' = rho epsilon, and the flow of
   (gamma', beta') is that of (gamma, beta) at rho times the speed. *)
Theorem b2_acceleration_rule gamma beta rho : 0 < gamma -> beta < 1 -> 0 < rho ->
  let gamma' := rho ^ 2 * gamma in let beta' := 1 - rho * (1 - beta) in
  mass gamma' beta' = mass gamma beta /\ time_step gamma' beta' = rho * time_step gamma beta /\
  forall d grad V dV, iteration_flow d gamma beta grad V dV ->
    iteration_flow d gamma' beta' grad (fun i s => V i (rho * s)) (fun i s => rho * dV i (rho * s)).
Proof.
  intros Hg Hb Hr gamma' beta'. unfold mass, time_step, gamma', beta'.
  assert (P : 0 < rho * (1 - beta)) by (apply Rmult_lt_0_compat; lra).
  split; [field; lra|split; [field; lra|]].
  intros d grad V dV F i s Hi Hs.
  destruct (F i (rho * s) Hi ltac:(apply Rmult_le_pos; lra)) as [D1 D2].
  split; [exact (derive_rescaled (V i) rho s _ D1)|].
  apply derive_eq with (1 := derive_scal _ s _ (derive_rescaled (dV i) rho s _ D2) rho). ring.
Qed.

(* Equal lambda is nothing else: rho = epsilon_2/epsilon_1. *)
Theorem b2_equal_mass gamma1 beta1 gamma2 beta2 : 0 < gamma1 -> beta1 < 1 -> 0 < gamma2 -> beta2 < 1 ->
  mass gamma1 beta1 = mass gamma2 beta2 ->
  let rho := time_step gamma2 beta2 / time_step gamma1 beta1 in
  gamma2 = rho ^ 2 * gamma1 /\ beta2 = 1 - rho * (1 - beta1).
Proof.
  intros G1 B1 G2 B2 M rho.
  assert (Rho : rho = (1 - beta2) / (1 - beta1)).
  { unfold rho. replace (time_step gamma2 beta2) with (mass gamma2 beta2 * (1 - beta2))
      by (unfold mass, time_step; field; lra).
    rewrite <- M. unfold mass, time_step. field. lra. }
  assert (E : gamma2 = mass gamma2 beta2 * (1 - beta2) ^ 2) by (unfold mass; field; lra).
  rewrite <- M in E. rewrite Rho. split; [rewrite E at 1; unfold mass|]; field; lra.
Qed.

(* Two pairs of equal lambda: W(epsilon_1 s_1) = W(epsilon_2 s_2) at epsilon_1 s_1 = epsilon_2 s_2, both flows. *)
Theorem b2_same_path d gamma1 beta1 gamma2 beta2 grad W dW :
  0 < gamma1 -> beta1 < 1 -> 0 < gamma2 -> beta2 < 1 -> mass gamma1 beta1 = mass gamma2 beta2 ->
  mass_flow d (mass gamma1 beta1) grad W dW ->
  let h1 := time_step gamma1 beta1 in let h2 := time_step gamma2 beta2 in
  iteration_flow d gamma1 beta1 grad (fun i s => W i (h1 * s)) (fun i s => h1 * dW i (h1 * s)) /\
  iteration_flow d gamma2 beta2 grad (fun i s => W i (h2 * s)) (fun i s => h2 * dW i (h2 * s)).
Proof.
  intros G1 B1 G2 B2 M F h1 h2. split; apply iteration_flow_of_mass_flow; auto. now rewrite <- M.
Qed.

(* Descent exists for every start and every grad F; the flow, for F(w) = w^2/8 and lambda = 1, is e^{-t/2}. *)
Fixpoint descent_pair (gamma beta : R) (grad : vector -> vector) (w0 : vector) (k : nat) : vector * vector :=
  match k with
  | O => (w0, w0)
  | S m => let (before, now) := descent_pair gamma beta grad w0 m in
           (now, fun i => now i - gamma * grad now i + beta * (now i - before i))
  end.

Theorem b1_witness d gamma beta grad w0 :
  exists w, descent_from_rest d gamma beta grad w /\ w 0%nat = w0.
Proof.
  exists (fun k => snd (descent_pair gamma beta grad w0 k)). split; [|reflexivity].
  intros k i _. unfold momentum_step. destruct k as [|k]; simpl; [ring|].
  destruct (descent_pair gamma beta grad w0 k) as [before now]. reflexivity.
Qed.

(* beta = 1/2, gamma = 1/4, rho = 3/2 *)
Theorem b2_witness : let W := fun (_ : nat) t => exp (- (1 / 2) * t) in
  let grad := fun (a : vector) i => a i / 4 in
  mass_flow 1 (mass (1 / 4) (1 / 2)) grad W (fun i t => - (1 / 2) * W i t) /\
  iteration_flow 1 (1 / 4) (1 / 2) grad (fun i s => W i (time_step (1 / 4) (1 / 2) * s))
    (fun i s => time_step (1 / 4) (1 / 2) * (- (1 / 2) * W i (time_step (1 / 4) (1 / 2) * s))) /\
  mass ((3 / 2) ^ 2 * (1 / 4)) (1 - 3 / 2 * (1 - 1 / 2)) = mass (1 / 4) (1 / 2).
Proof.
  intros W grad.
  assert (E : forall t, is_derive (fun s => exp (- (1 / 2) * s)) t (- (1 / 2) * exp (- (1 / 2) * t))).
  { intros t. apply derive_rescaled, is_derive_exp. }
  assert (F : mass_flow 1 (mass (1 / 4) (1 / 2)) grad W (fun i t => - (1 / 2) * W i t)).
  { intros i t _ _. split; [apply E|].
    apply derive_eq with (1 := derive_scal _ t _ (E t) (- (1 / 2))). unfold mass, grad, W. field. }
  split; [exact F|split].
  - apply (iteration_flow_of_mass_flow 1 (1 / 4) (1 / 2) grad W _ ltac:(lra) ltac:(lra) F).
  - apply (b2_acceleration_rule (1 / 4) (1 / 2) (3 / 2)); lra.
Qed.
