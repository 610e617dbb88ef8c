(* A real normed space: the norm's inequalities, Lipschitz and bounded maps on a set, flows, and the
   mean value inequality |w(b) - w(a)| <= phi(b) - phi(a) for |w'| <= phi'. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear.
Open Scope R_scope.

(* lra on norms: Coquelicot infers the group of V in two convertible ways, lra needs one *)
Ltac norms :=
  intros;
  repeat match goal with
  | H : context [ModuleSpace.AbelianGroup ?K (NormedModule.ModuleSpace R_AbsRing ?V)] |- _ =>
      progress change (ModuleSpace.AbelianGroup K (NormedModule.ModuleSpace R_AbsRing V))
        with (NormedModule.AbelianGroup R_AbsRing V) in H
  | |- context [ModuleSpace.AbelianGroup ?K (NormedModule.ModuleSpace R_AbsRing ?V)] =>
      change (ModuleSpace.AbelianGroup K (NormedModule.ModuleSpace R_AbsRing V))
        with (NormedModule.AbelianGroup R_AbsRing V)
  end; lra.

Section Norm.
Context {V : NormedModule R_AbsRing}.
Implicit Types x y z : V.

Lemma norm_plus x y : norm (plus x y) <= norm x + norm y.
Proof. exact (norm_triangle x y). Qed.

Lemma norm_minus x y : norm (minus x y) <= norm x + norm y.
Proof. unfold minus. eapply Rle_trans; [apply norm_plus|]. right. now rewrite (norm_opp y). Qed.

Lemma norm_scaled r x : norm (scal r x) <= Rabs r * norm x.
Proof. exact (norm_scal r x). Qed.

Lemma norm_scaled_pos r x : 0 <= r -> norm (scal r x) <= r * norm x.
Proof. intros H. rewrite <- (Rabs_pos_eq r H) at 2. apply norm_scaled. Qed.

Lemma norm_origin : norm (zero : V) = 0.
Proof. exact norm_zero. Qed.

Lemma norm_minus_self x : norm (minus x x) = 0.
Proof. unfold minus. rewrite plus_opp_r. apply norm_origin. Qed.

Lemma norm_minus_sym x y : norm (minus x y) = norm (minus y x).
Proof. rewrite <- (norm_opp (minus y x)). f_equal. linear. Qed.

Lemma norm_nonneg x : 0 <= norm x.
Proof. exact (norm_ge_0 x). Qed.

(* |x| <= |z| + |x - z| *)
Lemma norm_via z x : norm x <= norm z + norm (minus x z).
Proof. replace x with (plus z (minus x z)) at 1 by linear. apply norm_plus. Qed.

(* |x - y| <= |x - z| + |z - y| *)
Lemma norm_between z x y : norm (minus x y) <= norm (minus x z) + norm (minus z y).
Proof. replace (minus x y) with (plus (minus x z) (minus z y)) by linear. apply norm_plus. Qed.
End Norm.

Section Maps.
Context {V : NormedModule R_AbsRing}.

Definition lipschitz_on (D : V -> Prop) (L : R) (f : V -> V) : Prop :=
  forall x y, D x -> D y -> norm (minus (f x) (f y)) <= L * norm (minus x y).

Definition bounded_on (D : V -> Prop) (B : R) (f : V -> V) : Prop :=
  forall x, D x -> norm (f x) <= B.

(* w' = F(w) inside [0, T], w continuous up to both ends *)
Definition is_flow (F : V -> V) (T : R) (w : R -> V) : Prop :=
  (forall t, 0 <= t <= T -> continuous w t) /\ (forall t, 0 < t < T -> is_derive w t (F (w t))).
End Maps.

Section Neighbourhoods.
Context {V : NormedModule R_AbsRing}.

Lemma continuous_near (w : R -> V) t : continuous w t -> forall eps, 0 < eps ->
  exists delta, 0 < delta /\ forall s, Rabs (s - t) < delta -> norm (minus (w s) (w t)) < eps.
Proof.
  intros C eps P.
  destruct (proj1 (filterlim_locally_ball_norm (F := locally t) w (w t)) C (mkposreal eps P)) as [d H].
  exists d. split; [apply cond_pos|]. intros s Hs. exact (H s Hs).
Qed.

Lemma derivative_near (w : R -> V) t l : is_derive w t l -> forall eps, 0 < eps ->
  exists delta, 0 < delta /\ forall s, Rabs (s - t) < delta ->
    norm (minus (minus (w s) (w t)) (scal (s - t) l)) <= eps * Rabs (s - t).
Proof.
  intros [_ Q] eps P. destruct (Q t (fun p H => H) (mkposreal eps P)) as [d H].
  exists d. split; [apply cond_pos|]. intros s Hs. exact (H s Hs).
Qed.

(* |w(s) - w(t)| <= (|l| + eps)|s - t| near t *)
Lemma derivative_speed (w : R -> V) t l : is_derive w t l -> forall eps, 0 < eps ->
  exists delta, 0 < delta /\ forall s, Rabs (s - t) < delta ->
    norm (minus (w s) (w t)) <= (norm l + eps) * Rabs (s - t).
Proof.
  intros Dw eps P. destruct (derivative_near w t l Dw eps P) as (d & Pd & H). exists d. split; [exact Pd|].
  intros s Hs. eapply Rle_trans; [apply (norm_via (scal (s - t) l))|].
  rewrite Rmult_plus_distr_r, (Rmult_comm (norm l)).
  apply Rplus_le_compat; [apply norm_scaled|exact (H s Hs)].
Qed.
End Neighbourhoods.

Lemma function_near (p : R -> R) t : continuous p t -> forall eps, 0 < eps ->
  exists delta, 0 < delta /\ forall s, Rabs (s - t) < delta -> Rabs (p s - p t) < eps.
Proof. exact (@continuous_near R_NormedModule p t). Qed.

Lemma function_speed (p : R -> R) t l : is_derive p t l -> forall eps, 0 < eps ->
  exists delta, 0 < delta /\ forall s, Rabs (s - t) < delta -> Rabs (p s - p t - (s - t) * l) <= eps * Rabs (s - t).
Proof. exact (@derivative_near R_NormedModule p t l). Qed.
