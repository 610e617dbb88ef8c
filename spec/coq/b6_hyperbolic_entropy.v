(* The hyperbolic entropy psi_D(x) = 1/4 (2x arsinh(2x/D) - sqrt(4x^2+D^2) + D), its Bregman divergence, and
   why psi' (theta) - psi' (start) orthogonal to the feasible directions makes theta the only minimiser. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives.
Open Scope R_scope.

Definition entropy (D x : R) : R := (2 * x * arcsinh (2 * x / D) - sqrt (4 * x ^ 2 + D ^ 2) + D) / 4.
Definition mirror (D x : R) : R := arcsinh (2 * x / D) / 2.
Definition divergence (D x z : R) : R := entropy D x - entropy D z - mirror D z * (x - z).

(* D_psi(theta, start), the sum over the coordinates *)
Definition bregman (d : nat) (D theta start : vector) : R :=
  total d (fun i => divergence (D i) (theta i) (start i)).

(* m is feasible, no feasible point costs less, and none but m costs as little *)
Definition only_minimiser (d : nat) (feasible : vector -> Prop) (cost : vector -> R) (m : vector) : Prop :=
  feasible m /\
  forall theta, feasible theta ->
    cost m <= cost theta /\ (cost theta <= cost m -> forall i, (i < d)%nat -> theta i = m i).

Section OneCoordinate.
Variable D : R.
Hypothesis D_positive : 0 < D.

Lemma mirror_increasing x z : x < z -> mirror D x < mirror D z.
Proof.
  intros L. unfold mirror. apply Rmult_lt_compat_r; [lra|]. apply arcsinh_lt.
  apply Rmult_lt_compat_r; [now apply Rinv_0_lt_compat|lra].
Qed.

Lemma radicand_positive x : 0 < 4 * x ^ 2 + D ^ 2.
Proof. assert (0 <= x ^ 2) by apply pow2_ge_0. assert (0 < D ^ 2) by (apply pow_lt; auto). lra. Qed.

(* sqrt((2x/D)^2 + 1) = sqrt(4x^2 + D^2)/D *)
Lemma sqrt_scaled x : sqrt ((2 * x / D) ^ 2 + 1) = sqrt (4 * x ^ 2 + D ^ 2) / D.
Proof.
  replace ((2 * x / D) ^ 2 + 1) with ((4 * x ^ 2 + D ^ 2) / D ^ 2) by (field; lra).
  rewrite sqrt_div_alt by (apply pow_lt; lra). f_equal. apply sqrt_pow2. lra.
Qed.

Lemma arcsinh_scaled_derive x :
  is_derive (fun t => arcsinh (2 * t / D)) x (2 / sqrt (4 * x ^ 2 + D ^ 2)).
Proof.
  assert (P := sqrt_lt_R0 _ (radicand_positive x)).
  assert (A : is_derive arcsinh (2 * x / D) (/ sqrt ((2 * x / D) ^ 2 + 1)))
    by apply is_derive_Reals, derivable_pt_lim_arcsinh.
  assert (B : is_derive (fun t => 2 * t / D) x (2 / D)) by (auto_derive; [exact I|field; lra]).
  apply derive_eq with (1 := is_derive_comp arcsinh _ x _ _ A B).
  rewrite sqrt_scaled. set (r := sqrt (4 * x ^ 2 + D ^ 2)) in *.
  change (2 / D * / (r / D) = 2 / r). field. split; lra.
Qed.

(* psi' = arsinh(2x/D)/2: the terms x/sqrt(4x^2+D^2) cancel *)
Lemma entropy_derive x : is_derive (entropy D) x (mirror D x).
Proof.
  assert (P := sqrt_lt_R0 _ (radicand_positive x)). assert (Q := radicand_positive x).
  assert (A := derive_mult (fun t => 2 * t) _ x 2 _ ltac:(auto_derive; [exact I|ring]) (arcsinh_scaled_derive x)).
  assert (B : is_derive (fun t => sqrt (4 * t ^ 2 + D ^ 2)) x (4 * x / sqrt (4 * x ^ 2 + D ^ 2))).
  { assert (R : is_derive (fun t => 4 * t ^ 2 + D ^ 2) x (8 * x)) by (auto_derive; [exact I|ring]).
    apply derive_eq with (1 := is_derive_sqrt _ x _ R Q). field. lra. }
  apply derive_ext with (fun t => / 4 * (2 * t * arcsinh (2 * t / D) - sqrt (4 * t ^ 2 + D ^ 2) + D)).
  2: intros t; unfold entropy, Rdiv; exact (Rmult_comm _ _).
  assert (C := derive_plus _ _ x _ _ (derive_minus _ _ x _ _ A B) (derive_const D x)).
  apply derive_eq with (1 := derive_scal _ x _ C (/ 4)). unfold mirror. field. lra.
Qed.

(* psi(x) - psi(z) - psi'(z)(x-z) = (psi'(c) - psi'(z))(x-z) > 0, c strictly between *)
Lemma divergence_positive x z : x <> z -> 0 < divergence D x z.
Proof.
  assert (Dr : forall t, derivable_pt_lim (entropy D) t (mirror D t)).
  { intros t. apply is_derive_Reals, entropy_derive. }
  intros N. unfold divergence. destruct (Rtotal_order x z) as [L|[E|L]]; [| contradiction |].
  - destruct (MVT_cor2 (entropy D) (mirror D) x z L) as (c & E & Hc); [auto|].
    assert (mirror D c < mirror D z) by (apply mirror_increasing; lra). nra.
  - destruct (MVT_cor2 (entropy D) (mirror D) z x L) as (c & E & Hc); [auto|].
    assert (mirror D z < mirror D c) by (apply mirror_increasing; lra). nra.
Qed.

Lemma divergence_nonneg x z : 0 <= divergence D x z.
Proof.
  destruct (Req_dec x z) as [->|N]; [unfold divergence; lra|]. left. now apply divergence_positive.
Qed.
End OneCoordinate.

(* D(x,z) = D(m,z) + D(x,m) + (psi'(m) - psi'(z))(x - m) *)
Lemma three_points D x m z :
  divergence D x z = divergence D m z + divergence D x m + (mirror D m - mirror D z) * (x - m).
Proof. unfold divergence. ring. Qed.

(* KKT: psi'(m) - psi'(start) orthogonal to every feasible direction from m *)
Theorem stationary_is_only_minimiser d (D start m : vector) (feasible : vector -> Prop) :
  (forall i, (i < d)%nat -> 0 < D i) -> feasible m ->
  (forall theta, feasible theta ->
    inner d (fun i => mirror (D i) (m i) - mirror (D i) (start i)) (fun i => theta i - m i) = 0) ->
  only_minimiser d feasible (fun theta => bregman d D theta start) m.
Proof.
  intros P Fm K. split; [exact Fm|]. intros theta F.
  assert (E : bregman d D theta start = bregman d D m start + bregman d D theta m).
  { unfold bregman. rewrite (total_ext d _ _ (fun i _ => three_points (D i) (theta i) (m i) (start i))).
    rewrite !total_plus. unfold inner in K. rewrite (K theta F). ring. }
  assert (N : forall i, (i < d)%nat -> 0 <= divergence (D i) (theta i) (m i)).
  { intros i Hi. apply divergence_nonneg, P, Hi. }
  rewrite E. split; [assert (S := total_nonneg d _ N); unfold bregman in *; lra|].
  intros L i Hi. destruct (Req_dec (theta i) (m i)) as [|Ne]; [assumption|exfalso].
  assert (T := term_le_total d _ i Hi N). cbv beta in T.
  assert (S := divergence_positive (D i) (P i Hi) _ _ Ne). unfold bregman in *. lra.
Qed.

(* (p^2 - q^2)/(2pq) = sinh(ln p - ln q) *)
Lemma mirror_of_squares p q : 0 < p -> 0 < q -> mirror (p * q) ((p ^ 2 - q ^ 2) / 4) = (ln p - ln q) / 2.
Proof.
  intros Hp Hq. unfold mirror. f_equal. rewrite <- (arcsinh_sinh (ln p - ln q)). f_equal.
  assert (E : forall a b, 0 < a -> 0 < b -> exp (ln a - ln b) = a / b).
  { intros a b Ha Hb. unfold Rminus. rewrite exp_plus, exp_Ropp, !exp_ln by auto. reflexivity. }
  unfold sinh. rewrite Ropp_minus_distr, !E by auto. field. split; lra.
Qed.

(* psi'_Delta(theta) at theta = (x^2 e^{-2a} - z^2 e^{-2b})/4, Delta = |xz| e^{-(a+b)} *)
Lemma mirror_of_start x z a b : x <> 0 -> z <> 0 ->
  mirror (Rabs (x * z) * exp (- (a + b))) ((x ^ 2 * exp (-2 * a) - z ^ 2 * exp (-2 * b)) / 4) =
  ((ln (Rabs x) - a) - (ln (Rabs z) - b)) / 2.
Proof.
  intros Hx Hz.
  assert (E : forall s t, s <> 0 -> ln (Rabs s * exp (- t)) = ln (Rabs s) - t).
  { intros s t Hs. rewrite ln_mult, ln_exp by (try apply exp_pos; now apply Rabs_pos_lt). ring. }
  assert (S : forall s t, s ^ 2 * exp (-2 * t) = (Rabs s * exp (- t)) ^ 2).
  { intros s t. rewrite Rpow_mult_distr, pow2_abs. f_equal. simpl. rewrite Rmult_1_r, <- exp_plus. f_equal. ring. }
  rewrite !S, <- E, <- (E z b) by auto. rewrite <- mirror_of_squares.
  - f_equal. rewrite Rabs_mult, Ropp_plus_distr, exp_plus. ring.
  - apply Rmult_lt_0_compat; [now apply Rabs_pos_lt|apply exp_pos].
  - apply Rmult_lt_0_compat; [now apply Rabs_pos_lt|apply exp_pos].
Qed.
