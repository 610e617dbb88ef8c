(* C2's hypotheses hold together: the pendulum, Phi = -cos u, for the heavy ball at lam = 1/2, h = 1/16; in the plane
   H = (0 1; 1 0) and H = diag(1, -1), a saddle, for Nesterov's method at lam = 1/2, h = 1/16. *)
Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From HeavyProof Require Import euclidean inner_product momentum_method b_finite_sums c2_potential c2_quadratic.
From HeavyProof Require Import c2_heavy_ball a3_constants a3_space a3_graph_transform a3_invariant_manifold.
From HeavyProof Require Import a3_quadratic a3_witness a3_leading_witness.
Open Scope R_scope.

(* cos y - cos x + (y - x) sin x is the remainder of sin at x + pi/2 *)
Lemma pendulum_gradient : @minus_gradient R_NormedModule Rmult 2 pendulum_force (fun u => - cos u).
Proof.
  intros x y. change (Rabs (- cos y - - cos x + - sin x * (y - x)) <= 2 / 2 * Rabs (y - x) ^ 2).
  assert (R := sin_remainder (x + PI / 2) (y - x)).
  replace (x + PI / 2 + (y - x)) with (PI / 2 + y) in R by ring.
  replace (x + PI / 2) with (PI / 2 + x) in R by ring.
  rewrite <- !cos_sin in R. replace (cos (PI / 2 + x)) with (- sin x) in R by (rewrite sin_cos; ring).
  replace (- cos y - - cos x + - sin x * (y - x)) with (- (cos y - cos x - - sin x * (y - x))) by ring.
  rewrite Rabs_Ropp. lra.
Qed.

Lemma c2_heavy_ball_witness : exists (m : line -> line) (N : line -> R),
  invariant_graph pendulum_force (/ 2) 0 (/ 16) m /\
  @minus_gradient R_NormedModule Rmult (manifold_slope (/ 2) 0 (/ 16) 1) m N.
Proof.
  assert (Hlam : 0 < / 2 < 1) by lra. assert (Hh : 0 < / 16) by lra. assert (HC : 0 <= 2) by lra.
  destruct (a3_invariant_manifold pendulum_force (/ 2) 0 (/ 16) 1 1 Hlam (conj (Rle_refl 0) Rlt_0_1) Hh Rle_0_1
              pendulum_force_lipschitz pendulum_force_bounded heavy_ball_below_threshold) as (m & Hc & Hi & _).
  destruct (c2_heavy_ball (E := line) Rmult pendulum_force m (fun u => - cos u) (/ 2) (/ 16) 1 1 2 line_inner_product
              Hlam Hh Rle_0_1 HC heavy_ball_below_threshold pendulum_force_lipschitz pendulum_force_bounded
              pendulum_gradient Hc Hi) as (N & HN & _).
  exists m, N. split; [exact Hi|exact HN].
Qed.

Definition swapped (x : space 1) : space 1 := (snd x, fst x).

Lemma c2_quadratic_every_order_witness (c : nat -> R) (n : nat) :
  minus_gradient (euclidean_dot 1) (polynomial_bound 1 c n) (polynomial swapped c n)
    (fun u => - euclidean_dot 1 (polynomial swapped c n u) u / 2).
Proof.
  apply (c2_quadratic_every_order (euclidean_dot 1) swapped 1 (euclidean_inner_product 1)).
  - intros [x y] [z w]. reflexivity.
  - intros [x y] [z w]. simpl. ring.
  - intros [x y]. rewrite Rmult_1_l. right. unfold swapped. simpl fst. simpl snd. rewrite !norm_of_pair.
    apply f_equal, Rplus_comm.
  - lra.
Qed.

Definition axis (i : nat) : space 1 := match i with O => (1, 0) | _ => (0, 1) end.
Definition saddle (i : nat) : R := match i with O => 1 | _ => -1 end.

Lemma axes_orthonormal : orthonormal (euclidean_dot 1) axis 2.
Proof.
  intros i j Hi Hj. destruct i as [|[|i]], j as [|[|j]]; try lia; simpl; ring.
Qed.

Lemma c2_quadratic_functions_witness (b : R -> R) :
  minus_gradient (euclidean_dot 1) (total 2 (fun i => Rabs (b (saddle i))))
    (function_of (euclidean_dot 1) axis 2 saddle b) (loss_of (euclidean_dot 1) axis 2 saddle b).
Proof. exact (c2_quadratic_functions _ axis 2 saddle (euclidean_inner_product 1) axes_orthonormal b). Qed.

(* sqrt(1/2 - 1/4) = 1/2: the lower threshold is ((1/2)/(3/2))^2 = 1/9 *)
Lemma c2_quadratic_flow_witness (u0 : space 1) : exists U : R -> space 1, U 0 = u0 /\
  forall n, let u := fun k => U (INR k * / 16) in
    u (S (S n)) = momentum_step (function_of (euclidean_dot 1) axis 2 saddle Ropp) (/ 2) (/ 2) (/ 16) u (S n).
Proof.
  assert (T : lower_threshold (/ 2) (/ 2) = / 9).
  { unfold lower_threshold. replace (/ 2 - / 2 * (1 - / 2)) with ((/ 2) ^ 2) by field.
    rewrite sqrt_pow2 by lra. field. }
  destruct (c2_quadratic_flow (euclidean_dot 1) axis 2 saddle (euclidean_inner_product 1) axes_orthonormal
              (/ 2) (/ 2) (/ 16) u0) as (_ & U & Start & _ & Steps); try lra.
  - intros i _. rewrite T. destruct i; simpl; lra.
  - exists U. split; [exact Start|exact Steps].
Qed.
