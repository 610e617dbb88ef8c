(* A3, an instance: f(u) = -sin u on the line, L = B0 = 1, lam = 1/2, h = 1/16, heavy ball (a = 0) and
   Nesterov (a = 1/2). All hypotheses hold; h L = 1/16 is below 0.0857... and 0.0717... *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_theorems.
From HeavyProof Require Import a3_quadratic a3_sharpness.
Open Scope R_scope.

Definition pendulum_force : line -> line := fun u => - sin u.

Lemma pendulum_force_bounded : bounded_by 1 pendulum_force.
Proof.
  intros u. change (Rabs (- sin u) <= 1). rewrite Rabs_Ropp. apply Rabs_le. assert (H := SIN_bound u). lra.
Qed.

(* mean value theorem, |cos| <= 1 *)
Lemma pendulum_force_lipschitz : lipschitz 1 pendulum_force.
Proof.
  intros u v. change (Rabs (- sin u - - sin v) <= 1 * Rabs (u - v)).
  destruct (MVT_gen (fun y => - sin y) v u (fun y => - cos y)) as [c [_ Hc]].
  - intros y _. auto_derive; [exact I|ring].
  - intros y _. apply continuity_pt_opp, continuity_sin.
  - rewrite Hc, Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|].
    rewrite Rabs_Ropp. apply Rabs_le. assert (H := COS_bound c). lra.
Qed.

(* sqrt r <= s if r <= s^2, and then (1/4)^2 <= ((1 - sqrt r)/(1 - a))^2 *)
Lemma threshold_above (a s : R) :
  0 <= a < 1 -> 0 <= s -> / 2 + a * (1 - / 2) <= s ^ 2 -> 1 - s = / 4 * (1 - a) -> / 16 <= threshold (/ 2) a.
Proof.
  intros Ha Hs Hr Heq. assert (Hq : sqrt (/ 2 + a * (1 - / 2)) <= s).
  { rewrite <- (sqrt_pow2 s) by auto. now apply sqrt_le_1_alt. }
  assert (H : / 4 <= (1 - sqrt (/ 2 + a * (1 - / 2))) / (1 - a)).
  { apply (Rmult_le_reg_r (1 - a)); [lra|].
    replace ((1 - sqrt (/ 2 + a * (1 - / 2))) / (1 - a) * (1 - a)) with (1 - sqrt (/ 2 + a * (1 - / 2)))
      by (field; lra). lra. }
  unfold threshold. replace (/ 16) with ((/ 4) ^ 2) by field. apply pow_incr. lra.
Qed.

Lemma heavy_ball_below_threshold : / 16 * 1 <= threshold (/ 2) 0.
Proof. rewrite Rmult_1_r. apply (threshold_above 0 (3 / 4)); lra. Qed.

Lemma nesterov_below_threshold : / 16 * 1 <= threshold (/ 2) (/ 2).
Proof. rewrite Rmult_1_r. apply (threshold_above (/ 2) (7 / 8)); lra. Qed.

(* the hypotheses and conclusions of a3_invariant_manifold, a3_first_order, a3_distance and a3_attraction together *)
Theorem a3_witness :
  forall a, a = 0 \/ a = / 2 ->
  exists m : line -> line,
    in_class (manifold_slope (/ 2) a (/ 16) 1) 2 m /\
    invariant_graph pendulum_force (/ 2) a (/ 16) m /\
    (forall u, Rabs (m u - 2 * - sin u) <= / 16 * (4 * (2 + a))) /\
    forall (u v : nat -> line), orbit pendulum_force (/ 2) a (/ 16) u v ->
      let w n := Rabs (v n - m (u n)) in
      let rho := contraction_factor (/ 2) a (/ 16 * 1) in
      forall n, (/ 2 - a * (/ 16 * 1)) * (1 - scaled_slope (/ 2) a (/ 16 * 1)) * w n <= w (S n) <= rho * w n /\
                w n <= rho ^ n * w 0%nat.
Proof.
  intros a Ha. assert (Hlam : 0 < / 2 < 1) by lra. assert (Ha1 : 0 <= a < 1) by lra.
  assert (Hh : 0 < / 16) by lra. assert (HL : 0 <= 1) by lra.
  assert (Ht : / 16 * 1 <= threshold (/ 2) a).
  { destruct Ha as [-> | ->]; [exact heavy_ball_below_threshold|exact nesterov_below_threshold]. }
  destruct (a3_invariant_manifold pendulum_force (/ 2) a (/ 16) 1 1 Hlam Ha1 Hh HL
              pendulum_force_lipschitz pendulum_force_bounded Ht) as [m [Hc [Hi _]]].
  assert (HM : manifold_bound (/ 2) 1 = 2) by (unfold manifold_bound; field).
  assert (Hc2 := Hc). rewrite HM in Hc2. exists m. split; [exact Hc2|split; [exact Hi|split]].
  - intros u. assert (H := a3_first_order pendulum_force m (/ 2) a (/ 16) 1 Hlam Ha1 Hh HL Ht
                             pendulum_force_lipschitz (proj1 Hc) Hi 1 pendulum_force_bounded (proj2 Hc) u).
    change (Rabs (m u - / (1 - / 2) * - sin u)
              <= / 16 * ((/ (1 - / 2)) ^ 2 * (/ (1 - / 2) + a) * 1 * 1)) in H.
    replace (/ (1 - / 2)) with 2 in H by field. lra.
  - intros u v Ho w rho n.
    destruct (proj2 (a3_attraction pendulum_force m (/ 2) a (/ 16) 1 Hlam Ha1 Hh HL Ht
                       pendulum_force_lipschitz (proj1 Hc) Hi u v Ho) n) as [H1 [H2 H3]].
    split; [split; [apply H1; destruct Ha; lra|exact H2]|exact H3].
Qed.

(* an orbit exists: every start has one *)
Theorem a3_witness_orbit {E : CompleteNormedModule R_AbsRing} (f : E -> E) (lam a h : R) (u0 v0 : E) :
  exists u v : nat -> E, orbit f lam a h u v /\ u 0%nat = u0 /\ v 0%nat = v0.
Proof.
  set (state := fun n => Nat.iter n (fun s : E * E => (next_position f lam a h (fst s) (snd s),
                                                        next_velocity f lam a h (fst s) (snd s))) (u0, v0)).
  exists (fun n => fst (state n)), (fun n => snd (state n)). repeat split.
Qed.

(* hypotheses of the sharpness theorems: lam = 1/2, h = L = 1, (1 - sqrt (1/2))^2 < 1 *)
Theorem a3_sharpness_witness :
  exists f : line -> line,
    lipschitz 1 f /\ bounded_by 1 f /\
    forall m : line -> line, continuity m -> ~ invariant_graph f (/ 2) 0 1 m.
Proof.
  apply a3_sharpness; try lra. rewrite heavy_ball_threshold, Rmult_1_r.
  assert (Hs : 0 < sqrt (/ 2) < 1).
  { split; [apply sqrt_lt_R0; lra|]. rewrite <- sqrt_1. apply sqrt_lt_1; lra. }
  nra.
Qed.
