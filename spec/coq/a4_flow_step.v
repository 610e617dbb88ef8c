(* A4: one step of length h along the flow of the modified loss, U' = lb (f - h c f'f)(U), agrees with
   x -> x + h lb f(x) + h^2 (lb^2/2 - lb c) f'f(x) to O(h^3), and a sequence that makes this step up to h^3 r stays
   within O(h^2) of the flow. f' = D is a bounded linear map at each point, |D| <= L, and B2-Lipschitz. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed gronwall mean_value rescaled_flow.
Open Scope R_scope.

Section Step.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> V -> V) (L B0 B2 lb c h T : R) (U : R -> V).
Hypothesis L_nonneg : 0 <= L.
Hypothesis B2_nonneg : 0 <= B2.
Hypothesis lb_nonneg : 0 <= lb.
Hypothesis c_nonneg : 0 <= c.
Hypothesis h_positive : 0 < h.
Hypothesis f_bounded : forall x, norm (f x) <= B0.
Hypothesis D_plus : forall p d e, D p (plus d e) = plus (D p d) (D p e).
Hypothesis D_scal : forall p r d, D p (scal r d) = scal r (D p d).
Hypothesis D_bounded : forall p d, norm (D p d) <= L * norm d.
Hypothesis D_lipschitz : forall p r d, norm (minus (D p d) (D r d)) <= B2 * norm (minus p r) * norm d.
Hypothesis taylor : forall p d, norm (minus (minus (f (plus p d)) (f p)) (D p d)) <= B2 / 2 * norm d ^ 2.
Hypothesis f_lipschitz : forall x y, norm (minus (f x) (f y)) <= L * norm (minus x y).

Let g (x : V) : V := D x (f x).
Let F (x : V) : V := scal lb (minus (f x) (scal (h * c) (g x))).
Hypothesis flow : is_flow F T U.

(* |F| <= S, the Lipschitz constant M of f'f *)
Let S := lb * (B0 + h * c * (L * B0)).
Let M := L ^ 2 + B2 * B0.

Lemma B0_nonneg : 0 <= B0.
Proof. exact (Rle_trans _ _ _ (norm_nonneg (f (U 0))) (f_bounded (U 0))). Qed.

Lemma hc_nonneg : 0 <= h * c.
Proof. apply Rmult_le_pos; lra. Qed.

Lemma second_bounded x : norm (g x) <= L * B0.
Proof. eapply Rle_trans; [apply D_bounded|]. apply Rmult_le_compat_l; [exact L_nonneg|apply f_bounded]. Qed.

Lemma M_nonneg : 0 <= M.
Proof. assert (P := B0_nonneg). apply Rplus_le_le_0_compat; [apply pow2_ge_0|now apply Rmult_le_pos]. Qed.

Lemma S_nonneg : 0 <= S.
Proof.
  assert (P := B0_nonneg). assert (Q := hc_nonneg). apply Rmult_le_pos; [exact lb_nonneg|].
  assert (0 <= h * c * (L * B0)) by (repeat apply Rmult_le_pos; lra). lra.
Qed.

(* D x f(x) - D y f(y) = (D x - D y) f(x) + D y (f(x) - f(y)) *)
Lemma second_lipschitz x y : norm (minus (g x) (g y)) <= M * norm (minus x y).
Proof.
  unfold g. replace (minus (D x (f x)) (D y (f y)))
    with (plus (minus (D x (f x)) (D y (f x))) (D y (minus (f x) (f y)))).
  - assert (N := norm_nonneg (minus x y)). eapply Rle_trans; [apply norm_plus|].
    assert (E1 := D_lipschitz x y (f x)). assert (E2 := D_bounded y (minus (f x) (f y))).
    assert (E3 := f_lipschitz x y). assert (E4 := f_bounded x).
    apply Rmult_le_compat_l with (r := L) in E3; [|exact L_nonneg].
    apply Rmult_le_compat_l with (r := B2 * norm (minus x y)) in E4; [|now apply Rmult_le_pos].
    unfold M. norms.
  - replace (minus (f x) (f y)) with (plus (f x) (scal (-1) (f y))) by linear. rewrite D_plus, D_scal. linear.
Qed.

Lemma field_bounded x : norm (F x) <= S.
Proof.
  unfold F, S. eapply Rle_trans; [now apply norm_scaled_pos|]. apply Rmult_le_compat_l; [exact lb_nonneg|].
  eapply Rle_trans; [apply norm_minus|]. apply Rplus_le_compat; [apply f_bounded|].
  eapply Rle_trans; [apply norm_scaled_pos, hc_nonneg|].
  apply Rmult_le_compat_l; [exact hc_nonneg|apply second_bounded].
Qed.

(* |U(t) - U(s)| <= S (t - s) *)
Lemma speed s t : 0 <= s -> s <= t -> t <= T -> norm (minus (U t) (U s)) <= S * (t - s).
Proof.
  intros Hs Hst Ht. replace (S * (t - s)) with (S * (t - s) - S * (s - s)) by ring.
  apply (mean_value_inequality U (fun r => F (U r)) (fun t => S * (t - s)) (fun _ => S)); [exact Hst| | | | |];
    intros r Hr.
  - apply flow. lra.
  - eapply derive_continuous, derive_line.
  - apply flow. lra.
  - apply derive_line.
  - apply field_bounded.
Qed.
(* |U(t) - U(s) - (t - s) lb f(U(s))| <= lb L S (t - s)^2/2 + lb h c L B0 (t - s) *)
Lemma first_order s t : 0 <= s -> s <= t -> t <= T ->
  norm (minus (minus (U t) (U s)) (scal (t - s) (scal lb (f (U s)))))
    <= lb * L * S * (t - s) ^ 2 / 2 + lb * (h * c) * (L * B0) * (t - s).
Proof.
  intros Hs Hst Ht. set (x := U s). set (v := scal lb (f x)). set (K := lb * L * S).
  set (K0 := lb * (h * c) * (L * B0)).
  replace (minus (minus (U t) x) (scal (t - s) v))
    with (minus (minus (U t) (scal (t - s) v)) (minus (U s) (scal (s - s) v))) by (unfold x; linear).
  replace (K * (t - s) ^ 2 / 2 + K0 * (t - s))
    with (K * (t - s) ^ 2 / 2 + K0 * (t - s) - (K * (s - s) ^ 2 / 2 + K0 * (s - s))) by field.
  apply (mean_value_inequality (fun r => minus (U r) (scal (r - s) v)) (fun r => minus (F (U r)) v)
    (fun r => K * (r - s) ^ 2 / 2 + K0 * (r - s)) (fun r => K * (r - s) + K0)); [exact Hst| | | | |]; intros r Hr.
  - apply continuous_minus_line, flow. lra.
  - apply (ex_derive_continuous (fun r : R => K * (r - s) ^ 2 / 2 + K0 * (r - s))). auto_derive. auto.
  - apply derive_minus_line, flow. lra.
  - auto_derive; [auto|field].
  - unfold F, v. replace (minus _ _) with (minus (scal lb (minus (f (U r)) (f x))) (scal lb (scal (h * c) (g (U r)))))
      by linear.
    eapply Rle_trans; [apply norm_minus|]. unfold K, K0. rewrite (Rmult_assoc lb L), !(Rmult_assoc lb).
    apply Rplus_le_compat; (eapply Rle_trans; [now apply norm_scaled_pos|]);
      (apply Rmult_le_compat_l; [exact lb_nonneg|]).
    + eapply Rle_trans; [apply f_lipschitz|]. rewrite Rmult_assoc. apply Rmult_le_compat_l; [exact L_nonneg|].
      apply speed; lra.
    + eapply Rle_trans; [apply norm_scaled_pos, hc_nonneg|].
      apply Rmult_le_compat_l; [exact hc_nonneg|apply second_bounded].
Qed.

(* F(y) - F(x) - q lb^2 f'f(x)
   = lb [f(y) - f(x) - D x (y - x)] + lb D x (y - x - q lb f(x)) - lb h c (f'f(y) - f'f(x)) *)
Lemma field_increment x y q :
  norm (minus (minus (F y) (F x)) (scal q (scal (lb ^ 2) (g x))))
    <= lb * (B2 / 2 * norm (minus y x) ^ 2) + lb * (L * norm (minus (minus y x) (scal q (scal lb (f x)))))
       + lb * (h * c * (M * norm (minus y x))).
Proof.
  assert (Z : D x (minus (minus y x) (scal q (scal lb (f x)))) = minus (D x (minus y x)) (scal q (scal lb (g x)))).
  { replace (minus (minus y x) (scal q (scal lb (f x)))) with (plus (minus y x) (scal (- (q * lb)) (f x))) by linear.
    rewrite D_plus, D_scal. unfold g. linear. }
  assert (Y := taylor x (minus y x)). replace (plus x (minus y x)) with y in Y by linear.
  assert (E := D_bounded x (minus (minus y x) (scal q (scal lb (f x))))). rewrite Z in E.
  assert (G := second_lipschitz y x). apply Rmult_le_compat_l with (1 := hc_nonneg) in G.
  set (a1 := minus (minus (f y) (f x)) (D x (minus y x))) in *.
  set (a2 := minus (D x (minus y x)) (scal q (scal lb (g x)))) in *.
  replace (minus _ _) with (plus (plus (scal lb a1) (scal lb a2)) (scal lb (scal (- (h * c)) (minus (g y) (g x)))))
    by (unfold F, a1, a2; linear).
  eapply Rle_trans; [apply norm_plus|]. apply Rplus_le_compat.
  - eapply Rle_trans; [apply norm_plus|].
    apply Rplus_le_compat; (eapply Rle_trans; [now apply norm_scaled_pos|]);
      (apply Rmult_le_compat_l; [exact lb_nonneg|]); assumption.
  - eapply Rle_trans; [now apply norm_scaled_pos|]. apply Rmult_le_compat_l; [exact lb_nonneg|].
    eapply Rle_trans; [apply norm_scaled|]. rewrite Rabs_Ropp, (Rabs_pos_eq _ hc_nonneg). exact G.
Qed.
(* its integrals: |U(t) - U(s) - (t - s) F(U(s)) - (t - s)^2/2 lb^2 f'f(U(s))| <= P (t - s)^3/3 + Q (t - s)^2/2 *)
Let P := lb * B2 * S ^ 2 / 2 + lb * L * (lb * L * S) / 2.
Let Q := lb * L * (lb * (h * c) * (L * B0)) + lb * (h * c) * M * S.

Lemma field_increment_along s t : 0 <= s -> s <= t -> t <= T ->
  norm (minus (minus (F (U t)) (F (U s))) (scal (t - s) (scal (lb ^ 2) (g (U s)))))
    <= P * (t - s) ^ 2 + Q * (t - s).
Proof.
  intros Hs Hst Ht. eapply Rle_trans; [apply field_increment|].
  assert (Sp := speed s t Hs Hst Ht). assert (Fo := first_order s t Hs Hst Ht).
  assert (N := norm_nonneg (minus (U t) (U s))).
  assert (Sq : norm (minus (U t) (U s)) ^ 2 <= (S * (t - s)) ^ 2) by (apply pow_incr; now split).
  apply Rmult_le_compat_l with (r := lb * (B2 / 2)) in Sq; [|apply Rmult_le_pos; lra].
  apply Rmult_le_compat_l with (r := lb * L) in Fo; [|now apply Rmult_le_pos].
  apply Rmult_le_compat_l with (r := lb * (h * c * M)) in Sp;
    [|apply Rmult_le_pos; [exact lb_nonneg|apply Rmult_le_pos; [exact hc_nonneg|exact M_nonneg]]].
  unfold P, Q. norms.
Qed.

Lemma derive_parabola_vector (e : V) s t : is_derive (fun t => scal ((t - s) ^ 2 / 2) e) t (scal (t - s) e).
Proof. apply (is_derive_scal_l (fun t => (t - s) ^ 2 / 2)). auto_derive; [auto|field]. Qed.

Lemma second_order s t : 0 <= s -> s <= t -> t <= T ->
  norm (minus (minus (minus (U t) (U s)) (scal (t - s) (F (U s)))) (scal ((t - s) ^ 2 / 2) (scal (lb ^ 2) (g (U s)))))
    <= P * (t - s) ^ 3 / 3 + Q * (t - s) ^ 2 / 2.
Proof.
  intros Hs Hst Ht. set (v := F (U s)). set (e := scal (lb ^ 2) (g (U s))).
  set (w := fun r => minus (minus (U r) (scal (r - s) v)) (scal ((r - s) ^ 2 / 2) e)).
  set (phi := fun r : R => P * (r - s) ^ 3 / 3 + Q * (r - s) ^ 2 / 2).
  replace (minus _ _) with (minus (w t) (w s)) by (unfold w; linear).
  replace (P * (t - s) ^ 3 / 3 + Q * (t - s) ^ 2 / 2) with (phi t - phi s) by (unfold phi; field).
  apply (mean_value_inequality w (fun r => minus (minus (F (U r)) v) (scal (r - s) e)) phi
    (fun r => P * (r - s) ^ 2 + Q * (r - s))); [exact Hst| | | | |]; intros r Hr.
  - apply @continuous_minus; [apply continuous_minus_line, flow; lra|].
    apply @ex_derive_continuous. eexists. apply derive_parabola_vector.
  - apply (ex_derive_continuous phi). unfold phi. auto_derive. auto.
  - apply @is_derive_minus; [apply derive_minus_line, flow; lra|apply derive_parabola_vector].
  - unfold phi. auto_derive; [auto|field].
  - apply field_increment_along; lra.
Qed.

(* x -> x + h lb f(x) + h^2 (lb^2/2 - lb c) f'f(x) *)
Definition map_of_step (x : V) : V :=
  plus x (plus (scal (h * lb) (f x)) (scal (h ^ 2 * (lb ^ 2 / 2 - lb * c)) (D x (f x)))).

Definition flow_defect : R :=
  (lb * B2 * S ^ 2 / 2 + lb * L * (lb * L * S) / 2) / 3 + (lb * L * (lb * c * (L * B0)) + lb * c * M * S) / 2.

Lemma flow_step t : 0 <= t -> t + h <= T -> norm (minus (U (t + h)) (map_of_step (U t))) <= h ^ 3 * flow_defect.
Proof.
  intros Ht HT. assert (E := second_order t (t + h) Ht ltac:(lra) HT). replace (t + h - t) with h in E by ring.
  replace (h ^ 3 * flow_defect) with (P * h ^ 3 / 3 + Q * h ^ 2 / 2) by (unfold P, Q, flow_defect; field).
  replace (minus (U (t + h)) (map_of_step (U t))) with
    (minus (minus (minus (U (t + h)) (U t)) (scal h (F (U t)))) (scal (h ^ 2 / 2) (scal (lb ^ 2) (g (U t)))));
    [exact E|]. unfold map_of_step, F, g. linear.
Qed.

Definition step_rate : R := lb * L + h * Rabs (lb ^ 2 / 2 - lb * c) * M.

Lemma step_rate_nonneg : 0 <= step_rate.
Proof.
  apply Rplus_le_le_0_compat; [now apply Rmult_le_pos|]. apply Rmult_le_pos; [|exact M_nonneg].
  apply Rmult_le_pos; [lra|apply Rabs_pos].
Qed.

Lemma map_of_step_lipschitz x y :
  norm (minus (map_of_step x) (map_of_step y)) <= (1 + h * step_rate) * norm (minus x y).
Proof.
  unfold map_of_step. set (b := lb ^ 2 / 2 - lb * c).
  replace (minus _ _) with (plus (minus x y) (plus (scal (h * lb) (minus (f x) (f y)))
    (scal (h ^ 2 * b) (minus (g x) (g y))))) by (unfold g; linear).
  assert (E1 := f_lipschitz x y). assert (E2 := second_lipschitz x y).
  assert (H1 : 0 <= h * lb) by (apply Rmult_le_pos; lra). assert (H2 := pow2_ge_0 h).
  assert (H3 : 0 <= h ^ 2 * Rabs b) by (apply Rmult_le_pos; [lra|apply Rabs_pos]).
  apply Rmult_le_compat_l with (1 := H1) in E1. apply Rmult_le_compat_l with (1 := H3) in E2.
  eapply Rle_trans; [apply norm_plus|]. eapply Rle_trans; [apply Rplus_le_compat_l, norm_plus|].
  eapply Rle_trans; [apply Rplus_le_compat_l, Rplus_le_compat; [apply norm_scaled_pos, H1|apply norm_scaled]|].
  rewrite Rabs_mult, (Rabs_pos_eq (h ^ 2)) by lra. unfold step_rate. fold b. norms.
Qed.

(* |u_{n+1} - step(u_n)| <= h^3 r: |u_n - U(nh)| <= h^2 (r + defect) grown(rate, T) *)
Theorem flow_followed (u : nat -> V) (r : R) :
  0 <= r -> u O = U 0 ->
  (forall n, INR (Datatypes.S n) * h <= T -> norm (minus (u (Datatypes.S n)) (map_of_step (u n))) <= h ^ 3 * r) ->
  0 <= flow_defect ->
  forall n, INR n * h <= T -> norm (minus (u n) (U (INR n * h))) <= h ^ 2 * (r + flow_defect) * grown step_rate T.
Proof.
  intros Hr Start Steps Hd n Hn. assert (K := step_rate_nonneg). assert (H2 := pow2_ge_0 h).
  assert (R0 : 0 <= h ^ 2 * (r + flow_defect)) by (apply Rmult_le_pos; lra).
  apply Rle_trans with (h ^ 2 * (r + flow_defect) * grown step_rate (INR n * h)).
  - apply (discrete_gronwall step_rate h _ (fun n => norm (minus (u n) (U (INR n * h)))) n); try assumption;
      [lra| | |lia].
    + simpl INR. rewrite Rmult_0_l, Start. apply norm_minus_self.
    + intros k Hk. cbv beta. assert (Hk' : INR (Datatypes.S k) * h <= T) by (apply le_INR in Hk; nra).
      assert (E1 := Steps k Hk'). assert (E2 := map_of_step_lipschitz (u k) (U (INR k * h))).
      assert (E3 : norm (minus (U (INR (Datatypes.S k) * h)) (map_of_step (U (INR k * h)))) <= h ^ 3 * flow_defect).
      { rewrite S_INR in *. replace ((INR k + 1) * h) with (INR k * h + h) in * by ring.
        apply flow_step; [|lra]. apply Rmult_le_pos; [apply pos_INR|lra]. }
      assert (T1 := norm_between (map_of_step (u k)) (u (Datatypes.S k)) (U (INR (Datatypes.S k) * h))).
      assert (T2 := norm_between (map_of_step (U (INR k * h))) (map_of_step (u k)) (U (INR (Datatypes.S k) * h))).
      rewrite (norm_minus_sym (map_of_step (U (INR k * h)))) in T2. norms.
  - apply Rmult_le_compat_l; [exact R0|]. now apply grown_monotone.
Qed.
End Step.
