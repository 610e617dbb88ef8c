(* IEEE 754 binary64 by Flocq, round to nearest even: the standard model of one operation,
     fl(x y) = x y + O(2^-53 |x y| + 2^-1075),   fl(x + y) = (x + y) + O(2^-53 |x + y|),  likewise x - y,
   for finite operands whose exact result is at most 2^1000. *)
From Coq Require Import Reals Lra Lia ZArith.
From Flocq Require Import Core Plus_error Relative.
From Flocq Require Import IEEE754.BinarySingleNaN IEEE754.Binary IEEE754.Bits.
Open Scope R_scope.

Notation nearest_even := BinarySingleNaN.mode_NE.

Definition pow2 (e : Z) : R := bpow radix2 e.
Definition real (x : binary64) : R := B2R 53 1024 x.
Definition finite (x : binary64) : Prop := is_finite 53 1024 x = true.

Definition add64 (x y : binary64) : binary64 := b64_plus nearest_even x y.
Definition subtract64 (x y : binary64) : binary64 := b64_minus nearest_even x y.
Definition multiply64 (x y : binary64) : binary64 := b64_mult nearest_even x y.

(* as in spec/acsl/array.h *)
Definition product_error (product : R) : R := pow2 (-53) * Rabs product + pow2 (-1074) / 2.
Definition sum_error (sum : R) : R := pow2 (-53) * Rabs sum.

Local Instance precision : Prec_gt_0 53 := eq_refl.
Notation rounded := (round radix2 (FLT_exp (-1074) 53) ZnearestE).
Notation format := (generic_format radix2 (FLT_exp (-1074) 53)).

Lemma pow2_pos e : 0 < pow2 e.
Proof. apply bpow_gt_0. Qed.

Lemma pow2_plus d e : pow2 (d + e) = pow2 d * pow2 e.
Proof. apply bpow_plus. Qed.

Lemma pow2_le d e : (d <= e)%Z -> pow2 d <= pow2 e.
Proof. apply bpow_le. Qed.

Lemma pow2_values : pow2 (-3) = / 8 /\ pow2 0 = 1 /\ pow2 1 = 2 /\ pow2 2 = 4 /\ pow2 3 = 8.
Proof. unfold pow2. simpl. repeat split; lra. Qed.

Lemma unit_roundoff : u_ro radix2 53 = pow2 (-53).
Proof. unfold u_ro. change (/ 2) with (pow2 (-1)). change (bpow radix2 (- (53) + 1)) with (pow2 (-52)).
  rewrite <- pow2_plus. reflexivity. Qed.

Lemma real_has_format x : format (real x).
Proof. exact (generic_format_B2R 53 1024 x). Qed.

Lemma rounded_error x : Rabs (rounded x - x) <= product_error x.
Proof.
  destruct (error_N_FLT radix2 (-1074) 53 eq_refl (fun z => negb (Z.even z)) x) as (e & d & He & Hd & _ & E).
  rewrite E. replace (x * (1 + e) + d - x) with (e * x + d) by ring. unfold product_error.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. apply Rplus_le_compat.
  - apply Rmult_le_compat_r; [apply Rabs_pos|]. rewrite <- unit_roundoff. exact He.
  - eapply Rle_trans; [exact Hd|]. right. unfold pow2. field.
Qed.

(* a sum never underflows *)
Lemma rounded_sum_error x y : format x -> format y -> Rabs (rounded (x + y) - (x + y)) <= sum_error (x + y).
Proof.
  intros Fx Fy.
  destruct (FLT_plus_error_N_ex radix2 (-1074) 53 (fun z => negb (Z.even z)) x y Fx Fy) as (e & He & E).
  rewrite E. replace ((x + y) * (1 + e) - (x + y)) with (e * (x + y)) by ring.
  unfold sum_error. rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|].
  eapply Rle_trans; [exact He|]. rewrite unit_roundoff. assert (P := pow2_pos (-53)).
  apply Rmult_le_reg_r with (1 + pow2 (-53)); [lra|].
  unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. nra.
Qed.

Lemma no_overflow x : Rabs x <= pow2 1000 -> Rlt_bool (Rabs (rounded x)) (bpow radix2 1024) = true.
Proof.
  intros H. apply Rlt_bool_true. apply Rle_lt_trans with (pow2 1000).
  - apply abs_round_le_generic; try exact H; auto with typeclass_instances.
    apply generic_format_bpow. unfold FLT_exp. lia.
  - apply bpow_lt. lia.
Qed.

(* C is Flocq's theorem on an operation, H a bound of its exact result *)
Ltac in_range C H :=
  match type of C with if ?b then _ else _ => replace b with true in C by (symmetry; exact (no_overflow _ H)) end.

Lemma add64_near x y : finite x -> finite y -> Rabs (real x + real y) <= pow2 1000 ->
  finite (add64 x y) /\ Rabs (real (add64 x y) - (real x + real y)) <= sum_error (real x + real y).
Proof.
  intros Fx Fy H. assert (C := Bplus_correct 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y Fx Fy).
  in_range C H. destruct C as (E & F & _). split; [exact F|].
  change (real (add64 x y)) with (B2R 53 1024 (Bplus 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y)).
  rewrite E. exact (rounded_sum_error _ _ (real_has_format x) (real_has_format y)).
Qed.

Lemma subtract64_near x y : finite x -> finite y -> Rabs (real x - real y) <= pow2 1000 ->
  finite (subtract64 x y) /\ Rabs (real (subtract64 x y) - (real x - real y)) <= sum_error (real x - real y).
Proof.
  intros Fx Fy H. assert (C := Bminus_correct 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y Fx Fy).
  in_range C H. destruct C as (E & F & _). split; [exact F|].
  change (real (subtract64 x y)) with (B2R 53 1024 (Bminus 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y)).
  rewrite E.
  exact (rounded_sum_error _ _ (real_has_format x) (generic_format_opp _ _ _ (real_has_format y))).
Qed.

Lemma multiply64_near x y : finite x -> finite y -> Rabs (real x * real y) <= pow2 1000 ->
  finite (multiply64 x y) /\ Rabs (real (multiply64 x y) - real x * real y) <= product_error (real x * real y).
Proof.
  intros Fx Fy H. assert (C := Bmult_correct 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y).
  in_range C H. destruct C as (E & F & _). split.
  - unfold finite, multiply64, b64_mult in *. now rewrite F, Fx, Fy.
  - change (real (multiply64 x y)) with (B2R 53 1024 (Bmult 53 1024 eq_refl eq_refl binop_nan_pl64 nearest_even x y)).
    rewrite E. exact (rounded_error _).
Qed.
