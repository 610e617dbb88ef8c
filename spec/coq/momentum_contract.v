(* The contract of src/momentum.c as predicates on binary64 numbers, name by name as in spec/acsl/momentum.h and
   spec/acsl/array.h (verify/proof/contract_match compares the formulas), and its proof for the operations of Flocq. *)
From Coq Require Import Reals Lra Lia ZArith.
From Flocq Require Import IEEE754.Bits.
From HeavyProof Require Import ieee_rounding.
Open Scope R_scope.

Definition near (x y error : R) : Prop := Rabs (x - y) <= error.
Definition below (x bound : R) : Prop := Rabs x <= bound.
Definition tame (x : binary64) : Prop := finite x /\ Rabs (real x) <= pow2 300.

Definition product_sum_error (product x : R) : R :=
  (pow2 (-53) + pow2 (-105)) * (2 * Rabs product + Rabs x) + pow2 (-1074).

Definition lookahead (u v ha : R) : R := u + ha * v.
Definition velocity (v g lambda : R) : R := lambda * v - g.
Definition position (u next_v h : R) : R := u + h * next_v.

Definition velocity_error (v g lambda : R) : R := product_sum_error (lambda * v) g.
Definition position_error (u next_v h : R) : R := product_sum_error (h * next_v) u.
Definition lookahead_error (u v ha : R) : R :=
  (pow2 (-53) + pow2 (-104)) * (3 * Rabs (ha * v) + Rabs u) + pow2 (-1074) * (Rabs v + 1).

Definition lookahead_near (y u v h a : binary64) : Prop :=
  tame u -> tame v -> tame h -> tame a ->
  finite y /\ near (real y) (lookahead (real u) (real v) (real h * real a))
    (lookahead_error (real u) (real v) (real h * real a)).
Definition velocity_near (next_v v g lambda : binary64) : Prop :=
  tame v -> tame g -> tame lambda ->
  finite next_v /\ below (real next_v) (pow2 601) /\
  near (real next_v) (velocity (real v) (real g) (real lambda)) (velocity_error (real v) (real g) (real lambda)).
Definition position_near (next_u u next_v h : binary64) : Prop :=
  tame u -> finite next_v -> below (real next_v) (pow2 601) -> tame h ->
  finite next_u /\ near (real next_u) (position (real u) (real next_v) (real h))
    (position_error (real u) (real next_v) (real h)).

(* the step of src/momentum.c on one component *)
Definition lookahead64 (u v h a : binary64) : binary64 := add64 u (multiply64 (multiply64 h a) v).
Definition velocity64 (v g lambda : binary64) : binary64 := subtract64 (multiply64 lambda v) g.
Definition position64 (u next_v h : binary64) : binary64 := add64 u (multiply64 h next_v).

Lemma small_eps : 0 < pow2 (-53) <= / 8 /\ pow2 (-105) = 2 * (pow2 (-53) * pow2 (-53))
  /\ pow2 (-104) = 4 * (pow2 (-53) * pow2 (-53)).
Proof.
  destruct pow2_values as (V3 & _ & V1 & V2 & _). split; [split; [apply pow2_pos|]|].
  - rewrite <- V3. apply pow2_le. lia.
  - rewrite <- V1, <- V2 at 1. rewrite <- !pow2_plus. now split.
Qed.

Lemma small_eta : 0 < pow2 (-1074) <= / 8.
Proof. destruct pow2_values as (V3 & _). split; [apply pow2_pos|]. rewrite <- V3. apply pow2_le. lia. Qed.

(* q = p + O(product_error p), s = x + q + O(sum_error) give s = x + p + O(product_sum_error p x) *)
Lemma product_sum p q x s :
  near q p (product_error p) -> near s (x + q) (sum_error (x + q)) -> near s (x + p) (product_sum_error p x).
Proof.
  unfold near, product_error, sum_error, product_sum_error. intros Hq Hs.
  destruct small_eps as ((E0 & E1) & -> & _). destruct small_eta as (F0 & F1).
  set (e := pow2 (-53)) in *. set (t := pow2 (-1074)) in *.
  assert (A := Rabs_pos p). assert (B := Rabs_pos x).
  assert (T1 : Rabs (x + q) <= Rabs x + (Rabs p + Rabs (q - p))).
  { replace (x + q) with (x + (p + (q - p))) by ring. eapply Rle_trans; [apply Rabs_triang|].
    apply Rplus_le_compat_l, Rabs_triang. }
  assert (T2 : Rabs (s - (x + p)) <= Rabs (s - (x + q)) + Rabs (q - p)).
  { replace (s - (x + p)) with ((s - (x + q)) + (q - p)) by ring. apply Rabs_triang. }
  assert (T3 : e * Rabs (x + q) <= e * (Rabs x + (Rabs p + (e * Rabs p + t / 2)))).
  { apply Rmult_le_compat_l; lra. }
  assert (0 <= e * e * Rabs p) by (repeat apply Rmult_le_pos; lra).
  assert (0 <= e * e * Rabs x) by (repeat apply Rmult_le_pos; lra).
  assert (e * t <= / 8 * t) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(* an error of the factor x = h a of v, then product_sum *)
Lemma lookahead_sum x y u v s :
  near x y (product_error y) -> near s (u + x * v) (product_sum_error (x * v) u) ->
  near s (lookahead u v y) (lookahead_error u v y).
Proof.
  unfold near, lookahead, lookahead_error, product_error, product_sum_error. intros Hx Hs.
  destruct small_eps as ((E0 & E1) & E2 & E3). rewrite E2 in Hs. rewrite E3. destruct small_eta as (F0 & F1).
  set (e := pow2 (-53)) in *. set (t := pow2 (-1074)) in *.
  assert (V := Rabs_pos v). assert (U := Rabs_pos u). assert (Y := Rabs_pos (y * v)).
  assert (T1 : Rabs (x * v - y * v) <= e * Rabs (y * v) + t / 2 * Rabs v).
  { replace (x * v - y * v) with ((x - y) * v) by ring. rewrite !Rabs_mult.
    apply Rmult_le_compat_r with (r := Rabs v) in Hx; lra. }
  assert (T2 : Rabs (x * v) <= Rabs (y * v) + Rabs (x * v - y * v)).
  { replace (x * v) with (y * v + (x * v - y * v)) at 1 by ring. apply Rabs_triang. }
  assert (T3 : Rabs (s - (u + y * v)) <= Rabs (s - (u + x * v)) + Rabs (x * v - y * v)).
  { replace (s - (u + y * v)) with ((s - (u + x * v)) + (x * v - y * v)) by ring. apply Rabs_triang. }
  set (X := Rabs (x * v)) in *. set (Yv := Rabs (y * v)) in *. set (d := Rabs (x * v - y * v)) in *.
  assert (ee : 0 <= e * e) by nra.
  assert (T4 : (e + 2 * (e * e)) * (2 * X + Rabs u)
    <= (e + 2 * (e * e)) * (2 * (Yv + (e * Yv + t / 2 * Rabs v)) + Rabs u)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= e * e * Yv) by (apply Rmult_le_pos; lra). assert (0 <= e * e * Rabs u) by (apply Rmult_le_pos; lra).
  assert (e * (e * e * Yv) <= / 8 * (e * e * Yv)) by (apply Rmult_le_compat_r; lra).
  assert (tv : 0 <= t * Rabs v) by (apply Rmult_le_pos; lra).
  assert (e * (t * Rabs v) <= / 8 * (t * Rabs v)) by (apply Rmult_le_compat_r; lra).
  assert (e * e * (t * Rabs v) <= / 8 * (t * Rabs v)) by (apply Rmult_le_compat_r; nra). lra.
Qed.

(* below 2^300, 2^600, 2^601, 2^901 and 2^1000 nothing overflows *)
Lemma product_below x y d e : Rabs x <= pow2 d -> Rabs y <= pow2 e -> Rabs (x * y) <= pow2 (d + e).
Proof. intros Hx Hy. rewrite Rabs_mult, pow2_plus. apply Rmult_le_compat; auto using Rabs_pos. Qed.

Lemma one_below e : (0 <= e)%Z -> 1 <= pow2 e.
Proof. intros H. destruct pow2_values as (_ & <- & _). now apply pow2_le. Qed.

(* |p| <= 2^e, |q - p| <= product_error p: |q| <= 2^(e+1) *)
Lemma product_size p q e : (0 <= e)%Z -> Rabs p <= pow2 e -> near q p (product_error p) -> Rabs q <= pow2 (e + 1).
Proof.
  unfold near, product_error. intros He Hp Hq. assert (P := one_below e He).
  destruct small_eps as ((E0 & E1) & _). destruct small_eta as (F0 & F1).
  rewrite pow2_plus. destruct pow2_values as (_ & _ & -> & _).
  assert (pow2 (-53) * Rabs p <= / 8 * Rabs p) by (apply Rmult_le_compat_r; [apply Rabs_pos|lra]).
  assert (T := Rabs_triang p (q - p)). replace (p + (q - p)) with q in T by ring. lra.
Qed.

(* |p|, |x| <= 2^e: |p + x| <= 2^(e+1) *)
Lemma sum_size p x e : Rabs p <= pow2 e -> Rabs x <= pow2 e -> Rabs (p + x) <= pow2 (e + 1).
Proof.
  intros Hp Hx. rewrite pow2_plus. destruct pow2_values as (_ & _ & -> & _).
  generalize (Rabs_triang p x). lra.
Qed.

Lemma enlarge x d e : (d <= e)%Z -> Rabs x <= pow2 d -> Rabs x <= pow2 e.
Proof. intros H Hx. eapply Rle_trans; [exact Hx|]. now apply pow2_le. Qed.

(* x + fl(c y), computed, for |c y| <= 2^990 *)
Lemma sum_of_product64_near x c y :
  finite x -> finite c -> finite y -> Rabs (real x) <= pow2 300 -> Rabs (real c * real y) <= pow2 990 ->
  finite (add64 x (multiply64 c y)) /\
  near (real (add64 x (multiply64 c y))) (real x + real c * real y) (product_sum_error (real c * real y) (real x)).
Proof.
  intros Fx Fc Fy Hx Hp.
  destruct (multiply64_near c y Fc Fy) as (Fp & Ep); [now apply enlarge with 990%Z|].
  assert (Sp := product_size _ _ 990 ltac:(lia) Hp Ep).
  destruct (add64_near x (multiply64 c y) Fx Fp) as (Fs & Es).
  - apply enlarge with (991 + 1)%Z; [lia|]. apply sum_size; [now apply enlarge with 300%Z|exact Sp].
  - split; [exact Fs|]. now apply product_sum with (q := real (multiply64 c y)).
Qed.

Theorem lookahead64_near u v h a : lookahead_near (lookahead64 u v h a) u v h a.
Proof.
  intros (Fu & Su) (Fv & Sv) (Fh & Sh) (Fa & Sa).
  assert (Sha := product_below _ _ _ _ Sh Sa).
  destruct (multiply64_near h a Fh Fa) as (Fha & Eha); [now apply enlarge with (300 + 300)%Z|].
  assert (Shar := product_size _ _ (300 + 300) ltac:(lia) Sha Eha).
  destruct (sum_of_product64_near u (multiply64 h a) v Fu Fha Fv Su) as (Fs & Es).
  - apply enlarge with (300 + 300 + 1 + 300)%Z; [lia|]. now apply product_below.
  - split; [exact Fs|]. now apply lookahead_sum with (x := real (multiply64 h a)).
Qed.

(* |p| <= 2^600, |g| <= 2^300: |p - g| + its error <= 2^601 *)
Lemma velocity_size p g next_v : Rabs p <= pow2 (300 + 300) -> Rabs g <= pow2 300 ->
  near next_v (p - g) (product_sum_error p g) -> below next_v (pow2 601).
Proof.
  unfold near, below, product_sum_error. intros Hp Hg H.
  change 601%Z with (1 + (300 + 300))%Z. rewrite (pow2_plus 1), pow2_plus. rewrite pow2_plus in Hp.
  destruct small_eps as ((E0 & E1) & E2 & _). rewrite E2 in H. destruct small_eta as (F0 & F1).
  assert (B : 8 <= pow2 300) by (destruct pow2_values as (_ & _ & _ & _ & <-); apply pow2_le; lia).
  destruct pow2_values as (_ & _ & -> & _). set (b := pow2 300) in *. set (e := pow2 (-53)) in *.
  assert (e * e <= / 8 * / 8) by (apply Rmult_le_compat; lra).
  assert (P := Rabs_pos p). assert (G := Rabs_pos g).
  assert ((e + 2 * (e * e)) * (2 * Rabs p + Rabs g) <= (/ 8 + 2 * (/ 8 * / 8)) * (2 * (b * b) + b)).
  { apply Rmult_le_compat; nra. }
  assert (T := Rabs_triang (p - g) (next_v - (p - g))). replace (p - g + (next_v - (p - g))) with next_v in T by ring.
  assert (T' := Rabs_triang p (- g)). rewrite Rabs_Ropp in T'. change (p + - g) with (p - g) in T'.
  assert (8 * b <= b * b) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Theorem velocity64_near v g lambda : velocity_near (velocity64 v g lambda) v g lambda.
Proof.
  intros (Fv & Sv) (Fg & Sg) (Fl & Sl). assert (Sp := product_below _ _ _ _ Sl Sv).
  destruct (multiply64_near lambda v Fl Fv) as (Fp & Ep); [now apply enlarge with (300 + 300)%Z|].
  assert (Spr := product_size _ _ (300 + 300) ltac:(lia) Sp Ep).
  assert (Sg' : Rabs (- real g) <= pow2 300) by now rewrite Rabs_Ropp.
  destruct (subtract64_near (multiply64 lambda v) g Fp Fg) as (Fs & Es).
  - apply enlarge with (300 + 300 + 1 + 1)%Z; [lia|].
    apply (sum_size _ (- real g)); [exact Spr|]. apply enlarge with 300%Z; [lia|exact Sg'].
  - assert (E : near (real (velocity64 v g lambda)) (real lambda * real v - real g)
      (product_sum_error (real lambda * real v) (real g))).
    { replace (real lambda * real v - real g) with (- real g + real lambda * real v) by ring.
      replace (product_sum_error (real lambda * real v) (real g))
        with (product_sum_error (real lambda * real v) (- real g)) by (unfold product_sum_error; now rewrite Rabs_Ropp).
      apply product_sum with (q := real (multiply64 lambda v)); [exact Ep|].
      replace (- real g + real (multiply64 lambda v)) with (real (multiply64 lambda v) - real g) by ring. exact Es. }
    split; [exact Fs|]. split; [|exact E]. now apply velocity_size with (real lambda * real v) (real g).
Qed.

Theorem position64_near u next_v h : position_near (position64 u next_v h) u next_v h.
Proof.
  intros (Fu & Su) Fv Sv (Fh & Sh). apply sum_of_product64_near; try assumption.
  apply enlarge with (300 + 601)%Z; [lia|]. now apply product_below.
Qed.
