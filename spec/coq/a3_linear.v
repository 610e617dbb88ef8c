(* Linear identities in a real vector space, decided by comparing coefficients.
   The tactic `linear_identity` proves x = y for x, y built from zero, plus, minus, opp and scal:
   both sides are sums of c_i e_i over the same vectors e_i, and c_i = d_i is left to `field`. *)
Require Import Reals List Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Section Linear.
Context {V : ModuleSpace R_AbsRing}.

Inductive expression :=
  | Vector (i : nat) | Zero | Plus (a b : expression) | Minus (a b : expression)
  | Opp (a : expression) | Scal (r : R) (a : expression).

Fixpoint value (env : nat -> V) (e : expression) : V :=
  match e with
  | Vector i => env i
  | Zero => zero
  | Plus a b => plus (value env a) (value env b)
  | Minus a b => minus (value env a) (value env b)
  | Opp a => opp (value env a)
  | Scal r a => scal r (value env a)
  end.

Fixpoint coefficient (e : expression) (i : nat) : R :=
  match e with
  | Vector j => if Nat.eqb j i then 1 else 0
  | Zero => 0
  | Plus a b => coefficient a i + coefficient b i
  | Minus a b => coefficient a i - coefficient b i
  | Opp a => - coefficient a i
  | Scal r a => r * coefficient a i
  end.

Fixpoint vectors (e : expression) : nat :=
  match e with
  | Vector i => S i
  | Zero => O
  | Plus a b | Minus a b => Nat.max (vectors a) (vectors b)
  | Opp a | Scal _ a => vectors a
  end.

(* combination env c n = sum_{i<n} c_i env_i *)
Fixpoint combination (env : nat -> V) (c : nat -> R) (n : nat) : V :=
  match n with O => zero | S m => plus (combination env c m) (scal (c m) (env m)) end.

Lemma scal_plus_scalar (r s : R) (y : V) : scal (r + s) y = plus (scal r y) (scal s y).
Proof. exact (scal_distr_r r s y). Qed.
Lemma scal_times_scalar (r s : R) (y : V) : scal (r * s) y = scal r (scal s y).
Proof. symmetry. exact (scal_assoc r s y). Qed.
Lemma scal_0 (y : V) : scal 0 y = zero.
Proof. exact (scal_zero_l y). Qed.
Lemma scal_1 (y : V) : scal 1 y = y.
Proof. exact (scal_one y). Qed.
Lemma opp_is_scal (y : V) : opp y = scal (-1) y.
Proof. symmetry. exact (scal_opp_one y). Qed.

Lemma plus_interchange (a b c d : V) : plus (plus a b) (plus c d) = plus (plus a c) (plus b d).
Proof.
  rewrite <- !plus_assoc. apply f_equal. rewrite !plus_assoc, (plus_comm b c). reflexivity.
Qed.

Lemma combination_ext env c d n :
  (forall i, (i < n)%nat -> c i = d i) -> combination env c n = combination env d n.
Proof.
  induction n as [|n IH]; simpl; auto. intros H. rewrite IH, (H n); auto.
Qed.

Lemma combination_of_zeros env n : combination env (fun _ => 0) n = zero.
Proof.
  induction n as [|n IH]; simpl; auto. rewrite IH, scal_0. apply plus_zero_l.
Qed.

Lemma combination_plus env c d n :
  combination env (fun i => c i + d i) n = plus (combination env c n) (combination env d n).
Proof.
  induction n as [|n IH]; simpl; [now rewrite plus_zero_l|].
  rewrite IH, plus_interchange. apply f_equal, scal_plus_scalar.
Qed.

Lemma combination_scal env r c n : combination env (fun i => r * c i) n = scal r (combination env c n).
Proof.
  induction n as [|n IH]; simpl; [symmetry; exact (scal_zero_r r)|].
  rewrite IH, scal_times_scalar. symmetry. exact (scal_distr_l r _ _).
Qed.

Lemma combination_vector env j n :
  (j < n)%nat -> combination env (fun i => if Nat.eqb j i then 1 else 0) n = env j.
Proof.
  induction n as [|n IH]; intros H; [lia|]. simpl. destruct (Nat.eqb_spec j n) as [->|Hn].
  - rewrite (combination_ext _ _ (fun _ => 0)), combination_of_zeros, plus_zero_l; [apply scal_1|].
    intros i Hi. destruct (Nat.eqb_spec n i); [lia|auto].
  - rewrite IH, scal_0 by lia. apply plus_zero_r.
Qed.

Lemma value_is_combination env e n :
  (vectors e <= n)%nat -> value env e = combination env (coefficient e) n.
Proof.
  induction e as [i| |a IHa b IHb|a IHa b IHb|a IHa|r a IHa]; simpl; intros H.
  - now rewrite combination_vector.
  - now rewrite combination_of_zeros.
  - rewrite combination_plus, IHa, IHb by lia. reflexivity.
  - rewrite (combination_ext _ _ (fun i => coefficient a i + -1 * coefficient b i)) by (intros; ring).
    rewrite combination_plus, combination_scal, IHa, IHb by lia. unfold minus. now rewrite opp_is_scal.
  - rewrite (combination_ext _ _ (fun i => -1 * coefficient a i)) by (intros; ring).
    rewrite combination_scal, IHa by lia. now rewrite opp_is_scal.
  - rewrite combination_scal, IHa by lia. reflexivity.
Qed.

Fixpoint same_coefficients (a b : expression) (n : nat) : Prop :=
  match n with O => True | S m => coefficient a m = coefficient b m /\ same_coefficients a b m end.

Lemma same_coefficients_below a b n :
  same_coefficients a b n -> forall i, (i < n)%nat -> coefficient a i = coefficient b i.
Proof.
  induction n as [|n IH]; simpl; intros H i Hi; [lia|]. destruct H as [H1 H2].
  destruct (Nat.eq_dec i n) as [->|]; auto. apply IH; auto; lia.
Qed.

Theorem same_coefficients_same_value env a b :
  same_coefficients a b (Nat.max (vectors a) (vectors b)) -> value env a = value env b.
Proof.
  intros H. rewrite !(value_is_combination env _ (Nat.max (vectors a) (vectors b))) by lia.
  now apply combination_ext, same_coefficients_below.
Qed.
End Linear.

Ltac is_listed x l :=
  match l with nil => constr:(false) | cons x _ => constr:(true) | cons _ ?t => is_listed x t end.
Ltac index_of x l :=
  match l with cons x _ => constr:(O) | cons _ ?t => let n := index_of x t in constr:(S n) end.
Ltac vectors_of t l :=
  match t with
  | zero => l
  | plus ?a ?b => let l1 := vectors_of a l in vectors_of b l1
  | minus ?a ?b => let l1 := vectors_of a l in vectors_of b l1
  | opp ?a => vectors_of a l
  | scal ?r ?a => vectors_of a l
  | ?x => let m := is_listed x l in match m with true => l | false => constr:(cons x l) end
  end.
Ltac expression_of t l :=
  match t with
  | zero => constr:(Zero)
  | plus ?a ?b => let x := expression_of a l in let y := expression_of b l in constr:(Plus x y)
  | minus ?a ?b => let x := expression_of a l in let y := expression_of b l in constr:(Minus x y)
  | opp ?a => let x := expression_of a l in constr:(Opp x)
  | scal ?r ?a => let x := expression_of a l in constr:(Scal r x)
  | ?x => let n := index_of x l in constr:(Vector n)
  end.
Ltac linear_identity :=
  match goal with |- @eq ?W ?a ?b =>
    let l0 := vectors_of a (@nil W) in
    let l := vectors_of b l0 in
    let ea := expression_of a l in
    let eb := expression_of b l in
    change (value (fun i => nth i l zero) ea = value (fun i => nth i l zero) eb);
    apply same_coefficients_same_value; cbn [same_coefficients coefficient vectors Nat.max Nat.eqb];
    repeat split; try (field; try lra; auto)
  end.
