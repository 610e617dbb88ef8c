(* The standard model of IEEE binary64 arithmetic, proved with Flocq about the operations of Why3's
   theory ieee_float.Float64, which WP uses. The lemmas of spec/acsl/rounding.h rest on it. *)
Require Import Reals Lra Lia ZArith.
From Flocq Require Import Core.Core Relative Plus_error IEEE754.BinarySingleNaN.
Require Why3.ieee_float.RoundingMode Why3.ieee_float.GenericFloat Why3.ieee_float.Float64.
Module RoundingMode := Why3.ieee_float.RoundingMode.
Module GenericFloat := Why3.ieee_float.GenericFloat.
Module Float64 := Why3.ieee_float.Float64.
Open Scope R_scope.

Notation value := Float64.t'real.
Notation finite := Float64.t'isFinite.
Notation nearest := RoundingMode.RNE.
Notation fl := (Float64.round nearest).
Notation largest := (IZR (2 ^ 1000)).
Notation u := (1 / IZR (2 ^ 53)).
Notation eta := (1 / IZR (2 ^ 1075)).

Local Instance precision : Prec_gt_0 53 := eq_refl.

Lemma u_is : u = / 2 * bpow radix2 (- (53) + 1).
Proof. change (bpow radix2 (-(53) + 1)) with (/ IZR (2 ^ 52)). simpl. lra. Qed.

Lemma eta_is : eta = / 2 * bpow radix2 (-1074).
Proof.
  change (bpow radix2 (-1074)) with (/ IZR (2 ^ 1074)).
  replace (2 ^ 1075)%Z with (2 * 2 ^ 1074)%Z by reflexivity.
  rewrite mult_IZR. field. apply not_0_IZR. discriminate.
Qed.

Lemma rounding_is x : fl x = round radix2 (FLT_exp (-1074) 53) ZnearestE x.
Proof. reflexivity. Qed.

Lemma value_has_format x : generic_format radix2 (FLT_exp (-1074) 53) (value x).
Proof. exact (generic_format_B2R 53 1024 x). Qed.

(* |fl(x) - x| <= u |x| + eta. Why3 states this as round_bound_ne and leaves it unproved. *)
Theorem rounding_error x : Rabs (fl x - x) <= u * Rabs x + eta.
Proof.
  destruct (error_N_FLT radix2 (-1074) 53 eq_refl (fun n => negb (Z.even n)) x)
    as (e & d & small_e & small_d & _ & equation).
  rewrite rounding_is, equation.
  replace (x * (1 + e) + d - x) with (e * x + d) by ring.
  eapply Rle_trans; [apply Rabs_triang |].
  rewrite Rabs_mult, u_is, eta_is.
  apply Rplus_le_compat; [| exact small_d].
  apply Rmult_le_compat_r; [apply Rabs_pos |].
  eapply Rle_trans; [exact small_e |].
  apply Rle_refl.
Qed.

(* A sum of two binary64 numbers never underflows: |fl(x + y) - (x + y)| <= u |x + y|. *)
Theorem sum_rounding_error x y :
  generic_format radix2 (FLT_exp (-1074) 53) x -> generic_format radix2 (FLT_exp (-1074) 53) y ->
  Rabs (fl (x + y) - (x + y)) <= u * Rabs (x + y).
Proof.
  intros format_x format_y.
  destruct (FLT_plus_error_N_ex radix2 (-1074) 53 (fun n => negb (Z.even n)) x y format_x format_y)
    as (e & small_e & equation).
  rewrite rounding_is, equation.
  replace ((x + y) * (1 + e) - (x + y)) with (e * (x + y)) by ring.
  rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos |].
  eapply Rle_trans; [exact small_e |].
  assert (ro : u_ro radix2 53 = u) by (unfold u_ro; rewrite u_is; reflexivity).
  rewrite ro.
  assert (0 < u) by (apply Rdiv_lt_0_compat; [lra | apply IZR_lt; reflexivity]).
  apply Rmult_le_reg_r with (1 + u); [lra |].
  unfold Rdiv at 1. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  nra.
Qed.

Lemma no_overflow x : Rabs x <= largest -> Float64.no_overflow nearest x.
Proof.
  intro small. apply Float64.Bounded_real_no_overflow. unfold Float64.in_range.
  apply Rabs_le_inv in small.
  match goal with |- - IZR ?m <= _ /\ _ => assert (largest <= IZR m) end.
  { apply IZR_le. discriminate. }
  lra.
Qed.

Lemma opposite_has_format x : generic_format radix2 (FLT_exp (-1074) 53) (- value x).
Proof. apply generic_format_opp, value_has_format. Qed.

Lemma exact x : generic_format radix2 (FLT_exp (-1074) 53) x -> fl x = x.
Proof. intro format. rewrite rounding_is. apply round_generic; [apply valid_rnd_N | exact format]. Qed.

Lemma integer_has_format n : (Z.abs n < 2 ^ 53)%Z -> generic_format radix2 (FLT_exp (-1074) 53) (IZR n).
Proof.
  intro small. apply generic_format_FLT. exists (Float radix2 n 0).
  - unfold F2R. simpl. ring.
  - exact small.
  - simpl. lia.
Qed.

Lemma double_has_format x : generic_format radix2 (FLT_exp (-1074) 53) x ->
  generic_format radix2 (FLT_exp (-1074) 53) (x + x).
Proof.
  intro format. apply FLT_format_generic in format; [| exact precision].
  destruct format as [[m e] equation small low]. apply generic_format_FLT.
  exists (Float radix2 m (e + 1)).
  - rewrite equation. unfold F2R. simpl Fnum. simpl Fexp. rewrite bpow_plus.
    change (bpow radix2 1) with 2. ring.
  - exact small.
  - simpl in *. lia.
Qed.

Section Operations.
Variables x y : Float64.t.
Hypotheses (finite_x : finite x) (finite_y : finite y).

Theorem sum : Rabs (value x + value y) <= largest ->
  finite (Float64.add nearest x y) /\
  Rabs (value (Float64.add nearest x y) - (value x + value y)) <= u * Rabs (value x + value y).
Proof.
  intro small. destruct (Float64.add_finite nearest x y) as [result_finite equation];
    [assumption | assumption | now apply no_overflow |].
  split; [exact result_finite |]. rewrite equation.
  apply sum_rounding_error; apply value_has_format.
Qed.

Theorem difference : Rabs (value x - value y) <= largest ->
  finite (Float64.sub nearest x y) /\
  Rabs (value (Float64.sub nearest x y) - (value x - value y)) <= u * Rabs (value x - value y).
Proof.
  intro small. destruct (Float64.sub_finite nearest x y) as [result_finite equation];
    [assumption | assumption | now apply no_overflow |].
  split; [exact result_finite |]. rewrite equation.
  apply sum_rounding_error; [apply value_has_format | apply opposite_has_format].
Qed.

Theorem product : Rabs (value x * value y) <= largest ->
  finite (Float64.mul nearest x y) /\
  Rabs (value (Float64.mul nearest x y) - value x * value y)
    <= u * Rabs (value x * value y) + eta.
Proof.
  intro small. destruct (Float64.mul_finite nearest x y) as [result_finite equation];
    [assumption | assumption | now apply no_overflow |].
  split; [exact result_finite |]. rewrite equation. apply rounding_error.
Qed.

Theorem quotient : value y <> 0 -> Rabs (value x / value y) <= largest ->
  finite (Float64.div nearest x y) /\
  Rabs (value (Float64.div nearest x y) - value x / value y)
    <= u * Rabs (value x / value y) + eta.
Proof.
  intros nonzero small. destruct (Float64.div_finite nearest x y) as [result_finite equation];
    [assumption | assumption | | now apply no_overflow |].
  { intro zero. apply Float64.zero_to_real in zero. now destruct zero. }
  split; [exact result_finite |]. rewrite equation. apply rounding_error.
Qed.

(* Sums that do not round. *)
Theorem integer_sum k m : value x = IZR k -> value y = IZR m -> (Z.abs (k + m) < 2 ^ 53)%Z ->
  finite (Float64.add nearest x y) /\ value (Float64.add nearest x y) = IZR (k + m).
Proof.
  intros is_k is_m small. destruct (Float64.add_finite nearest x y) as [result_finite equation];
    [assumption | assumption | |].
  { apply no_overflow. rewrite is_k, is_m, <- plus_IZR, <- abs_IZR. apply IZR_le.
    apply Z.lt_le_incl, (Z.lt_trans _ _ _ small). reflexivity. }
  split; [exact result_finite |]. rewrite equation, is_k, is_m, <- plus_IZR.
  apply exact, integer_has_format, small.
Qed.

Theorem double : Rabs (value x + value x) <= largest ->
  finite (Float64.add nearest x x) /\ value (Float64.add nearest x x) = value x + value x.
Proof.
  intro small. destruct (Float64.add_finite nearest x x) as [result_finite equation];
    [assumption | assumption | now apply no_overflow |].
  split; [exact result_finite |]. rewrite equation.
  apply exact, double_has_format, value_has_format.
Qed.

Theorem negation : finite (Float64.neg x) /\ value (Float64.neg x) = - value x.
Proof. now apply Float64.neg_finite. Qed.

Theorem less : Float64.lt x y <-> value x < value y.
Proof. now apply Float64.lt_finite. Qed.

Theorem less_or_equal : Float64.le x y <-> value x <= value y.
Proof. now apply Float64.le_finite. Qed.

Theorem equal : Float64.eq x y <-> value x = value y.
Proof. now apply Float64.eq_to_real_finite. Qed.
End Operations.

(* A goal of WP against a fact of this file: the same terms in another order. *)
Ltac expand := intros; repeat match goal with r := _ |- _ => subst r end.
Ltac as_difference :=
  match goal with small : Rabs _ <= _ |- Rabs _ <= _ =>
    eapply Rle_trans; [| exact small]; apply Req_le; f_equal; ring end.
Ltac literals :=
  change (2 ^ 53)%Z with 9007199254740992%Z;
  let power := eval compute in (2 ^ 1075)%Z in change (2 ^ 1075)%Z with power.
Ltac same_bound :=
  literals;
  match goal with |- ?known = ?wanted =>
    match known with context [Rabs ?x] =>
      match wanted with context [Rabs ?y] => replace (Rabs y) with (Rabs x) by (f_equal; ring) end
    end
  end;
  ring.
Ltac from bound :=
  eapply Rle_trans; [| eapply Rle_trans; [exact bound |]];
  [apply Req_le; f_equal; ring | apply Req_le; same_bound].
