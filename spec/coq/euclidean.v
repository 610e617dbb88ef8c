(* R^(d+1) with the Euclidean norm, R x (R x ... R), and vectors given by their components 0, ..., d. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed.
Open Scope R_scope.

Fixpoint space (d : nat) : NormedModule R_AbsRing :=
  match d with O => R_NormedModule | S m => prod_NormedModule R_AbsRing R_NormedModule (space m) end.

Fixpoint vector_of (d : nat) (x : nat -> R) : space d :=
  match d with O => x O | S m => (x (S m), vector_of m x) end.

(* |(x, y)|^2 = |x|^2 + |y|^2 *)
Lemma norm_of_pair d (x : R) (y : space d) : norm ((x, y) : space (S d)) = sqrt (Rabs x ^ 2 + norm y ^ 2).
Proof. reflexivity. Qed.

Lemma vector_plus d x y : vector_of d (fun i => x i + y i) = plus (vector_of d x) (vector_of d y).
Proof. induction d as [|m IH]; [reflexivity|]. simpl vector_of. rewrite IH. reflexivity. Qed.

Lemma vector_scal d c x : vector_of d (fun i => c * x i) = scal c (vector_of d x).
Proof. induction d as [|m IH]; [reflexivity|]. simpl vector_of. rewrite IH. reflexivity. Qed.

Lemma vector_minus d x y : vector_of d (fun i => x i - y i) = minus (vector_of d x) (vector_of d y).
Proof. induction d as [|m IH]; [reflexivity|]. simpl vector_of. rewrite IH. reflexivity. Qed.

Lemma vector_zero d x : (forall i, (i <= d)%nat -> x i = 0) -> vector_of d x = zero.
Proof.
  induction d as [|m IH]; intros H; simpl vector_of; [now apply H|].
  rewrite IH by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

(* components at most e: norm at most sqrt(d+1) e *)
Lemma vector_norm d x e : 0 <= e -> (forall i, (i <= d)%nat -> Rabs (x i) <= e) ->
  norm (vector_of d x) <= sqrt (INR (S d)) * e.
Proof.
  intros He. induction d as [|m IH]; intros H.
  - simpl INR. rewrite sqrt_1, Rmult_1_l. now apply (H O).
  - simpl vector_of. rewrite norm_of_pair. assert (N := pos_INR (S m)).
    specialize (IH ltac:(intros; apply H; lia)). assert (X := H (S m) ltac:(lia)).
    rewrite <- (sqrt_pow2 e He) at 1. rewrite <- sqrt_mult by (rewrite ?S_INR in *; nra).
    apply sqrt_le_1_alt.
    assert (Q : norm (vector_of m x) ^ 2 <= (sqrt (INR (S m)) * e) ^ 2).
    { apply pow_incr. split; [apply norm_nonneg|exact IH]. }
    rewrite Rpow_mult_distr, pow2_sqrt in Q by exact N.
    assert (Rabs (x (S m)) ^ 2 <= e ^ 2) by (apply pow_incr; split; [apply Rabs_pos|exact X]).
    rewrite (S_INR (S m)). lra.
Qed.
