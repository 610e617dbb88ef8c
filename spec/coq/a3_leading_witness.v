(* A3, the leading coefficient for f(u) = -sin u: f'(u) d = -cos u d is bounded by 1 and 2-Lipschitz in u,
   |sin (p + d) - sin p - d cos p| <= d^2. The hypotheses of a3_leading_coefficient hold with L = 1, B2 = 2. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_invariant_manifold a3_quadratic.
From HeavyProof Require Import a3_second_order a3_witness.
Open Scope R_scope.

Definition pendulum_derivative : line -> line -> line := fun u d => - cos u * d.

Lemma cos_lipschitz (u v : R) : Rabs (cos u - cos v) <= Rabs (u - v).
Proof.
  destruct (MVT_gen cos v u (fun y => - sin y)) as [c [_ Hc]].
  - intros y _. auto_derive; [exact I|ring].
  - intros y _. apply continuity_cos.
  - rewrite Hc, Rabs_mult, Rabs_Ropp. assert (P := Rabs_pos (u - v)).
    assert (H : Rabs (sin c) <= 1) by (apply Rabs_le; assert (H := SIN_bound c); lra).
    assert (Rabs (sin c) * Rabs (u - v) <= 1 * Rabs (u - v)) by (apply Rmult_le_compat_r; auto). lra.
Qed.

(* sin (p + d) - sin p - d cos p = (cos (p + c) - cos p) d for some c between 0 and d *)
Lemma sin_remainder (p d : R) : Rabs (sin (p + d) - sin p - cos p * d) <= Rabs d ^ 2.
Proof.
  destruct (MVT_gen (fun t => sin (p + t) - cos p * t) 0 d (fun t => cos (p + t) - cos p)) as [c [Hc He]].
  - intros y _. auto_derive; [exact I|ring].
  - intros y _. apply derivable_continuous_pt. exists (cos (p + y) - cos p). apply is_derive_Reals.
    auto_derive; [exact I|ring].
  - rewrite Rplus_0_r, Rmult_0_r, !Rminus_0_r in He.
    replace (sin (p + d) - sin p - cos p * d) with ((cos (p + c) - cos p) * d) by lra.
    rewrite Rabs_mult. simpl. rewrite Rmult_1_r. apply Rmult_le_compat_r; [apply Rabs_pos|].
    eapply Rle_trans; [apply cos_lipschitz|]. replace (p + c - p) with c by ring.
    revert Hc. unfold Rmin, Rmax, Rabs. destruct (Rle_dec 0 d), (Rcase_abs c), (Rcase_abs d); lra.
Qed.

Lemma pendulum_has_lipschitz_derivative : has_lipschitz_derivative 1 2 pendulum_force pendulum_derivative.
Proof.
  constructor.
  - intros p d e. change (- cos p * (d + e) = - cos p * d + - cos p * e). ring.
  - intros p r d. change (- cos p * (r * d) = r * (- cos p * d)). ring.
  - intros p d. change (Rabs (- cos p * d) <= 1 * Rabs d). rewrite Rabs_mult, Rabs_Ropp.
    apply Rmult_le_compat_r; [apply Rabs_pos|]. apply Rabs_le. assert (H := COS_bound p). lra.
  - intros p r d. change (Rabs (- cos p * d - - cos r * d) <= 2 * Rabs (p - r) * Rabs d).
    replace (- cos p * d - - cos r * d) with (- (cos p - cos r) * d) by ring.
    rewrite Rabs_mult, Rabs_Ropp. apply Rmult_le_compat_r; [apply Rabs_pos|].
    assert (H := cos_lipschitz p r). assert (P := Rabs_pos (p - r)). lra.
  - intros p d. change (Rabs (- sin (p + d) - - sin p - - cos p * d) <= 2 / 2 * Rabs d ^ 2).
    replace (- sin (p + d) - - sin p - - cos p * d) with (- (sin (p + d) - sin p - cos p * d)) by ring.
    rewrite Rabs_Ropp. assert (H := sin_remainder p d). lra.
Qed.

(* heavy ball, lam = 1/2, h = 1/16: lbar = 2, h g_0 = -h lbar^3 f'f = -(1/2) cos u sin u *)
Theorem a3_leading_witness :
  exists m : line -> line,
    invariant_graph pendulum_force (/ 2) 0 (/ 16) m /\
    forall u, Rabs (m u + 2 * sin u + / 2 * (cos u * sin u))
                <= (/ 16) ^ 2 * second_order_constant (/ 2) 0 1 1 2 (manifold_slope (/ 2) 0 (/ 16) 1).
Proof.
  assert (Hlam : 0 < / 2 < 1) by lra. assert (Ha : 0 <= 0 < 1) by lra. assert (Hh : 0 < / 16) by lra.
  assert (HL : 0 <= 1) by lra. assert (HB2 : 0 <= 2) by lra.
  destruct (a3_invariant_manifold pendulum_force (/ 2) 0 (/ 16) 1 1 Hlam Ha Hh HL
              pendulum_force_lipschitz pendulum_force_bounded heavy_ball_below_threshold) as [m [Hc [Hi _]]].
  exists m. split; [exact Hi|]. intros u.
  assert (H := a3_leading_coefficient pendulum_force m pendulum_derivative (/ 2) 0 (/ 16) 1 1 2 Hlam Ha Hh HL HB2
                 heavy_ball_below_threshold pendulum_force_lipschitz pendulum_force_bounded
                 pendulum_has_lipschitz_derivative Hc Hi u).
  eapply Rle_trans; [|exact H]. right. apply f_equal.
  change (m u + 2 * sin u + / 2 * (cos u * sin u)
          = m u - / (1 - / 2) * - sin u - / 16 * ((/ (1 - / 2)) ^ 2 * (0 - / (1 - / 2)) * (- cos u * - sin u))).
  replace (/ (1 - / 2)) with 2 by field. field.
Qed.
