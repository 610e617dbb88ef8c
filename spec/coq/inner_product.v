(* A real normed space whose norm comes from an inner product <.,.>, |x|^2 = <x,x>: the line, R^(d+1), and any other. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import linear normed euclidean.
Open Scope R_scope.

Record inner_product {V : NormedModule R_AbsRing} (dot : V -> V -> R) : Prop := {
  dot_symmetric : forall x y, dot x y = dot y x;
  dot_plus : forall x y z, dot (plus x y) z = dot x z + dot y z;
  dot_scal : forall r x z, dot (scal r x) z = r * dot x z;
  dot_self : forall x, dot x x = norm x ^ 2
}.

Section InnerProduct.
Context {V : NormedModule R_AbsRing}.
Variable dot : V -> V -> R.
Hypothesis inner : inner_product dot.

Lemma dot_minus x y z : dot (minus x y) z = dot x z - dot y z.
Proof.
  replace (minus x y) with (plus x (scal (-1) y)) by linear.
  rewrite (dot_plus dot inner), (dot_scal dot inner). ring.
Qed.

Lemma dot_plus_right x y z : dot x (plus y z) = dot x y + dot x z.
Proof. rewrite !(dot_symmetric dot inner x). apply (dot_plus dot inner). Qed.

Lemma dot_scal_right r x y : dot x (scal r y) = r * dot x y.
Proof. rewrite !(dot_symmetric dot inner x). apply (dot_scal dot inner). Qed.

Lemma dot_minus_right x y z : dot x (minus y z) = dot x y - dot x z.
Proof. rewrite !(dot_symmetric dot inner x). apply dot_minus. Qed.

Lemma dot_nonneg x : 0 <= dot x x.
Proof. rewrite (dot_self dot inner). apply pow2_ge_0. Qed.

(* |r x - s y|^2 *)
Lemma dot_combination r s x y : let z := minus (scal r x) (scal s y) in
  dot z z = r ^ 2 * dot x x - 2 * r * s * dot x y + s ^ 2 * dot y y.
Proof.
  intros z. unfold z. rewrite dot_minus, !(dot_scal dot inner), !dot_minus_right, !dot_scal_right.
  rewrite (dot_symmetric dot inner y x). ring.
Qed.

(* r = |y|^2, s = <x, y>: |r x - s y|^2 = r (r |x|^2 - s^2) *)
Lemma cauchy_schwarz_square x y : dot x y ^ 2 <= dot x x * dot y y.
Proof.
  assert (P := dot_nonneg (minus (scal (dot y y) x) (scal (dot x y) y))). assert (Py := dot_nonneg y).
  rewrite dot_combination in P. destruct (Req_dec (dot y y) 0) as [E|E].
  - assert (Ny : norm y = 0). { apply Rsqr_0_uniq. rewrite Rsqr_pow2, <- (dot_self dot inner). exact E. }
    apply norm_eq_zero in Ny. rewrite E. replace y with (scal 0 x) by (rewrite Ny; exact (scal_real_0 x)).
    rewrite dot_scal_right. lra.
  - apply Rmult_le_reg_l with (dot y y); [lra|]. nra.
Qed.

Lemma cauchy_schwarz x y : Rabs (dot x y) <= norm x * norm y.
Proof.
  assert (Nx := norm_nonneg x). assert (Ny := norm_nonneg y). assert (C := cauchy_schwarz_square x y).
  rewrite !(dot_self dot inner) in C. rewrite <- (Rabs_pos_eq (norm x * norm y)) by now apply Rmult_le_pos.
  apply Rsqr_le_abs_0. unfold Rsqr. lra.
Qed.

Lemma dot_of_zero x y : norm x = 0 -> dot x y = 0.
Proof.
  intros H. assert (C := cauchy_schwarz x y). rewrite H in C. generalize (Rabs_pos (dot x y)). intros P.
  apply Rabs_eq_0. lra.
Qed.

(* <., w> is linear and continuous *)
Lemma dot_is_linear w : is_linear (fun x : V => dot x w).
Proof.
  split; [intros; apply (dot_plus dot inner)|intros; apply (dot_scal dot inner)|].
  exists (norm w + 1). assert (N := norm_nonneg w). split; [lra|]. intros x.
  eapply Rle_trans; [apply cauchy_schwarz|]. assert (M := norm_nonneg x). change norm with (@norm R_AbsRing V). nra.
Qed.
End InnerProduct.

Lemma line_inner_product : @inner_product R_NormedModule Rmult.
Proof.
  split; intros.
  - apply Rmult_comm.
  - apply Rmult_plus_distr_r.
  - apply Rmult_assoc.
  - change (norm x) with (Rabs x). rewrite pow2_abs. ring.
Qed.

(* x_0 y_0 + ... + x_d y_d *)
Fixpoint euclidean_dot (d : nat) : space d -> space d -> R :=
  match d with O => Rmult | S m => fun x y => fst x * fst y + euclidean_dot m (snd x) (snd y) end.

Lemma euclidean_inner_product d : inner_product (euclidean_dot d).
Proof.
  induction d as [|m IH]; [exact line_inner_product|]. split; simpl euclidean_dot.
  - intros [x1 x] [y1 y]. simpl. rewrite (dot_symmetric _ IH x y). ring.
  - intros [x1 x] [y1 y] [z1 z]. simpl. rewrite (dot_plus _ IH). change (plus x1 y1) with (x1 + y1). ring.
  - intros r [x1 x] [z1 z]. simpl. rewrite (dot_scal _ IH). change (scal r x1) with (r * x1). ring.
  - intros [x1 x]. rewrite norm_of_pair, pow2_sqrt by (apply Rplus_le_le_0_compat; apply pow2_ge_0).
    simpl fst. simpl snd. rewrite (dot_self _ IH), pow2_abs. ring.
Qed.
