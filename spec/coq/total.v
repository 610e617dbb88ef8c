(* The total theorem. The arrays that src/momentum.c computes in binary64 are in R^(d+1) within

     C1 h + C2 delta T/h,   delta = h (gamma + s ve + L s ye) + s pe,   s = sqrt(d+1),

   of the rescaled flow of f, C1 and C2 as in A1 perturbed. ve, pe and ye are the bounds velocity_error, position_error
   and lookahead_error of the C function's proved contract at the magnitude M of the numbers in the arrays, gamma is
   how far the array g is from -f at the computed look-ahead point. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import IEEE754.Bits.
From HeavyProof Require Import linear normed rescaled_flow a1_rescaled_flow a1_perturbed.
From HeavyProof Require Import ieee_rounding momentum_contract euclidean.
Open Scope R_scope.

Definition array := nat -> binary64.
Definition point (d : nat) (x : array) : space d := vector_of d (fun i => real (x i)).
Definition within (M : R) (x : binary64) : Prop := finite x /\ Rabs (real x) <= M.

(* the contract's `ensures` of hp_momentum_lookahead and hp_momentum_step, for arrays of d + 1 components *)
Definition contract_holds (d : nat) (h a lambda : binary64) (u v y g next_u next_v : array) : Prop :=
  forall i, (i <= d)%nat ->
    lookahead_near (y i) (u i) (v i) h a /\
    velocity_near (next_v i) (v i) (g i) lambda /\
    position_near (next_u i) (u i) (next_v i) h.

(* the contract's bounds at the magnitude M, in R^(d+1) *)
Definition rounding_defect (d : nat) (L M gamma lam h a : R) : R :=
  let s := sqrt (INR (S d)) in
  step_defect h L (gamma + s * velocity_error M M lam) (s * position_error M M h) (s * lookahead_error M M (h * a)).

Lemma product_sum_error_monotone p q x y :
  Rabs p <= Rabs q -> Rabs x <= Rabs y -> product_sum_error p x <= product_sum_error q y.
Proof.
  intros Hp Hx. unfold product_sum_error. generalize (pow2_pos (-53)) (pow2_pos (-105)). intros.
  apply Rplus_le_compat_r, Rmult_le_compat_l; lra.
Qed.

Lemma product_sum_error_nonneg p x : 0 <= product_sum_error p x.
Proof.
  unfold product_sum_error. generalize (pow2_pos (-53)) (pow2_pos (-105)) (pow2_pos (-1074)). intros.
  generalize (Rabs_pos p) (Rabs_pos x). intros. apply Rplus_le_le_0_compat; [apply Rmult_le_pos|]; lra.
Qed.

Lemma scaled_magnitude c x M : Rabs x <= M -> Rabs (c * x) <= Rabs (c * M).
Proof.
  intros H. rewrite !Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|].
  generalize (Rle_abs M). lra.
Qed.

Lemma lookahead_error_monotone u v M c :
  Rabs u <= M -> Rabs v <= M -> lookahead_error u v c <= lookahead_error M M c.
Proof.
  intros Hu Hv. unfold lookahead_error. assert (S := scaled_magnitude c v M Hv). assert (A := Rle_abs M).
  generalize (pow2_pos (-53)) (pow2_pos (-104)) (pow2_pos (-1074)). intros.
  apply Rplus_le_compat; apply Rmult_le_compat_l; lra.
Qed.

Lemma lookahead_error_nonneg u v c : 0 <= lookahead_error u v c.
Proof.
  unfold lookahead_error. generalize (pow2_pos (-53)) (pow2_pos (-104)) (pow2_pos (-1074)). intros.
  generalize (Rabs_pos (c * v)) (Rabs_pos u) (Rabs_pos v). intros.
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

Section Step.
Variables (d : nat) (f : space d -> space d) (h a lambda : binary64) (M gamma : R) (u v y g next_u next_v : array).
Hypothesis magnitude : M <= pow2 300.
Hypothesis tame_parameters : tame lambda /\ tame h /\ tame a.
Hypothesis contract : contract_holds d h a lambda u v y g next_u next_v.
Hypothesis numbers : forall i, (i <= d)%nat ->
  within M (u i) /\ within M (v i) /\ within M (g i) /\ within M (next_v i).
Hypothesis gradient : norm (plus (point d g) (f (point d y))) <= gamma.

Let s := sqrt (INR (S d)).

Lemma within_tame x : within M x -> tame x.
Proof. intros (F & B). split; [exact F|]. lra. Qed.

Lemma lookahead_step :
  norm (minus (point d y) (plus (point d u) (scal (real h * real a) (point d v))))
    <= s * lookahead_error M M (real h * real a).
Proof.
  unfold point. rewrite <- vector_scal, <- vector_plus, <- vector_minus.
  apply vector_norm; [apply lookahead_error_nonneg|]. intros i Hi.
  destruct (contract i Hi) as (C & _). destruct (numbers i Hi) as (Nu & Nv & _).
  destruct C as (_ & E); try apply tame_parameters; try (apply within_tame; assumption); try assumption.
  eapply Rle_trans; [exact E|]. apply lookahead_error_monotone; [apply (proj2 Nu)|apply (proj2 Nv)].
Qed.

Lemma velocity_step :
  norm (minus (point d next_v) (plus (scal (real lambda) (point d v)) (f (point d y))))
    <= gamma + s * velocity_error M M (real lambda).
Proof.
  replace (minus _ _) with (minus (minus (point d next_v) (minus (scal (real lambda) (point d v)) (point d g)))
    (plus (point d g) (f (point d y)))) by linear.
  eapply Rle_trans; [apply norm_minus|]. rewrite Rplus_comm. apply Rplus_le_compat; [exact gradient|].
  match goal with |- norm ?x <= _ =>
    replace x with (vector_of d (fun i => real (next_v i) - (real lambda * real (v i) - real (g i))))
      by (unfold point; now rewrite vector_minus, vector_minus, vector_scal) end.
  apply vector_norm; [apply product_sum_error_nonneg|]. intros i Hi.
  destruct (contract i Hi) as (_ & C & _). destruct (numbers i Hi) as (_ & Nv & Ng & _).
  destruct C as (_ & _ & E); try apply tame_parameters; try (apply within_tame; assumption); try assumption.
  eapply Rle_trans; [exact E|]. apply product_sum_error_monotone; [apply scaled_magnitude, (proj2 Nv)|].
  generalize (proj2 Ng) (Rle_abs M). lra.
Qed.

Lemma position_step :
  norm (minus (point d next_u) (plus (point d u) (scal (real h) (point d next_v)))) <= s * position_error M M (real h).
Proof.
  unfold point. rewrite <- vector_scal, <- vector_plus, <- vector_minus.
  apply vector_norm; [apply product_sum_error_nonneg|]. intros i Hi.
  destruct (contract i Hi) as (_ & _ & C). destruct (numbers i Hi) as (Nu & _ & _ & (Fn & Nn)).
  destruct C as (_ & E); try apply tame_parameters; try (apply within_tame; assumption); try assumption.
  { eapply Rle_trans; [exact Nn|]. apply Rle_trans with (pow2 300); [exact magnitude|]. apply pow2_le. lia. }
  eapply Rle_trans; [exact E|]. apply product_sum_error_monotone; [now apply scaled_magnitude|].
  generalize (proj2 Nu) (Rle_abs M). lra.
Qed.
End Step.

Section Total.
Variables (d : nat) (f : space d -> space d) (D : space d -> Prop) (L B0 T M gamma : R).
Variables (h a lambda : binary64) (ubar : R -> space d).

Theorem total_theorem (u v y g : nat -> array) :
  0 <= real lambda < 1 -> 0 < real h -> tame lambda /\ tame h /\ tame a -> M <= pow2 300 ->
  0 <= L -> lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f (real lambda) T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  point d (u O) = ubar 0 -> (forall i, (i <= d)%nat -> real (v O i) = 0) -> 0 <= gamma ->
  (forall n i, INR n * real h <= T -> (i <= d)%nat -> within M (u n i) /\ within M (v n i)) ->
  (forall n, INR (S n) * real h <= T ->
    contract_holds d h a lambda (u n) (v n) (y n) (g n) (u (S n)) (v (S n)) /\
    (forall i, (i <= d)%nat -> within M (g n i)) /\
    D (point d (y n)) /\ norm (plus (point d (g n)) (f (point d (y n)))) <= gamma) ->
  forall n, INR n * real h <= T -> norm (minus (point d (u n)) (ubar (INR n * real h)))
    <= A1_constant (real lambda) (real a) L B0 T * real h
       + defect_constant (real lambda) (real a) L T
         * (rounding_defect d L M gamma (real lambda) (real h) (real a) * T / real h).
Proof.
  intros Hlam Hh Tame HM HL Lip Bound Flow InD Start Rest Hg Numbers Steps.
  apply (a1_state_theorem f D L B0 (real lambda) (real a) (real h) T ubar
    (fun n => point d (u n)) (fun n => point d (v n)) (fun n => point d (y n))); try assumption.
  - now apply vector_zero.
  - assert (S0 := sqrt_pos (INR (S d))). split; [|split]; [apply Rplus_le_le_0_compat; [exact Hg|]| |];
      apply Rmult_le_pos;
      try assumption; apply product_sum_error_nonneg || apply lookahead_error_nonneg.
  - intros n Hn. destruct (Steps n Hn) as (C & Ng & Dy & Gamma).
    assert (Hn' : INR n * real h <= T) by (rewrite S_INR in Hn; lra).
    assert (N : forall i, (i <= d)%nat ->
      within M (u n i) /\ within M (v n i) /\ within M (g n i) /\ within M (v (S n) i)).
    { intros i Hi. destruct (Numbers n i Hn' Hi), (Numbers (S n) i Hn Hi). auto. }
    split; [exact Dy|]. split; [|split].
    + now apply (lookahead_step d h a lambda M (u n) (v n) (y n) (g n) (u (S n)) (v (S n))).
    + now apply (velocity_step d f h a lambda M gamma (u n) (v n) (y n) (g n) (u (S n)) (v (S n))).
    + now apply (position_step d h a lambda M (u n) (v n) (y n) (g n) (u (S n)) (v (S n))).
Qed.
End Total.
