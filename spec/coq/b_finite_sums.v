(* R^d as functions of the index: sums over 0 <= i < d, the inner product, Cauchy-Schwarz. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Definition vector := nat -> R.

(* total d f = f 0 + ... + f (d-1) *)
Fixpoint total (d : nat) (f : vector) : R :=
  match d with O => 0 | S m => total m f + f m end.

Definition inner (d : nat) (a b : vector) : R := total d (fun i => a i * b i).

Lemma total_ext d f g : (forall i, (i < d)%nat -> f i = g i) -> total d f = total d g.
Proof.
  induction d as [|d IH]; intros E; [reflexivity|].
  simpl. rewrite IH, E; auto.
Qed.

Lemma total_plus d f g : total d (fun i => f i + g i) = total d f + total d g.
Proof. induction d as [|d IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma total_minus d f g : total d (fun i => f i - g i) = total d f - total d g.
Proof. induction d as [|d IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma total_scal d c f : total d (fun i => c * f i) = c * total d f.
Proof. induction d as [|d IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma total_zero d : total d (fun _ => 0) = 0.
Proof. induction d as [|d IH]; simpl; lra. Qed.

(* sum_{i<d} sum_{r<n} f i r = sum_{r<n} sum_{i<d} f i r *)
Lemma total_exchange d n (f : nat -> nat -> R) :
  total d (fun i => total n (f i)) = total n (fun r => total d (fun i => f i r)).
Proof.
  induction d as [|d IH]; simpl; [now rewrite total_zero|].
  now rewrite IH, total_plus.
Qed.

Lemma total_nonneg d f : (forall i, (i < d)%nat -> 0 <= f i) -> 0 <= total d f.
Proof.
  induction d as [|d IH]; intros P; simpl; [lra|].
  specialize (IH (fun i Hi => P i (Nat.lt_lt_succ_r _ _ Hi))). specialize (P d (Nat.lt_succ_diag_r d)). lra.
Qed.

Lemma total_le d f g : (forall i, (i < d)%nat -> f i <= g i) -> total d f <= total d g.
Proof.
  intros L. enough (0 <= total d (fun i => g i - f i)) by (rewrite total_minus in *; lra).
  apply total_nonneg. intros i Hi. specialize (L i Hi). lra.
Qed.

(* a term of a sum of non-negative terms is at most the sum *)
Lemma term_le_total d f i : (i < d)%nat -> (forall j, (j < d)%nat -> 0 <= f j) -> f i <= total d f.
Proof.
  induction d as [|d IH]; intros Hi P; [lia|]. simpl.
  assert (P' : forall j, (j < d)%nat -> 0 <= f j) by (intros; apply P; lia).
  destruct (Nat.eq_dec i d) as [->|Hne].
  - assert (0 <= total d f) by now apply total_nonneg. lra.
  - assert (f i <= total d f) by (apply IH; auto; lia). assert (0 <= f d) by (apply P; lia). lra.
Qed.

(* the sum of the numbers that are c at i and 0 elsewhere *)
Lemma total_single d i (f : vector) :
  (i < d)%nat -> total d (fun j => if Nat.eqb j i then f j else 0) = f i.
Proof.
  induction d as [|d IH]; intros Hi; [lia|]. simpl.
  destruct (Nat.eqb_spec d i) as [->|Hne].
  - rewrite (total_ext i _ (fun _ => 0)), total_zero; [ring|].
    intros j Hj. destruct (Nat.eqb_spec j i); [lia|reflexivity].
  - rewrite IH by lia. ring.
Qed.

Lemma total_derive d (f : nat -> R -> R) (df : vector) t :
  (forall i, (i < d)%nat -> is_derive (f i) t (df i)) ->
  is_derive (fun s => total d (fun i => f i s)) t (total d df).
Proof.
  induction d as [|d IH]; intros D; simpl; [apply @is_derive_const|].
  apply @is_derive_plus; [apply IH; auto|apply D; lia].
Qed.

Lemma total_limit {K : Type} (F : (K -> Prop) -> Prop) {FF : Filter F} d (f : nat -> K -> R) (l : vector) :
  (forall i, (i < d)%nat -> filterlim (f i) F (locally (l i))) ->
  filterlim (fun k => total d (fun i => f i k)) F (locally (total d l)).
Proof.
  induction d as [|d IH]; intros C; simpl; [apply filterlim_const|].
  apply (filterlim_comp_2 (G := locally (total d l)) (H := locally (l d))); auto.
  apply @filterlim_plus.
Qed.

(* (ab + s)^2 <= (a^2 + p)(b^2 + q) where s^2 <= pq *)
Lemma cauchy_schwarz_step a b s p q :
  0 <= p -> 0 <= q -> s ^ 2 <= p * q -> (s + a * b) ^ 2 <= (p + a * a) * (q + b * b).
Proof.
  intros Hp Hq Hs.
  assert (M : (2 * (s * (a * b))) ^ 2 <= (p * (b * b) + q * (a * a)) ^ 2).
  { assert (0 <= (p * (b * b) - q * (a * a)) ^ 2) by apply pow2_ge_0.
    assert (0 <= (a * b) ^ 2) by apply pow2_ge_0. nra. }
  assert (N : 0 <= p * (b * b) + q * (a * a)) by nra.
  assert (2 * (s * (a * b)) <= p * (b * b) + q * (a * a)).
  { apply Rsqr_incr_0_var; [unfold Rsqr; nra|exact N]. }
  nra.
Qed.

Lemma inner_self_nonneg d a : 0 <= inner d a a.
Proof. apply total_nonneg. intros. nra. Qed.

Lemma cauchy_schwarz d a b : inner d a b ^ 2 <= inner d a a * inner d b b.
Proof.
  induction d as [|d IH]; unfold inner in *; simpl; [lra|].
  apply (cauchy_schwarz_step _ _ _ _ _ (inner_self_nonneg d a) (inner_self_nonneg d b) IH).
Qed.
