(* B4: a flow that comes to rest, w_+ and w_- without a zero: with a = lambda int (w'/w)^2 - lambda w'(0)/w(0),
   |w_+ w_-| at the limit = |w_+ w_-| at the start * exp(-(a_+ + a_-)). *)
From Coq Require Import Reals Lra Lia Classical_Prop.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network b_flow.
Open Scope R_scope.

Definition rate (w dw : R -> R) (t : R) : R := dw t / w t.
Definition rate_integral (w dw : R -> R) (T : R) : R := RInt (fun t => rate w dw t ^ 2) 0 T.

(* a = lambda int_0^oo (w'/w)^2 - lambda w'(0)/w(0) *)
Definition flow_correction (lambda : R) (w dw : R -> R) : R :=
  lambda * real (Lim (rate_integral w dw) p_infty) - lambda * rate w dw 0.

(* never 0 for t >= 0, w -> W != 0, w' -> 0 *)
Definition comes_to_rest (w dw : R -> R) (W : R) : Prop :=
  (forall t, 0 <= t -> w t <> 0) /\ is_lim w p_infty W /\ W <> 0 /\ is_lim dw p_infty 0.

(* f' = -lambda q: f(T) - f(0) = -lambda int_0^T q *)
Lemma integral_identity (lambda : R) (f q : R -> R) T : 0 <= T ->
  (forall t, 0 <= t -> is_derive f t (- lambda * q t)) -> (forall t, 0 <= t -> continuous q t) ->
  f T - f 0 = - lambda * RInt q 0 T.
Proof.
  intros HT D C.
  assert (I : is_RInt (fun t => - lambda * q t) 0 T (f T - f 0)).
  { apply (is_RInt_derive f (fun t => - lambda * q t)); rewrite Rmin_left, Rmax_right by exact HT; intros t Ht.
    - now apply D.
    - apply (@continuous_scal_r R_UniformSpace R_AbsRing R_NormedModule). now apply C. }
  rewrite <- (is_RInt_unique _ _ _ _ I).
  apply (RInt_scal (V := R_CompleteNormedModule)).
  apply (ex_RInt_continuous (V := R_CompleteNormedModule)). rewrite Rmin_left, Rmax_right by exact HT.
  intros t Ht. now apply C.
Qed.

(* non-decreasing and bounded: the limit at infinity exists *)
Lemma monotone_limit (f : R -> R) (M : R) : (forall s t, 0 <= s <= t -> f s <= f t) ->
  (forall t, 0 <= t -> f t <= M) -> ex_finite_lim f p_infty.
Proof.
  intros Mono Bound.
  destruct (completeness (fun x => exists t, 0 <= t /\ x = f t)) as [l [Up Least]].
  - exists M. intros x (t & Ht & ->). now apply Bound.
  - exists (f 0), 0. split; [lra|reflexivity].
  - exists l. apply is_lim_spec. intros eps.
    destruct (classic (exists t, 0 <= t /\ l - eps < f t)) as [(t0 & H0 & L0)|N].
    + exists t0. intros t Ht. assert (f t0 <= f t) by (apply Mono; lra).
      assert (f t <= l) by (apply Up; exists t; split; [lra|reflexivity]).
      assert (P := cond_pos eps). apply Rabs_def1; lra.
    + exfalso. assert (l <= l - eps); [|assert (P := cond_pos eps); lra].
      apply Least. intros x (t & Ht & ->). apply Rnot_lt_le. intros L. apply N. now exists t.
Qed.

(* a non-decreasing function is at most its limit *)
Lemma monotone_below_limit (f : R -> R) (l : R) : (forall s t, 0 <= s <= t -> f s <= f t) ->
  is_lim f p_infty l -> forall t, 0 <= t -> f t <= l.
Proof.
  intros Mono L t Ht. change (Rbar_le (f t) l).
  apply (is_lim_le_loc (fun _ => f t) f p_infty); [|apply is_lim_const|exact L].
  exists t. intros s Hs. apply Mono. lra.
Qed.

Section OneSign.
Variables (lambda : R) (c w dw : R -> R) (W : R).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis flow : signed_flow lambda c w dw.
Hypothesis rest : comes_to_rest w dw W.

(* lambda x' + x, x = ln|w| *)
Definition momentum_log (t : R) : R := lambda * rate w dw t + ln (Rabs (w t)).

Lemma rate_derive t : 0 <= t -> is_derive (rate w dw) t ((c t - rate w dw t) / lambda - rate w dw t ^ 2).
Proof.
  intros Ht. destruct (flow t Ht) as [Dw Ddw]. assert (N := proj1 rest t Ht).
  apply derive_eq with (1 := derive_div dw w t _ _ Ddw Dw N). unfold rate. field. lra.
Qed.

(* lambda (x'' + x'^2) + x' = c *)
Lemma momentum_log_derive t : 0 <= t -> is_derive momentum_log t (c t - lambda * rate w dw t ^ 2).
Proof.
  intros Ht. destruct (flow t Ht) as [Dw _]. assert (N := proj1 rest t Ht).
  apply derive_eq with (1 := derive_plus _ _ t _ _ (derive_scal _ t _ (rate_derive t Ht) lambda)
    (derive_ln_abs w t (dw t) Dw N)).
  unfold rate. field. lra.
Qed.

Lemma squared_rate_continuous t : 0 <= t -> continuous (fun s => rate w dw s ^ 2) t.
Proof. intros Ht. exact (derive_continuous _ _ _ (derive_square _ t _ (rate_derive t Ht))). Qed.

Lemma squared_rate_integrable s t : 0 <= s <= t -> ex_RInt (fun q => rate w dw q ^ 2) s t.
Proof.
  intros H. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). rewrite Rmin_left, Rmax_right by lra.
  intros q Hq. apply squared_rate_continuous. lra.
Qed.

Lemma rate_integral_increases s t : 0 <= s <= t -> rate_integral w dw s <= rate_integral w dw t.
Proof.
  intros H. unfold rate_integral. set (f := fun q => rate w dw q ^ 2).
  assert (C : RInt f 0 s + RInt f s t = RInt f 0 t).
  { apply (RInt_Chasles (V := R_CompleteNormedModule)); apply squared_rate_integrable; lra. }
  assert (0 <= RInt f s t); [|lra].
  apply RInt_ge_0; [lra|apply squared_rate_integrable; lra|]. intros; apply pow2_ge_0.
Qed.

Lemma momentum_log_limit : is_lim momentum_log p_infty (ln (Rabs W)).
Proof.
  destruct rest as (_ & Lw & N & Ldw).
  replace (Finite (ln (Rabs W))) with (Finite (lambda * (0 / W) + ln (Rabs W))) by (f_equal; field; exact N).
  apply is_lim_plus'.
  - apply (is_lim_scal_l (rate w dw) lambda p_infty (Finite (0 / W))).
    apply (is_lim_div dw w p_infty 0 W Ldw Lw); [intros E; apply N; now inversion E|exact I].
  - apply (is_lim_comp_continuous w (fun x => ln (Rabs x))); [exact Lw|].
    exact (derive_continuous _ _ _ (derive_ln_abs (fun x => x) W 1 (derive_id W) N)).
Qed.
End OneSign.

Section BothSigns.
Variables (lambda : R) (c wp dwp wm dwm : R -> R) (Wp Wm : R).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis flow_plus : signed_flow lambda c wp dwp.
Hypothesis flow_minus : signed_flow lambda (fun t => - c t) wm dwm.
Hypothesis rest_plus : comes_to_rest wp dwp Wp.
Hypothesis rest_minus : comes_to_rest wm dwm Wm.

Let E t := momentum_log lambda wp dwp t + momentum_log lambda wm dwm t.

(* lambda S'' + S' = -lambda (x_+'^2 + x_-'^2), S = ln Delta, integrated over [0,T] *)
Lemma finite_time_identity T : 0 <= T ->
  E T - E 0 = - lambda * (rate_integral wp dwp T + rate_integral wm dwm T).
Proof.
  intros HT. unfold rate_integral.
  rewrite <- (RInt_plus (V := R_CompleteNormedModule)) by (eapply squared_rate_integrable; eauto; lra).
  apply (integral_identity lambda E (fun t => rate wp dwp t ^ 2 + rate wm dwm t ^ 2) T HT); intros t Ht.
  - assert (P := momentum_log_derive lambda c wp dwp Wp lambda_positive flow_plus rest_plus t Ht).
    assert (M := momentum_log_derive lambda _ wm dwm Wm lambda_positive flow_minus rest_minus t Ht).
    apply derive_eq with (1 := derive_plus _ _ t _ _ P M). ring.
  - apply (continuous_plus (V := R_NormedModule)); eapply squared_rate_continuous; eauto.
Qed.

Lemma sum_of_integrals_limit : is_lim (fun T => rate_integral wp dwp T + rate_integral wm dwm T) p_infty
  (/ lambda * (E 0 - (ln (Rabs Wp) + ln (Rabs Wm)))).
Proof.
  apply is_lim_ext_loc with (fun T => / lambda * (E 0 - E T)).
  { exists 0. intros T HT. assert (F := finite_time_identity T ltac:(lra)).
    replace (E 0 - E T) with (lambda * (rate_integral wp dwp T + rate_integral wm dwm T)) by lra.
    field. lra. }
  apply (is_lim_scal_l (fun T => E 0 - E T) _ _ (Finite _)), is_lim_minus'; [apply is_lim_const|].
  apply is_lim_plus'; eapply momentum_log_limit; eauto.
Qed.

Lemma each_integral_converges :
  ex_finite_lim (rate_integral wp dwp) p_infty /\ ex_finite_lim (rate_integral wm dwm) p_infty.
Proof.
  assert (Mp := rate_integral_increases lambda c wp dwp Wp lambda_positive flow_plus rest_plus).
  assert (Mm := rate_integral_increases lambda _ wm dwm Wm lambda_positive flow_minus rest_minus).
  assert (Z : forall w dw, rate_integral w dw 0 = 0) by (intros; apply (RInt_point (V := R_CompleteNormedModule))).
  assert (B := monotone_below_limit _ _ (fun s t H => Rplus_le_compat _ _ _ _ (Mp s t H) (Mm s t H))
    sum_of_integrals_limit).
  assert (Pp : forall t, 0 <= t -> 0 <= rate_integral wp dwp t) by (intros t Ht; rewrite <- (Z wp dwp); apply Mp; lra).
  assert (Pm : forall t, 0 <= t -> 0 <= rate_integral wm dwm t) by (intros t Ht; rewrite <- (Z wm dwm); apply Mm; lra).
  split; eapply monotone_limit; [exact Mp| |exact Mm|]; intros t Ht;
    specialize (B t Ht); specialize (Pp t Ht); specialize (Pm t Ht); cbv beta in B.
  - eapply Rle_trans; [|exact B]. lra.
  - eapply Rle_trans; [|exact B]. lra.
Qed.

Lemma log_balancedness_flow :
  flow_correction lambda wp dwp + flow_correction lambda wm dwm
    + (ln (Rabs Wp) - ln (Rabs (wp 0))) + (ln (Rabs Wm) - ln (Rabs (wm 0))) = 0.
Proof.
  destruct each_integral_converges as [[Ip Hp] [Im Hm]].
  assert (S : Ip + Im = / lambda * (E 0 - (ln (Rabs Wp) + ln (Rabs Wm)))).
  { assert (L := is_lim_plus' _ _ _ _ _ Hp Hm). apply is_lim_unique in L.
    rewrite (is_lim_unique _ _ _ sum_of_integrals_limit) in L. now inversion L. }
  unfold flow_correction. rewrite (is_lim_unique _ _ _ Hp), (is_lim_unique _ _ _ Hm). simpl real.
  assert (L : lambda * (Ip + Im) = E 0 - (ln (Rabs Wp) + ln (Rabs Wm))) by (rewrite S; field; lra).
  unfold E, momentum_log in L. lra.
Qed.

Lemma balancedness_flow :
  Rabs (Wp * Wm)
    = Rabs (wp 0 * wm 0) * exp (- (flow_correction lambda wp dwp + flow_correction lambda wm dwm)).
Proof.
  assert (L := log_balancedness_flow).
  destruct rest_plus as (Ap & _ & Cp & _). destruct rest_minus as (Am & _ & Cm & _).
  specialize (Ap 0 (Rle_refl 0)). specialize (Am 0 (Rle_refl 0)).
  replace (- (flow_correction lambda wp dwp + flow_correction lambda wm dwm))
    with (ln (Rabs Wp) + ln (Rabs Wm) - ln (Rabs (wp 0)) - ln (Rabs (wm 0))) by lra.
  unfold Rminus. rewrite !exp_plus, !exp_Ropp, !exp_ln by (apply Rabs_pos_lt; auto).
  rewrite !Rabs_mult. field. split; apply Rabs_no_R0; auto.
Qed.
End BothSigns.

(* c = -g for w_+, g = -c for w_- *)
Lemma flow_signs d n X y s lambda u v du dv i : 0 < lambda -> network_flow d n X y s lambda u v du dv ->
  (i < d)%nat -> let c := fun t => - flow_gradient d n X y s u v i t in
  signed_flow lambda c (sum_path u v i) (sum_path du dv i) /\
  signed_flow lambda (fun t => - c t) (difference_path u v i) (difference_path du dv i).
Proof.
  intros Hl F Hi c. destruct (flow_in_w d n X y s lambda u v du dv i (Rgt_not_eq _ _ Hl) Hi F) as [Fp Fm].
  split; [exact Fp|]. intros t Ht. destruct (Fm t Ht) as [D1 D2]. split; [exact D1|].
  apply derive_eq with (1 := D2). unfold c. now rewrite Ropp_involutive.
Qed.

(* Delta_oo = Delta_0 exp(-(a_+ + a_-)), the improper integrals of a_+ and a_- being convergent. *)
Theorem b4_balancedness d n X y s lambda u v du dv i Wp Wm :
  0 < lambda -> network_flow d n X y s lambda u v du dv -> (i < d)%nat ->
  let wp := sum_path u v i in let dwp := sum_path du dv i in
  let wm := difference_path u v i in let dwm := difference_path du dv i in
  comes_to_rest wp dwp Wp -> comes_to_rest wm dwm Wm ->
  ex_finite_lim (rate_integral wp dwp) p_infty /\ ex_finite_lim (rate_integral wm dwm) p_infty /\
  Rabs (Wp * Wm)
    = Rabs (wp 0 * wm 0) * exp (- (flow_correction lambda wp dwp + flow_correction lambda wm dwm)).
Proof.
  intros Hl F Hi wp dwp wm dwm Rp Rm.
  destruct (flow_signs d n X y s lambda u v du dv i Hl F Hi) as [Fp Fm].
  destruct (each_integral_converges lambda _ _ _ _ _ Wp Wm Hl Fp Fm Rp Rm) as [Ep Em].
  split; [exact Ep|split; [exact Em|]].
  exact (balancedness_flow lambda _ _ _ _ _ Wp Wm Hl Fp Fm Rp Rm).
Qed.

(* from rest a >= 0 *)
Lemma correction_nonneg_from_rest lambda c w dw W : 0 < lambda -> signed_flow lambda c w dw ->
  comes_to_rest w dw W -> ex_finite_lim (rate_integral w dw) p_infty -> dw 0 = 0 ->
  0 <= flow_correction lambda w dw.
Proof.
  intros Hl F R [I H] Z. unfold flow_correction. rewrite (is_lim_unique _ _ _ H). simpl real.
  assert (B := monotone_below_limit _ _ (rate_integral_increases lambda c w dw W Hl F R) H 0 (Rle_refl 0)).
  unfold rate_integral in B. rewrite RInt_point in B. change (0 <= I) in B.
  unfold rate. rewrite Z. unfold Rdiv. rewrite Rmult_0_l, Rmult_0_r, Rminus_0_r.
  apply Rmult_le_pos; lra.
Qed.

(* from rest, Delta_oo <= Delta_0 *)
Theorem b4_shrinks_from_rest d n X y s lambda u v du dv i Wp Wm :
  0 < lambda -> network_flow d n X y s lambda u v du dv -> (i < d)%nat ->
  let wp := sum_path u v i in let dwp := sum_path du dv i in
  let wm := difference_path u v i in let dwm := difference_path du dv i in
  comes_to_rest wp dwp Wp -> comes_to_rest wm dwm Wm -> du i 0 = 0 -> dv i 0 = 0 ->
  Rabs (Wp * Wm) <= Rabs (wp 0 * wm 0).
Proof.
  intros Hl F Hi wp dwp wm dwm Rp Rm Zu Zv.
  destruct (flow_signs d n X y s lambda u v du dv i Hl F Hi) as [Fp Fm].
  destruct (b4_balancedness d n X y s lambda u v du dv i Wp Wm Hl F Hi Rp Rm) as (Ip & Im & E).
  assert (P := correction_nonneg_from_rest lambda _ _ _ Wp Hl Fp Rp Ip ltac:(unfold sum_path; lra)).
  assert (M := correction_nonneg_from_rest lambda _ _ _ Wm Hl Fm Rm Im ltac:(unfold difference_path; lra)).
  rewrite E. fold wp dwp in P |- *. fold wm dwm in M |- *.
  apply Rle_trans with (Rabs (wp 0 * wm 0) * 1); [|lra]. apply Rmult_le_compat_l; [apply Rabs_pos|].
  rewrite exp_Ropp, <- Rinv_1. apply Rinv_le_contravar; [lra|].
  assert (G := exp_ineq1_le (flow_correction lambda wp dwp + flow_correction lambda wm dwm)). lra.
Qed.
