(* B1: descent keeps within O(epsilon^2) of MGF(lambda_eff), W'(0) = -epsilon grad F(w_0)/(2 lambda):
   |w_k - W(k epsilon)| <= epsilon^2 (lambda_eff M4/12 + M3/6) T e^{LT}, M3 >= |W'''|, M4 >= |W''''| on [0,T]. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b1_b2_leapfrog b1_taylor.
Open Scope R_scope.

(* a_0 = 0, a_{k+1} = a_k + h (L a_k + tau) *)
Fixpoint growth (h L tau : R) (k : nat) : R :=
  match k with O => 0 | S j => growth h L tau j + h * (L * growth h L tau j + tau) end.

Lemma growth_nonneg h L tau k : 0 <= h -> 0 <= L -> 0 <= tau -> 0 <= growth h L tau k.
Proof.
  intros Hh HL Ht. induction k as [|k IH]; simpl; [lra|].
  assert (0 <= L * growth h L tau k) by now apply Rmult_le_pos.
  assert (0 <= h * (L * growth h L tau k + tau)) by (apply Rmult_le_pos; lra). lra.
Qed.

(* a_k <= k h tau e^{L k h} *)
Lemma growth_bound h L tau k : 0 <= h -> 0 <= L -> 0 <= tau ->
  growth h L tau k <= INR k * h * tau * exp (L * (INR k * h)).
Proof.
  intros Hh HL Ht. induction k as [|k IH]; [simpl; lra|].
  assert (N := pos_INR k). assert (G := growth_nonneg h L tau k Hh HL Ht).
  rewrite S_INR. simpl growth.
  replace (L * ((INR k + 1) * h)) with (L * (INR k * h) + L * h) by ring. rewrite exp_plus.
  set (e := exp (L * (INR k * h))) in *. set (b := exp (L * h)).
  assert (Hb : 1 + L * h <= b) by apply exp_ineq1_le.
  assert (He : 1 <= e).
  { assert (0 <= L * (INR k * h)) by (repeat apply Rmult_le_pos; auto).
    assert (X := exp_ineq1_le (L * (INR k * h))). fold e in X. lra. }
  assert (0 <= L * h) by now apply Rmult_le_pos.
  assert (A : (1 + L * h) * growth h L tau k <= b * (INR k * h * tau * e)) by (apply Rmult_le_compat; lra).
  assert (B : h * tau * 1 <= h * tau * (e * b)).
  { apply Rmult_le_compat_l; [now apply Rmult_le_pos|]. rewrite <- (Rmult_1_r 1). apply Rmult_le_compat; lra. }
  replace ((INR k + 1) * h * tau * (e * b)) with (b * (INR k * h * tau * e) + h * tau * (e * b)) by ring. lra.
Qed.

(* |beta x - gamma y - gamma z| <= beta |x| + gamma |y| + gamma |z| *)
Lemma three_terms beta gamma x y z bx b_y bz : 0 <= beta -> 0 <= gamma ->
  Rabs x <= bx -> Rabs y <= b_y -> Rabs z <= bz ->
  Rabs (beta * x - gamma * y - gamma * z) <= beta * bx + gamma * b_y + gamma * bz.
Proof.
  intros Hb Hg X Y Z. apply Rabs_le_between in X. apply Rabs_le_between in Y. apply Rabs_le_between in Z.
  assert (A : forall c p q, 0 <= c -> - q <= p <= q -> - (c * q) <= c * p <= c * q).
  { intros c p q Hc H. assert (0 <= c * (q - p)) by (apply Rmult_le_pos; lra).
    assert (0 <= c * (q + p)) by (apply Rmult_le_pos; lra). lra. }
  apply A with (c := beta) in X; [|exact Hb]. apply A with (c := gamma) in Y; [|exact Hg].
  apply A with (c := gamma) in Z; [|exact Hg]. apply Rabs_le_between. lra.
Qed.

Section Descent.
Variables (d : nat) (gamma beta : R) (grad : vector -> vector) (w : nat -> vector).
Variables (W0 W1 W2 W3 W4 : nat -> R -> R) (T L M3 M4 : R).
Hypothesis gamma_positive : 0 < gamma.
Hypothesis beta_range : 0 <= beta < 1.
Hypothesis L_nonneg : 0 <= L.
Let h := time_step gamma beta.
Let m := effective_mass gamma beta.
Hypothesis descent : descent_from_rest d gamma beta grad w.

(* W0 = W, W1 = W', ... on [0,T];  lambda_eff W'' + W' + grad F(W) = 0;  the start *)
Hypothesis C0 : forall i t, (i < d)%nat -> 0 <= t <= T -> is_derive (W0 i) t (W1 i t).
Hypothesis C1 : forall i t, (i < d)%nat -> 0 <= t <= T -> is_derive (W1 i) t (W2 i t).
Hypothesis C2 : forall i t, (i < d)%nat -> 0 <= t <= T -> is_derive (W2 i) t (W3 i t).
Hypothesis C3 : forall i t, (i < d)%nat -> 0 <= t <= T -> is_derive (W3 i) t (W4 i t).
Hypothesis B3 : forall i t, (i < d)%nat -> 0 <= t <= T -> Rabs (W3 i t) <= M3.
Hypothesis B4 : forall i t, (i < d)%nat -> 0 <= t <= T -> Rabs (W4 i t) <= M4.
Let Wat t : vector := fun i => W0 i t.
Hypothesis flow : forall i t, (i < d)%nat -> 0 <= t <= T -> m * W2 i t + W1 i t + grad (Wat t) i = 0.
Hypothesis start_place : forall i, (i < d)%nat -> W0 i 0 = w 0%nat i.
Hypothesis start_velocity : forall i, (i < d)%nat -> W1 i 0 = - h * grad (w 0%nat) i / (2 * mass gamma beta).

(* grad F has the constant L, in the maximum norm, between w_k and W(k h) *)
Hypothesis lipschitz : forall k M, INR k * h <= T -> (forall j, (j < d)%nat -> Rabs (w k j - W0 j (INR k * h)) <= M) ->
  forall i, (i < d)%nat -> Rabs (grad (w k) i - grad (Wat (INR k * h)) i) <= L * M.

Let tau := (m * M4 / 12 + M3 / 6) * h ^ 2.
Let e k i := w k i - W0 i (INR k * h).

Lemma h_positive : 0 < h.
Proof. apply Rdiv_lt_0_compat; lra. Qed.

Lemma m_positive : 0 < m.
Proof.
  unfold m, effective_mass, mass. apply Rdiv_lt_0_compat; [|lra]. apply Rmult_lt_0_compat; [|lra].
  apply Rdiv_lt_0_compat; [lra|]. apply pow_lt. lra.
Qed.

Lemma gamma_of_h : gamma = h * (1 - beta).
Proof. unfold h, time_step. field. lra. Qed.

(* the scheme's defect at W *)
Let defect i t := m * ((W0 i (t + h) - 2 * W0 i t + W0 i (t - h)) / h ^ 2)
  + (W0 i (t + h) - W0 i (t - h)) / (2 * h) + grad (Wat t) i.

Lemma defect_bound i t : (i < d)%nat -> h <= t -> t + h <= T -> Rabs (defect i t) <= tau.
Proof.
  intros Hi H1 H2. assert (P := h_positive). assert (Q := m_positive).
  assert (I : 0 <= h /\ h <= t /\ t + h <= T) by lra.
  assert (S := second_difference (W0 i) (W1 i) (W2 i) (W3 i) (W4 i) T M4 (fun t => C0 i t Hi) (fun t => C1 i t Hi)
    (fun t => C2 i t Hi) (fun t => C3 i t Hi) (fun t => B4 i t Hi) t h I).
  assert (V := central_velocity (W0 i) (W1 i) (W2 i) (W3 i) T M3 (fun t => C0 i t Hi) (fun t => C1 i t Hi)
    (fun t => C2 i t Hi) (fun t => B3 i t Hi) t h I).
  set (x := W0 i (t + h) - 2 * W0 i t + W0 i (t - h) - h ^ 2 * W2 i t) in S.
  set (z := W0 i (t + h) - W0 i (t - h) - 2 * h * W1 i t) in V.
  assert (E : defect i t = m / h ^ 2 * x + / (2 * h) * z).
  { assert (F := flow i t Hi ltac:(lra)). unfold defect, x, z.
    replace (grad (Wat t) i) with (- (m * W2 i t + W1 i t)) by lra. field. lra. }
  rewrite E. eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
  assert (P2 : 0 < h ^ 2) by now apply pow_lt.
  rewrite (Rabs_pos_eq (m / h ^ 2)) by (left; now apply Rdiv_lt_0_compat).
  rewrite (Rabs_pos_eq (/ (2 * h))) by (left; apply Rinv_0_lt_compat; lra).
  replace tau with (m / h ^ 2 * (M4 / 12 * h ^ 4) + / (2 * h) * (M3 / 3 * h ^ 3)) by (unfold tau; field; lra).
  apply Rplus_le_compat; apply Rmult_le_compat_l; auto; left; [now apply Rdiv_lt_0_compat|].
  apply Rinv_0_lt_compat. lra.
Qed.

(* e_{k+1} - e_k = beta (e_k - e_{k-1}) - gamma (grad F(w_k) - grad F(W_k)) - gamma defect_k *)
Lemma error_step k i : (i < d)%nat ->
  e (S (S k)) i - e (S k) i = beta * (e (S k) i - e k i)
    - gamma * (grad (w (S k)) i - grad (Wat (INR (S k) * h)) i) - gamma * defect i (INR (S k) * h).
Proof.
  intros Hi. assert (P := h_positive).
  assert (D := descent (S k) i Hi). unfold momentum_step in D. simpl pred in D.
  unfold e, defect. rewrite D.
  replace (INR (S (S k)) * h) with (INR (S k) * h + h) by (rewrite (S_INR (S k)); ring).
  replace (INR k * h) with (INR (S k) * h - h) by (rewrite S_INR; ring).
  set (a := W0 i (INR (S k) * h + h)). set (b := W0 i (INR (S k) * h - h)). set (c := W0 i (INR (S k) * h)).
  unfold m, effective_mass, h, mass, time_step. field. lra.
Qed.

(* the constant of grad F at distance 0 *)
Lemma start_gradient i : (i < d)%nat -> 0 <= T -> grad (Wat 0) i = grad (w 0%nat) i.
Proof.
  intros Hi HT. assert (Z : forall j, (j < d)%nat -> Rabs (w 0%nat j - W0 j (INR 0 * h)) <= 0).
  { intros j Hj. simpl INR. rewrite Rmult_0_l, start_place, Rminus_eq_0, Rabs_R0 by exact Hj. lra. }
  assert (E := lipschitz 0 0 ltac:(simpl INR; lra) Z i Hi). simpl INR in E. rewrite Rmult_0_l in E.
  apply Rabs_le_between in E. lra.
Qed.

(* e_0 = 0 and |e_1| <= M3 h^3/6 *)
Lemma error_start i : (i < d)%nat -> h <= T -> e 0 i = 0 /\ Rabs (e 1 i) <= M3 / 6 * h ^ 3.
Proof.
  intros Hi HT. assert (P := h_positive). assert (Q := m_positive).
  assert (S0 := start_place i Hi).
  unfold e. simpl INR. rewrite Rmult_0_l, Rmult_1_l, S0. split; [ring|].
  assert (B := taylor_start (W0 i) (W1 i) (W2 i) (W3 i) T M3 (fun t => C0 i t Hi) (fun t => C1 i t Hi)
    (fun t => C2 i t Hi) (fun t => B3 i t Hi) h ltac:(lra)).
  assert (D := descent 0%nat i Hi). unfold momentum_step in D. simpl pred in D.
  assert (F := flow i 0 Hi ltac:(lra)). rewrite start_gradient in F by (auto; lra). assert (V := start_velocity i Hi).
  assert (E : W2 i 0 = - grad (w 0%nat) i / mass gamma beta).
  { apply (Rmult_eq_reg_l m); [|lra]. replace (m * W2 i 0) with (- (W1 i 0 + grad (w 0%nat) i)) by lra.
    rewrite V. unfold m, effective_mass, h, time_step, mass. field. lra. }
  rewrite D, <- Rabs_Ropp.
  replace (- (w 0%nat i - gamma * grad (w 0%nat) i + beta * (w 0%nat i - w 0%nat i) - W0 i h))
    with (W0 i h - W0 i 0 - h * W1 i 0 - h ^ 2 / 2 * W2 i 0); [exact B|].
  rewrite E, V, S0. unfold h, time_step, mass. field. lra.
Qed.

Lemma M_nonneg i : (i < d)%nat -> 0 <= T -> 0 <= M3 /\ 0 <= M4 /\ 0 <= tau.
Proof.
  intros Hi HT. assert (A := B3 i 0 Hi ltac:(lra)). assert (B := B4 i 0 Hi ltac:(lra)).
  assert (P := Rabs_pos (W3 i 0)). assert (Q := Rabs_pos (W4 i 0)). assert (Pm := m_positive).
  assert (0 <= m * M4) by (apply Rmult_le_pos; lra).
  split; [lra|split; [lra|]]. apply Rmult_le_pos; [lra|apply pow2_ge_0].
Qed.

Lemma growth_step k i : (i < d)%nat ->
  Rabs (e k i) <= growth h L tau k /\ Rabs (e (S k) i - e k i) <= h * (L * growth h L tau k + tau) ->
  Rabs (e (S k) i) <= growth h L tau (S k).
Proof.
  intros Hi [A B]. simpl growth. replace (e (S k) i) with (e k i + (e (S k) i - e k i)) by ring.
  assert (X := Rabs_triang (e k i) (e (S k) i - e k i)). lra.
Qed.

(* |e_k| <= a_k and |e_{k+1} - e_k| <= h (L a_k + tau) *)
Lemma error_growth k : INR (S k) * h <= T -> forall i, (i < d)%nat ->
  Rabs (e k i) <= growth h L tau k /\ Rabs (e (S k) i - e k i) <= h * (L * growth h L tau k + tau).
Proof.
  assert (P := h_positive). induction k as [|k IH]; intros HT i Hi.
  - simpl INR in HT. rewrite Rmult_1_l in HT. destruct (error_start i Hi HT) as [E0 E1].
    rewrite E0, Rabs_R0, Rminus_0_r. simpl growth. split; [lra|]. apply Rle_trans with (1 := E1).
    destruct (M_nonneg i Hi ltac:(lra)) as (N3 & N4 & _). assert (Q := m_positive).
    assert (0 <= h ^ 3 * (m * M4 / 12)).
    { apply Rmult_le_pos; [apply pow_le; lra|]. apply Rdiv_le_0_compat; [apply Rmult_le_pos|]; lra. }
    unfold tau. simpl in *. lra.
  - assert (HT' : INR (S k) * h <= T) by (rewrite (S_INR (S k)) in HT; lra).
    assert (N := pos_INR k). assert (Nh : 0 <= INR k * h) by (apply Rmult_le_pos; lra).
    assert (Up := fun j Hj => growth_step k j Hj (IH HT' j Hj)). split; [now apply Up|].
    destruct (IH HT' i Hi) as [_ B]. destruct (M_nonneg i Hi ltac:(rewrite S_INR in HT'; lra)) as (_ & _ & Nt).
    assert (G := growth_nonneg h L tau k ltac:(lra) L_nonneg Nt).
    assert (Li := lipschitz (S k) _ HT' Up i Hi).
    assert (De := defect_bound i (INR (S k) * h) Hi ltac:(rewrite S_INR; lra) ltac:(rewrite (S_INR (S k)) in HT; lra)).
    rewrite (error_step k i Hi).
    eapply Rle_trans; [exact (three_terms _ _ _ _ _ _ _ _ (proj1 beta_range) (Rlt_le _ _ gamma_positive) B Li De)|].
    assert (Mono : growth h L tau k <= growth h L tau (S k)).
    { simpl. assert (0 <= h * (L * growth h L tau k + tau)); [|lra].
      apply Rmult_le_pos; [lra|]. apply Rplus_le_le_0_compat; [now apply Rmult_le_pos|exact Nt]. }
    assert (0 <= beta * h * L * (growth h L tau (S k) - growth h L tau k)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]|]; lra. }
    rewrite gamma_of_h. lra.
Qed.

(* |w_k - W(k epsilon)| <= epsilon^2 (lambda_eff M4/12 + M3/6) T e^{LT} for 0 <= k epsilon <= T *)
Theorem b1_second_order k i : INR k * h <= T -> (i < d)%nat ->
  Rabs (w k i - W0 i (INR k * h)) <= h ^ 2 * ((m * M4 / 12 + M3 / 6) * T * exp (L * T)).
Proof.
  intros HT Hi. assert (P := h_positive). assert (N := pos_INR k).
  assert (Nh : 0 <= INR k * h) by (apply Rmult_le_pos; lra).
  destruct (M_nonneg i Hi ltac:(lra)) as (_ & _ & Nt).
  replace (h ^ 2 * ((m * M4 / 12 + M3 / 6) * T * exp (L * T))) with (T * tau * exp (L * T)) by (unfold tau; ring).
  apply Rle_trans with (growth h L tau k).
  - destruct k as [|k]; [|exact (growth_step k i Hi (error_growth k HT i Hi))].
    simpl INR. simpl growth. rewrite Rmult_0_l, start_place, Rminus_eq_0, Rabs_R0 by exact Hi. lra.
  - apply Rle_trans with (1 := growth_bound h L tau k (Rlt_le _ _ P) L_nonneg Nt).
    apply Rmult_le_compat; [now apply Rmult_le_pos|left; apply exp_pos|now apply Rmult_le_compat_r|].
    assert (LT : L * (INR k * h) <= L * T) by now apply Rmult_le_compat_l.
    destruct (Rle_lt_or_eq_dec _ _ LT) as [Lt|Eq]; [left; now apply exp_increasing|rewrite Eq; lra].
Qed.
End Descent.
