(* A3, instances on the line with lam = 1/2, a = 0, f(u) = -u or its multiples: an unbounded Lipschitz field below
   the threshold (h = 1/32), the exact linear manifold (h = 1/16), complex roots (h = 1). *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_unbounded.
From HeavyProof Require Import a3_quadratic a3_sharpness a3_witness.
Open Scope R_scope.

Lemma unit_force_lipschitz : lipschitz 1 (quadratic_force 1).
Proof.
  intros u v. change (Rabs (-(1) * u - -(1) * v) <= 1 * Rabs (u - v)).
  replace (-(1) * u - -(1) * v) with (- (u - v)) by ring. rewrite Rabs_Ropp. lra.
Qed.

Theorem a3_unbounded_witness :
  exists m : line -> line,
    lipschitz (manifold_slope (/ 2) 0 (/ 32) 1) m /\ invariant_graph (quadratic_force 1) (/ 2) 0 (/ 32) m.
Proof.
  destruct (a3_lipschitz_manifold (quadratic_force 1) (/ 2) 0 (/ 32) 1) as [m [Hm [Hi _]]]; try lra.
  - exact unit_force_lipschitz.
  - assert (H := heavy_ball_below_threshold). lra.
  - now exists m.
Qed.

Theorem a3_quadratic_witness :
  invariant_graph (quadratic_force 1) (/ 2) 0 (/ 16)
    (fun u : line => graph_slope (/ 16) (slow_root (/ 2) 0 (/ 16 * 1)) * u).
Proof.
  refine (proj1 (proj2 (proj2 (a3_quadratic (/ 2) 0 (/ 16) 1 _ _ _ _ _ _)))); try lra.
  rewrite heavy_ball_lower_threshold. exact heavy_ball_below_threshold.
Qed.

(* (1 - sqrt (1/2))^2 < 1 < (1 + sqrt (1/2))^2 *)
Theorem a3_quadratic_sharpness_witness :
  forall m : line -> line, continuity m -> ~ invariant_graph (quadratic_force 1) (/ 2) 0 1 m.
Proof.
  assert (Hs : 0 < sqrt (/ 2) < 1).
  { split; [apply sqrt_lt_R0; lra|]. rewrite <- sqrt_1. apply sqrt_lt_1; lra. }
  apply a3_quadratic_sharpness; try lra. unfold lower_threshold, upper_threshold.
  replace (/ 2 - 0 * (1 - / 2)) with (/ 2) by ring.
  replace ((1 - sqrt (/ 2)) / (1 + 0)) with (1 - sqrt (/ 2)) by field.
  replace ((1 + sqrt (/ 2)) / (1 + 0)) with (1 + sqrt (/ 2)) by field. nra.
Qed.
