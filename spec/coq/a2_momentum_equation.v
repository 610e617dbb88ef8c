(* A2, any initial velocity: momentum follows the momentum equation h alpha w'' + (1 - lam) w' = f(w), w(0) = u_0,
   w'(0) = kappa f(u_0), to O(h):

     |u_n - w(nh)| <= h [C(T) + alpha lb (V + |kappa f(u_0)|) e^{lb L T}],   V = max(|kappa f(u_0)|, lb B0),

   C(T) of A1, lb = 1/(1 - lam). P = w + h alpha lb w' solves P' = lb f(w), and |w'| <= V since w' relaxes to lb f. With
   -nu <= H <= L and h lb L <= 2: C(T) for nu, and e^{lb nu T} |kappa f(u_0)| + V (1 + L (e^{lb nu T} - 1)/nu). *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall barrier rescaled_flow momentum_state momentum_method.
From HeavyProof Require Import inner_product curvature a1_rescaled_flow a1_symmetric.
Open Scope R_scope.

Definition momentum_equation {V : NormedModule R_AbsRing} (f : V -> V) (lam alpha h kappa T : R) (w dw : R -> V) :=
  dw 0 = scal kappa (f (w 0)) /\
  (forall t, 0 <= t <= T -> continuous w t /\ continuous dw t) /\
  (forall t, 0 < t < T -> is_derive w t (dw t) /\
    is_derive dw t (scal (/ (h * alpha)) (minus (f (w t)) (scal (1 - lam) (dw t))))).

(* w + h alpha lb w' *)
Definition shifted {V : NormedModule R_AbsRing} (lam alpha h : R) (w dw : R -> V) (t : R) : V :=
  plus (w t) (scal (h * alpha * / (1 - lam)) (dw t)).

(* V, for F0 = |f(u_0)| *)
Definition largest_velocity (lam kappa F0 B0 : R) : R := Rmax (Rabs kappa * F0) (/ (1 - lam) * B0).

Lemma derive_scaled {V : NormedModule R_AbsRing} (x : R -> V) (k t : R) (l : V) :
  is_derive x t l -> is_derive (fun t => scal k (x t)) t (scal k l).
Proof.
  intros Dx. assert (E := filterdiff_comp' x _ t _ _ Dx (filterdiff_scal_r k Rmult_comm)).
  apply (filterdiff_ext_lin _ _ _ E). intros s. rewrite <- !scal_real_mult. f_equal. apply Rmult_comm.
Qed.

Section Equation.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam alpha h kappa T : R) (w dw ubar : R -> V).
Hypothesis lam_range : 0 <= lam < 1.
Hypothesis h_positive : 0 < h.
Hypothesis alpha_positive : 0 < alpha.
Hypothesis L_nonneg : 0 <= L.
Hypothesis f_bounded : bounded_on D B0 f.
Hypothesis flow : rescaled_flow f lam T ubar.
Hypothesis equation : momentum_equation f lam alpha h kappa T w dw.
Hypothesis equation_in_D : forall t, 0 <= t <= T -> D (w t).
Hypothesis start : w 0 = ubar 0.

Let lb := / (1 - lam).
Let k := h * alpha * lb.
Let P := shifted lam alpha h w dw.
Let F0 := norm (f (w 0)).
Let W := largest_velocity lam kappa F0 B0.

Lemma lag_positive : 0 < k.
Proof. apply Rmult_lt_0_compat; [now apply Rmult_lt_0_compat|]. now apply lambda_bar_pos. Qed.

Lemma largest_velocity_above : norm (dw 0) <= W /\ lb * B0 <= W /\ 0 <= W.
Proof.
  assert (S : norm (dw 0) <= Rabs kappa * F0) by (rewrite (proj1 equation); apply norm_scaled).
  assert (M1 := Rmax_l (Rabs kappa * F0) (lb * B0)). assert (M2 := Rmax_r (Rabs kappa * F0) (lb * B0)).
  assert (N := norm_nonneg (dw 0)). unfold W, largest_velocity. fold lb. repeat split; norms.
Qed.

(* |w' + s w''| = |(1 - s/k) w' + (s/k) lb f(w)| <= (1 - s/k)|w'| + (s/k) V *)
Lemma velocity_euler_step t s : 0 <= t <= T -> 0 <= s <= k ->
  norm (plus (dw t) (scal s (scal (/ (h * alpha)) (minus (f (w t)) (scal (1 - lam) (dw t))))))
    <= (1 - s / k) * norm (dw t) + s / k * W.
Proof.
  intros Ht Hs. assert (K := lag_positive). assert (PL := lambda_bar_pos lam lam_range). fold lb in PL.
  assert (q : 0 <= s / k <= 1).
  { split; [apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]|]. apply Rmult_le_reg_r with k; [exact K|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  replace (plus _ _) with (plus (scal (1 - s / k) (dw t)) (scal (s / k) (scal lb (f (w t))))).
  - eapply Rle_trans; [apply norm_plus|]. apply Rplus_le_compat; [apply norm_scaled_pos; lra|].
    eapply Rle_trans; [apply norm_scaled_pos; lra|]. apply Rmult_le_compat_l; [lra|].
    eapply Rle_trans; [apply norm_scaled_pos; lra|]. apply Rle_trans with (lb * B0); [|apply largest_velocity_above].
    apply Rmult_le_compat_l; [lra|]. now apply f_bounded, equation_in_D.
  - unfold k, lb. linear.
Qed.

(* |w'| <= V *)
Lemma velocity_below t : 0 <= t <= T -> norm (dw t) <= W.
Proof.
  intros Ht. assert (K := lag_positive). destruct largest_velocity_above as (S & _ & W0).
  apply Rnot_lt_le. intros gap. set (e := (norm (dw t) - W) / 2). assert (He : 0 < e) by (unfold e; lra).
  cut (norm (dw t) <= W + e); [unfold e; lra|]. destruct equation as (_ & C & E).
  apply (barrier dw (fun t => scal (/ (h * alpha)) (minus (f (w t)) (scal (1 - lam) (dw t)))) (fun _ => W + e) 0 t);
    [lra| | | |lra|].
  - intros s Hs. apply C. lra.
  - intros s _. apply continuous_const.
  - intros s Hs. apply E. lra.
  - intros m Hm Below. exists (e / k), k. repeat split; [now apply Rdiv_lt_0_compat|exact K|].
    intros s Hs. assert (Step := velocity_euler_step m s ltac:(lra) ltac:(lra)).
    assert (q : 0 <= 1 - s / k).
    { cut (s / k <= 1); [lra|]. apply Rmult_le_reg_r with k; [exact K|]. unfold Rdiv.
      rewrite Rmult_assoc, Rinv_l; lra. }
    apply Rmult_le_compat_l with (1 := q) in Below. replace (e / k * s) with (s / k * e) by (field; lra). norms.
Qed.

(* |w - P| <= h alpha lb V *)
Lemma equation_near_shifted t : 0 <= t <= T -> norm (minus (w t) (P t)) <= k * W.
Proof.
  intros Ht. assert (K := lag_positive). unfold P, shifted. fold lb k.
  replace (minus _ _) with (scal (- k) (dw t)) by linear.
  eapply Rle_trans; [apply norm_scaled|]. rewrite Rabs_Ropp, Rabs_pos_eq by lra.
  apply Rmult_le_compat_l; [lra|]. now apply velocity_below.
Qed.

Lemma shifted_derivative t : 0 < t < T -> is_derive P t (scal lb (f (w t))).
Proof.
  intros Ht. destruct equation as (_ & _ & E). destruct (E t Ht) as [Dw Ddw].
  assert (S : plus (dw t) (scal k (scal (/ (h * alpha)) (minus (f (w t)) (scal (1 - lam) (dw t)))))
    = scal lb (f (w t))) by (unfold k, lb; linear).
  apply (fun D => eq_rect _ (is_derive P t) D _ S). unfold P, shifted. fold lb k.
  apply @is_derive_plus; [exact Dw|]. now apply derive_scaled.
Qed.

Lemma shifted_continuous t : 0 <= t <= T -> continuous P t.
Proof.
  intros Ht. destruct equation as (_ & C & _). destruct (C t Ht) as [Cw Cdw].
  apply @continuous_plus; [exact Cw|]. now apply @continuous_scal_r.
Qed.

(* Euler's step of the flow, displaced from P to w, separates two points by at most the factor 1 + c g *)
Variables (g c0 : R).
Hypothesis g_nonneg : 0 <= g.
Hypothesis c0_positive : 0 < c0.
Hypothesis amplification : forall t c, 0 < t < T -> 0 < c <= c0 ->
  norm (minus (plus (P t) (scal c (f (w t)))) (plus (ubar t) (scal c (f (ubar t)))))
    <= (1 + c * g) * norm (minus (P t) (ubar t)) + c * L * norm (minus (w t) (P t)).

(* |P - ubar| <= h alpha lb [e^{lb g t} |kappa f(u_0)| + V lb L grown(lb g, t)] *)
Lemma shifted_near_flow t : 0 <= t <= T ->
  norm (minus (P t) (ubar t)) <= exp (lb * g * t) * (k * (Rabs kappa * F0)) + lb * L * (k * W) * grown (lb * g) t.
Proof.
  intros Ht. assert (K := lag_positive). assert (PL := lambda_bar_pos lam lam_range). fold lb in PL.
  destruct largest_velocity_above as (_ & _ & W0).
  eapply Rle_trans; [apply (continuous_gronwall (fun t => minus (P t) (ubar t))
    (fun t => minus (scal lb (f (w t))) (scal lb (f (ubar t)))) (lb * g) (lb * L * (k * W)) T)|].
  - apply Rmult_le_pos; lra.
  - repeat apply Rmult_le_pos; lra.
  - intros s Hs. apply @continuous_minus; [now apply shifted_continuous|now apply flow].
  - intros s Hs. apply @is_derive_minus; [now apply shifted_derivative|now apply flow].
  - intros s Hs. exists (c0 / lb). split; [now apply Rdiv_lt_0_compat|]. intros q Hq.
    assert (Hc : 0 < q * lb <= c0).
    { split; [apply Rmult_lt_0_compat; lra|]. replace c0 with (c0 / lb * lb) by (field; lra).
      apply Rmult_le_compat_r; lra. }
    assert (A := amplification s (q * lb) Hs Hc). assert (N := equation_near_shifted s ltac:(lra)).
    replace (plus _ _) with (minus (plus (P s) (scal (q * lb) (f (w s)))) (plus (ubar s) (scal (q * lb) (f (ubar s)))))
      by linear.
    apply Rmult_le_compat_l with (r := q * lb * L) in N; [|apply Rmult_le_pos; lra]. norms.
  - exact Ht.
  - apply Rplus_le_compat_r, Rmult_le_compat_l; [left; apply exp_pos|].
    replace (minus (P 0) (ubar 0)) with (scal k (dw 0)) by (unfold P, shifted; fold lb k; rewrite start; linear).
    eapply Rle_trans; [apply norm_scaled_pos; lra|]. apply Rmult_le_compat_l; [lra|].
    rewrite (proj1 equation). apply norm_scaled.
Qed.

(* |w - ubar| <= h alpha lb [V + e^{lb g T} |kappa f(u_0)| + V lb L grown(lb g, T)] *)
Lemma equation_near_flow t : 0 <= t <= T ->
  norm (minus (ubar t) (w t))
    <= alpha * lb * (W + Rabs kappa * F0 * exp (lb * g * T) + W * (lb * L * grown (lb * g) T)) * h.
Proof.
  intros Ht. assert (K := lag_positive). assert (PL := lambda_bar_pos lam lam_range). fold lb in PL.
  destruct largest_velocity_above as (_ & _ & W0). assert (G0 : 0 <= lb * g) by (apply Rmult_le_pos; lra).
  rewrite norm_minus_sym. eapply Rle_trans; [apply (norm_between (P t))|].
  assert (E1 := equation_near_shifted t Ht). assert (E2 := shifted_near_flow t Ht).
  assert (E3 : exp (lb * g * t) <= exp (lb * g * T)) by (apply exp_le, Rmult_le_compat_l; lra).
  assert (E4 := grown_monotone (lb * g) t T G0 (proj2 Ht)).
  apply Rmult_le_compat_r with (r := k * (Rabs kappa * F0)) in E3;
    [|apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply Rabs_pos|apply norm_nonneg]]].
  apply Rmult_le_compat_l with (r := lb * L * (k * W)) in E4; [|repeat apply Rmult_le_pos; lra].
  replace (_ * h) with (k * W + (exp (lb * g * T) * (k * (Rabs kappa * F0)) + lb * L * (k * W) * grown (lb * g) T))
    by (unfold k; ring). norms.
Qed.
End Equation.

(* F0 = |f(u_0)| *)
Definition A2_constant (lam a alpha kappa F0 L B0 T : R) : R :=
  let lb := / (1 - lam) in
  A1_constant lam a L B0 T + alpha * lb * (largest_velocity lam kappa F0 B0 + Rabs kappa * F0) * exp (lb * L * T).

Definition A2_symmetric_constant (lam a alpha kappa F0 L nu B0 T : R) : R :=
  let lb := / (1 - lam) in
  let V := largest_velocity lam kappa F0 B0 in
  A1_symmetric_constant lam a L nu B0 T
  + alpha * lb * (V + Rabs kappa * F0 * exp (lb * nu * T) + V * L * (exp (lb * nu * T) - 1) / nu).

Definition A2_convex_constant (lam a alpha kappa F0 L B0 T : R) : R :=
  let lb := / (1 - lam) in
  let V := largest_velocity lam kappa F0 B0 in
  A1_convex_constant lam a L B0 T + alpha * lb * (V + Rabs kappa * F0 + V * lb * L * T).

Section A2.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam a alpha h kappa T : R) (u : nat -> V) (ubar w dw : R -> V).
Let lb := / (1 - lam).
Let F0 := norm (f (ubar 0)).
Let W := largest_velocity lam kappa F0 B0.

(* |u_n - w| <= |u_n - ubar| + |ubar - w| *)
Lemma near_equation C g c0 :
  0 <= lam < 1 -> 0 < h -> 0 < alpha -> 0 <= L -> 0 <= g -> 0 < c0 -> bounded_on D B0 f -> rescaled_flow f lam T ubar ->
  momentum_equation f lam alpha h kappa T w dw -> (forall t, 0 <= t <= T -> D (w t)) -> w 0 = ubar 0 ->
  (forall t c, 0 < t < T -> 0 < c <= c0 -> let p := shifted lam alpha h w dw t in
    norm (minus (plus p (scal c (f (w t)))) (plus (ubar t) (scal c (f (ubar t)))))
      <= (1 + c * g) * norm (minus p (ubar t)) + c * L * norm (minus (w t) p)) ->
  (forall n, INR n * h <= T -> norm (minus (u n) (ubar (INR n * h))) <= C * h) ->
  forall n, INR n * h <= T -> norm (minus (u n) (w (INR n * h)))
    <= (C + alpha * lb * (W + Rabs kappa * F0 * exp (lb * g * T) + W * (lb * L * grown (lb * g) T))) * h.
Proof.
  intros Hlam Hh Ha HL Hg Hc Bound Flow Equation InD Start Amplification Near n Hn.
  eapply Rle_trans; [apply (norm_between (ubar (INR n * h)))|]. rewrite Rmult_plus_distr_r.
  apply Rplus_le_compat; [now apply Near|]. unfold W, F0. rewrite <- Start.
  apply (equation_near_flow f D L B0 lam alpha h kappa T w dw ubar Hlam Hh Ha HL Bound Flow Equation InD Start g c0 Hg
    Hc Amplification).
  split; [|exact Hn]. apply Rmult_le_pos; [apply pos_INR|lra].
Qed.

Theorem a2_theorem :
  0 <= lam < 1 -> 0 < h -> 0 < alpha -> 0 <= L ->
  lipschitz_on D L f -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_equation f lam alpha h kappa T w dw -> (forall t, 0 <= t <= T -> D (w t)) -> w 0 = ubar 0 ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> (forall n, INR (S n) * h <= T -> D (lookahead a u n)) ->
  forall n, INR n * h <= T -> norm (minus (u n) (w (INR n * h))) <= A2_constant lam a alpha kappa F0 L B0 T * h.
Proof.
  intros Hlam Hh Ha HL Lip Bound Flow FlowD Equation EquationD Start Method First Points n Hn.
  replace (A2_constant lam a alpha kappa F0 L B0 T) with (A1_constant lam a L B0 T
    + alpha * lb * (W + Rabs kappa * F0 * exp (lb * L * T) + W * (lb * L * grown (lb * L) T))).
  - apply (near_equation _ L 1); try assumption; [lra| |].
    + intros t c Ht Hc p. apply (lipschitz_amplification f D); try assumption; [lra| |].
      * apply EquationD. lra.
      * apply FlowD. lra.
    + now apply (a1_theorem f D).
  - rewrite grown_scaled. unfold A2_constant. fold lb W. ring.
Qed.

Section Curvature.
Variable dot : V -> V -> R.
Hypothesis inner : inner_product dot.

(* nu = 0 included: grown(lb nu, T) *)
Lemma near_equation_of_curvature (nu : R) (df : V -> V -> V) :
  0 <= lam < 1 -> 0 < h -> 0 < alpha -> 0 <= nu <= L -> h * / (1 - lam) * L <= 2 ->
  convex D -> symmetric_derivative dot D nu L f df -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_equation f lam alpha h kappa T w dw ->
  (forall t, 0 <= t <= T -> D (w t) /\ D (shifted lam alpha h w dw t)) -> w 0 = ubar 0 ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (w (INR n * h)))
    <= (A1_curvature_constant lam a L nu B0 T
        + alpha * lb * (W + Rabs kappa * F0 * exp (lb * nu * T) + W * (lb * L * grown (lb * nu) T))) * h.
Proof.
  intros Hlam Hh Ha Hnu Hs Convex Derivative Bound Flow FlowD Equation EquationD Start Method First Points.
  assert (Curvature := curvature_of_derivative dot D f nu L inner (proj1 Hnu) df ltac:(lra) Derivative Convex).
  assert (Q : 0 < / (L + 1)) by (apply Rinv_0_lt_compat; lra).
  apply (near_equation _ nu (/ (L + 1))); try assumption; try lra.
  - intros t Ht. now apply EquationD.
  - intros t c Ht Hc p. destruct (EquationD t ltac:(lra)) as [Dw Dp].
    apply (expanding_amplification f D); try assumption; [| |lra|apply FlowD; lra].
    + apply (euler_step_expands dot D f nu L inner (proj1 Hnu) Curvature); [lra|lra|].
      assert (B : c * (L + 1) <= / (L + 1) * (L + 1)) by (apply Rmult_le_compat_r; lra).
      rewrite Rinv_l in B by lra. nra.
    + now apply (curvature_lipschitz dot D f nu L inner (proj1 Hnu) Curvature).
  - now apply (a1_curvature_theorem f D L B0 lam a h T u ubar dot inner nu).
Qed.

Theorem a2_symmetric_theorem (nu : R) (df : V -> V -> V) :
  0 <= lam < 1 -> 0 < h -> 0 < alpha -> 0 < nu <= L -> h * / (1 - lam) * L <= 2 ->
  convex D -> symmetric_derivative dot D nu L f df -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_equation f lam alpha h kappa T w dw ->
  (forall t, 0 <= t <= T -> D (w t) /\ D (shifted lam alpha h w dw t)) -> w 0 = ubar 0 ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (w (INR n * h)))
    <= A2_symmetric_constant lam a alpha kappa F0 L nu B0 T * h.
Proof.
  intros Hlam Hh Ha Hnu. intros. assert (PL := lambda_bar_pos lam Hlam).
  replace (A2_symmetric_constant lam a alpha kappa F0 L nu B0 T) with (A1_curvature_constant lam a L nu B0 T
    + alpha * lb * (W + Rabs kappa * F0 * exp (lb * nu * T) + W * (lb * L * grown (lb * nu) T))).
  - apply (near_equation_of_curvature nu df); try assumption. lra.
  - rewrite curvature_constant_positive by (assumption || apply Hnu). unfold A2_symmetric_constant. fold lb W.
    rewrite <- grown_scaled. fold lb in PL. field. lra.
Qed.

Theorem a2_convex_theorem (df : V -> V -> V) :
  0 <= lam < 1 -> 0 < h -> 0 < alpha -> 0 <= L -> h * / (1 - lam) * L <= 2 ->
  convex D -> symmetric_derivative dot D 0 L f df -> bounded_on D B0 f ->
  rescaled_flow f lam T ubar -> (forall t, 0 <= t <= T -> D (ubar t)) ->
  momentum_equation f lam alpha h kappa T w dw ->
  (forall t, 0 <= t <= T -> D (w t) /\ D (shifted lam alpha h w dw t)) -> w 0 = ubar 0 ->
  momentum_sequence f lam a h u -> u O = ubar 0 -> points_in D lam a h T u ->
  forall n, INR n * h <= T -> norm (minus (u n) (w (INR n * h)))
    <= A2_convex_constant lam a alpha kappa F0 L B0 T * h.
Proof.
  intros Hlam Hh Ha HL. intros.
  replace (A2_convex_constant lam a alpha kappa F0 L B0 T) with (A1_curvature_constant lam a L 0 B0 T
    + alpha * lb * (W + Rabs kappa * F0 * exp (lb * 0 * T) + W * (lb * L * grown (lb * 0) T))).
  - apply (near_equation_of_curvature 0 df); try assumption. lra.
  - rewrite curvature_constant_0. unfold A2_convex_constant, grown. fold lb W. rewrite Rmult_0_r, Rmult_0_l, exp_0.
    destruct (Req_EM_T 0 0) as [_|ne]; [ring|now contradict ne].
Qed.
End Curvature.
End A2.
