(* The total theorems' hypotheses hold together: f(u) = -u on [-2, 2], lambda = a = 1/2, h = 1/4, two steps from
   u_0 = 1 with the gradient g = y. The flow is e^{-2t}; the iterates are 1, 3/4, 15/32. *)
From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import Core IEEE754.Binary IEEE754.Bits.
From HeavyProof Require Import linear normed gronwall rescaled_flow a1_rescaled_flow a1_perturbed.
From HeavyProof Require Import ieee_rounding momentum_contract euclidean total total_ieee.
Open Scope R_scope.

(* numbers given by their bits *)
Definition one64 : binary64 := b64_of_bits 4607182418800017408.
Definition half64 : binary64 := b64_of_bits 4602678819172646912.
Definition quarter64 : binary64 := b64_of_bits 4598175219545276416.
Definition decay (u : R_NormedModule) : R_NormedModule := - u.
Definition disc (u : R_NormedModule) : Prop := Rabs u <= 2.
Definition decay_flow (t : R) : R_NormedModule := exp (- (2 * t)).
Notation u := (u64 quarter64 half64 half64 (fun y => y) (fun _ => one64)).
Notation v := (v64 quarter64 half64 half64 (fun y => y) (fun _ => one64)).
Notation y := (y64 quarter64 half64 half64 (fun y => y) (fun _ => one64)).

(* the value of a binary64 term without variables *)
Ltac evaluate64 :=
  unfold real;
  match goal with |- context [B2R 53 1024 ?x] =>
    rewrite <- (FF2R_B2FF 53 1024 x);
    let value := eval vm_compute in (B2FF 53 1024 x) in
    replace (B2FF 53 1024 x) with value by (vm_cast_no_check (eq_refl value))
  end;
  simpl FF2R; unfold Defs.F2R; simpl.

Lemma parameters : real half64 = / 2 /\ real quarter64 = / 4 /\ finite half64 /\ finite quarter64.
Proof. repeat apply conj; [evaluate64; lra|evaluate64; lra| |]; vm_cast_no_check (eq_refl true). Qed.

Lemma iterates : real (u 0%nat O) = 1 /\ real (u 1%nat O) = 3 / 4 /\ real (u 2%nat O) = 15 / 32 /\
  real (v 0%nat O) = 0 /\ real (v 1%nat O) = - 1 /\ real (v 2%nat O) = - (9 / 8) /\
  real (y 0%nat O) = 1 /\ real (y 1%nat O) = 5 / 8.
Proof. repeat apply conj; evaluate64; lra. Qed.

Lemma iterates_finite : finite (u 0%nat O) /\ finite (u 1%nat O) /\ finite (u 2%nat O) /\
  finite (v 0%nat O) /\ finite (v 1%nat O) /\ finite (v 2%nat O) /\ finite (y 0%nat O) /\ finite (y 1%nat O).
Proof. repeat apply conj; vm_cast_no_check (eq_refl true). Qed.

(* from here on the values above are all that is known of the iterates *)
Opaque u64 v64 y64.

(* nh <= 1/2 *)
Lemma two_steps n : INR n * / 4 <= / 2 -> n = 0%nat \/ n = 1%nat \/ n = 2%nat.
Proof.
  intros H. destruct n as [|[|[|n]]]; auto. exfalso.
  rewrite !S_INR in H. generalize (pos_INR n). lra.
Qed.

Lemma numbers_within n i : INR n * / 4 <= / 2 -> (i <= 0)%nat -> within 2 (u n i) /\ within 2 (v n i).
Proof.
  intros H Hi. replace i with O by lia. destruct iterates as (U0 & U1 & U2 & V0 & V1 & V2 & _).
  destruct iterates_finite as (F0 & F1 & F2 & G0 & G1 & G2 & _).
  destruct (two_steps n H) as [-> | [-> | ->]]; split; split; try assumption;
    rewrite ?U0, ?U1, ?U2, ?V0, ?V1, ?V2; apply Rabs_le; lra.
Qed.

Lemma lookahead_within n : INR (S n) * / 4 <= / 2 -> finite (y n O) /\ Rabs (real (y n O)) <= 2.
Proof.
  intros H. destruct iterates as (_ & _ & _ & _ & _ & _ & Y0 & Y1).
  destruct iterates_finite as (_ & _ & _ & _ & _ & _ & F).
  destruct (two_steps (S n) H) as [E | [E | E]]; [discriminate| |]; injection E as ->;
    split; try apply F; rewrite ?Y0, ?Y1; apply Rabs_le; lra.
Qed.

Lemma decay_is_flow T : @rescaled_flow R_NormedModule decay (/ 2) T decay_flow.
Proof.
  assert (Dw : forall t, is_derive decay_flow t (scal (/ (1 - / 2)) (decay (decay_flow t)))).
  { intros t. change (is_derive decay_flow t (/ (1 - / 2) * - exp (- (2 * t)))).
    unfold decay_flow. auto_derive; [auto|]. field. }
  split; intros t _; [|apply Dw]. exact (derive_continuous decay_flow t _ (Dw t)).
Qed.

Lemma decay_flow_in_disc t : 0 <= t -> disc (decay_flow t).
Proof.
  intros H. unfold disc, decay_flow. rewrite Rabs_pos_eq by (left; apply exp_pos).
  apply Rle_trans with (exp 0); [apply exp_le; lra|]. rewrite exp_0. lra.
Qed.

Lemma decay_lipschitz : @lipschitz_on R_NormedModule disc 1 decay.
Proof.
  intros p q _ _. change (Rabs (- p - - q) <= 1 * Rabs (p - q)).
  replace (- p - - q) with (- (p - q)) by ring. rewrite Rabs_Ropp. lra.
Qed.

Lemma decay_bounded : @bounded_on R_NormedModule disc 2 decay.
Proof. intros p H. change (Rabs (- p) <= 2). now rewrite Rabs_Ropp. Qed.

Lemma tame_parameters : tame half64 /\ tame quarter64 /\ tame half64.
Proof.
  destruct parameters as (E2 & E4 & F2 & F4). assert (P := one_below 300 ltac:(lia)).
  unfold tame. rewrite E2, E4. repeat split; try assumption; apply Rabs_le; lra.
Qed.

Lemma two_is_tame : 2 <= pow2 300.
Proof. destruct pow2_values as (_ & _ & <- & _). apply pow2_le. lia. Qed.

Lemma total_ieee_witness n : INR n * / 4 <= / 2 ->
  Rabs (real (u n O) - decay_flow (INR n * / 4))
    <= A1_constant (/ 2) (/ 2) 1 2 (/ 2) * / 4
       + defect_constant (/ 2) (/ 2) 1 (/ 2) * (rounding_defect 0 1 2 0 (/ 2) (/ 4) (/ 2) * / 2 / / 4).
Proof.
  destruct parameters as (E2 & E4 & _).
  assert (W := total_ieee_theorem 0 decay disc 1 2 (/ 2) 2 0 quarter64 half64 half64 (fun y => y) (fun _ => one64)
    decay_flow). cbv zeta in W. rewrite E2, E4 in W. apply W; clear W; try lra.
  - apply tame_parameters.
  - exact two_is_tame.
  - exact decay_lipschitz.
  - exact decay_bounded.
  - apply decay_is_flow.
  - intros t Ht. exact (decay_flow_in_disc t (proj1 Ht)).
  - change (real one64 = exp (- (2 * 0))). rewrite Rmult_0_r, Ropp_0, exp_0. apply iterates.
  - exact numbers_within.
  - intros k Hk. destruct (lookahead_within k Hk) as (F & B). split; [|split; [exact B|]].
    + intros i Hi. replace i with O by lia. split; [exact F|exact B].
    + change (Rabs (real (y k O) + - real (y k O)) <= 0). rewrite Rplus_opp_r, Rabs_R0. lra.
Qed.
