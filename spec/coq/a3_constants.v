(* The constants of the invariant manifold, l = hL:
     B = 1 - lam - l (1 + a),   x = [B - sqrt (B^2 - 4 l (lam + a l))] / (2 (lam + a l)),   rho = (lam + a l)(1 + x),
     h_0 L = ((1 - sqrt (lam + a (1 - lam))) / (1 - a))^2.
   x is written 2 l / (B + sqrt (B^2 - 4 l (lam + a l))), which also has a meaning at lam + a l = 0. *)
Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition linear_coefficient (lam a l : R) : R := 1 - lam - l * (1 + a).
Definition discriminant (lam a l : R) : R := linear_coefficient lam a l ^ 2 - 4 * l * (lam + a * l).
Definition scaled_slope (lam a l : R) : R :=
  2 * l / (linear_coefficient lam a l + sqrt (discriminant lam a l)).
Definition contraction_factor (lam a l : R) : R := (lam + a * l) * (1 + scaled_slope lam a l).
Definition threshold (lam a : R) : R := ((1 - sqrt (lam + a * (1 - lam))) / (1 - a)) ^ 2.

(* B >= 2 sqrt (l (lam + a l)), and B > 0 *)
Definition solvable (lam a l : R) : Prop :=
  0 < linear_coefficient lam a l /\ 0 <= discriminant lam a l.

Lemma solvable_of_sqrt_condition lam a l :
  0 < lam -> 0 <= a -> 0 <= l -> lam < 1 ->
  2 * sqrt (l * (lam + a * l)) <= linear_coefficient lam a l -> solvable lam a l.
Proof.
  intros Hlam Ha Hl H1 H. assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  assert (Hp : 0 <= l * (lam + a * l)) by (apply Rmult_le_pos; lra).
  assert (Hs := sqrt_pos (l * (lam + a * l))). assert (Hq := sqrt_sqrt _ Hp).
  unfold solvable, discriminant. split.
  - destruct Hl as [Hl|<-]; [|unfold linear_coefficient; lra].
    assert (0 < sqrt (l * (lam + a * l))) by (apply sqrt_lt_R0, Rmult_lt_0_compat; lra). lra.
  - assert (H2 : 2 * sqrt (l * (lam + a * l)) * (2 * sqrt (l * (lam + a * l))) <= linear_coefficient lam a l ^ 2).
    { simpl. rewrite Rmult_1_r. apply Rmult_le_compat; lra. }
    lra.
Qed.

Lemma sqrt_condition_of_solvable lam a l :
  solvable lam a l -> 2 * sqrt (l * (lam + a * l)) <= linear_coefficient lam a l.
Proof.
  intros [HB HD]. destruct (Rle_lt_dec 0 (l * (lam + a * l))) as [Hp|Hn].
  - apply Rsqr_incr_0_var; [|lra]. unfold Rsqr, discriminant in *. assert (Hq := sqrt_sqrt _ Hp). lra.
  - rewrite sqrt_neg_0; lra.
Qed.

Section Constants.
Variables lam a l : R.
Hypotheses (Hlam : 0 <= lam) (Ha : 0 <= a) (Hl : 0 <= l) (Hsolvable : solvable lam a l).
Let A := lam + a * l.
Let B := linear_coefficient lam a l.
Let s := sqrt (discriminant lam a l).
Let x := scaled_slope lam a l.

Lemma product_a_l_nonnegative : 0 <= a * l.
Proof. apply Rmult_le_pos; lra. Qed.

Lemma denominator_positive : 0 < B + s.
Proof.
  assert (HB := proj1 Hsolvable). assert (Hs := sqrt_pos (discriminant lam a l)). unfold B, s. lra.
Qed.

Lemma sqrt_discriminant_squared : s * s = B ^ 2 - 4 * l * A.
Proof. exact (sqrt_sqrt _ (proj2 Hsolvable)). Qed.

(* A x^2 - B x + l = 0 *)
Lemma scaled_slope_root : A * x ^ 2 - B * x + l = 0.
Proof.
  assert (HD := denominator_positive). assert (Hs := sqrt_discriminant_squared).
  unfold x, scaled_slope. fold B s.
  replace (A * (2 * l / (B + s)) ^ 2 - B * (2 * l / (B + s)) + l)
    with (l * (4 * l * A - B ^ 2 + s * s) / (B + s) ^ 2) by (field; lra).
  rewrite Hs. field. lra.
Qed.

Theorem scaled_slope_formula : 0 < A -> x = (B - s) / (2 * A).
Proof.
  intros HA. assert (HD := denominator_positive). assert (Hs := sqrt_discriminant_squared).
  unfold x, scaled_slope. fold B s. apply (Rmult_eq_reg_r (2 * A * (B + s))); [|nra].
  replace (2 * l / (B + s) * (2 * A * (B + s))) with (B ^ 2 - s * s) by (rewrite Hs; field; lra).
  field. lra.
Qed.

Lemma scaled_slope_nonnegative : 0 <= x.
Proof. apply Rdiv_le_0_compat; [lra|exact denominator_positive]. Qed.

(* (lam x + l (1 + a x)) (1 + x) = x + (A x^2 - B x + l) *)
Theorem quadratic_inequality : (lam * x + l * (1 + a * x)) * (1 + x) <= x.
Proof. assert (H := scaled_slope_root). unfold A, B, linear_coefficient in H. lra. Qed.

(* A (1 + x) = (1 + A - l - s) / 2  and  A + l < 1 *)
Lemma contraction_factor_formula : contraction_factor lam a l = (1 + A - l - s) / 2.
Proof.
  assert (HD := denominator_positive). assert (Hs := sqrt_discriminant_squared).
  unfold contraction_factor. fold A x.
  assert (H : A * x = (B - s) / 2).
  { unfold x, scaled_slope. fold B s. apply (Rmult_eq_reg_r (2 * (B + s))); [|lra].
    replace (A * (2 * l / (B + s)) * (2 * (B + s))) with (B ^ 2 - s * s) by (rewrite Hs; field; lra).
    field. }
  rewrite Rmult_plus_distr_l, H. unfold B, linear_coefficient, A. field.
Qed.

Theorem contraction_factor_below_1 : 0 <= contraction_factor lam a l < 1.
Proof.
  split.
  - assert (Hx := scaled_slope_nonnegative). assert (P := product_a_l_nonnegative).
    apply Rmult_le_pos; fold x; lra.
  - rewrite contraction_factor_formula. assert (Hs := sqrt_pos (discriminant lam a l)).
    destruct Hsolvable as [HB _]. unfold linear_coefficient, A, s in *. lra.
Qed.

(* A (1 + x) (1 + x_+) = 1 and x < x_+ *)
Theorem squared_factor_below_1 : 0 < discriminant lam a l -> contraction_factor lam a l * (1 + x) < 1.
Proof.
  intros HD. assert (Hs : 0 < s) by now apply sqrt_lt_R0. assert (Hss := sqrt_discriminant_squared).
  assert (Hx := scaled_slope_nonnegative). assert (P := product_a_l_nonnegative).
  assert (Hf := contraction_factor_formula). assert (Hc : contraction_factor lam a l = A * (1 + x)) by reflexivity.
  assert (Hp : A * ((1 + x) * ((1 + A - l + s) / 2)) = A).
  { rewrite <- Rmult_assoc, <- Hc, Hf.
    replace ((1 + A - l - s) / 2 * ((1 + A - l + s) / 2)) with (((1 + A - l) ^ 2 - s * s) / 4) by field.
    rewrite Hss. unfold B, linear_coefficient, A. field. }
  assert (HA : 0 <= A) by (unfold A; lra). destruct HA as [HA|HA].
  - assert (H1 : (1 + x) * ((1 + A - l + s) / 2) = 1) by (apply (Rmult_eq_reg_l A); lra).
    rewrite Hf, Rmult_comm. apply Rlt_le_trans with ((1 + x) * ((1 + A - l + s) / 2)); [|lra].
    apply Rmult_lt_compat_l; lra.
  - rewrite Hc, <- HA. lra.
Qed.

(* A x^2 = A x x_+ (x / x_+), A x x_+ = l:  x^2 <= l / A *)
Lemma scaled_slope_squared : A * x ^ 2 <= l.
Proof.
  assert (HD := denominator_positive). assert (Hs := sqrt_discriminant_squared).
  assert (Hs0 := sqrt_pos (discriminant lam a l)). fold s in Hs0.
  assert (HB := proj1 Hsolvable). fold B in HB. assert (Hr := scaled_slope_root).
  assert (Hx : B * x <= 2 * l).
  { unfold x, scaled_slope. fold B s. apply (Rmult_le_reg_r (B + s)); auto.
    replace (B * (2 * l / (B + s)) * (B + s)) with (2 * l * B) by (field; lra).
    apply Rmult_le_compat_l; lra. }
  lra.
Qed.

(* sufficient, not necessary *)
Theorem scaled_slope_below_1 : l < A -> x < 1.
Proof.
  intros HlA. assert (Hx := scaled_slope_nonnegative). assert (H := scaled_slope_squared).
  apply Rnot_le_lt. intros H1. assert (1 <= x ^ 2) by nra. nra.
Qed.
End Constants.

(* With y = sqrt l and s = sqrt (lam + a (1 - lam)), 1 - s^2 = (1 - lam)(1 - a):
   lam + a l <= (1 - y)^2  <=>  (1 - a) y^2 - 2 y + 1 - lam >= 0  <=>  y <= (1 - s)/(1 - a)  or  y >= (1 + s)/(1 - a) *)
Section Threshold.
Variables lam a l : R.
Hypotheses (Hlam : 0 < lam < 1) (Ha : 0 <= a < 1) (Hl : 0 <= l).
Let y := sqrt l.
Let s := sqrt (lam + a * (1 - lam)).

Lemma threshold_radicand : 0 < lam + a * (1 - lam) < 1.
Proof. assert (0 <= a * (1 - lam)) by (apply Rmult_le_pos; lra). nra. Qed.

Lemma threshold_root : 0 < s < 1 /\ s * s = lam + a * (1 - lam).
Proof.
  assert (H := threshold_radicand). assert (Hs : s * s = lam + a * (1 - lam)) by (apply sqrt_sqrt; lra).
  assert (0 < s) by (apply sqrt_lt_R0; lra). repeat split; auto. nra.
Qed.

Lemma sqrt_l_squared : 0 <= y /\ y * y = l.
Proof. split; [apply sqrt_pos|now apply sqrt_sqrt]. Qed.

Lemma below_threshold_root : l <= threshold lam a <-> (1 - a) * y <= 1 - s.
Proof.
  destruct threshold_root as [Hs Hss]. destruct sqrt_l_squared as [Hy Hyy].
  assert (Hr : 0 <= (1 - s) / (1 - a)) by (apply Rdiv_le_0_compat; lra).
  assert (Hq : (1 - a) * ((1 - s) / (1 - a)) = 1 - s) by (field; lra).
  unfold threshold. fold s. rewrite <- Hyy. simpl. rewrite Rmult_1_r. split; intros H.
  - apply Rsqr_incr_0_var in H; auto. rewrite <- Hq. apply Rmult_le_compat_l; lra.
  - assert (Hyr : y <= (1 - s) / (1 - a)) by (apply (Rmult_le_reg_l (1 - a)); lra).
    apply Rmult_le_compat; auto.
Qed.

(* ((1 - a) y - (1 - s)) ((1 - a) y - (1 + s)) = (1 - a) ((1 - a) l - 2 y + 1 - lam) *)
Lemma threshold_factorisation :
  ((1 - a) * y - (1 - s)) * ((1 - a) * y - (1 + s)) = (1 - a) * ((1 - y) ^ 2 - (lam + a * l)).
Proof.
  destruct threshold_root as [_ Hss]. destruct sqrt_l_squared as [_ Hyy].
  replace (((1 - a) * y - (1 - s)) * ((1 - a) * y - (1 + s)))
    with ((1 - a) ^ 2 * (y * y) - 2 * (1 - a) * y + 1 - s * s) by ring.
  rewrite Hss, <- Hyy. ring.
Qed.

(* B^2 - 4 l (lam + a l) = (1 + l - (lam + a l) - 2 y)(1 + l - (lam + a l) + 2 y) *)
Lemma discriminant_factorisation :
  discriminant lam a l = ((1 - y) ^ 2 - (lam + a * l)) * ((1 + y) ^ 2 - (lam + a * l)).
Proof.
  destruct sqrt_l_squared as [_ Hyy]. unfold discriminant, linear_coefficient. rewrite <- Hyy. ring.
Qed.

Lemma solvable_of_below_threshold : l <= threshold lam a -> solvable lam a l.
Proof.
  intros H. apply below_threshold_root in H.
  destruct threshold_root as [Hs Hss]. destruct sqrt_l_squared as [Hy Hyy].
  assert (Hf := threshold_factorisation).
  assert (Hp : 0 <= (1 - y) ^ 2 - (lam + a * l)).
  { apply (Rmult_le_reg_l (1 - a)); [lra|]. rewrite <- Hf, Rmult_0_r.
    replace 0 with (0 * 0) by ring.
    rewrite <- (Rmult_opp_opp ((1 - a) * y - (1 - s))). apply Rmult_le_compat; lra. }
  assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  assert (Hy1 : y < 1).
  { apply Rnot_le_lt. intros Hge. assert ((1 - a) * 1 <= (1 - a) * y) by (apply Rmult_le_compat_l; lra). nra. }
  assert (Hq : 0 <= (1 + y) ^ 2 - (lam + a * l)) by nra.
  split; [|rewrite discriminant_factorisation; now apply Rmult_le_pos].
  unfold linear_coefficient. rewrite <- Hyy in *. nra.
Qed.

Lemma discriminant_positive_below_threshold : l < threshold lam a -> 0 < discriminant lam a l.
Proof.
  intros H. destruct (proj2 (solvable_of_below_threshold (Rlt_le _ _ H))) as [Hp|H0]; [exact Hp|exfalso].
  destruct threshold_root as [Hs Hss]. destruct sqrt_l_squared as [Hy Hyy].
  assert (Hf := threshold_factorisation). rewrite discriminant_factorisation in H0.
  assert (Hle := proj1 below_threshold_root (Rlt_le _ _ H)).
  assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  assert (Hl1 : y < 1).
  { apply Rnot_le_lt. intros Hge. assert ((1 - a) * 1 <= (1 - a) * y) by (apply Rmult_le_compat_l; lra). nra. }
  assert (Hr : y = (1 - s) / (1 - a)).
  { symmetry in H0. apply Rmult_integral in H0. destruct H0 as [H0|H0]; [|nra].
    rewrite H0, Rmult_0_r in Hf. apply Rmult_integral in Hf.
    apply (Rmult_eq_reg_l (1 - a)); [|lra]. replace ((1 - a) * ((1 - s) / (1 - a))) with (1 - s) by (field; lra).
    lra. }
  unfold threshold in H. fold s in H. rewrite <- Hr, <- Hyy in H. lra.
Qed.

Lemma below_threshold_of_solvable : solvable lam a l -> l <= threshold lam a.
Proof.
  intros [HB HD]. apply below_threshold_root. rewrite discriminant_factorisation in HD.
  destruct threshold_root as [Hs Hss]. destruct sqrt_l_squared as [Hy Hyy].
  assert (Hf := threshold_factorisation).
  assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  unfold linear_coefficient in HB. assert (Hl1 : l < 1) by lra.
  assert (Hy1 : y < 1) by nra.
  assert (Hq : 0 < (1 + y) ^ 2 - (lam + a * l)) by nra.
  assert (Hp : 0 <= (1 - y) ^ 2 - (lam + a * l)).
  { apply (Rmult_le_reg_r ((1 + y) ^ 2 - (lam + a * l))); lra. }
  assert (Hg : 0 <= ((1 - a) * y - (1 - s)) * ((1 - a) * y - (1 + s))).
  { rewrite Hf. apply Rmult_le_pos; lra. }
  apply Rnot_lt_le. intros Hlt.
  assert (Hneg : (1 - a) * y - (1 + s) < 0) by nra.
  assert (((1 - a) * y - (1 - s)) * ((1 - a) * y - (1 + s)) < 0) by nra. lra.
Qed.

Theorem solvable_iff_below_threshold : solvable lam a l <-> l <= threshold lam a.
Proof. split; [apply below_threshold_of_solvable|apply solvable_of_below_threshold]. Qed.

Theorem sqrt_condition_iff_below_threshold :
  2 * sqrt (l * (lam + a * l)) <= linear_coefficient lam a l <-> l <= threshold lam a.
Proof.
  rewrite <- solvable_iff_below_threshold. split; intros H.
  - apply solvable_of_sqrt_condition; lra.
  - now apply sqrt_condition_of_solvable.
Qed.
End Threshold.

Theorem heavy_ball_threshold lam : threshold lam 0 = (1 - sqrt lam) ^ 2.
Proof. unfold threshold. replace (lam + 0 * (1 - lam)) with lam by ring. field. Qed.

Theorem nesterov_threshold lam : threshold lam lam = ((1 - sqrt (2 * lam - lam ^ 2)) / (1 - lam)) ^ 2.
Proof. unfold threshold. replace (lam + lam * (1 - lam)) with (2 * lam - lam ^ 2) by ring. reflexivity. Qed.
