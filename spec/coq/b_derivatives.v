(* Derivatives of real functions, with the rules stated on R, and what the sign of a derivative gives. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(* f' = l, and l = m: f' = m *)
Lemma derive_eq (f : R -> R) (t l m : R) : is_derive f t l -> l = m -> is_derive f t m.
Proof. now intros D <-. Qed.

Lemma derive_const (c t : R) : is_derive (fun _ => c) t 0.
Proof. exact (@is_derive_const R_AbsRing R_NormedModule c t). Qed.

Lemma derive_id (t : R) : is_derive (fun s => s) t 1.
Proof. exact (@is_derive_id R_AbsRing t). Qed.

Section Rules.
Variables (f g : R -> R) (t df dg : R).
Hypothesis Hf : is_derive f t df.
Hypothesis Hg : is_derive g t dg.

Lemma derive_plus : is_derive (fun s => f s + g s) t (df + dg).
Proof. exact (@is_derive_plus R_AbsRing R_NormedModule f g t df dg Hf Hg). Qed.

Lemma derive_minus : is_derive (fun s => f s - g s) t (df - dg).
Proof. exact (@is_derive_minus R_AbsRing R_NormedModule f g t df dg Hf Hg). Qed.

Lemma derive_mult : is_derive (fun s => f s * g s) t (df * g t + f t * dg).
Proof. exact (is_derive_mult f g t df dg Hf Hg Rmult_comm). Qed.

Lemma derive_scal (c : R) : is_derive (fun s => c * f s) t (c * df).
Proof. exact (is_derive_scal f t c df Hf). Qed.

Lemma derive_square : is_derive (fun s => f s ^ 2) t (2 * df * f t).
Proof.
  apply derive_eq with (1 := is_derive_pow f 2 t df Hf). simpl. ring.
Qed.

Lemma derive_div : g t <> 0 -> is_derive (fun s => f s / g s) t ((df * g t - f t * dg) / g t ^ 2).
Proof. intros N. exact (is_derive_div f g t df dg Hf Hg N). Qed.

Lemma derive_ext (h : R -> R) : (forall s, f s = h s) -> is_derive h t df.
Proof. intros E. exact (is_derive_ext f h t df E Hf). Qed.

(* (ln|f|)' = f'/f *)
Lemma derive_ln_abs : f t <> 0 -> is_derive (fun s => ln (Rabs (f s))) t (df / f t).
Proof.
  intros N.
  assert (A : is_derive (fun s => Rabs (f s)) t (sign (f t) * df)) by now apply is_derive_Rabs.
  assert (B : is_derive ln (Rabs (f t)) (/ Rabs (f t))) by now apply is_derive_ln, Rabs_pos_lt.
  apply derive_eq with (1 := is_derive_comp ln _ t _ _ B A).
  unfold scal; simpl; unfold mult; simpl.
  destruct (Rlt_or_le 0 (f t)) as [P|P].
  - rewrite sign_eq_1, Rabs_pos_eq by lra. field. lra.
  - rewrite sign_eq_m1, Rabs_left by lra. field. lra.
Qed.
End Rules.

(* f' >= 0 on [a,b]: f a <= f b *)
Lemma derive_nonneg_increasing (f df : R -> R) a b : a <= b ->
  (forall t, a <= t <= b -> is_derive f t (df t)) -> (forall t, a <= t <= b -> 0 <= df t) -> f a <= f b.
Proof.
  intros [L|E] D P; [|subst; lra].
  destruct (MVT_cor2 f df a b L) as (c & Ec & Hc).
  - intros c Hc. apply is_derive_Reals, D, Hc.
  - assert (0 <= df c * (b - a)) by (apply Rmult_le_pos; [apply P|]; lra). lra.
Qed.

(* f' = 0 on [a,b]: f a = f b *)
Lemma derive_zero_constant (f : R -> R) a b : a <= b ->
  (forall t, a <= t <= b -> is_derive f t 0) -> f a = f b.
Proof.
  intros L D. apply Rle_antisym.
  - apply (derive_nonneg_increasing f (fun _ => 0)); auto. intros; lra.
  - apply Ropp_le_cancel.
    apply (derive_nonneg_increasing (fun t => - f t) (fun _ => - 0)); auto; [|intros; lra].
    intros t Ht. exact (@is_derive_opp R_AbsRing R_NormedModule f t 0 (D t Ht)).
Qed.

Lemma derive_continuous (f : R -> R) (t l : R) : is_derive f t l -> continuous f t.
Proof. intros D. apply (@ex_derive_continuous R_AbsRing R_NormedModule). now exists l. Qed.

(* (f(c t))' = c f'(c t) *)
Lemma derive_rescaled (f : R -> R) (c t l : R) : is_derive f (c * t) l -> is_derive (fun s => f (c * s)) t (c * l).
Proof.
  intros D. assert (S : is_derive (fun s => c * s) t c).
  { apply derive_eq with (c * 1); [apply derive_scal, derive_id|ring]. }
  exact (is_derive_comp f (fun s => c * s) t l c D S).
Qed.
