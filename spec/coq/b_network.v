(* A diagonal linear network: theta = u*v, loss = 1/2 sum_r s_r (X_r.theta - y_r)^2 with weights s of the
   rows (1/n: the whole sample; 1/b on b drawn rows: a mini-batch), and its gradient in theta, u and v. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives.
Open Scope R_scope.

Definition hadamard (u v : vector) : vector := fun i => u i * v i.
(* u with its coordinate i replaced by s *)
Definition replaced (u : vector) (i : nat) (s : R) : vector := fun j => if Nat.eqb j i then s else u j.

Section Network.
Variables (d n : nat) (X : nat -> vector) (y : vector).

Definition residual (theta : vector) (r : nat) : R := inner d (X r) theta - y r.
Definition loss (s theta : vector) : R := total n (fun r => s r * residual theta r ^ 2) / 2.
Definition gradient (s theta : vector) (i : nat) : R := total n (fun r => s r * residual theta r * X r i).
Definition interpolates (theta : vector) : Prop := forall r, (r < n)%nat -> inner d (X r) theta = y r.
Definition whole_sample : vector := fun _ => / INR n.

Lemma inner_derive (a : vector) (theta : nat -> R -> R) (dtheta : vector) t :
  (forall i, (i < d)%nat -> is_derive (theta i) t (dtheta i)) ->
  is_derive (fun s => inner d a (fun i => theta i s)) t (inner d a dtheta).
Proof.
  intros D. apply (total_derive d (fun i s => a i * theta i s) (fun i => a i * dtheta i)).
  intros i Hi. apply derive_scal, D, Hi.
Qed.

(* sum_i gradient_i delta_i = sum_r s_r residual_r X_r.delta : the gradient lies in the range of X^T *)
Lemma gradient_inner s theta delta :
  inner d (gradient s theta) delta = total n (fun r => s r * residual theta r * inner d (X r) delta).
Proof.
  unfold inner, gradient.
  transitivity (total d (fun i => total n (fun r => s r * residual theta r * X r i * delta i))).
  - apply total_ext. intros i _. rewrite Rmult_comm, <- total_scal. apply total_ext. intros. ring.
  - rewrite total_exchange. apply total_ext. intros r _. rewrite <- total_scal. apply total_ext. intros. ring.
Qed.

(* X delta = 0  =>  gradient . delta = 0 *)
Lemma gradient_orthogonal s theta delta :
  (forall r, (r < n)%nat -> inner d (X r) delta = 0) -> inner d (gradient s theta) delta = 0.
Proof.
  intros K. rewrite gradient_inner, (total_ext n _ (fun _ => 0)); [apply total_zero|].
  intros r Hr. rewrite (K r Hr). ring.
Qed.

(* (loss o theta)' = gradient . theta' *)
Lemma loss_derive s (theta : nat -> R -> R) (dtheta : vector) t :
  (forall i, (i < d)%nat -> is_derive (theta i) t (dtheta i)) ->
  is_derive (fun q => loss s (fun i => theta i q)) t (inner d (gradient s (fun i => theta i t)) dtheta).
Proof.
  intros D. rewrite gradient_inner.
  set (res := fun q r => residual (fun i => theta i q) r).
  apply derive_eq with (/ 2 * total n (fun r => s r * (2 * inner d (X r) dtheta * res t r))).
  - apply derive_ext with (fun q => / 2 * total n (fun r => s r * res q r ^ 2));
      [|intros q; exact (Rmult_comm _ _)].
    apply derive_scal, (total_derive n (fun r q => s r * res q r ^ 2)
      (fun r => s r * (2 * inner d (X r) dtheta * res t r))).
    intros r _. apply derive_scal, (derive_square (fun q => res q r)).
    apply derive_eq with (inner d (X r) dtheta - 0); [|ring].
    apply derive_minus; [apply inner_derive, D|apply derive_const].
  - rewrite <- total_scal. apply total_ext. intros r _. unfold res. field.
Qed.

(* d loss(u*v) / d u_i = v_i gradient_i(u*v) *)
Theorem gradient_in_u s u v i : (i < d)%nat ->
  is_derive (fun q => loss s (hadamard (replaced u i q) v)) (u i) (v i * gradient s (hadamard u v) i).
Proof.
  intros Hi.
  set (theta := fun (j : nat) (q : R) => hadamard (replaced u i q) v j).
  apply derive_eq with (inner d (gradient s (fun j => theta j (u i))) (fun j => if Nat.eqb j i then v j else 0)).
  { apply (loss_derive s theta). intros j _. unfold theta, hadamard, replaced. destruct (Nat.eqb j i).
    - apply derive_ext with (fun q => v j * q); [|intros; exact (Rmult_comm _ _)].
      apply derive_eq with (v j * 1); [apply derive_scal, derive_id|ring].
    - apply derive_const. }
  rewrite Rmult_comm. unfold inner.
  transitivity (total d (fun j => if Nat.eqb j i then gradient s (hadamard u v) j * v j else 0)).
  - apply total_ext. intros j _. destruct (Nat.eqb j i); [|ring]. f_equal. unfold gradient.
    apply total_ext. intros r _. do 2 f_equal. unfold residual, inner. f_equal. apply total_ext.
    intros m _. unfold theta, hadamard, replaced. destruct (Nat.eqb_spec m i) as [->|]; reflexivity.
  - now rewrite total_single.
Qed.

(* the loss is symmetric in u and v *)
Theorem gradient_in_v s u v i : (i < d)%nat ->
  is_derive (fun q => loss s (hadamard u (replaced v i q))) (v i) (u i * gradient s (hadamard u v) i).
Proof.
  intros Hi.
  assert (C : forall a b, (forall j, a j = b j) -> gradient s a i = gradient s b i /\ loss s a = loss s b).
  { intros a b E. assert (F : forall r, residual a r = residual b r).
    { intros r. unfold residual, inner. f_equal. apply total_ext. intros. now rewrite E. }
    split; [|unfold loss; f_equal]; apply total_ext; intros; now rewrite F. }
  rewrite (proj1 (C (hadamard u v) (hadamard v u) (fun j => Rmult_comm _ _))).
  apply is_derive_ext with (2 := gradient_in_u s v u i Hi).
  intros q. apply C. intros j. apply Rmult_comm.
Qed.
End Network.
