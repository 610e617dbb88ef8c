(* What an error of its argument does to a function: |x - a| <= e bounds |f(x) - f(a)|. The lemmas
   propagated_... of spec/acsl/operation.h rest on it. *)
Require Import Reals Lra Lia.
Open Scope R_scope.

Lemma within x e : Rabs x <= e -> - e <= x <= e.
Proof. unfold Rabs. destruct (Rcase_abs x); lra. Qed.

(* Mean value theorem: |f'| <= 1 makes f 1-Lipschitz. *)
Lemma lipschitz (f f' : R -> R) :
  (forall c, derivable_pt_lim f c (f' c)) -> (forall c, Rabs (f' c) <= 1) ->
  forall x a, Rabs (f x - f a) <= Rabs (x - a).
Proof.
  intros derivative small.
  assert (ordered : forall x a, a < x -> Rabs (f x - f a) <= Rabs (x - a)).
  { intros x a order.
    destruct (MVT_cor2 f f' a x order (fun c _ => derivative c)) as (c & equation & _).
    assert (P := Rabs_pos (x - a)). assert (S := small c). rewrite equation, Rabs_mult. nra. }
  intros x a. destruct (Rtotal_order x a) as [less | [same | more]].
  - rewrite (Rabs_minus_sym (f x)), (Rabs_minus_sym x). now apply ordered.
  - subst. rewrite !Rminus_diag_eq by reflexivity. lra.
  - now apply ordered.
Qed.

Lemma sin_lipschitz x a : Rabs (sin x - sin a) <= Rabs (x - a).
Proof.
  apply (lipschitz sin cos derivable_pt_lim_sin). intro c. apply Rabs_le. apply COS_bound.
Qed.

Lemma cos_lipschitz x a : Rabs (cos x - cos a) <= Rabs (x - a).
Proof.
  apply (lipschitz cos (fun c => - sin c) derivable_pt_lim_cos). intro c.
  rewrite Rabs_Ropp. apply Rabs_le. apply SIN_bound.
Qed.

Lemma inverse_at_most_1 y : 1 <= y -> Rabs (/ y) <= 1.
Proof.
  intro large. rewrite Rabs_pos_eq.
  - rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
  - left. apply Rinv_0_lt_compat. lra.
Qed.

Lemma atan_lipschitz x a : Rabs (atan x - atan a) <= Rabs (x - a).
Proof.
  apply (lipschitz atan (fun c => / (1 + c ^ 2)) derivable_pt_lim_atan).
  intro c. apply inverse_at_most_1. assert (0 <= c ^ 2) by apply pow2_ge_0. lra.
Qed.

Lemma arcsinh_lipschitz x a : Rabs (arcsinh x - arcsinh a) <= Rabs (x - a).
Proof.
  apply (lipschitz arcsinh (fun c => / sqrt (c ^ 2 + 1)) derivable_pt_lim_arcsinh).
  intro c. apply inverse_at_most_1. rewrite <- sqrt_1 at 1. apply sqrt_le_1_alt.
  assert (0 <= c ^ 2) by apply pow2_ge_0. lra.
Qed.

Lemma cosh_positive x : 0 < cosh x.
Proof. unfold cosh. assert (A := exp_pos x). assert (B := exp_pos (- x)). lra. Qed.

(* tanh' = (cosh^2 - sinh^2)/cosh^2 = 1/cosh^2 *)
Lemma tanh_lipschitz x a : Rabs (tanh x - tanh a) <= Rabs (x - a).
Proof.
  apply (lipschitz tanh (fun c => (cosh c * cosh c - sinh c * sinh c) / Rsqr (cosh c))).
  - intro c. assert (P := cosh_positive c).
    apply (derivable_pt_lim_div sinh cosh c (cosh c) (sinh c));
      [apply derivable_pt_lim_sinh | apply derivable_pt_lim_cosh | lra].
  - intro c. assert (P := cosh_positive c).
    assert (identity : cosh c * cosh c - sinh c * sinh c = 1).
    { unfold cosh, sinh. assert (E : exp c * exp (- c) = 1) by
        (rewrite <- exp_plus, Rplus_opp_r; apply exp_0). nra. }
    rewrite identity. unfold Rdiv. rewrite Rmult_1_l. apply inverse_at_most_1.
    unfold Rsqr. assert (0 <= sinh c * sinh c) by apply Rle_0_sqr. lra.
Qed.

(* exp(x) - exp(a) = exp(a) (exp(x - a) - 1) and |exp(t) - 1| <= exp(|t|) - 1 *)
Lemma exp_minus_1 t : Rabs (exp t - 1) <= exp (Rabs t) - 1.
Proof.
  unfold Rabs at 2. destruct (Rcase_abs t) as [negative | positive].
  - assert (product : exp t * exp (- t) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
    assert (A := exp_pos t). assert (B := exp_pos (- t)).
    assert (S : 0 <= exp (- t) * Rsqr (exp t - 1)) by
      (apply Rmult_le_pos; [lra | apply Rle_0_sqr]).
    replace (exp (- t) * Rsqr (exp t - 1)) with
      ((exp t * exp (- t)) * exp t - 2 * (exp t * exp (- t)) + exp (- t)) in S
      by (unfold Rsqr; ring).
    rewrite product in S.
    assert (exp t < 1) by (rewrite <- exp_0; now apply exp_increasing).
    apply Rabs_le. lra.
  - assert (1 <= exp t).
    { rewrite <- exp_0. destruct positive as [more | same]; [left; apply exp_increasing; lra |].
      right. now rewrite same. }
    rewrite Rabs_pos_eq; lra.
Qed.

Lemma exp_monotone x y : x <= y -> exp x <= exp y.
Proof. intros [less | same]; [left; now apply exp_increasing | now rewrite same; right]. Qed.

Lemma exp_propagation x a e :
  Rabs (x - a) <= e -> Rabs (exp x - exp a) <= exp a * (exp e - 1).
Proof.
  intro close. replace (exp x - exp a) with (exp a * (exp (x - a) - 1)).
  2:{ replace x with (a + (x - a)) at 2 by ring. rewrite exp_plus. ring. }
  rewrite Rabs_mult, (Rabs_pos_eq (exp a)) by (left; apply exp_pos).
  apply Rmult_le_compat_l; [left; apply exp_pos |].
  eapply Rle_trans; [apply exp_minus_1 |].
  assert (exp (Rabs (x - a)) <= exp e) by now apply exp_monotone. lra.
Qed.

Lemma opposite_close x a e : Rabs (x - a) <= e -> Rabs (- x - - a) <= e.
Proof. intro close. replace (- x - - a) with (- (x - a)) by ring. now rewrite Rabs_Ropp. Qed.

Lemma sinh_propagation x a e :
  Rabs (x - a) <= e -> Rabs (sinh x - sinh a) <= cosh a * (exp e - 1).
Proof.
  intro close.
  assert (A := exp_propagation x a e close).
  assert (B := exp_propagation (- x) (- a) e (opposite_close x a e close)).
  unfold sinh, cosh. apply Rabs_le. apply within in A, B. lra.
Qed.

Lemma cosh_propagation x a e :
  Rabs (x - a) <= e -> Rabs (cosh x - cosh a) <= cosh a * (exp e - 1).
Proof.
  intro close.
  assert (A := exp_propagation x a e close).
  assert (B := exp_propagation (- x) (- a) e (opposite_close x a e close)).
  unfold cosh. apply Rabs_le. apply within in A, B. lra.
Qed.

(* ln(y) <= y - 1 *)
Lemma ln_ratio x y : 0 < x -> 0 < y -> ln x - ln y <= (x - y) / y.
Proof.
  intros positive_x positive_y.
  replace (ln x - ln y) with (ln (x / y)).
  2:{ unfold Rdiv. rewrite ln_mult, ln_Rinv; [ring | assumption | assumption |].
      now apply Rinv_0_lt_compat. }
  assert (below : ln (x / y) <= x / y - 1).
  { assert (P : 0 < x / y) by now apply Rdiv_lt_0_compat.
    assert (grows := exp_ineq1_le (ln (x / y))). rewrite exp_ln in grows by assumption. lra. }
  replace ((x - y) / y) with (x / y - 1) by (field; lra). exact below.
Qed.

Lemma quotient_monotone p q r s : 0 <= p -> p <= q -> 0 < r -> r <= s -> p / s <= q / r.
Proof.
  intros. unfold Rdiv. apply Rmult_le_compat; [assumption | | assumption |].
  - left. apply Rinv_0_lt_compat. lra.
  - apply Rinv_le_contravar; lra.
Qed.

Lemma ln_propagation x a e :
  Rabs (x - a) <= e -> e < a -> Rabs (ln x - ln a) <= e / (a - e).
Proof.
  intros close margin. assert (P := Rabs_pos (x - a)). apply within in close as both.
  assert (up : forall p q, 0 < p -> 0 < q -> a - e <= q -> p - q <= e -> ln p - ln q <= e / (a - e)).
  { intros p q positive_p positive_q large difference.
    eapply Rle_trans; [apply ln_ratio; lra |].
    destruct (Rle_dec 0 (p - q)) as [more | less].
    - apply quotient_monotone; lra.
    - apply Rle_trans with 0.
      + apply Rmult_le_reg_r with q; [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
      + apply Rle_mult_inv_pos; lra. }
  apply Rabs_le. split.
  - assert (ln a - ln x <= e / (a - e)) by (apply up; lra). lra.
  - apply up; lra.
Qed.

(* sqrt(x) - sqrt(a) = (x - a)/(sqrt(x) + sqrt(a)) *)
Lemma sqrt_propagation x a e :
  Rabs (x - a) <= e -> 0 < a -> 0 <= x -> Rabs (sqrt x - sqrt a) <= e / sqrt a.
Proof.
  intros close positive nonnegative.
  assert (A := sqrt_lt_R0 a positive). assert (X := sqrt_pos x).
  replace (sqrt x - sqrt a) with ((x - a) / (sqrt x + sqrt a)).
  2:{ replace (x - a) with ((sqrt x - sqrt a) * (sqrt x + sqrt a)).
      - field. lra.
      - replace x with (sqrt x * sqrt x) at 3 by now apply sqrt_sqrt.
        replace a with (sqrt a * sqrt a) at 3 by (apply sqrt_sqrt; lra). ring. }
  unfold Rdiv at 1. rewrite Rabs_mult, Rabs_inv, (Rabs_pos_eq (sqrt x + sqrt a)) by lra.
  apply quotient_monotone; [apply Rabs_pos | | |]; lra.
Qed.

Lemma product_propagation x y a b ea eb :
  Rabs (x - a) <= ea -> Rabs (y - b) <= eb ->
  Rabs (x * y - a * b) <= Rabs a * eb + Rabs b * ea + ea * eb.
Proof.
  intros close_x close_y.
  replace (x * y - a * b) with (a * (y - b) + b * (x - a) + (x - a) * (y - b)) by ring.
  eapply Rle_trans; [apply Rabs_triang |]. apply Rplus_le_compat.
  - eapply Rle_trans; [apply Rabs_triang |]. rewrite !Rabs_mult.
    apply Rplus_le_compat; apply Rmult_le_compat_l; try apply Rabs_pos; assumption.
  - rewrite Rabs_mult. apply Rmult_le_compat; try apply Rabs_pos; assumption.
Qed.

Lemma magnitude_above y b e : Rabs (y - b) <= e -> Rabs b - e <= Rabs y.
Proof. intro close. assert (T := Rabs_triang_inv b y). rewrite Rabs_minus_sym in T. lra. Qed.

(* x/y - a/b = ((x - a) b - a (y - b))/(y b) *)
Lemma quotient_propagation x y a b ea eb :
  Rabs (x - a) <= ea -> Rabs (y - b) <= eb -> eb < Rabs b ->
  Rabs (x / y - a / b) <= (Rabs a * eb + Rabs b * ea) / (Rabs b * (Rabs b - eb)).
Proof.
  intros close_x close_y margin.
  assert (E := Rabs_pos (y - b)). assert (Y := magnitude_above y b eb close_y).
  assert (y <> 0) by (intro zero; rewrite zero, Rabs_R0 in Y; lra).
  assert (b <> 0) by (intro zero; rewrite zero, Rabs_R0 in margin; lra).
  replace (x / y - a / b) with (((x - a) * b - a * (y - b)) / (b * y)) by (field; split; assumption).
  unfold Rdiv at 1. rewrite Rabs_mult, Rabs_inv, (Rabs_mult b y).
  apply quotient_monotone; [apply Rabs_pos | | |].
  - eapply Rle_trans; [apply Rabs_triang |]. rewrite Rabs_Ropp, !Rabs_mult.
    assert (Rabs (x - a) * Rabs b <= ea * Rabs b) by
      (apply Rmult_le_compat_r; [apply Rabs_pos | assumption]).
    assert (Rabs a * Rabs (y - b) <= Rabs a * eb) by
      (apply Rmult_le_compat_l; [apply Rabs_pos | assumption]).
    lra.
  - apply Rmult_lt_0_compat; lra.
  - apply Rmult_le_compat_l; [apply Rabs_pos | assumption].
Qed.

(* tan(x) - tan(a) = sin(x - a)/(cos(a) cos(x)) *)
Lemma tan_propagation x a e :
  Rabs (x - a) <= e -> e < Rabs (cos a) ->
  Rabs (tan x - tan a) <= e / (Rabs (cos a) * (Rabs (cos a) - e)).
Proof.
  intros close margin. assert (E := Rabs_pos (x - a)).
  assert (C : Rabs (cos x - cos a) <= e) by (eapply Rle_trans; [apply cos_lipschitz | exact close]).
  assert (X := magnitude_above _ _ _ C).
  assert (cos x <> 0) by (intro zero; rewrite zero, Rabs_R0 in X; lra).
  assert (cos a <> 0) by (intro zero; rewrite zero, Rabs_R0 in margin; lra).
  replace (tan x - tan a) with (sin (x - a) / (cos a * cos x)).
  2:{ unfold tan. rewrite sin_minus. field. split; assumption. }
  unfold Rdiv at 1. rewrite Rabs_mult, Rabs_inv, (Rabs_mult (cos a)).
  apply quotient_monotone; [apply Rabs_pos | | |].
  - assert (S := sin_lipschitz (x - a) 0). rewrite sin_0, !Rminus_0_r in S. lra.
  - apply Rmult_lt_0_compat; lra.
  - apply Rmult_le_compat_l; [apply Rabs_pos | lra].
Qed.

(* A goal of WP, which writes x - y as x + -1 y, against a fact of this file: the same terms in
   another order. *)
Lemma as_minus x y : x + -1 * y = x - y.
Proof. ring. Qed.
Ltac by_fact fact :=
  intros; cbv zeta in *; rewrite ?as_minus in *;
  eapply Rle_trans;
  [ eapply fact; eassumption
  | right; first [ring | f_equal; ring | unfold Rdiv; f_equal; [ring | f_equal; ring]] ].
