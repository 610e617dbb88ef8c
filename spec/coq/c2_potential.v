(* C2: g is minus the gradient of G, up to a remainder C|y - x|^2/2: stable under sums, under the step from a field
   psi to the map p -> psi(xi), xi + h psi(xi) = p (which takes G to its Moreau envelope), and as sharp as the
   Lipschitz constant of g allows. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed mean_value inner_product curvature b_derivatives.
Open Scope R_scope.

(* |f(s) - f(t) - (s - t) l| <= C (s - t)^2 gives f'(t) = l *)
Lemma derive_of_remainder (f : R -> R) (t l C : R) :
  (forall s, Rabs (f s - f t - (s - t) * l) <= C * (s - t) ^ 2) -> is_derive f t l.
Proof.
  intros H. apply is_derive_Reals. intros eps Heps. assert (PC := Rabs_pos C).
  assert (Q : 0 < eps / (Rabs C + 1)) by (apply Rdiv_lt_0_compat; lra).
  exists (mkposreal _ Q). intros r Hr Hs. simpl in Hs.
  assert (E := H (t + r)). replace (t + r - t) with r in E by ring.
  replace ((f (t + r) - f t) / r - l) with ((f (t + r) - f t - r * l) / r) by (field; exact Hr).
  assert (Pr := Rabs_pos_lt r Hr). unfold Rdiv. rewrite Rabs_mult, Rabs_inv.
  apply (Rmult_lt_reg_r (Rabs r)); [exact Pr|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  eapply Rle_lt_trans; [exact E|]. rewrite <- (pow2_abs r). apply Rlt_div_r in Hs; [|lra].
  assert (L := Rle_abs C). set (w := Rabs r) in *. apply Rle_lt_trans with (Rabs C * w * w); [|nra].
  assert (0 <= w * w) by nra. nra.
Qed.

Section Potential.
Context {V : NormedModule R_AbsRing}.
Variable dot : V -> V -> R.
Hypothesis inner : inner_product dot.

(* g = -grad G *)
Definition minus_gradient (C : R) (g : V -> V) (G : V -> R) : Prop :=
  forall x y, Rabs (G y - G x + dot (g x) (minus y x)) <= C / 2 * norm (minus y x) ^ 2.

(* d/dt G(x + t d) = -<g(x + t d), d> *)
Lemma potential_along C g G (x d : V) (t : R) : 0 <= C -> minus_gradient C g G ->
  is_derive (fun s => G (plus x (scal s d))) t (- dot (g (plus x (scal t d))) d).
Proof.
  intros HC P. apply (derive_of_remainder _ _ _ (C / 2 * norm d ^ 2)). intros s.
  assert (E := P (plus x (scal t d)) (plus x (scal s d))).
  replace (minus (plus x (scal s d)) (plus x (scal t d))) with (scal (s - t) d) in E by linear.
  rewrite (dot_scal_right dot inner) in E. set (c := dot (g (plus x (scal t d))) d) in *.
  assert (Sign : forall r1 r2 k, r1 - r2 - k * - c = r1 - r2 + k * c) by (intros; ring). rewrite Sign.
  eapply Rle_trans; [exact E|]. rewrite Rmult_assoc. apply Rmult_le_compat_l; [lra|].
  rewrite <- (pow2_abs (s - t)), Rmult_comm, <- Rpow_mult_distr. apply pow_incr.
  split; [apply norm_nonneg|apply norm_scaled].
Qed.

(* fields that differ by at most delta have potentials whose difference varies by at most delta |y - x| *)
Lemma potential_difference C1 C2 delta g1 g2 G1 G2 (x y : V) :
  0 <= C1 -> 0 <= C2 -> minus_gradient C1 g1 G1 -> minus_gradient C2 g2 G2 ->
  (forall z, norm (minus (g1 z) (g2 z)) <= delta) ->
  Rabs ((G1 y - G2 y) - (G1 x - G2 x)) <= delta * norm (minus y x).
Proof.
  intros H1 H2 P1 P2 Near. set (d := minus y x). set (z := fun t => plus x (scal t d)).
  set (w := fun t => G1 (z t) - G2 (z t)). set (dw := fun t => - dot (g1 (z t)) d - - dot (g2 (z t)) d).
  assert (Z0 : z 0 = x) by (unfold z; linear). assert (Z1 : z 1 = y) by (unfold z, d; linear).
  assert (Dw : forall t, is_derive w t (dw t)).
  { intros t. apply derive_minus; [exact (potential_along C1 g1 G1 x d t H1 P1)|].
    exact (potential_along C2 g2 G2 x d t H2 P2). }
  assert (M : Rabs (w 1 - w 0) <= delta * norm d * 1 - delta * norm d * 0).
  { apply (@mean_value_inequality R_NormedModule w dw (fun t => delta * norm d * t) (fun _ => delta * norm d) 0 1);
      [lra| | | | |]; intros t _.
    - exact (derive_continuous w t _ (Dw t)).
    - apply (ex_derive_continuous (fun t : R => delta * norm d * t)). auto_derive. auto.
    - apply Dw.
    - auto_derive; [auto|ring].
    - change (Rabs (dw t) <= delta * norm d). unfold dw.
      replace (- dot (g1 (z t)) d - - dot (g2 (z t)) d) with (- dot (minus (g1 (z t)) (g2 (z t))) d)
        by (rewrite (dot_minus dot inner); ring).
      rewrite Rabs_Ropp. eapply Rle_trans; [apply (cauchy_schwarz dot inner)|].
      apply Rmult_le_compat_r; [apply norm_nonneg|apply Near]. }
  unfold w in M. rewrite Z0, Z1 in M. lra.
Qed.

(* the constant may be the Lipschitz constant of g: the integral of K t |d|^2 is K |d|^2/2 *)
Lemma potential_sharpened C K g G :
  0 <= C -> 0 <= K -> lipschitz_on (fun _ => True) K g -> minus_gradient C g G -> minus_gradient K g G.
Proof.
  intros HC HK Lip P x y. set (d := minus y x). set (z := fun t => plus x (scal t d)). set (c := dot (g x) d).
  set (w := fun t => G (z t) + t * c). set (dw := fun t => - dot (g (z t)) d + c).
  assert (Z0 : z 0 = x) by (unfold z; linear). assert (Z1 : z 1 = y) by (unfold z, d; linear).
  assert (Dw : forall t, is_derive w t (dw t)).
  { intros t. apply derive_plus; [exact (potential_along C g G x d t HC P)|]. auto_derive; [auto|ring]. }
  assert (M : Rabs (w 1 - w 0) <= K / 2 * norm d ^ 2 * 1 ^ 2 - K / 2 * norm d ^ 2 * 0 ^ 2).
  { apply (@mean_value_inequality R_NormedModule w dw (fun t => K / 2 * norm d ^ 2 * t ^ 2)
      (fun t => K * norm d ^ 2 * t) 0 1); [lra| | | | |]; intros t Ht.
    - exact (derive_continuous w t _ (Dw t)).
    - apply (ex_derive_continuous (fun t : R => K / 2 * norm d ^ 2 * t ^ 2)). auto_derive. auto.
    - apply Dw.
    - auto_derive; [auto|field].
    - change (Rabs (dw t) <= K * norm d ^ 2 * t). unfold dw, c.
      replace (- dot (g (z t)) d + dot (g x) d) with (- dot (minus (g (z t)) (g x)) d)
        by (rewrite (dot_minus dot inner); ring).
      rewrite Rabs_Ropp. eapply Rle_trans; [apply (cauchy_schwarz dot inner)|].
      assert (E := Lip (z t) x I I). replace (minus (z t) x) with (scal t d) in E by (unfold z; linear).
      assert (N := norm_scaled_pos t d ltac:(lra)). apply (Rmult_le_compat_l K) in N; [|exact HK].
      replace (K * norm d ^ 2 * t) with (K * (t * norm d) * norm d) by ring.
      apply Rmult_le_compat_r; [apply norm_nonneg|]. exact (Rle_trans _ _ _ E N). }
  unfold w in M. rewrite Z0, Z1 in M.
  replace (G y - G x + c) with (G y + 1 * c - (G x + 0 * c)) by ring. lra.
Qed.

(* r g1 + g2 = -grad (r G1 + G2) *)
Lemma potential_sum C1 C2 r g1 g2 G1 G2 : 0 <= r -> minus_gradient C1 g1 G1 -> minus_gradient C2 g2 G2 ->
  minus_gradient (r * C1 + C2) (fun x => plus (scal r (g1 x)) (g2 x)) (fun x => r * G1 x + G2 x).
Proof.
  intros Hr P1 P2 x y. rewrite (dot_plus dot inner), (dot_scal dot inner).
  assert (E1 := P1 x y). assert (E2 := P2 x y). apply (Rmult_le_compat_l r) in E1; [|exact Hr].
  rewrite <- (Rabs_pos_eq r Hr) in E1 at 1. rewrite <- Rabs_mult in E1.
  set (s1 := dot (g1 x) (minus y x)) in *. set (s2 := dot (g2 x) (minus y x)) in *.
  replace (r * G1 y + G2 y - (r * G1 x + G2 x) + (r * s1 + s2))
    with (r * (G1 y - G1 x + s1) + (G2 y - G2 x + s2)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.

(* m(p) = psi(xi), xi = p - h m(p):  m = -grad of p -> G(xi) - h |m(p)|^2/2, for with delta = m(q) - m(p)
   G(eta) - G(xi) = -<m(p), q - p - h delta> + R  and  |m(q)|^2 - |m(p)|^2 = 2 <m(p), delta> + |delta|^2 *)
Lemma potential_after_step C h K (psi m xi : V -> V) G :
  0 <= C -> 0 <= h -> 0 <= K -> minus_gradient C psi G -> lipschitz_on (fun _ => True) K m ->
  (forall p, plus (xi p) (scal h (m p)) = p) -> (forall p, m p = psi (xi p)) ->
  minus_gradient K m (fun p => G (xi p) - h / 2 * norm (m p) ^ 2).
Proof.
  intros HC Hh HK P Lip Solves Image.
  apply (potential_sharpened (C * (1 + h * K) ^ 2 + h * K ^ 2)); [|exact HK|exact Lip|].
  { apply Rplus_le_le_0_compat; apply Rmult_le_pos; auto using pow2_ge_0. }
  intros p q. set (d := minus q p). set (delta := minus (m q) (m p)).
  assert (Step : minus (xi q) (xi p) = minus d (scal h delta)).
  { unfold d, delta. rewrite <- (Solves q) at 2. rewrite <- (Solves p) at 2. linear. }
  assert (E := P (xi p) (xi q)). rewrite <- (Image p), Step in E.
  rewrite (dot_minus_right dot inner), (dot_scal_right dot inner) in E.
  assert (Sq : norm (m q) ^ 2 = norm (m p) ^ 2 + 2 * dot (m p) delta + norm delta ^ 2).
  { rewrite <- !(dot_self dot inner). replace (m q) with (plus (m p) delta) by (unfold delta; linear).
    rewrite !(dot_plus dot inner), !(dot_plus_right dot inner), (dot_symmetric dot inner delta (m p)). ring. }
  assert (N1 : norm delta <= K * norm d) by exact (Lip q p I I).
  assert (N2 : norm (minus d (scal h delta)) <= (1 + h * K) * norm d).
  { eapply Rle_trans; [apply norm_minus|]. assert (Q := norm_scaled_pos h delta Hh).
    apply (Rmult_le_compat_l h) in N1; [|exact Hh]. norms. }
  assert (S1 : norm delta ^ 2 <= (K * norm d) ^ 2) by (apply pow_incr; split; [apply norm_nonneg|exact N1]).
  assert (S2 : norm (minus d (scal h delta)) ^ 2 <= ((1 + h * K) * norm d) ^ 2)
    by (apply pow_incr; split; [apply norm_nonneg|exact N2]).
  apply (Rmult_le_compat_l (C / 2)) in S2; [|lra]. apply (Rmult_le_compat_l (h / 2)) in S1; [|lra].
  assert (S0 := pow2_ge_0 (norm delta)). apply (Rmult_le_compat_l (h / 2)) in S0; [|lra].
  rewrite Sq. set (s1 := dot (m p) d) in *. set (s2 := dot (m p) delta) in *.
  apply Rabs_le_between in E. apply Rabs_le. norms.
Qed.
End Potential.
