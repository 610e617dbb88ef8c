(* C2 for quadratic losses: each field that is a function of H is a gradient, so those of every order in h are; and
   in the eigendirections of H the modified field is known, -grad Phi_h(U) = ln z_s(hH)/h U, z_s the slow root.
   Its flow passes through the method's iterates, u_n = U(nh) for all n. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed inner_product momentum_method b_finite_sums c2_potential a3_quadratic.
Open Scope R_scope.

Section Symmetric.
Context {V : NormedModule R_AbsRing}.
Variables (dot : V -> V -> R) (H : V -> V) (q : R).
Hypothesis inner : inner_product dot.
Hypothesis H_plus : forall x y, H (plus x y) = plus (H x) (H y).
Hypothesis H_symmetric : forall x y, dot (H x) y = dot x (H y).
Hypothesis H_bounded : forall x, norm (H x) <= q * norm x.

Definition power (k : nat) (x : V) : V := Nat.iter k H x.
(* c_0 x + c_1 H x + ... + c_(n-1) H^(n-1) x *)
Definition polynomial (c : nat -> R) (n : nat) (x : V) : V := combination (fun k => power k x) c n.

Lemma power_shift k (x : V) : power k (H x) = H (power k x).
Proof. induction k as [|k IH]; [reflexivity|]. unfold power in *. simpl. now rewrite IH. Qed.

Lemma power_plus k (x y : V) : power k (plus x y) = plus (power k x) (power k y).
Proof. induction k as [|k IH]; [reflexivity|]. unfold power in *. simpl. now rewrite IH, H_plus. Qed.

Lemma power_symmetric k (x y : V) : dot (power k x) y = dot x (power k y).
Proof.
  revert y. induction k as [|k IH]; intros y; [reflexivity|].
  change (power (S k) x) with (H (power k x)). rewrite H_symmetric, IH, power_shift. reflexivity.
Qed.

Lemma power_bounded k (x : V) : 0 <= q -> norm (power k x) <= q ^ k * norm x.
Proof.
  intros Hq. induction k as [|k IH]; [simpl; rewrite Rmult_1_l; apply Rle_refl|].
  eapply Rle_trans; [apply H_bounded|]. simpl. rewrite Rmult_assoc. now apply Rmult_le_compat_l.
Qed.

Lemma polynomial_plus c n (x y : V) : polynomial c n (plus x y) = plus (polynomial c n x) (polynomial c n y).
Proof.
  unfold polynomial. induction n as [|n IH]; simpl; [symmetry; apply plus_zero_l|].
  rewrite IH, power_plus. linear.
Qed.

Lemma dot_zero_left (x : V) : dot zero x = 0.
Proof. replace (zero : V) with (scal 0 x) by exact (scal_real_0 x). rewrite (dot_scal dot inner). ring. Qed.

Lemma polynomial_symmetric c n (x y : V) : dot (polynomial c n x) y = dot x (polynomial c n y).
Proof.
  unfold polynomial. induction n as [|n IH]; simpl.
  - rewrite (dot_symmetric dot inner x), !dot_zero_left. reflexivity.
  - rewrite (dot_plus dot inner), (dot_plus_right dot inner), IH, (dot_scal dot inner), (dot_scal_right dot inner).
    now rewrite power_symmetric.
Qed.

Definition polynomial_bound (c : nat -> R) (n : nat) : R := total n (fun k => Rabs (c k) * q ^ k).

Lemma polynomial_bounded c n (x : V) : 0 <= q -> norm (polynomial c n x) <= polynomial_bound c n * norm x.
Proof.
  intros Hq. unfold polynomial, polynomial_bound. induction n as [|n IH]; simpl.
  - rewrite Rmult_0_l. right. apply norm_origin.
  - eapply Rle_trans; [apply norm_plus|]. rewrite Rmult_plus_distr_r. apply Rplus_le_compat; [exact IH|].
    eapply Rle_trans; [apply norm_scaled|]. rewrite Rmult_assoc.
    apply Rmult_le_compat_l; [apply Rabs_pos|now apply power_bounded].
Qed.

(* b(H) u = -grad(-<b(H) u, u>/2), for every polynomial b; the remainder is the form itself, -<b(H) d, d>/2 *)
Theorem c2_quadratic_every_order (c : nat -> R) (n : nat) : 0 <= q ->
  minus_gradient dot (polynomial_bound c n) (polynomial c n) (fun u => - dot (polynomial c n u) u / 2).
Proof.
  intros Hq x y. set (d := minus y x). set (P := polynomial c n).
  assert (E : dot (P y) y = dot (P x) x + 2 * dot (P x) d + dot (P d) d).
  { replace y with (plus x d) by (unfold d; linear). unfold P. rewrite polynomial_plus.
    rewrite !(dot_plus dot inner), !(dot_plus_right dot inner), (polynomial_symmetric c n d x).
    rewrite (dot_symmetric dot inner d). ring. }
  rewrite E. replace (- (dot (P x) x + 2 * dot (P x) d + dot (P d) d) / 2 - - dot (P x) x / 2 + dot (P x) d)
    with (- (dot (P d) d / 2)) by field.
  assert (B := inner_product.cauchy_schwarz dot inner (P d) d). assert (N := polynomial_bounded c n d Hq). fold P in N.
  apply (Rmult_le_compat_r (norm d)) in N; [|apply norm_nonneg].
  rewrite Rabs_Ropp. unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ 2)) by lra.
  replace (polynomial_bound c n * / 2 * norm d ^ 2) with (polynomial_bound c n * norm d * norm d * / 2) by ring.
  apply Rmult_le_compat_r; [lra|]. exact (Rle_trans _ _ _ B N).
Qed.
End Symmetric.

Section Spectral.
Context {V : NormedModule R_AbsRing}.
Variables (dot : V -> V -> R) (e : nat -> V) (d : nat) (q : nat -> R).
Hypothesis inner : inner_product dot.

Definition orthonormal : Prop :=
  forall i j, (i < d)%nat -> (j < d)%nat -> dot (e i) (e j) = if Nat.eqb i j then 1 else 0.
Hypothesis basis : orthonormal.

(* b(H) u = sum_i b(q_i) <e_i, u> e_i,  H = sum_i q_i e_i e_i^T,  and the loss of which it is minus the gradient *)
Definition function_of (b : R -> R) (u : V) : V := combination e (fun i => b (q i) * dot (e i) u) d.
Definition loss_of (b : R -> R) (u : V) : R := - (total d (fun i => b (q i) * dot (e i) u ^ 2) / 2).

Lemma dot_with_combination c n (x : V) : dot (combination e c n) x = total n (fun i => c i * dot (e i) x).
Proof.
  induction n as [|n IH]; simpl; [now apply dot_zero_left|].
  now rewrite (dot_plus dot inner), (dot_scal dot inner), IH.
Qed.

Lemma coordinate c i : (i < d)%nat -> dot (e i) (combination e c d) = c i.
Proof.
  intros Hi. rewrite (dot_symmetric dot inner), dot_with_combination.
  rewrite (total_ext d _ (fun j => if Nat.eqb j i then c j else 0)); [now apply total_single|].
  intros j Hj. rewrite (basis j i Hj Hi). destruct (Nat.eqb j i); ring.
Qed.

(* (b + t)^2 = b^2 + 2 b t + t^2, coordinate by coordinate *)
Lemma loss_expansion b (x y : V) :
  loss_of b y - loss_of b x + dot (function_of b x) (minus y x) = loss_of b (minus y x).
Proof.
  unfold loss_of, function_of. rewrite dot_with_combination. set (w := minus y x).
  replace (total d (fun i => b (q i) * dot (e i) y ^ 2))
    with (total d (fun i => b (q i) * dot (e i) x ^ 2) + 2 * total d (fun i => b (q i) * dot (e i) x * dot (e i) w)
          + total d (fun i => b (q i) * dot (e i) w ^ 2)); [field|].
  rewrite <- total_scal, <- !total_plus. apply total_ext. intros i _.
  replace y with (plus x w) by (unfold w; linear). rewrite (dot_plus_right dot inner). ring.
Qed.

Theorem c2_quadratic_functions (b : R -> R) :
  minus_gradient dot (total d (fun i => Rabs (b (q i)))) (function_of b) (loss_of b).
Proof.
  intros x y. rewrite loss_expansion. set (w := minus y x). unfold loss_of.
  rewrite Rabs_Ropp. unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ 2)) by lra.
  rewrite Rmult_assoc, (Rmult_comm (/ 2)), <- Rmult_assoc. apply Rmult_le_compat_r; [lra|].
  assert (Each : forall n, (n <= d)%nat -> Rabs (total n (fun i => b (q i) * dot (e i) w ^ 2))
    <= total n (fun i => Rabs (b (q i))) * norm w ^ 2).
  { induction n as [|n IH]; intros Hn; simpl; [rewrite Rabs_R0; lra|].
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rmult_plus_distr_r. apply Rplus_le_compat; [apply IH; lia|].
    rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|].
    assert (C := cauchy_schwarz_square dot inner (e n) w).
    rewrite (basis n n Hn Hn), Nat.eqb_refl, (dot_self dot inner w) in C.
    change (dot (e n) w * (dot (e n) w * 1)) with (dot (e n) w ^ 2).
    change (norm w * (norm w * 1)) with (norm w ^ 2). rewrite Rabs_pos_eq by apply pow2_ge_0. lra. }
  exact (Each d (le_n d)).
Qed.

Lemma derive_combination (k dk : nat -> R -> R) t n : (forall i, is_derive (k i) t (dk i t)) ->
  is_derive (fun s => combination e (fun i => k i s) n) t (combination e (fun i => dk i t) n).
Proof.
  intros Dk. induction n as [|n IH]; simpl; [apply @is_derive_const|].
  apply @is_derive_plus; [exact IH|]. apply (is_derive_scal_l (k n)). apply Dk.
Qed.

(* U(t) = u_0 + sum_i (e^{b(q_i) t} - 1) <e_i, u_0> e_i solves U' = b(H) U *)
Definition exact_flow (b : R -> R) (u0 : V) (t : R) : V :=
  plus u0 (combination e (fun i => (exp (b (q i) * t) - 1) * dot (e i) u0) d).

Lemma exact_flow_start b u0 : exact_flow b u0 0 = u0.
Proof.
  unfold exact_flow. rewrite (combination_ext e _ (fun _ => 0)); [rewrite combination_0; apply plus_zero_r|].
  intros i _. rewrite Rmult_0_r, exp_0. ring.
Qed.

Lemma exact_flow_coordinate b u0 t i : (i < d)%nat ->
  dot (e i) (exact_flow b u0 t) = exp (b (q i) * t) * dot (e i) u0.
Proof. intros Hi. unfold exact_flow. rewrite (dot_plus_right dot inner), coordinate by exact Hi. ring. Qed.

Lemma exact_flow_derivative b u0 t : is_derive (exact_flow b u0) t (function_of b (exact_flow b u0 t)).
Proof.
  set (dk := fun i t => b (q i) * (exp (b (q i) * t) * dot (e i) u0)).
  replace (function_of b (exact_flow b u0 t)) with (plus zero (combination e (fun i => dk i t) d)).
  - apply @is_derive_plus; [apply @is_derive_const|].
    apply (derive_combination (fun i t => (exp (b (q i) * t) - 1) * dot (e i) u0) dk).
    intros i. unfold dk. auto_derive; [auto|ring].
  - rewrite plus_zero_l. unfold function_of. apply combination_ext. intros i Hi.
    now rewrite exact_flow_coordinate.
Qed.

Lemma exact_flow_difference b u0 s t : minus (exact_flow b u0 t) (exact_flow b u0 s)
  = combination e (fun i => (exp (b (q i) * t) - exp (b (q i) * s)) * dot (e i) u0) d.
Proof.
  unfold exact_flow. set (x := combination e _ d). set (y := combination e _ d).
  replace (minus (plus u0 x) (plus u0 y)) with (plus x (scal (-1) y)) by linear.
  unfold x, y. rewrite <- combination_scal, <- combination_plus. apply combination_ext. intros i _. ring.
Qed.

(* f = -H, and z^2 - z = lam (z - 1) - l ((1 + a) z - a) for z = e^{b h}: U steps as the method does *)
Lemma exact_flow_steps b (lam a h : R) (u0 : V) (t : R) :
  (forall i, (i < d)%nat -> let z := exp (b (q i) * h) in
     z ^ 2 - root_sum lam a (h * q i) * z + root_product lam a (h * q i) = 0) ->
  let y := plus (exact_flow b u0 (t + h)) (scal a (minus (exact_flow b u0 (t + h)) (exact_flow b u0 t))) in
  exact_flow b u0 (t + 2 * h)
  = plus (plus (exact_flow b u0 (t + h)) (scal lam (minus (exact_flow b u0 (t + h)) (exact_flow b u0 t))))
      (scal h (function_of Ropp y)).
Proof.
  intros Root y. set (U := exact_flow b u0) in *.
  replace (U (t + 2 * h)) with (plus (U (t + h)) (minus (U (t + 2 * h)) (U (t + h)))) by linear.
  rewrite <- plus_assoc. apply f_equal. unfold U. rewrite !exact_flow_difference. fold U.
  unfold function_of. rewrite <- !combination_scal.
  etransitivity; [|exact (combination_plus (V := V) e
    (fun i => lam * ((exp (b (q i) * (t + h)) - exp (b (q i) * t)) * dot (e i) u0))
    (fun i => h * (- q i * dot (e i) y)) d)].
  apply combination_ext. intros i Hi.
  unfold y. rewrite (dot_plus_right dot inner), (dot_scal_right dot inner), (dot_minus_right dot inner).
  unfold U. rewrite !exact_flow_coordinate by exact Hi. specialize (Root i Hi). cbv zeta in Root.
  replace (b (q i) * (t + 2 * h)) with (b (q i) * t + b (q i) * h + b (q i) * h) by ring.
  replace (b (q i) * (t + h)) with (b (q i) * t + b (q i) * h) by ring. rewrite !exp_plus.
  set (z := exp (b (q i) * h)) in *. set (w := exp (b (q i) * t)). set (c := dot (e i) u0).
  assert (Z : z ^ 2 = root_sum lam a (h * q i) * z - root_product lam a (h * q i)) by lra.
  unfold root_sum, root_product in Z.
  replace ((w * z * z - w * z) * c) with (w * c * (z ^ 2 - z)) by ring. rewrite Z. ring.
Qed.

(* l = hq: z_s(l) is a root, and ln z_s(l)/h the exponent of the slow direction *)
Definition slow_exponent (lam a h q : R) : R := ln (slow_root lam a (h * q)) / h.

(* h q_i <= l_-, whatever the sign of q_i: -grad Phi_h = ln z_s(hH)/h is a gradient, and its flow from any u_0 makes
   the method's steps without error *)
Theorem c2_quadratic_flow (lam a h : R) (u0 : V) :
  0 < lam < 1 -> 0 <= a -> a * (1 - lam) <= lam -> 0 < h ->
  (forall i, (i < d)%nat -> h * q i <= lower_threshold lam a) ->
  let f := function_of Ropp in
  let b := slow_exponent lam a h in
  minus_gradient dot (total d (fun i => Rabs (b (q i)))) (function_of b) (loss_of b) /\
  exists U : R -> V, U 0 = u0 /\ (forall t, is_derive U t (function_of b (U t))) /\
    forall n, let u := fun k => U (INR k * h) in u (S (S n)) = momentum_step f lam a h u (S n).
Proof.
  intros Hlam Ha Has Hh Real f b. split; [apply c2_quadratic_functions|].
  exists (exact_flow b u0). split; [apply exact_flow_start|split; [apply exact_flow_derivative|]].
  intros n u. unfold momentum_step, lookahead, increment, before, u.
  assert (S2 := exact_flow_steps b lam a h u0 (INR n * h)). cbv zeta in S2. rewrite !S_INR.
  replace ((INR n + 1 + 1) * h) with (INR n * h + 2 * h) by ring.
  replace ((INR n + 1) * h) with (INR n * h + h) by ring. apply S2. intros i Hi.
  destruct (roots_below_threshold lam a (h * q i) Hlam Ha Has (Real i Hi)) as [D0 Z0].
  assert (E : exp (b (q i) * h) = slow_root lam a (h * q i)).
  { unfold b, slow_exponent. replace (ln (slow_root lam a (h * q i)) / h * h) with (ln (slow_root lam a (h * q i)))
      by (field; lra). now apply exp_ln. }
  rewrite E, <- roots_sum, <- roots_product by exact D0. ring.
Qed.
End Spectral.
