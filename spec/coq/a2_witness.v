(* A2's hypotheses hold together: f(u) = -u on [-1, 1], lam = h = 1/4, a = 0, from u_0 = 1. The iterates are
   u_n = (1 + n/2) 2^{-n}, a double root; for alpha = 1/2, kappa = 2 the momentum equation w''/8 + 3w'/4 + w = 0
   has the solution e^{-2t}, and ubar(t) = e^{-4t/3}. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed mean_value rescaled_flow momentum_method inner_product curvature.
From HeavyProof Require Import a1_symmetric a1_symmetric_witness a2_momentum_equation.
Open Scope R_scope.

Definition spring (u : R) : R := - u.
Definition unit_interval (u : R) : Prop := -1 <= u <= 1.
Definition spring_sequence (n : nat) : R_NormedModule := (1 + INR n / 2) * (/ 2) ^ n.
Definition spring_flow (t : R) : R := exp (- (/ (1 - 1 / 4) * t)).
Definition spring_path (t : R) : R := exp (-2 * t).
Definition spring_velocity (t : R) : R := -2 * exp (-2 * t).

Lemma spring_symmetric nu : 0 <= nu ->
  @symmetric_derivative R_NormedModule Rmult unit_interval nu 1 spring (fun x v => -1 * v).
Proof.
  intros Hn. apply (line_symmetric_derivative _ spring (fun _ => -1)). intros x _. split; [|lra].
  unfold spring. auto_derive; [auto|ring].
Qed.

Lemma unit_interval_convex : @convex R_NormedModule unit_interval.
Proof. intros x y t Hx Hy Ht. unfold unit_interval in *. change (-1 <= y + t * (x - y) <= 1). nra. Qed.

Lemma spring_lipschitz : @lipschitz_on R_NormedModule unit_interval 1 spring.
Proof.
  intros x y _ _. change (Rabs (- x - - y) <= 1 * Rabs (x - y)).
  replace (- x - - y) with (- (x - y)) by ring. rewrite Rabs_Ropp. lra.
Qed.

Lemma spring_bounded : @bounded_on R_NormedModule unit_interval 1 spring.
Proof. intros x Hx. change (Rabs (- x) <= 1). rewrite Rabs_Ropp. now apply Rabs_le. Qed.

(* e^{-c t} is in (0, 1] *)
Lemma decay_in_unit c t : 0 <= c -> 0 <= t -> 0 < exp (- c * t) <= 1.
Proof.
  intros Hc Ht. split; [apply exp_pos|]. rewrite <- exp_0. apply gronwall.exp_le. nra.
Qed.

Lemma spring_flow_is_flow T : @rescaled_flow R_NormedModule spring (1 / 4) T spring_flow.
Proof.
  assert (Dv : forall t, is_derive spring_flow t (/ (1 - 1 / 4) * spring (spring_flow t))).
  { intros t. unfold spring, spring_flow. auto_derive; [auto|ring]. }
  split; intros t _; [eapply derive_continuous|]; apply Dv.
Qed.

Lemma spring_flow_inside t : 0 <= t -> unit_interval (spring_flow t).
Proof.
  intros Ht. unfold unit_interval, spring_flow. rewrite <- Ropp_mult_distr_l_reverse.
  generalize (decay_in_unit (/ (1 - 1 / 4)) t ltac:(lra) Ht). lra.
Qed.

Lemma spring_path_solves T :
  @momentum_equation R_NormedModule spring (1 / 4) (1 / 2) (1 / 4) 2 T spring_path spring_velocity.
Proof.
  assert (D1 : forall t, is_derive spring_path t (spring_velocity t)).
  { intros t. unfold spring_path, spring_velocity. auto_derive; [auto|ring]. }
  assert (D2 : forall t, is_derive spring_velocity t
    (/ (1 / 4 * (1 / 2)) * (spring (spring_path t) - (1 - 1 / 4) * spring_velocity t))).
  { intros t. unfold spring, spring_path, spring_velocity. auto_derive; [auto|field]. }
  split; [|split].
  - unfold spring, spring_path, spring_velocity. rewrite Rmult_0_r, exp_0. change (-2 * 1 = 2 * -1). ring.
  - intros t _. split; eapply derive_continuous; [apply D1|apply D2].
  - intros t _. split; [apply D1|apply D2].
Qed.

(* w and w + w'/6 = 2w/3 *)
Lemma spring_path_inside t : 0 <= t -> unit_interval (spring_path t) /\
  unit_interval (@shifted R_NormedModule (1 / 4) (1 / 2) (1 / 4) spring_path spring_velocity t).
Proof.
  intros Ht. assert (E : 0 < exp (-2 * t) <= 1) by exact (decay_in_unit 2 t ltac:(lra) Ht).
  unfold unit_interval, spring_path. split; [lra|].
  change (-1 <= exp (-2 * t) + 1 / 4 * (1 / 2) * / (1 - 1 / 4) * (-2 * exp (-2 * t)) <= 1).
  replace (1 / 4 * (1 / 2) * / (1 - 1 / 4)) with (/ 6) by field. lra.
Qed.

(* u_{n+1} - u_n = -(n + 1)/4 2^{-n} *)
Lemma spring_increment n : increment spring_sequence n = - (INR n / 2) * (/ 2) ^ n.
Proof.
  destruct n as [|n]; unfold increment, before, spring_sequence.
  - simpl. change ((1 + 0 / 2) * 1 - (1 + 0 / 2) * 1 = - (0 / 2) * 1). field.
  - rewrite S_INR. simpl pow. set (p := (/ 2) ^ n).
    change ((1 + (INR n + 1) / 2) * (/ 2 * p) - (1 + INR n / 2) * p = - ((INR n + 1) / 2) * (/ 2 * p)). field.
Qed.

Lemma spring_sequence_step : momentum_sequence spring (1 / 4) 0 (1 / 4) spring_sequence.
Proof.
  intros n. unfold momentum_step, lookahead. rewrite spring_increment. unfold spring_sequence. rewrite S_INR. simpl pow.
  set (p := (/ 2) ^ n). set (x := INR n).
  change ((1 + (x + 1) / 2) * (/ 2 * p) = (1 + x / 2) * p + 1 / 4 * (- (x / 2) * p)
    + 1 / 4 * (- ((1 + x / 2) * p + 0 * (- (x / 2) * p)))). field.
Qed.

(* (1 + n/2) 2^{-n} <= 1 *)
Lemma spring_sequence_inside n : 0 <= (/ 2) ^ n /\ (1 + INR n / 2) * (/ 2) ^ n <= 1.
Proof.
  induction n as [|n [P Q]]; [simpl; lra|]. rewrite S_INR. simpl pow. assert (N := pos_INR n). split; [lra|].
  assert (0 <= INR n * (/ 2) ^ n) by now apply Rmult_le_pos. lra.
Qed.

(* 0 <= c <= 1: (1 + n/2 - c n/2) 2^{-n} lies between 0 and u_n *)
Lemma spring_lookahead c n : 0 <= c <= 1 -> unit_interval (lookahead c spring_sequence n).
Proof.
  intros Hc. unfold lookahead. rewrite spring_increment. destruct (spring_sequence_inside n) as [P Q].
  assert (N := pos_INR n). unfold spring_sequence. set (p := (/ 2) ^ n) in *. set (x := INR n) in *.
  change (-1 <= (1 + x / 2) * p + c * (- (x / 2) * p) <= 1). assert (0 <= x * p) by now apply Rmult_le_pos.
  assert (0 <= c * (x * p) <= x * p) by nra. lra.
Qed.

Lemma spring_points T : points_in unit_interval (1 / 4) 0 (1 / 4) T spring_sequence.
Proof. intros n _. split; apply spring_lookahead; lra. Qed.

Lemma spring_start : spring_sequence 0 = spring_flow 0.
Proof. unfold spring_sequence, spring_flow. simpl. rewrite Rmult_0_r, Ropp_0, exp_0. field. Qed.

Lemma spring_path_start : spring_path 0 = spring_flow 0.
Proof. unfold spring_path, spring_flow. now rewrite !Rmult_0_r, Ropp_0. Qed.

Lemma spring_start_force : @norm R_AbsRing R_NormedModule (spring (spring_flow 0)) = 1.
Proof.
  unfold spring, spring_flow. rewrite Rmult_0_r, Ropp_0, exp_0. change (Rabs (Ropp 1) = 1).
  rewrite Rabs_Ropp. apply Rabs_R1.
Qed.

Lemma a2_witness T n : INR n * (1 / 4) <= T ->
  Rabs (spring_sequence n - spring_path (INR n * (1 / 4))) <= A2_constant (1 / 4) 0 (1 / 2) 2 1 1 1 T * (1 / 4).
Proof.
  intros Hn. set (F := @norm R_AbsRing R_NormedModule (spring (spring_flow 0))).
  replace (A2_constant (1 / 4) 0 (1 / 2) 2 1 1 1 T)
    with (A2_constant (1 / 4) 0 (1 / 2) 2 F 1 1 T) by (unfold F; now rewrite spring_start_force).
  apply (a2_theorem spring unit_interval) with (dw := spring_velocity);
    auto using spring_lipschitz, spring_bounded, spring_flow_is_flow, spring_path_solves, spring_path_start,
      spring_sequence_step, spring_start; try lra.
  - intros t Ht. apply spring_flow_inside. lra.
  - intros t Ht. apply spring_path_inside. lra.
  - intros k _. apply spring_lookahead. lra.
Qed.

Lemma a2_symmetric_witness T n : INR n * (1 / 4) <= T ->
  Rabs (spring_sequence n - spring_path (INR n * (1 / 4)))
    <= A2_symmetric_constant (1 / 4) 0 (1 / 2) 2 1 1 1 1 T * (1 / 4).
Proof.
  intros Hn. set (F := @norm R_AbsRing R_NormedModule (spring (spring_flow 0))).
  replace (A2_symmetric_constant (1 / 4) 0 (1 / 2) 2 1 1 1 1 T)
    with (A2_symmetric_constant (1 / 4) 0 (1 / 2) 2 F 1 1 1 T) by (unfold F; now rewrite spring_start_force).
  apply (a2_symmetric_theorem spring unit_interval)
    with (dot := Rmult) (df := fun x v => -1 * v) (dw := spring_velocity) (ubar := spring_flow);
    auto using unit_interval_convex, line_inner_product, spring_bounded, spring_flow_is_flow, spring_path_solves,
      spring_path_start, spring_sequence_step, spring_start, spring_points; try lra.
  - apply spring_symmetric. lra.
  - intros t Ht. apply spring_flow_inside. lra.
  - intros t Ht. apply spring_path_inside. lra.
Qed.

Lemma a2_convex_witness T n : INR n * (1 / 4) <= T ->
  Rabs (spring_sequence n - spring_path (INR n * (1 / 4)))
    <= A2_convex_constant (1 / 4) 0 (1 / 2) 2 1 1 1 T * (1 / 4).
Proof.
  intros Hn. set (F := @norm R_AbsRing R_NormedModule (spring (spring_flow 0))).
  replace (A2_convex_constant (1 / 4) 0 (1 / 2) 2 1 1 1 T)
    with (A2_convex_constant (1 / 4) 0 (1 / 2) 2 F 1 1 T) by (unfold F; now rewrite spring_start_force).
  apply (a2_convex_theorem spring unit_interval)
    with (dot := Rmult) (df := fun x v => -1 * v) (dw := spring_velocity) (ubar := spring_flow);
    auto using unit_interval_convex, line_inner_product, spring_bounded, spring_flow_is_flow, spring_path_solves,
      spring_path_start, spring_sequence_step, spring_start, spring_points; try lra.
  - apply spring_symmetric. lra.
  - intros t Ht. apply spring_flow_inside. lra.
  - intros t Ht. apply spring_path_inside. lra.
Qed.
