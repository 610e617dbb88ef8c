(* Norm inequalities in a complete normed space, limits of sequences with geometric steps,
   and Banach's fixed point theorem, with the fixed point as the limit of an explicit iteration. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require linear.
Open Scope R_scope.

(* Coquelicot's operations and norm, with the complete space as their argument *)
Section Operations.
Context {E : CompleteNormedModule R_AbsRing}.
Definition origin : E := Hierarchy.zero.
Definition plus (x y : E) : E := Hierarchy.plus x y.
Definition minus (x y : E) : E := Hierarchy.minus x y.
Definition scal (r : R) (x : E) : E := Hierarchy.scal r x.
Definition norm (x : E) : R := Hierarchy.norm x.
End Operations.
Ltac linear := unfold origin, plus, minus, scal; linear.linear.

Definition lipschitz {E : CompleteNormedModule R_AbsRing} (K : R) (m : E -> E) : Prop :=
  forall u v, norm (minus (m u) (m v)) <= K * norm (minus u v).
Definition bounded_by {E : CompleteNormedModule R_AbsRing} (M : R) (m : E -> E) : Prop :=
  forall u, norm (m u) <= M.

(* y <= A r^n + B for all n and 0 <= r < 1 give y <= B *)
Lemma geometric_term_vanishes (A B r y : R) :
  0 <= r < 1 -> (forall n : nat, y <= A * r ^ n + B) -> y <= B.
Proof.
  intros Hr H.
  assert (HA : is_lim_seq (fun n => A * r ^ n + B) (A * 0 + B)).
  { apply is_lim_seq_plus'; [|apply is_lim_seq_const].
    apply (is_lim_seq_scal_l (fun n => r ^ n) A 0), is_lim_seq_geom. rewrite Rabs_pos_eq; lra. }
  replace B with (A * 0 + B) by ring.
  exact (is_lim_seq_le _ _ y (A * 0 + B) H (is_lim_seq_const y) HA).
Qed.

Section Norm.
Context {E : CompleteNormedModule R_AbsRing}.

Lemma norm_nonnegative (x : E) : 0 <= norm x.
Proof. exact (norm_ge_0 x). Qed.

Lemma norm_plus_le (x y : E) : norm (plus x y) <= norm x + norm y.
Proof. exact (Hierarchy.norm_triangle x y). Qed.

Lemma norm_minus_le (x y : E) : norm (minus x y) <= norm x + norm y.
Proof.
  eapply Rle_trans; [exact (norm_plus_le x (opp y))|]. right. apply f_equal. exact (Hierarchy.norm_opp y).
Qed.

Lemma norm_minus_sym (x y : E) : norm (minus x y) = norm (minus y x).
Proof.
  replace (minus y x) with (opp (minus x y)) by linear. symmetry. exact (Hierarchy.norm_opp (minus x y)).
Qed.

Lemma norm_minus_ge (x y : E) : norm x - norm y <= norm (minus x y).
Proof.
  assert (H := norm_plus_le (minus x y) y).
  replace (plus (minus x y) y) with x in H by linear. lra.
Qed.

Lemma norm_minus_triangle (x y z : E) : norm (minus x z) <= norm (minus x y) + norm (minus y z).
Proof.
  replace (minus x z) with (plus (minus x y) (minus y z)) by linear. apply norm_plus_le.
Qed.

Lemma norm_minus_self (x : E) : norm (minus x x) = 0.
Proof. replace (minus x x) with (@origin E) by linear. exact (@norm_zero R_AbsRing E). Qed.

Lemma norm_minus_eq_0 (x y : E) : norm (minus x y) = 0 -> x = y.
Proof.
  intros H. apply (@norm_eq_zero R_AbsRing E) in H. replace x with (plus (minus x y) y) by linear.
  change (minus x y = origin) in H. rewrite H. linear.
Qed.

Lemma norm_minus_le_0 (x y : E) : norm (minus x y) <= 0 -> x = y.
Proof. intros H. apply norm_minus_eq_0. assert (P := norm_nonnegative (minus x y)). lra. Qed.

Lemma norm_scal_le (r : R) (x : E) : 0 <= r -> norm (scal r x) <= r * norm x.
Proof.
  intros Hr. eapply Rle_trans; [apply (Hierarchy.norm_scal r x)|]. right. apply f_equal2; auto.
  exact (Rabs_pos_eq r Hr).
Qed.

(* |x| = |r^{-1} (r x)| <= r^{-1} |r x| *)
Lemma norm_scal_pos (r : R) (x : E) : 0 <= r -> norm (scal r x) = r * norm x.
Proof.
  intros Hr. apply Rle_antisym; [now apply norm_scal_le|].
  destruct (Req_dec r 0) as [->|Hn]; [rewrite Rmult_0_l; apply norm_nonnegative|].
  assert (Hi : 0 < / r) by (apply Rinv_0_lt_compat; lra).
  assert (H := norm_scal_le (/ r) (scal r x) (Rlt_le _ _ Hi)).
  replace (scal (/ r) (scal r x)) with x in H by linear.
  apply Rmult_le_compat_l with (r := r) in H; auto.
  rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l in H; auto.
Qed.
End Norm.

Section Limit.
Context {E : CompleteNormedModule R_AbsRing}.

Definition limit (x : nat -> E) : E := lim (filtermap x eventually).

(* |x_{k+1} - x_k| <= C r^k gives |x_{n+k} - x_n| <= C r^n / (1-r) *)
Lemma geometric_steps_tail (x : nat -> E) (C r : R) :
  0 <= r < 1 -> 0 <= C -> (forall n, norm (minus (x (S n)) (x n)) <= C * r ^ n) ->
  forall n k, norm (minus (x (n + k)%nat) (x n)) <= C * r ^ n / (1 - r) * (1 - r ^ k).
Proof.
  intros Hr HC H n. induction k as [|k IH].
  - rewrite Nat.add_0_r, norm_minus_self. simpl. lra.
  - rewrite Nat.add_succ_r. eapply Rle_trans; [apply (norm_minus_triangle _ (x (n + k)%nat))|].
    assert (Hk := H (n + k)%nat). rewrite pow_add in Hk. simpl (r ^ S k).
    replace (C * r ^ n / (1 - r) * (1 - r * r ^ k))
      with (C * (r ^ n * r ^ k) + C * r ^ n / (1 - r) * (1 - r ^ k)) by (field; lra).
    lra.
Qed.

Lemma geometric_steps_distance (x : nat -> E) (C r : R) :
  0 <= r < 1 -> 0 <= C -> (forall n, norm (minus (x (S n)) (x n)) <= C * r ^ n) ->
  forall n k, norm (minus (x (n + k)%nat) (x n)) <= C / (1 - r) * r ^ n.
Proof.
  intros Hr HC H n k. eapply Rle_trans; [apply (geometric_steps_tail x C r); auto|].
  assert (Hp : 0 <= C * r ^ n / (1 - r)).
  { apply Rdiv_le_0_compat; [apply Rmult_le_pos; auto; apply pow_le|]; lra. }
  assert (Hk : 0 <= r ^ k) by (apply pow_le; lra).
  replace (C / (1 - r) * r ^ n) with (C * r ^ n / (1 - r) * 1) by (field; lra).
  apply Rmult_le_compat_l; lra.
Qed.

Lemma geometric_steps_cauchy (x : nat -> E) (C r : R) :
  0 <= r < 1 -> 0 <= C -> (forall n, norm (minus (x (S n)) (x n)) <= C * r ^ n) ->
  cauchy (filtermap x eventually).
Proof.
  intros Hr HC H eps.
  assert (Hl : is_lim_seq (fun n => C / (1 - r) * r ^ n) 0).
  { replace (Finite 0) with (Rbar_mult (C / (1 - r)) 0) by (simpl; apply f_equal; ring).
    apply is_lim_seq_scal_l, is_lim_seq_geom. rewrite Rabs_pos_eq; lra. }
  destruct (proj2 (is_lim_seq_spec _ _) Hl eps) as [N HN].
  exists (x N), N. intros n Hn. apply (norm_compat1 (x N) (x n)).
  replace n with (N + (n - N))%nat by lia.
  eapply Rle_lt_trans; [apply (geometric_steps_distance x C r); auto|].
  specialize (HN N (le_n N)). rewrite Rminus_0_r in HN. apply Rabs_def2 in HN. lra.
Qed.

Lemma geometric_steps_limit (x : nat -> E) (C r : R) :
  0 <= r < 1 -> 0 <= C -> (forall n, norm (minus (x (S n)) (x n)) <= C * r ^ n) ->
  forall n, norm (minus (limit x) (x n)) <= C / (1 - r) * r ^ n.
Proof.
  intros Hr HC H n. apply le_epsilon. intros eps Heps.
  set (d := mkposreal eps Heps).
  assert (Hloc : filtermap x eventually (ball_norm (limit x) d)).
  { assert (Hc : filterlim x eventually (locally (limit x))).
    { apply filterlim_locally. intros e. apply (complete_cauchy (filtermap x eventually)).
      - apply filtermap_proper_filter, eventually_filter.
      - now apply (geometric_steps_cauchy x C r). }
    exact (Hc _ (locally_ball_norm (limit x) d)). }
  destruct Hloc as [N HN].
  assert (Hb : norm (minus (x (n + N)%nat) (limit x)) < eps) by exact (HN (n + N)%nat ltac:(lia)).
  eapply Rle_trans; [apply (norm_minus_triangle _ (x (n + N)%nat))|].
  rewrite (norm_minus_sym (limit x)).
  assert (Hd := geometric_steps_distance x C r Hr HC H n N). lra.
Qed.

(* the fixed point of a contraction: the limit of 0, G 0, G (G 0), ... *)
Definition iterate (G : E -> E) (n : nat) : E := Nat.iter n G origin.
Definition fixed_point (G : E -> E) : E := limit (iterate G).

Lemma iterate_steps (G : E -> E) (r : R) :
  0 <= r < 1 -> lipschitz r G ->
  forall n, norm (minus (iterate G (S n)) (iterate G n)) <= norm (minus (G origin) origin) * r ^ n.
Proof.
  intros Hr HG. induction n as [|n IH]; [unfold iterate; simpl; lra|].
  change (iterate G (S (S n))) with (G (iterate G (S n))).
  change (iterate G (S n)) with (G (iterate G n)) at 2.
  eapply Rle_trans; [apply HG|]. simpl (r ^ S n).
  replace (norm (minus (G origin) origin) * (r * r ^ n)) with (r * (norm (minus (G origin) origin) * r ^ n)) by ring.
  apply Rmult_le_compat_l; lra.
Qed.

Theorem fixed_point_is_fixed (G : E -> E) (r : R) :
  0 <= r < 1 -> lipschitz r G -> G (fixed_point G) = fixed_point G.
Proof.
  intros Hr HG. set (C := norm (minus (G origin) origin)).
  assert (Hd : forall n, norm (minus (fixed_point G) (iterate G n)) <= C / (1 - r) * r ^ n).
  { apply geometric_steps_limit; auto; [apply norm_nonnegative|]. now apply iterate_steps. }
  apply norm_minus_le_0, (geometric_term_vanishes (2 * (C / (1 - r))) 0 r); auto. intros n.
  eapply Rle_trans; [apply (norm_minus_triangle _ (iterate G (S n)))|].
  assert (H1 := Hd (S n)). rewrite norm_minus_sym in H1.
  assert (H2 := HG (fixed_point G) (iterate G n)). change (G (iterate G n)) with (iterate G (S n)) in H2.
  assert (H3 := Rmult_le_compat_l r _ _ (proj1 Hr) (Hd n)).
  assert (H4 : r * (C / (1 - r) * r ^ n) <= 1 * (C / (1 - r) * r ^ n)).
  { apply Rmult_le_compat_r; [|lra]. exact (Rle_trans _ _ _ (norm_nonnegative _) (Hd n)). }
  simpl (r ^ S n) in H1. lra.
Qed.

Theorem fixed_point_unique (G : E -> E) (r : R) (x y : E) :
  0 <= r < 1 -> lipschitz r G -> G x = x -> G y = y -> x = y.
Proof.
  intros Hr HG Hx Hy. apply norm_minus_le_0. assert (H := HG x y). rewrite Hx, Hy in H.
  assert (P := norm_nonnegative (minus x y)).
  destruct (Rle_lt_dec (norm (minus x y)) 0) as [|Hp]; auto.
  assert (r * norm (minus x y) < 1 * norm (minus x y)) by (apply Rmult_lt_compat_r; lra). lra.
Qed.
End Limit.
