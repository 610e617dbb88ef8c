(* B5: the limit of the flow is the only minimiser of the Bregman divergence D_psi(theta, theta~_0), psi the
   hyperbolic entropy at Delta_oo, among interpolators: psi'(theta_oo) - psi'(theta~_0) is in the range of X^T. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network b_flow.
From HeavyProof Require Import b4_balancedness b6_hyperbolic_entropy b6_bregman.
Open Scope R_scope.

(* theta~_0 = (w_+(0)^2 e^{-2a_+} - w_-(0)^2 e^{-2a_-})/4 *)
Definition flow_start (lambda : R) (u v du dv : nat -> R -> R) : vector :=
  shifted_start (fun i => sum_path u v i 0) (fun i => difference_path u v i 0)
    (fun i => flow_correction lambda (sum_path u v i) (sum_path du dv i))
    (fun i => flow_correction lambda (difference_path u v i) (difference_path du dv i)).

(* psi'(theta_oo) - psi'(theta~_0) = a_+ + ln|W_+/w_+(0)| *)
Lemma mirror_difference_flow lambda c wp dwp wm dwm Wp Wm : 0 < lambda ->
  signed_flow lambda c wp dwp -> signed_flow lambda (fun t => - c t) wm dwm ->
  comes_to_rest wp dwp Wp -> comes_to_rest wm dwm Wm ->
  let a := flow_correction lambda wp dwp in let b := flow_correction lambda wm dwm in
  mirror (Rabs (Wp * Wm)) ((Wp ^ 2 - Wm ^ 2) / 4)
    - mirror (Rabs (Wp * Wm)) ((wp 0 ^ 2 * exp (-2 * a) - wm 0 ^ 2 * exp (-2 * b)) / 4)
  = a + ln (Rabs Wp) - ln (Rabs (wp 0)).
Proof.
  intros Hl Fp Fm Rp Rm a b.
  assert (E := log_balancedness_flow lambda c wp dwp wm dwm Wp Wm Hl Fp Fm Rp Rm).
  assert (B := balancedness_flow lambda c wp dwp wm dwm Wp Wm Hl Fp Fm Rp Rm).
  destruct Rp as (Ap & _ & Cp & _). destruct Rm as (Am & _ & Cm & _).
  specialize (Ap 0 (Rle_refl 0)). specialize (Am 0 (Rle_refl 0)).
  rewrite mirror_of_limit, B, mirror_of_start by auto.
  fold a b in E |- *. lra.
Qed.

(* lambda x_+' + x_+ + lambda int_0^T x_+'^2 - (lambda x_+' + x_+)(0) -> a_+ + ln|W_+/w_+(0)| *)
Lemma accumulated_limit lambda c w dw W : 0 < lambda -> signed_flow lambda c w dw -> comes_to_rest w dw W ->
  ex_finite_lim (rate_integral w dw) p_infty ->
  is_lim (fun T => momentum_log lambda w dw T - momentum_log lambda w dw 0 + lambda * rate_integral w dw T) p_infty
    (flow_correction lambda w dw + ln (Rabs W) - ln (Rabs (w 0))).
Proof.
  intros Hl F R [I HI].
  replace (flow_correction lambda w dw + ln (Rabs W) - ln (Rabs (w 0)))
    with (ln (Rabs W) - momentum_log lambda w dw 0 + lambda * I).
  - apply is_lim_plus'; [apply is_lim_minus'; [|apply is_lim_const]|].
    + exact (momentum_log_limit lambda w dw W R).
    + exact (is_lim_scal_l _ lambda p_infty (Finite I) HI).
  - unfold flow_correction, momentum_log. rewrite (is_lim_unique _ _ _ HI). simpl real. ring.
Qed.

Lemma total_integral d (q : nat -> R -> R) T :
  (forall i, (i < d)%nat -> ex_RInt (q i) 0 T) ->
  is_RInt (fun t => total d (fun i => q i t)) 0 T (total d (fun i => RInt (q i) 0 T)).
Proof.
  induction d as [|d IH]; intros E; simpl.
  - apply (is_RInt_ext (fun _ => 0)); [reflexivity|].
    assert (Z := @is_RInt_const R_NormedModule 0 T 0). unfold scal in Z; simpl in Z; unfold mult in Z; simpl in Z.
    now rewrite Rmult_0_r in Z.
  - apply (is_RInt_plus (V := R_NormedModule)); [apply IH; auto|].
    apply (RInt_correct (V := R_CompleteNormedModule)), E. lia.
Qed.

Lemma total_continuous d (q : nat -> R -> R) t : (forall i, (i < d)%nat -> continuous (q i) t) ->
  continuous (fun r => total d (fun i => q i r)) t.
Proof.
  induction d as [|d IH]; intros C; simpl; [apply continuous_const|].
  apply (continuous_plus (V := R_NormedModule)); [apply IH; auto|apply C; lia].
Qed.

Section Limit.
Variables (d n : nat) (X : nat -> vector) (y s : vector) (lambda : R) (u v du dv : nat -> R -> R).
Variables (Wp Wm : vector).
Hypothesis lambda_positive : 0 < lambda.
Hypothesis flow : network_flow d n X y s lambda u v du dv.
Let wp i := sum_path u v i.
Let dwp i := sum_path du dv i.
Let wm i := difference_path u v i.
Let dwm i := difference_path du dv i.
Hypothesis rest_plus : forall i, (i < d)%nat -> comes_to_rest (wp i) (dwp i) (Wp i).
Hypothesis rest_minus : forall i, (i < d)%nat -> comes_to_rest (wm i) (dwm i) (Wm i).

Let start := flow_start lambda u v du dv.
Let theta := network_theta Wp Wm.
Let Delta := balance Wp Wm.
Let m i := mirror (Delta i) (theta i) - mirror (Delta i) (start i).
Let accumulated i T :=
  momentum_log lambda (wp i) (dwp i) T - momentum_log lambda (wp i) (dwp i) 0
    + lambda * rate_integral (wp i) (dwp i) T.

Lemma accumulated_to_mirror i : (i < d)%nat -> is_lim (accumulated i) p_infty (m i).
Proof.
  intros Hi. destruct (flow_signs d n X y s lambda u v du dv i lambda_positive flow Hi) as [Fp Fm].
  assert (Rp := rest_plus i Hi). assert (Rm := rest_minus i Hi).
  destruct (b4_balancedness d n X y s lambda u v du dv i _ _ lambda_positive flow Hi Rp Rm) as (Ep & _).
  unfold m, theta, Delta, start.
  assert (M := mirror_difference_flow lambda _ _ _ _ _ _ _ lambda_positive Fp Fm Rp Rm).
  cbv zeta in M. unfold balance, network_theta, flow_start, shifted_start. unfold wp, dwp, wm, dwm in *.
  rewrite M. exact (accumulated_limit lambda _ _ _ _ lambda_positive Fp Rp Ep).
Qed.

Lemma flow_plus i : (i < d)%nat ->
  signed_flow lambda (fun t => - flow_gradient d n X y s u v i t) (wp i) (dwp i).
Proof. intros Hi. apply (flow_signs d n X y s lambda u v du dv i lambda_positive flow Hi). Qed.

Section Direction.
Variable delta : vector.
Hypothesis in_kernel : forall r, (r < n)%nat -> inner d (X r) delta = 0.

Let q i t := delta i * rate (wp i) (dwp i) t ^ 2.
Let f t := total d (fun i => delta i * momentum_log lambda (wp i) (dwp i) t).

Lemma q_continuous i t : (i < d)%nat -> 0 <= t -> continuous (q i) t.
Proof.
  intros Hi Ht. apply (@continuous_scal_r R_UniformSpace R_AbsRing R_NormedModule).
  exact (squared_rate_continuous lambda _ _ _ _ lambda_positive (flow_plus i Hi) (rest_plus i Hi) t Ht).
Qed.

(* sum_i delta_i (lambda x_+' + x_+)_i' = -lambda sum_i delta_i x_+,i'^2, since sum_i delta_i g_i = 0 *)
Lemma weighted_log_derive t : 0 <= t -> is_derive f t (- lambda * total d (fun i => q i t)).
Proof.
  intros Ht. set (df := fun i => delta i * (- flow_gradient d n X y s u v i t - lambda * rate (wp i) (dwp i) t ^ 2)).
  apply derive_eq with (total d df).
  - apply (total_derive d (fun i r => delta i * momentum_log lambda (wp i) (dwp i) r) df).
    intros i Hi. apply derive_scal.
    exact (momentum_log_derive lambda _ _ _ _ lambda_positive (flow_plus i Hi) (rest_plus i Hi) t Ht).
  - assert (O := gradient_orthogonal d n X y s (theta_at u v t) delta in_kernel).
    rewrite <- total_scal, <- (Rminus_0_r (total d (fun i => - lambda * q i t))), <- O.
    unfold inner. rewrite <- total_minus.
    apply total_ext. intros i _. unfold df, q, flow_gradient. ring.
Qed.

Lemma weighted_log_identity T : 0 <= T -> f T - f 0 = - lambda * total d (fun i => RInt (q i) 0 T).
Proof.
  intros HT.
  rewrite (integral_identity lambda f (fun t => total d (fun i => q i t)) T HT).
  - f_equal. apply is_RInt_unique, total_integral. intros i Hi.
    apply (ex_RInt_continuous (V := R_CompleteNormedModule)). rewrite Rmin_left by exact HT.
    intros t [Ht _]. now apply q_continuous.
  - apply weighted_log_derive.
  - intros t Ht. apply total_continuous. intros i Hi. now apply q_continuous.
Qed.

Lemma accumulated_orthogonal T : 0 <= T -> total d (fun i => delta i * accumulated i T) = 0.
Proof.
  intros HT. assert (W := weighted_log_identity T HT). unfold f in W. rewrite <- total_minus in W.
  transitivity (total d (fun i => delta i * momentum_log lambda (wp i) (dwp i) T
    - delta i * momentum_log lambda (wp i) (dwp i) 0) + lambda * total d (fun i => RInt (q i) 0 T)); [|lra].
  rewrite <- total_scal, <- total_plus. apply total_ext. intros i Hi.
  assert (E : RInt (q i) 0 T = delta i * rate_integral (wp i) (dwp i) T).
  { apply (RInt_scal (V := R_CompleteNormedModule)).
    apply (squared_rate_integrable lambda _ _ _ _ lambda_positive (flow_plus i Hi) (rest_plus i Hi)). lra. }
  rewrite E. unfold accumulated. ring.
Qed.

(* X delta = 0: delta is orthogonal to psi'(theta_oo) - psi'(theta~_0) *)
Lemma flow_mirror_orthogonal : inner d m delta = 0.
Proof.
  assert (L : is_lim (fun T => total d (fun i => delta i * accumulated i T)) p_infty
    (total d (fun i => delta i * m i))).
  { apply (total_limit (Rbar_locally' p_infty) d (fun i T => delta i * accumulated i T) (fun i => delta i * m i)).
    intros i Hi. exact (is_lim_scal_l _ (delta i) p_infty (Finite (m i)) (accumulated_to_mirror i Hi)). }
  assert (Z : is_lim (fun T => total d (fun i => delta i * accumulated i T)) p_infty 0).
  { apply is_lim_ext_loc with (fun _ => 0); [|apply is_lim_const].
    exists 0. intros T HT. symmetry. apply accumulated_orthogonal. lra. }
  apply is_lim_unique in L. rewrite (is_lim_unique _ _ _ Z) in L. inversion L as [E].
  unfold inner. rewrite E. apply total_ext. intros. ring.
Qed.
End Direction.

(* The limit, if it interpolates, is the only minimiser of D_psi(., theta~_0) among the interpolators. *)
Theorem b5_minimiser : interpolates d n X y theta ->
  only_minimiser d (interpolates d n X y) (fun t => bregman d Delta t start) theta.
Proof.
  intros I. apply stationary_is_only_minimiser; [|exact I|].
  - intros i Hi. destruct (rest_plus i Hi) as (_ & _ & P & _). destruct (rest_minus i Hi) as (_ & _ & M & _).
    apply Rabs_pos_lt. now apply Rmult_integral_contrapositive_currified.
  - intros t It. apply flow_mirror_orthogonal. intros r Hr.
    rewrite inner_difference, (It r Hr), (I r Hr). ring.
Qed.

(* theta = (w_+^2 - w_-^2)/4 along the path *)
Lemma flow_theta_converges i : (i < d)%nat -> is_lim (fun t => theta_at u v t i) p_infty (theta i).
Proof.
  intros Hi. destruct (rest_plus i Hi) as (_ & P & _). destruct (rest_minus i Hi) as (_ & M & _).
  apply is_lim_ext with (fun t => / 4 * (wp i t * wp i t - wm i t * wm i t)).
  { intros t. rewrite theta_of_paths. unfold wp, wm. field. }
  replace (theta i) with (/ 4 * (Wp i * Wp i - Wm i * Wm i)) by (unfold theta, network_theta; field).
  apply (is_lim_scal_l _ (/ 4) p_infty (Finite _)), is_lim_minus'.
  - exact (is_lim_mult _ _ _ _ _ P P I).
  - exact (is_lim_mult _ _ _ _ _ M M I).
Qed.
End Limit.
