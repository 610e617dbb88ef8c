(* B6: the limit of momentum descent on a diagonal network, any step size and any mini-batches, is the only
   minimiser of the Bregman divergence D_psi(theta, theta~_0), psi the entropy at Delta_oo, among interpolators. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import b_finite_sums b_derivatives b_network.
From HeavyProof Require Import b6_discrete_balancedness b6_hyperbolic_entropy.
Open Scope R_scope.

(* theta = (w_+^2 - w_-^2)/4,  Delta = |w_+ w_-| *)
Definition network_theta (wp wm : vector) : vector := fun i => (wp i ^ 2 - wm i ^ 2) / 4.
Definition balance (wp wm : vector) : vector := fun i => Rabs (wp i * wm i).

(* theta~_0 = (w_+0^2 e^{-2a_+} - w_-0^2 e^{-2a_-})/4 *)
Definition shifted_start (wp0 wm0 a_plus a_minus : vector) : vector :=
  fun i => (wp0 i ^ 2 * exp (-2 * a_plus i) - wm0 i ^ 2 * exp (-2 * a_minus i)) / 4.

Definition descent_start (beta : R) (u v : nat -> vector) : vector :=
  shifted_start (fun i => w_plus u v i 0%nat) (fun i => w_minus u v i 0%nat)
    (fun i => correction beta (w_plus u v i)) (fun i => correction beta (w_minus u v i)).

Lemma mirror_of_limit x z : x <> 0 -> z <> 0 ->
  mirror (Rabs (x * z)) ((x ^ 2 - z ^ 2) / 4) = (ln (Rabs x) - ln (Rabs z)) / 2.
Proof.
  intros Hx Hz. rewrite Rabs_mult, <- (pow2_abs x), <- (pow2_abs z).
  apply mirror_of_squares; now apply Rabs_pos_lt.
Qed.

(* psi'(theta_oo) - psi'(theta~_0) = a_+ + ln|W_+/w_+0| = 1/(1-beta) lim sum c_k *)
Lemma mirror_difference beta c wp wm Wp Wm : 0 <= beta < 1 ->
  signed_descent beta c wp -> signed_descent beta (fun k => - c k) wm -> settles wp Wp -> settles wm Wm ->
  let a := correction beta wp in let b := correction beta wm in
  is_lim_seq (fun N => total N c) ((1 - beta) * (mirror (Rabs (Wp * Wm)) ((Wp ^ 2 - Wm ^ 2) / 4)
    - mirror (Rabs (Wp * Wm)) ((wp 0%nat ^ 2 * exp (-2 * a) - wm 0%nat ^ 2 * exp (-2 * b)) / 4))).
Proof.
  intros Hb Dp Dm Sp Sm a b.
  assert (L := descent_sum beta c wp wm Wp Wm Hb Dp Dm Sp Sm).
  assert (E := log_balancedness beta c wp wm Wp Wm Hb Dp Dm Sp Sm).
  assert (B := balancedness_one beta c wp wm Wp Wm Hb Dp Dm Sp Sm).
  destruct Sp as (Ap & _ & Cp). destruct Sm as (Am & _ & Cm).
  rewrite mirror_of_limit, B, mirror_of_start by auto.
  fold a b in E, L |- *.
  match type of L with is_lim_seq _ (Finite ?l) => match goal with |- is_lim_seq _ (Finite ?m) =>
    replace m with l; [exact L|f_equal; lra] end end.
Qed.

Section Limit.
Variables (d n : nat) (X : nat -> vector) (y : vector) (gamma beta : R) (batch u v : nat -> vector).
Variables (Wp Wm : vector).
Hypothesis beta_range : 0 <= beta < 1.
Hypothesis descent : momentum_descent d n X y gamma beta batch u v.
Hypothesis settles_plus : forall i, (i < d)%nat -> settles (w_plus u v i) (Wp i).
Hypothesis settles_minus : forall i, (i < d)%nat -> settles (w_minus u v i) (Wm i).

Let start := descent_start beta u v.
Let theta := network_theta Wp Wm.
Let Delta := balance Wp Wm.

Lemma balance_positive i : (i < d)%nat -> 0 < Delta i.
Proof.
  intros Hi. destruct (settles_plus i Hi) as (_ & _ & P). destruct (settles_minus i Hi) as (_ & _ & M).
  apply Rabs_pos_lt. now apply Rmult_integral_contrapositive_currified.
Qed.

(* u*v = (w_+^2 - w_-^2)/4 along the path *)
Lemma theta_converges i : (i < d)%nat -> is_lim_seq (fun k => hadamard (u k) (v k) i) (theta i).
Proof.
  intros Hi. destruct (settles_plus i Hi) as (_ & P & _). destruct (settles_minus i Hi) as (_ & M & _).
  apply is_lim_seq_ext with (fun k => / 4 * (w_plus u v i k * w_plus u v i k - w_minus u v i k * w_minus u v i k)).
  { intros k. unfold w_plus, w_minus, hadamard. field. }
  replace (theta i) with (/ 4 * (Wp i * Wp i - Wm i * Wm i)) by (unfold theta, network_theta; field).
  apply (is_lim_seq_scal_l _ _ (Finite _)), is_lim_seq_minus'; now apply is_lim_seq_mult'.
Qed.

(* X delta = 0: delta is orthogonal to psi'(theta_oo) - psi'(theta~_0) = -gamma/(1-beta) sum of gradients *)
Lemma mirror_orthogonal delta : (forall r, (r < n)%nat -> inner d (X r) delta = 0) ->
  inner d (fun i => mirror (Delta i) (theta i) - mirror (Delta i) (start i)) delta = 0.
Proof.
  intros K.
  set (c := fun i k => - (gamma * gradient d n X y (batch k) (hadamard (u k) (v k)) i)).
  set (m := fun i => mirror (Delta i) (theta i) - mirror (Delta i) (start i)).
  assert (L : is_lim_seq (fun N => total d (fun i => delta i * total N (c i)))
    (total d (fun i => delta i * ((1 - beta) * m i)))).
  { apply (total_limit eventually d (fun i N => delta i * total N (c i)) (fun i => delta i * ((1 - beta) * m i))).
    intros i Hi. destruct (descent_in_w d n X y gamma beta batch u v i Hi descent) as [Dp Dm].
    apply (is_lim_seq_scal_l _ _ (Finite _)).
    exact (mirror_difference beta (c i) _ _ _ _ beta_range Dp Dm (settles_plus i Hi) (settles_minus i Hi)). }
  assert (Z : forall N, total d (fun i => delta i * total N (c i)) = 0).
  { intros N. rewrite (total_ext d _ (fun i => total N (fun k => delta i * c i k)))
      by (intros; symmetry; apply total_scal).
    rewrite total_exchange, (total_ext N _ (fun _ => 0)); [apply total_zero|]. intros k _.
    assert (O := gradient_orthogonal d n X y (batch k) (hadamard (u k) (v k)) delta K).
    rewrite <- (Rmult_0_r (- gamma)), <- O. unfold inner. rewrite <- total_scal.
    apply total_ext. intros i _. unfold c. ring. }
  assert (E : total d (fun i => delta i * ((1 - beta) * m i)) = 0).
  { apply is_lim_seq_ext with (1 := Z) in L. apply is_lim_seq_unique in L. rewrite Lim_seq_const in L.
    now inversion L. }
  rewrite (total_ext d _ (fun i => (1 - beta) * (m i * delta i))), total_scal in E by (intros; ring).
  apply Rmult_integral in E. destruct E as [E|E]; [lra|exact E].
Qed.

Lemma inner_difference r a b : inner d (X r) (fun i => a i - b i) = inner d (X r) a - inner d (X r) b.
Proof. unfold inner. rewrite <- total_minus. apply total_ext. intros. ring. Qed.

(* theta_oo is the only minimiser among all theta with the same predictions *)
Lemma minimiser_of_same_predictions (feasible : vector -> Prop) :
  feasible theta ->
  (forall t, feasible t -> forall r, (r < n)%nat -> inner d (X r) t = inner d (X r) theta) ->
  only_minimiser d feasible (fun t => bregman d Delta t start) theta.
Proof.
  intros F S. apply stationary_is_only_minimiser; [apply balance_positive|exact F|].
  intros t Ft. apply mirror_orthogonal. intros r Hr. rewrite inner_difference, (S t Ft r Hr). ring.
Qed.

(* The limit, if it interpolates, is the only minimiser of D_psi(., theta~_0) among the interpolators. *)
Theorem b6_bregman_minimiser : interpolates d n X y theta ->
  only_minimiser d (interpolates d n X y) (fun t => bregman d Delta t start) theta.
Proof.
  intros I. apply minimiser_of_same_predictions; [exact I|].
  intros t It r Hr. now rewrite (It r Hr), (I r Hr).
Qed.

(* (X^T X (t - theta)).(t - theta) = |X(t - theta)|^2 *)
Lemma same_predictions_of_normal_equations t :
  (forall i, (i < d)%nat -> gradient d n X y (fun _ => 1) t i = 0) ->
  (forall i, (i < d)%nat -> gradient d n X y (fun _ => 1) theta i = 0) ->
  forall r, (r < n)%nat -> inner d (X r) t = inner d (X r) theta.
Proof.
  intros Nt Nm r Hr. set (delta := fun i => t i - theta i).
  assert (Z : forall a, (forall i, (i < d)%nat -> gradient d n X y (fun _ => 1) a i = 0) ->
    inner d (gradient d n X y (fun _ => 1) a) delta = 0).
  { intros a N. unfold inner. rewrite (total_ext d _ (fun _ => 0)); [apply total_zero|].
    intros i Hi. rewrite (N i Hi). ring. }
  assert (E : total n (fun q => inner d (X q) delta ^ 2) = 0).
  { assert (A := Z t Nt). assert (B := Z theta Nm). rewrite gradient_inner in A, B.
    transitivity (0 - 0); [|ring]. rewrite <- A at 1. rewrite <- B, <- total_minus.
    apply total_ext. intros q _. unfold delta, residual. rewrite inner_difference. ring. }
  assert (P := term_le_total n (fun q => inner d (X q) delta ^ 2) r Hr (fun j _ => pow2_ge_0 _)).
  cbv beta in P. rewrite E in P. unfold delta in P. rewrite inner_difference in P. nra.
Qed.

(* No interpolator: X^T X theta = X^T y takes the place of X theta = y. *)
Theorem b6_least_squares_minimiser :
  let stationary := fun t => forall i, (i < d)%nat -> gradient d n X y (fun _ => 1) t i = 0 in
  stationary theta -> only_minimiser d stationary (fun t => bregman d Delta t start) theta.
Proof.
  intros stationary S. apply minimiser_of_same_predictions; [exact S|].
  intros t St. now apply same_predictions_of_normal_equations.
Qed.
End Limit.
