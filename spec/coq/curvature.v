(* Fields f = -grad Phi of a loss whose curvature is between -nu and L: Euler's step x -> x + s f(x) separates two
   points by at most the factor 1 + s nu, for 0 <= s and s (L - nu) <= 2.

   With d = x - y and g = grad Phi(x) - grad Phi(y), "between -nu and L" is  0 <= <g + nu d, L d - g>.  It holds on a
   convex set on which f is differentiable, f' symmetric and -nu <= -f' <= L. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed inner_product.
Open Scope R_scope.

Section Definitions.
Context {V : NormedModule R_AbsRing}.
Implicit Types (D : V -> Prop) (f : V -> V) (dot : V -> V -> R).

Definition expands_on D (s nu : R) f : Prop := forall x y, D x -> D y ->
  norm (minus (plus x (scal s (f x))) (plus y (scal s (f y)))) <= (1 + s * nu) * norm (minus x y).

Definition curvature_between dot D (nu L : R) f : Prop := forall x y, D x -> D y ->
  let d := minus x y in
  let g := minus (f y) (f x) in
  0 <= dot (plus g (scal nu d)) (minus (scal L d) g).

Definition convex D : Prop := forall x y (t : R), D x -> D y -> 0 <= t <= 1 -> D (plus y (scal t (minus x y))).

(* f' = -H symmetric, -nu <= H <= L *)
Record symmetric_derivative dot D (nu L : R) f (df : V -> V -> V) : Prop := {
  derivative_of_field : forall x, D x -> filterdiff f (locally x) (df x);
  derivative_symmetric : forall x v w, D x -> dot (df x v) w = dot v (df x w);
  derivative_above : forall x v, D x -> - L * norm v ^ 2 <= dot (df x v) v;
  derivative_below : forall x v, D x -> dot (df x v) v <= nu * norm v ^ 2
}.
End Definitions.

Section Segment.
Context {V : NormedModule R_AbsRing}.

Lemma derive_segment (y d : V) (t : R) : is_derive (fun t => plus y (scal t d)) t d.
Proof.
  assert (E : plus zero (scal 1 d) = d) by linear. apply (fun D => eq_rect _ (is_derive _ t) D _ E).
  apply @is_derive_plus; [apply @is_derive_const|].
  apply (is_derive_scal_l (fun t : R => t)). auto_derive; [auto|ring].
Qed.

(* d/dt <f(y + t d), w> = <f'(y + t d) d, w> *)
Lemma derive_along_segment (dot : V -> V -> R) (f l : V -> V) (y d w : V) (t : R) :
  inner_product dot -> filterdiff f (locally (plus y (scal t d))) l ->
  is_derive (fun t => dot (f (plus y (scal t d))) w) t (dot (l d) w).
Proof.
  intros inner Df. assert (A := filterdiff_comp' _ f t _ l (derive_segment y d t) Df).
  assert (E := filterdiff_comp' _ (fun v => dot v w) t _ _ A (filterdiff_linear _ (dot_is_linear dot inner w))).
  apply (filterdiff_ext_lin _ _ _ E). intros s. change (dot (l (scal s d)) w = s * dot (l d) w).
  rewrite (linear_scal _ (proj1 Df)), (dot_scal dot inner). reflexivity.
Qed.
End Segment.

Section Curvature.
Context {V : NormedModule R_AbsRing}.
Variables (dot : V -> V -> R) (D : V -> Prop) (f : V -> V) (nu L : R).
Hypothesis inner : inner_product dot.
Hypothesis nu_nonneg : 0 <= nu.

Section Euler.
Hypothesis curvature : curvature_between dot D nu L f.

(* |G|^2 <= (L + nu) <G, d>  for G = g + nu d *)
Lemma curvature_square x y : D x -> D y ->
  let d := minus x y in
  let G := plus (minus (f y) (f x)) (scal nu d) in
  dot G G <= (L + nu) * dot G d.
Proof.
  intros Hx Hy d G. assert (C := curvature x y Hx Hy). cbv zeta in C. fold d in C. fold G in C.
  replace (minus (scal L d) (minus (f y) (f x))) with (minus (scal (L + nu) d) G) in C by (unfold G; linear).
  rewrite (dot_minus_right dot inner), (dot_scal_right dot inner) in C. lra.
Qed.

Lemma projection_nonneg d G : 0 <= L -> dot G G <= (L + nu) * dot G d -> 0 <= dot G d.
Proof.
  intros HL H. assert (P := dot_nonneg dot inner G). destruct (Req_dec (L + nu) 0) as [E|E]; [|nra].
  right. symmetry. apply (dot_of_zero dot inner). apply Rsqr_0_uniq. rewrite Rsqr_pow2, <- (dot_self dot inner).
  rewrite E in H. lra.
Qed.

(* |d - s g|^2 = (1 + s nu)^2 |d|^2 - 2 s (1 + s nu) <G, d> + s^2 |G|^2 *)
Lemma euler_step_expands s : 0 <= L -> 0 <= s -> s * (L - nu) <= 2 -> expands_on D s nu f.
Proof.
  intros HL Hs Hstep x y Hx Hy. assert (C := curvature_square x y Hx Hy).
  set (d := minus x y) in *. set (G := plus (minus (f y) (f x)) (scal nu d)) in *. cbv zeta in C.
  assert (P := projection_nonneg d G HL C).
  replace (minus _ _) with (minus (scal (1 + s * nu) d) (scal s G)) by (unfold G, d; linear).
  set (z := minus _ _). assert (Nz := norm_nonneg z). assert (Nd := norm_nonneg d).
  assert (F : 0 <= s * nu) by now apply Rmult_le_pos.
  assert (E : dot z z = _) by exact (dot_combination dot inner (1 + s * nu) s d G).
  rewrite (dot_symmetric dot inner d G) in E.
  assert (S : s ^ 2 * dot G G <= 2 * (1 + s * nu) * s * dot G d).
  { apply Rle_trans with (s ^ 2 * ((L + nu) * dot G d)); [apply Rmult_le_compat_l; [apply pow2_ge_0|exact C]|].
    assert (0 <= s * dot G d) by now apply Rmult_le_pos. nra. }
  rewrite !(dot_self dot inner) in E.
  rewrite <- (Rabs_pos_eq (norm z)), <- (Rabs_pos_eq ((1 + s * nu) * norm d)) by (try apply Rmult_le_pos; lra).
  apply Rsqr_le_abs_0. unfold Rsqr. rewrite (dot_self dot inner) in S. lra.
Qed.

(* (|g| - L |d|)(|g| + nu |d|) <= 0 *)
Lemma curvature_lipschitz : nu <= L -> lipschitz_on D L f.
Proof.
  intros Hn x y Hx Hy. assert (C := curvature x y Hx Hy). cbv zeta in C.
  rewrite norm_minus_sym. set (d := minus x y) in *. set (g := minus (f y) (f x)) in *.
  assert (CS := cauchy_schwarz dot inner g d). assert (Ng := norm_nonneg g). assert (Nd := norm_nonneg d).
  rewrite (dot_plus dot inner), !(dot_minus_right dot inner), !(dot_scal_right dot inner), !(dot_scal dot inner) in C.
  rewrite (dot_symmetric dot inner d g), !(dot_self dot inner) in C. apply Rabs_le_between in CS.
  apply Rnot_lt_le. intros lt.
  assert ((L - nu) * dot g d <= (L - nu) * (norm g * norm d)) by (apply Rmult_le_compat_l; lra).
  assert (0 < (norm g - L * norm d) * (norm g + nu * norm d)); [|nra].
  assert (0 <= L * norm d) by (apply Rmult_le_pos; lra). assert (0 <= nu * norm d) by now apply Rmult_le_pos.
  apply Rmult_lt_0_compat; lra.
Qed.
End Euler.

(* From the derivative: M = nu + H has 0 <= M <= L + nu, and along the segment from y to x
   <M d, G> <= (L + nu) <M d, d>/2 + |G|^2/2; the mean value theorem turns M d into G. *)
Section Derivative.
Variable df : V -> V -> V.
Hypothesis L_nonneg : 0 <= L.
Hypothesis derivative : symmetric_derivative dot D nu L f df.

(* <M v, w> at z *)
Let form (z v w : V) : R := nu * dot v w - dot (df z v) w.

Lemma form_of_difference z c v w : D z ->
  let e := minus (scal c v) w in form z e e = c ^ 2 * form z v v - 2 * c * form z v w + form z w w.
Proof.
  intros Hz e. unfold form, e. assert (l := proj1 (derivative_of_field _ _ _ _ _ _ derivative z Hz)).
  replace (minus (scal c v) w) with (plus (scal c v) (scal (-1) w)) by linear.
  rewrite (linear_plus _ l), !(linear_scal _ l), !(dot_plus dot inner), !(dot_plus_right dot inner),
    !(dot_scal dot inner), !(dot_scal_right dot inner).
  rewrite (derivative_symmetric _ _ _ _ _ _ derivative z w v Hz), (dot_symmetric dot inner w (df z v)),
    (dot_symmetric dot inner w v). ring.
Qed.

Lemma form_between z v : D z -> 0 <= form z v v <= (L + nu) * dot v v.
Proof.
  intros Hz. unfold form. assert (A := derivative_above _ _ _ _ _ _ derivative z v Hz).
  assert (B := derivative_below _ _ _ _ _ _ derivative z v Hz). rewrite (dot_self dot inner). lra.
Qed.

Lemma form_young z d G : D z -> form z d G <= (L + nu) / 2 * form z d d + dot G G / 2.
Proof.
  intros Hz. destruct (Req_dec (L + nu) 0) as [E|E].
  - assert (F := form_of_difference z 1 d G Hz). cbv zeta in F. set (e := minus _ _) in F.
    assert (Fe := form_between z e Hz). assert (Fd := form_between z d Hz). assert (FG := form_between z G Hz).
    assert (P := dot_nonneg dot inner G). rewrite E in *. lra.
  - assert (F := form_of_difference z (L + nu) d G Hz). cbv zeta in F. set (e := minus _ _) in F.
    assert (Fe := form_between z e Hz). assert (FG := form_between z G Hz).
    apply Rmult_le_reg_l with (2 * (L + nu)); [lra|]. lra.
Qed.

Lemma curvature_of_derivative : convex D -> curvature_between dot D nu L f.
Proof.
  intros Hc x y Hx Hy d g. set (G := plus g (scal nu d)). set (w := minus G (scal ((L + nu) / 2) d)).
  set (phi := fun t : R => t * (nu * dot d w) - dot (f (plus y (scal t d))) w).
  set (dphi := fun t : R => nu * dot d w - dot (df (plus y (scal t d)) d) w).
  assert (Hphi : forall t, 0 <= t <= 1 -> is_derive phi t (dphi t)).
  { intros t Ht. apply @is_derive_minus; [auto_derive; [auto|ring]|]. apply derive_along_segment; [exact inner|].
    apply (derivative_of_field _ _ _ _ _ _ derivative). now apply Hc. }
  destruct (MVT_gen phi 0 1 dphi) as (c & Ic & E); rewrite ?Rmin_left, ?Rmax_right in * by lra.
  - intros t Ht. apply Hphi. lra.
  - intros t Ht. apply continuity_pt_filterlim. apply (ex_derive_continuous phi). eexists. apply Hphi. exact Ht.
  - assert (Y := form_young (plus y (scal c d)) d G (Hc x y c Hx Hy Ic)).
    replace (phi 1 - phi 0) with (dot G w) in E.
    + replace (minus (scal L d) g) with (minus (scal (L + nu) d) G) by (unfold G; linear).
      revert E. unfold dphi, w, form in *.
      rewrite !(dot_minus_right dot inner), !(dot_scal_right dot inner). intros E. lra.
    + unfold phi, G, g. replace (plus y (scal 1 d)) with x by (unfold d; linear).
      replace (plus y (scal 0 d)) with y by linear.
      rewrite (dot_plus dot inner), (dot_minus dot inner), (dot_scal dot inner). ring.
Qed.
End Derivative.
End Curvature.
