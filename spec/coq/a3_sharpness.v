(* A3, sharpness of the threshold on the line. For f(u) = -q u no continuous graph is invariant when the roots of the
   step are complex. For the heavy ball and any h L > h_0 L = (1 - sqrt lam)^2 there is a bounded L-Lipschitz f
   without a continuous invariant graph: f(u) = -q max(-1, min(u, 1)), q = min(L, 1/h). *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import a3_constants a3_space a3_graph_transform a3_quadratic a3_complex_roots a3_no_graph.
Open Scope R_scope.

Lemma lipschitz_continuous (K : R) (m : line -> line) : lipschitz K m -> continuity m.
Proof.
  intros Hm u e He. assert (HK : 0 < Rmax K 1) by (eapply Rlt_le_trans; [|apply Rmax_r]; lra).
  exists (e / Rmax K 1). split; [now apply Rdiv_lt_0_compat|]. intros y [_ Hy]. simpl in *. unfold R_dist in *.
  assert (H := Hm y u). change (Rabs (m y - m u) <= K * Rabs (y - u)) in H.
  assert (H1 : K * Rabs (y - u) <= Rmax K 1 * Rabs (y - u)).
  { apply Rmult_le_compat_r; [apply Rabs_pos|apply Rmax_l]. }
  assert (H2 : Rmax K 1 * Rabs (y - u) < Rmax K 1 * (e / Rmax K 1)) by (apply Rmult_lt_compat_l; auto).
  replace (Rmax K 1 * (e / Rmax K 1)) with e in H2 by (field; lra). lra.
Qed.

(* P(u) = u + h q(u), h m(P(u)) = P(u) - u *)
Lemma invariant_graph_dynamics (f m : line -> line) (lam a h q : R) :
  0 < h -> continuity f -> continuity m -> (forall u v, u <= v -> f v <= f u) ->
  (forall u, Rabs u <= 1 -> f u = - q * u) -> invariant_graph f lam a h m ->
  graph_dynamics lam a (h * q) (fun y => h * f y) (fun u => next_position f lam a h u (m u)).
Proof.
  intros Hh Hf Hm Hmono Hlin Hi. constructor.
  - change (continuity (fun u : R => u + h * (lam * m u + f (u + h * a * m u)))).
    assert (Hid : continuity (fun u : R => u)) by apply derivable_continuous, derivable_id.
    assert (Hy : continuity (fun u : R => u + h * a * m u)).
    { apply continuity_plus; [exact Hid|]. now apply (continuity_scal m). }
    apply continuity_plus; [exact Hid|]. apply (continuity_scal (fun u => lam * m u + f (u + h * a * m u))).
    apply continuity_plus; [now apply (continuity_scal m)|].
    exact (continuity_comp (fun u => u + h * a * m u) f Hy Hf).
  - intros u v Huv. apply Rmult_le_compat_l; [lra|]. now apply Hmono.
  - intros u Hu. rewrite Hlin by auto. ring.
  - intros u. set (p := next_position f lam a h u (m u)).
    assert (Hp : p = u + h * m p) by (unfold p; rewrite <- (Hi u (m u) eq_refl) at 1; reflexivity).
    change (next_position f lam a h p (m p)) with (p + h * (lam * m p + f (p + h * a * m p))).
    assert (Hd : (p : R) - u = h * m p) by (rewrite Hp at 1; ring). rewrite Hd.
    replace (a * (h * m p)) with (h * a * m p) by ring. ring.
Qed.

Theorem no_graph_for_complex_roots (lam a h q : R) :
  0 <= lam < 1 -> 0 <= a -> 0 < h -> 0 < q -> root_discriminant lam a (h * q) < 0 ->
  forall f : line -> line, continuity f -> (forall u v, u <= v -> f v <= f u) ->
  (forall u, Rabs u <= 1 -> f u = - q * u) ->
  forall m : line -> line, continuity m -> ~ invariant_graph f lam a h m.
Proof.
  intros Hlam Ha Hh Hq HD f Hf Hmono Hlin m Hm Hi.
  assert (HP := invariant_graph_dynamics f m lam a h q Hh Hf Hm Hmono Hlin Hi).
  refine (no_graph_dynamics lam a (h * q) _ _ Hlam Ha _ _ HP).
  - apply Rmult_lt_0_compat; lra.
  - unfold root_discriminant, root_sum, root_product in HD. lra.
Qed.

Theorem a3_quadratic_sharpness (lam a h q : R) :
  0 <= lam < 1 -> 0 <= a -> a * (1 - lam) <= lam -> 0 < h -> 0 < q ->
  lower_threshold lam a < h * q < upper_threshold lam a ->
  forall m : line -> line, continuity m -> ~ invariant_graph (quadratic_force q) lam a h m.
Proof.
  intros Hlam Ha Hs Hh Hq Hbetween. apply (no_real_root_between_thresholds lam a (h * q) Ha Hs) in Hbetween.
  apply (no_graph_for_complex_roots lam a h q); auto.
  - apply (continuity_scal (fun u => u)), derivable_continuous, derivable_id.
  - intros u v Huv. unfold quadratic_force. assert (q * u <= q * v) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Definition clip (u : R) : R := Rmax (-1) (Rmin u 1).
Definition clipped_force (q : R) : line -> line := fun u => - q * clip u.

Lemma clip_nondecreasing u v : u <= v -> clip u <= clip v.
Proof. intros H. unfold clip, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. Qed.

Lemma clip_lipschitz u v : Rabs (clip u - clip v) <= Rabs (u - v).
Proof.
  unfold clip, Rmax, Rmin, Rabs. repeat destruct (Rle_dec _ _); repeat destruct (Rcase_abs _); lra.
Qed.

Lemma clip_bounded u : Rabs (clip u) <= 1.
Proof. apply Rabs_le_between. unfold clip, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. Qed.

Lemma clip_identity u : Rabs u <= 1 -> clip u = u.
Proof. intros H. apply Rabs_le_between in H. unfold clip, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. Qed.

Lemma clipped_force_lipschitz q : 0 <= q -> lipschitz q (clipped_force q).
Proof.
  intros Hq u v. change (Rabs (- q * clip u - - q * clip v) <= q * Rabs (u - v)).
  replace (- q * clip u - - q * clip v) with (- q * (clip u - clip v)) by ring.
  rewrite Rabs_mult, Rabs_Ropp, Rabs_pos_eq by auto. apply Rmult_le_compat_l; [auto|apply clip_lipschitz].
Qed.

Lemma clipped_force_bounded q : 0 <= q -> bounded_by q (clipped_force q).
Proof.
  intros Hq u. change (Rabs (- q * clip u) <= q).
  rewrite Rabs_mult, Rabs_Ropp, Rabs_pos_eq by auto.
  assert (H := Rmult_le_compat_l _ _ _ Hq (clip_bounded u)). lra.
Qed.

(* (1 - sqrt lam)^2 < 1 < (1 + sqrt lam)^2: h q = min(h L, 1) lies between *)
Theorem a3_sharpness (lam h L : R) :
  0 < lam < 1 -> 0 < h -> threshold lam 0 < h * L ->
  exists f : line -> line,
    lipschitz L f /\ bounded_by L f /\
    forall m : line -> line, continuity m -> ~ invariant_graph f lam 0 h m.
Proof.
  intros Hlam Hh HL. rewrite heavy_ball_threshold in HL.
  assert (Hs : 0 < sqrt lam < 1).
  { split; [apply sqrt_lt_R0; lra|]. rewrite <- sqrt_1. apply sqrt_lt_1; lra. }
  assert (HL0 : 0 < L).
  { apply (Rmult_lt_reg_l h); auto. assert (P := pow2_ge_0 (1 - sqrt lam)). lra. }
  set (q := Rmin L (/ h)).
  assert (Hq : 0 < q <= L) by (split; [apply Rmin_glb_lt; [|apply Rinv_0_lt_compat]; auto|apply Rmin_l]).
  assert (Hhq : (1 - sqrt lam) ^ 2 < h * q <= 1).
  { unfold q, Rmin. destruct (Rle_dec L (/ h)) as [Hle|Hgt].
    - split; [exact HL|]. apply Rmult_le_compat_l with (r := h) in Hle; [|lra]. rewrite Rinv_r in Hle; lra.
    - rewrite Rinv_r by lra. nra. }
  exists (clipped_force q). assert (Hl := clipped_force_lipschitz q ltac:(lra)). split; [|split].
  - intros u v. eapply Rle_trans; [apply Hl|]. apply Rmult_le_compat_r; [apply norm_nonnegative|lra].
  - intros u. eapply Rle_trans; [apply clipped_force_bounded|]; lra.
  - apply (no_graph_for_complex_roots lam 0 h q); try lra.
    + apply no_real_root_between_thresholds; [lra|lra|].
      rewrite heavy_ball_lower_threshold, heavy_ball_threshold. unfold upper_threshold.
      replace (lam - 0 * (1 - lam)) with lam by ring.
      replace ((1 + sqrt lam) / (1 + 0)) with (1 + sqrt lam) by field. nra.
    + now apply (lipschitz_continuous q).
    + intros u v Huv. unfold clipped_force.
      assert (Hc := Rmult_le_compat_l q _ _ ltac:(lra) (clip_nondecreasing u v Huv)). lra.
    + intros u Hu. unfold clipped_force. now rewrite clip_identity.
Qed.
