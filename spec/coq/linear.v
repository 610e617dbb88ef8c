(* Linear identities in a real vector space. `linear` proves x = y for x, y built from zero, plus, minus,
   opp and scal: both sides are sums of c_i e_i over the same vectors e_i; c_i = d_i is left to `field`. *)
From Coq Require Import Reals List Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Section Linear.
Context {V : ModuleSpace R_AbsRing}.

Inductive term :=
  | Atom (i : nat) | Zero | Plus (s t : term) | Minus (s t : term) | Opp (t : term) | Scal (r : R) (t : term).

Fixpoint value (e : nat -> V) (t : term) : V :=
  match t with
  | Atom i => e i
  | Zero => zero
  | Plus s t => plus (value e s) (value e t)
  | Minus s t => minus (value e s) (value e t)
  | Opp t => opp (value e t)
  | Scal r t => scal r (value e t)
  end.

Fixpoint coefficient (t : term) (i : nat) : R :=
  match t with
  | Atom j => if Nat.eqb j i then 1 else 0
  | Zero => 0
  | Plus s t => coefficient s i + coefficient t i
  | Minus s t => coefficient s i - coefficient t i
  | Opp t => - coefficient t i
  | Scal r t => r * coefficient t i
  end.

Fixpoint atoms (t : term) : nat :=
  match t with
  | Atom i => S i
  | Zero => O
  | Plus s t | Minus s t => Nat.max (atoms s) (atoms t)
  | Opp t | Scal _ t => atoms t
  end.

(* c_0 e_0 + ... + c_(n-1) e_(n-1) *)
Fixpoint combination (e : nat -> V) (c : nat -> R) (n : nat) : V :=
  match n with O => zero | S m => plus (combination e c m) (scal (c m) (e m)) end.

Lemma scal_real_plus (r s : R) (x : V) : scal (r + s) x = plus (scal r x) (scal s x).
Proof. exact (scal_distr_r r s x). Qed.

Lemma scal_real_mult (r s : R) (x : V) : scal (r * s) x = scal r (scal s x).
Proof. symmetry. exact (scal_assoc r s x). Qed.

Lemma scal_real_0 (x : V) : scal 0 x = zero.
Proof. exact (scal_zero_l x). Qed.

Lemma scal_real_1 (x : V) : scal 1 x = x.
Proof. exact (scal_one x). Qed.

Lemma opp_as_scal (x : V) : opp x = scal (-1) x.
Proof. symmetry. exact (scal_opp_one x). Qed.

Lemma plus_exchange (w x y z : V) : plus (plus w x) (plus y z) = plus (plus w y) (plus x z).
Proof. rewrite <- !plus_assoc. apply f_equal. rewrite !plus_assoc. now rewrite (plus_comm x y). Qed.

Lemma combination_ext e c d n : (forall i, (i < n)%nat -> c i = d i) -> combination e c n = combination e d n.
Proof. induction n; simpl; auto. intros H. rewrite IHn, (H n); auto. Qed.

Lemma combination_0 e n : combination e (fun _ => 0) n = zero.
Proof. induction n; simpl; auto. rewrite IHn, scal_real_0. apply plus_zero_l. Qed.

Lemma combination_plus e c d n :
  combination e (fun i => c i + d i) n = plus (combination e c n) (combination e d n).
Proof.
  induction n; simpl; [now rewrite plus_zero_l|].
  rewrite IHn, plus_exchange. now rewrite scal_real_plus.
Qed.

Lemma combination_scal e r c n : combination e (fun i => r * c i) n = scal r (combination e c n).
Proof.
  induction n; simpl; [symmetry; exact (scal_zero_r r)|].
  rewrite IHn, scal_real_mult. symmetry. exact (scal_distr_l r _ _).
Qed.

Lemma combination_atom e j n : (j < n)%nat -> combination e (fun i => if Nat.eqb j i then 1 else 0) n = e j.
Proof.
  induction n; intros H; [lia|]. simpl. destruct (Nat.eqb_spec j n) as [->|Different].
  - rewrite (combination_ext _ _ (fun _ => 0)), combination_0, plus_zero_l; [apply scal_real_1|].
    intros i Hi. destruct (Nat.eqb_spec n i); [lia|auto].
  - rewrite IHn, scal_real_0 by lia. apply plus_zero_r.
Qed.

Lemma value_is_combination e t n : (atoms t <= n)%nat -> value e t = combination e (coefficient t) n.
Proof.
  induction t; simpl; intros H.
  - now rewrite combination_atom.
  - now rewrite combination_0.
  - now rewrite combination_plus, IHt1, IHt2 by lia.
  - rewrite (combination_ext _ _ (fun i => coefficient t1 i + (-1) * coefficient t2 i)) by (intros; ring).
    rewrite combination_plus, combination_scal, IHt1, IHt2 by lia. unfold minus. now rewrite opp_as_scal.
  - rewrite (combination_ext _ _ (fun i => (-1) * coefficient t i)) by (intros; ring).
    rewrite combination_scal, IHt by lia. now rewrite opp_as_scal.
  - now rewrite combination_scal, IHt.
Qed.

Fixpoint same_coefficients (s t : term) (n : nat) : Prop :=
  match n with O => True | S m => coefficient s m = coefficient t m /\ same_coefficients s t m end.

Lemma same_coefficients_below s t n :
  same_coefficients s t n -> forall i, (i < n)%nat -> coefficient s i = coefficient t i.
Proof.
  induction n; simpl; intros H i Hi; [lia|].
  destruct (Nat.eq_dec i n) as [->|]; [tauto|]. apply IHn; [tauto|lia].
Qed.

Lemma same_coefficients_same_value e s t :
  same_coefficients s t (Nat.max (atoms s) (atoms t)) -> value e s = value e t.
Proof.
  intros H. rewrite !(value_is_combination e _ (Nat.max (atoms s) (atoms t))) by lia.
  apply combination_ext. now apply same_coefficients_below.
Qed.
End Linear.

Ltac is_listed x l :=
  match l with nil => constr:(false) | cons x _ => constr:(true) | cons _ ?t => is_listed x t end.
Ltac position_of x l :=
  match l with cons x _ => constr:(O) | cons _ ?t => let n := position_of x t in constr:(S n) end.
Ltac atoms_of t l :=
  match t with
  | zero => l
  | plus ?x ?y => let l := atoms_of x l in atoms_of y l
  | minus ?x ?y => let l := atoms_of x l in atoms_of y l
  | opp ?x => atoms_of x l
  | scal _ ?x => atoms_of x l
  | ?x => let known := is_listed x l in match known with true => l | false => constr:(cons x l) end
  end.
Ltac term_of t l :=
  match t with
  | zero => constr:(Zero)
  | plus ?x ?y => let s := term_of x l in let t := term_of y l in constr:(Plus s t)
  | minus ?x ?y => let s := term_of x l in let t := term_of y l in constr:(Minus s t)
  | opp ?x => let t := term_of x l in constr:(Opp t)
  | scal ?r ?x => let t := term_of x l in constr:(Scal r t)
  | ?x => let n := position_of x l in constr:(Atom n)
  end.
Ltac linear :=
  match goal with
  | |- @eq ?W ?x ?y =>
      let l := atoms_of x (@nil W) in let l := atoms_of y l in
      let s := term_of x l in let t := term_of y l in
      change (value (fun i => nth i l zero) s = value (fun i => nth i l zero) t);
      apply same_coefficients_same_value; cbn [same_coefficients coefficient atoms Nat.max Nat.eqb];
      repeat split; try (field; try lra; auto)
  end.
