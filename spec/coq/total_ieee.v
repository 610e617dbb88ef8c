(* The total theorem for the program itself: the loop of start, look-ahead, gradient and step in IEEE binary64.
   The contract of total_theorem is no hypothesis here: Flocq's operations satisfy it. *)
From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import IEEE754.Binary IEEE754.Bits.
From HeavyProof Require Import linear normed rescaled_flow a1_rescaled_flow a1_perturbed.
From HeavyProof Require Import ieee_rounding momentum_contract euclidean total.
Open Scope R_scope.

Section Program.
Variables (h a lambda : binary64) (gradient64 : array -> array) (u0 : array).

(* (u_n, v_n); v_0 = 0 *)
Fixpoint state64 (n : nat) : array * array :=
  match n with
  | O => (u0, fun _ => B754_zero 53 1024 false)
  | S m =>
      let u := fst (state64 m) in
      let v := snd (state64 m) in
      let g := gradient64 (fun i => lookahead64 (u i) (v i) h a) in
      let next_v := fun i => velocity64 (v i) (g i) lambda in
      (fun i => position64 (u i) (next_v i) h, next_v)
  end.
Definition u64 (n : nat) : array := fst (state64 n).
Definition v64 (n : nat) : array := snd (state64 n).
Definition y64 (n : nat) : array := fun i => lookahead64 (u64 n i) (v64 n i) h a.
Definition g64 (n : nat) : array := gradient64 (y64 n).

Lemma contract_of_ieee d n :
  contract_holds d h a lambda (u64 n) (v64 n) (y64 n) (g64 n) (u64 (S n)) (v64 (S n)).
Proof.
  intros i _. split; [|split].
  - apply lookahead64_near.
  - apply velocity64_near.
  - apply position64_near.
Qed.
End Program.

Theorem total_ieee_theorem (d : nat) (f : space d -> space d) (D : space d -> Prop) (L B0 T M gamma : R)
  (h a lambda : binary64) (gradient64 : array -> array) (u0 : array) (ubar : R -> space d) :
  let u := u64 h a lambda gradient64 u0 in
  let v := v64 h a lambda gradient64 u0 in
  let y := y64 h a lambda gradient64 u0 in
  let g := g64 h a lambda gradient64 u0 in
  0 <= real lambda < 1 -> 0 < real h -> tame lambda /\ tame h /\ tame a -> M <= pow2 300 ->
  0 <= L -> lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f (real lambda) T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  point d u0 = ubar 0 -> 0 <= gamma ->
  (forall n i, INR n * real h <= T -> (i <= d)%nat -> within M (u n i) /\ within M (v n i)) ->
  (forall n, INR (S n) * real h <= T ->
    (forall i, (i <= d)%nat -> within M (g n i)) /\
    D (point d (y n)) /\ norm (plus (point d (g n)) (f (point d (y n)))) <= gamma) ->
  forall n, INR n * real h <= T -> norm (minus (point d (u n)) (ubar (INR n * real h)))
    <= A1_constant (real lambda) (real a) L B0 T * real h
       + defect_constant (real lambda) (real a) L T
         * (rounding_defect d L M gamma (real lambda) (real h) (real a) * T / real h).
Proof.
  intros u v y g Hlam Hh Tame HM HL Lip Bound Flow InD Start Hg Numbers Steps.
  apply (total_theorem d f D L B0 T M gamma h a lambda ubar u v y g); try assumption.
  - intros i _. reflexivity.
  - intros n Hn. split; [apply contract_of_ieee|]. exact (Steps n Hn).
Qed.
