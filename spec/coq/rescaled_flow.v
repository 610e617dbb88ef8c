(* The rescaled gradient flow ubar' = lb f(ubar), lb = 1/(1 - lam), inside a set D on which f is bounded by B0
   and L-Lipschitz: its speed, and the defect of one step of Euler's method along it. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed mean_value.
Open Scope R_scope.

Definition rescaled_flow {V : NormedModule R_AbsRing} (f : V -> V) (lam T : R) (ubar : R -> V) : Prop :=
  is_flow (fun x => scal (/ (1 - lam)) (f x)) T ubar.

Lemma lambda_bar_pos lam : 0 <= lam < 1 -> 0 < / (1 - lam).
Proof. intros H. apply Rinv_0_lt_compat. lra. Qed.

Section Derivatives.
Context {V : NormedModule R_AbsRing}.

(* (w - (t - s) c)' = w' - c *)
Lemma derive_minus_line (w : R -> V) (l c : V) s t :
  is_derive w t l -> is_derive (fun t => minus (w t) (scal (t - s) c)) t (minus l c).
Proof.
  intros Dw. apply @is_derive_minus; [exact Dw|].
  replace c with (scal 1 c) at 1 by exact (scal_one c).
  apply (is_derive_scal_l (fun t => t - s)). auto_derive; [auto|ring].
Qed.

Lemma continuous_minus_line (w : R -> V) (c : V) s t :
  continuous w t -> continuous (fun t => minus (w t) (scal (t - s) c)) t.
Proof.
  intros C. apply @continuous_minus; [exact C|]. apply (continuous_scal_l (fun t => t - s)).
  apply (ex_derive_continuous (fun t : R => t - s)). auto_derive. auto.
Qed.

Lemma derive_line B s t : is_derive (fun t => B * (t - s)) t B.
Proof. auto_derive; [auto|ring]. Qed.

Lemma derive_parabola K s t : is_derive (fun t => K * (t - s) ^ 2 / 2) t (K * (t - s)).
Proof. auto_derive; [auto|field]. Qed.
End Derivatives.

Lemma derive_continuous (p : R -> R) t l : is_derive p t l -> continuous p t.
Proof. intros H. apply (ex_derive_continuous p). now exists l. Qed.

Section Flow.
Context {V : NormedModule R_AbsRing}.
Variables (f : V -> V) (D : V -> Prop) (L B0 lam T : R) (ubar : R -> V).
Hypothesis lam_range : 0 <= lam < 1.
Hypothesis f_lipschitz : lipschitz_on D L f.
Hypothesis f_bounded : bounded_on D B0 f.
Hypothesis L_nonneg : 0 <= L.
Hypothesis flow : rescaled_flow f lam T ubar.
Hypothesis flow_in_D : forall t, 0 <= t <= T -> D (ubar t).

Let lb := / (1 - lam).

Lemma field_bounded t : 0 <= t <= T -> norm (scal lb (f (ubar t))) <= lb * B0.
Proof.
  intros H. assert (P := lambda_bar_pos lam lam_range). fold lb in P.
  eapply Rle_trans; [apply norm_scaled_pos; lra|].
  apply Rmult_le_compat_l; [lra|]. now apply f_bounded, flow_in_D.
Qed.

(* |ubar(t) - ubar(s)| <= lb B0 (t - s) *)
Lemma flow_speed s t : 0 <= s -> s <= t -> t <= T -> norm (minus (ubar t) (ubar s)) <= lb * B0 * (t - s).
Proof.
  intros Hs Hst Ht.
  replace (lb * B0 * (t - s)) with (lb * B0 * (t - s) - lb * B0 * (s - s)) by ring.
  apply (mean_value_inequality ubar (fun r => scal lb (f (ubar r))) (fun t => lb * B0 * (t - s)) (fun _ => lb * B0));
    [exact Hst| | | | |]; intros r Hr.
  - apply flow. lra.
  - eapply derive_continuous, derive_line.
  - apply flow. lra.
  - apply derive_line.
  - apply field_bounded. lra.
Qed.

(* |ubar(t) - ubar(s) - (t - s) lb f(ubar(s))| <= lb^2 L B0 (t - s)^2/2 *)
Lemma euler_defect s t : 0 <= s -> s <= t -> t <= T ->
  norm (minus (minus (ubar t) (ubar s)) (scal (t - s) (scal lb (f (ubar s))))) <= lb ^ 2 * L * B0 * (t - s) ^ 2 / 2.
Proof.
  intros Hs Hst Ht. assert (P := lambda_bar_pos lam lam_range). fold lb in P.
  set (c := scal lb (f (ubar s))). set (K := lb ^ 2 * L * B0).
  replace (minus (minus (ubar t) (ubar s)) (scal (t - s) c))
    with (minus (minus (ubar t) (scal (t - s) c)) (minus (ubar s) (scal (s - s) c))) by linear.
  replace (K * (t - s) ^ 2 / 2) with (K * (t - s) ^ 2 / 2 - K * (s - s) ^ 2 / 2) by field.
  apply (mean_value_inequality (fun r => minus (ubar r) (scal (r - s) c)) (fun r => minus (scal lb (f (ubar r))) c)
    (fun r => K * (r - s) ^ 2 / 2) (fun r => K * (r - s))); [exact Hst| | | | |]; intros r Hr.
  - apply continuous_minus_line, flow. lra.
  - eapply derive_continuous, derive_parabola.
  - apply derive_minus_line, flow. lra.
  - apply derive_parabola.
  - unfold c. replace (minus (scal lb (f (ubar r))) (scal lb (f (ubar s))))
      with (scal lb (minus (f (ubar r)) (f (ubar s)))) by linear.
    eapply Rle_trans; [apply norm_scaled_pos; lra|]. unfold K.
    replace (lb ^ 2 * L * B0 * (r - s)) with (lb * (L * (lb * B0 * (r - s)))) by ring.
    apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [apply f_lipschitz; apply flow_in_D; lra|].
    apply Rmult_le_compat_l; [exact L_nonneg|]. apply flow_speed; lra.
Qed.
End Flow.
