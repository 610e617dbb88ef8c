(* arsinh: its value changes relatively no more than its argument, and absolutely no more. *)
Require Import Reals Lra Lia ZArith.
From Flocq Require Import Core.Raux.
Open Scope R_scope.

Definition slope c := / sqrt (c ^ 2 + 1).

Lemma slope_positive c : 0 < slope c.
Proof. unfold slope. apply Rinv_0_lt_compat, sqrt_lt_R0. assert (0 <= c ^ 2) by apply pow2_ge_0. lra. Qed.

Lemma slope_small c : slope c <= 1.
Proof.
  unfold slope. apply Rle_trans with (/ 1); [| rewrite Rinv_1; lra]. apply Rinv_le_contravar; [lra |].
  rewrite <- sqrt_1 at 1. apply sqrt_le_1_alt. assert (0 <= c ^ 2) by apply pow2_ge_0. lra.
Qed.

Lemma slope_decreases c d : 0 <= c <= d -> slope d <= slope c.
Proof.
  intros order. unfold slope. apply Rinv_le_contravar.
  - apply sqrt_lt_R0. assert (0 <= c ^ 2) by apply pow2_ge_0. lra.
  - apply sqrt_le_1_alt. nra.
Qed.

Lemma mean x y : x < y -> exists c, arcsinh y - arcsinh x = slope c * (y - x) /\ x < c < y.
Proof. intro order. apply (MVT_cor2 arcsinh slope x y order (fun c _ => derivable_pt_lim_arcsinh c)). Qed.

Lemma increasing x y : x <= y -> arcsinh x <= arcsinh y.
Proof.
  intros [less | same]; [| subst; lra]. destruct (mean x y less) as (c & equation & _).
  assert (S := slope_positive c). nra.
Qed.

Lemma lipschitz_up x y : x <= y -> arcsinh y - arcsinh x <= y - x.
Proof.
  intros [less | same]; [| subst; lra]. destruct (mean x y less) as (c & equation & _).
  assert (S := slope_small c). nra.
Qed.

Lemma lipschitz x y : Rabs (arcsinh x - arcsinh y) <= Rabs (x - y).
Proof.
  destruct (Rle_or_lt x y) as [order | order].
  - assert (I := increasing x y order). assert (L := lipschitz_up x y order).
    rewrite !Rabs_left1 by lra. lra.
  - assert (I := increasing y x). assert (L := lipschitz_up y x).
    rewrite !Rabs_pos_eq by lra. lra.
Qed.

(* arsinh(x)/x decreases *)
Lemma below_chord x y : 0 < x <= y -> x * arcsinh y <= y * arcsinh x.
Proof.
  intros [positive [less | same]]; [| subst; lra].
  destruct (mean 0 x positive) as (c & start & place).
  destruct (mean x y less) as (d & rest & later).
  assert (S := slope_decreases c d). rewrite arcsinh_0 in start.
  assert (less_steep : slope d <= slope c) by (apply S; lra).
  replace (x * arcsinh y - y * arcsinh x) with
    (x * (arcsinh y - arcsinh x) - (y - x) * arcsinh x) by ring.
  replace (arcsinh y) with (arcsinh x + (arcsinh y - arcsinh x)) by ring.
  rewrite rest. replace (arcsinh x) with (arcsinh x - 0) by ring. rewrite start.
  assert (0 <= (y - x) * x) by (apply Rmult_le_pos; lra).
  nra.
Qed.

Lemma positive_relative x y c : 0 < y -> 0 <= c < 1 -> Rabs (x - y) <= c * y ->
  Rabs (arcsinh x - arcsinh y) <= c * arcsinh y.
Proof.
  intros positive small close. apply Rabs_le_inv in close.
  assert (0 < x) by nra. assert (Y := increasing 0 y). rewrite arcsinh_0 in Y.
  assert (0 <= arcsinh y) by (apply Y; lra).
  destruct (Rle_or_lt x y) as [order | order].
  - assert (I := increasing x y order). rewrite Rabs_left1 by lra.
    assert (B := below_chord x y). apply Rmult_le_reg_l with y; [exact positive |].
    assert (x * arcsinh y <= y * arcsinh x) by (apply B; lra). nra.
  - assert (I := increasing y x). rewrite Rabs_pos_eq by lra.
    assert (B := below_chord y x). apply Rmult_le_reg_l with y; [exact positive |].
    assert (y * arcsinh x <= x * arcsinh y) by (apply B; lra). nra.
Qed.

Lemma odd x : arcsinh (- x) = - arcsinh x.
Proof.
  rewrite <- (sinh_arcsinh x) at 1. replace (- sinh (arcsinh x)) with (sinh (- arcsinh x)).
  - apply arcsinh_sinh.
  - unfold sinh. rewrite Ropp_involutive. field.
Qed.

Lemma relative x y c : 0 <= c < 1 -> Rabs (x - y) <= c * Rabs y ->
  Rabs (arcsinh x - arcsinh y) <= c * Rabs (arcsinh y).
Proof.
  intros small close. destruct (Rtotal_order y 0) as [negative | [zero | positive]].
  - rewrite (Rabs_left y) in close by assumption.
    assert (P := positive_relative (- x) (- y) c). rewrite !odd in P.
    assert (Y := increasing y 0). rewrite arcsinh_0 in Y. rewrite (Rabs_left1 (arcsinh y)) by lra.
    replace (arcsinh x - arcsinh y) with (- (- arcsinh x - - arcsinh y)) by ring.
    rewrite Rabs_Ropp. apply P; [lra | lra |].
    replace (- x - - y) with (- (x - y)) by ring. now rewrite Rabs_Ropp.
  - subst. rewrite Rabs_R0, Rmult_0_r in close. assert (A := Rabs_pos (x - 0)).
    assert (same : x = 0).
    { destruct (Req_dec (x - 0) 0) as [E | E]; [lra |]. apply Rabs_pos_lt in E. lra. }
    rewrite same, Rminus_diag_eq, Rabs_R0 by reflexivity.
    apply Rmult_le_pos; [lra | apply Rabs_pos].
  - rewrite (Rabs_pos_eq y) in close by lra.
    assert (Y := increasing 0 y). rewrite arcsinh_0 in Y. rewrite (Rabs_pos_eq (arcsinh y)) by lra.
    now apply positive_relative.
Qed.

(* between x and y stands a point that is relatively near y and absolutely near x *)
Theorem propagation x y c d : 0 <= c < 1 -> 0 <= d -> Rabs (x - y) <= c * Rabs y + d ->
  Rabs (arcsinh x - arcsinh y) <= c * Rabs (arcsinh y) + d.
Proof.
  intros small positive close.
  assert (near : exists z, Rabs (z - y) <= c * Rabs y /\ Rabs (x - z) <= d).
  { assert (0 <= c * Rabs y) by (apply Rmult_le_pos; [lra | apply Rabs_pos]).
    apply Rabs_le_inv in close.
    destruct (Rle_or_lt (x - y) (c * Rabs y)) as [A | A].
    - destruct (Rle_or_lt (- (c * Rabs y)) (x - y)) as [B | B].
      + exists x. split; apply Rabs_le; lra.
      + exists (y - c * Rabs y). split; apply Rabs_le; lra.
    - exists (y + c * Rabs y). split; apply Rabs_le; lra. }
  destruct near as (z & near_y & near_x).
  assert (R := relative z y c small near_y). assert (L := lipschitz x z).
  replace (arcsinh x - arcsinh y) with ((arcsinh x - arcsinh z) + (arcsinh z - arcsinh y)) by ring.
  eapply Rle_trans; [apply Rabs_triang |]. lra.
Qed.

Lemma power_below n : 2 ^ n <= exp (INR n).
Proof.
  induction n as [| n IH]; [simpl; rewrite exp_0; lra |].
  rewrite S_INR, exp_plus. simpl pow.
  assert (2 <= exp 1) by (assert (E := exp_ineq1 1); lra).
  assert (0 < 2 ^ n) by (apply pow_lt; lra). nra.
Qed.

Theorem bounded x : Rabs x <= IZR (2 ^ 602) -> Rabs (arcsinh x) <= 1024.
Proof.
  assert (large : IZR (2 ^ 602) <= sinh 1024).
  { assert (E := power_below 1024). change (INR 1024) with (INR (Z.to_nat 1024)) in E.
    rewrite INR_IZR_INZ, Z2Nat.id in E by lia. rewrite pow_IZR in E.
    change (2 ^ Z.of_nat 1024)%Z with (2 ^ 1024)%Z in E.
    assert (exp (- (1024)) <= 1).
    { rewrite <- exp_0. left. apply exp_increasing. lra. }
    assert (2 * (2 ^ 602) + 1 <= 2 ^ 1024)%Z as B by (vm_compute; discriminate).
    apply IZR_le in B. rewrite plus_IZR, mult_IZR in B. unfold sinh. lra. }
  intro small. apply Rabs_le_inv in small. apply Rabs_le. split.
  - rewrite <- (arcsinh_sinh 1024), <- odd. apply increasing. lra.
  - rewrite <- (arcsinh_sinh 1024). apply increasing. lra.
Qed.
