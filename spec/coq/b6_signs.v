(* B6: what follows without a change of sign (Delta_oo < Delta_0), and beta = 0 (gradient descent). *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_network b6_discrete_balancedness.
Open Scope R_scope.

(* rho_k > 0: w keeps its sign *)
Definition keeps_sign (w : nat -> R) : Prop := forall k, 0 < w (S k) / w k.

Lemma correction_nonneg beta w : 0 <= beta < 1 -> keeps_sign w ->
  ex_series (fun k => Q beta (w (S k) / w k)) -> 0 <= correction beta w.
Proof.
  intros Hb K E. unfold correction. apply Rdiv_le_0_compat; [|lra].
  replace 0 with (Series (fun _ => 0 * 0)) by (rewrite Series_scal_l; ring).
  apply Series_le; [|exact E]. intros k. rewrite Rmult_0_l. split; [lra|apply Q_nonneg; [lra|apply K]].
Qed.

(* a coordinate that moves has a > 0 *)
Lemma correction_pos beta w k : 0 <= beta < 1 -> keeps_sign w -> w k <> 0 -> w (S k) <> w k ->
  ex_series (fun k => Q beta (w (S k) / w k)) -> 0 < correction beta w.
Proof.
  intros Hb K Hk N E. set (q := fun j => Q beta (w (S j) / w j)) in *.
  unfold correction. apply Rdiv_lt_0_compat; [|lra]. fold q.
  assert (P : forall j, 0 <= q j) by (intros j; apply Q_nonneg; [lra|apply K]).
  assert (Pk : 0 < q k).
  { apply Q_pos; [lra|apply K|]. intros R. apply N.
    replace (w (S k)) with (w (S k) / w k * w k) by now field. rewrite R. ring. }
  apply Rlt_le_trans with (total (S k) q).
  - apply Rlt_le_trans with (1 := Pk). apply (term_le_total (S k) q k); auto.
  - assert (L := proj1 (is_series_total q (Series q)) (Series_correct q E)).
    apply (is_lim_seq_incr_compare (fun N => total N q)); [exact L|].
    intros M. simpl. specialize (P M). lra.
Qed.

(* Delta_oo <= Delta_0, and Delta_oo < Delta_0 if the coordinate moves *)
Theorem b6_shrinks d n X y gamma beta batch u v i Wp Wm :
  0 <= beta < 1 -> momentum_descent d n X y gamma beta batch u v -> (i < d)%nat ->
  settles (w_plus u v i) Wp -> settles (w_minus u v i) Wm ->
  keeps_sign (w_plus u v i) -> keeps_sign (w_minus u v i) ->
  let Delta0 := Rabs (w_plus u v i 0%nat * w_minus u v i 0%nat) in
  Rabs (Wp * Wm) <= Delta0 /\
  ((exists k, w_plus u v i (S k) <> w_plus u v i k \/ w_minus u v i (S k) <> w_minus u v i k) ->
   Rabs (Wp * Wm) < Delta0).
Proof.
  intros Hb D Hi Sp Sm Kp Km Delta0.
  destruct (b6_balancedness d n X y gamma beta batch u v i Wp Wm Hb D Hi Sp Sm) as (Ep & Em & ->).
  fold Delta0.
  destruct Sp as (Ap & _). destruct Sm as (Am & _).
  assert (Np := correction_nonneg beta _ Hb Kp Ep). assert (Nm := correction_nonneg beta _ Hb Km Em).
  assert (P : 0 < Delta0) by (apply Rabs_pos_lt, Rmult_integral_contrapositive_currified; auto).
  assert (Le : forall a, 0 < a -> exp (- a) < 1) by (intros a Ha; rewrite <- exp_0; apply exp_increasing; lra).
  split.
  - destruct (Req_dec (correction beta (w_plus u v i) + correction beta (w_minus u v i)) 0) as [E|E].
    + rewrite E, Ropp_0, exp_0. lra.
    + rewrite <- (Rmult_1_r Delta0) at 2. left. apply Rmult_lt_compat_l; [exact P|]. apply Le. lra.
  - intros [k M]. rewrite <- (Rmult_1_r Delta0) at 2. apply Rmult_lt_compat_l; [exact P|]. apply Le.
    destruct M as [M|M].
    + assert (C := correction_pos beta _ k Hb Kp (Ap k) M Ep). lra.
    + assert (C := correction_pos beta _ k Hb Km (Am k) M Em). lra.
Qed.

(* beta = 0, rho_+ = 1 - s, rho_- = 1 + s with s = gamma g_k: Q_0(rho_+) + Q_0(rho_-) = -ln|1 - s^2| *)
Theorem b6_gradient_descent s : s <> 1 -> s <> -1 -> Q 0 (1 - s) + Q 0 (1 + s) = - ln (Rabs (1 - s ^ 2)).
Proof.
  intros Hp Hm. unfold Q. replace (1 - s ^ 2) with ((1 - s) * (1 + s)) by ring.
  rewrite Rabs_mult, ln_mult by (apply Rabs_pos_lt; lra). ring.
Qed.
