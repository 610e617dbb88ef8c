(* C5, stochastic gradients with linear drift. An expectation is a linear, normed functional: the mean over any finite
   ensemble is one. If the curvature drawn at step n is uncorrelated with the state and the additive noise has mean 0,
   the mean obeys the recursion without noise. For f(u) = -q u + s xi_n with uncorrelated xi_n of variance 1,

     Var u_n = h^2 s^2 sum_{j<n} G_j^2,   G_0 = 1, G_{j+2} = (z_s + z_f) G_{j+1} - z_s z_f G_j,

   which grows to Var_oo = (h s^2/q) (1 + lam - a l) / [(1 - lam + a l)(2 (1 + lam) - l (1 + 2a))], l = hq. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums a3_quadratic.
Open Scope R_scope.

Record expectation {Omega : Type} (E : (Omega -> R) -> R) : Prop := {
  expectation_ext : forall X Y, (forall w, X w = Y w) -> E X = E Y;
  expectation_plus : forall X Y, E (fun w => X w + Y w) = E X + E Y;
  expectation_scal : forall r X, E (fun w => r * X w) = r * E X;
  expectation_one : E (fun _ => 1) = 1
}.

Section Expectation.
Context {Omega : Type}.
Variable E : (Omega -> R) -> R.
Hypothesis HE : expectation E.

Lemma expectation_constant r : E (fun _ => r) = r.
Proof.
  rewrite (expectation_ext E HE _ (fun w => r * (fun _ => 1) w)) by (intros; ring).
  rewrite (expectation_scal E HE), (expectation_one E HE). ring.
Qed.

Lemma expectation_total d (X : nat -> Omega -> R) :
  E (fun w => total d (fun j => X j w)) = total d (fun j => E (X j)).
Proof.
  induction d as [|d IH]; simpl; [apply expectation_constant|].
  rewrite (expectation_plus E HE (fun w => total d (fun j => X j w)) (X d)). now rewrite IH.
Qed.

(* (i) in d dimensions: Q_n u and Q_n v have the means q E u and q E v, the additive noise has mean 0 *)
Theorem c5_mean (d N : nat) (lam a h : R) (q : nat -> nat -> R) (Q : nat -> nat -> nat -> Omega -> R)
    (xi u v : nat -> nat -> Omega -> R) :
  (forall n i j, (n < N)%nat -> E (fun w => Q n i j w * u n j w) = q i j * E (u n j)) ->
  (forall n i j, (n < N)%nat -> E (fun w => Q n i j w * v n j w) = q i j * E (v n j)) ->
  (forall n i, (n < N)%nat -> E (xi n i) = 0) ->
  (forall n i w, (n < N)%nat ->
     v (S n) i w = lam * v n i w - total d (fun j => Q n i j w * (u n j w + h * a * v n j w)) + xi n i w /\
     u (S n) i w = u n i w + h * v (S n) i w) ->
  forall n i, (n < N)%nat ->
    E (v (S n) i) = lam * E (v n i) - total d (fun j => q i j * (E (u n j) + h * a * E (v n j))) /\
    E (u (S n) i) = E (u n i) + h * E (v (S n) i).
Proof.
  intros Qu Qv Noise Step n i Hn. split.
  - set (drift := fun j w => Q n i j w * u n j w + h * a * (Q n i j w * v n j w)).
    rewrite (expectation_ext E HE _ (fun w => lam * v n i w + ((-1) * total d (fun j => drift j w) + xi n i w))).
    + rewrite (expectation_plus E HE (fun w => lam * v n i w)), (expectation_scal E HE).
      rewrite (expectation_plus E HE (fun w => (-1) * total d (fun j => drift j w))), (expectation_scal E HE).
      rewrite (Noise n i Hn), expectation_total.
      rewrite (total_ext d (fun j => E (drift j)) (fun j => q i j * (E (u n j) + h * a * E (v n j)))); [ring|].
      intros j _. unfold drift. rewrite (expectation_plus E HE (fun w => Q n i j w * u n j w)).
      rewrite (expectation_scal E HE), Qu, Qv by exact Hn. ring.
    + intros w. rewrite (proj1 (Step n i w Hn)).
      rewrite (total_ext d _ (fun j => drift j w)) by (intros; unfold drift; ring). ring.
  - rewrite (expectation_ext E HE _ (fun w => u n i w + h * v (S n) i w)) by (intros w; apply (Step n i w Hn)).
    now rewrite (expectation_plus E HE (u n i)), (expectation_scal E HE).
Qed.
End Expectation.

(* G_0 = 1, G_1 = s, G_{j+2} = s G_{j+1} - p G_j: what a unit of noise has become after j steps *)
Fixpoint response (s p : R) (n : nat) : R :=
  match n with O => 1 | S m => match m with O => s | S k => s * response s p m - p * response s p k end end.

Section Variance.
Context {Omega : Type}.
Variables (E : (Omega -> R) -> R) (N : nat) (lam a h q sigma : R) (xi u v : nat -> Omega -> R) (ubar vbar : nat -> R).
Hypothesis HE : expectation E.
Hypothesis noise_mean : forall i, (i < N)%nat -> E (xi i) = 0.
Hypothesis noise_covariance : forall i j, (i < N)%nat -> (j < N)%nat ->
  E (fun w => xi i w * xi j w) = if Nat.eqb i j then 1 else 0.
Hypothesis start : forall w, u O w = ubar O /\ v O w = vbar O.
Hypothesis noisy : forall n w, (n < N)%nat ->
  v (S n) w = lam * v n w - q * (u n w + h * a * v n w) + sigma * xi n w /\ u (S n) w = u n w + h * v (S n) w.
Hypothesis noiseless : forall n, (n < N)%nat ->
  vbar (S n) = lam * vbar n - q * (ubar n + h * a * vbar n) /\ ubar (S n) = ubar n + h * vbar (S n).

Let s := root_sum lam a (h * q).
Let p := root_product lam a (h * q).
Let G := response s p.
(* sum_{j<n} G_{n-1-j} xi_j *)
Let noise (n : nat) (w : Omega) : R := total n (fun j => G (n - 1 - j) * xi j w).

Lemma noise_step n w : noise (S (S n)) w = s * noise (S n) w - p * noise n w + xi (S n) w.
Proof.
  unfold noise.
  change (total (S (S n)) (fun j => G (S (S n) - 1 - j) * xi j w))
    with (total n (fun j => G (S (S n) - 1 - j) * xi j w) + G (S (S n) - 1 - n) * xi n w
          + G (S (S n) - 1 - S n) * xi (S n) w).
  change (total (S n) (fun j => G (S n - 1 - j) * xi j w))
    with (total n (fun j => G (S n - 1 - j) * xi j w) + G (S n - 1 - n) * xi n w).
  replace (S (S n) - 1 - n)%nat with 1%nat by lia. replace (S (S n) - 1 - S n)%nat with O by lia.
  replace (S n - 1 - n)%nat with O by lia.
  rewrite (total_ext n (fun j => G (S (S n) - 1 - j) * xi j w)
    (fun j => s * (G (S n - 1 - j) * xi j w) - p * (G (n - 1 - j) * xi j w))).
  - rewrite total_minus, !total_scal. unfold G. simpl response. ring.
  - intros j Hj. replace (S (S n) - 1 - j)%nat with (S (S (n - 1 - j))) by lia.
    replace (S n - 1 - j)%nat with (S (n - 1 - j)) by lia. unfold G. simpl response. ring.
Qed.

(* u_n - ubar_n = h sigma noise_n, by the recursion of two steps *)
Lemma deviation n w : (n <= N)%nat -> u n w - ubar n = h * sigma * noise n w.
Proof.
  assert (Both : (n <= N)%nat -> u n w - ubar n = h * sigma * noise n w /\
    (h * (v n w - vbar n) = h * sigma * (noise n w - match n with O => 0 | S m => noise m w end))).
  { induction n as [|n IH]; intros Hn.
    - destruct (start w) as [-> ->]. unfold noise. simpl. split; ring.
    - destruct (IH ltac:(lia)) as [I1 I2]. destruct (noisy n w ltac:(lia)) as [Nv Nu].
      destruct (noiseless n ltac:(lia)) as [Bv Bu].
      assert (V : h * (v (S n) w - vbar (S n)) = h * sigma * (noise (S n) w - noise n w)).
      { rewrite Nv, Bv.
        replace (h * (lam * v n w - q * (u n w + h * a * v n w) + sigma * xi n w
                      - (lam * vbar n - q * (ubar n + h * a * vbar n))))
          with ((lam - a * (h * q)) * (h * (v n w - vbar n)) - h * q * (u n w - ubar n) + h * sigma * xi n w) by ring.
        rewrite I1, I2. destruct n as [|n].
        - unfold noise, G. simpl. ring.
        - rewrite noise_step. unfold s, p, root_sum, root_product. ring. }
      split; [|exact V]. rewrite Nu, Bu.
      replace (u n w + h * v (S n) w - (ubar n + h * vbar (S n)))
        with (u n w - ubar n + h * (v (S n) w - vbar (S n))) by ring. rewrite I1, V. ring. }
  intros Hn. exact (proj1 (Both Hn)).
Qed.

(* E (sum c_j xi_j)^2 = sum c_j^2 *)
Lemma square_of_noise (c : nat -> R) n : (n <= N)%nat ->
  E (fun w => total n (fun j => c j * xi j w) ^ 2) = total n (fun j => c j ^ 2).
Proof.
  induction n as [|n IH]; intros Hn.
  - rewrite (expectation_ext E HE _ (fun _ => 0)) by (intros; simpl; ring). now apply expectation_constant.
  - change (total (S n) (fun j => c j ^ 2)) with (total n (fun j => c j ^ 2) + c n ^ 2). specialize (IH ltac:(lia)).
    set (X := fun w => total n (fun j => c j * xi j w)) in *.
    rewrite (expectation_ext E HE _ (fun w => X w ^ 2 + (2 * c n * (X w * xi n w) + c n ^ 2 * (xi n w * xi n w))))
      by (intros w; unfold X; simpl total; ring).
    rewrite (expectation_plus E HE (fun w => X w ^ 2)). change (E (fun w => X w ^ 2) = total n (fun j => c j ^ 2)) in IH.
    rewrite IH.
    rewrite (expectation_plus E HE (fun w => 2 * c n * (X w * xi n w))), !(expectation_scal E HE).
    rewrite (noise_covariance n n), Nat.eqb_refl by lia.
    replace (E (fun w => X w * xi n w)) with 0; [ring|]. symmetry. unfold X.
    rewrite (expectation_ext E HE _ (fun w => total n (fun j => c j * (xi j w * xi n w)))).
    + rewrite (expectation_total E HE). rewrite (total_ext n _ (fun _ => 0)); [apply total_zero|].
      intros j Hj. rewrite (expectation_scal E HE), noise_covariance by lia.
      destruct (Nat.eqb_spec j n); [lia|ring].
    + intros w. rewrite Rmult_comm, <- total_scal. apply total_ext. intros j _. ring.
Qed.

Lemma total_first n (f : nat -> R) : total (S n) f = f O + total n (fun j => f (S j)).
Proof.
  induction n as [|n IH]; [simpl; ring|].
  change (total (S n) f + f (S n) = f O + (total n (fun j => f (S j)) + f (S n))). rewrite IH. ring.
Qed.

Lemma total_reversed n (f : nat -> R) : total n (fun j => f (n - 1 - j)%nat) = total n f.
Proof.
  induction n as [|n IH]; [reflexivity|]. rewrite total_first. simpl (total (S n) f). rewrite <- IH.
  replace (S n - 1 - 0)%nat with n by lia. rewrite Rplus_comm. apply f_equal2; [|reflexivity].
  apply total_ext. intros j Hj. apply f_equal. lia.
Qed.

(* (ii) the mean is the noiseless orbit, and the variance about it *)
Theorem c5_variance n : (n <= N)%nat ->
  E (u n) = ubar n /\ E (fun w => (u n w - ubar n) ^ 2) = h ^ 2 * sigma ^ 2 * total n (fun j => G j ^ 2).
Proof.
  intros Hn. split.
  - rewrite (expectation_ext E HE _ (fun w => ubar n + h * sigma * noise n w))
      by (intros w; rewrite <- (deviation n w Hn); ring).
    rewrite (expectation_plus E HE (fun _ => ubar n)), (expectation_constant E HE), (expectation_scal E HE).
    unfold noise. rewrite (expectation_total E HE), (total_ext n _ (fun _ => 0)), total_zero; [ring|].
    intros j Hj. rewrite (expectation_scal E HE), noise_mean by lia. ring.
  - rewrite (expectation_ext E HE _ (fun w => h ^ 2 * sigma ^ 2 * noise n w ^ 2))
      by (intros w; rewrite (deviation n w Hn); ring).
    rewrite (expectation_scal E HE). unfold noise. rewrite square_of_noise by exact Hn.
    now rewrite (total_reversed n (fun j => G j ^ 2)).
Qed.
End Variance.

(* the form (1+p) X^2 - 2 s p X Y + (1+p) p^2 Y^2 loses c X^2 in a step (X, Y) -> (s X - p Y, X),
   c = (1-p)((1+p)^2 - s^2), and starts from 1 + p *)
Section Stationary.
Variables s p : R.
Hypotheses (Hp : -1 < p < 1) (Hs : Rabs s < 1 + p).
Let G := response s p.
Let form (n : nat) : R := (1 + p) * G (S n) ^ 2 - 2 * s * p * G (S n) * G n + (1 + p) * p ^ 2 * G n ^ 2.
Let c := (1 - p) * ((1 + p) ^ 2 - s ^ 2).
Let sums (n : nat) : R := total n (fun j => G j ^ 2).

Lemma sums_of_form n : c * sums (S n) = 1 + p - form n.
Proof.
  induction n as [|n IH]; [unfold sums, form, c, G; simpl; ring|].
  change (sums (S (S n))) with (sums (S n) + G (S n) ^ 2). rewrite Rmult_plus_distr_l, IH.
  unfold form, c. change (G (S (S n))) with (s * G (S n) - p * G n). ring.
Qed.

Lemma c_positive : 0 < c.
Proof.
  apply Rabs_def2 in Hs. unfold c. apply Rmult_lt_0_compat; [lra|].
  replace ((1 + p) ^ 2 - s ^ 2) with ((1 + p - s) * (1 + p + s)) by ring. apply Rmult_lt_0_compat; lra.
Qed.

(* (1+p)(X^2 + Z^2) -+ 2|s| |X Z| with |s| <= 1 + p, Z = p Y *)
Lemma form_range n : 0 <= form n <= 2 * (1 + p) * (G (S n) ^ 2 + G n ^ 2).
Proof.
  apply Rabs_def2 in Hs. unfold form. set (X := G (S n)). set (Y := G n).
  assert (P : p ^ 2 <= 1) by nra.
  assert (F1 : 0 <= (1 + p - s) * (X + p * Y) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  assert (F2 : 0 <= (1 + p + s) * (X - p * Y) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  assert (F3 : 0 <= (1 + p) * ((1 - p ^ 2) * Y ^ 2)).
  { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [lra|apply pow2_ge_0]. }
  assert (F4 : 0 <= (1 + p + s) * (X + p * Y) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  assert (F5 : 0 <= (1 + p - s) * (X - p * Y) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
  split; lra.
Qed.

Lemma sums_limit : is_lim_seq sums ((1 + p) / c).
Proof.
  assert (C := c_positive).
  assert (Below : forall n, sums n <= (1 + p) / c).
  { intros [|n]; [apply Rdiv_le_0_compat; lra|]. apply Rle_div_r; [exact C|].
    rewrite Rmult_comm, sums_of_form. generalize (form_range n). lra. }
  assert (Grows : forall n, sums n <= sums (S n)).
  { intros n. change (sums (S n)) with (sums n + G n ^ 2). generalize (pow2_ge_0 (G n)). lra. }
  destruct (ex_finite_lim_seq_incr sums _ Grows Below) as [limit Lim].
  assert (Next := proj1 (is_lim_seq_incr_1 sums limit) Lim).
  assert (Square : is_lim_seq (fun n => G n ^ 2) 0).
  { replace 0 with (limit - limit) by ring. eapply is_lim_seq_ext; [|exact (is_lim_seq_minus' _ _ _ _ Next Lim)].
    intros n. cbv beta. replace (sums (S n)) with (sums n + G n ^ 2) by reflexivity. ring. }
  assert (Upper : is_lim_seq (fun n => 2 * (1 + p) * (G (S n) ^ 2 + G n ^ 2)) 0).
  { replace 0 with (2 * (1 + p) * (0 + 0)) by ring.
    apply (is_lim_seq_scal_l (fun n => G (S n) ^ 2 + G n ^ 2) (2 * (1 + p)) (0 + 0)).
    apply is_lim_seq_plus'; [|exact Square]. exact (proj1 (is_lim_seq_incr_1 (fun n => G n ^ 2) 0) Square). }
  assert (Form := is_lim_seq_le_le _ form _ 0 form_range (is_lim_seq_const 0) Upper).
  apply is_lim_seq_incr_1. replace ((1 + p) / c) with (/ c * (1 + p - 0)) by (field; lra).
  apply is_lim_seq_ext with (fun n => / c * (1 + p - form n)).
  - intros n. rewrite <- sums_of_form. field. lra.
  - apply (is_lim_seq_scal_l (fun n => 1 + p - form n) (/ c) (1 + p - 0)).
    apply is_lim_seq_minus'; [apply is_lim_seq_const|exact Form].
Qed.
End Stationary.

(* l (1 + 2a) < 2 (1 + lam) is where both roots are inside the unit circle *)
Theorem c5_stationary_variance (lam a h q sigma : R) :
  0 <= lam < 1 -> 0 <= a -> 0 < h -> 0 < q -> h * q * (1 + 2 * a) < 2 * (1 + lam) ->
  let l := h * q in
  is_lim_seq (fun n => h ^ 2 * sigma ^ 2 * total n (fun j => response (root_sum lam a l) (root_product lam a l) j ^ 2))
    (h * sigma ^ 2 / q * (1 + lam - a * l) / ((1 - lam + a * l) * (2 * (1 + lam) - l * (1 + 2 * a)))).
Proof.
  intros Hlam Ha Hh Hq Stable l. assert (Hl : 0 < l) by (apply Rmult_lt_0_compat; lra).
  fold l in Stable. assert (Hal : 0 <= a * l) by (apply Rmult_le_pos; lra).
  set (s := root_sum lam a l). set (p := root_product lam a l).
  assert (Hp : -1 < p < 1) by (unfold p, root_product; lra).
  assert (Hs : Rabs s < 1 + p) by (apply Rabs_def1; unfold s, p, root_sum, root_product; lra).
  assert (Lim := sums_limit s p Hp Hs).
  replace (h * sigma ^ 2 / q * (1 + lam - a * l) / ((1 - lam + a * l) * (2 * (1 + lam) - l * (1 + 2 * a))))
    with (h ^ 2 * sigma ^ 2 * ((1 + p) / ((1 - p) * ((1 + p) ^ 2 - s ^ 2)))).
  - exact (is_lim_seq_scal_l _ (h ^ 2 * sigma ^ 2) _ Lim).
  - replace ((1 + p) ^ 2 - s ^ 2) with ((1 + p - s) * (1 + p + s)) by ring.
    replace (1 + p - s) with (h * q) by (unfold s, p, root_sum, root_product, l; ring).
    replace (1 + p + s) with (2 * (1 + lam) - l * (1 + 2 * a)) by (unfold s, p, root_sum, root_product; ring).
    replace (1 + p) with (1 + lam - a * l) by (unfold p, root_product; ring).
    replace (1 - p) with (1 - lam + a * l) by (unfold p, root_product; ring). field. repeat split; lra.
Qed.
