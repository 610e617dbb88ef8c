(* The hypotheses of a3_graph_transform, a3_distance and a3_euclidean hold together: the pendulum, and two of them
   in the plane, at lam = 1/2, a = 0, h = 1/16, L = 1. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_theorems a3_euclidean.
From HeavyProof Require Import a3_quadratic a3_witness.
Open Scope R_scope.

Lemma a3_graph_transform_witness m :
  in_class (manifold_slope (/ 2) 0 (/ 16) 1) (manifold_bound (/ 2) 1) m ->
  in_class (manifold_slope (/ 2) 0 (/ 16) 1) (manifold_bound (/ 2) 1) (graph_transform pendulum_force (/ 2) 0 (/ 16) m).
Proof.
  intros Hm. apply (a3_graph_transform pendulum_force (/ 2) 0 (/ 16) 1 1); try lra; try exact Hm.
  - exact pendulum_force_lipschitz.
  - exact pendulum_force_bounded.
  - exact heavy_ball_below_threshold.
Qed.

Lemma a3_distance_witness : exists m : line -> line, invariant_graph pendulum_force (/ 2) 0 (/ 16) m /\
  let theta := 2 * (/ 2 * scaled_slope (/ 2) 0 (/ 16) + / 16) in
  forall u, Rabs (m u - 2 * - sin u) <= 2 * (theta / (1 - theta)) * Rabs (- sin u).
Proof.
  assert (Hlam : 0 < / 2 < 1) by lra. assert (Ha : 0 <= 0 < 1) by lra. assert (Hh : 0 < / 16) by lra.
  assert (HL : 0 <= 1) by lra.
  destruct (a3_invariant_manifold pendulum_force (/ 2) 0 (/ 16) 1 1 Hlam Ha Hh HL
              pendulum_force_lipschitz pendulum_force_bounded heavy_ball_below_threshold) as [m [Hc [Hi _]]].
  exists m. split; [exact Hi|]. intros theta u.
  assert (H := proj2 (a3_distance pendulum_force m (/ 2) 0 (/ 16) 1 Hlam Ha Hh HL heavy_ball_below_threshold
                        pendulum_force_lipschitz (proj1 Hc) Hi) u).
  replace (/ (1 - / 2) * (/ 2 * scaled_slope (/ 2) 0 (/ 16 * 1) + / 16 * 1 * (Rabs (1 - 0) + 0 * scaled_slope (/ 2) 0
    (/ 16 * 1)))) with theta in H.
  - replace (/ (1 - / 2)) with 2 in H by field. exact H.
  - unfold theta. rewrite Rmult_1_r, Rminus_0_r, Rabs_R1. field.
Qed.

Definition two_pendulums (x : euclidean 1) : euclidean 1 := (- sin (fst x), - sin (snd x)).

(* (sin p - sin r)^2 <= (p - r)^2 *)
Lemma pendulum_contracts p r : (- sin p - - sin r) ^ 2 <= (p - r) ^ 2.
Proof.
  assert (H : Rabs (- sin p - - sin r) <= 1 * Rabs (p - r)) by exact (pendulum_force_lipschitz p r).
  rewrite <- (pow2_abs (p - r)), <- pow2_abs. apply pow_incr. split; [apply Rabs_pos|lra].
Qed.

Lemma two_pendulums_lipschitz : lipschitz 1 two_pendulums.
Proof.
  intros x z. rewrite !euclidean_norm, Rmult_1_l. apply sqrt_le_1_alt.
  change ((- sin (fst x) - - sin (fst z)) ^ 2 + (- sin (snd x) - - sin (snd z)) ^ 2
    <= (fst x - fst z) ^ 2 + (snd x - snd z) ^ 2).
  apply Rplus_le_compat; apply pendulum_contracts.
Qed.

Lemma two_pendulums_bounded : bounded_by 2 two_pendulums.
Proof.
  intros x. rewrite euclidean_norm, <- (sqrt_pow2 2) by lra. apply sqrt_le_1_alt.
  change ((- sin (fst x)) ^ 2 + (- sin (snd x)) ^ 2 <= 2 ^ 2).
  generalize (SIN_bound (fst x)) (SIN_bound (snd x)). nra.
Qed.

Lemma a3_euclidean_witness :
  exists m : euclidean 1 -> euclidean 1, invariant_graph two_pendulums (/ 2) 0 (/ 16) m.
Proof.
  destruct (a3_euclidean 1 two_pendulums (/ 2) 0 (/ 16) 1 2) as (m & _ & Hi & _); try lra.
  - exact two_pendulums_lipschitz.
  - exact two_pendulums_bounded.
  - exact heavy_ball_below_threshold.
  - now exists m.
Qed.
