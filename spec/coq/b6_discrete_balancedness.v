(* B6: momentum descent on a diagonal network, any step size, any mini-batches:
   |w_+ w_-| at the limit = |w_+ w_-| at the start * exp(-(a_+ + a_-)). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_network.
Open Scope R_scope.

(* Q_beta(rho) = (rho-1) - (1-beta) ln|rho| - beta (1-1/rho) *)
Definition Q (beta rho : R) : R := (rho - 1) - (1 - beta) * ln (Rabs rho) - beta * (1 - / rho).

(* a = 1/(1-beta) sum_k Q_beta(w_{k+1}/w_k) *)
Definition correction (beta : R) (w : nat -> R) : R :=
  Series (fun k => Q beta (w (S k) / w k)) / (1 - beta).

(* never 0, with a limit that is not 0 *)
Definition settles (w : nat -> R) (W : R) : Prop :=
  (forall k, w k <> 0) /\ is_lim_seq w W /\ W <> 0.

(* w_{k+1} = w_k + c_k w_k + beta (w_k - w_{k-1}),  w_{-1} = w_0 *)
Definition signed_descent (beta : R) (c w : nat -> R) : Prop :=
  forall k, w (S k) = w k + c k * w k + beta * (w k - w (pred k)).

(* w_{k+1} = w_k - gamma grad F_k(w_k) + beta (w_k - w_{k-1}) for w = (u,v), F_k(u,v) = loss(u*v) of batch k *)
Definition momentum_descent (d n : nat) (X : nat -> vector) (y : vector) (gamma beta : R)
    (batch u v : nat -> vector) : Prop :=
  forall k i, (i < d)%nat -> let g := gradient d n X y (batch k) (hadamard (u k) (v k)) i in
    u (S k) i = u k i - gamma * (v k i * g) + beta * (u k i - u (pred k) i) /\
    v (S k) i = v k i - gamma * (u k i * g) + beta * (v k i - v (pred k) i).

Definition w_plus (u v : nat -> vector) (i : nat) : nat -> R := fun k => u k i + v k i.
Definition w_minus (u v : nat -> vector) (i : nat) : nat -> R := fun k => u k i - v k i.

Lemma ln_abs_ratio x y : x <> 0 -> y <> 0 -> ln (Rabs (x / y)) = ln (Rabs x) - ln (Rabs y).
Proof. intros Hx Hy. rewrite Rabs_div by auto. apply ln_div; now apply Rabs_pos_lt. Qed.

Lemma ln_le_minus_1 x : 0 < x -> ln x <= x - 1.
Proof. intros Hx. assert (E := exp_ineq1_le (ln x)). rewrite exp_ln in E; lra. Qed.

Lemma ln_lt_minus_1 x : 0 < x -> x <> 1 -> ln x < x - 1.
Proof.
  intros Hx H1. assert (N : ln x <> 0) by (intros N; apply H1, ln_inv; rewrite ?ln_1; lra).
  assert (E := exp_ineq1 (ln x) N). rewrite exp_ln in E; lra.
Qed.

(* Q = [rho - 1 - ln rho] + beta [1/rho - 1 - ln(1/rho)] *)
Lemma Q_nonneg beta rho : 0 <= beta -> 0 < rho -> 0 <= Q beta rho.
Proof.
  intros Hb Hr. unfold Q. rewrite Rabs_pos_eq by lra.
  assert (A := ln_le_minus_1 rho Hr).
  assert (B := ln_le_minus_1 (/ rho) (Rinv_0_lt_compat _ Hr)). rewrite ln_Rinv in B by auto.
  assert (0 <= beta * (/ rho - 1 + ln rho)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma Q_pos beta rho : 0 <= beta -> 0 < rho -> rho <> 1 -> 0 < Q beta rho.
Proof.
  intros Hb Hr H1. unfold Q. rewrite Rabs_pos_eq by lra.
  assert (A := ln_lt_minus_1 rho Hr H1).
  assert (B := ln_le_minus_1 (/ rho) (Rinv_0_lt_compat _ Hr)). rewrite ln_Rinv in B by auto.
  assert (0 <= beta * (/ rho - 1 + ln rho)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma total_is_sum_n a N : total (S N) a = sum_n a N.
Proof.
  induction N as [|N IH]; [rewrite sum_O; simpl; ring|].
  rewrite sum_Sn, <- IH. reflexivity.
Qed.

Lemma is_series_total (a : nat -> R) (l : R) : is_series a l <-> is_lim_seq (fun N => total N a) l.
Proof.
  change (is_lim_seq (sum_n a) l <-> is_lim_seq (fun N => total N a) l).
  rewrite (is_lim_seq_incr_1 (fun N => total N a)).
  split; apply is_lim_seq_ext; intros N; [symmetry|]; apply total_is_sum_n.
Qed.

(* a_k, b_k >= 0 from K on and sum (a_k + b_k) converges: sum a_k converges *)
Lemma ex_series_part (a b : nat -> R) K :
  (forall k, (K <= k)%nat -> 0 <= a k /\ 0 <= b k) -> ex_series (fun k => a k + b k) -> ex_series a.
Proof.
  intros P C. apply (proj2 (ex_series_incr_n a K)).
  apply (@ex_series_le R_AbsRing R_CompleteNormedModule) with (b := fun k => a (K + k)%nat + b (K + k)%nat).
  - intros k. destruct (P (K + k)%nat ltac:(lia)). change (Rabs (a (K + k)%nat) <= a (K + k)%nat + b (K + k)%nat).
    rewrite Rabs_pos_eq; lra.
  - exact (proj1 (ex_series_incr_n (fun k => a k + b k) K) C).
Qed.

Section OneSign.
Variables (beta : R) (c w : nat -> R).
Hypothesis descent : signed_descent beta c w.
Hypothesis alive : forall k, w k <> 0.

Let rho k := w (S k) / w k.

(* rho_k - 1 - beta (1 - 1/rho_{k-1}) = c_k *)
Lemma rho_recursion k : rho k - 1 - beta * (1 - w (pred k) / w k) = c k.
Proof. unfold rho. rewrite (descent k). field. apply alive. Qed.

(* sum_{k<N} Q(rho_k) + (1-beta) ln|w_N/w_0| + beta (1 - 1/rho_{N-1}) = sum_{k<N} c_k *)
Lemma partial_identity N :
  total N (fun k => Q beta (rho k)) + (1 - beta) * (ln (Rabs (w N)) - ln (Rabs (w 0%nat)))
    + beta * (1 - w (pred N) / w N) = total N c.
Proof.
  induction N as [|N IH]; simpl.
  - field. apply alive.
  - assert (L : ln (Rabs (rho N)) = ln (Rabs (w (S N))) - ln (Rabs (w N))) by (apply ln_abs_ratio; apply alive).
    assert (I : / rho N = w N / w (S N)) by (unfold rho; field; split; apply alive).
    rewrite <- IH, <- (rho_recursion N). unfold Q at 2. rewrite L, I. ring.
Qed.

Variable W : R.
Hypothesis limit : is_lim_seq w W.
Hypothesis limit_alive : W <> 0.

Lemma rho_to_1 : is_lim_seq rho 1.
Proof.
  replace 1 with (W / W) by now field.
  apply is_lim_seq_div'; auto. now apply (is_lim_seq_incr_1 w).
Qed.

Lemma rho_positive_from : exists K, forall k, (K <= k)%nat -> 0 < rho k.
Proof.
  destruct (proj2 (is_lim_seq_spec rho 1) rho_to_1 (mkposreal (1 / 2) ltac:(lra))) as [K HK].
  exists K. intros k Hk. specialize (HK k Hk). simpl in HK. apply Rabs_def2 in HK. lra.
Qed.

Lemma ln_limit : is_lim_seq (fun N => ln (Rabs (w N))) (ln (Rabs W)).
Proof.
  apply (is_lim_seq_continuous (fun x => ln (Rabs x))); [|exact limit].
  apply (continuity_pt_comp Rabs ln); [apply Rcontinuity_abs|].
  apply derivable_continuous_pt. exists (/ Rabs W). apply derivable_pt_lim_ln. now apply Rabs_pos_lt.
Qed.

Lemma inverse_rho_limit : is_lim_seq (fun N => w (pred N) / w N) 1.
Proof.
  apply is_lim_seq_incr_1. simpl. replace 1 with (W / W) by now field.
  apply is_lim_seq_div'; auto. now apply (is_lim_seq_incr_1 w).
Qed.

(* the difference of sum c_k and sum Q(rho_k) tends to (1-beta) ln|W/w_0| *)
Lemma remainder_limit :
  is_lim_seq (fun N => total N c - total N (fun k => Q beta (rho k)))
    ((1 - beta) * (ln (Rabs W) - ln (Rabs (w 0%nat)))).
Proof.
  apply is_lim_seq_ext with (fun N => (1 - beta) * (ln (Rabs (w N)) - ln (Rabs (w 0%nat)))
    + beta * (1 - w (pred N) / w N)).
  { intros N. rewrite <- partial_identity. ring. }
  replace ((1 - beta) * (ln (Rabs W) - ln (Rabs (w 0%nat)))) with
    ((1 - beta) * (ln (Rabs W) - ln (Rabs (w 0%nat))) + beta * (1 - 1)) by ring.
  apply is_lim_seq_plus'; apply (is_lim_seq_scal_l _ _ (Finite _)); apply is_lim_seq_minus'.
  - apply ln_limit.
  - apply is_lim_seq_const.
  - apply is_lim_seq_const.
  - apply inverse_rho_limit.
Qed.
End OneSign.

(* Both signs of one coordinate: c for w_+, -c for w_-. *)
Section BothSigns.
Variables (beta : R) (c wp wm : nat -> R) (Wp Wm : R).
Hypothesis beta_range : 0 <= beta < 1.
Hypothesis descent_plus : signed_descent beta c wp.
Hypothesis descent_minus : signed_descent beta (fun k => - c k) wm.
Hypothesis settles_plus : settles wp Wp.
Hypothesis settles_minus : settles wm Wm.

Let qp k := Q beta (wp (S k) / wp k).
Let qm k := Q beta (wm (S k) / wm k).
Let lnp := ln (Rabs Wp) - ln (Rabs (wp 0%nat)).
Let lnm := ln (Rabs Wm) - ln (Rabs (wm 0%nat)).

Lemma plus_remainder : is_lim_seq (fun N => total N c - total N qp) ((1 - beta) * lnp).
Proof. destruct settles_plus as (A & B & C). now apply remainder_limit. Qed.

Lemma minus_remainder : is_lim_seq (fun N => - total N c - total N qm) ((1 - beta) * lnm).
Proof.
  destruct settles_minus as (A & B & C).
  apply is_lim_seq_ext with (2 := remainder_limit beta (fun k => - c k) wm descent_minus A Wm B C).
  intros N. f_equal. rewrite (total_ext N _ (fun k => (-1) * c k)), total_scal by (intros; ring). ring.
Qed.

Lemma sum_converges : is_series (fun k => qp k + qm k) (- (1 - beta) * (lnp + lnm)).
Proof.
  apply is_series_total.
  apply is_lim_seq_ext with (fun N => - ((total N c - total N qp) + (- total N c - total N qm))).
  { intros N. rewrite total_plus. ring. }
  replace (- (1 - beta) * (lnp + lnm)) with (- ((1 - beta) * lnp + (1 - beta) * lnm)) by ring.
  apply -> (is_lim_seq_opp (fun N => (total N c - total N qp) + (- total N c - total N qm))
    (Finite ((1 - beta) * lnp + (1 - beta) * lnm))).
  apply is_lim_seq_plus'; [apply plus_remainder|apply minus_remainder].
Qed.

Lemma each_converges : ex_series qp /\ ex_series qm.
Proof.
  destruct settles_plus as (Ap & Bp & Cp). destruct settles_minus as (Am & Bm & Cm).
  destruct (rho_positive_from wp Wp Bp Cp) as [Kp HKp].
  destruct (rho_positive_from wm Wm Bm Cm) as [Km HKm].
  assert (P : forall k, (Kp + Km <= k)%nat -> 0 <= qp k /\ 0 <= qm k).
  { intros k Hk. split; apply Q_nonneg; try lra; [apply HKp|apply HKm]; lia. }
  assert (S : ex_series (fun k => qp k + qm k)) by (eexists; apply sum_converges).
  split; [now apply (ex_series_part qp qm (Kp + Km))|].
  apply (ex_series_part qm qp (Kp + Km)); [intros k Hk; destruct (P k Hk); auto|].
  apply ex_series_ext with (2 := S). intros k. apply Rplus_comm.
Qed.

(* (1-beta) (a_+ + ln|W_+/w_+0|) = lim sum c_k = -(1-beta) (a_- + ln|W_-/w_-0|) *)
Lemma descent_sum : is_lim_seq (fun N => total N c) ((1 - beta) * (correction beta wp + lnp)).
Proof.
  destruct each_converges as [Ep _].
  apply is_lim_seq_ext with (fun N => total N qp + (total N c - total N qp)); [intros; ring|].
  replace ((1 - beta) * (correction beta wp + lnp)) with (Series qp + (1 - beta) * lnp)
    by (unfold correction, qp; field; lra).
  apply is_lim_seq_plus'; [apply is_series_total, Series_correct, Ep|apply plus_remainder].
Qed.

Lemma log_balancedness : correction beta wp + correction beta wm + lnp + lnm = 0.
Proof.
  destruct each_converges as [Ep Em].
  assert (T := is_series_plus _ _ _ _ (Series_correct _ Ep) (Series_correct _ Em)).
  assert (E : Series qp + Series qm = - (1 - beta) * (lnp + lnm)).
  { rewrite <- (is_series_unique _ _ sum_converges). symmetry. apply is_series_unique, T. }
  unfold correction. change (Series qp / (1 - beta) + Series qm / (1 - beta) + lnp + lnm = 0).
  apply (Rmult_eq_reg_l (1 - beta)); [|lra].
  transitivity (Series qp + Series qm + (1 - beta) * (lnp + lnm)); [field; lra|]. rewrite E. ring.
Qed.

Lemma balancedness_one :
  Rabs (Wp * Wm) = Rabs (wp 0%nat * wm 0%nat) * exp (- (correction beta wp + correction beta wm)).
Proof.
  destruct settles_plus as (Ap & Bp & Cp). destruct settles_minus as (Am & Bm & Cm).
  assert (L := log_balancedness). unfold lnp, lnm in L.
  replace (- (correction beta wp + correction beta wm))
    with (ln (Rabs Wp) + ln (Rabs Wm) - ln (Rabs (wp 0%nat)) - ln (Rabs (wm 0%nat))) by lra.
  unfold Rminus. rewrite !exp_plus, !exp_Ropp, !exp_ln by (apply Rabs_pos_lt; auto).
  rewrite !Rabs_mult. field. split; apply Rabs_no_R0; auto.
Qed.
End BothSigns.

(* MGD in the variables w_+ = u+v, w_- = u-v: c_k = -gamma g_k and +gamma g_k *)
Lemma descent_in_w d n X y gamma beta batch u v i :
  (i < d)%nat -> momentum_descent d n X y gamma beta batch u v ->
  let c k := - (gamma * gradient d n X y (batch k) (hadamard (u k) (v k)) i) in
  signed_descent beta c (w_plus u v i) /\ signed_descent beta (fun k => - c k) (w_minus u v i).
Proof.
  intros Hi D c. unfold c, w_plus, w_minus.
  split; intros k; destruct (D k i Hi) as [-> ->]; ring.
Qed.

(* Delta_oo = Delta_0 exp(-(a_+ + a_-)), the series of a_+ and a_- being convergent. *)
Theorem b6_balancedness d n X y gamma beta batch u v i Wp Wm :
  0 <= beta < 1 -> momentum_descent d n X y gamma beta batch u v -> (i < d)%nat ->
  settles (w_plus u v i) Wp -> settles (w_minus u v i) Wm ->
  let a_plus := correction beta (w_plus u v i) in
  let a_minus := correction beta (w_minus u v i) in
  ex_series (fun k => Q beta (w_plus u v i (S k) / w_plus u v i k)) /\
  ex_series (fun k => Q beta (w_minus u v i (S k) / w_minus u v i k)) /\
  Rabs (Wp * Wm) = Rabs (w_plus u v i 0%nat * w_minus u v i 0%nat) * exp (- (a_plus + a_minus)).
Proof.
  intros Hb D Hi Sp Sm ap am.
  destruct (descent_in_w d n X y gamma beta batch u v i Hi D) as [Dp Dm].
  destruct (each_converges beta _ _ _ Wp Wm Hb Dp Dm Sp Sm) as [Ep Em].
  split; [exact Ep|split; [exact Em|]].
  exact (balancedness_one beta _ _ _ Wp Wm Hb Dp Dm Sp Sm).
Qed.
